import Compute

// Matrix products.

extension Tensor {
  /// The matrix product, as NumPy and PyTorch define `@`.
  ///
  /// [m, k] x [k, n] -> [m, n]; a side with one axis counts as a row (left) or a column (right), and
  /// its axis goes away; leading axes are batches and broadcast.
  ///
  /// - Throws: `TensorError.innerSizes`, `TensorError.dtype` for different dtypes under PyTorch's rules.
  public func matmul(_ other: Tensor, promotion: Promotion = .torch) throws -> Tensor {
    guard rank > 0, other.rank > 0 else {
      throw TensorError.argument(
        operation: "matmul",
        message: "both arguments to matmul need to be at least 1D, but they are \(rank)D and "
          + "\(other.rank)D; use * for numbers")
    }
    guard shape[rank - 1] == other.shape[other.rank == 1 ? 0 : other.rank - 2] else {
      throw TensorError.innerSizes(operation: "matmul", a: shape, b: other.shape)
    }
    if dtype != other.dtype {
      guard promotion == .numpy else {
        throw TensorError.dtype(
          operation: "matmul", found: other.dtype, needed: "\(dtype), as the other side's")
      }
      let type = promotion.join(dtype, other.dtype)
      return try to(type).matmul(other.to(type))
    }
    if dtype.isHalf { return try to(.float32).matmul(other.to(.float32)).to(dtype) }
    if dtype.isComplex { return try complexProduct(other) }
    if rank == 2 && other.rank == 2 { return try matrixProduct(other, "MmBackward0") }
    if rank == 1 && other.rank == 1 {
      return try unsqueeze(0).matrixProduct(other.unsqueeze(1), "DotBackward0").reshape([])
        .named(gradientFunction: "DotBackward0")
    }
    if rank == 1 {
      return try unsqueeze(0).matmul(other).squeeze(-2)
        .named(gradientFunction: "SqueezeBackward4")
    }
    if other.rank == 1 {
      return try matmul(other.unsqueeze(1)).squeeze(-1)
        .named(gradientFunction: rank == 2 ? "MvBackward0" : "UnsafeViewBackward0")
    }
    if other.rank == 2 && rank > 2 {
      // One product with all rows is faster than one per batch.
      let rows = try reshape([-1, shape[rank - 1]].map { $0 })
      return try rows.matrixProduct(other, "MmBackward0")
        .reshape(Array(shape.dropLast()) + [other.shape[1]])
        .named(gradientFunction: "UnsafeViewBackward0")
    }
    return try batchedProduct(other)
  }

  /// From the products of the parts: (a + ib)(c + id) = ac - bd + i(ad + bc).
  private func complexProduct(_ other: Tensor) throws -> Tensor {
    let (a, b, c, d) = (try realPart(), try imaginaryPart(), try other.realPart(), try other.imaginaryPart())
    return try Tensor.complex(
      a.matmul(c).subtracting(b.matmul(d)), a.matmul(d).adding(b.matmul(c)))
  }

  /// [m, k] x [k, n] -> [m, n].
  private func matrixProduct(_ other: Tensor, _ name: String) throws -> Tensor {
    let (m, k, n) = (shape[0], shape[1], other.shape[1])
    let out = try Tensor.empty([m, n], dtype: dtype, "matmul")
    try Tensor.multiply(
      Matrix(Matrix.isUsable(self) ? self : contiguousData()),
      Matrix(Matrix.isUsable(other) ? other : other.contiguousData()), m, n, k, out)
    if records || other.records {
      let a = other.records ? Saved(self) : nil
      let b = records ? Saved(other) : nil
      out.record(name, [edge, other.edge]) { call in
        let g = call.gradient
        return [
          call.needs(0) ? try b.map { try g.matrixProduct($0.value(name).transposed, name) } : nil,
          call.needs(1) ? try a.map { try $0.value(name).transposed.matrixProduct(g, name) } : nil,
        ]
      }
      out.ownNode?.givesFresh = true
    }
    return out
  }

  private var transposed: Tensor { permuted([1, 0], "TBackward0") }

