import Compute

// Products and arrangements made of other operations.

extension Tensor {
  /// Every element of this with every element of the other, blockwise: [a, b] and [c, d] -> [ac, bd].
  public func kron(_ other: Tensor, promotion: Promotion = .torch) throws -> Tensor {
    let n = Swift.max(rank, other.rank)
    let (a, b) = (
      Array(repeating: 1, count: n - rank) + shape,
      Array(repeating: 1, count: n - other.rank) + other.shape
    )
    let left = try reshape(a.flatMap { [$0, 1] })
    let right = try other.reshape(b.flatMap { [1, $0] })
    return try BinaryOperation.multiply(left, right, promotion: promotion)
      .reshape(zip(a, b).map { $0 &* $1 })
  }

  /// The sum of products over axes of both, the rest in order.
  public func tensordot(_ other: Tensor, _ axes: [Int], _ otherAxes: [Int], promotion: Promotion = .torch)
    throws -> Tensor
  {
    guard axes.count == otherAxes.count else {
      throw TensorError.argument(
        operation: "tensordot",
        message: "both dimension lists should have same length, got \(axes) and \(otherAxes)")
    }
    let a = try axes.map { try Shape.axis($0, rank: rank, "tensordot") }
    let b = try otherAxes.map { try Shape.axis($0, rank: other.rank, "tensordot") }
    guard Set(a).count == a.count, Set(b).count == b.count else {
      throw TensorError.argument(operation: "tensordot", message: "an axis is named twice")
    }
    for (i, j) in zip(a, b) where shape[i] != other.shape[j] {
      throw TensorError.argument(
        operation: "tensordot",
        message: "contracted dimensions need to match, but first has size \(shape[i]) in dim \(i) and "
          + "second has size \(other.shape[j]) in dim \(j); the shapes are \(shape) and \(other.shape)")
    }
    let (freeA, freeB) = (
      (0..<rank).filter { !a.contains($0) }, (0..<other.rank).filter { !b.contains($0) }
    )
    let inner = Shape.product(a.map { shape[$0] })
    let (m, n) = (freeA.map { shape[$0] }, freeB.map { other.shape[$0] })
    let left = try permute(freeA + a).reshape([Shape.product(m), inner])
    let right = try other.permute(b + freeB).reshape([inner, Shape.product(n)])
    return try left.matmul(right, promotion: promotion).reshape(m + n)
  }

  /// The cross product of vectors of 3 along an axis.
  public func cross(_ other: Tensor, axis: Int = -1) throws -> Tensor {
    let shape = try Shape.broadcast(self.shape, other.shape, "cross")
    let a = try Shape.axis(axis, rank: shape.count, "cross")
    guard !shape.isEmpty, shape[a] == 3 else {
      throw TensorError.argument(
        operation: "cross",
        message: "inputs dimension \(axis) must have length 3; the shapes are \(self.shape) and "
          + "\(other.shape)")
    }
    let (x, y) = (try expand(shape), try other.expand(shape))
    return try x.roll(-1, axis: a).multiplied(by: y.roll(-2, axis: a))
      .subtracting(x.roll(-2, axis: a).multiplied(by: y.roll(-1, axis: a)))
      .named(gradientFunction: "LinalgCrossBackward0")
  }

  /// beta * self + alpha * (a @ b).
  public func addMatmul(_ a: Tensor, _ b: Tensor, beta: Scalar = 1, alpha: Scalar = 1) throws
    -> Tensor
  {
    let product = try a.matmul(b)
    let scaledProduct = alpha == .int(1) ? product : try product.multiplied(by: alpha)
    if beta == .int(0) || beta == .double(0) {
      return try scaledProduct.adding(Tensor.zeros([], dtype: product.dtype).expand(Shape.broadcast(shape, product.shape, "addmm")))
    }
    return try (beta == .int(1) ? self : multiplied(by: beta)).adding(scaledProduct)
      .named(gradientFunction: "AddmmBackward0")
  }

  /// The sum of the diagonal of two axes.
  public func trace() throws -> Tensor {
    guard rank == 2 else {
      throw TensorError.wrongShape(operation: "trace", found: shape, needed: "a matrix")
    }
    return try diagonal().sum().named(gradientFunction: "TraceBackward0")
  }

  /// Turned by `quarters` quarter turns in the plane of two axes, from the first towards the second.
  public func rot90(_ quarters: Int, _ from: Int = 0, _ to: Int = 1) throws -> Tensor {
    guard rank >= 2 else {
      throw TensorError.wrongShape(operation: "rot90", found: shape, needed: "at least two axes")
    }
    let (a, b) = (try Shape.axis(from, rank: rank, "rot90"), try Shape.axis(to, rank: rank, "rot90"))
    guard a != b else {
      throw TensorError.argument(operation: "rot90", message: "the two axes must differ")
    }
    let result: Tensor
    switch ((quarters % 4) + 4) % 4 {
    case 0: result = try clone()
    case 1: result = try flip([b]).transpose(a, b)
    case 2: result = try flip([a, b])
    default: result = try transpose(a, b).flip([b])
    }
    return result.named(gradientFunction: "Rot90Backward0")
  }

