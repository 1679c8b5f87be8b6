#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// `statistics.NormalDist`: a normal distribution by mean and standard deviation.
enum NormalDistribution {
  private static func parameters(_ a: Arguments) throws(Raise) -> (mu: Double, sigma: Double) {
    guard let instance = a[0].asInstance, let mu = instance.own("_mu")?.asDouble,
      let sigma = instance.own("_sigma")?.asDouble
    else { throw Raise(.typeError, "a NormalDist is needed") }
    return (mu, sigma)
  }

  /// The first argument, when it is a distribution as well.
  private static func other(_ a: Arguments) -> Instance? {
    guard let instance = a[1].asInstance, instance.type === a.machine.type(table) else { return nil }
    return instance
  }

  private static func make(_ mu: Double, _ sigma: Double, _ machine: Machine) throws(Raise) -> Value {
    try machine.call(.object(machine.type(table)), [.float(mu), .float(sigma)])
  }

  /// A polynomial by its coefficients, the highest power first.
  private static func polynomial(_ r: Double, _ coefficients: [Double]) -> Double {
    coefficients.reduce(0) { $0 * r + $1 }
  }

  /// The quantile of the standard normal distribution: M. J. Wichura, "Algorithm AS 241", 1988.
  static func quantile(_ p: Double) -> Double {
    let q = p - 0.5
    if abs(q) <= 0.425 {
      let r = 0.180625 - q * q
      let above = polynomial(
        r,
        [
          2.5090809287301226727e+3, 3.3430575583588128105e+4, 6.7265770927008700853e+4,
          4.5921953931549871457e+4, 1.3731693765509461125e+4, 1.9715909503065514427e+3,
          1.3314166789178437745e+2, 3.3871328727963666080e+0,
        ]) * q
      let below = polynomial(
        r,
        [
          5.2264952788528545610e+3, 2.8729085735721942674e+4, 3.9307895800092710610e+4,
          2.1213794301586595867e+4, 5.3941960214247511077e+3, 6.8718700749205790830e+2,
          4.2313330701600911252e+1, 1.0,
        ])
      return above / below
    }
    var r = sqrt(-log(q <= 0 ? p : 1 - p))
    let above: Double
    let below: Double
    if r <= 5 {
      r -= 1.6
      above = polynomial(
        r,
        [
          7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
          1.27045825245236838258e+0, 3.64784832476320460504e+0, 5.76949722146069140550e+0,
          4.63033784615654529590e+0, 1.42343711074968357734e+0,
        ])
      below = polynomial(
        r,
        [
          1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
          1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e+0,
          2.05319162663775882187e+0, 1.0,
        ])
    } else {
      r -= 5
      above = polynomial(
        r,
        [
          2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
          2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e+0,
          5.46378491116411436990e+0, 6.65790464350110377720e+0,
        ])
      below = polynomial(
        r,
        [
          2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
          7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
          5.99832206555887937690e-1, 1.0,
        ])
    }
    return q < 0 ? -above / below : above / below
  }

