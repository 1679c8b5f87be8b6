import Language
import TensorCore

/// More elementwise functions, and `torch.special`, which has the same ones under its own names.
enum TorchSpecial {
  /// Functions that are methods as well.
  static let functions: [Native] = pairs + tests + scales + splits + combined

  private static let pairs: [Native] = [
    torchBinary("hypot", "The longer side of a right-angled triangle.", "torch.tensor([3.]), torch.tensor([4.])", .hypot),
    torchBinary("copysign", "The magnitude of input with the sign of other.", "torch.tensor([1., 2.]), torch.tensor([-1., 1.])", .copysign),
    torchBinary("nextafter", "The next number towards other.", "torch.tensor([1.]), torch.tensor([2.])", .nextafter),
    torchBinary("fmax", "The larger of both; a number wins against NaN.", "torch.tensor([1., float('nan')]), torch.tensor([2., 3.])", .fmax),
    torchBinary("fmin", "The smaller of both; a number wins against NaN.", "torch.tensor([1., float('nan')]), torch.tensor([2., 3.])", .fmin),
    torchBinary("xlogy", "input * log(other), 0 where input is 0.", "torch.tensor([0., 2.]), torch.tensor([1., 3.])", .xlogy),
    torchBinary("logaddexp", "log(exp(input) + exp(other)) without overflow.", "torch.tensor([1000.]), torch.tensor([1000.])", .logaddexp),
    torchBinary("logaddexp2", "log2(2**input + 2**other) without overflow.", "torch.tensor([1.]), torch.tensor([1.])", .logaddexp2),
    torchBinary("gcd", "The greatest common divisor.", "torch.tensor([12]), torch.tensor([18])", .gcd),
    torchBinary("lcm", "The least common multiple.", "torch.tensor([4]), torch.tensor([6])", .lcm),
    torchRow("heaviside(input, values)", "0 below 0, 1 above, values at 0.", "torch.heaviside(torch.tensor([-1., 0., 2.]), torch.tensor([0.5]))") {
      try $0.torchTensor(0).heaviside($0.torchTensor(1))
    },
    torchRow("float_power(input, exponent)", "input to the power of exponent in float64.", "torch.float_power(torch.tensor([2, 3]), 2)") { a in
      let base = try a.machine.tensor(a[0], .torch, dtype: .float64)
      return try base.pow(a.machine.tensor(a[1], .torch, dtype: .float64))
    },
    torchRow("ldexp(input, other)", "input * 2**other.", "torch.ldexp(torch.tensor([1.]), torch.tensor([3]))") { a in
      let two = try Tensor(.double(2), dtype: .float32)
      return try a.torchTensor(0) * BinaryOperation.pow(two, a.torchTensor(1))
    },
    torchRow("rsub(input, other, *, alpha=1)", "other - alpha * input.", "torch.rsub(torch.tensor([1.]), 5)") { a in
      let x = try a.torchTensor(0) * a.scalar(2)
      switch try a.operand(1, .torch) {
      case .number(let number): return try number - x
      case .tensor(let other): return try other - x
      }
    },
  ]

  private static let tests: [Native] = [
    torchUnary("isposinf", "Whether each element is plus infinity.", "torch.tensor([1., float('inf')])") {
      try Comparison.equal($0, .double(.infinity))
    },
    torchUnary("isneginf", "Whether each element is minus infinity.", "torch.tensor([1., -float('inf')])") {
      try Comparison.equal($0, .double(-.infinity))
    },
    torchUnary("isreal", "Whether each element has no imaginary part.", "torch.tensor([1., 2.])") {
      try Comparison.equal($0.imaginaryPart(), .int(0))
    },
    torchUnary("signbit", "Whether the sign is minus, also of -0.", "torch.tensor([-1., 0.])") { x in
      guard x.dtype.isFloating else { return try Comparison.less(x, .int(0)) }
      return try Comparison.less(BinaryOperation.copysign(.double(1), x.detach()), .int(0))
    },
    torchRow("isin(elements, test_elements, *, assume_unique=False, invert=False)", "Whether each element is among others.", "torch.isin(torch.tensor([1, 2, 3]), torch.tensor([1, 3]))") { a in
      let found = try a.machine.tensor(a[0], .torch).isAmong(a.machine.tensor(a[1], .torch))
      return try a.bool(3) ? found.logicalNot() : found
    },
  ]

