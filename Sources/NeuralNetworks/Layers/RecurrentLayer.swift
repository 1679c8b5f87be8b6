import TensorCore

/// Recurrent layers on top of each other, one or both ways through time: PyTorch's `nn.RNN`,
/// `nn.LSTM` and `nn.GRU`.
///
/// Input [time, batch, in] (with `batchFirst` [batch, time, in]; without a batch [time, in]). Parameters
/// by layer and direction: `weight_ih_l0` [gates * size, in], `weight_hh_l0`, `bias_ih_l0`, `bias_hh_l0`,
/// with `_reverse` for the way back and `weight_hr_l0` for a projection.
public final class RecurrentLayer: Module {
  public let step: RecurrentStep.Kind
  public let inputSize: Int
  public let size: Int
  public let layers: Int
  public let usesBias: Bool
  public let batchFirst: Bool
  /// The share dropped between layers in training.
  public var dropout: Double
  public let isBidirectional: Bool
  public let projected: Int
  public let activation: Activation
  private let generator: Generator
  private let name: String

  public init(
    _ step: RecurrentStep.Kind, _ inputSize: Int, _ size: Int, layers: Int = 1, bias: Bool = true,
    batchFirst: Bool = false, dropout: Double = 0, isBidirectional: Bool = false, projected: Int = 0,
    activation: Activation = .tanh, kind: String, dtype: DType = .float32,
    generator: Generator = .default
  ) throws {
    func need(_ holds: Bool, _ text: String) throws {
      if !holds { throw NeuralNetworkError.argument(owner: "", message: text) }
    }
    try need(inputSize >= 0, "input_size must be greater than or equal to zero")
    try need(size > 0, "hidden_size must be greater than zero")
    try need(layers > 0, "num_layers must be greater than zero")
    try need(
      dropout >= 0 && dropout <= 1,
      "dropout should be a number in range [0, 1] representing the probability of an element being zeroed")
    try need(projected >= 0 && projected < size, "proj_size has to be a positive integer, smaller than hidden_size or zero to disable projections")
    self.step = step
    self.inputSize = inputSize
    self.size = size
    self.layers = layers
    usesBias = bias
    self.batchFirst = batchFirst
    self.dropout = dropout
    self.isBidirectional = isBidirectional
    self.projected = projected
    self.activation = activation
    self.generator = generator
    name = kind
    super.init()
    let bound = 1 / Double(size).squareRoot()
    let (rows, overflow) = step.gates.multipliedReportingOverflow(by: size)
    if overflow || layers > 1_000_000 {
      throw TensorError.size(operation: kind, shape: [layers, step.gates, size])
    }
    let out = projected > 0 ? projected : size
    func draw(_ name: String, _ shape: [Int]) throws {
      try make(name, shape, dtype: dtype) {
        try $0.uniform(inPlace: -bound, bound, generator: generator)
      }
    }
    for layer in 0..<layers {
      let width = layer == 0 ? inputSize : out * directions
      for suffix in suffixes(layer) {
        try draw("weight_ih" + suffix, [rows, width])
        try draw("weight_hh" + suffix, [rows, out])
        if bias {
          try draw("bias_ih" + suffix, [rows])
          try draw("bias_hh" + suffix, [rows])
        }
        if projected > 0 { try draw("weight_hr" + suffix, [projected, size]) }
      }
    }
  }

  override public var kind: String { name }
  public var directions: Int { isBidirectional ? 2 : 1 }
  /// Of the output and the hidden state.
  public var outputSize: Int { projected > 0 ? projected : size }

  private func suffixes(_ layer: Int) -> [String] {
    isBidirectional ? ["_l\(layer)", "_l\(layer)_reverse"] : ["_l\(layer)"]
  }

  private func stepFunction(_ suffix: String) throws -> RecurrentStep {
    guard let inputWeight = tensor("weight_ih" + suffix),
      let hiddenWeight = tensor("weight_hh" + suffix)
    else { throw NeuralNetworkError.notBuilt(layer: kind) }
    return RecurrentStep(
      step, inputWeight: inputWeight, hiddenWeight: hiddenWeight,
      inputBias: tensor("bias_ih" + suffix), hiddenBias: tensor("bias_hh" + suffix),
      projection: tensor("weight_hr" + suffix),
      activation: step == .simple ? activation : .tanh)
  }

  override public func forward(_ input: Tensor) throws -> Tensor { try run(input).output }

  /// - Parameters:
  ///   - states: [layers * directions, batch, size] for each state; nil begins with zeros.
  ///   - mask: [time, batch] of bool for sequences of different lengths.
  /// - Returns: the last layer's outputs in the layout of the input, and the states at the end.
  public func run(_ input: Tensor, _ states: [Tensor]? = nil, mask: Tensor? = nil) throws -> (
    output: Tensor, states: [Tensor]
  ) {
    guard input.rank == 2 || input.rank == 3 else {
      throw NeuralNetworkError.argument(
        owner: "", message: "\(kind): Expected input to be 2D or 3D, got \(input.rank)D instead")
    }
    guard input.shape.last == inputSize else {
      throw TensorError.argument(
        operation: kind,
        message: "input.size(-1) must be equal to input_size. Expected \(inputSize), got \(input.shape.last ?? 0)"
      )
    }
    let isSingle = input.rank == 2
    var x = isSingle ? try input.unsqueeze(1) : batchFirst ? try input.transpose(0, 1) : input
    let batch = x.shape[1]
    let begin = try self.begin(states, batch, isSingle, x.dtype)
    guard x.shape[0] > 0 else {
      throw TensorError.argument(
        operation: kind, message: "Expected sequence length to be larger than 0 in RNN")
    }
    var ends = [[Tensor]](repeating: [], count: step.states)
    for layer in 0..<layers {
      var ways: [Tensor] = []
      for (way, suffix) in suffixes(layer).enumerated() {
        let place = layer * directions + way
        let result = try stepFunction(suffix)
          .run(x, begin.map { try $0.select(0, place) }, isReversed: way == 1, mask: mask)
        ways.append(result.output)
        for (i, state) in result.states.enumerated() { ends[i].append(state) }
      }
      x = ways.count == 1 ? ways[0] : try Tensor.cat(ways, axis: -1)
      if isTraining, dropout > 0, layer < layers - 1 {
        x = try x.dropout(dropout, generator: generator)
      }
    }
    let last = try ends.map { try Tensor.stack($0) }
    if isSingle { return (try x.squeeze(1), try last.map { try $0.squeeze(1) }) }
    return (batchFirst ? try x.transpose(0, 1) : x, last)
  }

