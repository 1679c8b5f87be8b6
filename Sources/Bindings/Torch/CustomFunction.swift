import Language
import TensorCore

/// What `forward` and `backward` of a function of one's own share: `ctx`.
final class FunctionContext: Instance {
  fileprivate struct Kept {
    let value: Value
    let version: Int
    /// Which result it is, if it is one.
    var result: Int?
  }

  fileprivate var kept: [Kept] = []
  /// The results with their history, while `backward` runs.
  fileprivate var results: [Tensor] = []
  fileprivate var needs: [Bool] = []
  fileprivate var dirty: [ObjectIdentifier] = []
  fileprivate var fixed: [ObjectIdentifier] = []
  fileprivate var fillsZeros = true

  fileprivate func savedTensors(_ machine: Machine) throws -> Value {
    .tuple(
      try kept.map { entry in
        guard let object = entry.value.asTensorObject else { return .none }
        guard object.tensor.version == entry.version else {
          throw Raise(
            .runtimeError,
            "one of the variables needed for gradient computation has been modified by an inplace "
              + "operation: [torch.\(TensorErrors.className(object.tensor.dtype))Tensor "
              + "\(object.tensor.shape)] is at version \(object.tensor.version); expected version "
              + "\(entry.version) instead. Hint: enable anomaly detection to find the operation that "
              + "failed to compute its gradient, "
              + "with torch.autograd.set_detect_anomaly(True, check_nan=False).")
        }
        if let place = entry.result, results.indices.contains(place) {
          return machine.torchValue(results[place])
        }
        return entry.value
      })
  }

  static let table = TypeTable(
    "FunctionCtx", module: "torch.autograd.function",
    doc: "What forward and backward of a function of one's own share.",
    properties: [
      NativeProperty("saved_tensors", "The tensors of save_for_backward.") { value, machine in
        guard let context = value.asInstance as? FunctionContext else { return .none }
        return try context.savedTensors(machine)
      },
      NativeProperty("needs_input_grad", "For each argument, whether it needs a gradient.") { value, _ in
        .tuple(((value.asInstance as? FunctionContext)?.needs ?? []).map { .bool($0) })
      },
    ],
    methods: [
      Native("save_for_backward(self, *tensors)", "Keeps tensors for backward; None may be among them.") { a in
        let context = try a.receiver(FunctionContext.self)
        context.kept = try a.items(1).map { value in
          if !value.isNone, value.asTensorObject == nil {
            throw Raise(
              .typeError,
              "save_for_backward can only save variables, but argument is of type "
                + a.machine.typeName(value), hint: "keep other values as attributes: ctx.n = n")
          }
          return FunctionContext.Kept(value: value, version: value.asTensorObject?.tensor.version ?? 0)
        }
        return .none
      },
      Native("mark_dirty(self, *args)", "Says which arguments forward writes to.") { a in
        try a.receiver(FunctionContext.self).dirty = a.items(1).compactMap {
          $0.object.map { ObjectIdentifier($0) }
        }
        return .none
      },
      Native("mark_non_differentiable(self, *args)", "Says which results have no gradient.") { a in
        try a.receiver(FunctionContext.self).fixed = a.items(1).compactMap {
          $0.object.map { ObjectIdentifier($0) }
        }
        return .none
      },
      Native("set_materialize_grads(self, value)", "Whether missing gradients come as zeros (True) or as None.") {
        a in
        try a.receiver(FunctionContext.self).fillsZeros = a.bool(1)
        return .none
      },
    ])
}

/// `torch.autograd.Function`: an operation with a gradient of one's own, written in the language.
enum CustomFunction {
  static let table = TypeTable(
    "Function", module: "torch.autograd",
    doc: "An operation with a gradient of one's own: a class with static methods forward and backward.",
    allocate: { FunctionContext($0) },
    classMethods: [
      Native("apply(cls, *args, **kwargs)", "Runs forward and records backward.") { a in
        try apply(a)
      }
    ])

