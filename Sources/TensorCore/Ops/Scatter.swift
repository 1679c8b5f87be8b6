import Compute

// Writing elements to places that an index names, and adding, multiplying or comparing there.

/// What happens where several elements meet.
public enum ScatterReduction: String, Sendable {
  case sum, prod, mean, amax, amin
}

extension Tensor {
  /// Checks an index against this and its source, and gives row-major places, and the part of the
  /// source that counts.
  private func scatterPlaces(_ axis: Int, _ index: Tensor, _ source: Tensor?, _ operation: String)
    throws -> (places: Tensor, part: Tensor?)
  {
    let a = try Shape.axis(axis, rank: rank, operation)
    if rank == 0 {
      return (try Tensor.zeros([1], dtype: .int64), try source?.reshape([1]))
    }
    guard index.rank == rank, source == nil || source?.rank == rank else {
      throw TensorError.wrongShape(
        operation: operation, found: index.rank == rank ? source?.shape ?? [] : index.shape,
        needed: "one with \(rank) axes, as the tensor's \(shape)")
    }
    if let source {
      guard zip(index.shape, source.shape).allSatisfy({ $0 <= $1 }) else {
        throw TensorError.wrongShape(
          operation: operation, found: index.shape,
          needed: "one not larger than the source's \(source.shape) on any axis")
      }
    }
    let places = try elementPlaces(index, a, operation)
    var part = source
    for i in 0..<rank {
      if let whole = part, whole.shape[i] != index.shape[i] {
        part = try whole.narrow(i, start: 0, length: index.shape[i])
      }
    }
    return (places, part)
  }

  /// A copy with the elements of `source` where `index` points on an axis; the last of several wins.
  public func scatter(_ axis: Int, _ index: Tensor, _ source: Tensor) throws -> Tensor {
    guard source.dtype == dtype else {
      throw TensorError.dtype(
        operation: "scatter", found: source.dtype, needed: "\(dtype), as the tensor's")
    }
    let (places, part) = try scatterPlaces(axis, index, source, "scatter")
    return try written(places, part ?? source, "ScatterBackward0")
  }

  /// A copy with `value` where `index` points on an axis.
  public func scatter(_ axis: Int, _ index: Tensor, _ value: Scalar) throws -> Tensor {
    let (places, _) = try scatterPlaces(axis, index, nil, "scatter")
    return try written(
      places, Tensor.full(index.shape, value, dtype: dtype), "ScatterBackward1")
  }

  /// A copy in which block i of `source` stands at block `places[i]`; for repeated places the last.
  func written(_ places: Tensor, _ source: Tensor, block: Int = 1, _ name: String) throws -> Tensor {
    let result = try detached().clone()
    let blocks = try source.detached().contiguousData()
    if blocks.count > 0 {
      sw_scatter(
        Int64(places.count), Int64(block * dtype.size), places.elements(Int64.self), blocks.bytes,
        result.bytes)
    }
    if records || source.records {
      let original = source.shape
      result.record(name, [edge, source.edge]) { call in
        let g = call.gradient
        let zero = try Tensor.zeros(original, dtype: g.dtype)
        return [
          call.needs(0) ? try g.written(places, zero, block: block, name) : nil,
          call.needs(1) ? try g.taken(places, block: block, shape: original, name) : nil,
        ]
      }
    }
    return result
  }

