import Classical
import Language
import TensorCore

/// The distributions that `np.random`, `RandomState` and `Generator` share, as rows.
enum NumpyDistributionRows {
  typealias Stream = (Arguments) throws -> any NumpyStream

  private struct Row {
    let name: String
    let parameters: String
    let doc: String
    let example: String
    /// How many parameters come before `size`.
    let count: Int
    /// Whether the numbers are integers.
    var isWhole = false
    /// What is wrong with the parameters, in NumPy's words; nil for nothing.
    var check: ([Double]) -> String? = { _ in nil }
    let draw: (any NumpyStream, [Double]) -> Double
  }

  private static func positive(_ names: String...) -> ([Double]) -> String? {
    { numbers in
      for (name, number) in zip(names, numbers) where !name.isEmpty && !(number >= 0) {
        return "\(name) < 0"
      }
      return nil
    }
  }

  private static var table: [Row] {
    [
      Row(name: "beta", parameters: "a, b", doc: "Numbers of a beta distribution.", example: "beta(2, 3, 3).shape", count: 2, check: { zip(["a", "b"], $0).first { !($0.1 > 0) }.map { "\($0.0) <= 0" } }) { $0.beta($1[0], $1[1]) },
      Row(name: "gamma", parameters: "shape, scale=1.0", doc: "Numbers of a gamma distribution.", example: "gamma(2.0, 1.0, 3).shape", count: 2, check: positive("shape", "scale")) { $1[1] * $0.standardGamma($1[0]) },
      Row(name: "standard_gamma", parameters: "shape", doc: "Numbers of a gamma distribution of scale 1.", example: "standard_gamma(2.0, 3).shape", count: 1, check: positive("shape")) { $0.standardGamma($1[0]) },
      Row(name: "standard_exponential", parameters: "", doc: "Exponential numbers with mean 1.", example: "standard_exponential(3).shape", count: 0) { stream, _ in stream.standardExponential() },
      Row(name: "chisquare", parameters: "df", doc: "Numbers of a chi-square distribution.", example: "chisquare(2, 3).shape", count: 1, check: positive("df")) { $0.chisquare($1[0]) },
      Row(name: "standard_t", parameters: "df", doc: "Numbers of Student's t distribution.", example: "standard_t(5, 3).shape", count: 1, check: positive("df")) { $0.standardT($1[0]) },
      Row(name: "laplace", parameters: "loc=0.0, scale=1.0", doc: "Numbers of a Laplace distribution.", example: "laplace(0, 1, 3).shape", count: 2, check: positive("", "scale")) { $0.laplace($1[0], $1[1]) },
      Row(name: "logistic", parameters: "loc=0.0, scale=1.0", doc: "Numbers of a logistic distribution.", example: "logistic(0, 1, 3).shape", count: 2, check: positive("", "scale")) { $0.logistic($1[0], $1[1]) },
      Row(name: "lognormal", parameters: "mean=0.0, sigma=1.0", doc: "Numbers whose logarithm is normal.", example: "lognormal(0, 1, 3).shape", count: 2, check: positive("", "sigma")) { $0.lognormal($1[0], $1[1]) },
      Row(name: "gumbel", parameters: "loc=0.0, scale=1.0", doc: "Numbers of a Gumbel distribution.", example: "gumbel(0, 1, 3).shape", count: 2, check: positive("", "scale")) { $0.gumbel($1[0], $1[1]) },
      Row(name: "rayleigh", parameters: "scale=1.0", doc: "Numbers of a Rayleigh distribution.", example: "rayleigh(1.0, 3).shape", count: 1, check: positive("scale")) { $0.rayleigh($1[0]) },
      Row(name: "weibull", parameters: "a", doc: "Numbers of a Weibull distribution.", example: "weibull(2.0, 3).shape", count: 1, check: positive("a")) { $0.weibull($1[0]) },
      Row(name: "triangular", parameters: "left, mode, right", doc: "Numbers of a triangular distribution.", example: "triangular(0, 1, 2, 3).shape", count: 3, check: { $0[0] > $0[1] ? "left > mode" : $0[1] > $0[2] ? "mode > right" : $0[0] == $0[2] ? "left == right" : nil }) { $0.triangular($1[0], $1[1], $1[2]) },
      Row(name: "poisson", parameters: "lam=1.0", doc: "Counts of a Poisson distribution.", example: "poisson(3, 4).shape", count: 1, isWhole: true, check: { $0[0] >= 0 && $0[0] < 9e18 ? nil : "lam < 0 or lam is NaN" }) { Double($0.poisson($1[0])) },
      Row(name: "binomial", parameters: "n, p", doc: "Successes in n tries of probability p.", example: "binomial(10, 0.5, 4).shape", count: 2, isWhole: true, check: { !($0[0] >= 0 && $0[0] < 9e15) ? "n < 0" : !($0[1] >= 0 && $0[1] <= 1) ? "p < 0, p > 1 or p is NaN" : nil }) { Double($0.binomial(Int($1[0]), $1[1])) },
      Row(name: "pareto", parameters: "a", doc: "Numbers of a Pareto II distribution.", example: "pareto(3.0, 3).shape", count: 1, check: { $0[0] > 0 ? nil : "a <= 0" }) { $0.pareto($1[0]) },
      Row(name: "power", parameters: "a", doc: "Numbers in 0..1 with the density a x**(a - 1).", example: "power(3.0, 3).shape", count: 1, check: { $0[0] > 0 ? nil : "a <= 0" }) { $0.powerFunction($1[0]) },
      Row(name: "standard_cauchy", parameters: "", doc: "Numbers of a Cauchy distribution.", example: "standard_cauchy(3).shape", count: 0) { stream, _ in stream.standardCauchy() },
      Row(name: "f", parameters: "dfnum, dfden", doc: "Numbers of an F distribution.", example: "f(2, 3, 4).shape", count: 2, check: { $0[0] > 0 ? $0[1] > 0 ? nil : "dfden <= 0" : "dfnum <= 0" }) { $0.fRatio($1[0], $1[1]) },
      Row(name: "noncentral_chisquare", parameters: "df, nonc", doc: "Numbers of a noncentral chi-square distribution.", example: "noncentral_chisquare(3, 1.0, 4).shape", count: 2, check: { $0[0] > 0 ? $0[1] >= 0 && $0[1] < 1e15 ? nil : "nonc < 0" : "df <= 0" }) { $0.noncentralChisquare($1[0], $1[1]) },
      Row(name: "wald", parameters: "mean, scale", doc: "Numbers of an inverse Gaussian distribution.", example: "wald(3, 2, 4).shape", count: 2, check: { $0[0] > 0 ? $0[1] > 0 ? nil : "scale <= 0" : "mean <= 0" }) { $0.wald($1[0], $1[1]) },
      Row(name: "vonmises", parameters: "mu, kappa", doc: "Angles of a von Mises distribution.", example: "vonmises(0, 4, 3).shape", count: 2, check: positive("", "kappa")) { $0.vonMises($1[0], $1[1]) },
      Row(name: "negative_binomial", parameters: "n, p", doc: "Failures before n successes of probability p.", example: "negative_binomial(3, 0.5, 4).shape", count: 2, isWhole: true, check: { !($0[0] > 0 && $0[0] < 1e15) ? "n <= 0" : $0[1] > 1e-3 && $0[1] <= 1 ? nil : "p < 0, p > 1 or p is NaN" }) { Double($0.negativeBinomial($1[0], $1[1])) },
      Row(name: "zipf", parameters: "a", doc: "Counts of a Zipf distribution.", example: "zipf(2.0, 4).shape", count: 1, isWhole: true, check: { $0[0] > 1 ? nil : "a <= 1 or a is NaN" }) { Double($0.zipf($1[0])) },
      Row(name: "logseries", parameters: "p", doc: "Counts of a logarithmic series distribution.", example: "logseries(0.6, 4).shape", count: 1, isWhole: true, check: { $0[0] >= 0 && $0[0] < 1 ? nil : "p < 0, p >= 1 or p is NaN" }) { Double($0.logSeries($1[0])) },
      Row(name: "geometric", parameters: "p", doc: "Tries until the first success.", example: "geometric(0.3, 4).shape", count: 1, isWhole: true, check: { $0[0] > 0 && $0[0] <= 1 ? nil : "p <= 0, p > 1 or p contains NaNs" }) { Double($0.geometric($1[0])) },
    ]
  }