  /// [..., m, k] x [..., k, n] -> [..., m, n].
  private func batchedProduct(_ other: Tensor) throws -> Tensor {
    let (m, k, n) = (shape[rank - 2], shape[rank - 1], other.shape[other.rank - 1])
    let batch = try Shape.broadcast(
      Array(shape.dropLast(2)), Array(other.shape.dropLast(2)), "matmul")
    let out = try Tensor.empty(batch + [m, n], dtype: dtype, "matmul")
    let x = alias().expanded(batch + [m, k])
    let y = other.alias().expanded(batch + [k, n])
    let batches = Shape.product(batch)
    if out.count > 0 {
      // A batch of views: each pair is multiplied where it lies if BLAS takes its layout.
      let a = Matrix.isUsable(x.lastTwo) ? x : try x.contiguousData()
      let b = Matrix.isUsable(y.lastTwo) ? y : try y.contiguousData()
      let flatOut = out.alias()
      let starts = (a.batchOffsets(batch), b.batchOffsets(batch))
      let each = Swift.max(1, Int(2e6 / Swift.max(1, Double(m) * Double(n) * Double(k))))
      let failures = FirstError()
      try ThreadPool.forRanges(batches, grain: each) { start, end in
        for i in start..<end {
          failures.run {
            try Tensor.multiply(
              Matrix(a, at: starts.0[i]), Matrix(b, at: starts.1[i]), m, n, k,
              flatOut, at: i &* m &* n)
          }
        }
      }
      try failures.rethrow()
    }
    if records || other.records {
      let (a, b) = (Saved(self), Saved(other))
      let (shapeA, shapeB) = (shape, other.shape)
      out.record("UnsafeViewBackward0", [edge, other.edge]) { call in
        let g = call.gradient
        return [
          call.needs(0)
            ? try g.matmul(b.value("bmm").transpose(-1, -2)).sum(to: shapeA) : nil,
          call.needs(1)
            ? try a.value("bmm").transpose(-1, -2).matmul(g).sum(to: shapeB) : nil,
        ]
      }
    }
    return out
  }

  /// A matrix with the last two axes of this, of the first batch.
  private var lastTwo: Tensor {
    Tensor(
      storage: storage, shape: Array(shape.suffix(2)), strides: Array(strides.suffix(2)),
      offset: offset, count: Shape.product(Array(shape.suffix(2))), dtype: dtype)
  }

  /// Where each batch starts, in elements of the storage.
  private func batchOffsets(_ batch: [Int]) -> [Int] {
    var result = [offset]
    for (size, step) in zip(batch, strides) {
      result = result.flatMap { base in (0..<size).map { base &+ $0 &* step } }
    }
    return result
  }

  /// A matrix in memory as BLAS takes it.
  struct Matrix {
    let storage: Storage
    let offset: Int
    let rowStride: Int
    let columnStride: Int

    init(_ usable: Tensor) { self.init(usable, at: usable.offset) }

    init(storage: Storage, offset: Int, rowStride: Int, columnStride: Int) {
      self.storage = storage
      self.offset = offset
      self.rowStride = rowStride
      self.columnStride = columnStride
    }

    init(_ tensor: Tensor, at offset: Int) {
      storage = tensor.storage
      self.offset = offset
      rowStride = tensor.strides[tensor.rank - 2]
      columnStride = tensor.strides[tensor.rank - 1]
    }

    static func isUsable(_ t: Tensor) -> Bool {
      MatrixProduct.accepts(
        rows: t.shape[0], columns: t.shape[1], rowStride: t.strides[0], columnStride: t.strides[1])
    }

    func operand<T>(_: T.Type) -> MatrixProduct.Operand<T> {
      MatrixProduct.Operand(
        UnsafePointer(storage.pointer.assumingMemoryBound(to: T.self)) + offset,
        rowStride: rowStride, columnStride: columnStride)
    }
  }

  /// out = a x b; `out` is row-major [m, n] from `at` on.
  static func multiply(
    _ a: Matrix, _ b: Matrix, _ m: Int, _ n: Int, _ k: Int, _ out: Tensor, at: Int = 0
  ) throws {
    switch out.dtype {
    case .float32:
      try MatrixProduct.float(
        m: m, n: n, k: k, a.operand(Float.self), b.operand(Float.self),
        into: out.elements(Float.self) + at, cStride: n)
    case .float64:
      try MatrixProduct.double(
        m: m, n: n, k: k, a.operand(Double.self), b.operand(Double.self),
        into: out.elements(Double.self) + at, cStride: n)
    case .int64: integers(Int64.self, a, b, m, n, k, out, at)
    case .int32: integers(Int32.self, a, b, m, n, k, out, at)
    case .uint8: integers(UInt8.self, a, b, m, n, k, out, at)
    case .int8: integers(Int8.self, a, b, m, n, k, out, at)
    case .int16: integers(Int16.self, a, b, m, n, k, out, at)
    case .uint16: integers(UInt16.self, a, b, m, n, k, out, at)
    case .uint32: integers(UInt32.self, a, b, m, n, k, out, at)
    case .bool, .float16, .bfloat16, .complex64, .complex128:
      throw TensorError.dtype(operation: "matmul", found: out.dtype, needed: "a number")
    }
    try Interrupt.check()
  }

  private static func integers<T: FixedWidthInteger>(
    _: T.Type, _ a: Matrix, _ b: Matrix, _ m: Int, _ n: Int, _ k: Int, _ out: Tensor, _ at: Int
  ) {
    let (x, y) = (a.operand(T.self), b.operand(T.self))
    let z = out.elements(T.self) + at
    for i in 0..<m {
      let row = z + i &* n
      for j in 0..<n { row[j] = 0 }
      if sw_interrupt_pending() != 0 { return }
      for p in 0..<k {
        let factor = x.pointer[i &* x.rowStride &+ p &* x.columnStride]
        let other = y.pointer + p &* y.rowStride
        for j in 0..<n { row[j] = row[j] &+ factor &* other[j &* y.columnStride] }
      }
    }
  }

