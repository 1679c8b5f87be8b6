import Display
import JSONCoding
import Language

/// A widget: attributes that its half in the front end has too.
///
/// A change on this side is sent as an `update`; a change there comes as one, is echoed to the other
/// clients, checked, and told to the observers. A value that the check changed goes back. Trait
/// values are the instance's own attributes, so that reading one costs what any attribute does; the
/// way to write them is `set`.
final class WidgetObject: Instance, RichObject, CommHandler {
  let family: WidgetKind
  private(set) var id = ""
  /// Whether the front end has been told of it.
  private(set) var isOpen = false
  private(set) var isInitialized = false
  /// Those who want to know of changes, by attribute; nil for all.
  private var observers: [(names: Set<String>?, handler: Value)] = []
  private var nativeObservers: [(name: String, handler: (Machine) throws -> Void)] = []
  private var clickHandlers: [Value] = []
  private var messageHandlers: [Value] = []
  /// While it is there, changes gather in it and leave together.
  private var held: Set<String>?
  /// What the front end has just set: it needs no update with the same value.
  private var receiving: [String: JSON] = [:]
  /// What the class does besides (`OutputCapture`, `Interaction`).
  var part: (any WidgetPart)?

  init(_ type: TypeObject, _ kind: WidgetKind) {
    family = kind
    super.init(type)
  }

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for observer in observers { visitor.visit(observer.handler) }
    for handler in clickHandlers { visitor.visit(handler) }
    for handler in messageHandlers { visitor.visit(handler) }
    part?.visit(visitor)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += observers.map(\.handler) + clickHandlers + messageHandlers
    observers = []
    clickHandlers = []
    messageHandlers = []
    part?.surrender(into: &heap)
  }

  // MARK: - Making

  /// Takes defaults and what was given, and tells the front end.
  func begin(_ given: [(name: String, value: Value)], _ machine: Machine) throws {
    id = CommRegistry.newID()
    for trait in family.traits {
      if case .widget(let className) = trait.kind {
        if !given.contains(where: { $0.name == trait.name && !$0.value.isNone }) {
          setOwn(trait.name, .object(try Widgets.make(className, [], machine)))
        }
      } else {
        setOwn(trait.name, trait.initialValue)
      }
    }
    // Bounds before what they bound.
    let first: Set<String> = ["min", "max", "base", "children", "options"]
    for (name, value) in given where first.contains(name) { try set(name, value, machine, isBeginning: true) }
    try WidgetRules.checkBounds(self, machine)
    for (name, value) in given where !first.contains(name) {
      if value.isUndefined { continue }
      if value.isNone, let trait = family.trait(name), case .widget = trait.kind { continue }
      try set(name, value, machine, isBeginning: true)
    }
    try WidgetRules.complete(self, given: Set(given.map(\.name)), machine)
    isInitialized = true
    open(machine)
  }

  /// Opens the comm.
  func open(_ machine: Machine) {
    if isOpen { return }
    isOpen = true
    machine.comms.open[id] = self
    guard let port = machine.commPort else { return }
    let (state, paths, buffers) = state(of: syncedNames, machine)
    port.send(
      CommSignal(
        .open(target: "jupyter.widget"), id: id,
        data: ["state": .object(state), "buffer_paths": .array(paths)],
        metadata: ["version": "2.1.0"], buffers: buffers))
  }

  func close(_ machine: Machine) {
    guard isOpen else { return }
    isOpen = false
    machine.comms.open[id] = nil
    machine.commPort?.send(CommSignal(.close, id: id))
  }

  // MARK: - State

  /// The traits that the front end has too, and the names of model and view.
  var syncedNames: [String] {
    family.traits.filter(\.isSynced).map(\.name)
  }

  private var identity: JSON.Object {
    var result: JSON.Object = [
      "_model_module": .string(family.package.rawValue),
      "_model_module_version": .string(family.package.version),
      "_model_name": .string(family.model),
      "_view_count": .null,
      "_view_module": .string(family.viewPackage.rawValue),
      "_view_module_version": .string(family.viewPackage.version),
    ]
    result["_view_name"] = family.view.map { .string($0) } ?? .null
    return result
  }

  /// Attributes as JSON; binary values apart, with the places where they belong.
  func state(
    of names: [String], _ machine: Machine, withIdentity: Bool = true
  ) -> (JSON.Object, paths: [JSON], buffers: [[UInt8]]) {
    var state = withIdentity ? identity : [:]
    var paths: [JSON] = []
    var buffers: [[UInt8]] = []
    for name in names {
      guard let value = own(name) else { continue }
      if case .object(let object) = value, let bytes = object as? BytesObject {
        paths.append([.string(name)])
        buffers.append(bytes.bytes)
      } else {
        state[name] = Self.json(value, machine)
      }
    }
    return (state, paths, buffers)
  }

  static func json(_ value: Value, _ machine: Machine, depth: Int = 0) -> JSON {
    if let widget = value.asInstance as? WidgetObject { return .string("IPY_MODEL_" + widget.id) }
    if depth < 50, value.asTuple != nil || value.asList != nil,
      let items = try? machine.array(value)
    {
      return .array(items.map { json($0, machine, depth: depth + 1) })
    }
    return (try? JSONConversion.json(value, machine)) ?? .null
  }

  static func value(_ json: JSON, _ machine: Machine) -> Value {
    if let text = json.string, text.hasPrefix("IPY_MODEL_"),
      let widget = machine.comms.open[String(text.dropFirst(10))] as? WidgetObject
    {
      return .object(widget)
    }
    if let items = json.array { return .list(items.map { value($0, machine) }) }
    return JSONValue.value(json)
  }

  // MARK: - Changes

  /// Sets a trait: checked, sent, told.
  func set(
    _ name: String, _ value: Value, _ machine: Machine, isBeginning: Bool = false
  ) throws {
    guard let trait = family.trait(name) else {
      setOwn(name, value)
      return
    }
    let checked = try trait.checked(value, for: self, machine)
    let new = try WidgetRules.corrected(self, name, checked, machine, isBeginning: isBeginning)
    try put(name, new, machine)
    if !isBeginning { try WidgetRules.follow(self, name, machine) }
  }

  /// Stores a value that is known to be right.
  func put(_ name: String, _ new: Value, _ machine: Machine) throws {
    let old = own(name) ?? .none
    if try Self.isSame(old, new, machine) {
      if isInitialized, let sent = receiving[name], sent != Self.json(new, machine) {
        update([name], machine)
      }
      return
    }
    setOwn(name, new)
    guard isInitialized else { return }
    if family.trait(name)?.isSynced == true, receiving[name] != Self.json(new, machine) {
      update([name], machine)
    }
    try tell(name, old: old, new: new, machine)
  }

  private static func isSame(_ a: Value, _ b: Value, _ machine: Machine) throws -> Bool {
    if a.isIdentical(to: b) { return true }
    if machine.typeName(a) != machine.typeName(b) { return false }
    return try machine.equals(a, b)
  }

  /// Sends attributes to the front end.
  func update(_ names: [String], _ machine: Machine) {
    if held != nil {
      for name in names { held?.insert(name) }
      return
    }
    guard isOpen, let port = machine.commPort else { return }
    let (state, paths, buffers) = state(of: names, machine, withIdentity: false)
    port.send(
      CommSignal(
        .message, id: id,
        data: ["method": "update", "state": .object(state), "buffer_paths": .array(paths)],
        buffers: buffers))
  }

  func hold() { if held == nil { held = [] } }

  func letGo(_ machine: Machine) {
    guard let names = held else { return }
    held = nil
    if !names.isEmpty { update(names.sorted(), machine) }
  }

  /// Sends a message of the program's own.
  func send(_ content: JSON, _ buffers: [[UInt8]], _ machine: Machine) {
    machine.commPort?.send(
      CommSignal(
        .message, id: id, data: ["method": "custom", "content": content], buffers: buffers))
  }

  // MARK: - Observers

  func observe(_ handler: Value, names: Set<String>?) { observers.append((names, handler)) }

  func observe(_ name: String, _ handler: @escaping (Machine) throws -> Void) {
    nativeObservers.append((name, handler))
  }

  /// - Returns: whether it was there.
  func unobserve(_ handler: Value, names: Set<String>?, _ machine: Machine) throws -> Bool {
    for (place, observer) in observers.enumerated()
    where try observer.names == names && machine.equals(observer.handler, handler) {
      observers.remove(at: place)
      return true
    }
    return false
  }

  func unobserveAll(_ name: String?) {
    observers.removeAll { name == nil || $0.names == name.map { [$0] } }
  }

  private func tell(_ name: String, old: Value, new: Value, _ machine: Machine) throws {
    for observer in nativeObservers where observer.name == name { try observer.handler(machine) }
    let wanting = observers.filter { $0.names?.contains(name) ?? true }
    if wanting.isEmpty { return }
    let change = Instance(machine.type(WidgetChange.table))
    change.setOwn("name", .string(name))
    change.setOwn("old", old)
    change.setOwn("new", new)
    change.setOwn("owner", .object(self))
    change.setOwn("type", .string("change"))
    for observer in wanting { _ = try machine.call(observer.handler, [.object(change)]) }
  }

  func onClick(_ handler: Value, remove: Bool, _ machine: Machine) throws {
    if remove {
      clickHandlers = try clickHandlers.filter { try !machine.equals($0, handler) }
    } else {
      clickHandlers.append(handler)
    }
  }

  func onMessage(_ handler: Value) { messageHandlers.append(handler) }

  func click(_ machine: Machine) throws {
    try part?.clicked(machine)
    for handler in clickHandlers { _ = try machine.call(handler, [.object(self)]) }
  }

  // MARK: - CommHandler

  func received(_ signal: CommSignal, _ machine: Machine) throws {
    switch signal.data["method"]?.string {
    case "update": try receive(signal, machine)
    case "request_state": update(syncedNames, machine)
    case "custom":
      let content = signal.data["content"] ?? .null
      if content["event"] == "click" { try click(machine) }
      let buffers = Value.list(signal.buffers.map { .object(BytesObject($0)) })
      for handler in messageHandlers {
        _ = try machine.call(handler, [.object(self), JSONValue.value(content), buffers])
      }
    default: break
    }
  }

  private func receive(_ signal: CommSignal, _ machine: Machine) throws {
    guard let state = signal.data["state"]?.object else { return }
    // The other clients show the change before anything comes of it.
    machine.commPort?.send(
      CommSignal(
        .message, id: id,
        data: [
          "method": "echo_update", "state": .object(state),
          "buffer_paths": signal.data["buffer_paths"] ?? [],
        ], buffers: signal.buffers))
    var values: [(String, Value)] = []
    for (name, json) in state where family.trait(name)?.isSynced == true {
      values.append((name, Self.value(json, machine)))
      receiving[name] = json
    }
    for (path, buffer) in zip(signal.data["buffer_paths"]?.array ?? [], signal.buffers) {
      if let name = path[0]?.string, family.trait(name) != nil {
        values.append((name, .object(BytesObject(buffer))))
      }
    }
    defer { receiving = [:] }
    for (name, value) in values { try set(name, value, machine) }
  }

  func closed(_ signal: CommSignal, _ machine: Machine) throws { isOpen = false }

  // MARK: - RichObject

  func bundle(_ machine: Machine) throws -> MIMEBundle {
    let plain = try machine.repr(.object(self))
    guard family.isShown, isOpen, machine.commPort != nil else { return MIMEBundle(plain: plain) }
    return MIMEBundle(data: [
      "text/plain": .string(plain),
      "application/vnd.jupyter.widget-view+json": [
        "version_major": 2, "version_minor": 0, "model_id": .string(id),
      ],
    ])
  }
}

