import Display
import JSONCoding

/// Help on the thing at the cursor (messaging: introspection).
public struct InspectReply: MessageContent, Equatable {
  public static let messageType = "inspect_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  /// Nil when there is nothing to say.
  public var bundle: MIMEBundle?

  public init(_ bundle: MIMEBundle?) { self.bundle = bundle }

  public init(content: JSON) throws(ProtocolError) {
    let found: Bool = try content.field("found")
    bundle = found ? try MIMEBundle(content: content) : nil
  }

  public var content: JSON.Object {
    var content: JSON.Object = ["status": "ok", "found": .bool(bundle != nil)]
    for (name, value) in (bundle ?? MIMEBundle()).content { content[name] = value }
    return content
  }
}
