import JupyterProtocol

/// Where a cell has failed, or was interrupted, and those behind it must not run.
///
/// ipykernel aborts what has arrived when it notices the failure. Of a notebook that is run at once
/// the rest may still be on its way then, and runs although the person wanted it to stop: a cell
/// that fails in a millisecond fails before a browser has sent the next. Here two things prevent it:
///
/// 1. The failed reply does not leave before the client has been quiet for `quiet` seconds (but
///    `patience` at most), and every cell that has arrived by then is aborted. The client cannot
///    have known of the failure, because it has not been told.
/// 2. Of the cells that arrive later, those are aborted that their client sent before the reply
///    left. Its own clock says so, so clocks that differ do no harm: the failed request says when
///    it was sent, and how long it has been here is known. The time on the way makes the estimate
///    early, never late, so a cell that is sent in knowledge of the failure always runs.
struct AbortPoint: Sendable {
  static let quiet = 0.01
  static let patience = 0.5

  let session: String
  let sent: Timestamp?
  let received: Timestamp

  init(failed request: Request) {
    session = request.header.session
    sent = request.header.date
    received = request.received
  }

  /// The moment, by the client's clock, before which it cannot have seen the failure.
  func limit(now: Timestamp) -> AbortLimit? {
    guard let sent, !session.isEmpty else { return nil }
    let limit = sent.microseconds.addingReportingOverflow(
      max(0, now.microseconds - received.microseconds))
    return limit.overflow
      ? nil : AbortLimit(session: session, date: Timestamp(microseconds: limit.partialValue))
  }
}

/// Requests of `session` that were sent before `date` are aborted when they arrive.
struct AbortLimit: Sendable {
  let session: String
  let date: Timestamp

  func covers(_ request: Request) -> Bool {
    guard request.header.session == session, let sent = request.header.date else { return false }
    return sent < date
  }
}

/// The wait at an abort point, and what stands behind it in the queue.
struct Settling {
  let point: AbortPoint
  let rest: ArraySlice<Outbox.Entry>
  private let end: Double
  private var quietAt: Double

  init(_ point: AbortPoint, rest: ArraySlice<Outbox.Entry>) {
    self.point = point
    self.rest = rest
    let now = monotonicSeconds()
    end = now + AbortPoint.patience
    quietAt = now + AbortPoint.quiet
  }

  /// Another cell has come: more may follow.
  mutating func prolong() { quietAt = min(end, monotonicSeconds() + AbortPoint.quiet) }

  /// Seconds that are left.
  var delay: Double { max(0, quietAt - monotonicSeconds()) }
}
