import TensorCore

/// y = activation(x kernel + bias): x [..., in], kernel [in, units], bias [units].
public final class DenseUnit: KerasUnit {
  public let units: Int
  public let usesBias: Bool
  public let activation: Activation?
  private let kernelRule: WeightRule
  private let biasRule: WeightRule
  private var inputs: Int?

  public init(
    _ units: Int, bias: Bool, activation: Activation?, kernel: WeightRule, biasRule: WeightRule
  ) {
    self.units = units
    usesBias = bias
    self.activation = activation
    kernelRule = kernel
    self.biasRule = biasRule
    super.init()
  }

  override public var supportsMasking: Bool { true }
  override public var inputSpec: InputSpec? {
    InputSpec(minRank: 2, axes: inputs.map { [-1: $0] } ?? [:])
  }
  override public func make(_ shapes: [OpenShape]) throws {
    let size = try Self.size(shapes[0], -1, "Dense")
    inputs = size
    try addWeight("kernel", [size, units], kernelRule)
    if usesBias { try addWeight("bias", [units], biasRule) }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    [shapes[0].dropLast() + [units]]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    // The view of the kernel with its axes exchanged is what the fused product takes.
    let y = try x[0].linear(weights[0].tensor.t(), usesBias ? weights[1].tensor : nil)
    return [try activation.map { try $0(y) } ?? y]
  }
}

/// Rows of a table by their numbers: [...] of integers -> [..., size].
public final class EmbeddingUnit: KerasUnit {
  public let count: Int
  public let size: Int
  public let masksZero: Bool
  private let rule: WeightRule

  public init(_ count: Int, _ size: Int, masksZero: Bool, rule: WeightRule) {
    self.count = count
    self.size = size
    self.masksZero = masksZero
    self.rule = rule
    super.init()
  }

  override public var keepsDType: Bool { true }
  override public var makesMask: Bool { masksZero }
  override public func make(_ shapes: [OpenShape]) throws {
    try addWeight("embeddings", [count, size], rule)
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    [shapes[0] + [size]]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let places = try x[0].to(.int64).contiguous()
    try places.withElements(of: Int64.self) { values in
      for value in values where value < 0 || value >= count {
        throw TensorError.argument(
          operation: "embedding",
          message: "indices[...] = \(value) is not in [0, \(count)): the table has \(count) rows "
            + "(input_dim); make it larger, or map the words to numbers below \(count)")
      }
    }
    let rows = try weights[0].tensor.indexSelect(0, places.reshape([-1]))
    try weights[0].lookups.watch(rows, places: places)
    return [try rows.reshape(x[0].shape + [size])]
  }
  override public func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    masksZero ? [try Comparison.notEqual(x[0], .int(0))] : []
  }
}

/// Slopes for negative inputs that are learned: max(0, x) + alpha min(0, x). (He et al. 2015)
public final class PReLUUnit: KerasUnit {
  private let rule: WeightRule
  private let sharedAxes: [Int]

  public init(rule: WeightRule, sharedAxes: [Int]) {
    self.rule = rule
    self.sharedAxes = sharedAxes
    super.init()
  }

  override public var supportsMasking: Bool { true }
  override public func make(_ shapes: [OpenShape]) throws {
    var shape = try shapes[0].indices.dropFirst().map { axis -> Int in
      sharedAxes.contains(axis) ? 1 : try Self.size(shapes[0], axis, "PReLU")
    }
    if shape.isEmpty { shape = [1] }
    try addWeight("alpha", shape, rule)
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let below = try x[0].neg().relu().neg().multiplied(by: weights[0].tensor)
    return [try x[0].relu().adding(below)]
  }
}

/// A kernel over axes by an equation: `EinsumDense("abc,cd->abd")`.
public final class EinsumDenseUnit: KerasUnit {
  private let equation: String
  private let output: OpenShape
  private let biasAxes: String?
  private let activation: Activation?
  private let kernelRule: WeightRule
  private let biasRule: WeightRule
  private var sides: (input: [Character], kernel: [Character], output: [Character]) = ([], [], [])

  public init(
    _ equation: String, output: OpenShape, biasAxes: String?, activation: Activation?,
    kernel: WeightRule, biasRule: WeightRule
  ) throws {
    self.equation = equation.filter { $0 != " " }
    self.output = output
    self.biasAxes = biasAxes
    self.activation = activation
    kernelRule = kernel
    self.biasRule = biasRule
    super.init()
    let halves = self.equation.split(separator: ">", omittingEmptySubsequences: false)
    let inputs = halves.first.map { $0.dropLast().split(separator: ",", omittingEmptySubsequences: false) } ?? []
    guard halves.count == 2, inputs.count == 2, self.equation.contains("->"), !self.equation.contains(".")
    else {
      throw NeuralNetworkError.argument(
        owner: "EinsumDense",
        message: "Invalid einsum equation '\(equation)'. Equations must be in the form [X],[Y]->[Z].")
    }
    sides = (Array(inputs[0]), Array(inputs[1]), Array(halves[1]))
  }

  private func sizes(_ shape: OpenShape) throws -> [Character: Int?] {
    guard shape.count == sides.input.count else {
      throw NeuralNetworkError.argument(
        owner: "EinsumDense",
        message: "the equation \(equation) takes inputs of \(sides.input.count) axes, got "
          + Self.text(shape))
    }
    var sizes: [Character: Int?] = [:]
    for (letter, size) in zip(sides.input, shape) { sizes[letter] = size }
    let wanted = output.count == sides.output.count ? output : [nil] + output
    for (letter, size) in zip(sides.output, wanted) where sizes[letter] == nil || size != nil {
      sizes[letter] = size
    }
    return sizes
  }

  override public func make(_ shapes: [OpenShape]) throws {
    let sizes = try sizes(shapes[0])
    func size(_ letter: Character) throws -> Int {
      guard let size = sizes[letter] ?? nil else {
        throw NeuralNetworkError.argument(
          owner: "EinsumDense", message: "the size of axis '\(letter)' of the kernel is not known")
      }
      return size
    }
    try addWeight("kernel", try sides.kernel.map(size), kernelRule)
    if let biasAxes, !biasAxes.isEmpty {
      // The bias has the axes of the output from the first named one on; the others are 1.
      let first = sides.output.firstIndex { biasAxes.contains($0) } ?? 0
      let shape = try sides.output[first...].map { biasAxes.contains($0) ? try size($0) : 1 }
      try addWeight("bias", shape, biasRule)
    }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    let sizes = try sizes(shapes[0])
    return [sides.output.map { sizes[$0] ?? nil }]
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    var y = try Tensor.einsum(equation, [x[0], weights[0].tensor])
    if weights.count > 1 { y = try y.adding(weights[1].tensor) }
    return [try activation.map { try $0(y) } ?? y]
  }
}
