import Language
import TensorCore

/// `torch.no_grad()` and its kin: a block or a function in which gradients are recorded or not.
final class GradientBlock: Instance {
  let records: Bool
  /// What was set before each entry; blocks nest.
  private var before: [Bool] = []

  init(_ records: Bool, _ type: TypeObject) {
    self.records = records
    super.init(type)
  }

  func enter() {
    before.append(GradientMode.isEnabled)
    GradientMode.setEnabled(records)
  }

  func exit() { GradientMode.setEnabled(before.popLast() ?? true) }

  /// A function that runs another one inside such a block.
  func wrap(_ function: Value) -> Value {
    let records = records
    return .object(
      NativeFunction(
        Native("wrapper(*args, **kwargs)", "The function, with gradients switched.") { a in
          let before = GradientMode.isEnabled
          GradientMode.setEnabled(records)
          defer { GradientMode.setEnabled(before) }
          return try a.machine.call(function, a.items(0), keywords: a.keywords(1))
        }))
  }

  private static func table(_ name: String, _ doc: String, records: Bool) -> TypeTable {
    TypeTable(
      name, module: "torch", doc: doc,
      methods: [
        Native("__new__(cls, function=None)", doc, example: "torch.\(name)()") { a in
          guard let type = a[0].asType else { return .none }
          let block = GradientBlock(records, type)
          // `@torch.no_grad` without parentheses decorates as well.
          let decorates = !a[1].isNone && a[1].asInt == nil
          return decorates ? block.wrap(a[1]) : .object(block)
        }
      ] + shared)
  }

  private static let shared: [Native] = [
    Native("__enter__(self)", "Begins the block.", example: "torch.no_grad()") { a in
      try a.receiver(GradientBlock.self).enter()
      return .none
    },
    Native("__exit__(self, kind, value, traceback)", "Ends the block.", example: "torch.no_grad()") { a in
      try a.receiver(GradientBlock.self).exit()
      return .bool(false)
    },
    Native("__call__(self, function)", "Decorates a function.", example: "torch.no_grad()(len)([1])") { a in
      try a.receiver(GradientBlock.self).wrap(a[1])
    },
  ]

  static let noGrad = table(
    "no_grad", "A block, or a decorated function, that records no gradients.", records: false)
  static let enableGrad = table(
    "enable_grad", "A block, or a decorated function, that records gradients.", records: true)
  static let inferenceMode = table(
    "inference_mode", "The same as no_grad.", records: false)

  /// Takes effect when it is made, and ends with its block where it is used as one.
  static let setGradEnabled = TypeTable(
    "set_grad_enabled", module: "torch",
    doc: "Switches the recording of gradients, at once and until the end of its block.",
    methods: [
      Native("__new__(cls, mode)", "Switches recording on or off.", example: "torch.set_grad_enabled(True)") { a in
        guard let type = a[0].asType else { return .none }
        let block = GradientBlock(try a.bool(1), type)
        block.enter()
        return .object(block)
      },
      Native("__enter__(self)", "Begins the block.", example: "torch.set_grad_enabled(True)") { _ in .none },
      Native("__exit__(self, kind, value, traceback)", "Ends the block.", example: "torch.set_grad_enabled(True)") {
        a in
        try a.receiver(GradientBlock.self).exit()
        return .bool(false)
      },
    ])
}

/// Gradients as functions and methods.
enum TorchAutograd {
  static let types = [
    GradientBlock.noGrad, GradientBlock.enableGrad, GradientBlock.inferenceMode,
    GradientBlock.setGradEnabled,
  ]

  static let functions: [Native] = [
    Native("is_grad_enabled()", "Whether gradients are recorded.", example: "torch.is_grad_enabled()") { _ in
      .bool(GradientMode.isEnabled)
    }
  ]

