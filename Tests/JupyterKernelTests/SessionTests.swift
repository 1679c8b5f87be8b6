import JSONCoding
import JupyterProtocol
import Testing

@testable import JupyterKernel

@Suite struct InterruptTests {
  @Test func aMessageInterruptsTheRunningCellAndAbortsTheOthers() throws {
    let front = try DummyFrontEnd()
    let cell = front.send(ExecuteRequest(code: "wait", stopOnError: false))
    try front.busy(cell)
    try front.iopub("execute_input", for: cell)
    let next = front.send(ExecuteRequest(code: "print never"))
    let interrupt = front.send(InterruptRequest())
    try front.busy(interrupt)
    try front.receive("interrupt_reply", on: .control, for: interrupt)
    try front.idle(interrupt)
    let error = try front.iopub("error", for: cell, within: 0.1)
    #expect(error.content["ename"] == "KeyboardInterrupt")
    try front.receive("execute_reply", on: .shell, for: cell)
    try front.idle(cell)
    try front.busy(next)
    #expect(
      try front.receive("execute_reply", on: .shell, for: next).content["status"] == "aborted")
    try front.idle(next)
    #expect(try front.run("").content["status"] == "ok")
    front.close()
  }

  @Test func interruptsWithoutACellDoNotHitTheNext() throws {
    let front = try DummyFrontEnd()
    try front.run("")
    for _ in 0..<100 {
      front.kernel.interrupt()
      let id = front.send(InterruptRequest())
      try front.busy(id)
      try front.receive("interrupt_reply", on: .control, for: id)
      try front.idle(id)
    }
    #expect(try front.run("pause 20").content["status"] == "ok")
    front.close()
  }

  @Test func aCellMayCatchItsInterrupt() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "print ready\ncatch\nprint caught"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: "ready\n")
    front.kernel.interrupt()
    try front.stream("stdout", for: id, is: "caught\n")
    #expect(try front.receive("execute_reply", on: .shell, for: id).content["status"] == "ok")
    try front.idle(id)
    front.close()
  }
}

@Suite struct InputTests {
  @Test(arguments: [("ask", false), ("secret", true)])
  func aCellAsksAndGetsALine(_ command: String, _ password: Bool) throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "print before\n\(command) name? "))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: "before\n")
    let question = try front.receive("input_request", on: .stdin, for: id)
    #expect(question.content == ["prompt": "name? ", "password": .bool(password)])
    front.send(InputReply(value: "Ada é"))
    try front.stream("stdout", for: id, is: "[Ada é]\n")
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func withoutStdinTheCellLearnsWhy() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "ask x", allowStdin: false))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    #expect(try front.iopub("error", for: id).content["ename"] == "InputError")
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func anInterruptEndsTheWaitAndALateLineIsDropped() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "ask x"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.receive("input_request", on: .stdin, for: id)
    front.kernel.interrupt()
    #expect(try front.iopub("error", for: id).content["ename"] == "KeyboardInterrupt")
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.send(InputReply(value: "late"))
    front.send(type: "input_reply", content: Array("{}".utf8), on: .stdin)
    front.send(type: "nonsense", content: Array("[".utf8), on: .stdin)
    let next = front.send(ExecuteRequest(code: "ask y"))
    try front.busy(next)
    try front.iopub("execute_input", for: next)
    try front.receive("input_request", on: .stdin, for: next)
    front.send(InputReply(value: "new"))
    try front.stream("stdout", for: next, is: "[new]\n")
    try front.receive("execute_reply", on: .shell, for: next)
    try front.idle(next)
    front.close()
  }
}

@Suite struct ShutdownTests {
  @Test(arguments: [(Channel.control, false), (.shell, true)])
  func theReplyComesFirstAndTheSessionEnds(_ channel: Channel, _ restart: Bool) throws {
    let front = try DummyFrontEnd()
    let id = front.send(ShutdownRequest(restart: restart), on: channel)
    try front.busy(id)
    let reply = try front.receive("shutdown_reply", on: channel, for: id)
    #expect(reply.content == ["status": "ok", "restart": .bool(restart)])
    #expect(try front.iopub("shutdown_reply", for: id).content == reply.content)
    try front.idle(id)
    #expect(front.waitForEnd(within: 1.5))
    front.close()
  }

  @Test func aRunningCellIsInterrupted() throws {
    let front = try DummyFrontEnd()
    let cell = front.send(ExecuteRequest(code: "wait"))
    try front.busy(cell)
    try front.iopub("execute_input", for: cell)
    let id = front.send(ShutdownRequest(restart: false))
    try front.busy(id)
    try front.receive("shutdown_reply", on: .control, for: id)
    try front.iopub("shutdown_reply", for: id)
    try front.idle(id)
    try front.iopub("error", for: cell)
    try front.receive("execute_reply", on: .shell, for: cell)
    try front.idle(cell)
    #expect(front.waitForEnd(within: 1.5))
    front.close()
  }

  @Test func aCellThatWaitsForInputDoesNotHoldItUp() throws {
    let front = try DummyFrontEnd()
    let cell = front.send(ExecuteRequest(code: "ask x"))
    try front.busy(cell)
    try front.iopub("execute_input", for: cell)
    try front.receive("input_request", on: .stdin, for: cell)
    front.kernel.stop()
    #expect(front.waitForEnd(within: 1.5))
    try front.iopub("error", for: cell)
    try front.receive("execute_reply", on: .shell, for: cell)
    try front.idle(cell)
    front.close()
  }

  @Test func theInterpreterIsShutDown() throws {
    let made = Monitor<EchoInterpreter?>(nil)
    let front = try DummyFrontEnd(makeInterpreter: {
      let interpreter = EchoInterpreter()
      made.change { $0 = interpreter }
      return interpreter
    })
    try front.run("")
    front.close()
    #expect(made.read { $0?.isShutDown.load(ordering: .relaxed) } == true)
  }
}

@Suite struct SlowJoinerTests {
  /// A client that sends its first cell before its subscription has arrived misses nothing.
  @Test func theFirstBusyWaitsForASubscription() throws {
    let front = try DummyFrontEnd(listening: false)
    let id = front.send(ExecuteRequest(code: "print hello"))
    try front.receive("execute_reply", on: .shell, for: id)
    try front.listen()
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: "hello\n")
    try front.idle(id)
    front.close()
  }

  @Test func aClientWithoutIOPubIsServed() throws {
    let front = try DummyFrontEnd(listening: false)
    for _ in 0..<3 {
      let id = front.send(ExecuteRequest(code: "print x"))
      try front.receive("execute_reply", on: .shell, for: id, within: 0.5)
    }
    front.close()
  }

  @Test func everySubscriberIsWelcomed() throws {
    let front = try DummyFrontEnd()
    let at = front.kernel.connection
    for topic in ["", "stream", "status"] {
      let other = try ClientSocket(.subscriber, at.endpoint(at.iopubPort))
      other.subscribe(to: topic)
      let message = try Received(try #require(other.receive(within: 2)), key: at.key)
      #expect(message.type == "iopub_welcome")
      #expect(message.content["subscription"]?.string == topic)
      if topic == "" { try front.iopub("iopub_welcome") }
    }
    // Those with a topic went to everybody who hears everything.
    try front.iopub("iopub_welcome")
    try front.iopub("iopub_welcome")
    front.close()
  }
}
