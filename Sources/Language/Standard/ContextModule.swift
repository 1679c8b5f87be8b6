/// The module `contextlib`.
enum ContextModule {
  static let table = ModuleTable(
    "contextlib", doc: "Things for the with statement.",
    entries: [
      .function(contextManager), .type(suppress), .type(nullContext), .type(closing),
      .type(redirectOutput), .type(redirectError), .type(exitStack), .type(contextDecorator),
      .type(abstractContext),
    ])

  // MARK: - contextmanager

  /// A generator that yields once, as a context.
  final class GeneratorContext: Instance {
    var function: Value = .none
    var arguments: [Value] = []
    var keywords: [(name: String, value: Value)] = []
    var generator: GeneratorObject?

    override func visit(_ visitor: ReferenceVisitor) {
      super.visit(visitor)
      visitor.visit(function)
      visitor.visit(&arguments)
      visitor.visit(generator)
    }

    override func surrender(into heap: inout [Value]) {
      heap.append(function)
      heap.append(contentsOf: arguments)
      if let generator { heap.append(.object(generator)) }
      (function, arguments, generator) = (.none, [], nil)
      super.surrender(into: &heap)
    }
  }

  private static let contextManager = Native(
    "contextmanager(func)", "A decorator: a generator that yields once becomes a context."
  ) { a in
    let function = a[0]
    let name = try a.machine.optionalAttribute(function, "__name__")?.swiftString ?? "helper"
    let isPlain = RegexParser.isIdentifier(name)
    return .object(
      NativeFunction(
        Native("\(isPlain ? name : "helper")(*args, **kwds)", "A context of the generator.") { a in
          let context = GeneratorContext(a.machine.type(generatorContext))
          context.function = function
          context.arguments = try a.items(0)
          context.keywords = a.keywords(1)
          try start(context, a.machine)
          return .object(context)
        }))
  }

  private static func start(_ context: GeneratorContext, _ machine: Machine) throws(Raise) {
    let made = try machine.call(
      context.function, context.arguments, keywords: context.keywords)
    guard case .object(let object) = made, object.kind == .generator else {
      throw Raise(
        .typeError, "'\(machine.typeName(made))' object is not an iterator",
        hint: "the function of a context manager has to yield once")
    }
    context.generator = unsafeDowncast(object, to: GeneratorObject.self)
  }

  private static let generatorContext = TypeTable(
    "_GeneratorContextManager", module: "contextlib", doc: "A generator as a context.",
    isSubclassable: false,
    methods: [
      Native("__enter__(self)", "Runs to the yield and gives what it yields.") { a in
        let context: GeneratorContext = try a.receiver()
        guard let generator = context.generator else { return .none }
        let value = try a.machine.resume(generator)
        if value.isUndefined { throw Raise(.runtimeError, "generator didn't yield") }
        return value
      },
      Native("__exit__(self, typ, value, traceback)", "Runs on behind the yield.") { a in
        let context: GeneratorContext = try a.receiver()
        guard let generator = context.generator else { return .bool(false) }
        return .bool(try leave(generator, a[1], a[2], a.machine))
      },
      Native("__call__(self, func)", "A decorator: the function runs in the context.") { a in
        let context: GeneratorContext = try a.receiver()
        return decorated(a[1]) { (machine) throws(Raise) in
          // Each call has a generator of its own.
          let again = GeneratorContext(context.type)
          again.function = context.function
          again.arguments = context.arguments
          again.keywords = context.keywords
          try start(again, machine)
          return .object(again)
        }
      },
    ])

  private static func leave(
    _ generator: GeneratorObject, _ type: Value, _ value: Value, _ machine: Machine
  ) throws(Raise) -> Bool {
    if type.isNone {
      if try machine.resume(generator).isUndefined { return false }
      throw Raise(.runtimeError, "generator didn't stop")
    }
    guard let exception = value.asException else { return false }
    do {
      let raise = Raise(exception)
      raise.isReraise = true
      if try machine.throwInto(generator, raise).isUndefined { return true }
    } catch {
      // The same exception comes out: the with statement raises it again itself.
      if machine.materialize(error) === exception { return false }
      if case .object(let other) = error.content,
        exception.type.isSubclass(of: machine.types.exception(.stopIteration)),
        other.cause === exception
      {
        return false
      }
      throw error
    }
    throw Raise(.runtimeError, "generator didn't stop after throw()")
  }

