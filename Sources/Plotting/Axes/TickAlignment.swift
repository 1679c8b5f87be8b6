import Glibc

/// Limits of a linear y axis for which each tick falls into the middle of a row of text, so that
/// labels stand at the height of their grid lines.
///
/// The distance of two ticks becomes a whole number of rows; the axis grows for that by less than a
/// row at each end, and the number of rows may change where the caller has not fixed it.
struct TickAlignment {
  let axis: AxisMap
  let ticks: Ticks
  let rows: Int

  /// nil when the axis would change too much.
  init?(_ axis: AxisMap, _ ticks: Ticks, rows: Int, dotsY: Int, isFixed: Bool) {
    guard axis.scale == .linear, ticks.values.count >= 2, let top = ticks.values.last,
      let bottom = ticks.values.first
    else { return nil }
    let step = (top - bottom) / Double(ticks.values.count - 1)
    let range = axis.high - axis.low
    guard step > 0, range.isFinite, step / range > 1e-6, abs(axis.high) / range < 1e9,
      abs(axis.low) / range < 1e9
    else { return nil }
    let wanted = step / range * Double(rows * dotsY - 1)
    var rowsPerStep = Int((wanted / Double(dotsY)).rounded())
    let least = isFixed ? wanted * 0.7 : 1
    while rowsPerStep >= 1 && Double(rowsPerStep * dotsY) >= least {
      let dot = step / Double(rowsPerStep * dotsY)
      // Dots above the highest tick: enough for the data, and the tick on the second dot of a row.
      let reach = ((axis.high - top) / dot - 1e-6).rounded(.up)
      let rest = ((top - axis.low) / dot - 1e-6).rounded(.up)
      guard reach >= -1, reach < 1000, rest >= 0, rest < 10_000 else { return nil }
      var above = max(Int(reach), 0)
      while above % dotsY != 1 { above += 1 }
      let needed = (above + Int(rest) + dotsY) / dotsY
      if needed <= (isFixed ? rows : rows + 3) {
        self.rows = isFixed ? rows : needed
        let high = top + Double(above) * dot
        let low = high - Double(self.rows * dotsY - 1) * dot
        guard low < high, low.isFinite, high.isFinite else { return nil }
        self.axis = AxisMap(nil, limits: low...high)
        self.ticks = ticks.extended(low, high, step)
        return
      }
      rowsPerStep -= 1
    }
    return nil
  }
}
