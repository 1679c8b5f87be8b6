import Compute

// The gradient tape.
//
// An operation on a tensor that requires gradients makes a `Node`: what was done, where the gradient
// goes next (`edges`), and a rule that turns the gradient of the result into the gradients of the
// operands. Nodes point at the nodes of their operands, so the newest result holds the whole history
// and the history goes away with it.
//
// Nodes are numbered in the order of their making. An operand always exists before the result, so a
// walk by falling numbers meets every node after all of its users: no search for an order is needed.
//
// Rules are written with tensor operations. While `backward(createGraph:)` runs they are recorded
// like any other operation, which is all that higher derivatives need.
//
// Chains get long (a forgotten `total = total + loss` reaches a million nodes), so nothing here
// recurses: `backward` walks with a list, and `ReleaseQueue` takes a chain apart link by link.

/// Where the gradient of one operand goes: to the operation that made it, or to a leaf, which
/// collects it in `grad`, or nowhere.
enum Edge {
  case none
  case node(Node)
  case leaf(Tensor)

  var node: Node? { if case .node(let node) = self { node } else { nil } }
  var leaf: Tensor? { if case .leaf(let leaf) = self { leaf } else { nil } }
  var wanted: Bool { if case .none = self { false } else { true } }
}

/// The edges of a node; the first two without an array, because nearly all operations have no more.
struct Edges {
  private let first: Edge
  private let second: Edge
  private let others: [Edge]?

  @inline(__always)
  init(_ first: Edge = .none, _ second: Edge = .none) {
    self.first = first
    self.second = second
    others = nil
  }

  init(_ all: [Edge]) {
    first = all.first ?? .none
    second = all.count > 1 ? all[1] : .none
    others = all.count > 2 ? Array(all[2...]) : nil
  }

  subscript(i: Int) -> Edge {
    if i == 0 { return first }
    if i == 1 { return second }
    guard let others, i - 2 < others.count else { return .none }
    return others[i - 2]
  }

  /// At least as many as there are operands; missing ones are `none`.
  var count: Int { 2 + (others?.count ?? 0) }

  /// Whether nothing but leaves is known to be behind these.
  var leadNowhere: Bool {
    if case .node = first { return false }
    if case .node = second { return false }
    return others == nil
  }
}

/// A recorded operation.
final class Node: @unchecked Sendable {
  /// PyTorch's name of the operation: `"AddBackward0"`.
  @exclusivity(unchecked) var name: String
  let sequence: Int64
  @exclusivity(unchecked) private var held: ReleaseQueue.Remains

  /// Whether the rule's gradients, unless they are the one it was given, are memory that nobody else
  /// holds: a leaf may then keep it without a copy.
  @exclusivity(unchecked) var givesFresh = false
  /// What wants to see the gradient of the result; nil for nearly all.
  @exclusivity(unchecked) var hooks: GradientHooks?

  // Belongs to the walk that is under way.
  @exclusivity(unchecked) var mark: Int64 = 0
  var pending: Tensor? {
    get { held.pending }
    set { held.pending = newValue }
  }

  init(_ name: String, _ edges: Edges, _ rule: @escaping (GradientCall) throws -> [Tensor?]) {
    self.name = name
    held = ReleaseQueue.Remains(edges: edges, rule: rule)
    sequence = sw_next_sequence()
  }

  /// An operation that keeps nothing: its rule is the operation's own.
  init(_ operation: BinaryOperation, _ edges: Edges) {
    name = operation.gradientName
    held = ReleaseQueue.Remains(edges: edges, operation: operation)
    sequence = sw_next_sequence()
    givesFresh = true
  }

  deinit {
    if !held.isSimple { ReleaseQueue.release(&held) }
  }

  /// One per operand.
  var edges: Edges { held.edges }
  /// Gradient of the result, in; gradients of the operands, out. Nil once released.
  var rule: ((GradientCall) throws -> [Tensor?])? {
    if let operation = held.operation { return { try operation.gradients($0) } }
    return held.rule
  }

  /// Remembers the values of the result for the rule; without the node, which would be a cycle.
  func keepResult(_ tensor: Tensor) { held.result = Saved(tensor.alias(), madeBy: name) }

