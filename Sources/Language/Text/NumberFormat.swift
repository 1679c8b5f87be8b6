import BigInt

/// Numbers in the field that a format specification describes.
extension FormatSpec {
  /// A number taken apart: what stands where is decided by the field.
  private struct Parts {
    var isNegative = false
    var prefix: [UInt8] = []
    /// The digits before the point.
    var digits: ArraySlice<UInt8> = []
    /// The point and what follows it: fraction, exponent, percent sign. Also `inf` and `nan`.
    var rest: ArraySlice<UInt8> = []
    /// Digits between separators.
    var groupSize = 3
  }

  /// An integer. `typeName` is `int` or `bool`.
  func integer(_ value: BigInt, typeName: String, _ machine: Machine) throws(Raise) -> [UInt8] {
    switch code {
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"),
      UInt8(ascii: "g"), UInt8(ascii: "G"), UInt8(ascii: "%"):
      return try float(try FormatSpec.double(value), typeName: typeName, machine)
    case UInt8(ascii: "b"), UInt8(ascii: "o"), UInt8(ascii: "x"), UInt8(ascii: "X"),
      UInt8(ascii: "d"), UInt8(ascii: "n"), UInt8(ascii: "c"):
      break
    default: throw unknownType(typeName)
    }
    if precision >= 0 {
      throw Raise(.valueError, "Precision not allowed in integer format specifier")
    }
    if coercesNegativeZero {
      throw Raise(
        .valueError, "Negative zero coercion (z) not allowed in integer format specifier")
    }
    if code == UInt8(ascii: "c") { return try character(value, machine) }
    try machine.charge(value.magnitude.bitWidth, "the digits")
    var parts = Parts(isNegative: value < 0)
    switch code {
    case UInt8(ascii: "b"): parts.digits = IntText.digits(value.magnitude, bits: 1)[...]
    case UInt8(ascii: "o"): parts.digits = IntText.digits(value.magnitude, bits: 3)[...]
    case UInt8(ascii: "x"): parts.digits = IntText.digits(value.magnitude, bits: 4)[...]
    case UInt8(ascii: "X"):
      parts.digits = IntText.digits(value.magnitude, bits: 4, uppercase: true)[...]
    default: parts.digits = try IntText.decimalBytes(BigInt(value.magnitude))[...]
    }
    if code != UInt8(ascii: "d"), code != UInt8(ascii: "n") {
      parts.groupSize = 4
      if alternate { parts.prefix = [0x30, code] }
    }
    return try field(parts, machine)
  }

  private func character(_ value: BigInt, _ machine: Machine) throws(Raise) -> [UInt8] {
    if sign != 0 {
      throw Raise(.valueError, "Sign not allowed with integer format specifier 'c'")
    }
    if alternate {
      throw Raise(
        .valueError, "Alternate form (#) not allowed with integer format specifier 'c'")
    }
    if Int(exactly: value) == nil {
      throw Raise(.overflowError, "Python int too large to convert to C long")
    }
    guard let point = UInt32(exactly: value), point < 0x110000 else {
      throw Raise(.overflowError, "%c arg not in range(0x110000)")
    }
    var bytes: [UInt8] = []
    CodePoints.append(point, to: &bytes)
    var parts = Parts()
    parts.rest = bytes[...]
    return try field(parts, machine, restCount: 1)
  }

  static func double(_ value: BigInt) throws(Raise) -> Double {
    let result = Integers.double(value)
    if result.isInfinite { throw Raise(.overflowError, "int too large to convert to float") }
    return result
  }

