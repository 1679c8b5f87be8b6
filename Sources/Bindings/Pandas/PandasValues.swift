import Frames
import Language
import TensorCore

// Values of the language as cells and columns, and back.

/// A value of the language that a table keeps without looking into it.
final class ForeignValue: ForeignCell, @unchecked Sendable {
  let value: Value
  unowned let machine: Machine
  init(_ value: Value, _ machine: Machine) {
    self.value = value
    self.machine = machine
    super.init()
  }

  override var typeName: String { machine.typeName(value) }
  override var text: String { pretty(value, quoting: false) }
  override var reprText: String { (try? machine.repr(value)) ?? "" }
  override func isEqual(_ other: ForeignCell) -> Bool {
    guard let other = other as? ForeignValue else { return false }
    return value.isIdentical(to: other.value) || ((try? machine.equals(value, other.value)) ?? false)
  }
  override func isLess(_ other: ForeignCell) -> Bool {
    guard let other = other as? ForeignValue else { return false }
    return (try? machine.isLess(value, other.value)) ?? false
  }
  override func hash(into hasher: inout Hasher) {
    hasher.combine((try? machine.hash(value)) ?? 0)
  }
  override var items: [Frames.Cell]? {
    guard value.asList != nil || value.asTuple != nil || value.asSet != nil
      || value.asTensorObject != nil || value.asSeries != nil || value.asInstance is ArrayObject
    else { return nil }
    return try? machine.array(value).map { try machine.cell($0) }
  }

  /// As pandas prints things within tables: texts within lists stand without quotes.
  private func pretty(_ value: Value, quoting: Bool, depth: Int = 0) -> String {
    if depth > 10 { return "..." }
    if let list = value.asList {
      return "[" + list.items.prefix(100).map { pretty($0, quoting: quoting, depth: depth + 1) }
        .joined(separator: ", ") + (list.count > 100 ? ", ..." : "") + "]"
    }
    if let set = value.asSet, set.count > 0 {
      return "{" + set.items.map { pretty($0, quoting: quoting, depth: depth + 1) }
        .joined(separator: ", ") + "}"
    }
    if let tuple = value.asTuple {
      return "(" + tuple.items.map { pretty($0, quoting: quoting, depth: depth + 1) }
        .joined(separator: ", ") + (tuple.count == 1 ? ",)" : ")")
    }
    if let dict = value.asDict, value.asInstance == nil {
      return "{" + dict.pairs.map {
        pretty($0.key, quoting: true, depth: depth + 1) + ": "
          + pretty($0.value, quoting: true, depth: depth + 1)
      }.joined(separator: ", ") + "}"
    }
    if quoting, value.asString != nil { return (try? machine.repr(value)) ?? "" }
    return (try? machine.text(of: value)) ?? ""
  }
}

extension Machine {
  // MARK: - Value → Cell

  func cell(_ value: Value) throws -> Frames.Cell {
    switch value {
    case .int(let number): return .int(number)
    case .float(let number): return number.isNaN ? .missing : .float(number)
    case .bool(let flag): return .bool(flag)
    case .none, .undefined: return .null
    case .object: break
    }
    if let text = value.swiftString { return .string(text) }
    if let scalar = value.asNumpyScalar {
      switch scalar.value {
      case .int(let number): return .int(number)
      case .double(let number): return number.isNaN ? .missing : .float(number)
      case .bool(let flag): return .bool(flag)
      case .complex: return .other(ForeignValue(value, self))
      }
    }
    if let tuple = value.asTuple { return .tuple(try tuple.items.map { try cell($0) }) }
    switch value.asInstance {
    case let time as TimeObject:
      return time.type.name == "Timestamp" ? .date(time.micros) : .span(time.micros)
    case let missing as MissingObject: return missing.cell
    case let interval as IntervalObject: return .interval(interval.interval)
    case let instance?:
      if instance.type.module == "datetime", let cell = try dateCell(value, instance.type.name) {
        return cell
      }
    case nil: break
    }
    if let object = value.asTensorObject, object.tensor.rank == 0 {
      return try cell(Value(object.tensor.item()))
    }
    if value.asInstance == nil, value.asList == nil, value.asDict == nil, value.asType == nil,
      let number = value.asDouble, value.asInt == nil
    {
      return .float(number)
    }
    return .other(ForeignValue(value, self))
  }

