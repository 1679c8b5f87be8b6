import Compute

// Running sums and products along an axis.

extension Tensor {
  /// The running sum along an axis; integers add up as int64.
  public func cumsum(_ axis: Int) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "cumsum")
    let result = try scan(sw_cumsum(dtype.rawValue), a, "cumsum")
    if records {
      // Element i reaches every sum from i on: the running sum from the other end.
      result.record("CumsumBackward0", [edge]) {
        [$0.gradient.rank == 0 ? $0.gradient : try $0.gradient.flip([a]).cumsum(a).flip([a])]
      }
    }
    return result
  }

  /// The running product along an axis.
  public func cumprod(_ axis: Int) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "cumprod")
    let result = try scan(sw_cumprod(dtype.rawValue), a, "cumprod")
    if records {
      let saved = Saved(self)
      result.record("CumprodBackward0", [edge]) { call in
        [try saved.value("cumprod").cumprodGradient(call.gradient, a)]
      }
    }
    return result
  }

  /// d/dx_k of the sum over i of g_i * prod_{j <= i} x_j, right also where elements are 0: for each k
  /// the element is replaced by 1 in the products that hold it.
  private func cumprodGradient(_ g: Tensor, _ axis: Int) throws -> Tensor {
    if rank == 0 { return g }
    let length = shape[axis]
    var parts: [Tensor] = []
    for k in 0..<length {
      let before =
        try k == 0
        ? Tensor.ones(narrow(axis, start: 0, length: 1).shape, dtype: dtype)
        : narrow(axis, start: 0, length: k).prod([axis], keepDims: true)
      let one = try Tensor.onesLike(before)
      let after = try Tensor.cat(
        [one, narrow(axis, start: k + 1, length: length - k - 1)], axis: axis
      ).cumprod(axis)
      let tail = try g.narrow(axis, start: k, length: length - k)
      parts.append(
        try tail.multiplied(by: after).sum([axis], keepDims: true).multiplied(by: before))
    }
    return parts.isEmpty ? g : try Tensor.cat(parts, axis: axis)
  }

  private func scan(_ loop: sw_scan_run?, _ axis: Int, _ name: String) throws -> Tensor {
    if dtype.isHalf {
      return try detached().to(.float32).scan(
        name == "cumsum" ? sw_cumsum(DType.float32.rawValue) : sw_cumprod(DType.float32.rawValue),
        axis, name
      ).to(dtype)
    }
    guard let loop else {
      if let wide = try widened() {
        return try wide.scan(
          name == "cumsum" ? sw_cumsum(DType.int64.rawValue) : sw_cumprod(DType.int64.rawValue),
          axis, name)
      }
      throw TensorError.dtype(operation: name, found: dtype, needed: "a number")
    }
    let out = try Tensor.empty(shape, dtype: dtype.isFloating ? dtype : .int64, "cumsum")
    if count == 0 { return out }
    if rank == 0 {
      loop(1, out.bytes, 0, bytes, 0)
      return out
    }
    // Runs along the axis start at the places of a tensor without it.
    let starts = selected(axis: axis, index: 0)
    let outStarts = out.alias().selected(axis: axis, index: 0)
    let (from, to) = (storage.pointer, out.storage.pointer)
    let length = Int64(shape[axis])
    let (stepIn, stepOut) = (
      Int64(strides[axis] &* dtype.size), Int64(out.strides[axis] &* out.dtype.size)
    )
    var at = [Int](repeating: 0, count: starts.rank)
    var (x, y) = (offset, out.offset)
    for run in 0..<starts.count {
      if run & 1023 == 0 { try Interrupt.check() }
      loop(
        length, (to + y &* out.dtype.size).assumingMemoryBound(to: CChar.self), stepOut,
        (from + x &* dtype.size).assumingMemoryBound(to: CChar.self), stepIn)
      var d = starts.rank - 1
      while d >= 0 {
        at[d] += 1
        x &+= starts.strides[d]
        y &+= outStarts.strides[d]
        if at[d] < starts.shape[d] { break }
        x &-= starts.strides[d] &* starts.shape[d]
        y &-= outStarts.strides[d] &* starts.shape[d]
        at[d] = 0
        d -= 1
      }
    }
    try Interrupt.check()
    return out
  }
}

extension OperationTable {
  static let scans: [OperationDeclaration] = [
    OperationDeclaration(name: "cumsum", family: "Scan", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([4])]) { try $0[0].cumsum(0) },
        OperationSample([try OperationSample.values([2, 3, 2])]) { try $0[0].cumsum(1) },
      ]
    },
    OperationDeclaration(name: "cumprod", family: "Scan", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([4])]) { try $0[0].cumprod(0) },
        OperationSample([try OperationSample.values([2, 3])]) { try $0[0].cumprod(1) },
      ]
    },
  ]
}
