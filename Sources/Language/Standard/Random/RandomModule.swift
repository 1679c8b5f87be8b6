import BigInt

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `random`: functions of a hidden generator, and the class `Random` with the same as
/// methods.
enum RandomModule {
  static let table = ModuleTable(
    "random", doc: "Random numbers: CPython's generator and sequences.",
    entries: rows.map { .function($0.function) } + [.type(type)])

  static let type = TypeTable(
    "Random", module: "random", doc: "A random generator with a state of its own.",
    allocate: { RandomObject($0) },
    methods: [
      Native("__init__(self, x=None, /)", "Seeds the generator.") { a in
        try a.receiver(RandomObject.self).seed(a[1], a.machine)
        return .none
      }
    ] + rows.map(\.method))

  /// The generator that the functions of the module share in one session.
  private static func shared(_ machine: Machine) -> RandomObject {
    if let known = machine.extensions["random"] as? RandomObject { return known }
    let created = RandomObject(machine.type(type))
    machine.extensions["random"] = created
    return created
  }

  /// The arguments of a row, counted without the receiver.
  struct Call {
    let random: RandomObject
    let a: Arguments
    let offset: Int
    var machine: Machine { a.machine }
    subscript(index: Int) -> Value { a[index + offset] }
    func real(_ index: Int) throws(Raise) -> Double { try a.real(index + offset) }
    func integer(_ index: Int) throws(Raise) -> BigInt { try a.integer(index + offset) }
  }

  /// A function and the method of the same name.
  private struct Row {
    let function: Native
    let method: Native
    init(
      _ signature: String, _ doc: String, _ example: String? = nil,
      _ body: @escaping (Call) throws -> Value
    ) {
      function = Native(signature, doc, example: example) { a in
        try body(Call(random: RandomModule.shared(a.machine), a: a, offset: 0))
      }
      let parts = signature.split(separator: "(", maxSplits: 1)
      let rest = parts.count > 1 ? parts[1] : ")"
      method = Native("\(parts[0])(self" + (rest == ")" ? ")" : ", \(rest)"), doc) { a in
        try body(Call(random: try a.receiver(), a: a, offset: 1))
      }
    }
  }

  private static let rows: [Row] = basic + sequences + distributions

  private static let basic: [Row] = [
    Row("seed(a=None, version=2)", "Starts the sequence again.", "random.seed(1)") { c in
      try c.random.seed(c[0], c.machine)
      return .none
    },
    Row("getstate()", "The state of the generator.") { c in c.random.state },
    Row("setstate(state)", "Goes back to a state of getstate().") { c in
      try c.random.restore(c[0])
      return .none
    },
    Row("random()", "A float in [0, 1).", "random.random()") { c in .float(c.random.double()) },
    Row("getrandbits(k, /)", "An integer of k random bits.", "random.getrandbits(8)") { c in
      let count = try c.machine.size(c[0])
      if count < 0 { throw Raise(.valueError, "number of bits must be non-negative") }
      try c.machine.charge(count / 8, "the random bits")
      return .integer(c.random.twister.bits(count))
    },
    Row("randbytes(n)", "Random bytes.") { c in
      let count = try c.machine.size(c[0])
      if count < 0 { throw Raise(.valueError, "number of bits must be non-negative") }
      try c.machine.charge(count, "the random bytes")
      var left = count
      var bytes: [UInt8] = []
      while left > 0 {
        var word = c.random.twister.next()
        if left < 4 { word >>= UInt32(32 - left * 8) }
        for _ in 0..<min(4, left) {
          bytes.append(UInt8(truncatingIfNeeded: word))
          word >>= 8
        }
        left -= 4
      }
      return .object(BytesObject(bytes))
    },
    Row(
      "randrange(start, stop=None, step=1)", "An item of range(start, stop, step).",
      "random.randrange(0, 100, 5)"
    ) { c in
      if let value = quickPick(c, c[1].isNone ? .int(0) : c[0], c[1].isNone ? c[0] : c[1], c[2]) {
        return value
      }
      let start = try rangeInteger(c, 0, "arg 1")
      if c[1].isNone {
        if start > 0 { return .integer(c.random.twister.below(start)) }
        throw Raise(.valueError, "empty range for randrange()")
      }
      let stop = try rangeInteger(c, 1, "stop")
      let step = try rangeInteger(c, 2, "step")
      return try pick(c, start, stop, step)
    },
    Row("randint(a, b)", "An integer from a to b, both included.", "random.randint(1, 6)") { c in
      if case .int(let last) = c[1], last < Int.max,
        let value = quickPick(c, c[0], .int(last + 1), .int(1))
      {
        return value
      }
      return try pick(c, rangeInteger(c, 0, "arg 1"), rangeInteger(c, 1, "stop") + 1, 1)
    },
  ]

