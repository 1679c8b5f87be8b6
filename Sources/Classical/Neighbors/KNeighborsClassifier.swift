/// The class that most of the nearest training samples have.
///
/// Distances are Euclidean and all of them are computed; of equally near samples the earlier one
/// counts, of equally frequent classes the lower one. Source: scikit-learn
/// `KNeighborsClassifier`.
public struct KNeighborsClassifier: Classifier, Sendable {
  public static let name = "KNeighborsClassifier"
  public static let hyperparameters = [
    Hyperparameter("n_neighbors", "a whole number above 0", "5", "How many neighbours vote."),
    Hyperparameter(
      "weights", "'uniform' or 'distance'", "'uniform'",
      "Whether each vote counts 1, or the inverse of the distance."),
  ]

  /// What the vote of a neighbour counts.
  public enum Weights: Sendable { case uniform, distance }

  private struct Fitted: Sendable {
    let x: Samples
    let codes: [Int]
    let classes: [Int]
  }

  public var neighbors: Int
  public var weights: Weights
  private var fitted: Fitted?

  public var classes: [Int]? { fitted?.classes }
  public var featureCount: Int? { fitted?.x.columns }

  public init(neighbors: Int = 5, weights: Weights = .uniform) {
    self.neighbors = neighbors
    self.weights = weights
  }

  public mutating func fit(_ x: Samples, _ y: [Int]) throws(ClassicalError) {
    guard neighbors > 0 else {
      throw .badArgument(name: "n_neighbors", found: "\(neighbors)", expected: "1 or more")
    }
    try checkTraining(x, y.map(Double.init), nil)
    let classes = Set(y).sorted()
    let places = labelPlaces(classes)
    fitted = Fitted(x: x, codes: y.map { places[$0, default: 0] }, classes: classes)
  }

  /// The nearest training samples of each sample, nearest first, with their distances.
  ///
  /// - Parameter count: how many; nil takes `neighbors`.
  public func nearest(
    _ x: Samples, count: Int? = nil
  ) throws(ClassicalError) -> (distances: [[Double]], rows: [[Int]]) {
    try check(x, "kneighbors")
    guard let fitted else { throw .notFitted(estimator: Self.name, method: "kneighbors") }
    let k = count ?? neighbors
    guard k > 0, k <= fitted.x.rows else {
      throw .badArgument(
        name: "n_neighbors", found: "\(k)",
        expected: "1 to the number of training samples, \(fitted.x.rows)")
    }
    var distances: [[Double]] = []
    var rows: [[Int]] = []
    for row in 0..<x.rows {
      try checkInterrupt()
      var found = NearestList(capacity: k)
      fitted.x.eachSquaredDistance(to: x, row) { found.offer($1, row: $0) }
      distances.append(found.squares.map { $0.squareRoot() })
      rows.append(found.rows)
    }
    return (distances, rows)
  }

  public func predictProbabilities(_ x: Samples) throws(ClassicalError) -> Samples {
    let (distances, rows) = try nearest(x)
    let codes = fitted?.codes ?? []
    let width = classes?.count ?? 0
    var values = [Double](repeating: 0, count: x.rows * width)
    for row in 0..<x.rows {
      let votes = voteWeights(distances[row])
      let total = votes.reduce(0, +)
      for (vote, neighbor) in zip(votes, rows[row]) {
        values[row * width + codes[neighbor]] += vote / total
      }
    }
    return Samples(trusted: values, rows: x.rows, columns: width)
  }

  public func predict(_ x: Samples) throws(ClassicalError) -> [Int] {
    let (distances, rows) = try nearest(x)
    let codes = fitted?.codes ?? []
    let classes = classes ?? []
    return (0..<x.rows).map { row in
      var votes = [Double](repeating: 0, count: classes.count)
      for (vote, neighbor) in zip(voteWeights(distances[row]), rows[row]) {
        votes[codes[neighbor]] += vote
      }
      var best = 0
      for code in votes.indices where votes[code] > votes[best] { best = code }
      return classes[best]
    }
  }

  /// With weights by distance, samples at distance 0 decide alone.
  private func voteWeights(_ distances: [Double]) -> [Double] {
    switch weights {
    case .uniform: [Double](repeating: 1, count: distances.count)
    case .distance:
      distances.contains(0)
        ? distances.map { $0 == 0 ? 1 : 0 } : distances.map { 1 / $0 }
    }
  }
}

/// The nearest rows seen so far, nearest first. Rows are offered in ascending order, and one that
/// is only as near as the last kept one does not replace it.
private struct NearestList {
  private let capacity: Int
  private(set) var squares: [Double] = []
  private(set) var rows: [Int] = []

  init(capacity: Int) { self.capacity = capacity }

  mutating func offer(_ square: Double, row: Int) {
    if squares.count == capacity {
      guard let last = squares.last, square < last else { return }
      squares.removeLast()
      rows.removeLast()
    }
    var place = squares.count
    while place > 0, squares[place - 1] > square { place -= 1 }
    squares.insert(square, at: place)
    rows.insert(row, at: place)
  }
}

extension Samples {
  /// Calls `body` with each row and its squared Euclidean distance to a row of another table of the
  /// same width.
  func eachSquaredDistance(to other: Samples, _ row: Int, _ body: (Int, Double) -> Void) {
    let n = columns
    values.withUnsafeBufferPointer { values in
      other.values.withUnsafeBufferPointer { others in
        guard let values = values.baseAddress, let others = others.baseAddress else { return }
        for place in 0..<rows {
          body(place, squaredDistance(values + place * n, others + row * n, n))
        }
      }
    }
  }
}

/// The sum of (a[i] - b[i])^2.
@inline(__always)
func squaredDistance(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double
{
  var s0 = SIMD4<Double>.zero
  var s1 = SIMD4<Double>.zero
  let rawA = UnsafeRawPointer(a)
  let rawB = UnsafeRawPointer(b)
  var i = 0
  while i + 8 <= count {
    let d0 =
      rawA.loadUnaligned(fromByteOffset: i * 8, as: SIMD4<Double>.self)
      - rawB.loadUnaligned(fromByteOffset: i * 8, as: SIMD4<Double>.self)
    let d1 =
      rawA.loadUnaligned(fromByteOffset: i * 8 + 32, as: SIMD4<Double>.self)
      - rawB.loadUnaligned(fromByteOffset: i * 8 + 32, as: SIMD4<Double>.self)
    s0 += d0 * d0
    s1 += d1 * d1
    i += 8
  }
  var result = (s0 + s1).sum()
  while i < count {
    result += (a[i] - b[i]) * (a[i] - b[i])
    i += 1
  }
  return result
}
