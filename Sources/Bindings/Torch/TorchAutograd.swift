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

/// The operation that made a tensor: `x.grad_fn`.
final class GradientFunction: Instance {
  let name: String
  init(_ name: String, _ type: TypeObject) {
    self.name = name
    super.init(type)
  }

  static let table = TypeTable(
    "Node", module: "torch.autograd.graph", doc: "The operation that made a tensor.",
    methods: [
      Native("name(self)", "The name of the operation.", example: "(torch.ones(1, requires_grad=True) * 2).grad_fn.name()") {
        a in .string(try a.receiver(GradientFunction.self).name)
      },
      Native("__repr__(self)", "`<MulBackward0>`.", example: "len(repr((torch.ones(1, requires_grad=True) * 2).grad_fn)) > 3") {
        a in
        let function = try a.receiver(GradientFunction.self)
        let place = UInt(bitPattern: Unmanaged.passUnretained(function).toOpaque())
        return .string("<\(function.name) object at 0x\(String(place, radix: 16))>")
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
    Native("backward(self, gradient=None, retain_graph=None, create_graph=False)", "The gradients of this with respect to the leaves, added to their grad.", example: "torch.ones(2, requires_grad=True).sum().backward()") {
      a in
      try a.torchTensor(0).backward(
        gradient: a[1].isNone ? nil : a.torchTensor(1),
        retainGraph: a[2].isNone ? nil : a.bool(2), createGraph: a.bool(3))
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

  static let module = ModuleTable(
    "torch.autograd", doc: "Gradients of functions of tensors.",
    entries: [
      .function(
        Native("grad(outputs, inputs, grad_outputs=None, retain_graph=None, create_graph=False, allow_unused=False)", "The gradients of outputs with respect to inputs, without touching grad.", example: "torch.autograd.grad((x := torch.tensor(3., requires_grad=True)) ** 2, x)") {
          a in
          func list(_ index: Int) throws -> [Tensor] {
            if let object = a[index].asTensorObject { return [object.tensor] }
            return try a.tensors(index, .torch)
          }
          let gradients = try Tensor.gradients(
            of: list(0), for: list(1), gradients: a[2].isNone ? [] : list(2),
            retainGraph: a[3].isNone ? nil : a.bool(3), createGraph: a.bool(4),
            allowUnused: a.bool(5))
          return .tuple(gradients.map { $0.map { a.machine.torchValue($0) } ?? .none })
        }),
      .function(
        Native("backward(tensors, grad_tensors=None, retain_graph=None, create_graph=False)", "The gradients of tensors with respect to the leaves, added to their grad.", example: "torch.autograd.backward(torch.ones(2, requires_grad=True).sum())") {
          a in
          let tensors = try a[0].asTensorObject.map { [$0.tensor] } ?? a.tensors(0, .torch)
          for tensor in tensors {
            try tensor.backward(
              gradient: a[1].isNone ? nil : a.torchTensor(1),
              retainGraph: a[2].isNone ? nil : a.bool(2), createGraph: a.bool(3))
          }
          return .none
        }),
    ])
}
