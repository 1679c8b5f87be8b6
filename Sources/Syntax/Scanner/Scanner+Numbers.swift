/// Numbers: `12`, `1_000`, `0xff`, `0o17`, `0b101`, `1.5`, `.5`, `1e-3`, and `2j`, which is refused
/// later. Here a number is only delimited and its form checked; `NumberLiteral` gives its value.
extension Scanner {
  mutating func scanNumber() {
    let start = position
    var kind = TokenKind.number
    if text[start] == 0x30, let radix = Radix(marker: byte(start + 1)) {
      position += 2
      scanDigits(of: radix)
    } else {
      kind = scanDecimal(from: start)
    }
    if stopsAtFailure, failure != nil { return }
    // A tolerant run takes the letters that made the number wrong along with it.
    if failure != nil { while isNameByte(byte(position)) { position += 1 } }
    emit(kind, from: start)
  }

  private enum Radix {
    case binary, octal, hexadecimal

    init?(marker: UInt8) {
      switch marker | 0x20 {
      case UInt8(ascii: "b"): self = .binary
      case UInt8(ascii: "o"): self = .octal
      case UInt8(ascii: "x"): self = .hexadecimal
      default: return nil
      }
    }

    var name: String {
      switch self {
      case .binary: "binary"
      case .octal: "octal"
      case .hexadecimal: "hexadecimal"
      }
    }

    func accepts(_ byte: UInt8) -> Bool {
      switch self {
      case .binary: byte == 0x30 || byte == 0x31
      case .octal: byte >= 0x30 && byte <= 0x37
      case .hexadecimal: hexadecimalValue(byte) != nil
      }
    }
  }

  /// Groups of digits, each led by at most one underscore.
  private mutating func scanDigits(of radix: Radix) {
    repeat {
      if byte(position) == 0x5F { position += 1 }
      guard radix.accepts(byte(position)) else {
        failInDigits(of: radix)
        return
      }
      while radix.accepts(byte(position)) { position += 1 }
    } while byte(position) == 0x5F
    if isDigit(byte(position)) {
      failInDigits(of: radix)
    } else {
      checkEnd(radix.name)
    }
  }

  private mutating func failInDigits(of radix: Radix) {
    if isDigit(byte(position)) {
      fail(
        .syntax, "invalid digit '\(character(text[position]))' in \(radix.name) literal", position,
        position + 1)
    } else {
      failAtLastByte("invalid \(radix.name) literal")
    }
  }

  /// CPython points at the last byte that still belonged to the number.
  private mutating func failAtLastByte(_ message: String) {
    fail(.syntax, message, max(0, position - 1), position)
  }

  private mutating func scanDecimal(from start: Int) -> TokenKind {
    var zerosEnd = start
    if text[start] != 0x2E {
      guard scanDecimalDigits() else { return .number }
      var index = start
      while index < position, text[index] == 0x30 || text[index] == 0x5F { index += 1 }
      zerosEnd = index
    }
    let digitsEnd = position
    var isInteger = true
    if byte(position) == 0x2E {
      isInteger = false
      position += 1
      if isDigit(byte(position)), !scanDecimalDigits() { return .number }
    }
    if byte(position) | 0x20 == UInt8(ascii: "e") {
      var next = position + 1
      if byte(next) == UInt8(ascii: "+") || byte(next) == UInt8(ascii: "-") {
        next += 1
        if !isDigit(byte(next)) {
          position = next
          failAtLastByte("invalid decimal literal")
          return .number
        }
      }
      if isDigit(byte(next)) {
        isInteger = false
        position = next
        guard scanDecimalDigits() else { return .number }
      }
    }
    if byte(position) | 0x20 == UInt8(ascii: "j") {
      position += 1
      checkEnd("imaginary")
      return .imaginary
    }
    if isInteger, text[start] == 0x30, zerosEnd < digitsEnd {
      fail(
        .syntax,
        "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal "
          + "integers", start, zerosEnd)
      return .number
    }
    checkEnd("decimal")
    return .number
  }

  /// Digits with single underscores between them; false after an error.
  private mutating func scanDecimalDigits() -> Bool {
    while true {
      while isDigit(byte(position)) { position += 1 }
      guard byte(position) == 0x5F else { return true }
      position += 1
      if !isDigit(byte(position)) {
        failAtLastByte("invalid decimal literal")
        return false
      }
    }
  }

  /// A name may not follow a number at once, except the words that CPython lets stand there
  /// (`1if x else 2`).
  private mutating func checkEnd(_ kind: String) {
    guard isNameByte(byte(position)) else { return }
    let words: [StaticString] = ["and", "else", "for", "if", "in", "is", "or", "not"]
    for word in words where startsHere(word) { return }
    failAtLastByte("invalid \(kind) literal")
  }

  private func startsHere(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { bytes in
      for (index, byte) in bytes.enumerated() where self.byte(position + index) != byte {
        return false
      }
      return true
    }
  }
}

/// The value of a hexadecimal digit; nil for any other byte.
func hexadecimalValue(_ byte: UInt8) -> Int? {
  switch byte {
  case 0x30...0x39: Int(byte) - 0x30
  case 0x41...0x46: Int(byte) - 0x37
  case 0x61...0x66: Int(byte) - 0x57
  default: nil
  }
}
