import Compute

// Taking elements by their places and putting them back. Everything rests on two operations that
// undo each other: `taken` copies blocks of a row-major tensor, `spread` adds blocks up in zeros.

extension Tensor {
  /// Blocks of `block` adjacent elements of this row-major tensor, by checked block numbers.
  func taken(_ places: Tensor, block: Int, shape target: [Int], _ name: String) throws -> Tensor {
    let source = try contiguous()
    let out = try Tensor.empty(target, dtype: dtype, name)
    let bytesEach = block &* dtype.size
    let (from, to, at) = (source.bytes, out.bytes, places.elements(Int64.self))
    try ThreadPool.forRanges(places.count, grain: Swift.max(1, (1 << 18) / Swift.max(block, 1))) {
      start, end in
      sw_gather(Int64(end - start), Int64(bytesEach), at + start, from, to + start &* bytesEach)
    }
    if source.records {
      let original = shape
      out.record(name, [source.edge]) {
        [try $0.gradient.spread(places, block: block, shape: original, name)]
      }
      out.ownNode?.givesFresh = true
    }
    return out
  }

  /// Zeros of the given shape to which the blocks of this are added at their places.
  func spread(_ places: Tensor, block: Int, shape target: [Int], _ name: String) throws -> Tensor {
    let source = try contiguous()
    if dtype.isHalf {
      return try to(.float32).spread(places, block: block, shape: target, name).to(dtype)
    }
    if let wide = try widened() {
      return try wide.spread(places, block: block, shape: target, name).to(dtype)
    }
    let out = try Tensor.zeros(target, dtype: dtype)
    sw_scatter_add(
      dtype.realPart.rawValue, Int64(places.count), Int64(dtype.isComplex ? 2 * block : block), places.elements(Int64.self), source.bytes,
      out.bytes)
    if source.records {
      let original = shape
      out.record(name, [source.edge]) {
        [try $0.gradient.taken(places, block: block, shape: original, name)]
      }
    }
    return out
  }

  /// Zeros of the shape [rows, columns] to whose rows the rows of this are added: what an embedding
  /// does backwards. `places` are int64 and have been checked.
  public func added(atRows places: Tensor, of target: [Int]) throws -> Tensor {
    try spread(
      places.contiguousData(), block: target.last ?? 1, shape: target, "EmbeddingDenseBackward0")
  }

  /// This as int64 in row-major order, for use as places.
  func asPlaces(_ operation: String) throws -> Tensor {
    guard dtype.isInteger else {
      throw TensorError.dtype(
        operation: operation, found: dtype, needed: "int64 for an index; convert it with to(int64)")
    }
    return try detached().to(.int64).contiguousData()
  }

