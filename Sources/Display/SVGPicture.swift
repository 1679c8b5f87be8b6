/// A vector picture that is built piece by piece.
///
/// Only presentation attributes, fixed size and view box: no style sheet, class, id, script or
/// foreign object, so that the picture survives the sanitisers of web hosts and can stand twice on
/// a page. It paints its own light background, because a picture in an `<img>` cannot know the
/// theme around it.
public struct SVGPicture: Sendable {
  /// Size in CSS pixels.
  public private(set) var width: Double
  public private(set) var height: Double
  private var body = ""
  /// What was drawn, in order, for those who draw it in another way than SVG.
  public private(set) var shapes: [Shape] = []

  /// One thing drawn; places as in the calls that drew it.
  public indirect enum Shape: Sendable {
    case rect(Double, Double, Double, Double, Color, opacity: Double)
    case polyline([(x: Double, y: Double)], Color, width: Double, dash: [Double])
    case polygon([(x: Double, y: Double)], Color, opacity: Double)
    case circle(Double, Double, radius: Double, Color)
    case text(
      String, Double, Double, Color, size: Double, Anchor, bold: Bool, turned: Bool)
    case group([Shape], Double, Double)
  }

  public static let fontFamily = "DejaVu Sans, Helvetica, Arial, sans-serif"

  public init(width: Double, height: Double) {
    self.width = max(width, 1)
    self.height = max(height, 1)
  }

  /// The whole document.
  public var document: String {
    let (w, h) = (Self.number(width), Self.number(height))
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"\(w)\" height=\"\(h)\" "
      + "viewBox=\"0 0 \(w) \(h)\" font-family=\"\(Self.fontFamily)\" font-size=\"11\">"
      + "<rect width=\"\(w)\" height=\"\(h)\" rx=\"6\" fill=\"#ffffff\"/>"
      + body + "</svg>"
  }

  public enum Anchor: String, Sendable { case start, middle, end }

  public mutating func rect(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, fill: Color,
    opacity: Double = 1, radius: Double = 0
  ) {
    guard width > 0, height > 0 else { return }
    shapes.append(.rect(x, y, width, height, fill, opacity: opacity))
    var text = "<rect" + attribute("x", x) + attribute("y", y) + attribute("width", width)
    text += attribute("height", height) + " fill=\"\(fill.hex)\""
    if radius > 0 { text += attribute("rx", radius) }
    if opacity < 1 { text += attribute("fill-opacity", opacity) }
    body += text + "/>"
  }

  public mutating func line(
    _ x0: Double, _ y0: Double, _ x1: Double, _ y1: Double, stroke: Color,
    width: Double = 1, dash: [Double] = []
  ) {
    shapes.append(.polyline([(x0, y0), (x1, y1)], stroke, width: width, dash: dash))
    body += "<line" + attribute("x1", x0) + attribute("y1", y0) + attribute("x2", x1)
    body += attribute("y2", y1) + strokeAttributes(stroke, width, dash) + "/>"
  }

  /// A line through points, without fill.
  public mutating func polyline(
    _ points: [(x: Double, y: Double)], stroke: Color, width: Double = 1.6, dash: [Double] = []
  ) {
    guard points.count > 1 else { return }
    shapes.append(.polyline(points, stroke, width: width, dash: dash))
    body += "<polyline points=\"" + Self.list(points) + "\" fill=\"none\" stroke-linejoin=\"round\""
    body += strokeAttributes(stroke, width, dash) + "/>"
  }

  public mutating func polygon(
    _ points: [(x: Double, y: Double)], fill: Color, opacity: Double = 1
  ) {
    guard points.count > 2 else { return }
    shapes.append(.polygon(points, fill, opacity: opacity))
    body += "<polygon points=\"" + Self.list(points) + "\" fill=\"\(fill.hex)\""
    if opacity < 1 { body += attribute("fill-opacity", opacity) }
    body += "/>"
  }

  public mutating func circle(_ x: Double, _ y: Double, radius: Double, fill: Color) {
    shapes.append(.circle(x, y, radius: radius, fill))
    body += "<circle" + attribute("cx", x) + attribute("cy", y) + attribute("r", radius)
    body += " fill=\"\(fill.hex)\"/>"
  }

  /// A text whose base line stands at `y`.
  public mutating func text(
    _ text: String, _ x: Double, _ y: Double, fill: Color = Color(0x303030), size: Double = 11,
    anchor: Anchor = .start, bold: Bool = false, turned: Bool = false, monospaced: Bool = false
  ) {
    if text.isEmpty { return }
    shapes.append(.text(text, x, y, fill, size: size, anchor, bold: bold, turned: turned))
    body += "<text" + attribute("x", x) + attribute("y", y) + " fill=\"\(fill.hex)\""
    if size != 11 { body += attribute("font-size", size) }
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    if bold { body += " font-weight=\"bold\"" }
    if monospaced { body += " font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\"" }
    if turned {
      body += " transform=\"rotate(-90 \(Self.number(x)) \(Self.number(y)))\""
    }
    body += ">\(StyledText.escaped(Self.allowed(text)))</text>"
  }

  /// Puts another picture at a place; its background is not taken over.
  public mutating func place(_ other: SVGPicture, _ x: Double, _ y: Double) {
    shapes.append(.group(other.shapes, x, y))
    body += "<g transform=\"translate(\(Self.number(x)) \(Self.number(y)))\">\(other.body)</g>"
  }

  // MARK: - Pieces

  private func strokeAttributes(_ color: Color, _ width: Double, _ dash: [Double]) -> String {
    var out = " stroke=\"\(color.hex)\"" + attribute("stroke-width", width)
    if !dash.isEmpty {
      out += " stroke-dasharray=\"" + dash.map(Self.number).joined(separator: " ") + "\""
    }
    return out
  }

  private func attribute(_ name: String, _ value: Double) -> String {
    " \(name)=\"\(Self.number(value))\""
  }

  private static func list(_ points: [(x: Double, y: Double)]) -> String {
    points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
  }

  /// Two digits behind the point: a hundredth of a pixel.
  private static func number(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0" }
    let hundredths = Int((value * 100).rounded())
    let whole = hundredths / 100
    let rest = abs(hundredths % 100)
    let sign = hundredths < 0 && whole == 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    if rest % 10 == 0 { return "\(sign)\(whole).\(rest / 10)" }
    return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// XML 1.0 has no way to write most control characters.
  private static func allowed(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: { $0.value < 0x20 }) else { return text }
    return String(String.UnicodeScalarView(text.unicodeScalars.map { $0.value < 0x20 ? " " : $0 }))
  }
}
