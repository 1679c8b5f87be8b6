import Classical
import Language
import TensorCore

/// `np.random.RandomState`: a stream of its own.
final class RandomStateObject: Instance {
  let state: NumpyRandomState
  init(_ state: NumpyRandomState, _ type: TypeObject) {
    self.state = state
    super.init(type)
  }
}

/// `np.random`: the legacy stream, bit for bit as NumPy's.
enum NumpyRandom {
  static let module = ModuleTable(
    "numpy.random", doc: "Random numbers: the same seed gives the numbers that NumPy gives.",
    entries: [.type(stateTable), .type(NumpyGeneratorDoor.table), .type(BitGeneratorObject.table), .function(NumpyGeneratorDoor.make)]
      + rows(isMethod: false).map { .function($0) }
      + NumpyDistributionRows.rows(
        prefix: "np.random.", isMethod: false, stream: { shared($0.machine) }
      ).map { .function($0) })

  private static let stateTable = TypeTable(
    "RandomState", module: "numpy.random", doc: "A stream of random numbers with a seed of its own.",
    methods: [
      numpyRow("__new__(cls, seed=None)", "The stream of a seed.", example: "np.random.RandomState(0).rand()") { a in
        guard let type = a[0].asType else { return .none }
        if let other = a.instance(1, RandomStateObject.self) { return .object(other) }
        return .object(RandomStateObject(try make(a, 1), type))
      }
    ] + rows(isMethod: true)
      + NumpyDistributionRows.rows(
        prefix: "np.random.RandomState(0).", isMethod: true,
        stream: { try $0.receiver(RandomStateObject.self).state }))

  private static func make(_ a: Arguments, _ index: Int) throws -> NumpyRandomState {
    if a[index].isNone { return NumpyRandomState() }
    if let seed = try a.machine.index(a[index]) { return try seeded { try NumpyRandomState(seed: seed) } }
    let seeds = try a.machine.ints(a[index])
    return try seeded { try NumpyRandomState(seeds: seeds) }
  }

  private static func seeded<T>(_ body: () throws -> T) throws -> T {
    do {
      return try body()
    } catch is ClassicalError {
      throw Raise(.valueError, "Seed must be between 0 and 2**32 - 1")
    }
  }

  /// The stream that a row draws from: the receiver's, or the one that all functions share.
  private static func stream(_ a: Arguments, _ isMethod: Bool) throws -> NumpyRandomState {
    isMethod ? try a.receiver(RandomStateObject.self).state : shared(a.machine)
  }

  /// NumPy's global stream of this session: `random_state=None` draws from it.
  static func shared(_ machine: Machine) -> NumpyRandomState {
    let types = machine.tensorTypes
    if let state = types.randomState { return state }
    let state = NumpyRandomState()
    types.randomState = state
    return state
  }

  /// Numbers in a shape; without one a plain number, as NumPy gives.
  private static func shaped(
    _ a: Arguments, _ size: Int, _ draw: (Int) throws -> [Double]
  ) throws -> Value {
    guard a.isGiven(size), !a[size].isNone else { return .float(try draw(1).first ?? 0) }
    let shape = try a.shape(size)
    return try filled(shape, a.machine, draw)
  }

  private static func filled(
    _ shape: [Int], _ machine: Machine, _ draw: (Int) throws -> [Double]
  ) throws -> Value {
    let numbers = try draw(Shape.count(shape, "random"))
    return machine.ndarray(try Tensor(numbers, shape: shape, dtype: .float64))
  }

