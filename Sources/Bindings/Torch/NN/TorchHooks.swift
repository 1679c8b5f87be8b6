import Language
import TensorCore

/// Functions that a module calls around `forward` and during the walk back.
final class TorchHooks {
  struct Hook {
    let id: Int
    let function: Value
    let withKeywords: Bool
  }
  enum Kind: Int { case before, after, backward, backwardBefore }
  private var lists: [[Hook]] = [[], [], [], []]
  private var next = 0

  func add(_ function: Value, _ kind: Kind, first: Bool, withKeywords: Bool) -> Int {
    next += 1
    let hook = Hook(id: next, function: function, withKeywords: withKeywords)
    if first { lists[kind.rawValue].insert(hook, at: 0) } else { lists[kind.rawValue].append(hook) }
    return next
  }

  func remove(_ id: Int) { for i in lists.indices { lists[i].removeAll { $0.id == id } } }
  func of(_ kind: Kind) -> [Hook] { lists[kind.rawValue] }
  var isEmpty: Bool { lists.allSatisfy(\.isEmpty) }
  var functions: [Value] { lists.flatMap { $0.map(\.function) } }
  func copied() -> TorchHooks {
    let result = TorchHooks()
    (result.lists, result.next) = (lists, next)
    return result
  }
  func clear() { lists = [[], [], [], []] }
}

/// What the registration of a hook gives.
final class TorchHookHandle: Instance {
  private weak var module: TorchModule?
  private var removal: ((Int) -> Void)?
  let id: Int

  /// A handle of something else than a module's hooks.
  init(_ id: Int, _ type: TypeObject, removal: @escaping (Int) -> Void) {
    self.id = id
    self.removal = removal
    super.init(type)
  }

  init(_ module: TorchModule, _ id: Int, _ type: TypeObject) {
    self.module = module
    self.id = id
    super.init(type)
  }

  func remove() {
    removal?(id)
    removal = nil
    guard let hooks = module?.hooks else { return }
    hooks.remove(id)
    if hooks.isEmpty { module?.hooks = nil }
  }

  static let table = TypeTable(
    "RemovableHandle", module: "torch.utils.hooks", doc: "Takes a hook of a module away again.",
    properties: [
      NativeProperty("id", "The number of the hook.") { value, _ in
        .int((value.asInstance as? TorchHookHandle)?.id ?? 0)
      }
    ],
    methods: [
      Native("remove(self)", "Takes the hook away.") { a in
        try a.receiver(TorchHookHandle.self).remove()
        return .none
      },
      Native("__enter__(self)", "Begins a block.") { a in a[0] },
      Native("__exit__(self, kind, value, traceback)", "Takes the hook away.") { a in
        try a.receiver(TorchHookHandle.self).remove()
        return .bool(false)
      },
    ])
}

extension TorchModule {
  /// Calls a module: hooks, `forward`, hooks.
  static func call(_ a: Arguments) throws -> Value {
    let module = try a.receiver(TorchModule.self)
    return try module.called(a[0], a.items(1), a.keywords(2), a.machine)
  }

  func called(
    _ own: Value, _ given: [Value], _ keywords: [(name: String, value: Value)], _ machine: Machine
  ) throws -> Value {
    guard let hooks else {
      return try machine.call(machine.attribute(own, "forward"), given, keywords: keywords)
    }
    var (arguments, keywords) = (given, keywords)
    for hook in hooks.of(.before) {
      if hook.withKeywords {
        let result = try machine.call(
          hook.function, [own, .tuple(arguments), Self.dict(keywords)])
        if result.isNone { continue }
        guard let pair = result.asTuple?.items, pair.count == 2, let first = pair[0].asTuple,
          let second = pair[1].asDict
        else {
          throw Raise(
            .runtimeError,
            "forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got \(try machine.text(of: result)).")
        }
        arguments = first.items
        keywords = second.pairs.compactMap { pair in pair.key.swiftString.map { ($0, pair.value) } }
      } else {
        let result = try machine.call(hook.function, [own, .tuple(arguments)])
        if !result.isNone { arguments = result.asTuple?.items ?? [result] }
      }
    }
    let watcher = hooks.of(.backward).isEmpty && hooks.of(.backwardBefore).isEmpty
      ? nil : BackwardWatch(self, own, machine)
    if let watcher { arguments = try watcher.inputs(arguments) }
    var result = try machine.call(machine.attribute(own, "forward"), arguments, keywords: keywords)
    for hook in hooks.of(.after) {
      let extra = hook.withKeywords ? [Self.dict(keywords)] : []
      let new = try machine.call(hook.function, [own, .tuple(arguments)] + extra + [result])
      if !new.isNone { result = new }
    }
    return try watcher?.outputs(result) ?? result
  }

