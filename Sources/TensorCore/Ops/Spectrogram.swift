import Compute

// Short-time Fourier transforms: a window slides over a signal, and each frame is transformed.

/// The shapes of `stft` and `istft`.
public struct FrameLayout: Sendable {
  /// Samples of a transform.
  public var size: Int
  /// Samples from frame to frame.
  public var hop: Int
  /// Whether the signal is padded so that frame t is centred at t * hop.
  public var center: Bool
  public var padMode: PadMode
  /// Whether the transforms are divided by the square root of `size`.
  public var normalized: Bool
  /// Whether only the first size / 2 + 1 frequencies are there.
  public var oneSided: Bool

  public init(
    size: Int, hop: Int, center: Bool = true, padMode: PadMode = .reflect, normalized: Bool = false,
    oneSided: Bool = true
  ) {
    self.size = size
    self.hop = hop
    self.center = center
    self.padMode = padMode
    self.normalized = normalized
    self.oneSided = oneSided
  }

  fileprivate func window(_ given: Tensor?, _ length: Int, _ dtype: DType, _ name: String) throws
    -> Tensor
  {
    guard size > 0, hop > 0, length > 0, length <= size else {
      throw TensorError.argument(
        operation: name,
        message: "expected 0 < win_length <= n_fft and hop_length > 0, but got n_fft=\(size), "
          + "win_length=\(length), hop_length=\(hop)")
    }
    let window = try given ?? Tensor.ones([length], dtype: dtype)
    guard window.shape == [length] else {
      throw TensorError.wrongShape(
        operation: name, found: window.shape, needed: "[\(length)], the window's length")
    }
    let left = (size - length) / 2
    return try window.to(dtype).padded([(left, size - length - left)])
  }
}

extension Tensor {
  /// The transforms of frames of a signal: [time] or [batch, time] -> [..., frequencies, frames],
  /// complex.
  public func stft(_ layout: FrameLayout, window: Tensor? = nil, length: Int? = nil) throws -> Tensor {
    guard rank == 1 || rank == 2, dtype == .float32 || dtype == .float64 else {
      throw TensorError.wrongShape(
        operation: "stft", found: shape, needed: "[time] or [batch, time] of floats")
    }
    let shaped = try layout.window(window, length ?? layout.size, dtype, "stft")
    var signal = self
    if layout.center {
      let side = layout.size / 2
      if case .reflect = layout.padMode, side >= shape[rank - 1] {
        throw TensorError.argument(
          operation: "stft",
          message: "Padding size should be less than the corresponding input dimension: n_fft // 2 is "
            + "\(side), the signal has \(shape[rank - 1]) samples")
      }
      signal = try padded([(side, side)], layout.padMode)
    }
    guard signal.shape[rank - 1] >= layout.size else {
      throw TensorError.argument(
        operation: "stft",
        message: "expected 0 < n_fft < \(signal.shape[rank - 1]), but got n_fft=\(layout.size)")
    }
    let frames = try signal.windows(axis: -1, size: layout.size, step: layout.hop)
      .multiplied(by: shaped)
    let norm: FourierNorm = layout.normalized ? .ortho : .backward
    let spectrum = try layout.oneSided ? frames.rfft(norm: norm) : frames.fft(norm: norm)
    return try spectrum.transpose(-2, -1)
  }

