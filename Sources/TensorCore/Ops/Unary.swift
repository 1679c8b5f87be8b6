import Compute

/// An elementwise operation of one tensor: kernel, dtype rule, gradient and samples in one place.
///
/// A class, so that a recorded operation keeps one reference to it.
public final class UnaryOperation: Sendable {
  /// PyTorch's name: `"exp"`.
  public let name: String
  /// `"ExpBackward0"`.
  let gradientName: String
  let kernel: Int32
  /// Whether integers become floats first.
  let makesFloat: Bool
  let costly: Bool
  let keepsOperand: Bool
  let keepsResult: Bool
  /// gradient = rule(g, x, y): g of the result, x the operand, y the result.
  let rule: (@Sendable (_ g: Tensor, _ x: Tensor, _ y: Tensor) throws -> Tensor)?
  /// Where samples lie.
  let low: Double
  let high: Double

  enum Keeps { case operand, result, both, nothing }

  init(
    _ name: String, _ kernel: Int, float: Bool = true, costly: Bool = true, _ low: Double = -2,
    _ high: Double = 2, keeps: Keeps = .operand,
    _ rule: (@Sendable (_ g: Tensor, _ x: Tensor, _ y: Tensor) throws -> Tensor)? = nil
  ) {
    self.name = name
    gradientName =
      Self.otherNames[name]
      ?? name.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
      + "Backward0"
    self.kernel = Int32(kernel)
    makesFloat = float
    self.costly = costly
    keepsOperand = keeps == .operand || keeps == .both
    keepsResult = keeps == .result || keeps == .both
    self.rule = rule
    self.low = low
    self.high = high
  }

  /// Applies the operation to every element.
  ///
  /// - Throws: `TensorError.dtype` for a dtype that the operation does not know.
  public func callAsFunction(_ x: Tensor, promotion: Promotion = .torch) throws -> Tensor {
    if x.dtype.isHalf { return try self(x.to(.float32), promotion: promotion).to(x.dtype) }
    let operand =
      makesFloat && !x.dtype.isDifferentiable ? try x.to(promotion.float(from: x.dtype)) : x
    if x.dtype.isComplex && self === Self.abs { return try x.complexMagnitude() }
    if operand.dtype.isHalf { return try self(operand, promotion: promotion) }
    guard let loop = sw_unary(kernel, operand.dtype.rawValue) else {
      if let wide = try operand.widened() { return try self(wide, promotion: promotion).to(x.dtype) }
      throw TensorError.dtype(
        operation: name, found: x.dtype, needed: "a number; convert it with to(float32)")
    }
    let result = try Elementwise.unary(
      loop, operand, to: operand.dtype, grain: costly ? Elementwise.costlyGrain : Elementwise.grain)
    if operand.records { record(result, operand) }
    return result
  }

  private func record(_ result: Tensor, _ operand: Tensor) {
    let kept = keepsOperand ? Saved(operand) : nil
    result.record(gradientName, Edges(operand.edge), keepingResult: keepsResult) { call in
      guard let rule = self.rule else { return [try Tensor.zerosLike(call.gradient)] }
      let x = try kept?.value(self.name) ?? call.gradient
      let y = self.keepsResult ? try call.result : call.gradient
      if !GradientMode.isEnabled,
        let fused = try FusedGradients.unary(self.kernel, call.gradient, self.keepsResult ? y : x)
      {
        return [fused]
      }
      return [try rule(call.gradient, x, y)]
    }
    result.ownNode?.givesFresh = true
  }

  var declaration: OperationDeclaration {
    OperationDeclaration(name: name, family: "Unary", isDifferentiable: true) {
      try [[5], [2, 3], [0], []].map { shape in
        OperationSample([try OperationSample.values(shape, self.low, self.high)]) {
          try self($0[0])
        }
      }
    }
  }

  /// Where PyTorch's name is not made from the operation's.
  private static let otherNames = ["square": "PowBackward0", "log1p": "Log1PBackward0"]

  // MARK: - The table

