import Glibc

/// Numbers as text, without Foundation. Rounding is that of the C library: correct, half to even.
public enum NumberText {
  /// Digits after the point as in C's `%.*f`; `inf`, `-inf` and `nan` in lower case.
  public static func fixed(_ value: Double, _ digits: Int) -> String {
    formatted("%.*f", Int32(clamping: max(digits, 0)), value)
  }

  /// As C's `%.*e`: `1.50e-03`.
  public static func exponent(_ value: Double, _ digits: Int) -> String {
    formatted("%.*e", Int32(clamping: max(digits, 0)), value)
  }

  /// As C's `%.*g`: the shorter of the two, without zeros at the end.
  public static func general(_ value: Double, _ digits: Int) -> String {
    formatted("%.*g", Int32(clamping: max(digits, 1)), value)
  }

  /// A number for a person who reads a plot: about `digits` significant digits, no needless zeros,
  /// exponents without padding (`1e6`, `2.5e-7`), `∞` and `nan` spelled out.
  public static func short(_ value: Double, _ digits: Int = 4) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    if value == 0 { return "0" }
    let magnitude = abs(value)
    if magnitude >= 1e6 || magnitude < 1e-4 {
      // 123456789 is an exact count that people want to read, as long as it is not too long.
      return tidy(exponent(value, max(digits, 1) - 1))
    }
    let whole = magnitude >= 1 ? Int(log10(magnitude)) + 1 : 0
    let leadingZeros = magnitude < 1 ? Int(-log10(magnitude)) : 0
    return trimmed(fixed(value, max(digits - whole, 0) + leadingZeros))
  }

  /// A metric as training loops print it: four digits after the point, or an exponent where that
  /// would show nothing.
  public static func metric(_ value: Double) -> String {
    if !value.isFinite { return short(value) }
    let magnitude = abs(value)
    if magnitude >= 1e5 || (magnitude < 1e-3 && magnitude > 0) { return exponent(value, 4) }
    return fixed(value, 4)
  }

  /// A count with thin groups of three: `1 234 567`.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var out = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { out += " " }
      out.append(digit)
    }
    return out
  }

  /// Removes zeros at the end of a fraction, and the point if nothing is left behind it.
  public static func trimmed(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: ".")) else { return text }
    var out = Substring(text)
    while out.last == "0" { out.removeLast() }
    if out.last == "." { out.removeLast() }
    return out == "-0" ? "0" : String(out)
  }

  /// `2.50e-07` becomes `2.5e-7`, `1e+06` becomes `1e6`.
  public static func tidy(_ text: String) -> String {
    guard let at = text.firstIndex(of: "e") else { return text }
    let mantissa = trimmed(String(text[..<at]))
    let exponent = Int(text[text.index(after: at)...]) ?? 0
    return "\(mantissa)e\(exponent)"
  }

  private static func formatted(_ format: String, _ digits: Int32, _ value: Double) -> String {
    // 1e308 with a fraction needs more than 310 bytes; ask for the size when it is longer still.
    var buffer = [CChar](repeating: 0, count: 64)
    let needed = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    if needed >= buffer.count {
      buffer = [CChar](repeating: 0, count: Int(needed) + 1)
      _ = withVaList([digits, value]) { vsnprintf(&buffer, buffer.count, format, $0) }
    }
    return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
