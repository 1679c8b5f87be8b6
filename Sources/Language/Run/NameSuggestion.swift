/// The name that CPython 3.11 suggests behind the message of a NameError or AttributeError.
///
/// Its rule is another than that of `Suggestion`, and it speaks on the message's own line, which people
/// and tools compare: so it is followed to the letter (Python/suggestions.c). An edit costs 2, a change
/// of case 1, and no more than a third of the letters of both names may have to change.
enum NameSuggestion {
  private static let editCost = 2
  private static let caseCost = 1
  /// CPython looks no further than this, for speed.
  private static let maximumCandidates = 750
  private static let maximumLength = 40

  /// The nearest of the names; the first of equals.
  static func nearest(to name: String, among names: [String]) -> String? {
    let wanted = Array(name.utf8)
    guard names.count < maximumCandidates, wanted.count <= maximumLength else { return nil }
    var best: String?
    var bestDistance = Int.max
    for candidate in names where candidate != name {
      let letters = Array(candidate.utf8)
      let allowed = (wanted.count + letters.count + 3) * editCost / 6
      let limit = min(allowed, bestDistance - 1)
      let distance = distance(wanted, letters, limit: limit)
      if distance > limit { continue }
      best = candidate
      bestDistance = distance
    }
    return best
  }

  private static func substitution(_ a: UInt8, _ b: UInt8) -> Int {
    if a == b { return 0 }
    func lower(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 32 : byte }
    return lower(a) == lower(b) ? caseCost : editCost
  }

  /// The weighted Levenshtein distance; more than `limit` when it is above it.
  private static func distance(_ first: [UInt8], _ second: [UInt8], limit: Int) -> Int {
    var a = first[...]
    var b = second[...]
    while let x = a.first, let y = b.first, x == y {
      a.removeFirst()
      b.removeFirst()
    }
    while let x = a.last, let y = b.last, x == y {
      a.removeLast()
      b.removeLast()
    }
    if a.isEmpty || b.isEmpty { return (a.count + b.count) * editCost }
    if a.count > maximumLength || b.count > maximumLength { return limit + 1 }
    if b.count < a.count { swap(&a, &b) }
    if (b.count - a.count) * editCost > limit { return limit + 1 }
    var row = (1...a.count).map { $0 * editCost }
    var result = 0
    for (index, letter) in b.enumerated() {
      var diagonal = index * editCost
      result = diagonal
      var least = Int.max
      for (column, other) in a.enumerated() {
        let substituted = diagonal + substitution(letter, other)
        diagonal = row[column]
        let moved = min(result, diagonal) + editCost
        result = min(substituted, moved)
        row[column] = result
        least = min(least, result)
      }
      if least > limit { return limit + 1 }
    }
    return result
  }
}

extension Machine {
  /// What CPython suggests for an unknown name: a local of the running function, a global, a built-in.
  func suggestion(forName name: String) -> String? {
    var locals: [String] = []
    if frameCount > 0 {
      let function = (frames + (frameCount - 1)).pointee.function
      locals = function._withUnsafeGuaranteedRef { $0.code.localNames.filter { !$0.isEmpty } }
    }
    return NameSuggestion.nearest(to: name, among: locals)
      ?? NameSuggestion.nearest(to: name, among: globals.bound.map(\.name))
      ?? NameSuggestion.nearest(to: name, among: builtinNames + ["None", "True", "False"])
  }

  /// What CPython puts behind the message of an uncaught error; nil for most.
  public func suggestion(for exception: ExceptionObject) -> String? {
    if let known = exception.suggestion { return known }
    guard exception.type.isSubclass(of: types.exception(.attributeError)),
      let name = exception.own("name")?.swiftString, let object = exception.own("obj"),
      !object.isUndefined, let names = try? directory(of: object)
    else { return nil }
    return NameSuggestion.nearest(to: name, among: names.compactMap(\.swiftString))
  }
}
