import Language
import TensorCore

/// More elementwise functions and reductions of NumPy.
enum NumpyMoreMath {
  private static func pair(
    _ name: String, _ doc: String, _ sample: String, _ operation: BinaryOperation
  ) -> Native {
    let row = Operators.Binary(name, name, operation, name)
    return numpyRow("\(name)(x1, x2)", doc, example: "np.\(name)(\(sample))") { a in
      let (x, y) = (try a.operand(0, .numpy), try a.operand(1, .numpy))
      if case .number(let number) = x, case .number = y {
        return try a.machine.numpyValue(
          row(.tensor(a.machine.tensor(Value(number), .numpy)), y, .numpy))
      }
      return try a.machine.numpyValue(row(x, y, .numpy))
    }
  }

  private static func one(
    _ name: String, _ doc: String, _ sample: String, _ body: @escaping (Tensor) throws -> Tensor
  ) -> Native {
    numpyRow("\(name)(x)", doc, example: "np.\(name)(\(sample))") { a in
      try a.machine.numpyValue(body(a.array(0)))
    }
  }

  private static func float(_ x: Tensor) throws -> Tensor {
    x.dtype.isDifferentiable ? x : try x.to(.float64)
  }

  static let functions: [Native] = [
    pair("hypot", "The longer side of a right-angled triangle.", "3., 4.", .hypot),
    pair("copysign", "The magnitude of x1 with the sign of x2.", "1., -2.", .copysign),
    pair("nextafter", "The next number towards x2.", "1., 2.", .nextafter),
    pair("fmax", "The larger of both; a number wins against NaN.", "[1., np.nan], 2.", .fmax),
    pair("fmin", "The smaller of both; a number wins against NaN.", "[1., np.nan], 2.", .fmin),
    pair("logaddexp", "log(exp(x1) + exp(x2)) without overflow.", "1000., 1000.", .logaddexp),
    pair("logaddexp2", "log2(2**x1 + 2**x2) without overflow.", "1., 1.", .logaddexp2),
    pair("gcd", "The greatest common divisor.", "12, 18", .gcd),
    pair("lcm", "The least common multiple.", "4, 6", .lcm),
    one("sinc", "sin(pi x) / (pi x), 1 at 0.", "[0., 0.5]") { try UnaryOperation.sinc(float($0)) },
    one("i0", "The modified Bessel function of order 0.", "[0., 1.]") { try UnaryOperation.i0(float($0)) },
    one("cbrt", "The cube root.", "[8., 27.]") { try UnaryOperation.cbrt(float($0)) },
    one("positive", "The same.", "[1., -2.]") { try $0.clone() },
    one("signbit", "Whether the sign is minus, also of -0.", "[-1., 0.]") { x in
      try Comparison.less(BinaryOperation.copysign(.double(1), float(x), promotion: .numpy), .int(0))
    },
    one("isposinf", "Whether each element is plus infinity.", "[1., np.inf]") {
      try Comparison.equal(float($0), .double(.infinity))
    },
    one("isneginf", "Whether each element is minus infinity.", "[1., -np.inf]") {
      try Comparison.equal(float($0), .double(-.infinity))
    },
    numpyRow("heaviside(x1, x2)", "0 below 0, 1 above, x2 at 0.", example: "np.heaviside([-1., 0., 2.], 0.5)") { a in
      try a.machine.numpyValue(float(a.array(0)).heaviside(float(a.array(1)), promotion: .numpy))
    },
    numpyRow("float_power(x1, x2)", "x1 to the power of x2 in float64.", example: "np.float_power([2, 3], 2)") { a in
      try a.machine.numpyValue(a.array(0, dtype: .float64).pow(a.array(1, dtype: .float64)))
    },
    numpyRow("ldexp(x1, x2)", "x1 * 2**x2.", example: "np.ldexp(1., 3)") { a in
      let power = try BinaryOperation.pow(Tensor(.double(2), dtype: .float64), a.array(1, dtype: .float64))
      return try a.machine.numpyValue(BinaryOperation.multiply(float(a.array(0)), power, promotion: .numpy))
    },
    numpyRow("frexp(x)", "Mantissas in 1/2..1 and exponents.", example: "np.frexp([8., 3.])") { a in
      let (mantissa, exponent) = try float(a.array(0)).mantissaAndExponent()
      return .tuple([try a.machine.numpyValue(mantissa), try a.machine.numpyValue(exponent)])
    },
    numpyRow("modf(x)", "The fractions and the whole parts.", example: "np.modf([1.5, -2.25])") { a in
      let x = try float(a.array(0))
      let whole = try x.trunc()
      // The sign of 0 is kept, also of infinities, whose fraction is 0.
      let rest = try Tensor.where(x.isInfinite(), .double(0), x - whole)
      return .tuple([
        try a.machine.numpyValue(BinaryOperation.copysign(rest, x)), try a.machine.numpyValue(whole),
      ])
    },
    numpyRow("divmod(x1, x2)", "The quotient rounded down and the rest.", example: "np.divmod([7, 8], 3)") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      return .tuple([
        try a.machine.numpyValue(BinaryOperation.floorDivide(x, y, promotion: .numpy)),
        try a.machine.numpyValue(BinaryOperation.remainder(x, y, promotion: .numpy)),
      ])
    },
    numpyRow("nan_to_num(x, copy=True, nan=0.0, posinf=None, neginf=None)", "With NaN and the infinities replaced.", example: "np.nan_to_num(np.array([1., np.nan]))") { a in
      try a.machine.numpyValue(
        a.array(0).replacingNonFinite(nan: a.double(2), positive: a.optionalDouble(3), negative: a.optionalDouble(4)))
    },
    numpyRow("real_if_close(a, tol=100)", "Real numbers when all imaginary parts are tiny.", example: "np.real_if_close(np.fft.ifft([1., 0.]))") { a in
      let x = try a.array(0)
      guard x.dtype.isComplex else { return a.machine.ndarray(x) }
      let spacing = x.dtype == .complex64 ? Double(Float.ulpOfOne) : Double.ulpOfOne
      let tolerance = try a.double(1)
      let limit = tolerance > 1 ? tolerance * spacing : tolerance
      let isReal = try Comparison.less(x.imaginaryPart().abs(), .double(limit)).all().item().bool
      return a.machine.ndarray(isReal ? try x.realPart() : x)
    },
    numpyRow("array_equiv(a1, a2)", "Whether two arrays are equal when broadcast.", example: "np.array_equiv([1, 2], [[1, 2], [1, 2]])") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      guard (try? Shape.broadcast(x.shape, y.shape, "array_equiv")) != nil else { return .bool(false) }
      return .bool(try Comparison.equal(x, y, promotion: .numpy).all().item().bool)
    },
  ]

  /// Reductions that leave out NaN, and differences.
  static let counts: [Native] = [
    nan("nanprod", "The product of what is not NaN.", fill: 1) { try $0.prod($1, keepDims: $2) },
    numpyRow("nancumsum(a, axis=None)", "The running sum, NaN as 0.", example: "np.nancumsum([1., np.nan, 2.])") { a in
      let x = try a.array(0)
      let source = a[1].isNone ? try x.reshape([-1]) : x
      return try a.machine.numpyValue(source.replacingNaN(0).cumsum(a.axis(1) ?? 0))
    },
    numpyRow("nancumprod(a, axis=None)", "The running product, NaN as 1.", example: "np.nancumprod([1., np.nan, 2.])") { a in
      let x = try a.array(0)
      let source = a[1].isNone ? try x.reshape([-1]) : x
      return try a.machine.numpyValue(source.replacingNaN(1).cumprod(a.axis(1) ?? 0))
    },
    numpyRow("nanargmax(a, axis=None)", "The place of the largest number that is not NaN.", example: "np.nanargmax([1., np.nan, 3.])") { a in
      try a.machine.numpyValue(a.array(0).replacingNaN(-.infinity).argmax(axis: a.axis(1)))
    },
    numpyRow("nanargmin(a, axis=None)", "The place of the smallest number that is not NaN.", example: "np.nanargmin([1., np.nan, 3.])") { a in
      try a.machine.numpyValue(a.array(0).replacingNaN(.infinity).argmin(axis: a.axis(1)))
    },
    numpyRow("nanmedian(a, axis=None, keepdims=False)", "The median of what is not NaN.", example: "np.nanmedian([1., np.nan, 3.])") { a in
      try a.machine.numpyValue(
        a.array(0, dtype: .float64).quantiles([0.5], axis: a.axis(1), keepDims: a.bool(2), ignoringNaN: true))
    },
    numpyRow("nanpercentile(a, q, axis=None, method='linear', keepdims=False)", "The value below which q percent of what is not NaN lie.", example: "np.nanpercentile([1., np.nan, 3.], 50)") { a in
      try nanQuantile(a, by: 100)
    },
    numpyRow("nanquantile(a, q, axis=None, method='linear', keepdims=False)", "The value below which the share q of what is not NaN lies.", example: "np.nanquantile([1., np.nan, 3.], 0.5)") { a in
      try nanQuantile(a, by: 1)
    },
    numpyRow("ediff1d(ary)", "Each element of the flat array less the one before it.", example: "np.ediff1d([1, 4, 9])") { a in
      a.machine.ndarray(try a.array(0).reshape([-1]).difference())
    },
    numpyRow("histogram2d(x, y, bins=10, range=None, density=None, weights=None)", "How many points fall into each cell of a grid, and the edges.", example: "np.histogram2d([1., 2.], [1., 2.], bins=2)[0]") { a in
      let (x, y) = (try a.array(0, dtype: .float64), try a.array(1, dtype: .float64))
      var bins = [a[2], a[2]]
      if let list = try? a.machine.array(a[2]), list.count == 2, a[2].asTensorObject == nil { bins = list }
      let ranges = a[3].isNone ? nil : try a.machine.matrix(a[3])
      func edges(_ values: Tensor, _ place: Int) throws -> [Double] {
        if let count = try a.machine.index(bins[place]) {
          let range = ranges.flatMap { $0.count == 2 && $0[place].count == 2 ? ($0[place][0], $0[place][1]) : nil }
          return try values.histogram(bins: count, range: range).edges.doubles()
        }
        return try a.machine.doubles(bins[place])
      }
      let (first, second) = (try edges(x, 0), try edges(y, 1))
      let weights = a[5].isNone ? nil : try a.machine.doubles(a[5])
      let counts = try x.histogram2d(y, first, second, weights: weights, density: a[4].isNone ? false : a.bool(4))
      return .tuple([a.machine.ndarray(counts), try a.machine.ndarray(first), try a.machine.ndarray(second)])
    },
  ]

  private static func nan(
    _ name: String, _ doc: String, fill: Double, _ body: @escaping (Tensor, [Int], Bool) throws -> Tensor
  ) -> Native {
    numpyRow("\(name)(a, axis=None, keepdims=False)", doc, example: "np.\(name)([1., np.nan])") { a in
      try a.machine.numpyValue(body(a.array(0).replacingNaN(fill), a.axes(1), a.bool(2)))
    }
  }

  private static func nanQuantile(_ a: Arguments, by scale: Double) throws -> Value {
    let q = try a.array(1, dtype: .float64)
    guard let method = QuantileMethod(rawValue: try a.string(3)) else {
      throw Raise(.valueError, "'\(try a.string(3))' is not a valid method", hint: "there are linear, lower, higher, midpoint and nearest")
    }
    return try a.machine.numpyValue(
      a.array(0, dtype: .float64).quantiles(
        q.doubles().map { $0 / scale }, axis: a.axis(2), keepDims: a.bool(4), method: method,
        ignoringNaN: true, single: q.rank == 0))
  }
}
