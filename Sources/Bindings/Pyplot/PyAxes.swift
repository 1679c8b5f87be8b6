import Display
import Glibc
import Language
import Plotting

/// `matplotlib.axes.Axes`: what was drawn, in order, and how the axes are to look.
final class PyAxes: Instance, RichObject {
  /// A place in a grid of axes: the first and the last cell, counted row by row from 0.
  struct Place: Equatable {
    var rows = 1
    var columns = 1
    var from = 0
    var to = 0
    /// The place as matplotlib's default margins give it, in fractions of the figure.
    var box: (x: Double, y: Double, width: Double, height: Double) {
      let (down, across) = (Double(max(rows, 1)), Double(max(columns, 1)))
      let cell = (width: 0.775 / (across + 0.2 * (across - 1)), height: 0.77 / (down + 0.2 * (down - 1)))
      let (left, right) = (Double(from % max(columns, 1)), Double(to % max(columns, 1)))
      let (top, bottom) = (Double(from / max(columns, 1)), Double(to / max(columns, 1)))
      let x = 0.125 + left * cell.width * 1.2
      let y = 0.88 - (bottom + 1) * cell.height - bottom * 0.2 * cell.height
      return (
        x, y, 0.125 + right * cell.width * 1.2 + cell.width - x,
        0.88 - top * cell.height * 1.2 - y
      )
    }

    var width: Int { to % max(columns, 1) - from % max(columns, 1) + 1 }
  }

  /// One of the two axes.
  struct Axis {
    var label = ""
    var scale = "linear"
    var low: Double?
    var high: Double?
    var isInverted = false
    /// Places with a label; nil where the axis finds its own.
    var ticks: [Double]?
    var labels: [String]?
    /// Names that stand for 0, 1, 2, ...
    var names: [String] = []
    var places: [String: Int] = [:]
    var isTime = false
    var margin = 0.05
  }

  var place = Place()
  weak var figure: PyFigure?
  var artists: [PyArtist] = []
  /// Containers in the order in which they came, for legends.
  var containers: [PyContainer] = []
  var title = ""
  var x = Axis()
  var y = Axis()
  var isVisible = true
  var showsAxes = true
  var hasLegend = false
  var legendTitle = ""
  /// Names that `legend([...])` gives to what is there.
  var legendNames: [(artist: PyArtist, name: String)]?
  var hasGrid = false
  var isSquare: Bool?
  var colorBar: (field: PyArtist, label: String?)?
  /// Parts of a pie; then nothing else is drawn.
  var pie: (labels: [String], values: [Double], colors: [Color])?
  /// Axes that share the place: `twinx`, `twiny`.
  var twin: PyAxes?
  /// Whether these axes share the x axis of those whose twin they are.
  var sharesX = false
  /// All axes that share the place, in the order in which they came.
  var twins: [PyAxes] {
    var out: [PyAxes] = []
    var next = twin
    while let one = next, out.count < 50 {
      out.append(one)
      next = one.twin
    }
    return out + others
  }
  /// Further ones beside the first twin.
  var others: [PyAxes] = []
  private var lineColors = 0
  private var fillColors = 0
  private(set) var childCount = 0

  var showsItself: Bool { false }
  func bundle(_ machine: Machine) throws -> MIMEBundle {
    MIMEBundle(plain: try machine.repr(.object(self)))
  }

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for artist in artists { visitor.visit(.object(artist)) }
    for container in containers { visitor.visit(.object(container)) }
    if let twin { visitor.visit(.object(twin)) }
    for other in others { visitor.visit(.object(other)) }
    if let colorBar { visitor.visit(.object(colorBar.field)) }
    for entry in legendNames ?? [] { visitor.visit(.object(entry.artist)) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += artists.map { .object($0) } + containers.map { .object($0) }
    if let twin { heap.append(.object(twin)) }
    if let colorBar { heap.append(.object(colorBar.field)) }
    heap += (legendNames ?? []).map { .object($0.artist) }
    heap += others.map { .object($0) }
    (artists, containers, twin, colorBar, legendNames, others) = ([], [], nil, nil, nil, [])
  }

  func nextColor(fill: Bool) -> Int {
    if fill {
      fillColors += 1
      return fillColors - 1
    }
    lineColors += 1
    return lineColors - 1
  }

  func add(_ artist: PyArtist) {
    artist.axes = self
    artists.append(artist)
    childCount += 1
  }

  func add(_ container: PyContainer) { containers.append(container) }

  /// Whether nothing was drawn or said.
  var isBlank: Bool { artists.isEmpty && pie == nil && title.isEmpty && x.label.isEmpty && y.label.isEmpty }

