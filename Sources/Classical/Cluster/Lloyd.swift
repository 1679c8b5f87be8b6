import Compute

/// The rounds of k-means: each sample goes to its nearest centre, each centre to the mean of its
/// samples, until nothing changes.
struct Lloyd {
  let x: Samples
  let clusters: Int
  /// Ends when the squared moves of the centres sum to no more.
  let tolerance: Double

  func run(
    from start: [Double], maxIterations: Int
  ) throws(ClassicalError) -> KMeans.Fitted {
    var centers = start
    var labels: [Int] = []
    var iterations = 0
    var isSettled = false
    for _ in 0..<maxIterations {
      iterations += 1
      let (next, squares) = try nearest(centers)
      let moved = means(next, squares)
      let shift = zip(moved, centers).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      centers = moved
      isSettled = next == labels
      labels = next
      if isSettled || shift <= tolerance { break }
    }
    // Centres moved after the last assignment: labels that `predict` would give.
    if !isSettled { labels = try nearest(centers).labels }
    var inertia = 0.0
    centers.withUnsafeBufferPointer { centers in
      x.values.withUnsafeBufferPointer { values in
        guard let centers = centers.baseAddress, let values = values.baseAddress else { return }
        for (row, label) in labels.enumerated() {
          inertia += squaredDistance(
            values + row * x.columns, centers + label * x.columns, x.columns)
        }
      }
    }
    return KMeans.Fitted(
      centers: Samples(trusted: centers, rows: clusters, columns: x.columns), labels: labels,
      inertia: inertia, iterations: iterations)
  }

  /// The nearest centre of each sample (the first of equally near ones) and its squared distance.
  func nearest(
    _ centers: [Double]
  ) throws(ClassicalError) -> (labels: [Int], squares: [Double]) {
    let n = x.columns
    var labels = [Int](repeating: 0, count: x.rows)
    var squares = [Double](repeating: .infinity, count: x.rows)
    centers.withUnsafeBufferPointer { centers in
      x.values.withUnsafeBufferPointer { values in
        guard let centers = centers.baseAddress, let values = values.baseAddress else { return }
        for row in 0..<x.rows {
          if row % 512 == 0, Interrupt.isPending { return }
          for cluster in 0..<clusters {
            let square = squaredDistance(values + row * n, centers + cluster * n, n)
            if square < squares[row] {
              squares[row] = square
              labels[row] = cluster
            }
          }
        }
      }
    }
    try checkInterrupt()
    return (labels, squares)
  }

  /// The mean of each cluster. An empty one takes the sample that is farthest from its centre.
  private func means(_ labels: [Int], _ squares: [Double]) -> [Double] {
    let n = x.columns
    var sums = [Double](repeating: 0, count: clusters * n)
    var counts = [Double](repeating: 0, count: clusters)
    for (row, label) in labels.enumerated() {
      counts[label] += 1
      for column in 0..<n { sums[label * n + column] += x.values[row * n + column] }
    }
    let empty = counts.indices.filter { counts[$0] == 0 }
    if !empty.isEmpty {
      let farthest = squares.indices.sorted { squares[$0] > squares[$1] }
      for (cluster, row) in zip(empty, farthest) {
        for column in 0..<n {
          sums[labels[row] * n + column] -= x.values[row * n + column]
          sums[cluster * n + column] = x.values[row * n + column]
        }
        counts[labels[row]] -= 1
        counts[cluster] = 1
      }
    }
    for cluster in 0..<clusters where counts[cluster] > 0 {
      for column in 0..<n { sums[cluster * n + column] /= counts[cluster] }
    }
    return sums
  }
}
