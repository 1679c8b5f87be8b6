import Compute

// Fourier transforms. One operation: the transform along an axis, whose gradient is the transform
// with the other sign. Real and shifted forms, and several axes, are made of it.

/// Where the factor 1/n goes.
public enum FourierNorm: Sendable {
  /// On the inverse.
  case backward
  /// The square root on both.
  case ortho
  /// On the transform itself.
  case forward

  func scale(_ n: Int, inverse: Bool) -> Double {
    switch self {
    case .ortho: 1 / Double(n).squareRoot()
    case .backward: inverse ? 1 / Double(n) : 1
    case .forward: inverse ? 1 : 1 / Double(n)
    }
  }
}

extension Tensor {
  /// This as complex numbers by PyTorch's rules.
  public func asComplexTensor() throws -> Tensor { try asComplex(.torch) }

  /// The complex tensor with these numbers; halves and integers as complex64, or complex128 by
  /// NumPy's rules.
  func asComplex(_ promotion: Promotion) throws -> Tensor {
    if dtype.isComplex { return self }
    if dtype.isFloating && !dtype.isHalf { return try to(dtype.complexOfThis) }
    return try to(promotion == .numpy ? .complex128 : .complex64)
  }

  /// One axis cut or filled with zeros to a length.
  private func fitted(_ axis: Int, _ length: Int) throws -> Tensor {
    let size = shape[axis]
    if size == length { return self }
    if size > length { return try narrow(axis, start: 0, length: length) }
    var amounts = Array(repeating: (0, 0), count: rank - axis)
    amounts[0] = (0, length - size)
    return try padded(amounts)
  }

  private func fourierLength(_ n: Int?, _ axis: Int, _ operation: String) throws -> (Int, Int) {
    guard rank > 0 else {
      throw TensorError.wrongShape(operation: operation, found: shape, needed: "at least one axis")
    }
    let a = try Shape.axis(axis, rank: rank, operation)
    let length = n ?? shape[a]
    guard length >= 1, length <= 1 << 40 else {
      throw TensorError.argument(
        operation: operation, message: "Invalid number of data points (\(length)) specified")
    }
    return (a, length)
  }

  /// sum over k of x_k exp(-2 pi i j k / n) along an axis; complex.
  ///
  /// - Parameter n: the length to cut or fill to.
  public func fft(
    _ n: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward, inverse: Bool = false,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    let name = inverse ? "ifft" : "fft"
    let (a, length) = try fourierLength(n, axis, name)
    return try asComplex(promotion).fitted(a, length)
      .fourier(a, inverse: inverse, scale: norm.scale(length, inverse: inverse))
  }

  /// The first n / 2 + 1 values of the transform of real numbers; the others mirror them.
  public func rfft(
    _ n: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward, promotion: Promotion = .torch
  ) throws -> Tensor {
    guard !dtype.isComplex else {
      throw TensorError.dtype(operation: "rfft", found: dtype, needed: "a real dtype; use fft")
    }
    let (a, length) = try fourierLength(n, axis, "rfft")
    return try fft(length, axis: a, norm: norm, promotion: promotion)
      .narrow(a, start: 0, length: length / 2 + 1).clone().named(gradientFunction: "FftR2CBackward0")
  }

