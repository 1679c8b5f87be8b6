import Display
import Language
import Plotting
import TensorCore

/// `matplotlib.pyplot` and what lessons import beside it.
enum PyplotDoor {
  static let tables: [ModuleTable] = [
    ModuleTable(
      "matplotlib", doc: "Figures.",
      entries: [
        .function(
          Native("use(backend, *, force=True)", "Figures are shown where the program runs.") { _ in .none }),
        .value(name: "rcParams", doc: "Settings of figures.") { PyplotSettings.value($0) },
        .value(name: "__version__", doc: "The version whose behaviour this door follows.") { _ in
          .string("3.11.2")
        },
        .value(name: "colormaps", doc: "Colour maps by name.") { PyplotSettings.maps($0) },
        .function(Native("get_backend()", "Where figures are drawn.") { _ in .string("swiftlet") }),
      ]),
    ModuleTable("matplotlib.pyplot", doc: "Figures as MATLAB has them.", aliases: ["pylab"], entries: pyplot),
    ModuleTable(
      "matplotlib.cm", doc: "Colour maps.",
      entries: [.function(getMap)] + PyplotSettings.mapEntries),
    ModuleTable(
      "matplotlib.colors", doc: "Colours.",
      entries: [
        .type(PyColorMapObject.table), .alias("LinearSegmentedColormap", of: "ListedColormap"),
        .function(
          Native("to_rgba(c, alpha=None)", "Red, green, blue and alpha of a colour.") { a in
            var color = try PyplotColor.required(a[0], a.machine)
            if let alpha = try a.optionalDouble(1) { color.alpha = alpha }
            return .tuple(color.rgba.map { .float($0) })
          }),
        .function(
          Native("to_rgb(c)", "Red, green and blue of a colour.") { a in
            .tuple(try PyplotColor.required(a[0], a.machine).rgba.prefix(3).map { .float($0) })
          }),
        .function(
          Native("to_hex(c, keep_alpha=False)", "A colour as #rrggbb.") { a in
            .string(try PyplotColor.required(a[0], a.machine).exact.hex)
          }),
      ]),
    ModuleTable("matplotlib.patches", doc: "Shapes.", entries: [.type(PyRectangle.rectangleTable)]),
    ModuleTable("matplotlib.lines", doc: "Lines.", entries: [.type(PyLine.lineTable)]),
    ModuleTable(
      "matplotlib.figure", doc: "Figures.", entries: [.type(PyFigure.table)]),
    ModuleTable("matplotlib.axes", doc: "Axes.", entries: [.type(PyAxes.table)]),
    ModuleTable("matplotlib.gridspec", doc: "Grids of axes.", entries: [.type(PyGridSpec.table)]),
  ]

  private static let getMap = Native(
    "get_cmap(name=None, lut=None)", "A colour map by name.", example: "plt.get_cmap('viridis')(0.5)"
  ) { a in
    PyColorMapObject.make(try PyplotColorMap.required(a[0], a.machine), a.machine, count: try a.optionalInt(1).map { min(max($0, 1), 65536) })
  }

  private static let pyplot: [ModuleEntry] =
    AxesType.functions.map { .function($0) } + functions.map { .function($0) } + [
      .value(name: "rcParams", doc: "Settings of figures.") { PyplotSettings.value($0) },
      .value(name: "cm", doc: "Colour maps as attributes.") { machine in
        .object(PyMapShelf(machine.type(PyMapShelf.table)))
      },
      .value(name: "style", doc: "Styles; figures here have one look.") { machine in
        .object(PyStyleShelf(machine.type(PyStyleShelf.table)))
      },
      .type(PyFigure.table), .type(PyAxes.table), .type(PyRectangle.rectangleTable), .type(PyLine.lineTable),
      .type(PyGridSpec.table),
    ]

  private static func quiet(_ signature: String, _ doc: String) -> Native {
    Native(signature, doc) { _ in .none }
  }

