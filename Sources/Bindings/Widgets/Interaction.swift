import JSONCoding
import Language

/// A function and the widgets that give it its arguments: what `interact` makes.
final class Interaction: WidgetPart {
  let function: Value
  /// Widgets, or `fixed` values, by parameter.
  let arguments: [(name: String, source: Value)]
  let output: WidgetObject
  let button: WidgetObject?
  let displaysResult: Bool
  let clearsOutput: Bool
  let domClasses = "('widget-interact',)"

  init(
    function: Value, arguments: [(name: String, source: Value)], output: WidgetObject,
    button: WidgetObject?, displaysResult: Bool, clearsOutput: Bool
  ) {
    self.function = function
    self.arguments = arguments
    self.output = output
    self.button = button
    self.displaysResult = displaysResult
    self.clearsOutput = clearsOutput
  }

  func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(function)
    for argument in arguments { visitor.visit(argument.source) }
  }

  /// Calls the function with what the widgets say; its output goes to the `Output` widget.
  func run(_ box: WidgetObject, _ machine: Machine) throws {
    guard let capture = output.part as? OutputCapture else { return }
    if let button { try button.set("disabled", .bool(true), machine) }
    defer { if let button { try? button.set("disabled", .bool(false), machine) } }
    let isCaptured = machine.commPort != nil
    capture.begin(output, machine)
    do {
      if clearsOutput, isCaptured { capture.clear(wait: true) }
      let keywords = arguments.map { ($0.name, Self.value($0.source)) }
      let dict = DictObject()
      for (name, value) in keywords { dict[name] = value }
      box.setOwn("kwargs", .object(dict))
      let result = try machine.call(
        function, [], keywords: keywords.map { (name: $0.0, value: $0.1) })
      box.setOwn("result", result)
      if displaysResult, !result.isNone {
        machine.displayPort?.show(try Presenter(machine).bundle(result), id: nil)
      }
      _ = capture.end(output, error: nil, machine)
    } catch {
      let raise = machine.translate(error)
      if !capture.end(output, error: machine.materialize(raise), machine) { throw raise }
    }
  }

  static func value(_ source: Value) -> Value {
    guard let instance = source.asInstance else { return source }
    return instance.own("value") ?? .none
  }
}

/// `interact` and its relatives, as ipywidgets reads abbreviations.
enum Interact {
  static let fixed = TypeTable(
    "fixed", module: "ipywidgets.widgets.interaction", doc: "A value that has no widget.",
    allocate: { Instance($0) },
    methods: [
      Native("__init__(self, value, **kwargs)", "Keeps a value.") { a in
        try a.receiver(Instance.self).setOwn("value", a[1])
        return .none
      },
      Native("get_interact_value(self)", "The value.") { a in
        try a.receiver(Instance.self).own("value") ?? .none
      },
    ])

  /// `interactive(f, x=(0, 10))`: a box of widgets; it is not displayed yet.
  static let interactive: TypeTable = TypeTable(
    "interactive", module: "ipywidgets.widgets.interaction",
    doc: "A box of widgets that give a function its arguments.", base: Widgets.table("VBox"),
    allocate: { WidgetObject($0, WidgetKinds.byName["VBox"] ?? WidgetKinds.all[0]) },
    willSetAttribute: Widgets.setter,
    methods: [
      Native("__init__(self, f, options=None, /, **kwargs)", "Makes the widgets.") { a in
        let options = Options(
          manual: a[2].asDict?["manual"].map { (try? a.machine.truth($0)) ?? false } ?? false,
          name: a[2].asDict?["manual_name"]?.swiftString ?? "Run Interact",
          displaysResult: a[2].asDict?["auto_display"].map { (try? a.machine.truth($0)) ?? false }
            ?? false)
        try build(
          try a.receiver(WidgetObject.self), a[1], options, a.keywords(3), a.machine)
        return .none
      },
      Native("update(self, *args)", "Calls the function.") { a in
        let box = try a.receiver(WidgetObject.self)
        try (box.part as? Interaction)?.run(box, a.machine)
        return .none
      },
    ])

