import Classical
import Language
import TensorCore

extension Machine {
  /// An array [n, features] of samples.
  func ndarray(_ samples: Samples) throws -> Value {
    try ndarray(samples.values, shape: [samples.rows, samples.columns])
  }

  /// `random_state`: None or a seed.
  func randomState(_ value: Value) throws -> RandomState {
    if value.isNone || value.isUndefined { return .unseeded }
    if let stream = value.asInstance as? RandomStateObject { return .shared(stream.state) }
    if let seed = try index(value) { return .seed(seed) }
    throw Raise(
      .valueError, "\(try repr(value)) cannot be used to seed a numpy.random.RandomState instance")
  }
}
