import Language
import TensorCore

/// How pyplot reads numbers: arrays, lists with None, names as places of an axis, dates.
enum PyplotData {
  /// Numbers of anything array-like, in one row; None is a gap.
  static func flat(_ value: Value, _ machine: Machine) throws -> [Double] {
    if let number = value.asDouble { return [number] }
    if let scalar = try machine.scalar(value) { return [scalar.double] }
    if let items = value.asList?.items ?? value.asTuple?.items, items.contains(where: \.isNone) {
      return try items.map { item in
        if item.isNone { return .nan }
        return try machine.scalar(item)?.double ?? .nan
      }
    }
    if let object = value.asTensorObject, object.tensor.requiresGrad, object.flavor == .torch {
      throw TensorErrors.needsDetach
    }
    return try machine.doubles(value)
  }

  /// The texts of a list of names; nil when it holds something else.
  static func names(_ value: Value, _ machine: Machine) throws -> [String]? {
    if let text = value.swiftString { return [text] }
    if value.asTensorObject != nil || value.asDouble != nil || value.isNone { return nil }
    let items: [Value]
    if let list = value.asList?.items ?? value.asTuple?.items {
      items = list
    } else if value.asInstance is any ArraySource {
      // A column of texts has no numbers; it can be walked.
      guard let list = try? machine.array(value) else { return nil }
      items = list
    } else if try machine.isIterable(value), value.asInstance == nil {
      items = try machine.array(value)
    } else {
      return nil
    }
    guard let first = items.first, first.swiftString != nil else { return nil }
    return try items.map { try machine.text(of: $0) }
  }

  /// Seconds since 1970 of dates; nil when the value holds none.
  static func times(_ value: Value, _ machine: Machine) throws -> [Double]? {
    let items: [Value]
    if let list = value.asList?.items ?? value.asTuple?.items {
      items = list
    } else if value.asInstance is any ArraySource {
      guard let list = try? machine.array(value) else { return nil }
      items = list
    } else if value.asInstance != nil, value.asTensorObject == nil {
      items = [value]
    } else {
      return nil
    }
    guard let first = items.first, first.asInstance != nil, first.asTensorObject == nil,
      first.asNumpyScalar == nil, try machine.optionalAttribute(first, "toordinal") != nil
    else { return nil }
    return try items.map { item in
      guard let method = try machine.optionalAttribute(item, "toordinal"),
        let days = try machine.call(method).asInt
      else { return .nan }
      var seconds = Double(days - 719_163) * 86400
      for (name, unit) in [("hour", 3600.0), ("minute", 60), ("second", 1), ("microsecond", 1e-6)] {
        if let part = try machine.optionalAttribute(item, name)?.asDouble {
          seconds += part * unit
        }
      }
      return seconds
    }
  }

  /// The columns of a two-dimensional value, or the one row that a flat one is.
  static func columns(_ value: Value, _ machine: Machine) throws -> [[Double]] {
    if let items = value.asList?.items ?? value.asTuple?.items {
      // Lists of different lengths are a set of columns each by itself for histograms and boxes.
      if items.contains(where: \.isNone) { return [try flat(value, machine)] }
    }
    let tensor = try machine.tensor(value)
    guard tensor.rank == 2 else { return [try tensor.doubles()] }
    let numbers = try tensor.doubles()
    let width = tensor.shape[1]
    return (0..<width).map { column in
      stride(from: column, to: numbers.count, by: max(width, 1)).map { numbers[$0] }
    }
  }

  /// Several lists: of a list of lists (of any lengths), or the columns of an array; a flat value is
  /// one list.
  static func lists(_ value: Value, _ machine: Machine) throws -> [[Double]] {
    if let items = value.asList?.items ?? value.asTuple?.items,
      let first = items.first, first.asDouble == nil, !first.isNone,
      try machine.isIterable(first), first.asTensorObject.map({ $0.tensor.rank > 0 }) ?? true
    {
      return try items.map { try flat($0, machine) }
    }
    return try columns(value, machine)
  }

  static func shapeText(_ count: Int) -> String { "(\(count),)" }
}
