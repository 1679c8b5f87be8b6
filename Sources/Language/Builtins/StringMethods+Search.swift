/// Finding, counting and replacing.
extension StringMethods {
  static let search: [Native] = [
    Native("find(self, sub, start=None, end=None, /)", "Where a piece begins first, or -1.",
      example: "'banana'.find('an')"
    ) { a in .int(try position(a, last: false) ?? -1) },
    Native("rfind(self, sub, start=None, end=None, /)", "Where a piece begins last, or -1.",
      example: "'banana'.rfind('an')"
    ) { a in .int(try position(a, last: true) ?? -1) },
    Native("index(self, sub, start=None, end=None, /)",
      "Where a piece begins first; ValueError when nowhere.", example: "'banana'.index('n')"
    ) { a in .int(try found(position(a, last: false))) },
    Native("rindex(self, sub, start=None, end=None, /)",
      "Where a piece begins last; ValueError when nowhere.", example: "'banana'.rindex('n')"
    ) { a in .int(try found(position(a, last: true))) },
    Native("count(self, sub, start=None, end=None, /)",
      "How often a piece occurs, without overlaps.", example: "'banana'.count('a')"
    ) { a in
      let string = try a.ownString()
      let piece = try piece(a)
      let (start, end) = try a.bounds(2, count: string.count)
      if start > end { return .int(0) }
      if piece.byteCount == 0 { return .int(end - start + 1) }
      return .int(
        ByteSearch.count(
          piece.bytes, in: string.bytes, from: string.byteOffset(of: start),
          to: string.byteOffset(of: end)))
    },
    Native("startswith(self, prefix, start=None, end=None, /)",
      "Whether the string begins with a piece, or with one of a tuple.",
      example: "'image.png'.startswith(('img', 'image'))", shortcut: .startsWith
    ) { a in .bool(try matches(a, atEnd: false)) },
    Native("endswith(self, suffix, start=None, end=None, /)",
      "Whether the string ends with a piece, or with one of a tuple.",
      example: "'image.png'.endswith('.png')", shortcut: .endsWith
    ) { a in .bool(try matches(a, atEnd: true)) },
    Native("replace(self, old, new, count=-1, /)", "The string with one piece put for another.",
      example: "'one one'.replace('one', 'two', 1)"
    ) { a in
      let string = try a.ownString()
      let old = try a.word(1, argument: "1")
      let new = try a.word(2, argument: "2")
      let count = try a.index(3)
      let limit = count < 0 ? Int.max : count
      if limit == 0 || (old.byteCount > string.byteCount) { return a[0] }
      return try replaced(string, old.bytes, new.bytes, limit, a.machine) ?? a[0]
    },
    Native("removeprefix(self, prefix, /)", "The string without a piece at its beginning.",
      example: "'test_x'.removeprefix('test_')"
    ) { a in
      let string = try a.ownString()
      let prefix = try affix(a).bytes
      guard !prefix.isEmpty, string.bytes.starts(with: prefix) else { return a[0] }
      return .object(StringObject(Array(string.bytes.dropFirst(prefix.count))))
    },
    Native("removesuffix(self, suffix, /)", "The string without a piece at its end.",
      example: "'x.py'.removesuffix('.py')"
    ) { a in
      let string = try a.ownString()
      let suffix = try affix(a).bytes
      guard !suffix.isEmpty, string.byteCount >= suffix.count,
        string.bytes.suffix(suffix.count).elementsEqual(suffix)
      else { return a[0] }
      return .object(StringObject(Array(string.bytes.dropLast(suffix.count))))
    },
  ]

  /// The first argument, in the words of methods that take a piece.
  static func piece(_ a: Arguments) throws(Raise) -> StringObject {
    if let text = a[1].asString { return text }
    throw Raise(.typeError, "must be str, not \(a.machine.typeName(a[1]))")
  }

  private static func affix(_ a: Arguments) throws(Raise) -> StringObject {
    if let text = a[1].asString { return text }
    throw Raise(
      .typeError, "\(a.function.name)() argument must be str, not \(a.machine.typeName(a[1]))")
  }