  /// The result as a recorded tensor.
  func recordedResult() throws -> Tensor {
    guard let result = held.result else {
      throw TensorError.gradient(message: "\(name): the result was not kept")
    }
    let tensor = try result.value(name).alias()
    tensor.node = self
    return tensor
  }

  /// Gives up what was kept for the gradient.
  func release() {
    held.rule = nil
    held.operation = nil
    held.result = nil
  }
}

/// A value kept for a gradient, with the count of writes to its memory at that time.
struct Saved {
  private let tensor: Tensor
  private let version: Int
  /// The operation whose result it is, where `tensor` itself does not know.
  private let maker: String?

  init(_ tensor: Tensor, madeBy maker: String? = nil) {
    self.tensor = tensor
    self.maker = maker
    version = tensor.storage.version
  }

  /// - Throws: `TensorError.gradient` when the memory was written to since.
  func value(_ operation: String) throws -> Tensor {
    guard tensor.storage.version == version else { throw changed }
    return tensor
  }

  private var changed: TensorError {
    let kind = "torch.\(tensor.dtype.storageClass)Tensor"
    let made =
      (tensor.node?.name ?? maker).map { name in
        // PyTorch 2.15 leaves the ending out here.
        let plain = name.firstRange(of: "Backward").map { String(name[..<$0.lowerBound]) } ?? name
        return ", which is output 0 of \(plain == "CopySlices" ? "torch::autograd::" : "")\(plain),"
      } ?? ""
    return .gradient(
      message: "one of the variables needed for gradient computation has been modified by an inplace "
        + "operation: [\(kind) \(tensor.shape)]\(made) is at version \(tensor.storage.version); "
        + "expected version \(version) instead. Hint: enable anomaly detection to find the operation "
        + "that failed to compute its gradient, with "
        + "torch.autograd.set_detect_anomaly(True, check_nan=False).")
  }
}

extension DType {
  /// PyTorch's class of tensors and storages: `Float`, `Long`.
  var storageClass: String { String(PickleGlobal.storageName(self).dropLast("Storage".count)) }
}

/// What a gradient rule gets.
struct GradientCall {
  /// The gradient of the result; has the result's shape.
  let gradient: Tensor
  let node: Node

  /// Whether operand `i` needs a gradient.
  func needs(_ i: Int) -> Bool { node.edges[i].wanted }

  /// The result of the forward pass.
  var result: Tensor { get throws { try node.recordedResult() } }
}

/// Takes chains of nodes apart without recursion.
///
/// Releasing the last reference to a node would release its operands' nodes, and so on down the
/// chain on the stack. Instead a dying node hands all that it holds to the list of its thread, and
/// whoever began the release empties the list.
///
/// Everything is handed over by exchange: a copy on the way leaves a second reference in a local
/// variable, whose end of life is the recursion that this prevents.
final class ReleaseQueue {
  /// What a node held: both its edges and the tensors that its rule kept lead to other nodes.
  struct Remains {
    var edges = Edges()
    var rule: ((GradientCall) throws -> [Tensor?])?
    /// Instead of a rule; operations live as long as the process.
    unowned(unsafe) var operation: BinaryOperation?
    var result: Saved?
    var pending: Tensor?

    /// Whether no chain can hang on this.
    var isSimple: Bool {
      rule == nil && result == nil && pending == nil && edges.leadNowhere
    }
  }

  @exclusivity(unchecked) private var remains: [Remains] = []
  @exclusivity(unchecked) private var isDraining = false

  /// One per thread that ever recorded something; lives as long as the process.
  private static var current: ReleaseQueue {
    if let own = sw_slot_get(Int32(SW_SLOT_RELEASING)) {
      return Unmanaged<ReleaseQueue>.fromOpaque(own).takeUnretainedValue()
    }
    let queue = ReleaseQueue()
    sw_slot_set(Int32(SW_SLOT_RELEASING), Unmanaged.passRetained(queue).toOpaque())
    return queue
  }

  static func release(_ dying: inout Remains) {
    let queue = current
    queue.remains.append(Remains())
    swap(&queue.remains[queue.remains.count - 1], &dying)
    if queue.isDraining { return }
    queue.isDraining = true
    while !queue.remains.isEmpty { queue.remains.removeLast() }
    queue.isDraining = false
  }
}
