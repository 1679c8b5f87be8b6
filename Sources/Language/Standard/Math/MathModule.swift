import BigInt

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `math`: the C library's functions behind Python's error rules.
enum MathModule {
  static let table = ModuleTable(
    "math", doc: "Mathematical functions of real numbers and integers.",
    entries: constants + elementary + logarithms + rounding + MathIntegers.entries
      + MathSums.entries + special)

  private static let constants: [ModuleEntry] = [
    .value(name: "pi", doc: "The ratio of a circle's circumference to its diameter.") { _ in
      .float(Double.pi)
    },
    .value(name: "e", doc: "The base of natural logarithms.") { _ in .float(M_E) },
    .value(name: "tau", doc: "Two times pi.") { _ in .float(2 * Double.pi) },
    .value(name: "inf", doc: "Positive infinity.") { _ in .float(.infinity) },
    .value(name: "nan", doc: "Not a number.") { _ in .float(.nan) },
  ]

  static var domainError: Raise { Raise(.valueError, "math domain error") }
  static var rangeError: Raise { Raise(.overflowError, "math range error") }

  /// A result checked as CPython checks it: a NaN from numbers is a domain error, an infinity from
  /// finite numbers a range error where the function can overflow and a domain error where it has a
  /// pole.
  static func checked(
    _ result: Double, _ x: Double, overflows: Bool = false
  ) throws(Raise) -> Value {
    if result.isNaN, !x.isNaN { throw domainError }
    if result.isInfinite, x.isFinite { throw overflows ? rangeError : domainError }
    return .float(result)
  }

  private static func unary(
    _ name: String, _ doc: String, overflows: Bool = false, _ example: String? = nil,
    _ function: @escaping @Sendable (Double) -> Double
  ) -> ModuleEntry {
    .function(
      Native("\(name)(x, /)", doc, example: example) { a in
        let x = try a.real(0)
        return try checked(function(x), x, overflows: overflows)
      })
  }

