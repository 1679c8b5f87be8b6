import Display
import Language
import Plotting
import TensorCore

/// `matplotlib.figure.Figure`: one or more axes.
final class PyFigure: Instance, RichObject {
  var number = 1
  /// Inches.
  var size = [6.4, 4.8]
  var dpi = 100.0
  var axes: [PyAxes] = []
  var title: String?
  private weak var active: PyAxes?
  var showsItself: Bool { false }

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for one in axes { visitor.visit(.object(one)) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += axes.map { .object($0) }
    axes = []
  }

  func currentAxes(_ machine: Machine) throws -> PyAxes {
    if let active, axes.contains(where: { $0 === active || $0.twin === active }) { return active }
    if let last = axes.last { return last }
    return try add(rows: 1, columns: 1, from: 0, to: 0, machine)
  }

  func activate(_ axes: PyAxes) { active = axes }

  /// Axes at a place of a grid; those that are there already are made current.
  func add(rows: Int, columns: Int, from: Int, to: Int, _ machine: Machine) throws -> PyAxes {
    let place = PyAxes.Place(rows: rows, columns: columns, from: from, to: to)
    if let found = axes.first(where: { $0.place == place }) {
      active = found
      return found
    }
    guard axes.count < 400 else {
      throw Raise(.valueError, "a figure here has at most 400 axes", hint: "Use several figures.")
    }
    let new = PyAxes(machine.type(PyAxes.table))
    new.place = place
    new.figure = self
    axes.append(new)
    active = new
    return new
  }

  // MARK: - Drawing

  /// The width that belongs to the size in inches: 6.4 inches are the whole width of text.
  private func columns(_ settings: DisplaySettings) -> Int {
    let wanted = size[0] >= 6 ? Double(settings.width) : size[0] / 6.4 * Double(settings.width)
    return Int(min(max(wanted, 24), Double(settings.width)))
  }

  private func rows(_ columns: Int, _ count: Int) -> Int? {
    // A cell is about twice as high as wide; the picture of 6.4 by 4.8 inches has 17 rows.
    let height = size[1] / size[0] / 0.75 * Double(columns) * 0.215 / Double(max(count, 1))
    return size == [6.4, 4.8] && count == 1 ? nil : Int(min(max(height, 5), 40))
  }

  func plot(_ settings: DisplaySettings) throws -> any Plot {
    let shown = axes.filter(\.isVisible)
    let columns = columns(settings)
    if shown.count == 1, let only = shown.first, !only.isBlank || title == nil {
      var plot = try only.plot()
      if var figure = plot as? Figure {
        figure.width = columns
        if figure.unitShape == nil { figure.height = rows(columns, 1) }
        if let title { figure.title = figure.title.map { title + "\n" + $0 } ?? title }
        plot = figure
      }
      return plot
    }
    let across = max(axes.map(\.place.columns).max() ?? 1, 1)
    let down = max(axes.map(\.place.rows).max() ?? 1, 1)
    var cells: [(any Plot)?] = []
    if axes.allSatisfy({ $0.place.columns == across && $0.place.rows == down && $0.place.from == $0.place.to }) {
      cells = Array(repeating: nil, count: min(across * down, 400))
      for one in shown where one.place.from < cells.count {
        cells[one.place.from] = try sized(one, rows(columns / across, 1))
      }
      return grid(cells, across, columns)
    }
    // Places of several shapes: row by row as they come, as many in a row as the first needs.
    for one in shown { cells.append(try sized(one, nil)) }
    let most = shown.map { $0.place.columns / max($0.place.width, 1) }.max() ?? 1
    return grid(cells, max(most, 1), columns)
  }

  private func sized(_ axes: PyAxes, _ rows: Int?) throws -> any Plot {
    let plot = try axes.plot()
    guard var figure = plot as? Figure else { return plot }
    if figure.unitShape == nil { figure.height = max(min(rows ?? 10, 16), 7) }
    return figure
  }

  private func grid(_ cells: [(any Plot)?], _ across: Int, _ columns: Int) -> FigureGrid {
    var grid = FigureGrid(cells, columns: across, title: title)
    grid.width = columns
    return grid
  }

  func bundle(_ machine: Machine) throws -> MIMEBundle {
    let settings = machine.displaySettings
    if axes.isEmpty && title == nil {
      return MIMEBundle(plain: "<Figure size \(pixels) with 0 Axes>")
    }
    return try plot(settings).bundle(settings)
  }

  var pixels: String {
    func whole(_ value: Double) -> Int { Int(min(max(value, 0), 1e9)) }
    return "\(whole(size[0] * dpi))x\(whole(size[1] * dpi))"
  }
}
