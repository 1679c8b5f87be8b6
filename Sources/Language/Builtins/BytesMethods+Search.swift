/// Finding, replacing and taking apart bytes.
extension BytesMethods {
  static let search: [Native] = [
    Native("find(self, sub, start=None, end=None, /)", "Where a piece or byte stands first, or -1.",
      example: "b'banana'.find(b'an')"
    ) { a in .int(try position(a, last: false) ?? -1) },
    Native("rfind(self, sub, start=None, end=None, /)", "Where a piece or byte stands last, or -1.",
      example: "b'banana'.rfind(b'an')"
    ) { a in .int(try position(a, last: true) ?? -1) },
    Native("index(self, sub, start=None, end=None, /)",
      "Where a piece or byte stands first; ValueError when nowhere.",
      example: "b'banana'.index(b'n')"
    ) { a in .int(try found(position(a, last: false))) },
    Native("rindex(self, sub, start=None, end=None, /)",
      "Where a piece or byte stands last; ValueError when nowhere.",
      example: "b'banana'.rindex(b'n')"
    ) { a in .int(try found(position(a, last: true))) },
    Native("count(self, sub, start=None, end=None, /)",
      "How often a piece or byte occurs, without overlaps.", example: "b'banana'.count(b'a')"
    ) { a in
      let bytes = try a.ownBytes()
      let piece = try piece(a)
      let (start, end) = try a.bounds(2, count: bytes.count)
      if start > end { return .int(0) }
      if piece.isEmpty { return .int(end - start + 1) }
      return .int(ByteSearch.count(piece, in: bytes, from: start, to: end))
    },
    Native("startswith(self, prefix, start=None, end=None, /)",
      "Whether the bytes begin with a piece, or with one of a tuple.",
      example: "b'abc'.startswith(b'ab')"
    ) { a in .bool(try matches(a, atEnd: false)) },
    Native("endswith(self, suffix, start=None, end=None, /)",
      "Whether the bytes end with a piece, or with one of a tuple.",
      example: "b'abc'.endswith(b'bc')"
    ) { a in .bool(try matches(a, atEnd: true)) },
    Native("replace(self, old, new, count=-1, /)", "The bytes with one piece put for another.",
      example: "b'one one'.replace(b'one', b'two', 1)"
    ) { a in
      let bytes = try a.ownBytes()
      let old = try required(a, 1)
      let new = try required(a, 2)
      let count = try a.index(3)
      let limit = count < 0 ? Int.max : count
      let places =
        old.isEmpty
        ? min(limit, bytes.count + 1)
        : ByteSearch.count(old, in: bytes, from: 0, to: bytes.count, atMost: limit)
      let (growth, overflow) = places.multipliedReportingOverflow(by: new.count - old.count)
      try a.machine.charge(overflow ? nil : bytes.count + growth, "the bytes")
      var result: [UInt8] = []
      result.reserveCapacity(bytes.count + growth)
      var position = 0
      for done in 0..<places {
        if old.isEmpty {
          result += new
          if position < bytes.count { result.append(bytes[position]) }
          position = min(position + 1, bytes.count)
        } else if let match = ByteSearch.first(old, in: bytes, from: position, to: bytes.count) {
          result += bytes[position..<match]
          result += new
          position = match + old.count
        }
        if done & 0xFFFF == 0xFFFF { try a.machine.poll() }
      }
      result += bytes[position...]
      return value(result)
    },
    Native("removeprefix(self, prefix, /)", "The bytes without a piece at their beginning.",
      example: "b'abc'.removeprefix(b'a')"
    ) { a in
      let bytes = try a.ownBytes()
      let prefix = try required(a, 1)
      return bytes.starts(with: prefix) ? value(bytes.dropFirst(prefix.count)) : a[0]
    },
    Native("removesuffix(self, suffix, /)", "The bytes without a piece at their end.",
      example: "b'abc'.removesuffix(b'c')"
    ) { a in
      let bytes = try a.ownBytes()
      let suffix = try required(a, 1)
      return bytes.suffix(suffix.count).elementsEqual(suffix)
        ? value(bytes.dropLast(suffix.count)) : a[0]
    },
    Native("translate(self, table, /, delete=b'')", "The bytes changed by a table of 256.",
      example: "b'abc'.translate(None, delete=b'b')"
    ) { a in
      let bytes = try a.ownBytes()
      let table = a[1].isNone ? nil : try required(a, 1)
      if let table, table.count != 256 {
        throw Raise(.valueError, "translation table must be 256 characters long")
      }
      let deleted = Set(try required(a, 2))
      var result: [UInt8] = []
      for byte in bytes where !deleted.contains(byte) {
        result.append(table.map { $0[Int(byte)] } ?? byte)
      }
      return value(result)
    },
  ]

  /// A piece, or a byte by its number.
  private static func piece(_ a: Arguments) throws(Raise) -> [UInt8] {
    if let bytes = a[1].bytesLike { return bytes }
    if let number = try a.machine.index(a[1]) {
      guard let byte = UInt8(exactly: number) else {
        throw Raise(.valueError, "byte must be in range(0, 256)")
      }
      return [byte]
    }
    throw Raise(
      .typeError,
      "argument should be integer or bytes-like object, not '\(a.machine.typeName(a[1]))'")
  }

