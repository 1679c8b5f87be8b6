import Display

// The figure as vectors. A column of text counts 8 pixels and a row 16, so that both forms of a
// figure take about the same room.

extension Figure {
  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let columns =
      cellWidth
      ?? min(max(width ?? settings.width, DisplaySettings.minimumWidth), settings.width)
    let rows = min(max(height ?? max(columns * 11 / 50, 6), 2), 200)
    let x = xAxis
    let y = yAxis
    let yTicks =
      self.yTicks.map { Ticks(values: $0.map(\.value), labels: $0.map(\.label)) }
      ?? Ticks(y, atMost: max(rows / 2, 3))
    let widest = yTicks.labels.reduce(0) { max($0, TextWidth.of($1)) }
    let left =
      showsAxes ? Double(min(widest, columns / 3)) * 6.7 + (ylabel == nil ? 14 : 30) : 8
    let entries = legendEntries(settings)
    let titleHeight = title == nil || title == "" ? 6.0 : 26.0
    let top = titleHeight + (entries.isEmpty ? 6 : 22)
    let bottom = showsAxes ? 24.0 + (xlabel == nil ? 0 : 18) : 8
    let other = right
    let otherAxis = other?.yAxis
    let otherTicks = otherAxis.map { axis in
      other?.yTicks.map { Ticks(values: $0.map(\.value), labels: $0.map(\.label)) } ?? Ticks(axis, atMost: max(rows / 2, 3))
    }
    let otherWidth = showsAxes
      ? otherTicks.map { Double($0.labels.reduce(0) { max($0, TextWidth.of($1)) }) * 6.7 + (other?.ylabel == nil ? 0 : 18) } ?? 0 : 0
    let bar = (colorBar?.pixels ?? 0) + otherWidth
    var total = Double(columns) * 8
    var area = (width: max(total - left - 16 - bar, 40), height: Double(rows) * 16)
    if let unitShape {
      area = ColorBar.fitted(unitShape, into: (area.width, height.map { Double($0) * 16 } ?? 320))
      total = left + area.width + 16 + bar
    }
    var surface = VectorSurface(
      x: x, y: y, left: left, top: top, width: area.width, height: area.height,
      svg: SVGPicture(width: total, height: top + area.height + bottom))
    let xTicks =
      self.xTicks.map { Ticks(values: $0.map(\.value), labels: $0.map(\.label)) }
      ?? Ticks(x, atMost: max(columns / 8, 2), least: leastXStep)
    if showsAxes { drawAxes(&surface, xTicks, yTicks) }
    for (layer, style) in zip(layers, seriesStyles(settings)) { layer.draw(&surface, style) }
    if let other, let otherAxis, let otherTicks {
      surface.y = otherAxis
      for (layer, style) in zip(other.layers, other.seriesStyles(settings, after: layers.count)) {
        layer.draw(&surface, style)
      }
      if showsAxes { drawRightAxis(&surface, otherTicks, other.ylabel, total) }
      surface.y = y
    }
    colorBar?.draw(&surface.svg, left + area.width + 10, top, area.height)
    drawLabels(&surface.svg, total, area.height + top, left + area.width / 2, top, entries)
    return surface.svg
  }

  private func legendEntries(_ settings: DisplaySettings) -> [(String, Color)] {
    guard legend == .automatic else { return [] }
    var all = zip(layers, seriesStyles(settings)).map { ($0, $1) }
    if let right { all += zip(right.layers, right.seriesStyles(settings, after: layers.count)).map { ($0, $1) } }
    return all.compactMap { layer, style in
      guard let name = layer.name, !name.isEmpty else { return nil }
      return (ColumnName.oneLine(name), style.color)
    }
  }

  private func drawAxes(_ surface: inout VectorSurface, _ xTicks: Ticks, _ yTicks: Ticks) {
    let line = Color(0xB0B0B0)
    let faint = Color(0xE6E6E6)
    let right = surface.left + surface.width
    let bottom = surface.top + surface.height
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      let py = surface.pixelY(value)
      guard py.isFinite, surface.isInside(right, py) else { continue }
      if grid { surface.svg.line(surface.left, py, right, py, stroke: faint) }
      surface.svg.line(surface.left - 4, py, surface.left, py, stroke: line)
      surface.svg.text(label, surface.left - 7, py + 4, anchor: .end)
    }
    var free = -Double.infinity
    for (value, label) in zip(xTicks.values, xTicks.labels) {
      let px = surface.pixelX(value)
      guard px.isFinite, surface.isInside(px, bottom) else { continue }
      if grid && self.xTicks == nil { surface.svg.line(px, surface.top, px, bottom, stroke: faint) }
      surface.svg.line(px, bottom, px, bottom + 4, stroke: line)
      let half = Double(TextWidth.of(label)) * 3.4
      if px - half < free { continue }
      surface.svg.text(ColumnName.oneLine(label), px, bottom + 17, anchor: .middle)
      free = px + half + 6
    }
    if border != .none {
      surface.svg.line(surface.left, surface.top, surface.left, bottom, stroke: line)
      surface.svg.line(surface.left, bottom, right, bottom, stroke: line)
    }
    if border == .box {
      surface.svg.line(surface.left, surface.top, right, surface.top, stroke: line)
      surface.svg.line(right, surface.top, right, bottom, stroke: line)
    }
  }

  private func drawRightAxis(
    _ surface: inout VectorSurface, _ ticks: Ticks, _ label: String?, _ total: Double
  ) {
    let line = Color(0xB0B0B0)
    let right = surface.left + surface.width
    surface.svg.line(right, surface.top, right, surface.top + surface.height, stroke: line)
    for (value, text) in zip(ticks.values, ticks.labels) {
      let py = surface.pixelY(value)
      guard py.isFinite, surface.isInside(right, py) else { continue }
      surface.svg.line(right, py, right + 4, py, stroke: line)
      surface.svg.text(text, right + 7, py + 4)
    }
    if let label, !label.isEmpty {
      surface.svg.text(
        ColumnName.oneLine(label), total - 6, surface.top + surface.height / 2, anchor: .middle, turned: true)
    }
  }

  private func drawLabels(
    _ svg: inout SVGPicture, _ total: Double, _ bottom: Double, _ middle: Double, _ top: Double,
    _ entries: [(String, Color)]
  ) {
    if let title, !title.isEmpty {
      svg.text(ColumnName.oneLine(title), middle, 18, size: 13, anchor: .middle, bold: true)
    }
    if let xlabel, showsAxes {
      svg.text(ColumnName.oneLine(xlabel), middle, bottom + 35, anchor: .middle)
    }
    if let ylabel, showsAxes {
      svg.text(
        ColumnName.oneLine(ylabel), 13, (top + bottom) / 2, anchor: .middle, turned: true)
    }
    var place = total - 16
    for (name, color) in entries.reversed() {
      let width = Double(TextWidth.of(name)) * 6.7
      place -= width
      svg.text(name, place, top - 8)
      svg.rect(place - 16, top - 14, 11, 5, fill: color, radius: 2)
      place -= 28
    }
  }
}
