import Frames
import Language
import TensorCore

/// The objects of the `pandas` door: each carries a value of the Frames module.
final class SeriesObject: Instance {
  var series: Series
  init(_ series: Series, _ type: TypeObject) {
    self.series = series
    super.init(type)
  }
}

final class FrameObject: Instance {
  var frame: DataFrame
  init(_ frame: DataFrame, _ type: TypeObject) {
    self.frame = frame
    super.init(type)
  }
}

final class IndexObject: Instance {
  var labels: Labels
  /// The table or series whose axis this is: a name for the axis is one for the owner's.
  var owner: Instance?
  /// Which axis of a table.
  var axis: WritableKeyPath<DataFrame, Labels> = \.index
  init(_ labels: Labels, _ type: TypeObject) {
    self.labels = labels
    super.init(type)
  }
  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    if let owner { visitor.visit(.object(owner)) }
  }

  func rename(_ names: [Frames.Cell]) {
    labels.names = names
    if let frame = owner as? FrameObject, frame.frame[keyPath: axis].levelCount == names.count {
      frame.frame[keyPath: axis].names = names
    }
    if let series = owner as? SeriesObject, series.series.index.levelCount == names.count {
      series.series.index.names = names
    }
  }

  /// An axis that knows its owner.
  static func of(_ owner: Instance, _ labels: Labels, _ axis: WritableKeyPath<DataFrame, Labels>, _ machine: Machine) -> Value {
    let made = machine.value(labels)
    if let object = made.asInstance as? IndexObject {
      object.owner = owner
      object.axis = axis
    }
    return made
  }
}

/// An array of pandas' own or of objects: what `values` and `unique` give where NumPy has no dtype.
final class ArrayObject: Instance {
  enum Kind {
    /// `numpy.ndarray` of objects, flat.
    case objects
    /// `numpy.ndarray` of texts, flat: `<U5`.
    case texts
    /// Two axes, row by row.
    case table(columns: Int)
    /// `StringArray`, `Categorical`, `DatetimeArray`, ...
    case extended
  }
  let vector: Vector
  let form: Kind
  init(_ vector: Vector, _ form: Kind, _ type: TypeObject) {
    self.vector = vector
    self.form = form
    super.init(type)
  }
}

/// `Timestamp` and `Timedelta`: microseconds since 1970, or of a span.
final class TimeObject: Instance {
  let micros: Int
  init(_ micros: Int, _ type: TypeObject) {
    self.micros = micros
    super.init(type)
  }
}

final class IntervalObject: Instance {
  let interval: Interval
  init(_ interval: Interval, _ type: TypeObject) {
    self.interval = interval
    super.init(type)
  }
}

/// A dtype that NumPy lacks.
final class PandasDType: Instance {
  let dtype: DataType
  let shown: String
  init(_ dtype: DataType, shown: String, _ type: TypeObject) {
    self.dtype = dtype
    self.shown = shown
    super.init(type)
  }
}

/// `pd.NA`, `pd.NaT`.
final class MissingObject: Instance {
  let cell: Frames.Cell
  init(_ cell: Frames.Cell, _ type: TypeObject) {
    self.cell = cell
    super.init(type)
  }
}

/// `.loc`, `.iloc`, `.at`, `.iat`, `.str`, `.dt`, `.cat`, `.plot`: a way to an owner.
final class AccessorObject: Instance {
  let owner: Instance
  let way: String
  init(_ owner: Instance, _ way: String, _ type: TypeObject) {
    self.owner = owner
    self.way = way
    super.init(type)
  }
  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(.object(owner))
  }
}

/// What the pandas door keeps with a session: its types and settings.
final class PandasTypes {
  let series: TypeObject
  let frame: TypeObject
  let index: TypeObject
  let rangeIndex: TypeObject
  let multiIndex: TypeObject
  let datetimeIndex: TypeObject
  let timedeltaIndex: TypeObject
  let categoricalIndex: TypeObject
  let intervalIndex: TypeObject
  let array: TypeObject
  let objectArray: TypeObject
  let categorical: TypeObject
  let timestamp: TypeObject
  let timedelta: TypeObject
  let interval: TypeObject
  let dtype: TypeObject
  let na: MissingObject
  let nat: MissingObject
  let accessors: [String: TypeObject]
  let groups: TypeObject
  let seriesGroups: TypeObject
  let windows: TypeObject
  var options = PrintingOptions()

