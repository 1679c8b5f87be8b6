/// Mean and variance (divided by the number of samples) of each column.
///
/// Rows are added one after the other, the order in which NumPy sums a row-major array along its
/// first axis, so that the last digits agree with it.
struct ColumnMoments {
  private(set) var mean: [Double]
  private(set) var variance: [Double]

  /// The plain two-pass formula, as `numpy.mean` and `numpy.var`; with `corrected`, the sum of the
  /// differences (0 but for rounding) is taken out again, as scikit-learn's scalers do.
  init(_ samples: Samples, corrected: Bool = false) {
    let columns = samples.columns
    let count = Double(samples.rows)
    var sums = [Double](repeating: 0, count: columns)
    var squares = [Double](repeating: 0, count: columns)
    var rests = [Double](repeating: 0, count: columns)
    samples.values.withUnsafeBufferPointer { values in
      for row in 0..<samples.rows {
        let base = row * columns
        for column in 0..<columns { sums[column] += values[base + column] }
      }
      for column in 0..<columns { sums[column] /= count }
      for row in 0..<samples.rows {
        let base = row * columns
        for column in 0..<columns {
          let difference = values[base + column] - sums[column]
          rests[column] += difference
          squares[column] += difference * difference
        }
      }
    }
    mean = sums
    variance = squares.indices.map { column in
      corrected
        ? (squares[column] - rests[column] * rests[column] / count) / count
        : squares[column] / count
    }
  }
}
