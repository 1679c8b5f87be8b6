#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// Single draws as PyTorch makes them (aten/src/ATen/core/TransformationHelper.h,
// native/Distributions.cpp). All but a Bernoulli draw of float32 take float64 numbers of the stream.

extension Generator {
  func exponential(_ rate: Double) -> Double { -1 / rate * log1p(-uniform()) }

  func geometric(_ p: Double) -> Double { ceil(log(uniform()) / log1p(-p)) }

  func cauchy(_ median: Double, _ sigma: Double) -> Double {
    median + sigma * tan(Double.pi * (uniform() - 0.5))
  }

  func logNormal(_ mean: Double, _ deviation: Double) -> Double {
    exp(normal() * deviation + mean)
  }

  /// Below 10 by multiplying uniform numbers; from there by Hörmann's transformed rejection (1993).
  func poisson(_ rate: Double) -> Double {
    if rate == 0 { return 0 }
    if rate < 10 {
      let bound = exp(-rate)
      var count = 0.0
      var product = 1.0
      while true {
        product *= uniform()
        if product <= bound { return count }
        count += 1
      }
    }
    let b = 0.931 + 2.53 * rate.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    let v = 0.9277 - 3.6224 / (b - 2)
    let logRate = log(rate)
    while true {
      let u = uniform() - 0.5
      let w = uniform()
      let us = 0.5 - abs(u)
      let slope: Double = 2 * a / us + b
      let k: Double = floor(slope * u + rate + 0.43)
      if us >= 0.07, w <= v { return k }
      if k < 0 || (us < 0.013 && w > us) { continue }
      let left: Double = log(w) + log(inverse) - log(a / (us * us) + b)
      let right: Double = k * logRate - rate - lgamma(k + 1)
      if left <= right { return k }
    }
  }
}
