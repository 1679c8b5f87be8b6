import BigInt

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `statistics`. Means and variances sum exact fractions, so that they are rounded once.
enum StatisticsModule {
  static let table = ModuleTable(
    "statistics", doc: "Means, medians and spreads of numbers.",
    entries: (means + middles + spreads + pairs).map { .function($0) } + [
      .type(error), .type(NormalDistribution.table),
    ])

  static let error = TypeTable(
    "StatisticsError", module: "statistics", doc: "Data that has no such statistic.",
    baseName: "ValueError")

  static func failure(_ text: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(error))
    exception.arguments = [.string(text)]
    return Raise(exception)
  }

  // MARK: - Exact sums

  /// Numbers with what their results are given as: integers stay integers where they can.
  struct Sample {
    var numbers: [Rational] = []
    var isFloat = false
    var isFraction = false
    /// Sums that are not finite are not exact.
    var special: Double?

    init(_ data: Value, _ machine: Machine) throws(Raise) {
      for item in try machine.array(data) {
        if let number = item.asDouble, !number.isFinite {
          special = (special ?? 0) + number
          isFloat = true
          continue
        }
        guard let number = machine.rational(item) else {
          throw Raise(
            .typeError, "can't convert type '\(machine.typeName(item))' to numerator/denominator")
        }
        if case .float = item.bare { isFloat = true }
        if item.asInstance is FractionObject { isFraction = true }
        numbers.append(number)
      }
    }

    var count: Int { numbers.count }
    var sum: Rational { numbers.reduce(Rational(0), +) }

    func value(_ result: Rational, _ machine: Machine) -> Value {
      if let special { return .float(special) }
      if isFloat { return .float(result.double) }
      if isFraction { return FractionsModule.make(result, machine) }
      return result.denominator == 1 ? .integer(result.numerator) : .float(result.double)
    }

    /// The sum of squared distances from a centre, or from the mean.
    func squares(_ center: Rational?) -> Rational {
      if let center {
        return numbers.reduce(Rational(0)) { $0 + ($1 - center) * ($1 - center) }
      }
      let total = sum
      let squares = numbers.reduce(Rational(0)) { $0 + $1 * $1 }
      let n = Rational(BigInt(max(count, 1)))
      return (n * squares - total * total) / n
    }
  }

  private static func floats(_ data: Value, _ machine: Machine) throws(Raise) -> [Double] {
    var numbers: [Double] = []
    for item in try machine.array(data) { numbers.append(try machine.realNumber(item)) }
    return numbers
  }

  static func exactSum(_ numbers: [Double]) throws(Raise) -> Double {
    var sum = ExactSum()
    for number in numbers { try sum.add(number) }
    return try sum.result()
  }

  // MARK: - Means

  private static let means: [Native] = [
    Native("mean(data)", "The arithmetic mean.", example: "statistics.mean([1, 2, 3, 4])") { a in
      let sample = try Sample(a[0], a.machine)
      if sample.count == 0, sample.special == nil {
        throw failure("mean requires at least one data point", a.machine)
      }
      return sample.value(sample.sum / Rational(BigInt(max(sample.count, 1))), a.machine)
    },
    Native("fmean(data, weights=None)", "The mean as a float, fast.",
      example: "statistics.fmean([3.5, 4.0, 5.25])"
    ) { a in
      let numbers = try floats(a[0], a.machine)
      if a[1].isNone {
        if numbers.isEmpty { throw failure("fmean requires at least one data point", a.machine) }
        return .float(try exactSum(numbers) / Double(numbers.count))
      }
      let weights = try floats(a[1], a.machine)
      if weights.count != numbers.count {
        throw failure("data and weights must be the same length", a.machine)
      }
      let total = try exactSum(weights)
      if total == 0 { throw failure("sum of weights must be non-zero", a.machine) }
      return .float(try exactSum(zip(numbers, weights).map(*)) / total)
    },
    Native("geometric_mean(data)", "The root of the product.",
      example: "round(statistics.geometric_mean([54, 24, 36]), 1)"
    ) { a in
      let numbers = try floats(a[0], a.machine)
      if numbers.isEmpty || numbers.contains(where: { $0 <= 0 }) {
        throw failure(
          "geometric mean requires a non-empty dataset containing positive numbers", a.machine)
      }
      return .float(exp(try exactSum(numbers.map { log($0) }) / Double(numbers.count)))
    },
    Native("harmonic_mean(data, weights=None)", "The mean of rates.",
      example: "statistics.harmonic_mean([40, 60])"
    ) { a in
      let machine = a.machine
      let sample = try Sample(a[0], machine)
      if sample.count == 0 {
        throw failure("harmonic_mean requires at least one data point", machine)
      }
      if sample.numbers.contains(where: { $0.numerator < 0 }) {
        throw failure("harmonic mean does not support negative values", machine)
      }
      var weights = [Rational](repeating: Rational(1), count: sample.count)
      if !a[1].isNone {
        weights = try Sample(a[1], machine).numbers
        if weights.count != sample.count {
          throw failure("Number of weights does not match data size", machine)
        }
      } else if sample.count == 1 {
        return try machine.array(a[0])[0]
      }
      if sample.numbers.contains(where: { $0.numerator == 0 }) { return .int(0) }
      // Each quotient is a float, as CPython divides; their sum is exact again.
      var total = Rational(0)
      for (number, weight) in zip(sample.numbers, weights) {
        let part = weight / number
        total = total + (sample.isFraction ? part : Rational(part.double))
      }
      var shown = sample
      shown.isFloat = !sample.isFraction
      return shown.value(weights.reduce(Rational(0), +) / total, machine)
    },
  ]

  // MARK: - Middles

  private static func sorted(
    _ a: Arguments, _ name: String
  ) throws(Raise) -> [Value] {
    let items = try Sorting.sorted(
      a.machine.array(a[0]), key: .none, reverse: false, a.machine)
    if items.isEmpty { throw failure("no \(name) for empty data", a.machine) }
    return items
  }

  private static let middles: [Native] = [
    Native("median(data)", "The middle value, or the mean of the two middle ones.",
      example: "statistics.median([1, 3, 5, 7])"
    ) { a in
      let items = try sorted(a, "median")
      let middle = items.count / 2
      if items.count % 2 == 1 { return items[middle] }
      return try a.machine.binary(
        .divide, a.machine.binary(.add, items[middle - 1], items[middle]), .int(2))
    },
    Native("median_low(data)", "The lower of the two middle values.",
      example: "statistics.median_low([1, 3, 5, 7])"
    ) { a in
      let items = try sorted(a, "median")
      return items[(items.count - 1) / 2]
    },
    Native("median_high(data)", "The higher of the two middle values.",
      example: "statistics.median_high([1, 3, 5, 7])"
    ) { a in
      let items = try sorted(a, "median")
      return items[items.count / 2]
    },
    Native("median_grouped(data, interval=1)", "The median of grouped data, interpolated.",
      example: "statistics.median_grouped([1, 3, 3, 5, 7])"
    ) { a in
      let items = try sorted(a, "median")
      var numbers: [Double] = []
      for item in items { numbers.append(try a.machine.realNumber(item)) }
      let x = numbers[numbers.count / 2]
      let interval = try a.real(1)
      let below = numbers.filter { $0 < x }.count
      let same = numbers.filter { $0 == x }.count
      return .float(
        x - interval / 2 + interval * (Double(numbers.count) / 2 - Double(below)) / Double(same))
    },
    Native("mode(data)", "The most common value; the first of several.",
      example: "statistics.mode(['red', 'blue', 'red'])"
    ) { a in
      let counts = try counted(a)
      guard let best = counts.map(\.1).max(), let found = counts.first(where: { $0.1 == best })
      else { throw failure("no mode for empty data", a.machine) }
      return found.0
    },
    Native("multimode(data)", "All most common values.",
      example: "statistics.multimode('aabbbbccddddeeffffgg')"
    ) { a in
      let counts = try counted(a)
      let best = counts.map(\.1).max()
      return .list(counts.filter { $0.1 == best }.map(\.0))
    },
    Native("quantiles(data, *, n=4, method='exclusive')", "Cut points between n equal groups.",
      example: "statistics.quantiles([1, 2, 3, 4, 5], n=4)"
    ) { a in
      let machine = a.machine
      let n = try a.size(1)
      if n < 1 { throw failure("n must be at least 1", machine) }
      let items = try Sorting.sorted(machine.array(a[0]), key: .none, reverse: false, machine)
      if items.count < 2 { throw failure("must have at least two data points", machine) }
      let method = a[2].swiftString
      guard method == "inclusive" || method == "exclusive" else {
        throw Raise(.valueError, "Unknown method: \(try machine.repr(a[2]))")
      }
      let isInclusive = method == "inclusive"
      let m = isInclusive ? items.count - 1 : items.count + 1
      var result: [Value] = []
      for i in 1..<max(n, 1) {
        var j = i * m / n
        if !isInclusive { j = min(max(j, 1), items.count - 1) }
        let delta = i * m - j * n
        let (low, high) = isInclusive ? (items[j], items[j + 1]) : (items[j - 1], items[j])
        result.append(
          try machine.binary(
            .divide,
            machine.binary(
              .add, machine.binary(.multiply, low, .int(n - delta)),
              machine.binary(.multiply, high, .int(delta))), .int(n)))
      }
      return .list(result)
    },
  ]

  private static func counted(_ a: Arguments) throws(Raise) -> [(Value, Int)] {
    let counts = DictObject()
    for item in try a.machine.array(a[0]) {
      let old = try counts.get(item, a.machine)?.asInt ?? 0
      try counts.set(item, .int(old + 1), a.machine)
    }
    return counts.pairs.map { ($0.key, $0.value.asInt ?? 0) }
  }

  // MARK: - Spreads

  /// Mean square distance; of a sample (divided by n - 1) or of a whole population.
  private static func variance(
    _ a: Arguments, _ name: String, isSample: Bool
  ) throws(Raise) -> (Rational, Sample) {
    let sample = try Sample(a[0], a.machine)
    let least = isSample ? 2 : 1
    if sample.count < least {
      throw failure(
        "\(name) requires at least \(isSample ? "two data points" : "one data point")", a.machine)
    }
    let center = a[1].isNone ? nil : a.machine.rational(a[1])
    return (
      sample.squares(center) / Rational(BigInt(sample.count - (isSample ? 1 : 0))), sample
    )
  }

  private static func spread(
    _ name: String, _ center: String, _ doc: String, _ example: String, isSample: Bool,
    isRoot: Bool
  ) -> Native {
    Native("\(name)(data, \(center)=None)", doc, example: example) { a in
      let (value, sample) = try variance(a, isRoot && !isSample ? "pstdev" : name, isSample: isSample)
      if let special = sample.special { return .float(special - special) }
      if !isRoot { return sample.value(value, a.machine) }
      return .float(value.squareRoot)
    }
  }

  private static let spreads: [Native] = [
    spread("variance", "xbar", "The variance of a sample.",
      "statistics.variance([1, 2, 3, 4])", isSample: true, isRoot: false),
    spread("pvariance", "mu", "The variance of a population.",
      "statistics.pvariance([1, 2, 3, 4])", isSample: false, isRoot: false),
    spread("stdev", "xbar", "The standard deviation of a sample.",
      "statistics.stdev([1, 2, 3, 4])", isSample: true, isRoot: true),
    spread("pstdev", "mu", "The standard deviation of a population.",
      "statistics.pstdev([1, 2, 3, 4])", isSample: false, isRoot: true),
  ]

  // MARK: - Two variables

  private static func centered(
    _ a: Arguments, _ name: String
  ) throws(Raise) -> (x: [Double], y: [Double], xMean: Double, yMean: Double) {
    let x = try floats(a[0], a.machine)
    let y = try floats(a[1], a.machine)
    if x.count != y.count {
      throw failure(
        "\(name) requires that both inputs have same number of data points", a.machine)
    }
    if x.count < 2 { throw failure("\(name) requires at least two data points", a.machine) }
    let n = Double(x.count)
    return (x, y, try exactSum(x) / n, try exactSum(y) / n)
  }

  private static let linear = NamedTupleType(
    "LinearRegression", module: "statistics", fields: ["slope", "intercept"])

  private static let pairs: [Native] = [
    Native("covariance(x, y, /)", "How two variables vary together.",
      example: "statistics.covariance([1, 2, 3], [1, 2, 3])"
    ) { a in
      let (x, y, xMean, yMean) = try centered(a, "covariance")
      return .float(
        try exactSum(zip(x, y).map { ($0 - xMean) * ($1 - yMean) }) / Double(x.count - 1))
    },
    Native("correlation(x, y, /)", "Pearson's coefficient.",
      example: "statistics.correlation([1, 2, 3], [1, 2, 3.5])"
    ) { a in
      let (x, y, xMean, yMean) = try centered(a, "correlation")
      let xy = try exactSum(zip(x, y).map { ($0 - xMean) * ($1 - yMean) })
      let xx = try exactSum(x.map { ($0 - xMean) * ($0 - xMean) })
      let yy = try exactSum(y.map { ($0 - yMean) * ($0 - yMean) })
      if xx == 0 || yy == 0 {
        throw failure("at least one of the inputs is constant", a.machine)
      }
      return .float(xy / sqrt(xx * yy))
    },
    Native("linear_regression(x, y, /, *, proportional=False)", "Slope and intercept of a line.",
      example: "statistics.linear_regression([1, 2, 3], [2, 4, 6])"
    ) { a in
      let isProportional = try a.bool(2)
      var (x, y, xMean, yMean) = try centered(a, "linear regression")
      if isProportional { (xMean, yMean) = (0, 0) }
      let xy = try exactSum(zip(x, y).map { ($0 - xMean) * ($1 - yMean) })
      let xx = try exactSum(x.map { ($0 - xMean) * ($0 - xMean) })
      if xx == 0 { throw failure("x is constant", a.machine) }
      let slope = xy / xx
      let intercept = isProportional ? 0 : yMean - slope * xMean
      x.removeAll()
      y.removeAll()
      return linear.value([.float(slope), .float(intercept)], a.machine)
    },
  ]
}
