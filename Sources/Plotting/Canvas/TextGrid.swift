import Display

/// A rectangle of terminal cells to write on; what lies outside is clipped.
struct TextGrid {
  let width: Int
  let height: Int
  private var cells: [Cell]

  struct Cell {
    /// nil: a further column of a wide character at the left.
    var glyph: Character?
    var style: TextStyle
  }

  init(width: Int, height: Int, blank: Character = " ") {
    self.width = max(width, 0)
    self.height = max(height, 0)
    cells = Array(
      repeating: Cell(glyph: blank, style: .normal), count: self.width * self.height)
  }

  subscript(x: Int, y: Int) -> Cell? {
    guard x >= 0, x < width, y >= 0, y < height else { return nil }
    return cells[y * width + x]
  }

  /// Writes one character of one column.
  mutating func set(_ x: Int, _ y: Int, _ glyph: Character, _ style: TextStyle = .normal) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    cells[y * width + x] = Cell(glyph: glyph, style: style)
  }

  /// Writes a text from column `x`; wide characters take several cells.
  mutating func put(_ text: String, _ x: Int, _ y: Int, _ style: TextStyle = .normal) {
    guard y >= 0, y < height else { return }
    var column = x
    for character in text {
      let columns = TextWidth.of(character)
      if columns == 0 {
        // A stray combining mark joins the cell before it, as it does on paper.
        if column > x, column - 1 < width, column >= 1,
          let glyph = cells[y * width + column - 1].glyph,
          let joined = Character(joining: glyph, character)
        {
          cells[y * width + column - 1].glyph = joined
        }
        continue
      }
      if column >= 0 && column + columns <= width {
        cells[y * width + column] = Cell(glyph: character, style: style)
        for rest in 1..<max(columns, 1) where columns > 1 {
          cells[y * width + column + rest] = Cell(glyph: nil, style: style)
        }
      }
      column += columns
    }
  }

  /// The mean colour of a cell that is part of a picture; nil for letters and blanks.
  func paper(_ x: Int, _ y: Int) -> Color? {
    guard let cell = self[x, y], let ink = cell.style.foreground else { return nil }
    if cell.glyph == "▀", let under = cell.style.background { return ink.mixed(with: under, 0.5) }
    return cell.glyph == "█" && cell.style.background == ink ? ink : nil
  }

  /// Writes a text whose letters keep the colour of the picture below them as their paper.
  mutating func putOver(_ text: String, _ x: Int, _ y: Int, _ style: TextStyle) {
    guard y >= 0, y < height else { return }
    if style.background == nil, (max(x, 0)..<max(width, max(x, 0))).contains(where: { paper($0, y) != nil }) {
      var column = x
      for character in text {
        var own = style
        if let paper = paper(column, y) {
          own.background = paper
          if (style.foreground.map { $0.contrast(with: paper) } ?? 0) < 2.2 {
            own.foreground = paper.legibleText
          }
        }
        put(String(character), column, y, own)
        column += TextWidth.of(character)
      }
      return
    }
    put(text, x, y, style)
  }

  /// Copies another grid so that its corner is at `x`, `y`.
  mutating func place(_ other: TextGrid, _ x: Int, _ y: Int) {
    for row in 0..<other.height where y + row >= 0 && y + row < height {
      for column in 0..<other.width where x + column >= 0 && x + column < width {
        cells[(y + row) * width + x + column] = other.cells[row * other.width + column]
      }
    }
  }

  /// The rows as runs of equal style.
  func rows() -> [StyledText.Row] {
    (0..<height).map { y in
      var row = StyledText.Row()
      var text = ""
      var style = TextStyle.normal
      for cell in cells[(y * width)..<((y + 1) * width)] {
        guard let glyph = cell.glyph else { continue }
        if cell.style != style {
          row.append(text, style)
          text = ""
          style = cell.style
        }
        text.append(glyph)
      }
      row.append(text, style)
      return row
    }
  }

  var styled: StyledText { StyledText(rows: rows()) }
}

extension Character {
  /// A base and a mark as one character; nil when they do not join.
  fileprivate init?(joining base: Character, _ mark: Character) {
    let text = String(base) + String(mark)
    guard text.count == 1, let only = text.first else { return nil }
    self = only
  }
}
