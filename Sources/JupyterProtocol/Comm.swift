import JSONCoding

/// A message of a comm, whichever side it comes from (messaging: custom messages).
public struct CommEvent: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// One side opens a comm for `target`.
    case open(target: String)
    case message
    case close
  }

  public var kind: Kind
  public var commID: String
  public var data: JSON.Object
  public var metadata: JSON.Object
  /// Binary data that `data` speaks of, in frames of its own.
  public var buffers: [[UInt8]]

  public init(
    _ kind: Kind, commID: String, data: JSON.Object = [:], metadata: JSON.Object = [:],
    buffers: [[UInt8]] = []
  ) {
    self.kind = kind
    self.commID = commID
    self.data = data
    self.metadata = metadata
    self.buffers = buffers
  }
}

/// The kernel's side of comms. From any thread.
public protocol CommChannel: Sendable {
  /// Sends an event to all clients, in order with the output of the running cell. What is opened and
  /// not closed is in the answer to `comm_info_request`.
  func send(_ event: CommEvent)

  /// Deals with the events that have come in and wait while a cell runs: the interpreter calls it,
  /// on the evaluator thread, where callbacks may run. Each event gets its own busy and idle, and
  /// `Interpreter.handle` is called for it.
  func drain()
}
