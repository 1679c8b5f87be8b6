import Frames
import Language

/// `display.max_rows` and its kin.
enum PandasOptions {
  private static let names = [
    "display.max_rows", "display.min_rows", "display.max_columns", "display.width", "display.max_colwidth",
    "display.precision", "display.float_format", "display.expand_frame_repr", "display.show_dimensions",
    "mode.copy_on_write", "display.notebook_repr_html", "mode.chained_assignment", "display.colheader_justify",
  ]

  private static func full(_ name: String, _ machine: Machine) throws -> String {
    if names.contains(name) { return name }
    let found = names.filter { $0.hasSuffix("." + name) || $0.contains(name) }
    if found.count == 1 { return found[0] }
    throw Raise(machine.exceptionRaise("OptionError", "No such keys(s): '\(name)'"))
  }

  static func set(_ name: String, _ value: Value, _ machine: Machine) throws {
    let types = machine.pandas
    func number() throws -> Int? {
      if value.isNone { return nil }
      guard let number = value.asInt, number >= 0 else { throw Raise(.valueError, "Value must be a nonnegative integer or None") }
      return number
    }
    switch try full(name, machine) {
    case "display.max_rows": types.options.maxRows = try number()
    case "display.min_rows": types.options.minRows = try number()
    case "display.max_columns": types.options.maxColumns = try number()
    case "display.width": types.options.width = try number()
    case "display.max_colwidth": types.options.maxColumnWidth = try number()
    case "display.precision": types.options.precision = try number() ?? 6
    case "display.expand_frame_repr": types.options.wraps = try machine.truth(value)
    case "display.float_format": types.options.floatFormat = value.isNone ? nil : PandasFormat.float(value, machine)
    case "display.show_dimensions": types.options.showsDimensions = value.swiftString == "truncate" ? nil : try machine.truth(value)
    default: break
    }
  }

  static func get(_ name: String, _ machine: Machine) throws -> Value {
    let options = machine.pandas.options
    switch try full(name, machine) {
    case "display.max_rows": return options.maxRows.map { .int($0) } ?? .none
    case "display.min_rows": return options.minRows.map { .int($0) } ?? .none
    case "display.max_columns": return options.maxColumns.map { .int($0) } ?? .none
    case "display.width": return options.width.map { .int($0) } ?? .none
    case "display.max_colwidth": return options.maxColumnWidth.map { .int($0) } ?? .none
    case "display.precision": return .int(options.precision)
    case "display.expand_frame_repr": return .bool(options.wraps)
    default: return .none
    }
  }

  /// `pd.options.display.max_rows = 5`.
  static let table = TypeTable(
    "DictWrapper", module: "pandas", doc: "Settings as attributes.",
    willSetAttribute: { _, name, value, machine in
      try set(name, value, machine)
      return true
    },
    missingAttribute: { instance, name, machine in
      if name == "display" || name == "mode" { return .object(instance) }
      return try get(name, machine)
    })
}

/// `with pd.option_context(...)`.
final class OptionContext: Instance {
  var items: [Value] = []
  var before: PrintingOptions?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for item in items { visitor.visit(item) }
  }

  static let table = TypeTable(
    "option_context", module: "pandas", doc: "Settings for a block.",
    methods: [
      Native("__enter__(self)", "Sets them.") { a in
        let own = try a.receiver(OptionContext.self)
        own.before = a.machine.pandas.options
        for place in stride(from: 0, to: own.items.count - 1, by: 2) {
          try PandasOptions.set(a.machine.text(of: own.items[place]), own.items[place + 1], a.machine)
        }
        return .none
      },
      Native("__exit__(self, kind, value, traceback)", "Sets them back.") { a in
        if let before = try a.receiver(OptionContext.self).before { a.machine.pandas.options = before }
        return .none
      },
    ])
}
