import JSONCoding
import JupyterProtocol
import Testing

@testable import JupyterKernel

/// A front end that plays its part step by step, and a kernel of its own that it plays against.
///
/// Each step names the message that must come next on its channel. `close` complains about messages
/// that no step asked for, so a test cannot overlook what it did not expect.
final class DummyFrontEnd {
  let kernel: Kernel
  private let key: String
  private let session: String
  private var shell: ClientSocket
  private var control: ClientSocket
  private var stdin: ClientSocket
  private var iopub: ClientSocket
  private var count = 0
  private let running: Monitor<Bool>

  /// Starts an echo kernel and connects to it.
  /// - Parameter listening: whether to wait until the subscription has arrived at the kernel.
  init(
    key: String = "a key", session: String = "front", answersWhileRunning: Bool = true,
    listening: Bool = true, makeInterpreter: (@Sendable () -> any Interpreter)? = nil
  ) throws {
    self.key = key
    self.session = session
    let kernel = try Kernel(
      connection: Connection(key: key), info: EchoInterpreter.info, log: -1,
      makeInterpreter: makeInterpreter
        ?? { EchoInterpreter(answersWhileRunning: answersWhileRunning) })
    self.kernel = kernel
    let running = Monitor(true)
    self.running = running
    let at = kernel.connection
    // One identity on all channels: that is how the kernel finds the asker's stdin.
    shell = try ClientSocket(.dealer, at.endpoint(at.shellPort), identity: session)
    control = try ClientSocket(.dealer, at.endpoint(at.controlPort), identity: session)
    stdin = try ClientSocket(.dealer, at.endpoint(at.stdinPort), identity: session)
    iopub = try ClientSocket(.subscriber, at.endpoint(at.iopubPort))
    try #require(
      Thread.start {
        do { try kernel.run() } catch { Issue.record(error) }
        running.change { $0 = false }
      } != nil)
    if listening { try listen() }
  }

  /// Subscribes to everything, and waits for the welcome and the first status.
  func listen() throws {
    iopub.subscribe()
    #expect(try iopub("iopub_welcome").content["subscription"] == "")
    #expect(try iopub("status").content["execution_state"] == "starting")
  }

  /// Ends the kernel and complains about messages that nobody asked for.
  func close(_ location: SourceLocation = #_sourceLocation) {
    for (name, socket) in [("shell", shell), ("control", control), ("stdin", stdin)] {
      while let frames = socket.receive(within: 0) { complain(name, frames, location) }
    }
    while let frames = iopub.receive(within: 0.02) { complain("iopub", frames, location) }
    kernel.stop()
    #expect(waitForEnd(within: 3), "the kernel does not end", sourceLocation: location)
  }

  /// Whether the kernel has ended, or does so in time.
  func waitForEnd(within seconds: Double) -> Bool {
    running.wait(seconds: seconds) { $0 ? nil : () } != nil
  }

  private func complain(_ channel: String, _ frames: [[UInt8]], _ location: SourceLocation) {
    let message = try? Received(frames, key: key)
    Issue.record(
      "nobody asked for \(message?.type ?? "?") on \(channel): \(message?.content.text ?? "")",
      sourceLocation: location)
  }

  // MARK: - Sending

  /// Sends a request and gives the id of its message.
  @discardableResult
  func send<Message: MessageContent>(
    _ message: Message, on channel: Channel = Message.channel, metadata: JSON.Object = [:],
    extra: JSON.Object = [:]
  ) -> String {
    send(
      type: Message.messageType, content: message.content.write(), on: channel, metadata: metadata,
      extra: extra)
  }

  /// Sends any content under any type.
  /// - Parameter extra: fields that the header has besides the usual ones, or instead of them.
  @discardableResult
  func send(
    type: String, content: [UInt8], on channel: Channel, metadata: JSON.Object = [:],
    extra: JSON.Object = [:]
  ) -> String {
    count += 1
    let id = "\(session)-\(count)"
    var header: JSON.Object = [
      "msg_id": .string(id), "session": .string(session), "username": "tester",
      "date": .string(Timestamp.now.iso8601), "msg_type": .string(type), "version": "5.3",
    ]
    for (name, value) in extra { header[name] = value }
    let parts = [header.write(), Array("{}".utf8), metadata.write(), content]
    let signature = MessageSigner(key: Array(key.utf8)).sign(parts)
    sendFrames([WireMessage.delimiter, signature] + parts, on: channel)
    return id
  }

  func sendFrames(_ frames: [[UInt8]], on channel: Channel) { socket(channel).send(frames) }

  /// Another socket for shell, under the identity of the old one, as after a lost connection.
  func reconnectShell() throws {
    shell = try ClientSocket(
      .dealer, kernel.connection.endpoint(kernel.connection.shellPort), identity: session)
  }

  private func socket(_ channel: Channel) -> ClientSocket {
    switch channel {
    case .shell: shell
    case .control: control
    case .stdin: stdin
    case .iopub: iopub
    }
  }

  // MARK: - Receiving

  /// The next message of a channel, which must have this type and answer this request.
  @discardableResult
  func receive(
    _ type: String, on channel: Channel, for id: String? = nil, within seconds: Double = 3,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Received {
    let frames = try #require(
      socket(channel).receive(within: seconds), "no \(type) on \(channel)", sourceLocation: location
    )
    let message = try Received(frames, key: key)
    #expect(message.type == type, "\(message.content.text)", sourceLocation: location)
    if let id { #expect(message.parent["msg_id"]?.string == id, sourceLocation: location) }
    return message
  }

  @discardableResult
  func iopub(
    _ type: String, for id: String? = nil, within seconds: Double = 3,
    _ location: SourceLocation = #_sourceLocation
  ) throws -> Received {
    try receive(type, on: .iopub, for: id, within: seconds, location)
  }

  /// The next message on iopub, whatever it is.
  func nextIOPub() -> [[UInt8]]? { iopub.receive(within: 3) }

  func busy(_ id: String, _ location: SourceLocation = #_sourceLocation) throws {
    let status = try iopub("status", for: id, location)
    #expect(status.content["execution_state"] == "busy", sourceLocation: location)
  }

  func idle(_ id: String, _ location: SourceLocation = #_sourceLocation) throws {
    let status = try iopub("status", for: id, location)
    #expect(status.content["execution_state"] == "idle", sourceLocation: location)
  }

  /// Text of a stream, which may come in several messages.
  func stream(
    _ name: String, for id: String, is text: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    var received = ""
    while received.utf8.count < text.utf8.count {
      let message = try iopub("stream", for: id, location)
      #expect(message.content["name"]?.string == name, sourceLocation: location)
      received += message.content["text"]?.string ?? ""
    }
    #expect(received == text, sourceLocation: location)
  }

  /// Runs a cell that shows nothing, and gives its reply.
  @discardableResult
  func run(
    _ code: String, _ location: SourceLocation = #_sourceLocation
  ) throws -> Received {
    let id = send(ExecuteRequest(code: code))
    try busy(id, location)
    try iopub("execute_input", for: id, location)
    let reply = try receive("execute_reply", on: .shell, for: id, location)
    try idle(id, location)
    return reply
  }
}

/// A message from the kernel.
struct Received {
  let type: String
  let header: JSON
  let parent: JSON
  /// The very bytes of the parent header.
  let parentBytes: [UInt8]
  let metadata: JSON
  let content: JSON

  /// Takes the frames apart, and checks what every message must have.
  init(_ frames: [[UInt8]], key: String) throws {
    let delimiter = try #require(frames.firstIndex(of: WireMessage.delimiter))
    let parts = Array(frames[(delimiter + 1)...])
    try #require(parts.count >= 5)
    #expect(parts[0] == MessageSigner(key: Array(key.utf8)).sign(Array(parts[1...4])))
    header = try JSON.parse(parts[1])
    parent = try JSON.parse(parts[2])
    parentBytes = parts[2]
    metadata = try JSON.parse(parts[3])
    content = try JSON.parse(parts[4])
    type = try #require(header["msg_type"]?.string)
    for field in ["msg_id", "session", "username", "date", "version"] {
      #expect(header[field]?.string?.isEmpty == false, "\(field) of \(type)")
    }
    #expect(header["version"] == "5.5")
    #expect(parent.object != nil)
    #expect(metadata.object != nil)
    #expect(header["date"]?.string?.hasSuffix("Z") == true)
  }
}
