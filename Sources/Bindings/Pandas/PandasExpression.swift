import Frames
import Language
import Syntax

/// The value of an expression of columns: `query` and `eval`. `and`, `or` and `not` go row by row,
/// `in` asks for membership.
struct PandasExpression {
  let names: [String: Value]
  let machine: Machine

  func value(_ text: String) throws -> Value {
    let source = Source(name: "<query>", text: Array(Self.plain(text).utf8))
    let tree: Expression
    do {
      tree = try parseExpression(source)
    } catch {
      throw Raise(.syntaxError, "invalid syntax")
    }
    return try value(tree)
  }

  /// `&` and `|` bind as weakly as `and` and `or` there.
  private static func plain(_ text: String) -> String {
    var result = ""
    var quote: Character?
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "'" || character == "\"" {
        quote = character
      } else if character == "&" || character == "|" {
        result += character == "&" ? " and " : " or "
        continue
      } else if character == "~" {
        result += " not "
        continue
      } else if character == "\n" {
        result += " "
        continue
      }
      result.append(character)
    }
    return result
  }

  private func call(_ value: Value, _ name: String, _ arguments: [Value] = []) throws -> Value {
    try machine.call(machine.attribute(value, name), arguments)
  }

  /// a sign b by the special methods, the right side's when the left one has no answer.
  private func operate(_ name: String, _ a: Value, _ b: Value) throws -> Value {
    let swapped = ["lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"]
    let isColumn = a.asSeries != nil || a.asLabels != nil || a.asTensorObject != nil
    if !isColumn, b.asSeries != nil || b.asLabels != nil {
      return try call(b, "__" + (swapped[name] ?? "r" + name) + "__", [a])
    }
    let result = try call(a, "__\(name)__", [b])
    if !result.isIdentical(to: .notImplemented) { return result }
    return try call(b, "__" + (swapped[name] ?? "r" + name) + "__", [a])
  }

  private func value(_ expression: Expression) throws -> Value {
    switch expression.kind {
    case .constant(let constant): return try self.constant(constant)
    case .name(let name):
      if let value = names[name] { return value }
      if let value = machine.builtin(name) { return value }
      let near = Suggestion.nearest(to: name, among: Array(names.keys))
      let raise = Raise(machine.exceptionRaise("UndefinedVariableError", "name '\(name)' is not defined"))
      raise.hint = near.map { "Did you mean '\($0)'?" }
      throw raise
    case .list(let items): return .list(try items.map(value))
    case .tuple(let items): return .tuple(try items.map(value))
    case .unary(let op, let operand):
      let inner = try value(operand)
      switch op {
      case .negate: return try call(inner, "__neg__")
      case .plus: return inner
      case .invert, .not:
        if inner.asSeries == nil, inner.asFrame == nil { return .bool(!(try machine.truth(inner))) }
        return try call(inner, "__invert__")
      }
    case .binary(let op, let left, let right):
      let names: [BinaryOperator: String] = [
        .add: "add", .subtract: "sub", .multiply: "mul", .divide: "truediv",
        .floorDivide: "floordiv", .modulo: "mod", .power: "pow", .and: "and", .or: "or", .xor: "xor",
      ]
      guard let name = names[op] else { throw Raise(.notImplementedError, "'\(op.rawValue)' is not supported in expressions") }
      return try operate(name, value(left), value(right))
    case .boolean(let op, let operands):
      var result = try value(operands[0])
      for operand in operands.dropFirst() {
        result = try operate(op == .and ? "and" : "or", result, value(operand))
      }
      return result
    case .compare(let first, let comparisons):
      var left = try value(first)
      var result: Value?
      for comparison in comparisons {
        let right = try value(comparison.right)
        let flags = try compare(comparison.op, left, right)
        result = try result.map { try operate("and", $0, flags) } ?? flags
        left = right
      }
      return result ?? .none
    case .attribute(let owner, let name): return try machine.attribute(value(owner), name.text)
    case .subscripted(let owner, let index): return try machine.item(value(owner), value(index))
    case .call(let callee, let arguments):
      var positional: [Value] = []
      var keywords: [(name: String, value: Value)] = []
      for argument in arguments {
        switch argument.kind {
        case .keyword(let name): keywords.append((name.text, try value(argument.value)))
        default: positional.append(try value(argument.value))
        }
      }
      if case .name(let name) = callee.kind, names[name] == nil, PandasUfuncs.names.contains(name) {
        let module = try machine.importModule("numpy", first: false)
        return try machine.call(machine.attribute(module, name), positional)
      }
      return try machine.call(value(callee), positional, keywords: keywords)
    default: throw Raise(.notImplementedError, "this kind of expression is not supported in a query")
    }
  }

  private func compare(_ op: ComparisonOperator, _ left: Value, _ right: Value) throws -> Value {
    switch op {
    case .in, .notIn:
      let found: Value
      if left.asSeries != nil || left.asLabels != nil {
        found = try call(left, "isin", [right.swiftString != nil ? .list([right]) : right])
      } else if let series = right.asSeries {
        found = .bool(series.values.cells.contains { (try? machine.cell(left).key) == $0.key })
      } else {
        found = .bool(try machine.array(right).contains { (try? machine.equals($0, left)) ?? false })
      }
      if op == .in { return found }
      return found.asSeries == nil ? .bool(!(try machine.truth(found))) : try call(found, "__invert__")
    case .equal, .notEqual:
      // A list beside a column asks for membership.
      if left.asSeries != nil, right.asList != nil {
        let found = try call(left, "isin", [right])
        return op == .equal ? found : try call(found, "__invert__")
      }
      return try operate(op == .equal ? "eq" : "ne", left, right)
    case .less: return try operate("lt", left, right)
    case .lessEqual: return try operate("le", left, right)
    case .greater: return try operate("gt", left, right)
    case .greaterEqual: return try operate("ge", left, right)
    case .is, .isNot: throw Raise(.notImplementedError, "'is' is not supported in a query")
    }
  }

  private func constant(_ constant: Constant) throws -> Value {
    switch constant {
    case .none: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    default: throw Raise(.notImplementedError, "this kind of constant is not supported in a query")
    }
  }
}

extension Machine {
  /// A variable of the session by its name.
  func variable(_ name: String) -> Value? { self[global: name] ?? builtin(name) }
}
