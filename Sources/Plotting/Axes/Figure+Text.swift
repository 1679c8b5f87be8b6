import Display

// The figure as characters: title, legend, plotting area, axes, labels.
//
//      loss                        ━━ train  ━━ val
//      2.0 ┤⠑⢄
//      1.0 ┤   ⠉⠒⠤⣀
//      0.0 ┤        ⠉⠉⠒⠒⠒⠤⠤⠤
//          └┬──────────┬───────────┬
//           0          5          10
//                    epoch

extension Figure {
  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    TextFrame(self, settings).drawn().finished(settings)
  }
}

/// Sizes and contents of the parts of one text figure.
private struct TextFrame {
  let figure: Figure
  let settings: DisplaySettings
  let kind: CanvasKind
  let width: Int
  let rows: Int
  let columns: Int
  /// Columns of the colour bar with its gap; 0 without one.
  let barWidth: Int
  /// Columns left of the plotting area, with the axis line.
  let left: Int
  let x: AxisMap
  let y: AxisMap
  let xTicks: Ticks
  let yTicks: Ticks
  let styles: [SeriesStyle]
  let glyphs: FrameGlyphs
  /// A second axis at the right, and the columns that it takes with its line.
  let right: RightAxis?
  let rightWidth: Int

  init(_ figure: Figure, _ settings: DisplaySettings) {
    self.figure = figure
    self.settings = settings
    kind = settings.ascii ? .ascii : figure.canvas
    glyphs = FrameGlyphs(ascii: kind == .ascii)
    var width =
      figure.cellWidth
      ?? min(max(figure.width ?? settings.width, DisplaySettings.minimumWidth), settings.width)
    x = figure.xAxis
    styles = figure.seriesStyles(settings)
    var wantedRows = min(max(figure.height ?? max(width * 11 / 50, 6), 2), 200)
    let axis = figure.yAxis
    barWidth = figure.colorBar.map { $0.columns(settings) } ?? 0
    if let shape = figure.unitShape {
      wantedRows = TextFrame.area(shape, width - 6 - barWidth, figure.height).rows
    }
    let isFixed = figure.height != nil || figure.unitShape != nil
    let ticks =
      figure.yTicks.map { Ticks(values: $0.map(\.value), labels: $0.map(\.label)) }
      ?? Ticks(
        axis, atMost: max(wantedRows / (figure.unitShape == nil ? 3 : 2) + 1, 2),
        ascii: kind == .ascii)
    if figure.yTicks == nil, figure.yLimits == nil, !figure.yIsReversed,
      !figure.layers.contains(where: \.standsOnZero),
      let aligned = TickAlignment(
        axis, ticks, rows: wantedRows, dotsY: kind.dotsY, isFixed: isFixed)
    {
      (rows, y, yTicks) = (aligned.rows, aligned.axis, aligned.ticks)
    } else {
      (rows, y, yTicks) = (wantedRows, axis, ticks)
    }
    // Labels never take more than a third of the picture.
    let widest = yTicks.labels.reduce(0) { max($0, TextWidth.of($1)) }
    left = figure.showsAxes ? min(widest, width / 3) + 2 : 0
    let (height, canvas) = (rows, kind)
    right = figure.right.map { RightAxis($0, rows: height, settings, canvas, after: figure.layers.count) }
    rightWidth = figure.showsAxes ? min(right?.width ?? 0, width / 3) : 0
    let room = max(width - left - barWidth - rightWidth - (figure.border == .box ? 1 : 0), 4)
    if let shape = figure.unitShape {
      columns = min(TextFrame.area(shape, room, rows).columns, room)
      width = max(left + columns + barWidth + (figure.border == .box ? 1 : 0), min(width, 16))
    } else {
      columns = room
    }
    self.width = width
    if let given = figure.xTicks {
      xTicks = Ticks(values: given.map(\.value), labels: given.map(\.label))
    } else {
      xTicks = TextFrame.fittingTicks(
        x, columns, least: figure.leastXStep, ascii: kind == .ascii)
    }
  }

  /// Cells for an area whose units are as wide as high; a cell is twice as high as wide. Small
  /// pictures grow by whole numbers, so that their pixels stay equal.
  private static func area(
    _ shape: (width: Double, height: Double), _ room: Int, _ rows: Int?
  ) -> (columns: Int, rows: Int) {
    let most = Double(min(max(rows ?? 20, 1), 100))
    let room = Double(max(room, 1))
    let scale = min(room / shape.width, most * 2 / shape.height)
    guard scale.isFinite, scale > 0, shape.width > 0, shape.height > 0, shape.width.isFinite,
      shape.height.isFinite
    else { return (Int(room), Int(most)) }
    let isPixels =
      shape.width == shape.width.rounded() && shape.height == shape.height.rounded()
    var factor = isPixels && scale >= 1 ? scale.rounded(.down) : scale
    // Two half rows to a cell: an odd number of them would leave a half.
    if isPixels, factor > 1, shape.height.truncatingRemainder(dividingBy: 2) != 0,
      factor.truncatingRemainder(dividingBy: 2) != 0
    {
      factor -= 1
    }
    return (
      Int(min(max((shape.width * factor).rounded(), 1), room)),
      Int(min(max((shape.height * factor / 2).rounded(.up), 1), most))
    )
  }

