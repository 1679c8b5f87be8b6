/// How much a cell may show before it has to slow down: a bucket of bytes that refills.
///
/// What has left is held by libzmq until every client has read it, and a client that does not read
/// must not take the memory of the machine. A cell may show `capacity` bytes as fast as it can and
/// `rate` bytes a second for ever; nobody reads more than that.
struct OutputBudget: Sendable {
  var capacity = 64 << 20
  /// Bytes a second.
  var rate = 1 << 20

  private var level: Double
  private var last: Double

  init(capacity: Int = 64 << 20, rate: Int = 1 << 20, now: Double) {
    self.capacity = capacity
    self.rate = rate
    level = Double(capacity)
    last = now
  }

  /// Takes `bytes` out if they are there.
  mutating func spend(_ bytes: Int, now: Double) -> Bool {
    refill(now)
    guard Double(bytes) <= level else { return false }
    level -= Double(bytes)
    return true
  }

  /// Takes `bytes` out in any case.
  /// - Returns: seconds until the bucket is no longer in debt.
  mutating func force(_ bytes: Int, now: Double) -> Double {
    refill(now)
    level -= Double(bytes)
    return max(0, -level / Double(max(1, rate)))
  }

  private mutating func refill(_ now: Double) {
    level = min(Double(capacity), level + max(0, now - last) * Double(rate))
    last = now
  }
}
