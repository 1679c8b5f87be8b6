import Frames
import Language
import TensorCore

/// `.str`: the language's own methods of texts, row by row.
enum PandasTexts {
  static func column(_ a: Arguments) throws -> (Series, IndexObject?) {
    let owner = try a.receiver(AccessorObject.self).owner
    if let series = (owner as? SeriesObject)?.series { return (series, nil) }
    if let index = owner as? IndexObject { return (Series(index.labels.vector, name: index.labels.name), index) }
    throw Raise(.attributeError, "Can only use .str accessor with string values")
  }

  /// Each text through a function; other values are missing in the result.
  static func each(
    _ a: Arguments, missing: Frames.Cell = .missing, flags: Bool = false, _ body: (String) throws -> Frames.Cell
  ) throws -> Value {
    let (own, index) = try column(a)
    let isNullable = own.values.type.isNullable
    let cells = try own.values.cells.map { cell -> Frames.Cell in
      if let text = cell.text { return try body(text) }
      return isNullable ? .absent : missing
    }
    var vector: Vector
    let isText = cells.contains { $0.text != nil }
    if flags, own.values.type == .string || cells.allSatisfy({ if case .bool = $0 { true } else { false } }) {
      vector = Vector(bools: cells.map { $0 == .bool(true) })
    } else if isText, own.values.type == .string || own.values.type.categories != nil {
      vector = try Vector(cells: cells)
    } else if isText, own.values.type == .object {
      vector = Vector(objects: cells)
    } else {
      vector = cells.isEmpty ? own.values : try Vector(cells: cells)
      if cells.allSatisfy(\.isMissing), own.values.type == .string, !flags { vector = try Vector(cells: cells, as: .string) }
    }
    if isNullable, let first = cells.first(where: { !$0.isMissing }) {
      vector = Vector(.object(cells), .nullable(first.text != nil ? "string" : flags ? "boolean" : "Int64"))
    }
    if index != nil {
      return flags || !isText && vector.type.isNumeric ? try a.machine.arrayValue(vector) : a.machine.value(Labels(vector, name: own.name))
    }
    return a.machine.value(own.with(vector))
  }

  /// A method of the language's strings by the same name and arguments.
  static func forwarded(_ signature: String, _ doc: String, flags: Bool = false) -> Native {
    Native(signature, doc) { a in
      let name = a.function.name
      let arguments = (1..<a.count).map { a[$0] }.filter(\.isGiven)
      return try each(a, flags: flags) { text in
        try a.machine.cell(a.machine.call(a.machine.attribute(.string(text), name), arguments))
      }
    }
  }

  static func re(_ name: String, _ machine: Machine) throws -> Value {
    try machine.attribute(machine.importModule("re", first: false), name)
  }

  static func pattern(_ a: Arguments, _ value: Value) throws -> Value {
    var flags = try a.int("flags") ?? 0
    if a["case"].isGiven, !a["case"].isNone, !(try a.bool("case")) { flags |= 2 }
    return try a.machine.call(re("compile", a.machine), [value, .int(flags)])
  }

  static func flag(_ a: Arguments) throws -> Frames.Cell {
    a["na"].isGiven && !a["na"].isNone ? try a.machine.cell(a["na"]) : .missing
  }

  static func texts(_ a: Arguments, _ index: Int) throws -> [String] {
    if let tuple = a[index].asTuple { return tuple.items.compactMap(\.swiftString) }
    guard let text = a[index].swiftString else {
      throw Raise(.typeError, "expected a string or tuple, not \(a.machine.typeName(a[index]))")
    }
    return [text]
  }

  static func item(_ a: Arguments, _ key: Value) throws -> Value {
    let (own, index) = try column(a)
    let machine = a.machine
    let cells = try own.values.cells.map { cell -> Frames.Cell in
      switch cell {
      case .string, .other, .tuple:
        do throws(Raise) {
          return try machine.cell(quietly: machine.item(machine.value(cell), key))
        } catch {
          return .missing
        }
      default: return .missing
      }
    }
    let vector = try own.values.type == .string ? Vector(cells: cells, as: .string) : Vector(cells: cells)
    if index != nil { return machine.value(Labels(vector, name: own.name)) }
    return machine.value(own.with(vector))
  }

  static func split(_ a: Arguments, _ method: String) throws -> Value {
    let (own, _) = try column(a)
    let machine = a.machine
    let most = try a.int("n") ?? -1
    var isPattern = (a[1].swiftString?.unicodeScalars.count ?? 0) > 1
    if a.isSet("regex") { isPattern = try a.bool("regex") }
    if method != "split" { isPattern = false }
    let rows = try own.values.cells.map { cell -> Value? in
      guard let text = cell.text else { return nil }
      if isPattern {
        return try machine.call(re("split", machine), [a[1], .string(text)], keywords: most > 0 ? [("maxsplit", .int(most))] : [])
      }
      return try machine.call(machine.attribute(.string(text), method), [a[1], .int(most == 0 ? -1 : most)])
    }
    if try a.bool("expand") {
      return try expanded(rows.map { try $0.map { try machine.array($0).map { try machine.cell($0) } } }, own, machine)
    }
    let cells = rows.map { $0.map { Frames.Cell.other(ForeignValue($0, machine)) } ?? .missing }
    return machine.value(own.with(Vector(objects: cells)))
  }

  static func expanded(_ rows: [[Frames.Cell]?], _ own: Series, _ machine: Machine) throws -> Value {
    let width = rows.compactMap { $0?.count }.max() ?? 0
    let columns = try (0..<width).map { place in
      let cells = rows.map { row -> Frames.Cell in
        guard let row else { return .missing }
        return place < row.count ? row[place] : .null
      }
      return own.values.type == .string ? try Vector(cells: cells, as: .string) : Vector(objects: cells)
    }
    return machine.value(DataFrame(columns: columns, labels: Labels(count: width), index: own.index))
  }
}