  private static func property(
    _ name: String, _ doc: String, _ body: @escaping (Double, Double) -> Double
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in
      .float(
        body(
          value.asInstance?.own("_mu")?.asDouble ?? 0,
          value.asInstance?.own("_sigma")?.asDouble ?? 1))
    }
  }

  /// An operator with another distribution, or with a number.
  private static func operation(
    _ name: String, _ doc: String,
    _ body: @escaping ((Double, Double), (Double, Double)?, Double) -> (Double, Double)?
  ) -> Native {
    Native("__\(name)__(self, other)", doc) { a in
      let own = try parameters(a)
      if let other = a[1].asInstance, let mu = other.own("_mu")?.asDouble,
        let sigma = other.own("_sigma")?.asDouble
      {
        guard let result = body(own, (mu, sigma), 0) else { return .notImplemented }
        return try make(result.0, result.1, a.machine)
      }
      guard let number = a[1].asDouble, let result = body(own, nil, number) else {
        return .notImplemented
      }
      return try make(result.0, result.1, a.machine)
    }
  }

  static let table: TypeTable = TypeTable(
    "NormalDist", module: "statistics", doc: "A normal distribution.",
    properties: [
      property("mean", "The mean.") { mu, _ in mu },
      property("median", "The median.") { mu, _ in mu },
      property("mode", "The mode.") { mu, _ in mu },
      property("stdev", "The standard deviation.") { _, sigma in sigma },
      property("variance", "The variance.") { _, sigma in sigma * sigma },
    ],
    classMethods: [
      Native("from_samples(cls, data)", "The distribution with mean and spread of a sample.",
        example: "statistics.NormalDist.from_samples([1, 2, 3])"
      ) { a in
        let sample = try StatisticsModule.Sample(a[1], a.machine)
        if sample.count < 2 {
          throw StatisticsModule.failure("stdev requires at least two data points", a.machine)
        }
        let count = Rational(.init(sample.count))
        let spread = (sample.squares(nil) / Rational(.init(sample.count - 1))).squareRoot
        return try make((sample.sum / count).double, spread, a.machine)
      }
    ],
    methods: [
      Native("__init__(self, mu=0.0, sigma=1.0)", "By mean and standard deviation.",
        example: "statistics.NormalDist(5, 2)"
      ) { a in
        let sigma = try a.real(2)
        if sigma < 0 { throw StatisticsModule.failure("sigma must be non-negative", a.machine) }
        a[0].asInstance?.setOwn("_mu", .float(try a.real(1)))
        a[0].asInstance?.setOwn("_sigma", .float(sigma))
        return .none
      },
      Native("pdf(self, x)", "The density at x.") { a in
        let (mu, sigma) = try parameters(a)
        let variance = sigma * sigma
        if variance == 0 {
          throw StatisticsModule.failure("pdf() not defined when sigma is zero", a.machine)
        }
        let off = try a.real(1) - mu
        return .float(exp(off * off / (-2.0 * variance)) / sqrt(2.0 * .pi * variance))
      },
      Native("cdf(self, x)", "The probability of values up to x.") { a in
        let (mu, sigma) = try parameters(a)
        if sigma == 0 {
          throw StatisticsModule.failure("cdf() not defined when sigma is zero", a.machine)
        }
        return .float(0.5 * (1.0 + erf((try a.real(1) - mu) / (sigma * sqrt(2.0)))))
      },
      Native("inv_cdf(self, p)", "The value up to which lies the probability p.") { a in
        let p = try a.real(1)
        let (mu, sigma) = try parameters(a)
        if !(p > 0 && p < 1) {
          throw StatisticsModule.failure("p must be in the range 0.0 < p < 1.0", a.machine)
        }
        if sigma <= 0 {
          throw StatisticsModule.failure(
            "cdf() not defined when sigma at or below zero", a.machine)
        }
        return .float(mu + quantile(p) * sigma)
      },
      Native("quantiles(self, n=4)", "Cut points between n equal groups.") { a in
        let (mu, sigma) = try parameters(a)
        let n = try a.size(1)
        return .list((1..<max(n, 1)).map { .float(mu + quantile(Double($0) / Double(n)) * sigma) })
      },
      Native("zscore(self, x)", "How many standard deviations x is from the mean.") { a in
        let (mu, sigma) = try parameters(a)
        if sigma == 0 {
          throw StatisticsModule.failure("zscore() not defined when sigma is zero", a.machine)
        }
        return .float((try a.real(1) - mu) / sigma)
      },
      Native(
        "overlap(self, other)", "The area that two distributions have in common.",
        example: "statistics.NormalDist().overlap(statistics.NormalDist(1))"
      ) { a in
        guard let other = other(a), var mu2 = other.own("_mu")?.asDouble,
          var sigma2 = other.own("_sigma")?.asDouble
        else { throw Raise(.typeError, "Expected another NormalDist instance") }
        var (mu1, sigma1) = try parameters(a)
        // The narrower first, so that the result does not depend on the order of the two.
        if (sigma2, mu2) < (sigma1, mu1) { (mu1, sigma1, mu2, sigma2) = (mu2, sigma2, mu1, sigma1) }
        let variance1 = sigma1 * sigma1
        let variance2 = sigma2 * sigma2
        if variance1 == 0 || variance2 == 0 {
          throw StatisticsModule.failure("overlap() not defined when sigma is zero", a.machine)
        }
        let below = { (x: Double, mu: Double, sigma: Double) in
          0.5 * (1.0 + erf((x - mu) / (sigma * sqrt(2.0))))
        }
        let spread = variance2 - variance1
        let distance = abs(mu2 - mu1)
        if spread == 0 { return .float(1.0 - erf(distance / (2.0 * sigma1 * sqrt(2.0)))) }
        // Where the two curves cross: the roots of a quadratic equation.
        let middle = mu1 * variance2 - mu2 * variance1
        let half =
          sigma1 * sigma2
          * sqrt(distance * distance + spread * log(variance2 / variance1))
        let left = (middle + half) / spread
        let right = (middle - half) / spread
        return .float(
          1.0
            - (abs(below(left, mu2, sigma2) - below(left, mu1, sigma1))
              + abs(below(right, mu2, sigma2) - below(right, mu1, sigma1))))
      },
      Native("samples(self, n, *, seed=None)", "Random values of the distribution.") { a in
        let (mu, sigma) = try parameters(a)
        let machine = a.machine
        let module = try machine.importModule("random", first: true)
        var source = module
        if !a[2].isNone {
          source = try machine.call(machine.attribute(module, "Random"), [a[2]])
        }
        let gauss = try machine.attribute(source, "gauss")
        var result: [Value] = []
        for _ in 0..<max(0, try a.size(1)) {
          result.append(try machine.call(gauss, [.float(mu), .float(sigma)]))
          try machine.poll()
        }
        return .list(result)
      },
      operation("add", "The sum of independent values, or a shift.") { own, other, number in
        other.map { (own.0 + $0.0, hypot(own.1, $0.1)) } ?? (own.0 + number, own.1)
      },
      operation("radd", "A shift.") { own, _, number in (own.0 + number, own.1) },
      operation("sub", "The difference of independent values, or a shift.") { own, other, number in
        other.map { (own.0 - $0.0, hypot(own.1, $0.1)) } ?? (own.0 - number, own.1)
      },
      operation("mul", "A change of scale.") { own, other, number in
        other == nil ? (own.0 * number, own.1 * abs(number)) : nil
      },
      operation("rmul", "A change of scale.") { own, other, number in
        other == nil ? (own.0 * number, own.1 * abs(number)) : nil
      },
      operation("truediv", "A change of scale.") { own, other, number in
        other == nil ? (own.0 / number, own.1 / abs(number)) : nil
      },
      Native("__neg__(self)", "The mirror image.") { a in
        let (mu, sigma) = try parameters(a)
        return try make(-mu, sigma, a.machine)
      },
      Native("__eq__(self, other)", "Whether mean and spread are equal.") { a in
        let (mu, sigma) = try parameters(a)
        guard let other = a[1].asInstance, let m = other.own("_mu")?.asDouble,
          let s = other.own("_sigma")?.asDouble
        else { return .notImplemented }
        return .bool(mu == m && sigma == s)
      },
      Native("__hash__(self)", "The hash of mean and spread.") { a in
        let (mu, sigma) = try parameters(a)
        return .int(try a.machine.hash(.tuple([.float(mu), .float(sigma)])))
      },
      Native("__repr__(self)", "The distribution as one would write it.") { a in
        let (mu, sigma) = try parameters(a)
        return .string(
          "NormalDist(mu=\(FloatText.repr(mu)), sigma=\(FloatText.repr(sigma)))")
      },
    ])
}
