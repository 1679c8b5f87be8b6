import Display

/// The plotting area of a figure made of characters: what layers draw on.
///
/// Three sheets lie over one another: `cells` (bars), `dots` (curves, points, grid), `marks`
/// (markers and texts).
struct TextSurface {
  let x: AxisMap
  /// Changed while layers of a second axis are drawn.
  var y: AxisMap
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

  /// A straight line between two points of the axes.
  mutating func segment(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, _ pen: Int, _ dash: Dash = .solid
  ) {
    var tracer = PathTracer(pen: pen, dash: dash)
    tracer.add(dotX(x0), dotY(y0), &dots)
    tracer.add(dotX(x1), dotY(y1), &dots)
    tracer.flush(&dots)
  }

  /// Fills a closed shape (even-odd rule) with the light pattern of bands, or with all its dots.
  mutating func fill(_ points: [(x: Double, y: Double)], _ pen: Int, isSolid: Bool = false) {
    let corners = points.map { (x: dotX($0.x), y: dotY($0.y)) }
      .filter { $0.x.isFinite && $0.y.isFinite }
    guard corners.count > 2 else { return }
    for row in 0..<dots.height {
      var cuts: [Double] = []
      let y = Double(row)
      for index in corners.indices {
        let (a, b) = (corners[index], corners[(index + 1) % corners.count])
        guard (a.y <= y) != (b.y <= y) else { continue }
        cuts.append(a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x))
      }
      cuts.sort()
      for pair in stride(from: 0, to: cuts.count - 1, by: 2) {
        let first = max(cuts[pair].rounded(.up), 0)
        let last = min(cuts[pair + 1].rounded(.down), Double(dots.width - 1))
        guard first <= last else { continue }
        for x in Int(first)...Int(last) where isSolid || (x + 2 * (row & 1)) & 3 == 0 {
          dots.dot(x, row, pen)
        }
      }
    }
  }

  /// The sheets as one.
  func composed() -> TextGrid {
    var out = cells
    dots.draw(on: &out, gridStyle: TextStyle(.muted, dim: true))
    for mark in marks { out.putOver(mark.text, mark.column, mark.row, mark.style) }
    return out
  }
}
