/// The forms that NumPy's `repr` and `str` give an array.
///
/// Floats show the shortest digits that read back to the same value, at most 8 after the point, lined
/// up on the point; scientific notation when magnitudes are more than a factor of 1000 apart, below
/// 1e-4, or from 1e8 on (1e6 for float32).
struct NumpyPrinter {
  private let options: PrintOptions
  private let lineWidth: Int

  init(_ options: PrintOptions) {
    self.options = options
    lineWidth = options.lineWidth ?? 75
  }

  func repr(_ tensor: Tensor) -> String {
    let prefix = "array("
    let body =
      tensor.count == 0
      ? "[]" : array(tensor, separator: ", ", prefix: prefix, suffix: ")")
    var extras: [String] = []
    if (tensor.count == 0 && tensor.shape != [0]) || tensor.count > options.threshold {
      extras.append("shape=" + Self.tuple(tensor.shape))
    }
    if ![.float64, .int64, .bool, .complex128].contains(tensor.dtype) || tensor.count == 0 {
      extras.append("dtype=\(tensor.dtype)")
    }
    if extras.isEmpty { return prefix + body + ")" }
    let text = prefix + body + ","
    let extra = extras.joined(separator: ", ") + ")"
    let lastLine = text.split(separator: "\n", omittingEmptySubsequences: false).last ?? ""
    let fits = lastLine.utf8.count + extra.utf8.count + 1 <= lineWidth
    return text + (fits ? " " : "\n" + String(repeating: " ", count: prefix.utf8.count)) + extra
  }

  func str(_ tensor: Tensor) -> String {
    if tensor.rank == 0 && tensor.count == 1 { return Self.scalar(tensor) }
    if tensor.count == 0 { return "[]" }
    return array(tensor, separator: " ", prefix: "", suffix: "")
  }

  /// The elements alone, as `np.array2string` gives them.
  func text(_ tensor: Tensor, separator: String, prefix: String, suffix: String) -> String {
    if tensor.count == 0 { return "[]" }
    if tensor.rank == 0, options.format == nil { return Self.scalar(tensor) }
    return array(tensor, separator: separator, prefix: prefix, suffix: suffix)
  }

  private static func tuple(_ shape: [Int]) -> String {
    "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
  }