  private static func found(_ position: Int?) throws(Raise) -> Int {
    if let position { return position }
    throw Raise(.valueError, "substring not found")
  }

  private static func position(_ a: Arguments, last: Bool) throws(Raise) -> Int? {
    let string = try a.ownString()
    let piece = try piece(a)
    let (start, end) = try a.bounds(2, count: string.count)
    if start > end { return nil }
    let lower = string.byteOffset(of: start)
    let upper = string.byteOffset(of: end)
    let match =
      last
      ? ByteSearch.last(piece.bytes, in: string.bytes, from: lower, to: upper)
      : ByteSearch.first(piece.bytes, in: string.bytes, from: lower, to: upper)
    return match.map(string.scalarIndex(ofByte:))
  }

  private static func matches(_ a: Arguments, atEnd: Bool) throws(Raise) -> Bool {
    let string = try a.ownString()
    let (start, end) = try a.bounds(2, count: string.count)
    let isInside = start <= end
    let lower = isInside ? string.byteOffset(of: start) : 0
    let upper = isInside ? string.byteOffset(of: end) : 0
    func fits(_ piece: StringObject) -> Bool {
      let count = piece.byteCount
      guard isInside, upper - lower >= count else { return false }
      let from = atEnd ? upper - count : lower
      return string.bytes[from..<(from + count)].elementsEqual(piece.bytes)
    }
    if let piece = a[1].asString { return fits(piece) }
    guard let tuple = a[1].asTuple else {
      throw Raise(
        .typeError,
        "\(a.function.name) first arg must be str or a tuple of str, not "
          + a.machine.typeName(a[1]))
    }
    for item in tuple.items {
      guard let piece = item.asString else {
        throw Raise(
          .typeError,
          "tuple for \(a.function.name) must only contain str, not \(a.machine.typeName(item))")
      }
      if fits(piece) { return true }
    }
    return false
  }

  /// nil when nothing was replaced.
  private static func replaced(
    _ string: StringObject, _ old: [UInt8], _ new: [UInt8], _ limit: Int, _ machine: Machine
  ) throws(Raise) -> Value? {
    let text = string.bytes
    if old.isEmpty { return try interleaved(string, new, limit, machine) }
    let matches = ByteSearch.count(old, in: text, from: 0, to: text.count, atMost: limit)
    if matches == 0 { return nil }
    let (growth, overflow) = matches.multipliedReportingOverflow(by: new.count - old.count)
    try machine.charge(overflow ? nil : text.count + growth, "the string")
    var result: [UInt8] = []
    result.reserveCapacity(text.count + growth)
    var position = 0
    for index in 0..<matches {
      guard let match = ByteSearch.first(old, in: text, from: position, to: text.count) else { break }
      result.append(contentsOf: text[position..<match])
      result.append(contentsOf: new)
      position = match + old.count
      if index & 0xFFFF == 0xFFFF { try machine.poll() }
    }
    result.append(contentsOf: text[position...])
    return .object(StringObject(result))
  }

  /// `replace("", new)`: between all characters.
  private static func interleaved(
    _ string: StringObject, _ new: [UInt8], _ limit: Int, _ machine: Machine
  ) throws(Raise) -> Value {
    let times = min(limit, string.count + 1)
    let (growth, overflow) = times.multipliedReportingOverflow(by: new.count)
    try machine.charge(overflow ? nil : string.byteCount + growth, "the string")
    var result: [UInt8] = []
    result.reserveCapacity(string.byteCount + growth)
    let bytes = string.bytes
    var index = 0
    var done = 0
    while index < string.byteCount {
      if done < times {
        result.append(contentsOf: new)
        done += 1
      }
      let start = index
      _ = CodePoints.next(bytes, &index)
      result.append(contentsOf: bytes[start..<index])
    }
    if done < times { result.append(contentsOf: new) }
    return .object(StringObject(result))
  }
}
