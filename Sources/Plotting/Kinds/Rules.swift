import Display

extension Figure {
  /// A horizontal line over the whole width, such as a chance level.
  public func hline(
    _ y: Double, name: String? = nil, color: Color? = .muted, dash: Dash = .dashed
  ) -> Figure {
    adding(RuleLayer(value: y, isHorizontal: true, name: name, color: color, dash: dash))
  }

  /// A vertical line over the whole height, such as the best epoch.
  public func vline(
    _ x: Double, name: String? = nil, color: Color? = .muted, dash: Dash = .dashed
  ) -> Figure {
    adding(RuleLayer(value: x, isHorizontal: false, name: name, color: color, dash: dash))
  }

  /// A text at a point of the axes.
  ///
  /// - Parameters:
  ///   - anchor: the end of the text that stands at the point.
  ///   - inFractions: `x` and `y` count the area from 0 to 1 instead of its axes.
  public func note(
    _ text: String, x: Double, y: Double, color: Color? = .muted, anchor: NoteAnchor = .start,
    inFractions: Bool = false
  ) -> Figure {
    adding(
      NoteLayer(text: text, x: x, y: y, color: color, anchor: anchor, inFractions: inFractions))
  }
}

/// Which part of a text stands at its place.
public enum NoteAnchor: Sendable, Equatable { case start, middle, end }

/// A line from edge to edge.
struct RuleLayer: FigureLayer {
  let value: Double
  let isHorizontal: Bool
  let name: String?
  let color: Color?
  let dash: Dash

  var yMargin: Double { isHorizontal ? 0.04 : 0 }

  func xExtent(_ scale: AxisScale) -> Extent? { isHorizontal ? nil : Extent([value], scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { isHorizontal ? Extent([value], scale) : nil }

  func sample(_ style: SeriesStyle) -> String {
    style.ascii ? (isHorizontal ? "--" : "|") : (isHorizontal ? "╌╌" : "┊")
  }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let pen = surface.dots.addPen(style.text)
    let place = isHorizontal ? surface.dotY(value) : surface.dotX(value)
    let limit = isHorizontal ? surface.dots.height : surface.dots.width
    guard let line = TextSurface.whole(place, below: limit) else { return }
    var phase = 0
    if isHorizontal {
      surface.dots.segment(0, line, surface.dots.width - 1, line, pen, dash, &phase)
    } else {
      surface.dots.segment(line, 0, line, surface.dots.height - 1, pen, dash, &phase)
    }
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    surface.rule(value, isHorizontal: isHorizontal, color: style.color, dash: dash)
  }
}

/// A text in the plotting area.
struct NoteLayer: FigureLayer {
  let text: String
  let x: Double
  let y: Double
  let color: Color?
  let anchor: NoteAnchor
  let inFractions: Bool
  var name: String? { nil }

  var yMargin: Double { 0 }
  var takesSeriesColor: Bool { false }

  func xExtent(_ scale: AxisScale) -> Extent? { inFractions ? nil : Extent([x], scale) }
  func yExtent(_ scale: AxisScale) -> Extent? { inFractions ? nil : Extent([y], scale) }
  func sample(_ style: SeriesStyle) -> String { "" }

  func draw(_ surface: inout TextSurface, _ style: SeriesStyle) {
    let (px, py) = inFractions ? (surface.x.value(x), surface.y.value(y)) : (x, y)
    guard let column = surface.column(px), let row = surface.row(py) else { return }
    let shown = TextWidth.truncated(ColumnName.oneLine(text), to: surface.columns)
    let width = TextWidth.of(shown)
    // A text that would run out of the area moves to the left.
    let wanted =
      switch anchor {
      case .start: column
      case .middle: column - (width - 1) / 2
      case .end: column - width + 1
      }
    let start = max(min(wanted, surface.columns - width), 0)
    surface.mark(shown, start, row, color.map { TextStyle($0) } ?? .normal)
  }

  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle) {
    let (px, py) = inFractions ? (surface.x.value(x), surface.y.value(y)) : (x, y)
    surface.note(ColumnName.oneLine(text), px, py, color: color, anchor: anchor)
  }
}
