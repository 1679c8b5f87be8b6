import TensorCore

/// A recurrent cell: one step from inputs and state to the next state, computed by `RecurrentStep`.
public final class KerasRecurrentCell: KerasUnit {
  public enum Kind: String, Sendable { case simple = "SimpleRNN", lstm = "LSTM", gru = "GRU" }

  public let kind: Kind
  public let units: Int
  private let activation: Activation
  private let gate: Activation
  private let usesBias: Bool
  private let kernelRule: WeightRule
  private let recurrentRule: WeightRule
  private let biasRule: WeightRule
  /// Whether the GRU applies its reset gate behind the product, as cuDNN does.
  private let resetsAfter: Bool
  let dropout: Double
  let recurrentDropout: Double

  public init(
    _ kind: Kind, units: Int, activation: Activation, gate: Activation, bias: Bool,
    kernel: WeightRule, recurrent: WeightRule, biasRule: WeightRule, resetsAfter: Bool = true,
    forgets: Bool = true, dropout: Double = 0, recurrentDropout: Double = 0
  ) {
    self.kind = kind
    self.units = units
    self.activation = activation
    self.gate = gate
    usesBias = bias
    kernelRule = kernel
    recurrentRule = recurrent
    self.resetsAfter = resetsAfter
    self.dropout = dropout
    self.recurrentDropout = recurrentDropout
    var rule = biasRule
    if kind == .lstm, forgets {
      rule.initializer = KerasInitializers.forgetBias(units, biasRule.initializer)
    }
    self.biasRule = rule
    super.init()
  }

  private var step: RecurrentStep.Kind {
    switch kind {
    case .simple: .simple
    case .lstm: .lstm
    case .gru: .gru(order: .updateResetNew, resetAfter: resetsAfter)
    }
  }
  private var gates: Int { step.gates }
  /// Tensors of the state: LSTM keeps two.
  public var stateCount: Int { step.states }

  override public func make(_ shapes: [OpenShape]) throws {
    let size = try Self.size(shapes[0], -1, kind.rawValue)
    try addWeight("kernel", [size, gates * units], kernelRule)
    try addWeight("recurrent_kernel", [units, gates * units], recurrentRule)
    if usesBias {
      let shape = kind == .gru && resetsAfter ? [2, gates * units] : [gates * units]
      try addWeight("bias", shape, biasRule)
    }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    [shapes[0].dropLast() + [units]]
  }

  /// What the cell computes with its weights: Keras's kernels are the transposed ones.
  func rule() throws -> RecurrentStep {
    let bias = usesBias ? weights[2].tensor : nil
    // GRU with the reset gate behind the product has a bias for each side.
    let isDouble = bias?.rank == 2
    return RecurrentStep(
      step, inputWeight: try weights[0].tensor.t(), hiddenWeight: try weights[1].tensor.t(),
      inputBias: isDouble ? try bias?.select(0, 0) : bias,
      hiddenBias: isDouble ? try bias?.select(0, 1) : nil, activation: activation,
      gateActivation: gate)
  }

  /// One step for inputs [batch, in] and the state.
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    var state = Array(x.dropFirst())
    if state.isEmpty {
      state = try (0..<stateCount).map { _ in try Tensor.zeros([x[0].shape[0], units]) }
    }
    let rule = try rule()
    let next = try rule(rule.projected(x[0]), state)
    return [next[0]] + next
  }
}

/// A recurrent layer over time: [batch, time, in] -> [batch, units], or every step's output.
///
/// Where the mask is false the state stays as it was.
public final class RecurrentUnit: KerasUnit {
  public let cells: [KerasRecurrentCell]
  public let returnsSequences: Bool
  public let returnsState: Bool
  public let goesBackwards: Bool
  private var inputs: Int?
  /// Whether a batch goes on with the states that the one before ended in.
  public var isStateful = false
  private var kept: [[Tensor]] = []

  /// Lets the next batch begin with states of zero.
  public func resetStates() { kept = [] }

