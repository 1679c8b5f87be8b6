import JupyterProtocol

/// The wait at an abort point, and what stands behind it in the queue.
///
/// A cell has failed, or was interrupted, and those behind it must not run. ipykernel aborts what
/// has arrived when it notices the failure. Of a notebook that is run at once the rest may still be
/// on its way then, and runs although the person wanted it to stop: a cell that fails in a
/// millisecond fails before a browser has sent the next. So the failed reply does not leave before
/// no cell has come for `quiet` seconds (but after `patience` at the latest), and every cell that
/// has come by then is aborted. Its client cannot have known of the failure: it was not told.
///
/// The date in the headers would tell even better what was sent when, but cannot be trusted: some
/// clients send whole seconds, or always the same date.
struct Settling {
  static let quiet = 0.01
  static let patience = 0.5

  /// The reply of the failed cell, its idle, and all that has come after.
  let rest: ArraySlice<Outbox.Entry>
  private let end: Double
  private var quietAt: Double

  init(rest: ArraySlice<Outbox.Entry>) {
    self.rest = rest
    let now = monotonicSeconds()
    end = now + Self.patience
    quietAt = now + Self.quiet
  }

  /// Another cell has come: more may follow.
  mutating func prolong() { quietAt = min(end, monotonicSeconds() + Self.quiet) }

  /// Seconds that are left.
  var delay: Double { max(0, quietAt - monotonicSeconds()) }
}
