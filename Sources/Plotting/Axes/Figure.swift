import Display

/// A pair of axes with any number of layers: lines, points, bars, bands, rules, texts.
///
///     let figure = try Figure(title: "Sine", xlabel: "x")
///       .line(x, sine, name: "sin")
///       .scatter(x, samples, name: "samples")
///     figure.bundle(settings)
///
/// A value: each call gives a figure with one layer more. Colours are given out in the order of the
/// layers, unless a layer names its own.
public struct Figure: Plot {
  /// Where the names of the series stand.
  public enum Legend: Sendable, Equatable {
    /// Above the axes when a layer has a name.
    case automatic
    case none
  }

  public enum Border: String, Sendable, Equatable {
    /// A line at the left and at the bottom.
    case axes
    /// A closed box.
    case box
    /// Labels only.
    case none
  }

  public var title: String?
  public var xlabel: String?
  public var ylabel: String?
  public var xScale = AxisScale.linear
  public var yScale = AxisScale.linear
  /// Ends of the axes; nil: what the data reaches.
  public var xLimits: ClosedRange<Double>?
  public var yLimits: ClosedRange<Double>?
  /// Columns of the whole picture; nil: the width of the settings, which is also the most.
  public var width: Int?
  /// Rows of the plotting area; nil: in proportion to the width.
  public var height: Int?
  public var grid = true
  public var legend = Legend.automatic
  public var border = Border.axes
  public var canvas = CanvasKind.braille
  /// Labels at given places of the x axis instead of numbers.
  public var xTicks: [(value: Double, label: String)]?
  public var yTicks: [(value: Double, label: String)]?

  /// Whether an axis runs the other way: rows of a picture are counted downwards.
  public var xIsReversed = false
  public var yIsReversed = false
  /// Whether frame, ticks and labels of the axes are drawn at all.
  public var showsAxes = true
  /// The scale of colours at the right.
  public var colorBar: ColorBar?
  /// Units of data across and down that are to be as wide as high; nil fills the place.
  public var unitShape: (width: Double, height: Double)?
  /// Columns of the picture within a grid, which may be fewer than a picture alone has.
  var cellWidth: Int?

  /// The smallest step between ticks of the x axis: 1 where it counts epochs.
  var leastXStep = 0.0

  var layers: [any FigureLayer] = []
  /// One figure or none: a value cannot hold itself.
  private var onTheRight: [Figure] = []

  /// Layers with a y axis of their own at the right: `twinx`. The x axis is shared; of this figure
  /// count the layers, the y axis and its label.
  public var right: Figure? {
    get { onTheRight.first }
    set { onTheRight = newValue.map { [$0] } ?? [] }
  }

  public init(
    title: String? = nil, xlabel: String? = nil, ylabel: String? = nil, width: Int? = nil,
    height: Int? = nil
  ) {
    self.title = title
    self.xlabel = xlabel
    self.ylabel = ylabel
    self.width = width
    self.height = height
  }

  /// Whether nothing was added yet.
  public var isEmpty: Bool { layers.isEmpty }

  /// Layers that have taken a colour of the cycle so far.
  public var cycleCount: Int { layers.filter(\.takesSeriesColor).count }

  func adding(_ layer: any FigureLayer) -> Figure {
    var figure = self
    figure.layers.append(layer)
    return figure
  }

  // MARK: - What both renderings share

  /// Colour, marker and dash of each layer, by its place in the cycle.
  ///
  /// - Parameter others: layers of another axis in the same place, whose markers are taken.
  func seriesStyles(_ settings: DisplaySettings, after others: Int = 0) -> [SeriesStyle] {
    var next = 0
    let named = (layers + (right?.layers ?? [])).filter { !($0.name ?? "").isEmpty }.count + others
    return layers.map { layer in
      let index = next
      if layer.takesSeriesColor { next += 1 }
      return SeriesStyle(
        index: index + others, color: layer.color ?? Palette.color(index),
        usesColor: settings.usesColor, ascii: settings.ascii, isOneOfMany: named > 1)
    }
  }