  public static let neg = UnaryOperation(
    "neg", SW_NEG, float: false, costly: false, keeps: .nothing
  ) {
    g, _, _ in try g.neg()
  }
  public static let abs = UnaryOperation("abs", SW_ABS, float: false, costly: false) { g, x, _ in
    try g.multiplied(by: x.sign())
  }
  public static let sign = UnaryOperation(
    "sign", SW_SIGN, float: false, costly: false, keeps: .nothing)
  public static let square = UnaryOperation("square", SW_SQUARE, float: false, costly: false) {
    g, x, _ in try g.multiplied(by: x.scaled(2).conjugate())
  }
  public static let sqrt = UnaryOperation("sqrt", SW_SQRT, costly: false, 0.3, 3, keeps: .result) {
    g, _, y in try g.divided(by: y.scaled(2).conjugate())
  }
  public static let rsqrt = UnaryOperation("rsqrt", SW_RSQRT, 0.3, 3, keeps: .result) { g, _, y in
    try g.multiplied(by: y.multiplied(by: y).multiplied(by: y).scaled(-0.5))
  }
  public static let reciprocal = UnaryOperation("reciprocal", SW_RECIPROCAL, 0.3, 3, keeps: .result)
  {
    g, _, y in try g.multiplied(by: y.multiplied(by: y).neg().conjugate())
  }
  public static let exp = UnaryOperation("exp", SW_EXP, keeps: .result) { g, _, y in
    try g.multiplied(by: y.conjugate())
  }
  public static let exp2 = UnaryOperation("exp2", SW_EXP2, keeps: .result) { g, _, y in
    try g.multiplied(by: y.scaled(0.6931471805599453))
  }
  public static let expm1 = UnaryOperation("expm1", SW_EXPM1, keeps: .result) { g, _, y in
    try g.multiplied(by: y.shifted(1))
  }
  public static let log = UnaryOperation("log", SW_LOG, 0.3, 3) { g, x, _ in
    try g.divided(by: x.conjugate())
  }
  public static let log1p = UnaryOperation("log1p", SW_LOG1P, -0.7, 3) { g, x, _ in
    try g.divided(by: x.shifted(1))
  }
  public static let log2 = UnaryOperation("log2", SW_LOG2, 0.3, 3) { g, x, _ in
    try g.divided(by: x.scaled(0.6931471805599453))
  }
  public static let log10 = UnaryOperation("log10", SW_LOG10, 0.3, 3) { g, x, _ in
    try g.divided(by: x.scaled(2.302585092994046))
  }
  public static let sin = UnaryOperation("sin", SW_SIN) { g, x, _ in
    try g.multiplied(by: x.cos().conjugate())
  }
  public static let cos = UnaryOperation("cos", SW_COS) { g, x, _ in
    try g.multiplied(by: x.sin().neg().conjugate())
  }
  public static let tan = UnaryOperation("tan", SW_TAN, -1, 1, keeps: .result) { g, _, y in
    try g.multiplied(by: y.multiplied(by: y).shifted(1))
  }
  public static let asin = UnaryOperation("asin", SW_ASIN, -0.9, 0.9) { g, x, _ in
    try g.divided(by: x.multiplied(by: x).neg().shifted(1).sqrt())
  }
  public static let acos = UnaryOperation("acos", SW_ACOS, -0.9, 0.9) { g, x, _ in
    try g.neg().divided(by: x.multiplied(by: x).neg().shifted(1).sqrt())
  }
  public static let atan = UnaryOperation("atan", SW_ATAN) { g, x, _ in
    try g.divided(by: x.multiplied(by: x).shifted(1))
  }
  public static let sinh = UnaryOperation("sinh", SW_SINH) { g, x, _ in
    try g.multiplied(by: x.cosh())
  }
  public static let cosh = UnaryOperation("cosh", SW_COSH) { g, x, _ in
    try g.multiplied(by: x.sinh())
  }
  public static let tanh = UnaryOperation("tanh", SW_TANH, keeps: .result) { g, _, y in
    try g.multiplied(by: y.multiplied(by: y).neg().shifted(1))
  }
  public static let asinh = UnaryOperation("asinh", SW_ASINH) { g, x, _ in
    try g.divided(by: x.multiplied(by: x).shifted(1).sqrt())
  }
  public static let acosh = UnaryOperation("acosh", SW_ACOSH, 1.2, 3) { g, x, _ in
    try g.divided(by: x.multiplied(by: x).shifted(-1).sqrt())
  }
  public static let atanh = UnaryOperation("atanh", SW_ATANH, -0.9, 0.9) { g, x, _ in
    try g.divided(by: x.multiplied(by: x).neg().shifted(1))
  }
  public static let sigmoid = UnaryOperation("sigmoid", SW_SIGMOID, keeps: .result) { g, _, y in
    try g.multiplied(by: y.multiplied(by: y.neg().shifted(1)))
  }
  public static let relu = UnaryOperation(
    "relu", SW_RELU, float: false, costly: false, keeps: .result
  ) {
    g, _, y in try g.multiplied(by: y.sign())
  }
  /// log(1 + exp(x)).
  public static let softplus = UnaryOperation("softplus", SW_SOFTPLUS) { g, x, _ in
    try g.multiplied(by: x.sigmoid())
  }
  public static let erf = UnaryOperation("erf", SW_ERF) { g, x, _ in
    try g.multiplied(by: x.multiplied(by: x).neg().exp().scaled(1.1283791670955126))
  }
  public static let erfc = UnaryOperation("erfc", SW_ERFC) { g, x, _ in
    try g.multiplied(by: x.multiplied(by: x).neg().exp().scaled(-1.1283791670955126))
  }
  /// x * Phi(x), Phi the normal distribution. (Hendrycks and Gimpel 2016, the form with erf)
  public static let gelu = UnaryOperation("gelu", SW_GELU) { g, x, _ in
    try g.multiplied(by: x.geluSlope())
  }
  static let geluSlope = UnaryOperation("gelu_slope", SW_GELU_SLOPE) { g, x, _ in
    // (2 - x^2) * phi(x)
    let squared = try x.multiplied(by: x)
    let density = try squared.scaled(-0.5).exp().scaled(0.3989422804014327)
    return try g.multiplied(by: squared.neg().shifted(2).multiplied(by: density))
  }
  public static let floor = UnaryOperation(
    "floor", SW_FLOOR, float: false, costly: false, keeps: .nothing)
  public static let ceil = UnaryOperation(
    "ceil", SW_CEIL, float: false, costly: false, keeps: .nothing)
  /// To the nearest whole number, halves to the even one.
  public static let round = UnaryOperation(
    "round", SW_ROUND, float: false, costly: false, keeps: .nothing)
  public static let trunc = UnaryOperation(
    "trunc", SW_TRUNC, float: false, costly: false, keeps: .nothing)