  /// Back from `rfft` to `n` real numbers; nil is an even number.
  public func irfft(
    _ n: Int? = nil, axis: Int = -1, norm: FourierNorm = .backward, promotion: Promotion = .torch
  ) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "irfft")
    let (_, length) = try fourierLength(n ?? 2 * ((rank == 0 ? 1 : shape[a]) - 1), axis, "irfft")
    let half = try asComplex(promotion).fitted(a, length / 2 + 1)
    // The values that mirror the first ones: x[n - k] = conj(x[k]).
    let mirrored = length - length / 2 - 1
    var parts = [half]
    if mirrored > 0 {
      parts.append(try half.narrow(a, start: 1, length: mirrored).flip([a]).conjugate())
    }
    let whole = parts.count == 1 ? half : try Tensor.cat(parts, axis: a)
    return try whole.fourier(a, inverse: true, scale: norm.scale(length, inverse: true))
      .realPart().clone().named(gradientFunction: "FftC2RBackward0")
  }

  /// Transforms along several axes; empty means all.
  public func fftn(
    _ sizes: [Int]? = nil, axes: [Int] = [], norm: FourierNorm = .backward, inverse: Bool = false,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    let plan = try fourierAxes(sizes, axes, "fftn")
    return try plan.reduce(asComplex(promotion)) {
      try $0.fft($1.1, axis: $1.0, norm: norm, inverse: inverse)
    }
  }

  public func rfftn(
    _ sizes: [Int]? = nil, axes: [Int] = [], norm: FourierNorm = .backward,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    let plan = try fourierAxes(sizes, axes, "rfftn")
    guard let last = plan.last else { return try asComplex(promotion) }
    let first = try rfft(last.1, axis: last.0, norm: norm, promotion: promotion)
    return try plan.dropLast().reduce(first) { try $0.fft($1.1, axis: $1.0, norm: norm) }
  }

  public func irfftn(
    _ sizes: [Int]? = nil, axes: [Int] = [], norm: FourierNorm = .backward,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    let plan = try fourierAxes(sizes, axes, "irfftn")
    guard let last = plan.last else { return try realPart() }
    let first = try plan.dropLast().reduce(asComplex(promotion)) {
      try $0.fft($1.1, axis: $1.0, norm: norm, inverse: true)
    }
    return try first.irfft(sizes == nil ? nil : last.1, axis: last.0, norm: norm)
  }

  /// Axes with their lengths.
  private func fourierAxes(_ sizes: [Int]?, _ axes: [Int], _ operation: String) throws
    -> [(Int, Int)]
  {
    var chosen = axes
    if chosen.isEmpty {
      guard (sizes?.count ?? 0) <= rank else {
        throw TensorError.argument(
          operation: operation, message: "\(sizes?.count ?? 0) sizes for \(rank) axes")
      }
      chosen = Array((rank - (sizes?.count ?? rank))..<rank)
    }
    guard sizes == nil || sizes?.count == chosen.count else {
      throw TensorError.argument(
        operation: operation, message: "When given, dim and shape arguments must have the same length")
    }
    return try chosen.enumerated().map { place, axis in
      let (a, length) = try fourierLength(sizes.flatMap { $0[place] == -1 ? nil : $0[place] }, axis, operation)
      return (a, length)
    }
  }

  // MARK: -

  /// The transform of a complex tensor along a checked axis, times `scale`.
  private func fourier(_ axis: Int, inverse: Bool, scale: Double) throws -> Tensor {
    let result = try noGrad { try detached().transformed(axis, inverse, scale) }
    if records {
      result.record("FftC2CBackward0", [edge]) {
        // The adjoint of a sum with exp(-i t) is the sum with exp(i t).
        [try $0.gradient.fourier(axis, inverse: !inverse, scale: scale)]
      }
    }
    return result
  }

  private func transformed(_ axis: Int, _ inverse: Bool, _ scale: Double) throws -> Tensor {
    let n = shape[axis]
    if count == 0 { return try clone() }
    // The axis goes last, in double.
    let turned = try transpose(axis, rank - 1)
    let work = turned.dtype == .complex128 ? try turned.clone() : try turned.to(.complex128).contiguous()
    guard let plan = sw_fft_make(Int64(n)) else {
      throw MemoryError(requested: n * 16, inUse: Memory.inUse, limit: Memory.limit)
    }
    defer { sw_fft_free(plan) }
    let (data, shared) = (UnsafeSend(work.elements(Double.self)), UnsafeSend(plan))
    let failures = FirstError()
    try ThreadPool.forRanges(count / n, grain: Swift.max(1, (1 << 14) / n)) { start, end in
      failures.run {
        for i in start..<end {
          switch sw_fft_run(shared.value, data.value + i * n * 2, inverse ? 1 : 0, scale) {
          case 0: continue
          case 1: throw MemoryError(requested: n * 16, inUse: Memory.inUse, limit: Memory.limit)
          default: throw Interrupted()
          }
        }
      }
    }
    try failures.rethrow()
    try Interrupt.check()
    let back = try work.transpose(axis, rank - 1)
    return dtype == .complex128 ? try back.contiguous() : try back.to(dtype).contiguous()
  }

  /// The frequencies of `fft` (or `rfft` with `half`) for `n` samples `spacing` apart.
  public static func fourierFrequencies(
    _ n: Int, spacing: Double = 1, half: Bool = false, dtype: DType = .float32
  ) throws -> Tensor {
    guard n > 0 else {
      throw TensorError.argument(operation: "fftfreq", message: "n must be positive, not \(n)")
    }
    try Shape.affordable([n], "fftfreq")
    let places: [Int] = half ? Array(0...(n / 2)) : Array(0..<((n + 1) / 2)) + Array(-(n / 2)..<0)
    let step = 1 / (Double(n) * spacing)
    return try Tensor(places.map { Double($0) * step }, dtype: dtype)
  }

  /// Axes rolled so that frequency 0 comes to the middle, or back.
  public func fourierShift(_ axes: [Int] = [], inverse: Bool = false) throws -> Tensor {
    let chosen = try Shape.axes(axes, rank: rank, "fftshift")
    return try chosen.reduce(self) {
      let size = shape[$1]
      return try $0.roll(inverse ? (size + 1) / 2 : size / 2, axis: $1)
    }
  }
}

extension OperationTable {
  static let fouriers: [OperationDeclaration] = [
    OperationDeclaration(name: "fft", family: "Fourier", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([6])]) { try $0[0].fft().viewAsReal() },
        OperationSample([try OperationSample.values([2, 7])]) {
          try $0[0].fft(5, norm: .ortho).viewAsReal()
        },
        OperationSample([try OperationSample.values([5])]) { try $0[0].rfft(8).abs() },
        OperationSample([try OperationSample.values([2, 4, 2])]) {
          try $0[0].viewAsComplex().irfft(7)
        },
        OperationSample([try OperationSample.values([3, 4])]) { try $0[0].rfftn().viewAsReal() },
      ]
    }
  ]
}
