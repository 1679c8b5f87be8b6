import Compute

// Running extremes and the running logarithm of a sum.

extension Tensor {
  /// The largest element so far along an axis, and its place (the last one among equals).
  public func cummax(_ axis: Int) throws -> (values: Tensor, indices: Tensor) {
    try runningExtreme(axis, "cummax", "CummaxBackward0", isMax: true)
  }

  public func cummin(_ axis: Int) throws -> (values: Tensor, indices: Tensor) {
    try runningExtreme(axis, "cummin", "CumminBackward0", isMax: false)
  }

  private func runningExtreme(_ axis: Int, _ name: String, _ function: String, isMax: Bool) throws
    -> (values: Tensor, indices: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, name)
    if rank == 0 { return (try clone(), try Tensor(.int(0))) }
    guard !dtype.isComplex else {
      throw TensorError.dtype(operation: name, found: dtype, needed: "a dtype with an order")
    }
    let lined = try detached().transpose(a, rank - 1).contiguousData()
    let places = try Tensor.empty(lined.shape, dtype: .int64, name)
    let at = places.elements(Int64.self)
    let (length, size) = (shape[a], dtype.size)
    for run in 0..<(length == 0 ? 0 : count / length) {
      if run & 255 == 0 { try Interrupt.check() }
      var best = lined.load(lined.pointer + run * length * size)
      var place: Int64 = 0
      for i in 0..<length {
        let x = lined.load(lined.pointer + (run * length + i) * size)
        let wins: Bool
        if case .int(let p) = x, case .int(let q) = best {
          wins = isMax ? p >= q : p <= q
        } else {
          wins =
            x.double.isNaN
            || (!best.double.isNaN && (isMax ? x.double >= best.double : x.double <= best.double))
        }
        if wins { (best, place) = (x, Int64(i)) }
        at[run * length + i] = place
      }
    }
    let indices = try places.transpose(a, rank - 1).contiguous()
    return (try gather(a, indices).named(gradientFunction: function), indices)
  }

  /// log(sum of exp of the elements so far) along an axis, without overflow.
  public func logCumSumExp(_ axis: Int) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "logcumsumexp")
    guard dtype.isFloating else {
      throw TensorError.dtype(
        operation: "logcumsumexp", found: dtype, needed: "a float; use x.float()")
    }
    if rank == 0 { return try clone() }
    let lined = try detached().transpose(a, rank - 1).to(.float64).contiguous().clone()
    let values = lined.elements(Double.self)
    guard let add = sw_binary(Int32(SW_LOGADDEXP), DType.float64.rawValue) else { return self }
    let length = shape[a]
    for run in 0..<(length == 0 ? 0 : count / length) {
      if run & 255 == 0 { try Interrupt.check() }
      let row = UnsafeMutableRawPointer(values + run * length).assumingMemoryBound(to: CChar.self)
      for i in 1..<Swift.max(1, length) {
        add(1, row + i * 8, 8, row + i * 8, 8, row + (i - 1) * 8, 8)
      }
    }
    let result = try lined.transpose(a, rank - 1).to(dtype).contiguous()
    if records {
      let saved = Saved(self)
      result.record("LogcumsumexpBackward0", [edge], keepingResult: true) { call in
        // dx_i = sum over j >= i of g_j exp(x_i - y_j), in logarithms, the signs of g apart.
        let (x, y, g) = (try saved.value("logcumsumexp"), try call.result, call.gradient)
        let positive = try Comparison.greater(g, .double(0))
        let negative = try Comparison.less(g, .double(0))
        let tiny = try Tensor(.double(-.infinity), dtype: g.dtype)
        func masked(_ keep: Tensor, _ value: Tensor) throws -> Tensor {
          let terms = try Tensor.where(
            keep, Tensor.where(keep, value, .double(1)).log().subtracting(y), tiny)
          return try terms.flip([a]).logCumSumExp(a).flip([a]).adding(x).exp()
        }
        return [try masked(positive, g).subtracting(masked(negative, g.neg()))]
      }
    }
    return result
  }
}

extension OperationTable {
  static let moreScans: [OperationDeclaration] = [
    OperationDeclaration(name: "cummax", family: "RunningExtremes", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4])]) { try $0[0].cummax(1).values },
        OperationSample([try OperationSample.values([5])]) { try $0[0].cummin(0).values },
      ]
    },
    OperationDeclaration(name: "logcumsumexp", family: "RunningExtremes", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 3])]) { try $0[0].logCumSumExp(1) }]
    },
  ]
}