  /// `datetime.datetime` and `datetime.timedelta` as moments and spans.
  private func dateCell(_ value: Value, _ name: String) throws -> Frames.Cell? {
    func part(_ name: String) throws -> Int { try attribute(value, name).asInt ?? 0 }
    switch name {
    case "datetime":
      return .date(
        Moment.micros(
          try part("year"), try part("month"), try part("day"), try part("hour"), try part("minute"),
          try part("second"), try part("microsecond")))
    case "timedelta":
      return .span(
        try part("days") * Moment.day + (try part("seconds")) * 1_000_000
          + (try part("microseconds")))
    default: return nil
    }
  }

  // MARK: - Cell → Value

  /// - Parameter numpy: numbers as NumPy's scalars, as single elements come out of columns.
  func value(_ cell: Frames.Cell, numpy: DataType? = nil) -> Value {
    switch cell {
    case .missing:
      if numpy?.isFloating == true { return tensorTypes.scalar(.double(.nan), .float64) }
      return .float(.nan)
    case .int(let number):
      if numpy != nil { return tensorTypes.scalar(.int(number), Self.tensorType(numpy) ?? .int64) }
      return .int(number)
    case .float(let number):
      if numpy != nil { return tensorTypes.scalar(.double(number), numpy == .floating(bits: 32) ? .float32 : .float64) }
      return .float(number)
    case .bool(let flag):
      if numpy != nil { return tensorTypes.scalar(.bool(flag), .bool) }
      return .bool(flag)
    case .string(let text): return .string(text)
    case .null: return .none
    case .absent: return .object(pandas.na)
    case .notATime: return .object(pandas.nat)
    case .date(let micros): return .object(TimeObject(micros, pandas.timestamp))
    case .span(let micros): return .object(TimeObject(micros, pandas.timedelta))
    case .tuple(let cells): return .tuple(cells.map { value($0) })
    case .interval(let interval): return .object(IntervalObject(interval, pandas.interval))
    case .other(let foreign): return (foreign as? ForeignValue)?.value ?? .string(foreign.text)
    }
  }

  /// An element of a column: NumPy's scalar where the column has a dtype of NumPy's.
  func element(_ vector: Vector, _ row: Int) -> Value {
    switch vector.type {
    case .integer, .floating, .bool: value(vector[row], numpy: vector.type)
    default: value(vector[row])
    }
  }

  /// The result of a reduction.
  func scalarValue(_ cell: Frames.Cell, _ type: DataType) -> Value {
    switch cell {
    case .int, .bool:
      return type == .object ? value(cell) : value(cell, numpy: .int64)
    case .float, .missing:
      if type.isDate || type.isSpan || type == .string { return value(cell) }
      return type == .object ? value(cell) : value(cell, numpy: type == .floating(bits: 32) ? type : .float64)
    default: return value(cell)
    }
  }

  static func tensorType(_ type: DataType?) -> DType? {
    switch type {
    case .integer(64, true): .int64
    case .integer(32, true): .int32
    case .integer(8, false): .uint8
    case .integer: .int64
    case .floating(32): .float32
    case .floating: .float64
    case .bool: .bool
    default: nil
    }
  }

  // MARK: - Columns

  func dataType(_ value: Value) throws -> DataType? {
    if value.isNone || !value.isGiven { return nil }
    if let dtype = value.asInstance as? PandasDType { return dtype.dtype }
    if let type = value.asType {
      switch type.name {
      case "int": return .int64
      case "float": return .float64
      case "bool": return .bool
      case "str": return .string
      case "object": return .object
      default: if let found = DataType(name: type.name) { return found }
      }
    }
    if let dtype = dtype(value, .numpy), let found = DataType(name: dtype.name) { return found }
    if let name = value.swiftString {
      if let found = DataType(name: name) { return found }
      throw Raise(.typeError, "data type '\(name)' not understood")
    }
    throw Raise(.typeError, "data type '\(typeName(value))' not understood")
  }

