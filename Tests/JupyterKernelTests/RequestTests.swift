import JSONCoding
import JupyterProtocol
import Testing

@testable import JupyterKernel

@Suite struct RequestTests {
  @Test(arguments: [Channel.shell, .control])
  func kernelInfoIsAnsweredOnBothChannels(_ channel: Channel) throws {
    let front = try DummyFrontEnd()
    let id = front.send(KernelInfoRequest(), on: channel)
    try front.busy(id)
    let reply = try front.receive("kernel_info_reply", on: channel, for: id)
    try front.idle(id)
    #expect(reply.content["protocol_version"] == "5.5")
    #expect(reply.content["implementation"] == "echo")
    #expect(reply.content["language_info"]?["file_extension"] == ".txt")
    #expect(reply.content["supported_features"] == [])
    front.close()
  }

  /// The kernel answers while its interpreter is still being made.
  @Test func kernelInfoDoesNotWaitForTheInterpreter() throws {
    let gate = Monitor(false)
    let front = try DummyFrontEnd(makeInterpreter: {
      gate.wait { $0 ? () : nil }
      return EchoInterpreter()
    })
    let info = front.send(KernelInfoRequest())
    try front.busy(info)
    try front.receive("kernel_info_reply", on: .shell, for: info)
    try front.idle(info)
    let cell = front.send(ExecuteRequest(code: ""))
    gate.change { $0 = true }
    try front.busy(cell)
    try front.iopub("execute_input", for: cell)
    try front.receive("execute_reply", on: .shell, for: cell)
    try front.idle(cell)
    front.close()
  }

  @Test func questionsAreAnsweredWhileACellRuns() throws {
    let front = try DummyFrontEnd()
    let cell = front.send(ExecuteRequest(code: "wait"))
    try front.busy(cell)
    try front.iopub("execute_input", for: cell)
    func ask<Question: MessageContent>(_ question: Question, _ reply: String) throws -> JSON {
      let id = front.send(question)
      try front.busy(id)
      let content = try front.receive(reply, on: .shell, for: id).content
      try front.idle(id)
      return content
    }
    let matches = try ask(CompleteRequest(code: "p", cursor: 1), "complete_reply")
    #expect(matches["matches"] == ["print", "pause"])
    #expect(matches["metadata"]?["_jupyter_types_experimental"]?.array?.count == 2)
    #expect(try ask(InspectRequest(code: "print", cursor: 2), "inspect_reply")["found"] == true)
    #expect(try ask(InspectRequest(code: "x", cursor: 0), "inspect_reply")["found"] == false)
    #expect(try ask(IsCompleteRequest(code: "a:"), "is_complete_reply")["indent"] == "  ")
    #expect(try ask(KernelInfoRequest(), "kernel_info_reply")["status"] == "ok")
    #expect(try ask(CommInfoRequest(), "comm_info_reply")["comms"] == [:])
    let history = try ask(HistoryRequest(access: .tail(count: 9)), "history_reply")
    #expect(history["history"] == [[1, 1, "wait"]])
    let ports = try ask(ConnectRequest(), "connect_reply")
    #expect(ports["shell_port"]?.int == front.kernel.connection.shellPort)
    front.kernel.interrupt()
    try front.iopub("error", for: cell)
    try front.receive("execute_reply", on: .shell, for: cell)
    try front.idle(cell)
    front.close()
  }

  @Test func anInterpreterMayWantQuestionsBetweenCells() throws {
    let front = try DummyFrontEnd(answersWhileRunning: false)
    let cell = front.send(ExecuteRequest(code: "wait"))
    try front.busy(cell)
    try front.iopub("execute_input", for: cell)
    let question = front.send(CompleteRequest(code: "p", cursor: 1))
    try front.busy(question)
    // Completeness looks at the text alone and does not wait.
    let completeness = front.send(IsCompleteRequest(code: "a"))
    try front.busy(completeness)
    try front.receive("is_complete_reply", on: .shell, for: completeness)
    try front.idle(completeness)
    front.kernel.interrupt()
    try front.iopub("error", for: cell)
    try front.receive("execute_reply", on: .shell, for: cell)
    try front.idle(cell)
    try front.receive("complete_reply", on: .shell, for: question)
    try front.idle(question)
    front.close()
  }

  @Test func anUnknownTypeGetsBusyAndIdle() throws {
    let front = try DummyFrontEnd()
    for channel in [Channel.shell, .control] {
      let id = front.send(type: "no_such_request", content: Array("{}".utf8), on: channel)
      try front.busy(id)
      try front.idle(id)
    }
    front.close()
  }

