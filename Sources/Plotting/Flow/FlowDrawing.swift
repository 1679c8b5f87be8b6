import Display

/// A flow chart as characters.
struct FlowDrawing {
  private let chart: FlowChart
  private let layout: FlowLayout
  private let ascii: Bool
  private var grid: TextGrid
  /// Directions in which a line leaves each cell: 1 up, 2 down, 4 left, 8 right.
  private var lines: [UInt8]
  private var dotted: Set<Int> = []

  init(_ chart: FlowChart, _ layout: FlowLayout, _ settings: DisplaySettings) {
    self.chart = chart
    self.layout = layout
    ascii = settings.ascii
    grid = TextGrid(width: layout.width + 1, height: layout.height)
    lines = Array(repeating: 0, count: grid.width * grid.height)
  }

  func rows() -> [StyledText.Row] {
    var copy = self
    for path in layout.paths { copy.trace(path) }
    copy.drawLines()
    for (number, node) in chart.nodes.enumerated() { copy.drawBox(node, layout.boxes[number], number) }
    for path in layout.paths { copy.finish(path) }
    return copy.grid.rows()
  }

  /// Column and row of a place.
  private func cell(_ point: (main: Int, cross: Int)) -> (x: Int, y: Int) {
    layout.isAcross ? (point.main, point.cross) : (point.cross, point.main)
  }

  // MARK: - Lines

  private mutating func trace(_ path: FlowLayout.Path) {
    let isDotted = chart.edges[path.edge].isDotted
    let points = path.points.map(cell)
    for (a, b) in zip(points, points.dropFirst()) {
      var (x, y) = (a.x, a.y)
      let (dx, dy) = ((b.x - a.x).signum(), (b.y - a.y).signum())
      while (x, y) != (b.x, b.y) {
        join(x, y, dx, dy, isDotted)
        x += dx
        y += dy
        join(x, y, -dx, -dy, isDotted)
      }
    }
    // A path of one cell still shows a line.
    if points.count == 1 || points.first.map({ $0 == points[points.count - 1] }) == true,
      let only = points.first
    {
      join(only.x, only.y, layout.isAcross ? 1 : 0, layout.isAcross ? 0 : 1, isDotted)
      join(only.x, only.y, layout.isAcross ? -1 : 0, layout.isAcross ? 0 : -1, isDotted)
    } else if let first = points.first {
      // The line touches the box it comes from.
      let away = path.points.count > 1 && path.points[1].main < path.points[0].main ? 1 : -1
      join(first.x, first.y, layout.isAcross ? away : 0, layout.isAcross ? 0 : away, isDotted)
    }
  }

  private mutating func join(_ x: Int, _ y: Int, _ dx: Int, _ dy: Int, _ isDotted: Bool) {
    guard x >= 0, x < grid.width, y >= 0, y < grid.height else { return }
    let bit: UInt8 = dy < 0 ? 1 : dy > 0 ? 2 : dx < 0 ? 4 : dx > 0 ? 8 : 0
    lines[y * grid.width + x] |= bit
    if isDotted { dotted.insert(y * grid.width + x) }
  }

  private static let glyphs: [Character] = [
    " ", "│", "│", "│", "─", "┘", "┐", "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼",
  ]
  private static let asciiGlyphs: [Character] = [
    " ", "|", "|", "|", "-", "+", "+", "+", "-", "+", "+", "+", "-", "+", "+", "+",
  ]

  private mutating func drawLines() {
    for y in 0..<grid.height {
      for x in 0..<grid.width {
        let bits = Int(lines[y * grid.width + x])
        guard bits != 0 else { continue }
        var glyph = (ascii ? Self.asciiGlyphs : Self.glyphs)[bits]
        if dotted.contains(y * grid.width + x) {
          if bits & 12 == 0 { glyph = ascii ? ":" : "┊" }
          if bits & 3 == 0 { glyph = ascii ? "." : "╌" }
        }
        grid.set(x, y, glyph, .muted)
      }
    }
  }

