import Language

/// `sklearn.pipeline.Pipeline`: steps that each hand their output to the next.
final class PipelineObject: Instance {
  var isFitted = false

  static let defaults: [(name: String, value: Value)] = [
    ("memory", .none), ("steps", .undefined), ("transform_input", .none), ("verbose", .bool(false)),
  ]

  /// - Throws: when `steps` is no list of pairs of a name and an estimator.
  func steps(_ machine: Machine) throws -> [(name: String, value: Value)] {
    try machine.array(own("steps") ?? .list([])).map { step in
      let pair = try machine.array(step)
      guard pair.count == 2, let name = pair[0].swiftString else {
        throw Raise(
          .typeError, "a step of a Pipeline is a pair of a name and an estimator, got "
            + "\(try machine.repr(step))")
      }
      return (name, pair[1])
    }
  }

  func replace(_ name: String, _ value: Value, _ machine: Machine) throws {
    let steps = try steps(machine).map { $0.name == name ? ($0.name, value) : $0 }
    setOwn("steps", .list(steps.map { .tuple([.string($0.0), $0.1]) }))
  }

  static func isPassing(_ value: Value) -> Bool { value.isNone || value.swiftString == "passthrough" }
}

enum SklearnPipeline {
  static let table: TypeTable = TypeTable(
    "Pipeline", module: "sklearn.pipeline",
    doc: "Transformers in a row with an estimator at the end.",
    allocate: { PipelineObject($0) },
    missingAttribute: { instance, name, machine in
      guard let pipeline = instance as? PipelineObject, name == "named_steps" || name == "classes_" || name == "n_features_in_"
      else { return nil }
      let steps = try pipeline.steps(machine)
      if name == "classes_", let last = steps.last { return try machine.attribute(last.value, name) }
      if name == "n_features_in_", let first = steps.first { return try machine.attribute(first.value, name) }
      let bunch = Instance(machine.type(Bunch.table))
      for step in steps { bunch.setOwn(step.name, step.value) }
      return .object(bunch)
    },
    methods: SklearnParameters.methods + [
      Native("__init__(self, steps, *, transform_input=None, memory=None, verbose=False)", "Keeps the steps.") { a in
        let pipeline = try a.receiver(PipelineObject.self)
        for (place, name) in ["steps", "transform_input", "memory", "verbose"].enumerated() {
          pipeline.setOwn(name, a[place + 1])
        }
        return .none
      },
      Native("fit(self, X, y=None, **params)", "Fits all steps, each on what those before it give.") { a in
        try fit(a, method: "fit")
        return a[0]
      },
      Native("fit_transform(self, X, y=None, **params)", "Fits all steps and gives the transformed samples.") { a in
        try fit(a, method: "fit_transform")
      },
      Native("fit_predict(self, X, y=None, **params)", "Fits all steps and predicts.") { a in
        try fit(a, method: "fit_predict")
      },
      use("predict(self, X)"), use("predict_proba(self, X)"), use("predict_log_proba(self, X)"),
      use("decision_function(self, X)"), use("transform(self, X)"), use("score(self, X, y=None)"),
      Native("inverse_transform(self, X)", "Undoes all steps, the last one first.") { a in
        var x = a[1]
        for step in try a.receiver(PipelineObject.self).steps(a.machine).reversed()
        where !PipelineObject.isPassing(step.value) {
          x = try a.machine.call(try a.machine.attribute(step.value, "inverse_transform"), [x])
        }
        return x
      },
      Native("__len__(self)", "The number of steps.") { a in
        .int(try a.receiver(PipelineObject.self).steps(a.machine).count)
      },
      Native("__getitem__(self, ind)", "A step by place or name; a Pipeline of a slice.") { a in
        let steps = try a.receiver(PipelineObject.self).steps(a.machine)
        if let name = a[1].swiftString {
          guard let step = steps.first(where: { $0.name == name }) else { throw Raise(.keyError, arguments: [a[1]]) }
          return step.value
        }
        let chosen = try a.machine.item(.list(steps.map { .tuple([.string($0.name), $0.value]) }), a[1])
        if let pair = chosen.asTuple?.items { return pair[1] }
        return try a.machine.call(.object(a.machine.type(table)), [chosen])
      },
    ])

