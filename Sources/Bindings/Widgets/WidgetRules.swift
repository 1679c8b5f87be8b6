import Glibc
import Language

/// What holds between the attributes of one widget: bounds and values, options and choices.
enum WidgetRules {
  // MARK: - While a widget is made

  static func checkBounds(_ widget: WidgetObject, _ machine: Machine) throws {
    switch widget.family.behaviour {
    case .bounded, .boundedLog, .range:
      if let low = number(widget, "min"), let high = number(widget, "max"), low > high {
        throw WidgetErrors.traitError("setting max < min", machine)
      }
    default: break
    }
  }

  /// Everything is given: what follows from it.
  static func complete(_ widget: WidgetObject, given: Set<String>, _ machine: Machine) throws {
    switch widget.family.behaviour {
    case .bounded, .boundedLog:
      try clamp(widget, machine)
    case .range:
      if !given.contains("value"), let low = number(widget, "min"), let high = number(widget, "max") {
        let pair = Value.tuple([
          .float(0.75 * low + 0.25 * high), .float(0.25 * low + 0.75 * high),
        ])
        if let trait = widget.family.trait("value") {
          widget.setOwn("value", try trait.checked(pair, for: widget, machine))
        }
      }
      try clamp(widget, machine)
    case .selection:
      if !given.contains("options") { try widget.set("options", .tuple([]), machine, isBeginning: true) }
      if given.contains("index") {
        try choose(widget, widget.own("index")?.asInt, machine)
      } else if given.contains("value") {
        try choose(widget, try index(of: widget.own("value") ?? .none, widget, machine), machine)
      } else if given.contains("label") {
        try choose(widget, index(ofLabel: widget.own("label") ?? .none, widget, machine), machine)
      } else {
        try choose(widget, try options(widget, machine).isEmpty ? nil : 0, machine)
      }
    case .multipleSelection:
      if !given.contains("options") { try widget.set("options", .tuple([]), machine, isBeginning: true) }
      if given.contains("index") {
        try chooseMany(widget, try machine.array(widget.own("index") ?? .tuple([])).compactMap(\.asInt), machine)
      } else if given.contains("value") {
        try follow(widget, "value", machine)
      }
    case .box where widget.family.name == "Tab":
      if !given.contains("selected_index"), widget.own("children")?.asTuple?.count ?? 0 > 0 {
        widget.setOwn("selected_index", .int(0))
      }
    default: break
    }
  }

  // MARK: - When an attribute is set

  /// The value that an attribute gets when `value` is asked for.
  static func corrected(
    _ widget: WidgetObject, _ name: String, _ value: Value, _ machine: Machine, isBeginning: Bool
  ) throws -> Value {
    switch (widget.family.behaviour, name) {
    case (.bounded, "value"), (.boundedLog, "value"), (.range, "value"):
      return isBeginning ? value : clamped(value, widget)
    case (.bounded, "min"), (.boundedLog, "min"), (.range, "min"):
      if !isBeginning, let low = value.asDouble, let high = number(widget, "max"), low > high {
        throw WidgetErrors.traitError("setting min > max", machine)
      }
    case (.bounded, "max"), (.boundedLog, "max"), (.range, "max"):
      if !isBeginning, let high = value.asDouble, let low = number(widget, "min"), high < low {
        throw WidgetErrors.traitError("setting max < min", machine)
      }
    case (.selection, "options"), (.multipleSelection, "options"):
      if value.asDict != nil { return value }
      return .tuple(try machine.array(value))
    case (.selection, "value") where !isBeginning:
      _ = try index(of: value, widget, machine)
    case (.selection, "label") where !isBeginning:
      _ = try index(ofLabel: value, widget, machine)
    case (.selection, "index"):
      if let place = value.asInt, !isBeginning { try check(place, widget, machine) }
    case (.multipleSelection, "index") where !isBeginning:
      for item in try machine.array(value) {
        guard let place = item.asInt else {
          throw WidgetErrors.traitError("Invalid selection: index out of bounds", machine)
        }
        try check(place, widget, machine)
      }
    case (.multipleSelection, "value") where !isBeginning:
      for item in try machine.array(value) { _ = try index(of: item, widget, machine) }
    default: break
    }
    return value
  }

