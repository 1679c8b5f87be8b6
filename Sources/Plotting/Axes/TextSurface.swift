import Display

/// The plotting area of a figure made of characters: what layers draw on.
///
/// Three sheets lie over one another: `cells` (bars), `dots` (curves, points, grid), `marks`
/// (markers and texts).
struct TextSurface {
  let x: AxisMap
  let y: AxisMap
  let columns: Int
  let rows: Int
  let ascii: Bool
  var cells: TextGrid
  var dots: DotCanvas
  private var marks: [(column: Int, row: Int, text: String, style: TextStyle)] = []

  init(x: AxisMap, y: AxisMap, columns: Int, rows: Int, kind: CanvasKind) {
    self.x = x
    self.y = y
    self.columns = columns
    self.rows = rows
    ascii = kind == .ascii
    dots = DotCanvas(kind, columns: columns, rows: rows)
    cells = TextGrid(width: columns, height: rows, blank: kind.blank)
  }

  /// Distance from the left in dots; NaN where the axis has no place for the number.
  @inline(__always)
  func dotX(_ value: Double) -> Double { x.fraction(value) * Double(dots.width - 1) }

  /// Distance from the top in dots.
  @inline(__always)
  func dotY(_ value: Double) -> Double { (1 - y.fraction(value)) * Double(dots.height - 1) }

  /// The column of a number of the x axis; nil outside of the area.
  func column(_ value: Double) -> Int? {
    TextSurface.whole(dotX(value), below: dots.width).map { $0 / dots.kind.dotsX }
  }

  func row(_ value: Double) -> Int? {
    TextSurface.whole(dotY(value), below: dots.height).map { $0 / dots.kind.dotsY }
  }

  /// Rounds to a whole number in 0 ..< `limit`; nil for what lies outside or is no number.
  static func whole(_ value: Double, below limit: Int) -> Int? {
    guard value > -0.5001, value < Double(limit) - 0.4999 else { return nil }
    return min(max(Int(value.rounded()), 0), limit - 1)
  }

  /// Puts a text over everything else; parts outside of the area are dropped.
  mutating func mark(_ text: String, _ column: Int, _ row: Int, _ style: TextStyle) {
    marks.append((column, row, text, style))
  }

  /// The sheets as one.
  func composed() -> TextGrid {
    var out = cells
    dots.draw(on: &out, gridStyle: TextStyle(.muted, dim: true))
    for mark in marks { out.put(mark.text, mark.column, mark.row, mark.style) }
    return out
  }
}