  /// The rows as functions of a module or as methods.
  static func rows(prefix: String, isMethod: Bool, stream: @escaping Stream) -> [Native] {
    let first = isMethod ? 1 : 0
    return NumpyVectorRows.rows(prefix: prefix, isMethod: isMethod, stream: stream) + table.map { row in
      let parameters = [isMethod ? "self" : "", row.parameters, "size=None"].filter { !$0.isEmpty }
      return numpyRow(
        "\(row.name)(\(parameters.joined(separator: ", ")))", row.doc, example: prefix + row.example
      ) { a in
        try draw(row, a, first, stream(a))
      }
    }
  }

  /// Draws with numbers as parameters, or with arrays that broadcast, one draw for each element.
  private static func draw(
    _ row: Row, _ a: Arguments, _ first: Int, _ stream: any NumpyStream
  ) throws -> Value {
    let machine = a.machine
    let parameters = try (0..<row.count).map { try a.array(first + $0, dtype: .float64) }
    var shape: [Int] = []
    for parameter in parameters { shape = try Shape.broadcast(shape, parameter.shape, row.name) }
    let size = first + row.count
    let isSingle = shape.isEmpty && (!a.isGiven(size) || a[size].isNone)
    if a.isGiven(size), !a[size].isNone {
      let wanted = try a.shape(size)
      guard try Shape.broadcast(wanted, shape, row.name) == wanted else {
        throw Raise(
          .valueError,
          "Output size \(TensorErrors.numpyShape(wanted)) is not compatible with broadcast dimensions "
            + "of inputs \(TensorErrors.numpyShape(shape)).")
      }
      shape = wanted
    }
    let count = try Shape.count(shape, row.name)
    let result = try Tensor.zeros(shape, dtype: .float64)  // charged before anything is drawn
    let varies = parameters.contains { $0.count != 1 }
    let columns = try parameters.map { parameter in
      varies ? try parameter.expand(shape).doubles() : try parameter.doubles()
    }
    try result.withMutableElements(of: Double.self) { values in
      for i in 0..<count {
        if i & 0xFFF == 0 { try machine.poll() }
        let numbers = columns.map { $0[varies ? i : 0] }
        if i == 0 || varies, let fault = row.check(numbers) { throw Raise(.valueError, fault) }
        values[i] = row.draw(stream, numbers)
      }
    }
    if isSingle {
      let value = try result.item().double
      return row.isWhole ? .int(Int(exactly: value) ?? Int.max) : .float(value)
    }
    return machine.ndarray(row.isWhole ? try result.to(.int64) : result)
  }
}

