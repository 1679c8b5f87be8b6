import Syntax

/// A function of Swift as a row of a table: its signature in the language's own syntax, what it
/// does in a sentence, an example that the tests run, and its body.
///
/// The signature is the one place that says what the function takes: argument binding, type checks,
/// completion, `help()` and the reference come from it.
///
///     Native("clamp(x: float, low: float = 0.0, high: float = 1.0) -> float",
///            "The number, brought between two bounds.", example: "clamp(1.5)") { a in
///       .float(min(max(try a.double(0), try a.double(1)), try a.double(2)))
///     }
///
/// Annotations that name a type of the language or of a door are checked before the body runs
/// (`int`, `float` also takes an int, `str`, `bool`, `list`, `tuple`, `dict`, `callable`, `None`,
/// unions with `|`); other words (`iterable`, `object`) are documentation. A default of `...` means
/// that the body sees `.undefined` (`Value.isGiven` is false).
public struct Native: @unchecked Sendable {
  public let signature: String
  public let doc: String
  public let example: String?
  /// A method that subclasses must define (`abc`).
  var isAbstract = false
  /// How the machine answers the usual calls by itself.
  let shortcut: Shortcut
  let body: (Arguments) throws -> Value

  public init(
    _ signature: String, _ doc: String, example: String? = nil,
    body: @escaping (Arguments) throws -> Value
  ) {
    self.init(signature, doc, example: example, shortcut: .none, body: body)
  }

  init(
    _ signature: String, _ doc: String, example: String? = nil, shortcut: Shortcut,
    body: @escaping (Arguments) throws -> Value
  ) {
    self.signature = signature
    self.doc = doc
    self.example = example
    self.shortcut = shortcut
    self.body = body
  }

  /// The last part of the name in the signature.
  public var name: String {
    let head = signature.prefix { $0 != "(" }
    return String(head.split(separator: ".").last ?? head)
  }

  /// A method that subclasses must define.
  static func abstract(_ signature: String, _ doc: String) -> Native {
    var row = Native(signature, doc) { a in
      throw Raise(.notImplementedError, arguments: [])
    }
    row.isAbstract = true
    return row
  }

  /// A copy under another name: doors that share a function.
  public func renamed(_ signature: String) -> Native {
    Native(signature, doc, example: example, body: body)
  }
}

/// What a call of a native with positional arguments only has to know.
struct NativePlan {
  /// Slots that the body sees.
  let count: Int
  let most: Int
  let least: Int
  let needsChecks: Bool
  /// By slot; owned by the signature.
  let defaults: UnsafeMutablePointer<Value>
}

/// A native function as a value of the language.
public final class NativeFunction: Object {
  public let row: Native
  public let name: String
  /// The type whose method this is; nil for functions of a module.
  let owner: TypeObject?
  /// What a call reads, beside each other and without a reference to count.
  let shortcut: Shortcut
  let body: (Arguments) throws -> Value
  @exclusivity(unchecked) private(set) var plan: NativePlan?
  /// The module whose function this is; nil for methods and built-ins.
  let module: String?
  private var parsed: NativeSignature?

  public init(_ row: Native, owner: TypeObject? = nil, module: String? = nil) {
    self.row = row
    self.owner = owner
    self.module = module
    name = row.name
    shortcut = row.shortcut
    body = row.body
    super.init(kind: .native)
    if owner != nil { track() }
  }

  public override func visit(_ visitor: ReferenceVisitor) { visitor.visit(owner) }

  /// The parameters, parsed when first needed.
  func signature() throws(Raise) -> NativeSignature {
    if let parsed { return parsed }
    let result = try NativeSignature(row.signature)
    parsed = result
    if result.isPlain {
      plan = NativePlan(
        count: result.count, most: result.positionalCount,
        least: result.requiredPositionalCount, needsChecks: result.needsChecks,
        defaults: result.defaults)
    }
    return result
  }

  /// The signature without `self`, for help and completion; empty when it does not parse.
  public var parameters: [ParameterDescription] {
    guard let signature = try? signature() else { return [] }
    return signature.parameters.map { parameter in
      ParameterDescription(
        name: parameter.text, kind: parameter.kind, annotation: parameter.annotation,
        defaultText: parameter.defaultText)
    }
  }
}