  private func begin(_ states: [Tensor]?, _ batch: Int, _ isSingle: Bool, _ dtype: DType) throws
    -> [Tensor]
  {
    let sizes = step == .lstm ? [outputSize, size] : [outputSize]
    let rows = layers * directions
    guard let states else { return try sizes.map { try Tensor.zeros([rows, batch, $0], dtype: dtype) } }
    guard states.count == sizes.count else {
      throw NeuralNetworkError.argument(
        owner: kind, message: "takes \(sizes.count) initial states, got \(states.count)")
    }
    return try zip(states, sizes).enumerated().map { place, pair in
      let (state, size) = pair
      let wanted = isSingle ? [rows, size] : [rows, batch, size]
      guard state.shape == wanted else {
        if isSingle, state.rank != 2 {
          throw TensorError.argument(
            operation: kind,
            message: "For unbatched 2-D input, hx should also be 2-D but got \(state.rank)-D tensor")
        }
        if !isSingle, state.rank != 3 {
          throw TensorError.argument(
            operation: kind,
            message: "For batched 3-D input, hx should also be 3-D but got \(state.rank)-D tensor")
        }
        func text(_ shape: [Int]) -> String {
          "(" + shape.map(String.init).joined(separator: ", ") + ")"
        }
        let found = "[" + state.shape.map(String.init).joined(separator: ", ") + "]"
        throw TensorError.argument(
          operation: kind,
          message: "Expected hidden\(step == .lstm ? "[\(place)]" : "") size \(text(wanted)), got \(found)")
      }
      return isSingle ? try state.unsqueeze(1) : state
    }
  }
}

/// One step as a layer: `nn.RNNCell`, `nn.LSTMCell`, `nn.GRUCell`. Parameters `weight_ih`, `weight_hh`,
/// `bias_ih`, `bias_hh`.
public final class RecurrentCell: Module {
  public let step: RecurrentStep.Kind
  public let inputSize: Int
  public let size: Int
  public let activation: Activation
  private let name: String

  public init(
    _ step: RecurrentStep.Kind, _ inputSize: Int, _ size: Int, bias: Bool = true,
    activation: Activation = .tanh, kind: String, dtype: DType = .float32,
    generator: Generator = .default
  ) throws {
    guard size > 0 else {
      throw NeuralNetworkError.argument(owner: "", message: "hidden_size must be greater than zero")
    }
    self.step = step
    self.inputSize = inputSize
    self.size = size
    self.activation = activation
    name = kind
    super.init()
    let bound = 1 / Double(size).squareRoot()
    let rows = step.gates * size
    let shapes = [("weight_ih", [rows, inputSize]), ("weight_hh", [rows, size])]
      + (bias ? [("bias_ih", [rows]), ("bias_hh", [rows])] : [])
    for (name, shape) in shapes {
      try make(name, shape, dtype: dtype) {
        try $0.uniform(inPlace: -bound, bound, generator: generator)
      }
    }
  }

  override public var kind: String { name }
  override public func forward(_ input: Tensor) throws -> Tensor { try run(input, nil)[0] }

  /// - Parameters:
  ///   - input: [batch, in] or [in].
  ///   - states: of the input's rank; nil begins with zeros.
  public func run(_ input: Tensor, _ states: [Tensor]?) throws -> [Tensor] {
    guard input.rank == 1 || input.rank == 2 else {
      throw NeuralNetworkError.argument(
        owner: "", message: "\(kind): Expected input to be 1D or 2D, got \(input.rank)D instead")
    }
    guard input.shape.last == inputSize else {
      throw TensorError.argument(
        operation: kind,
        message: "input has inconsistent input_size: got \(input.shape.last ?? 0) expected \(inputSize)")
    }
    guard let inputWeight = tensor("weight_ih"), let hiddenWeight = tensor("weight_hh") else {
      throw NeuralNetworkError.notBuilt(layer: kind)
    }
    let isSingle = input.rank == 1
    let x = isSingle ? try input.unsqueeze(0) : input
    let begin = try states?.map { isSingle ? try $0.unsqueeze(0) : $0 }
      ?? (0..<step.states).map { _ in try Tensor.zeros([x.shape[0], size], dtype: x.dtype) }
    for state in begin where state.shape != [x.shape[0], size] {
      throw TensorError.argument(
        operation: kind,
        message: "hidden0 has inconsistent hidden_size: got \(state.shape.last ?? 0), expected \(size)")
    }
    let one = RecurrentStep(
      step, inputWeight: inputWeight, hiddenWeight: hiddenWeight, inputBias: tensor("bias_ih"),
      hiddenBias: tensor("bias_hh"),
      activation: step == .simple ? activation : .tanh)
    let result = try one(one.projected(x), begin)
    return isSingle ? try result.map { try $0.squeeze(0) } : result
  }
}
