import Display
import Language
import Plotting
import TensorCore

/// The type `Axes` from its rows.
enum AxesType {
  static let rows: [AxesRow] =
    AxesPlots.rows + AxesStatistics.rows + FieldPlots.rows + AxesSettings.rows

  static var names: [String] { rows.map(\.method) }
  static let functions: [Native] = rows.compactMap(\.functionRow)

  private static func list(_ name: String, _ keep: @escaping (PyArtist) -> Bool) -> NativeProperty {
    NativeProperty(name, "The \(name) in order.") { value, machine in
      let found = try PyAxes.of(value).artists.filter(keep).map { Value.object($0) }
      return .object(PyArtistList.make(name, found, machine))
    }
  }

  static let properties: [NativeProperty] = [
    list("lines") { $0 is PyLine || $0 is PyRule },
    list("patches") { $0 is PyRectangle || ($0 as? PyShape)?.kindName == "Polygon" },
    list("collections") {
      $0 is PyPoints || ($0 as? PyShape).map { $0.kindName != "Polygon" } ?? false
        || ($0 as? PyField).map { $0.form != .image } ?? false
    },
    list("texts") { $0 is PyText },
    list("images") { ($0 as? PyField)?.form == .image },
    NativeProperty("containers", "Bars and other groups.") { value, _ in
      .list(try PyAxes.of(value).containers.map { .object($0) })
    },
    NativeProperty("figure", "The figure.") { value, _ in
      try PyAxes.of(value).figure.map { .object($0) } ?? .none
    },
    NativeProperty("title", "The title as a text.") { value, machine in
      let axes = try PyAxes.of(value)
      let text = PyText.make(axes.title, .float(0.5), .float(1), machine)
      text.onChange = { [weak axes] in axes?.title = $0 }
      return .object(text)
    },
    NativeProperty("transAxes", "Places as fractions of the axes.") { _, machine in
      .object(PyTransform(machine.type(PyTransform.table)))
    },
    NativeProperty("transData", "Places as numbers of the axes.") { _, _ in .none },
    NativeProperty("xaxis", "The x axis.") { value, machine in
      .object(PyAxisObject.make(try PyAxes.of(value), true, machine))
    },
    NativeProperty("yaxis", "The y axis.") { value, machine in
      .object(PyAxisObject.make(try PyAxes.of(value), false, machine))
    },
    NativeProperty("spines", "The sides of the frame; they have one look here.") { _, machine in
      .object(PySpines(machine.type(PySpines.table)))
    },
  ]
}

extension PyAxes {
  static let table = TypeTable(
    "Axes", module: "matplotlib.axes._axes", doc: "A pair of axes to draw in.",
    isSubclassable: false, allocate: { PyAxes($0) }, properties: AxesType.properties,
    methods: AxesType.rows.map(\.methodRow) + [
      Native("__str__(self)", "The place in the figure.") { a in
        let box = try PyAxes.of(a[0]).place.box
        func text(_ value: Double) -> String { NumberText.general(value, 6) }
        return .string("Axes(\(text(box.x)),\(text(box.y));\(text(box.width))x\(text(box.height)))")
      },
      Native("__repr__(self)", "Title and labels.") { a in
        let axes = try PyAxes.of(a[0])
        var parts: [String] = []
        if !axes.title.isEmpty { parts.append("title={'center': \(try a.machine.repr(.string(axes.title)))}") }
        if !axes.x.label.isEmpty { parts.append("xlabel=\(try a.machine.repr(.string(axes.x.label)))") }
        if !axes.y.label.isEmpty { parts.append("ylabel=\(try a.machine.repr(.string(axes.y.label)))") }
        return .string("<Axes: \(parts.joined(separator: ", "))>")
      }
    ])
}

/// `ax.lines` and its like.
final class PyArtistList: Instance {
  var name = ""
  var items: [Value] = []

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for item in items { visitor.visit(item) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += items
    items = []
  }

  static func make(_ name: String, _ items: [Value], _ machine: Machine) -> PyArtistList {
    let list = PyArtistList(machine.type(table))
    (list.name, list.items) = (name, items)
    return list
  }

  private static func of(_ value: Value) throws -> PyArtistList {
    guard let list = value.asInstance as? PyArtistList else {
      throw Raise(.typeError, "a list of artists is needed")
    }
    return list
  }

  static let table = TypeTable(
    "ArtistList", module: "matplotlib.axes", doc: "Artists of one kind, in order.",
    isSubclassable: false, allocate: { PyArtistList($0) },
    methods: [
      Native("__len__(self)", "How many.") { a in .int(try of(a[0]).items.count) },
      Native("__iter__(self)", "One after the other.") { a in
        try a.machine.iterator(.tuple(try of(a[0]).items))
      },
      Native("__getitem__(self, key)", "One, or a slice.") { a in
        try a.machine.call(
          a.machine.optionalAttribute(.tuple(try of(a[0]).items), "__getitem__") ?? .none, [a[1]])
      },
      Native("__repr__(self)", "Kind and number.") { a in
        let list = try of(a[0])
        return .string("<Axes.ArtistList of \(list.items.count) \(list.name)>")
      },
    ])
}

