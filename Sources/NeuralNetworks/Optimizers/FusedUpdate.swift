import TensorCore

/// Runs a one-pass update of the C kernels where the tensors allow it.
enum FusedUpdate {
  typealias Body = (
    _ n: Int64, _ w: UnsafeMutablePointer<Float>, _ g: UnsafePointer<Float>,
    _ others: [UnsafeMutablePointer<Float>]
  ) -> Void

  /// - Returns: false when a tensor is not float32 or not contiguous; nothing is changed then.
  static func run(_ w: Tensor, _ g: Tensor, _ others: [Tensor], _ body: Body) -> Bool {
    guard ([w, g] + others).allSatisfy({ $0.dtype == .float32 && $0.isContiguous }),
      g.shape == w.shape
    else { return false }
    return
      (try? w.withMutableElements(of: Float.self) { weights -> Bool in
        try g.withElements(of: Float.self) { gradient -> Bool in
          guard let weight = weights.baseAddress, let slope = gradient.baseAddress else {
            return true
          }
          let rest = try others.map { other in
            try other.withMutableElements(of: Float.self) { $0.baseAddress }
          }
          body(Int64(weights.count), weight, slope, rest.compactMap { $0 })
          return true
        }
      }) ?? false
  }
}