  private static func apply(_ a: Arguments) throws -> Value {
    let machine = a.machine
    let arguments = try a.items(1)
    let keywords = a.keywords(2)
    // Slots of arguments live as long as the call; backward comes later.
    let own = a[0]
    guard let type = own.asType else { throw a.mismatch(0, expected: "a class") }
    func method(_ name: String) throws -> Value {
      guard let found = try machine.optionalAttribute(own, name) else {
        throw Raise(
          .notImplementedError,
          "You must implement the \(name) function for custom autograd.Function.",
          hint: "a static method: @staticmethod def \(name)(ctx, ...)")
      }
      return found
    }
    let context = FunctionContext(machine.type(FunctionContext.table))
    let operands = arguments.map { $0.asTensorObject?.tensor }
    context.needs = operands.map { $0?.requiresGrad ?? false }
    let forward = try method("forward")
    let setup = try machine.optionalAttribute(own, "setup_context")
    let output = try noGrad {
      guard let setup else {
        return try machine.call(forward, [.object(context)] + arguments, keywords: keywords)
      }
      let output = try machine.call(forward, arguments, keywords: keywords)
      _ = try machine.call(setup, [.object(context), .tuple(arguments), output])
      return output
    }
    let isSingle = output.asTuple == nil
    var outputs = output.asTuple?.items ?? [output]
    // Results that take part: tensors that are not said to be without a gradient.
    let places = outputs.indices.filter { place in
      guard let object = outputs[place].asTensorObject else { return false }
      return !context.fixed.contains(ObjectIdentifier(object))
    }
    for (i, place) in places.enumerated() {
      guard let object = outputs[place].object else { continue }
      for k in context.kept.indices where context.kept[k].value.object === object {
        let isArgument = arguments.contains { $0.object === object }
        if !isArgument { context.kept[k].result = i }
      }
    }
    let results = places.compactMap { outputs[$0].asTensorObject?.tensor }
    let shown = try GradientMode.isEnabled
      ? Tensor.recorded(
        results: results, as: type.name + "Backward", from: operands.compactMap { $0 }
      ) { gradients, attached in
        context.results = attached
        defer { context.results = [] }
        var values: [Value] = Array(repeating: .none, count: outputs.count)
        for (i, place) in places.enumerated() {
          if let gradient = gradients[i] {
            values[place] = machine.torchValue(gradient)
          } else if context.fillsZeros {
            values[place] = machine.torchValue(try Tensor.zerosLike(attached[i].detach()))
          }
        }
        let found = try machine.call(method("backward"), [.object(context)] + values)
        return try sorted(found, operands, type.name, machine)
      } : results
    for (i, place) in places.enumerated() {
      guard let object = outputs[place].asTensorObject else { continue }
      if context.dirty.contains(ObjectIdentifier(object)) {
        object.tensor = shown[i]
      } else if shown[i] !== object.tensor {
        outputs[place] = machine.torchValue(shown[i])
      }
    }
    return isSingle ? outputs[0] : .tuple(outputs)
  }

  /// What `backward` gave, as one gradient for each tensor among the arguments.
  private static func sorted(
    _ found: Value, _ operands: [Tensor?], _ name: String, _ machine: Machine
  ) throws -> [Tensor?] {
    var items = found.asTuple?.items ?? found.asList?.items ?? [found]
    while items.count > operands.count, items.last?.isNone == true { items.removeLast() }
    guard items.count == operands.count else {
      throw Raise(
        .runtimeError,
        "function \(name)Backward returned an incorrect number of gradients (expected "
          + "\(operands.count), got \(items.count))")
    }
    var gradients: [Tensor?] = []
    for (place, operand) in operands.enumerated() {
      guard let operand else { continue }
      if items[place].isNone {
        gradients.append(nil)
        continue
      }
      guard let gradient = items[place].asTensorObject?.tensor else {
        throw Raise(
          .typeError,
          "expected Variable or None (got \(machine.typeName(items[place])))")
      }
      if gradient.shape != operand.shape {
        let fits = (try? Shape.broadcast(operand.shape, gradient.shape, "backward")) == gradient.shape
        guard fits else {
          throw Raise(
            .runtimeError,
            "Function \(name)Backward returned an invalid gradient at index \(place) - got "
              + "\(gradient.shape) but expected shape compatible with \(operand.shape)")
        }
        gradients.append(try gradient.summed(to: operand.shape))
      } else {
        gradients.append(gradient)
      }
    }
    return gradients
  }
}
