import Language
import TensorCore

/// The operation that made a tensor, `x.grad_fn`, or where a gradient ends: `AccumulateGrad`.
final class GradientFunction: Instance {
  private let place: OperationRecord.Next

  init(_ place: OperationRecord.Next, _ type: TypeObject) {
    self.place = place
    super.init(type)
  }

  var name: String {
    if case .operation(let record) = place { record.name } else { "AccumulateGrad" }
  }

  /// What is the same for the same operation, though each look makes a new object.
  private var identity: ObjectIdentifier {
    switch place {
    case .operation(let record): record.identity
    case .leaf(let tensor): ObjectIdentifier(tensor)
    case .nothing: ObjectIdentifier(self)
    }
  }

  static let table = TypeTable(
    "Node", module: "torch.autograd.graph", doc: "The operation that made a tensor.",
    properties: [
      NativeProperty("next_functions", "The operations that made the operands, each with 0.") {
        value, machine in
        guard let function = value.asInstance as? GradientFunction,
          case .operation(let record) = function.place
        else { return .tuple([]) }
        return .tuple(
          record.next.map { next in
            if case .nothing = next { return .tuple([.none, .int(0)]) }
            return .tuple([
              .object(GradientFunction(next, machine.tensorTypes.gradientFunction)), .int(0),
            ])
          })
      },
      NativeProperty("variable", "The leaf whose grad collects here.") { value, machine in
        guard let function = value.asInstance as? GradientFunction,
          case .leaf(let tensor) = function.place
        else { return .none }
        return machine.torchValue(tensor)
      },
    ],
    methods: [
      Native("name(self)", "The name of the operation.", example: "(torch.ones(1, requires_grad=True) * 2).grad_fn.name()") {
        a in
        let function = try a.receiver(GradientFunction.self)
        return .string(function.name == "AccumulateGrad" ? "torch::autograd::AccumulateGrad" : function.name)
      },
      Native("__repr__(self)", "`<MulBackward0 object at 0x...>`.", example: "len(repr((torch.ones(1, requires_grad=True) * 2).grad_fn)) > 3") {
        a in
        let function = try a.receiver(GradientFunction.self)
        let address = UInt(bitPattern: function.identity.hashValue)
        return .string("<\(function.name) object at 0x\(String(address, radix: 16))>")
      },
      Native("__eq__(self, other)", "Whether it is the same operation.", example: "(y := torch.ones(1, requires_grad=True) * 2).grad_fn == y.grad_fn") {
        a in
        let other = (a[1].asInstance as? GradientFunction)?.identity
        return .bool(try a.receiver(GradientFunction.self).identity == other)
      },
      Native("__hash__(self)", "By operation.", example: "hash((torch.ones(1, requires_grad=True) * 2).grad_fn) != 0") {
        a in .int(try a.receiver(GradientFunction.self).identity.hashValue)
      },
    ])
}

/// What `register_hook` gives.
final class HookObject: Instance {
  let handle: HookHandle
  init(_ handle: HookHandle, _ type: TypeObject) {
    self.handle = handle
    super.init(type)
  }

  static let table = TypeTable(
    "RemovableHandle", module: "torch.utils.hooks", doc: "Takes a hook away again.",
    properties: [
      NativeProperty("id", "The number of the hook.") { value, _ in
        .int((value.asInstance as? HookObject)?.handle.id ?? 0)
      }
    ],
    methods: [
      Native("remove(self)", "Takes the hook away.", example: "torch.ones(2, requires_grad=True).register_hook(print).remove()") {
        a in
        try a.receiver(HookObject.self).handle.remove()
        return .none
      },
      Native("__enter__(self)", "Begins a block.") { a in a[0] },
      Native("__exit__(self, kind, value, traceback)", "Takes the hook away.") { a in
        try a.receiver(HookObject.self).handle.remove()
        return .bool(false)
      },
    ])
}

/// `torch.autograd.set_detect_anomaly` and `detect_anomaly`: backward() stops at the first operation
/// that gives NaN and names it.
final class AnomalyBlock: Instance {
  private let enabled: Bool
  private var before: [Bool] = []

  private init(_ enabled: Bool, _ type: TypeObject) {
    self.enabled = enabled
    super.init(type)
  }

  private func enter() {
    before.append(GradientMode.detectsAnomaly)
    GradientMode.detectsAnomaly = enabled
  }

  private func exit() { GradientMode.detectsAnomaly = before.popLast() ?? false }

  /// Takes effect when it is made, and ends with its block where it is used as one.
  static let setDetectAnomaly = TypeTable(
    "set_detect_anomaly", module: "torch.autograd.anomaly_mode",
    doc: "Whether backward() stops at the first operation that gives NaN and names it.",
    methods: [
      Native("__new__(cls, mode, check_nan=True)", "Switches the search on or off.", example: "torch.autograd.set_detect_anomaly(False)") { a in
        guard let type = a[0].asType else { return .none }
        let block = AnomalyBlock(try a.bool(1) && a.bool(2), type)
        block.enter()
        return .object(block)
      },
      Native("__enter__(self)", "Begins the block.") { _ in .none },
      exitRow,
    ])

  static let detectAnomaly = TypeTable(
    "detect_anomaly", module: "torch.autograd.anomaly_mode",
    doc: "A block in which backward() stops at the first operation that gives NaN and names it.",
    methods: [
      Native("__new__(cls, check_nan=True)", "Switches the search on or off.", example: "torch.autograd.detect_anomaly()") { a in
        guard let type = a[0].asType else { return .none }
        return .object(AnomalyBlock(try a.bool(1), type))
      },
      Native("__enter__(self)", "Begins the block.") { a in
        try a.receiver(AnomalyBlock.self).enter()
        return .none
      },
      exitRow,
    ])

  private static let exitRow = Native("__exit__(self, kind, value, traceback)", "Ends the block.") { a in
    try a.receiver(AnomalyBlock.self).exit()
    return .bool(false)
  }
}