  /// A copy in which the elements of `source` meet those already there.
  ///
  /// - Parameter includeSelf: whether the element of this tensor takes part where others come.
  public func scatterReduce(
    _ axis: Int, _ index: Tensor, _ source: Tensor, _ reduction: ScatterReduction,
    includeSelf: Bool = true
  ) throws -> Tensor {
    guard source.dtype == dtype else {
      throw TensorError.dtype(
        operation: "scatter_reduce", found: source.dtype, needed: "\(dtype), as the tensor's")
    }
    let (places, given) = try scatterPlaces(axis, index, source, "scatter_reduce")
    let part = try (given ?? source).contiguous()
    // How many elements come to each place, this tensor's own included when it counts.
    let ones = try Tensor.ones([places.count], dtype: dtype)
    let arrivals = try ones.spread(places, block: 1, shape: shape, "")
    let touched = try Comparison.greater(arrivals, .int(0))
    func base(_ neutral: Scalar) throws -> Tensor {
      includeSelf ? self : try Tensor.where(touched, Tensor(neutral, dtype: dtype), self)
    }
    switch reduction {
    case .sum:
      return try base(0).adding(part.spread(places, block: 1, shape: shape, "ScatterReduceBackward0"))
        .named(gradientFunction: "ScatterReduceBackward0")
    case .mean:
      let total = try base(0).adding(
        part.spread(places, block: 1, shape: shape, "ScatterReduceBackward0"))
      let counts = try Tensor.where(touched, arrivals + .int(includeSelf ? 1 : 0), .int(1))
      return try
        (dtype.isFloating ? total / counts : BinaryOperation.floorDivide(total, counts))
        .named(gradientFunction: "ScatterReduceBackward0")
    case .amax, .amin:
      let isMax = reduction == .amax
      let start = try base(dtype.isFloating ? .double(isMax ? -.infinity : .infinity) : .int(isMax ? .min : .max))
      return try start.extremes(places, part, isMax)
    case .prod: return try base(1).products(places, part)
    }
  }

  /// The larger (smaller) of this and what comes to each place; equal ones share the gradient.
  private func extremes(_ places: Tensor, _ part: Tensor, _ isMax: Bool) throws -> Tensor {
    let result = try detached().clone()
    let at = places.elements(Int64.self)
    let size = dtype.size
    let source = try part.detached().contiguousData()
    for i in 0..<places.count {
      let place = result.pointer + Int(at[i]) * size
      let (old, new) = (result.load(place), source.load(source.pointer + i * size))
      let wins: Bool
      if case .int(let a) = new, case .int(let b) = old { wins = isMax ? a > b : a < b } else {
        wins = new.double.isNaN || (isMax ? new.double > old.double : new.double < old.double)
      }
      if wins && !old.double.isNaN { place.copyMemory(from: source.pointer + i * size, byteCount: size) }
    }
    if records || part.records {
      let (own, other) = (Saved(self), Saved(part))
      let answer = result.alias()
      result.record("ScatterReduceBackward0", [edge, part.edge]) { call in
        let (x, y) = (try own.value("scatter_reduce").detached(), try other.value("scatter_reduce").detached())
        let mine = try Comparison.equal(x, answer).to(x.dtype)
        let seen = try answer.taken(places, block: 1, shape: y.shape, "")
        let theirs = try Comparison.equal(y, seen).to(x.dtype)
        let sharers = try mine.adding(theirs.spread(places, block: 1, shape: x.shape, ""))
        let share = try call.gradient.divided(
          by: Tensor.where(sharers.equal(.int(0)), .double(1), sharers))
        return [
          try share.multiplied(by: mine),
          try share.taken(places, block: 1, shape: y.shape, "").multiplied(by: theirs),
        ]
      }
    }
    return result
  }

  private func products(_ places: Tensor, _ part: Tensor) throws -> Tensor {
    let result = try detached().clone()
    let at = places.elements(Int64.self)
    let source = try part.detached().contiguousData()
    guard let loop = sw_binary(Int32(SW_MUL), dtype.rawValue) else {
      if let wide = try widened() {
        return try wide.products(places, part.detached().to(.int64)).to(dtype)
      }
      throw TensorError.dtype(operation: "scatter_reduce", found: dtype, needed: "a number")
    }
    let size = dtype.size
    for i in 0..<places.count {
      let place = result.bytes + Int(at[i]) * size
      loop(1, place, Int64(size), place, Int64(size), source.bytes + i * size, Int64(size))
    }
    if records || part.records {
      let (own, other) = (Saved(self), Saved(part))
      result.record("ScatterReduceBackward0", [edge, part.edge], keepingResult: true) { call in
        let (x, y) = (try own.value("scatter_reduce"), try other.value("scatter_reduce"))
        guard try !Comparison.equal(x.detached(), .int(0)).any().item().bool,
          try !Comparison.equal(y.detached(), .int(0)).any().item().bool
        else {
          throw TensorError.gradient(
            message: "scatter_reduce with 'prod': no gradient where an element is 0")
        }
        let whole = try call.gradient.multiplied(by: call.result)
        return [
          try whole.divided(by: x),
          try whole.taken(places, block: 1, shape: y.shape, "").divided(by: y),
        ]
      }
    }
    return result
  }

  // MARK: - Slices

