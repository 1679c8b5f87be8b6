import JSONCoding
import JupyterProtocol

/// Turns what leaves into frames, and holds iopub back until somebody listens.
///
/// A PUB socket forgets what nobody subscribes to, and a client's subscription may take longer than
/// its first request (the slow joiner). So nothing goes out on iopub before the first subscription,
/// but for at most `patience` seconds after the first message that answers a request: a client
/// without iopub must not wait for ever.
struct Publisher {
  private let channels: Channels
  private let signer: MessageSigner
  private let session: String
  private let username: String
  private var count = 0
  private var isOpen = false
  private var held: [Outgoing] = []
  private var heldUntil: Double?

  private static let patience = 1.0
  /// A longer topic is no topic of ours, and would be sent back.
  private static let topicLimit = 1024

  init(channels: Channels, signer: MessageSigner) {
    self.channels = channels
    self.signer = signer
    var random = SystemRandomNumberGenerator()
    session = (0..<2).map { _ in
      let digits = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
    username = userName()
  }

  mutating func send(_ message: Outgoing) {
    switch message.target {
    case .socket(let channel, let identities):
      transmit(message, channel, identities)
    case .iopub:
      if isOpen {
        transmit(message, .iopub, [Array(message.type.utf8)])
      } else {
        held.append(message)
        if message.parent != nil, heldUntil == nil {
          heldUntil = monotonicSeconds() + Self.patience
        }
      }
    }
  }

  /// Seconds until `releaseIfDue` does something; nil if that is not foreseen.
  var delay: Double? { heldUntil.map { max(0, $0 - monotonicSeconds()) } }

  mutating func releaseIfDue() {
    if let heldUntil, heldUntil <= monotonicSeconds() { release() }
  }

  /// Sends what was held back, and holds nothing back from now on.
  mutating func release() {
    isOpen = true
    heldUntil = nil
    for message in held { transmit(message, .iopub, [Array(message.type.utf8)]) }
    held = []
  }

  /// A client has subscribed: welcomes it (JEP 65) and lets the first one have what was held.
  mutating func subscribed(to topic: [UInt8]) {
    if topic.count <= Self.topicLimit, let name = String(validating: topic, as: UTF8.self) {
      let welcome = Outgoing.iopub(IOPubWelcome(subscription: name), parent: nil)
      // Subscriptions match the start of the first frame.
      transmit(welcome, .iopub, [topic.isEmpty ? Array(welcome.type.utf8) : topic])
    }
    if !isOpen { release() }
  }

  private mutating func transmit(_ message: Outgoing, _ channel: Channel, _ identities: [[UInt8]]) {
    count += 1
    let header = MessageHeader.outgoing(
      type: message.type, session: session, username: username, number: count)
    channels[channel].send(
      WireMessage.frames(
        identities: identities, header: header, parent: message.parent,
        metadata: message.metadata, content: message.content, buffers: message.buffers,
        signer: signer))
  }
}