  func vector(_ tensor: Tensor) throws -> Vector {
    switch tensor.dtype {
    case .bool: return Vector(bools: try tensor.ints().map { $0 != 0 })
    case .float64: return Vector(doubles: try tensor.doubles())
    case .float32, .float16, .bfloat16:
      return Vector(.float(try tensor.doubles()), .floating(bits: 32))
    case .int32: return Vector(.int(try tensor.ints()), .integer(bits: 32, signed: true))
    case .uint8: return Vector(.int(try tensor.ints()), .integer(bits: 8, signed: false))
    case .int64: return Vector(ints: try tensor.ints())
    case .int8, .int16, .uint16, .uint32:
      return Vector(
        .int(try tensor.ints()),
        .integer(bits: tensor.dtype.size * 8, signed: tensor.dtype.isSigned))
    default: throw Raise(.typeError, "a column of complex numbers is not there yet")
    }
  }

  /// A column of a list, array, series, index; nil for single values.
  func vector(_ value: Value, dtype: DataType? = nil) throws -> Vector? {
    guard let found = try untypedVector(value, dtype) else { return nil }
    guard let dtype else { return found }
    return try found.converted(to: dtype)
  }

  private func untypedVector(_ value: Value, _ dtype: DataType?) throws -> Vector? {
    if let series = value.asSeries { return series.values }
    if let labels = value.asLabels { return labels.vector }
    if let array = value.asInstance as? ArrayObject { return array.vector }
    if let object = value.asTensorObject {
      if object.tensor.rank == 0 { return nil }
      guard object.tensor.rank == 1 else {
        throw Raise(.valueError, "Data must be 1-dimensional, got ndarray of shape "
          + "(\(object.tensor.shape.map(String.init).joined(separator: ", "))) instead")
      }
      return try vector(object.tensor)
    }
    if value.swiftString != nil || value.asDict != nil || value.asType != nil || value.asFrame != nil { return nil }
    if value.asInstance != nil, value.asList == nil, value.asTuple == nil,
      !(try isIterable(value)) || value.asNumpyScalar != nil
    {
      return nil
    }
    guard try isIterable(value) else { return nil }
    let items = try array(value)
    // Scalars of NumPy keep their float NaN; None becomes NaN beside numbers and texts.
    var cells: [Frames.Cell] = []
    cells.reserveCapacity(items.count)
    for item in items { cells.append(try cell(item)) }
    if let dtype, dtype.isNullable || dtype == .object { return Vector(objects: cells) }
    if !cells.isEmpty, let first = items.first?.asNumpyScalar, first.dtype == .float32,
      items.allSatisfy({ $0.asNumpyScalar?.dtype == .float32 })
    {
      return Vector(.float(cells.map { $0.number ?? .nan }), .floating(bits: 32))
    }
    return try Vector(cells: cells)
  }

  /// Several labels: of a list, an index, a tuple.
  func labels(_ value: Value, names: [Frames.Cell]? = nil) throws -> Labels {
    if let labels = value.asLabels { return labels }
    if let series = value.asSeries { return Labels(series.values, name: series.name) }
    if let range = value.object as? RangeObject {
      return Labels(start: range.start, count: range.count, step: range.step)
    }
    if let list = value.asList?.items, !list.isEmpty, list.allSatisfy({ $0.asList != nil || $0.asLabels != nil || $0.asTensorObject != nil }) {
      let levels = try list.map { try vector($0) ?? Vector(empty: .object) }
      if levels.count > 1 {
        return Labels(levels: levels, names: names ?? levels.map { _ in .null })
      }
    }
    guard let vector = try vector(value) else {
      throw Raise(
        .typeError,
        "Index(...) must be called with a collection of some kind, \(try repr(value)) was passed")
    }
    if vector.type == .object { return try Labels(cells: vector.cells, names: names) }
    return Labels(vector, name: names?.first ?? .null)
  }

