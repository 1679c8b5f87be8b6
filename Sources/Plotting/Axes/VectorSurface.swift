import Display

/// The plotting area of a figure made of vectors: what layers draw on.
struct VectorSurface {
  let x: AxisMap
  /// Changed while layers of a second axis are drawn.
  var y: AxisMap
  /// The area in pixels.
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  var svg: SVGPicture

  /// Distance in pixels; NaN where the axis has no place for the number.
  func pixelX(_ value: Double) -> Double { left + x.fraction(value) * width }
  func pixelY(_ value: Double) -> Double { top + (1 - y.fraction(value)) * height }

  func isInside(_ px: Double, _ py: Double) -> Bool {
    px >= left - 0.5 && px <= left + width + 0.5 && py >= top - 0.5 && py <= top + height + 0.5
  }

  /// A line through `count` points, thinned to what half a pixel can tell apart.
  mutating func path(
    _ count: Int, color: Color, dash: Dash, _ point: (Int) -> (x: Double, y: Double)
  ) {
    var part: [(x: Double, y: Double)] = []
    var previous: (x: Double, y: Double)?
    var lone = true
    // Of the points within half a pixel of width, first, lowest, highest and last remain.
    var column = Int.min
    var low = (x: 0.0, y: 0.0)
    var high = (x: 0.0, y: 0.0)
    var last = (x: 0.0, y: 0.0)
    var held = 0
    func release() {
      if held > 2 { part += [low, high] }
      if held > 1 { part.append(last) }
      held = 0
    }
    func finish() {
      release()
      if let only = part.first, part.count == 1 || lone {
        svg.circle(only.x, only.y, radius: 2.2, fill: color)
      }
      svg.polyline(part, stroke: color, dash: Self.pattern(dash))
      part = []
      column = Int.min
      lone = true
    }
    let clip = Clip(width: width, height: height)
    for index in 0..<count {
      let value = point(index)
      let here = (x: pixelX(value.x), y: pixelY(value.y))
      guard here.x.isFinite && here.y.isFinite else {
        finish()
        previous = nil
        continue
      }
      if let from = previous, !isInside(from.x, from.y) || !isInside(here.x, here.y) {
        // A segment that crosses the border stands alone.
        finish()
        if let cut = clip.segment(from.x - left, from.y - top, here.x - left, here.y - top) {
          svg.polyline(
            [(cut.x0 + left, cut.y0 + top), (cut.x1 + left, cut.y1 + top)], stroke: color,
            dash: Self.pattern(dash))
          lone = false
        }
      }
      previous = here
      guard isInside(here.x, here.y) else { continue }
      let newColumn = Int((here.x * 2).rounded())
      if newColumn != column {
        release()
        part.append(here)
        column = newColumn
        (low, high, last, held) = (here, here, here, 1)
      } else {
        if here.y < low.y { low = here }
        if here.y > high.y { high = here }
        last = here
        held += 1
      }
      if part.count > 1 || held > 1 { lone = false }
    }
    finish()
  }

  /// A marker; shapes go with the numbers of series.
  mutating func point(_ vx: Double, _ vy: Double, shape: Int, color: Color) {
    let (px, py) = (pixelX(vx), pixelY(vy))
    guard px.isFinite, py.isFinite, isInside(px, py) else { return }
    switch ((shape % 4) + 4) % 4 {
    case 0: svg.circle(px, py, radius: 3, fill: color)
    case 1:
      svg.polygon([(px, py - 3.6), (px + 3.4, py + 2.6), (px - 3.4, py + 2.6)], fill: color)
    case 2: svg.rect(px - 2.7, py - 2.7, 5.4, 5.4, fill: color)
    default:
      svg.polygon([(px, py - 3.8), (px + 3.8, py), (px, py + 3.8), (px - 3.8, py)], fill: color)
    }
  }

  /// Points without those that would cover one another to half a pixel.
  func distinct(_ xs: [Double], _ ys: [Double]) -> [(Double, Double)] {
    var seen: Set<Int> = []
    var kept: [(Double, Double)] = []
    for (vx, vy) in zip(xs, ys) {
      let (px, py) = (pixelX(vx), pixelY(vy))
      guard px.isFinite, py.isFinite, isInside(px, py) else { continue }
      if seen.insert(Int((px * 2).rounded()) * 100_000 + Int((py * 2).rounded())).inserted {
        kept.append((vx, vy))
      }
    }
    return kept
  }

