import Language
import TensorCore

/// `numpy.fft`, window functions and complex arrays.
enum NumpyFourier {
  static let module = ModuleTable(
    "numpy.fft", doc: "Fourier transforms.", entries: (transforms + helpers).map { .function($0) })

  private static let x = "[1., 2., 3., 4.]"

  private static func one(
    _ name: String, _ doc: String, _ body: @escaping (Tensor, Int?, Int, FourierNorm) throws -> Tensor
  ) -> Native {
    numpyRow("\(name)(a, n=None, axis=-1, norm=None)", doc, example: "np.fft.\(name)(\(x))") { a in
      a.machine.ndarray(
        try body(a.array(0), a.optionalInt(1), a.int(2), TorchFourier.norm(a, 3)))
    }
  }

  private static func several(
    _ name: String, _ doc: String, two: Bool,
    _ body: @escaping (Tensor, [Int]?, [Int], FourierNorm) throws -> Tensor
  ) -> Native {
    numpyRow(
      "\(name)(a, s=None, axes=\(two ? "(-2, -1)" : "None"), norm=None)", doc,
      example: "np.fft.\(name)(np.ones((2, 4))).shape"
    ) { a in
      let sizes = a[1].isNone ? nil : try a.shape(1)
      var axes = try a.axes(2)
      if axes.isEmpty, let sizes { axes = (0..<sizes.count).map { $0 - sizes.count } }
      return a.machine.ndarray(try body(a.array(0), sizes, axes, TorchFourier.norm(a, 3)))
    }
  }

  private static let transforms: [Native] = [
    one("fft", "The Fourier transform along an axis.") {
      try $0.fft($1, axis: $2, norm: $3, promotion: .numpy)
    },
    one("ifft", "Its inverse.") { try $0.fft($1, axis: $2, norm: $3, inverse: true, promotion: .numpy) },
    one("rfft", "The transform of real numbers, the first n // 2 + 1 values.") {
      try $0.rfft($1, axis: $2, norm: $3, promotion: .numpy)
    },
    one("irfft", "Back from rfft to n real numbers.") {
      try $0.irfft($1, axis: $2, norm: $3, promotion: .numpy)
    },
    several("fft2", "The transform along two axes.", two: true) {
      try $0.fftn($1, axes: $2, norm: $3, promotion: .numpy)
    },
    several("ifft2", "Its inverse.", two: true) {
      try $0.fftn($1, axes: $2, norm: $3, inverse: true, promotion: .numpy)
    },
    several("rfft2", "The transform of real numbers along two axes.", two: true) {
      try $0.rfftn($1, axes: $2, norm: $3, promotion: .numpy)
    },
    several("irfft2", "Its inverse.", two: true) {
      try $0.irfftn($1, axes: $2, norm: $3, promotion: .numpy)
    },
    several("fftn", "The transform along several axes.", two: false) {
      try $0.fftn($1, axes: $2, norm: $3, promotion: .numpy)
    },
    several("ifftn", "Its inverse.", two: false) {
      try $0.fftn($1, axes: $2, norm: $3, inverse: true, promotion: .numpy)
    },
    several("rfftn", "The transform of real numbers along several axes.", two: false) {
      try $0.rfftn($1, axes: $2, norm: $3, promotion: .numpy)
    },
    several("irfftn", "Its inverse.", two: false) {
      try $0.irfftn($1, axes: $2, norm: $3, promotion: .numpy)
    },
  ]

