/// Runs a program over a text by backtracking.
///
/// What may have to be undone or tried again lies on a stack of its own, so that neither long texts
/// nor nested repetitions use the native stack; only looks and atomic groups call `run` again, as
/// deep as the pattern nests them.
struct RegexMatcher {
  private enum EntryKind: UInt8 {
    /// Go on at `code` and `position`.
    case branch
    /// Put `position` back into slot, count or mark number `code`.
    case slot, count, mark
    /// Give back one item of a run that began no earlier than `extra`.
    case greedyRun
    /// Take one more item of a run, `extra` more at most.
    case lazyRun
    /// Enter the body of a loop.
    case lazyLoop
  }

  private struct Entry {
    let kind: EntryKind
    let code: Int
    let position: Int
    var extra = 0
  }

  private let program: RegexProgram
  private let machine: Machine
  private let end: Int
  private var stack: [Entry] = []
  /// Two for each group, and the number of the group closed last.
  private(set) var slots: [Int]
  private var counts: [Int]
  private var marks: [Int]
  private var steps = 0
  private var start = 0
  var mustReachEnd = false
  /// An empty match at the start does not count.
  var mustAdvance = false

  init(_ program: RegexProgram, end: Int, _ machine: Machine) {
    self.program = program
    self.machine = machine
    self.end = end
    slots = Array(repeating: -1, count: program.groupCount * 2 + 3)
    counts = Array(repeating: 0, count: program.loopCount)
    marks = Array(repeating: -1, count: program.loopCount)
  }

  var lastGroup: Int { slots[slots.count - 1] }

  /// The end of a match that begins at `position`; nil when there is none.
  mutating func match(_ text: UnsafeBufferPointer<UInt32>, at position: Int) throws(Raise) -> Int? {
    for index in slots.indices { slots[index] = -1 }
    stack.removeAll(keepingCapacity: true)
    start = position
    let code = program.code
    let sets = program.sets
    return try run(text, code, sets, 0, position, isTop: true)
  }

  /// The first match at or after `position`.
  mutating func search(
    _ text: UnsafeBufferPointer<UInt32>, from position: Int
  ) throws(Raise) -> (start: Int, end: Int)? {
    var position = position
    while position + program.minimumWidth <= end {
      if let first = program.first {
        let test = program.code[first]
        let begin = position
        while position < end {
          if single(test, program.sets, text[position]) { break }
          position += 1
          if position & 0xFFFF == 0 { try machine.poll() }
        }
        if position >= end { return nil }
        if position > begin { mustAdvance = false }
      }
      if let found = try match(text, at: position) { return (position, found) }
      mustAdvance = false
      position += 1
    }
    return nil
  }

  @inline(__always)
  private func single(
    _ item: RegexProgram.Instruction, _ sets: [RegexSet], _ point: UInt32
  ) -> Bool {
    switch item.operation {
    case .character: Int(point) == item.a
    case .any: true
    case .anyButNewline: point != 0x0A
    case .set: sets[item.a].contains(point)
    case .foldedCharacter: Int(RegexCase.folded(point, isASCII: program.isASCII)) == item.a
    default: false
    }
  }

  private func isWord(
    _ text: UnsafeBufferPointer<UInt32>, _ position: Int, _ isASCII: Bool
  ) -> Bool {
    position >= 0 && position < end && RegexSet.isIn(text[position], .word, isASCII)
  }

  private func isBoundary(
    _ text: UnsafeBufferPointer<UInt32>, _ position: Int, _ isASCII: Bool
  ) -> Bool {
    isWord(text, position - 1, isASCII) != isWord(text, position, isASCII)
  }

  // MARK: - The loop