  @Test(arguments: [
    ("execute_request", "{}"), ("execute_request", #"{"code":null}"#),
    ("execute_request", #"{"code":"","user_expressions":[]}"#), ("execute_request", "[]"),
    ("execute_request", "x"), ("complete_request", #"{"code":1}"#), ("inspect_request", "{}"),
    ("is_complete_request", "{}"), ("history_request", #"{"hist_access_type":"?"}"#),
    ("shutdown_request", #"{"restart":1}"#),
  ])
  func aBrokenRequestGetsAnErrorReply(_ type: String, _ content: String) throws {
    let front = try DummyFrontEnd()
    let id = front.send(type: type, content: Array(content.utf8), on: .shell)
    try front.busy(id)
    let reply = try front.receive(
      type.replacing("_request", with: "_reply"), on: .shell, for: id)
    try front.idle(id)
    #expect(reply.content["status"] == "error")
    #expect(reply.content["ename"] == "BadRequest")
    #expect(reply.content["evalue"]?.string?.hasPrefix(type) == true)
    #expect(try front.run("").content["status"] == "ok")
    front.close()
  }

  @Test func aSubshellThatIsNotThereIsRefused() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: ""), extra: ["subshell_id": "s1"])
    try front.busy(id)
    #expect(
      try front.receive("execute_reply", on: .shell, for: id).content["ename"]
        == "SubshellNotFound")
    try front.idle(id)
    front.close()
  }

  @Test func aCommOfAnUnknownTargetIsClosed() throws {
    let front = try DummyFrontEnd()
    let open = front.send(CommOpen(commID: "c", targetName: "jupyter.widget", data: [:]))
    try front.busy(open)
    #expect(try front.iopub("comm_close", for: open).content["comm_id"] == "c")
    try front.idle(open)
    for id in [
      front.send(CommMessage(commID: "c", data: [:])),
      front.send(CommClose(commID: "c", data: [:])),
    ] {
      try front.busy(id)
      try front.idle(id)
    }
    front.close()
  }

  @Test func theHeartbeatEchoes() throws {
    let front = try DummyFrontEnd()
    let at = front.kernel.connection
    let heart = try ClientSocket(.requester, at.endpoint(at.heartbeatPort))
    for beat in ["ping", "", String(repeating: "x", count: 1000)] {
      heart.send([Array(beat.utf8)])
      #expect(heart.receive(within: 2) == [Array(beat.utf8)])
    }
    front.close()
  }
}

@Suite struct HistoryTests {
  private func history(_ cells: [(String, String?)]) -> SessionHistory {
    let history = SessionHistory()
    for (input, output) in cells {
      history.end(history.begin(storing: input), output: output)
    }
    return history
  }

  private func inputs(_ access: HistoryRequest.Access) -> [String] {
    history([("a = 1", nil), ("b", "2"), ("a = 1", nil), ("print(a)", nil)])
      .answer(HistoryRequest(access: access)).entries.map { "\($0.line):\($0.input)" }
  }

  @Test func tailGivesTheLastOldestFirst() {
    #expect(inputs(.tail(count: 2)) == ["3:a = 1", "4:print(a)"])
    #expect(inputs(.tail(count: 99)).count == 4)
    #expect(inputs(.tail(count: 0)).isEmpty)
    #expect(inputs(.tail(count: -5)).isEmpty)
  }

  @Test func rangeLeavesOutItsEnd() {
    #expect(inputs(.range(session: 0, start: 2, stop: 4)) == ["2:b", "3:a = 1"])
    #expect(inputs(.range(session: 1, start: 3, stop: nil)) == ["3:a = 1", "4:print(a)"])
    #expect(inputs(.range(session: 0, start: 4, stop: 2)).isEmpty)
    #expect(inputs(.range(session: -1, start: 1, stop: nil)).isEmpty)
  }

  @Test func searchMatchesGlobs() {
    #expect(inputs(.search(pattern: "a*", count: nil, unique: false)) == ["1:a = 1", "3:a = 1"])
    #expect(inputs(.search(pattern: "a*", count: nil, unique: true)) == ["3:a = 1"])
    #expect(inputs(.search(pattern: "?", count: nil, unique: false)) == ["2:b"])
    #expect(inputs(.search(pattern: "*(*)", count: 5, unique: false)) == ["4:print(a)"])
    #expect(inputs(.search(pattern: "*", count: 1, unique: false)) == ["4:print(a)"])
    #expect(inputs(.search(pattern: "", count: nil, unique: false)).isEmpty)
  }

  @Test func outputsComeWhenAskedFor() {
    let reply = history([("b", "2"), ("c", nil)])
      .answer(HistoryRequest(access: .tail(count: 2), output: true))
    #expect(
      JSON.object(reply.content)["history"] == [[1, 1, ["b", "2"]], [1, 2, ["c", .null]]])
  }

  @Test func patternsOfManyStarsAreNotSlow() {
    let glob = Glob(String(repeating: "*a", count: 50))
    #expect(!glob.matches(String(repeating: "a", count: 40) + String(repeating: "b", count: 2000)))
  }
}
