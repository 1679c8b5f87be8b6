/// A text that is searched: its code points, and pieces of it as values.
final class RegexSubject {
  let value: Value
  let units: [UInt32]
  private let isBytes: Bool
  private let isASCII: Bool

  init(_ text: StringObject) {
    value = .object(text)
    isBytes = false
    isASCII = text.isASCII
    units = isASCII ? text.bytes.map(UInt32.init) : CodePoints.all(text.bytes)
  }

  init(_ bytes: BytesObject) {
    value = .object(bytes)
    isBytes = true
    isASCII = false
    units = bytes.bytes.map(UInt32.init)
  }

  var count: Int { units.count }

  func slice(_ start: Int, _ end: Int) -> Value {
    if isBytes {
      return .object(BytesObject(units[start..<max(start, end)].map { UInt8(truncatingIfNeeded: $0) }))
    }
    if isASCII, let text = value.asString { return .object(text.slice(start, max(start, end))) }
    return .object(StringObject(CodePoints.bytes(units[start..<max(start, end)])))
  }

  /// An empty text of the same kind.
  var empty: Value { isBytes ? .object(BytesObject([])) : .object(StringObject.empty) }
}

/// `re.Pattern`.
final class PatternObject: Instance {
  let source: Value
  let program: RegexProgram
  let isText: Bool
  /// The text searched last: loops that search one text again and again decode it once.
  private var lastSubject: RegexSubject?

  init(_ type: TypeObject, _ source: Value, _ program: RegexProgram, isText: Bool) {
    self.source = source
    self.program = program
    self.isText = isText
    super.init(type)
  }

  func subject(_ value: Value, _ machine: Machine) throws(Raise) -> RegexSubject {
    if let last = lastSubject, last.value.isIdentical(to: value) { return last }
    let subject: RegexSubject
    if let text = value.asString {
      if !isText {
        throw Raise(.typeError, "cannot use a bytes pattern on a string-like object")
      }
      subject = RegexSubject(text)
    } else if case .object(let object) = value, object.kind == .bytes {
      if isText {
        throw Raise(.typeError, "cannot use a string pattern on a bytes-like object")
      }
      subject = RegexSubject(unsafeDowncast(object, to: BytesObject.self))
    } else {
      throw Raise(
        .typeError,
        "expected string or bytes-like object, got '\(machine.typeName(value))'")
    }
    lastSubject = subject.count > 64 ? subject : nil
    return subject
  }

  func group(named name: String) -> Int? {
    program.names.first { $0.name == name }?.group
  }
}

/// `re.Match`.
final class MatchObject: Instance {
  let pattern: PatternObject
  let subject: RegexSubject
  /// Start and end of the whole and of each group; -1 where a group has not matched.
  let spans: [Int]
  let lastGroup: Int
  let position: Int
  let endPosition: Int

  init(
    _ pattern: PatternObject, _ subject: RegexSubject, start: Int, end: Int,
    _ matcher: RegexMatcher, position: Int, endPosition: Int, _ machine: Machine
  ) {
    self.pattern = pattern
    self.subject = subject
    var spans = Array(matcher.slots.prefix((pattern.program.groupCount + 1) * 2))
    spans[0] = start
    spans[1] = end
    self.spans = spans
    lastGroup = matcher.lastGroup
    self.position = position
    self.endPosition = endPosition
    super.init(machine.type(RegexTypes.match))
  }

  /// The text of a group; `otherwise` where it has not matched.
  func text(_ group: Int, _ otherwise: Value = .none) -> Value {
    let start = spans[group * 2]
    let end = spans[group * 2 + 1]
    return start < 0 || end < 0 ? otherwise : subject.slice(start, end)
  }

  /// The number of a group given by number or name.
  func group(_ key: Value, _ machine: Machine) throws(Raise) -> Int {
    if let number = try machine.index(key) {
      if number >= 0, number <= pattern.program.groupCount { return number }
    } else if let name = key.swiftString, let number = pattern.group(named: name) {
      return number
    }
    throw Raise(.indexError, "no such group")
  }
}

/// Going through a text match by match.
struct RegexScanner {
  private let pattern: PatternObject
  private let subject: RegexSubject
  private var matcher: RegexMatcher
  private let start: Int
  private let end: Int
  private var next: Int
  private var isOver = false

  init(_ pattern: PatternObject, _ subject: RegexSubject, from start: Int, to end: Int, _ machine: Machine) {
    self.pattern = pattern
    self.subject = subject
    self.start = start
    self.end = end
    next = start
    matcher = RegexMatcher(pattern.program, end: end, machine)
  }

  /// Start and end of the next match. An empty match does not follow at the end of another.
  mutating func find() throws(Raise) -> (start: Int, end: Int)? {
    if isOver || next > end { return nil }
    let found: Result<(start: Int, end: Int)?, Raise> = subject.units.withUnsafeBufferPointer {
      text in
      do throws(Raise) {
        return .success(try matcher.search(text, from: next))
      } catch {
        return .failure(error)
      }
    }
    guard let (first, last) = try found.get() else {
      isOver = true
      return nil
    }
    matcher.mustAdvance = first == last
    next = last
    return (first, last)
  }

  /// The match object of what `find` gave.
  func object(_ found: (start: Int, end: Int), _ machine: Machine) -> MatchObject {
    MatchObject(
      pattern, subject, start: found.start, end: found.end, matcher, position: start,
      endPosition: end, machine)
  }

  /// The text of a group of what `find` gave.
  func text(_ group: Int, _ found: (start: Int, end: Int), _ otherwise: Value) -> Value {
    if group == 0 { return subject.slice(found.start, found.end) }
    let start = matcher.slots[group * 2]
    let end = matcher.slots[group * 2 + 1]
    return start < 0 || end < 0 ? otherwise : subject.slice(start, end)
  }
}
