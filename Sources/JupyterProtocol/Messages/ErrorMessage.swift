import JSONCoding

/// The error that ended the cell (messaging: execution errors); the reply carries the same.
public struct ErrorMessage: MessageContent, Equatable {
  public static let messageType = "error"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public var error: CellError

  public init(_ error: CellError) { self.error = error }

  public init(content: JSON) throws(ProtocolError) { error = try CellError(content: content) }

  public var content: JSON.Object { error.content }
}
