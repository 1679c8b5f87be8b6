import Synchronization
import Syntax

/// What a machine asks of the world around it.
public protocol LanguageHost: AnyObject {
  /// Text that a program prints.
  func write(_ text: String, toError: Bool)
  /// A line from the user, without its end.
  func readLine(prompt: String, password: Bool) throws(Raise) -> String
  /// A notebook command (`%name argument`).
  func command(_ name: String, _ argument: String, machine: Machine) throws(Raise)
  /// An object that stands alone on a line outside of functions, as the value of a call.
  func statementValue(_ value: Value, machine: Machine)
  /// Another thread asked for attention (`InterruptFlag.requestAttention`). Must not run programs.
  func atSafePoint(_ machine: Machine)
  /// Another thread asked for callbacks (`InterruptFlag.requestCallbacks`). May run programs: it is
  /// called at the end of a round of a loop, and where a program sleeps, never inside other natives.
  func runCallbacks(_ machine: Machine)
}

extension LanguageHost {
  public func statementValue(_ value: Value, machine: Machine) {}
  public func atSafePoint(_ machine: Machine) {}
  public func runCallbacks(_ machine: Machine) {}
}

/// What other threads want of a running machine; it looks at every safe point.
public final class InterruptFlag: Sendable {
  private static let interruptBit = 1
  private static let attentionBit = 2
  private static let collectionBit = 4
  private static let orphanBit = 8
  private static let callbackBit = 16
  private let bits = Atomic<Int>(0)
  public init() {}

  /// Asks the program to stop with `KeyboardInterrupt`.
  public func request() { bits.bitwiseOr(InterruptFlag.interruptBit, ordering: .relaxed) }
  public func clear() { bits.bitwiseAnd(~InterruptFlag.interruptBit, ordering: .relaxed) }
  public var isRequested: Bool {
    bits.load(ordering: .relaxed) & InterruptFlag.interruptBit != 0
  }

  /// Asks the machine to call its host's `atSafePoint`.
  public func requestAttention() { bits.bitwiseOr(InterruptFlag.attentionBit, ordering: .relaxed) }

  /// Asks the machine to call its host's `runCallbacks`.
  public func requestCallbacks() { bits.bitwiseOr(InterruptFlag.callbackBit, ordering: .relaxed) }

  /// Takes the wish for callbacks; true when there was one.
  func takeCallbacks() -> Bool {
    bits.bitwiseAnd(~InterruptFlag.callbackBit, ordering: .relaxed).oldValue
      & InterruptFlag.callbackBit != 0
  }

  /// Asks the machine to look for cycles that nothing holds.
  func requestCollection() { bits.bitwiseOr(InterruptFlag.collectionBit, ordering: .relaxed) }

  /// Takes the wish for a collection; true when there was one.
  func takeCollection() -> Bool {
    bits.bitwiseAnd(~InterruptFlag.collectionBit, ordering: .relaxed).oldValue
      & InterruptFlag.collectionBit != 0
  }

  /// Tells the machine that generators wait to be closed.
  func noteOrphans() { bits.bitwiseOr(InterruptFlag.orphanBit, ordering: .relaxed) }

  /// Takes the word of waiting generators; true when there were some.
  func takeOrphans() -> Bool {
    bits.bitwiseAnd(~InterruptFlag.orphanBit, ordering: .relaxed).oldValue
      & InterruptFlag.orphanBit != 0
  }

  /// Whether anything is wanted: the one load on the machine's fast paths.
  @inline(__always) var isRaised: Bool { bits.load(ordering: .relaxed) != 0 }

  /// Takes the wish for attention; true when there was one.
  func takeAttention() -> Bool {
    bits.bitwiseAnd(~InterruptFlag.attentionBit, ordering: .relaxed).oldValue
      & InterruptFlag.attentionBit != 0
  }
}

/// A session of the language: its globals, its types, and the state of what runs.
///
/// A machine belongs to one thread. Only `interrupt` may be touched from others.
public final class Machine {
  public let interrupt: InterruptFlag
  /// Frees objects that only hold each other.
  public let collector: CycleCollector
  public weak var host: (any LanguageHost)?
  /// Is told of the statements of traced code (`Machine+Tracing.swift`).
  public weak var tracer: (any Tracer)?
  public let types: BuiltinTypes
  /// The modules that programs can import, by name.
  public let doors: Doors
  let globals: Globals

