import Display
import Language
import Plotting
import TensorCore

/// A bar: `matplotlib.patches.Rectangle`.
final class PyRectangle: PyArtist {
  override var artistKind: String { "Rectangle" }
  var x = 0.0
  var y = 0.0
  var width = 1.0
  var height = 1.0
  var isLying = false
  /// Whether the numbers that the program gave were integers; they are given back as such.
  var hasWholeLength = false
  /// A stripe over the whole height or width: `axvspan`, `axhspan`.
  enum Stripe { case upright, level }
  var stripe: Stripe?
  /// Whether it stands on its foot, so that no margin goes below.
  var isBar = false

  override var xs: [Double] { stripe == .level ? [] : [x, x + width] }
  override var ys: [Double] { stripe == .upright ? [] : [y, y + height] }
  override var stickyX: [Double] { isBar && isLying ? [x] : [] }
  override var stickyY: [Double] { isBar && !isLying ? [y] : [] }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    if let stripe {
      let isUpright = stripe == .upright
      figure = figure.stripe(
        isUpright ? x : y, isUpright ? x + width : y + height, isUpright: isUpright, name: name,
        color: color ?? self.color.shown)
    } else if isBar {
      try PyRectangle.draw([self], &figure, name: name, color: color)
    } else {
      figure = try figure.shape(
        [x, x + width, x + width, x], [y, y, y + height, y + height], name: name,
        color: color ?? self.color.shown)
    }
  }

  /// Bars of one call are one layer.
  static func draw(
    _ bars: [PyRectangle], _ figure: inout Figure, name: String?, color: Color?
  ) throws {
    guard let first = bars.first else { return }
    let colors = bars.map(\.color.shown)
    let isOne = colors.allSatisfy { $0 == colors[0] }
    if first.isLying {
      figure = try figure.horizontalBars(
        edges: bars.map { ($0.y, $0.y + $0.height) }, bars.map(\.width), feet: bars.map(\.x),
        name: name, color: isOne ? color : colors[0], colors: isOne ? [] : colors)
    } else {
      figure = try figure.bars(
        edges: bars.map { ($0.x, $0.x + $0.width) }, bars.map(\.height), feet: bars.map(\.y),
        name: name, color: isOne ? color : colors[0], colors: isOne ? [] : colors)
    }
  }

  private static func bar(_ value: Value) throws -> PyRectangle {
    guard let bar = value.asInstance as? PyRectangle else {
      throw Raise(.typeError, "a Rectangle is needed")
    }
    return bar
  }

  private static func getter(_ name: String, _ get: @escaping (PyRectangle) -> Double) -> Native {
    Native("get_\(name)(self)", "The \(name).") { a in
      let bar = try bar(a[0])
      let value = get(bar)
      let isFoot = bar.isBar && (bar.isLying ? name == "x" : name == "y")
      let isLength = bar.isBar && (bar.isLying ? name == "width" : name == "height")
      if isFoot && value == 0 || isLength && bar.hasWholeLength, let whole = Int(exactly: value) {
        return a.machine.tensorTypes.scalar(.int(whole), .int64)
      }
      return a.machine.tensorTypes.scalar(.double(value), .float64)
    }
  }

  static let rectangleTable = TypeTable(
    "Rectangle", module: "matplotlib.patches", doc: "A rectangle: xy, width, height.", base: table,
    isSubclassable: false, allocate: { PyRectangle($0) },
    methods: [
      Native("__init__(self, xy, width, height, *, angle=0.0, **kwargs)", "A rectangle.") { a in
        let bar = try bar(a[0])
        let corner = try a.machine.doubles(a[1])
        guard corner.count == 2 else { throw Raise(.valueError, "xy must be a pair of numbers") }
        (bar.x, bar.y) = (corner[0], corner[1])
        bar.width = try a.double(2)
        bar.height = try a.double(3)
        let style = try PyplotStyle(a.keywords(5), "Rectangle", a.machine)
        if let color = style.color ?? style.edgeColor { bar.color = color }
        if let label = style.label { bar.label = try a.machine.text(of: label) }
        return .none
      },
      getter("x") { $0.x }, getter("y") { $0.y }, getter("width") { $0.width },
      getter("height") { $0.height },
      Native("get_xy(self)", "The lower left corner.") { a in
        let bar = try bar(a[0])
        return .tuple([.float(bar.x), .float(bar.y)])
      },
      Native("set_height(self, h)", "Sets the height.") { a in
        try bar(a[0]).height = try a.double(1)
        return .none
      },
      Native("set_width(self, w)", "Sets the width.") { a in
        try bar(a[0]).width = try a.double(1)
        return .none
      },
      Native("__str__(self)", "Corner and size.") { a in
        let bar = try bar(a[0])
        func text(_ value: Double) -> String { NumberText.general(value, 6) }
        return .string(
          "Rectangle(xy=(\(text(bar.x)), \(text(bar.y))), width=\(text(bar.width)), "
            + "height=\(text(bar.height)), angle=0)")
      },
    ])
}

