import Glibc

/// The distributions of NumPy that lessons ask for less often; the first ones are in
/// `NumpyDistributions`.
///
/// Source: numpy/random/src/distributions/distributions.c, legacy-distributions.c, mtrand.pyx.
extension NumpyStream {
  public func pareto(_ a: Double) -> Double {
    let x = standardExponential() / a
    return isLegacy ? exp(x) - 1 : expm1(x)
  }

  public func powerFunction(_ a: Double) -> Double {
    let x = standardExponential()
    return pow(isLegacy ? 1 - exp(-x) : -expm1(-x), 1 / a)
  }

  public func standardCauchy() -> Double {
    let x = standardNormal()
    return x / standardNormal()
  }

  public func fRatio(_ numerator: Double, _ denominator: Double) -> Double {
    let x = chisquare(numerator) * denominator
    return x / (chisquare(denominator) * numerator)
  }

  public func noncentralChisquare(_ df: Double, _ shift: Double) -> Double {
    if shift == 0 { return chisquare(df) }
    if df > 1 {
      let rest = chisquare(df - 1)
      let n = standardNormal() + sqrt(shift)
      return rest + n * n
    }
    let i = poisson(shift / 2)
    return chisquare(df + 2 * Double(i))
  }

  public func negativeBinomial(_ n: Double, _ p: Double) -> Int {
    poisson((1 - p) / p * standardGamma(n))
  }

  /// Michael, Schucany and Haas (1976).
  public func wald(_ mean: Double, _ scale: Double) -> Double {
    let half = mean / (2 * scale)
    var y = standardNormal()
    y = mean * y * y
    let x = mean + half * (y - sqrt(4 * scale * y + y * y))
    return nextDouble() <= mean / (mean + x) ? x : mean * mean / x
  }

  /// Best and Fisher (1979).
  public func vonMises(_ mu: Double, _ kappa: Double) -> Double {
    if !mu.isFinite || !kappa.isFinite { return .nan }
    if kappa < 1e-8 { return Double.pi * (2 * nextDouble() - 1) }
    if !isLegacy, kappa > 1e6 {
      var result = mu + sqrt(1 / kappa) * standardNormal()
      if result < -Double.pi { result += 2 * Double.pi }
      if result > Double.pi { result -= 2 * Double.pi }
      return result
    }
    let s: Double
    if kappa < 1e-5 {
      s = 1 / kappa + kappa
    } else {
      let r = 1 + sqrt(1 + 4 * kappa * kappa)
      let rho = (r - sqrt(2 * r)) / (2 * kappa)
      s = (1 + rho * rho) / (2 * rho)
    }
    var w = 0.0
    while true {
      let z = cos(Double.pi * nextDouble())
      w = (1 + s * z) / (s + z)
      let y = kappa * (s - w)
      let v = nextDouble()
      if y * (2 - y) - v >= 0 || log(y / v) + 1 - y >= 0 { break }
    }
    var result = acos(w)
    if nextDouble() < 0.5 { result = -result }
    result += mu
    let wrapped = fmod(abs(result) + Double.pi, 2 * Double.pi) - Double.pi
    return result < 0 ? -wrapped : wrapped
  }

  /// Devroye (1986), X.6.1.
  public func zipf(_ a: Double) -> Int {
    if a >= 1025 { return 1 }
    let most = Double(Int.max)
    let (power, b) = (a - 1, pow(2, a - 1))
    let least = pow(most, -power)
    while true {
      let draw = nextDouble()
      let u = isLegacy ? 1 - draw : draw * least + (1 - draw)
      let v = nextDouble()
      let x = floor(pow(u, -1 / power))
      guard x <= most, x >= 1 else { continue }
      let t = pow(1 + 1 / x, power)
      if v * x * (t - 1) / (b - 1) <= t / b { return Int(exactly: x) ?? Int.max }
    }
  }

  /// Kemp (1981).
  public func logSeries(_ p: Double) -> Int {
    let r = isLegacy ? log(1 - p) : log1p(-p)
    while true {
      let v = nextDouble()
      if v >= p { return 1 }
      let u = nextDouble()
      let q = isLegacy ? 1 - exp(r * u) : -expm1(r * u)
      if v <= q * q {
        let x = floor(1 + log(v) / log(q))
        guard x >= 1, v != 0, let count = Int(exactly: x) else { continue }
        return count
      }
      return v >= q ? 1 : 2
    }
  }

  /// How often each of several results comes in `n` tries: a binomial number for each of what is left.
  public func multinomial(_ n: Int, _ shares: [Double]) -> [Int] {
    var counts = [Int](repeating: 0, count: shares.count)
    var (left, rest) = (n, 1.0)
    for i in 0..<max(0, shares.count - 1) {
      counts[i] = binomial(left, min(1, max(0, shares[i] / rest)))
      left -= counts[i]
      if left <= 0 { return counts }
      rest -= shares[i]
    }
    if left > 0, !counts.isEmpty { counts[counts.count - 1] = left }
    return counts
  }

  /// Shares that add up to 1, by gamma numbers; for small parameters by beta numbers that break what is
  /// left.
  public func dirichlet(_ alpha: [Double]) -> [Double] {
    if !isLegacy, let most = alpha.max(), most < 0.1, most > 0 {
      var tails = [Double](repeating: 0, count: alpha.count)
      var sum = 0.0
      for i in alpha.indices.reversed() {
        tails[i] = sum
        sum += alpha[i]
      }
      var rest = 1.0
      var result = [Double](repeating: 0, count: alpha.count)
      for i in alpha.indices.dropLast() {
        let v = beta(alpha[i], tails[i])
        result[i] = rest * v
        rest *= 1 - v
        if tails[i + 1] == 0, i + 1 < alpha.count - 1 { break }
      }
      result[alpha.count - 1] = rest
      return result
    }
    var result = alpha.map { standardGamma($0) }
    var sum = 0.0
    for x in result { sum += x }
    let scale = 1 / sum
    for i in result.indices { result[i] *= scale }
    return result
  }
}