  /// Matrices along the diagonal, zeros elsewhere.
  public static func blockDiagonal(_ blocks: [Tensor]) throws -> Tensor {
    let matrices = try blocks.map { block -> Tensor in
      guard block.rank <= 2 else {
        throw TensorError.wrongShape(
          operation: "block_diag", found: block.shape, needed: "at most two axes")
      }
      return try block.rank == 2 ? block : block.reshape([1, block.rank == 0 ? 1 : block.count])
    }
    let width = matrices.reduce(0) { $0 + $1.shape[1] }
    var (before, rows): (Int, [Tensor]) = (0, [])
    for matrix in matrices {
      rows.append(try matrix.padded([(0, 0), (before, width - before - matrix.shape[1])]))
      before += matrix.shape[1]
    }
    return rows.isEmpty ? try zeros([1, 0]) : try cat(rows, axis: 0)
  }

  /// All combinations of one element of each vector: [product of sizes, vectors].
  public static func cartesianProduct(_ vectors: [Tensor]) throws -> Tensor {
    guard vectors.allSatisfy({ $0.rank == 1 }), let first = vectors.first else {
      throw TensorError.argument(
        operation: "cartesian_prod", message: "Expect a 1D vector for each tensor")
    }
    if vectors.count == 1 { return first }
    let sizes = vectors.map(\.count)
    _ = try Shape.count(sizes + [vectors.count], "cartesian_prod")
    let columns = try vectors.enumerated().map { place, vector in
      var shape = Array(repeating: 1, count: sizes.count)
      shape[place] = vector.count
      return try vector.reshape(shape).expand(sizes).reshape([-1])
    }
    return try stack(columns, axis: 1)
  }

  /// All choices of `r` elements of a vector in their order: [choices, r].
  public func combinations(_ r: Int = 2, replacement: Bool = false) throws -> Tensor {
    guard rank == 1 else {
      throw TensorError.wrongShape(operation: "combinations", found: shape, needed: "one axis")
    }
    guard r >= 0, r <= 64 else {
      throw TensorError.argument(
        operation: "combinations", message: "expects a non-negative number up to 64, got \(r)")
    }
    if r == 0 { return try Tensor.empty([0], dtype: dtype, "combinations") }
    // How many there are, before any is listed: n over r, with replacement n + r - 1 over r.
    let pool = replacement ? count + r - 1 : count
    var choices = 1.0
    for i in 0..<Swift.min(r, Swift.max(0, pool)) { choices *= Double(pool - i) / Double(i + 1) }
    guard choices * Double(r) < 1e15 else {
      throw TensorError.size(operation: "combinations", shape: [count, r])
    }
    try Shape.affordable([Int(choices.rounded()), r], "combinations")
    var found: [Int] = []
    var open = Array(repeating: 0, count: r)
    let n = count
    func choose(_ depth: Int, _ from: Int) throws {
      if depth == r {
        found += open
        if found.count & 0xffff == 0 { try Interrupt.check() }
        return
      }
      for i in from..<Swift.max(from, n) {
        open[depth] = i
        try choose(depth + 1, replacement ? i : i + 1)
      }
    }
    try choose(0, 0)
    return try indexSelect(0, Tensor(found)).reshape([found.count / r, r])
  }

  /// Powers of a vector as columns: 1, x, x^2 ... or falling.
  public func vander(_ columns: Int? = nil, increasing: Bool, promotion: Promotion = .torch) throws
    -> Tensor
  {
    let n = columns ?? (rank == 0 ? 1 : shape[rank - 1])
    guard rank >= 1, n >= 0 else {
      throw TensorError.argument(
        operation: "vander", message: "takes a vector and a number of columns >= 0, not \(n)")
    }
    try Shape.affordable([n], "vander")
    let powers = try Tensor((0..<n).map { increasing ? $0 : n - 1 - $0 })
    return try BinaryOperation.pow(unsqueeze(-1), powers, promotion: promotion)
  }

  /// Rows and columns of the places of a triangle: [2, count], int64.
  public static func triangleIndices(_ rows: Int, _ columns: Int, offset: Int, upper: Bool) throws
    -> Tensor
  {
    try Shape.affordable([rows, columns, 2], upper ? "triu_indices" : "tril_indices")
    let shift = Swift.max(-(rows + columns), Swift.min(rows + columns, offset))
    var (first, second): ([Int], [Int]) = ([], [])
    for i in 0..<rows {
      if i & 1023 == 0 { try Interrupt.check() }
      let edge = Swift.min(Swift.max(upper ? i + shift : i + shift + 1, 0), columns)
      let range = upper ? edge..<columns : 0..<edge
      for j in range {
        first.append(i)
        second.append(j)
      }
    }
    return try Tensor(first + second, shape: [2, first.count])
  }

