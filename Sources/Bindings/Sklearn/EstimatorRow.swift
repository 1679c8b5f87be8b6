import Classical
import Language

/// What a hyperparameter may be: the words in which scikit-learn says it, and the test.
struct ParameterRule: @unchecked Sendable {
  private let parts: [(sentence: String, accepts: (Value, Machine) -> Bool)]

  private init(_ parts: [(sentence: String, accepts: (Value, Machine) -> Bool)]) { self.parts = parts }

  private init(_ sentence: String, _ accepts: @escaping (Value, Machine) -> Bool) {
    self.init([(sentence, accepts)])
  }

  static let bool = ParameterRule("an instance of 'bool'") { value, _ in
    if case .bool = value { true } else { false }
  }.or(
    ParameterRule("an instance of 'numpy.bool'") { value, _ in
      if case .bool? = value.asNumpyScalar?.value { true } else { false }
    })

  static let none = ParameterRule("None") { value, _ in value.isNone }

  static let array = ParameterRule("an array-like") { value, _ in
    value.asTensorObject != nil || value.asList != nil || value.asTuple != nil
      || value.asInstance is any ArraySource
  }

  static let tuple = ParameterRule("an instance of 'tuple'") { value, _ in value.asTuple != nil }
  static let dict = ParameterRule("an instance of 'dict'") { value, _ in value.asDict != nil }
  static let callable = ParameterRule("a callable") { _, _ in false }
  static let randomState = int(from: 0, to: 4_294_967_295, closing: "]").or(
    ParameterRule("an instance of 'numpy.random.mtrand.RandomState'") { value, _ in
      value.asInstance is RandomStateObject
    }
  ).or(none)
  /// What no code of the library reads.
  static let anything = ParameterRule("anything") { _, _ in true }

  static func int(from low: Int, to high: Int? = nil, closing: String = ")") -> ParameterRule {
    ParameterRule("an int in the range [\(low), \(high.map(String.init) ?? "inf")\(closing)") {
      value, machine in
      if case .bool = value { return false }
      guard value.asDouble == nil || value.asInt != nil,
        let number = try? machine.index(value)
      else { return false }
      return number >= low && number <= high ?? .max
    }
  }

  /// A number above `low`, or of `low` and more.
  static func real(from low: Double, open: Bool = false, closing: String = "inf)") -> ParameterRule {
    ParameterRule("a float in the range \(open ? "(" : "[")\(low), \(closing)") { value, machine in
      if case .bool = value { return false }
      if value.swiftString != nil { return false }
      guard let number = value.asDouble ?? value.asInt.map(Double.init) ?? machine.plainNumber(value)
      else { return false }
      return (open ? number > low : number >= low) && (number < .infinity || closing == "inf]")
    }
  }

  static func choice(_ names: String...) -> ParameterRule {
    ParameterRule("a str among {" + names.map { "'\($0)'" }.joined(separator: ", ") + "}") {
      value, _ in value.swiftString.map(names.contains) ?? false
    }
  }

  func or(_ other: ParameterRule) -> ParameterRule { ParameterRule(parts + other.parts) }

  func accepts(_ value: Value, _ machine: Machine) -> Bool {
    parts.contains { $0.accepts(value, machine) }
  }

  var sentence: String {
    let sentences = parts.map(\.sentence)
    guard sentences.count > 1, let last = sentences.last else { return sentences.first ?? "" }
    return sentences.dropLast().joined(separator: ", ") + " or " + last
  }
}

extension Machine {
  /// The number in a scalar of NumPy.
  func plainNumber(_ value: Value) -> Double? {
    guard value.asNumpyScalar != nil, let number = try? float(value) else { return nil }
    return number
  }
}

/// A hyperparameter with its default as a program writes it.
struct EstimatorParameter: Sendable {
  let name: String
  let defaultText: String
  let rule: ParameterRule

  init(_ name: String, _ defaultText: String, _ rule: ParameterRule) {
    self.name = name
    self.defaultText = defaultText
    self.rule = rule
  }
}

/// One estimator of the library as the door shows it: from this come the class, its constructor,
/// `get_params`, the printed form and the check of hyperparameters.
final class EstimatorRow: @unchecked Sendable {
  enum Kind: Sendable { case regressor, classifier, clusterer, transformer }

  let name: String
  /// Where programs import it from.
  let module: String
  /// The file of the original, which the printed class names.
  let file: String
  let doc: String
  let kind: Kind
  /// How many parameters may be given without their names.
  let positional: Int
  let parameters: [EstimatorParameter]
  let make: @Sendable (EstimatorSettings) throws -> any EstimatorModel

  init(
    _ name: String, _ module: String, file: String, _ kind: Kind, _ doc: String, positional: Int = 0,
    _ parameters: [EstimatorParameter],
    make: @escaping @Sendable (EstimatorSettings) throws -> any EstimatorModel
  ) {
    self.name = name
    self.module = module
    self.file = file
    self.kind = kind
    self.doc = doc
    self.positional = positional
    self.parameters = parameters
    self.make = make
  }

  /// Whether its input becomes floats before anything else.
  var makesFloats: Bool { kind == .transformer || kind == .clusterer }

  /// The class of the language.
  private(set) lazy var table = TypeTable(
    name, module: "\(module).\(file)", doc: doc, allocate: { [unowned self] in EstimatorObject($0, self) },
    methods: EstimatorMethods.methods(self))

  /// `(self, alpha=1.0, *, fit_intercept=True)`
  var signature: String {
    var parts = ["self"]
    for (place, parameter) in parameters.enumerated() {
      if place == positional { parts.append("*") }
      parts.append("\(parameter.name)=\(parameter.defaultText)")
    }
    return "(" + parts.joined(separator: ", ") + ")"
  }
}

/// The hyperparameters that an estimator has at the moment of `fit`.
struct EstimatorSettings {
  let object: EstimatorObject
  let machine: Machine

  var estimator: String { object.row.name }

  subscript(name: String) -> Value { object.own(name) ?? .none }

  func bool(_ name: String) throws -> Bool { try machine.truth(self[name]) }
  func double(_ name: String) throws -> Double { try machine.float(self[name]) ?? 0 }
  func int(_ name: String) throws -> Int { try machine.index(self[name]) ?? 0 }
  func string(_ name: String) -> String? { self[name].swiftString }

  /// Throws for the first value, by name, that the estimator does not take.
  func check() throws {
    for parameter in object.row.parameters.sorted(by: { $0.name < $1.name }) {
      let value = self[parameter.name]
      guard !parameter.rule.accepts(value, machine) else { continue }
      throw SklearnErrors.invalidParameter(
        "The '\(parameter.name)' parameter of \(estimator) must be \(parameter.rule.sentence). Got "
          + "\(try machine.repr(value)) instead.", machine)
    }
  }

  /// Throws when a parameter that scikit-learn has asks for what the library lacks.
  func require(_ name: String, _ isThere: Bool, _ fix: String) throws {
    guard !isThere else { return }
    throw Raise(
      .notImplementedError,
      "\(estimator)(\(name)=\(try machine.repr(self[name]))) is not there", hint: fix)
  }
}
