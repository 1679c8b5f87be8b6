// The plain and the ANSI form of styled text. HTML: `StyledText+HTML.swift`.

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

  /// `text/plain` with colour codes as far as `settings` allow, and the HTML twin of the same text.
  public func bundle(_ settings: DisplaySettings = DisplaySettings()) -> MIMEBundle {
    MIMEBundle(plain: ansi(settings.colorDepth), html: html(color: settings.usesColor))
  }

  // MARK: - Pieces

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
  static func trimmedRuns(_ runs: [Run]) -> [Run] {
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
  static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    scalar == " " || scalar == "\u{2800}"
  }

  private static func trimmed(_ text: String) -> String {
    var scalars = Substring(text).unicodeScalars
    while let last = scalars.last, isBlank(last) { scalars.removeLast() }
    return String(scalars)
  }
}
