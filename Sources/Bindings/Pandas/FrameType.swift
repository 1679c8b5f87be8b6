import Display
import Frames
import Language
import TensorCore

/// `pandas.DataFrame`: the type with its properties and subscripts.
enum FrameType {
  static let table = TypeTable(
    "DataFrame", module: "pandas", doc: "A table: columns and rows under labels.",
    allocate: { FrameObject(DataFrame(columns: [], labels: Labels(count: 0), index: Labels(count: 0)), $0) },
    willSetAttribute: { instance, name, value, machine in
      guard let object = instance as? FrameObject,
        let place = object.frame.places(of: .string(name)).first
      else { return false }
      _ = place
      try set(object, .string(name), value, machine)
      return true
    },
    missingAttribute: { instance, name, machine in
      guard let own = (instance as? FrameObject)?.frame,
        let place = own.places(of: .string(name)).first, !own.labels.isMulti
      else { return nil }
      return machine.value(own.series(at: place))
    },
    values: [("__hash__", { _ in .none })],
    properties: properties, statics: [],
    classMethods: [
      Native("from_dict(cls, data, orient='columns', dtype=None, columns=None)", "A table of a dictionary.") { a in
        let machine = a.machine
        var columns: Labels?
        if a.isSet("columns") { columns = try machine.labels(a["columns"]) }
        guard try a.text("orient") == "index", let dict = a[1].asDict else {
          return machine.value(try FrameBuilder.build(a[1], nil, columns, machine))
        }
        let index = try Labels(cells: dict.keys.map { try machine.cell($0) })
        var frame = try FrameBuilder.build(.list(dict.values), nil, columns, machine)
        frame.index = index
        return machine.value(frame)
      },
      Native("from_records(cls, data, index=None, exclude=None, columns=None)", "A table of rows.") { a in
        var columns: Labels?
        if a.isSet("columns") { columns = try a.machine.labels(a["columns"]) }
        return a.machine.value(try FrameBuilder.build(a[1], nil, columns, a.machine))
      },
    ],
    methods: basics + PandasOperators.frameMethods + PandasReductions.frameMethods
      + FrameMethods.rows + FrameChanges.rows + FrameFunctions.rows)

  private static func property(
    _ name: String, _ doc: String, set: ((FrameObject, Value, Machine) throws -> Void)? = nil,
    _ get: @escaping (DataFrame, Machine) throws -> Value
  ) -> NativeProperty {
    NativeProperty(
      name, doc,
      get: { value, machine in
        guard let own = value.asFrame else { return .none }
        return try get(own, machine)
      },
      set: set.map { set in
        { value, new, machine in
          if let object = value.asInstance as? FrameObject { try set(object, new, machine) }
        }
      })
  }

  /// An axis that knows its table: `df.index.name = "id"` names the table's rows.
  private static func axisProperty(
    _ name: String, _ doc: String, _ axis: WritableKeyPath<DataFrame, Labels>,
    set: @escaping (FrameObject, Value, Machine) throws -> Void
  ) -> NativeProperty {
    NativeProperty(
      name, doc,
      get: { value, machine in
        guard let object = value.asInstance as? FrameObject else { return .none }
        return IndexObject.of(object, object.frame[keyPath: axis], axis, machine)
      },
      set: { value, new, machine in
        if let object = value.asInstance as? FrameObject { try set(object, new, machine) }
      })
  }

  private static func accessor(_ kind: String, _ doc: String) -> NativeProperty {
    NativeProperty(kind, doc) { value, machine in
      guard let object = value.asInstance as? FrameObject else { return .none }
      return try PandasAccessors.make(kind, object, machine)
    }
  }

  private static func lengthMismatch(_ old: Int, _ new: Int) -> Raise {
    Raise(
      .valueError,
      "Length mismatch: Expected axis has \(old) elements, new values have \(new) elements")
  }

