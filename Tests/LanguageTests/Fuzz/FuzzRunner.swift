import Foundation
import Syntax
import TestSupport

@testable import Language

/// Runs programs that nobody wrote, one after the other, in sessions that are used again and again,
/// and says what is wrong with one: an error that is none of the language's, a place outside of the
/// text, or a session that is not as it was.
final class FuzzRunner {
  /// What a program may take.
  static let steps = 3000
  static let bytes = 1 << 20
  static let ceiling = 256 << 20
  static let depth = 150
  /// Programs for which one session is used.
  static let programsOfSession = 64

  private final class Host: LanguageHost {
    var written = 0
    func write(_ text: String, toError: Bool) { written &+= text.utf8.count }
    func readLine(prompt: String, password: Bool) throws(Raise) -> String {
      throw Raise(.eofError, "EOF when reading a line")
    }
    func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {
      throw Raise(.nameError, "no command %\(name)")
    }
  }

  private let host = Host()
  private var machine: Machine
  private var used = 0
  /// How programs ended, by the name of the exception's class.
  private(set) var outcomes: [String: Int] = [:]

  init() throws {
    machine = try Machine(host: host)
    prepare()
  }

  private func prepare() {
    machine.memoryLimit = FuzzRunner.bytes
    machine.memoryCeiling = (ProcessMemory.resident ?? 0) + FuzzRunner.ceiling
    machine.recursionLimit = FuzzRunner.depth
    machine.stepLimit = FuzzRunner.steps
    machine.redirections = [nil, nil]
    machine.interrupt.clear()
  }

  /// The flag that stops the program under way.
  var interrupt: InterruptFlag { machine.interrupt }

  /// Runs a program; gives what is wrong, nil when nothing is.
  func run(_ text: [UInt8], fresh: Bool = false) throws -> String? {
    if fresh || used >= FuzzRunner.programsOfSession {
      machine = try Machine(host: host)
      used = 0
    }
    used += 1
    prepare()
    let source = Source(name: "<fuzz>", text: text)
    var complaint: String?
    do throws(Raise) {
      let value = try machine.run(source, interactive: used % 2 == 0)
      count("value")
      if !value.isUndefined { _ = try? machine.repr(value) }
    } catch {
      complaint = examine(error, source)
    }
    machine.afterError()
    if let complaint { return complaint }
    if let complaint = unsettled() { return complaint }
    machine.reset()
    if used % 16 == 0 { return probe() }
    return nil
  }

  private func count(_ outcome: String) { outcomes[outcome, default: 0] += 1 }

  // MARK: - Checks

  private func examine(_ error: Raise, _ source: Source) -> String? {
    let exception = machine.materialize(error)
    guard exception.type.isSubclass(of: machine.types.exception(.baseException)) else {
      return "an error that is no exception: \(exception.type.name)"
    }
    // A step limit that was reached keeps messages and reports short, too.
    machine.stepLimit = FuzzRunner.steps
    machine.beginSteps()
    let message = machine.message(of: exception)
    if exception.type === machine.types.exception(.systemError) { return "SystemError: \(message)" }
    if let span = exception.syntaxSpan {
      count("syntax: \(exception.type.name)")
      if message.isEmpty { return "a diagnostic without a message" }
      if span.start < 0 || span.end < span.start || Int(span.end) > source.text.count {
        return "a diagnostic at \(span), outside of the text"
      }
    } else {
      count(exception.type.module == "builtins" ? exception.type.name : "own exception")
    }
    for entry in exception.traceback {
      if entry.span.start < 0 || Int(entry.span.end) > entry.source.text.count {
        return "a traceback at \(entry.span), outside of the text"
      }
    }
    if ErrorReport(machine).lines(exception).isEmpty { return "an empty report" }
    return nil
  }

  /// What the last program has left behind in the machine.
  private func unsettled() -> String? {
    if machine.frameCount != 0 { return "\(machine.frameCount) frames are left" }
    if machine.nativeDepth != 0 { return "the native depth is \(machine.nativeDepth)" }
    if machine.top != machine.stack { return "\(machine.top - machine.stack) registers are left" }
    if !machine.entryFunctions.isEmpty { return "entry functions are left" }
    if machine.handled.count != 0 { return "handled exceptions are left" }
    if !machine.reprStack.isEmpty { return "a repr is under way" }
    if machine.pendingThrow != nil { return "a throw is pending" }
    return nil
  }

  private static let probeText = """
    import json, re
    class P:
      def __init__(self, x): self.x = x
      def __lt__(self, other): return self.x < other.x
    def p_gen():
      try: yield from (q * q for q in range(4))
      finally: p_log.append('closed')
    p_log = []
    try: [][1]
    except IndexError as p_error: p_log.append(str(p_error))
    p_out = [sum(p_gen()), [q.x for q in sorted([P(3), P(1), P(2)])], 2 ** 70 % 1000003,
      json.dumps({'a': [1, None]}), re.sub('b+', '-', 'abbc'), f'{3.14159:.2f}', {1, 2} & {2}, p_log]
    repr(p_out)
    """
  private static let probeAnswer =
    "[14, [1, 2, 3], \(expectedPower), '{\"a\": [1, null]}', 'a-c', '3.14', {2}, "
    + "['list index out of range', 'closed']]"
  /// 2**70 % 1000003, by squaring.
  private static let expectedPower: Int = {
    var result = 1
    for _ in 0..<70 { result = result * 2 % 1_000_003 }
    return result
  }()

  /// Whether the session still answers as it should.
  private func probe() -> String? {
    prepare()
    // Modules can be changed by programs: a session of its own sorts that out.
    do throws(Raise) {
      let answer = try machine.run(FuzzRunner.probeText, name: "<probe>").swiftString
      machine.reset()
      if answer == FuzzRunner.probeAnswer { return nil }
      return "the session answers \(answer ?? "nothing")"
    } catch {
      let exception = machine.materialize(error)
      machine.reset()
      return "the session answers \(exception.type.name): \(machine.message(of: exception))"
    }
  }
}
