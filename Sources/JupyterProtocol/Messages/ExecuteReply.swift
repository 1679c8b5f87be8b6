import Display
import JSONCoding

/// How the cell ended (messaging: execution results).
public struct ExecuteReply: MessageContent, Equatable {
  public static let messageType = "execute_reply"
  public static let channel = Channel.shell
  public static let direction = Direction.fromKernel

  public enum Outcome: Sendable, Equatable {
    case ended(ExecuteResult)
    /// It never ran: a cell before it failed, or the person interrupted.
    case aborted
  }

  public var executionCount: Int
  public var outcome: Outcome

  public init(executionCount: Int, outcome: Outcome) {
    self.executionCount = executionCount
    self.outcome = outcome
  }

  /// "ok", "error" or "aborted".
  public var status: String {
    switch outcome {
    case .ended(.ok): "ok"
    case .ended(.error): "error"
    case .aborted: "aborted"
    }
  }

  public init(content: JSON) throws(ProtocolError) {
    executionCount = try content.field("execution_count", default: 0)
    let status: String = try content.field("status")
    switch status {
    case "ok":
      let payloads: [JSON] = try content.field("payload", default: [])
      let expressions: JSON.Object = try content.field("user_expressions", default: [:])
      var outcomes: [UserExpressionOutcome] = []
      for (name, value) in expressions {
        outcomes.append(UserExpressionOutcome(name: name, value: try .init(content: value)))
      }
      var known: [Payload] = []
      for payload in payloads { known.append(try Payload(content: payload)) }
      outcome = .ended(.ok(userExpressions: outcomes, payloads: known))
    case "error": outcome = .ended(.error(try CellError(content: content)))
    case "aborted": outcome = .aborted
    default: throw .badField("status", expected: "ok, error or aborted")
    }
  }

  public var content: JSON.Object {
    var content: JSON.Object = [
      "status": .string(status), "execution_count": .int(executionCount),
    ]
    switch outcome {
    case .ended(.ok(let userExpressions, let payloads)):
      var expressions = JSON.Object()
      for outcome in userExpressions { expressions[outcome.name] = .object(outcome.value.content) }
      content["user_expressions"] = .object(expressions)
      content["payload"] = .array(payloads.map { .object($0.content) })
    case .ended(.error(let error)):
      for (name, value) in error.content { content[name] = value }
      // Not asked for by the specification; some clients read them whatever the status is.
      content["user_expressions"] = [:]
      content["payload"] = []
    case .aborted: break
    }
    return content
  }
}

extension CellError {
  init(content: JSON) throws(ProtocolError) {
    let lines: [JSON] = try content.field("traceback")
    self.init(
      ename: try content.field("ename"), evalue: try content.field("evalue"),
      traceback: lines.compactMap(\.string))
  }

  /// The three fields that `error` messages and failed replies share.
  public var content: JSON.Object {
    [
      "ename": .string(ename), "evalue": .string(evalue),
      "traceback": .array(traceback.map { .string($0) }),
    ]
  }
}

extension UserExpressionOutcome.Value {
  init(content: JSON) throws(ProtocolError) {
    if content["status"]?.string == "ok" {
      self = .ok(
        MIMEBundle(
          data: try content.field("data"), metadata: try content.field("metadata", default: [:])))
    } else {
      self = .error(try CellError(content: content))
    }
  }

  var content: JSON.Object {
    switch self {
    case .ok(let bundle):
      return ["status": "ok", "data": .object(bundle.data), "metadata": .object(bundle.metadata)]
    case .error(let error):
      var content: JSON.Object = ["status": "error"]
      for (name, value) in error.content { content[name] = value }
      return content
    }
  }
}

extension Payload {
  init(content: JSON) throws(ProtocolError) {
    let source: String = try content.field("source")
    switch source {
    case "page":
      self = .page(
        MIMEBundle(data: try content.field("data")), start: try content.field("start", default: 0))
    case "set_next_input":
      self = .setNextInput(
        try content.field("text"), replace: try content.field("replace", default: false))
    case "ask_exit": self = .askExit(keepKernel: try content.field("keepkernel", default: false))
    default: throw .badField("source", expected: "page, set_next_input or ask_exit")
    }
  }

  var content: JSON.Object {
    switch self {
    case .page(let bundle, let start):
      ["source": "page", "data": .object(bundle.data), "start": .int(start)]
    case .setNextInput(let text, let replace):
      ["source": "set_next_input", "text": .string(text), "replace": .bool(replace)]
    case .askExit(let keepKernel):
      ["source": "ask_exit", "keepkernel": .bool(keepKernel)]
    }
  }
}
