import TensorCore

/// One step of a recurrent layer, and a row of steps over time: what `nn.LSTM`, `nn.LSTMCell` and
/// `keras.layers.LSTM` share.
///
/// The weights stand gate by gate, one block of `size` rows each: `inputWeight` [gates * size, in],
/// `hiddenWeight` [gates * size, size], biases [gates * size]. LSTM's blocks are input, forget, cell,
/// output in both vocabularies; GRU's are reset, update, new in PyTorch and update, reset, new in
/// Keras (`GateOrder`). (Hochreiter and Schmidhuber 1997; Cho et al. 2014)
public struct RecurrentStep {
  public enum Kind: Sendable, Equatable {
    case simple
    case lstm
    /// `resetAfter`: whether the reset gate multiplies W h + b (PyTorch, cuDNN), or h itself.
    case gru(order: GateOrder, resetAfter: Bool)

    public var gates: Int {
      switch self {
      case .simple: 1
      case .lstm: 4
      case .gru: 3
      }
    }
    /// How many tensors are carried on: the cell besides the hidden state.
    public var states: Int { self == .lstm ? 2 : 1 }
  }

  public enum GateOrder: Sendable {
    /// Reset, update, new. (PyTorch)
    case resetUpdateNew
    /// Update, reset, new. (Keras)
    case updateResetNew
  }

  public var kind: Kind
  public var inputWeight: Tensor
  public var hiddenWeight: Tensor
  public var inputBias: Tensor?
  public var hiddenBias: Tensor?
  /// [size, projected]: what the hidden state is multiplied with. (Sak et al. 2014)
  public var projection: Tensor?
  /// The function of the new values, and that of the gates.
  public var activation: Activation
  public var gateActivation: Activation

  public init(
    _ kind: Kind, inputWeight: Tensor, hiddenWeight: Tensor, inputBias: Tensor? = nil,
    hiddenBias: Tensor? = nil, projection: Tensor? = nil,
    activation: Activation = .tanh, gateActivation: Activation = .sigmoid
  ) {
    self.kind = kind
    self.inputWeight = inputWeight
    self.hiddenWeight = hiddenWeight
    self.inputBias = inputBias
    self.hiddenBias = hiddenBias
    self.projection = projection
    self.activation = activation
    self.gateActivation = gateActivation
  }

  /// The number of hidden units.
  public var size: Int { inputWeight.shape[0] / kind.gates }

  /// The input's share of all gates, for any number of steps at once: [..., in] -> [..., gates * size].
  public func projected(_ input: Tensor) throws -> Tensor { try input.linear(inputWeight, inputBias) }

  /// One step.
  ///
  /// - Parameters:
  ///   - gates: the input's share, [batch, gates * size], of `projected`.
  ///   - states: hidden [batch, size], for LSTM then the cell [batch, size].
  /// - Returns: the states after the step; the first is the output.
  public func callAsFunction(_ gates: Tensor, _ states: [Tensor]) throws -> [Tensor] {
    let h = states[0]
    switch kind {
    case .simple:
      return [try activation(gates + h.linear(hiddenWeight, hiddenBias))]
    case .lstm:
      let parts = try (gates + h.linear(hiddenWeight, hiddenBias)).split(size, axis: -1)
      let input = try gateActivation(parts[0])
      let forget = try gateActivation(parts[1])
      let new = try activation(parts[2])
      let output = try gateActivation(parts[3])
      let cell = try forget * states[1] + input * new
      var hidden = try output * activation(cell)
      if let projection { hidden = try hidden.linear(projection) }
      return [hidden, cell]
    case .gru(let order, let resetAfter):
      let x = try gates.split(size, axis: -1)
      let (r, z) = order == .resetUpdateNew ? (0, 1) : (1, 0)
      if resetAfter {
        let own = try h.linear(hiddenWeight, hiddenBias).split(size, axis: -1)
        let reset = try gateActivation(x[r] + own[r])
        let update = try gateActivation(x[z] + own[z])
        let new = try activation(x[2] + reset * own[2])
        return [try (h - new) * update + new]
      }
      let weights = try hiddenWeight.split(size, axis: 0)
      let biases = try hiddenBias?.split(size, axis: 0)
      let reset = try gateActivation(x[r] + h.linear(weights[r], biases?[r]))
      let update = try gateActivation(x[z] + h.linear(weights[z], biases?[z]))
      let new = try activation(x[2] + (reset * h).linear(weights[2], biases?[2]))
      return [try (h - new) * update + new]
    }
  }

  /// All steps of a sequence.
  ///
  /// - Parameters:
  ///   - input: [time, batch, in].
  ///   - states: as for one step; they begin as given.
  ///   - isReversed: from the last step to the first; outputs stand in the order of the input.
  ///   - mask: [time, batch] of bool, or nil: where false, the states stay as they were.
  ///   - hiddenFactor: [batch, size] that the hidden state is multiplied with before each step: dropout
  ///     with one mask for all steps. (Gal and Ghahramani 2016)
  /// - Returns: the hidden state after each step, [time, batch, size], and the states at the end.
  public func run(
    _ input: Tensor, _ states: [Tensor], isReversed: Bool = false, mask: Tensor? = nil,
    hiddenFactor: Tensor? = nil
  ) throws -> (output: Tensor, states: [Tensor]) {
    guard input.rank == 3 else {
      throw TensorError.wrongShape(
        operation: "recurrent layer", found: input.shape, needed: "[time, batch, features]")
    }
    let all = try projected(input)  // [time, batch, gates * size]
    guard input.shape[0] > 0 else {
      return (try Tensor.zeros([0] + states[0].shape, dtype: all.dtype), states)
    }
    let gates = isReversed ? try all.flip([0]) : all
    let mask = isReversed ? try mask?.flip([0]) : mask
    let result = hiddenFactor == nil && isPlain(gates, states)
      ? try RecurrentSequence(kind: kind, size: size, mask: mask)
        .run(gates, hiddenWeight, hiddenBias, states)
      : try stepwise(gates, states, mask, hiddenFactor)
    return (isReversed ? try result.output.flip([0]) : result.output, result.states)
  }

  /// Whether `RecurrentSequence` can do all steps at once.
  private func isPlain(_ gates: Tensor, _ states: [Tensor]) -> Bool {
    if case .gru(_, resetAfter: false) = kind { return false }
    return projection == nil && activation.code == Activation.tanh.code
      && (kind == .simple || gateActivation.code == Activation.sigmoid.code)
      && gates.dtype.isFloating && gates.dtype == hiddenWeight.dtype
      && states.allSatisfy { $0.dtype == gates.dtype && $0.shape == [gates.shape[1], size] }
  }

  private func stepwise(
    _ gates: Tensor, _ states: [Tensor], _ mask: Tensor?, _ hiddenFactor: Tensor?
  ) throws -> (output: Tensor, states: [Tensor]) {
    var outputs: [Tensor] = []
    var current = states
    for t in 0..<gates.shape[0] {
      try Interrupt.check()
      var fed = current
      if let hiddenFactor { fed[0] = try fed[0] * hiddenFactor }
      var next = try self(gates.select(0, t), fed)
      if let mask {
        let here = try mask.select(0, t).unsqueeze(-1)
        next = try zip(next, current).map { try Tensor.where(here, $0, $1) }
      }
      current = next
      outputs.append(current[0])
    }
    return (try Tensor.stack(outputs), current)
  }
}