  mutating func rule(_ value: Double, isHorizontal: Bool, color: Color, dash: Dash) {
    if isHorizontal {
      let py = pixelY(value)
      guard py.isFinite, isInside(left, py) else { return }
      svg.line(left, py, left + width, py, stroke: color, width: 1.2, dash: Self.pattern(dash))
    } else {
      let px = pixelX(value)
      guard px.isFinite, isInside(px, top) else { return }
      svg.line(px, top, px, top + height, stroke: color, width: 1.2, dash: Self.pattern(dash))
    }
  }

  mutating func note(
    _ text: String, _ vx: Double, _ vy: Double, color: Color?, anchor: NoteAnchor = .start
  ) {
    let (px, py) = (pixelX(vx), pixelY(vy))
    guard px.isFinite, py.isFinite, isInside(px, py) else { return }
    let place: SVGPicture.Anchor =
      switch anchor {
      case .start: .start
      case .middle: .middle
      case .end: .end
      }
    svg.text(
      text, px + (anchor == .start ? 2 : 0), py + 4, fill: color ?? Color(0x303030), anchor: place)
  }

  /// A box between two points of the axes, cut at the border.
  mutating func bar(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, color: Color, opacity: Double = 1
  ) {
    let bottom = y0 <= 0 && y.scale == .log ? top + height : pixelY(y0)
    let px = [pixelX(x0), pixelX(x1)].map { min(max($0, left), left + width) }
    let py = [bottom, pixelY(y1)].map { min(max($0, top), top + height) }
    guard px[0].isFinite, px[1].isFinite, py[0].isFinite, py[1].isFinite else { return }
    svg.rect(
      min(px[0], px[1]), min(py[0], py[1]), abs(px[1] - px[0]), abs(py[1] - py[0]), fill: color,
      opacity: opacity)
  }

  /// A cell of a picture, a hair larger than itself so that no page shows between two of them.
  mutating func cell(_ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, color: Color) {
    let px = [pixelX(x0), pixelX(x1)].map { min(max($0, left), left + width) }
    let py = [pixelY(y0), pixelY(y1)].map { min(max($0, top), top + height) }
    guard px[0].isFinite, px[1].isFinite, py[0].isFinite, py[1].isFinite else { return }
    let (x, y) = (min(px[0], px[1]), min(py[0], py[1]))
    svg.rect(x, y, abs(px[1] - px[0]) + 0.3, abs(py[1] - py[0]) + 0.3, fill: color)
  }

  /// A straight line between two points of the axes, cut at the border.
  mutating func segment(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, color: Color, dash: Dash = .solid,
    lineWidth: Double = 1.4
  ) {
    let ends = [pixelX(x0), pixelY(y0), pixelX(x1), pixelY(y1)]
    guard ends.allSatisfy(\.isFinite) else { return }
    let clip = Clip(width: width, height: height)
    guard
      let cut = clip.segment(ends[0] - left, ends[1] - top, ends[2] - left, ends[3] - top)
    else { return }
    svg.line(
      cut.x0 + left, cut.y0 + top, cut.x1 + left, cut.y1 + top, stroke: color, width: lineWidth,
      dash: Self.pattern(dash))
  }

  /// A closed shape, its corners drawn into the area.
  mutating func area(_ points: [(x: Double, y: Double)], color: Color, opacity: Double) {
    let corners: [(x: Double, y: Double)] = points.compactMap { point in
      let (px, py) = (pixelX(point.x), pixelY(point.y))
      guard px.isFinite, py.isFinite else { return nil }
      return (min(max(px, left), left + width), min(max(py, top), top + height))
    }
    svg.polygon(corners, fill: color, opacity: opacity)
  }

  static func pattern(_ dash: Dash) -> [Double] {
    switch dash {
    case .solid: []
    case .dashed: [5, 3]
    case .dotted: [1.5, 2.5]
    case .dashDot: [6, 2.5, 1.5, 2.5]
    }
  }
}
