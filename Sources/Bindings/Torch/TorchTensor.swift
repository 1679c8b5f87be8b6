import Language
import TensorCore

/// `torch.Tensor`: the type with its properties and methods.
enum TorchTensor {
  static let table = TypeTable(
    "Tensor", module: "torch", doc: "An array of numbers that can carry gradients.",
    properties: properties, methods: methods)

  private static let methods: [Native] =
    plain + TorchInPlace.methods(
      of: TorchMath.functions + TorchSpecial.functions + TorchReductions.functions
        + TorchArrangements.functions + TorchScatter.functions + TorchStatistics.functions,
      without: Set(plain.map(\.name)))

  private static let plain: [Native] =
    Operators.methods(.torch) + TensorProtocol.methods(.torch) + conversions
    + (TorchMath.functions + TorchReductions.functions + TorchShapes.functions
      + TorchSelection.functions + TorchSpecial.functions + TorchLinalg.functions
      + TorchArrangements.functions + TorchScatter.functions + TorchStatistics.functions
      + TorchFourier.functions).map { $0.asMethod() }
    + (TorchMath.aliases + TorchSpecial.aliases).compactMap { alias($0, of: $1) }
    + [("moveaxis", "movedim"), ("swapdims", "swapaxes"), ("ger", "outer")].compactMap { name, target in
      (TorchShapes.functions + TorchLinalg.functions + TorchArrangements.functions)
        .first { $0.name == target }.map { $0.renamed(name + $0.signature.dropFirst(target.count)).asMethod() }
    }
    + TorchScatter.methods + TorchArrangements.methods
    + TorchMath.inPlace + TorchShapes.methods + TorchCreation.methods + TorchAutograd.methods
    + TorchRandom.methods + TorchMore.methods + TorchMore.functions.map { $0.asMethod() }

  private static func alias(_ name: String, of target: String) -> Native? {
    guard let row = TorchMath.functions.first(where: { $0.name == target }) else { return nil }
    return row.renamed(name + row.signature.dropFirst(target.count)).asMethod()
  }

  // MARK: - Properties

  private static func property(
    _ name: String, _ doc: String, _ get: @escaping (TensorObject) throws -> Value,
    set: ((TensorObject, Value, Machine) throws -> Void)? = nil
  ) -> NativeProperty {
    NativeProperty(
      name, doc,
      get: { value, machine in
        guard let object = value.asTensorObject else { return .none }
        return try get(object)
      },
      set: set.map { set in
        { value, new, machine in
          if let object = value.asTensorObject { try set(object, new, machine) }
        }
      })
  }