  private mutating func run(
    _ text: UnsafeBufferPointer<UInt32>, _ code: [RegexProgram.Instruction],
    _ sets: [RegexSet], _ begin: Int, _ from: Int, isTop: Bool = false
  ) throws(Raise) -> Int? {
    let base = stack.count
    var pc = begin
    var position = from
    while true {
      steps &+= 1
      if steps & 0xFFF == 0 { try rest() }
      let item = code[pc]
      var holds = true
      switch item.operation {
      case .character:
        holds = position < end && Int(text[position]) == item.a
        position += 1
        pc += 1
      case .foldedCharacter, .any, .anyButNewline, .set:
        holds = position < end && single(item, sets, text[position])
        position += 1
        pc += 1
      case .textStart:
        holds = position == 0
        pc += 1
      case .textEnd:
        holds = position == end
        pc += 1
      case .lineStart:
        holds = position == 0 || text[position - 1] == 0x0A
        pc += 1
      case .lineEnd:
        holds = position == end || text[position] == 0x0A
        pc += 1
      case .lastLineEnd:
        holds = position == end || (position == end - 1 && text[position] == 0x0A)
        pc += 1
      case .wordBoundary:
        holds = end > 0 && isBoundary(text, position, item.a == 1)
        pc += 1
      case .insideWord:
        holds = end > 0 && !isBoundary(text, position, item.a == 1)
        pc += 1
      case .save:
        stack.append(Entry(kind: .slot, code: item.a, position: slots[item.a]))
        slots[item.a] = position
        if item.a & 1 == 1 {
          let last = slots.count - 1
          stack.append(Entry(kind: .slot, code: last, position: slots[last]))
          slots[last] = item.a / 2
        }
        pc += 1
      case .jump: pc = item.a
      case .split:
        stack.append(Entry(kind: .branch, code: item.b, position: position))
        pc = item.a
      case .greedyRun, .possessiveRun:
        let test = code[pc + 1]
        let limit = item.c >= end - position ? end : position + item.c
        var reached = position
        while reached < limit, single(test, sets, text[reached]) { reached += 1 }
        steps &+= (reached - position) >> 4
        holds = reached - position >= item.b
        if holds, item.operation == .greedyRun, reached > position + item.b {
          stack.append(
            Entry(kind: .greedyRun, code: pc + 2, position: reached, extra: position + item.b))
        }
        position = reached
        pc += 2
      case .lazyRun:
        let test = code[pc + 1]
        var taken = 0
        while taken < item.b, position < end, single(test, sets, text[position]) {
          position += 1
          taken += 1
        }
        holds = taken == item.b
        if holds, item.c > item.b {
          stack.append(
            Entry(kind: .lazyRun, code: pc, position: position, extra: item.c - item.b))
        }
        pc += 2
      case .loopStart:
        stack.append(Entry(kind: .count, code: item.a, position: counts[item.a]))
        stack.append(Entry(kind: .mark, code: item.a, position: marks[item.a]))
        counts[item.a] = 0
        marks[item.a] = -1
        pc += 1
      case .greedyLoop:
        let count = counts[item.a]
        if count < item.b {
          stack.append(Entry(kind: .count, code: item.a, position: count))
          counts[item.a] = count + 1
          pc += 1
        } else if count < item.c || item.c == RegexLimits.endless, position != marks[item.a] {
          stack.append(Entry(kind: .branch, code: item.d, position: position))
          enterLoop(item.a, position)
          pc += 1
        } else {
          pc = item.d
        }
      case .lazyLoop:
        let count = counts[item.a]
        if count < item.b {
          stack.append(Entry(kind: .count, code: item.a, position: count))
          counts[item.a] = count + 1
          pc += 1
        } else {
          if count < item.c || item.c == RegexLimits.endless, position != marks[item.a] {
            stack.append(Entry(kind: .lazyLoop, code: pc, position: position))
          }
          pc = item.d
        }
      case .reference:
        holds = repeats(text, item, &position)
        pc += 1
      case .lookAhead:
        let keep = stack.count
        let found = try run(text, code, sets, pc + 1, position) != nil
        holds = found != (item.d == 1)
        if found { if item.d == 1 { undo(to: keep) } else { settle(from: keep) } }
        pc = item.a
      case .lookBehind:
        let keep = stack.count
        let found =
          position >= item.b
          ? try run(text, code, sets, pc + 1, position - item.b) != nil : false
        holds = found != (item.d == 1)
        if found { if item.d == 1 { undo(to: keep) } else { settle(from: keep) } }
        pc = item.a
      case .atomic:
        let keep = stack.count
        if let reached = try run(text, code, sets, pc + 1, position) {
          settle(from: keep)
          position = reached
        } else {
          holds = false
        }
        pc = item.a
      case .conditional:
        pc = slots[item.a * 2 + 1] >= 0 ? pc + 1 : item.b
      case .accept:
        if !isTop { return position }
        holds = !(mustReachEnd && position != end) && !(mustAdvance && position == start)
        if holds { return position }
      }
      if holds { continue }
      guard let (next, place) = backtrack(to: base, text, code, sets) else { return nil }
      pc = next
      position = place
    }
  }

