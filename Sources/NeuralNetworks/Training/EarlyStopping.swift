import TensorCore

/// What has weights that can be kept and brought back.
public protocol StateHolder {
  func stateDict() -> [(name: String, tensor: Tensor)]
  func restore(_ state: [(name: String, tensor: Tensor)]) throws
}

extension Module: StateHolder {
  public func restore(_ state: [(name: String, tensor: Tensor)]) throws { try loadStateDict(state) }
}

/// Ends a run when a number of the logs no longer gets better. (Prechelt 1998; Keras's rules)
///
/// An epoch is better when its value beats the best so far by more than `minDelta`. After `patience`
/// epochs in a row that are not, the run stops; the first epoch never stops one.
public final class EarlyStopping {
  public enum Direction: Sendable { case smaller, larger }

  public let direction: Direction
  public let minDelta: Double
  public let patience: Int
  /// A value that has to be beaten as well before the patience begins anew.
  public let baseline: Double?
  /// Whether the weights of the best epoch come back at the end.
  public let restoresBest: Bool
  /// Epochs before this one, from 0, do not count.
  public let firstEpoch: Int

  /// Epochs in a row without a better value.
  public private(set) var wait = 0
  public private(set) var best: Double?
  /// From 0.
  public private(set) var bestEpoch = 0
  /// The epoch after which the run was stopped, from 0; nil when it was not.
  public private(set) var stoppedEpoch: Int?
  private var bestState: [(name: String, tensor: Tensor)]?

  /// - Parameters:
  ///   - direction: which values are better.
  ///   - minDelta: how much better a value has to be; its sign does not count.
  ///   - patience: epochs.
  public init(
    _ direction: Direction, minDelta: Double = 0, patience: Int = 0, baseline: Double? = nil,
    restoresBest: Bool = false, firstEpoch: Int = 0
  ) {
    self.direction = direction
    self.minDelta = abs(minDelta)
    self.patience = patience
    self.baseline = baseline
    self.restoresBest = restoresBest
    self.firstEpoch = firstEpoch
  }

  /// A run begins: nothing of an earlier one counts.
  public func begin() {
    wait = 0
    best = nil
    bestEpoch = 0
    stoppedEpoch = nil
    bestState = nil
  }

  /// Judges an epoch.
  /// - Parameters:
  ///   - epoch: from 0.
  ///   - value: the number that is watched.
  /// - Returns: whether the run should stop.
  public func epochEnded(_ epoch: Int, _ value: Double, _ model: some StateHolder) throws -> Bool {
    if epoch < firstEpoch { return false }
    if restoresBest && bestState == nil { try keep(model, epoch) }
    wait += 1
    if isBetter(value, than: best) {
      best = value
      bestEpoch = epoch
      if restoresBest { try keep(model, epoch) }
      if baseline == nil || isBetter(value, than: baseline) { wait = 0 }
      return false
    }
    guard wait >= patience, epoch > 0 else { return false }
    stoppedEpoch = epoch
    return true
  }

  /// The run has ended.
  /// - Returns: whether the weights of the best epoch were put back.
  @discardableResult
  public func end(_ model: some StateHolder) throws -> Bool {
    guard restoresBest, let bestState else { return false }
    try model.restore(bestState)
    return true
  }

  private func isBetter(_ value: Double, than reference: Double?) -> Bool {
    guard let reference else { return true }
    return direction == .smaller ? value + minDelta < reference : value - minDelta > reference
  }

  private func keep(_ model: some StateHolder, _ epoch: Int) throws {
    bestEpoch = epoch
    bestState = try noGrad { try model.stateDict().map { ($0.name, try $0.tensor.clone()) } }
  }
}
