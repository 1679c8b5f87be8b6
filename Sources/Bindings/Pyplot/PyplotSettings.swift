import Language
import Plotting

/// `plt.rcParams`: settings that programs read and set. The size of figures is followed, the rest is
/// kept and given back.
enum PyplotSettings {
  static func dictionary(_ machine: Machine) -> DictObject {
    let state = PyplotState.of(machine)
    if let settings = state.settings { return settings }
    let settings = DictObject()
    fill(settings)
    state.settings = settings
    return settings
  }

  static func value(_ machine: Machine) -> Value { .object(dictionary(machine)) }

  static func reset(_ machine: Machine) { fill(dictionary(machine)) }

  private static func fill(_ settings: DictObject) {
    for (name, value) in defaults { settings[name] = value }
    settings["figure.figsize"] = .list([.float(6.4), .float(4.8)])
  }

  private static var defaults: [(String, Value)] {
    [
    ("figure.dpi", .float(100)), ("savefig.dpi", .string("figure")), ("font.size", .float(10)),
    ("lines.linewidth", .float(1.5)), ("lines.markersize", .float(6)), ("lines.linestyle", .string("-")),
    ("axes.grid", .bool(false)), ("axes.titlesize", .string("large")), ("axes.labelsize", .string("medium")),
    ("xtick.labelsize", .string("medium")), ("ytick.labelsize", .string("medium")),
    ("legend.fontsize", .string("medium")), ("legend.loc", .string("best")),
    ("image.cmap", .string("viridis")), ("image.interpolation", .string("auto")),
    ("image.origin", .string("upper")), ("axes.spines.top", .bool(true)), ("axes.spines.right", .bool(true)),
    ("figure.autolayout", .bool(false)), ("axes.unicode_minus", .bool(true)),
    ]
  }

  static func maps(_ machine: Machine) -> Value { .object(PyMapShelf(machine.type(PyMapShelf.table))) }

  static let mapEntries: [ModuleEntry] = PyplotColorMap.names.flatMap { [$0, $0 + "_r"] }.map { name in
    .value(name: name, doc: "The colour map \(name).") { machine in
      PyplotColorMap.named(name).map { PyColorMapObject.make($0, machine) } ?? .none
    }
  }
}