  /// Arrow and label of an edge.
  private mutating func finish(_ path: FlowLayout.Path) {
    let edge = chart.edges[path.edge]
    guard let first = path.points.first, let last = path.points.last else { return }
    let end = cell(path.isReversed ? first : last)
    if edge.hasArrow {
      let isForward = (path.points.count < 2 || last.main >= first.main) != path.isReversed
      let isMirrored = chart.direction == .up || (chart.direction == .left && layout.isAcross)
      let forward = path.points.count < 2 ? !isMirrored != path.isReversed : isForward
      let glyph: String
      if layout.isAcross {
        glyph = ascii ? (forward ? ">" : "<") : (forward ? "▶" : "◀")
      } else {
        glyph = ascii ? (forward ? "v" : "^") : (forward ? "▼" : "▲")
      }
      grid.put(glyph, end.x, end.y, .muted)
    }
    guard !edge.label.isEmpty else { return }
    let label = TextWidth.truncated(ColumnName.oneLine(edge.label), to: 20)
    let width = TextWidth.of(label)
    let step = last.main >= first.main ? -1 : 1
    let at = cell(path.label ?? (last.main + step, last.cross))
    if layout.isAcross {
      grid.put(label, step < 0 ? max(at.x - width, 0) : at.x + 1, at.y)
    } else {
      grid.put(label, max(min(at.x - width / 2, grid.width - width), 0), at.y)
    }
  }

  // MARK: - Boxes

  private mutating func drawBox(_ node: FlowChart.Node, _ box: FlowLayout.Box, _ number: Int) {
    let at = cell((box.main, box.cross))
    let width = layout.isAcross ? box.mainSize : box.crossSize
    let height = layout.isAcross ? box.crossSize : box.mainSize
    let style = node.color.map { TextStyle($0) } ?? TextStyle(Palette.color(0))
    let corners: [String] =
      if ascii {
        node.outline == .box ? ["+", "+", "+", "+"] : ["(", ")", "(", ")"]
      } else {
        switch node.outline {
        case .box, .cylinder: ["┌", "┐", "└", "┘"]
        case .round, .circle: ["╭", "╮", "╰", "╯"]
        case .diamond: ["╱", "╲", "╲", "╱"]
        }
      }
    let (level, upright) = ascii ? ("-", "|") : ("─", "│")
    let edge = String(repeating: level, count: max(width - 2, 0))
    grid.put(corners[0] + edge + corners[1], at.x, at.y, style)
    for (line, text) in box.lines.enumerated() where line + 2 < height + 1 {
      let sides =
        node.outline == .diamond ? (ascii ? ("<", ">") : ("⟨", "⟩")) : (upright, upright)
      grid.put(sides.0 + String(repeating: " ", count: max(width - 2, 0)) + sides.1, at.x, at.y + 1 + line, style)
      grid.put(
        TextWidth.fitted(text, to: max(width - 4, 1), .center), at.x + 2, at.y + 1 + line)
    }
    grid.put(corners[2] + edge + corners[3], at.x, at.y + height - 1, style)
    if node.outline == .cylinder, !ascii {
      grid.put("╞" + String(repeating: "═", count: max(width - 2, 0)) + "╡", at.x, at.y, style)
    }
    if layout.loops.contains(number) { grid.put(ascii ? "@" : "↺", at.x + width - 2, at.y, .muted) }
  }
}

/// The same chart as vectors: a cell is 8 by 16 pixels.
struct FlowPicture {
  let chart: FlowChart
  let layout: FlowLayout

  init(_ chart: FlowChart, _ layout: FlowLayout) { (self.chart, self.layout) = (chart, layout) }

  private func at(_ main: Int, _ cross: Int) -> (x: Double, y: Double) {
    let (column, row) = layout.isAcross ? (main, cross) : (cross, main)
    return (Double(column) * 8 + 16, Double(row) * 16 + top)
  }

  private var top: Double { chart.title == nil ? 12 : 36 }