  /// One element as `str(numpy_scalar)`.
  private static func scalar(_ tensor: Tensor) -> String {
    let value = tensor.load(tensor.pointer)
    if case .complex(let re, let im) = value {
      // As Python writes complex numbers: (1+2j), and 2j alone where the real part is 0.
      let isSingle = tensor.dtype == .complex64
      func part(_ number: Double) -> String {
        if !number.isFinite { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
        let text = scalar(number, isSingle ? .float32 : .float64)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
      }
      let second = (im.sign == .minus || im.isNaN ? "" : "+") + part(im)
      if re == 0 && re.sign == .plus { return part(im) + "j" }
      return "(" + part(re) + (im.isNaN ? "+" : "") + second + "j)"
    }
    guard tensor.dtype.isFloating else {
      if case .bool(let b) = value { return b ? "True" : "False" }
      return "\(value.int ?? 0)"
    }
    return scalar(value.double, tensor.dtype)
  }

  private static func scalar(_ number: Double, _ dtype: DType) -> String {
    if !number.isFinite { return number.isNaN ? "nan" : number < 0 ? "-inf" : "inf" }
    let digits = ShortestDigits(number, dtype)
    let cutoff = dtype == .float16 ? 1e3 : dtype == .float32 ? 1e6 : 1e16
    if number != 0 && (abs(number) < 1e-4 || abs(number) >= cutoff) {
      return digits.scientific(precision: nil, places: nil, exponentWidth: 2, trimsPoint: true)
    }
    let text = digits.positional(precision: nil)
    return text.utf8.last == UInt8(ascii: ".") ? text + "0" : text
  }

  // MARK: -

  private func array(_ tensor: Tensor, separator: String, prefix: String, suffix: String) -> String
  {
    let plain = tensor.alias()
    let summarise = tensor.count > options.threshold
    var shown: [Scalar] = []
    collect(plain, summarise) { shown.append($0) }
    let format = NumpyCellFormat(shown, tensor, options)
    if tensor.rank == 0 { return format(tensor.load(tensor.pointer)) }
    let hanging = String(repeating: " ", count: prefix.utf8.count + 1)
    // `line_width` of the body leaves room for the suffix.
    let text = lines(
      plain, String(hanging.dropLast()) + " ", lineWidth - suffix.utf8.count, summarise, separator,
      format)
    return text
  }

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

  /// The bracketed text of a part; `hanging` is what following lines begin with.
  private func lines(
    _ tensor: Tensor, _ hanging: String, _ width: Int, _ summarise: Bool, _ separator: String,
    _ format: NumpyCellFormat
  ) -> String {
    let positions = positions(tensor.shape[0], summarise)
    var bare = separator
    while bare.hasSuffix(" ") { bare.removeLast() }
    var text = ""
    if tensor.rank == 1 {
      // The closing bracket or the separator must still fit.
      let limit = width - 1
      var line = hanging
      for (n, i) in positions.enumerated() {
        let word =
          i.map { format(tensor.load(tensor.selected(axis: 0, index: $0).pointer)) } ?? "..."
        if line.utf8.count + word.utf8.count > limit && line.utf8.count > hanging.utf8.count {
          while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
          text += line + "\n"
          line = hanging
        }
        line += word
        if n + 1 < positions.count { line += separator }
      }
      text += line
    } else {
      let gap = bare + String(repeating: "\n", count: tensor.rank - 1)
      for (n, i) in positions.enumerated() {
        text += hanging
        text +=
          i.map {
            lines(
              tensor.selected(axis: 0, index: $0), hanging + " ", width - 1, summarise, separator,
              format)
          } ?? "..."
        if n + 1 < positions.count { text += gap }
      }
    }
    return "[" + text.dropFirst(hanging.utf8.count) + "]"
  }
}

/// The layout of real elements, or of both parts of complex ones.
private struct NumpyCellFormat {
  private let real: NumpyElementFormat
  private let imaginary: NumpyElementFormat?
  private let own: ((Scalar, DType) -> String?)?
  private let dtype: DType

  init(_ values: [Scalar], _ tensor: Tensor, _ options: PrintOptions) {
    let isSingle = tensor.rank == 0
    own = options.format
    dtype = tensor.dtype
    guard tensor.dtype.isComplex else {
      real = NumpyElementFormat(values, tensor.dtype, isSingleElement: isSingle, options)
      imaginary = nil
      return
    }
    let part = tensor.dtype.realPart
    real = NumpyElementFormat(
      values.map { .double($0.double) }, part, isSingleElement: isSingle, options)
    imaginary = NumpyElementFormat(
      values.map { .double($0.imaginary) }, part, isSingleElement: isSingle, options, plus: true)
  }

  func callAsFunction(_ value: Scalar) -> String {
    if let own, let text = own(value, dtype) { return text }
    guard let imaginary else { return real(value) }
    let second = imaginary(.double(value.imaginary))
    let trimmed = second.reversed().drop { $0 == " " }
    let spaces = String(repeating: " ", count: second.count - trimmed.count)
    return real(.double(value.double)) + String(trimmed.reversed()) + "j" + spaces
  }
}

/// One layout for all elements of an array.
private struct NumpyElementFormat {
  private let dtype: DType
  private let isSingleElement: Bool
  /// Whether numbers that are not negative show a plus.
  private let plus: Bool
  private let options: PrintOptions
  private var width = 0
  private var left = 0
  private var right = 0
  private var exponential = false
  private var exponentWidth = 0
  private var precision: Int

