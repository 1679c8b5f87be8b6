import TensorCore

/// Why a model, a loss or a training run was refused.
public enum NeuralNetworkError: Error, Equatable, CustomStringConvertible {
  /// Layers that do not fit together; the table names each layer with its shapes and the clash.
  case layersDoNotFit(table: String)
  /// An argument outside of what a layer or optimizer takes.
  case argument(owner: String, message: String)
  /// A state that is not this model's.
  case state(message: String)
  /// Data that a training run cannot use.
  case data(message: String)
  /// A loss that became NaN or infinite.
  case notBuilt(layer: String)

  public var description: String {
    switch self {
    case .layersDoNotFit(let table): "the layers do not fit together\n" + table
    case .argument(let owner, let message): "\(owner): \(message)"
    case .state(let message): message
    case .data(let message): message
    case .notBuilt(let layer):
      "\(layer) does not know its input size yet: call the model on data or build it first"
    }
  }
}