/// `np.random.PCG64`: the source of bits of the newer stream.
final class BitGeneratorObject: Instance {
  let generator: NumpyGenerator
  init(_ generator: NumpyGenerator, _ type: TypeObject) {
    self.generator = generator
    super.init(type)
  }

  static let table = TypeTable(
    "PCG64", module: "numpy.random._pcg64", doc: "A source of random bits with a seed.",
    isSubclassable: false,
    methods: [
      numpyRow("__new__(cls, seed=None)", "The source of a seed.", example: "np.random.PCG64(0)") { a in
        guard let type = a[0].asType else { return .none }
        guard let made = try NumpyGeneratorDoor.seeded(a, 1) else { return .none }
        return .object(BitGeneratorObject(made, type))
      }
    ])
}

/// `np.random.Generator`: the newer stream, PCG64.
final class NumpyGeneratorDoor: Instance {
  let generator: NumpyGenerator
  init(_ generator: NumpyGenerator, _ type: TypeObject) {
    self.generator = generator
    super.init(type)
  }

  static let make = numpyRow("default_rng(seed=None)", "A stream of random numbers (PCG64) with a seed of its own.", example: "np.random.default_rng(0).random()") {
    a in
    if let own = a.instance(0, NumpyGeneratorDoor.self) { return .object(own) }
    let type = a.machine.type(table)
    if let bits = a[0].asInstance as? BitGeneratorObject {
      return .object(NumpyGeneratorDoor(bits.generator, type))
    }
    guard let made = try seeded(a, 0) else { return .none }
    return .object(NumpyGeneratorDoor(made, type))
  }

