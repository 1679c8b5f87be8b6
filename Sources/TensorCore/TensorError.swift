/// Why a tensor operation was refused. Nothing was computed and nothing was changed.
public enum TensorError: Error, Equatable, CustomStringConvertible {
  /// Two shapes that do not broadcast; `axis` counts from the end (-1 is the last).
  case shapesClash(operation: String, a: [Int], b: [Int], axis: Int)
  /// A matrix product whose inner sizes differ.
  case innerSizes(operation: String, a: [Int], b: [Int])
  /// A shape that is not the one needed.
  case wrongShape(operation: String, found: [Int], needed: String)
  case axis(operation: String, axis: Int, rank: Int)
  case index(operation: String, index: Int, size: Int, axis: Int)
  case dtype(operation: String, found: DType, needed: String)
  /// A shape whose number of elements no machine holds, or with a negative size.
  case size(operation: String, shape: [Int])
  /// An argument outside of what the operation takes.
  case argument(operation: String, message: String)
  /// Something the gradient tape forbids.
  case gradient(message: String)

  /// The family of the error, for those who map it on exceptions of a language.
  public enum Kind: Sendable { case value, index, type, runtime }

  public var kind: Kind {
    switch self {
    case .index, .axis: .index
    case .dtype, .gradient, .shapesClash, .innerSizes, .wrongShape, .size: .runtime
    case .argument: .value
    }
  }
}

extension TensorError {
  public var description: String {
    switch self {
    case .shapesClash(let operation, let a, let b, let axis):
      let sizes = "\(a[wrapping: axis]) and \(b[wrapping: axis])"
      return
        "\(operation): shapes \(a) and \(b) do not broadcast: axis \(axis) has sizes \(sizes)\n"
        + Self.aligned(a, b, marking: axis)
        + "\n  sizes must be equal, or one of them 1; " + Self.broadcastFix(a, b)
    case .innerSizes(let operation, let a, let b):
      return Self.innerSizesSentence(operation, a, b)
    case .wrongShape(let operation, let found, let needed):
      return "\(operation): the shape is \(found), needed is \(needed)"
    case .axis(let operation, let axis, let rank):
      return rank == 0
        ? "\(operation): axis \(axis) of a tensor without axes; only 0 and -1 stand for it"
        : "\(operation): axis \(axis) is out of range; a tensor with \(rank) "
          + "ax\(rank == 1 ? "is" : "es") has \(-rank) to \(rank - 1)"
    case .index(let operation, let index, let size, let axis):
      return size == 0
        ? "\(operation): index \(index) on axis \(axis), which is empty"
        : "\(operation): index \(index) is out of range on axis \(axis) of size \(size): "
          + "\(-size) to \(size - 1) are there"
    case .dtype(let operation, let found, let needed):
      return "\(operation): the dtype is \(found), needed is \(needed)"
    case .size(let operation, let shape):
      if let negative = shape.first(where: { $0 < 0 }) {
        return "\(operation): shape \(shape) has the negative size \(negative)"
      }
      return "\(operation): shape \(shape) has more elements than any memory holds"
    case .argument(let operation, let message): return "\(operation): \(message)"
    case .gradient(let message): return message
    }
  }

  /// Both shapes under each other, their last axes aligned, the clashing axis marked:
  ///
  ///     [64, 10]
  ///     [64,  9]
  ///          ^^
  static func aligned(_ a: [Int], _ b: [Int], marking axis: Int) -> String {
    let rank = max(a.count, b.count)
    func cells(_ shape: [Int]) -> [String] {
      Array(repeating: "", count: rank - shape.count) + shape.map(String.init)
    }
    let (x, y) = (cells(a), cells(b))
    let widths = zip(x, y).map { max($0.utf8.count, $1.utf8.count) }
    func line(_ cells: [String], from first: Int) -> String {
      var text = "  "
      for (i, cell) in cells.enumerated() {
        text += i == first ? "[" : i < first ? " " : ""
        text += String(repeating: " ", count: widths[i] - cell.utf8.count) + cell
        if i + 1 < rank { text += i < first ? "  " : ", " }
      }
      return text + (rank == 0 ? "[]" : "]")
    }
    let clash = rank + axis
    var mark = "   "
    for i in 0..<rank where i <= clash {
      mark += String(repeating: i == clash ? "^" : " ", count: widths[i])
      if i < clash { mark += "  " }
    }
    return line(x, from: rank - a.count) + "\n" + line(y, from: rank - b.count) + "\n" + mark
  }

  private static func broadcastFix(_ a: [Int], _ b: [Int]) -> String {
    if a.count == 2, b.count == 2, a == b.reversed() { return "transpose one of them" }
    if a.count == b.count + 1, a.first == b.first {
      return "unsqueeze(-1) the second to \(b + [1])"
    }
    if b.count == a.count + 1, a.first == b.first {
      return "unsqueeze(-1) the first to \(a + [1])"
    }
    return "reshape or slice one of them"
  }

  private static func innerSizesSentence(_ operation: String, _ a: [Int], _ b: [Int]) -> String {
    guard let k = a.last, let m = b.count == 1 ? b.first : b.dropLast().last else {
      return "\(operation): \(a) x \(b): a product needs at least one axis on each side"
    }
    var fix = "transpose one side or reshape"
    if a.count == 2, b.count == 2 {
      if a[1] == b[1] {
        fix = "transpose the second: \(a) x \([b[1], b[0]])"
      } else if a[0] == b[0] {
        fix = "transpose the first: \([a[1], a[0]]) x \(b)"
      }
    }
    // The inner sizes stand next to each other in the drawing, so mark both.
    let left = "\(a)"
    let right = "\(b)"
    let before = left.utf8.count - 1 - String(k).utf8.count
    var mark = String(repeating: " ", count: before)
    mark += String(repeating: "^", count: String(k).utf8.count)
    let skipped = b.dropLast(b.count == 1 ? 1 : 2).map { String($0).utf8.count + 2 }
    mark += String(repeating: " ", count: 1 + 3 + 1 + skipped.reduce(0, +))
    mark += String(repeating: "^", count: String(m).utf8.count)
    return "\(operation): \(a) x \(b): inner sizes \(k) and \(m) differ; \(fix)\n"
      + "  \(left) x \(right)\n  \(mark)"
  }
}

extension [Int] {
  /// The size on an axis counted from the end, 1 where there is none.
  fileprivate subscript(wrapping axis: Int) -> Int {
    let i = count + axis
    return indices.contains(i) ? self[i] : 1
  }
}