  /// x W^T + b: rows of x [..., in], weight [out, in], bias [out] -> [..., out].
  public func linear(_ weight: Tensor, _ bias: Tensor? = nil) throws -> Tensor {
    guard rank > 0, weight.rank == 2, shape[rank - 1] == weight.shape[1] else {
      throw TensorError.innerSizes(
        operation: bias == nil ? "linear" : "linear with bias", a: shape, b: Array(weight.shape.reversed()))
    }
    guard let bias else { return try matmul(weight.t()) }
    if dtype.isHalf { return try to(.float32).linear(weight.to(.float32), bias.to(.float32)).to(dtype) }
    guard bias.shape == [weight.shape[0]] else {
      throw TensorError.wrongShape(
        operation: "linear", found: bias.shape, needed: "\([weight.shape[0]]), one per output")
    }
    guard dtype == weight.dtype, dtype == bias.dtype else {
      throw TensorError.dtype(
        operation: "linear", found: dtype, needed: "\(weight.dtype), that of the weight")
    }
    let wide = rank == 2 ? self : try reshape([-1, weight.shape[1]])
    let out = try noGrad {
      let product = try wide.matrixProduct(weight.transposed, "")
      if dtype == .float32, product.count > 0 {
        try product.addRow(bias.contiguousData())
      } else {
        try product.add(inPlace: bias)
        product.storage.version = 0
      }
      return product
    }
    if wide.records || weight.records || bias.records {
      let (x, w) = (Saved(wide), Saved(weight))
      out.record("AddmmBackward0", [wide.edge, weight.edge, bias.edge]) { call in
        let g = call.gradient
        return [
          call.needs(0) ? try g.matrixProduct(w.value("linear"), "MmBackward0") : nil,
          call.needs(1) ? try g.transposed.matrixProduct(x.value("linear"), "MmBackward0") : nil,
          call.needs(2) ? try g.sum([0]) : nil,
        ]
      }
      out.ownNode?.givesFresh = true
    }
    if rank == 2 { return out }
    return try out.reshape(Array(shape.dropLast()) + [weight.shape[0]])
      .named(gradientFunction: "UnsafeViewBackward0")
  }

  /// Adds a row [n] of float32 to every row of this [m, n], where it lies.
  private func addRow(_ row: Tensor) throws {
    let columns = shape[1]
    let (z, add) = (elements(Float.self), row.elements(Float.self))
    let loop = sw_kernels().pointee.bias_act
    try ThreadPool.forRanges(shape[0], grain: Swift.max(1, Elementwise.grain / columns)) {
      start, end in
      loop?(
        Int32(SW_ACT_NONE), Int64(end - start), Int64(columns), z + start * columns, add, nil)
    }
  }

  /// The sum of products of two vectors [n].
  public func dot(_ other: Tensor) throws -> Tensor {
    guard rank == 1, other.rank == 1 else {
      throw TensorError.wrongShape(
        operation: "dot", found: rank == 1 ? other.shape : shape, needed: "one axis on both sides")
    }
    return try matmul(other)
  }

  /// All products of two vectors: [m] and [n] -> [m, n].
  public func outer(_ other: Tensor) throws -> Tensor {
    guard rank == 1, other.rank == 1 else {
      throw TensorError.wrongShape(
        operation: "outer", found: rank == 1 ? other.shape : shape, needed: "one axis on both sides"
      )
    }
    return try unsqueeze(1).multiplied(by: other.unsqueeze(0))
  }
}

extension OperationTable {
  static let products: [OperationDeclaration] = [
    OperationDeclaration(name: "matmul", family: "Products", isDifferentiable: true) {
      let shapes: [([Int], [Int])] = [
        ([2, 3], [3, 4]), ([3], [3]), ([2, 3], [3]), ([3], [3, 2]), ([2, 2, 3], [3, 2]),
        ([2, 1, 2, 3], [3, 3, 2]), ([2, 0], [0, 3]),
      ]
      return try shapes.map { a, b in
        OperationSample([try OperationSample.values(a), try OperationSample.values(b)]) {
          try $0[0].matmul($0[1])
        }
      }
    },
    OperationDeclaration(name: "linear", family: "Products", isDifferentiable: true) {
      [
        OperationSample([
          try OperationSample.values([2, 3]), try OperationSample.values([4, 3]),
          try OperationSample.values([4]),
        ]) { try $0[0].linear($0[1], $0[2]) },
        OperationSample([
          try OperationSample.values([2, 2, 3]), try OperationSample.values([1, 3]),
        ]) { try $0[0].linear($0[1]) },
      ]
    },
    OperationDeclaration(name: "outer", family: "Products", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2]), try OperationSample.values([3])]) {
          try $0[0].outer($0[1])
        }
      ]
    },
  ]
}
