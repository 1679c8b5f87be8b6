import TensorCore

/// Compositions of the library's views and copies that both doors name: grids, diagonals, repeats.
enum Placement {
  /// Coordinates of a grid: for axes of sizes n and m two tensors [n, m] ([m, n] when transposed, as
  /// NumPy's `indexing='xy'` has it).
  static func grid(_ axes: [Tensor], transposed: Bool) throws -> [Tensor] {
    var order = Array(axes.indices)
    if transposed, order.count > 1 { order.swapAt(0, 1) }
    let shape = order.map { axes[$0].count }
    return try axes.enumerated().map { number, axis in
      var sizes = Array(repeating: 1, count: axes.count)
      if let place = order.firstIndex(of: number) { sizes[place] = axis.count }
      return try axis.reshape(sizes).expand(shape)
    }
  }

  /// A square matrix with the elements of a vector on a diagonal.
  static func onDiagonal(_ x: Tensor, _ offset: Int) throws -> Tensor {
    let (size, overflow) = x.count.addingReportingOverflow(Int(clamping: offset.magnitude))
    if overflow { throw TensorError.size(operation: "diag", shape: [x.count, offset]) }
    let result = try Tensor.zeros([size, size], dtype: x.dtype)
    let rows = try Tensor(Array(0..<x.count).map { offset < 0 ? $0 - offset : $0 })
    let columns = try Tensor(Array(0..<x.count).map { offset > 0 ? $0 + offset : $0 })
    try result.assign([.tensor(rows), .tensor(columns)], value: x)
    return result
  }

  /// The places 0..<count, each as often as `repeats` says (one number for all, or one for each).
  static func repeated(_ count: Int, _ repeats: [Int], _ operation: String) throws -> [Int] {
    guard repeats.count == 1 || repeats.count == count else {
      throw TensorError.argument(
        operation: operation,
        message: "repeats must have one number or \(count), one for each place; got \(repeats.count)")
    }
    guard repeats.allSatisfy({ $0 >= 0 }) else {
      throw TensorError.argument(operation: operation, message: "repeats can not be negative")
    }
    let total = repeats.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    try Shape.affordable([repeats.count == 1 ? count : 1, total], operation)
    return (0..<count).flatMap { place in
      Array(repeating: place, count: repeats.count == 1 ? repeats[0] : repeats[place])
    }
  }
}