  /// What follows from an attribute that was set.
  static func follow(_ widget: WidgetObject, _ name: String, _ machine: Machine) throws {
    switch (widget.family.behaviour, name) {
    case (.bounded, "min"), (.bounded, "max"), (.boundedLog, "min"), (.boundedLog, "max"),
      (.boundedLog, "base"), (.range, "min"), (.range, "max"):
      try clamp(widget, machine)
    case (.selection, "options"):
      try choose(widget, try options(widget, machine).isEmpty ? nil : 0, machine)
    case (.selection, "value"):
      try choose(widget, try index(of: widget.own("value") ?? .none, widget, machine), machine)
    case (.selection, "label"):
      try choose(widget, index(ofLabel: widget.own("label") ?? .none, widget, machine), machine)
    case (.selection, "index"): try choose(widget, widget.own("index")?.asInt, machine)
    case (.multipleSelection, "options"): try chooseMany(widget, [], machine)
    case (.multipleSelection, "index"):
      try chooseMany(
        widget, try machine.array(widget.own("index") ?? .tuple([])).compactMap(\.asInt), machine)
    case (.multipleSelection, "value"):
      var places: [Int] = []
      for item in try machine.array(widget.own("value") ?? .tuple([])) {
        if let place = try index(of: item, widget, machine) { places.append(place) }
      }
      try chooseMany(widget, places, machine)
    default: break
    }
  }

  // MARK: - Bounds

  private static func number(_ widget: WidgetObject, _ name: String) -> Double? {
    widget.own(name)?.asDouble
  }

  private static func clamp(_ widget: WidgetObject, _ machine: Machine) throws {
    guard let value = widget.own("value") else { return }
    try widget.put("value", clamped(value, widget), machine)
  }

  private static func clamped(_ value: Value, _ widget: WidgetObject) -> Value {
    if let pair = value.asTuple {
      return .tuple(pair.items.map { clamped($0, widget) })
    }
    guard let number = value.asDouble, var low = self.number(widget, "min"),
      var high = self.number(widget, "max")
    else { return value }
    if case .boundedLog = widget.family.behaviour, let base = self.number(widget, "base") {
      (low, high) = (power(base, low), power(base, high))
      return .float(min(max(number, low), high))
    }
    if number < low { return widget.own("min") ?? value }
    if number > high { return widget.own("max") ?? value }
    return value
  }

  private static func power(_ base: Double, _ exponent: Double) -> Double {
    Glibc.pow(base, exponent)
  }

  // MARK: - Options

  /// Labels and values of the options: pairs, a mapping, or values that label themselves.
  static func options(
    _ widget: WidgetObject, _ machine: Machine
  ) throws -> [(label: String, value: Value)] {
    let given = widget.own("options") ?? .tuple([])
    if let dict = given.asDict {
      return try dict.pairs.map { (try machine.text(of: $0.key), $0.value) }
    }
    let items = try machine.array(given)
    let pairs = items.map { item -> [Value]? in
      guard let parts = item.asTuple?.items ?? item.asList?.items, parts.count == 2 else { return nil }
      return parts
    }
    if pairs.allSatisfy({ $0 != nil }) {
      return try pairs.compactMap { $0 }.map { (try machine.text(of: $0[0]), $0[1]) }
    }
    return try items.map { (try machine.text(of: $0), $0) }
  }

  private static func index(
    of value: Value, _ widget: WidgetObject, _ machine: Machine
  ) throws -> Int? {
    if value.isNone, widget.family.name != "SelectionSlider" { return nil }
    for (place, option) in try options(widget, machine).enumerated() {
      if option.value.isIdentical(to: value) { return place }
      if try machine.equals(option.value, value) { return place }
    }
    throw WidgetErrors.traitError("Invalid selection: value not found", machine)
  }

  private static func index(
    ofLabel label: Value, _ widget: WidgetObject, _ machine: Machine
  ) throws -> Int? {
    if label.isNone { return nil }
    let text = label.swiftString
    if let place = try options(widget, machine).firstIndex(where: { $0.label == text }) { return place }
    throw WidgetErrors.traitError("Invalid selection: label not found", machine)
  }

  private static func check(_ place: Int, _ widget: WidgetObject, _ machine: Machine) throws {
    if try !options(widget, machine).indices.contains(place) {
      throw WidgetErrors.traitError("Invalid selection: index out of bounds", machine)
    }
  }

  private static func choose(_ widget: WidgetObject, _ place: Int?, _ machine: Machine) throws {
    let options = try options(widget, machine)
    if let place { try check(place, widget, machine) }
    try widget.put("_options_labels", .tuple(options.map { .string($0.label) }), machine)
    try widget.put("index", place.map { .int($0) } ?? .none, machine)
    try widget.put("label", place.map { .string(options[$0].label) } ?? .none, machine)
    try widget.put("value", place.map { options[$0].value } ?? .none, machine)
  }

  private static func chooseMany(
    _ widget: WidgetObject, _ places: [Int], _ machine: Machine
  ) throws {
    let options = try options(widget, machine)
    for place in places { try check(place, widget, machine) }
    try widget.put("_options_labels", .tuple(options.map { .string($0.label) }), machine)
    try widget.put("index", .tuple(places.map { .int($0) }), machine)
    try widget.put("label", .tuple(places.map { .string(options[$0].label) }), machine)
    try widget.put("value", .tuple(places.map { options[$0].value }), machine)
  }
}