  static let methods: [Native] = [
    Native("backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None)", "The gradients of this with respect to the leaves, added to their grad.", example: "torch.ones(2, requires_grad=True).sum().backward()") {
      a in
      try Tensor.backward(
        [a.torchTensor(0)], gradients: a[1].isNone ? [] : [a.torchTensor(1)],
        retainGraph: a[2].isNone ? nil : a.bool(2), createGraph: a.bool(3),
        inputs: a[4].isNone ? nil : list(a, 4))
      return .none
    },
    Native("register_hook(self, hook)", "Calls a function with the gradient whenever one is computed; what it gives takes the gradient's place.", example: "torch.ones(2, requires_grad=True).register_hook(lambda g: 2 * g).remove()") {
      a in
      let (machine, hook) = (a.machine, a[1])
      let handle = try a.torchTensor(0).registerHook { gradient in
        let result = try machine.call(hook, [machine.torchValue(gradient)])
        if result.isNone { return nil }
        if let object = result.asTensorObject { return object.tensor }
        throw Raise(
          .typeError,
          "expected Variable, but hook returned '\(machine.typeName(result))'",
          hint: "a hook gives a tensor or None")
      }
      return .object(HookObject(handle, machine.type(HookObject.table)))
    },
    Native("register_post_accumulate_grad_hook(self, hook)", "Calls a function with this leaf after backward() has added to its grad.", example: "torch.ones(2, requires_grad=True).register_post_accumulate_grad_hook(print).remove()") {
      a in
      let (machine, hook) = (a.machine, a[1])
      let type = try a.tensorObject(0).type
      let handle = try a.torchTensor(0).registerPostAccumulateHook { leaf in
        let object = TensorObject(leaf, type: type, flavor: .torch, types: machine.tensorTypes)
        _ = try machine.call(hook, [.object(object)])
      }
      return .object(HookObject(handle, machine.type(HookObject.table)))
    },
    Native("retain_grad(self)", "Keeps the gradient of a result in its grad, which else only leaves have.", example: "(torch.ones(2, requires_grad=True) * 2).retain_grad()") {
      a in
      try a.torchTensor(0).retainGrad()
      return .none
    },
    Native("requires_grad_(self, requires_grad=True)", "Whether gradients collect here, in place.", example: "torch.ones(2).requires_grad_()") {
      a in
      try a.torchTensor(0).setRequiresGrad(a.bool(1))
      return a[0]
    },
    Native("detach_(self)", "Forgets the history, in place.", example: "torch.ones(2).detach_()") { a in
      let object = try a.tensorObject(0)
      object.tensor = object.tensor.detach()
      return a[0]
    },
  ]

  /// One tensor or several.
  static func list(_ a: Arguments, _ index: Int) throws -> [Tensor] {
    if let object = a[index].asTensorObject { return [object.tensor] }
    return try a.tensors(index, .torch)
  }

  /// One gradient or several, None where there is none.
  private static func gradients(_ a: Arguments, _ index: Int) throws -> [Tensor?] {
    if a[index].isNone { return [] }
    if let object = a[index].asTensorObject { return [object.tensor] }
    return try a.machine.array(a[index]).map { value in
      if value.isNone { return nil }
      guard let object = value.asTensorObject else { throw a.mismatch(index, expected: "Tensors") }
      return object.tensor
    }
  }

  static let module = ModuleTable(
    "torch.autograd", doc: "Gradients of functions of tensors.",
    entries: [
      .function(
        Native("grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, allow_unused=None, is_grads_batched=False, materialize_grads=False)", "The gradients of outputs with respect to inputs, without touching grad.", example: "torch.autograd.grad((x := torch.tensor(3., requires_grad=True)) ** 2, x)") {
          a in
          if try a.bool(6) {
            throw Raise(.notImplementedError, "grad(): is_grads_batched is not here; call it for each gradient")
          }
          let fills = try a.bool(7)
          let inputs = try list(a, 1)
          let found = try Tensor.gradients(
            of: list(a, 0), for: inputs, gradients: gradients(a, 2),
            retainGraph: a[3].isNone ? nil : a.bool(3), createGraph: a.bool(4),
            allowUnused: fills || (a[5].isNone ? false : a.bool(5)))
          return .tuple(
            try zip(found, inputs).map { gradient, input in
              if let gradient { return a.machine.torchValue(gradient) }
              return fills ? a.machine.torchValue(try Tensor.zerosLike(input)) : .none
            })
        }),
      .function(
        Native("backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None)", "The gradients of tensors with respect to the leaves, added to their grad.", example: "torch.autograd.backward(torch.ones(2, requires_grad=True).sum())") {
          a in
          try Tensor.backward(
            list(a, 0), gradients: gradients(a, 1), retainGraph: a[2].isNone ? nil : a.bool(2),
            createGraph: a.bool(3), inputs: a[5].isNone ? nil : list(a, 5))
          return .none
        }),
      .function(gradcheck),
      .type(CustomFunction.table), .type(GradientBlock.noGrad), .type(GradientBlock.enableGrad),
      .type(GradientBlock.inferenceMode), .type(GradientBlock.setGradEnabled),
      .type(AnomalyBlock.setDetectAnomaly), .type(AnomalyBlock.detectAnomaly),
    ])

  private static let gradcheck = Native(
    "gradcheck(func, inputs, *, eps=1e-06, atol=1e-05, rtol=0.001, raise_exception=True, fast_mode=False)",
    "Whether gradients agree with differences; inputs are best float64.",
    example: "torch.autograd.gradcheck(torch.sin, torch.ones(2, dtype=torch.float64, requires_grad=True))"
  ) { a in
    let call = try FunctionalCall(a, 0, inputs: 1)
    do {
      try Functional.checkGradients(
        call.run, call.inputs, eps: a.double(2), atol: a.double(3), rtol: a.double(4))
      return .bool(true)
    } catch {
      guard case TensorError.gradient(let message) = error, message.hasPrefix("Jacobian mismatch") else {
        throw error
      }
      if try !a.bool(5) { return .bool(false) }
      throw FileErrors.raise(gradcheckError, message, a.machine)
    }
  }

  private static let gradcheckError = TypeTable(
    "GradcheckError", module: "torch.autograd.gradcheck", doc: "Gradients and differences disagree.",
    baseName: "RuntimeError", showsModule: true)
}