  var xAxis: AxisMap {
    let layers = layers + (right?.layers ?? [])
    return axis(
      layers, limits: xLimits, scale: xScale, margin: layers.map(\.xMargin).max() ?? 0,
      isReversed: xIsReversed, onZero: { $0.standsOnZeroOfX }
    ) {
      $0.xExtent(xScale)
    }
  }

  var yAxis: AxisMap {
    axis(
      layers, limits: yLimits, scale: yScale, margin: layers.map(\.yMargin).max() ?? 0,
      isReversed: yIsReversed, onZero: { $0.standsOnZero }
    ) {
      $0.yExtent(yScale)
    }
  }

  private func axis(
    _ layers: [any FigureLayer], limits: ClosedRange<Double>?, scale: AxisScale, margin: Double,
    isReversed: Bool, onZero: (any FigureLayer) -> Bool, _ extent: (any FigureLayer) -> Extent?
  ) -> AxisMap {
    var whole: Extent?
    if limits == nil {
      for layer in layers {
        if let part = extent(layer) { whole = whole?.union(part) ?? part }
      }
    }
    var axis = AxisMap(
      whole, limits: limits, scale: scale, margin: margin, isReversed: isReversed)
    // Bars stand on zero: no margin below them.
    if limits == nil, scale == .linear, let whole,
      layers.contains(where: onZero), whole.low == 0 || whole.high == 0,
      whole.low != whole.high
    {
      let low = whole.low == 0 ? 0 : axis.low
      let high = whole.high == 0 ? 0 : axis.high
      if low < high {
        axis = AxisMap(nil, limits: low...high, scale: scale, isReversed: isReversed)
      }
    }
    return axis
  }
}

/// How one layer is told from the others.
struct SeriesStyle {
  let index: Int
  let color: Color
  let usesColor: Bool
  let ascii: Bool
  /// Whether the figure has other series.
  let isOneOfMany: Bool

  var text: TextStyle { TextStyle(color) }
  var marker: Character { Palette.marker(index, ascii: ascii) }

  /// Without colour, lines carry their marker here and there.
  var needsMarkers: Bool { !usesColor && isOneOfMany }

  func lineSample(_ dash: Dash?) -> String {
    if needsMarkers { return (ascii ? "-" : "─") + String(marker) }
    switch (dash ?? .solid, ascii) {
    case (.solid, false): return "━━"
    case (.dashed, false): return "╺╸"
    case (.dotted, false): return "┅┅"
    case (.dashDot, false): return "━╸"
    case (.solid, true): return "--"
    case (.dashed, true): return "- "
    case (.dotted, true): return ".."
    case (.dashDot, true): return "-."
    }
  }
}

/// One series or ornament of a figure. Each kind has one type, in `Kinds/`.
protocol FigureLayer: Sendable {
  /// Stands in the legend; nil keeps the layer out of it.
  var name: String? { get }
  /// nil: the next colour of the cycle.
  var color: Color? { get }
  /// Whether the layer uses up a colour of the cycle.
  var takesSeriesColor: Bool { get }
  /// Whether zero is the foot of what is drawn.
  var standsOnZero: Bool { get }
  /// The same along the x axis: bars that lie.
  var standsOnZeroOfX: Bool { get }
  /// Air at the ends of the axes, as a fraction of the range.
  var xMargin: Double { get }
  var yMargin: Double { get }
  func xExtent(_ scale: AxisScale) -> Extent?
  func yExtent(_ scale: AxisScale) -> Extent?
  /// What stands before the name in the legend.
  func sample(_ style: SeriesStyle) -> String
  func draw(_ surface: inout TextSurface, _ style: SeriesStyle)
  func draw(_ surface: inout VectorSurface, _ style: SeriesStyle)
}

extension FigureLayer {
  var takesSeriesColor: Bool { color == nil }
  var standsOnZero: Bool { false }
  var standsOnZeroOfX: Bool { false }
  var xMargin: Double { 0 }
  var yMargin: Double { 0.04 }
}
