import Compute
import TensorCore

extension Workload {
  /// `sgemm_N`: c = a b for square float32 matrices, into memory that is there.
  static var products: [Workload] {
    [256, 1024, 2048].map { n in
    Workload(name: "sgemm_\(n)", work: 2 * Double(n * n * n), unit: "GFLOP/s", repetitions: 1) {
      let a = try uniform(1, [n, n]) - 0.5
      let b = try uniform(2, [n, n]) - 0.5
      let c = try Tensor.zeros([n, n])
      return {
        try a.withElements(of: Float.self) { x in
          try b.withElements(of: Float.self) { y in
            try c.withMutableElements(of: Float.self) { z in
              guard let x = x.baseAddress, let y = y.baseAddress, let z = z.baseAddress else { return }
              try MatrixProduct.float(
                m: n, n: n, k: n, .init(x, rowStride: n, columnStride: 1),
                .init(y, rowStride: n, columnStride: 1), into: z, cStride: n)
            }
          }
        }
      }
    }
  }
}
}
