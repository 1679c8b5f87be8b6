import Display
import Language
import Plotting
import TensorCore

/// Pictures and fields of numbers: `imshow`, `matshow`, `pcolormesh`, `contour`, `hist2d`.
enum FieldPlots {
  static let rows: [AxesRow] = [
    AxesRow(
      "imshow",
      "X, cmap=None, norm=None, *, aspect=None, interpolation=None, alpha=None, vmin=None, "
        + "vmax=None, colorizer=None, origin=None, extent=None, interpolation_stage=None, "
        + "filternorm=True, filterrad=4.0, resample=None, url=None, data=None, **kwargs",
      "A picture: numbers [rows, columns] or colours [rows, columns, 3].",
      example: "plt.imshow([[0, 1], [1, 0]], cmap='gray')"
    ) { c in
      let style = try PyplotStyle(c.keywords(17), "AxesImage", c.machine)
      return try image(
        c, cmap: c[1], low: c.optionalDouble(6), high: c.optionalDouble(7),
        origin: c.optionalString(9) ?? "upper", extent: c[10],
        isSquare: c.isGiven(3) ? c[3].swiftString != "auto" : true, style)
    },
    AxesRow("matshow", "Z, **kwargs", "A matrix as a picture.", example: "plt.matshow([[0, 1], [1, 0]])")
    { c in
      var (cmap, low, high) = (Value.none, Double?.none, Double?.none)
      for (name, value) in c.keywords(1) {
        if name == "cmap" { cmap = value }
        if name == "vmin" { low = value.asDouble }
        if name == "vmax" { high = value.asDouble }
      }
      return try image(
        c, cmap: cmap, low: low, high: high, origin: "upper", extent: .none, isSquare: true,
        PyplotStyle([], "AxesImage", c.machine))
    },
    AxesRow(
      "spy", "Z, precision=0, marker=None, markersize=None, aspect='equal', origin='upper', **kwargs",
      "Where a matrix is not zero."
    ) { c in
      let rows = try c.machine.matrix(c[0]).map { $0.map { $0 == 0 ? 0.0 : 1.0 } }
      return try image(
        c, matrix: rows, cmap: .string("binary"),
        PyplotStyle([], "AxesImage", c.machine))
    },
    AxesRow(
      "pcolormesh",
      "*args, alpha=None, norm=None, cmap=None, vmin=None, vmax=None, colorizer=None, "
        + "shading=None, antialiased=False, data=None, **kwargs",
      "Numbers as coloured cells of any width.", example: "plt.pcolormesh([[0, 1], [1, 0]])", body: mesh),
    AxesRow(
      "pcolor",
      "*args, alpha=None, norm=None, cmap=None, vmin=None, vmax=None, colorizer=None, "
        + "shading=None, antialiased=False, data=None, **kwargs",
      "Numbers as coloured cells of any width.", body: mesh),
    AxesRow("contour", "*args, data=None, **kwargs", "Lines of equal height.", example: "plt.contour([[0, 1, 2], [1, 2, 3], [2, 3, 5]])")
    { c in
      try contour(c, isFilled: false)
    },
    AxesRow(
      "contourf", "*args, data=None, **kwargs", "Areas between levels of height.",
      example: "plt.contourf([[0, 1, 2], [1, 2, 3], [2, 3, 5]])"
    ) { c in try contour(c, isFilled: true) },
    AxesRow("clabel", "CS, levels=None, **kwargs", "Levels are read off the colours here.") { _ in
      .list([])
    },
    AxesRow(
      "hist2d",
      "x, y, bins=10, *, range=None, density=False, weights=None, cmin=None, cmax=None, data=None, **kwargs",
      "How many points fall into the cells of a grid.",
      example: "plt.hist2d([1., 2., 2.], [1., 2., 3.], bins=2)"
    ) { c in
      guard let row = NumpyMoreMath.counts.first(where: { $0.name == "histogram2d" })
        ?? NumpyMoreMath.functions.first(where: { $0.name == "histogram2d" })
      else { return .none }
      let x = try c.machine.ndarray(c.x(0))
      let y = try c.machine.ndarray(c.y(1))
      var keywords: [(name: String, value: Value)] = [("bins", c[2])]
      if c.isGiven(3) { keywords.append(("range", c[3])) }
      if try c.bool(4) { keywords.append(("density", .bool(true))) }
      let parts = try c.machine.array(
        c.machine.call(.object(NativeFunction(row)), [x, y], keywords: keywords))
      let counts = try c.machine.matrix(parts[0])
      let field = try meshField(
        c, x: c.machine.doubles(parts[1]), y: c.machine.doubles(parts[2]),
        transposed(counts), c.keywords(9))
      return .tuple([parts[0], parts[1], parts[2], .object(field)])
    },
  ]

