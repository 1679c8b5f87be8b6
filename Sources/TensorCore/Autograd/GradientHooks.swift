/// Functions that see a gradient before it goes on, in the order of their registration.
///
/// The gradient that they see is whole: all uses of the tensor have delivered theirs.
final class GradientHooks {
  private var entries: [(id: Int, body: (Tensor) throws -> Tensor?)] = []
  private var announced: [(id: Int, body: (Tensor) throws -> Void)] = []
  private var nextID = 0
  /// Gets the gradient in `grad` after the hooks. (`retain_grad`)
  weak var retaining: Tensor?

  func add(_ body: @escaping (Tensor) throws -> Tensor?) -> Int {
    nextID += 1
    entries.append((nextID, body))
    return nextID
  }

  func addAnnouncement(_ body: @escaping (Tensor) throws -> Void) -> Int {
    nextID += 1
    announced.append((nextID, body))
    return nextID
  }

  func remove(_ id: Int) {
    entries.removeAll { $0.id == id }
    announced.removeAll { $0.id == id }
  }

  /// What goes on after all hooks have seen it; one may exchange it for another of the same shape.
  func pass(_ gradient: Tensor) throws -> Tensor {
    var gradient = gradient
    for entry in entries {
      guard let other = try entry.body(gradient) else { continue }
      guard other.shape == gradient.shape else {
        throw TensorError.gradient(
          message: "hook has changed the size of value: from \(gradient.shape) to "
            + "\(other.shape)")
      }
      gradient = other
    }
    retaining?.grad = gradient
    return gradient
  }

  func announce(_ leaf: Tensor) throws {
    for entry in announced { try entry.body(leaf) }
  }
}

/// Takes a hook away again.
public struct HookHandle {
  public let id: Int
  private weak var hooks: GradientHooks?

  init(_ id: Int, _ hooks: GradientHooks) {
    self.id = id
    self.hooks = hooks
  }

  public func remove() { hooks?.remove(id) }
}

extension Tensor {
  private var ownHooks: GradientHooks {
    if let node {
      let hooks = node.hooks ?? GradientHooks()
      node.hooks = hooks
      return hooks
    }
    let own = hooks ?? GradientHooks()
    hooks = own
    return own
  }

  private func requireGradient(_ operation: String) throws {
    if !requiresGrad {
      throw TensorError.gradient(
        message: "cannot register a hook on a tensor that doesn't require gradient")
    }
  }

  /// Calls `body` with the gradient of this tensor whenever one is computed; what it gives takes the
  /// gradient's place. (`register_hook`)
  ///
  /// - Throws: `TensorError.gradient` for a tensor that requires no gradient.
  @discardableResult
  public func registerHook(_ body: @escaping (Tensor) throws -> Tensor?) throws -> HookHandle {
    try requireGradient("register_hook")
    let hooks = ownHooks
    return HookHandle(hooks.add(body), hooks)
  }

  /// Calls `body` with this leaf after `backward` has added to its `grad`.
  @discardableResult
  public func registerPostAccumulateHook(
    _ body: @escaping (Tensor) throws -> Void
  ) throws -> HookHandle {
    try requireGradient("register_post_accumulate_grad_hook")
    guard node == nil else {
      throw TensorError.gradient(
        message: "post accumulate grad hooks cannot be registered on non-leaf tensors")
    }
    let hooks = ownHooks
    return HookHandle(hooks.addAnnouncement(body), hooks)
  }

  /// Keeps the gradient of a result in its `grad`, which else only leaves have. (`retain_grad`)
  public func retainGrad() throws {
    guard requiresGrad else {
      throw TensorError.gradient(message: "can't retain_grad on Tensor that has requires_grad=False")
    }
    if node != nil { ownHooks.retaining = self }
  }

  /// Whether `retainGrad` was called on a result.
  public var retainsGrad: Bool { node?.hooks?.retaining === self }
}

/// A recorded operation from outside: its name and where its gradients go.
public struct OperationRecord {
  private let node: Node

  init(_ node: Node) { self.node = node }

  public var name: String { node.name }
  /// The same for the same operation.
  public var identity: ObjectIdentifier { ObjectIdentifier(node) }

  public enum Next {
    case operation(OperationRecord)
    case leaf(Tensor)
    case nothing
  }

  /// One for each operand.
  public var next: [Next] {
    var result = (0..<node.edges.count).map { i -> Next in
      let edge = node.edges[i]
      if let next = edge.node { return .operation(OperationRecord(next)) }
      return edge.leaf.map { .leaf($0) } ?? .nothing
    }
    // Two places are always there; operations of one operand leave the second empty.
    while result.count > 1, case .nothing? = result.last { result.removeLast() }
    return result
  }
}
