import Compute

// Distances between points, and vectors of length 1.

extension Tensor {
  /// The distances between all rows: [..., m, d] and [..., n, d] -> [..., m, n].
  ///
  /// - Parameter power: 2 is the Euclidean distance, 1 the sum of magnitudes, infinity the largest.
  public func cdist(_ other: Tensor, power: Double = 2) throws -> Tensor {
    guard rank >= 2, other.rank >= 2 else {
      throw TensorError.wrongShape(
        operation: "cdist", found: rank < 2 ? shape : other.shape,
        needed: "[points, coordinates], at least two axes")
    }
    guard dtype.isFloating, other.dtype.isFloating else {
      throw TensorError.dtype(
        operation: "cdist", found: dtype.isFloating ? other.dtype : dtype,
        needed: "a float; use x.float()")
    }
    guard shape[rank - 1] == other.shape[other.rank - 1] else {
      throw TensorError.shapesClash(operation: "cdist", a: shape, b: other.shape, axis: -1)
    }
    return try unsqueeze(-2).subtracting(other.unsqueeze(-3))
      .lengths([-1], power: power).named(gradientFunction: "CdistBackward0")
  }

  /// A norm over axes whose gradient is 0 where the vector is 0, whatever the power.
  func lengths(_ axes: [Int], power: Double, keepDims: Bool = false) throws -> Tensor {
    guard power >= 0 else {
      throw TensorError.argument(
        operation: "cdist", message: "only non-negative p values are supported, not \(power)")
    }
    if power == 2 || power == 1 || power == 0 || power == .infinity {
      return try norm(axes, order: power, keepDims: keepDims)
    }
    let size = abs(self)
    let isZero = try size.detached().equal(.double(0))
    let sum = try Tensor.where(isZero, .double(0), Tensor.where(isZero, .double(1), size).pow(.double(power)))
      .sum(axes, keepDims: keepDims)
    let none = try sum.detached().equal(.double(0))
    return try Tensor.where(
      none, .double(0), Tensor.where(none, .double(1), sum).pow(.double(1 / power)))
  }

  private func abs(_ x: Tensor) -> Tensor { (try? x.abs()) ?? x }

  /// The distances between different rows: [n, d] -> [n (n - 1) / 2], row by row.
  public func pdist(power: Double = 2) throws -> Tensor {
    guard rank == 2 else {
      throw TensorError.wrongShape(operation: "pdist", found: shape, needed: "[points, coordinates]")
    }
    try Shape.affordable([shape[0], shape[0]], "pdist")
    var (first, second): ([Int], [Int]) = ([], [])
    for i in 0..<shape[0] {
      for j in (i + 1)..<Swift.max(i + 1, shape[0]) {
        first.append(i)
        second.append(j)
      }
    }
    return try indexSelect(0, Tensor(first)).subtracting(indexSelect(0, Tensor(second)))
      .lengths([1], power: power).named(gradientFunction: "PdistBackward0")
  }

  /// The cosine of the angle between vectors along an axis: x . y / max(|x| |y|, eps).
  public func cosineSimilarity(_ other: Tensor, axis: Int = 1, epsilon: Double = 1e-8) throws
    -> Tensor
  {
    guard dtype.isFloating, other.dtype.isFloating else {
      throw TensorError.dtype(
        operation: "cosine_similarity", found: dtype.isFloating ? other.dtype : dtype,
        needed: "a float; use x.float()")
    }
    let shape = try Shape.broadcast(self.shape, other.shape, "cosine_similarity")
    let (x, y) = (try expand(shape), try other.expand(shape))
    let a = try Shape.axis(axis, rank: shape.count, "cosine_similarity")
    if shape.isEmpty { return try x.reshape([1]).cosineSimilarity(y.reshape([1]), axis: 0) }
    func unit(_ x: Tensor) throws -> Tensor {
      try x.divided(by: x.norm([a], keepDims: true).clamp(min: .double(epsilon)))
    }
    return try unit(x).multiplied(by: unit(y)).sum([a])
  }

  /// The distance between vectors on the last axis of both, plus a little so that it has a gradient.
  public func pairwiseDistance(
    _ other: Tensor, power: Double = 2, epsilon: Double = 1e-6, keepDims: Bool = false
  ) throws -> Tensor {
    try subtracting(other).adding(.double(epsilon)).lengths([-1], power: power, keepDims: keepDims)
  }

  /// x / max(|x|, eps) along an axis.
  public func normalized(power: Double = 2, axis: Int = 1, epsilon: Double = 1e-12) throws -> Tensor {
    try divided(
      by: norm([axis], order: power, keepDims: true).clamp(min: .double(epsilon)))
  }

  /// Slices of an axis scaled down so that their norms are at most `limit`.
  public func renorm(power: Double, axis: Int, limit: Double) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "renorm")
    let others = (0..<rank).filter { $0 != a }
    let size = others.isEmpty ? try abs() : try norm(others, order: power, keepDims: true)
    let factor = try Tensor.where(
      Comparison.greater(size.detached(), .double(limit)),
      size.adding(.double(1e-7)).reciprocal().scaled(limit), .double(1))
    return try multiplied(by: factor).named(gradientFunction: "RenormBackward0")
  }
}

extension OperationTable {
  static let distances: [OperationDeclaration] = [
    OperationDeclaration(name: "cdist", family: "Distances", isDifferentiable: true) {
      try [2.0, 1, 3].map { power in
        OperationSample([try OperationSample.values([3, 2]), try OperationSample.values([2, 2], -1, 1.3)]) {
          try $0[0].cdist($0[1], power: power)
        }
      }
    },
    OperationDeclaration(name: "cosine_similarity", family: "Distances", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3, 2]), try OperationSample.values([3, 2], -1, 1.3)]) {
          try $0[0].cosineSimilarity($0[1])
        }
      ]
    },
  ]
}
