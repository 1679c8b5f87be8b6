import TensorCore

// The data of the networks, the same in every peer: see `Workload.uniform`.

extension Workload {
  /// Whole numbers of 0..<limit: (u * limit) >> 24 for the upper 24 bits u.
  static func integers(_ seed: UInt64, below limit: Int, _ shape: [Int]) throws -> Tensor {
    let scaled = try uniform(seed, shape).to(.float64) * 16_777_216
    return try (scaled * .double(Double(limit)) / 16_777_216).floor().to(.int64)
  }

  /// The class of each row: the largest of ten products, so that there is something to learn.
  static func classes(_ x: Tensor, _ seed: UInt64) throws -> Tensor {
    let rows = try x.reshape([x.shape[0], -1]).to(.float64)
    let weights = try (uniform(seed, [rows.shape[1], 10]) - 0.5).to(.float64)
    return try rows.matmul(weights).argmax(axis: 1)
  }

  /// Weights of (-1, 1) / sqrt(inputs).
  static func weights(_ seed: UInt64, inputs: Int, _ shape: [Int]) throws -> Tensor {
    try (uniform(seed, shape) * 2 - 1) / .double(Double(inputs).squareRoot())
  }
}
