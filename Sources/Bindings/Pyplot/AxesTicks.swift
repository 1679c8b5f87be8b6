import Display
import Language
import Plotting
import TensorCore

// Ticks of axes: their places and texts.
extension AxesSettings {
  static func setTicks(_ c: AxesCall, _ isX: Bool, _ places: Value, _ labels: Value) throws {
    let machine = c.machine
    if !places.isNone, !places.isUndefined {
      let numbers = try c.axes.numbers(places, isX, machine)
      if isX { (c.axes.x.ticks, c.axes.x.labels) = (numbers, nil) }
      else { (c.axes.y.ticks, c.axes.y.labels) = (numbers, nil) }
    }
    guard !labels.isNone, !labels.isUndefined else { return }
    let names = try machine.array(labels).map { try machine.text(of: $0.asInstance is PyText ? .string((try PyText.text($0)).text) : $0) }
    let count = (isX ? c.axes.x.ticks : c.axes.y.ticks)?.count ?? names.count
    guard names.count == count || names.isEmpty else {
      throw Raise(
        .valueError, "The number of FixedLocator locations (\(count)), usually from a call to "
          + "set_ticks, does not match the number of labels (\(names.count)).")
    }
    if isX {
      if c.axes.x.ticks == nil { c.axes.x.ticks = names.indices.map(Double.init) }
      c.axes.x.labels = names.isEmpty ? Array(repeating: "", count: count) : names
    } else {
      if c.axes.y.ticks == nil { c.axes.y.ticks = names.indices.map(Double.init) }
      c.axes.y.labels = names.isEmpty ? Array(repeating: "", count: count) : names
    }
  }

  /// The places that have a label: given ones, those of names, or what matplotlib would pick.
  static func places(_ c: AxesCall, _ isX: Bool) -> [Double] {
    let axis = isX ? c.axes.x : c.axes.y
    if let ticks = axis.ticks { return ticks }
    if !axis.names.isEmpty { return axis.names.indices.map(Double.init) }
    let ends = c.axes.limits(isX)
    let (low, high) = (min(ends.0, ends.1), max(ends.0, ends.1))
    return axis.scale == "log" ? PyplotLevels.powers(low, high) : PyplotLevels.ticks(low, high)
  }

  static func texts(_ c: AxesCall, _ isX: Bool) -> Value {
    let axis = isX ? c.axes.x : c.axes.y
    let places = places(c, isX)
    let digits = places.reduce(0) { max($0, PyplotLevels.digits($1)) }
    return .list(
      places.enumerated().map { index, place in
        let label =
          axis.labels.map { index < $0.count ? $0[index] : "" } ?? axis.name(place)
          ?? NumberText.fixed(place, digits).replacing("-", with: "\u{2212}")
        let at: Value = place == place.rounded() && abs(place) < 1e15 ? .int(Int(place)) : .float(place)
        return .object(PyText.make(label, isX ? at : .int(0), isX ? .int(0) : at, c.machine))
      })
  }

  /// Given places that are whole stay integers, as matplotlib gives back what it was given.
  static func tickArray(_ c: AxesCall, _ isX: Bool) throws -> Value {
    let axis = isX ? c.axes.x : c.axes.y
    let places = places(c, isX)
    if axis.ticks != nil || !axis.names.isEmpty {
      let whole = places.compactMap { Int(exactly: $0) }
      if axis.ticks == nil { return .list(whole.map { .int($0) }) }
      if whole.count == places.count { return try c.machine.ndarray(whole) }
    }
    return try c.machine.ndarray(places)
  }

  static func tickRows(_ isX: Bool) -> [AxesRow] {
    let name = isX ? "x" : "y"
    return [
      AxesRow("set_\(name)ticks", "ticks, labels=None, *, minor=False, **kwargs", "The places with a label.", isOnlyMethod: true) { c in
        try setTicks(c, isX, c[0], c[1])
        return .list([])
      },
      AxesRow("set_\(name)ticklabels", "labels, *, minor=False, fontdict=None, **kwargs", "The labels of the places.", isOnlyMethod: true) {
        c in
        try setTicks(c, isX, .none, c[0])
        return texts(c, isX)
      },
      AxesRow("\(name)ticks", "ticks=None, labels=None, *, minor=False, **kwargs", "Sets or gives the places with a label.", example: "plt.\(name)ticks([0, 1], ['a', 'b'])") {
        c in
        try setTicks(c, isX, c[0], c[1])
        return .tuple([try tickArray(c, isX), texts(c, isX)])
      },
      AxesRow("get_\(name)ticks", "*, minor=False", "The places with a label.", isOnlyMethod: true) { c in
        try tickArray(c, isX)
      },
      AxesRow("get_\(name)ticklabels", "minor=False, which=None", "The labels of the places.", isOnlyMethod: true) {
        c in texts(c, isX)
      },
    ]
  }

  static let ticks: [AxesRow] = tickRows(true) + tickRows(false) + [
    AxesRow("tick_params", "axis='both', **kwargs", "Ticks have one look here.") { _ in .none },
    AxesRow("ticklabel_format", "*, axis='both', style=None, scilimits=None, useOffset=None, useLocale=None, useMathText=None", "Labels have one look here.") { _ in .none },
    AxesRow("minorticks_on", "", "There are no minor ticks here.") { _ in .none },
    AxesRow("minorticks_off", "", "There are no minor ticks here.") { _ in .none },
    AxesRow("locator_params", "axis='both', tight=None, **kwargs", "Ticks find their own number here.") { _ in .none },
    AxesRow("label_outer", "remove_inner_ticks=False", "Labels stay here.", isOnlyMethod: true) { _ in .none },
  ]
}
