import Display
import Glibc
import Language
import Plotting
import TensorCore

/// A picture or a field of numbers in axes: `imshow`, `pcolormesh`, `contour`, `contourf`.
final class PyField: PyArtist {
  enum Form { case image, mesh, contour, filledContour }

  var form = Form.image
  var title = "AxesImage"
  override var artistKind: String { title }
  /// Rows from the top (pictures) or from the lowest y (contours).
  var values: [[Double]] = []
  /// Rows of colours, for pictures that have some.
  var pixels: [[Color?]] = []
  /// What the program gave.
  var source: Value = .none
  var shape: [Int] = []
  var colorMap = PyplotColorMap.standard
  var low: Double?
  var high: Double?
  var isLog = false
  /// Left, right, bottom, top edge in units of the axes.
  var extent = [0.0, 1, 0, 1]
  var isUpper = true
  var isSquare = true
  /// Places of columns and rows of a contour or mesh.
  var gridX: [Double] = []
  var gridY: [Double] = []
  var levels: [Double] = []
  var levelColors: [Color] = []

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(source)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap.append(source)
    source = .none
  }

  override var xs: [Double] { [extent[0], extent[1]] }
  override var ys: [Double] { [extent[2], extent[3]] }
  override var stickyX: [Double] { xs }
  override var stickyY: [Double] { ys }

  var range: (low: Double, high: Double) {
    if form == .contour || form == .filledContour, let first = levels.first, let last = levels.last {
      return (low ?? first, high ?? last)
    }
    let finite = values.lazy.joined().filter { $0.isFinite && (!self.isLog || $0 > 0) }
    return (low ?? finite.min() ?? 0, high ?? finite.max() ?? 1)
  }

  private func shown(_ value: Double, _ range: (low: Double, high: Double)) -> Color? {
    if value.isNaN { return nil }
    var (value, low, high) = (value, range.low, range.high)
    if isLog {
      guard value > 0, low > 0, high > 0 else { return nil }
      (value, low, high) = (PyField.log(value), PyField.log(low), PyField.log(high))
    }
    let half = high * 0.5 - low * 0.5
    let t = half > 0 ? (value * 0.5 - low * 0.5) / half : 0
    return colorMap.shown(min(max(t, 0), 1))
  }

  /// The rows of colours from the top, as a picture file has them.
  var colorRows: [[Color?]] {
    let range = range
    return pixels.isEmpty ? values.map { $0.map { exact($0, range) } } : pixels
  }

  private func exact(_ value: Double, _ range: (low: Double, high: Double)) -> Color? {
    shown(value, range)
  }

  private static func log(_ value: Double) -> Double { Glibc.log10(value) }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    let range = range
    switch form {
    case .image:
      let rows = pixels.isEmpty ? values.map { $0.map { shown($0, range) } } : pixels
      // Rows are kept from the first on: with the origin below, the first is the lowest.
      figure = figure.raster(
        isUpper ? rows : rows.reversed(), x: (extent[0], extent[1]), y: (extent[2], extent[3]))
    case .mesh:
      let rows = Figure.middles(of: extent[3], extent[2], 90).map { y -> [Color?] in
        guard let row = PyField.cell(gridY, y), row < values.count else {
          return Array(repeating: nil, count: 160)
        }
        return Figure.middles(of: extent[0], extent[1], 160).map { x in
          guard let column = PyField.cell(gridX, x), column < values[row].count else { return nil }
          return shown(values[row][column], range)
        }
      }
      figure = figure.raster(rows, x: (extent[0], extent[1]), y: (extent[2], extent[3]))
    case .contour:
      figure = try figure.contour(
        values, x: gridX, y: gridY, levels: levels,
        colors: levelColors.isEmpty ? levels.map { shown($0, range) ?? .muted } : levelColors)
    case .filledContour:
      let middles = zip(levels, levels.dropFirst()).map { ($0 + $1) / 2 }
      figure = try figure.filledContour(
        values, x: gridX, y: gridY, levels: levels,
        colors: levelColors.isEmpty ? middles.map { shown($0, range) ?? .muted } : levelColors)
    }
  }

  /// The cell between edges that holds a number.
  private static func cell(_ edges: [Double], _ value: Double) -> Int? {
    guard edges.count > 1 else { return nil }
    let ascends = edges[edges.count - 1] >= edges[0]
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if (edges[middle] <= value) == ascends { low = middle } else { high = middle }
    }
    return low
  }

  static func field(_ value: Value) throws -> PyField {
    guard let field = value.asInstance as? PyField else {
      throw Raise(.typeError, "a picture is needed")
    }
    return field
  }

  private static let methods: [Native] = [
    Native("get_array(self)", "The numbers that the colours stand for.") { a in
      let field = try PyField.field(a[0])
      return field.source.isNone ? try a.machine.ndarray(rows: field.values) : field.source
    },
    Native("set_data(self, A)", "Sets the numbers or colours.") { a in
      try FieldPlots.fill(field(a[0]), a[1], a.machine)
      return .none
    },
    Native("set_array(self, A)", "Sets the numbers.") { a in
      try FieldPlots.fill(field(a[0]), a[1], a.machine)
      return .none
    },
    Native("set_clim(self, vmin=None, vmax=None)", "Sets the numbers of the end colours.") { a in
      let field = try PyField.field(a[0])
      field.low = try a.optionalDouble(1)
      field.high = try a.optionalDouble(2)
      return .none
    },
    Native("get_clim(self)", "The numbers of the end colours.") { a in
      let range = try field(a[0]).range
      return .tuple([.float(range.low), .float(range.high)])
    },
    Native("set_cmap(self, cmap)", "Sets the scale of colours.") { a in
      try field(a[0]).colorMap = try PyplotColorMap.required(a[1], a.machine)
      return .none
    },
    Native("get_cmap(self)", "The scale of colours.") { a in
      PyColorMapObject.make(try field(a[0]).colorMap, a.machine)
    },
    Native("get_extent(self)", "Left, right, bottom and top edge.") { a in
      .list(try field(a[0]).extent.map { .float($0) })
    },
    Native("clabel(self, *args, **kwargs)", "Levels are read off the colours here.") { _ in .list([]) },
  ]

  private static let properties = [
    NativeProperty("levels", "The levels of the lines or areas.") { value, machine in
      try machine.ndarray(try field(value).levels)
    },
    NativeProperty("cmap", "The scale of colours.") { value, machine in
      PyColorMapObject.make(try field(value).colorMap, machine)
    },
  ]

  private static func type(_ name: String, _ module: String, _ more: [Native] = []) -> TypeTable {
    TypeTable(
      name, module: module, doc: "A field of numbers as colours.", base: table,
      isSubclassable: false, allocate: { PyField($0) }, properties: properties,
      methods: methods + more)
  }

  static let image = type(
    "AxesImage", "matplotlib.image",
    [
      Native("__str__(self)", "Its size.") { a in
        .string("AxesImage(shape=(\(try field(a[0]).shape.map(String.init).joined(separator: ", "))))")
      }
    ])
  static let mesh = type("QuadMesh", "matplotlib.collections")
  static let contours = type("QuadContourSet", "matplotlib.contour")
}
