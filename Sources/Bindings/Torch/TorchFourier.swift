import Language
import TensorCore

/// `torch.fft`, complex tensors, short-time transforms and window functions.
enum TorchFourier {
  static let module = ModuleTable(
    "torch.fft", doc: "Fourier transforms.",
    entries: (transforms + helpers).map { .function($0) })

  private static let x = "torch.tensor([1., 2., 3., 4.])"

  static func norm(_ a: Arguments, _ index: Int) throws -> FourierNorm {
    switch try a.optionalString(index) {
    case nil, "backward": return .backward
    case "ortho": return .ortho
    case "forward": return .forward
    case let other?:
      throw Raise(
        .runtimeError, "Invalid normalization mode: \"\(other)\"",
        hint: "there are 'backward', 'ortho' and 'forward'")
    }
  }

  private static func one(
    _ name: String, _ doc: String, _ body: @escaping (Tensor, Int?, Int, FourierNorm) throws -> Tensor
  ) -> Native {
    torchRow("\(name)(input, n=None, dim=-1, norm=None)", doc, "torch.fft.\(name)(\(x))") { a in
      try body(a.torchTensor(0), a.optionalInt(1), a.int(2), norm(a, 3))
    }
  }

  private static func several(
    _ name: String, _ doc: String, two: Bool,
    _ body: @escaping (Tensor, [Int]?, [Int], FourierNorm) throws -> Tensor
  ) -> Native {
    torchRow(
      "\(name)(input, s=None, dim=\(two ? "(-2, -1)" : "None"), norm=None)", doc,
      "torch.fft.\(name)(torch.ones(2, 4)).shape"
    ) { a in
      let sizes = a[1].isNone ? nil : try a.shape(1)
      var axes = try a.axes(2)
      // As many of the last axes as there are sizes.
      if axes.isEmpty, let sizes { axes = (0..<sizes.count).map { $0 - sizes.count } }
      return try body(a.torchTensor(0), sizes, axes, norm(a, 3))
    }
  }

  private static let transforms: [Native] = [
    one("fft", "The Fourier transform along an axis.") { try $0.fft($1, axis: $2, norm: $3) },
    one("ifft", "Its inverse.") { try $0.fft($1, axis: $2, norm: $3, inverse: true) },
    one("rfft", "The transform of real numbers, the first n // 2 + 1 values.") {
      try $0.rfft($1, axis: $2, norm: $3)
    },
    one("irfft", "Back from rfft to n real numbers.") { try $0.irfft($1, axis: $2, norm: $3) },
    one("hfft", "The real transform of the first half of a Hermitian signal.") { x, n, axis, norm in
      // The transform with the other sign, and with the factor on the other side.
      let swapped: FourierNorm =
        switch norm {
        case .backward: .forward
        case .forward: .backward
        case .ortho: .ortho
        }
      return try x.asComplexTensor().conjugate().irfft(n, axis: axis, norm: swapped)
    },
    one("ihfft", "Back from hfft.") { x, n, axis, norm in
      let swapped: FourierNorm =
        switch norm {
        case .backward: .forward
        case .forward: .backward
        case .ortho: .ortho
        }
      return try x.rfft(n, axis: axis, norm: swapped).conjugate()
    },
    several("fft2", "The transform along two axes.", two: true) { try $0.fftn($1, axes: $2, norm: $3) },
    several("ifft2", "Its inverse.", two: true) { try $0.fftn($1, axes: $2, norm: $3, inverse: true) },
    several("rfft2", "The transform of real numbers along two axes.", two: true) {
      try $0.rfftn($1, axes: $2, norm: $3)
    },
    several("irfft2", "Its inverse.", two: true) { try $0.irfftn($1, axes: $2, norm: $3) },
    several("fftn", "The transform along several axes.", two: false) {
      try $0.fftn($1, axes: $2, norm: $3)
    },
    several("ifftn", "Its inverse.", two: false) { try $0.fftn($1, axes: $2, norm: $3, inverse: true) },
    several("rfftn", "The transform of real numbers along several axes.", two: false) {
      try $0.rfftn($1, axes: $2, norm: $3)
    },
    several("irfftn", "Its inverse.", two: false) { try $0.irfftn($1, axes: $2, norm: $3) },
  ]

  private static let helpers: [Native] = [
    torchRow("fftfreq(n, d=1.0, *, dtype=None)", "The frequencies of fft.", "torch.fft.fftfreq(4)") {
      try Tensor.fourierFrequencies($0.int(0), spacing: $0.double(1), dtype: $0.floatDType(2))
    },
    torchRow("rfftfreq(n, d=1.0, *, dtype=None)", "The frequencies of rfft.", "torch.fft.rfftfreq(4)") {
      try Tensor.fourierFrequencies(
        $0.int(0), spacing: $0.double(1), half: true, dtype: $0.floatDType(2))
    },
    torchRow("fftshift(input, dim=None)", "Frequency 0 moved to the middle.", "torch.fft.fftshift(\(x))") {
      try $0.torchTensor(0).fourierShift($0.axes(1))
    },
    torchRow("ifftshift(input, dim=None)", "Back from fftshift.", "torch.fft.ifftshift(\(x))") {
      try $0.torchTensor(0).fourierShift($0.axes(1), inverse: true)
    },
  ]

