import Classical
import Language
import TensorCore

extension Machine {
  /// A matrix of samples [n, features] from anything array-like.
  func samples(_ value: Value) throws -> Samples {
    let tensor = try tensor(value)
    guard tensor.rank == 2 else {
      throw Raise(
        .valueError,
        "Expected 2D array, got \(tensor.rank)D array instead: shape \(tensor.shape)",
        hint: "Reshape one feature with .reshape(-1, 1), one sample with .reshape(1, -1).")
    }
    return try Samples(
      tensor.to(.float64).doubles(), rows: tensor.shape[0], columns: tensor.shape[1])
  }

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
