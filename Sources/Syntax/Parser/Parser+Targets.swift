/// What may be assigned to, deleted, or bound by `for` and `with`.
extension Parser {
  enum TargetPurpose {
    case assignment, deletion, forTarget
  }

  /// The first part of a target that cannot be one; nil when the whole is a target.
  func invalidPart(of target: Expression, _ purpose: TargetPurpose) -> Expression? {
    switch target.kind {
    case .name, .attribute, .subscripted: return nil
    case .list(let parts), .tuple(let parts):
      for part in parts {
        if let invalid = invalidPart(of: part, purpose) { return invalid }
      }
      return nil
    case .starred(let inner):
      if purpose == .deletion { return target }
      return invalidPart(of: inner, purpose)
    default: return target
    }
  }

  /// CPython's sentence for a wrong target.
  func invalidTarget(_ invalid: Expression, _ purpose: TargetPurpose) -> Diagnostic {
    let verb = purpose == .deletion ? "delete" : "assign to"
    return Diagnostic(
      .syntax, "cannot \(verb) \(invalid.describedForAssignment)", at: invalid.span)
  }

  /// Notes what CPython's compiler says about stars in a target.
  mutating func checkStars(_ target: Expression, isInside: Bool = false) {
    switch target.kind {
    case .starred(let inner):
      if !isInside {
        noteLate(
          .compiler, "starred assignment target must be in a list or tuple", target.span)
      }
      checkStars(inner, isInside: true)
    case .list(let parts), .tuple(let parts):
      var stars = 0
      for part in parts {
        if case .starred = part.kind { stars += 1 }
        checkStars(part, isInside: true)
      }
      if stars > 1 {
        noteLate(.compiler, "multiple starred expressions in assignment", target.span)
      }
    default: break
    }
  }

  /// `star_targets`: one target, or several with commas as a tuple.
  mutating func targetList(purpose: TargetPurpose) throws(Diagnostic) -> Expression {
    let start = here
    let first = try target()
    var result = first
    if kind == .comma {
      var parts = [first]
      var tallest = height
      while skip(.comma) {
        guard startsExpression(kind) || kind == .star else { break }
        parts.append(try target())
        tallest = max(tallest, height)
      }
      result = try compose(.tuple(parts), from: start, tallest: tallest)
    }
    if kind == .in || purpose != .forTarget, let invalid = invalidPart(of: result, purpose) {
      throw invalidTarget(invalid, purpose)
    }
    checkStars(result)
    return result
  }

  /// One target; operators that bind tighter than a comparison are read, to name what is wrong.
  mutating func target() throws(Diagnostic) -> Expression {
    guard kind == .star else { return try binary(1) }
    let start = here
    advance()
    let inner = try binary(1)
    return try compose(.starred(inner), from: start, tallest: height)
  }
}
