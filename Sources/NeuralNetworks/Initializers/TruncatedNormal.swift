import TensorCore

extension Tensor {
  /// Fills this tensor with normal numbers between two bounds, unrecorded.
  ///
  /// Numbers outside are drawn anew, all places at once, as PyTorch does; where less than three of ten
  /// would lie inside, even numbers are drawn and kept by their density instead.
  public func truncatedNormal(
    inPlace mean: Double, _ deviation: Double, _ low: Double, _ high: Double,
    generator: Generator = .default
  ) throws {
    guard deviation > 0, low < high else {
      throw NeuralNetworkError.argument(
        owner: "", message: "trunc_normal_: std must be positive and a smaller than b")
    }
    func share(_ x: Double) throws -> Double {
      try (1 + Tensor(.double(x / Double(2).squareRoot()), dtype: .float64).erf().item().double) / 2
    }
    try noGrad {
      let inside = try share((high - mean) / deviation) - share((low - mean) / deviation)
      if inside > 0.3 {
        try normal(inPlace: mean, deviation, generator: generator)
        while true {
          let below = try Comparison.less(self, .double(low))
          let above = try Comparison.greater(self, .double(high))
          let outside = try Tensor.where(below, below, above)
          if try !outside.any().item().bool { return }
          let drawn = try Tensor.zeros(shape, dtype: dtype)
          try drawn.normal(inPlace: mean, deviation, generator: generator)
          try copy(from: Tensor.where(outside, drawn, self))
          try Interrupt.check()
        }
      }
      let mode = max(low, min(mean, high))
      let peak = -0.5 * ((mode - mean) / deviation) * ((mode - mean) / deviation)
      func refused(_ candidates: Tensor) throws -> Tensor {
        let distance = try (candidates - .double(mean)) / .double(deviation)
        let density = try distance * distance * .double(-0.5) - .double(peak)
        let lots = try Tensor.zeros(shape, dtype: dtype)
        try lots.uniform(inPlace: 0, 1, generator: generator)
        return try Comparison.greater(lots.log(), density)
      }
      try uniform(inPlace: low, high, generator: generator)
      var pending = try refused(self)
      while try pending.any().item().bool {
        let candidates = try Tensor.zeros(shape, dtype: dtype)
        try candidates.uniform(inPlace: low, high, generator: generator)
        try copy(from: Tensor.where(pending, candidates, self))
        let again = try refused(candidates)
        pending = try Tensor.where(pending, again, pending)
        try Interrupt.check()
      }
    }
  }

  private func max(_ a: Double, _ b: Double) -> Double { a > b ? a : b }
  private func min(_ a: Double, _ b: Double) -> Double { a < b ? a : b }
}