  private static let properties: [NativeProperty] = [
    property("values", "The cells as an array of two axes.") { own, machine in
      try values(own, machine)
    },
    property("dtypes", "The type of each column.") { own, machine in
      let cells = try own.columns.map { try machine.cell(PandasArrays.dtypeValue($0, machine)) }
      return machine.value(Series(Vector(objects: cells), index: own.labels))
    },
    axisProperty(
      "columns", "The labels of the columns.", \.labels,
      set: { object, value, machine in
        let labels = try machine.labels(value)
        guard labels.count == object.frame.columnCount else {
          throw lengthMismatch(object.frame.columnCount, labels.count)
        }
        object.frame.labels = labels
      }),
    axisProperty(
      "index", "The labels of the rows.", \.index,
      set: { object, value, machine in
        let labels = try machine.labels(value)
        guard labels.count == object.frame.rowCount else {
          throw lengthMismatch(object.frame.rowCount, labels.count)
        }
        object.frame.index = labels
      }),
    property("shape", "Rows and columns.") { own, _ in
      .tuple([.int(own.rowCount), .int(own.columnCount)])
    },
    property("size", "The number of cells.") { own, _ in .int(own.rowCount * own.columnCount) },
    property("ndim", "2.") { _, _ in .int(2) },
    property("empty", "Whether there are no cells.") { own, _ in .bool(own.isEmpty) },
    property("T", "The table on its side.") { own, machine in machine.value(try own.transposed()) },
    property("axes", "The labels of rows and columns.") { own, machine in
      .list([machine.value(own.index), machine.value(own.labels)])
    },
    property("attrs", "Notes: an empty dictionary.") { _, _ in .object(DictObject()) },
    accessor("loc", "Rows and columns by label."), accessor("iloc", "Rows and columns by place."),
    accessor("at", "One cell by label."), accessor("iat", "One cell by place."),
    accessor("plot", "Plots."),
  ]

  static func values(_ own: DataFrame, _ machine: Machine, dtype: DataType? = nil) throws -> Value {
    var own = own
    if let dtype { own.columns = try own.columns.map { try $0.converted(to: dtype) } }
    switch own.commonType {
    case .integer, .floating, .bool: return machine.ndarray(try PandasTensors.tensor(own))
    default:
      var cells: [Frames.Cell] = []
      cells.reserveCapacity(own.rowCount * own.columnCount)
      for row in 0..<own.rowCount { for column in own.columns { cells.append(column[row]) } }
      return .object(
        ArrayObject(Vector(objects: cells), .table(columns: own.columnCount), machine.pandas.objectArray))
    }
  }

  private static let basics: [Native] = [
    Native(
      "__init__(self, data=None, index=None, columns=None, dtype=None, copy=None)",
      "A table of columns, rows or an array."
    ) { a in
      try a.receiver(FrameObject.self).frame = try FrameBuilder.build(a)
      return .none
    },
    Native("__repr__(self)", "The cells under their labels.") { a in
      .string(try TableText.text(a.ownFrame, a.machine.pandas.options))
    },
    Native("_repr_html_(self)", "The cells as an HTML table.") { a in
      .string(try TableHTML.text(a.ownFrame, a.machine.pandas.options))
    },
    Native("__len__(self)", "The number of rows.") { a in .int(try a.ownFrame.rowCount) },
    Native("__iter__(self)", "The labels of the columns.") { a in
      try a.machine.iterator(.list(a.ownFrame.labels.cells.map { a.machine.value($0) }))
    },
    Native("__contains__(self, key)", "Whether there is such a column.") { a in
      .bool(!(try a.ownFrame.places(of: a.cell(1)).isEmpty))
    },
    Native("__bool__(self)", "Refused: say any, all or empty.") { _ in
      throw Raise(
        .valueError,
        "The truth value of a DataFrame is ambiguous. Use a.empty, a.item(), a.any() or a.all().")
    },
    Native("__getitem__(self, key)", "A column, several, or some rows.") { a in try get(a) },
    Native("__setitem__(self, key, value)", "Sets a column, several, or cells.") { a in
      try set(a.receiver(FrameObject.self), a[1], a[2], a.machine)
      return .none
    },
    Native("__delitem__(self, key)", "Removes a column.") { a in
      let object = try a.receiver(FrameObject.self)
      let place = try object.frame.place(of: a.cell(1))
      object.frame = object.frame.droppingColumns([place])
      return .none
    },
    each("__neg__(self)", "The negative cells.") { column, _ in try column.negated() },
    each("__abs__(self)", "The magnitudes.") { column, _ in try column.absolute() },
    each("__invert__(self)", "Not, cell by cell.") { column, _ in try column.inverted() },
    Native("__round__(self, decimals=0)", "Rounded.") { a in
      try a.machine.call(a.machine.attribute(a[0], "round"), [a[1]])
    },
    Native("__matmul__(self, other)", "The matrix product.") { a in try FrameFunctions.dot(a) },
  ]

