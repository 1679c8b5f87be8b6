import Language
import TensorCore

/// `np.vectorize`: a function of numbers as one of arrays.
final class Vectorized: Instance {
  let function: Value
  let dtype: DType?

  init(_ function: Value, _ dtype: DType?, _ type: TypeObject) {
    self.function = function
    self.dtype = dtype
    super.init(type)
  }

  static let table = TypeTable(
    "vectorize", module: "numpy", doc: "A function of numbers as a function of arrays.",
    methods: [
      Native("__new__(cls, pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None)", "The function of arrays.", example: "np.vectorize(lambda x: x + 1)([1, 2])") { a in
        guard let type = a[0].asType else { return .none }
        var dtype: DType?
        if !a[2].isNone {
          let types = a[2].asList != nil || a[2].asTuple != nil ? try a.machine.array(a[2]) : [a[2]]
          dtype = try types.first.flatMap { a.machine.dtype($0, .numpy) }
        }
        return .object(Vectorized(a[1], dtype, type))
      },
      numpyRow("__call__(self, *args)", "The function on every element of broadcast arrays.", example: "np.vectorize(lambda x, y: x * y)([1, 2], 3)") { a in
        let own: Vectorized = try a.receiver()
        let arrays = try a.items(1).map { try a.machine.tensor($0) }
        let shape = try arrays.reduce([]) { try Shape.broadcast($0, $1.shape, "vectorize") }
        let columns = try arrays.map { try $0.expand(shape).scalars() }
        let count = try Shape.count(shape, "vectorize")
        guard count > 0 || own.dtype != nil else {
          throw Raise(.valueError, "cannot call `vectorize` on size 0 inputs unless `otypes` is set")
        }
        var results: [Value] = []
        results.reserveCapacity(count)
        for i in 0..<count {
          let arguments = zip(columns, arrays).map { a.machine.tensorTypes.scalar($0[i], $1.dtype) }
          results.append(try a.machine.call(own.function, arguments))
        }
        if let width = results.first?.asTuple?.count {
          return .tuple(
            try (0..<width).map { place in
              let part = try results.map { $0.asTuple?[place] ?? .none }
              return try a.machine.numpyValue(a.machine.tensor(.list(part)).reshape(shape))
            })
        }
        let flat = try a.machine.tensor(.list(results), .numpy, dtype: own.dtype)
        return try a.machine.numpyValue(flat.reshape(shape))
      },
    ])
}

/// `np.finfo` and `np.iinfo`, and the same of `torch`.
final class NumberLimits: Instance {
  let dtype: DType

  init(_ dtype: DType, _ type: TypeObject) {
    self.dtype = dtype
    super.init(type)
  }

  static let floats = table("finfo", "numpy", .numpy, isFloat: true)
  static let integers = table("iinfo", "numpy", .numpy, isFloat: false)
  static let torchFloats = table("finfo", "torch", .torch, isFloat: true)
  static let torchIntegers = table("iinfo", "torch", .torch, isFloat: false)

