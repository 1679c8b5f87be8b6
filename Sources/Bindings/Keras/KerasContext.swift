import Language
import NeuralNetworks
import TensorCore

/// What the doors `keras` and `tensorflow` keep with a session.
final class KerasContext {
  /// The tensor types with TensorFlow's tensor in the place of PyTorch's: what operators give then.
  let types: TensorTypes
  let variableType: TypeObject
  let tfVariableType: TypeObject
  let names = KerasNames()
  /// Whether calls of layers are those of training; nil outside of any call.
  var training: Bool?
  /// Tapes and steps under way: without any, calls are not recorded.
  var recorders = 0
  /// Names of the layers that are being called or built, outermost first.
  var scopes: [String] = []
  /// Warnings that were given already.
  var warned: Set<String> = []
  /// Classes and functions that files may name: registered for good, and those of a scope or a call.
  var registered: [String: Value] = [:]
  var customObjects: [String: Value] = [:]
  /// Losses that layers added in the call under way.
  var losses: [Tensor] = []

  init(_ machine: Machine) {
    types = TensorTypes(machine, tensor: TensorflowTensor.table)
    variableType = machine.type(KerasVariable.table)
    tfVariableType = machine.type(KerasVariable.tensorflowTable)
  }
}

extension Machine {
  private static let kerasKey = "Bindings.KerasContext"

  var keras: KerasContext {
    if let known = extensions[Self.kerasKey] {
      return unsafeDowncast(known, to: KerasContext.self)
    }
    let context = KerasContext(self)
    extensions[Self.kerasKey] = context
    return context
  }

  var kerasNames: KerasNames { keras.names }

  /// A tensor as TensorFlow shows it.
  func kerasValue(_ tensor: Tensor) -> Value { keras.types.torch(tensor) }

  /// Runs code that gradients may be asked of.
  func recording<R>(_ body: () throws -> R) rethrows -> R {
    let context = keras
    context.recorders += 1
    defer { context.recorders -= 1 }
    return try enableGrad(body)
  }

  /// Says something once in a session.
  func warnOnce(_ key: String, _ text: String) {
    if keras.warned.insert(key).inserted { output.write(text + "\n", toError: false) }
  }
}

/// Nested lists, tuples and dicts of values: what models take and give.
enum KerasTree {
  /// The leaves in order; dicts by their keys in order.
  static func leaves(_ value: Value) -> [Value] {
    var result: [Value] = []
    var open: [Value] = [value]
    while let next = open.popLast() {
      if let list = next.asList {
        open += list.items.reversed()
      } else if let tuple = next.asTuple, tuple.subclass == nil {
        open += tuple.items.reversed()
      } else if let dict = next.asDict {
        let pairs = dict.pairs.sorted { ($0.key.swiftString ?? "") < ($1.key.swiftString ?? "") }
        open += pairs.reversed().map(\.value)
      } else {
        result.append(next)
      }
    }
    return result
  }

  /// The same structure with other leaves.
  static func map(_ value: Value, _ body: (Value) throws -> Value) throws -> Value {
    try map(value, 0, body)
  }

  private static func map(_ value: Value, _ depth: Int, _ body: (Value) throws -> Value) throws
    -> Value
  {
    guard depth < 64 else {
      throw Raise(.recursionError, "inputs are nested more than 64 levels deep")
    }
    if let list = value.asList { return .list(try list.items.map { try map($0, depth + 1, body) }) }
    if let tuple = value.asTuple, tuple.subclass == nil {
      return .tuple(try tuple.items.map { try map($0, depth + 1, body) })
    }
    if let dict = value.asDict {
      let result = DictObject()
      for (key, item) in dict.pairs {
        if let name = key.swiftString { result[name] = try map(item, depth + 1, body) }
      }
      return .object(result)
    }
    return try body(value)
  }

  /// Whether a list or tuple holds tensors, and is not a tensor written as nested lists.
  static func isStructure(_ value: Value) -> Bool {
    if value.asDict != nil { return true }
    guard value.asList != nil || (value.asTuple != nil && value.asTuple?.subclass == nil) else {
      return false
    }
    let items = value.asList?.items ?? value.asTuple?.items ?? []
    return items.contains { item in
      item.asTensorObject != nil || item.asInstance is KerasTensor
        || item.asInstance is any ArraySource || item.isNone && items.count > 1 || isStructure(item)
    }
  }

