import Language
import TensorCore

/// How arrays are printed: `np.array2string` and its kin, and the settings.
enum NumpyText {
  static let functions: [Native] = texts + settings

  // MARK: - Settings

  private static let names = "precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None, formatter=None, sign=None, floatmode=None, *, legacy=None"

  /// The options with what arguments say, which begin at `first` in the order of `names`.
  private static func options(_ a: Arguments, _ first: Int, _ old: PrintOptions) throws -> PrintOptions {
    var result = old
    func given(_ index: Int) -> Bool { a.isGiven(first + index) && !a[first + index].isNone }
    if given(0) { result.precision = try a.int(first) }
    if given(1) {
      let threshold = try a.double(first + 1)
      if threshold.isNaN { throw Raise(.valueError, "threshold must be non-NAN, try sys.maxsize for untruncated representation") }
      result.threshold = Int(exactly: threshold.rounded()) ?? Int.max
    }
    if given(2) { result.edgeItems = max(1, try a.int(first + 2)) }
    if given(3) {
      let width = try a.double(first + 3)
      result.lineWidth = Int(exactly: width.rounded(.towardZero)) ?? Int.max >> 1
    }
    if given(4) { result.scientific = try a.bool(first + 4) ? false : nil }
    if given(5) { result.nan = try a.string(first + 5) }
    if given(6) { result.infinity = try a.string(first + 6) }
    // A formatter counts for the call that gives it: every other one takes it away.
    result.format = given(7) ? try formatter(a[first + 7], a.machine) : nil
    if given(8) {
      guard let sign = PrintOptions.Sign(rawValue: try a.string(first + 8)) else {
        throw Raise(.valueError, "sign option must be one of ' ', '+', or '-'")
      }
      result.sign = sign
    }
    if given(9) {
      guard let mode = PrintOptions.FloatMode(rawValue: try a.string(first + 9)) else {
        throw Raise(.valueError, "floatmode option must be one of \"fixed\", \"unique\", \"maxprec\", \"maxprec_equal\"")
      }
      result.floatMode = mode
    }
    return result
  }

  /// A dict of functions by kind of element: 'float', 'int', 'bool', 'all', ...
  private static func formatter(
    _ value: Value, _ machine: Machine
  ) throws -> ((Scalar, DType) -> String?)? {
    guard let dict = value.asDict else { throw Raise(.typeError, "formatter must be a dict") }
    var functions: [String: Value] = [:]
    for (key, function) in dict.pairs { if let name = key.swiftString { functions[name] = function } }
    if functions.isEmpty { return nil }
    let types = machine.tensorTypes
    // The machine owns the settings, so it outlives them.
    return { [unowned machine] scalar, dtype in
      let kinds =
        dtype == .bool ? ["bool"] : dtype.isInteger ? ["int", "int_kind"]
        : dtype.isFloating ? ["float", "float_kind"] : ["complexfloat", "complex_kind"]
      guard let function = (kinds + ["all"]).compactMap({ functions[$0] }).first else { return nil }
      return try? machine.text(of: machine.call(function, [types.scalar(scalar, dtype)]))
    }
  }

  private static let settings: [Native] = [
    numpyRow("set_printoptions(\(names))", "How arrays are printed.", example: "np.set_printoptions(precision=8)") { a in
      let types = a.machine.tensorTypes
      types.numpyPrinting = try options(a, 0, types.numpyPrinting)
      return .none
    },
    numpyRow("get_printoptions()", "How arrays are printed, as a dict.", example: "np.get_printoptions()['precision']") { a in
      let own = a.machine.tensorTypes.numpyPrinting
      let pairs: [(String, Value)] = [
        ("precision", .int(own.precision ?? 8)), ("threshold", .int(own.threshold)),
        ("edgeitems", .int(own.edgeItems)), ("linewidth", .int(own.lineWidth ?? 75)),
        ("suppress", .bool(own.scientific == false)), ("nanstr", .string(own.nan)),
        ("infstr", .string(own.infinity)), ("sign", .string(own.sign.rawValue)),
        ("formatter", .none), ("floatmode", .string(own.floatMode.rawValue)), ("legacy", .bool(false)),
      ]
      let result = DictObject()
      for (name, value) in pairs { try result.set(.string(name), value, a.machine) }
      return .object(result)
    },
  ]

  /// `with np.printoptions(...)`.
  final class OptionsBlock: Instance {
    let inside: PrintOptions
    var before: PrintOptions?

    init(_ inside: PrintOptions, _ type: TypeObject) {
      self.inside = inside
      super.init(type)
    }
  }

  static let optionsBlock = TypeTable(
    "printoptions", module: "numpy", doc: "A with block in which arrays are printed in another way.",
    methods: [
      numpyRow("__new__(cls, \(names))", "The block.", example: "np.printoptions(precision=2)") { a in
        guard let type = a[0].asType else { return .none }
        return .object(
          OptionsBlock(try options(a, 1, a.machine.tensorTypes.numpyPrinting), type))
      },
      Native("__enter__(self)", "Begins the block.", example: "np.printoptions().__enter__()['precision']") { a in
        let own: OptionsBlock = try a.receiver()
        let types = a.machine.tensorTypes
        own.before = types.numpyPrinting
        types.numpyPrinting = own.inside
        guard let row = settings.last else { return .none }
        return try a.machine.call(.object(NativeFunction(row)))
      },
      Native("__exit__(self, kind, value, traceback)", "Ends the block.") { a in
        let own: OptionsBlock = try a.receiver()
        if let before = own.before { a.machine.tensorTypes.numpyPrinting = before }
        return .none
      },
    ])

