import Glibc

/// Groups samples around `clusters` centres so that the squared distances to the nearest centre sum
/// to little (Lloyd's algorithm).
///
/// Draws from the stream as scikit-learn's `KMeans` does, so that a seed gives the same clusters
/// with the same numbers.
public struct KMeans: Estimator {
  public static let name = "KMeans"
  public static let hyperparameters = [
    Hyperparameter("n_clusters", "a whole number above 0", "8", "How many clusters."),
    Hyperparameter(
      "init", "'k-means++', 'random' or centres", "'k-means++'", "How the first centres come."),
    Hyperparameter(
      "n_init", "'auto' or a whole number above 0", "'auto'",
      "How many starts; the best result stays. 'auto' is 1, or 10 for random centres."),
    Hyperparameter("max_iter", "a whole number above 0", "300", "The most rounds per start."),
    Hyperparameter(
      "tol", "a number of 0 or more", "0.0001",
      "Ends when the centres move less, relative to the spread of the data."),
    Hyperparameter("random_state", "None, a seed or a stream", "None", "Where chance comes from."),
  ]

  /// How the first centres are found.
  public enum Initialization: Sendable {
    /// Each far from those before: Arthur and Vassilvitskii (2007), the best of several draws.
    case plusPlus
    /// Samples at random.
    case random
    /// Given ones, [clusters, features].
    case centers(Samples)
  }

  public struct Fitted: Sendable, Equatable {
    /// [clusters, features]
    public let centers: Samples
    /// The cluster of each training sample.
    public let labels: [Int]
    /// The sum of the squared distances to the nearest centre.
    public let inertia: Double
    public let iterations: Int
  }

  public var clusters: Int
  public var initialization: Initialization
  /// Starts; nil for 1, or 10 with `.random`.
  public var starts: Int?
  public var maxIterations: Int
  public var tolerance: Double
  public var randomState: RandomState
  public private(set) var fitted: Fitted?

  public var featureCount: Int? { fitted?.centers.columns }

  public init(
    clusters: Int = 8, initialization: Initialization = .plusPlus, starts: Int? = nil,
    maxIterations: Int = 300, tolerance: Double = 1e-4, randomState: RandomState = .unseeded
  ) {
    self.clusters = clusters
    self.initialization = initialization
    self.starts = starts
    self.maxIterations = maxIterations
    self.tolerance = tolerance
    self.randomState = randomState
  }

  public mutating func fit(_ x: Samples) throws(ClassicalError) {
    try checkHyperparameters(x)
    let generator = try randomState.generator()
    let moments = ColumnMoments(x)
    let spread = moments.variance.reduce(0, +) / Double(x.columns)
    // Distances are exacter around the origin.
    let centred = x.mappingColumns { $1 - moments.mean[$0] }
    var best: Fitted?
    for _ in 0..<startCount {
      let start = try firstCenters(centred, moments.mean, generator)
      let result = try Lloyd(x: centred, clusters: clusters, tolerance: tolerance * spread)
        .run(from: start, maxIterations: maxIterations)
      if let kept = best {
        guard result.inertia < kept.inertia,
          !Self.areSame(result.labels, kept.labels, clusters)
        else { continue }
      }
      best = result
    }
    fitted = best.map {
      Fitted(
        centers: $0.centers.mappingColumns { $1 + moments.mean[$0] }, labels: $0.labels,
        inertia: $0.inertia, iterations: $0.iterations)
    }
  }

  /// The nearest centre of each sample.
  public func predict(_ x: Samples) throws(ClassicalError) -> [Int] {
    try check(x, "predict")
    guard let fitted else { throw .notFitted(estimator: Self.name, method: "predict") }
    return try Lloyd(x: x, clusters: fitted.centers.rows, tolerance: 0)
      .nearest(fitted.centers.values).labels
  }

  /// The distance of each sample to each centre, [samples, clusters].
  public func transform(_ x: Samples) throws(ClassicalError) -> Samples {
    try check(x, "transform")
    guard let fitted else { throw .notFitted(estimator: Self.name, method: "transform") }
    var values: [Double] = []
    for row in 0..<x.rows {
      fitted.centers.eachSquaredDistance(to: x, row) { values.append($1.squareRoot()) }
    }
    return Samples(trusted: values, rows: x.rows, columns: fitted.centers.rows)
  }

