/// Columns that text takes in a terminal or a monospaced page.
///
/// East Asian wide characters and emoji take two columns, combining marks and format characters
/// none, a ZWJ sequence as many as one emoji; regional indicators are one each, so a flag is two.
/// Source: UAX #11 (East Asian Width) and UTS #51 (emoji); where terminals disagree, what newer ones
/// do (kitty, WezTerm, Windows Terminal).
public enum TextWidth {
  /// Columns of a whole text; line breaks and other control characters count 0.
  public static func of(_ text: some StringProtocol) -> Int {
    if isASCII(text) {
      return text.utf8.reduce(0) { $1 < 0x20 || $1 == 0x7F ? $0 : $0 + 1 }
    }
    return text.reduce(0) { $0 + of($1) }
  }

  /// Columns of one character as a reader sees it (grapheme cluster): 0 to 2, more only for
  /// conjuncts of several letters in Indic scripts.
  public static func of(_ character: Character) -> Int {
    var sum = 0
    var first: Int?
    for scalar in character.unicodeScalars {
      // U+FE0F asks for the emoji picture of a character that is text by default.
      if scalar.value == 0xFE0F { return max(sum, 2) }
      let columns = of(scalar)
      sum += columns
      if first == nil { first = columns }
      // What follows a wide character joins it: skin tones, further parts of a ZWJ sequence.
      if first == 2 { return 2 }
    }
    return sum
  }

  /// Whether each character takes exactly one column, known without a look at clusters.
  static func isNarrow(_ text: String) -> Bool {
    text.unicodeScalars.allSatisfy { scalar in
      switch scalar.value {
      case 0x20...0x7E, 0xA1...0xAC, 0xAE...0x2FF: true
      // Box drawing, blocks, geometric shapes up to the first emoji, braille.
      case 0x2500...0x25FC, 0x2800...0x28FF: true
      default: false
      }
    }
  }

  /// The longest beginning of `text` that fits into `width` columns, with `ellipsis` as its last
  /// character when something is left out. A text that fits is returned as it is.
  public static func truncated(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    if of(text) <= width { return text }
    let room = width - of(ellipsis)
    if room < 0 { return "" }
    var out = ""
    var used = 0
    for character in text {
      let columns = of(character)
      if used + columns > room { break }
      out.append(character)
      used += columns
    }
    return out + ellipsis
  }

  public enum Alignment: Sendable, Equatable { case left, right, center }

  /// `text` with blanks added up to `width` columns; a longer text stays as it is.
  public static func padded(_ text: String, to width: Int, _ alignment: Alignment = .left)
    -> String
  {
    let missing = width - of(text)
    if missing <= 0 { return text }
    switch alignment {
    case .left: return text + blanks(missing)
    case .right: return blanks(missing) + text
    case .center: return blanks(missing / 2) + text + blanks(missing - missing / 2)
    }
  }

  /// Exactly `width` columns: truncated or padded.
  public static func fitted(_ text: String, to width: Int, _ alignment: Alignment = .left)
    -> String
  {
    padded(truncated(text, to: width), to: width, alignment)
  }

  static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(count, 0)) }

  private static func isASCII(_ text: some StringProtocol) -> Bool {
    text.utf8.allSatisfy { $0 < 0x80 }
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    let value = scalar.value
    if value < 0x300 {
      // Controls take no column; the soft hyphen does, where it is drawn at all.
      return value < 0x20 || (0x7F...0x9F).contains(value) ? 0 : 1
    }
    switch value {
    case 0x1160...0x11FF, 0xD7B0...0xD7FF: return 0  // Hangul vowels and finals join the initial.
    case 0x2500...0x25FC, 0x2800...0x28FF: return 1  // What plots are made of: no table needed.
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .format, .control, .lineSeparator,
      .paragraphSeparator:
      return 0
    default: return isWide(value) ? 2 : 1
    }
  }

  private static func isWide(_ value: UInt32) -> Bool {
    let ranges = WideCharacters.ranges
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].last < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].first <= value
  }
}
