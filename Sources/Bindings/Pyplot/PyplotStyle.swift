import Display
import Language
import Plotting

/// The keywords of an artist: colour, line, marker, label; and which ones it knows.
struct PyplotStyle {
  var color: PyplotColor?
  var colorValue: Value?
  var lineStyle: String?
  var lineWidth: Double?
  var marker: String?
  var markerSize: Double?
  var label: Value?
  var alpha: Double?
  var zorder: Double?
  var isVisible = true
  var edgeColor: PyplotColor?
  var fills = true
  /// What is left: keywords of the one function.
  var rest: [(name: String, value: Value)] = []

  private static let common: Set<String> = [
    "agg_filter", "alpha", "animated", "clip_box", "clip_on", "clip_path", "color", "figure",
    "gid", "in_layout", "label", "mouseover", "path_effects", "picker", "rasterized",
    "sketch_params", "snap", "transform", "url", "visible", "zorder", "data", "axes",
  ]
  private static let known: [String: Set<String>] = [
    "Line2D": [
      "antialiased", "aa", "c", "dash_capstyle", "dash_joinstyle", "dashes", "drawstyle", "ds",
      "fillstyle", "gapcolor", "linestyle", "ls", "linewidth", "lw", "marker",
      "markeredgecolor", "mec", "markeredgewidth", "mew", "markerfacecolor", "mfc",
      "markerfacecoloralt", "mfcalt", "markersize", "ms", "markevery", "pickradius",
      "solid_capstyle", "solid_joinstyle", "xdata", "ydata",
    ],
    "Rectangle": [
      "angle", "antialiased", "aa", "bounds", "capstyle", "edgecolor", "ec", "facecolor", "fc",
      "fill", "hatch", "hatch_linewidth", "height", "joinstyle", "linestyle", "ls", "linewidth",
      "lw", "width", "x", "xy", "y",
    ],
    "Collection": [
      "antialiased", "aa", "antialiaseds", "array", "capstyle", "clim", "cmap", "edgecolor", "ec",
      "edgecolors", "facecolor", "fc", "facecolors", "hatch", "joinstyle", "linestyle", "ls",
      "linestyles", "dashes", "linewidth", "linewidths", "lw", "norm", "offset_transform",
      "offsets", "paths", "pickradius", "sizes", "urls",
    ],
    "Text": [
      "backgroundcolor", "bbox", "c", "fontfamily", "family", "fontproperties", "font",
      "fontsize", "size", "fontstretch", "stretch", "fontstyle", "style", "fontvariant",
      "variant", "fontweight", "weight", "horizontalalignment", "ha", "linespacing",
      "math_fontfamily", "multialignment", "ma", "parse_math", "position", "rotation",
      "rotation_mode", "text", "transform_rotates_text", "usetex", "verticalalignment", "va",
      "wrap", "x", "y", "loc", "pad", "labelpad", "fontdict",
    ],
  ]

  /// - Parameters:
  ///   - kind: whose keywords they are: `Line2D`, `Rectangle`, `Text`, or a collection by name.
  ///   - more: further keywords of the function; they come back in `rest`.
  init(
    _ keywords: [(name: String, value: Value)], _ kind: String, more: Set<String> = [],
    _ machine: Machine
  ) throws {
    let known = PyplotStyle.known[kind] ?? PyplotStyle.known["Collection"] ?? []
    for (name, value) in keywords {
      if more.contains(name) {
        rest.append((name, value))
        continue
      }
      guard known.contains(name) || PyplotStyle.common.contains(name) else {
        let names = Array(known.union(PyplotStyle.common).union(more))
        throw Raise(
          .attributeError, "\(kind).set() got an unexpected keyword argument '\(name)'",
          hint: Suggestion.nearest(to: name, among: names).map { "Did you mean '\($0)'?" })
      }
      try read(name, value, kind, machine)
    }
  }

  private mutating func read(
    _ name: String, _ value: Value, _ kind: String, _ machine: Machine
  ) throws {
    if value.isNone { return }
    switch name {
    case "color", "c", "facecolor", "fc", "facecolors":
      if kind == "Text" && name != "color" && name != "c" { return }
      color = try PyplotColor.required(value, machine)
      colorValue = value
    case "markerfacecolor", "mfc":
      if color == nil { color = try PyplotColor.required(value, machine) }
    case "edgecolor", "ec", "edgecolors":
      if let text = value.swiftString, text == "face" { return }
      edgeColor = try? PyplotColor.required(value, machine)
    case "linestyle", "ls": lineStyle = try PyplotStyle.lineStyle(value, machine)
    case "linewidth", "lw": lineWidth = try machine.float(value)
    case "marker": marker = try PyplotStyle.marker(value, machine)
    case "markersize", "ms": markerSize = try machine.float(value)
    case "label": label = value
    case "alpha": alpha = try? machine.float(value)
    case "zorder": zorder = try? machine.float(value)
    case "visible": isVisible = try machine.truth(value)
    case "fill": fills = try machine.truth(value)
    case "drawstyle", "ds", "dashes": rest.append((name, value))
    default: break
    }
  }