  func clear() {
    artists = []
    containers = []
    (title, x, y) = ("", Axis(), Axis())
    (hasLegend, hasGrid, showsAxes, legendNames, colorBar, pie, isSquare) =
      (false, false, true, nil, nil, nil, nil)
    (lineColors, fillColors, childCount) = (0, 0, 0)
    (twin, others) = (nil, [])
  }

  // MARK: - Limits

  /// The ends of an axis as matplotlib finds them: the data and a margin of a twentieth, except
  /// where something stands on the end.
  func limits(_ isX: Bool) -> (Double, Double) {
    let axis = isX ? x : y
    let (low, high) = automatic(isX)
    let ends = (axis.low ?? low, axis.high ?? high)
    return axis.isInverted ? (ends.1, ends.0) : ends
  }

  private func automatic(_ isX: Bool) -> (Double, Double) {
    let axis = isX ? x : y
    let isLog = axis.scale == "log"
    let counted = artists.filter { $0.countsForLimits && $0.isVisible }
    var (low, high) = (Double.infinity, -Double.infinity)
    for artist in counted {
      for number in isX ? artist.xs : artist.ys where number.isFinite && (!isLog || number > 0) {
        low = min(low, number)
        high = max(high, number)
      }
    }
    if low > high { return isLog ? (1, 10) : (0, 1) }
    (low, high) = PyAxes.opened(low, high)
    let sticky = counted.flatMap { isX ? $0.stickyX : $0.stickyY }.filter(\.isFinite).sorted()
    let tolerance = 1e-5 * abs(high - low)
    let below = sticky.last { $0 <= low + tolerance }
    let above = sticky.first { $0 >= high - tolerance }
    if isLog {
      let delta = (log10(high) - log10(low)) * axis.margin
      return (pow(10, log10(low) - delta), pow(10, log10(high) + delta))
    }
    var delta = (high - low) * axis.margin
    if !delta.isFinite { delta = 0 }
    let (first, last) = (low - delta, high + delta)
    return (below.map { max(first, $0) } ?? first, above.map { min(last, $0) } ?? last)
  }

  /// Ends that are apart: one number gets some air.
  private static func opened(_ low: Double, _ high: Double) -> (Double, Double) {
    let largest = max(abs(low), abs(high))
    if low == high || high - low <= largest * 1e-15 {
      if largest == 0 { return (-0.05, 0.05) }
      return (low - 0.05 * abs(low), high + 0.05 * abs(high))
    }
    return (low, high)
  }

  // MARK: - Drawing

  func plot() throws -> any Plot {
    if let pie {
      var plot = try PieBars(pie.labels, pie.values, title: title.isEmpty ? nil : title)
      plot.colors = pie.colors
      return plot
    }
    var figure = Figure(
      title: title.isEmpty ? nil : PyplotText.plain(title),
      xlabel: x.label.isEmpty ? nil : PyplotText.plain(x.label),
      ylabel: y.label.isEmpty ? nil : PyplotText.plain(y.label))
    figure.xScale = x.scale == "log" ? .log : .linear
    figure.yScale = y.scale == "log" ? .log : .linear
    figure.showsAxes = showsAxes
    let fields = artists.compactMap { $0 as? PyField }.filter(\.isVisible)
    // The grid is quiet enough to help; pictures cover it anyway.
    figure.grid = fields.isEmpty
    try drawArtists(&figure, self)
    if let twin, twin.sharesX {
      var other = Figure(ylabel: twin.y.label.isEmpty ? nil : PyplotText.plain(twin.y.label))
      other.yScale = twin.y.scale == "log" ? .log : .linear
      try drawArtists(&other, twin)
      twin.setLimits(&other, [])
      twin.setTicks(&other)
      figure.right = other.isEmpty ? nil : other
    } else if let twin {
      try drawArtists(&figure, twin)
    }
    for other in others { try drawArtists(&figure, other) }
    setLimits(&figure, fields)
    setTicks(&figure)
    if let bar = colorBar { figure.colorBar = PyAxes.bar(bar.field, bar.label) }
    return figure
  }

  private func drawArtists(_ figure: inout Figure, _ axes: PyAxes) throws {
    let shown = axes.artists.enumerated().filter { $0.element.isVisible }
      .sorted { ($0.element.zorder, $0.offset) < ($1.element.zorder, $1.offset) }
      .map(\.element)
    var done: Set<ObjectIdentifier> = []
    for artist in shown {
      let name = axes.legendName(artist)
      let color: Color? =
        artist.isAutomatic && artist.color.cycle == figure.cycleCount % 10 ? nil : artist.color.shown
      if let bar = artist as? PyRectangle, bar.isBar {
        guard !done.contains(ObjectIdentifier(bar)) else { continue }
        let group = axes.containers.first { container in container.bars.contains { $0 === bar } }
        let bars = (group?.bars ?? [bar]).filter(\.isVisible)
        done.formUnion(bars.map { ObjectIdentifier($0) })
        let label = name ?? group.flatMap { axes.legendName($0, bar) }
        try PyRectangle.draw(bars, &figure, name: label, color: color)
      } else {
        try artist.draw(&figure, name: name, color: color)
      }
    }
  }