  public static let lgamma: UnaryOperation = UnaryOperation("lgamma", SW_LGAMMA, 0.3, 4) { g, x, _ in
    try g.multiplied(by: UnaryOperation.digamma(x))
  }
  public static let digamma: UnaryOperation = UnaryOperation("digamma", SW_DIGAMMA, 0.3, 4) { g, x, _ in
    try g.multiplied(by: UnaryOperation.trigamma(x))
  }
  public static let trigamma = UnaryOperation("trigamma", SW_TRIGAMMA, 0.3, 4) { g, x, _ in
    try g.multiplied(by: UnaryOperation.tetragamma(x))
  }
  static let tetragamma = UnaryOperation("tetragamma", SW_TETRAGAMMA, 0.3, 4) { _, _, _ in
    throw TensorError.gradient(message: "polygamma(2, x) has no gradient here")
  }
  public static let erfinv = UnaryOperation("erfinv", SW_ERFINV, -0.9, 0.9, keeps: .result) {
    g, _, y in try g.multiplied(by: y.multiplied(by: y).exp().scaled(0.8862269254527580))
  }
  /// Modified Bessel functions of order 0 and 1; those with `e` are divided by exp(|x|).
  public static let i0: UnaryOperation = UnaryOperation("i0", SW_I0) { g, x, _ in
    try g.multiplied(by: UnaryOperation.i1(x))
  }
  public static let i0e: UnaryOperation = UnaryOperation("i0e", SW_I0E, keeps: .both) { g, x, y in
    try g.multiplied(by: UnaryOperation.i1e(x).subtracting(x.sign().multiplied(by: y)))
  }
  public static let i1: UnaryOperation = UnaryOperation("i1", SW_I1, 0.3, 3, keeps: .both) { g, x, y in
    // I1' = I0 - I1 / x, and 1/2 at 0.
    let safe = try Tensor.where(x.equal(.double(0)), .double(1), x)
    let slope = try UnaryOperation.i0(x).subtracting(y.divided(by: safe))
    return try g.multiplied(by: Tensor.where(x.equal(.double(0)), .double(0.5), slope))
  }
  public static let i1e: UnaryOperation = UnaryOperation("i1e", SW_I1E, 0.3, 3, keeps: .both) { g, x, y in
    let safe = try Tensor.where(x.equal(.double(0)), .double(1), x)
    let slope = try UnaryOperation.i0e(x)
      .subtracting(y.multiplied(by: x.sign().adding(safe.reciprocal())))
    return try g.multiplied(by: Tensor.where(x.equal(.double(0)), .double(0.5), slope))
  }
  /// sin(pi x) / (pi x), 1 at 0.
  public static let sinc = UnaryOperation("sinc", SW_SINC, 0.2, 2, keeps: .both) { g, x, y in
    let safe = try Tensor.where(x.equal(.double(0)), .double(1), x)
    let slope = try x.scaled(.pi).cos().subtracting(y).divided(by: safe)
    return try g.multiplied(by: Tensor.where(x.equal(.double(0)), .double(0), slope))
  }
  /// The quantile of the normal distribution: the inverse of `ndtr`.
  public static let ndtri = UnaryOperation("ndtri", SW_NDTRI, 0.1, 0.9, keeps: .result) { g, _, y in
    try g.multiplied(by: y.multiplied(by: y).scaled(0.5).exp().scaled(2.5066282746310002))
  }
  public static let cbrt = UnaryOperation("cbrt", SW_CBRT, 0.3, 3, keeps: .result) { g, _, y in
    try g.divided(by: y.multiplied(by: y).scaled(3))
  }
  static let conj = UnaryOperation(
    "conj", SW_CONJ, float: false, costly: false, keeps: .nothing
  ) {
    g, _, _ in try g.conjugate()
  }

