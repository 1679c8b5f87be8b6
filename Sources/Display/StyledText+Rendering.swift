// The three forms that styled text takes on its way out.

extension StyledText {
  /// Text alone. Blanks at the ends of rows are dropped; the last row ends without a line break.
  public var plain: String {
    rows.map { Self.trimmed($0.plain) }.joined(separator: "\n")
  }

  /// Text with ANSI colour codes (SGR, ECMA-48; 24-bit form of ISO 8613-6).
  ///
  /// Every row closes what it opens, so rows can be cut out or interleaved with other output.
  public func ansi(_ depth: ColorDepth = .trueColor) -> String {
    if depth == .none { return plain }
    var out = ""
    for (index, row) in rows.enumerated() {
      if index > 0 { out += "\n" }
      var current = TextStyle.normal
      for run in Self.trimmedRuns(row.runs) {
        if run.style != current {
          if current != .normal { out += "\u{1B}[0m" }
          out += Self.codes(run.style, depth)
          current = run.style
        }
        out += run.text
      }
      if current != .normal { out += "\u{1B}[0m" }
    }
    return out
  }

  /// A `<pre>` with the same text and inline colours; needs no style sheet, class, id or script.
  ///
  /// - Line height 1 lets blocks and braille of neighbouring rows join. The block has no background
  ///   and no text colour of its own, so that it looks right on light and dark pages.
  /// - Runs of wide characters get a box of their exact width: a browser takes them from another
  ///   font, whose advance is not twice that of the narrow one, and columns behind would shift.
  /// - `color: false` keeps the text and drops the colours.
  public func html(color: Bool = true) -> String {
    var out = "<pre style=\"\(Self.preStyle)\">"
    for (index, row) in rows.enumerated() {
      if index > 0 { out += "\n" }
      for run in Self.trimmedRuns(row.runs) {
        let css = color ? Self.css(run.style) : run.style.bold ? "font-weight:bold" : ""
        if css.isEmpty {
          out += Self.htmlText(run.text)
        } else {
          out += "<span style=\"\(css)\">\(Self.htmlText(run.text))</span>"
        }
      }
    }
    return out + "</pre>"
  }

  /// `text/plain` with colour codes as far as `settings` allow, and the HTML twin of the same text.
  public func bundle(_ settings: DisplaySettings = DisplaySettings()) -> MIMEBundle {
    MIMEBundle(plain: ansi(settings.colorDepth), html: html(color: settings.usesColor))
  }

  // MARK: - Pieces

  /// Fonts that hold braille, blocks and box drawing at one width come first.
  static let preStyle =
    "line-height:1;white-space:pre;overflow-x:auto;margin:0;padding:0;"
    + "font-family:'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,monospace"

  /// Escapes what HTML reads as markup, also inside attribute values.
  public static func escaped(_ text: String) -> String {
    var out = ""
    out.reserveCapacity(text.utf8.count)
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

  private static func htmlText(_ text: String) -> String {
    if TextWidth.isNarrow(text) { return escaped(text) }
    var out = ""
    var wide = ""
    var columns = 0
    func close() {
      if columns > 0 {
        out += "<span style=\"display:inline-block;width:\(columns)ch\">\(escaped(wide))</span>"
      }
      wide = ""
      columns = 0
    }
    for character in text {
      let width = TextWidth.of(character)
      if width == 2 {
        wide.append(character)
        columns += 2
      } else if width == 0 && columns > 0 {
        wide.append(character)
      } else {
        close()
        out += escaped(String(character))
      }
    }
    close()
    return out
  }

  private static func css(_ style: TextStyle) -> String {
    var parts: [String] = []
    if let color = style.foreground { parts.append("color:\(color.hex)") }
    if let color = style.background { parts.append("background-color:\(color.hex)") }
    if style.bold { parts.append("font-weight:bold") }
    if style.dim { parts.append("opacity:0.55") }
    return parts.joined(separator: ";")
  }

  private static func codes(_ style: TextStyle, _ depth: ColorDepth) -> String {
    var codes: [String] = []
    if style.bold { codes.append("1") }
    if style.dim { codes.append("2") }
    func add(_ color: Color, _ plane: Int) {
      if depth == .ansi256 {
        codes.append("\(plane);5;\(color.ansi256)")
      } else {
        codes.append("\(plane);2;\(color.red);\(color.green);\(color.blue)")
      }
    }
    if let color = style.foreground { add(color, 38) }
    if let color = style.background { add(color, 48) }
    return codes.isEmpty ? "" : "\u{1B}[" + codes.joined(separator: ";") + "m"
  }

  /// The runs of a row without the blanks at its end that nobody sees. A blank between two runs
  /// joins the run before it, which keeps the output of a plot short.
  private static func trimmedRuns(_ runs: [Run]) -> [Run] {
    var kept: [Run] = []
    for run in runs {
      if let last = kept.indices.last, run.style.isInvisibleOnBlanks,
        kept[last].style.isInvisibleOnBlanks, run.text.unicodeScalars.allSatisfy(isBlank)
      {
        kept[last].text += run.text
      } else if let last = kept.indices.last, kept[last].style == run.style {
        kept[last].text += run.text
      } else {
        kept.append(run)
      }
    }
    while let last = kept.last, last.style.isInvisibleOnBlanks {
      let text = trimmed(last.text)
      if text.isEmpty {
        kept.removeLast()
      } else {
        kept[kept.count - 1].text = text
        break
      }
    }
    return kept
  }

  /// A space or an empty braille cell: the second keeps the width of braille in fonts where that
  /// differs from a letter's.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{2800}"
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }
}
