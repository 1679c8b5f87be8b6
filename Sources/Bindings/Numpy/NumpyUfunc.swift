import Language
import TensorCore

/// `numpy.ufunc`: an elementwise function as an object that can be called, and that folds an operation
/// of two operands over an axis (`np.add.reduce`), applies it to all pairs (`outer`) or to places (`at`).
final class NumpyUfunc: Instance {
  /// NumPy's own name: `np.mod` is the ufunc `remainder`.
  let name: String
  let row: Native
  let function: NativeFunction
  let operands: Int

  init(_ row: Native, operands: Int, _ type: TypeObject) {
    name = Self.names[row.name] ?? row.name
    self.row = row
    self.operands = operands
    function = NativeFunction(row)
    super.init(type)
  }

  private static let names = [
    "abs": "absolute", "mod": "remainder", "true_divide": "divide", "conj": "conjugate",
    "bitwise_not": "invert",
  ]

  /// The rows that are ufuncs in NumPy, by the number of their operands.
  static let unary: Set<String> = [
    "negative", "positive", "abs", "absolute", "fabs", "sign", "square", "sqrt", "cbrt", "reciprocal",
    "exp", "exp2", "expm1", "log", "log1p", "log2", "log10", "sin", "cos", "tan", "arcsin", "arccos",
    "arctan", "sinh", "cosh", "tanh", "arcsinh", "arccosh", "arctanh", "floor", "ceil", "trunc", "rint",
    "deg2rad", "radians", "rad2deg", "degrees", "invert", "isnan", "isinf", "isfinite", "logical_not",
    "signbit", "spacing", "conj", "conjugate", "bitwise_count",
  ]
  static let binary: Set<String> = [
    "add", "subtract", "multiply", "divide", "true_divide", "floor_divide", "mod", "remainder", "fmod",
    "power", "float_power", "maximum", "minimum", "fmax", "fmin", "arctan2", "hypot", "copysign",
    "nextafter", "logaddexp", "logaddexp2", "heaviside", "ldexp", "gcd", "lcm", "bitwise_and",
    "bitwise_or", "bitwise_xor", "left_shift", "right_shift", "equal", "not_equal", "less",
    "less_equal", "greater", "greater_equal", "logical_and", "logical_or", "logical_xor",
  ]

  /// The entry of the door for a row: a ufunc where NumPy has one, else the function.
  static func entry(_ row: Native) -> ModuleEntry {
    let count = unary.contains(row.name) ? 1 : binary.contains(row.name) ? 2 : 0
    if count == 0 { return .function(row) }
    return .value(name: row.name, doc: row.doc) { machine in
      .object(NumpyUfunc(row, operands: count, machine.type(table)))
    }
  }

