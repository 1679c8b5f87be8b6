import Compute

// Elements around a tensor: constants, or its own edge repeated, mirrored or wrapped around.

/// What comes around.
public enum PadMode: Sendable {
  case constant(Scalar)
  /// Mirrored without the edge: 3 2 | 1 2 3 | 2 1.
  case reflect
  /// Mirrored with the edge: 2 1 | 1 2 3 | 3 2.
  case symmetric
  /// The edge again and again.
  case edge
  /// From the other end.
  case wrap
}

extension Tensor {
  /// More elements before and behind the axes; negative numbers take elements away.
  ///
  /// - Parameter amounts: (before, behind) for each of the last axes, the first of them first.
  public func padded(_ amounts: [(Int, Int)], _ mode: PadMode = .constant(0)) throws -> Tensor {
    guard amounts.count <= rank else {
      throw TensorError.argument(
        operation: "pad",
        message: "\(amounts.count) axes are to be padded, the tensor has \(rank); its shape is \(shape)")
    }
    let lead = rank - amounts.count
    var target = shape
    for (i, (before, behind)) in amounts.enumerated() {
      let axis = lead + i
      let (one, over) = shape[axis].addingReportingOverflow(before)
      let (two, over2) = one.addingReportingOverflow(behind)
      guard !over, !over2, two >= 0, one >= 0, Swift.min(before, behind) > -(1 << 60) else {
        throw TensorError.argument(
          operation: "pad",
          message: "padding (\(before), \(behind)) leaves nothing of axis \(axis) of size \(shape[axis])")
      }
      target[axis] = two
    }
    _ = try Shape.count(target, "pad")
    if case .constant(let value) = mode { return try filled(amounts, lead, target, value) }
    var result = self
    for (i, amount) in amounts.enumerated() where amount != (0, 0) {
      let axis = lead + i
      let places = try Self.sources(shape[axis], amount, mode, axis)
      result = try result.indexSelect(axis, Tensor(places))
    }
    return result === self ? try clone() : result
  }

  private func filled(_ amounts: [(Int, Int)], _ lead: Int, _ target: [Int], _ value: Scalar) throws
    -> Tensor
  {
    // What stays, and where it goes.
    var inside = self
    for (i, (before, behind)) in amounts.enumerated() where before < 0 || behind < 0 {
      let axis = lead + i
      let cut = Swift.max(0, -before)
      inside = try inside.narrow(
        axis, start: cut, length: shape[axis] - cut - Swift.max(0, -behind))
    }
    let result = try Tensor.full(target, value, dtype: dtype)
    let kept = inside.shape
    func place(_ whole: Tensor) -> Tensor {
      var part = whole
      for (i, (before, _)) in amounts.enumerated() {
        let axis = lead + i
        part = part.sliced(
          axis: axis, start: Swift.max(0, before), count: kept[axis], step: 1)
      }
      return part
    }
    if inside.count > 0 { try place(result.alias()).write(inside.detached()) }
    result.storage.version = 0
    if inside.records {
      result.record("ConstantPadNdBackward0", [inside.edge]) { [place($0.gradient)] }
    }
    return result
  }

  /// Where each element of a padded axis comes from.
  private static func sources(_ size: Int, _ amount: (Int, Int), _ mode: PadMode, _ axis: Int) throws
    -> [Int]
  {
    guard size > 0 else {
      throw TensorError.argument(
        operation: "pad", message: "axis \(axis) is empty: there is nothing to repeat")
    }
    let count = try Shape.affordable([size + amount.0 + amount.1], "pad")
    func wrapped(_ i: Int, _ period: Int) -> Int { ((i % period) + period) % period }
    return (0..<count).map { place in
      let i = place - amount.0
      switch mode {
      case .edge, .constant: return Swift.min(Swift.max(i, 0), size - 1)
      case .wrap: return wrapped(i, size)
      case .symmetric:
        let k = wrapped(i, 2 * size)
        return k < size ? k : 2 * size - 1 - k
      case .reflect:
        if size == 1 { return 0 }
        let k = wrapped(i, 2 * (size - 1))
        return k < size ? k : 2 * (size - 1) - k
      }
    }
  }
}

extension OperationTable {
  static let paddings: [OperationDeclaration] = [
    OperationDeclaration(name: "pad", family: "Padding", isDifferentiable: true) {
      let modes: [PadMode] = [.constant(1.5), .reflect, .symmetric, .edge, .wrap]
      return try modes.map { mode in
        OperationSample([try OperationSample.values([2, 4])]) { try $0[0].padded([(2, 3)], mode) }
      } + [
        OperationSample([try OperationSample.values([3, 4])]) { try $0[0].padded([(1, -1), (-2, 1)]) }
      ]
    }
  ]
}
