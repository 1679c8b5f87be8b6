/// What may be assigned to, deleted, or bound by `for` and `with`.
extension Parser {
  enum TargetPurpose {
    case assignment, deletion
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

  /// What `for` binds, up to and with `in`.
  mutating func forTarget() throws(Diagnostic) -> Expression {
    let before = mark
    do throws(Diagnostic) {
      let target = try targetList()
      guard kind == .in else { throw unexpected() }
      if let invalid = invalidPart(of: target, .assignment) {
        throw invalidTarget(invalid, .assignment)
      }
      advance()
      checkStars(target)
      return target
    } catch {
      guard error.message == "invalid syntax", !isProbing else { throw error }
      // CPython then reads a whole expression, to name what cannot be a target.
      let failure = index
      reset(to: before)
      let whole = probe { (p) throws(Diagnostic) in try p.starExpressions() }
      index = failure
      guard let whole, let invalid = invalidForTarget(whole.result) else { throw error }
      throw invalidTarget(invalid, .assignment)
    }
  }

  private func invalidForTarget(_ whole: Expression) -> Expression? {
    if case .compare(let left, let rest) = whole.kind {
      return rest.first?.op == .in ? invalidPart(of: left, .assignment) : nil
    }
    return invalidPart(of: whole, .assignment)
  }

  /// `star_targets`: one target, or several with commas as a tuple.
  private mutating func targetList() throws(Diagnostic) -> Expression {
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
    return result
  }

  /// One target; operators that bind tighter than a comparison are read, to name what is wrong.
  mutating func target() throws(Diagnostic) -> Expression {
    guard kind == .star else {
      let first = index
      let value = try binary(1)
      lastOperand = Operand(first: first, end: index, start: value.span.start)
      return value
    }
    let start = here
    advance()
    let inner = try binary(1)
    return try compose(.starred(inner), from: start, tallest: height)
  }
}
