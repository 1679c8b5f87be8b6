import TensorCore

/// One thing that is measured: a step of ours, and the name under which a peer knows the same.
struct Workload {
  /// `"ops.add.cache.forward"`: families are told apart by what stands before the first dot.
  let name: String
  /// Work of one step in `unit`, for the rate that is printed: operations, bytes, elements.
  let work: Double
  /// `"GFLOP/s"` and the like; what `work / seconds` is, divided by 1e9.
  let unit: String
  /// How many times `step` does it: short ones are repeated inside, so that the clock costs nothing.
  let repetitions: Int
  /// Makes the data and gives the step. Called once, when the workload's turn comes.
  let prepare: () throws -> (() throws -> Void)
  /// The mean loss of the first epoch, for workloads that begin with the peer's weights: both sides do
  /// the same work when it is the peer's.
  var loss: (() throws -> Double)?
}

extension Workload {
  /// Numbers of [0, 1) from a 64-bit congruential generator, upper 24 bits: exact in float32, and the
  /// same in every peer.
  ///
  ///     state = seed * 2862933555777941757 + 3037000493
  ///     repeat: state = state * 6364136223846793005 + 1442695040888963407; u = (state >> 40) / 2^24
  static func uniform(_ seed: UInt64, _ shape: [Int]) throws -> Tensor {
    let count = try Shape.count(shape, "uniform")
    var state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493
    let values = [Float](unsafeUninitializedCapacity: count) { buffer, filled in
      for i in 0..<count {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        buffer[i] = Float(state >> 40) / 16_777_216
      }
      filled = count
    }
    return try Tensor(values, shape: shape)
  }
}
