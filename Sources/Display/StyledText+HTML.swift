// Styled text as HTML.
//
// The text stands in a `<pre>`. Two kinds of characters need help, because a browser takes them
// from whatever font has them, with another advance and another height than the letters around
// (seen with DejaVu Sans Mono, which has no braille; Menlo and Consolas lack it too):
// - wide characters (CJK, emoji) get a box of their exact width;
// - braille, blocks and box drawing are drawn (`CellGraphics`), in boxes of whole columns and the
//   full height of the line, so that rows and columns join without gaps on every system.
// Where a sanitiser removes the drawings, their text remains in place.

extension StyledText {
  /// A `<pre>` with inline colours; needs no style sheet, class, id or script. It has no background
  /// and no text colour of its own, so that it looks right on light and dark pages.
  ///
  /// - Parameter color: false keeps the text and drops the colours.
  public func html(color: Bool = true) -> String {
    var out = "<pre style=\"\(Self.preStyle)\">"
    for (index, row) in rows.enumerated() {
      if index > 0 { out += "\n" }
      HTMLRow(color: color).write(Self.trimmedRuns(row.runs), to: &out)
    }
    return out + "</pre>"
  }

  /// Escapes what HTML and XML read as markup, also inside attribute values.
  public static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 < 0x40 && isMarkup($0) }) else { return text }
    var out = ""
    out.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "'": out += "&#39;"
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }

  /// Height of a line in em: twice the usual advance of a monospaced letter, so that the dots of
  /// braille and the halves of a block are square.
  static let lineHeight = "1.2"

  private static let preStyle =
    "line-height:\(lineHeight);white-space:pre;overflow-x:auto;margin:0;padding:0;"
    + "font-family:'DejaVu Sans Mono',Menlo,Consolas,monospace"
}

/// Writes the runs of one row.
private struct HTMLRow {
  let color: Bool

  func write(_ runs: [StyledText.Run], to out: inout String) {
    var graphics = CellGraphics(color: color)
    var pending = ""
    var pendingStyle = TextStyle.normal
    func flushText() {
      if pending.isEmpty { return }
      writeText(pending, pendingStyle, &out)
      pending = ""
    }
    for run in runs {
      for character in run.text {
        if let scalar = CellGraphics.drawable(character) {
          flushText()
          graphics.add(scalar, run.style)
          continue
        }
        let isBlank = character == " " || character == "\u{2800}"
        if isBlank && run.style.background == nil {
          // Blanks inside of a drawing belong to it; at its end they are text again.
          if graphics.isEmpty {
            if pendingStyle.background != nil {
              flushText()
              pendingStyle = .normal
            }
            pending.append(" ")
          } else {
            graphics.addBlank()
          }
          continue
        }
        graphics.flush(to: &out)
        if run.style != pendingStyle {
          flushText()
          pendingStyle = run.style
        }
        pending.append(character)
      }
    }
    flushText()
    graphics.flush(to: &out)
  }

  private func writeText(_ text: String, _ style: TextStyle, _ out: inout String) {
    let css = css(style)
    if css.isEmpty {
      out += htmlText(text)
    } else {
      out += "<span style=\"\(css)\">\(htmlText(text))</span>"
    }
  }

  private func htmlText(_ text: String) -> String {
    if TextWidth.isNarrow(text) { return StyledText.escaped(text) }
    var out = ""
    for character in text {
      let escaped = StyledText.escaped(String(character))
      if TextWidth.of(character) == 2 {
        out += "<span style=\"display:inline-block;width:2ch;text-align:center\">"
        out += escaped + "</span>"
      } else {
        out += escaped
      }
    }
    return out
  }

  private func css(_ style: TextStyle) -> String {
    var parts: [String] = []
    if color, let color = style.foreground { parts.append("color:\(color.hex)") }
    if color, let color = style.background {
      // The background of inline text is as high as its font, not as its line; a hair to both sides
      // closes the gap to drawings beside it, which end at parts of a pixel.
      parts.append("background-color:\(color.hex);padding:0.06em 0.5px;margin:0 -0.5px")
    }
    if style.bold { parts.append("font-weight:bold") }
    if style.dim { parts.append("opacity:0.55") }
    return parts.joined(separator: ";")
  }
}