  /// Frames that a program may nest; `sys.setrecursionlimit`.
  public var recursionLimit: Int {
    get { depthLimit }
    set { depthLimit = min(max(newValue, 10), Machine.maximumDepth) }
  }
  @exclusivity(unchecked) var depthLimit = 1000
  static let maximumDepth = 20_000
  /// Bytes that one request may take before it is a `MemoryError`.
  public var memoryLimit = 4 << 30
  /// Bytes that the whole process may hold before requests are a `MemoryError`.
  public var memoryCeiling = ProcessMemory.available / 8 * 7
  /// Loop iterations and calls that one cell may make; nil for no limit.
  public var stepLimit: Int?
  // What is left of the limits: `Machine+Limits.swift`.
  /// Steps of the slice under way.
  @exclusivity(unchecked) var steps = Machine.slice
  /// Steps behind the slice under way.
  @exclusivity(unchecked) var stepsBehind = Int.max
  /// Whether the step limit was reached and has been raised.
  @exclusivity(unchecked) var hasGrace = false
  /// Whether nothing may catch the error under way.
  @exclusivity(unchecked) var isStopping = false
  /// Bytes charged since the last look at the memory of the process.
  @exclusivity(unchecked) var charged = 0
  /// The lowest address of the native stack that may be used.
  @exclusivity(unchecked) var stackFloor: UInt = 0

  // The running program. See `Machine+Run.swift`.
  let stack: Registers
  let stackEnd: Registers
  static let stackCount = 1 << 22
  let frames: UnsafeMutablePointer<Frame>
  /// The strings of one ASCII character, as values.
  let asciiStrings: UnsafeMutablePointer<Value>
  /// Classes that the loop tells apart, found once.
  let knownClasses = (
    range: unsafeBitCast(RangeIterator.self, to: UInt.self),
    list: unsafeBitCast(ListIterator.self, to: UInt.self),
    string: unsafeBitCast(StringIterator.self, to: UInt.self),
    generator: unsafeBitCast(GeneratorObject.self, to: UInt.self)
  )
  @exclusivity(unchecked) var frameCount = 0
  /// The first register that no frame uses.
  @exclusivity(unchecked) var top: Registers
  /// Exceptions being handled, innermost last.
  let handled = HandledStack()
  /// Calls from Swift into the language that are under way, on top of frames.
  @exclusivity(unchecked) var nativeDepth = 0
  /// The functions of frames that Swift started: nothing else holds them.
  @exclusivity(unchecked) var entryFunctions: [FunctionObject] = []
  /// What a generator raises when it goes on (`generator.throw`).
  @exclusivity(unchecked) var pendingThrow: Raise?
  /// Objects whose `repr` is under way: cycles print as `...`.
  var reprStack: [ObjectIdentifier] = []
  /// State that libraries keep with a session, by name.
  public var extensions: [String: AnyObject] = [:]
  /// Where text goes instead of the host: output, errors (`contextlib.redirect_stdout`).
  public var redirections: [Value?] = [nil, nil]
  /// Turns errors of libraries into exceptions.
  public var errorTranslators: [(any Error) -> Raise?] = []
  private var libraryTypes: [ObjectIdentifier: TypeObject] = [:]

  /// - Parameters:
  ///   - doors: tables of modules besides those of the language itself.
  public init(doors tables: [ModuleTable] = [], host: (any LanguageHost)? = nil) throws(Raise) {
    guard RawTag.layoutHolds() else {
      throw Raise(.systemError, "this build lays values out in a way that the machine cannot run")
    }
    Memory.prepare()
    self.host = host
    interrupt = InterruptFlag()
    collector = CycleCollector(flag: interrupt)
    types = BuiltinTypes()
    doors = Doors(tables + StandardModules.all)
    let types = types
    let builtins = Builtins.table
    let box = WeakMachine()
    globals = try Globals { name in
      types.builtin(name) ?? box.machine?.builtinValue(name, in: builtins)
    }
    stack = try Reserved.memory(Machine.stackCount)
    stackEnd = stack + (Machine.stackCount - 70_000)
    top = stack
    frames = .allocate(capacity: Machine.maximumDepth + 64)
    asciiStrings = .allocate(capacity: StringObject.ascii.count)
    for (index, string) in StringObject.ascii.enumerated() {
      (asciiStrings + index).initialize(to: .object(string))
    }
    box.machine = self
    types.install(on: self)
  }

