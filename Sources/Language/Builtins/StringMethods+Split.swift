/// Taking strings apart.
extension StringMethods {
  static let split: [Native] = [
    Native("split(self, /, sep=None, maxsplit=-1)",
      "The pieces between separators; without one, the words.", example: "'a,b,c'.split(',', 1)"
    ) { a in
      let string = try a.ownString()
      let separator = try separator(a)
      let count = try a.index(2)
      let limit = count < 0 ? Int.max : count
      guard let separator else { return try words(string, limit, a.machine) }
      var pieces = Pieces(string)
      var position = 0
      while pieces.count < limit,
        let match = ByteSearch.first(
          separator, in: string.bytes, from: position, to: string.byteCount)
      {
        try pieces.add(position, match, a.machine)
        position = match + separator.count
      }
      try pieces.add(position, string.byteCount, a.machine)
      return .object(pieces.list)
    },
    Native("rsplit(self, /, sep=None, maxsplit=-1)",
      "The pieces between separators, taken from the end.", example: "'a,b,c'.rsplit(',', 1)"
    ) { a in
      let string = try a.ownString()
      let separator = try separator(a)
      let count = try a.index(2)
      let limit = count < 0 ? Int.max : count
      guard let separator else { return try wordsFromEnd(string, limit, a.machine) }
      var ranges: [Range<Int>] = []
      var end = string.byteCount
      while ranges.count < limit,
        let match = ByteSearch.last(separator, in: string.bytes, from: 0, to: end)
      {
        ranges.append((match + separator.count)..<end)
        end = match
        if ranges.count & 0xFFF == 0 { try a.machine.poll() }
      }
      ranges.append(0..<end)
      var pieces = Pieces(string)
      for range in ranges.reversed() {
        try pieces.add(range.lowerBound, range.upperBound, a.machine)
      }
      return .object(pieces.list)
    },
    Native("splitlines(self, /, keepends=False)", "The lines, with or without their ends.",
      example: "'a\\nb\\r\\n'.splitlines()"
    ) { a in
      let string = try a.ownString()
      guard let flag = try a.machine.index(a[1]) else {
        throw Raise(
          .typeError,
          "'\(a.machine.typeName(a[1]))' object cannot be interpreted as an integer")
      }
      let keepsEnds = flag != 0
      let bytes = string.bytes
      var pieces = Pieces(string)
      var start = 0
      var index = 0
      while index < bytes.count {
        let before = index
        let point = CodePoints.next(bytes, &index)
        guard CodePoints.isLineBreak(point) else { continue }
        if point == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
        try pieces.add(start, keepsEnds ? index : before, a.machine)
        start = index
      }
      if start < bytes.count { try pieces.add(start, bytes.count, a.machine) }
      return .object(pieces.list)
    },
    Native("partition(self, sep, /)", "What stands before a separator, it, and the rest.",
      example: "'key=value'.partition('=')"
    ) { a in
      let string = try a.ownString()
      let separator = try partitionSeparator(a)
      guard
        let match = ByteSearch.first(
          separator.bytes, in: string.bytes, from: 0, to: string.byteCount)
      else { return .tuple([a[0], .object(StringObject.empty), .object(StringObject.empty)]) }
      return .tuple(halves(string, match, separator))
    },
    Native("rpartition(self, sep, /)", "What stands before the last separator, it, and the rest.",
      example: "'a.b.c'.rpartition('.')"
    ) { a in
      let string = try a.ownString()
      let separator = try partitionSeparator(a)
      guard
        let match = ByteSearch.last(
          separator.bytes, in: string.bytes, from: 0, to: string.byteCount)
      else { return .tuple([.object(StringObject.empty), .object(StringObject.empty), a[0]]) }
      return .tuple(halves(string, match, separator))
    },
  ]

  private static func halves(
    _ string: StringObject, _ match: Int, _ separator: StringObject
  ) -> [Value] {
    [
      .object(StringObject(Array(string.bytes[..<match]))), .object(separator),
      .object(StringObject(Array(string.bytes[(match + separator.byteCount)...]))),
    ]
  }