extension JSON {
  fileprivate subscript(place: Int) -> JSON? {
    guard let items = array, items.indices.contains(place) else { return nil }
    return items[place]
  }
}

/// What a widget holds besides its traits.
protocol WidgetPart: AnyObject {
  func visit(_ visitor: ReferenceVisitor)
  func surrender(into heap: inout [Value])
  func clicked(_ machine: Machine) throws
}

extension WidgetPart {
  func visit(_ visitor: ReferenceVisitor) {}
  func surrender(into heap: inout [Value]) {}
  func clicked(_ machine: Machine) throws {}
}

/// Answers a front end that asks for the state of all widgets: after a page was loaded again.
final class WidgetControl: CommHandler {
  private let id: String
  init(id: String) { self.id = id }

  func received(_ signal: CommSignal, _ machine: Machine) throws {
    guard signal.data["method"] == "request_states" else { return }
    var states = JSON.Object()
    var paths: [JSON] = []
    var buffers: [[UInt8]] = []
    for (id, handler) in machine.comms.open.sorted(by: { $0.key < $1.key }) {
      guard let widget = handler as? WidgetObject else { continue }
      let (state, own, bytes) = widget.state(of: widget.syncedNames, machine)
      states[id] = [
        "model_name": .string(widget.family.model),
        "model_module": .string(widget.family.package.rawValue),
        "model_module_version": .string(widget.family.package.version), "state": .object(state),
      ]
      paths += own.map { .array([.string(id), "state"] + ($0.array ?? [])) }
      buffers += bytes
    }
    machine.commPort?.send(
      CommSignal(
        .message, id: self.id,
        data: [
          "method": "update_states", "states": .object(states), "buffer_paths": .array(paths),
        ], buffers: buffers))
  }

  func closed(_ signal: CommSignal, _ machine: Machine) throws {}
}

/// What observers get: `change['new']`, `change.new`.
enum WidgetChange {
  static let table = TypeTable(
    "Bunch", module: "traitlets.utils.bunch", doc: "A change of an attribute.", base: Bunch.table,
    allocate: { Instance($0) })
}
