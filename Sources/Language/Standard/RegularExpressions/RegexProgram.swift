/// A regular expression as instructions for `RegexMatcher`.
final class RegexProgram: @unchecked Sendable {
  enum Operation: UInt8 {
    /// The code point a; the folded code point a.
    case character, foldedCharacter
    case any, anyButNewline
    /// The set a.
    case set
    case textStart, textEnd, lineStart, lineEnd, lastLineEnd
    /// Word assertions; a is 1 for ASCII words.
    case wordBoundary, insideWord
    /// Stores the position in slot a.
    case save
    case jump  // to a
    case split  // goes on at a, later at b
    /// The single item in the next instruction, b to c times; then the one behind it.
    case greedyRun, lazyRun, possessiveRun
    /// Begins loop a.
    case loopStart
    /// Loop a, b to c times: the body follows, d is behind it.
    case greedyLoop, lazyLoop
    /// Group a again; d is 1 when case is ignored.
    case reference
    /// The body follows and ends with `accept`; a is behind it. b: width behind; d: 1 negative.
    case lookAhead, lookBehind
    case atomic  // body follows, a is behind it
    case conditional  // goes on when group a has matched, otherwise at b
    case accept
  }

  struct Instruction {
    var operation: Operation
    var a = 0
    var b = 0
    var c = 0
    var d = 0
  }

  private(set) var code: [Instruction] = []
  private(set) var sets: [RegexSet] = []
  private(set) var loopCount = 0
  let groupCount: Int
  let names: [(name: String, group: Int)]
  let flags: RegexFlags
  /// The least number of code points that a match takes.
  let minimumWidth: Int
  let isASCII: Bool
  /// The instruction that the first code point of every match passes; nil where there is none.
  private(set) var first: Int?

  init(_ text: [UInt32], isText: Bool, flags: RegexFlags) throws(RegexError) {
    var parser = RegexParser(text, isText: isText, flags: flags)
    let node = try parser.parse()
    groupCount = parser.groupCount
    names = parser.names
    self.flags = parser.flags
    isASCII = parser.flags.contains(.ascii) || !isText
    minimumWidth = node.width(parser.widths).lowerBound
    widths = parser.widths
    emit(node)
    add(.accept)
    findFirst()
  }

  private let widths: [ClosedRange<Int>?]

  private func add(_ operation: Operation, a: Int = 0, b: Int = 0, c: Int = 0, d: Int = 0) {
    code.append(Instruction(operation: operation, a: a, b: b, c: c, d: d))
  }

  private static func isSingle(_ node: RegexNode) -> Bool {
    switch node {
    case .character, .any, .set: true
    default: false
    }
  }

  private func emit(_ node: RegexNode) {
    switch node {
    case .character(let point, let ignoresCase):
      add(ignoresCase ? .foldedCharacter : .character, a: Int(point))
    case .any(let matchesNewline): add(matchesNewline ? .any : .anyButNewline)
    case .set(let set):
      sets.append(set)
      add(.set, a: sets.count - 1)
    case .assertion(let assertion): emit(assertion)
    case .sequence(let nodes): for node in nodes { emit(node) }
    case .choice(let nodes):
      var ends: [Int] = []
      for (index, node) in nodes.enumerated() {
        if index == nodes.count - 1 {
          emit(node)
          break
        }
        let split = code.count
        add(.split, a: split + 1)
        emit(node)
        ends.append(code.count)
        add(.jump)
        code[split].b = code.count
      }
      for end in ends { code[end].a = code.count }
    case .group(let number, let node):
      add(.save, a: number * 2)
      emit(node)
      add(.save, a: number * 2 + 1)
    case .reference(let group, let ignoresCase):
      add(.reference, a: group, d: ignoresCase ? 1 : 0)
    case .look(let isAhead, let isNegative, let node):
      let start = code.count
      add(
        isAhead ? .lookAhead : .lookBehind, b: node.width(widths).lowerBound,
        d: isNegative ? 1 : 0)
      emit(node)
      add(.accept)
      code[start].a = code.count
    case .atomic(let node):
      let start = code.count
      add(.atomic)
      emit(node)
      add(.accept)
      code[start].a = code.count
    case .conditional(let group, let yes, let no):
      let start = code.count
      add(.conditional, a: group)
      emit(yes)
      if let no {
        let end = code.count
        add(.jump)
        code[start].b = code.count
        emit(no)
        code[end].a = code.count
      } else {
        code[start].b = code.count
      }
    case .repeated(let node, let minimum, let maximum, let style):
      emitRepetition(node, minimum, maximum, style)
    }
  }

  private func emitRepetition(
    _ node: RegexNode, _ minimum: Int, _ maximum: Int, _ style: RegexRepetition
  ) {
    if RegexProgram.isSingle(node) {
      switch style {
      case .greedy: add(.greedyRun, b: minimum, c: maximum)
      case .lazy: add(.lazyRun, b: minimum, c: maximum)
      case .possessive: add(.possessiveRun, b: minimum, c: maximum)
      }
      emit(node)
      return
    }
    if style == .possessive {
      let start = code.count
      add(.atomic)
      emitRepetition(node, minimum, maximum, .greedy)
      add(.accept)
      code[start].a = code.count
      return
    }
    if minimum == 0, maximum == 1 {
      let split = code.count
      add(.split)
      emit(node)
      if style == .greedy {
        code[split].a = split + 1
        code[split].b = code.count
      } else {
        code[split].a = code.count
        code[split].b = split + 1
      }
      return
    }
    let loop = loopCount
    loopCount += 1
    add(.loopStart, a: loop)
    let head = code.count
    add(style == .greedy ? .greedyLoop : .lazyLoop, a: loop, b: minimum, c: maximum)
    emit(node)
    add(.jump, a: head)
    code[head].d = code.count
  }

  private func emit(_ assertion: RegexAssertion) {
    switch assertion {
    case .textStart: add(.textStart)
    case .textEnd: add(.textEnd)
    case .lineStart: add(.lineStart)
    case .lineEnd: add(.lineEnd)
    case .lastLineEnd: add(.lastLineEnd)
    case .wordBoundary(let isASCII): add(.wordBoundary, a: isASCII ? 1 : 0)
    case .insideWord(let isASCII): add(.insideWord, a: isASCII ? 1 : 0)
    }
  }

  private func findFirst() {
    var index = 0
    while index < code.count {
      switch code[index].operation {
      case .save: index += 1
      case .character, .set, .foldedCharacter:
        first = index
        return
      case .greedyRun, .lazyRun, .possessiveRun:
        guard code[index].b > 0 else { return }
        index += 1
        if code[index].operation == .any || code[index].operation == .anyButNewline { return }
        first = index
        return
      default: return
      }
    }
  }
}