  /// - Parameter cells: one above the other.
  public init(
    _ cells: [KerasRecurrentCell], returnsSequences: Bool, returnsState: Bool, goesBackwards: Bool
  ) {
    self.cells = cells
    self.returnsSequences = returnsSequences
    self.returnsState = returnsState
    self.goesBackwards = goesBackwards
    super.init()
  }

  override public var parts: [(name: String, unit: KerasUnit)] {
    cells.map { (cells.count == 1 ? "cell" : "cells", $0) }
  }
  override public var supportsMasking: Bool { true }
  /// Initial states may stand behind the inputs.
  override public var takesSeveral: Bool { true }
  public var units: Int { cells.last?.units ?? 0 }
  public var stateCount: Int { cells.reduce(0) { $0 + $1.stateCount } }
  override public var inputSpec: InputSpec? {
    InputSpec(rank: 3, axes: inputs.map { [-1: $0] } ?? [:])
  }
  override public func make(_ shapes: [OpenShape]) throws {
    inputs = try Self.size(shapes[0], -1, cells.first?.kind.rawValue ?? "RNN")
    var shape = shapes[0]
    for cell in cells {
      cell.generator = generator
      try cell.build([shape])
      shape = shape.dropLast() + [cell.units]
    }
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    let input = shapes[0]
    guard input.count == 3 else { return [input] }
    let output: OpenShape = returnsSequences ? [input[0], input[1], units] : [input[0], units]
    guard returnsState else { return [output] }
    let states = cells.flatMap { cell in
      (0..<cell.stateCount).map { _ -> OpenShape in [input[0], cell.units] }
    }
    return [output] + states
  }
  override public func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    returnsSequences ? [context.mask] : []
  }

  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let input = x[0]
    let (batch, time) = (input.shape[0], input.shape[1])
    var states: [[Tensor]] = []
    var given = Array(x.dropFirst())
    let goesOn = isStateful && given.isEmpty && kept.count == cells.count
      && kept.allSatisfy { $0.first?.shape.first == batch }
    for (place, cell) in cells.enumerated() {
      if goesOn {
        states.append(kept[place])
      } else if given.count >= cell.stateCount {
        states.append(Array(given.prefix(cell.stateCount)))
        given.removeFirst(cell.stateCount)
      } else {
        states.append(try (0..<cell.stateCount).map { _ in try Tensor.zeros([batch, cell.units]) })
      }
    }
    // [time, batch, in], in the order of the steps.
    var sequence = try input.transpose(0, 1)
    var mask = try context.mask?.transpose(0, 1)
    if goesBackwards {
      sequence = try sequence.flip([0])
      mask = try mask?.flip([0])
    }
    for (place, cell) in cells.enumerated() {
      if context.isTraining, cell.dropout > 0 {
        // One mask for all steps. (Gal and Ghahramani 2016)
        let keep = try Tensor.bernoulli(
          1 - cell.dropout, [1, batch, sequence.shape[2]], dtype: .float32, generator: generator)
        sequence = try sequence.multiplied(by: keep.divided(by: .double(1 - cell.dropout)))
      }
      var factor: Tensor?
      if context.isTraining, cell.recurrentDropout > 0 {
        factor = try Tensor.bernoulli(
          1 - cell.recurrentDropout, [batch, cell.units], dtype: .float32, generator: generator
        ).divided(by: .double(1 - cell.recurrentDropout))
      }
      (sequence, states[place]) = try cell.rule()
        .run(sequence, states[place], mask: mask, hiddenFactor: factor)
    }
    var output = returnsSequences
      ? try sequence.transpose(0, 1)
      : try states.last?.first ?? Tensor.zeros([batch, units])
    if let mask, x.count > 1, time > 0 {
      // Until the first step that counts the output is zero, whatever state was given.
      let seen = try Comparison.greater(mask.to(.int64).cumsum(0), .int(0))
      let place = returnsSequences ? try seen.transpose(0, 1) : try seen.select(0, time - 1)
      output = try Tensor.where(place.unsqueeze(-1), output, Tensor.zerosLike(output))
    }
    if isStateful { kept = states.map { $0.map { $0.detach() } } }
    return returnsState ? [output] + states.flatMap { $0 } : [output]
  }
}