  /// Blocks: this as [before, size, after], and places of whole slices.
  private func slices(_ axis: Int, _ index: Tensor, _ operation: String) throws -> (Int, [Int]) {
    let a = try Shape.axis(axis, rank: rank, operation)
    guard index.rank <= 1, rank > 0 else {
      throw TensorError.wrongShape(operation: operation, found: index.shape, needed: "one axis")
    }
    let places = try index.asPlaces(operation).ints()
    for place in places {
      guard place >= -shape[a], place < shape[a] else {
        throw TensorError.index(operation: operation, index: place, size: shape[a], axis: a)
      }
    }
    return (a, places.map { $0 < 0 ? $0 + shape[a] : $0 })
  }

  /// A copy with slice i of `source`, times `alpha`, added to slice `index[i]` of an axis.
  public func indexAdd(_ axis: Int, _ index: Tensor, _ source: Tensor, alpha: Scalar = 1) throws
    -> Tensor
  {
    try slicesApplied(axis, index, source, "index_add") { rows, places, lined in
      let scaled = alpha == .int(1) ? rows : try rows * alpha
      return try lined.adding(
        scaled.to(lined.dtype).spread(
          places, block: lined.count / Swift.max(1, lined.shape[0]), shape: lined.shape, "IndexAddBackward0"))
    }.named(gradientFunction: "IndexAddBackward0")
  }

  /// A copy with slice i of `source` at slice `index[i]` of an axis.
  public func indexCopy(_ axis: Int, _ index: Tensor, _ source: Tensor) throws -> Tensor {
    guard source.dtype == dtype else {
      throw TensorError.dtype(
        operation: "index_copy", found: source.dtype, needed: "\(dtype), as the tensor's")
    }
    return try slicesApplied(axis, index, source, "index_copy") { rows, places, lined in
      try lined.written(
        places, rows, block: lined.count / Swift.max(1, lined.shape[0]), "IndexCopyBackward0")
    }.named(gradientFunction: "IndexCopyBackward0")
  }

  private func slicesApplied(
    _ axis: Int, _ index: Tensor, _ source: Tensor, _ operation: String,
    _ body: (Tensor, Tensor, Tensor) throws -> Tensor
  ) throws -> Tensor {
    let (a, places) = try slices(axis, index, operation)
    var needed = shape
    needed[a] = places.count
    guard source.shape == needed || (source.rank == 0 && needed == [1]) else {
      throw TensorError.wrongShape(
        operation: operation, found: source.shape,
        needed: "\(needed): one slice for each of the \(places.count) places on axis \(a)")
    }
    let lined = try transpose(a, 0)
    if lined.count == 0 { return try clone() }
    let rows = try source.reshape(needed).transpose(a, 0)
    return try body(rows.contiguous(), Tensor(places), lined.contiguous()).transpose(a, 0)
      .contiguous()
  }

  /// A copy with `value` in the slices of an axis that `index` names.
  public func indexFill(_ axis: Int, _ index: Tensor, _ value: Scalar) throws -> Tensor {
    let (a, places) = try slices(axis, index, "index_fill")
    var flags = [Bool](repeating: false, count: shape[a])
    for place in places { flags[place] = true }
    var wide = Array(repeating: 1, count: rank)
    wide[a] = shape[a]
    return try maskedFill(Tensor(flags, shape: wide), value)
      .named(gradientFunction: "IndexFillBackward0")
  }

  /// A copy with the elements of `source` at row-major places; `accumulate` adds them.
  public func put(_ index: Tensor, _ source: Tensor, accumulate: Bool = false) throws -> Tensor {
    guard index.count == source.count else {
      throw TensorError.wrongShape(
        operation: "put_", found: source.shape,
        needed: "as many elements as the index has: \(index.count)")
    }
    guard source.dtype == dtype else {
      throw TensorError.dtype(operation: "put_", found: source.dtype, needed: "\(dtype), as the tensor's")
    }
    let places = try index.asPlaces("put_").clone().reshape([-1])
    let at = places.elements(Int64.self)
    for i in 0..<places.count {
      let place = at[i] < 0 ? at[i] + Int64(count) : at[i]
      guard place >= 0, place < count else {
        throw TensorError.index(operation: "put_", index: Int(at[i]), size: count, axis: 0)
      }
      at[i] = place
    }
    let flat = try source.reshape([-1])
    if accumulate {
      return try adding(flat.contiguous().spread(places, block: 1, shape: shape, "PutBackward0"))
    }
    return try contiguous().written(places, flat, "PutBackward0")
  }

