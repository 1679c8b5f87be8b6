import Classical
import Frames
import Language
import TensorCore

/// `pandas.Series`: the type with its properties and methods.
enum SeriesType {
  static let table = TypeTable(
    "Series", module: "pandas", doc: "A column with a label for each row.",
    allocate: { SeriesObject(Series(Vector(empty: .object)), $0) },
    willSetAttribute: { _, _, _, _ in false },
    missingAttribute: { instance, name, machine in
      guard let own = (instance as? SeriesObject)?.series else { return nil }
      if own.index.isRange || name.hasPrefix("__") { return nil }
      let rows = own.index.places(of: .string(name))
      return rows.count == 1 ? machine.element(own.values, rows[0]) : nil
    },
    values: [("__hash__", { _ in .none })],
    properties: properties,
    methods: basics + PandasOperators.seriesMethods + PandasReductions.seriesMethods
      + SeriesMethods.rows + SeriesChanges.rows + SeriesFunctions.rows)

  private static func property(
    _ name: String, _ doc: String, set: ((SeriesObject, Value, Machine) throws -> Void)? = nil,
    _ get: @escaping (Series, Machine) throws -> Value
  ) -> NativeProperty {
    NativeProperty(
      name, doc,
      get: { value, machine in
        guard let own = value.asSeries else { return .none }
        return try get(own, machine)
      },
      set: set.map { set in
        { value, new, machine in
          if let object = value.asInstance as? SeriesObject { try set(object, new, machine) }
        }
      })
  }

  private static func accessor(_ kind: String, _ doc: String) -> NativeProperty {
    NativeProperty(kind, doc) { value, machine in
      guard let object = value.asInstance as? SeriesObject else { return .none }
      return try PandasAccessors.make(kind, object, machine)
    }
  }

  private static let properties: [NativeProperty] = [
    property("values", "The values as an array.") { own, machine in
      switch own.values.type {
      case .string, .nullable, .category: return try PandasArrays.extended(own.values, machine)
      case .date, .span: return try PandasArrays.extended(own.values, machine)
      default: return try machine.arrayValue(own.values)
      }
    },
    property("array", "The values as an array.") { own, machine in
      try PandasArrays.extended(own.values, machine)
    },
    property("dtype", "The type of the values.") { own, machine in
      PandasArrays.dtypeValue(own.values, machine)
    },
    property("dtypes", "The type of the values.") { own, machine in
      PandasArrays.dtypeValue(own.values, machine)
    },
    NativeProperty(
      "index", "The labels.",
      get: { value, machine in
        guard let object = value.asInstance as? SeriesObject else { return .none }
        return IndexObject.of(object, object.series.index, \.index, machine)
      },
      set: { value, new, machine in
        guard let object = value.asInstance as? SeriesObject else { return }
        let labels = try machine.labels(new)
        guard labels.count == object.series.count else {
          throw Raise(
            .valueError,
            "Length mismatch: Expected axis has \(object.series.count) elements, new values have "
              + "\(labels.count) elements")
        }
        object.series.index = labels
      }),
    property(
      "name", "The name.",
      set: { object, value, machine in object.series.name = try machine.cell(value) }
    ) { own, machine in machine.value(own.name) },
    property("shape", "The number of rows, a tuple.") { own, _ in .tuple([.int(own.count)]) },
    property("size", "The number of rows.") { own, _ in .int(own.count) },
    property("ndim", "1.") { _, _ in .int(1) },
    property("T", "The series itself.") { own, machine in machine.value(own) },
    property("empty", "Whether there are no rows.") { own, _ in .bool(own.count == 0) },
    property("nbytes", "Bytes of the values.") { own, _ in .int(Description.memory(own.values)) },
    property("hasnans", "Whether anything is missing.") { own, _ in .bool(own.values.missingCount > 0) },
    property("is_unique", "Whether no value repeats.") { own, _ in
      .bool(own.values.unique().count == own.count)
    },
    property("is_monotonic_increasing", "Whether values ascend.") { own, _ in
      .bool(own.values.isMonotonic(increasing: true))
    },
    property("is_monotonic_decreasing", "Whether values descend.") { own, _ in
      .bool(own.values.isMonotonic(increasing: false))
    },
    property("axes", "The labels, in a list.") { own, machine in .list([machine.value(own.index)]) },
    property("attrs", "Notes: an empty dictionary.") { _, _ in .object(DictObject()) },
    accessor("loc", "Rows by label."), accessor("iloc", "Rows by place."),
    accessor("at", "One value by label."), accessor("iat", "One value by place."),
    accessor("str", "Methods of texts, row by row."), accessor("dt", "Parts of dates, row by row."),
    accessor("cat", "Categories."), accessor("plot", "Plots."),
  ]