/// What is drawn in one way and asked little: areas, stripes, level lines, boxes, pictures.
final class PyShape: PyArtist {
  enum Content {
    case band(x: [Double], low: [Double], high: [Double])
    case polygon(x: [Double], y: [Double])
    case stripe(from: Double, to: Double, isUpright: Bool)
    case rule(Double, isHorizontal: Bool, style: String)
    case segments([Figure.Segment], style: String)
    case errors(x: [Double], y: [Double], low: [Double]?, high: [Double]?, left: [Double]?, right: [Double]?)
    case boxes([BoxStatistics?], places: [Double], width: Double, lying: Bool, means: Bool, fliers: Bool)
    case violins([[Double]], places: [Double], width: Double, lying: Bool, means: Bool, medians: Bool, extrema: Bool)
    case stems(x: [Double], y: [Double])
    case arrow(Double, Double, Double, Double)
  }

  var content = Content.segments([], style: "-")
  var kindName = "PolyCollection"
  override var artistKind: String { kindName }
  var colors: [Color] = []

  override var xs: [Double] {
    switch content {
    case .band(let x, _, _): x
    case .polygon(let x, _): x
    case .stripe(let from, let to, let isUpright): isUpright ? [from, to] : []
    case .rule(let value, let isHorizontal, _): isHorizontal ? [] : [value]
    case .segments(let lines, _): lines.flatMap { [$0.x0, $0.x1] }
    case .errors(let x, _, _, _, let left, let right):
      zip(x, left ?? x.map { _ in 0 }).map { $0 - $1 } + zip(x, right ?? x.map { _ in 0 }).map { $0 + $1 }
    case .boxes(let boxes, let places, let width, let lying, _, _):
      lying ? Self.reach(boxes) : places.flatMap { [$0 - 0.5 + 0 * width, $0 + 0.5] }
    case .violins(let lists, let places, let width, let lying, _, _, _):
      lying ? lists.flatMap { $0 } : places.flatMap { [$0 - width / 2, $0 + width / 2] }
    case .stems(let x, _): x
    case .arrow: []
    }
  }

  override var ys: [Double] {
    switch content {
    case .band(_, let low, let high): low + high
    case .polygon(_, let y): y
    case .stripe(let from, let to, let isUpright): isUpright ? [] : [from, to]
    case .rule(let value, let isHorizontal, _): isHorizontal ? [value] : []
    case .segments(let lines, _): lines.flatMap { [$0.y0, $0.y1] }
    case .errors(_, let y, let low, let high, _, _):
      zip(y, low ?? y.map { _ in 0 }).map { $0 - $1 } + zip(y, high ?? y.map { _ in 0 }).map { $0 + $1 }
    case .boxes(let boxes, let places, _, let lying, _, _):
      lying ? places.flatMap { [$0 - 0.5, $0 + 0.5] } : Self.reach(boxes)
    case .violins(let lists, let places, let width, let lying, _, _, _):
      lying ? places.flatMap { [$0 - width / 2, $0 + width / 2] } : lists.flatMap { $0 }
    case .stems(_, let y): y + [0]
    case .arrow: []
    }
  }