  /// As many ticks as have room for their labels with two blanks between.
  private static func fittingTicks(
    _ axis: AxisMap, _ columns: Int, least: Double, ascii: Bool
  ) -> Ticks {
    var count = min(columns / 6 + 1, 11)
    while count > 2 {
      let ticks = Ticks(axis, atMost: count, least: least, ascii: ascii)
      let widest = ticks.labels.reduce(0) { max($0, TextWidth.of($1)) }
      if ticks.values.count * (widest + 2) <= columns + 4 { return ticks }
      count -= 1
    }
    return Ticks(axis, atMost: 2, least: least, ascii: ascii)
  }

  func drawn() -> StyledText {
    var surface = TextSurface(x: x, y: y, columns: columns, rows: rows, kind: kind)
    // Without colour nobody could tell the grid from data.
    if figure.grid && figure.showsAxes && settings.usesColor { drawGrid(&surface) }
    for (layer, style) in zip(figure.layers, styles) { layer.draw(&surface, style) }
    if let right {
      surface.y = right.axis
      for (layer, style) in zip(right.layers, right.styles) { layer.draw(&surface, style) }
      surface.y = y
    }
    var out = header()
    if figure.border == .box {
      let edge = glyphs.topLeft + String(repeating: glyphs.horizontal, count: columns)
      out.append(
        StyledText.Row([
          .init(TextWidth.padded("", to: left - 1)), .init(edge + glyphs.topRight, .muted),
        ]))
    }
    out += area(surface)
    out += footer()
    return StyledText(rows: out)
  }

  // MARK: - Above

  private func header() -> [StyledText.Row] {
    var out: [StyledText.Row] = []
    if let title = figure.title, !title.isEmpty {
      for line in title.split(separator: "\n", omittingEmptySubsequences: false) {
        let shown = TextWidth.truncated(String(line), to: width)
        // Over the middle of the plotting area, as far as the picture has room.
        let start = min(
          left + max(columns - TextWidth.of(shown), 0) / 2, width - TextWidth.of(shown))
        out.append(
          StyledText.Row([
            .init(String(repeating: " ", count: max(start, 0))), .init(shown, .strong),
          ]))
      }
    }
    var entries = legendEntries()
    var label = TextWidth.truncated(figure.ylabel ?? "", to: width / 2)
    if let other = right?.label, !other.isEmpty {
      // Both labels share a line; the legend gets the next one.
      var row = StyledText.Row([.init(label, .muted)])
      let shown = TextWidth.truncated(ColumnName.oneLine(other), to: max(width - row.width - 1, 1))
      row.pad(to: width - TextWidth.of(shown))
      row.append(shown, .muted)
      out.append(row)
      label = ""
    }
    if label.isEmpty && entries.isEmpty { return out }
    var row = StyledText.Row([.init(label, .muted)])
    var line = StyledText.Row()
    var room = width - TextWidth.of(label) - (label.isEmpty ? 0 : 3)
    // Entries at the right; what finds no room goes to further lines.
    while !entries.isEmpty {
      let entry = entries[0]
      let gap = line.runs.isEmpty ? 0 : 3
      if line.width + gap + entry.width > room && !(line.runs.isEmpty && room == width) {
        row.pad(to: width - line.width)
        row.append(line)
        out.append(row)
        row = StyledText.Row()
        line = StyledText.Row()
        room = width
        continue
      }
      if gap > 0 { line.append("   ") }
      line.append(entry)
      entries.removeFirst()
    }
    row.pad(to: width - line.width)
    row.append(line)
    out.append(row)
    return out
  }

  private func legendEntries() -> [StyledText.Row] {
    guard figure.legend == .automatic else { return [] }
    let all = zip(figure.layers, styles).map { ($0, $1) } + zip(right?.layers ?? [], right?.styles ?? []).map { ($0, $1) }
    return all.compactMap { layer, style in
      guard let name = layer.name, !name.isEmpty else { return nil }
      return StyledText.Row([
        .init(layer.sample(style), style.text),
        .init(" " + TextWidth.truncated(ColumnName.oneLine(name), to: max(width - 8, 4))),
      ])
    }
  }

  // MARK: - The area and the axis at its left

  private func area(_ surface: TextSurface) -> [StyledText.Row] {
    var labels: [Int: String] = [:]
    for (value, label) in zip(yTicks.values, yTicks.labels) {
      if let row = surface.row(value), labels[row] == nil { labels[row] = label }
    }
    let lines = surface.composed().rows()
    let bar = figure.colorBar.map { $0.rows(lines.count, settings) } ?? []
    return lines.enumerated().map { number, line in
      if !figure.showsAxes {
        var row = line
        if number < bar.count { row.append(bar[number]) }
        return row
      }
      let label = labels[number]
      var row = StyledText.Row([
        .init(TextWidth.fitted(label ?? "", to: left - 2, .right) + " ", .normal)
      ])
      if figure.border != .none {
        row.append(label == nil ? glyphs.vertical : glyphs.tickLeft, .muted)
      } else {
        row.append(" ")
      }
      row.append(line)
      if figure.border == .box, right == nil { row.append(glyphs.vertical, .muted) }
      if let right {
        let label = right.label(at: number, in: surface)
        row.append(label == nil ? glyphs.vertical : glyphs.tickRight, .muted)
        if let label { row.append(" " + TextWidth.truncated(label, to: max(rightWidth - 2, 1))) }
      }
      if number < bar.count { row.append(bar[number]) }
      return row
    }
  }

