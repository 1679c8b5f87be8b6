import Display
import Language
import Plotting
import TensorCore

// The names of what was drawn.
extension AxesSettings {
  static func named(_ axes: PyAxes) -> [(handle: Value, name: String)] {
    var out: [(handle: Value, name: String)] = []
    var done: Set<ObjectIdentifier> = []
    for artist in axes.artists {
      if let bar = artist as? PyRectangle,
        let group = axes.containers.first(where: { group in group.bars.contains { $0 === bar } })
      {
        if done.insert(ObjectIdentifier(group)).inserted, !group.label.isEmpty {
          out.append((.object(group), group.label))
        }
      }
      if let name = artist.shownLabel { out.append((.object(artist), name)) }
    }
    return out
  }

  static func legend(_ c: AxesCall) throws -> Value {
    let machine = c.machine
    let given = try c.items(0)
    let places: Set<String> = [
      "best", "upper right", "upper left", "lower left", "lower right", "right", "center left",
      "center right", "lower center", "upper center", "center", "outside",
    ]
    var (handles, names) = (Value.none, Value.none)
    for (name, value) in c.keywords(1) {
      switch name {
      case "loc":
        if let text = value.swiftString, !places.contains(text), !text.hasPrefix("outside") {
          throw Raise(.valueError, "'\(text)' is not a valid value for loc.")
        }
      case "title": c.axes.legendTitle = try machine.text(of: value)
      case "handles": handles = value
      case "labels": names = value
      default: break
      }
    }
    if given.count == 1 { names = given[0] }
    if given.count >= 2 { (handles, names) = (given[0], given[1]) }
    c.axes.hasLegend = true
    c.axes.twin?.hasLegend = true
    if !handles.isNone || !names.isNone {
      var artists: [PyArtist] = []
      if handles.isNone {
        var done: Set<ObjectIdentifier> = []
        for artist in c.axes.artists where !(artist is PyText) {
          if let bar = artist as? PyRectangle,
            let group = c.axes.containers.first(where: { group in group.bars.contains { $0 === bar } })
          {
            if !done.insert(ObjectIdentifier(group)).inserted { continue }
          }
          artists.append(artist)
        }
      } else {
        artists = try machine.array(handles).compactMap { value in
          if let group = value.asInstance as? PyContainer {
            return group.bars.first ?? group.items.first?.asInstance as? PyArtist
          }
          return value.asInstance as? PyArtist
        }
      }
      let words =
        names.isNone
        ? artists.map(\.label) : try machine.array(names).map { try machine.text(of: $0) }
      c.axes.legendNames = zip(artists, words).map { ($0, $1) }
    }
    let legend = PyLegend(machine.type(PyLegend.table))
    legend.names = c.axes.legendNames?.map(\.name) ?? named(c.axes).map(\.name)
    return .object(legend)
  }
}

/// What `legend()` gives.
final class PyLegend: Instance {
  var names: [String] = []

  static let table = TypeTable(
    "Legend", module: "matplotlib.legend", doc: "The names of what was drawn.",
    isSubclassable: false, allocate: { PyLegend($0) },
    methods: [
      Native("get_texts(self)", "The names as texts.") { a in
        .list(
          try a.receiver(PyLegend.self).names.map {
            .object(PyText.make($0, .int(0), .int(0), a.machine))
          })
      },
      Native("set_title(self, title, prop=None)", "Legends have no title here.") { _ in .none },
      Native("get_title(self)", "The title as a text.") { a in
        .object(PyText.make("", .int(0), .int(0), a.machine))
      },
      Native("remove(self)", "Legends go with their axes.") { _ in .none },
      Native("__str__(self)", "A short name.") { _ in .string("Legend") },
    ])
}

/// `ax.transAxes`: places are fractions of the axes.
final class PyTransform: Instance {
  static let table = TypeTable(
    "BboxTransformTo", module: "matplotlib.transforms", doc: "Places as fractions of the axes.",
    isSubclassable: false, allocate: { PyTransform($0) })
}
