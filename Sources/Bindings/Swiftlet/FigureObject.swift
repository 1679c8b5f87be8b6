import Display
import Language
import Plotting

/// A plot as a value of the language: shows itself when its line stands alone.
final class FigureObject: Instance, RichObject {
  var plot: any Plot = Figure()
  /// `.svg` for `as_="svg"`; nil follows `%display`.
  var mode: DisplayMode?
  var showsItself: Bool { true }

  func bundle(_ machine: Machine) throws -> MIMEBundle {
    var settings = machine.displaySettings
    if let mode { settings.mode = mode }
    return plot.bundle(settings)
  }

  static let table = TypeTable(
    "Figure", module: "swiftlet", doc: "A plot. Alone on a line it shows itself; show(figure) does so anywhere.",
    isSubclassable: false, allocate: { FigureObject($0) },
    methods: [
      Native("show(self)", "Shows the plot here.") { a in
        let figure = try a.receiver(FigureObject.self)
        a.machine.displayPort?.show(try figure.bundle(a.machine), id: nil)
        return .none
      },
      Native("text(self, width=80)", "The plot as text without colours.") { a in
        let figure = try a.receiver(FigureObject.self)
        let settings = DisplaySettings(width: try a.int(1), colorDepth: .none)
        return .string(figure.plot.text(settings).plain)
      },
      Native("svg(self)", "The plot as an SVG picture.") { a in
        let figure = try a.receiver(FigureObject.self)
        return .string(figure.plot.picture(a.machine.displaySettings).document)
      },
      Native("__repr__(self)", "The plot as text.") { a in
        let figure = try a.receiver(FigureObject.self)
        var settings = a.machine.displaySettings
        settings.colorDepth = .none
        return .string(figure.plot.text(settings).plain)
      },
    ])

  static func make(_ plot: any Plot, as mode: DisplayMode?, _ machine: Machine) -> Value {
    let object = FigureObject(machine.type(table))
    object.plot = plot
    object.mode = mode
    return .object(object)
  }
}

/// A table as a value of the language.
final class TableObject: Instance, RichObject {
  var content = Table(header: [], rows: [], index: .none)
  var title: String?
  var formatter = TableFormatter()
  var showsItself: Bool { true }

  func bundle(_ machine: Machine) throws -> MIMEBundle {
    var formatter = formatter
    formatter.lineWidth = machine.displaySettings.width
    if let title {
      return BoxTable(content, title: title).bundle(machine.displaySettings)
    }
    return formatter.bundle(content)
  }

  static let table = TypeTable(
    "Table", module: "swiftlet", doc: "A table for reading. Alone on a line it shows itself.",
    isSubclassable: false, allocate: { TableObject($0) },
    methods: [
      Native("show(self)", "Shows the table here.") { a in
        let table = try a.receiver(TableObject.self)
        a.machine.displayPort?.show(try table.bundle(a.machine), id: nil)
        return .none
      },
      Native("__repr__(self)", "The table as text.") { a in
        .string(try a.receiver(TableObject.self).bundle(a.machine).plain)
      },
    ])
}
