import Language
import TensorCore

/// `torch.tensor`, `torch.zeros` and the other ways to a new tensor.
enum TorchCreation {
  static let functions: [Native] = [
    Native(
      "tensor(data, *, dtype=None, device=None, requires_grad=False)",
      "A tensor with a copy of numbers, nested lists or an array.",
      example: "torch.tensor([[1., 2.], [3., 4.]])"
    ) { a in
      let dtype = try a.optionalDType(1, .torch)
      try TorchDevice.check(a[2], a.machine)
      var tensor = try read(a[0], a.machine, dtype)
      if a[0].asTensorObject != nil || a[0].asInstance is any ArraySource {
        tensor = try tensor.detach().clone()
      }
      if try a.bool(3) {
        guard tensor.dtype.isFloating else {
          throw Raise(
            .runtimeError,
            "Only Tensors of floating point and complex dtype can require gradients")
        }
        try tensor.setRequiresGrad(true)
      }
      return a.machine.torchValue(tensor)
    },
    Native(
      "as_tensor(data, dtype=None, device=None)",
      "A tensor of the data, which shares the memory of an array.",
      example: "torch.as_tensor(np.array([1, 2]))"
    ) { a in
      try TorchDevice.check(a[2], a.machine)
      if a[0].asTensorObject?.flavor == .torch, a[1].isNone { return a[0] }
      return a.machine.torchValue(try read(a[0], a.machine, a.optionalDType(1, .torch)))
    },
    Native(
      "from_numpy(ndarray)", "A tensor that shares the memory of an array.",
      example: "torch.from_numpy(np.array([1, 2, 3]))"
    ) { a in
      guard let object = a[0].asTensorObject, object.flavor == .numpy else {
        throw Raise(.typeError, "expected np.ndarray (got \(a.machine.typeName(a[0])))")
      }
      return object.types.torch(object.tensor.detach())
    },
    filled("zeros", "zeros", "0") { try Tensor.zeros($0, dtype: $1) },
    filled("ones", "ones", "1") { try Tensor.ones($0, dtype: $1) },
    filled("empty", "zeros (memory is never left as it was found)", "no particular value") {
      try Tensor.zeros($0, dtype: $1)
    },
    Native(
      "full(size, fill_value, *, dtype=None, device=None, requires_grad=False)",
      "A tensor of one value.", example: "torch.full((2, 2), 7)"
    ) { a in
      try TorchDevice.check(a[3], a.machine)
      let value = try a.scalar(1)
      let isFloat = if case .double = value { true } else { false }
      let tensor = try Tensor.full(
        a.shape(0), value,
        dtype: a.optionalDType(2, .torch) ?? (isFloat ? a.machine.tensorTypes.defaultDType : nil))
      if try a.bool(4) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    },
    like("zeros_like") { try Tensor.zeros($0, dtype: $1) },
    like("ones_like") { try Tensor.ones($0, dtype: $1) },
    like("empty_like") { try Tensor.zeros($0, dtype: $1) },
    Native(
      "full_like(input, fill_value, *, dtype=None, device=None)",
      "A tensor of one value in the shape of another.", example: "torch.full_like(torch.eye(2), 5)"
    ) { a in
      let input = try a.torchTensor(0)
      return a.machine.torchValue(
        try Tensor.full(
          input.shape, a.scalar(1), dtype: a.optionalDType(2, .torch) ?? input.dtype))
    },
    Native(
      "arange(start, end=None, step=1, *, dtype=None, device=None, requires_grad=False)",
      "Numbers from start (0 when only one is given) up to end, which is left out.",
      example: "torch.arange(0, 10, 2)"
    ) { a in
      try TorchDevice.check(a[4], a.machine)
      let single = a[1].isNone
      let bounds = [single ? Scalar.int(0) : try a.scalar(0), try a.scalar(single ? 0 : 1), try a.scalar(2)]
      let isFloat = bounds.contains { if case .double = $0 { true } else { false } }
      let tensor = try Tensor.arange(
        bounds[0], bounds[1], step: bounds[2],
        dtype: a.optionalDType(3, .torch) ?? (isFloat ? a.machine.tensorTypes.defaultDType : nil))
      if try a.bool(5) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    },
    Native(
      "linspace(start, end, steps, *, dtype=None, device=None, requires_grad=False)",
      "Evenly spaced numbers from start to end, both included.", example: "torch.linspace(0, 1, 5)"
    ) { a in
      let tensor = try Tensor.linspace(
        a.scalar(0).double, a.scalar(1).double, a.int(2),
        dtype: a.optionalDType(3, .torch) ?? a.machine.tensorTypes.defaultDType)
      if try a.bool(5) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    },
    Native(
      "logspace(start, end, steps, base=10.0, *, dtype=None)",
      "Numbers from base**start to base**end, evenly spaced in their logarithm.",
      example: "torch.logspace(0, 2, 3)"
    ) { a in
      let exponents = try Tensor.linspace(
        a.scalar(0).double, a.scalar(1).double, a.int(2), dtype: .float64)
      let result = try BinaryOperation.pow(.double(a.double(3)), exponents)
      return a.machine.torchValue(
        try result.to(a.optionalDType(4, .torch) ?? a.machine.tensorTypes.defaultDType))
    },
    Native(
      "eye(n, m=None, *, dtype=None, device=None)",
      "Ones on the diagonal, zeros elsewhere: [n, m].", example: "torch.eye(3)"
    ) { a in
      a.machine.torchValue(
        try Tensor.eye(
          a.int(0), a.optionalInt(1),
          dtype: a.optionalDType(2, .torch) ?? a.machine.tensorTypes.defaultDType))
    },
    Native("is_tensor(obj)", "Whether an object is a tensor of torch.", example: "torch.is_tensor(torch.eye(2))") {
      a in .bool(a[0].asTensorObject?.flavor == .torch)
    },
  ]

