import Bindings
import Language
import Syntax

/// `%plot`, `%table`, `%display`.
enum PictureCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "plot", .display, "EXPRESSION", "Draws any expression that fits: numbers, arrays, columns, a function and its range.",
      example: "%plot [x ** 2 for x in range(10)]"
    ) { (call) throws(Raise) in try show("plot", call) },
    NotebookCommand(
      "table", .display, "EXPRESSION", "Shows any expression that fits as a table: columns, rows, dictionaries, arrays.",
      example: "%table {'x': [1, 2], 'y': [3, 4]}"
    ) { (call) throws(Raise) in try show("table", call) },
    NotebookCommand(
      "display", .display, "[text | svg]", "How plots are shown from now on: as text, or as pictures.",
      example: "%display svg"
    ) { (call) throws(Raise) in
      switch call.argument {
      case "text": call.session.settings.mode = .text
      case "svg": call.session.settings.mode = .svg
      case "": call.write("Plots are shown as \(call.session.settings.mode == .svg ? "svg" : "text").\n")
      default: throw call.misuse("it takes text or svg, got '\(call.argument)'")
      }
    },
  ]

  /// `%plot x, y, kind="scatter"`: what stands there are the arguments of the function, so that all
  /// its options work. What draws itself already (a figure, a table) is shown as it is.
  private static func show(_ name: String, _ call: CommandCall) throws(Raise) {
    if call.argument.isEmpty { throw call.needs("an expression") }
    let source = Source(name: call.session.cellName, text: call.argument)
    let machine = call.machine
    guard let function = LibraryDoors.function(name, machine) else {
      throw Raise(.systemError, "the function \(name) is missing")
    }
    var value: Value
    if (try? parseExpression(source)) != nil {
      value = try machine.evaluate(source)
      if (value.asInstance as? any RichObject) == nil {
        // `%plot x, y` has two arguments; `%plot (x, y)` has one, a tuple.
        let isBare = value.asTuple != nil && !(call.argument.hasPrefix("(") && call.argument.hasSuffix(")"))
        value = try machine.call(function, isBare ? value.asTuple?.items ?? [] : [value])
      }
    } else {
      // Keyword arguments, or a mistake, which the call reports at its place.
      let saved = machine[global: name]
      machine[global: name] = function
      defer { machine[global: name] = saved }
      value = try machine.evaluate(
        Source(name: call.session.cellName, text: "\(name)(\(call.argument))"))
    }
    try call.session.showValue(value)
  }
}
