import JSONCoding
import Language

/// The classes of widgets as types of the language.
enum Widgets {
  /// A new widget of a class of the library.
  static func make(
    _ className: String, _ given: [(name: String, value: Value)], _ machine: Machine
  ) throws -> WidgetObject {
    guard let kind = WidgetKinds.byName[className], let table = table(className) else {
      throw Raise(.systemError, "there is no widget \(className)")
    }
    let widget = WidgetObject(machine.type(table), kind)
    attachPart(widget)
    try widget.begin(given, machine)
    return widget
  }

  static func attachPart(_ widget: WidgetObject) {
    if case .output = widget.family.behaviour { widget.part = OutputCapture() }
  }

  static func table(_ name: String) -> TypeTable? { byName[name] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { a, _ in a })

  /// All tables, the abstract ones first.
  static let all: [TypeTable] = [widget, domWidget, valueWidget, style, boxBase]
    + WidgetKinds.all.filter { $0.name != "Box" }.map(made)

  private static func made(_ kind: WidgetKind) -> TypeTable {
    let base: TypeTable =
      switch kind.name {
      case "HBox", "VBox", "GridBox", "Tab", "Accordion", "Stack": boxBase
      default:
        !kind.isShown ? (kind.name.hasSuffix("Style") ? style : widget)
          : kind.hasValue ? valueWidget : domWidget
      }
    let parameters = kind.positional.map { "\($0)=..." } + ["**kwargs"]
    var methods = [
      Native("__init__(self, \(parameters.joined(separator: ", ")))", kind.doc) { a in
        let widget = try a.receiver(WidgetObject.self)
        if widget.part == nil { attachPart(widget) }
        var given: [(name: String, value: Value)] = []
        for (place, name) in kind.positional.enumerated() {
          let value = a[place + 1]
          // None says that the default is wanted.
          if value.isUndefined || value.isNone { continue }
          given.append((name, value))
        }
        try widget.begin(given + a.keywords(kind.positional.count + 1), a.machine)
        return .none
      }
    ]
    switch kind.behaviour {
    case .button: methods += WidgetMethods.button
    case .output: methods += WidgetMethods.output
    case .box where kind.trait("titles") != nil: methods += WidgetMethods.pages
    default: break
    }
    if kind.name == "Text" { methods += WidgetMethods.text }
    if kind.name == "Link" || kind.name == "DirectionalLink" { methods += WidgetMethods.link }
    return TypeTable(
      kind.name, module: "ipywidgets.widgets", doc: kind.doc, base: base,
      allocate: { WidgetObject($0, kind) },
      willSetAttribute: setter,
      methods: methods)
  }

  /// Attributes that are traits are checked, sent and told.
  static let setter: @Sendable (Instance, String, Value, Machine) throws -> Bool = {
    instance, name, value, machine in
    guard let widget = instance as? WidgetObject, widget.family.trait(name) != nil,
      !widget.id.isEmpty
    else { return false }
    try widget.set(name, value, machine)
    return true
  }

  static let widget = TypeTable(
    "Widget", module: "ipywidgets.widgets", doc: "What all widgets are.",
    properties: [
      NativeProperty("model_id", "The id of the widget in the front end.") { value, _ in
        .string((value.asInstance as? WidgetObject)?.id ?? "")
      },
      NativeProperty("comm", "The widget's line to the front end; None once it is closed.") { value, machine in
        guard let widget = value.asInstance as? WidgetObject, widget.isOpen else { return .none }
        let comm = CommObject(machine.type(CommDoor.comm))
        comm.id = widget.id
        comm.target = "jupyter.widget"
        return .object(comm)
      },
      NativeProperty("keys", "The attributes that the front end has too.") { value, _ in
        guard let widget = value.asInstance as? WidgetObject else { return .none }
        let names = widget.syncedNames + [
          "_model_module", "_model_module_version", "_model_name", "_view_count", "_view_module",
          "_view_module_version", "_view_name",
        ]
        return .list(names.sorted().map { .string($0) })
      },
    ],
    methods: WidgetMethods.common)

  static let domWidget = TypeTable(
    "DOMWidget", module: "ipywidgets.widgets", doc: "A widget that is shown.", base: widget,
    methods: WidgetMethods.classes)
  static let valueWidget = TypeTable(
    "ValueWidget", module: "ipywidgets.widgets", doc: "A widget with a value.", base: domWidget,
    methods: [
      Native("get_interact_value(self)", "The value that interact gives to its function.") { a in
        try a.receiver(WidgetObject.self).own("value") ?? .none
      }
    ])
  static let style = TypeTable(
    "Style", module: "ipywidgets.widgets", doc: "How a widget looks.", base: widget)
  private static let boxBase = made(WidgetKinds.byName["Box"] ?? WidgetKinds.all[0])

  /// A text of a widget as ipywidgets prints it: what differs from the defaults.
  static func text(_ widget: WidgetObject, _ machine: Machine) throws -> String {
    let kind = widget.family
    let isSelection: Bool =
      switch kind.behaviour {
      case .selection, .multipleSelection: true
      default: false
      }
    var names = kind.traits.filter { $0.isSynced && !$0.name.hasPrefix("_") }.map(\.name)
    if isSelection { names += ["options", "value"] }
    names.sort()
    let valueFirst = kind.hasValue && !isSelection && kind.name != "Password"
    if valueFirst { names = ["value"] + names.filter { $0 != "value" } }
    var parts: [String] = []
    for name in names {
      guard let value = widget.own(name), let trait = kind.trait(name) else { continue }
      let isAlways = (name == "value" || name == "options") && (valueFirst || isSelection)
      if !isAlways, try isDefault(value, trait, widget, machine) { continue }
      if kind.name == "Password", name == "value" { continue }
      parts.append("\(name)=\(try machine.repr(value))")
    }
    if let extra = widget.part as? Interaction {
      parts.append("_dom_classes=\(extra.domClasses)")
    }
    return "\(widget.type.name)(\(parts.joined(separator: ", ")))"
  }

  private static func isDefault(
    _ value: Value, _ trait: WidgetTrait, _ widget: WidgetObject, _ machine: Machine
  ) throws -> Bool {
    switch trait.kind {
    case .widget:
      if widget.family.name == "Button", trait.name == "style" { return false }
      guard let inner = value.asInstance as? WidgetObject else { return false }
      return try text(inner, machine) == "\(inner.type.name)()"
    case .tuple, .textTuple, .widgets: return value.asTuple?.count == 0 || value.isNone
    default: break
    }
    if trait.name == "index" { return value.isNone || value.asInt == 0 }
    return try machine.repr(value) == machine.repr(trait.initialValue)
  }
}
