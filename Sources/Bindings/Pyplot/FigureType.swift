import Display
import Language
import Plotting
import TensorCore

/// Methods that a figure and `pyplot` share.
enum FigureRows {
  /// A grid of new axes: one object, a row, or rows.
  static func subplots(
    _ figure: PyFigure, _ rows: Int, _ columns: Int, squeeze: Bool, _ machine: Machine
  ) throws -> Value {
    for (name, count) in [("rows", rows), ("columns", columns)] where count < 1 {
      throw Raise(.valueError, "Number of \(name) must be a positive integer, not \(count)")
    }
    guard rows <= 100, columns <= 100, rows * columns <= 400 else {
      throw Raise(.valueError, "a figure here has at most 400 axes, not \(rows) x \(columns)")
    }
    let axes = try (0..<(rows * columns)).map { place -> Value in
      .object(try figure.add(rows: rows, columns: columns, from: place, to: place, machine))
    }
    if let first = figure.axes.first, rows * columns > 1 { _ = first }
    if squeeze {
      if axes.count == 1 { return axes[0] }
      if rows == 1 || columns == 1 { return PyAxesArray.make(axes, [axes.count], machine) }
    }
    return PyAxesArray.make(axes, [rows, columns], machine)
  }

  /// Axes by name: each over the cells that hold its name.
  static func mosaic(_ figure: PyFigure, _ picture: Value, _ blank: Value, _ machine: Machine) throws -> Value {
    var rows: [[String]] = []
    if let text = picture.swiftString {
      rows = text.split(whereSeparator: { $0 == "\n" || $0 == ";" })
        .map { $0.filter { $0 != " " }.map(String.init) }.filter { !$0.isEmpty }
    } else {
      rows = try machine.array(picture).map { try machine.array($0).map { try machine.text(of: $0) } }
    }
    guard let width = rows.first?.count, width > 0, rows.allSatisfy({ $0.count == width }) else {
      throw Raise(.valueError, "All of the rows must be the same length")
    }
    guard rows.count <= 100, width <= 100, rows.count * width <= 400 else {
      throw Raise(.valueError, "a figure here has at most 400 axes, not \(rows.count) x \(width)")
    }
    let made = DictObject()
    var seen: Set<String> = []
    let skipped = try machine.text(of: blank)
    for name in rows.joined() where name != skipped && seen.insert(name).inserted {
      let cells = rows.indices.flatMap { row in rows[row].indices.filter { rows[row][$0] == name }.map { (row, $0) } }
      guard let first = cells.first, let last = cells.last, first.1 <= last.1,
        cells.count == (last.0 - first.0 + 1) * (last.1 - first.1 + 1)
      else { throw Raise(.valueError, "the cells of '\(name)' are no rectangle") }
      made[name] = .object(
        try figure.add(
          rows: rows.count, columns: width, from: first.0 * width + first.1, to: last.0 * width + last.1, machine))
    }
    return .object(made)
  }

  /// `subplot(2, 2, 1)`, `subplot(221)`, `subplot(2, 2, (1, 2))`.
  static func subplot(_ figure: PyFigure, _ given: [Value], _ machine: Machine) throws -> Value {
    if let spec = given.first?.asInstance as? PyGridSpec {
      return .object(
        try figure.add(rows: spec.rows, columns: spec.columns, from: spec.from, to: spec.to, machine))
    }
    var numbers: [Int] = []
    var to: Int?
    if given.isEmpty { numbers = [1, 1, 1] }
    if given.count == 1, let code = given[0].asInt {
      guard code >= 100, code <= 999 else {
        throw Raise(.valueError, "Integer subplot specification must be a three-digit number, not \(code)")
      }
      numbers = [code / 100, code / 10 % 10, code % 10]
    } else if given.count == 3 {
      for value in given {
        if let pair = value.asTuple, pair.count == 2, let a = pair[0].asInt, let b = pair[1].asInt {
          numbers.append(a)
          to = b
        } else if let number = value.asInt {
          numbers.append(number)
        } else {
          throw Raise(.typeError, "subplot() takes integers, got \(machine.typeName(value))")
        }
      }
    } else if !given.isEmpty {
      throw Raise(
        .typeError, "subplot() takes 1 or 3 positional arguments but \(given.count) were given")
    }
    guard numbers[0] > 0, numbers[1] > 0, numbers[0] <= 100, numbers[1] <= 100 else {
      throw Raise(.valueError, "Number of rows must be a positive integer, not \(numbers[0])")
    }
    let count = numbers[0] * numbers[1]
    guard numbers[2] >= 1, numbers[2] <= count, (to ?? numbers[2]) <= count, (to ?? numbers[2]) >= numbers[2]
    else {
      throw Raise(.valueError, "num must be an integer with 1 <= num <= \(count), not \(numbers[2])")
    }
    return .object(
      try figure.add(
        rows: numbers[0], columns: numbers[1], from: numbers[2] - 1, to: (to ?? numbers[2]) - 1, machine))
  }

