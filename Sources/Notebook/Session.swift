import Bindings
import Display
import JupyterProtocol
import Language

/// Where a session writes: a cell's output in a notebook, the terminal for files.
public protocol SessionOutput: AnyObject {
  func write(_ text: String, toError: Bool)
  func show(_ bundle: MIMEBundle, id: String?)
  func update(_ bundle: MIMEBundle, id: String)
  func clear(wait: Bool)
  func readLine(prompt: String, password: Bool) throws(Raise) -> String
  var updatesInPlace: Bool { get }
}

/// A session of the language with everything bound to it: the machine, the display, the % commands.
///
/// Lives on one thread.
public final class Session: LanguageHost, DisplayPort {
  public let machine: Machine
  public var settings: DisplaySettings
  /// Where output goes now; nil between cells.
  public var output: (any SessionOutput)?
  /// Those who take the output of a part of the program, innermost last.
  var collectors: [any OutputCollector] = []
  /// Called at safe points of the running program, when another thread asked for it.
  public var onSafePoint: (() -> Void)?
  /// Called between two rounds of a loop, when another thread asked for it: may run programs.
  var onCallbacks: (() -> Void)?
  /// The sources of the cells so far, for `%history`.
  public private(set) var history: [(number: Int, source: String)] = []
  /// Where cells of earlier sessions are found; nil in a terminal.
  var pastCells: (any HistorySource)?
  /// The number of the running cell, and its name in tracebacks.
  public private(set) var cellNumber = 0
  private(set) var cellName = ""
  /// Text that the front end puts into a new cell (`%load`).
  var nextInput: NextInput?
  /// What the cells gave, as text, for `%history -o`.
  private(set) var resultTexts: [Int: String] = [:]
  /// The folder before the last `%cd`.
  var lastFolder: String?
  /// What was said once and is not said again.
  var remarks: Set<String> = []
  /// Help that was asked for, where the front end has a pager; nil writes it as text.
  var pages: [MIMEBundle]?

  /// Takes the help that the cell asked for.
  func takePages() -> [MIMEBundle] {
    defer { if pages != nil { pages = [] } }
    return pages ?? []
  }

  /// Takes the text for the next cell.
  func takeNextInput() -> NextInput? {
    defer { nextInput = nil }
    return nextInput
  }

  /// Names of the user, without those that every session begins with.
  private(set) var initialNames: Set<String> = []

  public init(settings: DisplaySettings = DisplaySettings()) throws(Raise) {
    self.settings = settings
    machine = try LibraryDoors.machine()
    machine.host = self
    machine.displayPort = self
    initialNames = Set(machine.globalBindings.map(\.name))
  }

  // MARK: - Cells

  /// Runs a cell. Gives the value of its last expression, `.undefined` when it has none to show.
  public func run(cell text: String, number: Int, name: String) throws(Raise) -> Value {
    cellNumber = number
    remember(number, text)
    cellName = name
    defer { machine.collector.collectIfGrown() }
    if let command = CellCommand(text) { return try CommandTable.runCell(command, self) }
    return try run(source: text, name: name)
  }

  /// Cells that are remembered here. Of a longer session the oldest are forgotten, so that its memory
  /// stays flat; the kernel's file has them all.
  private static let mostCells = 10_000

  private func remember(_ number: Int, _ text: String) {
    history.append((number, text))
    // Not one at a time: taking the first away moves all others.
    guard history.count > Self.mostCells + Self.mostCells / 10 else { return }
    history.removeFirst(history.count - Self.mostCells)
    let oldest = history.first?.number ?? number
    resultTexts = resultTexts.filter { $0.key >= oldest }
  }

  /// Remembers what the running cell gave.
  func note(result text: String) {
    resultTexts[cellNumber] = text.utf8.count > 10_000 ? String(text.prefix(10_000)) + "..." : text
  }

