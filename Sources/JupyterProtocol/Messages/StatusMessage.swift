import JSONCoding

/// What the kernel is doing about the parent request (messaging: kernel status).
public struct StatusMessage: MessageContent, Equatable {
  public static let messageType = "status"
  public static let channel = Channel.iopub
  public static let direction = Direction.fromKernel

  public enum State: String, Sendable {
    case starting, busy, idle
  }

  public var state: State

  public init(_ state: State) { self.state = state }

  public init(content: JSON) throws(ProtocolError) {
    guard let state = State(rawValue: try content.field("execution_state")) else {
      throw .badField("execution_state", expected: "starting, busy or idle")
    }
    self.state = state
  }

  public var content: JSON.Object { ["execution_state": .string(state.rawValue)] }
}
