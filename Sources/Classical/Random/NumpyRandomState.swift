import Glibc

/// NumPy's legacy random stream, bit for bit: `numpy.random.RandomState`, which scikit-learn's
/// `random_state` and `numpy.random.seed` stand on.
///
/// A class, since several users draw from one stream. Not for several threads at once.
/// Source: numpy/random/mtrand.pyx, legacy-distributions.c, distributions.c.
public final class NumpyRandomState {
  private var twister: MersenneTwister
  /// The second value of the polar method waits here for the next call.
  private var spareGauss: Double?

  /// - Throws: `badArgument` unless the seed is 0 to 2^32 - 1.
  public init(seed: Int) throws(ClassicalError) {
    twister = MersenneTwister(seed: try Self.word(seed))
  }

  /// A seed of several words, as `RandomState([1, 2, 3])`.
  public init(seeds: [Int]) throws(ClassicalError) {
    guard !seeds.isEmpty else {
      throw .badArgument(name: "seed", found: "[]", expected: "at least one number")
    }
    var words: [UInt32] = []
    for seed in seeds { words.append(try Self.word(seed)) }
    twister = MersenneTwister(seeds: words)
  }

  /// Seeded by the system's random device: another stream each time.
  public init() {
    var system = SystemRandomNumberGenerator()
    twister = MersenneTwister(
      seeds: (0..<8).map { _ in UInt32(truncatingIfNeeded: system.next() as UInt64) })
  }

  /// Starts the stream over.
  public func seed(_ seed: Int) throws(ClassicalError) {
    twister = MersenneTwister(seed: try Self.word(seed))
    spareGauss = nil
  }

  /// Where the stream is: 624 words, the place of the next one, and the normal number that waits.
  public var state: (words: [UInt32], place: Int, gauss: Double?) {
    (twister.key, twister.position, spareGauss)
  }

  /// Goes on from a state; one with another number of words, or a place outside of them, is left.
  public func setState(_ words: [UInt32], _ place: Int, _ gauss: Double?) {
    guard let stored = MersenneTwister(key: words, position: place) else { return }
    twister = stored
    spareGauss = gauss
  }

  private static func word(_ seed: Int) throws(ClassicalError) -> UInt32 {
    guard let word = UInt32(exactly: seed) else {
      throw .badArgument(
        name: "seed", found: "\(seed)", expected: "a whole number from 0 to 4294967295")
    }
    return word
  }

  // MARK: - Bits

  public func nextUInt32() -> UInt32 { twister.next() }

  func nextUInt64() -> UInt64 {
    let high = UInt64(twister.next())
    return high << 32 | UInt64(twister.next())
  }

  /// A whole number from 0 to `most`, both included, by masked rejection.
  func interval(_ most: UInt64) -> UInt64 {
    guard most > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(most.leadingZeroBitCount)
    if most <= 0xFFFF_FFFF {
      let narrow = UInt32(mask)
      while true {
        let value = twister.next() & narrow
        if value <= most { return UInt64(value) }
      }
    }
    while true {
      let value = nextUInt64() & mask
      if value <= most { return value }
    }
  }

  // MARK: - Numbers

  /// A float in [0, 1) with 53 random bits.
  public func randomSample() -> Double {
    let a = twister.next() >> 5
    let b = twister.next() >> 6
    return (Double(a) * 67_108_864 + Double(b)) / 9_007_199_254_740_992
  }

  public func randomSample(count: Int) throws(ClassicalError) -> [Double] {
    try many(count) { self.randomSample() }
  }

  /// Whole numbers in [low, high); `randint(low, high, size)`.
  public func randint(
    _ low: Int, _ high: Int, count: Int
  ) throws(ClassicalError) -> [Int] {
    guard low < high else {
      throw .badArgument(
        name: "low, high", found: "\(low), \(high)", expected: "low < high (high is not included)")
    }
    let most = UInt64(bitPattern: Int64(high &- 1 &- low))
    return try many(count) { low &+ Int(truncatingIfNeeded: self.interval(most)) }
  }

  /// Whole numbers in [low, high) for a dtype of 8 or 16 bits, by masked rejection: several of them come
  /// from one word.
  public func smallRandint(_ low: Int, _ high: Int, bits width: Int, count: Int) throws(ClassicalError)
    -> [Int]
  {
    guard low < high else {
      throw .badArgument(
        name: "low, high", found: "\(low), \(high)", expected: "low < high (high is not included)")
    }
    var parts = WordParts(width: width)
    let most = UInt32(truncatingIfNeeded: high - 1 - low)
    let mask = UInt32.max >> UInt32(most == 0 ? 31 : most.leadingZeroBitCount)
    return try many(count) {
      if most == 0 { return low }
      while true {
        let value = parts.next { self.nextUInt32() } & mask
        if value <= most { return low + Int(value) }
      }
    }
  }