  static func contains(_ value: Value, depth: Int = 0, _ test: (Value) -> Bool) -> Bool {
    if depth > 64 { return false }
    if let list = value.asList {
      // Long lists are data.
      return list.items.prefix(4096).contains { contains($0, depth: depth + 1, test) }
    }
    if let tuple = value.asTuple { return tuple.items.contains { contains($0, depth: depth + 1, test) } }
    if let dict = value.asDict { return dict.values.contains { contains($0, depth: depth + 1, test) } }
    return test(value)
  }

  static func isSymbolic(_ value: Value) -> Bool {
    contains(value) { $0.asInstance is KerasTensor }
  }
}

/// The arguments of a row by the names of its parameters.
struct KerasNamed {
  let a: Arguments
  private let places: [String: Int]
  let names: [String]
  var machine: Machine { a.machine }

  init(_ a: Arguments) {
    self.a = a
    names = a.function.parameters.map(\.name)
    places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> Value { places[name].map { a[$0] } ?? .undefined }
  func has(_ name: String) -> Bool {
    let value = self[name]
    return !value.isNone && !value.isUndefined
  }
  private func place(_ name: String) -> Int { places[name] ?? -1 }
  func int(_ name: String) throws -> Int { try a.int(place(name)) }
  func double(_ name: String) throws -> Double { try a.double(place(name)) }
  func bool(_ name: String) throws -> Bool { try a.bool(place(name)) }
  func string(_ name: String) throws -> String { try a.string(place(name)) }
  func optionalInt(_ name: String) throws -> Int? { try a.optionalInt(place(name)) }
  func optionalDouble(_ name: String) throws -> Double? { try a.optionalDouble(place(name)) }
  func optionalString(_ name: String) throws -> String? { try a.optionalString(place(name)) }

  /// A positive integer, with Keras's sentence for others.
  func positive(_ name: String) throws -> Int {
    if let value = try machine.index(self[name]), value > 0, value < 1 << 40 { return value }
    if let scalar = try machine.scalar(self[name])?.int, scalar > 0 { return scalar }
    throw Raise(
      .valueError,
      "Received an invalid value for `\(name)`, expected a positive integer. Received: "
        + "\(name)=\(try machine.repr(self[name]))")
  }

  /// One integer for all axes, or one each.
  func sizes(_ name: String, _ count: Int, least: Int = 1) throws -> [Int] {
    let value = self[name]
    var result: [Int]
    if let one = try machine.index(value) {
      result = Array(repeating: one, count: count)
    } else if value.asTuple != nil || value.asList != nil {
      result = try machine.array(value).map { item in
        guard let size = try machine.index(item) else { throw problem(name, count) }
        return size
      }
    } else {
      throw problem(name, count)
    }
    guard result.count == count, result.allSatisfy({ $0 >= least && $0 < 1 << 30 }) else {
      throw problem(name, count)
    }
    return result
  }

  private func problem(_ name: String, _ count: Int) -> Raise {
    Raise(
      .valueError,
      "The `\(name)` argument must be a tuple of \(count) integers. Received "
        + "\(name)=\((try? machine.repr(self[name])) ?? "?")"
        + (count == 1 ? "" : ", including values that are not positive, or of another length"))
  }

  func choice(_ name: String, _ known: [String]) throws -> String {
    let text = try string(name).lowercased()
    if known.contains(text) { return text }
    let near = Suggestion.nearest(to: text, among: known)
    throw Raise(
      .valueError,
      "The `\(name)` argument must be one of \(known.map { "'\($0)'" }.joined(separator: ", ")). "
        + "Received: \(name)=\(try machine.repr(self[name]))",
      hint: near.map { "Did you mean '\($0)'?" })
  }

  /// A weight's rule from the arguments `kernel_initializer`, `kernel_regularizer`, ...
  func rule(_ weight: String) throws -> WeightRule {
    var rule = WeightRule(try KerasInitializerDoor.read(self[weight + "_initializer"], machine))
    if has(weight + "_regularizer") {
      rule.regularizer = try KerasRegularizers.read(self[weight + "_regularizer"], machine)
    }
    if has(weight + "_constraint") {
      rule.constraint = try KerasConstraints.read(self[weight + "_constraint"], machine)
    }
    return rule
  }

  func activation(_ name: String = "activation") throws -> Activation? {
    try KerasActivations.read(self[name], machine)
  }
}

extension Machine {
  /// Whether a value can be called.
  func isCallable(_ value: Value) -> Bool {
    if value.object is FunctionObject || value.object is NativeFunction || value.asType != nil { return true }
    return ((try? optionalAttribute(value, "__call__")) ?? nil) != nil
  }
}