  /// A method that changes column by column.
  static func each(
    _ signature: String, _ doc: String,
    index: @escaping (Labels, Arguments) throws -> Labels = { labels, _ in labels },
    _ body: @escaping (Vector, Arguments) throws -> Vector
  ) -> Native {
    Native(signature, doc) { a in
      var own = try a.ownFrame
      own.index = try index(own.index, a)
      if a.isSet("axis"), try a.axis() == 1 {
        var turned = try own.transposed()
        turned.columns = try turned.columns.map { try body($0, a) }
        return try a.finish(turned.transposed())
      }
      own.columns = try own.columns.map { try body($0, a) }
      return try a.finish(own)
    }
  }

  // MARK: - Subscripts

  private static func get(_ a: Arguments) throws -> Value {
    let own = try a.ownFrame
    let machine = a.machine
    var key = a[1]
    if key.object is FunctionObject { key = try machine.call(key, [a[0]]) }
    if let text = key.swiftString, !own.labels.isMulti {
      let cell = Frames.Cell.string(text)
      let places = own.places(of: cell)
      if places.count == 1 { return machine.value(own.series(at: places[0])) }
      if places.isEmpty { throw PandasErrors.raise(own.unknown(cell), machine) }
      return machine.value(own.selecting(places))
    }
    if let slice = key.object as? SliceObject {
      if try SeriesType.isByPlace(slice, own.index, machine) {
        return machine.value(try PandasSelection.sliced(own, slice))
      }
      return machine.value(own.taking(try PandasSelection.byLabel(key, own.index, machine, noun: "index").rows))
    }
    if let frame = key.asFrame {
      var result = own
      result.columns = try own.columns.indices.map { place in
        guard let other = frame.places(of: own.labels[place]).first else { return own.columns[place] }
        let flags = frame.columns[other].cells
        return try own.columns[place].replacing(
          flags.indices.filter { flags[$0] != .bool(true) },
          with: flags.filter { $0 != .bool(true) }.map { _ in .missing })
      }
      return machine.value(result)
    }
    if let mask = try PandasSelection.mask(key, own.index, machine) {
      guard mask.count == own.rowCount else {
        throw Raise(.valueError, "Item wrong length \(mask.count) instead of \(own.rowCount).")
      }
      return machine.value(own.filtered(mask))
    }
    if key.asTuple == nil, key.asNumpyScalar == nil, !(key.asInstance is TimeObject),
      let wanted = try key.asLabels?.vector ?? machine.vector(key)
    {
      return machine.value(try own.selecting(wanted.cells))
    }
    return try column(own, machine.cell(key), machine)
  }

  /// A column, or those under the first levels of a label.
  static func column(_ own: DataFrame, _ cell: Frames.Cell, _ machine: Machine) throws -> Value {
    let places = own.places(of: cell)
    guard !places.isEmpty else { throw PandasErrors.raise(own.unknown(cell), machine) }
    let depth = if case .tuple(let parts) = cell { parts.count } else { 1 }
    if own.labels.isMulti, depth < own.labels.levelCount {
      var result = own.selecting(places)
      for _ in 0..<depth where result.labels.isMulti { result.labels = result.labels.dropping(level: 0) }
      if result.columnCount == 1, result.labels[0] == .string("") {
        return machine.value(Series(result.columns[0], index: result.index, name: cell))
      }
      return machine.value(result)
    }
    if places.count > 1 { return machine.value(own.selecting(places)) }
    return machine.value(Series(own.columns[places[0]], index: own.index, name: cell))
  }

