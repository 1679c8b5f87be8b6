import Display
import JSONCoding

/// The value of a cell, `Out[n]` (messaging: execution results on iopub).
public struct ExecuteResultMessage: MessageContent, Equatable {
  public static let messageType = "execute_result"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var bundle: MIMEBundle
  public var executionCount: Int

  public init(bundle: MIMEBundle, executionCount: Int) {
    self.bundle = bundle
    self.executionCount = executionCount
  }

  public init(content: JSON) throws(ProtocolError) {
    bundle = try MIMEBundle(content: content)
    executionCount = try content.field("execution_count")
  }

  public var content: JSON.Object {
    var content = bundle.content
    content["execution_count"] = .int(executionCount)
    return content
  }
}
