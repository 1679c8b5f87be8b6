extension Scanner {
  /// A name, a keyword, or the prefix of a string literal.
  mutating func scanName() {
    let start = position
    var key: UInt64 = 0
    var isASCII = true
    while position < limit {
      let byte = text[position]
      guard isNameByte(byte) else { break }
      if byte >= 0x80 { isASCII = false }
      key = key << 8 | UInt64(byte)
      position += 1
    }
    let length = position - start
    if length <= 2, byte(position) == 0x22 || byte(position) == 0x27,
      let prefix = StringPrefix(text[start..<position])
    {
      scanString(from: start, prefix: prefix)
      return
    }
    if isASCII {
      emit(Keyword.kind(packed: key, length: length) ?? .name, from: start)
    } else {
      checkName(start, position)
      emit(.name, from: start)
    }
  }

  /// Non-ASCII names: every character must be a letter, digit or mark by Unicode's rules for
  /// identifiers (XID_Start, XID_Continue).
  private mutating func checkName(_ start: Int, _ end: Int) {
    var offset = start
    for scalar in String(decoding: text[start..<end], as: UTF8.self).unicodeScalars {
      let length = UTF8.width(scalar)
      let properties = scalar.properties
      let fits =
        scalar == "_" || (offset == start ? properties.isXIDStart : properties.isXIDContinue)
      if !fits {
        let code = hexadecimal(scalar.value)
        let message =
          isPrintable(scalar)
          ? "invalid character '\(scalar)' (U+\(code))"
          : "invalid non-printable character U+\(code)"
        fail(.syntax, message, offset, offset + length)
        return
      }
      if scalar.value != 0xB5, hasCompatibilityForm(scalar) {
        // CPython would replace it by its compatibility form; two spellings of one name that look
        // different are a trap for readers, so they are refused.
        let refusal = Dialect.compatibilityName(
          scalar, hexadecimal(scalar.value), Span(offset, offset + length))
        fail(refusal.kind, refusal.message, offset, offset + length)
        return
      }
      offset += length
    }
  }

  /// Whether normal form KC replaces a character of a name: ligatures, full-width and mathematical
  /// letters. The standard library does not give the form itself, but tells which characters change
  /// when it is taken together with case folding; folding alone is told apart by the lower case.
  private func hasCompatibilityForm(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    guard properties.changesWhenNFKCCaseFolded else { return false }
    if !properties.changesWhenCaseFolded { return true }
    switch scalar.value {
    case 0x17F, 0xFB00...0xFB17: return true
    default: break
    }
    let lower = properties.lowercaseMapping.unicodeScalars
    guard let first = lower.first, lower.count == 1, first != scalar else { return false }
    return first.properties.changesWhenNFKCCaseFolded && !first.properties.changesWhenCaseFolded
  }

  /// Whether CPython's `str.isprintable` holds for a character.
  private func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator, .spaceSeparator:
      false
    default: true
    }
  }

  /// The first byte that is no UTF-8, or a zero byte, is an error of the whole text.
  mutating func checkEncoding() {
    var offset = 0
    while offset < limit {
      let byte = text[offset]
      if byte < 0x80 {
        if byte == 0 {
          fail(.syntax, "source code cannot contain null bytes", offset, offset + 1)
          return
        }
        offset += 1
        continue
      }
      let length = wellFormedLength(at: offset)
      if length == 0 {
        let code = String(byte, radix: 16)
        let reason =
          byte < 0xC2 || byte > 0xF4
          ? "invalid start byte"
          : offset + 1 >= limit ? "unexpected end of data" : "invalid continuation byte"
        fail(
          .syntax,
          "(unicode error) 'utf-8' codec can't decode byte 0x\(code) in position \(offset): "
            + reason, offset, offset + 1)
        return
      }
      offset += length
    }
  }

  /// The length of the well-formed non-ASCII sequence at an offset; 0 when there is none
  /// (Unicode, table 3-7).
  private func wellFormedLength(at offset: Int) -> Int {
    func continues(_ index: Int, _ low: UInt8 = 0x80, _ high: UInt8 = 0xBF) -> Bool {
      index < limit && text[index] >= low && text[index] <= high
    }
    switch text[offset] {
    case 0xC2...0xDF:
      return continues(offset + 1) ? 2 : 0
    case 0xE0...0xEF:
      let low: UInt8 = text[offset] == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = text[offset] == 0xED ? 0x9F : 0xBF
      return continues(offset + 1, low, high) && continues(offset + 2) ? 3 : 0
    case 0xF0...0xF4:
      let low: UInt8 = text[offset] == 0xF0 ? 0x90 : 0x80
      let high: UInt8 = text[offset] == 0xF4 ? 0x8F : 0xBF
      return continues(offset + 1, low, high) && continues(offset + 2) && continues(offset + 3)
        ? 4 : 0
    default:
      return 0
    }
  }
}