  private static let elementary: [ModuleEntry] = [
    unary("sqrt", "The square root.", "math.sqrt(2)") { sqrt($0) },
    unary("cbrt", "The cube root.", "math.cbrt(27)") { cbrt($0) },
    unary("exp", "e raised to a power.", overflows: true, "math.exp(1)") { exp($0) },
    unary("exp2", "2 raised to a power.", overflows: true) { exp2($0) },
    unary("expm1", "exp(x) - 1, exact near zero.", overflows: true) { expm1($0) },
    unary("sin", "The sine of an angle in radians.", "math.sin(0.5)") { sin($0) },
    unary("cos", "The cosine of an angle in radians.", "math.cos(0.5)") { cos($0) },
    unary("tan", "The tangent of an angle in radians.") { tan($0) },
    unary("asin", "The angle whose sine is x, in radians.") { asin($0) },
    unary("acos", "The angle whose cosine is x, in radians.") { acos($0) },
    unary("atan", "The angle whose tangent is x, in radians.") { atan($0) },
    unary("sinh", "The hyperbolic sine.", overflows: true) { sinh($0) },
    unary("cosh", "The hyperbolic cosine.", overflows: true) { cosh($0) },
    unary("tanh", "The hyperbolic tangent.", "math.tanh(0.5)") { tanh($0) },
    unary("asinh", "The inverse hyperbolic sine.") { asinh($0) },
    unary("acosh", "The inverse hyperbolic cosine.") { acosh($0) },
    unary("atanh", "The inverse hyperbolic tangent.") { atanh($0) },
    unary("fabs", "The absolute value as a float.") { abs($0) },
    unary("degrees", "An angle in radians, in degrees.", "math.degrees(math.pi)") {
      $0 * (180 / Double.pi)
    },
    unary("radians", "An angle in degrees, in radians.", "math.radians(180)") {
      $0 * (Double.pi / 180)
    },
    .function(
      Native("atan2(y, x, /)", "The angle of the point (x, y), in radians.") { a in
        .float(atan2(try a.real(0), try a.real(1)))
      }),
    .function(
      Native("pow(x, y, /)", "x raised to the power y, as floats.", example: "math.pow(2, 10)") {
        a in .float(try power(try a.real(0), try a.real(1)))
      }),
    .function(
      Native("fmod(x, y, /)", "The remainder with the sign of x.", example: "math.fmod(7, 3)") {
        a in
        let x = try a.real(0)
        let y = try a.real(1)
        if y.isInfinite, x.isFinite { return .float(x) }
        let result = fmod(x, y)
        if result.isNaN, !x.isNaN, !y.isNaN { throw domainError }
        return .float(result)
      }),
    .function(
      Native("remainder(x, y, /)", "x minus the nearest multiple of y.") { a in
        let x = try a.real(0)
        let y = try a.real(1)
        let result = remainder(x, y)
        if result.isNaN, !x.isNaN, !y.isNaN { throw domainError }
        return .float(result)
      }),
    .function(
      Native("copysign(x, y, /)", "The magnitude of x with the sign of y.") { a in
        .float(copysign(try a.real(0), try a.real(1)))
      }),
    .function(
      Native(
        "isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0)", "Whether two numbers are close.",
        example: "math.isclose(0.1 + 0.2, 0.3)"
      ) { a in
        let x = try a.real(0)
        let y = try a.real(1)
        let relative = try a.real(2)
        let absolute = try a.real(3)
        if relative < 0 || absolute < 0 {
          throw Raise(.valueError, "tolerances must be non-negative")
        }
        if x == y { return .bool(true) }
        if x.isInfinite || y.isInfinite { return .bool(false) }
        let difference = abs(y - x)
        return .bool(
          difference <= abs(relative * y) || difference <= abs(relative * x)
            || difference <= absolute)
      }),
    .function(
      Native("isfinite(x, /)", "Whether a number is neither infinite nor NaN.") { a in
        .bool(try a.real(0).isFinite)
      }),
    .function(
      Native("isinf(x, /)", "Whether a number is infinite.") { a in
        .bool(try a.real(0).isInfinite)
      }),
    .function(
      Native("isnan(x, /)", "Whether a number is NaN.", example: "math.isnan(math.nan)") { a in
        .bool(try a.real(0).isNaN)
      }),
  ]

  private static func power(_ x: Double, _ y: Double) throws(Raise) -> Double {
    let result = pow(x, y)
    if x.isFinite, y.isFinite {
      if result.isNaN { throw domainError }
      if result.isInfinite { throw x == 0 ? domainError : rangeError }
    }
    return result
  }

  // MARK: - Logarithms

  /// The logarithm of a float or of an integer of any size.
  private static func logarithm(
    _ a: Arguments, _ index: Int, _ function: (Double) -> Double
  ) throws(Raise) -> Double {
    if let big = a[index].asBigInt?.value {
      if big <= 0 { throw domainError }
      let number = Integers.double(big)
      if number.isFinite { return function(number) }
      // x = m * 2**e with m in [0.5, 1): the parts are in range where x is not.
      let exponent = big.magnitude.bitWidth
      let mantissa = scalbn(Double(big >> (exponent - 64)), -64)
      return function(mantissa) + function(2) * Double(exponent)
    }
    let x = try a.real(index)
    if x.isNaN || x == .infinity { return x }
    if x <= 0 { throw domainError }
    return function(x)
  }

  private static let logarithms: [ModuleEntry] = [
    .function(
      Native(
        "log(x, base=..., /)", "The natural logarithm, or the logarithm to a base.",
        example: "math.log(8, 2)"
      ) { a in
        let numerator = try logarithm(a, 0) { log($0) }
        if !a.isGiven(1) { return .float(numerator) }
        let denominator = try logarithm(a, 1) { log($0) }
        if denominator == 0 { throw Raise(.zeroDivisionError, "float division by zero") }
        return .float(numerator / denominator)
      }),
    .function(
      Native("log2(x, /)", "The logarithm to base 2.", example: "math.log2(1024)") { a in
        .float(try logarithm(a, 0) { log2($0) })
      }),
    .function(
      Native("log10(x, /)", "The logarithm to base 10.", example: "math.log10(1000)") { a in
        .float(try logarithm(a, 0) { log10($0) })
      }),
    unary("log1p", "log(1 + x), exact near zero.") { $0 == 0 ? $0 : log1p($0) },
  ]

