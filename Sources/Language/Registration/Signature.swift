import BigInt
import Syntax

/// The parameters of a native function, from its signature text.
final class NativeSignature {
  struct Parameter {
    let name: Name
    let text: String
    let kind: Parameters.Parameter.Kind
    let annotation: String?
    let test: TypeTest
    let defaultText: String?
    /// `.undefined` when required or when the default is `...`.
    let defaultValue: Value
    let isRequired: Bool
  }

  let parameters: [Parameter]
  /// Parameters that may be given by position.
  let positionalCount: Int
  let requiredPositionalCount: Int
  let starIndex: Int?
  let doubleStarIndex: Int?
  let needsChecks: Bool
  let count: Int
  /// Whether a call with only positional arguments needs nothing but defaults at the end.
  let isPlain: Bool
  /// The defaults by parameter, for filling in.
  let defaults: UnsafeMutablePointer<Value>

  init(_ text: String) throws(Raise) {
    let parsed: (name: String, parameters: Parameters, returns: Expression?)
    do {
      parsed = try parseSignature(text)
    } catch {
      throw Raise(.systemError, "the signature '\(text)' does not parse: \(error.message)")
    }
    let bytes = Array(text.utf8)
    func written(_ span: Span) -> String {
      let start = min(max(0, Int(span.start)), bytes.count)
      let end = min(max(start, Int(span.end)), bytes.count)
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
    var list: [Parameter] = []
    for parameter in parsed.parameters.all {
      var value = Value.undefined
      if let expression = parameter.defaultValue {
        value = try NativeSignature.constant(expression, in: text)
        if value.isEllipsis { value = .undefined }
      }
      let isStar = parameter.kind == .star || parameter.kind == .doubleStar
      list.append(
        Parameter(
          name: Name(parameter.name.text), text: parameter.name.text, kind: parameter.kind,
          annotation: parameter.annotation.map { written($0.span) },
          test: isStar ? .any : TypeTest(parameter.annotation),
          defaultText: parameter.defaultValue.map { written($0.span) },
          defaultValue: value, isRequired: parameter.defaultValue == nil && !isStar))
    }
    parameters = list
    positionalCount = list.prefix { $0.kind == .positionalOnly || $0.kind == .positional }.count
    requiredPositionalCount =
      list.prefix { ($0.kind == .positionalOnly || $0.kind == .positional) && $0.isRequired }.count
    starIndex = list.firstIndex { $0.kind == .star }
    doubleStarIndex = list.firstIndex { $0.kind == .doubleStar }
    needsChecks = list.contains { !$0.test.isAny }
    count = list.count
    isPlain =
      starIndex == nil && doubleStarIndex == nil
      && !list.contains { $0.kind == .keywordOnly && $0.isRequired }
    defaults = .allocate(capacity: max(1, list.count))
    for (index, parameter) in list.enumerated() {
      (defaults + index).initialize(to: parameter.defaultValue)
    }
  }

  deinit {
    defaults.deinitialize(count: count)
    defaults.deallocate()
  }

  /// Defaults are literals: constants, signed numbers, tuples of these.
  private static func constant(_ item: Expression, in text: String) throws(Raise) -> Value {
    switch item.kind {
    case .constant(let constant):
      switch constant {
      case .none: return .none
      case .bool(let flag): return .bool(flag)
      case .int(let number): return .int(number)
      case .float(let number): return .float(number)
      case .string(let string): return .string(string)
      case .bytes(let bytes): return .object(BytesObject(bytes))
      case .ellipsis: return .ellipsis
      case .bigInt(let digits, let radix): return .integer(BigInt(digits, radix: radix) ?? 0)
      }
    case .unary(.negate, let inner):
      switch try constant(inner, in: text) {
      case .int(let number): return .int(0 &- number)
      case .float(let number): return .float(-number)
      default: break
      }
    // A name (`dtype=int`) says what the body takes when nothing was given.
    case .name, .attribute: return .ellipsis
    case .tuple(let items):
      var values: [Value] = []
      for inner in items { values.append(try constant(inner, in: text)) }
      return .tuple(values)
    default: break
    }
    throw Raise(.systemError, "the signature '\(text)' has a default that is no literal")
  }
}

/// What an annotation lets through.
struct TypeTest {
  private var words: [String] = []
  var isAny: Bool { words.isEmpty }

  static let any = TypeTest(nil)

  /// Words that are checked; any other word in an annotation makes it documentation.
  private static let known: Set<String> = [
    "int", "float", "str", "bool", "list", "tuple", "dict", "set", "callable", "None", "bytes",
    "type", "slice",
  ]

  init(_ annotation: Expression?) {
    guard let annotation else { return }
    var found: [String] = []
    var all = true
    func visit(_ item: Expression) {
      switch item.kind {
      case .name(let name): found.append(name)
      case .constant(.none): found.append("None")
      case .constant(.ellipsis): break
      case .binary(.or, let left, let right):
        visit(left)
        visit(right)
      default: all = false
      }
    }
    visit(annotation)
    for word in found where !TypeTest.known.contains(word) { all = false }
    if all { words = found }
  }

  func accepts(_ value: Value) -> Bool {
    if let payload = value.payload { return accepts(payload) }
    for word in words {
      switch (word, value) {
      case ("None", .none), ("int", .int), ("int", .bool), ("float", .float), ("float", .int),
        ("float", .bool), ("bool", .bool):
        return true
      case (_, .object(let object)):
        switch (word, object.kind) {
        case ("int", .bigInt), ("float", .bigInt), ("str", .string), ("list", .list),
          ("tuple", .tuple), ("dict", .dict), ("set", .set), ("set", .frozenSet),
          ("bytes", .bytes), ("type", .type), ("slice", .slice),
          ("callable", .function), ("callable", .native), ("callable", .boundMethod),
          ("callable", .type), ("callable", .instance):
          return true
        // Library scalars (a 0-d tensor) convert themselves where a number is wanted.
        case ("int", .instance), ("float", .instance), ("bool", .instance): return true
        default: break
        }
      default: break
      }
    }
    return false
  }

  /// `int, tuple or None`.
  var text: String {
    guard let last = words.last else { return "anything" }
    return words.count == 1 ? last : words.dropLast().joined(separator: ", ") + " or " + last
  }
}