  func run(source text: String, name: String) throws(Raise) -> Value {
    let value = try machine.run(text, name: name)
    if value.isUndefined || value.isNone { return .undefined }
    machine[global: "_"] = value
    return Session.isSilenced(text) ? .undefined : value
  }

  /// A trailing semicolon keeps the value of the last line to itself, as in IPython.
  private static func isSilenced(_ text: String) -> Bool {
    guard let line = text.split(separator: "\n").last(where: { line in
      let trimmed = line.trimmingSpaces
      return !trimmed.isEmpty && !trimmed.hasPrefix("#")
    }) else { return false }
    let code = line.contains("#") && !line.contains("\"") && !line.contains("'")
      ? String(line.prefix { $0 != "#" }) : String(line)
    return code.trimmingSpaces.hasSuffix(";")
  }

  /// Lets the machine measure the stack of the calling thread: between cells a question may come on
  /// another one than the cells run on, and what nests there would seem to have run out of room.
  func useThisThread() {
    guard let function = machine.builtin("callable") else { return }
    // Any call from outside of the language measures it.
    _ = try? machine.call(function, [.none])
  }

  /// Forgets the user's names.
  public func reset() {
    machine.reset()
    LibraryDoors.defineGlobals(machine)
  }

  /// The user's own names with their values.
  public var userBindings: [(name: String, value: Value)] {
    machine.globalBindings.filter { !initialNames.contains($0.name) && !$0.name.hasPrefix("_") }
  }

  // MARK: - LanguageHost

  public func write(_ text: String, toError: Bool) {
    if let collector = collectors.last {
      collector.write(text, toError: toError)
    } else {
      output?.write(text, toError: toError)
    }
  }

  public func readLine(prompt: String, password: Bool) throws(Raise) -> String {
    guard let output else { throw Raise(.eofError, "EOF when reading a line") }
    return try output.readLine(prompt: prompt, password: password)
  }

  public func command(_ name: String, _ argument: String, machine: Machine) throws(Raise) {
    try CommandTable.runLine(name, argument, self)
  }

  public func statementValue(_ value: Value, machine: Machine) {
    guard let rich = value.asInstance as? any RichObject, rich.showsItself else { return }
    if let bundle = try? Presenter(machine).bundle(value) { show(bundle, id: nil) }
  }

  public func atSafePoint(_ machine: Machine) { onSafePoint?() }
  public func runCallbacks(_ machine: Machine) { onCallbacks?() }

  // MARK: - DisplayPort

  public var updatesInPlace: Bool { output?.updatesInPlace ?? false }
  public func show(_ bundle: MIMEBundle, id: String?) {
    if let collector = collectors.last {
      collector.show(bundle, id: id)
    } else {
      output?.show(bundle, id: id)
    }
  }
  public func update(_ bundle: MIMEBundle, id: String) {
    for collector in collectors.reversed() where collector.update(bundle, id: id) { return }
    output?.update(bundle, id: id)
  }
  public func clear(wait: Bool) {
    if let collector = collectors.last { collector.clear(wait: wait) } else { output?.clear(wait: wait) }
  }
  public func push(_ collector: any OutputCollector) { collectors.append(collector) }
  public func pop() { _ = collectors.popLast() }
}

/// A text that a cell asks the front end to put into a cell.
struct NextInput {
  let text: String
  /// Into the cell that asked, over what stands there.
  let replaces: Bool
}

extension Session {
  /// Shows a value as the result of a line.
  func showValue(_ value: Value) throws(Raise) {
    if value.isUndefined || value.isNone { return }
    do {
      show(try Presenter(machine).bundle(value), id: nil)
    } catch {
      throw machine.translate(error)
    }
  }
}

extension StringProtocol {
  /// Without blanks and line ends at both ends.
  var trimmingSpaces: String {
    let blanks: Set<Character> = [" ", "\t", "\n", "\r", "\r\n"]
    var view = self[...]
    while let first = view.first, blanks.contains(first) { view = view.dropFirst() }
    while let last = view.last, blanks.contains(last) { view = view.dropLast() }
    return String(view)
  }
}
