/// Every type of message that is spoken. The tests walk this list: each has a sample from the
/// specification that must come through its coding unchanged.
public enum MessageRegistry {
  public static let all: [any MessageContent.Type] = [
    KernelInfoRequest.self, KernelInfoReply.self,
    ExecuteRequest.self, ExecuteReply.self, ExecuteInput.self, ExecuteResultMessage.self,
    StreamMessage.self, DisplayData.self, UpdateDisplayData.self, ClearOutput.self,
    ErrorMessage.self, StatusMessage.self,
    InputRequest.self, InputReply.self,
    IsCompleteRequest.self, IsCompleteReply.self,
    CompleteRequest.self, CompleteReply.self,
    InspectRequest.self, InspectReply.self,
    HistoryRequest.self, HistoryReply.self,
    ConnectRequest.self, ConnectReply.self,
    CommInfoRequest.self, CommInfoReply.self, CommOpen.self, CommMessage.self, CommClose.self,
    ShutdownRequest.self, ShutdownReply.self,
    InterruptRequest.self, InterruptReply.self,
    DebugRequest.self, DebugReply.self, DebugEvent.self,
    UsageRequest.self, UsageReply.self,
    CreateSubshellRequest.self, CreateSubshellReply.self, DeleteSubshellRequest.self,
    DeleteSubshellReply.self, ListSubshellRequest.self, ListSubshellReply.self,
    IOPubWelcome.self,
  ]

  /// The type of the reply to a request: every request `x_request` is answered by one `x_reply`;
  /// nil for what is no request (comm messages).
  public static func replyType(to request: String) -> String? {
    let suffix = "_request"
    return request.hasSuffix(suffix) ? request.dropLast(suffix.count) + "_reply" : nil
  }
}
