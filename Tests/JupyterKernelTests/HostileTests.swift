import JSONCoding
import JupyterProtocol
import Testing

@testable import JupyterKernel

/// What a broken or evil client may send. Nothing of it ends the kernel or keeps it from answering.
@Suite struct HostileTests {
  /// The kernel lives and is in step: a cell runs as if nothing had happened.
  private func checkLife(_ front: DummyFrontEnd) throws {
    let id = front.send(ExecuteRequest(code: "value 1"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.iopub("execute_result", for: id)
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    front.close()
  }

  @Test(arguments: [Channel.shell, .control, .stdin])
  func framesThatAreNoMessageAreDropped(_ channel: Channel) throws {
    let front = try DummyFrontEnd()
    let delimiter = WireMessage.delimiter
    let object = Array("{}".utf8)
    let all: [[[UInt8]]] = [
      [[]], [[0]], [[], []], [delimiter], [delimiter, []], [delimiter, [], object],
      [delimiter, [], object, object, object], [[], delimiter],
      [delimiter, [], object, object, object, object],
      [delimiter, delimiter, delimiter, delimiter, delimiter, delimiter, delimiter],
      [object, object, object, object, object, object], [[0xFF, 0xFE], delimiter, [0xFF], [0xFF]],
      Array(repeating: [], count: 5000), Array(repeating: delimiter, count: 100),
      [Array(repeating: 0x5B, count: 1 << 20)],
      [delimiter, Array(repeating: 0x30, count: 64), object, object, object, object],
      [Array("<IDS|MSG".utf8), [], object, object, object, object],
    ]
    for frames in all { front.sendFrames(frames, on: channel) }
    try checkLife(front)
  }

  @Test func aWrongSignatureIsDropped() throws {
    let front = try DummyFrontEnd()
    let header = Array(
      #"{"msg_id":"x","msg_type":"shutdown_request","session":"s"}"#.utf8)
    let parts = [header, Array("{}".utf8), Array("{}".utf8), Array("{}".utf8)]
    let signature = MessageSigner(key: Array("another key".utf8)).sign(parts)
    for signature in [signature, [], Array("0".utf8)] {
      front.sendFrames([WireMessage.delimiter, signature] + parts, on: .control)
    }
    try checkLife(front)
  }

  @Test func aReplayedMessageIsDropped() throws {
    let front = try DummyFrontEnd()
    let header = Array(#"{"msg_id":"x","msg_type":"kernel_info_request","session":"s"}"#.utf8)
    let parts = [header, Array("{}".utf8), Array("{}".utf8), Array("{}".utf8)]
    let frames =
      [WireMessage.delimiter, MessageSigner(key: Array("a key".utf8)).sign(parts)] + parts
    for _ in 0..<3 { front.sendFrames(frames, on: .shell) }
    try front.busy("x")
    try front.receive("kernel_info_reply", on: .shell, for: "x")
    try front.idle("x")
    try checkLife(front)
  }

  @Test(arguments: [
    #"{"msg_id":"1","msg_type":null}"#, #"{"msg_id":"1","msg_type":{}}"#, "[]", "null", "",
    #"{"msg_type":"execute_request"}"#, "{\"msg_id\":\"\\ud800", "NaN",
    String(repeating: "[", count: 100_000), String(repeating: "{\"a\":", count: 10_000),
  ])
  func aSignedHeaderThatIsNoneIsDropped(_ header: String) throws {
    let front = try DummyFrontEnd()
    let parts = [Array(header.utf8), Array("{}".utf8), Array("{}".utf8), Array("{}".utf8)]
    let signature = MessageSigner(key: Array("a key".utf8)).sign(parts)
    for channel in [Channel.shell, .control, .stdin] {
      front.sendFrames([WireMessage.delimiter, signature] + parts, on: channel)
    }
    try checkLife(front)
  }

  @Test(arguments: [
    String(repeating: "[", count: 100_000), #"{"code":"\ud800\udc00\ud800\u0000"}"#,
    #"{"code":"x","code":1}"#, #"{"code":123456789012345678901234567890}"#, "\u{FEFF}{}",
    "{\"code\":\"" + String(repeating: "a", count: 1 << 20), #"{"code":"","silent":"yes"}"#,
  ])
  func anEvilContentGetsAnAnswer(_ content: String) throws {
    let front = try DummyFrontEnd()
    let id = front.send(type: "execute_request", content: Array(content.utf8), on: .shell)
    try front.busy(id)
    // A code of odd characters is a code: it is echoed, and fails in the interpreter.
    var message = try Received(
      try #require(front.nextIOPub()), key: "a key")
    while message.type == "execute_input" || message.type == "error" {
      message = try Received(try #require(front.nextIOPub()), key: "a key")
    }
    #expect(message.content["execution_state"] == "idle")
    try front.receive("execute_reply", on: .shell, for: id)
    try checkLife(front)
  }

  @Test func subscriptionsAreNeverTrusted() throws {
    let front = try DummyFrontEnd()
    let at = front.kernel.connection
    let evil = try ClientSocket(.dealer, at.endpoint(at.iopubPort))
    let topics: [[UInt8]] = [
      [], [0], [1, 0xFF, 0xFE], [2, 3], [255], [1] + Array(repeating: 65, count: 60_000),
    ]
    for topic in topics { evil.send([topic]) }
    evil.send([[1], [1], [1]])
    for i in 0..<5000 { evil.send([[1] + Array("\(i)".utf8)]) }
    // A DEALER is no peer of an XPUB: nothing of this arrives. A subscriber's own rubbish does.
    let subscriber = try ClientSocket(.subscriber, at.endpoint(at.iopubPort))
    for i in 0..<200 { subscriber.subscribe(to: "topic \(i)") }
    for _ in 0..<200 { try front.iopub("iopub_welcome") }
    try checkLife(front)
  }

  @Test func aClientThatComesBackIsServed() throws {
    let front = try DummyFrontEnd()
    for _ in 0..<20 {
      try front.reconnectShell()
      #expect(try front.run("").content["status"] == "ok")
    }
    try checkLife(front)
  }

  @Test func manyRequestsAtOnceAreAllAnswered() throws {
    let front = try DummyFrontEnd()
    let ids = (0..<2000).map { _ in front.send(KernelInfoRequest()) }
    for id in ids {
      try front.busy(id)
      try front.receive("kernel_info_reply", on: .shell, for: id)
      try front.idle(id)
    }
    try checkLife(front)
  }

  @Test func aSubscriberThatDoesNotReadHoldsNobodyUp() throws {
    let front = try DummyFrontEnd()
    let at = front.kernel.connection
    let sleeper = try ClientSocket(.subscriber, at.endpoint(at.iopubPort))
    sleeper.subscribe()
    try front.iopub("iopub_welcome")
    let line = String(repeating: "x", count: 1000)
    let id = front.send(ExecuteRequest(code: "repeat 20000 print \(line)"))
    try front.busy(id)
    try front.iopub("execute_input", for: id)
    try front.stream("stdout", for: id, is: String(repeating: line + "\n", count: 20_000))
    try front.receive("execute_reply", on: .shell, for: id)
    try front.idle(id)
    try checkLife(front)
    withExtendedLifetime(sleeper) {}
  }
}