  /// The functions of the module, or the same as methods of a stream. In both the first argument
  /// after `self` has the same place: `offset` says how many slots come before it.
  private static func rows(isMethod: Bool) -> [Native] {
    let offset = isMethod ? 1 : 0
    func row(
      _ name: String, _ parameters: String, _ doc: String, _ example: String,
      _ body: @escaping (Arguments, NumpyRandomState, Machine) throws -> Value
    ) -> Native {
      let comma = isMethod && !parameters.isEmpty ? ", " : ""
      return numpyRow(
        "\(name)(\(isMethod ? "self" : "")\(comma)\(parameters))", doc,
        example: (isMethod ? "np.random.RandomState(0)." : "np.random.") + example
      ) { a in try body(a, stream(a, isMethod), a.machine) }
    }
    let (first, second, third, fourth) = (offset, offset + 1, offset + 2, offset + 3)
    return [
      row("seed", "seed=None", "Begins the stream of a seed.", "seed(0)") { a, state, machine in
        if a[first].isNone { return .none }
        guard let seed = try machine.index(a[first]) else {
          throw a.mismatch(first, expected: "int")
        }
        try seeded { try state.seed(seed) }
        return .none
      },
      row("rand", "*d", "Uniform numbers from 0 up to 1 in the given sizes.", "rand(2, 3).shape") { a, state, machine in
        let shape = try a.sizes(first)
        if shape.isEmpty { return .float(state.randomSample()) }
        return try filled(shape, machine) { try state.randomSample(count: $0) }
      },
      row("randn", "*d", "Normal numbers with mean 0 and deviation 1.", "randn(2, 3).shape") { a, state, machine in
        let shape = try a.sizes(first)
        if shape.isEmpty { return .float(state.standardNormal()) }
        return try filled(shape, machine) { try state.standardNormal(count: $0) }
      },
      row("random", "size=None", "Uniform numbers from 0 up to 1.", "random(3).shape") { a, state, _ in
        try shaped(a, first) { try state.randomSample(count: $0) }
      },
      row("ranf", "size=None", "Uniform numbers from 0 up to 1.", "ranf(3).shape") { a, state, _ in
        try shaped(a, first) { try state.randomSample(count: $0) }
      },
      row("sample", "size=None", "Uniform numbers from 0 up to 1.", "sample(3).shape") { a, state, _ in
        try shaped(a, first) { try state.randomSample(count: $0) }
      },
      row("random_sample", "size=None", "Uniform numbers from 0 up to 1.", "random_sample(3).shape") { a, state, _ in
        try shaped(a, first) { try state.randomSample(count: $0) }
      },
      row("randint", "low, high=None, size=None, dtype=int", "Integers from low (0 when only one is given) up to high, which is left out.", "randint(0, 10, size=3).shape") {
        a, state, machine in
        let single = a[second].isNone
        let (low, high) = (single ? 0 : try a.int(first), single ? try a.int(first) : try a.int(second))
        if low >= high { throw Raise(.valueError, single ? "high <= 0" : "low >= high") }
        if a.isGiven(fourth), !a[fourth].isNone { _ = try isSmall(a.dtype(fourth, .numpy), low, high) }
        if a[third].isNone { return .int(try state.randint(low, high, count: 1).first ?? low) }
        let shape = try a.shape(third)
        let dtype = a.isGiven(fourth) ? try a.dtype(fourth, .numpy) : .int64
        let count = try Shape.count(shape, "randint")
        let numbers = try isSmall(dtype, low, high)
          ? state.smallRandint(low, high, bits: dtype.size * 8, count: count)
          : state.randint(low, high, count: count)
        return machine.ndarray(try Tensor(numbers, shape: shape, dtype: dtype))
      },
      row("get_state", "legacy=True", "The state of the stream, for set_state.", "get_state()[0]") { _, state, machine in
        let (words, place, gauss) = state.state
        return .tuple([
          .string("MT19937"), machine.ndarray(try Tensor(words)), .int(place),
          .int(gauss == nil ? 0 : 1), .float(gauss ?? 0),
        ])
      },
      row("set_state", "state", "Goes on from a state that get_state gave.", "set_state(np.random.get_state())") { a, state, machine in
        guard let parts = a[first].asTuple?.items ?? a[first].asList?.items, parts.count >= 3,
          parts[0].swiftString == "MT19937"
        else { throw Raise(.valueError, "state is not a legacy MT19937 state") }
        let words: [UInt32] = try machine.tensor(parts[1], .numpy).array()
        let place = try machine.index(parts[2]) ?? -1
        let hasGauss = parts.count > 4 ? try machine.index(parts[3]) ?? 0 : 0
        let gauss = hasGauss != 0 ? try machine.float(parts[4]) : nil
        guard words.count == 624, place >= 0, place <= 624 else {
          throw Raise(.valueError, "state dictionary is not valid.")
        }
        state.setState(words, place, gauss)
        return .none
      },
      row("uniform", "low=0.0, high=1.0, size=None", "Uniform numbers from low up to high.", "uniform(-1, 1, 3).shape") {
        a, state, machine in
        if isArray(a[first]) || isArray(a[second]) {
          let (low, high) = (try a.array(first, dtype: .float64), try a.array(second, dtype: .float64))
          let shape = a[third].isNone
            ? try Shape.broadcast(low.shape, high.shape, "uniform") : try a.shape(third)
          let draws = try state.randomSample(count: Shape.count(shape, "uniform"))
          return machine.ndarray(try Tensor(draws, shape: shape, dtype: .float64) * (high - low) + low)
        }
        let (low, high) = (try a.double(first), try a.double(second))
        return try shaped(a, third) { try state.uniform(low: low, high: high, count: $0) }
      },
      row("normal", "loc=0.0, scale=1.0, size=None", "Normal numbers with mean loc and deviation scale.", "normal(5, 2, 3).shape") {
        a, state, machine in
        if isArray(a[first]) || isArray(a[second]) {
          // Means and deviations of an array each: one draw for each element.
          let (loc, scale) = (try a.array(first, dtype: .float64), try a.array(second, dtype: .float64))
          let shape = a[third].isNone
            ? try Shape.broadcast(loc.shape, scale.shape, "normal") : try a.shape(third)
          let draws = try state.standardNormal(count: Shape.count(shape, "normal"))
          return machine.ndarray(
            try Tensor(draws, shape: shape, dtype: .float64) * scale + loc)
        }
        let (loc, scale) = (try a.double(first), try a.double(second))
        if scale < 0 { throw Raise(.valueError, "scale < 0") }
        return try shaped(a, third) { try state.normal(loc: loc, scale: scale, count: $0) }
      },
      row("standard_normal", "size=None", "Normal numbers with mean 0 and deviation 1.", "standard_normal(3).shape") {
        a, state, _ in try shaped(a, first) { try state.standardNormal(count: $0) }
      },
      row("exponential", "scale=1.0, size=None", "Exponential numbers with mean scale.", "exponential(2.0, 3).shape") {
        a, state, _ in
        let scale = try a.double(first)
        return try shaped(a, second) { try state.exponential(scale: scale, count: $0) }
      },
      row("permutation", "x", "A range, or the rows of an array, in random order.", "permutation(4).shape") {
        a, state, machine in
        if let count = try count(a[first], machine) {
          return machine.ndarray(try Tensor(state.permutation(max(0, count))))
        }
        let x = try a.array(first)
        let order = try state.permutation(x.shape.first ?? 0)
        return machine.ndarray(try x.indexSelect(0, Tensor(order)))
      },
      row("shuffle", "x", "Puts a list or the rows of an array in random order, in place.", "shuffle([1, 2, 3])") {
        a, state, machine in
        if let list = a[first].asList {
          var items = list.items
          state.shuffle(&items)
          for (place, item) in items.enumerated() where place < list.count { list[place] = item }
          return .none
        }
        guard let object = a[first].asTensorObject, let count = object.tensor.shape.first else {
          throw Raise(
            .typeError, "shuffle(): x must be a list or an array, got \(machine.typeName(a[first]))")
        }
        var order = Array(0..<count)
        state.shuffle(&order)
        try object.tensor.copy(from: object.tensor.indexSelect(0, Tensor(order)))
        return .none
      },
      row("choice", "a, size=None, replace=True, p=None", "Random elements of an array or of a range, with or without putting back.", "choice([10, 20, 30], 2).shape") {
        a, state, machine in
        try choice(a, first, state, machine)
      },
    ]
  }