  init(
    _ values: [Scalar], _ dtype: DType, isSingleElement: Bool, _ options: PrintOptions,
    plus: Bool = false
  ) {
    self.dtype = dtype
    self.isSingleElement = isSingleElement
    self.plus = plus || options.sign == .plus
    self.options = options
    precision = options.floatMode == .unique ? 400 : max(0, min(options.precision ?? 8, 100))
    guard dtype.isFloating else {
      if dtype != .bool {
        for value in values { width = max(width, text(of: value.int ?? 0).utf8.count) }
      }
      return
    }
    let numbers = values.map(\.double)
    let finite = numbers.filter(\.isFinite)
    let magnitudes = finite.map { abs($0) }.filter { $0 != 0 }
    if let most = magnitudes.max(), let least = magnitudes.min() {
      let cutoff = dtype == .float16 ? 1e3 : dtype == .float32 ? 1e6 : 1e8
      exponential =
        options.scientific ?? (most >= cutoff || least < 1e-4 || most / least > 1000)
    }
    if exponential {
      var digits = 0
      for number in finite {
        let text = sign(number) + ShortestDigits(number, dtype)
          .scientific(
            precision: precision, places: options.floatMode == .fixed ? precision : nil,
            exponentWidth: 2, trimsPoint: false)
        let parts = text.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        left = max(left, mantissa[0].utf8.count)
        digits = max(digits, mantissa.count > 1 ? mantissa[1].utf8.count : 0)
        if parts.count > 1 { exponentWidth = max(exponentWidth, parts[1].utf8.count - 1) }
      }
      precision = digits
      right = exponentWidth + 2 + digits
    } else {
      for number in finite {
        let text = sign(number) + positional(number)
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        left = max(left, parts[0].utf8.count)
        right = max(right, parts.count > 1 ? parts[1].utf8.count : 0)
      }
    }
    if finite.count != numbers.count {
      let negative = plus || numbers.contains(-.infinity) ? 1 : 0
      let (nan, infinity) = (options.nan.utf8.count, options.infinity.utf8.count)
      left = max(left, nan - (right + 1), infinity + negative - (right + 1))
    }
  }

  private func sign(_ number: Double) -> String {
    if number.sign == .minus { return "" }
    return plus ? "+" : options.sign == .space ? " " : ""
  }

  private func text(of number: Int) -> String {
    number < 0 || options.sign == .minus ? "\(number)" : options.sign.rawValue + "\(number)"
  }

  private func positional(_ number: Double) -> String {
    if options.floatMode == .fixed {
      let text = Digits.fixed(number, precision)
      return precision == 0 ? text + "." : text
    }
    return ShortestDigits(number, dtype).positional(precision: precision)
  }

  func callAsFunction(_ value: Scalar) -> String {
    if dtype == .bool { return value.bool ? isSingleElement ? "True" : " True" : "False" }
    guard dtype.isFloating else { return Digits.padLeft(text(of: value.int ?? 0), width) }
    let number = value.double
    if !number.isFinite {
      let text =
        number.isNaN ? options.nan : (number < 0 ? "-" : "") + options.infinity
      return Digits.padLeft((plus && number.isNaN ? "+" : sign(number)) + text, left + right + 1)
    }
    let digits = ShortestDigits(number, dtype)
    if exponential {
      let text = sign(number) + digits.scientific(
        precision: precision, places: precision, exponentWidth: exponentWidth, trimsPoint: false)
      return Digits.padLeft(text, left + right + 1)
    }
    var text = sign(number) + positional(number)
    if options.floatMode == .equal {
      let digits = text.utf8.reversed().prefix { $0 != UInt8(ascii: ".") }.count
      text += String(repeating: "0", count: max(0, right - digits))
    }
    let fraction =
      text.utf8.count
      - (text.utf8.firstIndex(of: UInt8(ascii: ".")).map {
        text.utf8.distance(from: text.utf8.startIndex, to: $0)
      } ?? text.utf8.count) - 1
    return Digits.padLeft(text, left + 1 + fraction)
      + String(repeating: " ", count: max(0, right - fraction))
  }
}

/// The shortest digits that read back to a number, and its layouts.
struct ShortestDigits {
  private var value: Double
  private let isNegative: Bool
  /// Digits without leading or trailing zeros; the point stands before the first.
  private var digits: [UInt8] = []
  /// The power of ten of the point.
  private var exponent = 0

