import Language
import NeuralNetworks

/// Errors of models as exceptions, where no door has put them into words of its own.
enum TrainingErrors {
  static func translate(_ error: NeuralNetworkError) -> Raise {
    switch error {
    case .layersDoNotFit(let table):
      Raise(.runtimeError, "the layers do not fit together", hint: table)
    // PyTorch asserts this one.
    case .argument(_, "embed_dim must be divisible by num_heads"):
      Raise(.assertionError, "embed_dim must be divisible by num_heads")
    case .argument(_, let message): Raise(.valueError, message)
    case .data: Raise(.valueError, error.description)
    case .state, .notBuilt: Raise(.runtimeError, error.description)
    }
  }
}
