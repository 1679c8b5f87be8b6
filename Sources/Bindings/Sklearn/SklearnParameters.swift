import Language

/// `get_params`, `set_params`, the printed form and `clone`: what all estimators share.
enum SklearnParameters {
  /// The names of the constructor's parameters with their defaults, sorted by name.
  static func defaults(_ value: Value, _ machine: Machine) throws -> [(name: String, value: Value)] {
    switch value.asInstance {
    case let estimator as EstimatorObject:
      let fresh = try machine.call(.object(machine.type(estimator.row.table)))
      return try estimator.row.parameters.map { ($0.name, try machine.attribute(fresh, $0.name)) }
        .sorted { $0.0 < $1.0 }
    case is PipelineObject: return PipelineObject.defaults
    case is SearchObject: return SearchObject.defaults
    default: return []
    }
  }

  /// The values at present, sorted by name.
  static func current(_ value: Value, _ machine: Machine) throws -> [(name: String, value: Value)] {
    try defaults(value, machine).map { ($0.name, try machine.attribute(value, $0.name)) }
  }

  static let methods: [Native] = [
    Native("get_params(self, deep: bool = True)", "The hyperparameters by name.") { a in
      .object(try parameters(a[0], deep: try a.bool(1), a.machine))
    },
    Native("set_params(self, **params)", "Changes hyperparameters; gives the estimator.") { a in
      try set(a[0], a.keywords(1), a.machine)
      return a[0]
    },
    Native("__repr__(self)", "The class and the hyperparameters that are not as by default.") { a in
      .string(try EstimatorText(machine: a.machine).text(a[0]))
    },
  ]

  static func parameters(
    _ value: Value, deep: Bool, _ machine: Machine, depth: Int = 0
  ) throws -> DictObject {
    guard depth < deepest else { throw tooDeep }
    let result = DictObject()
    for (name, value) in try current(value, machine) {
      result[name] = value
      guard deep, isEstimator(value) else { continue }
      for (key, inner) in try parameters(value, deep: true, machine, depth: depth + 1).pairs {
        result["\(name)__\(key.swiftString ?? "")"] = inner
      }
    }
    if deep, let pipeline = value.asInstance as? PipelineObject {
      for step in try pipeline.steps(machine) {
        result[step.name] = step.value
        guard isEstimator(step.value) else { continue }
        for (key, inner) in try parameters(step.value, deep: true, machine, depth: depth + 1).pairs {
          result["\(step.name)__\(key.swiftString ?? "")"] = inner
        }
      }
    }
    return result
  }

  /// Lists that hold themselves end here, not at the end of the stack.
  static let deepest = 60
  static var tooDeep: Raise {
    Raise(.recursionError, "maximum recursion depth exceeded: an estimator holds itself")
  }

  static func isEstimator(_ value: Value) -> Bool {
    value.asInstance is EstimatorObject || value.asInstance is PipelineObject
      || value.asInstance is SearchObject
  }

  static func set(_ value: Value, _ changes: [(name: String, value: Value)], _ machine: Machine) throws {
    for change in changes {
      let parts = change.name.components(at: "__")
      let known = try current(value, machine)
      let steps = try (value.asInstance as? PipelineObject)?.steps(machine) ?? []
      let inner = known.first { $0.name == parts.first }?.value ?? steps.first { $0.name == parts.first }?.value
      guard let inner else {
        let names = known.map { "'\($0.name)'" }.joined(separator: ", ")
        throw Raise(
          .valueError,
          "Invalid parameter '\(parts.first)' for estimator \(try machine.repr(value)). Valid "
            + "parameters are: [\(names)].")
      }
      if let rest = parts.rest {
        try set(inner, [(rest, change.value)], machine)
      } else if let pipeline = value.asInstance as? PipelineObject, steps.contains(where: { $0.name == change.name }) {
        try pipeline.replace(change.name, change.value, machine)
      } else {
        value.asInstance?.setOwn(change.name, change.value)
      }
    }
  }

  /// An unfitted copy with the same hyperparameters.
  static func clone(
    _ value: Value, _ machine: Machine, safe: Bool = true, depth: Int = 0
  ) throws -> Value {
    guard depth < deepest else { throw tooDeep }
    if let list = value.asList { return .list(try machine.array(.object(list)).map { try clone($0, machine, safe: safe, depth: depth + 1) }) }
    if let tuple = value.asTuple { return .tuple(try tuple.items.map { try clone($0, machine, safe: safe, depth: depth + 1) }) }
    guard isEstimator(value), let instance = value.asInstance else {
      if !safe { return value }
      throw Raise(
        .typeError,
        "Cannot clone object '\(try machine.repr(value))' (type "
          + "\(try machine.repr(.object(machine.type(of: value))))): it does not seem to be a "
          + "scikit-learn estimator as it does not implement a 'get_params' method.")
    }
    let keywords = try current(value, machine).map { ($0.name, try clone($0.value, machine, safe: false, depth: depth + 1)) }
    return try machine.call(.object(instance.type), [], keywords: keywords)
  }

  static let base = ModuleTable(
    "sklearn.base", doc: "What all estimators share.",
    entries: [
      .function(
        Native(
          "clone(estimator, *, safe: bool = True)", "An unfitted copy with the same hyperparameters.",
          example: "clone(Ridge(alpha=2))"
        ) { a in try clone(a[0], a.machine, safe: try a.bool(1)) }),
      .function(
        Native("is_classifier(estimator)", "Whether an estimator predicts classes.") { a in
          .bool(CrossValidation.isClassifier(a[0], a.machine))
        }),
      .function(
        Native("is_regressor(estimator)", "Whether an estimator predicts a quantity.") { a in
          .bool((CrossValidation.last(a[0], a.machine).asInstance as? EstimatorObject)?.row.kind == .regressor)
        }),
    ])
}

extension String {
  /// The text before and after the first separator.
  fileprivate func components(at separator: String) -> (first: String, rest: String?) {
    var place = startIndex
    while place < endIndex {
      if self[place...].hasPrefix(separator), place > startIndex {
        return (String(self[..<place]), String(self[place...].dropFirst(separator.count)))
      }
      place = index(after: place)
    }
    return (self, nil)
  }
}
