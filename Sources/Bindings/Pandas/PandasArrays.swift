import Frames
import Language
import TensorCore

/// Arrays that NumPy has no dtype for, and pandas' own dtypes.
enum PandasArrays {
  static func dtypeValue(_ vector: Vector, _ machine: Machine) -> Value {
    if let dtype = Machine.tensorType(vector.type) {
      let isExact = dtype.name == vector.type.name
      if isExact { return machine.tensorTypes.dtype(dtype, .numpy) }
    }
    return .object(PandasDType(vector.type, shown: vector.typeName, machine.pandas.dtype))
  }

  static func extended(_ vector: Vector, _ machine: Machine) throws -> Value {
    if vector.type.categories != nil { return .object(ArrayObject(vector, .extended, machine.pandas.categorical)) }
    return .object(ArrayObject(vector, .extended, machine.pandas.array))
  }

  // MARK: - dtypes

  static let dtype = TypeTable(
    "ExtensionDtype", module: "pandas", doc: "A dtype that NumPy lacks.", isSubclassable: false,
    properties: [
      NativeProperty("name", "The name.") { value, _ in .string((value.asInstance as? PandasDType)?.shown ?? "") },
      NativeProperty("kind", "O for objects, M and m for dates and spans.") { value, _ in
        switch (value.asInstance as? PandasDType)?.dtype {
        case .date: .string("M")
        case .span: .string("m")
        case .integer(_, let signed): .string(signed ? "i" : "u")
        case .floating: .string("f")
        default: .string("O")
        }
      },
      NativeProperty("categories", "The values that may occur.") { value, machine in
        ((value.asInstance as? PandasDType)?.dtype.categories).map { machine.value(Labels($0.values)) } ?? .none
      },
      NativeProperty("ordered", "Whether categories have an order.") { value, _ in
        .bool((value.asInstance as? PandasDType)?.dtype.categories?.isOrdered ?? false)
      },
    ],
    methods: [
      Native("__str__(self)", "The name.") { a in .string(try a.receiver(PandasDType.self).shown) },
      Native("__repr__(self)", "The dtype.") { a in
        let own = try a.receiver(PandasDType.self)
        switch own.dtype {
        case .object: return .string(own.shown == "object" ? "dtype('O')" : own.shown)
        case .string where own.shown.hasPrefix("<U"): return .string("dtype('\(own.shown)')")
        case .string: return .string("<StringDtype(storage='python', na_value=nan)>")
        case .date(let unit): return .string("dtype('<M8[\(unit)]')")
        case .span(let unit): return .string("dtype('<m8[\(unit)]')")
        case .nullable(let name): return .string(name == "boolean" ? "BooleanDtype" : name == "string" ? "string[python]" : "\(name)Dtype()")
        case .category(let categories):
          let values = categories.values.cells.map { if case .interval = $0 { $0.shown } else { $0.reprText } }
          return .string(
            "CategoricalDtype(categories=[\(values.joined(separator: ", "))], "
              + "ordered=\(categories.isOrdered ? "True" : "False"), categories_dtype=\(categories.values.typeName))")
        default: return .string("dtype('\(own.shown)')")
        }
      },
      Native("__eq__(self, other)", "Equal to the dtype and its name.") { a in .bool(try isEqual(a)) },
      Native("__ne__(self, other)", "Not equal.") { a in .bool(!(try isEqual(a))) },
      Native("__hash__(self)", "By name.") { a in .int(try a.receiver(PandasDType.self).shown.hashValue) },
    ])

  private static func isEqual(_ a: Arguments) throws -> Bool {
    let own = try a.receiver(PandasDType.self)
    if let text = a[1].swiftString {
      return text == own.shown || text == "O" && own.dtype == .object || (DataType(name: text) == own.dtype && own.dtype.categories == nil)
        || text == "string" && own.dtype == .string
    }
    guard let other = try? a.machine.dataType(a[1]) else { return false }
    return other == own.dtype
  }

  // MARK: - Arrays

