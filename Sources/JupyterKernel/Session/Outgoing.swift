import JSONCoding
import JupyterProtocol

/// The request that something answers: where the answers go, and what they carry as parent.
struct Request: Sendable {
  /// The socket it came by; shell requests are taken on control as well.
  let channel: Channel
  let identities: [[UInt8]]
  let header: MessageHeader
  let metadata: JSON

  init(channel: Channel, message: WireMessage) {
    self.channel = channel
    identities = message.identities
    header = message.header
    metadata = message.metadata
  }
}

/// A message on its way out.
struct Outgoing: Sendable {
  enum Target: Sendable {
    case iopub
    case socket(Channel, identities: [[UInt8]])
  }

  let target: Target
  let type: String
  /// Header bytes of the request that it belongs to; nil for none.
  let parent: [UInt8]?
  var metadata: JSON.Object = [:]
  let content: JSON.Object
  var buffers: [[UInt8]] = []

  /// A message for all clients.
  static func iopub<Message: MessageContent>(_ message: Message, parent: Request?) -> Outgoing {
    Outgoing(
      target: .iopub, type: Message.messageType, parent: parent?.header.bytes,
      content: message.content)
  }

  /// The answer to `request`, by the socket that it came by.
  static func reply<Message: MessageContent>(
    _ message: Message, to request: Request, metadata: JSON.Object = [:]
  ) -> Outgoing {
    Outgoing(
      target: .socket(request.channel, identities: request.identities),
      type: Message.messageType, parent: request.header.bytes, metadata: metadata,
      content: message.content)
  }

  /// The answer to a request that could not be served.
  static func failure(_ error: CellError, to request: Request) -> Outgoing? {
    guard let type = MessageRegistry.replyType(to: request.header.messageType) else { return nil }
    var content: JSON.Object = ["status": "error"]
    for (name, value) in error.content { content[name] = value }
    return Outgoing(
      target: .socket(request.channel, identities: request.identities), type: type,
      parent: request.header.bytes, content: content)
  }
}
