import Glibc

/// What both of NumPy's streams share: distributions made of uniform, normal and exponential numbers.
///
/// Where the two differ it is in those three, so the same text gives each its own numbers.
/// Source: numpy/random/src/distributions/distributions.c, legacy-distributions.c.
public protocol NumpyStream: AnyObject {
  /// A float in [0, 1) with 53 random bits.
  func nextDouble() -> Double
  func standardNormal() -> Double
  func standardExponential() -> Double
  /// Whether `RandomState`'s older forms are used where they give other numbers.
  var isLegacy: Bool { get }
}

extension NumpyRandomState: NumpyStream {
  public func nextDouble() -> Double { randomSample() }
  public func standardExponential() -> Double { -log(1 - randomSample()) }
  public var isLegacy: Bool { true }
}

extension NumpyGenerator: NumpyStream {
  public func nextDouble() -> Double { random() }
  public var isLegacy: Bool { false }

  /// By the ziggurat of Marsaglia and Tsang (2000).
  public func standardExponential() -> Double {
    while true {
      var word = nextBits() >> 3
      let layer = Int(word & 0xFF)
      word >>= 8
      let x = Double(word) * Double(bitPattern: ExponentialZiggurat.widths[layer])
      if word < ExponentialZiggurat.acceptance[layer] { return x }
      if layer == 0 { return 7.69711747013104972 - log1p(-random()) }
      let low = Double(bitPattern: ExponentialZiggurat.heights[layer])
      let high = Double(bitPattern: ExponentialZiggurat.heights[layer - 1])
      if (high - low) * random() + low < exp(-x) { return x }
    }
  }
}

extension NumpyStream {
  public func lognormal(_ mean: Double, _ sigma: Double) -> Double {
    exp(mean + sigma * standardNormal())
  }

  public func laplace(_ loc: Double, _ scale: Double) -> Double {
    while true {
      let u = nextDouble()
      if u >= 0.5 { return loc - scale * log(2 - u - u) }
      if u > 0 { return loc + scale * log(u + u) }
    }
  }

  public func logistic(_ loc: Double, _ scale: Double) -> Double {
    while true {
      let u = nextDouble()
      if u > 0 { return loc + scale * log(u / (1 - u)) }
    }
  }

  public func gumbel(_ loc: Double, _ scale: Double) -> Double {
    while true {
      let u = 1 - nextDouble()
      if u < 1 { return loc - scale * log(-log(u)) }
    }
  }

  public func rayleigh(_ mode: Double) -> Double {
    isLegacy
      ? mode * sqrt(-2 * log(1 - nextDouble())) : mode * sqrt(2 * standardExponential())
  }

  public func weibull(_ a: Double) -> Double { a == 0 ? 0 : pow(standardExponential(), 1 / a) }

  public func triangular(_ left: Double, _ mode: Double, _ right: Double) -> Double {
    let base = right - left
    let leftBase = mode - left
    let u = nextDouble()
    if u <= leftBase / base { return left + sqrt(u * (leftBase * base)) }
    return right - sqrt((1 - u) * ((right - mode) * base))
  }

  /// Marsaglia and Tsang's method (2000); below 1 that of Ahrens and Dieter (1974).
  public func standardGamma(_ shape: Double) -> Double {
    if shape == 1 { return standardExponential() }
    if shape == 0 { return 0 }
    if shape < 1 {
      while true {
        let u = nextDouble()
        let v = standardExponential()
        if u <= 1 - shape {
          let x = pow(u, 1 / shape)
          if x <= v { return x }
        } else {
          let y = -log((1 - u) / shape)
          let x = pow(1 - shape + shape * y, 1 / shape)
          if x <= v + y { return x }
        }
      }
    }
    let b = shape - 1.0 / 3
    let c = 1 / sqrt(9 * b)
    while true {
      var x = 0.0
      var v = 0.0
      repeat {
        x = standardNormal()
        v = 1 + c * x
      } while v <= 0
      v = v * v * v
      let u = nextDouble()
      if u < 1 - 0.0331 * (x * x) * (x * x) { return b * v }
      if log(u) < 0.5 * x * x + b * (1 - v + log(v)) { return b * v }
    }
  }

