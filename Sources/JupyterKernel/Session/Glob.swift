/// A pattern with `*` for any text, `?` for one character and `[abc]`, `[a-z]`, `[^a]` for one of a
/// set, matched against the whole.
struct Glob {
  private enum Part {
    case any, one
    case literal(Unicode.Scalar)
    case set([ClosedRange<Unicode.Scalar>], isInverted: Bool)

    func matches(_ scalar: Unicode.Scalar) -> Bool {
      switch self {
      case .any: false
      case .one: true
      case .literal(let wanted): wanted == scalar
      case .set(let ranges, let isInverted): ranges.contains { $0.contains(scalar) } != isInverted
      }
    }

    var isStar: Bool { if case .any = self { true } else { false } }
  }

  private let pattern: [Part]

  init(_ pattern: String) {
    var parts: [Part] = []
    var rest = Array(pattern.unicodeScalars)[...]
    while let scalar = rest.popFirst() {
      switch scalar {
      case "*": parts.append(.any)
      case "?": parts.append(.one)
      case "[": parts.append(Self.set(&rest) ?? .literal("["))
      default: parts.append(.literal(scalar))
      }
    }
    self.pattern = parts
  }

  /// Reads a set behind its bracket; nil, and nothing read, if it is not closed.
  private static func set(_ rest: inout ArraySlice<Unicode.Scalar>) -> Part? {
    var scalars = rest
    var isInverted = false
    if let first = scalars.first, first == "^" || first == "!" {
      isInverted = true
      scalars.removeFirst()
    }
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while let scalar = scalars.popFirst() {
      if scalar == "]", !ranges.isEmpty {
        rest = scalars
        return .set(ranges, isInverted: isInverted)
      }
      if scalars.first == "-", let last = scalars.dropFirst().first, last != "]", scalar <= last {
        scalars.removeFirst(2)
        ranges.append(scalar...last)
      } else {
        ranges.append(scalar...scalar)
      }
    }
    return nil
  }

  /// Greedy with one point to come back to, the last `*`: linear for most patterns, and never worse
  /// than the product of the lengths.
  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var t = 0
    var p = 0
    var star: (pattern: Int, text: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p].isStar {
        star = (p, t)
        p += 1
      } else if p < pattern.count, pattern[p].matches(text[t]) {
        p += 1
        t += 1
      } else if let last = star {
        star = (last.pattern, last.text + 1)
        p = last.pattern + 1
        t = last.text + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy(\.isStar)
  }
}