  private static func dict(_ pairs: [(name: String, value: Value)]) -> Value {
    let dict = DictObject()
    for pair in pairs { dict[pair.name] = pair.value }
    return .object(dict)
  }
}

/// Watches the gradients of a module's inputs and outputs for one call.
private final class BackwardWatch {
  private let module: TorchModule
  private let own: Value
  private let machine: Machine
  /// The gradients of the outputs, once they are known.
  private var outputGradients: Value = .none
  private var watchesInputs = false

  init(_ module: TorchModule, _ own: Value, _ machine: Machine) {
    self.module = module
    self.own = own
    self.machine = machine
  }

  func inputs(_ arguments: [Value]) throws -> [Value] {
    let places = arguments.indices.filter { arguments[$0].asTensorObject?.tensor.requiresGrad == true }
    guard GradientMode.isEnabled, !places.isEmpty else { return arguments }
    watchesInputs = true
    let tensors = places.compactMap { arguments[$0].asTensorObject?.tensor }
    let shown = try Tensor.recorded(
      results: tensors.map { $0.detach() }, as: "BackwardHookFunctionBackward", from: tensors
    ) { [self] gradients, _ in
      var all = [Value](repeating: .none, count: arguments.count)
      for (i, place) in places.enumerated() {
        if let gradient = gradients[i] { all[place] = machine.torchValue(gradient) }
      }
      let changed = try run(.tuple(all))
      guard let items = changed else { return gradients }
      return places.map { items.indices.contains($0) ? items[$0].asTensorObject?.tensor : nil }
    }
    var result = arguments
    for (i, place) in places.enumerated() { result[place] = machine.torchValue(shown[i]) }
    return result
  }

  func outputs(_ value: Value) throws -> Value {
    var items = value.asTuple?.items ?? [value]
    let places = items.indices.filter { items[$0].asTensorObject?.tensor.requiresGrad == true }
    guard GradientMode.isEnabled, !places.isEmpty else { return value }
    let tensors = places.compactMap { items[$0].asTensorObject?.tensor }
    let shown = try Tensor.recorded(
      results: tensors.map { $0.detach() }, as: "BackwardHookFunctionBackward", from: tensors
    ) { [self] gradients, _ in
      var all = [Value](repeating: .none, count: items.count)
      for (i, place) in places.enumerated() {
        if let gradient = gradients[i] { all[place] = machine.torchValue(gradient) }
      }
      var given = gradients
      for hook in module.hooks?.of(.backwardBefore) ?? [] {
        let result = try machine.call(hook.function, [own, .tuple(all)])
        if result.isNone { continue }
        all = result.asTuple?.items ?? [result]
        given = places.map { all.indices.contains($0) ? all[$0].asTensorObject?.tensor : nil }
      }
      outputGradients = .tuple(all)
      if !watchesInputs { _ = try run(.tuple([.none])) }
      return given
    }
    for (i, place) in places.enumerated() { items[place] = machine.torchValue(shown[i]) }
    return value.asTuple == nil ? items[0] : .tuple(items)
  }

  /// Calls the hooks; gives the gradients of the inputs that one of them put in the place of others.
  private func run(_ inputs: Value) throws -> [Value]? {
    var current = inputs
    var changed = false
    for hook in module.hooks?.of(.backward) ?? [] {
      let result = try machine.call(hook.function, [own, current, outputGradients])
      if result.isNone { continue }
      current = result.asTuple == nil ? .tuple([result]) : result
      changed = true
    }
    return changed ? current.asTuple?.items : nil
  }
}
