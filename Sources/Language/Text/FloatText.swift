#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Doubles as text, as CPython writes them.
enum FloatText {
  /// The shortest text that reads back as the same number: `0.1`, `1e+16`, `inf`.
  ///
  /// Exponents begin at 1e16 and below 1e-4; a whole number keeps a `.0`.
  static func repr(_ x: Double) -> String { String(decoding: reprBytes(x), as: UTF8.self) }

  static func reprBytes(_ x: Double) -> [UInt8] {
    if let special = special(x, uppercase: false) { return special }
    // Small whole numbers are most of what programs print.
    if x == x.rounded(.towardZero), abs(x) < 1e15, x != 0 {
      return Array(String(Int(x)).utf8) + [dot, zero]
    }
    let (digits, point) = shortest(x)
    return layout(digits, point: point, isNegative: x.sign == .minus, addPointZero: true)
  }

  static let dot = UInt8(ascii: ".")
  static let zero = UInt8(ascii: "0")
  private static let minus = UInt8(ascii: "-")

  /// `inf`, `-inf` and `nan`; nil for finite numbers.
  static func special(_ x: Double, uppercase: Bool) -> [UInt8]? {
    if x.isFinite { return nil }
    let text = x.isNaN ? "nan" : x < 0 ? "-inf" : "inf"
    return Array((uppercase ? text.uppercased() : text).utf8)
  }

