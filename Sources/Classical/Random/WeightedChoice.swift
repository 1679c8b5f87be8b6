/// Choosing places by probabilities, as both of NumPy's streams do it: a draw falls into the
/// cumulated probabilities.
struct WeightedChoice {
  private var weights: [Double]

  /// - Throws: `badArgument` unless there is one probability per place and they sum to 1.
  init(_ p: [Double], population: Int) throws(ClassicalError) {
    guard p.count == population else {
      throw .badArgument(
        name: "p", found: "\(p.count) entries", expected: "\(population), one per element of a")
    }
    guard p.allSatisfy({ $0 >= 0 }) else {
      throw .badArgument(name: "p", found: "a negative or NaN entry", expected: "probabilities")
    }
    let total = p.reduce(0, +)
    // The tolerance of NumPy: the square root of the float epsilon.
    guard abs(total - 1) <= 1.4901161193847656e-08 else {
      throw .badArgument(name: "p", found: "a sum of \(total)", expected: "a sum of 1")
    }
    weights = p
  }

  /// - Parameter draw: that many floats in [0, 1).
  /// - Throws: `badArgument` when more are asked for, without putting back, than have a chance.
  func places(
    _ count: Int, replace: Bool, _ draw: (Int) throws(ClassicalError) -> [Double]
  ) throws(ClassicalError) -> [Int] {
    if replace {
      let cumulative = Self.cumulated(weights)
      return try draw(count).map { Self.place(of: $0, in: cumulative) }
    }
    guard weights.reduce(0, { $0 + ($1 > 0 ? 1 : 0) }) >= count else {
      throw .badArgument(
        name: "p", found: "fewer than \(count) non-zero entries",
        expected: "as many as are to be chosen")
    }
    var left = weights
    var found: [Int] = []
    while found.count < count {
      let draws = try draw(count - found.count)
      for place in found { left[place] = 0 }
      let cumulative = Self.cumulated(left)
      var fresh: Set<Int> = []
      for value in draws {
        let place = Self.place(of: value, in: cumulative)
        if fresh.insert(place).inserted { found.append(place) }
      }
    }
    return found
  }

  private static func cumulated(_ p: [Double]) -> [Double] {
    var total = 0.0
    let sums = p.map { value -> Double in
      total += value
      return total
    }
    return sums.map { $0 / total }
  }

  /// The first place whose cumulated probability is above the draw.
  private static func place(of draw: Double, in cumulative: [Double]) -> Int {
    var low = 0
    var high = cumulative.count
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] <= draw { low = middle + 1 } else { high = middle }
    }
    return min(low, cumulative.count - 1)
  }
}
