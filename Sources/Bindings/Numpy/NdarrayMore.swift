import Language
import TensorCore

/// More properties and methods of `numpy.ndarray`: memory, bytes, places.
enum NdarrayMore {
  static let properties: [NativeProperty] = [
    NativeProperty("base", "The array whose memory this one shows, or None.") { value, _ in
      value.asTensorObject?.base.map { .object($0) } ?? .none
    },
    NativeProperty("flags", "How the memory lies: C_CONTIGUOUS, F_CONTIGUOUS, OWNDATA, WRITEABLE.") { value, machine in
      guard let object = value.asTensorObject else { return .none }
      return .object(ArrayFlags(object, machine.type(ArrayFlags.table)))
    },
    NativeProperty("mT", "The last two axes exchanged.") { value, _ in
      guard let object = value.asTensorObject else { return .none }
      return object.types.ndarray(try object.tensor.transpose(-2, -1))
    },
    NativeProperty("device", "Where the array lives: the processor.") { _, _ in .string("cpu") },
  ]

  static let methods: [Native] = [
    numpyRow("tobytes(self, order='C')", "The bytes of the elements.", example: "np.array([1], dtype=np.uint8).tobytes()") { a in
      let x = try a.tensorObject(0).tensor
      let source = try (NumpyShapes.isColumnMajor(a.optionalString(1)) ? x.reversedAxes : x).contiguous()
      let count = source.count * source.dtype.size
      return .object(BytesObject(try source.withBytes { bytes in (0..<count).map { UInt8(bitPattern: bytes[$0]) } }))
    },
    numpyRow("byteswap(self, inplace=False)", "The bytes of each element in the other order.", example: "np.array([1], dtype=np.int16).byteswap()") { a in
      let x = try a.tensorObject(0).tensor
      let result = try x.clone()
      let size = x.dtype.isComplex ? x.dtype.size / 2 : x.dtype.size
      let total = x.count * x.dtype.size
      try result.withMutableBytes { bytes in
        var start = 0
        while start < total {
          for i in 0..<(size / 2) {
            let other = bytes[start + size - 1 - i]
            bytes[start + size - 1 - i] = bytes[start + i]
            bytes[start + i] = other
          }
          start += size
        }
      }
      if try a.bool(1) {
        try x.copy(from: result)
        return a[0]
      }
      return a.machine.ndarray(result)
    },
    numpyRow("partition(self, kth, axis=-1)", "Sorted, which is more than partitioned, in place.", example: "np.array([3, 1, 2]).partition(1)") { a in
      let x = try a.tensorObject(0).tensor
      try x.copy(from: x.sort(axis: a.int(2)).values)
      return .none
    },
    numpyRow("compress(self, condition, axis=None)", "The slices where a condition holds.", example: "np.arange(3).compress([True, False, True])") { a in
      let own = try a.tensorObject(0).tensor
      let x = a[2].isNone ? try own.reshape([-1]) : own
      let places = try a.array(1).to(.bool).reshape([-1]).nonzero().reshape([-1])
      return a.machine.ndarray(try x.indexSelect(a.axis(2) ?? 0, places))
    },
    numpyRow("resize(self, *new_shape, refcheck=True)", "In another shape, cut or filled with zeros, in place.", example: "np.arange(3).resize(2, 2)") { a in
      let object = try a.tensorObject(0)
      let shape = try a.sizes(1)
      let flat = try object.tensor.reshape([-1])
      let count = try Shape.count(shape, "resize")
      let result = try Tensor.zeros([count], dtype: flat.dtype)
      let kept = min(count, flat.count)
      try result.narrow(0, start: 0, length: kept).copy(from: flat.narrow(0, start: 0, length: kept))
      object.tensor = try result.reshape(shape)
      return .none
    },
    numpyRow("setflags(self, write=None, align=None, uic=None)", "Arrays stay writable: write=False is refused.", example: "np.zeros(2).setflags(write=True)") { a in
      if !a[1].isNone, try !a.bool(1) {
        throw Raise(.notImplementedError, "setflags(): arrays cannot be made read-only here")
      }
      return .none
    },
    numpyRow("__copy__(self)", "A copy with memory of its own.", example: "np.eye(2).__copy__()") { a in
      a.machine.ndarray(try a.tensorObject(0).tensor.clone())
    },
  ]
}

/// `array.flags`.
final class ArrayFlags: Instance {
  let object: TensorObject
  init(_ object: TensorObject, _ type: TypeObject) {
    self.object = object
    super.init(type)
  }

  private var values: [(String, Bool)] {
    let x = object.tensor
    return [
      ("C_CONTIGUOUS", x.isContiguous), ("F_CONTIGUOUS", x.reversedAxes.isContiguous),
      ("OWNDATA", object.base == nil), ("WRITEABLE", true), ("ALIGNED", true),
      ("WRITEBACKIFCOPY", false),
    ]
  }

  static let table = TypeTable(
    "flagsobj", module: "numpy._core.multiarray", doc: "How the memory of an array lies.",
    isSubclassable: false, showsModule: true,
    properties: ["C_CONTIGUOUS", "F_CONTIGUOUS", "OWNDATA", "WRITEABLE", "ALIGNED", "WRITEBACKIFCOPY"].map { name in
      NativeProperty(name.lowercased(), "The flag \(name).") { value, _ in
        guard let own = value.asInstance as? ArrayFlags else { return .none }
        return .bool(own.values.first { $0.0 == name }?.1 ?? false)
      }
    },
    methods: [
      Native("__getitem__(self, name)", "A flag by its name.", example: "np.eye(2).flags['C_CONTIGUOUS']") { a in
        let own: ArrayFlags = try a.receiver()
        let name = try a.string(1).uppercased()
        let short = ["C": "C_CONTIGUOUS", "F": "F_CONTIGUOUS", "O": "OWNDATA", "W": "WRITEABLE", "A": "ALIGNED"]
        guard let flag = own.values.first(where: { $0.0 == short[name] ?? name }) else {
          throw Raise(.keyError, "Unknown flag")
        }
        return .bool(flag.1)
      },
      Native("__repr__(self)", "All flags.", example: "repr(np.eye(2).flags)") { a in
        let own: ArrayFlags = try a.receiver()
        return .string(own.values.map { "  \($0.0) : \($0.1 ? "True" : "False")\n" }.joined())
      },
    ])
}