  private var startCount: Int {
    if case .centers = initialization { return 1 }
    if let starts { return starts }
    if case .random = initialization { return 10 }
    return 1
  }

  private func checkHyperparameters(_ x: Samples) throws(ClassicalError) {
    try x.check("X")
    guard clusters > 0, clusters <= x.rows else {
      throw .badArgument(
        name: "n_clusters", found: "\(clusters)",
        expected: "1 to the number of samples, \(x.rows)")
    }
    guard maxIterations > 0 else {
      throw .badArgument(name: "max_iter", found: "\(maxIterations)", expected: "1 or more")
    }
    guard (starts ?? 1) > 0 else {
      throw .badArgument(name: "n_init", found: "\(starts ?? 1)", expected: "1 or more")
    }
    guard tolerance >= 0, tolerance.isFinite else {
      throw .badArgument(name: "tol", found: "\(tolerance)", expected: "a number of 0 or more")
    }
    if case .centers(let centers) = initialization,
      centers.rows != clusters || centers.columns != x.columns
    {
      throw .badArgument(
        name: "init", found: "centres of [\(centers.rows), \(centers.columns)]",
        expected: "[\(clusters), \(x.columns)], n_clusters and the number of features")
    }
  }

  private func firstCenters(
    _ x: Samples, _ mean: [Double], _ generator: NumpyRandomState
  ) throws(ClassicalError) -> [Double] {
    switch initialization {
    case .centers(let centers): return centers.mappingColumns { $1 - mean[$0] }.values
    case .random:
      let share = 1 / Double(x.rows)
      let rows = try generator.choice(
        x.rows, count: clusters, replace: false,
        p: [Double](repeating: share, count: x.rows))
      return try x.taking(rows).values
    case .plusPlus: return try plusPlus(x, generator)
    }
  }

  /// Each next centre is drawn with a probability in proportion to the squared distance to those
  /// before; of 2 + ln(clusters) draws the one that leaves the least sum stays.
  private func plusPlus(
    _ x: Samples, _ generator: NumpyRandomState
  ) throws(ClassicalError) -> [Double] {
    let trials = 2 + Int(log(Double(clusters)))
    let share = [Double](repeating: 1 / Double(x.rows), count: x.rows)
    let first = try generator.choice(x.rows, count: 1, p: share)[0]
    var centers = Array(x[first])
    var closest = [Double](repeating: 0, count: x.rows)
    x.eachSquaredDistance(to: x, first) { closest[$0] = $1 }
    for _ in 1..<max(clusters, 1) {
      var total = 0.0
      let cumulative = closest.map { square -> Double in
        total += square
        return total
      }
      let sum = closest.reduce(0, +)
      var best: (row: Int, sum: Double, closest: [Double])?
      for draw in try generator.randomSample(count: trials) {
        let row = Self.place(of: draw * sum, in: cumulative)
        try checkInterrupt()
        var nearer = closest
        x.eachSquaredDistance(to: x, row) { nearer[$0] = min(nearer[$0], $1) }
        let left = nearer.reduce(0, +)
        // The first draw stands even when the sums overflow.
        if best.map({ left < $0.sum }) ?? true { best = (row, left, nearer) }
      }
      guard let best else { break }
      closest = best.closest
      centers += x[best.row]
    }
    return centers
  }

  /// The first place whose cumulated sum is not below the draw.
  private static func place(of draw: Double, in cumulative: [Double]) -> Int {
    var low = 0
    var high = cumulative.count
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] < draw { low = middle + 1 } else { high = middle }
    }
    return min(low, cumulative.count - 1)
  }

  /// Whether two labellings differ only in the numbers of the clusters.
  private static func areSame(_ a: [Int], _ b: [Int], _ clusters: Int) -> Bool {
    var map = [Int](repeating: -1, count: clusters)
    for (x, y) in zip(a, b) {
      if map[x] == -1 { map[x] = y } else if map[x] != y { return false }
    }
    return true
  }
}