  private static func use(_ signature: String) -> Native {
    let name = String(signature.prefix { $0 != "(" })
    return Native(signature, "The samples through all steps, then \(name) of the last one.") { a in
      let pipeline = try a.receiver(PipelineObject.self)
      let machine = a.machine
      let steps = try pipeline.steps(machine)
      guard let last = steps.last else { throw Raise(.valueError, "The pipeline is empty. Please add steps.") }
      let method = PipelineObject.isPassing(last.value) && name == "transform"
        ? nil : try machine.attribute(last.value, name)
      guard pipeline.isFitted else { throw SklearnErrors.notFitted("Pipeline", machine) }
      var x = a[1]
      for step in steps.dropLast() where !PipelineObject.isPassing(step.value) {
        x = try machine.call(try machine.attribute(step.value, "transform"), [x])
      }
      guard let method else { return x }
      return try machine.call(method, a.isGiven(2) && name == "score" ? [x, a[2]] : [x])
    }
  }

  @discardableResult
  private static func fit(_ a: Arguments, method: String) throws -> Value {
    let pipeline = try a.receiver(PipelineObject.self)
    let machine = a.machine
    var steps = try pipeline.steps(machine)
    guard !steps.isEmpty else { throw Raise(.valueError, "The pipeline is empty. Please add steps.") }
    for (place, step) in steps.enumerated() where !PipelineObject.isPassing(step.value) {
      let wanted = place < steps.count - 1 ? "transform" : "fit"
      guard try machine.optionalAttribute(step.value, wanted) != nil else {
        let text = try machine.repr(step.value)
        let type = try machine.repr(.object(machine.type(of: step.value)))
        throw Raise(
          .typeError,
          wanted == "transform"
            ? "All intermediate steps should be transformers and implement fit and transform or be "
              + "the string 'passthrough' '\(text)' (type \(type)) doesn't"
            : "Last step of Pipeline should implement fit or be the string 'passthrough'. '\(text)' "
              + "(type \(type)) doesn't")
      }
    }
    var x = a[1]
    for place in 0..<(steps.count - 1) where !PipelineObject.isPassing(steps[place].value) {
      let fresh = try SklearnParameters.clone(steps[place].value, machine, safe: false)
      x = try machine.call(try machine.attribute(fresh, "fit_transform"), [x, a[2]])
      steps[place].value = fresh
    }
    pipeline.setOwn("steps", .list(steps.map { .tuple([.string($0.name), $0.value]) }))
    guard let last = steps.last?.value, !PipelineObject.isPassing(last) else {
      pipeline.isFitted = true
      return x
    }
    var result = Value.none
    if method == "fit_transform", try machine.optionalAttribute(last, method) == nil {
      _ = try machine.call(try machine.attribute(last, "fit"), [x, a[2]])
      result = try machine.call(try machine.attribute(last, "transform"), [x])
    } else {
      result = try machine.call(try machine.attribute(last, method), [x, a[2]])
    }
    pipeline.isFitted = true
    return result
  }

  static let module = ModuleTable(
    "sklearn.pipeline", doc: "Estimators in a row.",
    entries: [
      .type(table),
      .function(
        Native(
          "make_pipeline(*steps, memory=None, transform_input=None, verbose=False)",
          "A Pipeline whose steps are named after their classes."
        ) { a in
          let machine = a.machine
          let values = try a.items(0)
          let names = values.map { $0.swiftString ?? machine.typeName($0).lowercased() }
          var seen: [String: Int] = [:]
          let steps = names.enumerated().map { place, name -> Value in
            let isRepeated = names.filter { $0 == name }.count > 1
            seen[name, default: 0] += 1
            let full = isRepeated ? "\(name)-\(seen[name, default: 0])" : name
            return .tuple([.string(full), values[place]])
          }
          return try machine.call(
            .object(machine.type(table)), [.list(steps)],
            keywords: [("memory", a[1]), ("transform_input", a[2]), ("verbose", a[3])])
        }),
    ])
}