  /// For each place of `index` the element of this whose position on `axis` it names:
  /// `out[i, j] = x[index[i, j], j]` for axis 0.
  public func gather(_ axis: Int, _ index: Tensor) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "gather")
    guard index.rank == rank else {
      throw TensorError.wrongShape(
        operation: "gather", found: index.shape, needed: "one with \(rank) axes, as the input's")
    }
    if rank == 0 { return try clone() }
    let places = try elementPlaces(index, a, "gather")
    return try taken(places, block: 1, shape: index.shape, "GatherBackward0")
  }

  /// The row-major places in this that an index along `axis` names.
  func elementPlaces(_ index: Tensor, _ axis: Int, _ operation: String) throws -> Tensor {
    for i in 0..<rank where i != axis && index.shape[i] > shape[i] {
      throw TensorError.wrongShape(
        operation: operation, found: index.shape,
        needed: "at most \(shape) apart from axis \(axis)")
    }
    let given = try index.asPlaces(operation)
    let places = try Tensor.empty(index.shape, dtype: .int64, operation)
    let steps = Shape.contiguousStrides(shape)
    let (from, to) = (given.elements(Int64.self), places.elements(Int64.self))
    let size = shape[axis]
    let step = steps[axis]
    let last = rank - 1
    var at = [Int](repeating: 0, count: rank)
    var base = 0
    var i = 0
    let inner = index.shape[last]
    let innerStep = last == axis ? 0 : steps[last]
    while i < given.count {
      for j in 0..<inner {
        var k = Int(from[i + j])
        if k < 0 { k += size }
        if k < 0 || k >= size {
          throw TensorError.index(
            operation: operation, index: Int(from[i + j]), size: size, axis: axis)
        }
        to[i + j] = Int64(base &+ j &* innerStep &+ k &* step)
      }
      i += inner
      var d = last - 1
      while d >= 0 {
        at[d] += 1
        if d != axis { base &+= steps[d] }
        if at[d] < index.shape[d] { break }
        if d != axis { base &-= steps[d] &* at[d] }
        at[d] = 0
        d -= 1
      }
    }
    return places
  }

  /// A copy of this with the elements of `source` added at the places that `index` names on `axis`.
  public func scatterAdd(_ axis: Int, _ index: Tensor, _ source: Tensor) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "scatter_add")
    guard index.rank == rank, source.rank == rank,
      zip(index.shape, source.shape).allSatisfy({ $0 <= $1 })
    else {
      throw TensorError.wrongShape(
        operation: "scatter_add", found: index.shape,
        needed: "the axes of \(shape), not larger than the source's \(source.shape)")
    }
    if rank == 0 { return try adding(source) }
    var part = source
    for i in 0..<rank where part.shape[i] != index.shape[i] {
      part = try part.narrow(i, start: 0, length: index.shape[i])
    }
    let places = try elementPlaces(index, a, "scatter_add")
    return try adding(
      part.to(dtype).spread(places, block: 1, shape: shape, "ScatterAddBackward0")
    ).named(gradientFunction: "ScatterAddBackward0")
  }

  /// The positions of an axis that `index`, a tensor with one axis, names. (`torch.index_select`)
  public func indexSelect(_ axis: Int, _ index: Tensor) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "index_select")
    guard index.rank <= 1, rank > 0 else {
      throw TensorError.wrongShape(
        operation: "index_select", found: index.shape, needed: "one axis")
    }
    let spec = Array(repeating: Index.slice(start: nil, stop: nil, step: nil), count: a)
    do {
      return try self.index(spec + [.tensor(index.rank == 0 ? index.reshape([1]) : index)])
        .named(gradientFunction: "IndexSelectBackward0")
    } catch {
      guard case TensorError.index(_, let place, let size, let axis)? = error as? TensorError else {
        throw error
      }
      throw TensorError.index(operation: "index_select", index: place, size: size, axis: axis)
    }
  }

  /// Rows of 0 and 1: `[..., classes]` for integer classes `[...]`.
  ///
  /// - Parameter classes: `nil` is one more than the largest.
  public func oneHot(classes: Int? = nil, dtype target: DType = .int64) throws -> Tensor {
    let places = try asPlaces("one_hot")
    let found = count == 0 ? -1 : try places.max().item().int ?? -1
    guard found < Int.max else {
      throw TensorError.size(operation: "one_hot", shape: [count, found])
    }
    let width = classes ?? found + 1
    guard width > 0 else {
      throw TensorError.argument(
        operation: "one_hot", message: "needs the number of classes when there are no elements")
    }
    guard found < width else {
      throw TensorError.argument(
        operation: "one_hot",
        message: "class \(found) needs at least \(found + 1) classes, not \(width)")
    }
    let out = try Tensor.zeros(shape + [width], dtype: target)
    let at = places.elements(Int64.self)
    let one = try Tensor(.int(1), dtype: target)
    for i in 0..<count {
      guard at[i] >= 0 else {
        throw TensorError.argument(
          operation: "one_hot", message: "class values must not be negative; found \(at[i])")
      }
      (out.pointer + (i &* width &+ Int(at[i])) &* target.size)
        .copyMemory(from: one.pointer, byteCount: target.size)
    }
    return out
  }

  /// The places of all elements that are not 0: `[found, rank]`, int64, in row-major order.
  public func nonzero() throws -> Tensor {
    let flags = try Comparison.notEqual(detached(), .int(0)).contiguousData()
    let flat = flags.elements(UInt8.self)
    var found: [Int64] = []
    for i in 0..<count where flat[i] != 0 { found.append(Int64(i)) }
    let out = try Tensor.empty([found.count, rank], dtype: .int64, "nonzero")
    let to = out.elements(Int64.self)
    for (row, place) in found.enumerated() {
      var rest = Int(place)
      for d in (0..<rank).reversed() {
        to[row &* rank &+ d] = Int64(rest % shape[d])
        rest /= shape[d]
      }
    }
    return out
  }
}

extension OperationTable {
  static let gathering: [OperationDeclaration] = [
    OperationDeclaration(name: "gather", family: "Gathering", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4])]) {
          try $0[0].gather(1, Tensor([0, 0, 3, 1, 2, 2], shape: [3, 2]))
        },
        OperationSample([try OperationSample.values([3, 4])]) {
          try $0[0].gather(0, Tensor([2, 0, 1, 1], shape: [1, 4]))
        },
      ]
    },
    OperationDeclaration(name: "scatter_add", family: "Gathering", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 2]), try OperationSample.values([2, 2])]) {
          try $0[0].scatterAdd(0, Tensor([2, 0, 2, 1], shape: [2, 2]), $0[1])
        }
      ]
    },
    OperationDeclaration(name: "index_select", family: "Gathering", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4])]) {
          try $0[0].indexSelect(1, Tensor([3, 0, 3]))
        }
      ]
    },
    OperationDeclaration(name: "index", family: "Gathering", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 4, 2])]) {
          try $0[0].index([.tensor(Tensor([2, 0, 2])), .slice(start: 1, stop: nil, step: 2)])
        },
        OperationSample([try OperationSample.values([3, 4])]) {
          try $0[0].index([.tensor(Comparison.greater($0[0], .double(0)))])
        },
        OperationSample([try OperationSample.values([2, 3, 4])]) {
          try $0[0].index([
            .slice(start: nil, stop: nil, step: nil), .tensor(Tensor([[0], [2]].flatMap { $0 })),
            .tensor(Tensor([1, 3])),
          ])
        },
      ]
    },
  ]
}