  // MARK: - Rounding and parts

  private static func rounded(
    _ a: Arguments, _ special: Special, _ rule: FloatingPointRoundingRule
  ) throws(Raise) -> Value {
    let value = a[0]
    if case .bool(let flag) = value { return .int(flag ? 1 : 0) }
    if value.isInteger { return value }
    if value.asInstance != nil, let method = a.machine.type(of: value).special(special) {
      return try a.machine.call(method, [value])
    }
    if special == .trunc {
      guard case .float = value else {
        throw Raise(
          .typeError, "type \(a.machine.typeName(value)) doesn't define __trunc__ method")
      }
    }
    let number = try a.real(0)
    if number.isNaN { throw Raise(.valueError, "cannot convert float NaN to integer") }
    guard let whole = Floats.integer(number.rounded(rule)) else {
      throw Raise(.overflowError, "cannot convert float infinity to integer")
    }
    return .integer(whole)
  }

  private static let rounding: [ModuleEntry] = [
    .function(
      Native("floor(x, /)", "The largest integer not above x.", example: "math.floor(-2.5)") {
        a in try rounded(a, .floor, .down)
      }),
    .function(
      Native("ceil(x, /)", "The smallest integer not below x.", example: "math.ceil(2.1)") { a in
        try rounded(a, .ceil, .up)
      }),
    .function(
      Native("trunc(x, /)", "The integer part of x.", example: "math.trunc(-2.5)") { a in
        try rounded(a, .trunc, .towardZero)
      }),
    .function(
      Native("modf(x, /)", "The fractional and the integer part, as floats.") { a in
        let x = try a.real(0)
        if x.isInfinite { return .tuple([.float(copysign(0, x)), .float(x)]) }
        if x.isNaN { return .tuple([.float(x), .float(x)]) }
        let whole = x.rounded(.towardZero)
        return .tuple([.float(copysign(x - whole, x)), .float(whole)])
      }),
    .function(
      Native("frexp(x, /)", "Mantissa and exponent: x == m * 2**e.", example: "math.frexp(10)") {
        a in
        let x = try a.real(0)
        if !x.isFinite || x == 0 { return .tuple([.float(x), .int(0)]) }
        var exponent: Int32 = 0
        let mantissa = frexp(x, &exponent)
        return .tuple([.float(mantissa), .int(Int(exponent))])
      }),
    .function(
      Native("ldexp(x, i, /)", "x * 2**i.", example: "math.ldexp(0.5, 4)") { a in
        let x = try a.real(0)
        guard let exponent = a[1].asInteger else {
          throw Raise(.typeError, "Expected an int as second argument to ldexp.")
        }
        if x == 0 || !x.isFinite { return .float(x) }
        let result = scalbn(x, Int32(clamping: Int(clamping: exponent)))
        if result.isInfinite { throw rangeError }
        return .float(result)
      }),
    .function(
      Native("nextafter(x, y, /)", "The next float after x towards y.") { a in
        .float(nextafter(try a.real(0), try a.real(1)))
      }),
    .function(
      Native("ulp(x, /)", "The value of the least significant bit of x.") { a in
        let x = abs(try a.real(0))
        if !x.isFinite { return .float(x) }
        let next = nextafter(x, .infinity)
        return .float(next.isInfinite ? x - nextafter(x, -.infinity) : next - x)
      }),
  ]

  private static let special: [ModuleEntry] = [
    unary("erf", "The error function.", "math.erf(0.5)") { erf($0) },
    unary("erfc", "The complementary error function.") { erfc($0) },
    .function(
      Native("gamma(x, /)", "The gamma function.", example: "math.gamma(5)") { a in
        .float(try GammaFunction.gamma(try a.real(0)))
      }),
    .function(
      Native("lgamma(x, /)", "The logarithm of the absolute value of the gamma function.") { a in
        .float(try GammaFunction.logGamma(try a.real(0)))
      }),
  ]
}