  private func legendName(_ artist: PyArtist) -> String? {
    if let legendNames {
      return legendNames.first { $0.artist === artist }.map { PyplotText.plain($0.name) }
    }
    return hasLegend ? artist.shownLabel.map { PyplotText.plain($0) } : nil
  }

  private func legendName(_ container: PyContainer, _ first: PyArtist) -> String? {
    if let legendNames {
      return container.bars.lazy.compactMap { bar in
        legendNames.first { $0.artist === bar }?.name
      }.first.map { PyplotText.plain($0) }
    }
    guard hasLegend, !container.label.isEmpty, !container.label.hasPrefix("_") else { return nil }
    return PyplotText.plain(container.label)
  }

  func setLimits(_ figure: inout Figure, _ fields: [PyField]) {
    func range(_ isX: Bool) -> ClosedRange<Double>? {
      let axis = isX ? x : y
      guard axis.low != nil || axis.high != nil || !fields.isEmpty else { return nil }
      let (a, b) = limits(isX)
      guard a.isFinite, b.isFinite, a != b else { return nil }
      return min(a, b)...max(a, b)
    }
    figure.xLimits = range(true)
    figure.yLimits = range(false)
    let (xs, ys) = (limits(true), limits(false))
    figure.xIsReversed = xs.0 > xs.1
    figure.yIsReversed = ys.0 > ys.1
    let square = isSquare ?? fields.contains { $0.form == .image && $0.isSquare }
    if square, x.scale == "linear", y.scale == "linear" {
      let (width, height) = (abs(xs.1 - xs.0), abs(ys.1 - ys.0))
      if width > 0, height > 0, width.isFinite, height.isFinite, width / height < 60,
        height / width < 60
      {
        // Pixels of a picture grow by whole numbers.
        let shape = fields.first { $0.form == .image && !$0.shape.isEmpty }?.shape
        if let shape, shape.count > 1, abs(width / height - Double(shape[1]) / Double(max(shape[0], 1))) < 1e-6 {
          figure.unitShape = (Double(shape[1]), Double(shape[0]))
        } else {
          figure.unitShape = (width * 1.0001, height * 1.0001)
        }
      }
    }
  }

  func setTicks(_ figure: inout Figure) {
    figure.xTicks = PyAxes.ticks(x, limits(true), about: 6)
    figure.yTicks = PyAxes.ticks(y, limits(false), about: 5)
  }

  private static func ticks(_ axis: Axis, _ limits: (Double, Double), about count: Int)
    -> [(value: Double, label: String)]?
  {
    if let places = axis.ticks {
      return places.enumerated().map { index, place in
        if let labels = axis.labels {
          return (place, index < labels.count ? PyplotText.plain(labels[index]) : "")
        }
        if !axis.names.isEmpty, let name = axis.name(place) { return (place, name) }
        return (place, NumberText.short(place))
      }
    }
    if axis.isTime {
      return DateTicks.ticks(min(limits.0, limits.1), max(limits.0, limits.1), atMost: count)
    }
    if axis.names.isEmpty { return nil }
    return axis.names.enumerated().map { (Double($0), $1) }
  }

  static func bar(_ artist: PyArtist, _ label: String?) -> ColorBar? {
    if let field = artist as? PyField {
      return ColorBar(
        field.colorMap.map, low: field.range.low, high: field.range.high, label: label)
    }
    guard let points = artist as? PyPoints, points.array != nil else { return nil }
    return ColorBar(
      points.colorMap.map, low: points.range.low, high: points.range.high, label: label)
  }

  static func of(_ value: Value) throws -> PyAxes {
    guard let axes = value.asInstance as? PyAxes else { throw Raise(.typeError, "axes are needed") }
    return axes
  }

  // MARK: - Reading

  /// Numbers along one of the axes: names get places, dates become seconds.
  func numbers(_ value: Value, _ isX: Bool, _ machine: Machine) throws -> [Double] {
    if let names = try PyplotData.names(value, machine) {
      return names.map { name in
        var axis = isX ? x : y
        defer { if isX { x = axis } else { y = axis } }
        if let place = axis.places[name] { return Double(place) }
        axis.places[name] = axis.names.count
        axis.names.append(name)
        return Double(axis.names.count - 1)
      }
    }
    if let times = try PyplotData.times(value, machine) {
      if isX { x.isTime = true } else { y.isTime = true }
      return times
    }
    return try PyplotData.flat(value, machine)
  }
}

extension PyAxes.Axis {
  func name(_ place: Double) -> String? {
    guard let index = Int(exactly: place), names.indices.contains(index) else { return nil }
    return names[index]
  }
}
