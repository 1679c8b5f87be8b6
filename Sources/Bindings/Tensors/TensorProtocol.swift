import Language
import TensorCore

/// What the language asks of any object, for both tensor types: length, truth, numbers, text.
enum TensorProtocol {
  static func methods(_ flavor: Flavor) -> [Native] {
    let make = flavor == .torch ? "torch.tensor" : "np.array"
    return [
      Native(
        "__getitem__(self, key)", "Elements, rows or slices; masks and index arrays.",
        example: "\(make)([[1, 2], [3, 4]])[:, 0]", body: TensorKeys.get),
      Native(
        "__setitem__(self, key, value)", "Overwrites what the key names.",
        example: "\(make)([1, 2])", body: TensorKeys.set),
      Native("__len__(self)", "The size of the first axis.", example: "len(\(make)([1, 2, 3]))") { a in
        let object = try a.tensorObject(0)
        if let count = object.tensor.shape.first { return .int(count) }
        throw Raise(
          .typeError, flavor == .torch ? "len() of a 0-d tensor" : "len() of unsized object")
      },
      Native("__iter__(self)", "The rows in order.", example: "[x for x in \(make)([1, 2])]") { a in
        let object = try a.tensorObject(0)
        if object.tensor.rank == 0 {
          throw Raise(
            .typeError,
            flavor == .torch ? "iteration over a 0-d tensor" : "iteration over a 0-d array")
        }
        return .object(TensorIterator(object))
      },
      Native("__contains__(self, value)", "Whether an element equals the value.", example: "2 in \(make)([1, 2])") {
        a in
        let object = try a.tensorObject(0)
        let tensor = object.tensor
        guard let other = try Operators.operand(
          a[1], beside: object, a.machine, reflected: "")
        else { return .bool(false) }
        let equal = try Operators.comparisons[0](tensor, other, flavor.promotion)
        return .bool(try equal.any().item().bool)
      },
      Native("__bool__(self)", "Whether the one element is not 0.", example: "bool(\(make)(3) > 2)") { a in
        let tensor = try a.tensorObject(0).tensor
        if tensor.count == 1 { return .bool(try tensor.item().bool) }
        throw ambiguous(tensor, flavor)
      },
      Native("__float__(self)", "The one element as a float.", example: "float(\(make)(1.5))") { a in
        .float(try one(a, flavor).double)
      },
      Native("__int__(self)", "The one element as an int, cut.", example: "int(\(make)(1.5))") { a in
        try a.machine.call(.object(a.machine.types.int), [Value(one(a, flavor))])
      },
      Native("__index__(self)", "The one integer as an index.", example: "[10, 20][\(make)(1)]") { a in
        let tensor = try a.tensorObject(0).tensor
        guard tensor.count == 1, tensor.dtype.isInteger, tensor.rank == 0 || flavor == .torch,
          let place = try tensor.item().int
        else {
          throw Raise(
            .typeError,
            flavor == .torch
              ? "only integer tensors of a single element can be converted to an index"
              : "only integer scalar arrays can be converted to a scalar index")
        }
        return .int(place)
      },
      Native("__neg__(self)", "The negative.", example: "-\(make)([1, 2])") { a in
        try unary(a) { try UnaryOperation.neg($0, promotion: flavor.promotion) }
      },
      Native("__pos__(self)", "A copy in NumPy, the tensor itself in PyTorch.", example: "+\(make)([1, 2])") {
        a in flavor == .torch ? a[0] : try unary(a) { try $0.clone() }
      },
      Native("__abs__(self)", "The magnitudes.", example: "abs(\(make)([-1, 2]))") { a in
        try unary(a) { try UnaryOperation.abs($0, promotion: flavor.promotion) }
      },
      Native("__invert__(self)", "Not, or the complement of the bits.", example: "~\(make)([True, False])") {
        a in try unary(a, Operators.invert)
      },
      Native("__repr__(self)", "The printed form.", example: "repr(\(make)([1, 2]))") { a in
        let object = try a.tensorObject(0)
        return .string(
          flavor == .torch
            ? object.tensor.description(style: .torch, options: object.types.torchPrinting)
            : object.tensor.description(style: .numpyRepr, options: object.types.numpyPrinting))
      },
      Native("__format__(self, spec)", "A single number as formatted.", example: "f'{\(make)(1.5):.2f}'") { a in
        let object = try a.tensorObject(0)
        let spec = try a.string(1)
        if object.tensor.rank == 0 {
          let item = Value(try object.tensor.item())
          if flavor == .torch || !spec.isEmpty {
            return .string(
              try spec.isEmpty ? a.machine.text(of: item) : a.machine.formatted(item, spec))
          }
        }
        if spec.isEmpty { return .string(try a.machine.text(of: a[0])) }
        throw Raise(
          .typeError,
          "unsupported format string passed to "
            + (flavor == .torch ? "Tensor" : "numpy.ndarray") + ".__format__",
          hint: "x.item() gives the number of a tensor with one element")
      },
    ]
  }

  /// An operation of one operand on the receiver.
  static func unary(_ a: Arguments, _ operation: (Tensor) throws -> Tensor) throws -> Value {
    let object = try a.tensorObject(0)
    do {
      return try object.types.value(operation(object.tensor), object.flavor)
    } catch {
      throw object.flavor == .torch ? error : TensorErrors.numpy(error)
    }
  }

  private static func one(_ a: Arguments, _ flavor: Flavor) throws -> Scalar {
    let tensor = try a.tensorObject(0).tensor
    if tensor.count == 1, flavor == .torch || tensor.rank == 0 { return try tensor.item() }
    if flavor == .torch {
      throw Raise(.valueError, "only one element tensors can be converted to Python scalars")
    }
    throw Raise(.typeError, "only 0-dimensional arrays can be converted to Python scalars")
  }

  private static func ambiguous(_ tensor: Tensor, _ flavor: Flavor) -> Raise {
    if flavor == .torch {
      return Raise(
        .runtimeError,
        "Boolean value of Tensor with \(tensor.count == 0 ? "no values" : "more than one value") "
          + "is ambiguous", hint: "x.any() or x.all() says what is meant")
    }
    return Raise(
      .valueError,
      tensor.count == 0
        ? "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an "
          + "array is not empty."
        : "The truth value of an array with more than one element is ambiguous. Use a.any() or "
          + "a.all()")
  }
}