  private static let basics: [Native] = [
    Native(
      "__init__(self, data=None, index=None, dtype=None, name=None, copy=None)",
      "A column of a list, array, dictionary or one value."
    ) { a in
      try a.receiver(SeriesObject.self).series = try build(a)
      return .none
    },
    Native("__repr__(self)", "The rows, the name and the dtype.") { a in
      .string(try TableText.text(a.ownSeries, a.machine.pandas.options))
    },
    Native("__len__(self)", "The number of rows.") { a in .int(try a.ownSeries.count) },
    Native("__iter__(self)", "The values in order.") { a in
      let own = try a.ownSeries
      var row = 0
      return .object(
        NativeIterator("generator") { machine in
          guard row < own.count else { return .undefined }
          row += 1
          return machine.value(own.values[row - 1])
        })
    },
    Native("__contains__(self, key)", "Whether there is such a label.") { a in
      .bool(!(try a.ownSeries.index.places(of: a.cell(1)).isEmpty))
    },
    Native("__bool__(self)", "Refused: say any or all.") { _ in
      throw Raise(
        .valueError,
        "The truth value of a Series is ambiguous. Use a.empty, a.item(), a.any() or a.all().")
    },
    Native("__float__(self)", "The one value as a float.") { a in
      let own = try a.ownSeries
      guard own.count == 1, let number = own.values[0].number else {
        throw Raise(.typeError, "cannot convert the series to <class 'float'>")
      }
      return .float(number)
    },
    Native("__int__(self)", "The one value as an int.") { a in
      let own = try a.ownSeries
      guard own.count == 1, let number = own.values[0].number, let whole = Int(exactly: number.rounded(.towardZero)) else {
        throw Raise(.typeError, "cannot convert the series to <class 'int'>")
      }
      return .int(whole)
    },
    Native("__neg__(self)", "The negative values.") { a in
      let own = try a.ownSeries
      return a.machine.value(own.with(try own.values.negated()))
    },
    Native("__pos__(self)", "The values.") { a in a.machine.value(try a.ownSeries) },
    Native("__abs__(self)", "The magnitudes.") { a in
      let own = try a.ownSeries
      return a.machine.value(own.with(try own.values.absolute()))
    },
    Native("__invert__(self)", "Not, row by row.") { a in
      let own = try a.ownSeries
      return a.machine.value(own.with(try own.values.inverted()))
    },
    Native("__matmul__(self, other)", "The product of vectors.") { a in try SeriesFunctions.dot(a) },
    Native("__getitem__(self, key)", "One value by label, or some rows.") { a in try get(a) },
    Native("__setitem__(self, key, value)", "Overwrites what the key names.") { a in
      try set(a.receiver(SeriesObject.self), a[1], a[2], a.machine)
      return .none
    },
    Native("__delitem__(self, key)", "Removes a row.") { a in
      let object = try a.receiver(SeriesObject.self)
      let cell = try a.cell(1)
      let rows = Set(object.series.index.places(of: cell))
      guard !rows.isEmpty else { throw PandasSelection.noLabel(cell, object.series.index, a.machine) }
      object.series = object.series.taking((0..<object.series.count).filter { !rows.contains($0) })
      return .none
    },
    Native("__round__(self, decimals=0)", "Rounded.") { a in
      let own = try a.ownSeries
      return a.machine.value(own.with(own.values.rounded(try a.int("decimals") ?? 0)))
    },
  ]