/// `ax.xaxis`, `ax.yaxis`.
final class PyAxisObject: Instance {
  weak var axes: PyAxes?
  var isX = true

  static func make(_ axes: PyAxes, _ isX: Bool, _ machine: Machine) -> PyAxisObject {
    let object = PyAxisObject(machine.type(table))
    (object.axes, object.isX) = (axes, isX)
    return object
  }

  static let table = TypeTable(
    "XAxis", module: "matplotlib.axis", doc: "One of the axes.", isSubclassable: false,
    allocate: { PyAxisObject($0) },
    methods: [
      Native("set_ticks(self, ticks, labels=None, **kwargs)", "The places with a label.") { a in
        let axis = try a.receiver(PyAxisObject.self)
        guard let axes = axis.axes else { return .none }
        let name = axis.isX ? "set_xticks" : "set_yticks"
        guard let method = try a.machine.optionalAttribute(.object(axes), name) else { return .none }
        return try a.machine.call(method, a[2].isNone ? [a[1]] : [a[1], a[2]])
      },
      Native("set_visible(self, b)", "Whether labels are drawn.") { a in
        let axis = try a.receiver(PyAxisObject.self)
        if try !a.bool(1) {
          if axis.isX { axis.axes?.x.ticks = [] } else { axis.axes?.y.ticks = [] }
        }
        return .none
      },
      Native("set_major_locator(self, locator)", "Ticks find their own places here.") { _ in .none },
      Native("set_minor_locator(self, locator)", "There are no minor ticks here.") { _ in .none },
      Native("set_major_formatter(self, formatter)", "Labels have one look here.") { _ in .none },
      Native("set_label_text(self, label, fontdict=None)", "The name of the axis.") { a in
        let axis = try a.receiver(PyAxisObject.self)
        let text = try a.string(1)
        if axis.isX { axis.axes?.x.label = text } else { axis.axes?.y.label = text }
        return .none
      },
      Native("tick_top(self)", "Labels stand below here.") { _ in .none },
      Native("tick_right(self)", "Labels stand at the left here.") { _ in .none },
      Native("grid(self, visible=None, which='major', **kwargs)", "Grid lines are quiet here.") { _ in .none },
    ])
}

/// `ax.spines`: the frame has one look here; its sides can be named and told to hide.
final class PySpines: Instance {
  static let table = TypeTable(
    "Spines", module: "matplotlib.spines", doc: "The sides of the frame.", isSubclassable: false,
    allocate: { PySpines($0) },
    missingAttribute: { instance, name, machine in
      ["left", "right", "top", "bottom"].contains(name) ? .object(instance) : nil
    },
    methods: [
      Native("__getitem__(self, key)", "One side, or several.") { a in a[0] },
      Native("values(self)", "The sides.") { a in .list([a[0]]) },
      Native("set_visible(self, b)", "Frames have one look here.") { _ in .none },
      Native("set_color(self, c)", "Frames have one look here.") { _ in .none },
      Native("set_linewidth(self, w)", "Frames have one look here.") { _ in .none },
      Native("set_position(self, position)", "Frames have one look here.") { _ in .none },
    ])
}

/// What `subplots(2, 2)` gives: axes by row and column, as NumPy's arrays of objects are used.
final class PyAxesArray: Instance {
  var items: [Value] = []
  var shape: [Int] = []

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for item in items { visitor.visit(item) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += items
    items = []
  }

  static func make(_ items: [Value], _ shape: [Int], _ machine: Machine) -> Value {
    let array = PyAxesArray(machine.type(table))
    (array.items, array.shape) = (items, shape)
    return .object(array)
  }

  private static func of(_ value: Value) throws -> PyAxesArray {
    guard let array = value.asInstance as? PyAxesArray else {
      throw Raise(.typeError, "an array of axes is needed")
    }
    return array
  }

  private func rows(_ machine: Machine) -> [Value] {
    guard shape.count == 2 else { return items }
    let width = shape[1]
    return (0..<shape[0]).map { row in
      PyAxesArray.make(Array(items[(row * width)..<((row + 1) * width)]), [width], machine)
    }
  }

  private static func place(_ value: Value, _ size: Int, _ axis: Int, _ machine: Machine) throws -> Int {
    guard let index = try machine.index(value) else {
      throw Raise(
        .indexError, "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and "
          + "integer or boolean arrays are valid indices")
    }
    let at = index < 0 ? index + size : index
    guard at >= 0, at < size else {
      throw Raise(.indexError, "index \(index) is out of bounds for axis \(axis) with size \(size)")
    }
    return at
  }