  static let objects = TypeTable(
    "ndarray", module: "numpy", doc: "An array of objects.", base: Ndarray.table,
    values: [("__hash__", { _ in .none })], properties: properties, methods: methods)
  static let table = TypeTable(
    "ExtensionArray", module: "pandas.arrays", doc: "An array of pandas' own.",
    values: [("__hash__", { _ in .none })], properties: properties, methods: methods)
  static let categorical = TypeTable(
    "Categorical", module: "pandas", doc: "Values out of a list of categories.",
    values: [("__hash__", { _ in .none })],
    properties: properties + [
      NativeProperty("categories", "The values that may occur.") { value, machine in
        guard let own = value.asInstance as? ArrayObject, let found = own.vector.type.categories else { return .none }
        return machine.value(Labels(found.values))
      },
      NativeProperty("codes", "The number of the category of each value.") { value, machine in
        guard let own = value.asInstance as? ArrayObject, case .int(let codes) = own.vector.storage else { return .none }
        return try machine.ndarray(codes)
      },
      NativeProperty("ordered", "Whether the categories have an order.") { value, _ in
        .bool((value.asInstance as? ArrayObject)?.vector.type.categories?.isOrdered ?? false)
      },
    ],
    methods: [
      Native("__new__(cls, values, categories=None, ordered=None, dtype=None)", "Values out of a list of categories.") { a in
        guard var vector = try a.machine.vector(a[1]) else { throw Raise(.typeError, "Categorical input must be list-like") }
        let ordered = a.isSet("ordered") ? try a.bool("ordered") : false
        if a.isSet("categories"), let values = try a.machine.vector(a["categories"]) {
          vector = try Vector(cells: vector.cells, as: .category(Categories(values, isOrdered: ordered)))
        } else if let dtype = try a.machine.dataType(a["dtype"]) {
          vector = try vector.converted(to: dtype)
        } else {
          vector = try vector.categorized(ordered: ordered)
        }
        return try extended(vector, a.machine)
      },
      Native("value_counts(self, dropna=True)", "How often each category occurs.") { a in
        let own = try a.receiver(ArrayObject.self)
        var counts = try Series(own.vector).valueCounts(sort: false)
        counts.name = .string("count")
        return a.machine.value(counts)
      },
    ] + methods)

  private static func text(_ own: ArrayObject, repr: Bool) -> String {
    let columns: Int
    switch own.form {
    case .extended: return extendedText(own.vector)
    case .objects, .texts: columns = 0
    case .table(let count): columns = max(1, count)
    }
    let items = own.vector.cells.map(\.reprText)
    return repr ? PandasArrayText.repr(items, columns: columns, dtype: dtypeName(own)) : PandasArrayText.plain(items, columns: columns)
  }

  /// What NumPy calls the type: texts are as wide as the longest.
  private static func dtypeName(_ own: ArrayObject) -> String {
    guard case .texts = own.form else { return "object" }
    return "<U\(max(1, own.vector.cells.map { $0.text?.unicodeScalars.count ?? 3 }.max() ?? 1))"
  }

  /// Items within brackets in lines of 79 characters.
  private static func wrapped(_ items: [String]) -> String {
    var lines = "["
    var line = 1
    for (place, text) in items.enumerated() {
      let piece = text + (place < items.count - 1 ? ", " : "")
      if place > 0, line + piece.count > 79 {
        while lines.hasSuffix(" ") { lines.removeLast() }
        lines += "\n " + piece
        line = 1 + piece.count
      } else {
        lines += piece
        line += piece.count
      }
    }
    return lines + "]"
  }

  private static func extendedText(_ vector: Vector) -> String {
    if let categories = vector.type.categories {
      let items = vector.cells.map { cell -> String in
        if case .interval = cell { return cell.shown }
        return cell == .missing ? "NaN" : cell.reprText
      }
      var shown = items
      if items.count > 10 { shown = Array(items.prefix(5)) + ["..."] + Array(items.suffix(5)) }
      let body = wrapped(shown)
      let length = items.count > 10 ? "\nLength: \(items.count)" : ""
      return body + length + "\n" + CategoryText.footer(categories)
    }
    let name =
      switch vector.type {
      case .string: "StringArray"
      case .date: "DatetimeArray"
      case .span: "TimedeltaArray"
      case .nullable(let name): name == "boolean" ? "BooleanArray" : name == "string" ? "StringArray" : name.hasPrefix("Float") ? "FloatingArray" : "IntegerArray"
      default: "NumpyExtensionArray"
      }
    let isTime = vector.type.isDate || vector.type.isSpan
    let items = isTime
      ? ValueTexts.plain(vector).map { $0 == "NaT" ? $0 : "'\($0)'" }
      : vector.cells.map(\.reprText)
    let shown = items.count > 100 ? Array(items.prefix(5)) + ["..."] + Array(items.suffix(5)) : items
    let lines = wrapped(shown)
    return "<\(name)>\n\(lines)\nLength: \(items.count), dtype: \(vector.typeName)"
  }

