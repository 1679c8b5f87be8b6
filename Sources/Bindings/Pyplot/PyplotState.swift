import Display
import Language
import Plotting

/// What `matplotlib.pyplot` remembers between calls: the open figures and the settings.
final class PyplotState {
  unowned let machine: Machine
  /// Open figures by number, in the order in which they became current; the last one is.
  private(set) var figures: [PyFigure] = []
  /// Settings as a program has changed them.
  var settings: DictObject?
  private var said: Set<String> = []

  private init(_ machine: Machine) { self.machine = machine }

  static func of(_ machine: Machine) -> PyplotState {
    if let state = machine.extensions["pyplot"] as? PyplotState { return state }
    let state = PyplotState(machine)
    machine.extensions["pyplot"] = state
    return state
  }

  var current: PyFigure? { figures.last }

  func figure() throws -> PyFigure {
    if let current { return current }
    return try newFigure(number: nil)
  }

  func axes() throws -> PyAxes {
    let figure = try figure()
    return try figure.currentAxes(machine)
  }

  func newFigure(number: Int?) throws -> PyFigure {
    if let number, let place = figures.firstIndex(where: { $0.number == number }) {
      figures.append(figures.remove(at: place))
      return figures[figures.count - 1]
    }
    // As matplotlib warns of: a loop that forgets to close would take all memory.
    if figures.count >= 200 { figures.removeFirst() }
    let figure = PyFigure(machine.type(PyFigure.table))
    figure.number = number ?? (figures.map(\.number).max() ?? 0) + 1
    figure.size = setting("figure.figsize") ?? [6.4, 4.8]
    figures.append(figure)
    return figure
  }

  private func setting(_ name: String) -> [Double]? {
    guard let value = settings?[name], let numbers = try? machine.doubles(value),
      numbers.count == 2, numbers.allSatisfy({ $0 > 0 && $0.isFinite })
    else { return nil }
    return numbers
  }

  func makeCurrent(_ figure: PyFigure) {
    guard let place = figures.firstIndex(where: { $0 === figure }) else {
      figures.append(figure)
      return
    }
    figures.append(figures.remove(at: place))
  }

  func close(_ figure: PyFigure) { figures.removeAll { $0 === figure } }
  func closeAll() { figures = [] }

  /// Shows and closes every open figure that has something in it: `plt.show()`, the end of a cell.
  func show() throws {
    let open = figures.sorted { $0.number < $1.number }
    figures = []
    for figure in open where !figure.axes.isEmpty || figure.title != nil {
      machine.displayPort?.show(try figure.bundle(machine), id: nil)
    }
  }

  /// Says in a notebook, once, that a setting changes nothing here. A program's output stays its own.
  func remark(_ text: String) {
    guard let port = machine.displayPort, port.updatesInPlace, said.insert(text).inserted else {
      return
    }
    port.show(MIMEBundle(plain: "note: " + text), id: nil)
  }
}

/// What a session does when a cell has ended.
public enum CellEnd {
  /// Shows the figures that pyplot holds open.
  public static func showFigures(_ machine: Machine) throws(Raise) {
    guard let state = machine.extensions["pyplot"] as? PyplotState, state.current != nil else {
      return
    }
    do {
      try state.show()
    } catch {
      throw machine.translate(error)
    }
  }
}
