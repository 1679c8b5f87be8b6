import Display
import JSONCoding

/// Something to show below the cell (messaging: display data).
public struct DisplayData: MessageContent, Equatable {
  public static let messageType = "display_data"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var bundle: MIMEBundle
  /// The name under which it can be updated.
  public var displayID: String?

  public init(bundle: MIMEBundle, displayID: String? = nil) {
    self.bundle = bundle
    self.displayID = displayID
  }

  public init(content: JSON) throws(ProtocolError) {
    bundle = try MIMEBundle(content: content)
    displayID = content["transient"]?["display_id"]?.string
  }

  public var content: JSON.Object {
    var content = bundle.content
    content["transient"] = .object(displayID.map { ["display_id": .string($0)] } ?? [:])
    return content
  }
}

extension MIMEBundle {
  init(content: JSON) throws(ProtocolError) {
    self.init(
      data: try content.field("data"), metadata: try content.field("metadata", default: [:]))
  }

  /// The two fields that all messages with a bundle share.
  var content: JSON.Object { ["data": .object(data), "metadata": .object(metadata)] }
}