  struct Options {
    var manual = false
    var name = "Run Interact"
    var displaysResult = false
  }

  private static func build(
    _ box: WidgetObject, _ function: Value, _ options: Options,
    _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws {
    var keywords = keywords
    var clears = true
    if let place = keywords.firstIndex(where: { $0.name == "clear_output" }) {
      clears = try machine.truth(keywords.remove(at: place).value)
    }
    var arguments: [(name: String, source: Value)] = []
    for (name, abbreviation, fallback) in try abbreviations(function, keywords, machine) {
      let source = try widget(abbreviation, default: fallback, machine)
      if let made = source.asInstance as? WidgetObject,
        made.own("description")?.swiftString?.isEmpty ?? false
      {
        try made.set("description", .string(name), machine)
      }
      arguments.append((name, source))
    }
    let output = try Widgets.make("Output", [], machine)
    var children = arguments.map(\.source).filter { $0.asInstance is WidgetObject }
    var button: WidgetObject?
    if options.manual {
      let made = try Widgets.make("Button", [("description", .string(options.name))], machine)
      children.append(.object(made))
      button = made
    }
    children.append(.object(output))
    let part = Interaction(
      function: function, arguments: arguments, output: output, button: button,
      displaysResult: options.displaysResult, clearsOutput: clears)
    box.part = part
    try box.begin(
      [("children", .tuple(children)), ("_dom_classes", .tuple([.string("widget-interact")]))],
      machine)
    box.setOwn("f", function)
    box.setOwn("out", .object(output))
    box.setOwn("result", .none)
    box.setOwn("kwargs", .object(DictObject()))
    if let button {
      box.setOwn("manual_button", .object(button))
      let click = Native("update(button)", "Calls the function.") { [weak box] a in
        if let box { try (box.part as? Interaction)?.run(box, a.machine) }
        return .none
      }
      try button.onClick(.object(NativeFunction(click)), remove: false, machine)
    } else {
      for case let source as WidgetObject in arguments.map(\.source.asInstance) {
        source.observe("value") { [weak box] machine in
          if let box { try (box.part as? Interaction)?.run(box, machine) }
        }
      }
      try part.run(box, machine)
    }
  }

  // MARK: - Abbreviations

  /// Name, abbreviation and default of each parameter.
  private static func abbreviations(
    _ function: Value, _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> [(String, Value, Value?)] {
    var left = keywords
    var result: [(String, Value, Value?)] = []
    let parameters = Help(machine).parameters(of: function)
    let defaults = defaults(function, parameters, machine)
    for parameter in parameters {
      switch parameter.kind {
      case .positional, .keywordOnly:
        let fallback = defaults[parameter.name]
        if let place = left.firstIndex(where: { $0.name == parameter.name }) {
          result.append((parameter.name, left.remove(at: place).value, fallback))
        } else if let fallback {
          result.append((parameter.name, fallback, fallback))
        } else if let type = parameter.annotation.flatMap({ machine.builtin($0) }) {
          result.append((parameter.name, type, nil))
        } else {
          throw Raise(
            .valueError,
            "cannot find widget or abbreviation for argument: '\(parameter.name)'")
        }
      case .doubleStar:
        result += left.map { ($0.name, $0.value, nil) }
        left = []
      default: break
      }
    }
    return result
  }

  private static func defaults(
    _ function: Value, _ parameters: [ParameterDescription], _ machine: Machine
  ) -> [String: Value] {
    var result: [String: Value] = [:]
    let positional = parameters.filter { $0.kind == .positional || $0.kind == .positionalOnly }
    let found = try? machine.optionalAttribute(function, "__defaults__")
    if let values = found?.asTuple?.items {
      for (parameter, value) in zip(positional.suffix(values.count), values) {
        result[parameter.name] = value
      }
    }
    let named = try? machine.optionalAttribute(function, "__kwdefaults__")
    for (key, value) in named?.asDict?.pairs ?? [] {
      if let name = key.swiftString { result[name] = value }
    }
    return result
  }

  /// The widget that an abbreviation stands for.
  static func widget(_ value: Value, default fallback: Value?, _ machine: Machine) throws -> Value {
    if let widget = value.asInstance as? WidgetObject {
      if widget.family.hasValue { return value }
      throw Raise(.typeError, "\(try machine.repr(value)) is not a ValueWidget")
    }
    if value.asInstance?.type === machine.type(fixed) { return value }
    let made: WidgetObject?
    if let tuple = value.asTuple {
      made = try slider(tuple.items, value, machine)
      if let fallback, let made { try? made.set("value", fallback, machine) }
    } else if let type = value.asType {
      made = try annotated(type.name, machine)
    } else if let single = try single(value, machine) {
      made = single
    } else if value.asDict != nil || value.asList != nil || (try? machine.array(value)) != nil {
      let options = value.asDict != nil ? value : .list(try machine.array(value))
      made = try Widgets.make("Dropdown", [("options", options)], machine)
      if let fallback, let made { try? made.set("value", fallback, machine) }
    } else {
      made = nil
    }
    guard let made else {
      throw Raise(.valueError, "\(try machine.repr(value)) cannot be transformed to a widget")
    }
    return .object(made)
  }

  private static func annotated(_ name: String, _ machine: Machine) throws -> WidgetObject? {
    let classes = ["int": "IntText", "float": "FloatText", "bool": "Checkbox", "str": "Text"]
    guard let className = classes[name] else { return nil }
    return try Widgets.make(className, [], machine)
  }

  private static func single(_ value: Value, _ machine: Machine) throws -> WidgetObject? {
    if value.swiftString != nil { return try Widgets.make("Text", [("value", value)], machine) }
    switch value {
    case .bool: return try Widgets.make("Checkbox", [("value", value)], machine)
    case .int(let number):
      let (triple, overflow) = number.multipliedReportingOverflow(by: 3)
      if overflow || number == .min { throw Raise(.overflowError, "\(number) is too large for a slider") }
      let bounds = number == 0 ? (0, 1) : number > 0 ? (-number, triple) : (triple, -number)
      return try Widgets.make(
        "IntSlider", [("min", .int(bounds.0)), ("max", .int(bounds.1)), ("value", value)], machine)
    case .float(let number):
      let bounds = number == 0 ? (0, 1) : number > 0 ? (-number, 3 * number) : (3 * number, -number)
      return try Widgets.make(
        "FloatSlider", [("min", .float(bounds.0)), ("max", .float(bounds.1)), ("value", value)],
        machine)
    default: return nil
    }
  }

  /// `(low, high)` or `(low, high, step)`: a slider of whole numbers when all are whole.
  private static func slider(
    _ items: [Value], _ value: Value, _ machine: Machine
  ) throws -> WidgetObject? {
    guard items.count == 2 || items.count == 3 else { return nil }
    let numbers = items.map(\.asDouble)
    guard let low = numbers[0], let high = numbers[1] else { return nil }
    var step: Double?
    if items.count == 3 {
      guard let given = numbers[2] else { return nil }
      if given <= 0 {
        throw Raise(.valueError, "step must be >= 0, not \(try machine.repr(items[2]))")
      }
      step = given
    }
    let isWhole = items.allSatisfy { if case .float = $0 { false } else { $0.asInt != nil } }
    var middle = isWhole ? low + ((high - low) / 2).rounded(.down) : low + (high - low) / 2
    if let step { middle = low + ((middle - low) / step).rounded(.towardZero) * step }
    guard low <= middle, middle <= high else {
      let shown = isWhole ? "\(Int(exactly: middle) ?? 0)" : "\(middle)"
      throw Raise(
        .valueError,
        "value must be between min and max (min=\(try machine.repr(items[0])), value=\(shown), "
          + "max=\(try machine.repr(items[1])))")
    }
    var given: [(name: String, value: Value)] = [("min", items[0]), ("max", items[1])]
    if items.count == 3 { given.append(("step", items[2])) }
    given.append(("value", .float(middle)))
    return try Widgets.make(isWhole ? "IntSlider" : "FloatSlider", given, machine)
  }

  // MARK: - interact

  /// `interact(f, **abbreviations)`, `@interact`, `@interact(x=5)`, `interact.options(manual=True)`.
  static let factory = TypeTable(
    "_InteractFactory", module: "ipywidgets.widgets.interaction",
    doc: "Makes a function interactive: shows widgets for its arguments, and calls it when they change.",
    allocate: { InteractFactory($0) },
    methods: [
      Native(
        "__call__(self, f=None, /, **kwargs)",
        "Shows widgets for the arguments of f, and calls it with their values."
      ) { a in
        let factory = try a.receiver(InteractFactory.self)
        let keywords = factory.keywords + a.keywords(2)
        if a[1].isNone {
          let options = factory.options
          let decorator = Native("interact(f)", "Makes the function interactive.") { b in
            try show(b[0], options, keywords, b.machine)
          }
          return .object(NativeFunction(decorator))
        }
        return try show(a[1], factory.options, keywords, a.machine)
      },
      Native(
        "options(self, manual=None, manual_name=None, auto_display=None)",
        "The same with other options."
      ) { a in
        let old = try a.receiver(InteractFactory.self)
        let factory = InteractFactory(a.machine.type(Interact.table))
        factory.options = old.options
        factory.keywords = old.keywords
        if !a[1].isNone { factory.options.manual = try a.bool(1) }
        if let name = try a.optionalString(2) { factory.options.name = name }
        if !a[3].isNone { factory.options.displaysResult = try a.bool(3) }
        return .object(factory)
      },
      Native("widget(self, f)", "The widgets, without showing them.") { a in
        let factory = try a.receiver(InteractFactory.self)
        return .object(try made(a[1], factory.options, factory.keywords, a.machine))
      },
    ])

  private static var table: TypeTable { factory }

  static func object(manual: Bool, _ machine: Machine) -> Value {
    let made = InteractFactory(machine.type(factory))
    made.options = Options(
      manual: manual, name: "Run Interact", displaysResult: true)
    return .object(made)
  }

  private static func made(
    _ function: Value, _ options: Options, _ keywords: [(name: String, value: Value)],
    _ machine: Machine
  ) throws -> WidgetObject {
    let box = WidgetObject(
      machine.type(interactive), WidgetKinds.byName["VBox"] ?? WidgetKinds.all[0])
    try build(box, function, options, keywords, machine)
    return box
  }

  private static func show(
    _ function: Value, _ options: Options, _ keywords: [(name: String, value: Value)],
    _ machine: Machine
  ) throws -> Value {
    let box = try made(function, options, keywords, machine)
    // Natives have no attributes.
    try? machine.setAttribute(function, "widget", .object(box))
    machine.displayPort?.show(try box.bundle(machine), id: nil)
    return function
  }

  static let interactiveOutput = Native(
    "interactive_output(f, controls)",
    "Calls f with the values of widgets when they change; gives the Output that shows what it does."
  ) { a in
    let machine = a.machine
    guard let controls = a[1].asDict else {
      throw Raise(.typeError, "controls must be a dict of widgets by parameter")
    }
    let arguments = controls.pairs.compactMap { pair in
      pair.key.swiftString.map { (name: $0, source: pair.value) }
    }
    let output = try Widgets.make("Output", [], machine)
    let part = Interaction(
      function: a[0], arguments: arguments, output: output, button: nil, displaysResult: false,
      clearsOutput: true)
    for case let source as WidgetObject in arguments.map(\.source.asInstance) {
      source.observe("value") { [weak output] machine in
        if let output { try part.run(output, machine) }
      }
    }
    try part.run(output, machine)
    return .object(output)
  }
}

/// `interact` itself.
final class InteractFactory: Instance {
  var options = Interact.Options()
  var keywords: [(name: String, value: Value)] = []

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for keyword in keywords { visitor.visit(keyword.value) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += keywords.map(\.value)
    keywords = []
  }
}
