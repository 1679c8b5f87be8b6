/// The line of a source that a span starts on, with carets under the span, for tracebacks.
///
///     total = prise * 2
///             ^^^^^
///
/// A span over several lines is marked on its first one; an empty span gets one caret. Carets stand
/// by columns, so wide characters get two and combining marks none. Of a very long line only the
/// part around the carets is shown.
public struct SourceExcerpt: Sendable, Equatable {
  /// The line's number, from 1.
  public var line: Int
  public var text: String
  /// Spaces (tabs where the line has tabs), then carets.
  public var carets: String

  /// A longer line is cut, in columns.
  public static let maximumWidth = 160

  /// - Parameter stripped: leaves out the white space at the start of the line, as CPython's
  ///   tracebacks do.
  public init(_ source: Source, _ span: Span, stripped: Bool = false) {
    let start = min(max(0, Int(span.start)), source.text.count)
    let position = source.position(of: start)
    line = position.line
    let lineStart = start - position.column
    var lineEnd = start
    while lineEnd < source.text.count, source.text[lineEnd] != 0x0A { lineEnd += 1 }
    if lineEnd > lineStart, source.text[lineEnd - 1] == 0x0D { lineEnd -= 1 }

    var glyphs = [Glyph]()
    var offset = lineStart
    let bytes = source.text[lineStart..<max(lineStart, lineEnd)]
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      glyphs.append(
        Glyph(
          scalar: scalar, columns: columns(of: scalar),
          isMarked: offset >= start && offset < Int(span.end)))
      // A byte that is no UTF-8 is shown as one replacement character and is one byte long here.
      offset += scalar == "\u{FFFD}" ? max(1, replacedLength(bytes, offset)) : UTF8.width(scalar)
    }
    // An empty span, or one that starts at the line's end, still needs a place for its caret.
    var caret =
      glyphs.firstIndex { $0.isMarked } ?? SourceExcerpt.index(of: start, lineStart, glyphs)
    if stripped {
      let space = glyphs.prefix { $0.scalar.properties.isWhitespace }.count
      glyphs.removeFirst(space)
      caret = max(0, caret - space)
    }
    (text, carets) = SourceExcerpt.draw(glyphs, caret: caret)
  }

  private struct Glyph {
    var scalar: Unicode.Scalar
    var columns: Int
    var isMarked: Bool
  }

  private static func index(of offset: Int, _ lineStart: Int, _ glyphs: [Glyph]) -> Int {
    var bytes = lineStart
    for (index, glyph) in glyphs.enumerated() {
      if bytes >= offset { return index }
      bytes += UTF8.width(glyph.scalar)
    }
    return glyphs.count
  }

  private static func draw(_ glyphs: [Glyph], caret: Int) -> (text: String, carets: String) {
    let width = glyphs.reduce(0) { $0 + $1.columns }
    var shown = glyphs[...]
    var before = ""
    var after = ""
    if width > maximumWidth {
      // Keep a third of the width before the caret.
      let first = max(0, min(caret, glyphs.count) - maximumWidth / 3)
      let last = min(glyphs.count, first + maximumWidth)
      shown = glyphs[first..<last]
      if first > 0 { before = "..." }
      if last < glyphs.count { after = "..." }
    }
    var text = String.UnicodeScalarView()
    var carets = String(repeating: " ", count: before.count)
    var hasCarets = false
    for (index, glyph) in zip(shown.indices, shown) {
      text.append(glyph.scalar)
      if glyph.isMarked {
        carets += String(repeating: "^", count: glyph.columns)
        hasCarets = true
      } else if index < caret {
        carets += glyph.scalar == "\t" ? "\t" : String(repeating: " ", count: glyph.columns)
      }
    }
    if !hasCarets { carets += "^" }
    return (before + String(text) + after, carets)
  }
}

/// How many bytes at an offset became one replacement character.
private func replacedLength(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> Int {
  let isReal = bytes.dropFirst(offset - bytes.startIndex).starts(with: [0xEF, 0xBF, 0xBD])
  return isReal ? 3 : 1
}

/// How many columns a terminal gives a character: none to marks and format characters, two to the
/// wide ones of East Asian scripts and to emoji (Unicode, annex 11).
private func columns(of scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return scalar.value == 0xAD ? 0 : 1 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format: return 0
  default: break
  }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6,
    0x20000...0x3FFFD:
    return 2
  default:
    return scalar.properties.isEmojiPresentation ? 2 : 1
  }
}
