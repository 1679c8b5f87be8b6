import TensorCore

/// A part of a model: parameters, buffers, other modules, and a function of one tensor.
///
/// Subclasses register what they own in `init` under the names that checkpoints use. Names of parts
/// inside parts are joined by points: `"0.weight"`.
open class Module {
  /// Whether layers like `Dropout` do what they do in training.
  public var isTraining = true
  /// A name in a larger model: Keras's `"dense_1"`; nil when nobody gave one.
  public var label: String?

  public private(set) var ownParameters: [(name: String, tensor: Tensor)] = []
  public private(set) var ownBuffers: [(name: String, tensor: Tensor)] = []
  public private(set) var children: [(name: String, module: Module)] = []

  public init() {}

  /// The name of the kind in PyTorch's spelling: `"Linear"`.
  open var kind: String { String(describing: type(of: self)) }

  /// What stands between the parentheses of the printed form: `"in_features=4, out_features=2"`.
  open var details: String { "" }

  /// Applies the module.
  open func forward(_ input: Tensor) throws -> Tensor {
    throw NeuralNetworkError.argument(owner: kind, message: "has no forward function")
  }

  public final func callAsFunction(_ input: Tensor) throws -> Tensor { try forward(input) }

  /// Makes what depends on the input's shape, and says which shape comes out.
  ///
  /// - Parameter input: sizes; nil where a size is not known, as the batch's.
  open func build(_ input: [Int?]) throws -> [Int?] { input }

  // MARK: Registration

  /// Registers, or replaces, a parameter.
  open func register(parameter tensor: Tensor, named name: String) throws {
    if tensor.isLeaf && !tensor.requiresGrad && tensor.dtype.isFloating {
      try tensor.setRequiresGrad(true)
    }
    if let i = ownParameters.firstIndex(where: { $0.name == name }) {
      ownParameters[i].tensor = tensor
    } else {
      ownParameters.append((name, tensor))
    }
  }

  /// Registers, or replaces, a tensor that belongs to the state but is not trained.
  public func register(buffer tensor: Tensor, named name: String) {
    if let i = ownBuffers.firstIndex(where: { $0.name == name }) {
      ownBuffers[i].tensor = tensor
    } else {
      ownBuffers.append((name, tensor))
    }
  }

  /// Registers, or replaces, a part.
  public func register(child module: Module, named name: String) {
    if let i = children.firstIndex(where: { $0.name == name }) {
      children[i].module = module
    } else {
      children.append((name, module))
    }
  }

  /// Puts another tensor in the place of a parameter or buffer as it is: frozen parameters stay so.
  ///
  /// - Parameter tensor: nil leaves nothing under the name.
  public func place(_ tensor: Tensor?, named name: String) {
    if let i = ownParameters.firstIndex(where: { $0.name == name }) {
      if let tensor { ownParameters[i].tensor = tensor } else { ownParameters.remove(at: i) }
    } else if let i = ownBuffers.firstIndex(where: { $0.name == name }) {
      if let tensor { ownBuffers[i].tensor = tensor } else { ownBuffers.remove(at: i) }
    } else if let tensor {
      ownParameters.append((name, tensor))
    }
  }

  /// The parameter or buffer of a name.
  public final func tensor(_ name: String) -> Tensor? {
    for own in ownParameters where own.name == name { return own.tensor }
    for own in ownBuffers where own.name == name { return own.tensor }
    return nil
  }

  /// The part of a name.
  public final func child(_ name: String) -> Module? {
    for child in children where child.name == name { return child.module }
    return nil
  }

  /// Makes a parameter, filled by a rule.
  @discardableResult
  final func make(
    _ name: String, _ shape: [Int], dtype: DType = .float32, _ fill: (Tensor) throws -> Void
  ) throws -> Tensor {
    let tensor = try Tensor.zeros(shape, dtype: dtype)
    try noGrad { try fill(tensor) }
    try register(parameter: tensor, named: name)
    return tensor
  }

  /// Forgets a parameter, buffer or part of this name.
  public func unregister(_ name: String) {
    ownParameters.removeAll { $0.name == name }
    ownBuffers.removeAll { $0.name == name }
    children.removeAll { $0.name == name }
  }

  // MARK: Walks

