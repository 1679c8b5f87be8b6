import CZeroMQ
import Glibc
import JSONCoding
import JupyterProtocol

/// The IO thread: owns the sockets, receives, sends, and answers what needs no interpreter.
final class IOLoop {
  let interruptSignal = Wakeup()
  let stopSignal = Wakeup()
  let crashSignal = Wakeup()
  var isOrphaned: (() -> Bool)?
  private(set) var evaluatorHasEnded = false
  private(set) var historyHasEnded = false

  let info: KernelInfo
  let channels: Channels
  let outbox: Outbox
  let evaluator: Evaluator
  let queryDesk: QueryDesk
  let debugDesk: DebugDesk
  var usage = UsageMeter()
  var subshells = Subshells()
  let inputDesk: InputDesk
  let history: SessionHistory
  let comms: CommDesk
  let log: KernelLog
  var isStopping = false

  private let wakeup: Wakeup
  private var signer: MessageSigner
  private var publisher: Publisher
  /// The cell whose busy has left and whose idle has not. Of this thread alone: a crash report must
  /// not wait for a lock.
  private var runningCell: (request: Request, executionCount: Int)?
  /// While it is there, nothing is sent.
  private var settling: Settling?

  /// Messages taken from one socket before the others are looked at again.
  private static let fairShare = 64
  /// How long the interpreter has to come to rest at the end, in seconds. Managers wait for 2.5 s
  /// altogether, and closing the sockets may take one.
  private static let patience = 1.0

  init(
    channels: Channels, info: KernelInfo, wakeup: Wakeup, outbox: Outbox, evaluator: Evaluator,
    queryDesk: QueryDesk, debugDesk: DebugDesk, inputDesk: InputDesk, history: SessionHistory, comms: CommDesk,
    log: KernelLog
  ) {
    self.channels = channels
    self.info = info
    self.wakeup = wakeup
    self.outbox = outbox
    self.evaluator = evaluator
    self.queryDesk = queryDesk
    self.debugDesk = debugDesk
    self.inputDesk = inputDesk
    self.history = history
    self.comms = comms
    self.log = log
    signer = MessageSigner(key: Array(channels.connection.key.utf8))
    publisher = Publisher(channels: channels, signer: signer)
  }

  // MARK: - The loop

  /// Serves until the end of the session.
  func run() {
    outbox.send([.iopub(StatusMessage(.starting), parent: nil)])
    while !isStopping {
      sendOutgoing()
      wait()
      if crashSignal.clear() { reportCrash() }
      if stopSignal.clear() || isOrphaned?() == true { stop() }
      if interruptSignal.clear() { interrupt() }
      receive(.control, atMost: .max)
      receive(.stdin, atMost: Self.fairShare)
      receiveSubscriptions()
      receive(.shell, atMost: Self.fairShare)
    }
    finish()
  }