  /// A copy with `values` added where a subscript points; repeated places add up.
  public func indexAdded(_ spec: [Index], _ values: Tensor) throws -> Tensor {
    // The row-major places that the subscript names, read from a tensor that holds its own places.
    let places = try Tensor.arange(0, .int(count)).reshape(shape).index(spec)
    let spread = try values.to(dtype).expand(Shape.broadcast(places.shape, values.shape, "index_put_"))
    return try put(places.contiguous(), spread.contiguous(), accumulate: true)
      .named(gradientFunction: "IndexPutBackward0")
  }

  /// A copy with the elements of `source` in order where the mask is true.
  public func maskedScatter(_ mask: Tensor, _ source: Tensor) throws -> Tensor {
    guard mask.dtype == .bool else {
      throw TensorError.dtype(operation: "masked_scatter", found: mask.dtype, needed: "bool")
    }
    guard source.dtype == dtype else {
      throw TensorError.dtype(
        operation: "masked_scatter", found: source.dtype, needed: "\(dtype), as the tensor's")
    }
    let whole = try expand(Shape.broadcast(shape, mask.shape, "masked_scatter"))
    let places = try mask.expand(whole.shape).contiguousData().reshape([-1]).nonzero().reshape([-1])
    guard places.count <= source.count else {
      throw TensorError.argument(
        operation: "masked_scatter",
        message: "expected self and source to have the same number of ones in the mask: it has "
          + "\(places.count), the source \(source.count) elements")
    }
    let taken = try source.reshape([-1]).narrow(0, start: 0, length: places.count)
    return try whole.contiguous().written(places, taken, "MaskedScatterBackward0")
  }

  /// Along an axis the elements that an index names; index and tensor broadcast on the other axes.
  public func takeAlong(_ axis: Int, _ index: Tensor) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "take_along_dim")
    guard index.rank == rank else {
      throw TensorError.wrongShape(
        operation: "take_along_dim", found: index.shape, needed: "one with \(rank) axes")
    }
    if rank == 0 { return try clone() }
    var (own, other) = (shape, index.shape)
    (own[a], other[a]) = (1, 1)
    var common = try Shape.broadcast(own, other, "take_along_dim")
    common[a] = shape[a]
    let source = try expand(common)
    common[a] = index.shape[a]
    return try source.gather(a, index.expand(common))
  }
}

extension OperationTable {
  static let scatters: [OperationDeclaration] = [
    OperationDeclaration(name: "scatter", family: "Scatter", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 3]), try OperationSample.values([2, 2])]) {
          try $0[0].scatter(1, Tensor([2, 0, 1, 2], shape: [2, 2]), $0[1])
        }
      ]
    },
    OperationDeclaration(name: "scatter_reduce", family: "Scatter", isDifferentiable: true) {
      let reductions: [ScatterReduction] = [.sum, .mean, .amax, .amin, .prod]
      return try reductions.map { reduction in
        OperationSample([try OperationSample.values([4], 0.4, 2), try OperationSample.values([5], 0.5, 1.9)]) {
          try $0[0].scatterReduce(0, Tensor([0, 2, 0, 1, 2]), $0[1], reduction)
        }
      }
    },
    OperationDeclaration(name: "index_add", family: "Scatter", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4]), try OperationSample.values([3, 2])]) {
          try $0[0].indexAdd(1, Tensor([3, 0]), $0[1], alpha: 2)
        }
      ]
    },
    OperationDeclaration(name: "index_copy", family: "Scatter", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4]), try OperationSample.values([2, 4])]) {
          try $0[0].indexCopy(0, Tensor([2, 0]), $0[1])
        }
      ]
    },
    OperationDeclaration(name: "masked_scatter", family: "Scatter", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3]), try OperationSample.values([6])]) {
          try $0[0].maskedScatter(Tensor([true, false, true]), $0[1])
        }
      ]
    },
    OperationDeclaration(name: "take_along_dim", family: "Scatter", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3])]) {
          try $0[0].takeAlong(1, Tensor([2, 0], shape: [1, 2]))
        }
      ]
    },
  ]
}
