/// The module `warnings`.
enum WarningsModule {
  static let table = ModuleTable(
    "warnings", doc: "Warnings that programs give.",
    entries: [
      .function(
        Native(
          "warn(message, category=None, stacklevel=1, source=None)",
          "Writes a warning to the error stream, once for each text."
        ) { a in
          try warn(a)
          return .none
        }),
      .function(
        Native("simplefilter(action, category=..., lineno=0, append=False)",
          "Sets what happens to warnings: 'ignore', 'error', 'always', 'default', 'once'."
        ) { a in
          try addFilter(a, action: a.string(0), category: a[1], message: nil, atEnd: a.bool(3))
          return .none
        }),
      .function(
        Native(
          "filterwarnings(action, message='', category=..., module='', lineno=0, append=False)",
          "Sets what happens to warnings of a text and class."
        ) { a in
          let pattern =
            a[1].asString?.bytes.isEmpty ?? true
            ? nil
            : try RegexModule.compiled(a[1], flags: RegexFlags.ignoreCase.rawValue, a.machine)
          try addFilter(
            a, action: a.string(0), category: a[2], message: pattern, atEnd: a.bool(5))
          return .none
        }),
      .function(
        Native("resetwarnings()", "Forgets all filters.") { a in
          state(a.machine).filters = []
          return .none
        }),
      .function(
        Native("showwarning(message, category, filename, lineno, file=None, line=None)",
          "Writes a warning."
        ) { a in
          a.machine.host?.write(
            "\(a[1].asType?.name ?? "Warning"): \(try a.machine.text(of: a[0]))\n", toError: true)
          return .none
        }),
      .type(catcher), .type(message),
    ])

  fileprivate struct Filter {
    let action: String
    let category: TypeObject
    let message: PatternObject?
  }

  private final class State {
    var filters: [Filter] = []
    var seen: Set<String> = []
    /// Where warnings go while a context records them.
    var record: ListObject?
  }

  private static func state(_ machine: Machine) -> State {
    if let known = machine.extensions["warnings"] as? State { return known }
    let created = State()
    machine.extensions["warnings"] = created
    return created
  }

  private static func addFilter(
    _ a: Arguments, action: String, category: Value, message: PatternObject?, atEnd: Bool
  ) throws(Raise) {
    guard ["default", "error", "ignore", "always", "module", "once"].contains(action) else {
      throw Raise(.valueError, "invalid action: \(try a.machine.repr(a[0]))")
    }
    let filter = Filter(
      action: action, category: category.asType ?? a.machine.types.exception(.warning),
      message: message)
    let state = state(a.machine)
    if atEnd { state.filters.append(filter) } else { state.filters.insert(filter, at: 0) }
  }

  private static func warn(_ a: Arguments) throws(Raise) {
    let machine = a.machine
    let category: TypeObject
    let text: String
    if let exception = a[0].asException {
      category = exception.type
      text = try machine.text(of: a[0])
    } else {
      guard a[1].isNone || a[1].asType?.isSubclass(of: machine.types.exception(.warning)) == true
      else {
        throw Raise(
          .typeError,
          "category must be a Warning subclass, not '\(machine.typeName(a[1]))'")
      }
      category = a[1].asType ?? machine.types.exception(.userWarning)
      text = try machine.text(of: a[0])
    }
    let state = state(machine)
    var action = "default"
    for filter in state.filters where category.isSubclass(of: filter.category) {
      if let pattern = filter.message {
        let subject = try pattern.subject(.string(text), machine)
        var matcher = RegexMatcher(pattern.program, end: subject.count, machine)
        let holds: Result<Bool, Raise> = subject.units.withUnsafeBufferPointer { units in
          do throws(Raise) {
            return .success(try matcher.match(units, at: 0) != nil)
          } catch {
            return .failure(error)
          }
        }
        if try !holds.get() { continue }
      }
      action = filter.action
      break
    }
    switch action {
    case "ignore": return
    case "error":
      if let exception = a[0].asException { throw Raise(exception) }
      if let made = try machine.call(.object(category), [.string(text)]).asException {
        throw Raise(made)
      }
    default: break
    }
    if action != "always", !state.seen.insert("\(category.name): \(text)").inserted { return }
    if let record = state.record {
      let entry = Instance(machine.type(message))
      let exception = ExceptionObject(category)
      exception.arguments = [.string(text)]
      entry.setOwn("message", a[0].asException.map { .object($0) } ?? .object(exception))
      entry.setOwn("category", .object(category))
      record.append(.object(entry))
      return
    }
    machine.host?.write("\(category.name): \(text)\n", toError: true)
  }

  private static let message = TypeTable(
    "WarningMessage", module: "warnings", doc: "A recorded warning.", isSubclassable: false)

  /// Filters and record as they were before a context.
  final class Catcher: Instance {
    fileprivate var saved: [([Filter], Set<String>, ListObject?)] = []
    var records = false
    var action: String?
  }

  private static let catcher = TypeTable(
    "catch_warnings", module: "warnings", doc: "A context that keeps filters to itself.",
    allocate: { Catcher($0) },
    methods: [
      Native("__init__(self, *, record=False, module=None, action=None)", "The settings.") { a in
        let catcher: Catcher = try a.receiver()
        catcher.records = try a.bool(1)
        catcher.action = a[3].swiftString
        return .none
      },
      Native("__enter__(self)", "The list of recorded warnings, or None.") { a in
        let catcher: Catcher = try a.receiver()
        let state = state(a.machine)
        catcher.saved.append((state.filters, state.seen, state.record))
        state.seen = []
        if let action = catcher.action {
          state.filters.insert(
            Filter(action: action, category: a.machine.types.exception(.warning), message: nil),
            at: 0)
        }
        if !catcher.records { return .none }
        let list = ListObject()
        state.record = list
        return .object(list)
      },
      Native("__exit__(self, *exception)", "Puts the filters back.") { a in
        let catcher: Catcher = try a.receiver()
        let state = state(a.machine)
        if let (filters, seen, record) = catcher.saved.popLast() {
          state.filters = filters
          state.seen = seen
          state.record = record
        }
        return .none
      },
    ])
}