  /// This module and all parts below it, each once, with their names ("" for this).
  public func namedModules() -> [(name: String, module: Module)] {
    var seen: Set<ObjectIdentifier> = []
    var result: [(name: String, module: Module)] = []
    // A list of work instead of recursion: parts may be nested as deep as a program likes.
    var open: [(name: String, module: Module)] = [("", self)]
    while let next = open.popLast() {
      guard seen.insert(ObjectIdentifier(next.module)).inserted else { continue }
      result.append(next)
      for child in next.module.children.reversed() {
        open.append((next.name.isEmpty ? child.name : next.name + "." + child.name, child.module))
      }
    }
    return result
  }

  /// All parameters, each once: the module's own, then those of its parts in their order.
  public func namedParameters() -> [(name: String, tensor: Tensor)] {
    var seen: Set<ObjectIdentifier> = []
    return namedModules().flatMap { name, module in
      module.ownParameters.compactMap { own in
        seen.insert(ObjectIdentifier(own.tensor)).inserted
          ? (name.isEmpty ? own.name : name + "." + own.name, own.tensor) : nil
      }
    }
  }

  public var parameters: [Tensor] { namedParameters().map(\.tensor) }

  public func namedBuffers() -> [(name: String, tensor: Tensor)] {
    namedModules().flatMap { name, module in
      module.ownBuffers.map { (name.isEmpty ? $0.name : name + "." + $0.name, $0.tensor) }
    }
  }

  /// The number of parameter elements; `trainable` counts only those that collect gradients.
  public func parameterCount(trainable: Bool = false) -> Int {
    parameters.filter { !trainable || $0.requiresGrad }.reduce(0) { $0 + $1.count }
  }

  // MARK: State

  /// Parameters and buffers by name, in PyTorch's order; the tensors share memory with the model.
  public func stateDict() -> [(name: String, tensor: Tensor)] {
    namedModules().flatMap { name, module in
      (module.ownParameters + module.ownBuffers).map {
        (name.isEmpty ? $0.name : name + "." + $0.name, $0.tensor.detach())
      }
    }
  }

  /// Copies values into parameters and buffers.
  ///
  /// - Parameter strict: whether missing and unexpected names are errors.
  /// - Returns: names without a value, and values without a place.
  @discardableResult
  public func loadStateDict(_ state: [(name: String, tensor: Tensor)], strict: Bool = true) throws
    -> (missing: [String], unexpected: [String])
  {
    let own = stateDict()
    let given = Dictionary(state.map { ($0.name, $0.tensor) }) { _, last in last }
    let names = Set(own.map(\.name))
    let missing = own.map(\.name).filter { given[$0] == nil }
    let unexpected = state.map(\.name).filter { !names.contains($0) }
    var problems: [String] = []
    if strict && !missing.isEmpty {
      problems.append("Missing key(s) in state_dict: " + Self.quoted(missing) + ". ")
    }
    if strict && !unexpected.isEmpty {
      problems.append("Unexpected key(s) in state_dict: " + Self.quoted(unexpected) + ". ")
    }
    for (name, place) in own {
      if let value = given[name], value.shape != place.shape {
        problems.append(
          "size mismatch for \(name): copying a param with shape torch.Size(\(value.shape)) from "
            + "checkpoint, the shape in current model is torch.Size(\(place.shape)).")
      }
    }
    guard problems.isEmpty else {
      throw NeuralNetworkError.state(
        message: "Error(s) in loading state_dict for \(kind):\n\t"
          + problems.joined(separator: "\n\t"))
    }
    try noGrad {
      for (name, place) in own {
        if let value = given[name] { try place.copy(from: value) }
      }
    }
    return (missing, unexpected)
  }

  private static func quoted(_ names: [String]) -> String {
    names.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  // MARK: Modes and gradients

  /// Switches this and all parts between training and use.
  public func train(_ mode: Bool = true) {
    for (_, module) in namedModules() { module.isTraining = mode }
  }

  public func eval() { train(false) }

  /// Forgets the gradients of all parameters.
  public func zeroGrad() {
    for parameter in parameters { parameter.grad = nil }
  }

  // MARK: Printed form

  /// The form that PyTorch's `print(model)` gives.
  public var description: String { text(indent: 0) }

  private func text(indent: Int) -> String {
    // Nesting beyond what a page shows is cut, which also bounds the recursion.
    if indent > 100 { return kind + "(...)" }
    if children.isEmpty { return kind + "(" + details + ")" }
    let pad = String(repeating: " ", count: indent + 2)
    var lines = kind + "(\n"
    if !details.isEmpty { lines += pad + details + "\n" }
    for (name, module) in children {
      lines += pad + "(\(name)): " + module.text(indent: indent + 2) + "\n"
    }
    return lines + String(repeating: " ", count: indent) + ")"
  }
}

extension Module: CustomStringConvertible {}
