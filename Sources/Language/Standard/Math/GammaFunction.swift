#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The gamma function by Lanczos' approximation with 13 terms and g = 6.0246..., the one that CPython
/// takes (Modules/mathmodule.c), so that the last digits agree.
enum GammaFunction {
  private static let g = 6.024680040776729583740234375
  private static let gMinusHalf = 5.524680040776729583740234375
  private static let logPi = 1.144729885849400174143427351353058711647

  private static let numerator: [Double] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
  ]
  private static let denominator: [Double] = [
    0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670,
    1925, 66, 1,
  ]
  /// Gamma of 1...23, exact.
  private static let integers: [Double] = {
    var values = [1.0]
    for n in 1...22 { values.append(values[n - 1] * Double(n)) }
    return values
  }()

  /// The rational function of Lanczos' sum; `x` is positive.
  private static func sum(_ x: Double) -> Double {
    var top = 0.0
    var bottom = 0.0
    if x < 5 {
      for index in numerator.indices.reversed() {
        top = top * x + numerator[index]
        bottom = bottom * x + denominator[index]
      }
    } else {
      for index in numerator.indices {
        top = top / x + numerator[index]
        bottom = bottom / x + denominator[index]
      }
    }
    return top / bottom
  }

  /// sin(pi * x), exact at multiples of a half.
  private static func sinPi(_ x: Double) -> Double {
    let y = fmod(x.magnitude, 2)
    let pi = Double.pi
    let result: Double =
      switch Int((2 * y).rounded()) {
      case 0: sin(pi * y)
      case 1: cos(pi * (y - 0.5))
      case 2: sin(pi * (1 - y))
      case 3: -cos(pi * (y - 1.5))
      default: sin(pi * (y - 2))
      }
    return copysign(1, x) * result
  }

  static func gamma(_ x: Double) throws(Raise) -> Double {
    if x.isNaN || x == .infinity { return x }
    if x == -.infinity || x == 0 { throw MathModule.domainError }
    if x == x.rounded(.down) {
      if x < 0 { throw MathModule.domainError }
      if x <= 23 { return integers[Int(x) - 1] }
    }
    let absolute = x.magnitude
    if absolute < 1e-20 {
      let result = 1 / x
      if result.isInfinite { throw MathModule.rangeError }
      return result
    }
    if absolute > 200 {
      if x < 0 { return 0 / sinPi(x) }
      throw MathModule.rangeError
    }
    let y = absolute + gMinusHalf
    // The rounding error of y, to correct for.
    let error =
      absolute > gMinusHalf ? (y - absolute) - gMinusHalf : (y - gMinusHalf) - absolute
    let z = error * g / y
    var result: Double
    if x < 0 {
      result = -Double.pi / sinPi(absolute) / absolute * exp(y) / sum(absolute)
      result -= z * result
      if absolute < 140 {
        result /= pow(y, absolute - 0.5)
      } else {
        let root = pow(y, absolute / 2 - 0.25)
        result /= root
        result /= root
      }
    } else {
      result = sum(absolute) / exp(y)
      result += z * result
      if absolute < 140 {
        result *= pow(y, absolute - 0.5)
      } else {
        let root = pow(y, absolute / 2 - 0.25)
        result *= root
        result *= root
      }
    }
    if result.isInfinite { throw MathModule.rangeError }
    return result
  }

  static func logGamma(_ x: Double) throws(Raise) -> Double {
    if x.isNaN { return x }
    if x.isInfinite { return .infinity }
    if x == x.rounded(.down), x <= 2 {
      if x <= 0 { throw MathModule.domainError }
      return 0
    }
    let absolute = x.magnitude
    if absolute < 1e-20 { return -log(absolute) }
    var result = log(sum(absolute)) - g
    result += (absolute - 0.5) * (log(absolute + g - 0.5) - 1)
    if x < 0 { result = logPi - log(sinPi(absolute).magnitude) - log(absolute) - result }
    if result.isInfinite { throw MathModule.rangeError }
    return result
  }
}