  private static let functions: [Native] = [
    Native(
      "figure(num=None, figsize=None, dpi=None, *, facecolor=None, edgecolor=None, frameon=True, "
        + "FigureClass=None, clear=False, layout=None, **kwargs)",
      "A new figure, or the one of a number.", example: "plt.figure(figsize=(6, 4))"
    ) { a in
      let state = PyplotState.of(a.machine)
      if let figure = a[0].asInstance as? PyFigure {
        state.makeCurrent(figure)
        return a[0]
      }
      let figure = try state.newFigure(number: a[0].asInt)
      try setSize(figure, a[1], a.machine)
      if let dpi = try a.optionalDouble(2), dpi > 0 { figure.dpi = dpi }
      if try a.bool(7) { figure.axes = [] }
      return .object(figure)
    },
    Native(
      "subplots(nrows=1, ncols=1, *, sharex=False, sharey=False, squeeze=True, width_ratios=None, "
        + "height_ratios=None, subplot_kw=None, gridspec_kw=None, figsize=None, dpi=None, num=None, **fig_kw)",
      "A new figure and a grid of axes: fig, ax = plt.subplots(2, 2).", example: "plt.subplots(1, 2)[0]"
    ) { a in
      let (rows, columns) = (try a.int(0), try a.int(1))
      for (name, count) in [("rows", rows), ("columns", columns)] where count < 1 {
        throw Raise(.valueError, "Number of \(name) must be a positive integer, not \(count)")
      }
      let figure = try PyplotState.of(a.machine).newFigure(number: a[11].asInt)
      try setSize(figure, a[9], a.machine)
      if let dpi = a[10].asDouble, dpi > 0 { figure.dpi = dpi }
      let axes = try FigureRows.subplots(figure, rows, columns, squeeze: a.bool(4), a.machine)
      return .tuple([.object(figure), axes])
    },
    Native("subplot_mosaic(mosaic, *, sharex=False, sharey=False, width_ratios=None, height_ratios=None, empty_sentinel='.', subplot_kw=None, gridspec_kw=None, figsize=None, **fig_kw)", "A new figure and axes by name, laid out as a picture of letters.", example: "plt.subplot_mosaic('AB')[1]['A']") { a in
      let figure = try PyplotState.of(a.machine).newFigure(number: nil)
      try setSize(figure, a[8], a.machine)
      return .tuple([.object(figure), try FigureRows.mosaic(figure, a[0], a[5], a.machine)])
    },
    Native("subplot(*args, **kwargs)", "Axes at a place of a grid: subplot(2, 2, 1).", example: "plt.subplot(1, 2, 1)") { a in
      try FigureRows.subplot(PyplotState.of(a.machine).figure(), a.items(0), a.machine)
    },
    Native("subplot2grid(shape, loc, rowspan=1, colspan=1, fig=None, **kwargs)", "Axes over several cells of a grid.") { a in
      let (shape, place) = (try a.machine.ints(a[0]), try a.machine.ints(a[1]))
      guard shape.count == 2, place.count == 2, shape.allSatisfy({ $0 > 0 && $0 <= 100 }), place[0] >= 0, place[1] >= 0,
        place[0] < shape[0], place[1] < shape[1]
      else { throw Raise(.valueError, "shape and loc are pairs (rows, columns)") }
      let last = (min(place[0] + max(try a.int(2), 1), shape[0]) - 1, min(place[1] + max(try a.int(3), 1), shape[1]) - 1)
      return .object(
        try PyplotState.of(a.machine).figure().add(
          rows: shape[0], columns: shape[1], from: place[0] * shape[1] + place[1],
          to: last.0 * shape[1] + last.1, a.machine))
    },
    Native("axes(arg=None, **kwargs)", "New axes, or makes axes current.") { a in
      let state = PyplotState.of(a.machine)
      if let axes = a[0].asInstance as? PyAxes {
        if let figure = axes.figure {
          state.makeCurrent(figure)
          figure.activate(axes)
        }
        return a[0]
      }
      return .object(try state.axes())
    },
    Native("gca()", "The current axes.") { a in .object(try PyplotState.of(a.machine).axes()) },
    Native("gcf()", "The current figure.") { a in .object(try PyplotState.of(a.machine).figure()) },
    Native("sca(ax)", "Makes axes the current ones.") { a in
      let axes = try PyAxes.of(a[0])
      if let figure = axes.figure {
        PyplotState.of(a.machine).makeCurrent(figure)
        figure.activate(axes)
      }
      return .none
    },
    Native("delaxes(ax=None)", "Takes axes away.") { a in
      let axes = a[0].isNone ? try PyplotState.of(a.machine).axes() : try PyAxes.of(a[0])
      axes.figure?.axes.removeAll { $0 === axes }
      return .none
    },
    Native("get_fignums()", "The numbers of the open figures.") { a in
      .list(PyplotState.of(a.machine).figures.map(\.number).sorted().map { .int($0) })
    },
    Native("fignum_exists(num)", "Whether a figure is open.") { a in
      .bool(PyplotState.of(a.machine).figures.contains { $0.number == a[0].asInt })
    },
    Native("show(*args, **kwargs)", "Shows the open figures here.", example: "plt.show()") { a in
      try PyplotState.of(a.machine).show()
      return .none
    },
    Native("pause(interval)", "Shows the open figures here.") { a in
      try PyplotState.of(a.machine).show()
      return .none
    },
    Native("draw()", "Figures are drawn when they are shown.") { _ in .none },
    Native("close(fig=None)", "Forgets the current figure, one by number, or 'all'.") { a in
      let state = PyplotState.of(a.machine)
      if a[0].swiftString == "all" {
        state.closeAll()
      } else if let figure = a[0].asInstance as? PyFigure {
        state.close(figure)
      } else if let number = a[0].asInt {
        if let figure = state.figures.first(where: { $0.number == number }) { state.close(figure) }
      } else if a[0].isNone {
        if let current = state.current { state.close(current) }
      } else {
        throw Raise(.typeError, "close() argument must be a Figure, an int, a string, or None, not \(a.machine.typeName(a[0]))")
      }
      return .none
    },
    Native("clf()", "Takes all axes of the figure away.") { a in
      let figure = try PyplotState.of(a.machine).figure()
      figure.axes = []
      figure.title = nil
      return .none
    },
    Native("suptitle(t, **kwargs)", "The title of all axes.", example: "plt.suptitle('all')") { a in
      try PyFigure.title(PyplotState.of(a.machine).figure(), a[0], a.machine)
    },
    Native("figtext(x, y, s, fontdict=None, **kwargs)", "A text of the figure.") { a in
      .object(PyText.make(try a.machine.text(of: a[2]), a[0], a[1], a.machine))
    },
    Native("figlegend(*args, **kwargs)", "Shows the names in all axes.") { a in
      for axes in try PyplotState.of(a.machine).figure().axes { axes.hasLegend = true }
      return .object(PyLegend(a.machine.type(PyLegend.table)))
    },
    Native("colorbar(mappable=None, cax=None, ax=None, **kwargs)", "The scale of colours at the right.") { a in
      try FigureRows.colorbar(a, nil, 0)
    },
    Native("clim(vmin=None, vmax=None)", "Sets the numbers of the end colours.") { a in
      let (low, high) = (try a.optionalDouble(0), try a.optionalDouble(1))
      if let field = PyplotLast.get(a.machine) as? PyField { (field.low, field.high) = (low, high) }
      if let points = PyplotLast.get(a.machine) as? PyPoints { (points.low, points.high) = (low, high) }
      return .none
    },
    Native("set_cmap(cmap)", "Sets the scale of colours of the last picture.") { a in
      let map = try PyplotColorMap.required(a[0], a.machine)
      if let field = PyplotLast.get(a.machine) as? PyField { field.colorMap = map }
      return .none
    },
    Native("gci()", "The last picture.") { a in PyplotLast.get(a.machine).map { .object($0) } ?? .none },
    Native("savefig(fname, *, transparent=None, dpi=None, format=None, **kwargs)", "Writes the figure: .svg, .png or .txt.") { a in
      try FigureRows.save(
        PyplotState.of(a.machine).figure(), a[0], a.optionalString(3), a[2].asDouble, a.machine)
      return .none
    },
    getMap,
    Native("colormaps()", "The names of the colour maps.") { a in
      .list(PyplotColorMap.names.map { .string($0) })
    },
    Native("rc(group, **kwargs)", "Sets settings of a group: rc('font', size=12).") { a in
      guard let group = a[0].swiftString else { return .none }
      for (name, value) in a.keywords(1) {
        PyplotSettings.dictionary(a.machine)[group + "." + name] = value
      }
      return .none
    },
    Native("rcdefaults()", "Settings as they were.") { a in
      PyplotSettings.reset(a.machine)
      return .none
    },
    Native("setp(obj, *args, **kwargs)", "Sets properties of artists.") { a in
      let targets = try a.machine.isIterable(a[0]) ? a.machine.array(a[0]) : [a[0]]
      var results: [Value] = []
      for target in targets {
        for (name, value) in a.keywords(2) {
          if let method = try a.machine.optionalAttribute(target, "set_" + name) {
            results.append(try a.machine.call(method, [value]))
          }
        }
      }
      return .list(results)
    },
    quiet("tight_layout(*, pad=1.08, h_pad=None, w_pad=None, rect=None)", "Figures are laid out anyway."),
    quiet("subplots_adjust(left=None, bottom=None, right=None, top=None, wspace=None, hspace=None)", "Figures are laid out anyway."),
    quiet("ion()", "Figures are shown at the end of a cell."),
    quiet("ioff()", "Figures are shown at the end of a cell."),
    quiet("switch_backend(newbackend)", "Figures are shown where the program runs."),
    Native("isinteractive()", "Whether figures draw themselves at once.") { _ in .bool(false) },
    Native("viridis()", "Makes viridis the scale of colours of the last picture.") { a in
      (PyplotLast.get(a.machine) as? PyField)?.colorMap = .standard
      return .none
    },
    Native("gray()", "Makes gray the scale of colours of the last picture.") { a in
      (PyplotLast.get(a.machine) as? PyField)?.colorMap = PyplotColorMap(name: "gray", map: .gray)
      return .none
    },
    Native("imread(fname, format=None)", "A picture file as an array.") { a in
      guard let path = a[0].swiftString else { throw a.mismatch(0, expected: "a path") }
      return try PictureFile.read(path, asFloat: true, a.machine)
    },
    Native("imsave(fname, arr, vmin=None, vmax=None, cmap=None, format=None, **kwargs)", "Writes an array as a PNG file.") { a in
      guard let path = a[0].swiftString else { throw a.mismatch(0, expected: "a path") }
      let field = PyField(a.machine.type(PyField.image))
      field.colorMap = try PyplotColorMap.required(a[4], a.machine)
      (field.low, field.high) = (try a.optionalDouble(2), try a.optionalDouble(3))
      try FieldPlots.fill(field, a[1], a.machine)
      try PictureFile.write(field.colorRows, to: path)
      return .none
    },
  ]