  private static func transposed(_ rows: [[Double]]) -> [[Double]] {
    guard let first = rows.first else { return [] }
    return first.indices.map { column in rows.map { $0[column] } }
  }

  // MARK: - Pictures

  private static func image(
    _ c: AxesCall, matrix: [[Double]]? = nil, cmap: Value, low: Double? = nil, high: Double? = nil,
    origin: String = "upper", extent: Value = .none, isSquare: Bool = true, _ style: PyplotStyle
  ) throws -> Value {
    let machine = c.machine
    guard origin == "upper" || origin == "lower" else {
      throw Raise(.valueError, "'\(origin)' is not a valid value for origin.")
    }
    let field = PyField(machine.type(PyField.image))
    field.colorMap = try PyplotColorMap.required(cmap, machine)
    (field.low, field.high) = (low, high)
    if let norm = try normOf(c, field), !norm.isEmpty { field.isLog = norm == "log" }
    field.isUpper = origin == "upper"
    field.isSquare = isSquare
    field.zorder = 0
    if let matrix {
      field.values = matrix
      field.shape = [matrix.count, matrix.first?.count ?? 0]
    } else {
      try fill(field, c[0], machine)
    }
    if !extent.isNone, !extent.isUndefined {
      let ends = try machine.doubles(extent)
      guard ends.count == 4 else {
        throw Raise(.valueError, "extent is (left, right, bottom, top), got \(ends.count) numbers")
      }
      field.extent = ends
    } else {
      // The first row is the top one; with the origin above, rows are counted downwards.
      let (right, last) = (Double(field.shape[1]) - 0.5, Double(field.shape[0]) - 0.5)
      field.extent = field.isUpper ? [-0.5, right, last, -0.5] : [-0.5, right, -0.5, last]
    }
    try field.take(style, c.axes, machine, fill: true)
    c.axes.add(field)
    // A picture sets the ends of its axes.
    let ends = field.extent
    if ends.allSatisfy(\.isFinite) {
      (c.axes.x.low, c.axes.x.high) = (min(ends[0], ends[1]), max(ends[0], ends[1]))
      (c.axes.y.low, c.axes.y.high) = (min(ends[2], ends[3]), max(ends[2], ends[3]))
      c.axes.x.isInverted = ends[0] > ends[1]
      c.axes.y.isInverted = ends[2] > ends[3]
    }
    PyplotLast.set(field, machine)
    return .object(field)
  }

  private static func normOf(_ c: AxesCall, _ field: PyField) throws -> String? { c[2].swiftString }

