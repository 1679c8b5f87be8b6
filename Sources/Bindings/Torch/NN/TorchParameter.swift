import Language
import TensorCore

/// `torch.nn.Parameter`: a tensor that a module trains.
enum TorchParameter {
  static let table = TypeTable(
    "Parameter", module: "torch.nn.parameter",
    doc: "A tensor that counts as a parameter when it becomes an attribute of a module.",
    base: TorchTensor.table,
    methods: [
      Native("__new__(cls, data=None, requires_grad=True)", "A parameter with the memory of a tensor.", example: "torch.nn.Parameter(torch.zeros(2))") { a in
        guard let type = a[0].asType else { return .none }
        let types = a.machine.tensorTypes
        let tensor: Tensor
        if a[1].isNone {
          tensor = try Tensor.zeros([0], dtype: types.defaultDType)
        } else if let given = a[1].asTensorObject {
          tensor = given.tensor.detach()
        } else {
          throw Raise(
            .attributeError, "'\(a.machine.typeName(a[1]))' object has no attribute 'detach'",
            hint: "a parameter is made of a tensor: nn.Parameter(torch.tensor(...))")
        }
        if try a.bool(2) { try tensor.setRequiresGrad(true) }
        return .object(TensorObject(tensor, type: type, flavor: .torch, types: types))
      },
      Native("__repr__(self)", "The tensor under its title.") { a in
        let object = try a.tensorObject(0)
        let shown = TensorObject(
          object.tensor, type: object.types.torch, flavor: .torch, types: object.types)
        return .string("Parameter containing:\n" + (try a.machine.repr(.object(shown))))
      },
      Native("__deepcopy__(self, memo)", "A parameter of its own with the same numbers.") { a in
        let object = try a.tensorObject(0)
        return .object(try copy(object))
      },
    ])

  static func copy(_ object: TensorObject) throws -> TensorObject {
    let tensor = try object.tensor.detach().clone()
    if object.tensor.requiresGrad { try tensor.setRequiresGrad(true) }
    return TensorObject(tensor, type: object.type, flavor: object.flavor, types: object.types)
  }

  static func make(_ tensor: Tensor, _ machine: Machine) -> Value {
    .object(
      TensorObject(
        tensor, type: machine.type(table), flavor: .torch, types: machine.tensorTypes))
  }

  static func isParameter(_ value: Value, _ machine: Machine) -> Bool {
    guard let object = value.asTensorObject else { return false }
    return object.type !== object.types.torch && object.type.isSubclass(of: machine.type(table))
  }

  /// `torch.nn.Buffer`: a tensor that becomes a buffer of the module it is set on.
  static let bufferTable = TypeTable(
    "Buffer", module: "torch.nn.parameter",
    doc: "A tensor that counts as a buffer when it becomes an attribute of a module.",
    base: TorchTensor.table,
    methods: [
      Native("__new__(cls, data=None, *, persistent=True)", "A buffer with the memory of a tensor.") { a in
        guard let type = a[0].asType else { return .none }
        let types = a.machine.tensorTypes
        let tensor = try a[1].isNone ? Tensor.zeros([0]) : a.torchTensor(1).detach()
        let object = TensorObject(tensor, type: type, flavor: .torch, types: types)
        object.setOwn("persistent", .bool(try a.bool(2)))
        return .object(object)
      }
    ])
}
