import TensorCore

/// Connectionist temporal classification: -log of the probability that a row of steps, with blanks and
/// repetitions taken out, spells a target. (Graves et al. 2006)
public enum CTC {
  /// - Parameters:
  ///   - logs: logarithms of probabilities [time, batch, classes].
  ///   - targets: the classes of each sample.
  ///   - lengths: how many steps of each sample count.
  /// - Returns: [batch].
  public static func losses(
    _ logs: Tensor, targets: [[Int]], lengths: [Int], blank: Int = 0, zeroInfinity: Bool = false
  ) throws -> Tensor {
    let (batch, classes) = (logs.shape[1], logs.shape[2])
    var result: [Tensor] = []
    for sample in 0..<batch {
      let target = targets[sample]
      guard target.allSatisfy({ $0 >= 0 && $0 < classes }) else {
        throw TensorError.argument(operation: "ctc_loss", message: "a target is no class")
      }
      var spelled = [blank]
      for label in target { spelled += [label, blank] }
      let count = spelled.count
      // Whether a path may jump over the blank before a label.
      let jumps = spelled.indices.map { $0 >= 2 && spelled[$0] != blank && spelled[$0] != spelled[$0 - 2] }
      let places = try Tensor(spelled.map { Int64($0) })
      let steps = try logs.select(1, sample)
      let never = -1e30
      var alpha = try Tensor.full([count], .double(never), dtype: logs.dtype)
      guard lengths[sample] > 0 else {
        result.append(
          try steps.sum() * .double(0) + .double(target.isEmpty ? 0 : zeroInfinity ? 0 : .infinity))
        continue
      }
      let mask = try Tensor(jumps.map { $0 ? 0.0 : never }, dtype: logs.dtype)
      for step in 0..<lengths[sample] {
        let now = try steps.select(0, step).indexSelect(0, places)
        if step == 0 {
          let open = (0..<count).map { $0 < 2 ? 0.0 : never }
          alpha = try now + Tensor(open, dtype: logs.dtype)
          continue
        }
        let one = try alpha.padded([(1, 0)], .constant(.double(never))).narrow(0, start: 0, length: count)
        let two = try alpha.padded([(2, 0)], .constant(.double(never)))
          .narrow(0, start: 0, length: count) + mask
        alpha = try Tensor.stack([alpha, one, two]).logSumExp([0]) + now
      }
      let ends = count == 1 ? alpha : try alpha.narrow(0, start: count - 2, length: 2)
      var loss = try ends.logSumExp([0]).neg()
      if try loss.item().double > -never / 2 {
        loss = try loss * .double(0) + .double(zeroInfinity ? 0 : .infinity)
      }
      result.append(loss)
    }
    return try Tensor.stack(result).named(gradientFunction: "CtcLossBackward0")
  }
}
