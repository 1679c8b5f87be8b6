import Display
import JSONCoding

/// The new look of every display with this id (messaging: update display data).
public struct UpdateDisplayData: MessageContent, Equatable {
  public static let messageType = "update_display_data"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var bundle: MIMEBundle
  public var displayID: String

  public init(bundle: MIMEBundle, displayID: String) {
    self.bundle = bundle
    self.displayID = displayID
  }

  public init(content: JSON) throws(ProtocolError) {
    bundle = try MIMEBundle(content: content)
    displayID = try JSON.object(try content.field("transient")).field("display_id")
  }

  public var content: JSON.Object {
    var content = bundle.content
    content["transient"] = ["display_id": .string(displayID)]
    return content
  }
}
