import Language
import TensorCore

// How rows of the tensor doors read their arguments.

extension Arguments {
  /// A tensor object of any type.
  func tensorObject(_ index: Int) throws -> TensorObject {
    if let object = self[index].asTensorObject { return object }
    throw notATensor(index)
  }

  /// A tensor; PyTorch's functions take nothing else.
  func torchTensor(_ index: Int) throws -> Tensor {
    if let object = self[index].asTensorObject { return object.tensor }
    throw notATensor(index)
  }

  private func notATensor(_ index: Int) -> Raise {
    let parameters = function.parameters
    let name = index < parameters.count ? parameters[index].name : "input"
    return Raise(
      .typeError,
      "\(self.name): argument '\(name)' (position \(index + 1)) must be Tensor, not "
        + machine.typeName(self[index]))
  }

  /// Anything array-like, as NumPy's functions take it.
  func array(_ index: Int, dtype: DType? = nil) throws -> Tensor {
    try machine.tensor(self[index], .numpy, dtype: dtype)
  }

  /// A number or a tensor beside another: numbers of the program stay numbers.
  func operand(_ index: Int, _ flavor: Flavor) throws -> Operators.Operand {
    switch self[index] {
    case .int(let number): return .number(.int(number))
    case .float(let number): return .number(.double(number))
    case .bool(let flag): return .number(.bool(flag))
    default: break
    }
    if flavor == .torch, let scalar = self[index].asNumpyScalar { return .number(scalar.value) }
    if flavor == .torch, self[index].asTensorObject == nil { throw notATensor(index) }
    return .tensor(try machine.tensor(self[index], flavor))
  }

  /// A number: int, float, bool, or a tensor with one element.
  func scalar(_ index: Int) throws -> Scalar {
    if let scalar = try machine.scalar(self[index]) { return scalar }
    if let object = self[index].asTensorObject, object.tensor.count == 1 {
      return try object.tensor.item()
    }
    throw mismatch(index, expected: "a number")
  }

  func optionalScalar(_ index: Int) throws -> Scalar? {
    self[index].isNone || !self[index].isGiven ? nil : try scalar(index)
  }

  // MARK: - Axes and shapes

  /// Axes: None or nothing (`[]`: all of them), one integer, or several. The names that the two
  /// vocabularies have for it (`dim`, `axis`) share a slot each; the first that was given counts.
  func axes(_ indices: Int...) throws -> [Int] {
    for index in indices where isGiven(index) && !self[index].isNone {
      if let axis = try machine.index(self[index]) { return [axis] }
      return try machine.sizes(self[index], name)
    }
    return []
  }

  /// One axis; nil for None and nothing.
  func axis(_ indices: Int...) throws -> Int? {
    for index in indices where isGiven(index) && !self[index].isNone { return try int(index) }
    return nil
  }

  /// Whether any of the slots holds true: `keepdim` and its alias `keepdims`.
  func flag(_ indices: Int...) throws -> Bool {
    for index in indices where isGiven(index) && !self[index].isNone {
      if try bool(index) { return true }
    }
    return false
  }

  /// Sizes from a `*sizes` slot: integers one by one, or one sequence of them.
  func sizes(_ index: Int) throws -> [Int] {
    guard let items = self[index].asTuple?.items else { return try machine.sizes(self[index], name) }
    if items.count == 1, try machine.index(items[0]) == nil {
      return try machine.sizes(items[0], name)
    }
    return try items.map { try machine.size($0, name) }
  }

  /// A shape from one argument: an integer or a sequence of them.
  func shape(_ index: Int) throws -> [Int] {
    if let one = try machine.index(self[index]) { return [one] }
    return try machine.sizes(self[index], name)
  }

  /// The tensors of a sequence.
  func tensors(_ index: Int, _ flavor: Flavor) throws -> [Tensor] {
    if flavor == .numpy, let object = self[index].asTensorObject, object.tensor.rank > 0 {
      return try (0..<object.tensor.shape[0]).map { try object.tensor.select(0, $0) }
    }
    guard self[index].asList != nil || self[index].asTuple != nil || self[index].asTensorObject != nil
    else {
      throw Raise(
        .typeError,
        "\(name): argument 'tensors' (position \(index + 1)) must be tuple of Tensors, not "
          + machine.typeName(self[index]))
    }
    return try machine.array(self[index]).enumerated().map { place, value in
      if flavor == .numpy { return try machine.tensor(value, .numpy) }
      guard let object = value.asTensorObject else {
        throw Raise(
          .typeError,
          "expected Tensor as element \(place) in argument 0, but got \(machine.typeName(value))")
      }
      return object.tensor
    }
  }
}

extension Machine {
  /// Integers of a sequence: a shape, a list of axes.
  func sizes(_ value: Value, _ name: String) throws -> [Int] {
    guard try isIterable(value) else {
      throw Raise(
        .typeError, "\(name): a size must be an integer or a sequence of integers, got "
          + typeName(value))
    }
    return try array(value).map { try size($0, name) }
  }

  func size(_ value: Value, _ name: String) throws -> Int {
    if let size = try index(value) { return size }
    throw Raise(
      .typeError, "'\(typeName(value))' object cannot be interpreted as an integer",
      hint: "\(name): sizes and axes are integers")
  }
}

/// A row of the `numpy` door: errors of the library come out in NumPy's words.
func numpyRow(
  _ signature: String, _ doc: String, example: String? = nil,
  body: @escaping (Arguments) throws -> Value
) -> Native {
  // Where a row has `out`, the result is written there and given back.
  let slots = signature.dropLast().split(separator: "(", maxSplits: 1).last?
    .split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }.filter { $0 != "*" && $0 != "/" }
  let out = slots?.firstIndex { $0 == "out=None" }
  return Native(signature, doc, example: example) { a in
    do {
      var result = try PandasUfuncs.wrapped(body(a), a)
      if let out, a.isGiven(out), !a[out].isNone, result.asTensorObject !== a[out].asTensorObject {
        result = try NumpyUfunc.store(result, a[out], a.machine)
      }
      if let view = result.asTensorObject { view.noteBase(a[0].asTensorObject) }
      return result
    } catch {
      throw NumpyErrors.translated(error, a.machine)
    }
  }
}

extension Native {
  /// A function of a module as a method: the first parameter becomes `self`.
  func asMethod() -> Native {
    guard let open = signature.firstIndex(of: "(") else { return self }
    let rest = signature[signature.index(after: open)...]
    guard let end = rest.firstIndex(where: { $0 == "," || $0 == ")" }) else { return self }
    return renamed(signature[...open] + "self" + rest[end...])
  }

  func renamed(_ signature: Substring) -> Native { renamed(String(signature)) }
}