  private final class WeakMachine { weak var machine: Machine? }

  deinit {
    // What the program left behind in cycles would outlive its machine.
    globals.clear()
    extensions = [:]
    collector.collect()
    frames.deallocate()
    asciiStrings.deinitialize(count: StringObject.ascii.count)
    asciiStrings.deallocate()
    Reserved.free(stack, Machine.stackCount)
  }

  private var builtinCache: [Name: Value] = [:]

  func builtinValue(_ name: Name, in table: ModuleTable) -> Value? {
    if let known = builtinCache[name] { return known }
    guard let entry = table[name.text], let value = try? self.value(of: entry, in: table) else {
      return nil
    }
    builtinCache[name] = value
    return value
  }

  // MARK: - Globals

  /// A global of the session by name; nil when unbound.
  public subscript(global name: String) -> Value? {
    get { globals[name] }
    set { globals[name] = newValue }
  }

  /// The user's names and values.
  public var globalBindings: [(name: String, value: Value)] { globals.bound }

  /// Forgets all global names, and frees what they held, cycles included.
  public func reset() {
    globals.clear()
    collector.collect()
  }

  /// The names of all built-ins.
  public var builtinNames: [String] { types.builtinNames + Builtins.table.entries.map(\.name) }

  /// A built-in by name.
  public func builtin(_ name: String) -> Value? {
    types.builtin(Name(name)) ?? builtinValue(Name(name), in: Builtins.table)
  }

  /// What `sys.argv` holds.
  public var programArguments: [String] {
    get { (extensions["argv"] as? ListBox)?.items ?? [""] }
    set { extensions["argv"] = ListBox(newValue) }
  }

  private final class ListBox {
    let items: [String]
    init(_ items: [String]) { self.items = items }
  }

  /// Runs `body` with little room to nest: for other threads' questions, on whatever stack.
  public func shallow<T>(_ body: () throws(Raise) -> T) throws(Raise) -> T {
    let saved = depthLimit
    depthLimit = min(saved, frameCount + nativeDepth + 60)
    defer { depthLimit = saved }
    return try body()
  }

  /// Forgets what an error has left behind: nothing of a failed cell is being handled any more.
  public func afterError() {
    if frameCount == 0 {
      handled.truncate(to: 0)
      reprStack = []
    }
  }

  // MARK: - Running source

  /// Parses, compiles and runs a text. Gives the value of its last expression statement, or
  /// `.undefined` when it ends with another statement.
  public func run(_ source: Source, interactive: Bool = true) throws(Raise) -> Value {
    try collector.whileTracking { () throws(Raise) -> Value in
      try run(compile(source, interactive: interactive))
    }
  }

  public func run(_ text: String, name: String = "<string>", interactive: Bool = true)
    throws(Raise) -> Value
  {
    try run(Source(name: name, text: text), interactive: interactive)
  }

  func compile(_ source: Source, interactive: Bool) throws(Raise) -> Code {
    try compile(parse(source), source: source, interactive: interactive)
  }

  func parse(_ source: Source) throws(Raise) -> [Statement] {
    do {
      return try Syntax.parse(source)
    } catch {
      throw syntaxError(error, source)
    }
  }

  func compile(
    _ tree: [Statement], source: Source, interactive: Bool = false
  ) throws(Raise) -> Code {
    do {
      return try Compiler.compile(tree, source: source, globals: globals, interactive: interactive)
    } catch {
      throw syntaxError(error, source)
    }
  }

  /// Compiles one expression for evaluation in the session.
  public func evaluate(_ source: Source) throws(Raise) -> Value {
    try collector.whileTracking { () throws(Raise) -> Value in try evaluated(source) }
  }

