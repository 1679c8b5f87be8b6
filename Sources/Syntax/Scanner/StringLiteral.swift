/// The parts of a string literal and what its escapes stand for.
struct StringLiteral {
  let prefix: StringPrefix
  /// The offsets of the text between the quotes.
  let body: Range<Int>

  /// - Parameter span: a token of kind `.string` or `.formatString`.
  init(_ text: [UInt8], _ span: Span) {
    let start = Int(span.start)
    let end = Int(span.end)
    var quoteStart = start
    while quoteStart < end, text[quoteStart] != 0x22, text[quoteStart] != 0x27 { quoteStart += 1 }
    prefix = StringPrefix(text[start..<quoteStart]) ?? []
    var width = 1
    if end - quoteStart >= 6, text[quoteStart + 1] == text[quoteStart],
      text[quoteStart + 2] == text[quoteStart]
    {
      width = 3
    }
    let lower = min(quoteStart + width, end)
    body = lower..<max(lower, end - width)
  }
}

/// Replaces the escapes of string and bytes literals.
struct EscapeDecoder {
  let text: [UInt8]
  let prefix: StringPrefix

  /// The bytes of a piece of a literal after its escapes are replaced; for a string they are UTF-8.
  ///
  /// Line ends become `\n`, as CPython reads them. An escape that is none keeps its backslash.
  /// - Throws: CPython's `SyntaxError` for `\x`, `\u`, `\U` with too few digits and values that no
  ///   string can hold; `.notInDialect` for `\N{...}` and for lone surrogates.
  func decode(_ range: Range<Int>) throws(Diagnostic) -> [UInt8] {
    var output = [UInt8]()
    output.reserveCapacity(range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = text[index]
      if byte == 0x0D {
        output.append(0x0A)
        index += at(index + 1, range) == 0x0A ? 2 : 1
      } else if byte == 0x5C, !prefix.contains(.raw) {
        try decodeEscape(&index, range, &output)
      } else {
        if byte >= 0x80, prefix.contains(.bytes) {
          throw Diagnostic(
            .syntax, "bytes can only contain ASCII literal characters", at: Span(index, index + 1))
        }
        output.append(byte)
        index += 1
      }
    }
    return output
  }

  private func at(_ index: Int, _ range: Range<Int>) -> UInt8 {
    index < range.upperBound ? text[index] : 0
  }

  private func decodeEscape(
    _ index: inout Int, _ range: Range<Int>, _ output: inout [UInt8]
  ) throws(Diagnostic) {
    let escaped = at(index + 1, range)
    var simple: UInt8?
    switch escaped {
    case 0x0A:
      index += 2
      return
    case 0x0D:
      index += at(index + 2, range) == 0x0A ? 3 : 2
      return
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): simple = escaped
    case UInt8(ascii: "a"): simple = 0x07
    case UInt8(ascii: "b"): simple = 0x08
    case UInt8(ascii: "f"): simple = 0x0C
    case UInt8(ascii: "n"): simple = 0x0A
    case UInt8(ascii: "r"): simple = 0x0D
    case UInt8(ascii: "t"): simple = 0x09
    case UInt8(ascii: "v"): simple = 0x0B
    case 0x30...0x37:
      var value: UInt32 = 0
      var count = 0
      while count < 3, case 0x30...0x37 = at(index + 1 + count, range) {
        value = value * 8 + UInt32(text[index + 1 + count] - 0x30)
        count += 1
      }
      append(value, to: &output)
      index += 1 + count
      return
    case UInt8(ascii: "x"):
      try decodeHexadecimal(&index, digits: 2, range, &output)
      return
    case UInt8(ascii: "u") where !prefix.contains(.bytes):
      try decodeHexadecimal(&index, digits: 4, range, &output)
      return
    case UInt8(ascii: "U") where !prefix.contains(.bytes):
      try decodeHexadecimal(&index, digits: 8, range, &output)
      return
    case UInt8(ascii: "N") where !prefix.contains(.bytes):
      throw Dialect.namedCharacter(Span(index, index + 2))
    default: break
    }
    if let simple {
      output.append(simple)
      index += 2
    } else {
      output.append(0x5C)
      index += 1
    }
  }

  private func append(_ value: UInt32, to output: inout [UInt8]) {
    if prefix.contains(.bytes) {
      output.append(UInt8(truncatingIfNeeded: value))
    } else if let scalar = Unicode.Scalar(value) {
      output.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
  }

  private func decodeHexadecimal(
    _ index: inout Int, digits: Int, _ range: Range<Int>, _ output: inout [UInt8]
  ) throws(Diagnostic) {
    var value: UInt32 = 0
    var count = 0
    while count < digits, let digit = hexadecimalValue(at(index + 2 + count, range)) {
      value = value << 4 | UInt32(digit)
      count += 1
    }
    let end = index + 2 + count
    if count < digits {
      if prefix.contains(.bytes) {
        throw Diagnostic(
          .syntax, "(value error) invalid \\x escape at position \(index - range.lowerBound)",
          at: Span(index, end))
      }
      let form = digits == 2 ? "\\xXX" : digits == 4 ? "\\uXXXX" : "\\UXXXXXXXX"
      throw unicodeError(index..<end, range, "truncated \(form) escape")
    }
    if !prefix.contains(.bytes) {
      if value > 0x10FFFF {
        throw unicodeError(index..<end, range, "illegal Unicode character")
      }
      if (0xD800...0xDFFF).contains(value) {
        throw Dialect.surrogate(hexadecimal(value), Span(index, end))
      }
    }
    append(value, to: &output)
    index = end
  }

  /// CPython counts the positions of such an error in the text of the literal.
  private func unicodeError(_ escape: Range<Int>, _ range: Range<Int>, _ reason: String)
    -> Diagnostic
  {
    let first = escape.lowerBound - range.lowerBound
    let last = escape.upperBound - range.lowerBound - 1
    return Diagnostic(
      .syntax,
      "(unicode error) 'unicodeescape' codec can't decode bytes in position \(first)-\(last): "
        + reason, at: Span(escape.lowerBound, escape.upperBound))
  }
}
