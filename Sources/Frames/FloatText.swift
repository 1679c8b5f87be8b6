import Glibc

/// A float as Python's `repr` writes it: the shortest digits that read back as the same value, an
/// exponent below 1e-4 and from 1e16 on.
func shortestText(_ value: Double) -> String {
  if value.isNaN { return "nan" }
  if value.isInfinite { return value < 0 ? "-inf" : "inf" }
  let magnitude = abs(value)
  if magnitude != 0, magnitude < 1e-4 || magnitude >= 1e16 {
    return exponentText(String(describing: value))
  }
  let text = String(describing: value)
  guard text.utf8.contains(0x65) else { return text }
  return plainDigits(text)
}

/// Swift writes `1e-05` as `1e-05` and `1.5e+16` as `1.5e+16`; Python gives the exponent two digits
/// at least, and no `.0` before it.
private func exponentText(_ text: String) -> String {
  let parts = text.split(separator: "e", maxSplits: 1)
  guard parts.count == 2 else {
    // A whole number that Swift writes out in full, 1e16 for example.
    return digitsToExponent(text)
  }
  var mantissa = String(parts[0])
  if mantissa.hasSuffix(".0") { mantissa.removeLast(2) }
  var digits = parts[1].drop { $0 == "+" || $0 == "-" }
  let sign = parts[1].hasPrefix("-") ? "-" : "+"
  while digits.count > 2, digits.hasPrefix("0") { digits = digits.dropFirst() }
  return mantissa + "e" + sign + (digits.count < 2 ? "0" : "") + digits
}

/// Moves the point of a plain decimal text so that one digit stands before it.
private func digitsToExponent(_ text: String) -> String {
  let negative = text.hasPrefix("-")
  let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
  let whole = String(parts.first ?? "")
  let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
  var digits = whole + fraction
  var exponent = whole.count - 1
  if whole == "0" {
    let zeros = fraction.prefix { $0 == "0" }.count
    digits = String(fraction.dropFirst(zeros))
    exponent = -zeros - 1
  }
  while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
  let rest = digits.dropFirst()
  let magnitude = String(abs(exponent))
  return (negative ? "-" : "") + digits.prefix(1) + (rest.isEmpty ? "" : "." + rest) + "e"
    + (exponent < 0 ? "-" : "+") + (magnitude.count < 2 ? "0" : "") + magnitude
}

/// Writes out a short exponent form whose value Python writes in full.
private func plainDigits(_ text: String) -> String {
  let parts = text.split(separator: "e", maxSplits: 1)
  guard parts.count == 2, let exponent = Int(parts[1]), exponent >= 0, exponent < 400 else {
    return text
  }
  let negative = parts[0].hasPrefix("-")
  let number = parts[0].drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
  let whole = String(number.first ?? "0")
  let fraction = number.count > 1 ? String(number[1]) : ""
  let digits = whole + fraction
  let wanted = whole.count + exponent
  let padded = digits + String(repeating: "0", count: max(0, wanted - digits.count))
  let tail = padded.dropFirst(wanted)
  return (negative ? "-" : "") + padded.prefix(wanted) + "." + (tail.isEmpty ? "0" : tail)
}

/// `%.{digits}f` and `%.{digits}e` of the C library, which round as Python's formats do.
func formatted(_ value: Double, digits: Int, exponent: Bool) -> String {
  var room = [CChar](repeating: 0, count: 352 + digits)
  let written = withVaList([Int32(digits), value]) { arguments in
    vsnprintf(&room, room.count, exponent ? "%.*e" : "%.*f", arguments)
  }
  guard written > 0, written < room.count else { return shortestText(value) }
  return String(decoding: room[..<Int(written)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