  /// Takes over numbers [rows, columns] or colours [rows, columns, 3 or 4].
  static func fill(_ field: PyField, _ value: Value, _ machine: Machine) throws {
    let tensor = try machine.tensor(value)
    let shape = tensor.shape
    guard shape.count == 2 || shape.count == 3 && [1, 3, 4].contains(shape[2]) else {
      let text = "(" + shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? ",)" : ")")
      throw Raise(
        .typeError, "Invalid shape \(text) for image data",
        hint: "A picture is [rows, columns] or [rows, columns, 3]"
          + (shape.count == 3 && [1, 3, 4].contains(shape[0])
            ? "; this one has its channels first: use permute(1, 2, 0)" : "") + ".")
    }
    let numbers = try tensor.doubles()
    let (rows, columns) = (shape[0], shape[1])
    field.shape = shape.count == 3 && shape[2] == 1 ? [rows, columns] : shape
    field.source = machine.ndarray(tensor)
    field.pixels = []
    field.values = []
    if shape.count == 2 || shape[2] == 1 {
      field.values = (0..<rows).map { Array(numbers[($0 * columns)..<(($0 + 1) * columns)]) }
      return
    }
    let channels = shape[2]
    let scale = tensor.dtype.isInteger ? 255.0 : 1
    field.pixels = (0..<rows).map { row in
      (0..<columns).map { column in
        let at = (row * columns + column) * channels
        if channels == 4, numbers[at + 3] / scale < 0.5 { return nil }
        return Color(
          red: numbers[at] / scale, green: numbers[at + 1] / scale, blue: numbers[at + 2] / scale)
      }
    }
  }

  // MARK: - Meshes

  private static func mesh(_ c: AxesCall) throws -> Value {
    let given = try c.items(0)
    guard given.count == 1 || given.count == 3 else {
      throw Raise(.typeError, "pcolormesh() takes 1 or 3 positional arguments but \(given.count) were given")
    }
    let values = try c.machine.matrix(given[given.count - 1])
    let (rows, columns) = (values.count, values.first?.count ?? 0)
    var x = (0...columns).map(Double.init)
    var y = (0...rows).map(Double.init)
    if given.count == 3 {
      x = try places(given[0], alongColumns: true, c.machine)
      y = try places(given[1], alongColumns: false, c.machine)
      x = x.count == columns ? edges(x) : x
      y = y.count == rows ? edges(y) : y
      guard x.count == columns + 1, y.count == rows + 1 else {
        throw Raise(
          .typeError,
          "Dimensions of C (\(rows), \(columns)) should be one smaller than X(\(x.count)) and "
            + "Y(\(y.count)) while using shading='flat' see help(pcolormesh)")
      }
    }
    var keywords = c.keywords(10)
    for (index, name) in [(3, "cmap"), (4, "vmin"), (5, "vmax")] where c.isGiven(index) {
      keywords.append((name, c[index]))
    }
    return .object(try meshField(c, x: x, y: y, values, keywords))
  }

  private static func meshField(
    _ c: AxesCall, x: [Double], y: [Double], _ values: [[Double]],
    _ keywords: [(name: String, value: Value)]
  ) throws -> PyField {
    let machine = c.machine
    let field = PyField(machine.type(PyField.mesh))
    (field.form, field.title) = (.mesh, "QuadMesh")
    let style = try PyplotStyle(keywords, "QuadMesh", more: ["cmap", "vmin", "vmax"], machine)
    for (name, value) in style.rest {
      switch name {
      case "cmap": field.colorMap = try PyplotColorMap.required(value, machine)
      case "vmin": field.low = value.asDouble
      default: field.high = value.asDouble
      }
    }
    (field.values, field.gridX, field.gridY) = (values, x, y)
    field.shape = [values.count, values.first?.count ?? 0]
    field.extent = [x.first ?? 0, x.last ?? 1, y.first ?? 0, y.last ?? 1]
    field.isSquare = false
    field.isUpper = false
    field.zorder = 0
    try field.take(style, c.axes, machine, fill: true)
    c.axes.add(field)
    PyplotLast.set(field, machine)
    return field
  }

  /// Edges half way between places.
  private static func edges(_ places: [Double]) -> [Double] {
    guard places.count > 1 else { return places.flatMap { [$0 - 0.5, $0 + 0.5] } }
    let last = places.count - 1
    return [places[0] - (places[1] - places[0]) / 2]
      + zip(places, places.dropFirst()).map { ($0 + $1) / 2 }
      + [places[last] + (places[last] - places[last - 1]) / 2]
  }

  /// The places along one axis of a grid that may be given for each of its points.
  private static func places(
    _ value: Value, alongColumns: Bool, _ machine: Machine
  ) throws -> [Double] {
    let tensor = try machine.tensor(value)
    guard tensor.rank == 2 else { return try tensor.doubles() }
    let rows = try machine.matrix(value)
    return alongColumns ? rows.first ?? [] : rows.compactMap(\.first)
  }

  // MARK: - Contours

  private static func contour(_ c: AxesCall, isFilled: Bool) throws -> Value {
    let machine = c.machine
    let name = isFilled ? "contourf" : "contour"
    let given = try c.items(0)
    guard (1...4).contains(given.count) else {
      throw Raise(.typeError, "\(name)() takes from 1 to 4 positional arguments but \(given.count) were given")
    }
    let hasGrid = given.count > 2
    let z = try machine.tensor(given[hasGrid ? 2 : 0])
    guard z.rank == 2 else { throw Raise(.typeError, "Input z must be 2D, not \(z.rank)D") }
    guard z.shape[0] > 1, z.shape[1] > 1 else {
      throw Raise(
        .typeError, "Input z must be at least a (2, 2) shaped array, but has shape "
          + "(\(z.shape[0]), \(z.shape[1]))")
    }
    let field = PyField(machine.type(PyField.contours))
    field.title = "QuadContourSet"
    field.form = isFilled ? .filledContour : .contour
    field.values = try machine.matrix(given[hasGrid ? 2 : 0])
    field.gridX = hasGrid ? try places(given[0], alongColumns: true, machine) : (0..<z.shape[1]).map(Double.init)
    field.gridY = hasGrid ? try places(given[1], alongColumns: false, machine) : (0..<z.shape[0]).map(Double.init)
    guard field.gridX.count == z.shape[1] else {
      throw Raise(
        .typeError, "Length of x (\(field.gridX.count)) must match number of columns in z (\(z.shape[1]))")
    }
    guard field.gridY.count == z.shape[0] else {
      throw Raise(
        .typeError, "Length of y (\(field.gridY.count)) must match number of rows in z (\(z.shape[0]))")
    }
    var keywords = c.keywords(2)
    if given.count == 2 || given.count == 4 { keywords.append(("levels", given[given.count - 1])) }
    let own: Set<String> = [
      "levels", "cmap", "colors", "vmin", "vmax", "extend", "norm", "locator", "extent", "origin",
      "linestyles", "linewidths", "hatches", "corner_mask", "algorithm", "antialiased", "nchunk",
    ]
    let style = try PyplotStyle(keywords, "QuadContourSet", more: own, machine)
    var levels = Value.none
    for (name, value) in style.rest where !value.isNone {
      switch name {
      case "levels": levels = value
      case "cmap": field.colorMap = try PyplotColorMap.required(value, machine)
      case "vmin": field.low = value.asDouble
      case "vmax": field.high = value.asDouble
      case "colors":
        let list =
          try PyplotColor.read(value, machine) != nil ? [value] : try machine.array(value)
        field.levelColors = try list.map { try PyplotColor.required($0, machine).shown }
      default: break
      }
    }
    try setLevels(field, levels, isFilled, machine)
    field.extent = [
      field.gridX.min() ?? 0, field.gridX.max() ?? 1, field.gridY.min() ?? 0, field.gridY.max() ?? 1,
    ]
    (field.isUpper, field.isSquare) = (false, false)
    field.zorder = isFilled ? 0.5 : 2
    try field.take(style, c.axes, machine, fill: true)
    c.axes.add(field)
    PyplotLast.set(field, machine)
    return .object(field)
  }

  private static func setLevels(
    _ field: PyField, _ value: Value, _ isFilled: Bool, _ machine: Machine
  ) throws {
    var count = 7
    if let number = value.asInt {
      guard number > 0, number < 1000 else {
        throw Raise(.valueError, "levels must be between 1 and 999, got \(number)")
      }
      count = number
    } else if !value.isNone {
      let levels = try machine.doubles(value)
      guard zip(levels, levels.dropFirst()).allSatisfy({ $0 < $1 }) else {
        throw Raise(.valueError, "Contour levels must be increasing")
      }
      if isFilled, levels.count < 2 {
        throw Raise(.valueError, "Filled contours require at least 2 levels.")
      }
      field.levels = levels
      return
    }
    let finite = field.values.lazy.joined().filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return }
    field.levels = PyplotLevels.levels(low, high, count, isFilled: isFilled)
  }
}
