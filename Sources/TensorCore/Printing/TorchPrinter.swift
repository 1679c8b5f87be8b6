/// The form that PyTorch's `print` gives a tensor.
///
/// One width for all elements, chosen from the values; whole floats as `1.`; scientific notation when
/// the largest and smallest magnitudes are more than a factor of 1000 apart, or beyond 1e8 or below
/// 1e-4; more than 1000 elements are summarised to three at each end of an axis.
struct TorchPrinter {
  private let options: PrintOptions
  private let precision: Int
  private let lineWidth: Int

  init(_ options: PrintOptions) {
    self.options = options
    precision = max(0, min(options.precision ?? 4, 100))
    lineWidth = options.lineWidth ?? 80
  }

  func print(_ tensor: Tensor) -> String {
    let prefix = "tensor("
    var suffixes: [String] = []
    let isDefault = [options.defaultFloat, .int64, .bool, options.defaultFloat.complexOfThis]
      .contains(tensor.dtype)
    var body = "[]"
    if tensor.count == 0 {
      if tensor.rank != 1 { suffixes.append("size=(" + Self.tuple(tensor.shape) + ")") }
      if tensor.dtype != options.defaultFloat { suffixes.append("dtype=torch.\(tensor.dtype)") }
    } else {
      if !isDefault { suffixes.append("dtype=torch.\(tensor.dtype)") }
      body = elements(tensor, indent: prefix.utf8.count)
    }
    if let function = tensor.gradientFunction {
      suffixes.append("grad_fn=<\(function)>")
    } else if tensor.requiresGrad {
      suffixes.append("requires_grad=True")
    }
    return add(suffixes, to: prefix + body, indent: prefix.utf8.count)
  }

  private static func tuple(_ shape: [Int]) -> String {
    shape.count == 1 ? "\(shape[0])," : shape.map(String.init).joined(separator: ", ")
  }

  private func add(_ suffixes: [String], to text: String, indent: Int) -> String {
    var result = text
    let newline = text.utf8.lastIndex(of: UInt8(ascii: "\n"))
    // PyTorch counts one more than the line has after a line break, two more without one.
    var length: Int
    if let newline {
      length = text.utf8.distance(from: newline, to: text.utf8.endIndex) + 1
    } else {
      length = text.utf8.count + 2
    }
    for suffix in suffixes {
      if length + suffix.utf8.count + 2 > lineWidth {
        result += ",\n" + String(repeating: " ", count: indent) + suffix
        length = indent + suffix.utf8.count
      } else {
        result += ", " + suffix
        length += suffix.utf8.count + 2
      }
    }
    return result + ")"
  }

  // MARK: -

  private func elements(_ tensor: Tensor, indent: Int) -> String {
    let plain = tensor.alias()
    let summarise = tensor.count > options.threshold
    var shown: [Scalar] = []
    collect(plain, summarise) { shown.append($0) }
    let format = CellFormat(shown, tensor.dtype, options, precision)
    return text(plain, indent, summarise, format)
  }

  /// Positions of an axis that are shown; nil stands for the dots.
  private func positions(_ size: Int, _ summarise: Bool) -> [Int?] {
    let edge = options.edgeItems
    guard summarise, size > 2 * edge else { return (0..<size).map { $0 } }
    return (0..<edge).map { $0 } + [nil] + (size - edge..<size).map { $0 }
  }

  private func collect(_ tensor: Tensor, _ summarise: Bool, _ body: (Scalar) -> Void) {
    if tensor.rank == 0 {
      body(tensor.load(tensor.pointer))
      return
    }
    for case let i? in positions(tensor.shape[0], summarise) {
      collect(tensor.selected(axis: 0, index: i), summarise, body)
    }
  }

  private func text(
    _ tensor: Tensor, _ indent: Int, _ summarise: Bool, _ format: CellFormat
  ) -> String {
    if tensor.rank == 0 { return format(tensor.load(tensor.pointer)) }
    let positions = positions(tensor.shape[0], summarise)
    let pad = String(repeating: " ", count: indent + 1)
    if tensor.rank == 1 {
      let cells = positions.map { i in
        i.map { format(tensor.load(tensor.selected(axis: 0, index: $0).pointer)) } ?? " ..."
      }
      let perLine = max(1, (lineWidth - indent) / (format.width + 2))
      let lines = stride(from: 0, to: cells.count, by: perLine).map {
        cells[$0..<min($0 + perLine, cells.count)].joined(separator: ", ")
      }
      return "[" + lines.joined(separator: ",\n" + pad) + "]"
    }
    let parts = positions.map { i in
      i.map { text(tensor.selected(axis: 0, index: $0), indent + 1, summarise, format) } ?? "..."
    }
    let separator = "," + String(repeating: "\n", count: tensor.rank - 1) + pad
    return "[" + parts.joined(separator: separator) + "]"
  }
}

/// The format of real elements, or of both parts of complex ones, each with its own width.
private struct CellFormat {
  private let real: ElementFormat
  private let imaginary: ElementFormat?

  init(_ values: [Scalar], _ dtype: DType, _ options: PrintOptions, _ precision: Int) {
    guard dtype.isComplex else {
      real = ElementFormat(values, dtype, options, precision)
      imaginary = nil
      return
    }
    let part = dtype.realPart
    real = ElementFormat(values.map { .double($0.double) }, part, options, precision)
    imaginary = ElementFormat(values.map { .double($0.imaginary) }, part, options, precision)
  }

  var width: Int { real.width + (imaginary.map { $0.width + 1 } ?? 0) }

  func callAsFunction(_ value: Scalar) -> String {
    guard let imaginary else { return real(value) }
    let second = imaginary(.double(value.imaginary)).drop { $0 == " " }
    return real(.double(value.double)) + (second.first == "-" ? "" : "+") + second + "j"
  }
}

/// One width and notation for all elements of a tensor.
private struct ElementFormat {
  private(set) var width = 1
  private let isFloating: Bool
  private let precision: Int
  private var whole = true
  private var scientific = false

  init(_ values: [Scalar], _ dtype: DType, _ options: PrintOptions, _ precision: Int) {
    isFloating = dtype.isFloating
    self.precision = precision
    guard isFloating else {
      for value in values { width = max(width, Self.plain(value).utf8.count) }
      return
    }
    let numbers = values.map(\.double).filter { $0.isFinite && $0 != 0 }
    guard let first = numbers.first else { return }
    var (least, most) = (abs(first), abs(first))
    for number in numbers {
      least = min(least, abs(number))
      most = max(most, abs(number))
      if number != number.rounded(.up) { whole = false }
    }
    scientific =
      options.scientific ?? (most / least > 1000 || most > 1e8 || least < 1e-4)
    for number in numbers {
      let text =
        scientific
        ? Digits.scientific(number, precision)
        : whole ? Digits.fixed(number, 0) + "." : Digits.fixed(number, precision)
      width = max(width, text.utf8.count)
    }
  }

  func callAsFunction(_ value: Scalar) -> String {
    guard isFloating else { return Digits.padLeft(Self.plain(value), width) }
    let number = value.double
    let text: String
    if !number.isFinite {
      text = number.isNaN ? "nan" : number < 0 ? "-inf" : "inf"
    } else if scientific {
      text = Digits.scientific(number, precision)
    } else {
      text = whole ? Digits.fixed(number, 0) + "." : Digits.fixed(number, precision)
    }
    return Digits.padLeft(text, width)
  }

  private static func plain(_ value: Scalar) -> String {
    switch value {
    case .bool(let b): b ? "True" : "False"
    case .int(let i): String(i)
    case .double(let d), .complex(let d, _): String(d)
    }
  }
}