  private static func found(_ position: Int?) throws(Raise) -> Int {
    if let position { return position }
    throw Raise(.valueError, "subsection not found")
  }

  private static func position(_ a: Arguments, last: Bool) throws(Raise) -> Int? {
    let bytes = try a.ownBytes()
    let piece = try piece(a)
    let (start, end) = try a.bounds(2, count: bytes.count)
    return last
      ? ByteSearch.last(piece, in: bytes, from: start, to: end)
      : ByteSearch.first(piece, in: bytes, from: start, to: end)
  }

  private static func matches(_ a: Arguments, atEnd: Bool) throws(Raise) -> Bool {
    let bytes = try a.ownBytes()
    let (start, end) = try a.bounds(2, count: bytes.count)
    func fits(_ piece: [UInt8]) -> Bool {
      guard start <= end, end - start >= piece.count else { return false }
      let from = atEnd ? end - piece.count : start
      return bytes[from..<(from + piece.count)].elementsEqual(piece)
    }
    if let tuple = a[1].asTuple {
      for item in tuple.items where try fits(required(item, a.machine)) { return true }
      return false
    }
    guard case .object(let object) = a[1], object.kind == .bytes else {
      throw Raise(
        .typeError,
        "\(a.function.name) first arg must be bytes or a tuple of bytes, not "
          + a.machine.typeName(a[1]))
    }
    return fits(unsafeDowncast(object, to: BytesObject.self).bytes)
  }

  // MARK: - Taking apart

  static let split: [Native] = [
    Native("split(self, /, sep=None, maxsplit=-1)", "The pieces between separators, or the words.",
      example: "b'a,b'.split(b',')"
    ) { a in
      let bytes = try a.ownBytes()
      return .list(try ranges(a, bytes, fromEnd: false).map { value(bytes[$0]) })
    },
    Native("rsplit(self, /, sep=None, maxsplit=-1)",
      "The pieces between separators, taken from the end.", example: "b'a,b,c'.rsplit(b',', 1)"
    ) { a in
      let bytes = try a.ownBytes()
      return .list(try ranges(a, bytes, fromEnd: true).reversed().map { value(bytes[$0]) })
    },
    Native("splitlines(self, /, keepends=False)", "The lines, with or without their ends.",
      example: "b'a\\nb'.splitlines()"
    ) { a in
      let bytes = try a.ownBytes()
      let keepsEnds = try a.machine.truth(a[1])
      var lines: [Value] = []
      var start = 0
      var index = 0
      while index < bytes.count {
        let before = index
        index += 1
        guard bytes[before] == 10 || bytes[before] == 13 else { continue }
        if bytes[before] == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
        lines.append(value(bytes[start..<(keepsEnds ? index : before)]))
        start = index
      }
      if start < bytes.count { lines.append(value(bytes[start...])) }
      return .list(lines)
    },
    Native("partition(self, sep, /)", "What stands before a separator, it, and the rest.",
      example: "b'a=b'.partition(b'=')"
    ) { a in
      let bytes = try a.ownBytes()
      let separator = try nonEmpty(a)
      guard let match = ByteSearch.first(separator, in: bytes, from: 0, to: bytes.count) else {
        return .tuple([a[0], value([]), value([])])
      }
      return .tuple([
        value(bytes[..<match]), a[1], value(bytes[(match + separator.count)...]),
      ])
    },
    Native("rpartition(self, sep, /)", "What stands before the last separator, it, and the rest.",
      example: "b'a.b.c'.rpartition(b'.')"
    ) { a in
      let bytes = try a.ownBytes()
      let separator = try nonEmpty(a)
      guard let match = ByteSearch.last(separator, in: bytes, from: 0, to: bytes.count) else {
        return .tuple([value([]), value([]), a[0]])
      }
      return .tuple([
        value(bytes[..<match]), a[1], value(bytes[(match + separator.count)...]),
      ])
    },
    Native("join(self, iterable_of_bytes, /)", "Bytes put together with these between them.",
      example: "b', '.join([b'a', b'b'])"
    ) { a in
      let gap = try a.ownBytes()
      guard try a.machine.isIterable(a[1]) else {
        throw Raise(.typeError, "can only join an iterable")
      }
      var result: [UInt8] = []
      for (index, item) in try a.machine.array(a[1]).enumerated() {
        guard let piece = item.bytesLike else {
          throw Raise(
            .typeError,
            "sequence item \(index): expected a bytes-like object, "
              + "\(a.machine.typeName(item)) found")
        }
        if index > 0 { result += gap }
        result += piece
        try a.machine.charge(result.count, "the bytes")
      }
      return value(result)
    },
  ]

  private static func nonEmpty(_ a: Arguments) throws(Raise) -> [UInt8] {
    let separator = try required(a, 1)
    if separator.isEmpty { throw Raise(.valueError, "empty separator") }
    return separator
  }