  // MARK: - Texts

  private static let texts: [Native] = [
    numpyRow("array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=' ', prefix='', *, formatter=None, threshold=None, edgeitems=None, sign=None, floatmode=None, suffix='')", "An array as text, between separators.", example: "np.array2string(np.arange(3), separator=', ')") { a in
      var own = a.machine.tensorTypes.numpyPrinting
      if !a[1].isNone { own.lineWidth = try a.int(1) }
      if !a[2].isNone { own.precision = try a.int(2) }
      if !a[3].isNone { own.scientific = try a.bool(3) ? false : nil }
      if !a[6].isNone { own.format = try formatter(a[6], a.machine) }
      if !a[7].isNone { own.threshold = try a.int(7) }
      if !a[8].isNone { own.edgeItems = max(1, try a.int(8)) }
      if !a[9].isNone { own.sign = PrintOptions.Sign(rawValue: try a.string(9)) ?? own.sign }
      if !a[10].isNone { own.floatMode = PrintOptions.FloatMode(rawValue: try a.string(10)) ?? own.floatMode }
      return .string(
        try a.array(0).arrayText(
          separator: a.string(4), prefix: a.string(5), suffix: a.string(11), options: own))
    },
    numpyRow("array_str(a, max_line_width=None, precision=None, suppress_small=None)", "An array as print shows it.", example: "np.array_str(np.arange(3))") { a in
      .string(try a.array(0).description(style: .numpyStr, options: changed(a)))
    },
    numpyRow("array_repr(arr, max_line_width=None, precision=None, suppress_small=None)", "An array as repr shows it.", example: "np.array_repr(np.arange(3))") { a in
      .string(try a.array(0).description(style: .numpyRepr, options: changed(a)))
    },
    numpyRow("format_float_positional(x, precision=None, unique=True, fractional=True, trim='k', sign=False, pad_left=None, pad_right=None, min_digits=None)", "A number without an exponent.", example: "np.format_float_positional(3.14159, precision=2)") { a in
      try number(a, scientific: false, trim: 4, sign: 5, exponent: nil)
    },
    numpyRow("format_float_scientific(x, precision=None, unique=True, trim='k', sign=False, pad_left=None, exp_digits=None, min_digits=None)", "A number with an exponent.", example: "np.format_float_scientific(31415.9, precision=3)") { a in
      try number(a, scientific: true, trim: 3, sign: 4, exponent: 6)
    },
    numpyRow("binary_repr(num, width=None)", "The binary digits of an integer, negative ones in two's complement of a width.", example: "np.binary_repr(5, width=8)") { a in
      let number = try a.int(0)
      guard let width = try a.optionalInt(1) else { return .string(String(number, radix: 2)) }
      guard width >= 0, width <= 64 else { throw Raise(.valueError, "Insufficient bit width=\(width) provided for binwidth") }
      var text = String(number, radix: 2)
      if number < 0 {
        let bits = UInt64(bitPattern: Int64(number))
        text = String(String(bits, radix: 2).suffix(width))
        let least = width > 0 && width < 64 ? -(1 << (width - 1)) : Int.min
        guard width > 0, number >= least else {
          throw Raise(.valueError, "Insufficient bit width=\(width) provided for binwidth=\(String(number, radix: 2).count)")
        }
      }
      return .string(String(repeating: "0", count: max(0, width - text.count)) + text)
    },
    numpyRow("base_repr(number, base=2, padding=0)", "The digits of an integer in a base from 2 to 36.", example: "np.base_repr(255, 16)") { a in
      let base = try a.int(1)
      guard base <= 36 else { throw Raise(.valueError, "Bases greater than 36 not handled in base_repr.") }
      guard base >= 2 else { throw Raise(.valueError, "Bases less than 2 not handled in base_repr.") }
      let number = try a.int(0)
      let padding = max(0, min(try a.int(2), 1 << 16))
      let digits = number == 0 ? "" : String(number.magnitude, radix: base).uppercased()
      let text = String(repeating: "0", count: number == 0 ? max(1, padding) : padding) + digits
      return .string((number < 0 ? "-" : "") + text)
    },
  ]

  private static func changed(_ a: Arguments) throws -> PrintOptions {
    var own = a.machine.tensorTypes.numpyPrinting
    if !a[1].isNone { own.lineWidth = try a.int(1) }
    if !a[2].isNone { own.precision = try a.int(2) }
    if !a[3].isNone { own.scientific = try a.bool(3) ? false : nil }
    return own
  }

  private static func number(
    _ a: Arguments, scientific: Bool, trim: Int, sign: Int, exponent: Int?
  ) throws -> Value {
    let x = try a.array(0)
    guard x.count == 1 else { throw Raise(.valueError, "a single number is written, got shape \(x.shape)") }
    let value = try x.item().double
    let digits = try exponent.flatMap { try a.optionalInt($0) } ?? 2
    var text = Tensor.numberText(
      value, dtype: x.dtype.isFloating ? x.dtype : .float64, scientific: scientific,
      precision: try a.optionalInt(1), exponentDigits: max(0, min(digits, 8)),
      trimsPoint: try a.string(trim) == "-")
    if try a.string(trim) == "0", text.hasSuffix(".") { text += "0" }
    if try a.bool(sign), value.sign == .plus { text = "+" + text }
    return .string(text)
  }
}