  /// The stream of a seed: None, a number, or several numbers.
  static func seeded(_ a: Arguments, _ index: Int) throws -> NumpyGenerator? {
    if a[index].isNone { return NumpyGenerator() }
    do {
      if let seed = try a.machine.index(a[index]) { return try NumpyGenerator(seed: seed) }
      return try NumpyGenerator(seeds: a.machine.ints(a[index]))
    } catch is ClassicalError {
      throw Raise(.valueError, "expected non-negative integer")
    }
  }

  private static func row(
    _ name: String, _ parameters: String, _ doc: String, _ example: String,
    _ body: @escaping (Arguments, NumpyGenerator, Machine) throws -> Value
  ) -> Native {
    numpyRow(
      "\(name)(self\(parameters.isEmpty ? "" : ", " + parameters))", doc,
      example: "np.random.default_rng(0)." + example
    ) { a in try body(a, a.receiver(NumpyGeneratorDoor.self).generator, a.machine) }
  }

  /// Numbers in a shape; without one a plain number.
  private static func shaped(
    _ a: Arguments, _ size: Int, dtype: Int? = nil, _ draw: (Int) throws -> [Double]
  ) throws -> Value {
    guard a.isGiven(size), !a[size].isNone else { return .float(try draw(1).first ?? 0) }
    let shape = try a.shape(size)
    let numbers = try draw(Shape.count(shape, "random"))
    return a.machine.ndarray(try Tensor(numbers, shape: shape, dtype: .float64))
  }

  /// float32 has draws of its own in NumPy, which are not here.
  private static func refuseFloat32(_ a: Arguments, _ index: Int) throws {
    guard a.isGiven(index), !a[index].isNone else { return }
    if try a.dtype(index, .numpy) != .float64 {
      throw Raise(
        .typeError, "\(a.name): only dtype float64 is drawn", hint: "x.astype(np.float32) converts")
    }
  }