  public func beta(_ a: Double, _ b: Double) -> Double {
    if a <= 1, b <= 1 {  // Jöhnk (1964)
      while true {
        let u = nextDouble()
        let v = nextDouble()
        let x = pow(u, 1 / a)
        let y = pow(v, 1 / b)
        let sum = x + y
        guard sum <= 1, u + v > 0 else { continue }
        if sum > 0 { return x / sum }
        var logX = log(u) / a
        var logY = log(v) / b
        let larger = max(logX, logY)
        logX -= larger
        logY -= larger
        return exp(logX - log(exp(logX) + exp(logY)))
      }
    }
    let x = standardGamma(a)
    let y = standardGamma(b)
    return x / (x + y)
  }

  public func chisquare(_ df: Double) -> Double { 2 * standardGamma(df / 2) }

  public func standardT(_ df: Double) -> Double {
    let normal = standardNormal()
    return sqrt(df / 2) * normal / sqrt(standardGamma(df / 2))
  }

  public func geometric(_ p: Double) -> Int {
    if p >= 1.0 / 3 {
      var (x, sum, product) = (1, p, p)
      let u = nextDouble()
      while u > sum {
        product *= 1 - p
        sum += product
        x += 1
      }
      return x
    }
    let z = isLegacy
      ? ceil(log1p(-nextDouble()) / log1p(-p)) : ceil(-standardExponential() / log1p(-p))
    return Int(exactly: z) ?? Int.max
  }

  // MARK: - Counts

  /// Below 10 by multiplying uniform numbers; from there by Hörmann's transformed rejection (1993).
  public func poisson(_ rate: Double) -> Int {
    if rate == 0 { return 0 }
    if rate < 10 {
      let bound = exp(-rate)
      var (count, product) = (0, 1.0)
      while true {
        product *= nextDouble()
        if product <= bound { return count }
        count += 1
      }
    }
    let b = 0.931 + 2.53 * sqrt(rate)
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    let vr = 0.9277 - 3.6224 / (b - 2)
    let logRate = log(rate)
    while true {
      let u = nextDouble() - 0.5
      let v = nextDouble()
      let us = 0.5 - abs(u)
      let slope: Double = 2 * a / us + b
      let k: Double = floor(slope * u + rate + 0.43)
      if us >= 0.07, v <= vr { return Int(k) }
      if k < 0 || (us < 0.013 && v > us) { continue }
      let left: Double = log(v) + log(inverse) - log(a / (us * us) + b)
      let right: Double = -rate + k * logRate - numpyLogGamma(k + 1)
      if left <= right { return Int(k) }
    }
  }

  /// By inversion where few successes are expected, else by Kachitvichyanukul and Schmeiser's BTPE
  /// (1988).
  public func binomial(_ n: Int, _ p: Double) -> Int {
    if n == 0 || p == 0 { return 0 }
    if p <= 0.5 {
      return p * Double(n) <= 30 ? inverted(n, p) : BinomialBTPE(n, p).draw { self.nextDouble() }
    }
    let q = 1 - p
    if q * Double(n) <= 30 { return n - inverted(n, q) }
    // BTPE turns p over itself.
    return BinomialBTPE(n, p).draw { self.nextDouble() }
  }

  private func inverted(_ n: Int, _ p: Double) -> Int {
    let q = 1 - p
    let count = Double(n)
    let start = isLegacy ? exp(count * log(q)) : exp(count * log1p(-p))
    let mean = count * p
    let bound = min(count, mean + 10 * sqrt(mean * q + 1))
    let most = Int(bound)
    var x = 0
    var px = start
    var u = nextDouble()
    while u > px {
      x += 1
      if x > most {
        x = 0
        px = start
        u = nextDouble()
      } else {
        u -= px
        px = (Double(n - x + 1) * p * px) / (Double(x) * q)
      }
    }
    return x
  }
}