  private static func reach(_ boxes: [BoxStatistics?]) -> [Double] {
    boxes.compactMap { $0 }.flatMap { [$0.lowWhisker, $0.highWhisker] + $0.fliers }
  }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    let own = color ?? self.color.shown
    switch content {
    case .band(let x, let low, let high):
      figure = try figure.band(x, low, high, name: name, color: color)
    case .polygon(let x, let y):
      figure = try figure.shape(x, y, name: name, color: color)
    case .stripe(let from, let to, let isUpright):
      figure = figure.stripe(from, to, isUpright: isUpright, name: name, color: own)
    case .rule(let value, let isHorizontal, let style):
      let dash = PyplotStyle.dash(style)
      figure =
        isHorizontal
        ? figure.hline(value, name: name, color: own, dash: dash)
        : figure.vline(value, name: name, color: own, dash: dash)
    case .segments(let lines, let style):
      figure = figure.segments(lines, name: name, color: own, dash: PyplotStyle.dash(style))
    case .errors(let x, let y, let low, let high, let left, let right):
      figure = try figure.errorBars(
        x, y, low: low, high: high, left: left, right: right, name: name, color: own)
    case .boxes(let boxes, let places, let width, let lying, let means, let fliers):
      figure = try figure.boxes(
        boxes, positions: places, boxWidth: width, lying: lying, showsMeans: means,
        showsFliers: fliers, name: name, colors: colors)
    case .violins(let lists, let places, let width, let lying, let means, let medians, let extrema):
      figure = try figure.violins(
        lists, positions: places, violinWidth: width, lying: lying, showsMeans: means,
        showsMedians: medians, showsExtrema: extrema, colors: colors)
    case .stems(let x, let y):
      figure = try figure.stem(x, y, name: name, color: color)
    case .arrow(let x0, let y0, let x1, let y1):
      figure = figure.segments([.init(x0, y0, x1, y1)], color: own)
        .note("➤", x: x1, y: y1, color: own)
    }
  }

  private static func types(_ name: String, _ module: String) -> TypeTable {
    TypeTable(
      name, module: module, doc: "Something drawn in axes.", base: table, isSubclassable: false,
      allocate: { PyShape($0) })
  }

  static let collections = types("PolyCollection", "matplotlib.collections")
  static let fillBetween = types("FillBetweenPolyCollection", "matplotlib.collections")
  static let lineCollection = types("LineCollection", "matplotlib.collections")
  static let polygon = types("Polygon", "matplotlib.patches")
  static let arrow = types("FancyArrow", "matplotlib.patches")
}