  static func colorbar(_ a: Arguments, _ figure: PyFigure?, _ first: Int) throws -> Value {
    var label: String?
    for (name, value) in a.keywords(first + 3) where name == "label" {
      label = try a.machine.text(of: value)
    }
    let artist = (a[first].asInstance as? PyArtist) ?? PyplotLast.get(a.machine)
    guard let artist, let axes = artist.axes else {
      throw Raise(
        .runtimeError, "No mappable was found to use for colorbar creation. First define a mappable "
          + "such as an image (with imshow) or a contour set (with contourf).")
    }
    axes.colorBar = (artist, label)
    let bar = PyColorBar(a.machine.type(PyColorBar.table))
    bar.axes = axes
    return .object(bar)
  }

  static func save(_ figure: PyFigure, _ target: Value, _ format: String?, _ dpi: Double?, _ machine: Machine) throws {
    if let path = try target.swiftString ?? pathText(target, machine) {
      try FigureFile.write(figure, to: path, format: format, dpi: dpi, machine)
      return
    }
    // A file object: `io.BytesIO()`.
    let bytes = try FigureFile.bytes(figure, format: format ?? "png", dpi: dpi, machine)
    guard let write = try machine.optionalAttribute(target, "write") else {
      throw Raise(.typeError, "expected str, bytes or os.PathLike object, not \(machine.typeName(target))")
    }
    _ = try machine.call(write, [.object(BytesObject(bytes))])
  }

  private static func pathText(_ value: Value, _ machine: Machine) throws -> String? {
    guard value.asInstance != nil, let method = try machine.optionalAttribute(value, "__fspath__") else {
      return nil
    }
    return try machine.call(method).swiftString
  }
}

extension PyFigure {
  private static func of(_ value: Value) throws -> PyFigure {
    guard let figure = value.asInstance as? PyFigure else { throw Raise(.typeError, "a Figure is needed") }
    return figure
  }

