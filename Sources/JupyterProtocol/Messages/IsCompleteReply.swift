import JSONCoding

/// Whether a console should run the code or open another line (messaging: code completeness).
public enum IsCompleteReply: MessageContent, Equatable {
  public static let messageType = "is_complete_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  case complete
  /// More must follow; the next line begins with `indent`.
  case incomplete(indent: String)
  /// No continuation could make it right.
  case invalid
  case unknown

  public init(content: JSON) throws(ProtocolError) {
    let status: String = try content.field("status")
    switch status {
    case "complete": self = .complete
    case "incomplete": self = .incomplete(indent: try content.field("indent", default: ""))
    case "invalid": self = .invalid
    case "unknown": self = .unknown
    default: throw .badField("status", expected: "complete, incomplete, invalid or unknown")
    }
  }

  public var content: JSON.Object {
    switch self {
    case .complete: ["status": "complete"]
    case .incomplete(let indent): ["status": "incomplete", "indent": .string(indent)]
    case .invalid: ["status": "invalid"]
    case .unknown: ["status": "unknown"]
    }
  }
}
