/// What a kernel offers to its interpreter, besides the output of a cell.
public struct KernelServices: Sendable {
  /// The cells of this session and those before.
  public let history: any HistorySource
  /// Comms: private lines between objects of the language and their halves in the front end.
  public let comms: any CommChannel

  public init(history: any HistorySource, comms: any CommChannel) {
    self.history = history
    self.comms = comms
  }
}

/// Where cells of before are found.
public protocol HistorySource: Sendable {
  /// What `request` asks for, oldest first. May wait for a disk.
  func answer(_ request: HistoryRequest) -> HistoryReply
}