  private static func partitionSeparator(_ a: Arguments) throws(Raise) -> StringObject {
    let separator = try piece(a)
    if separator.byteCount == 0 { throw Raise(.valueError, "empty separator") }
    return separator
  }

  /// nil for None.
  private static func separator(_ a: Arguments) throws(Raise) -> [UInt8]? {
    if a[1].isNone { return nil }
    guard let text = a[1].asString else {
      throw Raise(.typeError, "must be str or None, not \(a.machine.typeName(a[1]))")
    }
    if text.byteCount == 0 { throw Raise(.valueError, "empty separator") }
    return text.bytes
  }

  /// A list of parts of one string.
  private struct Pieces {
    let list = ListObject()
    private let string: StringObject
    private let isASCII: Bool

    init(_ string: StringObject) {
      self.string = string
      isASCII = string.isASCII
    }

    var count: Int { list.count }

    mutating func add(_ start: Int, _ end: Int, _ machine: Machine) throws(Raise) {
      if end - start == 1, isASCII {
        list.append(.object(StringObject.ascii[Int(string.start[start])]))
      } else if end <= start {
        list.append(.object(StringObject.empty))
      } else {
        list.append(.object(string.piece(start, end)))
      }
      if list.count & 0xFFF == 0 {
        try machine.poll()
        try machine.charge(list.count * 64, "the pieces")
      }
    }
  }

  private static func words(
    _ string: StringObject, _ limit: Int, _ machine: Machine
  ) throws(Raise) -> Value {
    if string.isASCII { return try wordsOfASCII(string, limit, machine) }
    let bytes = string.bytes
    var pieces = Pieces(string)
    var index = 0
    while true {
      // Spaces, then a word up to the next space.
      var start = index
      while index < bytes.count {
        start = index
        if !CodePoints.isSpace(CodePoints.next(bytes, &index)) { break }
        start = index
      }
      if start >= bytes.count { break }
      if pieces.count >= limit {
        // The rest keeps its spaces at the end.
        try pieces.add(start, bytes.count, machine)
        break
      }
      var end = index
      while index < bytes.count {
        end = index
        if CodePoints.isSpace(CodePoints.next(bytes, &index)) { break }
        end = index
      }
      try pieces.add(start, end, machine)
    }
    return .object(pieces.list)
  }

  /// The same where every byte is a character.
  private static func wordsOfASCII(
    _ string: StringObject, _ limit: Int, _ machine: Machine
  ) throws(Raise) -> Value {
    let text = string.view
    func isSpace(_ byte: UInt8) -> Bool {
      byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) || (byte >= 0x1C && byte <= 0x1F)
    }
    var pieces = Pieces(string)
    var index = 0
    while true {
      while index < text.count, isSpace(text[index]) { index += 1 }
      if index == text.count { break }
      if pieces.count >= limit {
        try pieces.add(index, text.count, machine)
        break
      }
      let start = index
      while index < text.count, !isSpace(text[index]) { index += 1 }
      try pieces.add(start, index, machine)
    }
    return .object(pieces.list)
  }

  private static func wordsFromEnd(
    _ string: StringObject, _ limit: Int, _ machine: Machine
  ) throws(Raise) -> Value {
    let bytes = string.bytes
    var ranges: [Range<Int>] = []
    var index = bytes.count
    while true {
      var end = index
      while index > 0 {
        end = index
        if !CodePoints.isSpace(CodePoints.previous(bytes, &index)) { break }
        end = index
      }
      if end <= 0 { break }
      if ranges.count >= limit {
        ranges.append(0..<end)
        break
      }
      var start = index
      while index > 0 {
        start = index
        if CodePoints.isSpace(CodePoints.previous(bytes, &index)) { break }
        start = index
      }
      ranges.append(start..<end)
      if ranges.count & 0xFFF == 0 { try machine.poll() }
    }
    var pieces = Pieces(string)
    for range in ranges.reversed() {
      try pieces.add(range.lowerBound, range.upperBound, machine)
    }
    return .object(pieces.list)
  }
}