  static func set(_ object: FrameObject, _ key: Value, _ value: Value, _ machine: Machine) throws {
    let own = object.frame
    if key.object is SliceObject || key.asTuple == nil && key.swiftString == nil,
      let mask = try? PandasSelection.mask(key, own.index, machine)
    {
      let rows = mask.indices.filter { mask[$0] }
      for place in own.columns.indices {
        object.frame.columns[place] = try SeriesType.assigned(own.columns[place], rows, value, own.index, machine)
      }
      return
    }
    if let frame = key.asFrame {
      for place in own.columns.indices {
        guard let other = frame.places(of: own.labels[place]).first else { continue }
        let flags = frame.columns[other].cells
        let rows = flags.indices.filter { flags[$0] == .bool(true) }
        object.frame.columns[place] = try SeriesType.assigned(own.columns[place], rows, value, own.index, machine)
      }
      return
    }
    if key.asTuple == nil, key.swiftString == nil, let wanted = try machine.vector(key) {
      try setSeveral(object, wanted.cells, value, machine)
      return
    }
    let cell = try machine.cell(key)
    if own.columnCount == 0, own.rowCount == 0, let series = value.asSeries {
      object.frame = DataFrame(columns: [series.values], labels: Labels.one(cell), index: series.index)
      return
    }
    if let frame = value.asFrame {
      guard frame.columnCount == 1 else {
        throw Raise(
          .valueError,
          "Cannot set a DataFrame with multiple columns to the single column \(cell.shown)")
      }
      try object.frame.set(cell, to: frame.reindexed(rows: own.index).columns[0])
      return
    }
    try object.frame.set(cell, to: column(for: value, own, machine))
  }

  /// A value as a column of a table: aligned, one per row, or the same in all rows.
  static func column(for value: Value, _ own: DataFrame, _ machine: Machine) throws -> Vector {
    if let series = value.asSeries {
      return series.index.isEqual(own.index) ? series.values : try series.reindexed(own.index).values
    }
    if let object = value.asTensorObject, object.tensor.rank == 2, object.tensor.shape[1] == 1 {
      return try machine.vector(object.tensor.select(1, 0))
    }
    if value.swiftString == nil, value.asNumpyScalar == nil, let vector = try machine.vector(value) {
      return vector
    }
    let cell = try machine.cell(value)
    let cells = [Frames.Cell](repeating: cell, count: own.rowCount)
    if own.rowCount == 0 { return Vector(empty: try Vector(cells: [cell]).type) }
    return try Vector(cells: cells)
  }

  private static func setSeveral(
    _ object: FrameObject, _ labels: [Frames.Cell], _ value: Value, _ machine: Machine
  ) throws {
    if let frame = value.asFrame {
      guard frame.columnCount == labels.count else {
        throw Raise(.valueError, "Columns must be same length as key")
      }
      let aligned = try frame.reindexed(rows: object.frame.index)
      for (place, label) in labels.enumerated() { try object.frame.set(label, to: aligned.columns[place]) }
      return
    }
    if let object2 = value.asTensorObject, object2.tensor.rank == 2 {
      let made = try FrameBuilder.frame(object2.tensor, machine)
      guard made.columnCount == labels.count else {
        throw Raise(.valueError, "Columns must be same length as key")
      }
      for (place, label) in labels.enumerated() { try object.frame.set(label, to: made.columns[place]) }
      return
    }
    if value.swiftString == nil, let vector = try machine.vector(value) {
      let rows = try machine.array(value)
      if rows.allSatisfy({ $0.asList != nil || $0.asTuple != nil }) {
        let made = try FrameBuilder.build(value, nil, nil, machine)
        guard made.columnCount == labels.count else {
          throw Raise(.valueError, "Columns must be same length as key")
        }
        for (place, label) in labels.enumerated() { try object.frame.set(label, to: made.columns[place]) }
        return
      }
      guard vector.count == labels.count else {
        throw Raise(.valueError, "Columns must be same length as key")
      }
      for (place, label) in labels.enumerated() {
        let cells = [Frames.Cell](repeating: vector[place], count: object.frame.rowCount)
        try object.frame.set(label, to: Vector(cells: cells))
      }
      return
    }
    for label in labels { try object.frame.set(label, to: column(for: value, object.frame, machine)) }
  }
}

extension FrameObject: RichObject {
  func bundle(_ machine: Machine) throws -> MIMEBundle {
    var options = machine.pandas.options
    if options.maxColumns == 0 { options.maxColumns = 20 }
    var result = MIMEBundle(plain: try TableText.text(frame, options))
    result.data["text/html"] = .string(try TableHTML.text(frame, options))
    return result
  }
}
