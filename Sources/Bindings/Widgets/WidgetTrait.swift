import JSONCoding
import Language

/// An attribute of a widget that its half in the front end has too.
struct WidgetTrait: @unchecked Sendable {
  /// What values it takes.
  indirect enum Kind {
    case int, float, bool, text, color
    case choice([String])
    case optional(Kind)
    /// A tuple of anything.
    case tuple
    case textTuple
    case intPair, floatPair
    /// A tuple of widgets.
    case widgets
    /// A widget of this class, which is made when none is given.
    case widget(String)
    case bytes
    case any
  }

  let name: String
  let kind: Kind
  let initial: JSON
  /// Whether the front end has it too.
  let isSynced: Bool

  init(_ name: String, _ kind: Kind, _ initial: JSON = .null, isSynced: Bool = true) {
    self.name = name
    self.kind = kind
    self.initial = initial
    self.isSynced = isSynced
  }

  /// The value that a new widget has.
  var initialValue: Value {
    switch kind {
    case .tuple, .textTuple, .widgets: .tuple([])
    case .intPair, .floatPair:
      .tuple((initial.array ?? []).map(JSONValue.value))
    case .bytes: .object(BytesObject([]))
    default: JSONValue.value(initial)
    }
  }

  /// `value` as the trait keeps it.
  /// - Throws: `TraitError`.
  func checked(_ value: Value, for widget: WidgetObject, _ machine: Machine) throws -> Value {
    try checked(value, kind, for: widget, machine)
  }

  private func checked(
    _ value: Value, _ kind: Kind, for widget: WidgetObject, _ machine: Machine
  ) throws -> Value {
    switch kind {
    case .any: return value
    case .optional(let inner):
      return value.isNone ? .none : try checked(value, inner, for: widget, machine)
    case .int:
      if case .int = value { return value }
      if case .bool(let flag) = value { return .int(flag ? 1 : 0) }
      if value.swiftString == nil, let number = value.asDouble, let whole = Int(exactly: number.rounded(.towardZero)) {
        return .int(whole)
      }
      if let text = value.swiftString, let number = Int(text.trimmed) { return .int(number) }
      throw mismatch(value, "an int", widget, machine)
    case .float:
      if let number = value.asDouble { return .float(number) }
      if let text = value.swiftString, let number = Double(text.trimmed) { return .float(number) }
      if let scalar = try? machine.float(value) { return .float(scalar) }
      throw mismatch(value, "a float", widget, machine)
    case .bool:
      if case .bool = value { return value }
      throw mismatch(value, "a boolean", widget, machine)
    case .text, .color:
      if value.swiftString != nil { return value }
      throw mismatch(value, "a unicode string", widget, machine)
    case .choice(let words):
      if let text = value.swiftString,
        let word = words.first(where: { $0.lowercased() == text.lowercased() })
      {
        return .string(word)
      }
      let list = words.map { "'\($0)'" }.joined(separator: ", ")
      throw mismatch(value, "any of [\(list)] (case-insensitive)", widget, machine)
    case .tuple: return .tuple(try items(value, "a tuple", widget, machine))
    case .textTuple:
      let items = try items(value, "a tuple", widget, machine)
      for item in items where item.swiftString == nil {
        throw element("an Unicode", "a unicode string", item, widget, machine)
      }
      return .tuple(items)
    case .intPair, .floatPair:
      let items = try items(value, "a tuple", widget, machine)
      guard items.count == 2, let low = items[0].asDouble, let high = items[1].asDouble else {
        throw mismatch(value, "a tuple of two numbers", widget, machine)
      }
      if case .floatPair = kind { return .tuple([.float(low), .float(high)]) }
      guard let low = Int(exactly: low.rounded(.towardZero)),
        let high = Int(exactly: high.rounded(.towardZero))
      else { throw mismatch(value, "a tuple of two numbers", widget, machine) }
      return .tuple([.int(low), .int(high)])
    case .widgets:
      let items = try items(value, "a tuple", widget, machine)
      for item in items where !(item.asInstance is WidgetObject) {
        throw element("an Instance", "a Widget", item, widget, machine)
      }
      return .tuple(items)
    case .widget(let className):
      if let dict = value.asDict {
        let keywords = dict.pairs.compactMap { pair in
          pair.key.swiftString.map { (name: $0, value: pair.value) }
        }
        return .object(try Widgets.make(className, keywords, machine))
      }
      if value.asInstance is WidgetObject { return value }
      throw mismatch(value, WidgetErrors.article(className), widget, machine)
    case .bytes:
      if case .object(let object) = value, object is BytesObject { return value }
      throw mismatch(value, "a bytes object", widget, machine)
    }
  }

  private func items(
    _ value: Value, _ expected: String, _ widget: WidgetObject, _ machine: Machine
  ) throws -> [Value] {
    if value.swiftString != nil || value.asDict != nil {
      throw mismatch(value, expected, widget, machine)
    }
    do throws(Raise) {
      return try machine.array(value)
    } catch {
      throw mismatch(value, expected, widget, machine)
    }
  }

  private func element(
    _ kind: String, _ expected: String, _ item: Value, _ widget: WidgetObject, _ machine: Machine
  ) -> Raise {
    WidgetErrors.traitError(
      "The '\(name)' trait of \(WidgetErrors.article(widget)) instance contains \(kind) of a "
        + "TypedTuple which expected \(expected), not \(WidgetErrors.described(item, machine)).",
      machine)
  }

  private func mismatch(
    _ value: Value, _ expected: String, _ widget: WidgetObject, _ machine: Machine
  ) -> Raise {
    WidgetErrors.traitError(
      "The '\(name)' trait of \(WidgetErrors.article(widget)) instance expected \(expected), not "
        + "\(WidgetErrors.described(value, machine)).", machine)
  }
}

/// Errors as traitlets words them.
enum WidgetErrors {
  static func traitError(_ message: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(
      machine.exceptionType("TraitError", module: "traitlets.traitlets", base: .exception))
    exception.arguments = [.string(message)]
    return Raise(exception)
  }

  static func article(_ widget: WidgetObject) -> String { article(widget.type.name) }

  static func article(_ name: String) -> String {
    (name.first.map { "AEIOUaeiou".contains($0) } ?? false ? "an " : "a ") + name
  }

  /// `the str 'abc'`.
  static func described(_ value: Value, _ machine: Machine) -> String {
    if value.isNone { return "the NoneType None" }
    let text = (try? machine.repr(value)) ?? "..."
    return "the \(machine.typeName(value)) \(text)"
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    var view = self[...]
    while let first = view.first, first == " " || first == "\n" { view = view.dropFirst() }
    while let last = view.last, last == " " || last == "\n" { view = view.dropLast() }
    return String(view)
  }
}
