import Language
import TensorCore

// The doors' shared way from values of the language to tensors and back. `errors`: what cannot be
// converted raises in the words of the flavor's original.

extension Machine {
  // MARK: - Value → Tensor

  /// A tensor of a number, a nested list, a range, an array, a column or frame.
  ///
  /// An object that is a tensor already is given as it is (its memory is shared) unless another
  /// dtype is asked for.
  /// - Parameters:
  ///   - flavor: whose default dtypes and errors.
  ///   - dtype: the element type; nil keeps or infers it.
  func tensor(_ value: Value, _ flavor: Flavor = .numpy, dtype: DType? = nil) throws -> Tensor {
    if let object = value.asTensorObject {
      if flavor == .numpy, object.flavor == .torch, object.tensor.requiresGrad {
        // TensorFlow's tensors become arrays without a word.
        guard !object.types.isTorch else { throw TensorErrors.needsDetach }
        return try dtype.map { try object.tensor.detach().to($0) } ?? object.tensor.detach()
      }
      guard let dtype else { return object.tensor }
      return try object.tensor.to(dtype)
    }
    if let source = value.asInstance as? any ArraySource {
      let tensor = try source.tensor()
      guard let dtype else { return tensor }
      return try tensor.to(dtype)
    }
    if let scalar = value.asNumpyScalar {
      return try Tensor(scalar.value, dtype: dtype ?? scalar.dtype)
    }
    return try NestedReader.tensor(value, self, flavor, dtype: dtype)
  }

  /// The numbers of a flat sequence or array, in row-major order.
  func doubles(_ value: Value) throws -> [Double] {
    if let list = value.asList {
      var numbers: [Double] = []
      numbers.reserveCapacity(list.count)
      for index in 0..<list.count {
        switch list[index] {
        case .float(let number): numbers.append(number)
        case .int(let number): numbers.append(Double(number))
        case .bool(let flag): numbers.append(flag ? 1 : 0)
        default: return try tensor(value).doubles()
        }
      }
      return numbers
    }
    if value.asTensorObject == nil, value.asTuple == nil, value.asInstance == nil,
      try isIterable(value)
    {
      return try tensor(.list(array(value))).doubles()
    }
    return try tensor(value).doubles()
  }

  /// The integers of a flat sequence or array. Floats must be whole.
  func ints(_ value: Value) throws -> [Int] {
    let tensor = try tensor(value)
    if !tensor.dtype.isFloating { return try tensor.ints() }
    return try tensor.doubles().map { number in
      guard let whole = Int(exactly: number) else {
        throw Raise(.typeError, "an integer is needed, got \(number)")
      }
      return whole
    }
  }

  /// The rows of a two-dimensional value; a flat one is refused.
  func matrix(_ value: Value) throws -> [[Double]] {
    let tensor = try tensor(value)
    guard tensor.rank == 2 else {
      throw Raise(
        .valueError, "Expected 2D array, got \(tensor.rank)D array instead",
        hint: "x.reshape(-1, 1) makes one column of a flat array, x.reshape(1, -1) one row")
    }
    let numbers = try tensor.doubles()
    let width = tensor.shape[1]
    return (0..<tensor.shape[0]).map { Array(numbers[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// A number of the program: int, float, bool, a scalar of NumPy or a tensor without axes; nil for
  /// everything else.
  func scalar(_ value: Value) throws -> Scalar? {
    switch value {
    case .int(let number): return .int(number)
    case .float(let number): return .double(number)
    case .bool(let flag): return .bool(flag)
    default: break
    }
    if let scalar = value.asNumpyScalar { return scalar.value }
    if let object = value.asTensorObject, object.tensor.rank == 0 {
      return try object.tensor.item()
    }
    if value.asInstance == nil, let number = value.asDouble { return .double(number) }
    return nil
  }

  // MARK: - Tensor → Value

  func torchValue(_ tensor: Tensor) -> Value { tensorTypes.torch(tensor) }
  /// An array, or a scalar where there are no axes.
  func numpyValue(_ tensor: Tensor) throws -> Value { try tensorTypes.numpy(tensor) }
  func ndarray(_ tensor: Tensor) -> Value { tensorTypes.ndarray(tensor) }
  /// A float64 array of numbers.
  func ndarray(_ numbers: [Double], shape: [Int]? = nil) throws -> Value {
    tensorTypes.ndarray(try Tensor(numbers, shape: shape, dtype: .float64))
  }
  /// An int64 array of integers.
  func ndarray(_ numbers: [Int], shape: [Int]? = nil) throws -> Value {
    tensorTypes.ndarray(try Tensor(numbers, shape: shape))
  }
  /// A float64 array of rows, which are equally long.
  func ndarray(rows: [[Double]]) throws -> Value {
    try ndarray(rows.flatMap { $0 }, shape: [rows.count, rows.first?.count ?? 0])
  }

  /// A number of the library as one of the language; a complex one as NumPy's, because the language
  /// has none.
  func number(_ scalar: Scalar) -> Value {
    if case .complex = scalar { return tensorTypes.scalar(scalar, .complex128) }
    return Value(scalar)
  }

  /// Nested lists of plain numbers; one plain number where there are no axes. (`.tolist()`)
  func nestedList(_ tensor: Tensor) throws -> Value {
    let scalars = try tensor.scalars()
    if tensor.rank == 0 { return scalars.first.map { number($0) } ?? .none }
    var position = 0
    func list(_ axis: Int) -> Value {
      let size = tensor.shape[axis]
      let result = ListObject(capacity: size)
      for _ in 0..<size {
        if axis == tensor.rank - 1 {
          result.append(number(scalars[position]))
          position += 1
        } else {
          result.append(list(axis + 1))
        }
      }
      return .object(result)
    }
    return list(0)
  }
}