  // MARK: - Complex tensors

  private static let z = "torch.complex(torch.tensor([3.]), torch.tensor([4.]))"

  /// Functions that are methods as well.
  static let functions: [Native] = [
    torchUnary("view_as_real", "[..., 2] floats over the memory of complex numbers.", z) { try $0.viewAsReal() },
    torchUnary("view_as_complex", "Complex numbers over the memory of [..., 2] floats.", "torch.ones(3, 2)") {
      try $0.viewAsComplex()
    },
    torchUnary("angle", "The angle in radians.", z) { try $0.angle() },
    torchUnary("conj", "With the sign of the imaginary part turned.", z) { try $0.conjugate() },
    torchUnary("conj_physical", "The same.", z) { try $0.conjugate() },
    torchUnary("resolve_conj", "The same tensor.", z) { $0 },
    torchUnary("resolve_neg", "The same tensor.", z) { $0 },
    Native("is_complex(input)", "Whether the elements are complex numbers.", example: "torch.is_complex(torch.ones(2))") { a in
      .bool(try a.torchTensor(0).dtype.isComplex)
    },
    torchRow("stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None)", "The transforms of frames of a signal: [..., frequencies, frames].", "torch.stft(torch.ones(64), 16, return_complex=True).shape") { a in
      let x = try a.torchTensor(0)
      guard a.isGiven(9), !a[9].isNone else {
        throw Raise(.runtimeError, "stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release.")
      }
      let result = try x.stft(layout(a, mode: a.string(6), a.bool(7), a[8]), window: a.optionalTensor(4), length: a.optionalInt(3))
      return try a.bool(9) ? result : result.viewAsReal()
    },
    torchRow("istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False)", "Back from stft.", "torch.istft(torch.stft(torch.ones(64), 16, return_complex=True, window=torch.hann_window(16)), 16, window=torch.hann_window(16)).shape") { a in
      try a.torchTensor(0).istft(
        layout(a, mode: "reflect", a.bool(6), a[7]), window: a.optionalTensor(4),
        length: a.optionalInt(3), samples: a.optionalInt(8))
    },
  ]

  private static func layout(_ a: Arguments, mode: String, _ normalized: Bool, _ oneSided: Value) throws
    -> FrameLayout
  {
    let size = try a.int(1)
    return FrameLayout(
      size: size, hop: try a.optionalInt(2) ?? size / 4, center: try a.bool(5),
      padMode: try TorchNNFunctional.padMode(mode, 0, "stft"), normalized: normalized,
      oneSided: oneSided.isNone || !oneSided.isGiven ? true : try a.machine.truth(oneSided))
  }

  /// Functions that are no methods.
  static let others: [Native] = [
    torchRow("complex(real, imag)", "The complex tensor with these parts.", z) {
      try Tensor.complex($0.torchTensor(0), $0.torchTensor(1))
    },
    torchRow("polar(abs, angle)", "The complex tensor with these magnitudes and angles.", "torch.polar(torch.tensor([1.]), torch.tensor([0.5]))") {
      try Tensor.polar($0.torchTensor(0), $0.torchTensor(1))
    },
    torchUnary("real", "The real part.", z) { try $0.realPart() },
    torchUnary("imag", "The imaginary part.", z) { x in
      guard x.dtype.isComplex else {
        throw Raise(.runtimeError, "imag is not implemented for tensors with non-complex dtypes.")
      }
      return try x.imaginaryPart()
    },
    window("hann_window", "Hann's raised cosine.") {
      try Tensor.cosineWindow([0.5, 0.5], $0, periodic: $1, dtype: $2)
    },
    window("blackman_window", "Blackman's window.") {
      try Tensor.cosineWindow([0.42, 0.5, 0.08], $0, periodic: $1, dtype: $2)
    },
    window("bartlett_window", "The triangular window.") {
      try Tensor.bartlettWindow($0, periodic: $1, dtype: $2)
    },
    torchRow("hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, *, dtype=None)", "Hamming's window.", "torch.hamming_window(4)") { a in
      try Tensor.cosineWindow(
        [a.double(2), a.double(3)], length(a), periodic: a.bool(1), dtype: a.floatDType(4))
    },
    torchRow("kaiser_window(window_length, periodic=True, beta=12.0, *, dtype=None)", "Kaiser's window.", "torch.kaiser_window(4)") { a in
      try Tensor.kaiserWindow(
        length(a), beta: a.double(2), periodic: a.bool(1), dtype: a.floatDType(3))
    },
  ]

  private static func length(_ a: Arguments) throws -> Int {
    let length = try a.int(0)
    if length < 0 {
      throw Raise(.runtimeError, "\(a.name) requires non-negative window_length, got window_length=\(length)")
    }
    return length
  }

  private static func window(
    _ name: String, _ doc: String, _ make: @escaping (Int, Bool, DType) throws -> Tensor
  ) -> Native {
    torchRow("\(name)(window_length, periodic=True, *, dtype=None)", doc, "torch.\(name)(4)") { a in
      try make(length(a), a.bool(1), a.floatDType(2))
    }
  }
}