/// A parameter as help and completion show it.
public struct ParameterDescription: Sendable {
  public let name: String
  public let kind: Parameters.Parameter.Kind
  public let annotation: String?
  public let defaultText: String?
}

/// What the body of a native function receives: one slot for each parameter, in order.
///
/// Slots of `*args` hold a tuple, of `**kwargs` a dict, of what was not given the default.
public struct Arguments {
  // Unowned: both outlive the call, and counting references would cost more than most bodies.
  public unowned(unsafe) let machine: Machine
  let callee: Unmanaged<NativeFunction>
  public var function: NativeFunction { callee.takeUnretainedValue() }
  let base: UnsafeMutablePointer<Value>
  public let count: Int

  @inline(__always) public subscript(index: Int) -> Value {
    index >= 0 && index < count ? base[index] : .undefined
  }

  /// `name()` as errors begin.
  public var name: String { function.name + "()" }

  public func isGiven(_ index: Int) -> Bool { self[index].isGiven }

  private func parameterName(_ index: Int) -> String {
    guard let signature = try? function.signature(), index < signature.parameters.count else {
      return "argument \(index + 1)"
    }
    return signature.parameters[index].text
  }

  /// An error about one argument: `name(): axis must be int, got str`.
  public func mismatch(_ index: Int, expected: String) -> Raise {
    Raise(
      .typeError,
      "\(name): \(parameterName(index)) must be \(expected), got \(machine.typeName(self[index]))")
  }

  // MARK: - Typed access

  public func int(_ index: Int) throws(Raise) -> Int {
    if let value = self[index].asInt { return value }
    if self[index].kind == .bigInt {
      throw Raise(.overflowError, "\(name): \(parameterName(index)) is too large")
    }
    if let value = try machine.index(self[index]) { return value }
    throw mismatch(index, expected: "int")
  }

  public func double(_ index: Int) throws(Raise) -> Double {
    if let value = self[index].asDouble { return value }
    if let value = try machine.float(self[index]) { return value }
    throw mismatch(index, expected: "float")
  }

  public func string(_ index: Int) throws(Raise) -> String {
    if let value = self[index].asString { return value.swiftString }
    throw mismatch(index, expected: "str")
  }

  public func text(_ index: Int) throws(Raise) -> StringObject {
    if let value = self[index].asString { return value }
    throw mismatch(index, expected: "str")
  }

  public func bool(_ index: Int) throws(Raise) -> Bool { try machine.truth(self[index]) }

  /// nil for None and for what was not given.
  public func optionalInt(_ index: Int) throws(Raise) -> Int? {
    self[index].isNone || self[index].isUndefined ? nil : try int(index)
  }
  public func optionalDouble(_ index: Int) throws(Raise) -> Double? {
    self[index].isNone || self[index].isUndefined ? nil : try double(index)
  }
  public func optionalString(_ index: Int) throws(Raise) -> String? {
    self[index].isNone || self[index].isUndefined ? nil : try string(index)
  }

  /// The items of a `*args` slot, or of any iterable.
  public func items(_ index: Int) throws(Raise) -> [Value] {
    if let tuple = self[index].asTuple { return tuple.items }
    return try machine.array(self[index])
  }

  /// The pairs of a `**kwargs` slot.
  public func keywords(_ index: Int) -> [(name: String, value: Value)] {
    (self[index].asDict?.pairs ?? []).compactMap { pair in
      pair.key.swiftString.map { ($0, pair.value) }
    }
  }

  /// The receiver as a Swift class: library objects.
  public func receiver<T: Instance>(_ type: T.Type = T.self) throws(Raise) -> T {
    if let value = self[0].asInstance as? T { return value }
    throw Raise(
      .typeError, "descriptor '\(function.name)' does not apply to a "
        + "'\(machine.typeName(self[0]))' object")
  }

  /// An argument as a Swift class; nil when it is something else.
  public func instance<T: Instance>(_ index: Int, _ type: T.Type = T.self) -> T? {
    self[index].asInstance as? T
  }
}