/// The logarithm of the gamma function as NumPy computes it for its draws (Zhang and Jin 1996).
private func numpyLogGamma(_ x: Double) -> Double {
  let a: [Double] = [
    8.333333333333333e-02, -2.777777777777778e-03, 7.936507936507937e-04, -5.952380952380952e-04,
    8.417508417508418e-04, -1.917526917526918e-03, 6.410256410256410e-03, -2.955065359477124e-02,
    1.796443723688307e-01, -1.39243221690590e+00,
  ]
  if x == 1 || x == 2 { return 0 }
  let n = x < 7 ? Int(7 - x) : 0
  var x0 = x + Double(n)
  let x2 = (1 / x0) * (1 / x0)
  var series = a[9]
  for k in stride(from: 8, through: 0, by: -1) { series = series * x2 + a[k] }
  var result: Double = series / x0 + 0.5 * 1.8378770664093453
  result += (x0 - 0.5) * log(x0) - x0
  for _ in 0..<n {
    result -= log(x0 - 1)
    x0 -= 1
  }
  return result
}

/// The constants of BTPE for one pair of parameters.
private struct BinomialBTPE {
  let n: Int
  let isTurned: Bool
  let r, q, m, p1, xm, xl, xr, c, laml, lamr, p2, p3, p4: Double

  init(_ n: Int, _ p: Double) {
    self.n = n
    isTurned = p > 0.5
    let count = Double(n)
    r = min(p, 1 - p)
    q = 1 - r
    let fm = count * r + r
    m = floor(fm)
    p1 = floor(2.195 * sqrt(count * r * q) - 4.6 * q) + 0.5
    xm = m + 0.5
    xl = xm - p1
    xr = xm + p1
    c = 0.134 + 20.5 / (15.3 + m)
    let left = (fm - xl) / (fm - xl * r)
    laml = left * (1 + left / 2)
    let right = (xr - fm) / (xr * q)
    lamr = right * (1 + right / 2)
    p2 = p1 * (1 + 2 * c)
    p3 = p2 + c / laml
    p4 = p3 + c / lamr
  }

  func draw(_ next: () -> Double) -> Int {
    let count = Double(n)
    let nrq = count * r * q
    while true {
      let u = next() * p4
      var v = next()
      var y: Double
      if u <= p1 { return result(floor(xm - p1 * v + u)) }
      if u <= p2 {
        let x = xl + (u - p1) / c
        v = v * c + 1 - abs(m - x + 0.5) / p1
        if v > 1 { continue }
        y = floor(x)
      } else if u <= p3 {
        y = floor(xl + log(v) / laml)
        if y < 0 || v == 0 { continue }
        v = v * (u - p2) * laml
      } else {
        y = floor(xr - log(v) / lamr)
        if y > count || v == 0 { continue }
        v = v * (u - p3) * lamr
      }
      let k = abs(y - m)
      if k > 20, k < nrq / 2 - 1 {
        switch squeezed(y, k, v, nrq, count) {
        case true: return result(y)
        case false: continue
        }
      }
      let s = r / q
      let a = s * (count + 1)
      var f = 1.0
      if m < y {
        var i = m + 1
        while i <= y {
          f *= a / i - s
          i += 1
        }
      } else if m > y {
        var i = y + 1
        while i <= m {
          f /= a / i - s
          i += 1
        }
      }
      if v > f { continue }
      return result(y)
    }
  }

  private func result(_ y: Double) -> Int { isTurned ? n - Int(y) : Int(y) }

  private func squeezed(_ y: Double, _ k: Double, _ v: Double, _ nrq: Double, _ count: Double) -> Bool {
    let inner: Double = (k * (k / 3 + 0.625) + 0.16666666666666666) / nrq + 0.5
    let rho: Double = (k / nrq) * inner
    let t: Double = -k * k / (2 * nrq)
    let a = log(v)
    if a < t - rho { return true }
    if a > t + rho { return false }
    let x1 = y + 1
    let f1 = m + 1
    let z = count + 1 - m
    let w = count - y + 1
    func tail(_ x: Double) -> Double {
      let x2 = x * x
      let d1: Double = 99 - 140 / x2
      let d2: Double = 132 - d1 / x2
      let d3: Double = 462 - d2 / x2
      return (13680 - d3 / x2) / x / 166320
    }
    var bound: Double = xm * log(f1 / x1)
    bound += (count - m + 0.5) * log(z / w)
    bound += (y - m) * log(w * r / (x1 * q))
    bound += tail(f1)
    bound += tail(z)
    bound += tail(x1)
    bound += tail(w)
    return a <= bound
  }
}
