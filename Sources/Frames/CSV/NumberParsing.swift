import Glibc

/// Texts to numbers at the speed of reading, correctly rounded.
///
/// Decimal to double follows Lemire, "Number Parsing at a Gigabyte per Second" (2021): up to 19
/// digits as one integer times a power of five known to 128 bits, then rounding. The few cases that
/// this cannot decide (more than 19 digits that matter) go to `strtod`.
///
/// A value, not a namespace: it carries the addresses of its tables, so that a number costs no
/// check whether they were made already (measured: 6 % of reading a file of floats).
struct NumberParsing: @unchecked Sendable {
  /// 10^0 to 10^22, the powers that a double holds exactly.
  private let exactPowers: UnsafePointer<Double>
  /// 10^0 to 10^8.
  private let integerPowers: UnsafePointer<UInt64>
  private let fives: UnsafePointer<PowersOfFive.Entry>

  /// Made once, never released.
  static let shared = NumberParsing()

  private init() {
    let powers = UnsafeMutablePointer<Double>.allocate(capacity: 23)
    var power = 1.0
    for exponent in 0...22 {
      (powers + exponent).initialize(to: power)
      power *= 10
    }
    exactPowers = UnsafePointer(powers)
    let integers = UnsafeMutablePointer<UInt64>.allocate(capacity: 9)
    for exponent in 0...8 { (integers + exponent).initialize(to: UInt64(powers[exponent])) }
    integerPowers = UnsafePointer(integers)
    let table = PowersOfFive.table()
    let entries = UnsafeMutablePointer<PowersOfFive.Entry>.allocate(capacity: table.count)
    entries.initialize(from: table, count: table.count)
    fives = UnsafePointer(entries)
  }

  /// The whole field as an integer, blanks around it allowed; nil when it is none or beyond 64
  /// bits.
  static func int(_ field: UnsafeBufferPointer<UInt8>) -> Int? {
    let text = Self.trimmed(field)
    guard var p = text.baseAddress, text.count > 0 else { return nil }
    let end = p + text.count
    var negative = false
    if p.pointee == 0x2D || p.pointee == 0x2B {
      negative = p.pointee == 0x2D
      p += 1
    }
    guard p < end else { return nil }
    var value = 0
    while p < end {
      let digit = Int(p.pointee) - 0x30
      guard digit >= 0, digit <= 9 else { return nil }
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      // Counting down from zero reaches Int.min, counting up does not.
      let (sum, overflow2) = product.subtractingReportingOverflow(digit)
      if overflow || overflow2 { return nil }
      value = sum
      p += 1
    }
    if negative { return value }
    return value == Int.min ? nil : -value
  }

  /// The whole field as a float, blanks around it allowed; nil when it is none.
  func double(_ field: UnsafeBufferPointer<UInt8>) -> Double? {
    let text = Self.trimmed(field)
    guard let start = text.baseAddress, text.count > 0 else { return nil }
    let end = start + text.count
    var p = start
    if let value = decimal(&p, end: end), p == end { return value }
    return infinity(text)
  }

  private static func trimmed(_ field: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var low = 0
    var high = field.count
    while low < high, field[low] == 0x20 || field[low] == 0x09 { low += 1 }
    while high > low, field[high - 1] == 0x20 || field[high - 1] == 0x09 { high -= 1 }
    return UnsafeBufferPointer(rebasing: field[low..<high])
  }

  /// `inf` and `infinity` with an optional sign, in any letter case.
  private func infinity(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
    guard text.count <= 9 else { return nil }
    var word = text.map { $0 | 0x20 }
    var sign = 1.0
    if let first = text.first, first == 0x2D || first == 0x2B {
      sign = first == 0x2D ? -1 : 1
      word.removeFirst()
    }
    return word == Array("inf".utf8) || word == Array("infinity".utf8) ? sign * .infinity : nil
  }

  /// Reads `[+-] digits [. digits] [e [+-] digits]` from `p`, not beyond `end`, and moves `p`
  /// behind it; nil (and `p` anywhere) when there is no such number.
  @inline(__always)
  func decimal(_ p: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Double? {
    guard p < end else { return nil }
    // No branch: signs come at random.
    let sign = p.pointee
    p += (sign == 0x2D ? 1 : 0) | (sign == 0x2B ? 1 : 0)
    var mantissa: UInt64 = 0
    let digitsStart = p
    // Few digits stand before the point, as a rule: one at a time.
    while p < end, p.pointee &- 0x30 <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(p.pointee &- 0x30)
      p += 1
    }
    var count = p - digitsStart
    var exponent = 0
    if p < end, p.pointee == 0x2E {
      p += 1
      let fractionStart = p
      digits(&p, end: end, &mantissa)
      exponent = fractionStart - p
      count -= exponent
    }
    guard count > 0 else { return nil }
    if p < end, p.pointee | 0x20 == 0x65 {
      guard Self.exponent(&p, end: end, &exponent) else { return nil }
    }
    let magnitude =
      count <= 19
      ? scaled(mantissa, exponent)
      : longDecimal(digitsStart, end: p, exponent: exponent) ?? exactly(digitsStart, end: p)
    return sign == 0x2D ? -magnitude : magnitude
  }

