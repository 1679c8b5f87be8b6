import JSONCoding

/// Run this code (messaging: execute).
public struct ExecuteRequest: MessageContent, Equatable {
  public static let messageType = "execute_request"
  public static let channel = Channel.shell
  public static let direction = Direction.toKernel

  public var code: String
  /// Run quietly: no echo of the input, no result, no number, no history.
  public var silent: Bool
  /// Count the cell and remember it; never when it is silent.
  public var storeHistory: Bool
  public var userExpressions: [Cell.UserExpression]
  public var allowStdin: Bool
  /// When this cell fails, do not run those that wait behind it.
  public var stopOnError: Bool

  public init(
    code: String, silent: Bool = false, storeHistory: Bool = true,
    userExpressions: [Cell.UserExpression] = [], allowStdin: Bool = true, stopOnError: Bool = true
  ) {
    self.code = code
    self.silent = silent
    self.storeHistory = storeHistory && !silent
    self.userExpressions = userExpressions
    self.allowStdin = allowStdin
    self.stopOnError = stopOnError
  }

  public init(content: JSON) throws(ProtocolError) {
    let silent: Bool = try content.field("silent", default: false)
    let expressions: JSON.Object = try content.field("user_expressions", default: [:])
    var userExpressions: [Cell.UserExpression] = []
    for (name, code) in expressions {
      guard let code = code.string else {
        throw .badField("user_expressions", expected: "strings by name")
      }
      userExpressions.append(Cell.UserExpression(name: name, code: code))
    }
    self.init(
      code: try content.field("code"), silent: silent,
      storeHistory: try content.field("store_history", default: !silent),
      userExpressions: userExpressions,
      allowStdin: try content.field("allow_stdin", default: true),
      stopOnError: try content.field("stop_on_error", default: true))
  }

  public var content: JSON.Object {
    var expressions = JSON.Object()
    for expression in userExpressions { expressions[expression.name] = .string(expression.code) }
    return [
      "code": .string(code), "silent": .bool(silent), "store_history": .bool(storeHistory),
      "user_expressions": .object(expressions), "allow_stdin": .bool(allowStdin),
      "stop_on_error": .bool(stopOnError),
    ]
  }
}