  /// The places of the pieces, in the order in which they are found.
  private static func ranges(
    _ a: Arguments, _ bytes: [UInt8], fromEnd: Bool
  ) throws(Raise) -> [Range<Int>] {
    let count = try a.index(2)
    let limit = count < 0 ? Int.max : count
    if a[1].isNone { return words(bytes, limit, fromEnd: fromEnd) }
    let separator = try nonEmpty(a)
    var result: [Range<Int>] = []
    var start = 0
    var end = bytes.count
    while result.count < limit {
      if fromEnd {
        guard let match = ByteSearch.last(separator, in: bytes, from: 0, to: end) else { break }
        result.append((match + separator.count)..<end)
        end = match
      } else {
        guard let match = ByteSearch.first(separator, in: bytes, from: start, to: end) else { break }
        result.append(start..<match)
        start = match + separator.count
      }
      if result.count & 0xFFF == 0 { try a.machine.poll() }
    }
    result.append(start..<end)
    return result
  }

  private static func words(_ bytes: [UInt8], _ limit: Int, fromEnd: Bool) -> [Range<Int>] {
    var result: [Range<Int>] = []
    var start = 0
    var end = bytes.count
    while true {
      if fromEnd {
        while end > 0, isSpace(bytes[end - 1]) { end -= 1 }
        if end == 0 { break }
        start = end
        while start > 0, result.count == limit || !isSpace(bytes[start - 1]) { start -= 1 }
        result.append(start..<end)
        end = start
      } else {
        while start < bytes.count, isSpace(bytes[start]) { start += 1 }
        if start == bytes.count { break }
        end = start
        while end < bytes.count, result.count == limit || !isSpace(bytes[end]) { end += 1 }
        result.append(start..<end)
        start = end
      }
      if result.count > limit { break }
    }
    return result
  }

  // MARK: - Layout

  static let layout: [Native] = [
    strip("strip", "around them", left: true, right: true),
    strip("lstrip", "before them", left: true, right: false),
    strip("rstrip", "behind them", left: false, right: true),
    pad("center", "in the middle of a field") { missing, width in
      missing / 2 + (missing & width & 1)
    },
    pad("ljust", "at the left of a field") { _, _ in 0 },
    pad("rjust", "at the right of a field") { missing, _ in missing },
    Native("zfill(self, width, /)", "The bytes led by zeros, behind their sign.",
      example: "b'-42'.zfill(5)"
    ) { a in
      var bytes = try a.ownBytes()
      let width = try a.index(1)
      if width <= bytes.count { return a[0] }
      try a.machine.charge(width, "the bytes")
      let signs = bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") ? 1 : 0
      bytes.insert(contentsOf: repeatElement(0x30, count: width - bytes.count), at: signs)
      return value(bytes)
    },
    Native("expandtabs(self, /, tabsize=8)", "The bytes with spaces for tabs.",
      example: "b'a\\tb'.expandtabs(4)"
    ) { a in
      let bytes = try a.ownBytes()
      let size = try a.index(1)
      let tabs = bytes.reduce(0) { $0 + ($1 == 9 ? 1 : 0) }
      let (growth, overflow) = tabs.multipliedReportingOverflow(by: max(size, 0))
      try a.machine.charge(overflow ? nil : growth, "the bytes")
      return value(StringMethods.withoutTabs(bytes, size) { _ in true })
    },
  ]

  private static func strip(_ name: String, _ place: String, left: Bool, right: Bool) -> Native {
    Native("\(name)(self, bytes=None, /)", "The bytes without spaces, or given bytes, \(place).",
      example: "b' x '.\(name)()"
    ) { a in
      var rest = try a.ownBytes()[...]
      let set = a[1].isNone ? nil : Set(try required(a, 1))
      func drops(_ byte: UInt8) -> Bool { set?.contains(byte) ?? isSpace(byte) }
      while left, let first = rest.first, drops(first) { rest = rest.dropFirst() }
      while right, let last = rest.last, drops(last) { rest = rest.dropLast() }
      return value(rest)
    }
  }

  private static func pad(
    _ name: String, _ place: String, _ left: @escaping @Sendable (Int, Int) -> Int
  ) -> Native {
    Native("\(name)(self, width, fillchar=b' ', /)", "The bytes \(place).",
      example: "b'x'.\(name)(3)"
    ) { a in
      let bytes = try a.ownBytes()
      let width = try a.index(1)
      guard case .object(let object) = a[2], object.kind == .bytes,
        let fill = unsafeDowncast(object, to: BytesObject.self).bytes.first,
        unsafeDowncast(object, to: BytesObject.self).bytes.count == 1
      else {
        throw Raise(
          .typeError,
          "\(name)() argument 2 must be a byte string of length 1, not "
            + a.machine.typeName(a[2]))
      }
      if width <= bytes.count { return a[0] }
      try a.machine.charge(width, "the bytes")
      let missing = width - bytes.count
      let before = left(missing, width)
      return value(
        [UInt8](repeating: fill, count: before) + bytes
          + [UInt8](repeating: fill, count: missing - before))
    }
  }
}