  /// The usual case without big integers: small bounds, step 1; nil for all others.
  private static func quickPick(_ c: Call, _ start: Value, _ stop: Value, _ step: Value) -> Value? {
    guard case .int(let low) = start, case .int(let high) = stop, case .int(1) = step else {
      return nil
    }
    let (width, overflow) = high.subtractingReportingOverflow(low)
    if overflow || width <= 0 { return nil }
    return .int(low + c.random.twister.below(width))
  }

  private static func rangeInteger(
    _ c: Call, _ index: Int, _ what: String
  ) throws(Raise) -> BigInt {
    if let number = c[index].asInteger { return number }
    if case .float(let number) = c[index] {
      guard let whole = Floats.integer(number), Double(whole) == number else {
        throw Raise(.valueError, "non-integer \(what) for randrange()")
      }
      return whole
    }
    return try c.integer(index)
  }

  private static func pick(
    _ c: Call, _ start: BigInt, _ stop: BigInt, _ step: BigInt
  ) throws(Raise) -> Value {
    let width = stop - start
    if step == 1 {
      if width > 0 {
        if let count = Int(exactly: width), let first = Int(exactly: start) {
          return .int(first + c.random.twister.below(count))
        }
        return .integer(start + c.random.twister.below(width))
      }
      throw Raise(.valueError, "empty range for randrange() (\(start), \(stop), \(width))")
    }
    if step == 0 { throw Raise(.valueError, "zero step for randrange()") }
    let count = Integers.floorDivide(width + step + (step > 0 ? -1 : 1), step).0
    if count <= 0 { throw Raise(.valueError, "empty range for randrange()") }
    return .integer(start + step * c.random.twister.below(count))
  }

  // MARK: - Sequences

  private static func count(_ c: Call, _ value: Value) throws(Raise) -> Int {
    guard let count = try c.machine.length(value) else {
      throw Raise(.typeError, "object of type '\(c.machine.typeName(value))' has no len()")
    }
    return count
  }

  private static func isSequence(_ value: Value, _ machine: Machine) -> Bool {
    if value.asString != nil || value.asList != nil || value.asTuple != nil { return true }
    guard case .object(let object) = value else { return false }
    switch object.kind {
    case .range, .bytes: return true
    case .instance:
      let type = machine.type(of: value)
      return type.special(.getitem) != nil && type.special(.len) != nil
    default: return false
    }
  }

