/// Padding, stripping and tabs.
extension StringMethods {
  static let layout: [Native] = [
    Native("center(self, width, fillchar=' ', /)", "The string in the middle of a field.",
      example: "'x'.center(5, '*')"
    ) { a in
      try padded(a) { missing, width in missing / 2 + (missing & width & 1) }
    },
    Native("ljust(self, width, fillchar=' ', /)", "The string at the left of a field.",
      example: "'x'.ljust(5, '.')"
    ) { a in try padded(a) { _, _ in 0 } },
    Native("rjust(self, width, fillchar=' ', /)", "The string at the right of a field.",
      example: "'x'.rjust(5, '.')"
    ) { a in try padded(a) { missing, _ in missing } },
    Native("zfill(self, width, /)", "The string led by zeros, behind its sign.",
      example: "'-42'.zfill(5)"
    ) { a in
      let string = try a.ownString()
      let width = try a.index(1)
      let missing = width - min(string.count, max(width, 0))
      if missing <= 0 { return a[0] }
      try a.machine.charge(missing, "the string")
      var bytes = string.bytes
      let signs = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? 1 : 0
      bytes.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: signs)
      return .object(StringObject(bytes))
    },
    Native("strip(self, chars=None, /)", "The string without spaces, or given characters, around it.",
      example: "'  x '.strip()"
    ) { a in try stripped(a, left: true, right: true) },
    Native("lstrip(self, chars=None, /)", "The string without spaces, or given characters, before it.",
      example: "'xxa'.lstrip('x')"
    ) { a in try stripped(a, left: true, right: false) },
    Native("rstrip(self, chars=None, /)", "The string without spaces, or given characters, behind it.",
      example: "'a\\n'.rstrip()"
    ) { a in try stripped(a, left: false, right: true) },
    Native("expandtabs(self, /, tabsize=8)", "The string with spaces for tabs.",
      example: "'a\\tb'.expandtabs(4)"
    ) { a in
      let string = try a.ownString()
      let size = try a.index(1)
      var tabs = 0
      for byte in string.bytes where byte == 9 { tabs += 1 }
      if tabs == 0 { return a[0] }
      let (growth, overflow) = tabs.multipliedReportingOverflow(by: max(size, 0))
      try a.machine.charge(overflow ? nil : growth, "the string")
      return .object(
        StringObject(withoutTabs(string.bytes, size) { $0 & 0xC0 != 0x80 }))
    },
  ]

  /// Spaces up to the next column that is a multiple of `size`, for every tab.
  /// - Parameter isColumn: whether a byte takes a column of its own.
  static func withoutTabs(
    _ bytes: [UInt8], _ size: Int, _ isColumn: (UInt8) -> Bool
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var column = 0
    for byte in bytes {
      if byte == 9 {
        if size > 0 {
          let missing = size - column % size
          result.append(contentsOf: repeatElement(0x20, count: missing))
          column += missing
        }
        continue
      }
      result.append(byte)
      if byte == 10 || byte == 13 {
        column = 0
      } else if isColumn(byte) {
        column += 1
      }
    }
    return result
  }

  /// - Parameter left: how many of the missing characters go before the string.
  private static func padded(
    _ a: Arguments, _ left: (_ missing: Int, _ width: Int) -> Int
  ) throws(Raise) -> Value {
    let string = try a.ownString()
    let width = try a.index(1)
    guard let fill = a[2].asString else {
      throw Raise(
        .typeError,
        "The fill character must be a unicode character, not \(a.machine.typeName(a[2]))")
    }
    if fill.count != 1 {
      throw Raise(.typeError, "The fill character must be exactly one character long")
    }
    if width <= string.count { return a[0] }
    let missing = width - string.count
    let (size, overflow) = missing.multipliedReportingOverflow(by: fill.byteCount)
    try a.machine.charge(overflow ? nil : size, "the string")
    var result: [UInt8] = []
    result.reserveCapacity(size + string.byteCount)
    func pad(_ count: Int) {
      if fill.byteCount == 1 {
        result.append(contentsOf: repeatElement(fill.bytes[0], count: count))
      } else {
        for _ in 0..<count { result.append(contentsOf: fill.bytes) }
      }
    }
    let before = left(missing, width)
    pad(before)
    result.append(contentsOf: string.bytes)
    pad(missing - before)
    return .object(StringObject(result))
  }

  private static func stripped(
    _ a: Arguments, left: Bool, right: Bool
  ) throws(Raise) -> Value {
    let string = try a.ownString()
    if a[1].isNone { return strip(string, left, right, CodePoints.isSpace) }
    guard let characters = a[1].asString else {
      throw Raise(.typeError, "\(a.function.name) arg must be None or str")
    }
    let points = CodePoints.all(characters.bytes)
    if points.count > 8 {
      let set = Set(points)
      return strip(string, left, right) { set.contains($0) }
    }
    return strip(string, left, right) { points.contains($0) }
  }

  private static func strip(
    _ string: StringObject, _ left: Bool, _ right: Bool, _ drops: (UInt32) -> Bool
  ) -> Value {
    let bytes = string.bytes
    var start = 0
    var end = bytes.count
    while left, start < end {
      var next = start
      if !drops(CodePoints.next(bytes, &next)) { break }
      start = next
    }
    while right, end > start {
      var previous = end
      if !drops(CodePoints.previous(bytes, &previous)) { break }
      end = previous
    }
    if start == 0, end == bytes.count { return .object(string) }
    return .object(StringObject(Array(bytes[start..<end])))
  }
}