  private static let scales: [Native] = [
    torchUnary("frac", "What is left after cutting towards zero.", "torch.tensor([1.5, -2.25])") {
      try $0 - $0.trunc()
    },
    torchUnary("sgn", "The sign, of complex numbers the number over its magnitude.", "torch.tensor([3., -2.])") { x in
      guard x.dtype.isComplex else { return try x.sign() }
      let size = try x.abs()
      return try Tensor.where(size.equal(.double(0)), .double(0), x / Tensor.where(size.equal(.double(0)), .double(1), size))
    },
    torchUnary("positive", "The same.", "torch.tensor([3., -2.])") { $0 },
    torchUnary("deg2rad", "Degrees as radians.", "torch.tensor([180.])") { try $0 * .double(.pi / 180) },
    torchUnary("rad2deg", "Radians as degrees.", "torch.tensor([3.14159])") { try $0 * .double(180 / .pi) },
    torchUnary("bitwise_not", "Not, or the complement of the bits.", "torch.tensor([1, 2])") {
      try Operators.invert($0)
    },
    torchRow("logit(input, eps=None)", "log(x / (1 - x)); eps keeps x away from 0 and 1.", "torch.logit(torch.tensor([0.2, 0.5]))") { a in
      try a.torchTensor(0).logit(epsilon: a.optionalDouble(1))
    },
    torchRow("polygamma(n, input)", "The n-th derivative of digamma, for n = 0 and 1.", "torch.polygamma(1, torch.tensor([1., 2.]))") { a in
      try a.torchTensor(1).polygamma(a.int(0))
    },
    torchRow("mvlgamma(input, p)", "The logarithm of the multivariate gamma function.", "torch.mvlgamma(torch.tensor([3.]), 2)") { a in
      try a.torchTensor(0).multivariateLogGamma(a.int(1))
    },
  ]

  private static let splits: [Native] = [
    Native("frexp(input)", "Mantissas in 1/2..1 and exponents: mantissa * 2**exponent.", example: "torch.frexp(torch.tensor([8., 3.]))") { a in
      let (mantissa, exponent) = try a.torchTensor(0).mantissaAndExponent()
      return NamedResult.make(
        [a.machine.torchValue(mantissa), a.machine.torchValue(exponent)], frexpResult, a.machine)
    },
  ]
  private static let frexpResult = NamedResult.table("frexp", fields: ["mantissa", "exponent"])

  private static let combined: [Native] = [
    torchRow("addcmul(input, tensor1, tensor2, *, value=1)", "input + value * tensor1 * tensor2.", "torch.addcmul(torch.zeros(2), torch.ones(2), torch.ones(2), value=0.5)") { a in
      let product = try a.torchTensor(1) * a.torchTensor(2)
      return try (a.torchTensor(0) + product * a.scalar(3)).named(gradientFunction: "AddcmulBackward0")
    },
    torchRow("addcdiv(input, tensor1, tensor2, *, value=1)", "input + value * tensor1 / tensor2.", "torch.addcdiv(torch.zeros(2), torch.ones(2), torch.ones(2), value=0.5)") { a in
      let quotient = try a.torchTensor(1) / a.torchTensor(2)
      return try (a.torchTensor(0) + quotient * a.scalar(3)).named(gradientFunction: "AddcdivBackward0")
    },
    torchRow("clamp_min(input, min)", "Not below a bound.", "torch.clamp_min(torch.tensor([-1., 2.]), 0)") { a in
      switch try a.operand(1, .torch) {
      case .number(let bound): return try a.torchTensor(0).clamp(min: bound)
      case .tensor(let bound): return try a.torchTensor(0).maximum(bound)
      }
    },
    torchRow("clamp_max(input, max)", "Not above a bound.", "torch.clamp_max(torch.tensor([-1., 2.]), 0)") { a in
      switch try a.operand(1, .torch) {
      case .number(let bound): return try a.torchTensor(0).clamp(max: bound)
      case .tensor(let bound): return try a.torchTensor(0).minimum(bound)
      }
    },
  ]

  /// Other names in `torch` itself.
  static let aliases: [(String, of: String)] = [
    ("arccosh", of: "acosh"), ("arcsinh", of: "asinh"), ("arctanh", of: "atanh"),
  ]

