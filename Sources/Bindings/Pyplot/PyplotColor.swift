import Display
import Glibc
import Language
import Plotting

/// A colour as matplotlib names it, and what we draw for it.
struct PyplotColor: Equatable {
  var red: Double
  var green: Double
  var blue: Double
  var alpha = 1.0
  /// Its place in the cycle of colours; nil for a colour of its own.
  var cycle: Int?

  var rgba: [Double] { [red, green, blue, alpha] }

  /// The colour of a plot that is read on light and dark pages: those of the cycle are ours, others
  /// are brought to a contrast that both pages have.
  var shown: Color {
    if let cycle { return Palette.color(cycle) }
    return PyplotColor.legible(exact)
  }

  /// The colour itself, for surfaces that have no page behind them.
  var exact: Color { Color(red: red, green: green, blue: blue) }

  private static func legible(_ color: Color) -> Color {
    var result = color
    for step in 1...12 {
      let light = result.contrast(with: .white)
      let dark = result.contrast(with: Color(0x111111))
      if light >= 2.2 && dark >= 2.2 { return result }
      result = color.mixed(with: light < 2.2 ? .black : .white, Double(step) * 0.06)
    }
    return result
  }

  static func ofCycle(_ index: Int) -> PyplotColor {
    let place = index % 10
    var color = named(PyplotColorNames.cycle[place]) ?? PyplotColor(red: 0, green: 0, blue: 0)
    color.cycle = place
    return color
  }

  // MARK: - Texts

  /// nil when the text names no colour.
  static func named(_ text: String) -> PyplotColor? {
    if text.lowercased() == "none" {
      return PyplotColor(red: 0, green: 0, blue: 0, alpha: 0)
    }
    if text.hasPrefix("C"), let number = Int(text.dropFirst()), number >= 0 {
      return ofCycle(number)
    }
    if let place = PyplotColorNames.tableauNames.firstIndex(of: text) { return ofCycle(place) }
    if text.hasPrefix("#") { return hex(text.dropFirst()) }
    if let value = PyplotColorNames.hex(text) ?? PyplotColorNames.hex(text.lowercased()) {
      return PyplotColor(value)
    }
    if let gray = Double(text), gray >= 0, gray <= 1 {
      return PyplotColor(red: gray, green: gray, blue: gray)
    }
    return nil
  }

  init(red: Double, green: Double, blue: Double, alpha: Double = 1, cycle: Int? = nil) {
    (self.red, self.green, self.blue, self.alpha) = (red, green, blue, alpha)
    self.cycle = cycle
  }

  init(_ hex: UInt32) {
    red = Double(hex >> 16 & 255) / 255
    green = Double(hex >> 8 & 255) / 255
    blue = Double(hex & 255) / 255
  }

  private static func hex(_ digits: Substring) -> PyplotColor? {
    var text = String(digits)
    if text.utf8.count == 3 || text.utf8.count == 4 { text = text.map { "\($0)\($0)" }.joined() }
    guard text.utf8.count == 6 || text.utf8.count == 8, let value = UInt32(text, radix: 16) else {
      return nil
    }
    if text.utf8.count == 6 { return PyplotColor(value) }
    var color = PyplotColor(value >> 8)
    color.alpha = Double(value & 255) / 255
    return color
  }

  // MARK: - Values

  /// A colour of the language: a name, `#rrggbb`, or numbers of 0 to 1; nil when it is none.
  static func read(_ value: Value, _ machine: Machine) throws -> PyplotColor? {
    if let text = value.swiftString { return named(text) }
    if value.isNone || value.asDouble != nil { return nil }
    guard try machine.isIterable(value) else { return nil }
    if let pair = value.asTuple, pair.count == 2, let alpha = pair[1].asDouble,
      var color = try read(pair[0], machine)
    {
      color.alpha = alpha
      return color
    }
    guard let parts = try? machine.doubles(value), parts.count == 3 || parts.count == 4,
      parts.allSatisfy({ $0 >= 0 && $0 <= 1 })
    else { return nil }
    return PyplotColor(
      red: parts[0], green: parts[1], blue: parts[2], alpha: parts.count == 4 ? parts[3] : 1)
  }

  static func required(_ value: Value, _ machine: Machine) throws -> PyplotColor {
    if let color = try read(value, machine) { return color }
    let text = value.swiftString
    throw Raise(
      .valueError,
      "\(try machine.repr(value)) is not a valid value for color: supported inputs are "
        + "(r, g, b) and (r, g, b, a) 0-1 float tuples; '#rrggbb', '#rrggbbaa', '#rgb', '#rgba' "
        + "strings; named color strings; string reprs of 0-1 floats for grayscale values; "
        + "'C0', 'C1', ... strings for colors of the color cycle; and pairs combining one of the "
        + "above with an alpha value",
      hint: text.flatMap { Suggestion.nearest(to: $0, among: PyplotColorNames.all) }
        .map { "Did you mean '\($0)'?" })
  }
}

extension PyplotColorNames {
  static var all: [String] { names + tableauNames }
}