  private func evaluated(_ source: Source) throws(Raise) -> Value {
    let code: Code
    do {
      let tree = try parseExpression(source)
      code = try Compiler.compile(
        [Statement(.expression(tree), tree.span)], source: source, globals: globals,
        interactive: true)
    } catch {
      throw syntaxError(error, source)
    }
    return try run(code)
  }

  private func syntaxError(_ diagnostic: Diagnostic, _ source: Source) -> Raise {
    let kind: ExceptionKind =
      switch diagnostic.kind {
      case .indentation: .indentationError
      case .tab: .tabError
      default: .syntaxError
      }
    let exception = makeException(kind, [.string(diagnostic.message)])
    exception.traceback = [
      TracebackEntry(source: source, span: diagnostic.span, function: "<module>")
    ]
    exception.syntaxSpan = diagnostic.span
    exception.syntaxSource = source
    return Raise(exception)
  }

  private func run(_ code: Code) throws(Raise) -> Value {
    if frameCount == 0, nativeDepth == 0 { beginSteps() }
    let function = FunctionObject(code: code, closure: [], defaults: [], keywordDefaults: [:])
    let window = top
    try pushFrame(function, base: window, result: window, mode: .entry)
    do throws(Raise) {
      let value = try run()
      if interrupt.isRaised, frameCount == 0 { try attend() }
      return value
    } catch {
      if interrupt.takeOrphans(), frameCount == 0 { try closeOrphans() }
      throw error
    }
  }

  // MARK: - Types of libraries

  /// The class object of a library's type table in this session.
  public func type(_ table: TypeTable) -> TypeObject {
    if let known = libraryTypes[ObjectIdentifier(table)] { return known }
    let type = makeType(table)
    libraryTypes[ObjectIdentifier(table)] = type
    return type
  }

  private func makeType(_ table: TypeTable) -> TypeObject {
    let base =
      table.base.map { type($0) } ?? table.baseName.flatMap { types.builtin(Name($0))?.asType }
      ?? types.object
    let result = TypeObject(name: table.name, module: table.module, base: base, doc: table.doc)
    if let allocate = table.allocate { result.allocate = allocate }
    if let hook = table.willSetAttribute { result.willSetAttribute = hook }
    if let hook = table.missingAttribute { result.missingAttribute = hook }
    result.isSubclassable = table.isSubclassable
    if let name = table.virtualBaseName {
      result.virtualBase = types.builtin(Name(name))?.asType
      result.isDerived = true
    }
    if let metatype = table.metatype { result.metatype = type(metatype) }
    if table.showsModule { result.shownName = "\(table.module).\(table.name)" }
    fill(result, table)
    return result
  }

  func fill(_ type: TypeObject, _ table: TypeTable) {
    for row in table.methods {
      if row.name == "__new__", type.builtinKind != .object {
        type.set(row.name, .object(NativeFunction(Machine.derivable(row), owner: type)))
        continue
      }
      type.set(row.name, .object(NativeFunction(row, owner: type)))
    }
    for row in table.statics {
      let function = NativeFunction(row, owner: type)
      type.set(row.name, .object(WrappedFunction(.object(function), kind: .staticMethod)))
    }
    for row in table.classMethods {
      let function = NativeFunction(row, owner: type)
      type.set(row.name, .object(WrappedFunction(.object(function), kind: .classMethod)))
    }
    for property in table.properties { add(property, to: type) }
    for (name, make) in table.values { type.set(name, make(self)) }
  }

  /// A computed attribute of a type of Swift.
  func add(_ property: NativeProperty, to type: TypeObject) {
    let name = property.name
    let getter = NativeFunction(
      Native("\(name)(self)", property.doc) { a in try property.get(a[0], a.machine) })
    var setter = Value.none
    if let set = property.set {
      setter = .object(
        NativeFunction(
          Native("\(name)(self, value)", property.doc) { a in
            try set(a[0], a[1], a.machine)
            return .none
          }))
    }
    type.set(
      name, .object(PropertyObject(getter: .object(getter), setter: setter, doc: property.doc)))
  }
}
