import JSONCoding
import JupyterProtocol

/// What each type of request leads to. Requests of shell are taken on control too, as clients do.
extension IOLoop {
  /// Deals with a message that has a readable header: whatever its content is, what is due to its
  /// sender (busy, reply, idle) is sent.
  func handle(_ message: WireMessage, _ request: Request) {
    let type = request.header.messageType
    if request.channel == .stdin { return handleInput(message, type) }
    if let subshell = request.header.subshellID {
      return refuse(request, "SubshellNotFound", "there is no subshell \"\(subshell)\"")
    }
    do {
      let content = try message.content.get()
      if let event = try CommEvent(request, content: content, buffers: message.buffers) {
        evaluator.add(.comm(request, event))
      } else {
        try serve(request, content: content)
      }
    } catch {
      log.write("\(type) on \(request.channel.rawValue): \(error)")
      refuse(request, "BadRequest", "\(type): \(error)")
    }
  }

  private func serve(_ request: Request, content: JSON) throws(ProtocolError) {
    switch request.header.messageType {
    case KernelInfoRequest.messageType:
      respond(request, .reply(KernelInfoReply(info), to: request))
    case ExecuteRequest.messageType:
      queue(request, try ExecuteRequest(content: content))
    case CompleteRequest.messageType:
      ask(request, .complete(try CompleteRequest(content: content)))
    case InspectRequest.messageType:
      ask(request, .inspect(try InspectRequest(content: content)))
    case IsCompleteRequest.messageType:
      ask(request, .isComplete(try IsCompleteRequest(content: content)))
    case HistoryRequest.messageType:
      let question = try HistoryRequest(content: content)
      outbox.send([.iopub(StatusMessage(.busy), parent: request)])
      history.ask(request, question)
    case ConnectRequest.messageType:
      respond(request, .reply(ConnectReply(channels.connection), to: request))
    case CommInfoRequest.messageType:
      let target = try CommInfoRequest(content: content).targetName
      respond(request, .reply(CommInfoReply(comms: comms.comms(target: target)), to: request))
    case InterruptRequest.messageType:
      respond(request, .reply(InterruptReply(), to: request))
      interrupt()
    case ShutdownRequest.messageType:
      shutDown(request, try ShutdownRequest(content: content))
    default:
      log.write("unknown message type \"\(request.header.messageType)\"")
      respond(request, nil)
    }
  }

  /// Says busy and hands a question over; whoever answers it says idle.
  private func ask(_ request: Request, _ question: Query.Question) {
    outbox.send([.iopub(StatusMessage(.busy), parent: request)])
    queryDesk.add(Query(request: request, question: question))
  }

  private func shutDown(_ request: Request, _ content: ShutdownRequest) {
    let reply = ShutdownReply(restart: content.restart)
    outbox.send([
      .iopub(StatusMessage(.busy), parent: request),
      .reply(reply, to: request),
      // All other clients learn of it as well.
      .iopub(reply, parent: request),
      .iopub(StatusMessage(.idle), parent: request),
    ])
    stop()
  }

  private func handleInput(_ message: WireMessage, _ type: String) {
    guard type == InputReply.messageType, case .success(let content) = message.content,
      let reply = try? InputReply(content: content)
    else { return log.write("\(type) on stdin is no input_reply with a value") }
    if !inputDesk.deliver(reply.value) { log.write("an input_reply that no cell waits for") }
  }

  /// Answers with an error.
  private func refuse(_ request: Request, _ ename: String, _ evalue: String) {
    let error = CellError(ename: ename, evalue: evalue, traceback: ["\(ename): \(evalue)"])
    respond(request, .failure(error, to: request))
  }
}

extension ConnectReply {
  init(_ connection: Connection) {
    self.init(
      shell: connection.shellPort, iopub: connection.iopubPort, stdin: connection.stdinPort,
      heartbeat: connection.heartbeatPort, control: connection.controlPort)
  }
}