/// Two recurrent layers, one of them from the end: `Bidirectional`.
public final class BidirectionalUnit: KerasUnit {
  public enum Merge: String, Sendable { case concat, sum, mul, ave, none }
  public let forward: KerasUnit
  public let backward: KerasUnit
  private let merge: Merge
  private let returnsSequences: Bool
  private let backwardTurns: Bool

  /// - Parameter backwardTurns: whether the second layer goes through time from the end, so that
  ///   its sequence has to be turned around.
  public init(
    forward: KerasUnit, backward: KerasUnit, merge: Merge, returnsSequences: Bool,
    backwardTurns: Bool = true
  ) {
    self.forward = forward
    self.backward = backward
    self.merge = merge
    self.returnsSequences = returnsSequences
    self.backwardTurns = backwardTurns
    super.init()
  }

  override public var parts: [(name: String, unit: KerasUnit)] {
    [("forward", forward), ("backward", backward)]
  }
  override public var supportsMasking: Bool { true }
  override public var inputSpec: InputSpec? { forward.inputSpec }
  override public var takesSeveral: Bool { true }
  override public func make(_ shapes: [OpenShape]) throws {
    try forward.build([shapes[0]])
    try backward.build([shapes[0]])
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    let (a, b) = (try forward.outputShapes([shapes[0]]), try backward.outputShapes([shapes[0]]))
    var result: [OpenShape]
    switch merge {
    case .concat:
      var joined = a[0]
      if let last = joined.indices.last, let x = a[0][last], let y = b[0][last] {
        joined[last] = x + y
      }
      result = [joined]
    case .none: result = [a[0], b[0]]
    default: result = [a[0]]
    }
    result += a.dropFirst() + b.dropFirst()
    return result
  }
  override public func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    returnsSequences ? [context.mask] : []
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let states = Array(x.dropFirst())
    let half = states.count / 2
    let a = try forward.call([x[0]] + states.prefix(half), context)
    let b = try backward.call([x[0]] + states.suffix(states.count - half), context)
    var other = b[0]
    if returnsSequences, backwardTurns { other = try other.flip([1]) }
    let joined: [Tensor]
    switch merge {
    case .concat: joined = [try Tensor.cat([a[0], other], axis: -1)]
    case .sum: joined = [try a[0].adding(other)]
    case .mul: joined = [try a[0].multiplied(by: other)]
    case .ave: joined = [try a[0].adding(other).multiplied(by: 0.5)]
    case .none: joined = [a[0], other]
    }
    return joined + a.dropFirst() + b.dropFirst()
  }
}

/// A layer for each step of time: [batch, time, ...].
public final class TimeDistributedUnit: KerasUnit {
  public let layer: KerasUnit
  public init(_ layer: KerasUnit) {
    self.layer = layer
    super.init()
  }
  override public var parts: [(name: String, unit: KerasUnit)] { [("layer", layer)] }
  override public var supportsMasking: Bool { true }
  override public func make(_ shapes: [OpenShape]) throws { try layer.build([try inner(shapes[0])]) }
  private func inner(_ shape: OpenShape) throws -> OpenShape {
    guard shape.count >= 3 else {
      throw NeuralNetworkError.argument(
        owner: "TimeDistributed",
        message: "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 "
          + "dimensions, received: \(Self.text(shape))")
    }
    return [shape[0]] + shape.dropFirst(2)
  }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    let out = try layer.outputShapes([inner(shapes[0])])
    return out.map { [$0[0], shapes[0][1]] + $0.dropFirst() }
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    let (batch, time) = (x[0].shape[0], x[0].shape[1])
    let flat = try x[0].reshape([batch * time] + x[0].shape.dropFirst(2))
    return try layer.call([flat], CallContext(isTraining: context.isTraining)).map {
      try $0.reshape([batch, time] + $0.shape.dropFirst())
    }
  }
}