  // MARK: - Lines and markers

  private static let lineNames = [
    "solid": "-", "dashed": "--", "dashdot": "-.", "dotted": ":", "None": "None", "none": "None",
    " ": "None", "": "None", "-": "-", "--": "--", "-.": "-.", ":": ":",
  ]

  static func lineStyle(_ value: Value, _ machine: Machine) throws -> String {
    guard let text = value.swiftString else { return "--" }
    guard let style = lineNames[text] else {
      throw Raise(
        .valueError, "'\(text)' is not a valid value for ls.",
        hint: "Known: '-', '--', '-.', ':', 'None', 'solid', 'dashed', 'dashdot', 'dotted'.")
    }
    return style
  }

  static func dash(_ style: String) -> Dash {
    switch style {
    case "--": .dashed
    case ":": .dotted
    case "-.": .dashDot
    default: .solid
    }
  }

  /// Markers by matplotlib's signs, with what we draw for them.
  private static let markers: [String: Character] = [
    ".": "•", ",": "·", "o": "●", "v": "▼", "^": "▲", "<": "◀", ">": "▶", "1": "▼", "2": "▲",
    "3": "◀", "4": "▶", "8": "●", "s": "■", "p": "◆", "P": "✚", "*": "★", "h": "■", "H": "■",
    "+": "+", "x": "×", "X": "✖", "D": "◆", "d": "◆", "|": "│", "_": "─",
  ]

  static func marker(_ value: Value, _ machine: Machine) throws -> String {
    guard let text = value.swiftString else { return "o" }
    let isMath = text.hasPrefix("$") && text.hasSuffix("$") && text.count > 2
    guard markers[text] != nil || isMath || ["None", "none", " ", ""].contains(text) else {
      throw Raise(
        .valueError, "Unrecognized marker style '\(text)'",
        hint: "Known: \(markers.keys.sorted().joined(separator: " "))")
    }
    return ["none", " ", ""].contains(text) ? "None" : text
  }

  static func glyph(_ marker: String) -> Character {
    if marker.hasPrefix("$"), let letter = marker.dropFirst().first, marker.count > 2 {
      return TextWidth.of(letter) == 1 ? letter : "●"
    }
    return markers[marker] ?? "●"
  }

  /// A format such as `r--o`; nil parts were not given.
  static func format(
    _ text: String
  ) throws(Raise) -> (color: PyplotColor?, marker: String?, line: String?) {
    if text.count > 1 || Double(text) == nil, !isMarkerOrLine(text),
      let color = PyplotColor.named(text), text.lowercased() != "none"
    {
      return (color, nil, nil)
    }
    var color: PyplotColor?
    var marker: String?
    var line: String?
    let letters = Array(text)
    var place = 0
    func fail(_ why: String) -> Raise {
      Raise(.valueError, "'\(text)' is not a valid format string (\(why))")
    }
    while place < letters.count {
      let letter = String(letters[place])
      let pair = place + 1 < letters.count ? letter + String(letters[place + 1]) : ""
      if pair == "--" || pair == "-." {
        if line != nil { throw fail("two linestyle symbols") }
        line = pair
        place += 2
      } else if letter == "-" || letter == ":" {
        if line != nil { throw fail("two linestyle symbols") }
        line = letter
        place += 1
      } else if letter == " " {
        place += 1
      } else if markers[letter] != nil {
        if marker != nil { throw fail("two marker symbols") }
        marker = letter
        place += 1
      } else if "bgrcmykw".contains(letter) {
        if color != nil { throw fail("two color symbols") }
        color = PyplotColor.named(letter)
        place += 1
      } else if letter == "C", place + 1 < letters.count, letters[place + 1].isNumber {
        var digits = ""
        place += 1
        while place < letters.count, letters[place].isNumber {
          digits.append(letters[place])
          place += 1
        }
        color = PyplotColor.named("C" + digits)
      } else {
        throw fail("unrecognized character '\(letter)'")
      }
    }
    // A marker alone means points without a line.
    if marker != nil, line == nil { line = "None" }
    return (color, marker, line)
  }

  private static func isMarkerOrLine(_ text: String) -> Bool {
    markers[text] != nil || lineNames[text] != nil
  }
}
