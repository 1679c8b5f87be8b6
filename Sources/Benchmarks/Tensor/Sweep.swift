import TensorCore

extension Workload {
  private static var operations:
    [(name: String, run: (Tensor, Tensor, Tensor, Tensor) throws -> Tensor)]
  { [
    ("add", { x, y, _, _ in try x + y }), ("mul", { x, y, _, _ in try x * y }),
    ("div", { x, y, _, _ in try x / y }), ("bias_add", { x, _, r, _ in try x + r }),
    ("exp", { x, _, _, _ in try x.exp() }), ("log", { x, _, _, _ in try x.log() }),
    ("sqrt", { x, _, _, _ in try x.sqrt() }), ("tanh", { x, _, _, _ in try x.tanh() }),
    ("sigmoid", { x, _, _, _ in try x.sigmoid() }), ("relu", { x, _, _, _ in try x.relu() }),
    ("gelu", { x, _, _, _ in try x.gelu() }), ("sum", { x, _, _, _ in try x.sum() }),
    ("mean_rows", { x, _, _, _ in try x.mean([1]) }),
    ("var_rows", { x, _, _, _ in try x.variance([1]) }),
    ("softmax", { x, _, _, _ in try x.softmax(axis: 1) }),
    ("log_softmax", { x, _, _, _ in try x.logSoftmax(axis: 1) }),
    ("matmul", { x, y, _, _ in try x.matmul(y) }),
    ("transpose_copy", { x, _, _, _ in try x.t().contiguous() }),
    ("cat", { x, y, _, _ in try Tensor.cat([x, y]) }),
    ("index_select", { x, _, _, i in try x.indexSelect(0, i) }),
  ] }

  /// `ops.OP.cache|memory.forward|both`: square matrices of 128 rows (64 KB) or 2048 (16 MB; 1024 for
  /// products), forward without recording, or forward and backward.
  static var sweep: [Workload] { ["cache", "memory"].flatMap { size in
    ["forward", "both"].flatMap { direction in
      operations.map { name, run in
        let n = size == "cache" ? 128 : name == "matmul" ? 1024 : 2048
        let times = size == "cache" ? 20 : 1
        return Workload(
          name: "ops.\(name).\(size).\(direction)", work: Double(n * n), unit: "Gelement/s",
          repetitions: times
        ) {
          let index = try (uniform(9, [n]) * .int(n)).to(.int64)
          let x = try uniform(1, [n, n]) + 0.25
          let y = try uniform(2, [n, n]) + 0.25
          let r = try uniform(3, [n]) + 0.25
          if direction == "forward" {
            return {
              try noGrad {
                for _ in 0..<times { _ = try run(x, y, r, index) }
              }
            }
          }
          for leaf in [x, y, r] { try leaf.setRequiresGrad(true) }
          let gradient = try Tensor.onesLike(run(x, y, r, index).detach())
          return {
            for _ in 0..<times {
              for leaf in [x, y, r] { leaf.grad = nil }
              try run(x, y, r, index).backward(gradient: gradient)
            }
          }
        }
      }
    }
  }  }
}
