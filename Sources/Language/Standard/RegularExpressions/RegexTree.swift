/// A regular expression as a tree; flags are already worked into the nodes.
indirect enum RegexNode {
  /// A code point; folded when case is ignored.
  case character(UInt32, ignoresCase: Bool)
  case any(matchesNewline: Bool)
  case set(RegexSet)
  case assertion(RegexAssertion)
  case sequence([RegexNode])
  case choice([RegexNode])
  case group(Int, RegexNode)
  case reference(Int, ignoresCase: Bool)
  case look(isAhead: Bool, isNegative: Bool, RegexNode)
  case repeated(RegexNode, minimum: Int, maximum: Int, RegexRepetition)
  case atomic(RegexNode)
  case conditional(Int, RegexNode, RegexNode?)


  /// How many code points the node can match.
  /// - Parameter groups: the widths of the groups so far.
  func width(_ groups: [ClosedRange<Int>?]) -> ClosedRange<Int> {
    switch self {
    case .character, .any, .set: return 1...1
    case .assertion, .look: return 0...0
    case .sequence(let nodes):
      return nodes.reduce(0...0) { RegexNode.sum($0, $1.width(groups)) }
    case .choice(let nodes):
      let widths = nodes.map { $0.width(groups) }
      return (widths.map(\.lowerBound).min() ?? 0)...(widths.map(\.upperBound).max() ?? 0)
    case .group(_, let node), .atomic(let node): return node.width(groups)
    case .reference(let group, _):
      return (group < groups.count ? groups[group] : nil) ?? 0...RegexLimits.endless
    case .repeated(let node, let minimum, let maximum, _):
      let width = node.width(groups)
      return RegexNode.product(width.lowerBound, minimum)...RegexNode.product(
        width.upperBound, maximum)
    case .conditional(_, let yes, let no):
      let first = yes.width(groups)
      let second = no?.width(groups) ?? 0...0
      return min(first.lowerBound, second.lowerBound)...max(first.upperBound, second.upperBound)
    }
  }

  private static func sum(_ a: ClosedRange<Int>, _ b: ClosedRange<Int>) -> ClosedRange<Int> {
    min(a.lowerBound + b.lowerBound, RegexLimits.endless)...min(
      a.upperBound + b.upperBound, RegexLimits.endless)
  }

  private static func product(_ a: Int, _ b: Int) -> Int {
    let (value, overflow) = a.multipliedReportingOverflow(by: b)
    return overflow ? RegexLimits.endless : min(value, RegexLimits.endless)
  }
}

enum RegexLimits {
  /// The repetition count that means "without end".
  static let endless = Int(UInt32.max)
  static let groups = 1 << 20
  /// Nested parentheses.
  static let depth = 400
}

enum RegexRepetition { case greedy, lazy, possessive }

enum RegexAssertion {
  case textStart, textEnd, lineStart, lineEnd
  /// `$` without the flag M: the end, or before a newline at the end.
  case lastLineEnd
  case wordBoundary(isASCII: Bool)
  case insideWord(isASCII: Bool)
}

struct RegexFlags: OptionSet {
  let rawValue: Int
  static let ignoreCase = RegexFlags(rawValue: 2)
  static let locale = RegexFlags(rawValue: 4)
  static let multiline = RegexFlags(rawValue: 8)
  static let dotAll = RegexFlags(rawValue: 16)
  static let unicode = RegexFlags(rawValue: 32)
  static let verbose = RegexFlags(rawValue: 64)
  static let debug = RegexFlags(rawValue: 128)
  static let ascii = RegexFlags(rawValue: 256)

  static func of(_ letter: UInt32) -> RegexFlags? {
    switch letter {
    case 0x69: .ignoreCase
    case 0x4C: .locale
    case 0x6D: .multiline
    case 0x73: .dotAll
    case 0x78: .verbose
    case 0x61: .ascii
    case 0x75: .unicode
    default: nil
    }
  }
}

