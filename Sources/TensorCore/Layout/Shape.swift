import Compute

/// Rules for shapes. A shape is an array of sizes; `[]` is a single element.
public enum Shape {
  /// The most axes a tensor may have.
  public static let maximalRank = 64

  /// The number of elements, checked: no size is negative, and the bytes of any dtype fit in memory.
  public static func count(_ shape: [Int], _ operation: String) throws -> Int {
    var total = 1
    var empty = false
    for size in shape {
      if size < 0 { throw TensorError.size(operation: operation, shape: shape) }
      if size == 0 { empty = true }
    }
    if shape.count > maximalRank {
      throw TensorError.argument(
        operation: operation,
        message: "\(shape.count) axes; a tensor has at most \(maximalRank)")
    }
    if empty { return 0 }
    for size in shape {
      let (product, overflow) = total.multipliedReportingOverflow(by: size)
      // The bytes of the widest dtype must fit an Int as well.
      if overflow || product > Int.max / 16 {
        throw TensorError.size(operation: operation, shape: shape)
      }
      total = product
    }
    return total
  }

  /// `count`, for elements that are first listed as Swift's 8-byte numbers: the memory charge is asked
  /// before such a list is made, because an array that cannot be had ends the process.
  @discardableResult
  public static func affordable(_ shape: [Int], _ operation: String) throws -> Int {
    let count = try count(shape, operation)
    if count > 1 << 16 { _ = try Storage.make(count &* 8) }
    return count
  }

  /// The number of elements of a shape that exists.
  @inlinable
  static func product(_ shape: [Int]) -> Int {
    var total = 1
    for size in shape { total &*= size }
    return total
  }

  /// The strides of a row-major layout, in elements.
  static func contiguousStrides(_ shape: [Int]) -> [Int] {
    var strides = shape
    var step = 1
    var i = shape.count
    while i > 0 {
      i -= 1
      strides[i] = step
      step &*= max(shape[i], 1)
    }
    return strides
  }

  /// The shape that both broadcast to: sizes are compared from the end; equal, or one of them 1.
  public static func broadcast(_ a: [Int], _ b: [Int], _ operation: String) throws -> [Int] {
    if a == b { return a }
    let rank = max(a.count, b.count)
    var result = [Int](repeating: 1, count: rank)
    for i in 0..<rank {
      let x = i < a.count ? a[a.count - 1 - i] : 1
      let y = i < b.count ? b[b.count - 1 - i] : 1
      if x != y && x != 1 && y != 1 {
        throw TensorError.shapesClash(operation: operation, a: a, b: b, axis: -1 - i)
      }
      result[rank - 1 - i] = x == 1 ? y : x
    }
    return result
  }

  /// An axis counted from the front; -1 is the last. A tensor without axes takes 0 and -1.
  public static func axis(_ axis: Int, rank: Int, _ operation: String) throws -> Int {
    let bound = max(rank, 1)
    guard axis >= -bound, axis < bound else {
      throw TensorError.axis(operation: operation, axis: axis, rank: rank)
    }
    return axis < 0 ? axis + bound : axis
  }

  /// Several axes, each at most once, in ascending order. Empty means all.
  public static func axes(_ axes: [Int], rank: Int, _ operation: String) throws -> [Int] {
    if axes.isEmpty { return Array(0..<rank) }
    var result: [Int] = []
    for a in axes {
      let axis = try Shape.axis(a, rank: rank, operation)
      if result.contains(axis) {
        throw TensorError.argument(operation: operation, message: "axis \(a) is named twice")
      }
      result.append(axis)
    }
    return rank == 0 ? [] : result.sorted()
  }
}
