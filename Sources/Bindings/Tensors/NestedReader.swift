import Language
import TensorCore

/// Reads nested sequences of numbers into a tensor: `[[1, 2], [3, 4]]` is `[2, 2]`.
///
/// The first item of each level says how long its neighbours have to be. Numbers stay integers until
/// the first float turns up, so that large integers keep their digits.
struct NestedReader {
  private let machine: Machine
  private let flavor: Flavor
  private var shape: [Int] = []
  private var ints: [Int] = []
  private var doubles: [Double] = []
  private var hasFloats = false
  /// The imaginary parts that are there, by position.
  private var imaginary: [Int: Double] = [:]
  /// The dtype of everything read so far; nil before the first number.
  private var dtype: DType?

  private init(_ machine: Machine, _ flavor: Flavor) {
    self.machine = machine
    self.flavor = flavor
  }

  /// - Parameter dtype: the element type; nil takes that of the numbers: bool, int64, or the
  ///   flavor's float.
  static func tensor(
    _ value: Value, _ machine: Machine, _ flavor: Flavor, dtype: DType?
  ) throws -> Tensor {
    var reader = NestedReader(machine, flavor)
    do {
      try reader.read(value, 0)
    } catch is Ragged {
      throw reader.inhomogeneous(value)
    }
    return try reader.result(dtype)
  }

  /// A nested sequence whose parts have different shapes, in NumPy's flavor.
  private struct Ragged: Error {}

  private var defaultFloat: DType {
    flavor == .numpy ? .float64 : machine.tensorTypes.defaultDType
  }

  private func result(_ wanted: DType?) throws -> Tensor {
    let natural = dtype ?? defaultFloat
    if natural.isComplex {
      let parts: [Double] = (0..<doubles.count).flatMap { [doubles[$0], imaginary[$0] ?? 0] }
      let whole = try Tensor(parts, shape: shape + [2], dtype: .float64).viewAsComplex()
      return try whole.to(wanted ?? natural)
    }
    if hasFloats { return try Tensor(doubles, shape: shape, dtype: wanted ?? natural) }
    if let wanted, let range = wanted.integerRange, wanted.size < 8,
      let misfit = ints.first(where: { !range.contains($0) })
    {
      throw flavor == .numpy
        ? Raise(.overflowError, "Python integer \(misfit) out of bounds for \(wanted)")
        : Raise(
          .runtimeError, "value cannot be converted to type \(wanted) without overflow")
    }
    return try Tensor(ints, shape: shape, dtype: wanted ?? natural)
  }

  // MARK: - Walking

  private mutating func read(_ value: Value, _ depth: Int) throws {
    switch value {
    case .int(let number):
      try leaf(depth, .int64)
      add(number)
      return
    case .float(let number):
      try leaf(depth, defaultFloat)
      add(number)
      return
    case .bool(let flag):
      try leaf(depth, .bool)
      add(flag ? 1 : 0)
      return
    default: break
    }
    if let list = value.asList {
      try enter(list.count, depth)
      // The list may change while its items are read only if reading runs programs, which it does
      // not; the bound is read again all the same.
      var index = 0
      while index < list.count {
        try read(list[index], depth + 1)
        index += 1
        if index & 4095 == 0 { try machine.poll() }
      }
      return
    }
    if let tuple = value.asTuple {
      try enter(tuple.count, depth)
      for index in 0..<tuple.count { try read(tuple[index], depth + 1) }
      return
    }
    if let scalar = value.asNumpyScalar {
      // PyTorch takes a scalar inside of a list by its dtype, one by itself as a number.
      try leaf(
        depth, flavor == .torch && depth == 0 && scalar.dtype.isFloating
          ? defaultFloat : scalar.dtype)
      add(scalar.value)
      return
    }
    if let object = value.asTensorObject {
      try read(object.tensor, depth, isTorch: object.flavor == .torch)
      return
    }
    if let source = value.asInstance as? any ArraySource {
      try read(source.tensor(), depth, isTorch: false)
      return
    }
    try readOther(value, depth)
  }

  private mutating func readOther(_ value: Value, _ depth: Int) throws {
    if let object = value.object, object is RangeObject {
      let items = try machine.array(value)
      try enter(items.count, depth)
      for item in items { try read(item, depth + 1) }
      return
    }
    throw refusal(value, depth)
  }

  private mutating func read(_ tensor: Tensor, _ depth: Int, isTorch: Bool) throws {
    if flavor == .torch, isTorch, tensor.rank > 0 {
      if tensor.count != 1 {
        throw Raise(
          .valueError, "only one element tensors can be converted to Python scalars",
          hint: "torch.stack(list) makes one tensor of several")
      }
    }
    let sizes = flavor == .torch && isTorch ? [] : tensor.shape
    for (offset, size) in sizes.enumerated() { try enter(size, depth + offset) }
    let isFloat = tensor.dtype.isFloating
    if tensor.count == 0 {
      dtype = dtype.map { flavor.promotion.join($0, tensor.dtype) } ?? tensor.dtype
      return
    }
    try leaf(
      depth + sizes.count, flavor == .torch && isFloat ? defaultFloat : tensor.dtype)
    if tensor.dtype.isComplex {
      for scalar in try tensor.scalars() { add(scalar) }
    } else if isFloat {
      for number in try tensor.doubles() { add(number) }
    } else {
      for number in try tensor.ints() { add(number) }
    }
  }