  private mutating func enterLoop(_ loop: Int, _ position: Int) {
    stack.append(Entry(kind: .count, code: loop, position: counts[loop]))
    stack.append(Entry(kind: .mark, code: loop, position: marks[loop]))
    counts[loop] += 1
    marks[loop] = position
  }

  /// Undoes until something is left to try; nil when nothing is.
  private mutating func backtrack(
    to base: Int, _ text: UnsafeBufferPointer<UInt32>, _ code: [RegexProgram.Instruction],
    _ sets: [RegexSet]
  ) -> (Int, Int)? {
    while stack.count > base {
      let entry = stack.removeLast()
      switch entry.kind {
      case .branch: return (entry.code, entry.position)
      case .slot: slots[entry.code] = entry.position
      case .count: counts[entry.code] = entry.position
      case .mark: marks[entry.code] = entry.position
      case .greedyRun:
        var place = entry.position - 1
        // Where a certain code point has to follow, only places before it are worth a try.
        let next = code[entry.code]
        if next.operation == .character {
          while place > entry.extra, place >= end || Int(text[place]) != next.a { place -= 1 }
        }
        if place > entry.extra {
          stack.append(
            Entry(kind: .greedyRun, code: entry.code, position: place, extra: entry.extra))
        }
        return (entry.code, place)
      case .lazyRun:
        let test = code[entry.code + 1]
        guard entry.position < end, single(test, sets, text[entry.position]) else { continue }
        if entry.extra > 1 {
          stack.append(
            Entry(
              kind: .lazyRun, code: entry.code, position: entry.position + 1,
              extra: entry.extra - 1))
        }
        return (entry.code + 2, entry.position + 1)
      case .lazyLoop:
        enterLoop(code[entry.code].a, entry.position)
        return (entry.code + 1, entry.position)
      }
    }
    return nil
  }

  /// Undoes everything above `base`.
  private mutating func undo(to base: Int) {
    while stack.count > base {
      let entry = stack.removeLast()
      switch entry.kind {
      case .slot: slots[entry.code] = entry.position
      case .count: counts[entry.code] = entry.position
      case .mark: marks[entry.code] = entry.position
      default: break
      }
    }
  }

  /// Forgets what could be tried above `base`, but keeps what has to be undone.
  private mutating func settle(from base: Int) {
    var kept = base
    for index in base..<stack.count {
      switch stack[index].kind {
      case .slot, .count, .mark:
        stack[kept] = stack[index]
        kept += 1
      default: break
      }
    }
    stack.removeSubrange(kept...)
  }

  private func repeats(
    _ text: UnsafeBufferPointer<UInt32>, _ item: RegexProgram.Instruction, _ position: inout Int
  ) -> Bool {
    let from = slots[item.a * 2]
    let to = slots[item.a * 2 + 1]
    guard from >= 0, to >= from, position + (to - from) <= end else { return false }
    for offset in 0..<(to - from) {
      let left = text[from + offset]
      let right = text[position + offset]
      if left == right { continue }
      if item.d == 0
        || RegexCase.folded(left, isASCII: program.isASCII)
          != RegexCase.folded(right, isASCII: program.isASCII)
      {
        return false
      }
    }
    position += to - from
    return true
  }

  /// A pause in a long match: interrupts, the step limit, memory.
  private func rest() throws(Raise) {
    try machine.poll()
    try machine.charge(stack.count * 32, "the stack of the regular expression")
  }
}