  private static let sequences: [Row] = [
    Row("choice(seq)", "An item of a sequence.", "random.choice([1, 2, 3])") { c in
      let count = try count(c, c[0])
      if count == 0 { throw Raise(.indexError, "Cannot choose from an empty sequence") }
      return try c.machine.item(c[0], .int(c.random.twister.below(count)))
    },
    Row("shuffle(x)", "Shuffles a list in place.") { c in
      if let list = c[0].asList {
        var index = list.count - 1
        while index > 0 {
          let other = c.random.twister.below(index + 1)
          (list[index], list[other]) = (list[other], list[index])
          index -= 1
          if index & 0xFFFF == 0 { try c.machine.poll() }
        }
        return .none
      }
      var index = try count(c, c[0]) - 1
      while index > 0 {
        let other = c.random.twister.below(index + 1)
        let first = try c.machine.item(c[0], .int(index))
        try c.machine.setItem(c[0], .int(index), c.machine.item(c[0], .int(other)))
        try c.machine.setItem(c[0], .int(other), first)
        index -= 1
      }
      return .none
    },
    Row(
      "sample(population, k, *, counts=None)", "k distinct items of a sequence.",
      "random.sample(range(100), 5)"
    ) { c in
      let machine = c.machine
      if !isSequence(c[0], machine) {
        throw Raise(
          .typeError, "Population must be a sequence.  For dicts or sets, use sorted(d).")
      }
      let count = try count(c, c[0])
      let wanted = try machine.size(c[1])
      if !c[2].isNone {
        var sums: [Int] = []
        var total = 0
        for item in try machine.array(c[2]) {
          guard let number = item.asInt else {
            throw Raise(.typeError, "Counts must be integers")
          }
          let (sum, overflow) = total.addingReportingOverflow(number)
          if overflow { throw Raise(.overflowError, "the total of counts is too large") }
          total = sum
          sums.append(total)
        }
        if sums.count != count {
          throw Raise(.valueError, "The number of counts does not match the population")
        }
        if total <= 0 { throw Raise(.valueError, "Total of counts must be greater than zero") }
        let chosen = try positions(c.random, count: total, wanted, machine)
        let result = ListObject(capacity: chosen.count)
        for position in chosen {
          var low = 0
          var high = count - 1
          while low < high {
            let middle = (low + high) / 2
            if position < sums[middle] { high = middle } else { low = middle + 1 }
          }
          result.append(try machine.item(c[0], .int(low)))
        }
        return .object(result)
      }
      let chosen = try positions(c.random, count: count, wanted, machine)
      let result = ListObject(capacity: chosen.count)
      for position in chosen {
        result.append(try machine.item(c[0], .int(position)))
      }
      return .object(result)
    },
    Row(
      "choices(population, weights=None, *, cum_weights=None, k=1)",
      "k items of a sequence, with replacement.", "random.choices('ab', weights=[3, 1], k=4)"
    ) { c in try choices(c) },
  ]

  /// The positions of `wanted` distinct items among `count`, by whichever of two methods CPython
  /// takes for the size.
  private static func positions(
    _ random: RandomObject, count: Int, _ wanted: Int, _ machine: Machine
  ) throws(Raise) -> [Int] {
    if wanted < 0 || wanted > count {
      throw Raise(.valueError, "Sample larger than population or is negative")
    }
    // A set of positions, the positions, the items.
    try machine.charge(wanted, of: 48, "the sample")
    var result: [Int] = []
    result.reserveCapacity(wanted)
    var setSize = 21.0
    if wanted > 5 { setSize += pow(4, (log(Double(wanted) * 3) / log(4)).rounded(.up)) }
    if Double(count) <= setSize {
      var pool = Array(0..<count)
      for index in 0..<wanted {
        let chosen = random.twister.below(count - index)
        result.append(pool[chosen])
        pool[chosen] = pool[count - index - 1]
      }
    } else {
      var selected: Set<Int> = []
      while result.count < wanted {
        let chosen = random.twister.below(count)
        if selected.insert(chosen).inserted { result.append(chosen) }
        if result.count & 0xFFFF == 0 { try machine.poll() }
      }
    }
    return result
  }

