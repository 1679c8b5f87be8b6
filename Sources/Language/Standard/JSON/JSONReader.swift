import BigInt

/// JSON text to values, with the errors of CPython's scanner (Modules/_json.c).
struct JSONReader {
  private let bytes: [UInt8]
  private let machine: Machine
  private var index = 0
  /// Keys seen so far: equal keys are one string object.
  private var keys: [ArraySlice<UInt8>: StringObject] = [:]
  var objectHook: Value?
  var pairsHook: Value?
  var floatHook: Value?
  var intHook: Value?
  var constantHook: Value?

  init(_ bytes: [UInt8], _ machine: Machine) {
    self.bytes = bytes
    self.machine = machine
  }

  mutating func document() throws(Raise) -> Value {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      throw failure("Unexpected UTF-8 BOM (decode using utf-8-sig)", at: 0)
    }
    skipSpace()
    let value = try value()
    skipSpace()
    if index != bytes.count { throw failure("Extra data", at: index) }
    return value
  }

  /// The value that stands behind `count` code points, and the code points up to its end.
  mutating func beginning(after count: Int) throws(Raise) -> (value: Value, end: Int) {
    var points = 0
    while index < bytes.count {
      if bytes[index] & 0xC0 != 0x80 {
        if points == count { break }
        points += 1
      }
      index += 1
    }
    let value = try value()
    return (value, bytes[..<index].reduce(0) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) })
  }

  /// The error with its place; `offset` counts bytes, the message code points.
  private func failure(_ message: String, at offset: Int) -> Raise {
    let before = bytes[..<min(offset, bytes.count)]
    var position = 0
    for byte in before where byte & 0xC0 != 0x80 { position += 1 }
    let line = before.reduce(1) { $0 + ($1 == 0x0A ? 1 : 0) }
    let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let column = before[start...].reduce(1) { $0 + ($1 & 0xC0 != 0x80 ? 1 : 0) }
    let exception = ExceptionObject(machine.type(JSONModule.error))
    exception.arguments = [
      .string("\(message): line \(line) column \(column) (char \(position))")
    ]
    exception.setOwn("msg", .string(message))
    exception.setOwn("doc", .object(StringObject(bytes)))
    exception.setOwn("pos", .int(position))
    exception.setOwn("lineno", .int(line))
    exception.setOwn("colno", .int(column))
    return Raise(exception)
  }

  private var current: UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipSpace() {
    while index < bytes.count {
      switch bytes[index] {
      case 0x20, 0x09, 0x0A, 0x0D: index += 1
      default: return
      }
    }
  }

  private mutating func value() throws(Raise) -> Value {
    switch current {
    case UInt8(ascii: "\""): return .object(try string())
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["): return try array()
    case UInt8(ascii: "n"): if accept("null") { return .none }
    case UInt8(ascii: "t"): if accept("true") { return .bool(true) }
    case UInt8(ascii: "f"): if accept("false") { return .bool(false) }
    case UInt8(ascii: "N"): if accept("NaN") { return try constant("NaN", .nan) }
    case UInt8(ascii: "I"):
      if accept("Infinity") { return try constant("Infinity", .infinity) }
    case UInt8(ascii: "-"):
      if accept("-Infinity") { return try constant("-Infinity", -.infinity) }
      if let number = try number() { return number }
    case .some(0x30...0x39): if let number = try number() { return number }
    default: break
    }
    throw failure("Expecting value", at: index)
  }

  private func constant(_ name: String, _ number: Double) throws(Raise) -> Value {
    if let constantHook { return try machine.call(constantHook, [.string(name)]) }
    return .float(number)
  }

  private mutating func accept(_ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    for offset in 0..<count where bytes[index + offset] != word.utf8Start[offset] { return false }
    index += count
    return true
  }

  private mutating func object() throws(Raise) -> Value {
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    index += 1
    skipSpace()
    let dict = DictObject()
    var pairs: [Value] = []
    if current == UInt8(ascii: "}") {
      index += 1
    } else {
      while true {
        guard current == UInt8(ascii: "\"") else {
          throw failure("Expecting property name enclosed in double quotes", at: index)
        }
        let key = try key()
        skipSpace()
        guard current == UInt8(ascii: ":") else {
          throw failure("Expecting ':' delimiter", at: index)
        }
        index += 1
        skipSpace()
        let value = try value()
        if pairsHook == nil {
          dict[key] = value
        } else {
          pairs.append(.tuple([.object(key), value]))
        }
        skipSpace()
        if current == UInt8(ascii: "}") {
          index += 1
          break
        }
        guard current == UInt8(ascii: ",") else {
          throw failure("Expecting ',' delimiter", at: index)
        }
        index += 1
        skipSpace()
      }
    }
    if let pairsHook { return try machine.call(pairsHook, [.list(pairs)]) }
    if let objectHook { return try machine.call(objectHook, [.object(dict)]) }
    return .object(dict)
  }

  private mutating func array() throws(Raise) -> Value {
    try machine.enterNative()
    defer { machine.nativeDepth -= 1 }
    index += 1
    skipSpace()
    let list = ListObject()
    if current == UInt8(ascii: "]") {
      index += 1
      return .object(list)
    }
    while true {
      list.append(try value())
      if list.count & 0xFFF == 0 { try machine.poll() }
      skipSpace()
      if current == UInt8(ascii: "]") {
        index += 1
        return .object(list)
      }
      guard current == UInt8(ascii: ",") else {
        throw failure("Expecting ',' delimiter", at: index)
      }
      index += 1
      skipSpace()
    }
  }

  /// A string that is a key: equal keys share one object.
  private mutating func key() throws(Raise) -> StringObject {
    let start = index
    let key = try string()
    let written = bytes[start..<index]
    if let known = keys[written] { return known }
    if keys.count < 4096 { keys[written] = key }
    return key
  }

  private mutating func string() throws(Raise) -> StringObject {
    let begin = index
    index += 1
    let start = index
    // Most strings have no escapes: one slice.
    var isASCII = true
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return StringObject(Array(bytes[start..<(index - 1)]), isASCII: isASCII ? true : nil)
      }
      if byte == UInt8(ascii: "\\") { break }
      if byte < 0x20 { throw failure("Invalid control character at", at: index) }
      if byte >= 0x80 { isASCII = false }
      index += 1
    }
    var text = Array(bytes[start..<index])
    while true {
      guard index < bytes.count else {
        throw failure("Unterminated string starting at", at: begin)
      }
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") {
        index += 1
        return StringObject(text)
      }
      if byte < 0x20 { throw failure("Invalid control character at", at: index) }
      if byte != UInt8(ascii: "\\") {
        text.append(byte)
        index += 1
        continue
      }
      guard index + 1 < bytes.count else {
        throw failure("Unterminated string starting at", at: begin)
      }
      index += 2
      switch bytes[index - 1] {
      case UInt8(ascii: "\""): text.append(0x22)
      case UInt8(ascii: "\\"): text.append(0x5C)
      case UInt8(ascii: "/"): text.append(0x2F)
      case UInt8(ascii: "b"): text.append(0x08)
      case UInt8(ascii: "f"): text.append(0x0C)
      case UInt8(ascii: "n"): text.append(0x0A)
      case UInt8(ascii: "r"): text.append(0x0D)
      case UInt8(ascii: "t"): text.append(0x09)
      case UInt8(ascii: "u"): try escape(&text)
      default: throw failure("Invalid \\escape", at: index - 2)
      }
    }
  }

  /// `\uXXXX` behind its `u`; a surrogate pair gives one code point.
  private mutating func escape(_ text: inout [UInt8]) throws(Raise) {
    func digits(at offset: Int) -> UInt32? {
      guard offset + 4 < bytes.count else { return nil }
      var value: UInt32 = 0
      for byte in bytes[offset..<(offset + 4)] {
        switch byte {
        case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
        case 0x41...0x46: value = value << 4 | UInt32(byte - 0x41 + 10)
        case 0x61...0x66: value = value << 4 | UInt32(byte - 0x61 + 10)
        default: return nil
        }
      }
      return value
    }
    guard var code = digits(at: index) else {
      throw failure("Invalid \\uXXXX escape", at: index - 1)
    }
    index += 4
    if code & 0xFC00 == 0xD800, index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u"), let low = digits(at: index + 2), low & 0xFC00 == 0xDC00
    {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
      index += 6
    }
    // A lone surrogate is no code point of UTF-8: the replacement character stands for it.
    let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
    text.append(contentsOf: String(Character(scalar)).utf8)
  }

  /// A number; nil when a minus sign stands alone.
  private mutating func number() throws(Raise) -> Value? {
    let start = index
    var end = index
    func isDigit(_ offset: Int) -> Bool { offset < bytes.count && (0x30...0x39).contains(bytes[offset]) }
    if bytes[end] == UInt8(ascii: "-") { end += 1 }
    guard isDigit(end) else { return nil }
    if bytes[end] == UInt8(ascii: "0") {
      end += 1
    } else {
      while isDigit(end) { end += 1 }
    }
    var isFloat = false
    if end < bytes.count, bytes[end] == UInt8(ascii: "."), isDigit(end + 1) {
      isFloat = true
      end += 2
      while isDigit(end) { end += 1 }
    }
    if end < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      var tail = end + 1
      if tail < bytes.count, bytes[tail] == UInt8(ascii: "+") || bytes[tail] == UInt8(ascii: "-") {
        tail += 1
      }
      if isDigit(tail) {
        isFloat = true
        while isDigit(tail) { tail += 1 }
        end = tail
      }
    }
    index = end
    let text = bytes[start..<end]
    if isFloat {
      if let floatHook {
        return try machine.call(floatHook, [.object(StringObject(Array(text)))])
      }
      return .float(Double(String(decoding: text, as: UTF8.self)) ?? .nan)
    }
    if let intHook { return try machine.call(intHook, [.object(StringObject(Array(text)))]) }
    if text.count <= 18 {
      var number = 0
      for byte in text where byte != UInt8(ascii: "-") { number = number * 10 + Int(byte - 0x30) }
      return .int(text.first == UInt8(ascii: "-") ? -number : number)
    }
    return try IntText.parse(StringObject(Array(text)), base: 10)
  }
}