  static let table = TypeTable(
    "Figure", module: "matplotlib.figure", doc: "One or more axes.", isSubclassable: false,
    allocate: { PyFigure($0) },
    properties: [
      NativeProperty("axes", "The axes in order.") { value, _ in
        .list(try of(value).axes.flatMap { [$0] + $0.twins }.map { .object($0) })
      },
      NativeProperty("number", "The number in pyplot.") { value, _ in .int(try of(value).number) },
      NativeProperty("dpi", "Dots of a picture per inch.", get: { value, _ in .float(try of(value).dpi) },
        set: { value, new, machine in try of(value).dpi = max(machine.float(new) ?? 100, 1) }),
      NativeProperty("canvas", "The figure itself stands for its canvas.") { value, _ in value },
    ],
    methods: [
      Native("add_subplot(self, *args, **kwargs)", "Axes at a place of a grid: add_subplot(2, 2, 1).") { a in
        try FigureRows.subplot(of(a[0]), a.items(1), a.machine)
      },
      Native(
        "subplots(self, nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, "
          + "width_ratios=None, height_ratios=None, subplot_kw=None, gridspec_kw=None)",
        "A grid of axes."
      ) { a in
        try FigureRows.subplots(of(a[0]), a.int(1), a.int(2), squeeze: a.bool(5), a.machine)
      },
      Native("add_axes(self, *args, **kwargs)", "Axes at a place; places here are one below the other.") { a in
        let figure = try of(a[0])
        return .object(
          try figure.add(rows: 100, columns: 1, from: figure.axes.count % 100, to: figure.axes.count % 100, a.machine))
      },
      Native("add_gridspec(self, nrows=1, ncols=1, **kwargs)", "A grid whose parts hold axes.") { a in
        PyGridSpec.make(rows: try a.int(1), columns: try a.int(2), a.machine)
      },
      Native("gca(self)", "The current axes.") { a in .object(try of(a[0]).currentAxes(a.machine)) },
      Native("sca(self, a)", "Makes axes the current ones.") { a in
        let figure = try of(a[0])
        if let axes = a[1].asInstance as? PyAxes { figure.activate(axes) }
        return a[1]
      },
      Native("delaxes(self, ax)", "Takes axes away.") { a in
        let figure = try of(a[0])
        figure.axes.removeAll { $0 === a[1].asInstance }
        return .none
      },
      Native("get_axes(self)", "The axes in order.") { a in .list(try of(a[0]).axes.map { .object($0) }) },
      Native("suptitle(self, t, **kwargs)", "The title of all axes.") { a in
        try title(of(a[0]), a[1], a.machine)
      },
      Native("supxlabel(self, t, **kwargs)", "A label below all axes.") { a in
        .object(PyText.make(try a.machine.text(of: a[1]), .float(0.5), .float(0.01), a.machine))
      },
      Native("supylabel(self, t, **kwargs)", "A label beside all axes.") { a in
        .object(PyText.make(try a.machine.text(of: a[1]), .float(0.02), .float(0.5), a.machine))
      },
      Native("text(self, x, y, s, fontdict=None, **kwargs)", "A text of the figure.") { a in
        .object(PyText.make(try a.machine.text(of: a[3]), a[1], a[2], a.machine))
      },
      Native("legend(self, *args, **kwargs)", "Shows the names in all axes.") { a in
        for axes in try of(a[0]).axes { axes.hasLegend = true }
        return .object(PyLegend(a.machine.type(PyLegend.table)))
      },
      Native("colorbar(self, mappable, cax=None, ax=None, **kwargs)", "The scale of colours at the right.") { a in
        try FigureRows.colorbar(a, of(a[0]), 1)
      },
      Native("savefig(self, fname, *, transparent=None, dpi=None, format=None, **kwargs)", "Writes the figure: .svg, .png or .txt.") { a in
        try FigureRows.save(of(a[0]), a[1], a.optionalString(4), a[3].asDouble, a.machine)
        return .none
      },
      Native("tight_layout(self, *, pad=1.08, h_pad=None, w_pad=None, rect=None)", "Figures are laid out anyway.") { _ in .none },
      Native("set_tight_layout(self, tight)", "Figures are laid out anyway.") { _ in .none },
      Native("set_layout_engine(self, layout=None, **kwargs)", "Figures are laid out anyway.") { _ in .none },
      Native("subplots_adjust(self, left=None, bottom=None, right=None, top=None, wspace=None, hspace=None)", "Figures are laid out anyway.") { _ in .none },
      Native("autofmt_xdate(self, **kwargs)", "Dates stand level here.") { _ in .none },
      Native("draw(self)", "Figures are drawn when they are shown.") { _ in .none },
      Native("draw_idle(self)", "Figures are drawn when they are shown.") { _ in .none },
      Native("flush_events(self)", "Nothing waits here.") { _ in .none },
      Native("set_facecolor(self, color)", "The paper has the colour of the page here.") { _ in .none },
      Native("clear(self, keep_observers=False)", "Takes all axes away.") { a in
        let figure = try of(a[0])
        figure.axes = []
        figure.title = nil
        return .none
      },
      Native("clf(self, keep_observers=False)", "Takes all axes away.") { a in
        let figure = try of(a[0])
        figure.axes = []
        figure.title = nil
        return .none
      },
      Native("get_size_inches(self)", "Width and height in inches.") { a in try a.machine.ndarray(of(a[0]).size) },
      Native("set_size_inches(self, w, h=None, forward=True)", "Sets width and height in inches.") { a in
        let figure = try of(a[0])
        let size = a[2].isNone ? try a.machine.doubles(a[1]) : [try a.double(1), try a.double(2)]
        guard size.count == 2, size.allSatisfy({ $0 > 0 && $0.isFinite }) else {
          throw Raise(.valueError, "figure size must be positive finite not \(try a.machine.repr(a[1]))")
        }
        figure.size = size
        return .none
      },
      Native("get_figwidth(self)", "The width in inches.") { a in .float(try of(a[0]).size[0]) },
      Native("get_figheight(self)", "The height in inches.") { a in .float(try of(a[0]).size[1]) },
      Native("set_figwidth(self, val, forward=True)", "Sets the width in inches.") { a in
        try of(a[0]).size[0] = max(a.double(1), 0.1)
        return .none
      },
      Native("set_figheight(self, val, forward=True)", "Sets the height in inches.") { a in
        try of(a[0]).size[1] = max(a.double(1), 0.1)
        return .none
      },
      Native("get_dpi(self)", "Dots of a picture per inch.") { a in .float(try of(a[0]).dpi) },
      Native("show(self, warn=True)", "Shows the figure here.") { a in
        let figure = try of(a[0])
        a.machine.displayPort?.show(try figure.bundle(a.machine), id: nil)
        PyplotState.of(a.machine).close(figure)
        return .none
      },
      Native("__str__(self)", "Its size.") { a in .string("Figure(\(try of(a[0]).pixels))") },
      Native("__repr__(self)", "Its size and number of axes.") { a in
        let figure = try of(a[0])
        return .string("<Figure size \(figure.pixels) with \(figure.axes.count) Axes>")
      },
    ])