  /// Reads digits behind those of `mantissa` (which may overflow: the caller counts them), eight at
  /// once where the field lies that far before `end`.
  ///
  /// Fewer than eight are shifted up and read in the same way: a loop over them would end where the
  /// processor cannot foresee it, which costs more than all the rest.
  @inline(__always)
  private func digits(
    _ p: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ mantissa: inout UInt64
  ) {
    while end - p >= 8 {
      let bytes =
        UInt64(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt64.self))
        ^ 0x3030_3030_3030_3030
      // The high bit of each byte that is no digit; bytes above the first such do not matter.
      let others = ((bytes &+ 0x7676_7676_7676_7676) | bytes) & 0x8080_8080_8080_8080
      if others == 0 {
        mantissa = mantissa &* 100_000_000 &+ Self.eightDigits(bytes)
        p += 8
      } else {
        let count = others.trailingZeroBitCount >> 3
        let shifted = bytes << UInt64(64 - 8 * count)
        mantissa = mantissa &* integerPowers[count] &+ Self.eightDigits(shifted)
        p += count
        return
      }
    }
    while p < end, p.pointee &- 0x30 <= 9 {
      mantissa = mantissa &* 10 &+ UInt64(p.pointee &- 0x30)
      p += 1
    }
  }

  /// The number that eight digits make, the first in the lowest byte: pairs of digits, then pairs
  /// of pairs, then both halves.
  @inline(__always)
  private static func eightDigits(_ digits: UInt64) -> UInt64 {
    let pairs = (digits &* 2561) >> 8
    let fours = ((pairs & 0x00FF_00FF_00FF_00FF) &* 6_553_601) >> 16
    return ((fours & 0x0000_FFFF_0000_FFFF) &* 42_949_672_960_001) >> 32
  }

  /// Reads `e [+-] digits` at `p`; false when no digit follows the `e`.
  private static func exponent(
    _ p: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, _ exponent: inout Int
  ) -> Bool {
    var q = p + 1
    var minus = false
    if q < end, q.pointee == 0x2D || q.pointee == 0x2B {
      minus = q.pointee == 0x2D
      q += 1
    }
    guard q < end, q.pointee &- 0x30 <= 9 else { return false }
    var written = 0
    while q < end, q.pointee &- 0x30 <= 9 {
      // Far beyond any double already; more digits must not overflow.
      if written < 100_000 { written = written * 10 + Int(q.pointee &- 0x30) }
      q += 1
    }
    exponent += minus ? -written : written
    p = q
    return true
  }

  /// More than 19 digits: leading zeros do not count, and when the value lies the same way for the
  /// first 19 digits rounded down and up, the rest does not matter.
  private func longDecimal(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>, exponent: Int
  ) -> Double? {
    var mantissa: UInt64 = 0
    var used = 0
    var dropped = 0
    var p = start
    while p < end, p.pointee | 0x20 != 0x65 {
      if p.pointee != 0x2E {
        let digit = UInt64(p.pointee &- 0x30)
        if used == 19 {
          dropped += 1
        } else if used > 0 || digit != 0 {
          mantissa = mantissa * 10 + digit
          used += 1
        }
      }
      p += 1
    }
    let low = scaled(mantissa, exponent + dropped)
    if dropped == 0 { return low }
    return low == scaled(mantissa + 1, exponent + dropped) ? low : nil
  }

  /// What the C library makes of it: slow and right.
  private func exactly(
    _ start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>
  ) -> Double {
    var text = [CChar]()
    text.reserveCapacity(end - start + 1)
    var p = start
    while p < end {
      text.append(CChar(bitPattern: p.pointee))
      p += 1
    }
    text.append(0)
    return strtod(text, nil)
  }

  /// `mantissa * 10^exponent`, correctly rounded.
  @inline(__always)
  func scaled(_ mantissa: UInt64, _ exponent: Int) -> Double {
    // Both factors exact in a double: one rounding, the right one (Clinger 1990).
    if mantissa <= 1 << 53, exponent >= -22, exponent <= 22 {
      let value = Double(mantissa)
      return exponent < 0 ? value / exactPowers[-exponent] : value * exactPowers[exponent]
    }
    return scaledWide(mantissa, exponent)
  }

  /// Lemire's algorithm proper: sections 4 to 7 of the paper.
  private func scaledWide(_ mantissa: UInt64, _ exponent: Int) -> Double {
    guard mantissa != 0, exponent >= PowersOfFive.lowest else { return 0 }
    guard exponent <= PowersOfFive.highest else { return .infinity }
    let shift = mantissa.leadingZeroBitCount
    let w = mantissa << UInt64(shift)
    let power = fives[exponent - PowersOfFive.lowest]
    var (high, low) = w.multipliedFullWidth(by: power.high)
    if high & 0x1FF == 0x1FF {
      let second = w.multipliedFullWidth(by: power.low).high
      let (sum, carry) = low.addingReportingOverflow(second)
      low = sum
      if carry { high &+= 1 }
    }
    let upper = Int(high >> 63)
    var significand = high >> UInt64(upper + 9)
    // floor(exponent * log2(10)) by integers, plus the exponent bias.
    var binary = ((217_706 * exponent) >> 16) + 63 + upper - shift + 1023
    if binary <= 0 {
      guard -binary + 1 < 64 else { return 0 }
      significand >>= UInt64(-binary + 1)
      significand += significand & 1
      significand >>= 1
      // Rounding up may have reached the smallest normal number; its bits are right as they are.
      return Double(bitPattern: significand)
    }
    // Exactly half way between two doubles: to even.
    if low <= 1, exponent >= -4, exponent <= 23, significand & 3 == 1,
      significand << UInt64(upper + 9) == high
    {
      significand &= ~1
    }
    significand += significand & 1
    significand >>= 1
    if significand >= 1 << 53 {
      significand = 1 << 52
      binary += 1
    }
    guard binary < 0x7FF else { return .infinity }
    return Double(bitPattern: (significand & ~(1 << 52)) | UInt64(binary) << 52)
  }
}