  /// Each element of an axis less the one before it, `times` times.
  public func difference(
    _ times: Int = 1, axis: Int = -1, prepend: Tensor? = nil, append: Tensor? = nil,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    guard rank > 0 else {
      throw TensorError.wrongShape(operation: "diff", found: shape, needed: "at least one axis")
    }
    let a = try Shape.axis(axis, rank: rank, "diff")
    guard times >= 0 else {
      throw TensorError.argument(
        operation: "diff", message: "order must be non-negative but got \(times)")
    }
    func ends(_ part: Tensor) throws -> Tensor {
      if part.rank > 0 { return part }
      var one = shape
      one[a] = 1
      return try part.expand(one)
    }
    var parts = [self]
    if times > 0 {
      if let prepend { parts.insert(try ends(prepend), at: 0) }
      if let append { parts.append(try ends(append)) }
    }
    var x = parts.count == 1 ? self : try Tensor.cat(parts, axis: a, promotion: promotion)
    for _ in 0..<Swift.min(times, x.shape[a]) {
      let count = Swift.max(0, x.shape[a] - 1)
      let next = try x.narrow(a, start: Swift.min(1, x.shape[a]), length: count)
      let last = try x.narrow(a, start: 0, length: count)
      x = try x.dtype == .bool ? Comparison.xor(next, last) : next.subtracting(last)
    }
    return x
  }
}

extension OperationTable {
  static let arrangements: [OperationDeclaration] = [
    OperationDeclaration(name: "kron", family: "Arrangements", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 2]), try OperationSample.values([3])]) {
          try $0[0].kron($0[1])
        }
      ]
    },
    OperationDeclaration(name: "tensordot", family: "Arrangements", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3, 2]), try OperationSample.values([3, 2, 4])]) {
          try $0[0].tensordot($0[1], [1, 2], [0, 1])
        }
      ]
    },
    OperationDeclaration(name: "cross", family: "Arrangements", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3]), try OperationSample.values([3])]) {
          try $0[0].cross($0[1])
        }
      ]
    },
    OperationDeclaration(name: "rot90", family: "Arrangements", isDifferentiable: true) {
      try (1...3).map { k in
        OperationSample([try OperationSample.values([2, 3])]) { try $0[0].rot90(k) }
      }
    },
    OperationDeclaration(name: "block_diag", family: "Arrangements", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 2]), try OperationSample.values([3])]) {
          try Tensor.blockDiagonal($0)
        }
      ]
    },
  ]
}

extension Tensor {
  /// With axes of size 1 added until there are so many, as NumPy places them: a vector becomes
  /// [1, n], then [1, n, 1].
  public func atLeast(_ axes: Int) throws -> Tensor {
    if rank >= axes { return self }
    switch (rank, axes) {
    case (0, _): return try reshape(Array(repeating: 1, count: axes))
    case (1, 2): return try unsqueeze(0)
    case (1, _): return try unsqueeze(0).unsqueeze(2)
    default: return try unsqueeze(2)
    }
  }

  /// The sum over what `target`, which broadcasts to this shape, would repeat.
  public func summed(to target: [Int]) throws -> Tensor {
    guard target.count <= rank, (try? Shape.broadcast(target, shape, "sum_to_size")) == shape else {
      throw TensorError.argument(
        operation: "sum_to_size", message: "size \(target) is not expandable to size \(shape).")
    }
    return try sum(to: target)
  }
}

extension Tensor {
  /// Whether both show the same memory.
  public func sharesMemory(with other: Tensor) -> Bool { storage === other.storage }

  /// `count` numbers from `start` to `stop`, each a constant multiple of the one before; float64.
  public static func geometricRange(_ start: Double, _ stop: Double, _ count: Int, endpoint: Bool)
    throws -> Tensor
  {
    guard start != 0, stop != 0, (start > 0) == (stop > 0) else {
      throw TensorError.argument(
        operation: "geomspace",
        message: start == 0 || stop == 0
          ? "Geometric sequence cannot include zero" : "start and stop must have the same sign here")
    }
    let length = try Shape.affordable([count], "geomspace")
    let sign: Double = start > 0 ? 1 : -1
    let ends = try Tensor([start * sign, stop * sign], dtype: .float64)
    let logarithms = try UnaryOperation.log10(ends).doubles()
    let gaps = Double(Swift.max(1, endpoint ? length - 1 : length))
    let step = (logarithms[1] - logarithms[0]) / gaps
    let exponents = try Tensor((0..<length).map { logarithms[0] + Double($0) * step }, dtype: .float64)
    var values = try BinaryOperation.pow(.double(10), exponents).doubles().map { $0 * sign }
    if length > 0 { values[0] = start }
    if endpoint, length > 1 { values[length - 1] = stop }
    return try Tensor(values, dtype: .float64)
  }
}