  private static let properties: [NativeProperty] = TorchMore.properties + [
    property("shape", "The sizes of the axes.") { TorchSize.make($0.tensor.shape, $0.types) },
    property("dtype", "The type of the elements.") { $0.types.dtype($0.tensor.dtype, .torch) },
    property("ndim", "The number of axes.") { .int($0.tensor.rank) },
    property("device", "Where the tensor lives: the processor.") {
      .object(TorchDevice("cpu", nil, $0.types.device))
    },
    property("T", "The axes in reverse order.") { $0.types.torch($0.tensor.reversedAxes) },
    property("mT", "The last two axes exchanged.") { $0.types.torch(try $0.tensor.transpose(-2, -1)) },
    property("H", "The axes in reverse order, conjugated.") {
      $0.types.torch(try $0.tensor.reversedAxes.conjugate())
    },
    property("mH", "The last two axes exchanged, conjugated.") {
      $0.types.torch(try $0.tensor.transpose(-2, -1).conjugate())
    },
    property("real", "The real part, a view.") { $0.types.torch(try $0.tensor.realPart()) },
    property("imag", "The imaginary part, a view.") { object in
      guard object.tensor.dtype.isComplex else {
        throw Raise(.runtimeError, "imag is not implemented for tensors with non-complex dtypes.")
      }
      return object.types.torch(try object.tensor.imaginaryPart())
    },
    property("is_cuda", "False: tensors live on the processor.") { _ in .bool(false) },
    property("itemsize", "Bytes of one element.") { .int($0.tensor.dtype.size) },
    property("nbytes", "Bytes of all elements.") { .int($0.tensor.count * $0.tensor.dtype.size) },
    property("is_leaf", "Whether no recorded operation made it.") { .bool($0.tensor.isLeaf) },
    property("grad_fn", "The operation that made it, or None.") { object in
      guard let record = object.tensor.history else { return .none }
      return .object(GradientFunction(.operation(record), object.types.gradientFunction))
    },
    property("retains_grad", "Whether retain_grad() was called on this result.") {
      .bool($0.tensor.retainsGrad)
    },
    property("_version", "How often the memory was written to.") { .int($0.tensor.version) },
    property(
      "requires_grad", "Whether gradients flow to or through it.",
      { .bool($0.tensor.requiresGrad) },
      set: { object, value, machine in try object.tensor.setRequiresGrad(machine.truth(value)) }),
    property(
      "grad", "The gradient that backward() collected, or None.",
      { object in object.tensor.grad.map { object.types.torch($0) } ?? .none },
      set: { object, value, machine in
        if value.isNone {
          object.tensor.grad = nil
          return
        }
        guard let grad = value.asTensorObject?.tensor else {
          throw Raise(.typeError, "assigned grad expected to be a Tensor or None but got grad of type "
            + machine.typeName(value))
        }
        guard grad.shape == object.tensor.shape else {
          throw Raise(
            .runtimeError,
            "attempting to assign a gradient of size '\(grad.shape)' to a tensor of size "
              + "'\(object.tensor.shape)'. Please ensure that the gradient and the tensor are the same size",
            hint: "the tensor has shape \(object.tensor.shape), the gradient \(grad.shape)")
        }
        object.tensor.grad = grad
      }),
    property(
      "data", "The same memory without a history.",
      { $0.types.torch($0.tensor.detach()) },
      set: { object, value, machine in
        guard let new = value.asTensorObject?.tensor else {
          throw Raise(.typeError, "Variable data has to be a tensor, but got " + machine.typeName(value))
        }
        // The tensor itself stays: optimizers and modules hold it.
        if new.shape == object.tensor.shape {
          try noGrad { try object.tensor.copy(from: new) }
        } else {
          let wanted = object.tensor.requiresGrad
          object.tensor = new.detach()
          if wanted { try object.tensor.setRequiresGrad(true) }
        }
      }),
  ]

  // MARK: - Conversions

  private static func to(_ name: String, _ dtype: DType) -> Native {
    Native("\(name)(self)", "As \(dtype).", example: "torch.tensor([1, 0]).\(name)()") { a in
      let object = try a.tensorObject(0)
      if object.tensor.dtype == dtype { return a[0] }
      return object.types.torch(try object.tensor.to(dtype))
    }
  }

