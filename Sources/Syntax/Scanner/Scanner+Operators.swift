extension Scanner {
  /// Operators, punctuation and brackets; the longest spelling wins.
  mutating func scanOperator() {
    let start = position
    let first = text[start]
    let second = byte(start + 1)
    let third = byte(start + 2)
    var kind = TokenKind.unknown
    var length = 1
    /// `x=` for an operator `x`, else `x` itself.
    func plainOrAssigned(_ plain: TokenKind, _ assigned: TokenKind) -> (TokenKind, Int) {
      second == 0x3D ? (assigned, 2) : (plain, 1)
    }
    /// One of `x`, `x=`, `xx`, `xx=`.
    func doubling(
      _ plain: TokenKind, _ assigned: TokenKind, _ double: TokenKind, _ doubleAssigned: TokenKind
    ) -> (TokenKind, Int) {
      if second == first { return third == 0x3D ? (doubleAssigned, 3) : (double, 2) }
      return plainOrAssigned(plain, assigned)
    }
    switch first {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      openBracket(first)
      return
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      closeBracket(first)
      return
    case UInt8(ascii: ","): kind = .comma
    case UInt8(ascii: ";"): kind = .semicolon
    case UInt8(ascii: "~"): kind = .tilde
    case UInt8(ascii: ":"): (kind, length) = plainOrAssigned(.colon, .walrus)
    case UInt8(ascii: "="): (kind, length) = plainOrAssigned(.equal, .equalEqual)
    case UInt8(ascii: "+"): (kind, length) = plainOrAssigned(.plus, .plusEqual)
    case UInt8(ascii: "-"):
      (kind, length) = second == 0x3E ? (.arrow, 2) : plainOrAssigned(.minus, .minusEqual)
    case UInt8(ascii: "*"):
      (kind, length) = doubling(.star, .starEqual, .doubleStar, .doubleStarEqual)
    case UInt8(ascii: "/"):
      (kind, length) = doubling(.slash, .slashEqual, .doubleSlash, .doubleSlashEqual)
    case UInt8(ascii: "%"): (kind, length) = plainOrAssigned(.percent, .percentEqual)
    case UInt8(ascii: "@"): (kind, length) = plainOrAssigned(.at, .atEqual)
    case UInt8(ascii: "&"): (kind, length) = plainOrAssigned(.ampersand, .ampersandEqual)
    case UInt8(ascii: "|"): (kind, length) = plainOrAssigned(.bar, .barEqual)
    case UInt8(ascii: "^"): (kind, length) = plainOrAssigned(.caret, .caretEqual)
    case UInt8(ascii: "<"):
      if second == 0x3E {
        length = 2
      } else {
        (kind, length) = doubling(.less, .lessEqual, .shiftLeft, .shiftLeftEqual)
      }
    case UInt8(ascii: ">"):
      (kind, length) = doubling(.greater, .greaterEqual, .shiftRight, .shiftRightEqual)
    case UInt8(ascii: "!"): if second == 0x3D { (kind, length) = (.notEqual, 2) }
    case UInt8(ascii: "."):
      (kind, length) = second == first && third == first ? (.ellipsis, 3) : (.dot, 1)
    case UInt8(ascii: "?"): if scanTrailingHelp() { return }
    case UInt8(ascii: "$"), UInt8(ascii: "`"): break
    default:
      // The control characters; every other ASCII byte starts a token.
      fail(
        .syntax, "invalid non-printable character U+\(hexadecimal(UInt32(first)))", start, start + 1
      )
    }
    position = min(start + length, limit)
    emit(kind, from: start)
  }

  private mutating func openBracket(_ byte: UInt8) {
    let start = position
    if level >= Scanner.maximumBrackets {
      fail(.syntax, "too many nested parentheses", start, start + 1)
    }
    brackets.append(OpenBracket(byte: byte, offset: start))
    position += 1
    let kind: TokenKind =
      switch byte {
      case UInt8(ascii: "("): .leftParenthesis
      case UInt8(ascii: "["): .leftBracket
      default: .leftBrace
      }
    emit(kind, from: start)
  }

  private mutating func closeBracket(_ byte: UInt8) {
    let start = position
    let (kind, partner): (TokenKind, UInt8) =
      switch byte {
      case UInt8(ascii: ")"): (.rightParenthesis, UInt8(ascii: "("))
      case UInt8(ascii: "]"): (.rightBracket, UInt8(ascii: "["))
      default: (.rightBrace, UInt8(ascii: "{"))
      }
    if let open = brackets.last {
      if open.byte != partner {
        let line = lineNumber(of: open.offset)
        let place = line == lineNumber(of: start) ? "" : " on line \(line)"
        fail(
          .syntax,
          "closing parenthesis '\(character(byte))' does not match opening parenthesis "
            + "'\(character(open.byte))'\(place)", start, start + 1)
      }
      brackets.removeLast()
    } else {
      fail(.syntax, "unmatched '\(character(byte))'", start, start + 1)
    }
    position += 1
    emit(kind, from: start)
  }

  /// The line (from 1) of an offset, counted anew: only errors ask for it.
  func lineNumber(of offset: Int) -> Int {
    guard failure == nil else { return 1 }
    var line = 1
    var index = 0
    while index < offset, index < text.count {
      if text[index] == 0x0A || (text[index] == 0x0D && byte(index + 1) != 0x0A) { line += 1 }
      index += 1
    }
    return line
  }

  func character(_ byte: UInt8) -> Character { Character(Unicode.Scalar(byte)) }
}

/// Upper-case hexadecimal with at least four digits, as `U+00A0` is written.
func hexadecimal(_ value: UInt32) -> String {
  let digits = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}
