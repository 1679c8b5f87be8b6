/// What the functions of `re` and the methods of patterns do.
enum RegexFunctions {
  enum Place { case start, whole, anywhere }

  /// The bounds of a search from two arguments, brought into the text.
  private static func bounds(
    _ a: Arguments, _ index: Int?, _ count: Int
  ) throws(Raise) -> (Int, Int) {
    guard let index else { return (0, count) }
    let end = min(max(0, try a.size(index + 1)), count)
    return (min(max(0, try a.size(index)), count), end)
  }

  static func match(
    _ pattern: PatternObject, _ text: Value, _ a: Arguments, bounds index: Int?, _ place: Place
  ) throws(Raise) -> Value {
    let machine = a.machine
    let subject = try pattern.subject(text, machine)
    let (start, end) = try bounds(a, index, subject.count)
    if start > end { return .none }
    var matcher = RegexMatcher(pattern.program, end: end, machine)
    matcher.mustReachEnd = place == .whole
    let result: Result<(start: Int, end: Int)?, Raise> =
      subject.units.withUnsafeBufferPointer { units in
        do throws(Raise) {
          if place == .anywhere { return .success(try matcher.search(units, from: start)) }
          return .success(try matcher.match(units, at: start).map { (start, $0) })
        } catch {
          return .failure(error)
        }
      }
    guard let found = try result.get() else { return .none }
    return .object(
      MatchObject(
        pattern, subject, start: found.start, end: found.end, matcher, position: start,
        endPosition: end, machine))
  }

  static func findAll(
    _ pattern: PatternObject, _ text: Value, _ a: Arguments, bounds index: Int?
  ) throws(Raise) -> Value {
    let machine = a.machine
    let subject = try pattern.subject(text, machine)
    let (start, end) = try bounds(a, index, subject.count)
    var scanner = RegexScanner(pattern, subject, from: start, to: end, machine)
    let groups = pattern.program.groupCount
    let result = ListObject()
    while let found = try scanner.find() {
      switch groups {
      case 0, 1: result.append(scanner.text(groups, found, subject.empty))
      default:
        result.append(.tuple((1...groups).map { scanner.text($0, found, subject.empty) }))
      }
      // The item, and a text of its own.
      try machine.grows(result.count, of: 64, "the matches")
    }
    return .object(result)
  }

  static func findIterator(
    _ pattern: PatternObject, _ text: Value, _ a: Arguments, bounds index: Int?
  ) throws(Raise) -> Value {
    let subject = try pattern.subject(text, a.machine)
    let (start, end) = try bounds(a, index, subject.count)
    var scanner = RegexScanner(pattern, subject, from: start, to: end, a.machine)
    return .object(
      NativeIterator("callable_iterator") { (machine) throws(Raise) in
        guard let found = try scanner.find() else { return .undefined }
        return .object(scanner.object(found, machine))
      })
  }

  static func split(
    _ pattern: PatternObject, _ text: Value, maximum: Int, _ machine: Machine
  ) throws(Raise) -> Value {
    let subject = try pattern.subject(text, machine)
    var scanner = RegexScanner(pattern, subject, from: 0, to: subject.count, machine)
    let result = ListObject()
    var last = 0
    var count = 0
    while maximum == 0 || count < maximum, let found = try scanner.find() {
      result.append(subject.slice(last, found.start))
      for group in 0..<pattern.program.groupCount {
        result.append(scanner.text(group + 1, found, .none))
      }
      last = found.end
      count += 1
      try machine.grows(count, of: 64 * max(1, pattern.program.groupCount), "the pieces")
    }
    result.append(subject.slice(last, subject.count))
    return .object(result)
  }

  static func substitute(
    _ pattern: PatternObject, _ replacement: Value, _ text: Value, maximum: Int,
    _ machine: Machine
  ) throws(Raise) -> (text: Value, count: Int) {
    let subject = try pattern.subject(text, machine)
    let isCalled = Callables.isCallable(replacement, machine)
    let template = isCalled ? nil : try RegexTemplate(replacement, pattern, machine)
    let isText = pattern.isText
    if !isCalled, isText != (replacement.asString != nil) {
      throw Raise(
        .typeError,
        isText
          ? "expected str instance, \(machine.typeName(replacement)) found"
          : "expected a bytes-like object, \(machine.typeName(replacement)) found")
    }
    var scanner = RegexScanner(pattern, subject, from: 0, to: subject.count, machine)
    var result: [UInt8] = []
    var last = 0
    var count = 0
    while maximum == 0 || count < maximum, let found = try scanner.find() {
      if last < found.start {
        RegexTemplate.append(
          Array(subject.units[last..<found.start]), to: &result, isText: isText)
      }
      if let template {
        template.append(to: &result, isText: isText) { group in
          scanner.text(group, found, .none)
        }
      } else {
        let piece = try machine.call(replacement, [.object(scanner.object(found, machine))])
        if !piece.isNone {
          if isText ? piece.asString == nil : piece.kind != .bytes {
            throw Raise(
              .typeError,
              "sequence item \(count): expected \(isText ? "str instance" : "a bytes-like object"), "
                + "\(machine.typeName(piece)) found")
          }
          RegexTemplate.append(piece, to: &result)
        }
      }
      last = found.end
      count += 1
      try machine.charge(result.count, "the text")
    }
    if count == 0 { return (text, 0) }
    RegexTemplate.append(Array(subject.units[last...]), to: &result, isText: isText)
    return (isText ? .object(StringObject(result)) : .object(BytesObject(result)), count)
  }
}
