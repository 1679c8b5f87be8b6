import BigInt

/// A decimal number: sign, coefficient and a power of ten, or one of the special values.
///
/// Source: General Decimal Arithmetic Specification 1.70 (Cowlishaw); the algorithms are those that
/// PEP 327 describes.
struct DecimalNumber {
  enum Kind { case finite, infinite, quietNaN, signalingNaN }

  var kind = Kind.finite
  var isNegative = false
  var coefficient: BigUInt = 0
  var exponent = 0

  init(_ value: BigInt) {
    isNegative = value < 0
    coefficient = value.magnitude
  }

  init(negative: Bool, _ coefficient: BigUInt, exponent: Int) {
    isNegative = negative
    self.coefficient = coefficient
    self.exponent = exponent
  }

  init(kind: Kind, negative: Bool = false, _ payload: BigUInt = 0) {
    self.kind = kind
    isNegative = negative
    coefficient = payload
  }

  static let nan = DecimalNumber(kind: .quietNaN)
  static func infinity(negative: Bool) -> DecimalNumber {
    DecimalNumber(kind: .infinite, negative: negative)
  }

  var isFinite: Bool { kind == .finite }
  var isNaN: Bool { kind == .quietNaN || kind == .signalingNaN }
  var isZero: Bool { kind == .finite && coefficient == 0 }
  /// How many digits the coefficient has: 0 has one.
  var digitCount: Int { DecimalNumber.digits(of: coefficient) }
  /// The exponent of the first digit.
  var adjusted: Int { exponent + digitCount - 1 }

  var magnitude: DecimalNumber {
    var result = self
    result.isNegative = false
    return result
  }
  var negated: DecimalNumber {
    var result = self
    result.isNegative.toggle()
    return result
  }

  // MARK: - Digits

  static func power(ofTen count: Int) -> BigUInt { BigUInt(10).power(max(0, count)) }

  static func digits(of number: BigUInt) -> Int {
    if number < 10 { return 1 }
    // log10(2) times the bits is at most one too small.
    let least = Int(Double(number.bitWidth - 1) * 0.301_029_995_663_981_2)
    return number >= power(ofTen: least) ? (number >= power(ofTen: least + 1) ? least + 2 : least + 1) : least
  }

  /// The exact value; nil for the special ones. The caller has looked at the exponent.
  var rational: Rational? {
    guard isFinite else { return nil }
    let signed = isNegative ? -BigInt(coefficient) : BigInt(coefficient)
    return exponent >= 0
      ? Rational(signed * BigInt(DecimalNumber.power(ofTen: exponent)))
      : Rational(signed, BigInt(DecimalNumber.power(ofTen: -exponent)))
  }

  // MARK: - Text

  /// `1.20`, `-3E+7`, `Infinity`, `sNaN12`; nil for what is no number.
  init?(text: String) {
    var rest = Substring(text.trimmingSpaces().filter { $0 != "_" })
    if let first = rest.first, first == "+" || first == "-" {
      isNegative = first == "-"
      rest = rest.dropFirst()
    }
    let lower = rest.lowercased()
    if lower == "inf" || lower == "infinity" {
      kind = .infinite
      return
    }
    for (word, found) in [("snan", Kind.signalingNaN), ("nan", Kind.quietNaN)]
    where lower.hasPrefix(word) {
      let payload = lower.dropFirst(word.count)
      guard payload.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
      kind = found
      coefficient = BigUInt(String(payload)) ?? 0
      return
    }
    var power = 0
    if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
      guard let number = Int(rest[rest.index(after: mark)...]), number.magnitude < 1 << 60 else {
        return nil
      }
      power = number
      rest = rest[..<mark]
    }
    let parts = rest.split(separator: ".", omittingEmptySubsequences: false)
    let digits = parts.joined()
    guard parts.count <= 2, !digits.isEmpty else { return nil }
    var plain = ""
    for scalar in digits.unicodeScalars {
      guard let value = CodePoints.decimalValue(scalar.value) else { return nil }
      plain.append(String(value))
    }
    guard let number = BigUInt(plain) else { return nil }
    coefficient = number
    exponent = power - (parts.count == 2 ? parts[1].unicodeScalars.count : 0)
  }

  var text: String { text(engineering: false) }

  /// - Parameter engineering: exponents are multiples of 3.
  func text(engineering: Bool) -> String {
    let sign = isNegative ? "-" : ""
    switch kind {
    case .infinite: return sign + "Infinity"
    case .quietNaN: return sign + "NaN" + (coefficient == 0 ? "" : String(coefficient))
    case .signalingNaN: return sign + "sNaN" + (coefficient == 0 ? "" : String(coefficient))
    case .finite: break
    }
    let digits = String(coefficient)
    let left = exponent + digits.count
    let place: Int
    if exponent <= 0, left > -6 {
      place = left
    } else if !engineering {
      place = 1
    } else if coefficient == 0 {
      place = floorMod(left + 1, 3) - 1
    } else {
      place = floorMod(left - 1, 3) + 1
    }
    let (whole, fraction) = DecimalNumber.split(digits, at: place)
    let power = left == place ? "" : "E\(left - place < 0 ? "-" : "+")\(abs(left - place))"
    return sign + whole + (fraction.isEmpty ? "" : "." + fraction) + power
  }

  private func floorMod(_ x: Int, _ y: Int) -> Int { (x % y + y) % y }

  /// Digits with the point behind `place` of them.
  static func split(_ digits: String, at place: Int) -> (whole: String, fraction: String) {
    if place <= 0 { return ("0", String(repeating: "0", count: -place) + digits) }
    if place >= digits.count {
      return (digits + String(repeating: "0", count: place - digits.count), "")
    }
    return (String(digits.prefix(place)), String(digits.dropFirst(place)))
  }
}