  private static let properties: [NativeProperty] = [
    NativeProperty("dtype", "The type of the values.") { value, machine in
      guard let own = value.asInstance as? ArrayObject else { return .none }
      if case .extended = own.form { return dtypeValue(own.vector, machine) }
      if case .texts = own.form {
        return .object(PandasDType(.string, shown: dtypeName(own), machine.pandas.dtype))
      }
      return .object(PandasDType(.object, shown: "object", machine.pandas.dtype))
    },
    NativeProperty("shape", "The sizes of the axes.") { value, _ in
      guard let own = value.asInstance as? ArrayObject else { return .none }
      if case .table(let columns) = own.form { return .tuple([.int(own.vector.count / max(1, columns)), .int(columns)]) }
      return .tuple([.int(own.vector.count)])
    },
    NativeProperty("size", "The number of values.") { value, _ in .int((value.asInstance as? ArrayObject)?.vector.count ?? 0) },
    NativeProperty("ndim", "The number of axes.") { value, _ in
      if let own = value.asInstance as? ArrayObject, case .table = own.form { return .int(2) }
      return .int(1)
    },
    NativeProperty("T", "The axes in reverse order.") { value, machine in
      guard let own = value.asInstance as? ArrayObject, case .table(let columns) = own.form else { return value }
      let rows = own.vector.count / max(1, columns)
      let cells = (0..<columns).flatMap { column in (0..<rows).map { own.vector[$0 * columns + column] } }
      return .object(ArrayObject(Vector(objects: cells), .table(columns: rows), machine.pandas.objectArray))
    },
  ]

  private static func row(_ own: ArrayObject, _ row: Int, _ machine: Machine) -> Value {
    guard case .table(let columns) = own.form else { return machine.value(own.vector[row]) }
    let cells = (0..<columns).map { own.vector[row * columns + $0] }
    return .object(ArrayObject(Vector(objects: cells), .objects, machine.pandas.objectArray))
  }

  private static func count(_ own: ArrayObject) -> Int {
    if case .table(let columns) = own.form { return own.vector.count / max(1, columns) }
    return own.vector.count
  }

  private static let methods: [Native] = [
    Native("__repr__(self)", "The values.") { a in .string(text(try a.receiver(ArrayObject.self), repr: true)) },
    Native("__str__(self)", "The values.") { a in .string(text(try a.receiver(ArrayObject.self), repr: false)) },
    Native("__len__(self)", "The number of values or rows.") { a in .int(count(try a.receiver(ArrayObject.self))) },
    Native("__iter__(self)", "The values or rows in order.") { a in
      let own = try a.receiver(ArrayObject.self)
      var place = 0
      return .object(
        NativeIterator("array_iterator") { machine in
          guard place < count(own) else { return .undefined }
          place += 1
          return row(own, place - 1, machine)
        })
    },
    Native("__contains__(self, value)", "Whether a value is among them.") { a in
      let key = try a.cell(1).key
      return .bool(try a.receiver(ArrayObject.self).vector.cells.contains { $0.key == key })
    },
    Native("__getitem__(self, key)", "A value, or some of them.") { a in
      let own = try a.receiver(ArrayObject.self)
      let machine = a.machine
      var part = own
      if let tuple = a[1].asTuple, tuple.count == 2, case .table(let columns) = own.form {
        let rows = try PandasSelection.byPlace(tuple[0], count(own), machine, index: Labels(count: count(own)))
        let across = try PandasSelection.byPlace(tuple[1], columns, machine, index: Labels(count: columns))
        if case .one(let r) = rows, case .one(let c) = across { return machine.value(own.vector[r * columns + c]) }
        let cells = rows.rows.flatMap { r in across.rows.map { own.vector[r * columns + $0] } }
        if case .one = rows { return try machine.arrayValue(Vector(objects: cells), objects: true) }
        if case .one = across { return try machine.arrayValue(Vector(objects: cells), objects: true) }
        return .object(ArrayObject(Vector(objects: cells), .table(columns: across.rows.count), machine.pandas.objectArray))
      }
      switch try PandasSelection.byPlace(a[1], count(own), machine, index: Labels(count: count(own))) {
      case .one(let place): return row(own, place, machine)
      case let choice:
        if case .table(let columns) = own.form {
          let cells = choice.rows.flatMap { row in (0..<columns).map { own.vector[row * columns + $0] } }
          part = ArrayObject(Vector(objects: cells), own.form, own.type)
        } else {
          part = ArrayObject(own.vector.taking(choice.rows), own.form, own.type)
        }
        return .object(part)
      }
    },
    Native("__eq__(self, other)", "Equal, value by value.") { a in
      let own = try a.receiver(ArrayObject.self)
      let other: VectorMath.Operand
      if let vector = try a.machine.vector(a[1]) { other = .vector(vector) } else { other = .cell(try a.cell(1)) }
      return try a.machine.arrayValue(VectorMath.compare(.equal, .vector(own.vector), other, count: own.vector.count))
    },
    Native("__ne__(self, other)", "Unequal, value by value.") { a in
      let own = try a.receiver(ArrayObject.self)
      let other: VectorMath.Operand
      if let vector = try a.machine.vector(a[1]) { other = .vector(vector) } else { other = .cell(try a.cell(1)) }
      return try a.machine.arrayValue(VectorMath.compare(.notEqual, .vector(own.vector), other, count: own.vector.count))
    },
    Native("tolist(self)", "The values as a list.") { a in
      let own = try a.receiver(ArrayObject.self)
      if case .table(let columns) = own.form {
        return .list((0..<count(own)).map { row in .list((0..<columns).map { a.machine.value(own.vector[row * columns + $0]) }) })
      }
      return .list(own.vector.cells.map { a.machine.value($0) })
    },
    Native("astype(self, dtype, copy=True)", "As another type.") { a in
      let own = try a.receiver(ArrayObject.self)
      guard let dtype = try a.machine.dataType(a[1]) else { return a[0] }
      let made = try own.vector.converted(to: dtype)
      if case .table(let columns) = own.form, let tensor = try a.machine.tensor(of: made) {
        return a.machine.ndarray(try tensor.reshape([-1, columns]))
      }
      return try a.machine.arrayValue(made)
    },
    Native("to_numpy(self, dtype=None)", "As an array of NumPy's.") { a in
      try a.machine.arrayValue(a.receiver(ArrayObject.self).vector)
    },
    Native("copy(self)", "A copy.") { a in a[0] },
    Native("flatten(self)", "All values along one axis.") { a in
      try a.machine.arrayValue(a.receiver(ArrayObject.self).vector, objects: true)
    },
    Native("ravel(self)", "All values along one axis.") { a in
      try a.machine.arrayValue(a.receiver(ArrayObject.self).vector, objects: true)
    },
    Native("isna(self)", "True where a value is missing.") { a in
      try a.machine.arrayValue(Vector(bools: a.receiver(ArrayObject.self).vector.isMissing()))
    },
    Native("unique(self)", "The distinct values.") { a in
      let own = try a.receiver(ArrayObject.self)
      return .object(ArrayObject(own.vector.unique(), own.form, own.type))
    },
    Native("sort(self, axis=-1)", "Refused: sorted() gives a sorted list.") { a in
      throw Raise(.notImplementedError, "an array of objects cannot be sorted in place", hint: "sorted(a) gives a sorted list")
    },
  ]
}

