import BigInt

extension Machine {
  /// `format % arguments`.
  public func percentFormat(_ format: StringObject, _ arguments: Value) throws(Raise) -> Value {
    var formatter = PercentFormat(format.bytes, arguments, self, isBytes: false)
    return .object(StringObject(try formatter.run()))
  }

  /// `format % arguments` where the format is bytes.
  func percentFormat(bytes format: [UInt8], _ arguments: Value) throws(Raise) -> [UInt8] {
    let inner = arguments.bare
    let hasItems = inner.kind == .tuple || inner.kind == .dict
    var formatter = PercentFormat(format, hasItems ? inner : arguments, self, isBytes: true)
    return try formatter.run()
  }
}

/// Formatting as C's `printf` has it.
///
/// A field is `%(key)`, flags, width, `.precision`, a length letter that means nothing, a code.
/// Source: "printf-style String Formatting" of the Python library reference.
private struct PercentFormat {
  private let machine: Machine
  /// Bytes are filled into bytes: no text is let in (PEP 461).
  private let isBytes: Bool
  private let bytes: [UInt8]
  private var position = 0
  private var result: [UInt8] = []

  /// What fields take their values from, in order.
  private var values: [Value]
  private var taken = 0
  /// What `%(key)` looks into; nil for tuples, strings and values without items.
  private let mapping: Value?

  private struct Field {
    var leftAligned = false
    var plus = false
    var blank = false
    var alternate = false
    var zero = false
    var width = 0
    var precision = -1
    var code: UInt32 = 0
  }

  init(_ format: [UInt8], _ arguments: Value, _ machine: Machine, isBytes: Bool) {
    self.machine = machine
    self.isBytes = isBytes
    bytes = format
    if let tuple = arguments.asTuple {
      values = tuple.items
      mapping = nil
    } else {
      values = [arguments]
      let isPlain = isBytes && arguments.bytesLike != nil
      mapping = !isPlain && PercentFormat.isMapping(arguments, machine) ? arguments : nil
    }
  }

  private static func isMapping(_ value: Value, _ machine: Machine) -> Bool {
    switch value.kind {
    case .dict?, .list?, .range?, .bytes?: true
    case .instance?, .exception?: machine.type(of: value).special(.getitem) != nil
    default: false
    }
  }

  mutating func run() throws(Raise) -> [UInt8] {
    let percent = UInt8(ascii: "%")
    while position < bytes.count {
      let start = position
      while position < bytes.count, bytes[position] != percent { position += 1 }
      result.append(contentsOf: bytes[start..<position])
      if position == bytes.count { break }
      position += 1
      if position < bytes.count, bytes[position] == percent {
        result.append(percent)
        position += 1
        continue
      }
      let field = try parseField()
      try render(field)
      try machine.charge(result.count, "the formatted text")
    }
    if taken < values.count, mapping == nil {
      throw Raise(
        .typeError,
        "not all arguments converted during \(isBytes ? "bytes" : "string") formatting")
    }
    return result
  }

  private mutating func next() throws(Raise) -> Value {
    guard taken < values.count else {
      throw Raise(.typeError, "not enough arguments for format string")
    }
    taken += 1
    return values[taken - 1]
  }

  // MARK: - Parsing a field