  /// Back from `stft`: frames transformed back, windowed, added up, and divided by the sum of the
  /// squared windows.
  ///
  /// - Parameter samples: the length to cut or fill to.
  public func istft(
    _ layout: FrameLayout, window: Tensor? = nil, length: Int? = nil, samples: Int? = nil
  ) throws -> Tensor {
    guard rank == 2 || rank == 3, dtype.isComplex else {
      throw TensorError.wrongShape(
        operation: "istft", found: shape, needed: "[frequencies, frames] of complex numbers, maybe "
          + "with a batch in front; the dtype is \(dtype)")
    }
    let bins = layout.oneSided ? layout.size / 2 + 1 : layout.size
    guard shape[rank - 2] == bins, shape[rank - 1] > 0 else {
      throw TensorError.wrongShape(
        operation: "istft", found: shape, needed: "\(bins) frequencies for n_fft=\(layout.size)")
    }
    let shaped = try layout.window(window, length ?? layout.size, dtype.realPart, "istft")
    let norm: FourierNorm = layout.normalized ? .ortho : .backward
    let spectrum = try transpose(-2, -1)
    let frames = try layout.oneSided
      ? spectrum.irfft(layout.size, norm: norm)
      : spectrum.fft(norm: norm, inverse: true).realPart()
    let count = shape[rank - 1]
    let (reach, overflow) = layout.hop.multipliedReportingOverflow(by: count - 1)
    let (total, over) = reach.addingReportingOverflow(layout.size)
    if overflow || over { throw TensorError.size(operation: "istft", shape: [layout.hop, count]) }
    func added(_ frames: Tensor) throws -> Tensor {
      // [..., frames, size] as columns of patches [..., size, frames].
      try frames.transpose(-2, -1).contiguous()
        .foldPatches([1, total], [1, layout.size], Convolution(stride: [1, layout.hop]))
        .reshape(Array(frames.shape.dropLast(2)) + [total])
    }
    let signal = try added(frames.multiplied(by: shaped))
    let envelope = try added(shaped.square().unsqueeze(0).expand([count, layout.size]))
    let start = layout.center ? layout.size / 2 : 0
    let end = Swift.min(total, samples.map { start + Swift.max(0, $0) } ?? total - start)
    guard end > start else {
      throw TensorError.argument(operation: "istft", message: "nothing is left of \(total) samples")
    }
    let weight = try envelope.narrow(-1, start: start, length: end - start)
    if try weight.detached().abs().min().item().double < 1e-11 {
      throw TensorError.argument(
        operation: "istft", message: "window overlap add min: 1 (a place that no window covers); take "
          + "a smaller hop_length or another window")
    }
    let result = try signal.narrow(-1, start: start, length: end - start).divided(by: weight)
    guard let samples, samples > end - start else { return result }
    return try result.padded([(0, samples - (end - start))])
  }

  /// A window of a family of cosines: sum of (-1)^k a_k cos(2 pi k n / N).
  ///
  /// - Parameter periodic: N is the length, else one less (a symmetric window).
  public static func cosineWindow(
    _ coefficients: [Double], _ length: Int, periodic: Bool, dtype: DType
  ) throws -> Tensor {
    try window(length, periodic, dtype) { place, n in
      coefficients.enumerated().reduce(0.0) { sum, term in
        sum + (term.offset % 2 == 0 ? 1 : -1) * term.element * cosine(Double(term.offset) * place / n)
      }
    }
  }

  /// The triangular window.
  public static func bartlettWindow(_ length: Int, periodic: Bool, dtype: DType) throws -> Tensor {
    try window(length, periodic, dtype) { place, n in 1 - (2 * place / n - 1).magnitude }
  }

  /// Kaiser's window with shape parameter `beta`.
  public static func kaiserWindow(
    _ length: Int, beta: Double, periodic: Bool, dtype: DType
  ) throws -> Tensor {
    let inside = try window(length, periodic, .float64) { place, n in
      let r = 2 * place / n - 1
      return beta * Swift.max(0, 1 - r * r).squareRoot()
    }
    if length <= 1 { return try ones([length], dtype: dtype) }
    let whole = try UnaryOperation.i0(Tensor([beta], dtype: .float64))
    return try UnaryOperation.i0(inside).divided(by: whole).to(dtype)
  }

  /// cos(2 pi t), exact at quarters.
  private static func cosine(_ t: Double) -> Double {
    let turn = t - t.rounded(.down)
    if turn == 0.25 || turn == 0.75 { return 0 }
    return (try? Tensor(.double(turn * 2 * .pi), dtype: .float64).cos().item().double) ?? .nan
  }

  private static func window(
    _ length: Int, _ periodic: Bool, _ dtype: DType, _ value: (Double, Double) -> Double
  ) throws -> Tensor {
    let count = try Shape.affordable([length], "window")
    if count <= 1 { return try ones([count], dtype: dtype) }
    let n = Double(periodic ? count : count - 1)
    return try Tensor((0..<count).map { value(Double($0), n) }, dtype: .float64).to(dtype)
  }
}