  static let table = TypeTable(
    "Generator", module: "numpy.random._generator", doc: "A stream of random numbers (PCG64).",
    isSubclassable: false,
    methods: [
      numpyRow("__new__(cls, bit_generator)", "The numbers that are made of the bits of a source.", example: "np.random.Generator(np.random.PCG64(0)).random()") { a in
        guard let type = a[0].asType else { return .none }
        guard let bits = a[1].asInstance as? BitGeneratorObject else {
          throw Raise(.attributeError, "'\(a.machine.typeName(a[1]))' object has no attribute 'capsule'")
        }
        return .object(NumpyGeneratorDoor(bits.generator, type))
      },
      Native("__repr__(self)", "`Generator(PCG64)`.", example: "repr(np.random.default_rng(0))") { a in
        let object = try a.receiver(NumpyGeneratorDoor.self)
        let place = UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())
        return .string("Generator(PCG64) at 0x\(String(place, radix: 16, uppercase: true))")
      },
      row("random", "size=None, dtype=float", "Uniform numbers from 0 up to 1.", "random(3).shape") { a, g, _ in
        try refuseFloat32(a, 2)
        return try shaped(a, 1) { try g.random(count: $0) }
      },
      row("uniform", "low=0.0, high=1.0, size=None", "Uniform numbers from low up to high.", "uniform(-1, 1, 3).shape") { a, g, machine in
        if NumpyRandom.isArray(a[1]) || NumpyRandom.isArray(a[2]) {
          let (low, high) = (try a.array(1, dtype: .float64), try a.array(2, dtype: .float64))
          let shape = a[3].isNone
            ? try Shape.broadcast(low.shape, high.shape, "uniform") : try a.shape(3)
          let draws = try g.random(count: Shape.count(shape, "uniform"))
          return machine.ndarray(
            try Tensor(draws, shape: shape, dtype: .float64) * (high - low) + low)
        }
        let (low, high) = (try a.double(1), try a.double(2))
        return try shaped(a, 3) { try g.uniform(low: low, high: high, count: $0) }
      },
      row("normal", "loc=0.0, scale=1.0, size=None", "Normal numbers with mean loc and deviation scale.", "normal(5, 2, 3).shape") { a, g, machine in
        if NumpyRandom.isArray(a[1]) || NumpyRandom.isArray(a[2]) {
          let (loc, scale) = (try a.array(1, dtype: .float64), try a.array(2, dtype: .float64))
          let shape = a[3].isNone
            ? try Shape.broadcast(loc.shape, scale.shape, "normal") : try a.shape(3)
          let draws = try g.standardNormal(count: Shape.count(shape, "normal"))
          return machine.ndarray(try Tensor(draws, shape: shape, dtype: .float64) * scale + loc)
        }
        let (loc, scale) = (try a.double(1), try a.double(2))
        if scale < 0 { throw Raise(.valueError, "scale < 0") }
        return try shaped(a, 3) { try g.normal(loc: loc, scale: scale, count: $0) }
      },
      row("standard_normal", "size=None, dtype=float", "Normal numbers with mean 0 and deviation 1.", "standard_normal(3).shape") { a, g, _ in
        try refuseFloat32(a, 2)
        return try shaped(a, 1) { try g.standardNormal(count: $0) }
      },
      row("exponential", "scale=1.0, size=None", "Exponential numbers with mean scale.", "exponential(2.0, 3).shape") { a, g, _ in
        let scale = try a.double(1)
        if scale < 0 { throw Raise(.valueError, "scale < 0") }
        return try shaped(a, 2) { count in
          _ = try Shape.count([count], "exponential")
          return (0..<count).map { _ in scale * g.standardExponential() }
        }
      },
      row("integers", "low, high=None, size=None, dtype=int, endpoint=False", "Integers from low (0 when only one is given) up to high, with it where endpoint is true.", "integers(0, 10, 3).shape") { a, g, machine in
        let single = a[2].isNone
        let low = single ? 0 : try a.int(1)
        var high = single ? try a.int(1) : try a.int(2)
        if try a.bool(5) {
          if high == Int.max { throw Raise(.valueError, "high is out of bounds for int64") }
          high += 1
        }
        if low >= high { throw Raise(.valueError, single ? "high <= 0" : "low >= high") }
        if a[3].isNone { return .int(try g.integers(low, high, count: 1).first ?? low) }
        let shape = try a.shape(3)
        let dtype = a.isGiven(4) ? try a.dtype(4, .numpy) : .int64
        let count = try Shape.count(shape, "integers")
        let numbers = try NumpyRandom.isSmall(dtype, low, high)
          ? g.smallIntegers(low, high, bits: dtype.size * 8, count: count)
          : g.integers(low, high, count: count)
        return machine.ndarray(try Tensor(numbers, shape: shape, dtype: dtype))
      },
      row("permutation", "x, axis=0", "A range, or the rows of an array, in random order.", "permutation(4).shape") { a, g, machine in
        if let count = try NumpyRandom.count(a[1], machine) {
          return machine.ndarray(try Tensor(g.permutation(max(0, count))))
        }
        let x = try a.array(1)
        let axis = try Shape.axis(a.int(2), rank: x.rank, "permutation")
        let order = try g.permutation(x.rank == 0 ? 0 : x.shape[axis])
        return machine.ndarray(try x.indexSelect(axis, Tensor(order)))
      },
      row("shuffle", "x, axis=0", "Puts a list or the rows of an array in random order, in place.", "shuffle([1, 2, 3])") { a, g, machine in
        if let list = a[1].asList {
          var items = list.items
          g.shuffle(&items)
          for (place, item) in items.enumerated() where place < list.count { list[place] = item }
          return .none
        }
        guard let object = a[1].asTensorObject, object.tensor.rank > 0 else {
          throw Raise(
            .typeError, "shuffle(): x must be a list or an array, got \(machine.typeName(a[1]))")
        }
        let axis = try Shape.axis(a.int(2), rank: object.tensor.rank, "shuffle")
        var order = Array(0..<object.tensor.shape[axis])
        g.shuffle(&order)
        try object.tensor.copy(from: object.tensor.indexSelect(axis, Tensor(order)))
        return .none
      },
      row("choice", "a, size=None, replace=True, p=None, axis=0, shuffle=True", "Random elements of an array or of a range, with or without putting back.", "choice([10, 20, 30], 2).shape") { a, g, machine in
        try NumpyRandom.choice(a, 1, machine) { population, count, replaces, weights in
          try g.choice(population, count: count, replace: replaces, p: weights)
        }
      },
    ]
      + NumpyDistributionRows.rows(
        prefix: "np.random.default_rng(0).", isMethod: true,
        stream: { try $0.receiver(NumpyGeneratorDoor.self).generator }))
}