  /// Numbers and truth values as an array of NumPy's, everything else as an array of objects.
  func arrayValue(_ vector: Vector, objects: Bool = false) throws -> Value {
    if !objects, let tensor = try tensor(of: vector) { return ndarray(tensor) }
    return .object(ArrayObject(vector, .objects, pandas.objectArray))
  }

  func tensor(of vector: Vector) throws -> Tensor? {
    switch vector.type {
    case .integer:
      guard case .int(let values) = vector.storage else { return nil }
      let dtype = Self.tensorType(vector.type) ?? .int64
      let tensor = try Tensor(values)
      return dtype == .int64 ? tensor : try tensor.to(dtype)
    case .floating:
      guard case .float(let values) = vector.storage else { return nil }
      return try Tensor(values, dtype: Self.tensorType(vector.type) ?? .float64)
    case .bool:
      return try Tensor(vector.cells.map { $0 == .bool(true) ? 1 : 0 }, dtype: .bool)
    default: return nil
    }
  }
}

extension SeriesObject: ArraySource {
  func tensor() throws -> Tensor { try PandasTensors.tensor(series.values) }
}

extension IndexObject: ArraySource {
  func tensor() throws -> Tensor { try PandasTensors.tensor(labels.vector) }
}

extension ArrayObject: ArraySource {
  func tensor() throws -> Tensor {
    let flat = try PandasTensors.tensor(vector)
    if case .table(let columns) = form { return try flat.reshape([-1, columns]) }
    return flat
  }
}

extension FrameObject: ArraySource {
  func tensor() throws -> Tensor { try PandasTensors.tensor(frame) }
}

enum PandasTensors {
  /// A column as an array; texts are refused as NumPy refuses them.
  static func tensor(_ vector: Vector) throws -> Tensor {
    switch vector.type {
    case .integer, .bool:
      switch vector.storage {
      case .int(let values):
        let tensor = try Tensor(values)
        let dtype = Machine.tensorType(vector.type) ?? .int64
        return dtype == .int64 ? tensor : try tensor.to(dtype)
      default: return try Tensor(vector.cells.map { $0 == .bool(true) ? 1 : 0 }, dtype: .bool)
      }
    case .floating(let bits):
      return try Tensor(vector.doubles ?? [], dtype: bits == 32 ? .float32 : .float64)
    default:
      if let numbers = vector.doubles {
        if case .object(let cells) = vector.storage,
          cells.allSatisfy({ if case .int = $0 { true } else { false } })
        {
          return try Tensor(cells.map { if case .int(let value) = $0 { value } else { 0 } })
        }
        return try Tensor(numbers, dtype: .float64)
      }
      let text = vector.cells.first { $0.number == nil && !$0.isMissing }
      throw Raise(.valueError, "could not convert string to float: \((text ?? .missing).reprText)")
    }
  }

  /// A table as an array of two axes.
  static func tensor(_ frame: DataFrame) throws -> Tensor {
    let shape = [frame.rowCount, frame.columnCount]
    let type = frame.commonType
    if case .integer = type {
      var values = [Int](repeating: 0, count: frame.rowCount * frame.columnCount)
      for (place, column) in frame.columns.enumerated() {
        guard case .int(let numbers) = column.storage else { continue }
        for row in 0..<frame.rowCount { values[row * frame.columnCount + place] = numbers[row] }
      }
      let tensor = try Tensor(values, shape: shape)
      let dtype = Machine.tensorType(type) ?? .int64
      return dtype == .int64 ? tensor : try tensor.to(dtype)
    }
    var values = [Double](repeating: 0, count: frame.rowCount * frame.columnCount)
    for (place, column) in frame.columns.enumerated() {
      guard let numbers = column.doubles else { _ = try tensor(column); continue }
      for row in 0..<frame.rowCount { values[row * frame.columnCount + place] = numbers[row] }
    }
    if type == .bool {
      return try Tensor(values.map { Int($0) }, dtype: .bool).reshape(shape)
    }
    return try Tensor(values, shape: shape, dtype: type == .floating(bits: 32) ? .float32 : .float64)
  }
}