  /// Numbers, lists, arrays and columns as a tensor with PyTorch's default dtypes.
  static func read(_ value: Value, _ machine: Machine, _ dtype: DType?) throws -> Tensor {
    if value.isNone { throw Raise(.runtimeError, "Could not infer dtype of NoneType") }
    if let scalar = value.asNumpyScalar { return try Tensor(scalar.value, dtype: dtype ?? scalar.dtype) }
    return try machine.tensor(value, .torch, dtype: dtype)
  }

  private static func filled(
    _ name: String, _ what: String, _ value: String,
    _ make: @escaping ([Int], DType) throws -> Tensor
  ) -> Native {
    Native(
      "\(name)(*size, out=None, dtype=None, device=None, requires_grad=False)",
      "A tensor of \(what) of the given sizes.", example: "torch.\(name)(2, 3)"
    ) { a in
      try TorchDevice.check(a[3], a.machine)
      let dtype = try a.optionalDType(2, .torch) ?? a.machine.tensorTypes.defaultDType
      let tensor = try make(a.sizes(0), dtype)
      if try a.bool(4) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    }
  }

  private static func like(
    _ name: String, _ make: @escaping ([Int], DType) throws -> Tensor
  ) -> Native {
    Native(
      "\(name)(input, *, dtype=None, device=None, requires_grad=False)",
      "\(name.prefix { $0 != "_" }) in the shape and dtype of another tensor.",
      example: "torch.\(name)(torch.eye(2))"
    ) { a in
      let input = try a.torchTensor(0)
      let tensor = try make(input.shape, a.optionalDType(1, .torch) ?? input.dtype)
      if try a.bool(3) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    }
  }

  // MARK: - Methods that make tensors of the receiver's dtype

  static let methods: [Native] = [
    new("new_zeros") { try Tensor.zeros($0, dtype: $1) },
    new("new_ones") { try Tensor.ones($0, dtype: $1) },
    Native(
      "new_tensor(self, data, *, dtype=None, requires_grad=False)",
      "A tensor of the data with this one's dtype.", example: "torch.eye(2).new_tensor([1, 2])"
    ) { a in
      let own = try a.torchTensor(0)
      return a.machine.torchValue(
        try read(a[1], a.machine, a.optionalDType(2, .torch) ?? own.dtype))
    },
    Native(
      "new_full(self, size, fill_value, *, dtype=None)",
      "A tensor of one value with this one's dtype.", example: "torch.eye(2).new_full((2,), 3)"
    ) { a in
      let own = try a.torchTensor(0)
      return a.machine.torchValue(
        try Tensor.full(a.shape(1), a.scalar(2), dtype: a.optionalDType(3, .torch) ?? own.dtype))
    },
  ]

  private static func new(
    _ name: String, _ make: @escaping ([Int], DType) throws -> Tensor
  ) -> Native {
    Native(
      "\(name)(self, *size, dtype=None, device=None, requires_grad=False)",
      "A tensor of the given sizes with this one's dtype.", example: "torch.eye(2).\(name)(3)"
    ) { a in
      let own = try a.torchTensor(0)
      return a.machine.torchValue(
        try make(a.sizes(1), a.optionalDType(2, .torch) ?? own.dtype))
    }
  }
}