  private static let helpers: [Native] = [
    numpyRow("fftfreq(n, d=1.0)", "The frequencies of fft.", example: "np.fft.fftfreq(4)") { a in
      a.machine.ndarray(try Tensor.fourierFrequencies(a.int(0), spacing: a.double(1), dtype: .float64))
    },
    numpyRow("rfftfreq(n, d=1.0)", "The frequencies of rfft.", example: "np.fft.rfftfreq(4)") { a in
      a.machine.ndarray(
        try Tensor.fourierFrequencies(a.int(0), spacing: a.double(1), half: true, dtype: .float64))
    },
    numpyRow("fftshift(x, axes=None)", "Frequency 0 moved to the middle.", example: "np.fft.fftshift(\(x))") { a in
      a.machine.ndarray(try a.array(0).fourierShift(a.axes(1)))
    },
    numpyRow("ifftshift(x, axes=None)", "Back from fftshift.", example: "np.fft.ifftshift(\(x))") { a in
      a.machine.ndarray(try a.array(0).fourierShift(a.axes(1), inverse: true))
    },
  ]

  /// Functions of `numpy` itself.
  static let functions: [Native] = [
    numpyRow("angle(z, deg=False)", "The angle in radians, or in degrees.", example: "np.angle(np.fft.fft([1., 2.]))") { a in
      let x = try a.array(0)
      let angle = try (x.dtype.isInteger || x.dtype == .bool ? x.to(.float64) : x).angle()
      return try a.machine.numpyValue(a.bool(1) ? angle * .double(180 / .pi) : angle)
    },
    numpyRow("real(val)", "The real part.", example: "np.real(np.fft.fft([1., 2.]))") { a in
      try a.machine.numpyValue(a.array(0).realPart())
    },
    numpyRow("imag(val)", "The imaginary part.", example: "np.imag(np.fft.fft([1., 2.]))") { a in
      try a.machine.numpyValue(a.array(0).imaginaryPart())
    },
    numpyRow("conj(x)", "With the sign of the imaginary part turned.", example: "np.conj(np.fft.fft([1., 2.]))") { a in
      try a.machine.numpyValue(a.array(0).conjugate())
    },
    numpyRow("conjugate(x)", "The same.", example: "np.conjugate(np.fft.fft([1., 2.]))") { a in
      try a.machine.numpyValue(a.array(0).conjugate())
    },
    numpyRow("iscomplex(x)", "Whether each element has an imaginary part.", example: "np.iscomplex([1., 2.])") { a in
      try a.machine.numpyValue(Comparison.notEqual(a.array(0).imaginaryPart(), .int(0)))
    },
    numpyRow("isreal(x)", "Whether each element has none.", example: "np.isreal([1., 2.])") { a in
      try a.machine.numpyValue(Comparison.equal(a.array(0).imaginaryPart(), .int(0)))
    },
    numpyRow("iscomplexobj(x)", "Whether the dtype is complex.", example: "np.iscomplexobj([1., 2.])") { a in
      .bool(try a.array(0).dtype.isComplex)
    },
    numpyRow("isrealobj(x)", "Whether the dtype is not complex.", example: "np.isrealobj([1., 2.])") { a in
      .bool(try !a.array(0).dtype.isComplex)
    },
    window("hanning", "Hann's raised cosine.", [0.5, 0.5]),
    window("hamming", "Hamming's window.", [0.54, 0.46]),
    window("blackman", "Blackman's window.", [0.42, 0.5, 0.08]),
    numpyRow("bartlett(M)", "The triangular window.", example: "np.bartlett(5)") { a in
      a.machine.ndarray(try Tensor.bartlettWindow(max(0, a.int(0)), periodic: false, dtype: .float64))
    },
    numpyRow("kaiser(M, beta)", "Kaiser's window.", example: "np.kaiser(5, 8.6)") { a in
      a.machine.ndarray(
        try Tensor.kaiserWindow(max(0, a.int(0)), beta: a.double(1), periodic: false, dtype: .float64))
    },
  ]

  private static func window(_ name: String, _ doc: String, _ parts: [Double]) -> Native {
    numpyRow("\(name)(M)", doc, example: "np.\(name)(5)") { a in
      a.machine.ndarray(try Tensor.cosineWindow(parts, max(0, a.int(0)), periodic: false, dtype: .float64))
    }
  }
}
