import Display
import JSONCoding
import JupyterProtocol
import Testing

@testable import JupyterKernel

@Suite struct OutputTests {
  @Test func tenThousandPrintsArriveInOrderAndInFewMessages() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "number 10000"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream(
      "stdout", for: id, is: (0..<10_000).map { "\($0)\n" }.joined())
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func theFirstTextLeavesAtOnceAndTheRestWhileTheCellRuns() throws {
    let front = try DummyFrontEnd()
    let id = front.send(ExecuteRequest(code: "print a\npause 5\nprint b\nprint c\nwait"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    #expect(try front.iopub("stream", for: id).content["text"] == "a\n")
    #expect(try front.iopub("stream", for: id).content["text"] == "b\nc\n")
    front.kernel.interrupt()
    try front.iopub("error", for: id)
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func streamsKeepTheirOrderAmongOneAnotherAndWithDisplays() throws {
    let front = try DummyFrontEnd()
    let id = front.send(
      ExecuteRequest(code: "print a\nwarn b\nprint c\nshow d D\nprint e\nclear\nprint f"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: "a\n")
    try front.stream("stderr", for: id, is: "b\n")
    try front.stream("stdout", for: id, is: "c\n")
    try front.iopub("display_data", for: id)
    try front.stream("stdout", for: id, is: "e\n")
    #expect(try front.iopub("clear_output", for: id).content["wait"] == false)
    try front.stream("stdout", for: id, is: "f\n")
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func updatesArriveWhileTheCellRunsAndTheLastOneAlways() throws {
    let front = try DummyFrontEnd()
    let steps = (0..<300).map { "update fit \($0)\npause 1" }.joined(separator: "\n")
    let id = front.send(ExecuteRequest(code: "show fit start\n\(steps)"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.iopub("display_data", for: id)
    var seen: [Int] = []
    while seen.last != 299 {
      let update = try front.iopub("update_display_data", for: id)
      #expect(update.content["transient"] == ["display_id": "fit"])
      seen.append(try #require(Int(update.content["data"]?["text/plain"]?.string ?? "")))
    }
    #expect(seen == seen.sorted())
    #expect((3...30).contains(seen.count), "\(seen.count) updates")
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test func whatAStrayThreadShowsAfterTheCellIsDropped() throws {
    let leak = Monitor<(any OutputSink)?>(nil)
    let front = try DummyFrontEnd(makeInterpreter: { LeakingInterpreter(leak) })
    try front.run("anything")
    let sink = try #require(leak.read { $0 })
    sink.stream(.stdout, "late")
    sink.display(.init(plain: "late"), displayID: nil)
    front.close()
  }

  /// A cell that floods slows down and is cut, and its last words still arrive.
  @Test func aFloodOfTextIsCutWithANotice() throws {
    let wakeup = Wakeup()
    let outbox = Outbox(wakeup: wakeup)
    let request = try sampleRequest()
    let output = CellOutput(
      request: request, silent: false, executionCount: 1, allowStdin: false, outbox: outbox,
      inputDesk: InputDesk(), budget: OutputBudget(capacity: 1000, rate: 0, now: 0))
    for i in 0..<200_000 { output.stream(.stdout, "line \(i)\n") }
    _ = output.finish()
    var text = ""
    for case .text(_, let piece, _) in outbox.take() { text += piece }
    #expect(text.hasPrefix("line 0\nline 1\n"))
    #expect(text.hasSuffix("line 199999\n"))
    #expect(text.contains("bytes of output are left out here"))
    #expect(text.utf8.count < 3 << 20)
  }
}

@Suite struct OutboxTests {
  @Test func urgentMessagesTakeAlongWhatStandsBeforeThem() throws {
    let outbox = Outbox(wakeup: Wakeup())
    let request = try sampleRequest()
    outbox.text(.stdout, "a", parent: request)
    #expect(outbox.take().count == 1)  // the first leaves at once
    outbox.text(.stdout, "b", parent: request)
    outbox.text(.stdout, "c", parent: request)
    #expect(outbox.take().isEmpty)
    #expect(try #require(outbox.delay) > 0)
    outbox.send([.iopub(StatusMessage(.idle), parent: request)])
    #expect(kinds(outbox.take()) == ["bc", "status"])
  }

  @Test func anUpdateReplacesAnEarlierOneAtItsOwnPlace() throws {
    let outbox = Outbox(wakeup: Wakeup())
    let request = try sampleRequest()
    func update(_ id: String, _ text: String) {
      outbox.update(
        .iopub(UpdateDisplayData(bundle: .init(plain: text), displayID: id), parent: request),
        displayID: id, bytes: 10)
    }
    update("x", "1")
    outbox.text(.stdout, "a", parent: request)
    update("y", "2")
    outbox.text(.stdout, "b", parent: request)
    update("x", "3")
    update("y", "4")
    #expect(kinds(outbox.drain()) == ["ab", "update 3", "update 4"])
    update("x", "5")
    #expect(kinds(outbox.drain()) == ["update 5"])
  }

  /// However large they are: what has been replaced will not leave.
  @Test func manyUpdatesOfOneDisplayWaitForTheirTime() throws {
    let outbox = Outbox(wakeup: Wakeup())
    let request = try sampleRequest()
    outbox.text(.stdout, "a", parent: request)
    _ = outbox.take()
    for i in 0..<100 {
      if i % 2 == 0 { outbox.text(.stdout, "b", parent: request) }
      outbox.update(
        .iopub(UpdateDisplayData(bundle: .init(plain: "\(i)"), displayID: "x"), parent: request),
        displayID: "x", bytes: 50_000)
    }
    #expect(outbox.take().isEmpty)
    #expect(kinds(outbox.drain()) == [String(repeating: "b", count: 50), "update 99"])
  }

  @Test func muchTextDoesNotWait() throws {
    let outbox = Outbox(wakeup: Wakeup())
    let request = try sampleRequest()
    outbox.text(.stdout, "a", parent: request)
    _ = outbox.take()
    outbox.text(.stdout, String(repeating: "x", count: Outbox.batchBytes), parent: request)
    #expect(outbox.delay == 0)
    #expect(outbox.take().count == 1)
  }

  @Test func textsOfTwoCellsAreNotJoined() throws {
    let outbox = Outbox(wakeup: Wakeup())
    outbox.text(.stdout, "a", parent: try sampleRequest("1"))
    outbox.text(.stdout, "b", parent: try sampleRequest("2"))
    outbox.text(.stderr, "c", parent: try sampleRequest("2"))
    #expect(kinds(outbox.drain()) == ["a", "b", "c"])
  }

  private func kinds(_ entries: [Outbox.Entry]) -> [String] {
    entries.map { entry in
      switch entry {
      case .text(_, let text, _): text
      case .update(let message, _):
        "update \(message.content["data"]?["text/plain"]?.string ?? "")"
      case .message(let message): message.type
      case .cellBegins: "cell begins"
      case .cellEnds: "cell ends"
      case .abortPoint: "abort point"
      case .nothing: "nothing"
      }
    }
  }
}

@Suite struct BudgetTests {
  @Test func theBucketRefills() {
    var budget = OutputBudget(capacity: 100, rate: 10, now: 0)
    let answers = [
      budget.spend(100, now: 0), budget.spend(1, now: 0), budget.spend(10, now: 1),
      budget.spend(100, now: 1000), budget.spend(1, now: 1000),
    ]
    #expect(answers == [true, false, true, true, false])
    let debt = budget.force(50, now: 1000)
    #expect(debt == 5)
  }

  @Test func heldTextKeepsTheNewestAtABorderOfCharacters() {
    var held = HeldText(limit: 10)
    held.add(.stdout, "0123456789")
    held.add(.stdout, "éééééé")  // 12 bytes
    let pieces = held.release()
    #expect(pieces.last?.text == "ééééé")
    #expect(pieces.first?.text.contains("12 bytes") == true)
    #expect(held.isEmpty)
    held.add(.stderr, "a")
    let rest = held.release()
    #expect(rest.map(\.text) == ["a"])
  }
}

/// Keeps the sink of its last cell, as a language with threads might.
private final class LeakingInterpreter: Interpreter {
  private let leak: Monitor<(any OutputSink)?>
  let answersWhileRunning = true

  init(_ leak: Monitor<(any OutputSink)?>) { self.leak = leak }

  func execute(_ cell: Cell, output: any OutputSink) -> ExecuteResult {
    leak.change { $0 = output }
    return .ok()
  }

  func complete(_ request: CompleteRequest) -> CompleteReply {
    CompleteReply(matches: [], start: 0, end: 0)
  }
  func inspect(_ request: InspectRequest) -> MIMEBundle? { nil }
  func isComplete(_ code: String) -> IsCompleteReply { .unknown }
  func interrupt() {}
  func clearInterrupt() {}
  func shutdown() {}
}

/// A request as it comes from a client.
func sampleRequest(_ id: String = "1") throws -> Request {
  let header = #"{"msg_id":"\#(id)","msg_type":"execute_request","session":"s"}"#
  let parts = [header, "{}", "{}", "{}"].map { Array($0.utf8) }
  var signer = MessageSigner(key: [])
  let message = try WireMessage(
    frames: [WireMessage.delimiter, []] + parts, signer: &signer)
  return Request(channel: .shell, message: message)
}
