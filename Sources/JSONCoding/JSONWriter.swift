extension JSON {
  /// The value as UTF-8 bytes on one line, without spaces.
  ///
  /// Floats have the fewest digits that read back as the same number. NaN and the infinities,
  /// which JSON cannot say, become `null`; so does what nests deeper than `depthLimit`, which
  /// no reader of ours would take.
  public func write() -> [UInt8] {
    var writer = JSONWriter(indent: nil)
    writer.value(self, depth: 0)
    return writer.bytes
  }

  /// The value over several lines, as files of people are written: `indent` spaces a level,
  /// one space after a colon, no line end after the last line.
  public func write(indent: Int) -> [UInt8] {
    var writer = JSONWriter(indent: max(0, indent))
    writer.value(self, depth: 0)
    return writer.bytes
  }

  /// The value as one line of text.
  public var text: String { String(decoding: write(), as: UTF8.self) }
}

extension JSON.Object {
  /// The object as UTF-8 bytes on one line.
  public func write() -> [UInt8] { JSON.object(self).write() }
}

private struct JSONWriter {
  let indent: Int?
  var bytes: [UInt8] = []

  init(indent: Int?) { self.indent = indent }

  mutating func value(_ value: JSON, depth: Int) {
    switch value {
    case .null: word("null")
    case .bool(let flag): word(flag ? "true" : "false")
    case .int(let number): bytes.append(contentsOf: number.description.utf8)
    case .double(let number): double(number)
    case .string(let text): string(text)
    case .array(let elements):
      guard depth < JSON.depthLimit else { return word("null") }
      bytes.append(UInt8(ascii: "["))
      for (i, element) in elements.enumerated() {
        if i > 0 { bytes.append(UInt8(ascii: ",")) }
        newLine(depth + 1)
        self.value(element, depth: depth + 1)
      }
      if !elements.isEmpty { newLine(depth) }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      guard depth < JSON.depthLimit else { return word("null") }
      bytes.append(UInt8(ascii: "{"))
      var first = true
      for (key, member) in members {
        if !first { bytes.append(UInt8(ascii: ",")) }
        first = false
        newLine(depth + 1)
        string(key)
        bytes.append(UInt8(ascii: ":"))
        if indent != nil { bytes.append(UInt8(ascii: " ")) }
        self.value(member, depth: depth + 1)
      }
      if !first { newLine(depth) }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private mutating func word(_ text: StaticString) {
    bytes.append(
      contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  private mutating func newLine(_ depth: Int) {
    guard let indent else { return }
    bytes.append(0x0A)
    bytes.append(contentsOf: repeatElement(0x20, count: indent * depth))
  }

  /// Swift prints the shortest digits that read back, and its exponents are JSON's.
  private mutating func double(_ number: Double) {
    if number.isFinite { bytes.append(contentsOf: number.description.utf8) } else { word("null") }
  }

  private mutating func string(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { utf8 in
      var plain = 0  // start of the run that stands for itself
      for i in utf8.indices {
        let byte = utf8[i]
        let special = byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        guard special else { continue }
        bytes.append(contentsOf: utf8[plain..<i])
        plain = i + 1
        escape(byte)
      }
      bytes.append(contentsOf: utf8[plain...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): word("\\\"")
    case UInt8(ascii: "\\"): word("\\\\")
    case 0x08: word("\\b")
    case 0x09: word("\\t")
    case 0x0A: word("\\n")
    case 0x0C: word("\\f")
    case 0x0D: word("\\r")
    default:
      word("\\u00")
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 0xF))
    }
  }

  private func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