  /// A double.
  func float(_ value: Double, typeName: String, _ machine: Machine) throws(Raise) -> [UInt8] {
    if precision > Int(Int32.max) { throw Raise(.valueError, "precision too big") }
    var style = FloatText.Style(code: code)
    style.alternate = alternate
    style.coerceNegativeZero = coercesNegativeZero
    var number = value
    switch code {
    case 0:
      style.addPointZero = true
      style.code = precision >= 0 ? UInt8(ascii: "g") : UInt8(ascii: "r")
      style.precision = max(precision, 0)
    case UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "f"), UInt8(ascii: "F"),
      UInt8(ascii: "g"), UInt8(ascii: "G"):
      style.precision = precision >= 0 ? precision : 6
    case UInt8(ascii: "n"):
      style.code = UInt8(ascii: "g")
      style.precision = precision >= 0 ? precision : 6
    case UInt8(ascii: "%"):
      style.code = UInt8(ascii: "f")
      style.precision = precision >= 0 ? precision : 6
      number *= 100
    default: throw unknownType(typeName)
    }
    try machine.charge(style.precision, "the formatted number")
    var text = FloatText.formatted(number, style)
    if code == UInt8(ascii: "%") { text.append(code) }

    var parts = Parts()
    var rest = text[...]
    if rest.first == UInt8(ascii: "-") {
      parts.isNegative = true
      rest = rest.dropFirst()
    }
    parts.digits = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }
    parts.rest = rest.dropFirst(parts.digits.count)
    return try field(parts, machine)
  }

  /// Sign, prefix, padding, grouped digits and the rest, in their field.
  /// - Parameter restCount: characters of `rest`, where that is not its bytes.
  private func field(
    _ parts: Parts, _ machine: Machine, restCount: Int? = nil
  ) throws(Raise) -> [UInt8] {
    try chargeWidth(machine)
    var signText: [UInt8] = []
    if parts.isNegative {
      signText = [UInt8(ascii: "-")]
    } else if sign == UInt8(ascii: "+") || sign == 0x20 {
      signText = [sign]
    }
    let restCount = restCount ?? parts.rest.count
    let fixed = signText.count + parts.prefix.count + restCount
    // Zeros of `0` padding are digits: they are grouped too.
    let padsWithDigits = fill == 0x30 && align == UInt8(ascii: "=")
    var digits: [UInt8] = []
    if !parts.digits.isEmpty {
      digits = grouped(
        parts.digits, size: parts.groupSize, minimum: padsWithDigits ? width - fixed : 0)
    }
    let missing = max(0, width - fixed - digits.count)
    var left = 0
    var inside = 0
    switch align {
    case UInt8(ascii: "<"): break
    case UInt8(ascii: "^"): left = missing / 2
    case UInt8(ascii: "="): inside = missing
    default: left = missing
    }
    var result: [UInt8] = []
    result.reserveCapacity(fixed + digits.count + missing)
    pad(left, &result)
    result.append(contentsOf: signText)
    result.append(contentsOf: parts.prefix)
    pad(inside, &result)
    result.append(contentsOf: digits)
    result.append(contentsOf: parts.rest)
    pad(missing - left - inside, &result)
    return result
  }

  /// Digits with separators, led by zeros up to a width; a separator never comes first.
  private func grouped(_ digits: ArraySlice<UInt8>, size: Int, minimum: Int) -> [UInt8] {
    if grouping == .none {
      if digits.count >= minimum { return Array(digits) }
      return [UInt8](repeating: 0x30, count: minimum - digits.count) + digits
    }
    let separator = grouping == .comma ? UInt8(ascii: ",") : UInt8(ascii: "_")
    var reversed: [UInt8] = []
    var remaining = digits.count
    var room = minimum
    var next = digits.endIndex
    while true {
      if !reversed.isEmpty { reversed.append(separator) }
      let length = min(size, max(max(remaining, room), 1))
      for _ in 0..<min(remaining, length) {
        next -= 1
        reversed.append(digits[next])
      }
      if length > remaining {
        reversed.append(contentsOf: repeatElement(0x30, count: length - max(remaining, 0)))
      }
      remaining = max(0, remaining - length)
      room -= length
      if remaining <= 0, room <= 0 { break }
      room -= 1
    }
    return reversed.reversed()
  }
}
