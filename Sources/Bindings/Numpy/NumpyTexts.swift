import Frames
import Language
import TensorCore

/// Arrays of texts: what `np.array(["a", "b"])` and `np.where(mask, "yes", "no")` give. They have one
/// axis, and stand in tables as columns of texts.
enum NumpyTexts {
  /// The texts of a flat list or of such an array; nil where there is anything else.
  static func vector(_ value: Value) throws -> Vector? {
    if let object = value.asInstance as? ArrayObject {
      if case .texts = object.form { return object.vector }
      return nil
    }
    guard let items = value.asList?.items ?? value.asTuple?.items, !items.isEmpty,
      items.allSatisfy({ $0.swiftString != nil })
    else { return nil }
    return try Vector(texts: items.map(\.swiftString))
  }

  static func array(_ vector: Vector, _ machine: Machine) -> Value {
    .object(ArrayObject(vector, .texts, machine.pandas.objectArray))
  }

  /// Whether a value is a text or holds some.
  static func holdsText(_ value: Value) -> Bool {
    if value.swiftString != nil { return true }
    if let series = value.asSeries { return series.values.type == .string || series.values.type == .object }
    if value.asInstance is ArrayObject { return true }
    return (value.asList?.items ?? value.asTuple?.items)?.contains { $0.swiftString != nil } ?? false
  }

  /// For each row the cell of the first choice whose condition holds, else of `fallback`.
  static func choose(
    _ conditions: [Tensor], _ choices: [Value], _ fallback: Value, _ machine: Machine
  ) throws -> Value {
    let count = conditions.map(\.count).max() ?? 0
    guard conditions.allSatisfy({ $0.rank <= 1 }) else {
      throw Raise(.notImplementedError, "arrays of texts have one axis here; choose column by column")
    }
    let flags = try conditions.map { try $0.to(.int64).ints() }
    var isObject = false
    func source(_ value: Value) throws -> (Int) -> Frames.Cell {
      var vector = value.asSeries?.values
      if vector != nil { isObject = true }
      if let object = value.asInstance as? ArrayObject {
        vector = object.vector
        if case .objects = object.form { isObject = true }
      }
      if vector == nil, value.swiftString == nil { vector = try machine.vector(value) }
      guard let vector else {
        let cell = try machine.cell(value)
        return { _ in cell }
      }
      guard vector.count == count || vector.count == 1 else {
        throw Raise(.valueError, "operands could not be broadcast together with shapes (\(count),) (\(vector.count),)")
      }
      return { vector[vector.count == 1 ? 0 : $0] }
    }
    let sources = try choices.map(source)
    let rest = try source(fallback)
    let cells = (0..<count).map { row -> Frames.Cell in
      for (turn, flag) in flags.enumerated() where turn < sources.count {
        if flag[flag.count == 1 ? 0 : row] != 0 { return sources[turn](row) }
      }
      return rest(row)
    }
    if isObject {
      return .object(ArrayObject(try Vector(cells: cells), .objects, machine.pandas.objectArray))
    }
    return array(try Vector(texts: cells.map { $0.isMissing ? "nan" : $0.shown }), machine)
  }
}
