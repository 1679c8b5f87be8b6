import JSONCoding
import JupyterProtocol
import Testing

@testable import JupyterKernel

@Suite struct ExecuteTests {
  @Test func messagesComeInTheOrderOfTheSpecification() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "print hello\nshow a plot\nvalue 3"))
    try front.busy(id)
    let input = try front.iopub("execute_input", for: id)
    #expect(input.content["code"] == "print hello\nshow a plot\nvalue 3")
    #expect(input.content["execution_count"] == 1)
    try front.stream("stdout", for: id, is: "hello\n")
    let display = try front.iopub("display_data", for: id)
    #expect(display.content["data"] == ["text/plain": "plot"])
    #expect(display.content["transient"] == ["display_id": "a"])
    let result = try front.iopub("execute_result", for: id)
    #expect(result.content["data"] == ["text/plain": "3"])
    #expect(result.content["execution_count"] == 1)
    let reply = try front.receive("execute_reply", on: .shell, for: id)
    #expect(reply.content["status"] == "ok")
    #expect(reply.content["execution_count"] == 1)
    #expect(reply.content["payload"] == [])
    #expect(reply.content["user_expressions"] == [:])
    let started = try #require(reply.metadata["started"]?.string)
    #expect(started.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/) != nil)
    try front.idle(id)
    front.close()
  }

  @Test func errorAndReplySayTheSame() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "print before\nerror boom\nprint after"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: "before\n")
    let error = try front.iopub("error", for: id)
    let reply = try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    #expect(reply.content["status"] == "error")
    for field in ["ename", "evalue", "traceback"] {
      #expect(error.content[field] == reply.content[field])
    }
    #expect(error.content["evalue"] == "boom")
    front.close()
  }

  @Test func theCountFollowsTheStoredCells() throws {
    let front = try DummyFrontEnd()
    func count(_ request: ExecuteRequest, _ input: Bool = true) throws -> Int? {
      let id = front.send(request)
      try front.busy(id)
      let echoed = input ? try front.iopub("execute_input", for: id) : nil
      let reply = try front.receive("execute_reply", on: .shell, for: id)
      try front.idle(id)
      if let echoed {
        #expect(echoed.content["execution_count"] == reply.content["execution_count"])
      }
      return reply.content["execution_count"]?.int
    }
    #expect(try count(ExecuteRequest(code: "")) == 1)
    #expect(try count(ExecuteRequest(code: "", storeHistory: false)) == 1)
    #expect(try count(ExecuteRequest(code: "", silent: true), false) == 1)
    #expect(try count(ExecuteRequest(code: "")) == 2)
    front.close()
  }

  @Test func aSilentCellShowsNeitherInputNorResultNorError() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "value 3\nprint text\nerror x", silent: true))
    try front.busy(id)
    try front.stream("stdout", for: id, is: "text\n")
    let reply = try front.receive("execute_reply", on: .shell, for: id)
    #expect(reply.content["status"] == "error")
    try front.idle(id)
    front.close()
  }

  @Test func userExpressionsAreAnsweredOneByOne() throws {
    let front = try DummyFrontEnd()
    let id = front.send(
      ExecuteRequest(
        code: "",
        userExpressions: [.init(name: "good", code: "value 5"), .init(name: "bad", code: "nope")]))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    let reply = try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    let outcomes = reply.content["user_expressions"]
    #expect(reply.content["status"] == "ok")
    #expect(
      outcomes?["good"] == ["status": "ok", "data": ["text/plain": "5"], "metadata": [:]])
    #expect(outcomes?["bad"]?["status"] == "error")
    #expect(outcomes?["bad"]?["ename"] == "EchoError")
    front.close()
  }

  @Test func theInterpreterLearnsNumberAndIdOfTheCell() throws {
    let front = try DummyFrontEnd()
    try front.run("")
    let id = front.send(ExecuteRequest(code: "where"), metadata: ["cellId": "abc"])
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: "2 abc\n")
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func theParentHeaderComesBackByteForByte() throws {
    let front = try DummyFrontEnd()
    let id = front.send(
      KernelInfoRequest(), extra: ["zz": [1.0, .null, "é"], "subshell_id": .null])
    try front.busy(id)
    let reply = try front.receive("kernel_info_reply", on: .shell, for: id)
    try front.idle(id)
    #expect(reply.parent["zz"] == [1.0, .null, "é"])
    #expect(reply.parentBytes == reply.parent.write())
    #expect(reply.parent.object?.keys.contains("subshell_id") == true)
    front.close()
  }

  @Test func aCellOnControlIsAnsweredOnControl() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "value 1"), on: .control)
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.iopub("execute_result", for: id)
    try front.receive("execute_reply", on: .control, for: id)
    try front.idle(id)
    front.close()
  }
}

@Suite struct AbortTests {
  /// The aborted cells come after the failed one is idle, in their order.
  @Test func cellsBehindAFailureAreAborted() throws {
    let front = try DummyFrontEnd()
    let failing = front.send(ExecuteRequest(code: "error x"))
    let waiting = (0..<200).map { _ in front.send(ExecuteRequest(code: "print never")) }
    try front.busy(failing)
    try front.iopub("execute_input", for: failing)
    try front.iopub("error", for: failing)
    #expect(
      try front.receive("execute_reply", on: .shell, for: failing).content["status"] == "error")
    try front.idle(failing)
    for id in waiting {
      try front.busy(id)
      let reply = try front.receive("execute_reply", on: .shell, for: id)
      #expect(reply.content["status"] == "aborted")
      #expect(reply.metadata["status"] == "aborted")
      try front.idle(id)
    }
    // Sent in knowledge of the failure.
    #expect(try front.run("").content["status"] == "ok")
    front.close()
  }

  @Test func withoutStopOnErrorTheOthersRun() throws {
    let front = try DummyFrontEnd()
    let failing = front.send(ExecuteRequest(code: "error x", stopOnError: false))
    let next = front.send(ExecuteRequest(code: ""))
    try front.busy(failing)
    try front.iopub("execute_input", for: failing)
    try front.iopub("error", for: failing)
    try front.receive("execute_reply", on: .shell, for: failing)
    try front.idle(failing)
    try front.busy(next)
    try front.iopub("execute_input", for: next)
    #expect(try front.receive("execute_reply", on: .shell, for: next).content["status"] == "ok")
    try front.idle(next)
    front.close()
  }

  /// Dates in headers decide nothing: clients send what they like.
  @Test func aCellWithAnOldDateRuns() throws {
    let front = try DummyFrontEnd()
    func run(_ code: String) throws -> JSON? {
      let id = front.send(
        ExecuteRequest(code: code, silent: true), extra: ["date": "2020-01-01T00:00:00Z"])
      try front.busy(id)
      let reply = try front.receive("execute_reply", on: .shell, for: id)
      try front.idle(id)
      return reply.content["status"]
    }
    #expect(try run("error x") == "error")
    #expect(try run("") == "ok")
    front.close()
  }

  @Test func questionsBehindAFailureAreAnswered() throws {
    let front = try DummyFrontEnd(answersWhileRunning: false)
    let failing = front.send(ExecuteRequest(code: "pause 50\nerror x"))
    try front.busy(failing)
    try front.iopub("execute_input", for: failing)
    let question = front.send(CompleteRequest(code: "pr", cursor: 2))
    try front.busy(question)
    try front.iopub("error", for: failing)
    try front.receive("execute_reply", on: .shell, for: failing)
    try front.idle(failing)
    #expect(
      try front.receive("complete_reply", on: .shell, for: question).content["matches"]
        == ["print"])
    try front.idle(question)
    front.close()
  }
}
