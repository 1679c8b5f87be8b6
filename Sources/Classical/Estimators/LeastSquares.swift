/// The solution of least length of min ||A x - b||, also when columns of A depend on each other.
///
/// Householder reflections with column pivoting give A P = Q R; the diagonal of R shows the rank r.
/// With full rank, back substitution ends the work. Otherwise the first r rows of R are reflected
/// once more from the right, so that the part of x without influence becomes 0.
/// Source: Golub and Van Loan, "Matrix Computations", 5.4 and 5.5 (complete orthogonal
/// decomposition).
struct LeastSquares {
  let solution: [Double]
  let rank: Int

  /// - Parameters:
  ///   - columns: the columns of A one behind the other, [n, m].
  ///   - b: [m]
  init(columns: [Double], rows m: Int, _ b: [Double]) throws(ClassicalError) {
    let n = m == 0 ? 0 : columns.count / m
    var work = Reflections(columns, length: m, count: n)
    var right = b
    var order = Array(0..<n)
    var norms = (0..<n).map { work.squaredNorm($0, from: 0) }
    let steps = min(m, n)
    // What LAPACK's drivers take for 0 against the largest one.
    let tolerance = Double(max(m, n)) * Double.ulpOfOne
    var rank = 0
    for k in 0..<steps {
      try checkInterrupt()
      let pivot = (k..<n).max { norms[$0] < norms[$1] } ?? k
      if pivot != k {
        work.swap(k, pivot)
        norms.swapAt(k, pivot)
        order.swapAt(k, pivot)
      }
      work.reflect(k, &right)
      let pivotSize = abs(work.diagonal[k])
      if pivotSize <= tolerance * abs(work.diagonal[0]) || pivotSize == 0 { break }
      rank += 1
      for j in (k + 1)..<max(n, k + 1) { norms[j] = work.squaredNorm(j, from: k + 1) }
    }
    self.rank = rank
    let permuted =
      rank == n
      ? work.backSubstituted(right, rank) : Self.shortest(work, right, rank, n)
    var x = [Double](repeating: 0, count: n)
    for (place, column) in order.enumerated() where place < permuted.count {
      x[column] = permuted[place]
    }
    solution = x
  }

  /// The shortest x with R x = c for the first `rank` rows of R, [rank, n].
  private static func shortest(
    _ work: Reflections, _ c: [Double], _ rank: Int, _ n: Int
  ) -> [Double] {
    guard rank > 0 else { return [Double](repeating: 0, count: n) }
    // The rows of R are the columns of its transpose, [rank, n] as runs of n.
    var rows: [Double] = []
    for i in 0..<rank { for j in 0..<n { rows.append(j < i ? 0 : work.upper(i, j)) } }
    var transposed = Reflections(rows, length: n, count: rank)
    var unused: [Double] = []
    for k in 0..<rank { transposed.reflect(k, &unused) }
    // transpose(T) w = c forward, then x = Q w.
    var x = [Double](repeating: 0, count: n)
    for i in 0..<rank {
      var sum = c[i]
      for j in 0..<i { sum -= transposed.upper(j, i) * x[j] }
      x[i] = sum / transposed.diagonal[i]
    }
    for k in (0..<rank).reversed() { transposed.apply(k, to: &x) }
    return x
  }
}

/// Columns under Householder reflections. Column k holds, from row k on, the vector of its own
/// reflection; above it stands R, whose diagonal is kept apart.
private struct Reflections {
  private var values: [Double]
  private let length: Int
  private let count: Int
  private(set) var diagonal: [Double]
  /// 2 / (v, v) of each reflection; 0 for none.
  private var factors: [Double]

  init(_ values: [Double], length: Int, count: Int) {
    self.values = values
    self.length = length
    self.count = count
    diagonal = [Double](repeating: 0, count: min(length, count))
    factors = diagonal
  }

  func upper(_ row: Int, _ column: Int) -> Double {
    row == column ? diagonal[row] : values[column * length + row]
  }

  func squaredNorm(_ column: Int, from row: Int) -> Double {
    let start = column * length
    return values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress, row < length else { return 0 }
      return DenseAlgebra.dot(base + start + row, base + start + row, length - row)
    }
  }

  mutating func swap(_ a: Int, _ b: Int) {
    for row in 0..<length { values.swapAt(a * length + row, b * length + row) }
  }

  /// Makes column k zero below its diagonal and applies the reflection to what is right of it and
  /// to `right`.
  mutating func reflect(_ k: Int, _ right: inout [Double]) {
    let norm = squaredNorm(k, from: k).squareRoot()
    let head = values[k * length + k]
    diagonal[k] = head > 0 ? -norm : norm
    guard norm > 0 else { return }
    values[k * length + k] = head - diagonal[k]
    let size = squaredNorm(k, from: k)
    factors[k] = size > 0 ? 2 / size : 0
    let (length, count, factor) = (self.length, self.count, factors[k])
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      let v = base + k * length + k
      for column in (k + 1)..<max(count, k + 1) {
        let target = base + column * length + k
        let scale = -factor * DenseAlgebra.dot(v, target, length - k)
        DenseAlgebra.add(scale, v, to: target, length - k)
      }
    }
    if !right.isEmpty { apply(k, to: &right) }
  }

  /// Applies reflection k to a vector of the columns' length.
  func apply(_ k: Int, to vector: inout [Double]) {
    let factor = factors[k]
    values.withUnsafeBufferPointer { values in
      vector.withUnsafeMutableBufferPointer { vector in
        guard let base = values.baseAddress, let target = vector.baseAddress else { return }
        let v = base + k * length + k
        let scale = -factor * DenseAlgebra.dot(v, target + k, length - k)
        DenseAlgebra.add(scale, v, to: target + k, length - k)
      }
    }
  }

  func backSubstituted(_ c: [Double], _ rank: Int) -> [Double] {
    var x = Array(c.prefix(rank))
    for i in (0..<rank).reversed() {
      for j in (i + 1)..<max(rank, i + 1) { x[i] -= upper(i, j) * x[j] }
      x[i] /= diagonal[i]
    }
    return x
  }
}