/// The first 128 bits of the powers of five that a double can need.
enum PowersOfFive {
  static let lowest = -342
  static let highest = 308

  typealias Entry = (high: UInt64, low: UInt64)

  /// 5^lowest to 5^highest.
  static func table() -> [Entry] {
    var entries = [Entry](repeating: (0, 0), count: highest - lowest + 1)
    // Upward: the exact power; downward: 2^1088 divided by five again and again, whose remaining
    // digits are those of the reciprocal.
    var limbs: [UInt32] = [1]
    for exponent in 0...highest {
      entries[exponent - lowest] = top(limbs)
      multiplyByFive(&limbs)
    }
    limbs = [UInt32](repeating: 0, count: 34) + [1]
    for exponent in stride(from: -1, through: lowest, by: -1) {
      divideByFive(&limbs)
      var entry = top(limbs)
      // Down to 5^-27 the product can be exact, so that the reciprocal is rounded up (the paper's
      // section 8 needs this to see exact halves).
      if exponent >= -27 {
        let (low, carry) = entry.low.addingReportingOverflow(1)
        entry = (carry ? entry.high &+ 1 : entry.high, low)
      }
      entries[exponent - lowest] = entry
    }
    return entries
  }

  private static func multiplyByFive(_ limbs: inout [UInt32]) {
    var carry: UInt64 = 0
    for i in limbs.indices {
      let product = UInt64(limbs[i]) * 5 + carry
      limbs[i] = UInt32(truncatingIfNeeded: product)
      carry = product >> 32
    }
    if carry > 0 { limbs.append(UInt32(carry)) }
  }

  private static func divideByFive(_ limbs: inout [UInt32]) {
    var rest: UInt64 = 0
    for i in limbs.indices.reversed() {
      let value = rest << 32 | UInt64(limbs[i])
      limbs[i] = UInt32(value / 5)
      rest = value % 5
    }
    while limbs.last == 0 { limbs.removeLast() }
  }

  /// The 128 leading bits, the first of them set.
  private static func top(_ limbs: [UInt32]) -> Entry {
    func limb(_ fromTop: Int) -> UInt64 {
      let index = limbs.count - 1 - fromTop
      return index >= 0 ? UInt64(limbs[index]) : 0
    }
    let shift = UInt64(limbs[limbs.count - 1].leadingZeroBitCount)
    let a = limb(0) << 32 | limb(1)
    let b = limb(2) << 32 | limb(3)
    let c = limb(4) << 32
    guard shift > 0 else { return (a, b) }
    return (a << shift | b >> (64 - shift), b << shift | c >> (64 - shift))
  }
}
