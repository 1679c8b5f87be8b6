/// A format specification: `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`.
///
/// Source: the "Format Specification Mini-Language" of the Python library reference. Errors have
/// CPython's words.
struct FormatSpec {
  enum Grouping { case none, comma, underscore }

  var fill: UInt32 = 0x20
  var align: UInt8
  /// `+`, `-`, a space, or 0 when none is given.
  var sign: UInt8 = 0
  /// `z`: a float that rounds to zero loses its minus sign.
  var coercesNegativeZero = false
  /// `#`
  var alternate = false
  var width = -1
  var grouping = Grouping.none
  var precision = -1
  /// The code point of the type, or the default one; 0 for a float without a type.
  var type: UInt32

  /// - Parameters:
  ///   - typeName: the type of the value, for errors.
  ///   - defaultType: the type when none is given.
  ///   - defaultAlign: `<` for text, `>` for numbers.
  init(
    _ text: StringObject, typeName: @autoclosure () -> String, defaultType: UInt32,
    defaultAlign: UInt8
  ) throws(Raise) {
    align = defaultAlign
    type = defaultType
    let points = CodePoints.all(text.bytes)
    var position = 0
    func at(_ index: Int) -> UInt32 { index < points.count ? points[index] : 0 }
    func takes(_ letter: Unicode.Scalar) -> Bool {
      guard position < points.count, points[position] == letter.value else { return false }
      position += 1
      return true
    }

    var hasFill = false
    var hasAlign = false
    if let found = FormatSpec.alignment(at(1)) {
      fill = at(0)
      align = found
      hasFill = true
      hasAlign = true
      position = 2
    } else if let found = FormatSpec.alignment(at(0)) {
      align = found
      hasAlign = true
      position = 1
    }
    for letter: Unicode.Scalar in ["+", "-", " "] where sign == 0 && takes(letter) {
      sign = UInt8(truncatingIfNeeded: letter.value)
    }
    if takes("z") { coercesNegativeZero = true }
    if takes("#") { alternate = true }
    if !hasFill, takes("0") {
      fill = 0x30
      if !hasAlign, defaultAlign == UInt8(ascii: ">") { align = UInt8(ascii: "=") }
    }
    if let number = try FormatSpec.number(points, &position) { width = number }
    if takes(",") { grouping = .comma }
    if takes("_") {
      if grouping == .comma { throw FormatSpec.bothGroupings }
      grouping = .underscore
    }
    if at(position) == 0x2C, grouping == .underscore { throw FormatSpec.bothGroupings }
    if takes(".") {
      guard let number = try FormatSpec.number(points, &position) else {
        throw Raise(.valueError, "Format specifier missing precision")
      }
      precision = number
    }
    if points.count - position > 1 {
      throw Raise(
        .valueError,
        "Invalid format specifier '\(text.swiftString)' for object of type '\(typeName())'")
    }
    if position < points.count { type = points[position] }
    if grouping != .none { try checkGrouping() }
  }

  private static var bothGroupings: Raise {
    Raise(.valueError, "Cannot specify both ',' and '_'.")
  }

  private static func alignment(_ point: UInt32) -> UInt8? {
    switch point {
    case 0x3C, 0x3E, 0x3D, 0x5E: UInt8(truncatingIfNeeded: point)
    default: nil
    }
  }

  /// Decimal digits at `position`; nil when there are none.
  static func number(_ points: [UInt32], _ position: inout Int) throws(Raise) -> Int? {
    var value = 0
    let start = position
    while position < points.count, let digit = CodePoints.decimalValue(points[position]) {
      let (product, first) = value.multipliedReportingOverflow(by: 10)
      let (sum, second) = product.addingReportingOverflow(digit)
      if first || second {
        throw Raise(.valueError, "Too many decimal digits in format string")
      }
      value = sum
      position += 1
    }
    return position == start ? nil : value
  }

  /// Separators go with decimal types; underscores also with binary, octal and hexadecimal.
  private func checkGrouping() throws(Raise) {
    switch type {
    case 0, 0x64, 0x65, 0x66, 0x67, 0x45, 0x46, 0x47, 0x25: return
    case 0x62, 0x6F, 0x78, 0x58: if grouping == .underscore { return }
    default: break
    }
    let sign = grouping == .comma ? "," : "_"
    throw Raise(
      .valueError, "Cannot specify '\(sign)' with '\(FormatSpec.shown(type))'.")
  }

  /// A type letter as errors show it.
  private static func shown(_ point: UInt32) -> String {
    if point > 32, point < 128, let scalar = Unicode.Scalar(point) { return String(scalar) }
    return "\\x" + String(point, radix: 16)
  }

  func unknownType(_ typeName: String) -> Raise {
    Raise(
      .valueError,
      "Unknown format code '\(FormatSpec.shown(type))' for object of type '\(typeName)'")
  }

  /// The type as a byte; 0 for letters beyond ASCII, which no type has.
  var code: UInt8 { type < 0x80 ? UInt8(truncatingIfNeeded: type) : 0xFF }

  // MARK: - Text

  /// A string in its field.
  func text(_ string: StringObject, _ machine: Machine) throws(Raise) -> StringObject {
    if sign != 0 {
      throw Raise(
        .valueError,
        sign == 0x20
          ? "Space not allowed in string format specifier"
          : "Sign not allowed in string format specifier")
    }
    if coercesNegativeZero {
      throw Raise(
        .valueError, "Negative zero coercion (z) not allowed in string format specifier")
    }
    if alternate {
      throw Raise(.valueError, "Alternate form (#) not allowed in string format specifier")
    }
    if align == UInt8(ascii: "=") {
      throw Raise(.valueError, "'=' alignment not allowed in string format specifier")
    }
    let shown =
      precision >= 0 && precision < string.count ? string.slice(0, precision) : string
    let missing = width - shown.count
    if missing <= 0 { return shown }
    try chargeWidth(machine)
    var result: [UInt8] = []
    let left = align == UInt8(ascii: ">") ? missing : align == UInt8(ascii: "^") ? missing / 2 : 0
    pad(left, &result)
    result.append(contentsOf: shown.bytes)
    pad(missing - left, &result)
    return StringObject(result)
  }

  func chargeWidth(_ machine: Machine) throws(Raise) {
    let (bytes, overflow) = max(width, 0).multipliedReportingOverflow(by: 4)
    try machine.charge(overflow ? nil : bytes, "the formatted text")
  }

  func pad(_ count: Int, _ result: inout [UInt8]) {
    if count <= 0 { return }
    if fill < 0x80 {
      result.append(
        contentsOf: repeatElement(UInt8(truncatingIfNeeded: fill), count: count))
    } else {
      for _ in 0..<count { CodePoints.append(fill, to: &result) }
    }
  }
}