/// Upper and lower case for matching.
enum RegexCase {
  /// One code point for all that count as the same letter.
  static func folded(_ point: UInt32, isASCII: Bool) -> UInt32 {
    if point < 0x80 { return point >= 0x41 && point <= 0x5A ? point + 32 : point }
    if isASCII { return point }
    // Letters with one upper form in common are one: `ſ` and `s`, `ς` and `σ`.
    let upper = single(point) { $0.uppercaseMapping } ?? point
    return single(upper) { $0.lowercaseMapping } ?? upper
  }

  /// A code point with its other cases.
  static func variants(_ point: UInt32, isASCII: Bool) -> [UInt32] {
    if isASCII {
      guard point < 0x80 else { return [point] }
      let lower = folded(point, isASCII: true)
      return CodePoints.isASCIILetter(point) ? [lower, lower - 32] : [point]
    }
    let lower = single(point) { $0.lowercaseMapping } ?? point
    let upper = single(point) { $0.uppercaseMapping } ?? point
    return [point, lower, upper, folded(point, isASCII: false)]
  }

  private static func single(
    _ point: UInt32, _ mapping: (Unicode.Scalar.Properties) -> String
  ) -> UInt32? {
    guard let scalar = Unicode.Scalar(point) else { return nil }
    let scalars = mapping(scalar.properties).unicodeScalars
    guard let first = scalars.first, scalars.count == 1 else { return nil }
    return first.value
  }
}

/// A set of code points: `[a-z\d]`, `\w`.
struct RegexSet {
  enum Category { case digit, space, word }
  struct Class {
    let category: Category
    let isNegated: Bool
  }

  private(set) var ranges: [ClosedRange<UInt32>]
  private let classes: [Class]
  private let isNegated: Bool
  private let ignoresCase: Bool
  private let isASCII: Bool
  /// The answers for the first 256 code points.
  private var low: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  init(
    ranges: [ClosedRange<UInt32>], classes: [Class], isNegated: Bool, flags: RegexFlags
  ) {
    self.ranges = ranges
    self.classes = classes
    self.isNegated = isNegated
    ignoresCase = flags.contains(.ignoreCase)
    isASCII = flags.contains(.ascii)
    var bits = [UInt64](repeating: 0, count: 4)
    for point in UInt32(0)..<256 where slowContains(point) {
      bits[Int(point >> 6)] |= 1 << UInt64(point & 63)
    }
    low = (bits[0], bits[1], bits[2], bits[3])
  }

  @inline(__always) func contains(_ point: UInt32) -> Bool {
    if point < 256 {
      let word =
        switch point >> 6 {
        case 0: low.0
        case 1: low.1
        case 2: low.2
        default: low.3
        }
      return word >> UInt64(point & 63) & 1 != 0
    }
    return slowContains(point)
  }

  @inline(never) private func slowContains(_ point: UInt32) -> Bool {
    var found = holds(point)
    if !found, ignoresCase {
      found = RegexCase.variants(point, isASCII: isASCII).contains { holds($0) }
    }
    return found != isNegated
  }

  private func holds(_ point: UInt32) -> Bool {
    for range in ranges where range.contains(point) { return true }
    for item in classes where RegexSet.isIn(point, item.category, isASCII) != item.isNegated {
      return true
    }
    return false
  }

  static func isIn(_ point: UInt32, _ category: Category, _ isASCII: Bool) -> Bool {
    if point < 0x80 {
      switch category {
      case .digit: return point >= 0x30 && point <= 0x39
      case .space:
        return point == 0x20 || (point >= 9 && point <= 13)
          || (!isASCII && point >= 0x1C && point <= 0x1F)
      case .word:
        return CodePoints.isASCIILetter(point) || (point >= 0x30 && point <= 0x39)
          || point == 0x5F
      }
    }
    if isASCII { return false }
    switch category {
    case .digit: return CodePoints.isDecimal(point)
    case .space: return CodePoints.isSpace(point)
    case .word: return CodePoints.isAlphanumeric(point)
    }
  }
}
