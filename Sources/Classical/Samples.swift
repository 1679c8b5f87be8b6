import Compute

/// A table of 64-bit floats, [rows, columns], row after row: what estimators take and give.
///
/// Plain values on purpose: a binding turns a tensor into this with one copy, and back.
public struct Samples: Sendable, Equatable {
  /// Row-major: element (r, c) is `values[r * columns + c]`.
  public private(set) var values: [Double]
  public let rows: Int
  public let columns: Int

  /// - Throws: `shapeMismatch` when the sizes do not fit the number of values.
  public init(_ values: [Double], rows: Int, columns: Int) throws(ClassicalError) {
    let (product, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !overflow, product == values.count else {
      throw .shapeMismatch(values: values.count, rows: rows, columns: columns)
    }
    self.values = values
    self.rows = rows
    self.columns = columns
  }

  /// - Throws: `raggedRows` when the rows differ in length.
  public init(rows: [[Double]]) throws(ClassicalError) {
    let width = rows.first?.count ?? 0
    for (index, row) in rows.enumerated() where row.count != width {
      throw .raggedRows(row: index, found: row.count, expected: width)
    }
    self.init(trusted: rows.flatMap { $0 }, rows: rows.count, columns: width)
  }

  /// For values whose number is known to fit.
  init(trusted values: [Double], rows: Int, columns: Int) {
    self.values = values
    self.rows = rows
    self.columns = columns
  }

  /// The row at a place in `0..<rows`.
  public subscript(row: Int) -> ArraySlice<Double> {
    values[row * columns..<(row + 1) * columns]
  }

  /// The element at a place in `0..<rows`, `0..<columns`.
  public subscript(row: Int, column: Int) -> Double {
    values[row * columns + column]
  }

  public func column(_ index: Int) -> [Double] {
    guard index >= 0, index < columns else { return [] }
    return (0..<rows).map { values[$0 * columns + index] }
  }

  /// The rows at the given places, in that order.
  public func taking(_ places: [Int]) throws(ClassicalError) -> Samples {
    var picked: [Double] = []
    picked.reserveCapacity(places.count * columns)
    for row in places {
      guard row >= 0, row < rows else { throw .rowOutOfRange(row: row, count: rows) }
      picked.append(contentsOf: self[row])
    }
    return Samples(trusted: picked, rows: places.count, columns: columns)
  }

  /// Throws when there is no sample or no feature, or a value that is not finite.
  func check(_ what: String) throws(ClassicalError) {
    guard rows > 0, columns > 0 else { throw .empty(what: what) }
    // A sum is finite only if all its terms are, save for overflow: look closer only then.
    var total = 0.0
    for value in values { total += value }
    guard !total.isFinite else { return }
    for (index, value) in values.enumerated() where !value.isFinite {
      throw .notFinite(what: what, row: index / columns, column: index % columns)
    }
  }

  mutating func withValues<R>(_ body: (inout [Double]) -> R) -> R { body(&values) }
}

/// Elements of an array at the given places, in that order.
public func taking<T>(_ values: [T], at places: [Int]) throws(ClassicalError) -> [T] {
  var picked: [T] = []
  picked.reserveCapacity(places.count)
  for place in places {
    guard values.indices.contains(place) else {
      throw .rowOutOfRange(row: place, count: values.count)
    }
    picked.append(values[place])
  }
  return picked
}

/// Throws when two arguments do not hold the same number of samples.
func checkLengths(
  _ first: String, _ firstCount: Int, _ second: String, _ secondCount: Int
) throws(ClassicalError) {
  guard firstCount == secondCount else {
    throw .lengthMismatch(
      first: first, firstCount: firstCount, second: second, secondCount: secondCount)
  }
}

/// Throws when `count` elements of `size` bytes are negative in number or more than the memory
/// limit, before the allocation would end the process.
func checkRoom(_ what: String, count: Int, size: Int = 8) throws(ClassicalError) {
  guard count >= 0 else {
    throw .badArgument(name: what, found: "\(count)", expected: "0 or more")
  }
  let (bytes, overflow) = count.multipliedReportingOverflow(by: size)
  let limit = Memory.limit
  guard !overflow, bytes <= limit else {
    throw .tooLarge(what: what, bytes: overflow ? Int.max : bytes, limit: limit)
  }
}

/// Throws when the user asked to stop; to be called at most 10 ms apart.
func checkInterrupt() throws(ClassicalError) {
  if Interrupt.isPending { throw .interrupted }
}