  static func title(_ figure: PyFigure, _ value: Value, _ machine: Machine) throws -> Value {
    figure.title = PyplotText.plain(try machine.text(of: value))
    return .object(PyText.make(try machine.text(of: value), .float(0.5), .float(0.98), machine))
  }
}

/// What `colorbar()` gives.
final class PyColorBar: Instance {
  weak var axes: PyAxes?

  static let table = TypeTable(
    "Colorbar", module: "matplotlib.colorbar", doc: "A scale of colours.", isSubclassable: false,
    allocate: { PyColorBar($0) },
    properties: [
      NativeProperty("ax", "The axes that it belongs to.") { value, _ in
        (value.asInstance as? PyColorBar)?.axes.map { .object($0) } ?? .none
      }
    ],
    methods: [
      Native("set_label(self, label, **kwargs)", "Names what the colours count.") { a in
        try a.receiver(PyColorBar.self).axes?.colorBar?.label = try a.machine.text(of: a[1])
        return .none
      },
      Native("set_ticks(self, ticks, labels=None, **kwargs)", "Ends and middle have a number here.") { _ in .none },
      Native("remove(self)", "Takes it away.") { a in
        try a.receiver(PyColorBar.self).axes?.colorBar = nil
        return .none
      },
    ])
}

/// A part of a grid: `gs[0, :]`.
final class PyGridSpec: Instance {
  var rows = 1
  var columns = 1
  var from = 0
  var to = 0

  static func make(rows: Int, columns: Int, from: Int = 0, to: Int = 0, _ machine: Machine) -> Value {
    let spec = PyGridSpec(machine.type(table))
    (spec.rows, spec.columns) = (min(max(rows, 1), 100), min(max(columns, 1), 100))
    (spec.from, spec.to) = (from, to)
    return .object(spec)
  }

  static let table = TypeTable(
    "GridSpec", module: "matplotlib.gridspec", doc: "A grid whose parts hold axes.",
    isSubclassable: false, allocate: { PyGridSpec($0) },
    methods: [
      Native("__init__(self, nrows, ncols, figure=None, **kwargs)", "A grid.") { a in
        let spec = try a.receiver(PyGridSpec.self)
        (spec.rows, spec.columns) = (min(max(try a.int(1), 1), 100), min(max(try a.int(2), 1), 100))
        return .none
      },
      Native("__getitem__(self, key)", "The part of rows and columns.") { a in
        let spec = try a.receiver(PyGridSpec.self)
        func ends(_ value: Value, _ size: Int) throws -> (Int, Int) {
          if let index = try a.machine.index(value) {
            let at = index < 0 ? index + size : index
            guard at >= 0, at < size else {
              throw Raise(.indexError, "index \(index) is out of bounds for axis 0 with size \(size)")
            }
            return (at, at)
          }
          let method = try a.machine.optionalAttribute(.list((0..<size).map { .int($0) }), "__getitem__")
          let kept = try a.machine.array(a.machine.call(method ?? .none, [value]))
          return (kept.first?.asInt ?? 0, kept.last?.asInt ?? 0)
        }
        if let pair = a[1].asTuple, pair.count == 2 {
          let (row, column) = (try ends(pair[0], spec.rows), try ends(pair[1], spec.columns))
          return make(
            rows: spec.rows, columns: spec.columns, from: row.0 * spec.columns + column.0,
            to: row.1 * spec.columns + column.1, a.machine)
        }
        let place = try ends(a[1], spec.rows * spec.columns)
        return make(rows: spec.rows, columns: spec.columns, from: place.0, to: place.1, a.machine)
      },
    ])
}