  private static func table(_ name: String, _ module: String, _ flavor: Flavor, isFloat: Bool) -> TypeTable {
    func property(_ name: String, _ doc: String, _ get: @escaping (DType) -> Scalar) -> NativeProperty {
      NativeProperty(name, doc) { value, machine in
        guard let own = value.asInstance as? NumberLimits else { return .none }
        let scalar = get(own.dtype.realPart)
        guard flavor == .numpy, case .double = scalar else { return Value(scalar) }
        return machine.tensorTypes.scalar(scalar, own.dtype.realPart)
      }
    }
    let common: [NativeProperty] = [
      property("bits", "Bits of one number.") { .int($0.size * 8) },
      property("max", "The largest number.") { isFloat ? .double(limits($0).most) : .int(range($0).1) },
      property("min", "The smallest number.") { isFloat ? .double(-limits($0).most) : .int(range($0).0) },
      NativeProperty("dtype", "The dtype.") { value, machine in
        guard let own = value.asInstance as? NumberLimits else { return .none }
        return flavor == .numpy ? machine.tensorTypes.dtype(own.dtype, .numpy) : .string(own.dtype.name)
      },
    ]
    let more: [NativeProperty] = isFloat ? [
      property("eps", "The gap between 1 and the next number.") { .double(limits($0).gap) },
      property("tiny", "The smallest normal number above 0.") { .double(limits($0).least) },
      property("smallest_normal", "The smallest normal number above 0.") { .double(limits($0).least) },
      property("resolution", "The decimal precision.") { .double(limits($0).resolution) },
    ] : []
    return TypeTable(
      name, module: module, doc: "The limits of a \(isFloat ? "float" : "integer") dtype.",
      isSubclassable: false, properties: common + more,
      methods: [
        Native("__new__(cls, type=None)", "The limits of a dtype.", example: "\(module == "numpy" ? "np" : "torch").\(name)(\(module == "numpy" ? "np" : "torch").\(isFloat ? "float32" : "int32")).max") { a in
          guard let type = a[0].asType else { return .none }
          var dtype = isFloat ? a.machine.tensorTypes.defaultDType : DType.int64
          if !a[1].isNone, a.isGiven(1) {
            dtype = try a.machine.scalar(a[1]).map { $0.torchDType == .int64 ? .int64 : .float64 }
              ?? a.machine.dtype(a[1], flavor) ?? a[1].asTensorObject?.tensor.dtype ?? a.dtype(1, flavor)
          }
          guard isFloat ? dtype.isDifferentiable : dtype.isInteger else {
            throw Raise(flavor == .numpy ? .valueError : .typeError, isFloat
              ? "data type \(dtype) not inexact" : "Invalid integer data type '\(dtype)'.")
          }
          return .object(NumberLimits(dtype, type))
        },
        Native("__repr__(self)", "All limits.", example: "repr(np.iinfo(np.int32))") { a in
          let own: NumberLimits = try a.receiver()
          if isFloat {
            if flavor == .torch {
              let l = limits(own.dtype.realPart)
              func short(_ value: Double) throws -> String { try a.machine.formatted(.float(value), "g") }
              return .string(
                "finfo(resolution=\(try short(l.resolution)), min=\(try short(-l.most)), max=\(try short(l.most)), "
                  + "eps=\(try short(l.gap)), smallest_normal=\(try short(l.least)), tiny=\(try short(l.least)), "
                  + "dtype=\(own.dtype))")
            }
            let l = limits(own.dtype.realPart)
            return .string("finfo(resolution=\(l.resolution), min=\(-l.most), max=\(l.most), dtype=\(own.dtype))")
          }
          let (low, high) = range(own.dtype)
          return .string("iinfo(min=\(low), max=\(high), dtype=\(own.dtype))")
        },
      ] + (flavor == .numpy && !isFloat ? [
        Native("__str__(self)", "All limits, on lines of their own.", example: "str(np.iinfo(np.int32))") { a in
          let own: NumberLimits = try a.receiver()
          let (low, high) = range(own.dtype)
          let line = String(repeating: "-", count: 63)
          return .string(
            "Machine parameters for \(own.dtype)\n\(line)\nmin = \(low)\nmax = \(high)\n\(line)\n")
        }
      ] : []))
  }

  private struct Limits {
    let most: Double
    let least: Double
    let gap: Double
    let resolution: Double
  }

  private static func limits(_ dtype: DType) -> Limits {
    switch dtype {
    case .float16: Limits(most: 65504, least: 6.103515625e-05, gap: 0.0009765625, resolution: 0.001)
    case .bfloat16: Limits(most: 3.3895313892515355e+38, least: 1.1754943508222875e-38, gap: 0.0078125, resolution: 0.01)
    case .float64: Limits(most: .greatestFiniteMagnitude, least: .leastNormalMagnitude, gap: .ulpOfOne, resolution: 1e-15)
    default:
      Limits(
        most: Double(Float.greatestFiniteMagnitude), least: Double(Float.leastNormalMagnitude),
        gap: Double(Float.ulpOfOne), resolution: 1e-6)
    }
  }

  private static func range(_ dtype: DType) -> (Int, Int) {
    let range = dtype.integerRange ?? Int.min...Int.max
    return (range.lowerBound, range.upperBound)
  }
}

/// `np.errstate`: warnings of arithmetic are not shown here, so there is nothing to switch.
enum ErrorState {
  static let table = TypeTable(
    "errstate", module: "numpy", doc: "A with block; arithmetic does not warn here in any case.",
    methods: [
      Native("__new__(cls, *, all=None, divide=None, over=None, under=None, invalid=None, call=None)", "The block.", example: "np.errstate(divide='ignore')") { a in
        guard let type = a[0].asType else { return .none }
        return .object(Instance(type))
      },
      Native("__enter__(self)", "Enters the block.", example: "np.errstate().__enter__()") { _ in .none },
      Native("__exit__(self, kind=None, value=None, traceback=None)", "Leaves it.", example: "np.errstate().__exit__()") { _ in .none },
    ])
}

