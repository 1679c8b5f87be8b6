import Language
import TensorCore

/// `torch.float32` and `numpy.dtype('float32')`.
final class DTypeObject: Instance {
  let dtype: DType
  let flavor: Flavor

  init(_ dtype: DType, _ flavor: Flavor, _ type: TypeObject) {
    self.dtype = dtype
    self.flavor = flavor
    super.init(type)
  }

  private static func of(_ a: Arguments) throws -> DTypeObject { try a.receiver() }

  static let torchTable = TypeTable(
    "dtype", module: "torch", doc: "The type of a tensor's elements.", isSubclassable: false,
    properties: [
      NativeProperty("is_floating_point", "Whether the elements are floats.") { value, _ in
        .bool((value.asInstance as? DTypeObject)?.dtype.isFloating ?? false)
      },
      NativeProperty("itemsize", "Bytes of one element.") { value, _ in
        .int((value.asInstance as? DTypeObject)?.dtype.size ?? 0)
      },
      NativeProperty("is_complex", "Whether the elements are complex numbers.") { value, _ in
        .bool((value.asInstance as? DTypeObject)?.dtype.isComplex ?? false)
      },
      NativeProperty("is_signed", "Whether negative values exist.") { value, _ in
        .bool((value.asInstance as? DTypeObject)?.dtype.isSigned ?? true)
      },
    ],
    methods: [
      Native("__repr__(self)", "`torch.float32`.", example: "repr(torch.float32)") { a in
        .string("torch.\(try of(a).dtype)")
      }
    ])

  static let numpyTable = TypeTable(
    "dtype", module: "numpy", doc: "The type of an array's elements.", isSubclassable: false,
    properties: [
      NativeProperty("name", "The name: `float64`.") { value, _ in
        .string((value.asInstance as? DTypeObject)?.dtype.name ?? "")
      },
      NativeProperty("itemsize", "Bytes of one element.") { value, _ in
        .int((value.asInstance as? DTypeObject)?.dtype.size ?? 0)
      },
      NativeProperty("kind", "f for floats, i and u for integers, b for truth values.") { value, _ in
        switch (value.asInstance as? DTypeObject)?.dtype {
        case .float32, .float64, .float16, .bfloat16: .string("f")
        case .complex64, .complex128: .string("c")
        case .int64, .int32, .int16, .int8: .string("i")
        case .uint8, .uint16, .uint32: .string("u")
        default: .string("b")
        }
      },
      NativeProperty("type", "The scalar type: `np.float64`.") { value, machine in
        guard let dtype = (value.asInstance as? DTypeObject)?.dtype,
          let type = machine.tensorTypes.scalars[dtype]
        else { return .none }
        return .object(type)
      },
    ],
    methods: [
      Native("__new__(cls, dtype, /)", "The dtype of a name or type.", example: "np.dtype('float32')") {
        a in a.machine.tensorTypes.dtype(try a.dtype(1, .numpy), .numpy)
      },
      Native("__repr__(self)", "`dtype('float64')`.", example: "repr(np.dtype('float64'))") { a in
        .string("dtype('\(try of(a).dtype)')")
      },
      Native("__str__(self)", "The name.", example: "str(np.dtype('float64'))") { a in
        .string(try of(a).dtype.name)
      },
      Native("__eq__(self, other)", "Equal to the dtype, its type and its name.", example: "np.zeros(2).dtype == 'float64'") {
        a in
        let own = try of(a).dtype
        return .bool(a.machine.dtype(a[1], .numpy) == own)
      },
      Native("__ne__(self, other)", "Not equal.", example: "np.zeros(2).dtype != np.float32") { a in
        let own = try of(a).dtype
        return .bool(a.machine.dtype(a[1], .numpy) != own)
      },
      Native("__hash__(self)", "By dtype.", example: "hash(np.dtype('int64')) == hash(np.zeros(1, int).dtype)") {
        a in .int(Int(try of(a).dtype.rawValue))
      },
    ])
}

extension Machine {
  /// The dtype that a value names: a dtype object, a scalar type, `float`, `'float32'`, `'f4'`; nil
  /// for everything else.
  func dtype(_ value: Value, _ flavor: Flavor) -> DType? {
    if let object = value.asInstance as? DTypeObject { return object.dtype }
    if let type = value.asType {
      if type === types.float { return .float64 }
      if type === types.int { return .int64 }
      if type === types.bool { return .bool }
      return tensorTypes.scalars.first { $0.value === type }?.key
    }
    guard let name = value.swiftString else { return nil }
    switch name.hasPrefix("torch.") ? String(name.dropFirst(6)) : name {
    case "float": return flavor == .numpy ? .float64 : .float32
    case "complex": return flavor == .numpy ? .complex128 : .complex64
    case "f2", "<f2", "e", "half": return .float16
    case "c8", "<c8", "F", "csingle": return .complex64
    case "c16", "<c16", "D": return .complex128
    case "bfloat16": return flavor == .torch ? .bfloat16 : nil
    case "f4", "<f4", "single", "f": return .float32
    case "f8", "<f8", "d": return .float64
    case "i8", "<i8", "l", "intp": return .int64
    case "i4", "<i4", "i": return .int32
    case "u1", "|u1", "B": return .uint8
    case "i1", "|i1", "b": return .int8
    case "i2", "<i2", "h": return .int16
    case "u2", "<u2", "H": return .uint16
    case "u4", "<u4", "I": return .uint32
    case "?", "b1", "bool_": return .bool
    case let name: return DType(name: name)
    }
  }
}

extension Arguments {
  /// A required dtype.
  func dtype(_ index: Int, _ flavor: Flavor) throws -> DType {
    if let dtype = machine.dtype(self[index], flavor) { return dtype }
    let known = DType.allCases.filter { flavor == .torch || $0 != .bfloat16 }.map(\.name).joined(separator: ", ")
    let text = try self[index].swiftString ?? machine.repr(self[index])
    throw Raise(
      .typeError, "data type '\(text)' not understood", hint: "there are: \(known)")
  }

  /// A dtype, nil for None and for what was not given.
  func optionalDType(_ index: Int, _ flavor: Flavor) throws -> DType? {
    self[index].isNone || !self[index].isGiven ? nil : try dtype(index, flavor)
  }
}
