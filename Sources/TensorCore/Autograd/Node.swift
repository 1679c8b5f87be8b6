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

/// Where the gradient of one operand goes.
enum Edge {
  /// The operand needs none.
  case none
  /// To the operation that made the operand.
  case node(Node)
  /// To a leaf, which collects it in `grad`.
  case leaf(Tensor)

  var wanted: Bool {
    if case .none = self { return false }
    return true
  }
}

/// A recorded operation.
final class Node: @unchecked Sendable {
  /// PyTorch's name of the operation: `"AddBackward0"`.
  let name: String
  let sequence: Int64
  /// One per operand.
  private(set) var edges: [Edge]
  /// Gradient of the result, in; gradients of the operands, out. Nil once released.
  private(set) var rule: ((GradientCall) throws -> [Tensor?])?
  /// What the result was, when the rule asks for it; without the node, which would be a cycle.
  private var result: Saved?

  // Belongs to the walk that is under way.
  var mark: Int64 = 0
  var pending: Tensor?

  init(_ name: String, _ edges: [Edge], _ rule: @escaping (GradientCall) throws -> [Tensor?]) {
    self.name = name
    self.edges = edges
    self.rule = rule
    sequence = sw_next_sequence()
  }

  deinit { dropEdges() }

  /// Remembers the values of the result for the rule.
  func keepResult(_ tensor: Tensor) { result = Saved(tensor.alias()) }

  /// The result as a recorded tensor.
  func recordedResult() throws -> Tensor {
    guard let result else {
      throw TensorError.gradient(message: "\(name): the result was not kept")
    }
    let tensor = try result.value(name).alias()
    tensor.node = self
    return tensor
  }

  /// Gives up what was kept for the gradient.
  func release() {
    rule = nil
    result = nil
  }

  private func dropEdges() {
    for i in edges.indices {
      if case .node(let node) = edges[i] {
        var node: Node? = node
        edges[i] = .none
        ReleaseQueue.release(&node)
      }
    }
  }
}

/// A value kept for a gradient, with the count of writes to its memory at that time.
struct Saved {
  private let tensor: Tensor
  private let version: Int

  init(_ tensor: Tensor) {
    self.tensor = tensor
    version = tensor.storage.version
  }

  /// - Throws: `TensorError.gradient` when the memory was written to since.
  func value(_ operation: String) throws -> Tensor {
    guard tensor.storage.version == version else {
      throw TensorError.gradient(
        message: "\(operation): a tensor of shape \(tensor.shape) that the gradient needs was "
          + "changed in place after it was used (its memory is at version "
          + "\(tensor.storage.version), expected \(version)); write x = x + y instead of x += y, "
          + "or clone() it first")
    }
    return tensor
  }
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
/// chain on the stack. Instead the node is put on a list of the thread, which the outermost release
/// empties.
final class ReleaseQueue {
  private var nodes: [Node] = []

  static func release(_ slot: inout Node?) {
    guard slot != nil else { return }
    guard isKnownUniquelyReferenced(&slot), let node = slot else {
      slot = nil
      return
    }
    slot = nil
    if let running = sw_slot_get(Int32(SW_SLOT_RELEASING)) {
      Unmanaged<ReleaseQueue>.fromOpaque(running).takeUnretainedValue().nodes.append(node)
      return
    }
    let queue = ReleaseQueue()
    queue.nodes.append(node)
    drain(queue, node)
  }

  private static func drain(_ queue: ReleaseQueue, _ first: consuming Node) {
    sw_slot_set(Int32(SW_SLOT_RELEASING), Unmanaged.passUnretained(queue).toOpaque())
    _ = consume first
    while let node = queue.nodes.popLast() { _ = consume node }
    sw_slot_set(Int32(SW_SLOT_RELEASING), nil)
  }
}