  /// The shortest digits that identify a finite number, and where the decimal point stands among
  /// them: `0.00123` is (1 2 3, -2), the value being `0.d1d2d3... * 10^point`.
  private static func shortest(_ x: Double) -> (digits: [UInt8], point: Int) {
    // Swift's own description has the same digits (shortest, nearest); only its layout differs.
    var digits: [UInt8] = []
    var point = 0
    var exponent = 0
    var isNegativeExponent = false
    var seenPoint = false
    var inExponent = false
    for byte in x.description.utf8 {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        if inExponent {
          exponent = exponent * 10 + Int(byte - zero)
        } else {
          digits.append(byte)
          if !seenPoint { point += 1 }
        }
      case dot: seenPoint = true
      case UInt8(ascii: "e"): inExponent = true
      case minus: if inExponent { isNegativeExponent = true }
      default: break
      }
    }
    point += isNegativeExponent ? -exponent : exponent
    let leading = digits.prefix { $0 == zero }.count
    if leading == digits.count { return ([zero], 1) }
    digits.removeFirst(leading)
    point -= leading
    while digits.count > 1, digits.last == zero { digits.removeLast() }
    return (digits, point)
  }

  /// Digits in positional or exponent form.
  private static func layout(
    _ digits: [UInt8], point: Int, isNegative: Bool, addPointZero: Bool
  ) -> [UInt8] {
    var result: [UInt8] = []
    if isNegative { result.append(minus) }
    if point > 16 || point < -3 {
      result.append(digits[0])
      if digits.count > 1 {
        result.append(dot)
        result.append(contentsOf: digits[1...])
      }
      appendExponent(point - 1, to: &result)
      return result
    }
    result = positional(digits, point: point, isNegative: isNegative)
    if addPointZero, digits.count <= point { result.append(contentsOf: [dot, zero]) }
    return result
  }

  /// Digits without an exponent; a point only where digits stand behind it.
  private static func positional(_ digits: [UInt8], point: Int, isNegative: Bool) -> [UInt8] {
    var result: [UInt8] = isNegative ? [minus] : []
    if point <= 0 {
      result.append(contentsOf: [zero, dot])
      for _ in 0..<(-point) { result.append(zero) }
      result.append(contentsOf: digits)
      return result
    }
    for index in 0..<point { result.append(index < digits.count ? digits[index] : zero) }
    if digits.count > point {
      result.append(dot)
      result.append(contentsOf: digits[point...])
    }
    return result
  }

  private static func appendExponent(_ exponent: Int, to result: inout [UInt8]) {
    result.append(UInt8(ascii: "e"))
    result.append(exponent < 0 ? minus : UInt8(ascii: "+"))
    let text = String(exponent.magnitude)
    if text.utf8.count < 2 { result.append(zero) }
    result.append(contentsOf: text.utf8)
  }

  // MARK: - Given precision

  /// What changes the form that a format code gives.
  struct Style {
    /// One of `e E f F g G`, or `r` for the shortest digits.
    var code: UInt8
    var precision = 6
    /// `#`: always a decimal point, no zeros removed.
    var alternate = false
    /// A whole number gets `.0`: the form of `str`.
    var addPointZero = false
    /// `z`: a zero after rounding has no minus sign.
    var coerceNegativeZero = false
  }

  /// A double in the form that C's `printf` gives, rounded from its exact value.
  ///
  /// C's formatting is exact for every precision and rounds half to even, as CPython does. The
  /// process never leaves the "C" locale, so that the point is a point.
  static func formatted(_ x: Double, _ style: Style) -> [UInt8] {
    let uppercase = style.code == UInt8(ascii: "E") || style.code == UInt8(ascii: "F")
      || style.code == UInt8(ascii: "G")
    if let special = special(x, uppercase: uppercase) { return special }
    var result: [UInt8]
    if style.code == UInt8(ascii: "r") {
      let (digits, point) = shortest(x)
      result = layout(
        digits, point: point, isNegative: x.sign == .minus, addPointZero: style.addPointZero)
      if style.alternate { addPoint(to: &result) }
    } else if style.addPointZero
      || (style.alternate && style.code | 0x20 == UInt8(ascii: "g"))
    {
      result = general(x, style)
    } else {
      result = printed(x, style.code, style.precision, alternate: style.alternate)
    }
    if style.coerceNegativeZero, result.first == minus, isZero(result) { result.removeFirst() }
    return result
  }

  private static func isZero(_ text: [UInt8]) -> Bool {
    for byte in text {
      if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E") { return true }
      if byte >= UInt8(ascii: "1") && byte <= UInt8(ascii: "9") { return false }
    }
    return true
  }

  private static func addPoint(to text: inout [UInt8]) {
    if text.contains(dot) { return }
    let end = text.firstIndex(of: UInt8(ascii: "e")) ?? text.count
    text.insert(dot, at: end)
  }

  /// The form of `g`, for what C's `printf` does not do, or not right.
  ///
  /// `format(x, ".3")` has a digit behind the point, for which the precision must leave room: 12.0
  /// with two digits is `1.2e+01`. And `%#g` of 999999.5 is `1.E+06` in some versions of glibc.
  private static func general(_ x: Double, _ style: Style) -> [UInt8] {
    let precision = max(style.precision, 1)
    let scientific = printed(x, UInt8(ascii: "e"), precision - 1, alternate: false)
    var digits: [UInt8] = []
    var index = scientific.first == minus ? 1 : 0
    while index < scientific.count, scientific[index] != UInt8(ascii: "e") {
      if scientific[index] != dot { digits.append(scientific[index]) }
      index += 1
    }
    let exponent = Int(String(decoding: scientific.dropFirst(index + 1), as: UTF8.self)) ?? 0
    if !style.alternate {
      while digits.count > 1, digits.last == zero { digits.removeLast() }
    }
    var result: [UInt8] = []
    let room = style.addPointZero ? precision - 1 : precision
    if exponent + 1 > room || exponent + 1 <= -4 {
      if x.sign == .minus { result.append(minus) }
      result.append(digits[0])
      if digits.count > 1 || style.alternate { result.append(dot) }
      result.append(contentsOf: digits[1...])
      appendExponent(exponent, to: &result)
      if style.code == UInt8(ascii: "G") { result = result.map(CaseMapping.upperASCII) }
    } else {
      result = positional(digits, point: exponent + 1, isNegative: x.sign == .minus)
      if !result.contains(dot) {
        if style.addPointZero { result.append(contentsOf: [dot, zero]) } else { addPoint(to: &result) }
      }
    }
    return result
  }

  private static func printed(
    _ x: Double, _ code: UInt8, _ precision: Int, alternate: Bool
  ) -> [UInt8] {
    if code | 0x20 == UInt8(ascii: "f"), !alternate {
      let quick = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 40) { buffer -> [UInt8]? in
        guard let start = buffer.baseAddress,
          let count = fixed(x, precision: precision, to: start)
        else { return nil }
        return Array(UnsafeBufferPointer(start: start, count: count))
      }
      if let quick { return quick }
    }
    let flags = alternate ? "#" : ""
    let format = "%\(flags).*\(Unicode.Scalar(code))"
    let digits = Int32(clamping: precision)
    // 1e308 has 309 digits before the point; most numbers need few.
    var buffer = [CChar](repeating: 0, count: 48)
    func write() -> Int {
      withVaList([digits, x]) { arguments in
        Int(vsnprintf(&buffer, buffer.count, format, arguments))
      }
    }
    var length = write()
    if length >= buffer.count {
      buffer = [CChar](repeating: 0, count: length + 1)
      length = write()
    }
    return buffer.prefix(max(0, length)).map { UInt8(bitPattern: $0) }
  }
}