  // MARK: - Building

  static func build(_ a: Arguments) throws -> Series {
    let machine = a.machine
    let data = a["data"]
    let name: Frames.Cell = a.isSet("name") ? try machine.cell(a["name"]) : .null
    let dtype = try machine.dataType(a["dtype"])
    var index: Labels?
    if a.isSet("index") { index = try machine.labels(a["index"]) }
    if data.isNone || !data.isGiven {
      let labels = index ?? Labels(count: 0)
      let hole: Frames.Cell = dtype == nil && labels.count == 0 ? .null : .missing
      let cells = [Frames.Cell](repeating: hole, count: labels.count)
      let values = try dtype.map { try Vector(cells: cells, as: $0) } ?? (cells.isEmpty ? Vector(empty: .object) : Vector(doubles: cells.map { _ in .nan }))
      return Series(values, index: labels, name: name)
    }
    if let series = data.asSeries {
      var result = series
      if let index { result = try series.reindexed(index) }
      if let dtype { result.values = try result.values.converted(to: dtype) }
      if a.isSet("name") { result.name = name }
      return result
    }
    if let dict = data.asDict {
      let pairs = dict.pairs
      let labels = pairs.isEmpty ? Labels(Vector(empty: .object)) : try Labels(cells: pairs.map { try machine.cell($0.key) })
      var values = pairs.isEmpty ? Vector(empty: .object) : try Vector(cells: pairs.map { try machine.cell($0.value) })
      if let dtype, index == nil { values = try values.converted(to: dtype) }
      var result = Series(values, index: labels, name: name)
      if let index { result = try result.reindexed(index) }
      if let dtype { result.values = try result.values.converted(to: dtype) }
      return result
    }
    if let labels = data.asLabels {
      var values = labels.vector
      if let dtype { values = try values.converted(to: dtype) }
      return try Series(checked: values, index: index ?? Labels(count: values.count), name: a.isSet("name") ? name : labels.name)
    }
    if var vector = try machine.vector(data, dtype: dtype) {
      if vector.count == 1, let index, index.count > 1, data.asTensorObject == nil { _ = index }
      if vector.type == .object, vector.count == 0, let dtype { vector = Vector(empty: dtype) }
      return try Series(checked: vector, index: index ?? Labels(count: vector.count), name: name)
    }
    let count = index?.count ?? 1
    let cell = try machine.cell(data)
    var vector = try Vector(cells: [Frames.Cell](repeating: cell, count: count))
    if let dtype { vector = try vector.converted(to: dtype) }
    return Series(vector, index: index ?? Labels(count: count), name: name)
  }

  // MARK: - Subscripts

  private static func get(_ a: Arguments) throws -> Value {
    let own = try a.ownSeries
    let machine = a.machine
    let key = a[1]
    if let slice = key.object as? SliceObject {
      if try isByPlace(slice, own.index, machine) { return machine.value(try PandasSelection.sliced(own, slice)) }
      let rows = try PandasSelection.byLabel(key, own.index, machine, noun: "index").rows
      return machine.value(own.taking(rows))
    }
    if key.object is FunctionObject { return try machine.item(a[0], machine.call(key, [a[0]])) }
    if let mask = try PandasSelection.mask(key, own.index, machine) {
      guard mask.count == own.count else {
        throw Raise(.indexError, "Boolean index has wrong length: \(mask.count) instead of \(own.count)")
      }
      return machine.value(own.filtered(mask))
    }
    return try take(own, PandasSelection.byLabel(key, own.index, machine, noun: "index"), machine)
  }

