/// Draws a path of many points on a canvas of few dots.
///
/// Points that fall into one dot column draw exactly the span between their lowest and highest, so
/// only those two are kept until the path leaves the column (the idea of M4, Jugel et al. 2014,
/// without its need for ascending x). A million points cost a million comparisons and about as many
/// dots as the picture has.
struct PathTracer {
  let pen: Int
  let dash: Dash
  private var phase = 0
  private var previous: (x: Double, y: Double)?
  private var column = 0
  private var low = 0
  private var high = 0
  private var hasColumn = false

  init(pen: Int, dash: Dash = .solid) {
    self.pen = pen
    self.dash = dash
  }

  /// Goes on to a point in dots; a point that is not finite lifts the pen.
  @inline(__always)
  mutating func add(_ x: Double, _ y: Double, _ canvas: inout DotCanvas) {
    guard x.isFinite && y.isFinite else {
      flush(&canvas)
      previous = nil
      return
    }
    let inside =
      x > -1 && y > -1 && x < Double(canvas.width) && y < Double(canvas.height)
    if inside, hasColumn {
      let newColumn = Int(x.rounded())
      let row = Int(y.rounded())
      if newColumn == column {
        if row < low { low = row }
        if row > high { high = row }
        previous = (x, y)
        return
      }
    }
    advance(x, y, inside, &canvas)
  }

  private mutating func advance(
    _ x: Double, _ y: Double, _ inside: Bool, _ canvas: inout DotCanvas
  ) {
    flush(&canvas)
    if let from = previous {
      let clip = Clip(width: Double(canvas.width - 1), height: Double(canvas.height - 1))
      if let part = clip.segment(from.x, from.y, x, y) {
        canvas.segment(
          Int(part.x0.rounded()), Int(part.y0.rounded()), Int(part.x1.rounded()),
          Int(part.y1.rounded()), pen, dash, &phase)
      }
    }
    previous = (x, y)
    if inside {
      column = Int(x.rounded())
      low = Int(y.rounded())
      high = low
      hasColumn = true
    }
  }

  /// Draws what is held back; call it after the last point.
  mutating func flush(_ canvas: inout DotCanvas) {
    guard hasColumn else { return }
    if low != high || dash.isOn(phase) { canvas.vertical(column, low, high, pen) }
    hasColumn = false
  }
}

/// A window from (0, 0) to (width, height) that cuts lines (Liang and Barsky 1984).
struct Clip {
  let width: Double
  let height: Double

  /// The part of a segment inside, grown by half a dot at each side; nil when all is outside.
  func segment(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double)
    -> (x0: Double, y0: Double, x1: Double, y1: Double)?
  {
    let dx = x1 - x0
    let dy = y1 - y0
    guard dx.isFinite && dy.isFinite else { return nil }
    var enter = 0.0
    var leave = 1.0
    for (p, q) in [
      (-dx, x0 + 0.5), (dx, width + 0.499 - x0), (-dy, y0 + 0.5), (dy, height + 0.499 - y0),
    ] {
      if p == 0 {
        if q < 0 { return nil }
      } else {
        let t = q / p
        if p < 0 { enter = max(enter, t) } else { leave = min(leave, t) }
      }
    }
    if enter > leave { return nil }
    func bounded(_ value: Double, _ limit: Double) -> Double { min(max(value, 0), limit) }
    return (
      bounded(x0 + enter * dx, width), bounded(y0 + enter * dy, height),
      bounded(x0 + leave * dx, width), bounded(y0 + leave * dy, height)
    )
  }
}