  private static func setSize(_ figure: PyFigure, _ value: Value, _ machine: Machine) throws {
    if value.isNone || value.isUndefined { return }
    let size = try machine.doubles(value)
    guard size.count == 2, size.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw Raise(.valueError, "figure size must be positive finite not \(try machine.repr(value))")
    }
    figure.size = size
  }
}

/// `plt.cm`: colour maps as attributes.
final class PyMapShelf: Instance {
  static let table = TypeTable(
    "ScalarMappables", module: "matplotlib.cm", doc: "Colour maps as attributes.", isSubclassable: false,
    allocate: { PyMapShelf($0) },
    missingAttribute: { _, name, machine in
      PyplotColorMap.named(name).map { PyColorMapObject.make($0, machine) }
    },
    methods: [
      Native("get_cmap(self, name=None, lut=None)", "A colour map by name.") { a in
        PyColorMapObject.make(try PyplotColorMap.required(a[1], a.machine), a.machine)
      },
      Native("__getitem__(self, name)", "A colour map by name.") { a in
        PyColorMapObject.make(try PyplotColorMap.required(a[1], a.machine), a.machine)
      },
    ])
}

/// `plt.style`: names of styles that lessons use are known; they change nothing.
final class PyStyleShelf: Instance {
  static let names = [
    "Solarize_Light2", "bmh", "classic", "dark_background", "fast", "fivethirtyeight", "ggplot",
    "grayscale", "petroff10", "seaborn-v0_8", "seaborn-v0_8-bright", "seaborn-v0_8-colorblind",
    "seaborn-v0_8-dark", "seaborn-v0_8-darkgrid", "seaborn-v0_8-deep", "seaborn-v0_8-muted",
    "seaborn-v0_8-notebook", "seaborn-v0_8-paper", "seaborn-v0_8-pastel", "seaborn-v0_8-poster",
    "seaborn-v0_8-talk", "seaborn-v0_8-ticks", "seaborn-v0_8-white", "seaborn-v0_8-whitegrid",
    "tableau-colorblind10",
  ]