  /// Slices of integers go by place, unless the labels are floats.
  static func isByPlace(_ slice: SliceObject, _ index: Labels, _ machine: Machine) throws -> Bool {
    func isNumber(_ value: Value) -> Bool {
      if case .int = value { return true }
      return value.isNone || value.asNumpyScalar != nil
    }
    return isNumber(slice.lower) && isNumber(slice.upper) && !index.vector.type.isFloating
  }

  static func take(_ own: Series, _ choice: PandasSelection.Choice, _ machine: Machine) throws -> Value {
    switch choice {
    case .one(let row): return machine.element(own.values, row)
    case .many(let rows): return machine.value(own.taking(rows))
    case .part(let rows, let levels):
      var result = own.taking(rows)
      for _ in 0..<levels where result.index.isMulti { result.index = result.index.dropping(level: 0) }
      return machine.value(result)
    }
  }

  static func set(_ object: SeriesObject, _ key: Value, _ value: Value, _ machine: Machine) throws {
    let own = object.series
    let rows: [Int]
    if let slice = key.object as? SliceObject, try isByPlace(slice, own.index, machine) {
      rows = try PandasSelection.places(slice, own.count)
    } else if try key.object is SliceObject || key.asList != nil
      || PandasSelection.mask(key, own.index, machine) != nil
    {
      rows = try PandasSelection.byLabel(key, own.index, machine, noun: "index").rows
    } else {
      let cell = try machine.cell(key)
      rows = own.index.places(of: cell)
      if rows.isEmpty {
        try append(object, cell, machine.cell(value))
        return
      }
    }
    object.series.values = try assigned(own.values, rows, value, own.index, machine)
  }

  static func append(_ object: SeriesObject, _ label: Frames.Cell, _ cell: Frames.Cell) throws {
    let own = object.series
    let index = try Labels(cells: own.index.cells + [label], names: own.index.names)
    let values = try Vector.joining([own.values, Vector(cells: [cell])])
    object.series = Series(values, index: index, name: own.name)
  }

  /// A column with values at some rows: one for all, or one for each.
  static func assigned(
    _ column: Vector, _ rows: [Int], _ value: Value, _ index: Labels, _ machine: Machine
  ) throws -> Vector {
    var cells: [Frames.Cell]
    if let series = value.asSeries {
      let places = index.taking(rows).places(in: series.index)
      cells = places.map { $0.map { series.values[$0] } ?? .missing }
    } else if value.swiftString == nil, value.asNumpyScalar == nil, let vector = try machine.vector(value) {
      if vector.count == 1, rows.count != 1 {
        cells = [Frames.Cell](repeating: vector[0], count: rows.count)
      } else {
        guard vector.count == rows.count else {
          throw Raise(
            .valueError,
            "cannot set using a list-like indexer with a different length than the value")
        }
        cells = vector.cells
      }
    } else {
      var cell = try machine.cell(value)
      if cell == .null, column.type.isNumeric || column.type == .string { cell = .missing }
      cells = [Frames.Cell](repeating: cell, count: rows.count)
    }
    if column.type.isDate {
      cells = cells.map { cell in
        if case .string(let text) = cell, let micros = DateParsing.micros(of: text) { return .date(micros) }
        return cell
      }
    }
    if rows.count < column.count, let bad = cells.first(where: { !column.holds($0) }) {
      if column.type.categories != nil {
        throw Raise(
          .typeError,
          "Cannot setitem on a Categorical with a new category (\(bad.shown)), set the categories "
            + "first")
      }
      if column.type != .object, !(column.type.isInteger && bad.isMissing) {
        if column.type == .string {
          throw Raise(
            .typeError,
            "Invalid value '\(bad.shown)' for dtype 'str'. Value should be a string or missing value, "
              + "got '\(bad.typeName)' instead.")
        }
        if !bad.isMissing {
          throw Raise(
            .typeError, "Invalid value '\(bad.shown)' for dtype '\(column.typeName)'")
        }
      }
    }
    return try column.replacing(rows, with: cells)
  }
}
