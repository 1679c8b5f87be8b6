import Glibc

/// NumPy's newer random stream, bit for bit: `numpy.random.default_rng(seed)`.
///
/// A class, since several users draw from one stream. Not for several threads at once.
/// Source: numpy/random/_generator.pyx, distributions.c.
public final class NumpyGenerator {
  private var bits: PCG64

  /// - Throws: `badArgument` for a negative seed.
  public init(seed: Int) throws(ClassicalError) {
    bits = PCG64(entropy: try Self.words(seed))
  }

  /// A seed of several numbers, as `default_rng([1, 2, 3])`.
  public init(seeds: [Int]) throws(ClassicalError) {
    var words: [UInt32] = []
    for seed in seeds { words += try Self.words(seed) }
    bits = PCG64(entropy: words)
  }

  /// Seeded by the system's random device: another stream each time.
  public init() {
    var system = SystemRandomNumberGenerator()
    bits = PCG64(
      entropy: (0..<4).map { _ in UInt32(truncatingIfNeeded: system.next() as UInt64) })
  }

  private static func words(_ seed: Int) throws(ClassicalError) -> [UInt32] {
    guard seed >= 0 else {
      throw .badArgument(name: "seed", found: "\(seed)", expected: "a whole number of 0 or more")
    }
    let low = UInt32(truncatingIfNeeded: seed)
    let high = UInt32(truncatingIfNeeded: seed >> 32)
    return high == 0 ? [low] : [low, high]
  }

  func nextBits() -> UInt64 { bits.next64() }

  // MARK: - Numbers

  /// A float in [0, 1) with 53 random bits.
  public func random() -> Double { Double(bits.next64() >> 11) * (1 / 9_007_199_254_740_992) }

  public func random(count: Int) throws(ClassicalError) -> [Double] {
    try many(count) { self.random() }
  }

  /// Whole numbers in [low, high).
  public func integers(_ low: Int, _ high: Int, count: Int) throws(ClassicalError) -> [Int] {
    guard low < high else {
      throw .badArgument(
        name: "low, high", found: "\(low), \(high)", expected: "low < high (high is not included)")
    }
    let most = UInt64(bitPattern: Int64(high &- 1 &- low))
    return try many(count) { low &+ Int(truncatingIfNeeded: self.bounded(most)) }
  }

