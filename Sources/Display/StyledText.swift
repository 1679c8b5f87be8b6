/// How a run of text looks. Nothing set means: as the page or terminal writes text.
public struct TextStyle: Sendable, Hashable {
  public var foreground: Color?
  public var background: Color?
  public var bold: Bool
  /// Fainter than normal text; for grids and notes.
  public var dim: Bool
  /// Blocks leave some air above and below, so that bars in neighbouring rows do not touch. Only
  /// where blocks are drawn and not set as type: in HTML.
  public var slim: Bool

  public init(
    _ foreground: Color? = nil, on background: Color? = nil, bold: Bool = false,
    dim: Bool = false, slim: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.dim = dim
    self.slim = slim
  }

  public static let normal = TextStyle()
  public static let strong = TextStyle(bold: true)
  public static let muted = TextStyle(.muted)

  /// Whether blanks in this style look like blanks.
  var isInvisibleOnBlanks: Bool { background == nil }
}

/// Rows of styled runs: what every text picture is before it becomes plain text, ANSI or HTML.
///
/// A row holds no line breaks; `append(_:style:)` splits text that has them. Widths are in
/// terminal columns (`TextWidth`).
public struct StyledText: Sendable, Equatable {
  /// A piece of one row in one style.
  public struct Run: Sendable, Equatable {
    public var text: String
    public var style: TextStyle

    public init(_ text: String, _ style: TextStyle = .normal) {
      self.text = text
      self.style = style
    }
  }

  /// One line.
  public struct Row: Sendable, Equatable {
    public private(set) var runs: [Run]

    public init(_ runs: [Run] = []) {
      self.runs = []
      for run in runs { append(run.text, run.style) }
    }

    /// Adds text at the end; merges with the last run when the style is the same.
    public mutating func append(_ text: String, _ style: TextStyle = .normal) {
      if text.isEmpty { return }
      if let last = runs.indices.last, runs[last].style == style {
        runs[last].text += text
      } else {
        runs.append(Run(text, style))
      }
    }

    public mutating func append(_ row: Row) {
      for run in row.runs { append(run.text, run.style) }
    }

    /// Columns that the row takes.
    public var width: Int { runs.reduce(0) { $0 + TextWidth.of($1.text) } }

    public var plain: String { runs.map(\.text).joined() }

    /// Adds blanks up to `width` columns; longer rows stay as they are.
    public mutating func pad(to width: Int) {
      let missing = width - self.width
      if missing > 0 { append(String(repeating: " ", count: missing)) }
    }
  }

  public var rows: [Row]

  public init(rows: [Row] = []) { self.rows = rows }

  /// Text in one style; line breaks start new rows.
  public init(_ text: String, style: TextStyle = .normal) {
    self.rows = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Row([Run(String($0), style)])
    }
  }

  public var isEmpty: Bool { rows.isEmpty }
  public var height: Int { rows.count }
  /// Columns of the widest row.
  public var width: Int { rows.reduce(0) { max($0, $1.width) } }

  /// This text with `other` below it.
  public func above(_ other: StyledText) -> StyledText { StyledText(rows: rows + other.rows) }

  /// This text with `other` at its right side, `gap` blank columns between; tops are aligned.
  public func beside(_ other: StyledText, gap: Int = 2) -> StyledText {
    let left = width + max(gap, 0)
    var joined = rows
    for (index, row) in other.rows.enumerated() {
      if index == joined.count { joined.append(Row()) }
      joined[index].pad(to: left)
      joined[index].append(row)
    }
    return StyledText(rows: joined)
  }

  /// Exactly `height` rows: blank rows are added, surplus rows dropped.
  public func fitted(height: Int) -> StyledText {
    let wanted = max(height, 0)
    if rows.count >= wanted { return StyledText(rows: Array(rows.prefix(wanted))) }
    return StyledText(rows: rows + Array(repeating: Row(), count: wanted - rows.count))
  }
}
