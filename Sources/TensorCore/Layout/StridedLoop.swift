import Compute

/// An index space with the byte strides of up to four operands, axes of size 1 dropped and axes that
/// lie behind each other joined, so that the innermost loop is as long as it can be.
struct StridedLoop {
  private(set) var shape: [Int64] = []
  /// Byte strides per operand.
  private(set) var strides: [[Int64]]

  /// - Parameter operands: strides in elements, one per axis of `shape`, and the element size.
  init(shape full: [Int], operands: [(strides: [Int], size: Int)]) {
    strides = Array(repeating: [], count: operands.count)
    for i in full.indices where full[i] != 1 {
      if let last = shape.indices.last {
        var joins = true
        for (k, operand) in operands.enumerated()
        where strides[k][last] != Int64(operand.strides[i] &* operand.size &* full[i]) {
          joins = false
        }
        if joins {
          shape[last] &*= Int64(full[i])
          for (k, operand) in operands.enumerated() {
            strides[k][last] = Int64(operand.strides[i] &* operand.size)
          }
          continue
        }
      }
      shape.append(Int64(full[i]))
      for (k, operand) in operands.enumerated() {
        strides[k].append(Int64(operand.strides[i] &* operand.size))
      }
    }
  }

  /// Runs `body` on parts of the outermost axis, on several threads when there is enough work.
  ///
  /// `body` gets the part's shape and where it starts on that axis.
  func run(grain: Int, _ body: (_ shape: [Int64], _ start: Int) -> Void) throws {
    var count = 1
    for size in shape { count &*= Int(size) }
    if count == 0 { return }
    guard count > grain, let outer = shape.first, outer > 1 else {
      body(shape, 0)
      return
    }
    let inner = count / Int(outer)
    let rows = max(1, grain / max(inner, 1))
    try ThreadPool.forRanges(Int(outer), grain: rows) { start, end in
      var part = shape
      part[0] = Int64(end - start)
      body(part, start)
    }
  }

  /// Bytes from the start of an operand to position `start` of the outermost axis.
  func bytes(_ operand: Int, to start: Int) -> Int { start &* Int(strides[operand].first ?? 0) }
}