/// A text in axes, a title, or a label.
final class PyText: PyArtist {
  override var artistKind: String { "Text" }
  var text = ""
  var x = 0.0
  var y = 0.0
  /// As prints show them: an int stays one.
  var xValue: Value = .float(0)
  var yValue: Value = .float(0)
  var horizontal = "left"
  var inAxesUnits = false
  /// Where the arrow of an annotation points; nil for a plain text.
  var target: (x: Double, y: Double)?
  var isAnnotation = false
  var hasColor = false
  var onChange: ((String) -> Void)?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(xValue)
    visitor.visit(yValue)
  }

  override func draw(_ figure: inout Figure, name: String?, color: Color?) throws {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = lines.map { PyplotText.plain(String($0)) }.joined(separator: " ")
    let ink = hasColor ? self.color.shown : nil
    if let target {
      figure = figure.segments(
        [.init(x, y, target.x, target.y)], color: .muted)
    }
    let anchor: NoteAnchor =
      horizontal == "center" ? .middle : horizontal == "right" ? .end : .start
    figure = figure.note(
      shown, x: x, y: y, color: ink, anchor: anchor, inFractions: inAxesUnits)
  }

  static func text(_ value: Value) throws -> PyText {
    guard let text = value.asInstance as? PyText else { throw Raise(.typeError, "a Text is needed") }
    return text
  }

  static func make(_ text: String, _ x: Value, _ y: Value, _ machine: Machine) -> PyText {
    let object = PyText(machine.type(textTable))
    object.text = text
    (object.xValue, object.yValue) = (x, y)
    (object.x, object.y) = (x.asDouble ?? 0, y.asDouble ?? 0)
    return object
  }

  static let textTable = TypeTable(
    "Text", module: "matplotlib.text", doc: "A text.", base: table, isSubclassable: false,
    allocate: { PyText($0) },
    methods: [
      Native("get_text(self)", "What it says.") { a in .string(try text(a[0]).text) },
      Native("set_text(self, s)", "Sets what it says.") { a in
        let object = try text(a[0])
        object.text = try a.machine.text(of: a[1])
        object.onChange?(object.text)
        return .none
      },
      Native("get_position(self)", "Where it stands.") { a in
        let object = try text(a[0])
        return .tuple([object.xValue, object.yValue])
      },
      Native("set_position(self, xy)", "Sets where it stands.") { a in
        let object = try text(a[0])
        let pair = try a.machine.array(a[1])
        guard pair.count == 2 else { throw Raise(.valueError, "set_position() needs a pair") }
        (object.xValue, object.yValue) = (pair[0], pair[1])
        (object.x, object.y) = (pair[0].asDouble ?? 0, pair[1].asDouble ?? 0)
        return .none
      },
      Native("get_fontsize(self)", "The size in points; text here has one size.") { _ in .float(10) },
      Native("set_fontsize(self, fontsize)", "Text here has one size.") { _ in .none },
      Native("set_rotation(self, s)", "Text here stands level.") { _ in .none },
      Native("set_ha(self, align)", "Sets which end stands at the place.") { a in
        try text(a[0]).horizontal = try a.string(1)
        return .none
      },
      Native("set_horizontalalignment(self, align)", "Sets which end stands at the place.") { a in
        try text(a[0]).horizontal = try a.string(1)
        return .none
      },
      Native("__repr__(self)", "Place and text.") { a in
        let object = try text(a[0])
        let name = object.isAnnotation ? "Annotation" : "Text"
        let words = try a.machine.repr(.string(object.text))
        return .string(
          "\(name)(\(try a.machine.text(of: object.xValue)), "
            + "\(try a.machine.text(of: object.yValue)), \(words))")
      },
    ])
}

/// Texts as matplotlib writes formulas: `$x^2$`.
enum PyplotText {
  /// The formula's signs as Unicode, as far as there are some; nothing is lost.
  static func plain(_ text: String) -> String {
    guard text.contains("$") else { return text }
    var out = ""
    var inside = false
    var place = text.startIndex
    while place < text.endIndex {
      let letter = text[place]
      if letter == "\\", text.index(after: place) < text.endIndex,
        text[text.index(after: place)] == "$"
      {
        out.append("$")
        place = text.index(place, offsetBy: 2)
        continue
      }
      if letter == "$" {
        inside.toggle()
        place = text.index(after: place)
        continue
      }
      guard inside else {
        out.append(letter)
        place = text.index(after: place)
        continue
      }
      if letter == "\\" {
        let start = text.index(after: place)
        let name = text[start...].prefix { $0.isLetter }
        place = text.index(start, offsetBy: name.count)
        out += commands[String(name)] ?? ""
      } else {
        if letter == "^" || letter == "_" {
          let table = letter == "^" ? raised : lowered
          place = text.index(after: place)
          var group = ""
          if place < text.endIndex, text[place] == "{" {
            group = String(text[text.index(after: place)...].prefix { $0 != "}" })
            place = text.index(place, offsetBy: min(group.count + 2, text.distance(from: place, to: text.endIndex)))
          } else if place < text.endIndex {
            group = String(text[place])
            place = text.index(after: place)
          }
          let signs = group.map { table[$0] }
          out += signs.allSatisfy { $0 != nil }
            ? String(signs.compactMap { $0 }) : String(letter) + group
          continue
        }
        if letter != "{" && letter != "}" { out.append(letter) }
        place = text.index(after: place)
      }
    }
    return out
  }