  init(_ machine: Machine) {
    series = machine.type(SeriesType.table)
    frame = machine.type(FrameType.table)
    index = machine.type(IndexType.table)
    rangeIndex = machine.type(IndexType.kinds[0])
    multiIndex = machine.type(IndexType.kinds[1])
    datetimeIndex = machine.type(IndexType.kinds[2])
    timedeltaIndex = machine.type(IndexType.kinds[3])
    categoricalIndex = machine.type(IndexType.kinds[4])
    intervalIndex = machine.type(IndexType.kinds[5])
    array = machine.type(PandasArrays.table)
    objectArray = machine.type(PandasArrays.objects)
    categorical = machine.type(PandasArrays.categorical)
    timestamp = machine.type(PandasTimes.timestamp)
    timedelta = machine.type(PandasTimes.timedelta)
    interval = machine.type(PandasTimes.interval)
    dtype = machine.type(PandasArrays.dtype)
    na = MissingObject(.absent, machine.type(PandasTimes.na))
    nat = MissingObject(.notATime, machine.type(PandasTimes.nat))
    accessors = PandasAccessors.tables.mapValues { machine.type($0) }
    groups = machine.type(PandasGroups.table)
    seriesGroups = machine.type(PandasGroups.seriesTable)
    windows = machine.type(PandasWindows.table)
  }

  static let key = "Bindings.PandasTypes"
}

extension Machine {
  var pandas: PandasTypes {
    if let known = extensions[PandasTypes.key] {
      return unsafeDowncast(known, to: PandasTypes.self)
    }
    let types = PandasTypes(self)
    extensions[PandasTypes.key] = types
    return types
  }

  func value(_ series: Series) -> Value { .object(SeriesObject(series, pandas.series)) }
  func value(_ frame: DataFrame) -> Value { .object(FrameObject(frame, pandas.frame)) }
  func value(_ labels: Labels) -> Value {
    let types = pandas
    let type =
      switch labels.kindName {
      case "RangeIndex": types.rangeIndex
      case "MultiIndex": types.multiIndex
      case "DatetimeIndex": types.datetimeIndex
      case "TimedeltaIndex": types.timedeltaIndex
      case "CategoricalIndex": types.categoricalIndex
      case "IntervalIndex": types.intervalIndex
      default: types.index
      }
    return .object(IndexObject(labels, type))
  }
}

extension Value {
  var asSeries: Series? { (asInstance as? SeriesObject)?.series }
  var asFrame: DataFrame? { (asInstance as? FrameObject)?.frame }
  var asLabels: Labels? { (asInstance as? IndexObject)?.labels }
}

extension Arguments {
  /// The argument of a parameter by its name.
  subscript(name: String) -> Value {
    guard let place = function.parameters.firstIndex(where: { $0.name == name }) else {
      return .undefined
    }
    return self[place]
  }

  func isSet(_ name: String) -> Bool { self[name].isGiven && !self[name].isNone }
  func bool(_ name: String) throws -> Bool {
    let value = self[name]
    return value.isGiven ? try machine.truth(value) : false
  }
  func int(_ name: String) throws -> Int? {
    guard isSet(name) else { return nil }
    if let number = try machine.index(self[name]) { return number }
    if let number = self[name].asDouble, let whole = Int(exactly: number) { return whole }
    throw Raise(.typeError, "\(self.name): \(name) must be int, got \(machine.typeName(self[name]))")
  }
  func double(_ name: String) throws -> Double? {
    guard isSet(name) else { return nil }
    if let number = self[name].asDouble { return number }
    return try machine.float(self[name])
  }
  func text(_ name: String) throws -> String? {
    guard isSet(name) else { return nil }
    if let text = self[name].swiftString { return text }
    throw Raise(.typeError, "\(self.name): \(name) must be str, got \(machine.typeName(self[name]))")
  }
  func cell(_ index: Int) throws -> Frames.Cell { try machine.cell(self[index]) }

  var ownSeries: Series {
    get throws { try receiver(SeriesObject.self).series }
  }
  var ownFrame: DataFrame {
    get throws { try receiver(FrameObject.self).frame }
  }

  /// 0 for rows, 1 for columns.
  func axis(_ name: String = "axis", standard: Int = 0) throws -> Int {
    guard isSet(name) else { return standard }
    if let text = self[name].swiftString {
      switch text {
      case "index", "rows": return 0
      case "columns": return 1
      default: throw Raise(.valueError, "No axis named \(text) for object type DataFrame")
      }
    }
    let number = try int(name) ?? standard
    guard number == 0 || number == 1 else {
      throw Raise(.valueError, "No axis named \(number) for object type DataFrame")
    }
    return number
  }

  /// The result of a change: in place, or a new object.
  func finish(_ frame: DataFrame) throws -> Value {
    if try bool("inplace") {
      try receiver(FrameObject.self).frame = frame
      return .none
    }
    return machine.value(frame)
  }
  func finish(_ series: Series) throws -> Value {
    if try bool("inplace") {
      try receiver(SeriesObject.self).series = series
      return .none
    }
    return machine.value(series)
  }
}