  func drawn() -> SVGPicture {
    var svg = SVGPicture(
      width: Double(layout.width) * 8 + 32, height: Double(layout.height) * 16 + top + 16)
    if let title = chart.title {
      svg.text(ColumnName.oneLine(title), svg.width / 2, 22, size: 13, anchor: .middle, bold: true)
    }
    let line = Color(0x808080)
    for path in layout.paths {
      let edge = chart.edges[path.edge]
      var points = path.points.map { point in
        let place = at(point.main, point.cross)
        return (x: place.x + 4, y: place.y + 8)
      }
      guard let first = points.first, let last = points.last, !points.isEmpty else { continue }
      let back = points.count > 1 && (path.points[path.points.count - 1].main < path.points[0].main)
      let reach = layout.isAcross ? (x: back ? -4.0 : 4.0, y: 0.0) : (x: 0.0, y: back ? -8.0 : 8.0)
      points.insert((first.x - reach.x, first.y - reach.y), at: 0)
      points.append((last.x + reach.x, last.y + reach.y))
      svg.polyline(points, stroke: line, width: 1.4, dash: edge.isDotted ? [3, 3] : [])
      if edge.hasArrow {
        let tip = path.isReversed ? points[0] : points[points.count - 1]
        let sign = path.isReversed ? -1.0 : 1.0
        let (ux, uy) = ((reach.x.signOrZero) * sign, (reach.y.signOrZero) * sign)
        svg.polygon(
          [
            (tip.x, tip.y), (tip.x - ux * 8 - uy * 4, tip.y - uy * 8 - ux * 4),
            (tip.x - ux * 8 + uy * 4, tip.y - uy * 8 + ux * 4),
          ], fill: line)
      }
      if !edge.label.isEmpty {
        let label = ColumnName.oneLine(edge.label)
        let width = Double(TextWidth.of(label)) * 6.4 + 6
        let spot = path.label.map { at($0.main, $0.cross) }.map { (x: $0.x + 4, y: $0.y + 8) } ?? last
        let place = layout.isAcross ? (x: spot.x - width / 2 + 4, y: spot.y) : (x: spot.x, y: spot.y)
        svg.rect(place.x - width / 2, place.y - 8, width, 15, fill: .white, opacity: 0.9)
        svg.text(label, place.x, place.y + 4, anchor: .middle)
      }
    }
    for (number, node) in chart.nodes.enumerated() { draw(node, layout.boxes[number], &svg) }
    return svg
  }

  private func draw(_ node: FlowChart.Node, _ box: FlowLayout.Box, _ svg: inout SVGPicture) {
    let start = at(box.main, box.cross)
    let width = Double(layout.isAcross ? box.mainSize : box.crossSize) * 8
    let height = Double(layout.isAcross ? box.crossSize : box.mainSize) * 16
    let color = node.color ?? Palette.color(0)
    let (x, y) = (start.x, start.y)
    let middle = (x: x + width / 2, y: y + height / 2)
    if node.outline == .diamond {
      let corners = [
        (x: middle.x, y: y - 6), (x + width + 6, middle.y), (middle.x, y + height + 6),
        (x - 6, middle.y), (middle.x, y - 6),
      ]
      svg.polygon(corners, fill: .white)
      svg.polygon(corners, fill: color, opacity: 0.12)
      svg.polyline(corners, stroke: color)
    } else {
      let radius = node.outline == .round ? 9.0 : node.outline == .circle ? height / 2 : 3
      svg.rect(x, y, width, height, fill: color, radius: radius)
      svg.rect(x + 1.4, y + 1.4, width - 2.8, height - 2.8, fill: .white, radius: max(radius - 1.4, 0))
      svg.rect(x + 1.4, y + 1.4, width - 2.8, height - 2.8, fill: color, opacity: 0.1, radius: max(radius - 1.4, 0))
    }
    let first = middle.y + 4 - Double(box.lines.count - 1) * 7.5
    for (line, text) in box.lines.enumerated() {
      svg.text(text, middle.x, first + Double(line) * 15, anchor: .middle)
    }
  }
}

extension Double {
  fileprivate var signOrZero: Double { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