  private static let raised: [Character: Character] = [
    "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸",
    "9": "⁹", "-": "⁻", "+": "⁺", "n": "ⁿ", "i": "ⁱ", "T": "ᵀ",
  ]
  private static let lowered: [Character: Character] = [
    "0": "₀", "1": "₁", "2": "₂", "3": "₃", "4": "₄", "5": "₅", "6": "₆", "7": "₇", "8": "₈",
    "9": "₉", "i": "ᵢ", "j": "ⱼ", "n": "ₙ", "t": "ₜ", "k": "ₖ",
  ]
  private static let commands: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "eta": "η",
    "theta": "θ", "lambda": "λ", "mu": "μ", "nu": "ν", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω", "Delta": "Δ", "Sigma": "Σ",
    "Omega": "Ω", "Theta": "Θ", "Phi": "Φ", "times": "×", "cdot": "·", "pm": "±", "leq": "≤",
    "geq": "≥", "neq": "≠", "approx": "≈", "infty": "∞", "sum": "∑", "nabla": "∇", "partial": "∂",
    "rightarrow": "→", "leftarrow": "←", "degree": "°", "circ": "°", "sin": "sin", "cos": "cos",
    "log": "log", "exp": "exp", "max": "max", "min": "min", "hat": "", "mathdefault": "",
    "mathrm": "", "mathbf": "", "text": "", "sqrt": "√",
  ]
}

/// Several artists of one call: `BarContainer`, `ErrorbarContainer`, `StemContainer`.
final class PyContainer: Instance {
  var items: [Value] = []
  var names: [(name: String, value: Value)] = []
  var title = "BarContainer"
  var label = ""

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    for item in items { visitor.visit(item) }
    for entry in names { visitor.visit(entry.value) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += items + names.map(\.value)
    (items, names) = ([], [])
  }

  var bars: [PyRectangle] { items.compactMap { $0.asInstance as? PyRectangle } }

  static func make(
    _ title: String, _ items: [Value], names: [(name: String, value: Value)] = [], _ machine: Machine
  ) -> PyContainer {
    let object = PyContainer(machine.type(kinds[title] ?? table))
    (object.title, object.items, object.names) = (title, items, names)
    return object
  }

  private static func of(_ value: Value) throws -> PyContainer {
    guard let object = value.asInstance as? PyContainer else {
      throw Raise(.typeError, "a container of artists is needed")
    }
    return object
  }

  private static let kinds = Dictionary(
    uniqueKeysWithValues: ["BarContainer", "ErrorbarContainer", "StemContainer", "PieContainer"].map { name in
      (
        name,
        TypeTable(
          name, module: "matplotlib.container", doc: "Several artists of one call.", base: table,
          isSubclassable: false, allocate: { PyContainer($0) },
          missingAttribute: { instance, name, _ in
            (instance as? PyContainer)?.names.first { $0.name == name }?.value
          })
      )
    })

  static let table = TypeTable(
    "Container", module: "matplotlib.container", doc: "Several artists of one call.",
    isSubclassable: false, allocate: { PyContainer($0) },
    missingAttribute: { instance, name, _ in
      (instance as? PyContainer)?.names.first { $0.name == name }?.value
    },
    methods: [
      Native("__len__(self)", "How many.") { a in .int(try of(a[0]).items.count) },
      Native("__getitem__(self, index)", "One of them, or a slice.") { a in
        try a.machine.call(
          a.machine.optionalAttribute(.tuple(try of(a[0]).items), "__getitem__") ?? .none, [a[1]])
      },
      Native("__iter__(self)", "One after the other.") { a in
        try a.machine.iterator(.tuple(try of(a[0]).items))
      },
      Native("get_label(self)", "The name in the legend.") { a in .string(try of(a[0]).label) },
      Native("get_children(self)", "All of them.") { a in .list(try of(a[0]).items) },
      Native("remove(self)", "Takes them out of their axes.") { a in
        for item in try of(a[0]).items {
          guard let artist = item.asInstance as? PyArtist else { continue }
          artist.axes?.artists.removeAll { $0 === artist }
        }
        return .none
      },
      Native("__repr__(self)", "What it holds.") { a in
        let object = try of(a[0])
        if object.title == "list" {
          let kind = object.items.first.map { a.machine.typeName($0) } ?? "artist"
          return .string("<a list of \(object.items.count) \(kind) objects>")
        }
        return .string("<\(object.title) object of \(object.items.count) artists>")
      },
    ])
}
