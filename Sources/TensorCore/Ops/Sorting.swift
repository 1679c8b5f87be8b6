import Compute

// Order along an axis. Sorting is stable; NaN counts as larger than any number.

extension Tensor {
  /// The places (int64) that sort an axis.
  public func argsort(axis: Int = -1, descending: Bool = false) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "argsort")
    if rank == 0 { return try Tensor(.int(0)) }
    if dtype.isHalf { return try detached().to(.float32).argsort(axis: a, descending: descending) }
    guard let keysOf = sw_sort_key_run(dtype.rawValue) else {
      if let wide = try widened() { return try wide.argsort(axis: a, descending: descending) }
      throw TensorError.dtype(operation: "argsort", found: dtype, needed: "a number")
    }
    // The axis goes last, so that runs and their places lie behind each other.
    let source = try detached().transpose(a, rank - 1).contiguousData()
    let places = try Tensor.empty(source.shape, dtype: .int64, "argsort")
    let length = shape[a]
    if count == 0 { return try places.transpose(a, rank - 1).contiguous() }
    let (from, to, size) = (source.bytes, places.elements(Int64.self), dtype.size)
    let runs = count / length
    let keySize = Swift.max(4, size)
    let failures = FirstError()
    try ThreadPool.forRanges(runs, grain: Swift.max(1, 4096 / length)) { start, end in
      failures.run {
        // Keys twice, and places once more, for one run.
        let scratch = try Storage.make(length * (2 * keySize + 8))
        let keys = scratch.pointer
        let spare = keys + length * keySize
        let sparePlaces = (spare + length * keySize).assumingMemoryBound(to: Int64.self)
        for i in start..<end {
          keysOf(
            Int64(length), from + i &* length &* size, Int64(size), keys, descending ? 1 : 0)
          _ = sw_radix_argsort(
            Int32(keySize), Int64(length), keys, spare, to + i &* length, sparePlaces)
        }
      }
    }
    try failures.rethrow()
    try Interrupt.check()
    return try places.transpose(a, rank - 1).contiguous()
  }

  /// The elements of an axis in order and the places where they were.
  public func sort(axis: Int = -1, descending: Bool = false) throws
    -> (values: Tensor, indices: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, "sort")
    let places = try argsort(axis: a, descending: descending)
    let values = try rank == 0 ? clone() : gather(a, places)
    return (values.named(gradientFunction: "SortBackward0"), places)
  }

  /// The `k` largest (or smallest) elements of an axis in order, and their places.
  public func topk(_ k: Int, axis: Int = -1, largest: Bool = true) throws
    -> (values: Tensor, indices: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, "topk")
    let size = rank == 0 ? 1 : shape[a]
    guard k >= 0, k <= size else {
      throw TensorError.argument(
        operation: "topk", message: "selected index k out of range: \(k) of \(size)")
    }
    if rank == 0 { return (try clone(), try Tensor(.int(0))) }
    let places = try argsort(axis: a, descending: largest).narrow(a, start: 0, length: k)
      .contiguous()
    return (try gather(a, places).named(gradientFunction: "TopkBackward0"), places)
  }

  /// The different elements in ascending order, for each element the place of its value (same
  /// shape), and how often each value is there.
  public func unique() throws -> (values: Tensor, inverse: Tensor, counts: Tensor) {
    let flat = try detached().contiguousData().reshape([count])
    let order = try flat.argsort()
    let sorted = try flat.gather(0, order)
    let inverse = try Tensor.empty([count], dtype: .int64, "unique")
    var firsts: [Int64] = []
    var counts: [Int64] = []
    let (places, groups) = (order.elements(Int64.self), inverse.elements(Int64.self))
    let different: [Bool] =
      count > 1
      ? try Comparison.notEqual(
        sorted.narrow(0, start: 1, length: count - 1), sorted.narrow(0, start: 0, length: count - 1)
      ).bools() : []
    for i in 0..<count {
      if i == 0 || different[i - 1] {
        firsts.append(Int64(i))
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      groups[Int(places[i])] = Int64(firsts.count - 1)
    }
    return (
      try sorted.gather(0, Tensor(firsts)), try inverse.reshape(shape), try Tensor(counts)
    )
  }

  /// The median of all elements: the lower one of two middle ones. (`torch.median`)
  public func median() throws -> Tensor {
    guard count > 0 else {
      throw TensorError.argument(operation: "median", message: "an empty tensor has no median")
    }
    let flat = try reshape([count])
    return try flat.sort().values.select(0, (count - 1) / 2)
      .named(gradientFunction: "MedianBackward0")
  }
}

extension OperationTable {
  static let sorting: [OperationDeclaration] = [
    OperationDeclaration(name: "sort", family: "Sorting", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([6])]) { try $0[0].sort().values },
        OperationSample([try OperationSample.values([3, 4])]) {
          try $0[0].sort(axis: 0, descending: true).values
        },
      ]
    },
    OperationDeclaration(name: "topk", family: "Sorting", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 5])]) { try $0[0].topk(2).values }]
    },
    OperationDeclaration(name: "median", family: "Sorting", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([5])]) { try $0[0].median() }]
    },
  ]
}
