import Language
import NeuralNetworks
import TensorCore

/// What `compile` was given.
final class KerasCompiled {
  let optimizer: KerasOptimizer
  let loss: KerasLoss
  let metrics: [Metric]

  init(_ optimizer: KerasOptimizer, _ loss: KerasLoss, _ metrics: [Metric]) {
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
  }
}

extension KerasModel {
  /// A number of the logs: Keras's are float32.
  static func number(_ value: Double) -> Value { .float(Double(Float(value))) }

  func needCompiled() throws -> KerasCompiled {
    if let compiled { return compiled }
    throw Raise(
      .valueError, "You must call `compile()` before using the model.",
      hint: "model.compile(optimizer='adam', loss='sparse_categorical_crossentropy', "
        + "metrics=['accuracy'])")
  }

  func needLoss() throws -> (KerasCompiled, Sequential) {
    let compiled = try needCompiled()
    guard let sequence = module as? Sequential else { throw notReady }
    return (compiled, sequence)
  }

  /// The library's trainer for the model as it is.
  func trainer(_ compiled: KerasCompiled, _ sequence: Sequential) throws -> Trainer {
    let trained = sequence.parameters.filter(\.requiresGrad)
    guard !trained.isEmpty else {
      throw Raise(
        .valueError, "The model cannot be trained because it has no trainable weights.",
        hint: layers.contains { !$0.trainable }
          ? "layer.trainable = True lets a layer learn" : "add a layer with weights, like Dense")
    }
    return Trainer(
      model: sequence, loss: compiled.loss.loss, optimizer: try compiled.optimizer.optimizer(for: trained),
      metrics: compiled.metrics)
  }

  /// Inputs and targets that fit the model and its loss; builds the model where it is not built.
  func checked(_ x: Value, _ y: Value, _ compiled: KerasCompiled, _ machine: Machine) throws
    -> (x: Tensor, y: Tensor)
  {
    if y.isNone || y.isUndefined {
      throw Raise(.valueError, "targets are missing: y is None", hint: "model.fit(x, y, ...)")
    }
    let inputs = try KerasData.inputs(x, machine, "x")
    let targets = try KerasData.targets(y, machine)
    try KerasData.checkRows(inputs, targets)
    try fit(shape: inputs.shape)
    try KerasLosses.check(compiled.loss, targets, output: outputShape ?? [], self)
    return (try shaped(inputs), targets)
  }

  /// Errors of the library in the words of this door.
  func explained<R>(_ body: () throws -> R) throws -> R {
    do {
      return try body()
    } catch let error as NeuralNetworkError {
      throw KerasErrors.translate(error)
    } catch let error as TensorError {
      throw Raise(.valueError, error.description)
    }
  }
}

extension KerasErrors {
  static func translate(_ error: NeuralNetworkError) -> Raise {
    switch error {
    case .layersDoNotFit(let table):
      Raise(
        .valueError, "the layers do not fit together",
        hint: table.split(separator: "\n").map { $0.replacingLinear() }.joined(separator: "\n"))
    case .argument, .data, .state, .notBuilt: Raise(.valueError, error.description)
    }
  }
}

extension Substring {
  /// The library's layer under Keras's name.
  fileprivate func replacingLinear() -> String {
    var result = ""
    var rest = self[...]
    while let found = rest.firstRange(of: "Linear(") {
      result += rest[..<found.lowerBound] + "Dense("
      rest = rest[found.upperBound...]
    }
    return result + rest
  }

  private func firstRange(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) {
        return start..<index(start, offsetBy: text.count)
      }
      start = index(after: start)
    }
    return nil
  }
}
