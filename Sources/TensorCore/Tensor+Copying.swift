import Compute

// Copies, conversions and writes.

extension Tensor {
  /// A row-major copy with memory of its own.
  public func clone() throws -> Tensor {
    let result = try copied(to: dtype)
    if records { result.record("CloneBackward0", [edge]) { [$0.gradient] } }
    return result
  }

  /// This when the elements lie in row-major order, else a copy where they do.
  public func contiguous() throws -> Tensor { isContiguous ? self : try clone() }

  /// `contiguous` without a history.
  func contiguousData() throws -> Tensor { isContiguous ? self : try copied(to: dtype) }

  /// The elements converted to another dtype; this itself when it has it already.
  ///
  /// Floats are cut towards zero on the way to integers; anything but 0 is true.
  public func to(_ target: DType) throws -> Tensor {
    if target == dtype { return self }
    let result = try copied(to: target)
    if records && target.isDifferentiable {
      let original = dtype
      result.record("ToCopyBackward0", [edge]) { [try $0.gradient.to(original)] }
    }
    return result
  }

  /// `to` under the name that the operations use.
  @inline(__always)
  func converted(to target: DType) throws -> Tensor {
    target == dtype ? self : try to(target)
  }

  private func copied(to target: DType) throws -> Tensor {
    guard let loop = DType.castLoop(dtype, target) else {
      if let bridge = DType.bridge(dtype, target) {
        return try copied(to: bridge).copied(to: target)
      }
      throw TensorError.dtype(operation: "to", found: dtype, needed: target.name)
    }
    if target == dtype, !isContiguous {
      let out = try Tensor(uninitialized: shape, count: count, dtype: dtype)
      if try !Elementwise.transposed(self, into: out) { try Elementwise.unary(loop, self, into: out) }
      return out
    }
    return try Elementwise.unary(loop, self, to: target)
  }

  /// Writes the elements of `source`, broadcast and converted, into this view's memory; not recorded.
  func write(_ source: Tensor) throws {
    guard let loop = DType.castLoop(source.dtype, dtype) else {
      if let bridge = DType.bridge(source.dtype, dtype) { try write(source.copied(to: bridge)) }
      return
    }
    var source = source
    if source.storage === storage && source !== self {
      source = try source.copied(to: source.dtype)
    }
    storage.version &+= 1
    let shown = source.shape == shape ? source : source.alias().expanded(shape)
    try Elementwise.unary(loop, shown, into: self)
  }
}

// MARK: - In place

extension Tensor {
  /// Replaces the values by those of `result`, which takes part in the history.
  ///
  /// - Parameter compute: gives the new values, which broadcast to this shape.
  func replace(_ operation: String, _ compute: () throws -> Tensor) throws {
    try checkWritable(operation)
    let result = try compute()
    guard try Shape.broadcast(shape, result.shape, operation) == shape else {
      throw TensorError.wrongShape(
        operation: operation, found: result.shape, needed: "\(shape), the shape written to")
    }
    let target = dtype
    if result.dtype.kind > target.kind {
      throw TensorError.dtype(
        operation: operation, found: result.dtype, needed: "\(target), that of the tensor")
    }
    try write(result.detached())
    guard GradientMode.isEnabled, dtype.isDifferentiable else { return }
    let shown = result.shape == shape ? result : result.expanded(shape)
    let converted = try shown.converted(to: target)
    if origin != nil { return rebase(converted.edge) }
    node = converted.node
    if node == nil, converted.wantsGradient {
      record("CopyBackwards", [converted.edge]) { [$0.gradient] }
    }
  }

  /// Any operation that gives the new values, written over this. (`clamp_`, `masked_fill_` ...)
  public func apply(inPlace name: String, _ operation: (Tensor) throws -> Tensor) throws {
    try replace(name) { try operation(self.recordedCopy()) }
  }

  /// Overwrites the values with those of `source`, broadcast and converted. (`copy_`)
  public func copy(from source: Tensor) throws {
    guard try Shape.broadcast(shape, source.shape, "copy_") == shape else {
      throw TensorError.wrongShape(
        operation: "copy_", found: source.shape, needed: "one that broadcasts to \(shape)")
    }
    try checkWritable("copy_")
    try write(source.detached())
    guard GradientMode.isEnabled, dtype.isDifferentiable else { return }
    let (original, target) = (source.shape, source.dtype)
    if origin != nil {
      if source.requiresGrad || origin?.base.requiresGrad == true {
        let shown = source.shape == shape ? source : source.expanded(shape)
        rebase(try shown.converted(to: dtype).edge)
      }
      return
    }
    node = nil
    if source.requiresGrad {
      record("CopyBackwards", [source.edge]) {
        [try $0.gradient.sum(to: original).converted(to: target)]
      }
    }
  }

  /// Sets every element. (`fill_`)
  public func fill(_ value: Scalar) throws {
    try checkWritable("fill_")
    try write(try Tensor(value, dtype: dtype))
    guard GradientMode.isEnabled, requiresGrad else { return }
    if origin != nil { return rebase(.none) }
    let before = edge
    let name = value.double == 0 ? "ZeroBackward0" : "FillBackward2"
    record(name, [before]) { [try Tensor.zerosLike($0.gradient)] }
  }

  /// self += other, self -= other, ... without a new tensor. (`add_`)
  public func add(inPlace other: Tensor) throws { try apply(.add, other, "add_") }
  public func subtract(inPlace other: Tensor) throws { try apply(.subtract, other, "sub_") }
  public func multiply(inPlace other: Tensor) throws { try apply(.multiply, other, "mul_") }
  public func divide(inPlace other: Tensor) throws { try apply(.divide, other, "div_") }

  /// Any operation of two operands, its result written over this. (`pow_`, `remainder_` ...)
  public func apply(_ operation: BinaryOperation, _ other: Tensor, _ name: String) throws {
    // Without a history the loop writes straight into this memory.
    if !(GradientMode.isEnabled && (requiresGrad || other.requiresGrad)),
      other.dtype == dtype, operation.keepsDType(dtype),
      let loop = sw_binary(operation.kernel, dtype.rawValue)
    {
      guard try Shape.broadcast(shape, other.shape, name) == shape else {
        throw TensorError.wrongShape(
          operation: name, found: other.shape, needed: "one that broadcasts to \(shape)")
      }
      let operand = other.storage === storage && other !== self ? try other.clone() : other
      if operation.rejectsZero { try operation.checkDivisor(operand) }
      storage.version &+= 1
      try Elementwise.binary(loop, self, operand, into: self)
      return
    }
    try replace(name) { try operation(self.recordedCopy(), other) }
  }

  /// Any operation of one operand, its result written over this. (`exp_`, `relu_` ...)
  public func apply(_ operation: UnaryOperation, _ name: String) throws {
    try replace(name) { try operation(self.recordedCopy()) }
  }

  /// The present value as an operand that stays what it is while this is overwritten.
  private func recordedCopy() throws -> Tensor {
    guard node != nil, GradientMode.isEnabled else { return try detached().clone() }
    return try clone()
  }
}

extension Tensor {
  /// Writes the result of a function of this over it, recorded: what `scatter_` and its kin do.
  ///
  /// - Parameter compute: gets the present value as an operand that stays what it is.
  public func overwrite(_ name: String, _ compute: (Tensor) throws -> Tensor) throws {
    try replace(name) { try compute(self.recordedCopy()) }
  }
}
