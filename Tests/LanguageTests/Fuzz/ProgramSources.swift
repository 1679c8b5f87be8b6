import Foundation
import TestSupport

/// Where programs come from. The number of a program decides its kind and its text.
enum ProgramSource: Int, CaseIterable {
  case grammar, mutation, tokens, bytes, bombs

  static func program(_ number: Int, seed: UInt64) -> (source: ProgramSource, text: [UInt8]) {
    var random = SeededGenerator(seed: seed &+ UInt64(number) &* 0x2545_F491_4F6C_DD1D)
    let source: ProgramSource =
      switch random.below(20) {
      case 0..<10: .grammar
      case 10..<15: .mutation
      case 15..<17: .tokens
      case 17, 18: .bytes
      default: .bombs
      }
    for _ in 0..<20 {
      let text = source.text(&random)
      if Vocabulary.allows(text) { return (source, text) }
    }
    return (source, Array("pass".utf8))
  }

  private func text(_ random: inout SeededGenerator) -> [UInt8] {
    switch self {
    case .grammar: Array(ProgramGrammar.program(seed: random.next()).utf8)
    case .mutation: Mutation.program(&random)
    case .tokens: TokenSoup.program(&random)
    case .bytes:
      // Most of them text: bytes that are no UTF-8 end at the first one.
      if random.oneIn(4) {
        (0..<random.below(120)).map { _ in UInt8(random.below(256)) }
      } else {
        (0..<random.below(120)).map { _ in UInt8(random.oneIn(9) ? 10 : 32 + random.below(95)) }
      }
    case .bombs: Array(Bombs.program(&random).utf8)
    }
  }
}

/// Tokens in any order, sometimes behind a sensible beginning.
enum TokenSoup {
  private static let pieces = [
    "(", ")", "[", "]", "{", "}", ",", ":", "=", "==", ":=", ".", "*", "**", "+", "-", "->", "@",
    "%", "!", "?", "$", "\\", "'", "\"", "'''", "f'", "f\"{", "}\"", "{", "!r", "b'", "#", ";", "\n",
    "\n  ", "\n    ", "\n\t", " ", "if", "elif", "else", "for", "while", "in", "not", "is", "and", "or",
    "def f():", "class A:", "lambda", "return", "yield", "from", "import", "as", "try:", "except",
    "finally:", "with", "del", "global", "nonlocal", "assert", "raise", "pass", "break", "continue",
    "async", "await", "match", "case", "type", "print", "None", "True", "x", "y", "l", "__z", "1", "0x",
    "1e", "2j", "1_", "...", "é", "\u{A0}", "%time", "x?", "len", "range", "str", "x = ", "[1, 2]",
    "{1: 2}", "(x for x in ", "f(x)", "\nx = ", "\nfor x in ", ":\n  ", "\nif x:\n  ", "\ndef f(x):\n  ",
    "self", "1.5", "'a'", ".append(", ".join(", "[::-1]", "//", "<<", ">>", "<=", "~", "^=", "|=", "\n)",
  ]

  static func program(_ random: inout SeededGenerator) -> [UInt8] {
    var text = random.oneIn(2) ? "x = [1, 2]\ny = 'ab'\nl = {1: 2}\n" : ""
    for _ in 0..<(1 + random.below(30)) {
      text += random.pick(pieces)
      if random.oneIn(2) { text += " " }
    }
    return Array(text.utf8)
  }
}

/// Programs that work, changed a little.
enum Mutation {
  /// The recorded scripts of the tests.
  private static let corpus: [[[UInt8]]] = RecordedScript.all.compactMap { script in
    guard let text = try? script.source(), Vocabulary.allows(Array(text.utf8)) else { return nil }
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
  }.filter { $0.count < 200 }

  private static let tokens: [[UInt8]] = [
    "0", "-1", "10**20", "2**63", "None", "''", "[]", "{}", "()", "lambda *a: 1/0", "'é'", "1.5", "x",
    "self", "range(9)", "...", "not ", "-", "*", "**", "yield ", "del ", "float('nan')", "b''", "\n",
    "  ", ":", ",", "iter([])", "object()", "True", "(x for x in [])", "{1}", "type", "int",
  ].map { Array($0.utf8) }

  static func program(_ random: inout SeededGenerator) -> [UInt8] {
    guard !corpus.isEmpty else { return [] }
    var lines = random.pick(corpus)
    for _ in 0..<(1 + random.below(4)) where !lines.isEmpty {
      let at = random.below(lines.count)
      switch random.below(9) {
      case 0: lines.remove(at: at)
      case 1: lines.insert(random.pick(random.pick(corpus)), at: at)
      case 2: lines.swapAt(at, random.below(lines.count))
      case 3: lines.insert(lines[random.below(lines.count)], at: at)
      case 4...6: lines[at] = replaceWord(lines[at], &random)
      case 7: lines[at] = changeByte(lines[at], &random)
      default: lines[at] = lines[at].prefix { $0 == 0x20 } + replaceWord(lines[at].drop { $0 == 0x20 } + [], &random)
      }
    }
    return Array(lines.joined(separator: [0x0A]))
  }

  /// A number, name or string of a line becomes something else.
  private static func replaceWord(_ line: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var words: [(start: Int, end: Int)] = []
    var start: Int?
    for (index, byte) in (line + [0x20]).enumerated() {
      let isWord =
        byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte == 0x5F
        || byte >= 0x30 && byte <= 0x39
      if isWord, start == nil { start = index }
      if !isWord, let first = start {
        words.append((first, index))
        start = nil
      }
    }
    guard !words.isEmpty else { return line }
    let word = random.pick(words)
    let other: [UInt8]
    if random.oneIn(2) {
      other = random.pick(tokens)
    } else {
      let second = random.pick(words)
      other = Array(line[second.start..<second.end])
    }
    return Array(line[..<word.start] + other + line[word.end...])
  }

  private static func changeByte(_ line: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    guard !line.isEmpty else { return line }
    var line = line
    let at = random.below(line.count)
    switch random.below(3) {
    case 0: line.remove(at: at)
    case 1: line.insert(line[random.below(line.count)], at: at)
    default: line[at] = UInt8(random.below(256))
    }
    return line
  }
}
