import JSONCoding

/// The code that is about to run, for all clients to see (messaging: code inputs).
public struct ExecuteInput: MessageContent, Equatable {
  public static let messageType = "execute_input"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var code: String
  public var executionCount: Int

  public init(code: String, executionCount: Int) {
    self.code = code
    self.executionCount = executionCount
  }

  public init(content: JSON) throws(ProtocolError) {
    code = try content.field("code")
    executionCount = try content.field("execution_count")
  }

  public var content: JSON.Object {
    ["code": .string(code), "execution_count": .int(executionCount)]
  }
}
