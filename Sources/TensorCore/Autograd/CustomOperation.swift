// Operations with several results and a gradient of their own: what `torch.autograd.Function` stands on.

extension Tensor {
  /// Makes results count as one recorded operation on `operands`.
  ///
  /// The gradients of all results are collected before `gradient` is called, once for each walk.
  ///
  /// - Parameters:
  ///   - results: computed without recording; those that are no floats stay as they are.
  ///   - name: what the operation is called: `"ExpBackward"`.
  ///   - gradient: gets the gradients of the results (nil where none came) and the results with their
  ///     history; gives those of the operands, nil where there is none.
  /// - Returns: the results with their history.
  public static func recorded(
    results: [Tensor], as name: String, from operands: [Tensor],
    gradient: @escaping (_ gradients: [Tensor?], _ results: [Tensor]) throws -> [Tensor?]
  ) throws -> [Tensor] {
    guard operands.contains(where: \.records), results.contains(where: \.dtype.isFloating) else {
      return results
    }
    let meeting = Meeting(count: results.count)
    let shown = results.map { result in
      // A result that is an operand passed through must not become its own operand.
      result.dtype.isFloating ? result.alias() : result
    }
    // Without their history: the hub would else hold the results that hold the hub.
    let bare = shown.map { $0.alias() }
    // A hidden operation behind all results: it runs after each of them has put its gradient down.
    let hub = Node(name, Edges(operands.map(\.edge))) { _ in
      let gradients = meeting.take()
      let attached = zip(bare, meeting.nodes).map { result, node -> Tensor in
        let copy = result.alias()
        copy.node = node.node
        return copy
      }
      return try gradient(gradients, attached)
    }
    for (i, result) in shown.enumerated() where result.dtype.isFloating {
      result.record(name, Edges(.node(hub))) { call in
        meeting.gradients[i] = call.gradient
        return [try Tensor.zeros([])]
      }
      meeting.nodes[i].node = result.node
    }
    return shown
  }
}

/// Where the gradients of several results wait for each other.
private final class Meeting {
  struct Place { weak var node: Node? }
  var gradients: [Tensor?]
  var nodes: [Place]

  init(count: Int) {
    gradients = Array(repeating: nil, count: count)
    nodes = Array(repeating: Place(), count: count)
  }

  func take() -> [Tensor?] {
    let taken = gradients
    gradients = Array(repeating: nil, count: taken.count)
    return taken
  }
}
