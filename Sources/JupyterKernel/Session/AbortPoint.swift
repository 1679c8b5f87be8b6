import JupyterProtocol

/// Where a cell has failed, or was interrupted, and those behind it must not run.
///
/// ipykernel aborts what has arrived when the failure is noticed. Of a notebook that is run at once
/// the rest may still be on its way then, and runs although the person wanted it to stop. Here the
/// IO thread, right before it sends the failed reply, aborts every cell that has arrived by then;
/// and of those that arrive later, the ones that their client had sent before it could know. For
/// that the client's own clock is used, so that clocks that differ do no harm: the failed request
/// says when it was sent, and how long it took us is known. The time on the way makes the estimate
/// early, never late, so a cell that is sent in knowledge of the failure always runs.
struct AbortPoint: Sendable {
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