  private static func property(
    _ name: String, _ doc: String, _ get: @escaping (NumpyUfunc) -> Value
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in (value.asInstance as? NumpyUfunc).map(get) ?? .none }
  }

  static let table = TypeTable(
    "ufunc", module: "numpy", doc: "A function that works element by element.", isSubclassable: false,
    showsModule: true,
    missingAttribute: { instance, name, _ in
      guard let own = instance as? NumpyUfunc else { return nil }
      return name == "__name__" ? .string(own.name) : name == "__doc__" ? .string(own.row.doc) : nil
    },
    properties: [
      property("nin", "How many operands it takes.") { .int($0.operands) },
      property("nout", "How many results it gives.") { _ in .int(1) },
      property("nargs", "Operands and results.") { .int($0.operands + 1) },
      property("identity", "What changes nothing as an operand, or None.") { $0.identity },
    ],
    methods: [
      Native("__repr__(self)", "`<ufunc 'add'>`.", example: "repr(np.add)") { a in
        .string("<ufunc '\(try a.receiver(NumpyUfunc.self).name)'>")
      },
      numpyRow("__call__(self, *args, out=None, where=True, dtype=None, casting='same_kind', order='K', subok=True)", "The function of arrays that broadcast; out receives the result where `where` holds.", example: "np.add([1, 2], 3)") { a in
        try a.receiver(NumpyUfunc.self).called(a)
      },
      numpyRow("reduce(self, array, axis=0, dtype=None, out=None, keepdims=False, initial=None, where=True)", "The operation folded over an axis.", example: "np.add.reduce([1, 2, 3])") { a in
        try a.receiver(NumpyUfunc.self).reduced(a)
      },
      numpyRow("accumulate(self, array, axis=0, dtype=None, out=None)", "All steps of the fold along an axis.", example: "np.add.accumulate([1, 2, 3])") { a in
        let ufunc = try a.receiver(NumpyUfunc.self)
        let x = try a.array(1, dtype: a.optionalDType(3, .numpy))
        let result = try ufunc.steps(x, a.int(2), a.machine)
        return try store(a.machine.ndarray(result), a[4], a.machine)
      },
      numpyRow("outer(self, A, B)", "The operation on all pairs of elements.", example: "np.multiply.outer([1, 2], [3, 4])") { a in
        let ufunc = try a.receiver(NumpyUfunc.self)
        try ufunc.requireTwo()
        let (x, y) = (try a.array(1), try a.array(2))
        let shaped = try x.reshape(x.shape + [Int](repeating: 1, count: y.rank))
        return try ufunc.apply(shaped, y, a.machine)
      },
      numpyRow("at(self, a, indices, b=None)", "Applied in place where an index points, once for each time that it does.", example: "np.add.at(np.zeros(3), [0, 0], 1)") { a in
        try a.receiver(NumpyUfunc.self).applied(a)
        return .none
      },
      numpyRow("reduceat(self, array, indices, axis=0, dtype=None, out=None)", "The fold of each part between two indices.", example: "np.add.reduceat(np.arange(4), [0, 2])") { a in
        let ufunc = try a.receiver(NumpyUfunc.self)
        let x = try a.array(1)
        let axis = try Shape.axis(a.int(3), rank: x.rank, "reduceat")
        let places = try a.machine.ints(a[2])
        let parts = try places.enumerated().map { i, start -> Tensor in
          guard start >= 0, start < x.shape[axis] else {
            throw Raise(
              .indexError, "index \(start) out-of-bounds in \(ufunc.name).reduceat [0, \(x.shape[axis]))")
          }
          let end = i + 1 < places.count ? places[i + 1] : x.shape[axis]
          let part = try x.narrow(axis, start: start, length: max(1, min(end, x.shape[axis]) - start))
          return try ufunc.folded(part, axis, a.machine)
        }
        return a.machine.ndarray(try Tensor.stack(parts, axis: axis, promotion: .numpy))
      },
    ])

  // MARK: - Calls

  private func called(_ a: Arguments) throws -> Value {
    var arguments = try a.items(1)
    var target = a[2]
    if arguments.count == operands + 1, target.isNone { target = arguments.removeLast() }
    guard arguments.count == operands else {
      throw Raise(
        .typeError,
        "\(name)() takes from \(operands) to \(operands + 1) positional arguments but \(arguments.count) "
          + (arguments.count == 1 ? "was" : "were") + " given")
    }
    if let dtype = try a.optionalDType(4, .numpy) {
      arguments = try arguments.map { a.machine.ndarray(try a.machine.tensor($0, .numpy, dtype: dtype)) }
    }
    let result = try a.machine.call(.object(function), arguments)
    let isMasked = !Self.isTrue(a[3])
    if target.isNone, !isMasked { return result }
    guard isMasked else { return try Self.store(result, target, a.machine, ufunc: name) }
    let mask = try a.machine.tensor(a[3], .numpy).to(.bool)
    let value = try a.machine.tensor(result, .numpy)
    guard let place = Self.target(target) else {
      return a.machine.ndarray(try Tensor.where(mask, value, Tensor.zeros([], dtype: value.dtype)))
    }
    try place.tensor.copy(from: Tensor.where(mask, value.to(place.tensor.dtype), place.tensor))
    return .object(place)
  }

  private static func isTrue(_ value: Value) -> Bool {
    if case .bool(true) = value { true } else { !value.isGiven }
  }

  private static func target(_ value: Value) -> TensorObject? {
    value.asTensorObject ?? value.asTuple.flatMap { $0.count == 1 ? $0[0].asTensorObject : nil }
  }

  /// A result written over the array that was given for it, which is the result then.
  static func store(
    _ result: Value, _ target: Value, _ machine: Machine, ufunc: String? = nil
  ) throws -> Value {
    if target.isNone || !target.isGiven { return result }
    guard let place = self.target(target) else {
      throw Raise(.typeError, "return arrays must be of ArrayType")
    }
    let value = try machine.tensor(result, .numpy)
    func level(_ dtype: DType) -> Int {
      dtype == .bool ? 0 : dtype.isInteger ? 1 : dtype.isFloating ? 2 : 3
    }
    if let ufunc, level(value.dtype) > level(place.tensor.dtype) {
      throw NumpyErrors.ufuncType(
        "Cannot cast ufunc '\(ufunc)' output from dtype('\(value.dtype)') to "
          + "dtype('\(place.tensor.dtype)') with casting rule 'same_kind'", machine)
    }
    guard try Shape.broadcast(place.tensor.shape, value.shape, "out") == place.tensor.shape else {
      throw Raise(
        .valueError,
        "non-broadcastable output operand with shape \(TensorErrors.numpyShape(place.tensor.shape)) "
          + "doesn't match the broadcast shape \(TensorErrors.numpyShape(value.shape))")
    }
    try place.tensor.copy(from: value)
    return .object(place)
  }

  fileprivate func apply(_ x: Tensor, _ y: Tensor, _ machine: Machine) throws -> Value {
    try machine.call(.object(function), [machine.ndarray(x), machine.ndarray(y)])
  }

  private func combined(_ x: Tensor, _ y: Tensor, _ machine: Machine) throws -> Tensor {
    try machine.tensor(apply(x, y, machine), .numpy)
  }

  private func requireTwo() throws {
    if operands != 2 { throw Raise(.valueError, "\(name) only supported for binary functions") }
  }

  private var identity: Value {
    switch name {
    case "add", "bitwise_or", "bitwise_xor", "hypot", "gcd": .int(0)
    case "multiply": .int(1)
    case "logical_and": .bool(true)
    case "logical_or", "logical_xor": .bool(false)
    case "bitwise_and": .int(-1)
    case "logaddexp", "logaddexp2": .float(-.infinity)
    default: .none
    }
  }

  // MARK: - Folds

  private func reduced(_ a: Arguments) throws -> Value {
    if operands != 2 { throw Raise(.valueError, "reduce only supported for binary functions") }
    var x = try a.array(1, dtype: a.optionalDType(3, .numpy))
    let keep = try a.bool(5)
    let axes =
      a[2].isNone ? Array(0..<x.rank) : try Shape.axes(a.axes(2), rank: x.rank, name)
    if !Self.isTrue(a[7]) {
      let mask = try a.machine.tensor(a[7], .numpy).to(.bool)
      guard let neutral = try a.machine.scalar(a[6].isNone ? identity : a[6]) else {
        throw Raise(
          .valueError, "reduction operation '\(name)' does not have an identity, so to use a where mask one "
            + "has to specify 'initial'")
      }
      x = try Tensor.where(mask, x, Tensor(neutral, dtype: x.dtype))
    }
    var result = x
    for axis in axes.sorted(by: >) { result = try folded(result, axis, a.machine) }
    if !a[6].isNone {
      result = try combined(a.machine.tensor(a[6], .numpy).to(result.dtype), result, a.machine)
    }
    if keep {
      let shape = x.shape.indices.map { axes.contains($0) ? 1 : x.shape[$0] }
      result = try result.reshape(shape)
    }
    return try Self.store(a.machine.numpyValue(result), a[4], a.machine, ufunc: name)
  }

  /// The fold over one axis, which goes away.
  private func folded(_ x: Tensor, _ axis: Int, _ machine: Machine) throws -> Tensor {
    guard axis < x.rank else { return x }
    switch name {
    case "add": return try x.sum([axis])
    case "multiply": return try x.prod([axis])
    case "maximum": return try x.amax([axis])
    case "minimum": return try x.amin([axis])
    case "logical_and": return try x.all([axis])
    case "logical_or": return try x.any([axis])
    default: break
    }
    guard x.shape[axis] > 0 else {
      guard let neutral = try machine.scalar(identity) else {
        throw Raise(
          .valueError, "zero-size array to reduction operation \(name) which has no identity")
      }
      var shape = x.shape
      shape.remove(at: axis)
      return try Tensor.full(shape, neutral, dtype: x.dtype)
    }
    var result = try x.select(axis, 0)
    for place in 1..<max(1, x.shape[axis]) {
      if place & 1023 == 0 { try machine.poll() }
      result = try combined(result, x.select(axis, place), machine)
    }
    return result
  }

  private func steps(_ x: Tensor, _ axis: Int, _ machine: Machine) throws -> Tensor {
    if operands != 2 { throw Raise(.valueError, "accumulate only supported for binary functions") }
    let along = try Shape.axis(axis, rank: x.rank, "accumulate")
    switch name {
    case "add": return try x.cumsum(along)
    case "multiply": return try x.cumprod(along)
    default: break
    }
    guard x.rank > 0, x.shape[along] > 0 else { return x }
    var parts = [try x.select(along, 0)]
    for place in 1..<max(1, x.shape[along]) {
      if place & 1023 == 0 { try machine.poll() }
      parts.append(try combined(parts[place - 1], x.select(along, place), machine))
    }
    return try Tensor.stack(parts, axis: along, promotion: .numpy)
  }

  /// `ufunc.at`: the places that the index names, one after the other.
  private func applied(_ a: Arguments) throws {
    guard let object = a[1].asTensorObject else { throw Raise(.typeError, "first operand must be array") }
    let machine = a.machine
    let x = object.tensor
    // Arrays of indices, also as lists; a tuple is one index for each axis.
    let key = a[2]
    let parts = try TensorKeys.parts(key, object, machine)
    let places = try Tensor.arange(0, .int(x.count)).reshape(x.shape).index(parts).contiguous()
    let flat = try places.reshape([-1])
    guard operands == 2 else {
      let values = try x.index(parts)
      let new = try machine.tensor(machine.call(.object(function), [machine.ndarray(values)]), .numpy)
      try x.assign(parts, value: new)
      return
    }
    let given = try machine.tensor(a[3], .numpy)
    let values = try given.expand(Shape.broadcast(places.shape, given.shape, name))
    if name == "add" || name == "subtract" {
      let amounts = try (name == "add" ? values : values.neg()).to(x.dtype).contiguous()
      try x.overwrite("at") { try $0.put(flat, amounts.reshape([-1]), accumulate: true) }
      return
    }
    let rows = try values.contiguous().reshape([-1])
    for (i, place) in try flat.ints().enumerated() {
      if i & 255 == 0 { try machine.poll() }
      let at = try Tensor([place])
      let old = try x.contiguous().reshape([-1]).indexSelect(0, at)
      let new = try combined(old, rows.narrow(0, start: i, length: 1), machine).to(x.dtype)
      try x.overwrite("at") { try $0.put(at, new, accumulate: false) }
    }
  }
}

