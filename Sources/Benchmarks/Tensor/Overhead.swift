import TensorCore

extension Workload {
  /// `op_overhead`: one eager recorded addition of 32 x 64 elements.
  static var overhead: [Workload] {
    [
    Workload(name: "op_overhead", work: 1, unit: "Gop/s", repetitions: 1000) {
      let x = try uniform(1, [32, 64]) - 0.5
      let y = try uniform(2, [32, 64])
      try x.setRequiresGrad(true)
      return {
        for _ in 0..<1000 { _ = try x.adding(y) }
      }
    }
    ]
  }

  /// `eltwise`: dropout(gelu(x * w + b)) of 4 M elements, forward without recording.
  static var chain: [Workload] {
    [
    Workload(name: "eltwise", work: 4_194_304, unit: "Gelement/s", repetitions: 1) {
      let n = [4_194_304]
      let x = try uniform(71, n) * 4 - 2
      let w = try uniform(72, n) - 0.5
      let b = try uniform(73, n) - 0.5
      return {
        try noGrad {
          _ = try (x * w + b).gelu(approximately: true).dropout(0.1)
        }
      }
    }
    ]
  }
}