  private static func check(_ value: Value, _ machine: Machine) throws {
    guard let name = value.swiftString else { return }
    guard names.contains(name) || name == "default" else {
      throw Raise(
        .osError, "'\(name)' is not a valid package style, path of style file, URL of style file, or "
          + "library style name (library styles are listed in `style.available`)",
        hint: Suggestion.nearest(to: name, among: names).map { "Did you mean '\($0)'?" })
    }
    PyplotState.of(machine).remark("styles change nothing here; figures follow the page they stand on")
  }

  static let table = TypeTable(
    "style", module: "matplotlib", doc: "Styles; figures here have one look.", isSubclassable: false,
    allocate: { PyStyleShelf($0) },
    properties: [
      NativeProperty("available", "Names of styles.") { _, _ in .list(names.map { .string($0) }) }
    ],
    methods: [
      Native("use(self, style)", "Styles change nothing here.") { a in
        try check(a[1], a.machine)
        return .none
      },
      Native("context(self, style, after_reset=False)", "A block in a style; it changes nothing here.") { a in
        try check(a[1], a.machine)
        return a[0]
      },
      Native("__enter__(self)", "Begins the block.") { a in a[0] },
      Native("__exit__(self, *args)", "Ends the block.") { _ in .bool(false) },
    ])
}