extension Value {
  /// A function of a door, also where NumPy has an object for it (`np.sqrt`).
  var asNativeFunction: NativeFunction? {
    if let ufunc = asInstance as? NumpyUfunc { return ufunc.function }
    return object as? NativeFunction
  }
}

/// Exceptions that NumPy has of its own.
enum NumpyErrors {
  static let axis = TypeTable(
    "AxisError", module: "numpy.exceptions", doc: "An axis that an array does not have.",
    baseName: "ValueError", showsModule: true, virtualBaseName: "IndexError")
  private static let ufuncTable = TypeTable(
    "UFuncTypeError", module: "numpy._core._exceptions", doc: "Operands that a function does not take.",
    baseName: "TypeError", showsModule: true)

  static let module = ModuleTable(
    "numpy.exceptions", doc: "Exceptions of NumPy.", entries: [.type(axis)])

  static func axis(_ message: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(axis))
    exception.arguments = [.string(message)]
    return Raise(exception)
  }

  static func ufuncType(_ message: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(ufuncTable))
    exception.arguments = [.string(message)]
    return Raise(exception)
  }

  /// An error of the library in NumPy's words, with its own classes where it has them.
  static func translated(_ error: any Error, _ machine: Machine) -> any Error {
    if case TensorError.axis(_, let place, let rank)? = error as? TensorError {
      return axis("axis \(place) is out of bounds for array of dimension \(rank)", machine)
    }
    return TensorErrors.numpy(error)
  }
}
