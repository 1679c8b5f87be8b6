import Language
import TensorCore

// Short forms for rows of the `torch` door that only map names.

/// A function of one tensor.
func torchUnary(
  _ name: String, _ doc: String, _ sample: String, _ body: @escaping (Tensor) throws -> Tensor
) -> Native {
  Native("\(name)(input)", doc, example: "torch.\(name)(\(sample))") { a in
    a.machine.torchValue(try body(a.torchTensor(0)))
  }
}

/// A function of two tensors; numbers of the program may stand for one of them.
func torchBinary(
  _ name: String, _ doc: String, _ sample: String, _ operation: BinaryOperation
) -> Native {
  let row = Operators.Binary(name, name, operation, name)
  return Native("\(name)(input, other)", doc, example: "torch.\(name)(\(sample))") { a in
    a.machine.torchValue(try row(a.operand(0, .torch), a.operand(1, .torch), .torch))
  }
}

/// A row whose result is one tensor.
func torchRow(
  _ signature: String, _ doc: String, _ example: String, _ body: @escaping (Arguments) throws -> Tensor
) -> Native {
  Native(signature, doc, example: example) { a in a.machine.torchValue(try body(a)) }
}

extension Native {
  /// A function whose result has the receiver's shape, as the method that writes it there: `name_`.
  func inPlaceMethod(_ body: @escaping (Tensor, Arguments) throws -> Tensor) -> Native {
    let method = asMethod()
    let changed = method.renamed(name + "_" + method.signature.dropFirst(name.count))
    return Native(changed.signature, doc.dropLastPeriod + ", in place.", example: example) { a in
      let tensor = try a.torchTensor(0)
      try tensor.overwrite("\(a.name)") { try body($0, a) }
      return a[0]
    }
  }
}

extension String {
  fileprivate var dropLastPeriod: String { hasSuffix(".") ? String(dropLast()) : self }
}

extension Arguments {
  /// A tensor, nil for None and for what was not given.
  func optionalTensor(_ index: Int) throws -> Tensor? {
    self[index].isNone || !self[index].isGiven ? nil : try torchTensor(index)
  }

  /// A whole number or a pair of them, for two axes.
  func pair(_ index: Int) throws -> [Int] {
    let sizes = try shape(index)
    switch sizes.count {
    case 1: return [sizes[0], sizes[0]]
    case 2: return sizes
    default:
      throw Raise(
        .runtimeError, "\(name): expected one integer or two, got \(sizes.count)",
        hint: "one for both axes, or (height, width)")
    }
  }

  /// One whole number, also as a sequence of one.
  func single(_ index: Int) throws -> Int {
    let sizes = try shape(index)
    guard sizes.count == 1 else {
      throw Raise(.runtimeError, "\(name): expected one integer, got \(sizes.count)")
    }
    return sizes[0]
  }

  /// The dtype of floats that a program writes, unless the row names another.
  func floatDType(_ index: Int) throws -> DType {
    try optionalDType(index, .torch) ?? machine.tensorTypes.defaultDType
  }
}