  private static func get(_ a: Arguments) throws -> Value {
    let array = try of(a[0])
    let rows = array.rows(a.machine)
    if let pair = a[1].asTuple, pair.count == 2, array.shape.count == 2 {
      if try a.machine.index(pair[0]) != nil {
        let row = try place(pair[0], array.shape[0], 0, a.machine)
        if try a.machine.index(pair[1]) != nil {
          return array.items[row * array.shape[1] + (try place(pair[1], array.shape[1], 1, a.machine))]
        }
        return try part(rows[row], pair[1], a.machine)
      }
      guard try a.machine.index(pair[1]) != nil else { return a[0] }
      let column = try place(pair[1], array.shape[1], 1, a.machine)
      let items = (0..<array.shape[0]).map { array.items[$0 * array.shape[1] + column] }
      return try part(make(items, [items.count], a.machine), pair[0], a.machine)
    }
    if try a.machine.index(a[1]) == nil { return try part(a[0], a[1], a.machine) }
    return rows[try place(a[1], array.shape[0], 0, a.machine)]
  }

  /// A slice of the first axis.
  private static func part(_ value: Value, _ slice: Value, _ machine: Machine) throws -> Value {
    let array = try of(value)
    let rows = array.rows(machine)
    let method = try machine.optionalAttribute(.list(rows), "__getitem__") ?? .none
    let kept = try machine.array(machine.call(method, [slice]))
    guard array.shape.count == 2 else { return make(kept, [kept.count], machine) }
    return make(try kept.flatMap { try of($0).items }, [kept.count, array.shape[1]], machine)
  }

  static let table = TypeTable(
    "ndarray", module: "numpy", doc: "Axes by row and column.", isSubclassable: false,
    allocate: { PyAxesArray($0) },
    properties: [
      NativeProperty("shape", "Rows and columns.") { value, _ in
        .tuple(try of(value).shape.map { .int($0) })
      },
      NativeProperty("size", "How many.") { value, _ in .int(try of(value).items.count) },
      NativeProperty("ndim", "1 or 2.") { value, _ in .int(try of(value).shape.count) },
      NativeProperty("flat", "One after the other.") { value, machine in
        let array = try of(value)
        return make(array.items, [array.items.count], machine)
      },
      NativeProperty("T", "Rows and columns exchanged.") { value, machine in
        let array = try of(value)
        guard array.shape.count == 2 else { return value }
        let (rows, columns) = (array.shape[0], array.shape[1])
        return make(
          (0..<columns).flatMap { column in (0..<rows).map { array.items[$0 * columns + column] } },
          [columns, rows], machine)
      },
    ],
    methods: [
      Native("__len__(self)", "The number of rows.") { a in .int(try of(a[0]).shape.first ?? 0) },
      Native("__iter__(self)", "Row by row.") { a in
        try a.machine.iterator(.tuple(try of(a[0]).rows(a.machine)))
      },
      Native("__getitem__(self, key)", "One of them, a row, or a slice.", body: get),
      Native("flatten(self, order='C')", "In one row.") { a in
        let array = try of(a[0])
        return make(array.items, [array.items.count], a.machine)
      },
      Native("ravel(self, order='C')", "In one row.") { a in
        let array = try of(a[0])
        return make(array.items, [array.items.count], a.machine)
      },
      Native("reshape(self, *shape)", "In other rows.") { a in
        let array = try of(a[0])
        var shape = try a.sizes(1)
        if let open = shape.firstIndex(of: -1) {
          let rest = shape.reduce(1) { $1 == -1 ? $0 : $0 * max($1, 1) }
          shape[open] = array.items.count / max(rest, 1)
        }
        guard shape.count == 1 || shape.count == 2, shape.allSatisfy({ $0 >= 0 && $0 < 1000 }),
          shape.reduce(1, *) == array.items.count
        else {
          throw Raise(
            .valueError, "cannot reshape array of size \(array.items.count) into shape "
              + "(\(shape.map(String.init).joined(separator: ",")))")
        }
        return make(array.items, shape, a.machine)
      },
      Native("tolist(self)", "As lists.") { a in
        let array = try of(a[0])
        guard array.shape.count == 2 else { return .list(array.items) }
        return .list(try array.rows(a.machine).map { .list(try of($0).items) })
      },
      Native("__str__(self)", "Row by row.") { a in
        let array = try of(a[0])
        func line(_ items: [Value]) throws -> String {
          "[" + (try items.map { try a.machine.repr($0) }).joined(separator: " ") + "]"
        }
        if array.shape.count == 1 { return .string(try line(array.items)) }
        let rows = try array.rows(a.machine).map { try line(try of($0).items) }
        return .string("[" + rows.joined(separator: "\n ") + "]")
      },
      Native("__repr__(self)", "Row by row.") { a in
        let array = try of(a[0])
        func line(_ items: [Value]) throws -> String {
          "[" + (try items.map { try a.machine.repr($0) }).joined(separator: ", ") + "]"
        }
        if array.shape.count == 1 { return .string("array(\(try line(array.items)), dtype=object)") }
        let rows = try array.rows(a.machine).map { try line(try of($0).items) }
        return .string("array([" + rows.joined(separator: ",\n       ") + "], dtype=object)")
      },
    ])
}
