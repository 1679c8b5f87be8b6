import Language
import TensorCore

/// `keras.random` besides what TensorFlow's door has.
enum KerasRandom {
  /// `keras.random.SeedGenerator(1)`: seeds for functions of random numbers.
  static let seedGenerator = TypeTable(
    "SeedGenerator", module: "keras.random", doc: "Seeds for functions of random numbers.",
    allocate: { KerasSeedGenerator($0) },
    methods: [
      Native("__init__(self, seed=None, name=None)", "A row of seeds.", example: "keras.random.SeedGenerator(1)") { a in
        let object = try a.receiver(KerasSeedGenerator.self)
        let seed = try a.optionalInt(1)
        object.generator = seed.map { Generator(seed: UInt64(bitPattern: Int64($0))) }
          ?? Generator(seed: Generator.default.seed())
        object.setOwn("seed", a[1])
        return .none
      },
      Native("next(self, ordered=True)", "The next seed.") { a in
        let generator = try a.receiver(KerasSeedGenerator.self).generator
        return a.machine.kerasValue(try Tensor.randint(0, 1 << 30, [2], generator: generator).to(.int32))
      },
    ])

  /// The generator of a seed: a number, a `SeedGenerator`, or the session's.
  static func source(_ value: Value, _ machine: Machine) throws -> Generator {
    if let object = value.asInstance as? KerasSeedGenerator { return object.generator }
    if let seed = try machine.index(value) { return Generator(seed: UInt64(bitPattern: Int64(seed))) }
    return .default
  }

  static let functions: [Native] = [
    Native("randint(shape, minval, maxval, dtype='int32', seed=None)", "Whole numbers, the upper bound left out.") { a in
      let (low, high) = (try a.int(1), try a.int(2))
      guard low < high else { throw Raise(.valueError, "randint: minval must be below maxval, got \(low) and \(high)") }
      let tensor = try Tensor.randint(low, high, KerasOps.sizes(a[0], a.machine), generator: source(a[4], a.machine))
      return a.machine.kerasValue(try tensor.to(KerasDType.read(a[3], a.machine)))
    },
    Native("dropout(inputs, rate, noise_shape=None, seed=None)", "Elements set to 0 with a probability, the others scaled up.") { a in
      let rate = try a.double(1)
      guard rate >= 0, rate < 1 else { throw Raise(.valueError, "`rate` must be in the range [0, 1), got \(rate)") }
      return a.machine.kerasValue(
        try a.machine.kerasTensor(a[0]).dropout(rate, generator: source(a[3], a.machine)))
    },
    Native("categorical(logits, num_samples, dtype='int32', seed=None)", "Classes drawn by their logits.") { a in
      let weights = try a.machine.kerasTensor(a[0]).detach().softmax(axis: -1)
      let drawn = try Tensor.multinomial(weights, a.int(1), replacement: true, generator: source(a[3], a.machine))
      return a.machine.kerasValue(try drawn.to(KerasDType.read(a[2], a.machine)))
    },
  ]
}

final class KerasSeedGenerator: Instance {
  var generator = Generator.default
}