  /// A sequence of `count` items at a depth.
  private mutating func enter(_ count: Int, _ depth: Int) throws {
    if depth >= Shape.maximalRank {
      throw Raise(
        .valueError, "too many dimensions: lists are nested more than \(Shape.maximalRank) deep")
    }
    if depth < shape.count {
      if shape[depth] != count { throw unequal(depth, count) }
    } else if ints.isEmpty && doubles.isEmpty && !isClosed {
      shape.append(count)
      if count == 0 { isClosed = true }
    } else {
      throw mixed(depth, isSequence: true)
    }
  }

  /// Whether the depth is settled although nothing was read: an empty list was.
  private var isClosed = false

  private mutating func leaf(_ depth: Int, _ type: DType) throws {
    if depth != shape.count { throw mixed(depth, isSequence: false) }
    dtype = dtype.map { $0 == type ? type : flavor.promotion.join($0, type) } ?? type
  }

  private mutating func add(_ number: Int) {
    if hasFloats { doubles.append(Double(number)) } else { ints.append(number) }
  }

  private mutating func add(_ number: Double) {
    if !hasFloats {
      hasFloats = true
      doubles = ints.map(Double.init)
      ints = []
    }
    doubles.append(number)
  }

  private mutating func add(_ scalar: Scalar) {
    switch scalar {
    case .double(let number): add(number)
    case .complex(let real, let other):
      imaginary[hasFloats ? doubles.count : ints.count] = other
      add(real)
    default: add(scalar.int ?? 0)
    }
  }

  // MARK: - Errors

  private func unequal(_ depth: Int, _ count: Int) -> any Error {
    if flavor == .numpy { return Ragged() }
    return Raise(
      .valueError, "expected sequence of length \(shape[depth]) at dim \(depth) (got \(count))",
      hint: "all rows of a tensor are equally long; pad the shorter ones")
  }

  private func mixed(_ depth: Int, isSequence: Bool) -> any Error {
    if flavor == .numpy { return Ragged() }
    return isSequence
      ? Raise(.typeError, "must be real number, not list")
      : Raise(.typeError, "not a sequence")
  }

  private func refusal(_ value: Value, _ depth: Int) -> Raise {
    let name = machine.typeName(value)
    if value.asString != nil, flavor == .torch, depth == 1 {
      return Raise(
        .valueError, "too many dimensions 'str'",
        hint: "keep text in a list; LabelEncoder turns labels into numbers")
    }
    if value.isNone, flavor == .torch {
      return Raise(
        .runtimeError, "Could not infer dtype of NoneType",
        hint: "float('nan') stands for a missing number")
    }
    if value.asString != nil {
      return Raise(
        .typeError,
        flavor == .torch ? "new(): invalid data type 'str'" : "arrays of text are not there yet: "
          + "an array holds numbers or truth values",
        hint: "keep text in a list; LabelEncoder turns labels into numbers")
    }
    if value.isNone {
      return Raise(
        .typeError,
        flavor == .torch
          ? "must be real number, not NoneType" : "an array holds numbers, not None",
        hint: "float('nan') stands for a missing number")
    }
    if case .object(let object) = value, object.kind == .bigInt {
      return Raise(.overflowError, "Python int too large to convert to C long")
    }
    if (try? machine.isIterable(value)) ?? false {
      return Raise(
        .typeError, "a \(name) has no fixed order of rows for an array",
        hint: "make a list of it first: list(...)")
    }
    return Raise(
      .typeError,
      flavor == .torch
        ? "must be real number, not \(name)" : "an array holds numbers, not '\(name)'")
  }

  /// NumPy's sentence about rows of different shapes: the axes on which all agree come first.
  private func inhomogeneous(_ value: Value) -> Raise {
    var agreed: [Int] = []
    var level = [value]
    while !level.isEmpty, agreed.count < Shape.maximalRank {
      let counts = level.map { machine.sequenceCount($0) }
      guard let first = counts.first, let count = first,
        counts.allSatisfy({ $0 == count })
      else { break }
      agreed.append(count)
      level = level.flatMap { machine.sequenceItems($0) }
    }
    let text = agreed.map(String.init).joined(separator: ", ") + (agreed.count == 1 ? "," : "")
    return Raise(
      .valueError,
      "setting an array element with a sequence. The requested array has an inhomogeneous shape "
        + "after \(agreed.count) dimensions. The detected shape was (\(text)) + inhomogeneous part.",
      hint: "all rows of an array are equally long; pad the shorter ones")
  }
}

extension Machine {
  /// How many items a nested sequence has; nil for numbers.
  fileprivate func sequenceCount(_ value: Value) -> Int? {
    if let list = value.asList { return list.count }
    if let tuple = value.asTuple { return tuple.count }
    if let object = value.asTensorObject { return object.tensor.shape.first }
    return nil
  }

  fileprivate func sequenceItems(_ value: Value) -> [Value] {
    if let list = value.asList { return list.items }
    if let tuple = value.asTuple { return tuple.items }
    if let object = value.asTensorObject, object.tensor.rank > 0 {
      return (0..<(object.tensor.shape.first ?? 0)).compactMap { place in
        (try? object.tensor.select(0, place)).map { object.types.ndarray($0) }
      }
    }
    return []
  }
}
