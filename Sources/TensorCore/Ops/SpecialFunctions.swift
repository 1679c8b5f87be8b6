import Compute

// Special functions that are made of others.

extension Tensor {
  /// log(x / (1 - x)).
  ///
  /// - Parameter epsilon: x is first brought into epsilon...1 - epsilon.
  public func logit(epsilon: Double? = nil) throws -> Tensor {
    var x = dtype.isFloating ? self : try to(.float32)
    if let epsilon { x = try x.clamp(min: .double(epsilon), max: .double(1 - epsilon)) }
    return try x.log().subtracting(x.neg().log1p()).named(gradientFunction: "LogitBackward0")
  }

  /// The n-th derivative of the digamma function, n = 0, 1, 2.
  public func polygamma(_ n: Int) throws -> Tensor {
    switch n {
    case 0: return try UnaryOperation.digamma(self)
    case 1: return try UnaryOperation.trigamma(self)
    case 2: return try UnaryOperation.tetragamma(self)
    default:
      throw TensorError.argument(
        operation: "polygamma", message: "n is 0, 1 or 2 here, not \(n)")
    }
  }

  /// The logarithm of the multivariate gamma function of dimension `p`.
  public func multivariateLogGamma(_ p: Int) throws -> Tensor {
    guard p >= 1, p <= 10_000 else {
      throw TensorError.argument(operation: "mvlgamma", message: "p has to be greater than or equal to 1")
    }
    let x = dtype.isFloating ? self : try to(.float32)
    let constant = Double(p * (p - 1)) / 4 * 1.1447298858494002  // log(pi)
    let shifts = try Tensor((0..<p).map { -Double($0) / 2 }, dtype: x.dtype)
    return try UnaryOperation.lgamma(x.unsqueeze(-1).adding(shifts)).sum([-1])
      .adding(.double(constant))
  }

  /// The share of the normal distribution below x: erfc(-x / sqrt 2) / 2.
  public func normalDistribution() throws -> Tensor {
    let x = dtype.isFloating ? self : try to(.float32)
    return try UnaryOperation.erfc(x.scaled(-0.7071067811865476)).scaled(0.5)
      .named(gradientFunction: "SpecialNdtrBackward0")
  }

  /// Its logarithm. Far left the continued fraction of Mills' ratio replaces what would be log(0).
  public func logNormalDistribution() throws -> Tensor {
    let x = dtype.isFloating ? self : try to(.float32)
    let far = try Comparison.less(x.detached(), .double(-4))
    let near = try Tensor.where(far, .double(0), x).normalDistribution().log()
    let t = try Tensor.where(far, x.neg(), .double(5))
    var fraction = t
    for k in (1...30).reversed() { fraction = try t.adding(fraction.reciprocal().scaled(Double(k))) }
    let tail = try t.multiplied(by: t).scaled(-0.5).subtracting(fraction.log())
      .shifted(-0.9189385332046727)  // log(sqrt(2 pi))
    return try Tensor.where(far, tail, near)
  }

  /// -x log(x); 0 at 0, minus infinity below.
  public func entropyTerm() throws -> Tensor {
    let x = dtype.isFloating ? self : try to(.float32)
    let term = try BinaryOperation.xlogy(x, x).neg()
    return try Tensor.where(
      Comparison.less(x.detached(), .double(0)), .double(-.infinity), term)
  }

  /// Whether each element is among those of another tensor.
  public func isAmong(_ others: Tensor, promotion: Promotion = .torch) throws -> Tensor {
    let set = try others.detached().reshape([-1])
    if set.count == 0 || count == 0 { return try Tensor.zeros(shape, dtype: .bool) }
    let type = promotion.join(dtype, set.dtype)
    let sorted = try set.to(type).sort().values
    let place = try sorted.searchSorted(detached().to(type)).clamp(max: .int(set.count - 1))
    return try Comparison.equal(sorted.index([.tensor(place)]), detached(), promotion: promotion)
  }
}