/// `np.r_`, `np.c_`, `np.mgrid`, `np.ogrid`, `np.s_`: arrays from subscripts.
enum NumpyGrids {
  static let values: [ModuleEntry] = [
    entry("r_", "Slices and arrays joined along the first axis: np.r_[1:4, 0, 4].", rows),
    entry("c_", "Arrays as columns: np.c_[x, y].", columns),
    entry("mgrid", "A full grid: np.mgrid[0:3, 0:2].", full),
    entry("ogrid", "An open grid: np.ogrid[0:3, 0:2].", open),
    entry("s_", "The subscript itself.", plain), entry("index_exp", "The subscript itself, a tuple.", tuple),
  ]

  private static func entry(_ name: String, _ doc: String, _ table: TypeTable) -> ModuleEntry {
    .value(name: name, doc: doc) { .object(Instance($0.type(table))) }
  }

  private static func table(
    _ name: String, _ doc: String, _ body: @escaping (Value, Machine) throws -> Value
  ) -> TypeTable {
    TypeTable(
      name, module: "numpy", doc: doc, isSubclassable: false,
      methods: [
        numpyRow("__getitem__(self, key)", doc, example: "np.r_[0:3]") { a in try body(a[1], a.machine) }
      ])
  }

  private static let plain = table("IndexExpression", "The subscript itself.") { key, _ in key }
  private static let tuple = table("IndexExpressionTuple", "The subscript itself, a tuple.") { key, _ in
    key.asTuple != nil ? key : .tuple([key])
  }

  private static func parts(_ key: Value) -> [Value] { key.asTuple?.items ?? [key] }

  /// The numbers of a slice; an imaginary step is not part of the language, so steps are real.
  private static func numbers(_ slice: SliceObject, _ machine: Machine) throws -> Tensor {
    func bound(_ value: Value) throws -> Scalar? { value.isNone ? nil : try machine.scalar(value) }
    guard let stop = try bound(slice.upper) else {
      throw Raise(.valueError, "a slice of a grid needs an end: 0:5")
    }
    let start = try bound(slice.lower) ?? .int(0)
    let step = try bound(slice.step) ?? .int(1)
    var isFloat = false
    for scalar in [start, stop, step] { if case .double = scalar { isFloat = true } }
    if (stop.double - start.double) * step.double <= 0 {
      return try Tensor.zeros([0], dtype: isFloat ? .float64 : .int64)
    }
    return try Tensor.arange(start, stop, step: step, dtype: isFloat ? .float64 : .int64)
  }

  private static func array(_ value: Value, _ machine: Machine) throws -> Tensor {
    if let slice = value.object as? SliceObject { return try numbers(slice, machine) }
    return try machine.tensor(value)
  }

  private static let rows = table("RClass", "Slices and arrays joined along the first axis.") { key, machine in
    let arrays = try parts(key).map { try array($0, machine).atLeast(1) }
    return machine.ndarray(try Tensor.cat(arrays, axis: 0, promotion: .numpy))
  }

  private static let columns = table("CClass", "Arrays as columns.") { key, machine in
    let arrays = try parts(key).map { value -> Tensor in
      let x = try array(value, machine)
      return x.rank < 2 ? try x.reshape([-1, 1]) : x
    }
    return machine.ndarray(try Tensor.cat(arrays, axis: -1, promotion: .numpy))
  }

  private static func axes(_ key: Value, _ machine: Machine) throws -> [Tensor] {
    let all = try parts(key).map { try array($0, machine) }
    let type = all.reduce(DType.int64) { Promotion.numpy.join($0, $1.dtype) }
    return try all.map { try $0.to(type) }
  }

  private static let full = table("MGridClass", "A full grid.") { key, machine in
    let sides = try axes(key, machine)
    if key.asTuple == nil { return machine.ndarray(sides[0]) }
    return machine.ndarray(try Tensor.stack(Placement.grid(sides, transposed: false)))
  }

  private static let open = table("OGridClass", "An open grid.") { key, machine in
    let sides = try axes(key, machine)
    if key.asTuple == nil { return machine.ndarray(sides[0]) }
    return .tuple(
      try sides.enumerated().map { place, side in
        var shape = Array(repeating: 1, count: sides.count)
        shape[place] = side.count
        return machine.ndarray(try side.reshape(shape))
      })
  }
}