  // MARK: - torch.special

  static let module = ModuleTable(
    "torch.special", doc: "Special functions.",
    entries: (ones + named + pairs.filter { ["xlogy"].contains($0.name) }).map { .function($0) })

  private static let x = "torch.tensor([0.5, 1.5])"

  private static let ones: [Native] = [
    ("digamma", UnaryOperation.digamma, "The derivative of gammaln."),
    ("psi", .digamma, "The derivative of gammaln."),
    ("gammaln", .lgamma, "The logarithm of the magnitude of the gamma function."),
    ("erf", .erf, "The error function."), ("erfc", .erfc, "1 - erf(x)."),
    ("erfinv", .erfinv, "The inverse of the error function."), ("exp2", .exp2, "2**x."),
    ("expit", .sigmoid, "1 / (1 + exp(-x))."), ("expm1", .expm1, "exp(x) - 1, exact near 0."),
    ("i0", .i0, "The modified Bessel function of order 0."), ("i0e", .i0e, "i0(x) * exp(-|x|)."),
    ("i1", .i1, "The modified Bessel function of order 1."), ("i1e", .i1e, "i1(x) * exp(-|x|)."),
    ("log1p", .log1p, "log(1 + x), exact near 0."), ("ndtri", .ndtri, "The quantile of the normal distribution."),
    ("sinc", .sinc, "sin(pi x) / (pi x)."), ("round", .round, "Rounded, halves to even."),
  ].map { name, operation, doc in
    Native("\(name)(input)", doc, example: "torch.special.\(name)(torch.tensor([0.25, 0.5]))") { a in
      a.machine.torchValue(try operation(a.torchTensor(0)))
    }
  }

  private static let named: [Native] = [
    torchRow("logit(input, eps=None)", "log(x / (1 - x)).", "torch.special.logit(torch.tensor([0.25]))") {
      try $0.torchTensor(0).logit(epsilon: $0.optionalDouble(1))
    },
    torchRow("ndtr(input)", "The distribution function of the normal distribution.", "torch.special.ndtr(\(x))") {
      try $0.torchTensor(0).normalDistribution()
    },
    torchRow("log_ndtr(input)", "Its logarithm, exact also far left.", "torch.special.log_ndtr(\(x))") {
      try $0.torchTensor(0).logNormalDistribution()
    },
    torchRow("entr(input)", "-x log(x), 0 at 0 and minus infinity below.", "torch.special.entr(\(x))") {
      try $0.torchTensor(0).entropyTerm()
    },
    torchRow("xlog1py(input, other)", "input * log(1 + other), 0 where input is 0.", "torch.special.xlog1py(\(x), \(x))") { a in
      let (x, y) = (try a.machine.tensor(a[0], .torch), try a.machine.tensor(a[1], .torch))
      return try Tensor.where(
        Comparison.and(x.equal(.int(0)), y.isNaN().logicalNot()), .double(0), x * y.log1p())
    },
    torchRow("softmax(input, dim, *, dtype=None)", "exp(input) divided by its sum along an axis.", "torch.special.softmax(\(x), 0)") { a in
      let x = try a.torchTensor(0)
      return try (a.optionalDType(2, .torch).map { try x.to($0) } ?? x).softmax(axis: a.int(1))
    },
    torchRow("log_softmax(input, dim, *, dtype=None)", "Its logarithm.", "torch.special.log_softmax(\(x), 0)") { a in
      let x = try a.torchTensor(0)
      return try (a.optionalDType(2, .torch).map { try x.to($0) } ?? x).logSoftmax(axis: a.int(1))
    },
    torchRow("logsumexp(input, dim, keepdim=False)", "log(sum(exp(input))) over axes.", "torch.special.logsumexp(\(x), 0)") {
      try $0.torchTensor(0).logSumExp($0.axes(1), keepDims: $0.bool(2))
    },
    torchRow("polygamma(n, input)", "The n-th derivative of digamma.", "torch.special.polygamma(1, \(x))") {
      try $0.torchTensor(1).polygamma($0.int(0))
    },
    torchRow("multigammaln(input, p)", "The logarithm of the multivariate gamma function.", "torch.special.multigammaln(torch.tensor([3.]), 2)") {
      try $0.torchTensor(0).multivariateLogGamma($0.int(1))
    },
  ]
}