  /// The shortest digits among the numbers of a dtype.
  init(_ value: Double, _ dtype: DType) {
    guard dtype.isHalf, value.isFinite else {
      self.init(value, isSingle: dtype == .float32)
      return
    }
    // Few digits are enough: the first precision that comes back through the dtype.
    for precision in 0..<8 {
      let text = Digits.scientific(value, precision)
      if let back = Double(text), HalfFloat.rounded(back, dtype) == value {
        self.init(back, isSingle: false)
        self.value = value
        return
      }
    }
    self.init(value, isSingle: true)
  }

  init(_ value: Double, isSingle: Bool) {
    self.value = value
    isNegative = value.sign == .minus
    // Swift prints the shortest digits that read back.
    let text = isSingle ? "\(abs(Float(value)))" : "\(abs(value))"
    var point: Int?
    var power = 0
    var all: [UInt8] = []
    let bytes = Array(text.utf8)
    for (i, byte) in bytes.enumerated() {
      if byte == UInt8(ascii: ".") {
        point = all.count
      } else if byte == UInt8(ascii: "e") {
        power = Int(String(decoding: bytes[(i + 1)...], as: UTF8.self)) ?? 0
        break
      } else {
        all.append(byte)
      }
    }
    var place = (point ?? all.count) + power
    while all.first == UInt8(ascii: "0") {
      all.removeFirst()
      place -= 1
    }
    while all.last == UInt8(ascii: "0") { all.removeLast() }
    digits = all
    exponent = all.isEmpty ? 0 : place
  }

  private var sign: String { isNegative ? "-" : "" }

  private func text(_ slice: some Collection<UInt8>) -> String {
    String(decoding: slice, as: UTF8.self)
  }

  /// `"12.5"`, `"3."`: no zeros at the end, at most `precision` digits after the point.
  func positional(precision: Int?) -> String {
    if let precision, digits.count - exponent > precision {
      var rounded = Digits.fixed(value, precision)
      if precision == 0 { return rounded + "." }
      while rounded.utf8.last == UInt8(ascii: "0") { rounded.removeLast() }
      return rounded
    }
    if digits.isEmpty { return sign + "0." }
    if exponent <= 0 {
      return sign + "0." + String(repeating: "0", count: -exponent) + text(digits)
    }
    if digits.count <= exponent {
      return sign + text(digits) + String(repeating: "0", count: exponent - digits.count) + "."
    }
    return sign + text(digits[..<exponent]) + "." + text(digits[exponent...])
  }

  /// `"1.25e-07"`.
  ///
  /// - Parameters:
  ///   - precision: the most digits after the point.
  ///   - places: digits after the point to fill up to.
  func scientific(
    precision: Int?, places: Int?, exponentWidth: Int, trimsPoint: Bool
  ) -> String {
    var lead = digits.first.map { text([$0]) } ?? "0"
    var fraction = text(digits.dropFirst())
    var power = digits.isEmpty ? 0 : exponent - 1
    let length = fraction.utf8.count
    // Beyond the shortest digits come those of the exact value; cutting rounds, which may carry into
    // the exponent.
    if let wanted = places.map({ max($0, length) }) ?? precision.map({ min($0, length) }),
      wanted != length || length > precision ?? length
    {
      let parts = Digits.scientific(abs(value), precision.map { min($0, wanted) } ?? wanted)
        .split(separator: "e")
      let mantissa = parts[0].split(separator: ".")
      lead = String(mantissa[0])
      fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
      power = parts.count > 1 ? Int(parts[1]) ?? power : power
      if places == nil {
        while fraction.utf8.last == UInt8(ascii: "0") { fraction.removeLast() }
      }
    }
    let point = fraction.isEmpty && trimsPoint ? "" : "."
    let magnitude = String(abs(power))
    let zeros = String(repeating: "0", count: max(0, exponentWidth - magnitude.utf8.count))
    return sign + lead + point + fraction + "e" + (power < 0 ? "-" : "+") + zeros + magnitude
  }
}