  /// Whether a parameter is an array, a list or a tuple: one draw for each element.
  static func isArray(_ value: Value) -> Bool {
    value.asTensorObject != nil || value.asList != nil || value.asTuple != nil
  }

  /// Whether a dtype has 8 or 16 bits, whose numbers come several from one word.
  ///
  /// - Throws: `ValueError` for bounds that it does not hold.
  static func isSmall(_ dtype: DType, _ low: Int, _ high: Int) throws -> Bool {
    guard let range = dtype.integerRange, dtype.size < 8 else { return false }
    if !range.contains(low) { throw Raise(.valueError, "low is out of bounds for \(dtype)") }
    if !range.contains(high - 1) { throw Raise(.valueError, "high is out of bounds for \(dtype)") }
    return dtype.size <= 2
  }

  private static func choice(
    _ a: Arguments, _ first: Int, _ state: NumpyRandomState, _ machine: Machine
  ) throws -> Value {
    try choice(a, first, machine) { population, count, replaces, weights in
      try state.choice(population, count: count, replace: replaces, p: weights)
    }
  }

  /// An integer that stands for a range; nil for arrays and sequences.
  static func count(_ value: Value, _ machine: Machine) throws -> Int? {
    value.asTensorObject == nil ? try machine.index(value) : nil
  }