/// Arrays of objects as NumPy prints them: in lines of 75 characters.
enum PandasArrayText {
  private static func shortened(_ items: [String]) -> [String] {
    items.count > 1000 ? Array(items.prefix(3)) + ["..."] + Array(items.suffix(3)) : items
  }

  /// One row within brackets; each line begins with `indent` blanks; separators end each item.
  static func row(_ items: [String], separator: String, indent: Int, width: Int = 75) -> String {
    var lines: [String] = []
    var line = ""
    let shown = shortened(items)
    for (place, item) in shown.enumerated() {
      let piece = item + (place < shown.count - 1 ? separator : "")
      let trimmedCount = piece.hasSuffix(" ") ? piece.count - 1 : piece.count
      if !line.isEmpty, indent + line.count + trimmedCount > width {
        while line.hasSuffix(" ") { line.removeLast() }
        lines.append(line)
        line = piece
      } else {
        line += piece
      }
    }
    lines.append(line)
    return "[" + lines.joined(separator: "\n" + String(repeating: " ", count: indent)) + "]"
  }

  /// - Parameter columns: 0 for one axis.
  static func repr(_ items: [String], columns: Int, dtype: String = "object") -> String {
    if columns == 0 { return closed("array(" + row(items, separator: ", ", indent: 7), dtype) }
    let count = items.count / columns
    let rows = (0..<count).map { row(Array(items[($0 * columns)..<(($0 + 1) * columns)]), separator: ", ", indent: 8) }
    let shown = items.count > 1000 && count > 6 ? Array(rows.prefix(3)) + ["..."] + Array(rows.suffix(3)) : rows
    return closed("array([" + shown.joined(separator: ",\n       ") + "]", dtype)
  }

  /// The dtype behind the values, on a line of its own where it would reach beyond 75 characters.
  private static func closed(_ text: String, _ dtype: String) -> String {
    let ending = "dtype=" + (dtype.hasPrefix("<") ? "'\(dtype)'" : dtype) + ")"
    let last = text.split(separator: "\n").last?.count ?? 0
    let spacer = last + 1 + ending.count + 1 > 75 ? "\n      " : " "
    return text + "," + spacer + ending
  }

  static func plain(_ items: [String], columns: Int) -> String {
    if columns == 0 { return row(items, separator: " ", indent: 1) }
    let count = items.count / columns
    let rows = (0..<count).map { row(Array(items[($0 * columns)..<(($0 + 1) * columns)]), separator: " ", indent: 2) }
    let shown = items.count > 1000 && count > 6 ? Array(rows.prefix(3)) + ["..."] + Array(rows.suffix(3)) : rows
    return "[" + shown.joined(separator: "\n ") + "]"
  }
}
