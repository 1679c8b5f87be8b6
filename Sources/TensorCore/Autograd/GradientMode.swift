import Compute

/// Whether operations of this thread are recorded.
public enum GradientMode {
  /// True unless inside `noGrad`.
  public static var isEnabled: Bool { sw_slot_get(Int32(SW_SLOT_GRADIENTS_OFF)) == nil }

  /// Switches recording on this thread; prefer `noGrad`, which puts it back.
  public static func setEnabled(_ enabled: Bool) {
    sw_slot_set(
      Int32(SW_SLOT_GRADIENTS_OFF), enabled ? nil : UnsafeMutableRawPointer(bitPattern: 1))
  }

  /// Whether `backward` looks for NaN in what each operation gives. (`set_detect_anomaly`)
  ///
  /// One switch for the process, as in PyTorch; read once for each operation of a walk.
  nonisolated(unsafe) public static var detectsAnomaly = false

  static func with<R>(_ enabled: Bool, _ body: () throws -> R) rethrows -> R {
    let before = isEnabled
    if before == enabled { return try body() }
    setEnabled(enabled)
    defer { setEnabled(before) }
    return try body()
  }
}

/// Runs `body` without recording operations for gradients.
public func noGrad<R>(_ body: () throws -> R) rethrows -> R {
  try GradientMode.with(false, body)
}

/// Runs `body` with recording, also inside `noGrad`.
public func enableGrad<R>(_ body: () throws -> R) rethrows -> R {
  try GradientMode.with(true, body)
}

extension Tensor {
  /// Whether `backward` brings a gradient here or to what this was made of.
  public var requiresGrad: Bool { wantsGradient || node != nil }

  /// Whether this was not made by a recorded operation.
  public var isLeaf: Bool { node == nil }

  /// The name of the recorded operation that made this, in PyTorch's spelling: `"AddBackward0"`.
  public var gradientFunction: String? { node?.name }

  /// The recorded operation that made this, for those who walk the graph.
  public var history: OperationRecord? { node.map(OperationRecord.init) }

  /// Gives the recorded operation that made this its name in PyTorch, where this library composed it
  /// of others. For fresh results only.
  @discardableResult
  public func named(gradientFunction name: String) -> Tensor {
    node?.name = name
    return self
  }

  /// Makes a leaf collect gradients, or not.
  ///
  /// - Throws: `TensorError.gradient` for a dtype without gradients or a tensor that is no leaf.
  public func setRequiresGrad(_ value: Bool) throws {
    if value && !dtype.isDifferentiable {
      throw TensorError.gradient(
        message: "only float tensors can require gradients; this one is \(dtype), "
          + "convert it with to(float32)")
    }
    if node != nil {
      if value { return }
      throw TensorError.gradient(
        message: "you can only change requires_grad flags of leaf tensors. If you want to use a "
          + "computed variable in a subgraph that doesn't require differentiation use "
          + "var_no_grad = var.detach().")
    }
    wantsGradient = value
  }

  /// The same memory without a history.
  public func detach() -> Tensor { alias() }

  /// Where a gradient for this operand goes.
  @inline(__always)
  var edge: Edge {
    if let node { return .node(node) }
    return wantsGradient ? .leaf(self) : .none
  }

  /// Whether an operation on this must be recorded now.
  @inline(__always)
  var records: Bool {
    (wantsGradient || ownNode != nil || (origin != nil && node != nil)) && GradientMode.isEnabled
  }

  /// Attaches a recorded operation to this result.
  func record(
    _ name: String, _ edges: [Edge], keepingResult: Bool = false,
    _ rule: @escaping (GradientCall) throws -> [Tensor?]
  ) {
    record(name, Edges(edges), keepingResult: keepingResult, rule)
  }

  /// Attaches a recorded operation to this result.
  func record(
    _ name: String, _ edges: Edges, keepingResult: Bool = false,
    _ rule: @escaping (GradientCall) throws -> [Tensor?]
  ) {
    guard dtype.isDifferentiable else { return }
    let node = Node(name, edges, rule)
    if keepingResult { node.keepResult(self) }
    self.node = node
  }
}

extension Tensor {
  /// Makes a result count as one recorded operation on `operands`, for operations of other modules.
  ///
  /// - Parameters:
  ///   - name: PyTorch's name of the operation: `"NllLossBackward0"`.
  ///   - operands: what the result was computed from, without recording.
  ///   - gradient: turns the gradient of the result into those of the operands, nil where there is
  ///     none; is called while recording only for higher derivatives.
  ///   - givesFresh: whether the gradients it gives are memory that nobody else holds.
  /// - Returns: this tensor.
  @discardableResult
  public func recorded(
    as name: String, from operands: [Tensor], givesFresh: Bool = false,
    gradient: @escaping (_ gradient: Tensor) throws -> [Tensor?]
  ) -> Tensor {
    if operands.contains(where: \.records) {
      record(name, operands.map(\.edge)) { try gradient($0.gradient) }
      ownNode?.givesFresh = givesFresh
    }
    return self
  }
}
