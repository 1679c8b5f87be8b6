import BigInt

/// `format(decimal, spec)`: `[[fill]align][sign][z][#][0][width][,][.precision][type]`.
enum DecimalFormat {
  static func text(
    _ number: DecimalNumber, _ spec: StringObject, _ machine: Machine
  ) throws(Raise) -> Value {
    let format: FormatSpec
    do throws(Raise) {
      format = try FormatSpec(
        spec, typeName: "decimal.Decimal", defaultType: 0, defaultAlign: UInt8(ascii: ">"))
    } catch {
      throw Raise(.valueError, "invalid format string")
    }
    let letter = Unicode.Scalar(format.type).map(Character.init) ?? "?"
    guard format.type == 0 || "eEfFgGn%".contains(letter), format.grouping != .underscore,
      !format.alternate
    else {
      throw Raise(.valueError, "invalid format string")
    }
    try machine.charge(
      max(0, format.precision) + max(0, format.width), of: 4, "the formatted number")
    let context = DecimalContexts.current(machine).context
    var sign = number.isNegative ? "-" : format.sign == 0x2B ? "+" : format.sign == 0x20 ? " " : ""
    guard number.isFinite else {
      return aligned(sign, number.magnitude.text + (letter == "%" ? "%" : ""), format)
    }
    let kind: Character =
      format.type == 0 ? (context.capitals == 1 ? "G" : "g") : letter == "n" ? "g" : letter
    let isFixed = kind == "f" || kind == "F" || kind == "%"
    if isFixed { try machine.charge(abs(number.exponent), of: 4, "the formatted number") }
    let value = rounded(number, kind, format.precision, context)
    if format.coercesNegativeZero, value.isZero, sign == "-" { sign = "" }
    return laidOut(value, kind, sign, format)
  }

  private static func rounded(
    _ number: DecimalNumber, _ kind: Character, _ precision: Int, _ context: DecimalContext
  ) -> DecimalNumber {
    var value = number
    if kind == "%" { value.exponent += 2 }
    if precision >= 0 {
      switch kind {
      case "e", "E": value = digits(value, precision + 1, context)
      case "f", "F", "%": value = context.rescaled(value, to: -precision, context.rounding)
      default: if value.digitCount > precision { value = digits(value, max(precision, 1), context) }
      }
    }
    if value.isZero, value.exponent > 0, "fF%".contains(kind) { value.exponent = 0 }
    return value
  }

  /// The number with so many digits: more are rounded away, fewer are filled up.
  private static func digits(
    _ number: DecimalNumber, _ count: Int, _ context: DecimalContext
  ) -> DecimalNumber {
    if number.isZero { return number }
    let result = context.rescaled(
      number, to: number.adjusted + 1 - count, context.rounding)
    return result.digitCount > count
      ? context.rescaled(number, to: number.adjusted + 2 - count, context.rounding) : result
  }

  private static func laidOut(
    _ value: DecimalNumber, _ kind: Character, _ sign: String, _ format: FormatSpec
  ) -> Value {
    let digits = String(value.coefficient)
    let left = value.exponent + digits.count
    let place: Int
    switch kind {
    case "e", "E": place = value.isZero && format.precision >= 0 ? 1 - format.precision : 1
    case "f", "F", "%": place = left
    default: place = value.exponent <= 0 && left > -6 ? left : 1
    }
    var (whole, fraction) = DecimalNumber.split(digits, at: place)
    if whole.isEmpty { whole = "0" }
    if !fraction.isEmpty || format.alternate { fraction = "." + fraction }
    let power = left - place
    if power != 0 || kind == "e" || kind == "E" {
      fraction += (kind == "E" || kind == "G" ? "E" : "e") + (power < 0 ? "-" : "+") + "\(abs(power))"
    }
    if kind == "%" { fraction += "%" }
    if format.grouping == .comma {
      let least = format.fill == 0x30 && format.align == 0x3D
        ? format.width - fraction.utf8.count - sign.utf8.count : 0
      whole = grouped(whole, least)
    }
    return aligned(sign, whole + fraction, format)
  }

  /// Digits in groups of three, filled with zeros up to a width.
  private static func grouped(_ digits: String, _ least: Int) -> String {
    var digits = Array(digits.utf8)
    while true {
      var result: [UInt8] = []
      for (index, digit) in digits.enumerated() {
        if index > 0, (digits.count - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
        result.append(digit)
      }
      if result.count >= least { return String(decoding: result, as: UTF8.self) }
      digits.insert(UInt8(ascii: "0"), at: 0)
    }
  }

  private static func aligned(_ sign: String, _ body: String, _ format: FormatSpec) -> Value {
    let missing = max(0, format.width - sign.utf8.count - body.utf8.count)
    let fill = Unicode.Scalar(format.fill).map { String(Character($0)) } ?? " "
    func padding(_ count: Int) -> String { String(repeating: fill, count: count) }
    switch format.align {
    case UInt8(ascii: "<"): return .string(sign + body + padding(missing))
    case UInt8(ascii: "="): return .string(sign + padding(missing) + body)
    case UInt8(ascii: "^"):
      return .string(padding(missing / 2) + sign + body + padding(missing - missing / 2))
    default: return .string(padding(missing) + sign + body)
    }
  }
}
