import Compute

// Softmax along an axis, in the form that does not overflow: the largest element is taken off first.

extension Tensor {
  /// exp(x) / sum(exp(x)) along an axis.
  public func softmax(axis: Int = -1, promotion: Promotion = .torch) throws -> Tensor {
    try rows("softmax", axis, logarithm: false)
  }

  /// x - log(sum(exp(x))) along an axis.
  public func logSoftmax(axis: Int = -1, promotion: Promotion = .torch) throws -> Tensor {
    try rows("log_softmax", axis, logarithm: true)
  }

  private func rows(_ name: String, _ axis: Int, logarithm: Bool) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, name)
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: name, found: dtype, needed: "a float; use x.float()")
    }
    if dtype.isHalf { return try to(.float32).rows(name, axis, logarithm: logarithm).to(dtype) }
    if rank == 0 { return try reshape([1]).rows(name, 0, logarithm: logarithm).reshape([]) }
    if a != rank - 1 {
      return try transpose(a, rank - 1).rows(name, -1, logarithm: logarithm)
        .transpose(a, rank - 1)
        .named(gradientFunction: logarithm ? "LogSoftmaxBackward0" : "SoftmaxBackward0")
    }
    guard let loop = sw_softmax(dtype.rawValue, logarithm ? 1 : 0) else { return self }
    let source = try contiguousData()
    let out = try Tensor(like: source, dtype: dtype)
    let columns = shape[a]
    if count > 0 {
      let width = columns &* dtype.size
      let (from, to) = (source.pointer, out.pointer)
      try ThreadPool.forRanges(
        count / columns, grain: Swift.max(1, Elementwise.costlyGrain / columns)
      ) {
        start, end in
        loop(Int64(end - start), Int64(columns), from + start &* width, to + start &* width)
      }
    }
    if records {
      out.record(
        logarithm ? "LogSoftmaxBackward0" : "SoftmaxBackward0", [edge], keepingResult: true
      ) { [try $0.gradient.rowsGradient($0.result, logarithm: logarithm)] }
    }
    return out
  }

  /// The gradient for the operand; this is the gradient of the result y.
  private func rowsGradient(_ y: Tensor, logarithm: Bool) throws -> Tensor {
    if GradientMode.isEnabled {
      // Recorded, for higher derivatives.
      return logarithm
        ? try subtracting(y.exp().multiplied(by: sum([-1], keepDims: true)))
        : try y.multiplied(by: subtracting(multiplied(by: y).sum([-1], keepDims: true)))
    }
    guard let loop = sw_softmax_back(dtype.rawValue, logarithm ? 1 : 0) else { return self }
    let g = try contiguousData()
    let out = try Tensor(like: g, dtype: dtype)
    let columns = shape[rank - 1]
    if count == 0 { return out }
    let width = columns &* dtype.size
    let (a, b, c) = (g.pointer, y.pointer, out.pointer)
    try ThreadPool.forRanges(
      count / columns, grain: Swift.max(1, Elementwise.costlyGrain / columns)
    ) {
      start, end in
      loop(
        Int64(end - start), Int64(columns), a + start &* width, b + start &* width,
        c + start &* width)
    }
    return out
  }
}

extension OperationTable {
  static let softmaxes: [OperationDeclaration] = [
    OperationDeclaration(name: "softmax", family: "Softmax", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 5])]) { try $0[0].softmax() },
        OperationSample([try OperationSample.values([3, 2, 2])]) { try $0[0].softmax(axis: 0) },
      ]
    },
    OperationDeclaration(name: "log_softmax", family: "Softmax", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 5])]) { try $0[0].logSoftmax() },
        OperationSample([try OperationSample.values([3, 2])]) { try $0[0].logSoftmax(axis: 0) },
      ]
    },
  ]
}