  /// A function that runs another one inside a context.
  private static func decorated(
    _ function: Value, _ make: @escaping (Machine) throws(Raise) -> Value
  ) -> Value {
    .object(
      NativeFunction(
        Native("inner(*args, **kwds)", "The function in its context.") { a in
          let machine = a.machine
          let context = try make(machine)
          _ = try machine.call(machine.attribute(context, "__enter__"))
          let exit = try machine.attribute(context, "__exit__")
          let result: Value
          do {
            result = try machine.call(function, a.items(0), keywords: a.keywords(1))
          } catch let error as Raise {
            let exception = machine.materialize(error)
            let isHandled = try machine.truth(
              machine.call(exit, [.object(exception.type), .object(exception), .none]))
            if isHandled { return .none }
            throw error
          }
          _ = try machine.call(exit, [.none, .none, .none])
          return result
        }))
  }

  private static let contextDecorator = TypeTable(
    "ContextDecorator", module: "contextlib", doc: "A context that is a decorator too.",
    methods: [
      Native("__call__(self, func)", "The function in the context.") { a in
        let context = a[0]
        return decorated(a[1]) { (_) throws(Raise) in context }
      }
    ])

  private static let abstractContext = TypeTable(
    "AbstractContextManager", module: "contextlib", doc: "The base of contexts.",
    methods: [
      Native("__enter__(self)", "The context itself.") { a in a[0] },
      Native("__exit__(self, *exception)", "Lets exceptions pass.") { _ in .none },
    ])

  // MARK: - Small contexts

  private static let suppress = TypeTable(
    "suppress", module: "contextlib", doc: "A context that swallows some exceptions.",
    methods: [
      Native("__init__(self, *exceptions)", "The classes to swallow.") { a in
        a[0].asInstance?.setOwn("_exceptions", a[1])
        return .none
      },
      Native("__enter__(self)", "Nothing.") { _ in .none },
      Native("__exit__(self, typ, value, traceback)", "Whether to swallow.") { a in
        guard a[2].asException != nil, let wanted = a[0].asInstance?.own("_exceptions") else {
          return .bool(false)
        }
        return .bool(try a.machine.matches(a[2], wanted))
      },
    ])

  private static let nullContext = TypeTable(
    "nullcontext", module: "contextlib", doc: "A context that does nothing.",
    methods: [
      Native("__init__(self, enter_result=None)", "What with gives.") { a in
        a[0].asInstance?.setOwn("enter_result", a[1])
        return .none
      },
      Native("__enter__(self)", "What was given.") { a in
        a[0].asInstance?.own("enter_result") ?? .none
      },
      Native("__exit__(self, *exception)", "Lets exceptions pass.") { _ in .none },
    ])

  private static let closing = TypeTable(
    "closing", module: "contextlib", doc: "A context that closes something at the end.",
    methods: [
      Native("__init__(self, thing)", "What to close.") { a in
        a[0].asInstance?.setOwn("thing", a[1])
        return .none
      },
      Native("__enter__(self)", "The thing.") { a in a[0].asInstance?.own("thing") ?? .none },
      Native("__exit__(self, *exception)", "Closes it.") { a in
        let thing = a[0].asInstance?.own("thing") ?? .none
        _ = try a.machine.call(a.machine.attribute(thing, "close"))
        return .none
      },
    ])