  private static func choices(_ c: Call) throws(Raise) -> Value {
    let machine = c.machine
    let count = try count(c, c[0])
    let wanted = try machine.size(c[3])
    try machine.charge(wanted, of: 16, "the choices")
    var sums: [Double]?
    if !c[2].isNone {
      if !c[1].isNone {
        throw Raise(.typeError, "Cannot specify both weights and cumulative weights")
      }
      var values: [Double] = []
      for item in try machine.array(c[2]) { values.append(try machine.realNumber(item)) }
      sums = values
    } else if !c[1].isNone {
      if let number = c[1].asInt {
        throw Raise(
          .typeError, "The number of choices must be a keyword argument: k=\(number)")
      }
      var total = 0.0
      var values: [Double] = []
      for item in try machine.array(c[1]) {
        total += try machine.realNumber(item)
        values.append(total)
      }
      sums = values
    }
    let result = ListObject(capacity: max(0, wanted))
    guard let sums else {
      for index in 0..<max(0, wanted) {
        try machine.poll(at: index)
        let position = Int((c.random.double() * Double(count)).rounded(.down))
        if count == 0 { throw Raise(.indexError, "list index out of range") }
        result.append(try machine.item(c[0], .int(position)))
      }
      return .object(result)
    }
    if sums.count != count {
      throw Raise(.valueError, "The number of weights does not match the population")
    }
    guard let total = sums.last else { throw Raise(.indexError, "list index out of range") }
    if total <= 0 { throw Raise(.valueError, "Total of weights must be greater than zero") }
    if !total.isFinite { throw Raise(.valueError, "Total of weights must be finite") }
    for _ in 0..<max(0, wanted) {
      let point = c.random.double() * total
      var low = 0
      var high = count - 1
      while low < high {
        let middle = (low + high) / 2
        if point < sums[middle] { high = middle } else { low = middle + 1 }
      }
      result.append(try machine.item(c[0], .int(low)))
    }
    return .object(result)
  }

  // MARK: - Distributions

  private static let distributions: [Row] = [
    Row("uniform(a, b)", "A float between a and b.", "random.uniform(1, 2)") { c in
      let low = try c.real(0)
      return .float(low + (try c.real(1) - low) * c.random.double())
    },
    Row("triangular(low=0.0, high=1.0, mode=None)", "The triangular distribution.") { c in
      var low = try c.real(0)
      var high = try c.real(1)
      var u = c.random.double()
      if high == low, !c[2].isNone { return c[0] }
      var center = c[2].isNone ? 0.5 : (try c.real(2) - low) / (high - low)
      if u > center {
        u = 1 - u
        center = 1 - center
        swap(&low, &high)
      }
      return .float(low + (high - low) * (u * center).squareRoot())
    },
    Row("gauss(mu=0.0, sigma=1.0)", "The normal distribution.", "random.gauss(0, 1)") { c in
      let mu = try c.real(0)
      let sigma = try c.real(1)
      return .float(mu + c.random.gauss() * sigma)
    },
    Row("normalvariate(mu=0.0, sigma=1.0)", "The normal distribution.") { c in
      let mu = try c.real(0)
      let sigma = try c.real(1)
      return .float(mu + c.random.normal() * sigma)
    },
    Row("lognormvariate(mu, sigma)", "The log-normal distribution.") { c in
      let mu = try c.real(0)
      let sigma = try c.real(1)
      return .float(exp(mu + c.random.normal() * sigma))
    },
    Row("expovariate(lambd)", "The exponential distribution.", "random.expovariate(2)") { c in
      let rate = try c.real(0)
      let numerator = -log(1 - c.random.double())
      if rate == 0 { throw Raise(.zeroDivisionError, "float division by zero") }
      return .float(numerator / rate)
    },
    Row("gammavariate(alpha, beta)", "The gamma distribution.") { c in
      .float(try c.random.gamma(try c.real(0), try c.real(1), c.machine))
    },
    Row("betavariate(alpha, beta)", "The beta distribution.") { c in
      let beta = try c.real(1)
      let y = try c.random.gamma(try c.real(0), 1, c.machine)
      if y == 0 { return .float(0) }
      return .float(y / (y + (try c.random.gamma(beta, 1, c.machine))))
    },
    Row("paretovariate(alpha)", "The Pareto distribution.") { c in
      let alpha = try c.real(0)
      return .float(pow(1 - c.random.double(), -1 / alpha))
    },
    Row("weibullvariate(alpha, beta)", "The Weibull distribution.") { c in
      let alpha = try c.real(0)
      let beta = try c.real(1)
      return .float(alpha * pow(-log(1 - c.random.double()), 1 / beta))
    },
    Row("vonmisesvariate(mu, kappa)", "The von Mises distribution of angles.") { c in
      .float(try c.random.vonMises(try c.real(0), try c.real(1), c.machine))
    },
  ]
}