  /// The elements of the population at the places that `draw` gives.
  static func choice(
    _ a: Arguments, _ first: Int, _ machine: Machine,
    _ draw: (_ population: Int, _ count: Int, _ replace: Bool, _ p: [Double]?) throws -> [Int]
  ) throws -> Value {
    var population: Int
    var items: Tensor?
    var values: [Value]?
    if let count = try count(a[first], machine) {
      population = count
    } else if let list = a[first].asList?.items ?? a[first].asTuple?.items,
      list.contains(where: { $0.asString != nil })
    {
      // Text stays in lists: there are no arrays of it.
      values = list
      population = list.count
    } else {
      let tensor = try a.array(first)
      guard tensor.rank == 1 else {
        throw Raise(.valueError, "a must be 1-dimensional")
      }
      items = tensor
      population = tensor.count
    }
    if population < 1 {
      throw Raise(.valueError, "a must be greater than 0 unless no samples are taken")
    }
    let single = !a.isGiven(first + 1) || a[first + 1].isNone
    let shape = single ? [] : try a.shape(first + 1)
    let weights = a[first + 3].isNone ? nil : try machine.doubles(a[first + 3])
    if let weights, weights.count != population {
      throw Raise(.valueError, "'a' and 'p' must have same size")
    }
    if let weights {
      guard weights.allSatisfy({ $0 >= 0 }) else { throw Raise(.valueError, "probabilities are not non-negative") }
      var sum = 0.0
      for weight in weights { sum += weight }
      // NumPy's tolerance is the root of the gap of float64.
      guard abs(sum - 1) <= 1.4901161193847656e-08 else {
        throw Raise(.valueError, "probabilities do not sum to 1")
      }
    }
    let count = try Shape.count(shape, "choice")
    let replaces = try a.bool(first + 2)
    if !replaces, count > population {
      throw Raise(.valueError, "Cannot take a larger sample than population when 'replace=False'")
    }
    let places = try draw(population, count, replaces, weights)
    if let values {
      return single ? values[places.first ?? 0] : .list(places.map { values[$0] })
    }
    if single {
      let place = places.first ?? 0
      guard let items else { return .int(place) }
      return try machine.numpyValue(items.select(0, place))
    }
    let index = try Tensor(places, shape: shape)
    guard let items else { return machine.ndarray(index) }
    return machine.ndarray(try items.index([.tensor(index)]))
  }
}