  private static func redirection(_ name: String, _ doc: String, toError: Bool) -> TypeTable {
    TypeTable(
      name, module: "contextlib", doc: doc,
      methods: [
        Native("__init__(self, new_target)", "A file.") { a in
          a[0].asInstance?.setOwn("_new_target", a[1])
          a[0].asInstance?.setOwn("_old_targets", .list([]))
          return .none
        },
        Native("__enter__(self)", "The file.") { a in
          let target = a[0].asInstance?.own("_new_target") ?? .none
          let old = a.machine.redirections[toError ? 1 : 0]
          a[0].asInstance?.own("_old_targets")?.asList?.append(old ?? .none)
          a.machine.redirections[toError ? 1 : 0] = target
          return target
        },
        Native("__exit__(self, *exception)", "Puts the old one back.") { a in
          guard let list = a[0].asInstance?.own("_old_targets")?.asList, list.count > 0 else {
            return .none
          }
          let old = list.remove(at: list.count - 1)
          a.machine.redirections[toError ? 1 : 0] = old.isNone ? nil : old
          return .none
        },
      ])
  }

  private static let redirectOutput = redirection(
    "redirect_stdout", "A context in which print() writes to a file.", toError: false)
  private static let redirectError = redirection(
    "redirect_stderr", "A context in which errors are written to a file.", toError: true)

  // MARK: - ExitStack

  final class ExitStackObject: Instance {
    /// Called in reverse order; the flag says whether with the exception.
    var exits: [(function: Value, arguments: [Value], keywords: [(name: String, value: Value)], isExit: Bool)] = []

    override func visit(_ visitor: ReferenceVisitor) {
      super.visit(visitor)
      guard visitor.isSoleOwner(&exits) else { return }
      for index in exits.indices {
        visitor.visit(exits[index].function)
        visitor.visit(&exits[index].arguments)
      }
    }

    override func surrender(into heap: inout [Value]) {
      heap.append(contentsOf: exits.flatMap { [$0.function] + $0.arguments })
      exits = []
      super.surrender(into: &heap)
    }
  }

  private static let exitStack = TypeTable(
    "ExitStack", module: "contextlib", doc: "Several contexts, left together.",
    allocate: { ExitStackObject($0) },
    methods: [
      Native("__enter__(self)", "The stack itself.") { a in a[0] },
      Native("enter_context(self, cm)", "Enters a context, to be left at the end.") { a in
        let stack: ExitStackObject = try a.receiver()
        let exit = try a.machine.attribute(a[1], "__exit__")
        let value = try a.machine.call(a.machine.attribute(a[1], "__enter__"))
        stack.exits.append((exit, [], [], true))
        return value
      },
      Native("callback(self, callback, /, *args, **kwds)", "A call to make at the end.") { a in
        let stack: ExitStackObject = try a.receiver()
        stack.exits.append((a[1], try a.items(2), a.keywords(3), false))
        return a[1]
      },
      Native("push(self, exit)", "An exit to call at the end.") { a in
        let stack: ExitStackObject = try a.receiver()
        let exit = try a.machine.optionalAttribute(a[1], "__exit__") ?? a[1]
        stack.exits.append((exit, [], [], true))
        return a[1]
      },
      Native("pop_all(self)", "Another stack with all that was to be left.") { a in
        let stack: ExitStackObject = try a.receiver()
        let other = ExitStackObject(stack.type)
        swap(&other.exits, &stack.exits)
        return .object(other)
      },
      Native("close(self)", "Leaves everything now.") { a in
        _ = try unwind(a.receiver(), nil, a.machine)
        return .none
      },
      Native("__exit__(self, typ, value, traceback)", "Leaves everything.") { a in
        .bool(try unwind(a.receiver(), a[2].asException, a.machine))
      },
    ])

  /// Leaves all contexts, the last one first; true when the exception was swallowed.
  private static func unwind(
    _ stack: ExitStackObject, _ exception: ExceptionObject?, _ machine: Machine
  ) throws(Raise) -> Bool {
    var current = exception
    var isNew = false
    while let exit = stack.exits.popLast() {
      do {
        if !exit.isExit {
          _ = try machine.call(exit.function, exit.arguments, keywords: exit.keywords)
          continue
        }
        let arguments: [Value] =
          current.map { [.object($0.type), .object($0), .none] } ?? [.none, .none, .none]
        if try machine.truth(machine.call(exit.function, arguments)), current != nil {
          current = nil
          isNew = false
        }
      } catch {
        let raised = machine.materialize(error)
        if raised !== current { isNew = true }
        current = raised
      }
    }
    if let current, isNew { throw Raise(current) }
    return exception != nil && current == nil
  }
}
