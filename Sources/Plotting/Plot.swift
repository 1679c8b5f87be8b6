import Display

/// Anything that can be shown as a text picture and as a vector picture.
public protocol Plot: Sendable {
  /// The picture in Unicode characters, at most `settings.width` columns wide.
  func text(_ settings: DisplaySettings) -> StyledText
  /// The same picture as vectors.
  func picture(_ settings: DisplaySettings) -> SVGPicture
}

extension Plot {
  /// What a front end is sent: text with its HTML twin, or, in mode `.svg`, text and a vector
  /// picture (no HTML then: front ends prefer it to SVG).
  public func bundle(_ settings: DisplaySettings = DisplaySettings()) -> MIMEBundle {
    let text = text(settings)
    switch settings.mode {
    case .text: return text.bundle(settings)
    case .svg:
      return MIMEBundle(data: [
        "text/plain": .string(text.ansi(settings.colorDepth)),
        "image/svg+xml": .string(picture(settings).document),
      ])
    }
  }
}

/// What cannot be drawn, and why.
public enum PlotError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Two lists that go together have different lengths.
  case lengths(plot: String, first: String, Int, second: String, Int)
  /// Rows of a matrix have different lengths.
  case raggedRows(plot: String, row: Int, expected: Int, found: Int)

  public var description: String {
    switch self {
    case .lengths(let plot, let first, let count, let second, let other):
      "\(plot): \(first) has \(count) values and \(second) has \(other); "
        + "give both the same length"
    case .raggedRows(let plot, let row, let expected, let found):
      "\(plot): row \(row) has \(found) values, the rows before it have \(expected); "
        + "give all rows the same length"
    }
  }

  static func check(_ plot: String, _ first: String, _ a: Int, _ second: String, _ b: Int)
    throws(PlotError)
  {
    if a != b { throw .lengths(plot: plot, first: first, a, second: second, b) }
  }

  static func checkRows(_ plot: String, _ rows: [[Double]]) throws(PlotError) {
    let expected = rows.first?.count ?? 0
    for (number, row) in rows.enumerated() where row.count != expected {
      throw .raggedRows(plot: plot, row: number, expected: expected, found: row.count)
    }
  }
}
