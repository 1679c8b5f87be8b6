import JSONCoding

/// To a client that has just subscribed: from here on you miss nothing (JEP 65).
public struct IOPubWelcome: MessageContent, Equatable {
  public static let messageType = "iopub_welcome"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  /// The topic that was subscribed to; empty for everything.
  public var subscription: String

  public init(subscription: String) { self.subscription = subscription }

  public init(content: JSON) throws(ProtocolError) {
    subscription = try content.field("subscription")
  }

  public var content: JSON.Object { ["subscription": .string(subscription)] }
}