  public static let all: [UnaryOperation] = [
    neg, abs, sign, square, sqrt, rsqrt, reciprocal, exp, exp2, expm1, log, log1p, log2, log10, sin,
    cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, sigmoid, relu, softplus, erf,
    erfc, gelu, geluSlope, floor, ceil, round, trunc, lgamma, digamma, erfinv, i0, i0e, i1, i1e,
    sinc, ndtri, cbrt,
  ]
}

// The methods. `promotion` decides what integers become where the result is a float.

extension Tensor {
  /// The slope of `gelu`.
  func geluSlope() throws -> Tensor { try UnaryOperation.geluSlope(self) }
  public func neg() throws -> Tensor { try UnaryOperation.neg(self) }
  public func abs() throws -> Tensor {
    if dtype.isComplex { return try complexMagnitude() }
    return dtype == .bool ? self : try UnaryOperation.abs(self)
  }
  public func sign() throws -> Tensor { try UnaryOperation.sign(self) }
  public func square() throws -> Tensor { try UnaryOperation.square(self) }
  public func sqrt() throws -> Tensor { try UnaryOperation.sqrt(self) }
  public func rsqrt() throws -> Tensor { try UnaryOperation.rsqrt(self) }
  public func reciprocal() throws -> Tensor { try UnaryOperation.reciprocal(self) }
  public func exp() throws -> Tensor { try UnaryOperation.exp(self) }
  public func expm1() throws -> Tensor { try UnaryOperation.expm1(self) }
  public func log() throws -> Tensor { try UnaryOperation.log(self) }
  public func log1p() throws -> Tensor { try UnaryOperation.log1p(self) }
  public func log2() throws -> Tensor { try UnaryOperation.log2(self) }
  public func log10() throws -> Tensor { try UnaryOperation.log10(self) }
  public func sin() throws -> Tensor { try UnaryOperation.sin(self) }
  public func cos() throws -> Tensor { try UnaryOperation.cos(self) }
  public func tan() throws -> Tensor { try UnaryOperation.tan(self) }
  public func sinh() throws -> Tensor { try UnaryOperation.sinh(self) }
  public func cosh() throws -> Tensor { try UnaryOperation.cosh(self) }
  public func tanh() throws -> Tensor { try UnaryOperation.tanh(self) }
  public func sigmoid() throws -> Tensor { try UnaryOperation.sigmoid(self) }
  public func relu() throws -> Tensor { try UnaryOperation.relu(self) }
  public func softplus() throws -> Tensor { try UnaryOperation.softplus(self) }
  public func erf() throws -> Tensor { try UnaryOperation.erf(self) }
  public func gelu() throws -> Tensor { try UnaryOperation.gelu(self) }
  public func floor() throws -> Tensor { try UnaryOperation.floor(self) }
  public func ceil() throws -> Tensor { try UnaryOperation.ceil(self) }
  public func trunc() throws -> Tensor { try UnaryOperation.trunc(self) }

  /// To `decimals` places after the point, halves to the even neighbour.
  public func round(decimals: Int = 0) throws -> Tensor {
    if decimals == 0 || !dtype.isFloating { return try UnaryOperation.round(self) }
    guard Swift.abs(decimals) <= 300 else {
      throw TensorError.argument(
        operation: "round", message: "decimals \(decimals) is out of range")
    }
    var factor = 1.0
    for _ in 0..<Swift.abs(decimals) { factor *= 10 }
    return decimals > 0
      ? try scaled(factor).round().divided(by: .double(factor))
      : try divided(by: .double(factor)).round().scaled(factor)
  }

  /// x * factor, in the same float dtype.
  func scaled(_ factor: Double) throws -> Tensor {
    try BinaryOperation.multiply(self, Tensor(number: .double(factor), dtype: dtype))
  }

  /// x + amount, in the same float dtype.
  func shifted(_ amount: Double) throws -> Tensor {
    try BinaryOperation.add(self, Tensor(number: .double(amount), dtype: dtype))
  }
}