  /// Floats in [low, high).
  public func uniform(
    low: Double = 0, high: Double = 1, count: Int
  ) throws(ClassicalError) -> [Double] {
    let range = high - low
    guard range.isFinite else {
      throw .badArgument(
        name: "low, high", found: "\(low), \(high)", expected: "finite numbers whose difference is")
    }
    return try many(count) { low + range * self.randomSample() }
  }

  /// One value of the standard normal distribution, by Marsaglia's polar method.
  public func standardNormal() -> Double {
    if let spare = spareGauss {
      spareGauss = nil
      return spare
    }
    while true {
      let x = 2 * randomSample() - 1
      let y = 2 * randomSample() - 1
      let r = x * x + y * y
      if r >= 1 || r == 0 { continue }
      let factor = sqrt(-2 * log(r) / r)
      spareGauss = factor * x
      return factor * y
    }
  }

  public func standardNormal(count: Int) throws(ClassicalError) -> [Double] {
    try many(count) { self.standardNormal() }
  }

  /// Normal values of mean `loc` and standard deviation `scale`.
  public func normal(
    loc: Double = 0, scale: Double = 1, count: Int
  ) throws(ClassicalError) -> [Double] {
    guard scale >= 0 else {
      throw .badArgument(name: "scale", found: "\(scale)", expected: "0 or more")
    }
    return try many(count) { loc + scale * self.standardNormal() }
  }

  /// Exponential values of mean `scale`.
  public func exponential(scale: Double = 1, count: Int) throws(ClassicalError) -> [Double] {
    guard scale >= 0 else {
      throw .badArgument(name: "scale", found: "\(scale)", expected: "0 or more")
    }
    return try many(count) { scale * -log(1 - self.randomSample()) }
  }

  private func many<T>(_ count: Int, _ draw: () -> T) throws(ClassicalError) -> [T] {
    try checkRoom("size", count: count)
    var values: [T] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(draw()) }
    return values
  }

  // MARK: - Order

  /// Puts the elements in a random order (Fisher-Yates from the end).
  public func shuffle<T>(_ values: inout [T]) {
    guard values.count > 1 else { return }
    for i in stride(from: values.count - 1, to: 0, by: -1) {
      let j = Int(interval(UInt64(i)))
      if i != j { values.swapAt(i, j) }
    }
  }

  /// The numbers 0 to `count - 1` in a random order.
  public func permutation(_ count: Int) throws(ClassicalError) -> [Int] {
    try checkRoom("permutation", count: count)
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// `count` places of a population, `choice(population, size, replace, p)`: with or without
  /// putting back, all alike or by the probabilities `p`.
  ///
  /// - Throws: `badArgument` when more is asked for than there is, or `p` are no probabilities.
  public func choice(
    _ population: Int, count: Int, replace: Bool = true, p: [Double]? = nil
  ) throws(ClassicalError) -> [Int] {
    try checkRoom("size", count: count)
    guard population > 0 || count == 0 else {
      throw .badArgument(name: "a", found: "\(population)", expected: "1 or more to choose from")
    }
    if count == 0 { return [] }
    if let p {
      let choice = try WeightedChoice(p, population: population)
      try checkPopulation(count, population, replace)
      return try choice.places(count, replace: replace) { n throws(ClassicalError) in
        try self.randomSample(count: n)
      }
    }
    try checkPopulation(count, population, replace)
    if replace { return try randint(0, population, count: count) }
    return Array(try permutation(population).prefix(count))
  }
}

/// Throws when more is to be chosen, without putting back, than there is.
func checkPopulation(
  _ count: Int, _ population: Int, _ replace: Bool
) throws(ClassicalError) {
  guard replace || count <= population else {
    throw .badArgument(
      name: "size", found: "\(count)",
      expected: "at most \(population), the size of the population, when replace is False")
  }
}

/// The hyperparameter `random_state`.
public enum RandomState {
  /// Another result each time.
  case unseeded
  /// The same result each time: 0 to 2^32 - 1.
  case seed(Int)
  /// A stream that others draw from as well.
  case shared(NumpyRandomState)

  /// The stream to draw from.
  public func generator() throws(ClassicalError) -> NumpyRandomState {
    switch self {
    case .unseeded: return NumpyRandomState()
    case .seed(let seed): return try NumpyRandomState(seed: seed)
    case .shared(let generator): return generator
    }
  }
}