  private func drawGrid(_ surface: inout TextSurface) {
    let dots = surface.dots
    for value in yTicks.values {
      guard let row = TextSurface.whole(surface.dotY(value), below: dots.height) else { continue }
      // Zero is a landmark when data lies on both sides of it.
      let step = value == 0 && y.low < 0 && y.high > 0 ? 2 : 4
      for x in stride(from: 0, to: dots.width, by: step) { surface.dots.gridDot(x, row) }
    }
    if figure.xTicks != nil { return }
    for value in xTicks.values {
      guard let column = TextSurface.whole(surface.dotX(value), below: dots.width) else { continue }
      for y in stride(from: 0, to: dots.height, by: 4) { surface.dots.gridDot(column, y) }
    }
  }

  // MARK: - Below

  private func footer() -> [StyledText.Row] {
    if !figure.showsAxes { return [] }
    var edge = Array(repeating: glyphs.horizontal, count: columns)
    var labels = TextGrid(width: width, height: 1)
    var free = 0
    for (value, label) in zip(xTicks.values, xTicks.labels) {
      guard
        let dot = TextSurface.whole(
          x.fraction(value) * Double(columns * kind.dotsX - 1), below: columns * kind.dotsX)
      else { continue }
      let column = dot / kind.dotsX
      let shown = TextWidth.truncated(ColumnName.oneLine(label), to: max(columns / 2, 6))
      let labelWidth = TextWidth.of(shown)
      var start = left + column - (labelWidth - 1) / 2
      start = max(min(start, width - labelWidth), 0)
      // A label without room is left out, its tick stays.
      if start >= free {
        labels.put(shown, start, 0)
        free = start + labelWidth + 1
      }
      edge[column] = glyphs.tickDown
    }
    var out: [StyledText.Row] = []
    if figure.border != .none {
      let corner = glyphs.bottomLeft
      let end = figure.border == .box || right != nil ? glyphs.bottomRight : ""
      out.append(
        StyledText.Row([
          .init(TextWidth.padded("", to: left - 1)), .init(corner + edge.joined() + end, .muted),
        ]))
    }
    out += labels.rows()
    if let xlabel = figure.xlabel, !xlabel.isEmpty {
      let shown = TextWidth.truncated(ColumnName.oneLine(xlabel), to: width)
      let start = min(left + max(columns - TextWidth.of(shown), 0) / 2, width - TextWidth.of(shown))
      out.append(
        StyledText.Row([
          .init(String(repeating: " ", count: max(start, 0))), .init(shown, .muted),
        ]))
    }
    return out
  }
}

/// The second axis of a text figure.
private struct RightAxis {
  let layers: [any FigureLayer]
  let styles: [SeriesStyle]
  let axis: AxisMap
  let ticks: Ticks
  let label: String
  /// Columns with the line.
  let width: Int

  init(_ figure: Figure, rows: Int, _ settings: DisplaySettings, _ kind: CanvasKind, after others: Int) {
    layers = figure.layers
    styles = figure.seriesStyles(settings, after: others)
    axis = figure.yAxis
    ticks =
      figure.yTicks.map { Ticks(values: $0.map(\.value), labels: $0.map(\.label)) }
      ?? Ticks(axis, atMost: max(rows / 3 + 1, 2), ascii: kind == .ascii)
    label = figure.ylabel ?? ""
    width = ticks.labels.reduce(0) { max($0, TextWidth.of($1)) } + 2
  }

  func label(at row: Int, in surface: TextSurface) -> String? {
    var surface = surface
    surface.y = axis
    return zip(ticks.values, ticks.labels).first { surface.row($0.0) == row }?.1
  }
}

/// Characters of the frame.
struct FrameGlyphs {
  let horizontal: String
  let vertical: String
  let topLeft: String
  let topRight: String
  let bottomLeft: String
  let bottomRight: String
  let tickLeft: String
  let tickRight: String
  let tickDown: String

  init(ascii: Bool) {
    horizontal = ascii ? "-" : "─"
    vertical = ascii ? "|" : "│"
    topLeft = ascii ? "+" : "┌"
    topRight = ascii ? "+" : "┐"
    bottomLeft = ascii ? "+" : "└"
    bottomRight = ascii ? "+" : "┘"
    tickLeft = ascii ? "+" : "┤"
    tickRight = ascii ? "+" : "├"
    tickDown = ascii ? "+" : "┬"
  }
}

/// Names that come from data may hold line breaks.
enum ColumnName {
  static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
  }
}
