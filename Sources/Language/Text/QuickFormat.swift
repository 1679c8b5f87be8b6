/// The format specifications that programs write most, without the steps of the general way:
/// `[0][width][.precision]` and `d`, `f`, `s` or nothing. All others, and every error, are
/// `FormatSpec`'s.
struct QuickFormat {
  private var padsWithZeros = false
  private var width = 0
  private var precision = -1
  private var type: UInt8 = 0

  private static let zero = UInt8(ascii: "0")
  private static let widest = 200

  /// nil for a specification of another form.
  init?(_ spec: UnsafeBufferPointer<UInt8>) {
    var index = 0
    if index < spec.count, spec[index] == QuickFormat.zero {
      padsWithZeros = true
      index += 1
    }
    func number() -> Int? {
      var value = 0
      let start = index
      while index < spec.count, spec[index] >= 0x30, spec[index] <= 0x39, value <= 1000 {
        value = value * 10 + Int(spec[index] - 0x30)
        index += 1
      }
      return index == start ? nil : value
    }
    width = number() ?? 0
    if index < spec.count, spec[index] == UInt8(ascii: ".") {
      index += 1
      guard let digits = number() else { return nil }
      precision = digits
    }
    if index < spec.count {
      type = spec[index]
      index += 1
    }
    guard index == spec.count, width <= QuickFormat.widest,
      type == 0 || type == UInt8(ascii: "d") || type == UInt8(ascii: "f")
        || type == UInt8(ascii: "s")
    else { return nil }
  }

  /// The text of an int, float or string in its field; nil where the general way has to find out.
  func text(_ value: UnsafeMutablePointer<Value>) -> StringObject? {
    if value.tag == RawTag.int {
      guard precision < 0, type == 0 || type == UInt8(ascii: "d") else { return nil }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
        guard let start = digits.baseAddress else { return nil }
        return field(start, IntText.writeDecimal(value.rawInt, to: start))
      }
    }
    if value.tag == RawTag.float {
      guard type == UInt8(ascii: "f") else { return nil }
      return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { digits in
        guard let start = digits.baseAddress,
          let count = FloatText.fixed(
            value.rawDouble, precision: precision < 0 ? 6 : precision, to: start)
        else { return nil }
        return field(start, count)
      }
    }
    if value.holds(.string) {
      guard precision < 0, !padsWithZeros, type == 0 || type == UInt8(ascii: "s") else { return nil }
      return value.borrow(StringObject.self) { text in
        if !text.isASCII { return nil }
        if text.byteCount >= width { return text }
        return StringObject(
          text.bytes + repeatElement(0x20, count: width - text.byteCount), isASCII: true)
      }
    }
    return nil
  }

  /// A number at the right end of its field; zeros stand behind the sign.
  private func field(_ digits: UnsafeMutablePointer<UInt8>, _ count: Int) -> StringObject {
    let missing = width - count
    if missing <= 0 { return StringObject(copying: digits, count: count, isASCII: true) }
    return StringObject(count: width, isASCII: true) { start in
      let sign = padsWithZeros && digits[0] == UInt8(ascii: "-") ? 1 : 0
      if sign == 1 { start[0] = digits[0] }
      (start + sign).update(repeating: padsWithZeros ? QuickFormat.zero : 0x20, count: missing)
      (start + sign + missing).update(from: digits + sign, count: count - sign)
    }
  }
}

extension FloatText {
  private static let powers: [UInt64] = (0...15).map { exponent in
    (0..<exponent).reduce(UInt64(1)) { power, _ in power * 10 }
  }

  /// A double with `precision` digits behind the point, rounded half to even from its exact value as
  /// C's `printf` does; nil where that does not fit in whole 128-bit numbers.
  ///
  /// A double is m * 2^-k with m < 2^53; m * 10^precision fits in 128 bits, and the bits below k say
  /// exactly which way to round.
  ///
  /// Written at `start`, at most 40 bytes; gives their number.
  static func fixed(_ x: Double, precision: Int, to buffer: UnsafeMutablePointer<UInt8>) -> Int? {
    guard x.isFinite, precision <= 15 else { return nil }
    let scale = powers[precision]
    guard abs(x) < 9e15, abs(x) * Double(scale) < 9e18 else { return nil }
    let isTiny = x.exponentBitPattern == 0
    let significand = x.significandBitPattern | (isTiny ? 0 : 1 << 52)
    let shift = 1075 - Int(isTiny ? 1 : x.exponentBitPattern)
    let (high, low) = significand.multipliedFullWidth(by: scale)
    let product = UInt128(high) << 64 | UInt128(low)
    var rounded: UInt64 = 0
    if shift <= 0 {
      rounded = UInt64(truncatingIfNeeded: product << UInt128(-shift))
    } else if shift < 120 {
      let quotient = product >> UInt128(shift)
      let rest = product & ((UInt128(1) << UInt128(shift)) - 1)
      let half = UInt128(1) << UInt128(shift - 1)
      rounded = UInt64(truncatingIfNeeded: quotient)
      if rest > half || (rest == half && rounded & 1 == 1) { rounded += 1 }
    }
    var place = 0
    func write(_ number: UInt64, digits: Int) {
      var rest = number
      for index in stride(from: digits - 1, through: 0, by: -1) {
        buffer[place + index] = 0x30 + UInt8(truncatingIfNeeded: rest % 10)
        rest /= 10
      }
      place += digits
    }
    if x.sign == .minus {
      buffer[0] = UInt8(ascii: "-")
      place = 1
    }
    let whole = rounded / scale
    var size = 1
    var rest = whole / 10
    while rest > 0 {
      size += 1
      rest /= 10
    }
    write(whole, digits: size)
    if precision > 0 {
      buffer[place] = dot
      place += 1
      write(rounded % scale, digits: precision)
    }
    return place
  }
}