  private mutating func parseField() throws(Raise) -> Field {
    if position < bytes.count, bytes[position] == UInt8(ascii: "(") { try takeKey() }
    var field = Field()
    flags: while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "-"): field.leftAligned = true
      case UInt8(ascii: "+"): field.plus = true
      case UInt8(ascii: " "): field.blank = true
      case UInt8(ascii: "#"): field.alternate = true
      case UInt8(ascii: "0"): field.zero = true
      default: break flags
      }
      position += 1
    }
    if let width = try takeNumber(limit: Int.max, "width too big") {
      if width < 0 { field.leftAligned = true }
      field.width = Int(clamping: width.magnitude)
    }
    if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
      position += 1
      field.precision = max(0, try takeNumber(limit: Int(Int32.max), "precision too big") ?? 0)
    }
    if position < bytes.count,
      bytes[position] == UInt8(ascii: "h") || bytes[position] == UInt8(ascii: "l")
        || bytes[position] == UInt8(ascii: "L")
    {
      position += 1
    }
    guard position < bytes.count else { throw Raise(.valueError, "incomplete format") }
    if isBytes {
      field.code = UInt32(bytes[position])
      position += 1
    } else {
      field.code = CodePoints.next(bytes, &position)
    }
    return field
  }

  /// `(key)`: what follows takes its value from the mapping.
  private mutating func takeKey() throws(Raise) {
    guard let mapping else { throw Raise(.typeError, "format requires a mapping") }
    position += 1
    let start = position
    var depth = 1
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "(") { depth += 1 }
      if bytes[position] == UInt8(ascii: ")") {
        depth -= 1
        if depth == 0 { break }
      }
      position += 1
    }
    guard depth == 0 else { throw Raise(.valueError, "incomplete format key") }
    let text = Array(bytes[start..<position])
    let key = isBytes ? Value.object(BytesObject(text)) : .object(StringObject(text))
    position += 1
    values = [try machine.item(mapping, key)]
    taken = 0
  }

  /// Digits, or `*` for the next value; nil when there is neither.
  private mutating func takeNumber(limit: Int, _ tooBig: String) throws(Raise) -> Int? {
    if position < bytes.count, bytes[position] == UInt8(ascii: "*") {
      position += 1
      let value = try next()
      guard value.isInteger else { throw Raise(.typeError, "* wants int") }
      guard let number = value.asInt else {
        throw Raise(.overflowError, "Python int too large to convert to C ssize_t")
      }
      return number
    }
    var number: Int?
    while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
      let (product, first) = (number ?? 0).multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(Int(bytes[position]) - 0x30)
      if first || second || sum > limit { throw Raise(.valueError, tooBig) }
      number = sum
      position += 1
    }
    return number
  }

  // MARK: - Rendering a field

  private mutating func render(_ field: Field) throws(Raise) {
    let value = try next()
    if isBytes, try renderBytes(value, field) { return }
    switch field.code {
    case 0x73: try renderText(machine.textObject(value), field)
    case 0x72: try renderText(machine.convert(value, 2), field)
    case 0x61: try renderText(machine.convert(value, 3), field)
    case 0x64, 0x69, 0x75, 0x6F, 0x78, 0x58: try renderInteger(value, field)
    case 0x65, 0x45, 0x66, 0x46, 0x67, 0x47: try renderFloat(value, field)
    case 0x63: try renderText(character(value), Field(leftAligned: field.leftAligned, width: field.width))
    default:
      let shown =
        field.code >= 31 && field.code <= 126
        ? Unicode.Scalar(field.code).map(String.init) ?? "?" : "?"
      let index = isBytes ? position - 1 : StringObject(bytes).scalarIndex(ofByte: position) - 1
      throw Raise(
        .valueError,
        "unsupported format character '\(shown)' (0x\(String(field.code, radix: 16))) at index "
          + "\(index)")
    }
  }

  /// What the codes of text mean for bytes; false for the codes of numbers.
  private mutating func renderBytes(_ value: Value, _ field: Field) throws(Raise) -> Bool {
    switch field.code {
    case 0x73, 0x62: try pad(bytes(of: value), field, cuts: true)
    case 0x72, 0x61: try pad(machine.convert(value, 3).bytes, field, cuts: true)
    case 0x63: try pad([character(byte: value)], field, cuts: false)
    default: return false
    }
    return true
  }

  private func bytes(of value: Value) throws(Raise) -> [UInt8] {
    if let bytes = value.bytesLike { return bytes }
    if let method = try machine.findAttribute(value, Name("__bytes__")), value.asInstance != nil {
      if let bytes = try machine.call(method).bytesLike { return bytes }
    }
    throw Raise(
      .typeError, "%b requires a bytes-like object, or an object that implements __bytes__, not "
        + "'\(machine.typeName(value))'")
  }

  private func character(byte value: Value) throws(Raise) -> UInt8 {
    if let bytes = value.bytesLike, bytes.count == 1 { return bytes[0] }
    if value.isInteger {
      guard let number = value.asInt, let byte = UInt8(exactly: number) else {
        throw Raise(.overflowError, "%c arg not in range(256)")
      }
      return byte
    }
    throw Raise(
      .typeError, "%c requires an integer in range(256) or a single byte")
  }

  private mutating func pad(_ bytes: [UInt8], _ field: Field, cuts: Bool) throws(Raise) {
    let isCut = cuts && field.precision >= 0 && field.precision < bytes.count
    let shown = isCut ? Array(bytes[..<field.precision]) : bytes
    let missing = max(0, field.width - shown.count)
    try machine.charge(missing + shown.count, "the formatted bytes")
    if !field.leftAligned { result.append(contentsOf: repeatElement(0x20, count: missing)) }
    result += shown
    if field.leftAligned { result.append(contentsOf: repeatElement(0x20, count: missing)) }
  }

  private mutating func renderText(_ text: StringObject, _ field: Field) throws(Raise) {
    let shown =
      field.precision >= 0 && field.precision < text.count
      ? text.slice(0, field.precision) : text
    let missing = max(0, field.width - shown.count)
    try machine.charge(missing, "the formatted text")
    if !field.leftAligned { result.append(contentsOf: repeatElement(0x20, count: missing)) }
    result.append(contentsOf: shown.bytes)
    if field.leftAligned { result.append(contentsOf: repeatElement(0x20, count: missing)) }
  }

  private func character(_ value: Value) throws(Raise) -> StringObject {
    if let text = value.asString {
      guard text.count == 1 else { throw Raise(.typeError, "%c requires int or char") }
      return text
    }
    let number: BigInt
    if let integer = value.asInteger {
      number = integer
    } else if let index = try machine.index(value) {
      number = BigInt(index)
    } else {
      throw Raise(.typeError, "%c requires int or char")
    }
    guard let point = UInt32(exactly: number), point < 0x110000 else {
      throw Raise(.overflowError, "%c arg not in range(0x110000)")
    }
    return StringObject(CodePoints.bytes([point]))
  }

  private mutating func renderInteger(_ value: Value, _ field: Field) throws(Raise) {
    let number = try integer(value, field)
    var digits: [UInt8]
    var prefix: [UInt8] = []
    switch field.code {
    case 0x6F:
      digits = IntText.digits(number.magnitude, bits: 3)
      if field.alternate { prefix = Array("0o".utf8) }
    case 0x78, 0x58:
      digits = IntText.digits(number.magnitude, bits: 4, uppercase: field.code == 0x58)
      if field.alternate { prefix = [0x30, UInt8(truncatingIfNeeded: field.code)] }
    default: digits = try IntText.decimalBytes(BigInt(number.magnitude))
    }
    if digits.count < field.precision {
      try machine.charge(field.precision, "the formatted text")
      digits = [UInt8](repeating: 0x30, count: field.precision - digits.count) + digits
    }
    try renderNumber(isNegative: number < 0, prefix, digits, field)
  }

  private func integer(_ value: Value, _ field: Field) throws(Raise) -> BigInt {
    if let integer = value.asInteger { return integer }
    let code = Unicode.Scalar(field.code).map(String.init) ?? "?"
    if field.code == 0x6F || field.code == 0x78 || field.code == 0x58 {
      if let index = try machine.index(value) { return BigInt(index) }
      throw Raise(
        .typeError, "%\(code) format: an integer is required, not \(machine.typeName(value))")
    }
    if case .float(let number) = value.bare { return try Floats.whole(number) }
    if value.asInstance != nil {
      if let method = machine.type(of: value).special(.int),
        let whole = try machine.call(method, [value]).asInteger
      {
        return whole
      }
      if let index = try machine.index(value) { return BigInt(index) }
    }
    throw Raise(
      .typeError, "%\(code) format: a real number is required, not \(machine.typeName(value))")
  }

  private mutating func renderFloat(_ value: Value, _ field: Field) throws(Raise) {
    let number: Double
    if let big = value.asBigInt {
      number = try FormatSpec.double(big.value)
    } else if let double = try machine.float(value) {
      number = double
    } else {
      let what = isBytes ? "float argument required" : "must be real number"
      throw Raise(.typeError, "\(what), not \(machine.typeName(value))")
    }
    var style = FloatText.Style(code: UInt8(truncatingIfNeeded: field.code))
    style.precision = field.precision >= 0 ? field.precision : 6
    style.alternate = field.alternate
    try machine.charge(style.precision, "the formatted number")
    var text = FloatText.formatted(number, style)
    let isNegative = text.first == UInt8(ascii: "-")
    if isNegative { text.removeFirst() }
    try renderNumber(isNegative: isNegative, [], text, field)
  }

  private mutating func renderNumber(
    isNegative: Bool, _ prefix: [UInt8], _ digits: [UInt8], _ field: Field
  ) throws(Raise) {
    var head: [UInt8] = []
    if isNegative {
      head = [UInt8(ascii: "-")]
    } else if field.plus {
      head = [UInt8(ascii: "+")]
    } else if field.blank {
      head = [0x20]
    }
    head += prefix
    let missing = max(0, field.width - head.count - digits.count)
    try machine.charge(missing, "the formatted text")
    if field.leftAligned {
      result += head
      result += digits
      result.append(contentsOf: repeatElement(0x20, count: missing))
    } else if field.zero {
      result += head
      result.append(contentsOf: repeatElement(0x30, count: missing))
      result += digits
    } else {
      result.append(contentsOf: repeatElement(0x20, count: missing))
      result += head
      result += digits
    }
  }
}

extension Floats {
  /// `int(x)`.
  static func whole(_ x: Double) throws(Raise) -> BigInt {
    if let result = integer(x) { return result }
    if x.isNaN { throw Raise(.valueError, "cannot convert float NaN to integer") }
    throw Raise(.overflowError, "cannot convert float infinity to integer")
  }
}