  private static let conversions: [Native] = [
    to("float", .float32), to("double", .float64), to("long", .int64), to("int", .int32),
    to("bool", .bool), to("byte", .uint8), to("char", .int8), to("short", .int16),
    Native("__new__(cls, *data)", "A float32 tensor of a list, or of the given sizes filled with zeros.", example: "torch.Tensor([1, 2])") {
      a in
      let items = try a.items(1)
      if items.count == 1, try items[0].asTensorObject != nil || a.machine.index(items[0]) == nil {
        return a.machine.torchValue(try TorchCreation.read(items[0], a.machine, .float32))
      }
      return a.machine.torchValue(try Tensor.zeros(a.sizes(1), dtype: .float32))
    },
    Native("to(self, *args, dtype=None, device=None, copy=False)", "With another dtype or on another device.", example: "torch.tensor([1, 2]).to(torch.float64)") {
      a in
      let object = try a.tensorObject(0)
      var target = try a.optionalDType(2, .torch)
      try TorchDevice.check(a[3], a.machine)
      for item in try a.items(1) {
        if let dtype = a.machine.dtype(item, .torch), item.swiftString == nil {
          target = dtype
        } else if let other = item.asTensorObject {
          target = other.tensor.dtype
        } else {
          try TorchDevice.check(item, a.machine)
        }
      }
      if try a.bool(4) { return object.types.torch(try object.tensor.to(target ?? object.tensor.dtype).clone()) }
      guard let target, target != object.tensor.dtype else { return a[0] }
      return object.types.torch(try object.tensor.to(target))
    },
    Native("type(self, dtype=None)", "The name of the type, or as another dtype.", example: "torch.eye(2).type()") { a in
      let object = try a.tensorObject(0)
      if a[1].isNone {
        return .string("torch.\(TensorErrors.className(object.tensor.dtype))Tensor")
      }
      let dtype: DType
      if let name = a[1].swiftString, name.hasPrefix("torch."), name.hasSuffix("Tensor"),
        let known = DType.allCases.first(where: { name == "torch.\(TensorErrors.className($0))Tensor" })
      {
        dtype = known
      } else {
        dtype = try a.dtype(1, .torch)
      }
      return object.types.torch(try object.tensor.to(dtype))
    },
    Native("type_as(self, other)", "With the dtype of another tensor.", example: "torch.eye(2).type_as(torch.arange(2))") {
      a in a.machine.torchValue(try a.torchTensor(0).to(a.torchTensor(1).dtype))
    },
    Native("cpu(self)", "On the processor, where it is.", example: "torch.eye(2).cpu()") { a in a[0] },
    Native("cuda(self, device=None)", "On a graphics processor, which is not there.", example: "torch.eye(2)") { a in
      try TorchDevice.check(.string("cuda"), a.machine)
      return a[0]
    },
    Native("numpy(self, *, force=False)", "An array that shares the memory.", example: "torch.eye(2).numpy()") { a in
      let object = try a.tensorObject(0)
      if object.tensor.requiresGrad, try !a.bool(1) { throw TensorErrors.needsDetach }
      if object.tensor.dtype == .bfloat16 {
        throw Raise(.typeError, "Got unsupported ScalarType BFloat16", hint: "x.float().numpy()")
      }
      return object.types.ndarray(object.tensor.detach())
    },
    Native("item(self)", "The one element as a number.", example: "torch.tensor(1.5).item()") { a in
      a.machine.number(try a.torchTensor(0).item())
    },
    Native("tolist(self)", "The elements as nested lists.", example: "torch.eye(2).tolist()") { a in
      try a.machine.nestedList(a.torchTensor(0))
    },
    Native("is_floating_point(self)", "Whether the elements are floats.", example: "torch.eye(2).is_floating_point()") {
      a in .bool(try a.torchTensor(0).dtype.isFloating)
    },
    Native("__deepcopy__(self, memo)", "A copy with memory of its own.", example: "torch.eye(2)") { a in
      let object = try a.tensorObject(0)
      let copy = try noGrad { try object.tensor.clone() }
      if object.tensor.requiresGrad, object.tensor.isLeaf { try copy.setRequiresGrad(true) }
      return .object(TensorObject(copy, type: object.type, flavor: .torch, types: object.types))
    },
    Native("__reversed__(self)", "Turned around along all axes.", example: "reversed(torch.arange(3))") { a in
      let object = try a.tensorObject(0)
      return object.types.torch(try object.tensor.flip(Array(0..<object.tensor.rank)))
    },
    Native("apply_(self, callable)", "A function applied to each element, in place.", example: "torch.tensor([1., 2.]).apply_(lambda x: x * 10)") {
      a in
      let tensor = try a.torchTensor(0)
      let results = try tensor.scalars().map { scalar -> Value in
        try a.machine.call(a[1], [Value(scalar)])
      }
      let flat = try a.machine.tensor(.list(results), .torch, dtype: tensor.dtype)
      try tensor.copy(from: flat.reshape(tensor.shape))
      return a[0]
    },
  ]
}