  /// Sleeps until something comes in, something is to go out, or a time is over.
  private func wait() {
    func item(_ socket: ZeroMQSocket) -> zmq_pollitem_t {
      zmq_pollitem_t(socket: socket.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    func item(_ wakeup: Wakeup) -> zmq_pollitem_t {
      zmq_pollitem_t(socket: nil, fd: wakeup.descriptor, events: Int16(ZMQ_POLLIN), revents: 0)
    }
    var items = [
      item(channels.control), item(channels.stdin), item(channels.iopub), item(channels.shell),
      item(wakeup), item(interruptSignal), item(stopSignal), item(crashSignal),
    ]
    var seconds = isOrphaned == nil ? nil : 1.0
    let delays =
      settling.map { [$0.delay, publisher.delay] } ?? [outbox.delay, publisher.delay]
    for case let delay? in delays { seconds = min(seconds ?? delay, delay) }
    // Rounded up: a poll that ends a little early would spin.
    let milliseconds = seconds.map { Int(($0 * 1000).rounded(.up)) } ?? -1
    _ = zmq_poll(&items, Int32(items.count), milliseconds)
    wakeup.clear()
  }

  // MARK: - Sending

  /// Sends what has to leave now.
  private func sendOutgoing() {
    publisher.releaseIfDue()
    if let settling {
      if settling.delay > 0, !isStopping { return }
      abortWaitingCells(settling)
    }
    while settling == nil {
      let batch = outbox.take()
      if batch.isEmpty { return }
      send(batch[...])
    }
  }

  /// Sends entries up to an abort point, if there is one.
  private func send(_ entries: ArraySlice<Outbox.Entry>) {
    for (i, entry) in zip(entries.indices, entries) {
      switch entry {
      case .message(let message), .update(let message, _): publisher.send(message)
      case .text(let name, let text, let parent):
        publisher.send(.iopub(StreamMessage(name: name, text: text), parent: parent))
      case .cellBegins(let request, let executionCount):
        runningCell = (request, executionCount)
      case .cellEnds: runningCell = nil
      case .abortPoint:
        // At the end of the session there is nothing left to abort.
        if isStopping { continue }
        settling = Settling(rest: entries[(i + 1)...])
        return
      case .nothing: break
      }
    }
  }

  /// The wait after a failed cell is over: everything that has come in by now is aborted, and the
  /// reply of the failed cell leaves.
  private func abortWaitingCells(_ settled: Settling) {
    receive(.control, atMost: .max)
    receive(.shell, atMost: .max)
    settling = nil
    for request in evaluator.passAbortPoint() { abort(request) }
    send(settled.rest)
  }

  /// Answers a cell that will not run. It stands at the end of the queue, behind the idle of the
  /// failed cell.
  private func abort(_ request: Request) {
    let reply = ExecuteReply(executionCount: history.count, outcome: .aborted)
    respond(request, .reply(reply, to: request, metadata: ["status": "aborted"]))
  }

  /// Puts busy, a reply and idle into the queue.
  func respond(_ request: Request, _ reply: Outgoing?) {
    var messages = [Outgoing.iopub(StatusMessage(.busy), parent: request)]
    if let reply { messages.append(reply) }
    messages.append(.iopub(StatusMessage(.idle), parent: request))
    outbox.send(messages)
  }

  // MARK: - Receiving

  /// Takes messages from a socket and deals with them.
  private func receive(_ channel: Channel, atMost limit: Int) {
    var left = limit
    while left > 0, let frames = channels[channel].receive() {
      left -= 1
      do {
        let message = try WireMessage(frames: frames, signer: &signer)
        handle(message, Request(channel: channel, message: message))
      } catch {
        log.write("a message on \(channel.rawValue) was dropped: \(error)")
      }
    }
  }

  /// Subscriptions: a byte 1 and the topic. What else comes is none of ours.
  private func receiveSubscriptions() {
    while let frames = channels.iopub.receive() {
      guard let frame = frames.first, frames.count == 1, frame.first == 1 else { continue }
      publisher.subscribed(to: Array(frame.dropFirst()))
    }
  }

  /// Queues a cell.
  func queue(_ request: Request, _ content: ExecuteRequest) {
    settling?.prolong()
    evaluator.add(.execute(request, content))
  }

  func interrupt() {
    for request in evaluator.interrupt() { abort(request) }
  }

  // MARK: - The end

  /// The evaluator thread has made a fault and waits in its handler. Answers its cell; the process
  /// ends within this call.
  private func reportCrash() {
    let entries = outbox.drain(seconds: 0.2)
    settling = nil
    send(entries[...])
    settling = nil
    if let (request, executionCount) = runningCell {
      let error = CrashReport.error
      let reply = ExecuteReply(executionCount: executionCount, outcome: .ended(.error(error)))
      publisher.send(.iopub(ErrorMessage(error), parent: request))
      publisher.send(.reply(reply, to: request))
      publisher.send(.iopub(StatusMessage(.idle), parent: request))
    }
    publisher.release()
    // libzmq sends on a thread of its own, which needs a moment.
    usleep(250_000)
    CrashReport.told()
    while true { pause() }
  }

  /// Ends the loop after this round.
  func stop() { isStopping = true }

  /// Gives the interpreter time to come to rest, and gets rid of what is still to be sent.
  private func finish() {
    evaluator.stop()
    queryDesk.stop()
    debugDesk.stop()
    outbox.close()
    publisher.release()
    sendOutgoing()
    evaluatorHasEnded = evaluator.waitUntilFinished(seconds: Self.patience)
    historyHasEnded = history.stop(within: Self.patience / 2)
    sendOutgoing()
    channels.close()
  }
}
