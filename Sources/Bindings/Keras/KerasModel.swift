import Language
import NeuralNetworks
import TensorCore

/// `keras.Sequential`: layers in a row, with `compile`, `fit`, `evaluate` and `predict`.
final class KerasModel: KerasLayer {
  private(set) var layers: [KerasLayer] = []
  /// What `compile` was given; nil before.
  var compiled: KerasCompiled?
  /// What the last `fit` gave.
  var history: KerasHistory?
  /// `model.stop_training`.
  var stopsTraining = false
  /// The loss and metrics of `train_on_batch` since the last reset.
  var batchMeans = KerasMeans()

  private var sequence: Sequential? { module as? Sequential }

  override var makesParameters: Bool { layers.contains { $0.makesParameters } }
  override var isBuilt: Bool { outputShape != nil && !layers.isEmpty }

  override func weights() -> [KerasWeight] {
    layers.flatMap { layer in
      layer.weights().map {
        KerasWeight("\(name)/\($0.path)", $0.tensor, isTransposed: $0.isTransposed)
      }
    }
  }

  override func setTrainable(_ flag: Bool) {
    super.setTrainable(flag)
    for layer in layers { layer.setTrainable(flag) }
  }

  override func freeze() throws { for layer in layers { try layer.freeze() } }

  func start(name given: String?, _ machine: Machine) {
    prepare(Sequential(), name: given, shape: nil, machine)
  }

  /// Adds a layer, or the shape of the input.
  func add(_ value: Value, _ machine: Machine) throws {
    if let input = value.asInstance as? KerasInput {
      guard layers.isEmpty, givenShape == nil else {
        throw Raise(
          .valueError, "Sequential model '\(name)' has already been configured to use input shape "
            + KerasShape.text([nil] + (givenShape ?? []))
            + ". You cannot add a different Input layer to it.",
          hint: "Input stands before the first layer")
      }
      givenShape = input.shape
      return
    }
    guard let layer = value.asInstance as? KerasLayer else {
      let text = try machine.repr(value)
      let raise = Raise(
        .valueError,
        "Only instances of `keras.Layer` can be added to a Sequential model. Received: \(text) "
          + "(of type <class '\(machine.typeName(value))'>)")
      if value.asType != nil { raise.hint = "a class stands here: add its object, with parentheses" }
      throw raise
    }
    guard let module = layer.module else { throw layer.notReady }
    if layers.contains(where: { $0.name == layer.name }) {
      throw Raise(
        .valueError,
        "All layers added to a Sequential model should have unique names. Name '\(layer.name)' is "
          + "already the name of a layer in this model. Update the `name` argument to pass a unique "
          + "name.")
    }
    if layer === self {
      throw Raise(.valueError, "a model cannot be a layer of itself")
    }
    if layers.isEmpty, givenShape == nil, let shape = layer.givenShape { givenShape = shape }
    layers.append(layer)
    sequence?.append(module)
    outputShape = nil
    if let givenShape { try build([nil] + givenShape) }
  }

  func removeLast() throws -> KerasLayer? {
    guard let last = layers.popLast() else { return nil }
    sequence?.removeLast()
    outputShape = nil
    if let inputShape, !layers.isEmpty { try build(inputShape) }
    return last
  }

  @discardableResult
  override func build(_ shape: [Int?]) throws -> [Int?] {
    guard !layers.isEmpty else {
      throw Raise(
        .valueError, "Sequential model \(name) cannot be built because it has no layers. Call "
          + "`model.add(layer)`.")
    }
    var next = shape
    for layer in layers {
      if layer.isBuilt, let input = layer.inputShape, let wanted = input.last, wanted != nil,
        layer.module is Linear, next.last != wanted
      {
        throw KerasErrors.incompatible(self, layer, input: shape, found: next)
      }
      next = try layer.build(next)
    }
    inputShape = shape
    outputShape = next
    try freeze()
    return next
  }

  /// Builds the model for data, or checks that data fits the model.
  func fit(shape: [Int]) throws {
    let found: [Int?] = [nil] + shape.dropFirst().map { $0 }
    guard isBuilt, let inputShape else {
      try build(found)
      return
    }
    let fits =
      found.count == inputShape.count
      && zip(found, inputShape).allSatisfy { $0 == nil || $1 == nil || $0 == $1 }
    if fits { return }
    // Columns of single numbers: (n,) is (n, 1).
    if found.count == 1, inputShape.count == 2, inputShape[1] == 1 { return }
    throw KerasErrors.wrongInput(self, expected: inputShape, found: shape)
  }

  /// Data in the model's shape.
  func shaped(_ x: Tensor) throws -> Tensor {
    x.rank == 1 && inputShape?.count == 2 ? try x.unsqueeze(1) : x
  }
}

/// Running means of loss and metrics over batches.
struct KerasMeans {
  private var sums: [(name: String, total: Double, rows: Double)] = []

  mutating func add(_ logs: TrainingLogs, rows: Int) {
    for (name, value) in logs.entries {
      if let i = sums.firstIndex(where: { $0.name == name }) {
        sums[i].total += value * Double(rows)
        sums[i].rows += Double(rows)
      } else {
        sums.append((name, value * Double(rows), Double(rows)))
      }
    }
  }

  var logs: TrainingLogs {
    var logs = TrainingLogs()
    for (name, total, rows) in sums { logs[name] = rows > 0 ? total / rows : 0 }
    return logs
  }
}
