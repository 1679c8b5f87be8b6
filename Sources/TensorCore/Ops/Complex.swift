import Compute

// Complex tensors: made of two real ones, and taken apart into views of their parts.
//
// A gradient of a complex tensor is dL/dRe + i dL/dIm, as in PyTorch, so that views of the parts need
// no rule of their own.

extension Tensor {
  /// The complex tensor with these parts, which broadcast.
  public static func complex(_ real: Tensor, _ imaginary: Tensor) throws -> Tensor {
    guard real.dtype.isFloating, imaginary.dtype.isFloating else {
      throw TensorError.dtype(
        operation: "complex", found: real.dtype.isFloating ? imaginary.dtype : real.dtype,
        needed: "float32 or float64 for both parts")
    }
    let type: DType = real.dtype == .float64 || imaginary.dtype == .float64 ? .float64 : .float32
    let shape = try Shape.broadcast(real.shape, imaginary.shape, "complex")
    return try stack(
      [real.to(type).expand(shape), imaginary.to(type).expand(shape)], axis: -1
    ).viewAsComplex().named(gradientFunction: "ComplexBackward0")
  }

  /// The complex tensor with these magnitudes and angles (radians).
  public static func polar(_ magnitude: Tensor, _ angle: Tensor) throws -> Tensor {
    try complex(magnitude.multiplied(by: angle.cos()), magnitude.multiplied(by: angle.sin()))
      .named(gradientFunction: "PolarBackward0")
  }

  /// [..., 2] of floats as [...] of complex numbers over the same memory.
  public func viewAsComplex() throws -> Tensor {
    guard dtype == .float32 || dtype == .float64 else {
      throw TensorError.dtype(
        operation: "view_as_complex", found: dtype, needed: "float32 or float64")
    }
    guard rank > 0, shape[rank - 1] == 2 else {
      throw TensorError.wrongShape(
        operation: "view_as_complex", found: shape,
        needed: "one whose last axis has size 2: real and imaginary part")
    }
    let fits =
      strides[rank - 1] == 1 && offset % 2 == 0 && strides.dropLast().allSatisfy { $0 % 2 == 0 }
    guard fits else {
      return try clone().viewAsComplex()
    }
    return view(
      "ViewAsComplexBackward0", shape: Array(shape.dropLast()),
      strides: strides.dropLast().map { $0 / 2 }, offset: offset / 2, dtype: dtype.complexOfThis
    ) { try $0.viewAsReal() }
  }

  /// [...] of complex numbers as [..., 2] of floats over the same memory.
  public func viewAsReal() throws -> Tensor {
    guard dtype.isComplex else {
      throw TensorError.dtype(operation: "view_as_real", found: dtype, needed: "a complex dtype")
    }
    return view(
      "ViewAsRealBackward0", shape: shape + [2], strides: strides.map { $0 &* 2 } + [1],
      offset: offset &* 2, dtype: dtype.realPart
    ) { try $0.contiguous().viewAsComplex() }
  }

  /// The real part, a view; the tensor itself where it is real.
  public func realPart() throws -> Tensor {
    dtype.isComplex
      ? try viewAsReal().select(-1, 0).named(gradientFunction: "SelectBackward0") : self
  }

  /// The imaginary part, a view; zeros where the tensor is real.
  public func imaginaryPart() throws -> Tensor {
    try dtype.isComplex ? viewAsReal().select(-1, 1) : Tensor.zerosLike(self)
  }

  /// With the sign of the imaginary part turned; the tensor itself where it is real.
  public func conjugate() throws -> Tensor { dtype.isComplex ? try UnaryOperation.conj(self) : self }

  /// The angle in radians: of complex numbers, and 0 or pi by the sign of real ones.
  public func angle() throws -> Tensor {
    if dtype.isComplex {
      return try BinaryOperation.atan2(imaginaryPart(), realPart())
        .named(gradientFunction: "AngleBackward0")
    }
    let x = dtype.isFloating ? self : try to(.float32)
    let turned = try Tensor.where(
      Comparison.less(x, .double(0)), Tensor.full([], .double(.pi), dtype: x.dtype), .double(0))
    return try Tensor.where(x.isNaN(), x, turned)
  }

  /// The length of complex numbers; its gradient is 0 where they are 0.
  func complexMagnitude() throws -> Tensor {
    let length = try noGrad { try BinaryOperation.hypot(realPart(), imaginaryPart()) }
    if records {
      let saved = Saved(self)
      length.record("AbsBackward0", [edge]) { call in
        let z = try saved.value("abs")
        let size = try z.complexMagnitude()
        let safe = try Tensor.where(size.equal(.double(0)), .double(1), size)
        return [try z.multiplied(by: call.gradient.divided(by: safe))]
      }
    }
    return length
  }
}

extension OperationTable {
  static let complexes: [OperationDeclaration] = [
    OperationDeclaration(name: "complex", family: "Complex", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([3]), try OperationSample.values([3], 0.3, 2)])
        {
          let z = try Tensor.complex($0[0], $0[1])
          return try (z * z).abs().adding((z / z.conjugate()).angle())
        },
        OperationSample([try OperationSample.values([2, 3], 0.2, 2)]) {
          try Tensor.polar($0[0], $0[0]).viewAsReal()
        },
      ]
    }
  ]
}
