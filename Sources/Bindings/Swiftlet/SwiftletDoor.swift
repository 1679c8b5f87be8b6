import Display
import Language

/// `swiftlet`: the names that need no import.
enum SwiftletDoor {
  static let functions: [Native] =
    PlotFunctions.rows + MorePlots.globals + SklearnDatasets.rows + [
      SklearnModelSelection.trainTestSplitRow,
      PandasDoor.readCSV,
      TableFunction.row,
      Native("show(*objects)", "Shows objects here, one after the other.", example: "show('text')") { a in
        for value in try a.items(0) {
          a.machine.displayPort?.show(try Presenter(a.machine).bundle(value), id: nil)
        }
        return .none
      },
    ]

  static let table = ModuleTable(
    "swiftlet", doc: "Plots, tables and what else is in scope without an import.",
    entries: (functions + MorePlots.rows).map { .function($0) } + [
      .function(IPythonDoor.display), .function(IPythonDoor.updateDisplay),
      .function(IPythonDoor.clearOutput), .type(FigureObject.table), .type(TableObject.table), .type(LiveView.table),
    ])
}