  /// Whole numbers in [low, high) for a dtype of 8 or 16 bits: several of them come from one word.
  public func smallIntegers(_ low: Int, _ high: Int, bits width: Int, count: Int) throws(ClassicalError)
    -> [Int]
  {
    guard low < high else {
      throw .badArgument(
        name: "low, high", found: "\(low), \(high)", expected: "low < high (high is not included)")
    }
    var parts = WordParts(width: width)
    let (most, all) = (UInt32(truncatingIfNeeded: high - 1 - low), UInt32(1) << UInt32(width) - 1)
    let range = most + 1
    return try many(count) {
      if most == 0 { return low }
      if most == all { return low + Int(parts.next { self.bits.next32() }) }
      // Lemire's multiplication (2019) in the small type.
      let limit = (all - most) % range
      while true {
        let product = parts.next { self.bits.next32() } * range
        if product & all >= limit { return low + Int(product >> UInt32(width)) }
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
    return try many(count) { low + range * self.random() }
  }

  /// One value of the standard normal distribution, by the ziggurat of Marsaglia and Tsang (2000).
  public func standardNormal() -> Double {
    while true {
      var word = bits.next64()
      let layer = Int(word & 0xFF)
      word >>= 8
      let isNegative = word & 1 == 1
      let size = (word >> 1) & 0x000F_FFFF_FFFF_FFFF
      let x = Double(size) * Double(bitPattern: ZigguratTables.widths[layer])
      if size < ZigguratTables.acceptance[layer] { return isNegative ? -x : x }
      if layer == 0 { return tail(isNegative: (size >> 8) & 1 == 1) }
      let low = Double(bitPattern: ZigguratTables.heights[layer])
      let high = Double(bitPattern: ZigguratTables.heights[layer - 1])
      if (high - low) * random() + low < exp(-0.5 * x * x) { return isNegative ? -x : x }
    }
  }

  /// Beyond the last layer, which ends at `edge`.
  private func tail(isNegative: Bool) -> Double {
    let edge = 3.6541528853610087963519472518
    let inverse = 0.27366123732975827203338247596
    while true {
      let x = -inverse * log1p(-random())
      let y = -log1p(-random())
      if y + y > x * x { return isNegative ? -(edge + x) : edge + x }
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

  private func many<T>(_ count: Int, _ draw: () -> T) throws(ClassicalError) -> [T] {
    try checkRoom("size", count: count)
    var values: [T] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(draw()) }
    return values
  }

  /// A whole number from 0 to `most`, both included, by Lemire's multiplication (2019).
  private func bounded(_ most: UInt64) -> UInt64 {
    if most == 0 { return 0 }
    if most == .max { return bits.next64() }
    if most == 0xFFFF_FFFF { return UInt64(bits.next32()) }
    if most < 0xFFFF_FFFF {
      let range = most + 1
      let limit = (0x1_0000_0000 - range) % range
      while true {
        let product = UInt64(bits.next32()) * range
        if product & 0xFFFF_FFFF >= limit { return product >> 32 }
      }
    }
    let range = most + 1
    let limit = (0 &- range) % range
    while true {
      let product = bits.next64().multipliedFullWidth(by: range)
      if product.low >= limit { return product.high }
    }
  }

  // MARK: - Order

  /// Puts the elements in a random order (Fisher-Yates from the end).
  public func shuffle<T>(_ values: inout [T]) { shuffle(&values, downTo: 1, interval) }

  /// - Parameter draw: a whole number from 0 to its argument. NumPy shuffles with masked rejection
  ///   where it is asked to, and with multiplication within `choice`.
  private func shuffle<T>(_ values: inout [T], downTo first: Int, _ draw: (UInt64) -> UInt64) {
    guard values.count > first else { return }
    for i in stride(from: values.count - 1, through: first, by: -1) {
      let j = Int(draw(UInt64(i)))
      if i != j { values.swapAt(i, j) }
    }
  }

  /// A whole number from 0 to `most`, both included, by masked rejection.
  private func interval(_ most: UInt64) -> UInt64 {
    guard most > 0 else { return 0 }
    let mask = UInt64.max >> UInt64(most.leadingZeroBitCount)
    while true {
      let value = (most <= 0xFFFF_FFFF ? UInt64(bits.next32()) : bits.next64()) & mask
      if value <= most { return value }
    }
  }

  /// The numbers 0 to `count - 1` in a random order.
  public func permutation(_ count: Int) throws(ClassicalError) -> [Int] {
    try checkRoom("permutation", count: count)
    var order = Array(0..<count)
    shuffle(&order)
    return order
  }

  /// `count` places of a population; with or without putting back, all alike or by the
  /// probabilities `p`.
  public func choice(
    _ population: Int, count: Int, replace: Bool = true, p: [Double]? = nil
  ) throws(ClassicalError) -> [Int] {
    try checkRoom("size", count: count)
    guard population > 0 || count == 0 else {
      throw .badArgument(name: "a", found: "\(population)", expected: "1 or more to choose from")
    }
    if count == 0 { return [] }
    try checkPopulation(count, population, replace)
    if let p {
      return try WeightedChoice(p, population: population)
        .places(count, replace: replace) { n throws(ClassicalError) in try self.random(count: n) }
    }
    if replace { return try integers(0, population, count: count) }
    if population > 10_000, count > population / 50 {
      try checkRoom("the population", count: population)
      var order = Array(0..<population)
      shuffle(&order, downTo: max(population - count, 1), bounded)
      return Array(order.suffix(count))
    }
    // Floyd's algorithm (1987): as many draws as places.
    var taken: Set<Int> = []
    var places: [Int] = []
    for last in population - count..<population {
      let drawn = Int(bounded(UInt64(last)))
      let place = taken.insert(drawn).inserted ? drawn : last
      if place == last { taken.insert(last) }
      places.append(place)
    }
    shuffle(&places, downTo: 1, bounded)
    return places
  }
}

/// Numbers of 8 or 16 bits from words of 32, the lowest first.
struct WordParts {
  let width: Int
  private var word: UInt32 = 0
  private var left = 0

  init(width: Int) { self.width = width }

  mutating func next(_ draw: () -> UInt32) -> UInt32 {
    if left == 0 {
      word = draw()
      left = 32 / width
    } else {
      word >>= UInt32(width)
    }
    left -= 1
    return word & (UInt32(1) << UInt32(width) - 1)
  }
}
