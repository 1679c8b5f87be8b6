/// A stretch of one row made of braille, blocks and box drawing, as a small inline SVG.
///
/// A cell is 8 units wide and 16 high: eighth blocks end on whole units, braille dots stand 4 apart
/// in both directions. The text stands in `<desc>`, with colours of its own: a sanitiser that takes
/// SVG away (JupyterLab does, in notebooks that somebody else has run) leaves it in place.
struct CellGraphics {
  private let color: Bool
  /// The same cells as text.
  private var text = StyledText.Row()
  /// Cells of two colours are pixels of a picture; as letters they say nothing, so shades replace
  /// them.
  private var isPicture = false
  private var columns = 0
  /// Blanks after the last drawn cell.
  private var blanks = 0
  private var layers: [Layer] = []

  private struct Layer {
    enum Ink { case fill, dots, lines }
    let ink: Ink
    let color: Color?
    let opacity: Int
    var path = ""
    /// A rectangle that may still grow to the right.
    var open: (x0: Int, y0: Int, x1: Int, y1: Int)?
  }

  init(color: Bool) { self.color = color }

  var isEmpty: Bool { columns == 0 }

  /// The scalar of a character that is drawn; nil for everything else.
  static func drawable(_ character: Character) -> Unicode.Scalar? {
    let scalars = character.unicodeScalars
    guard let scalar = scalars.first, scalars.count == 1 else { return nil }
    switch scalar.value {
    case 0x2801...0x28FF, 0x2580...0x2590, 0x2594...0x259F: return scalar
    default: return lines[scalar] == nil ? nil : scalar
    }
  }

  mutating func addBlank() { blanks += 1 }

  mutating func add(_ scalar: Unicode.Scalar, _ style: TextStyle) {
    columns += blanks
    text.append(String(repeating: " ", count: blanks))
    blanks = 0
    let left = columns * 8
    text.append(String(scalar), style)
    if style.background != nil && scalar == "▀" { isPicture = true }
    columns += 1
    let opacity = style.dim ? 55 : 100
    let ink = color ? style.foreground : nil
    let top = style.slim ? 2 : 0
    let bottom = style.slim ? 14 : 16
    if color, let paper = style.background {
      addRect(left, top, left + 8, bottom, paper, 100)
    }
    switch scalar.value {
    case 0x2800...0x28FF: addDots(scalar.value, left, ink, opacity)
    case 0x2580...0x259F:
      for rect in Self.rects(scalar.value) {
        addRect(
          left + rect.x0, max(rect.y0, top), left + rect.x1, min(rect.y1, bottom), ink, opacity)
      }
    default:
      if let draw = Self.lines[scalar] {
        let index = layer(.lines, ink, opacity)
        layers[index].path += "M\(left) 0\(draw)"
      }
    }
  }

  /// Writes the drawing, then the blanks that came after it, and starts anew.
  mutating func flush(to out: inout String) {
    if columns > 0 {
      out += "<svg style=\"width:\(columns)ch;height:\(StyledText.lineHeight)em;"
      // JupyterLab limits SVG to the width of the page; that would squeeze one row, not another.
      out +=
        "max-width:none;vertical-align:top;overflow:visible\" viewBox=\"0 0 \(columns * 8) 16\" "
      out += "preserveAspectRatio=\"none\"><desc>\(fallback)</desc>"
      for index in layers.indices {
        closeRect(index)
        out += element(layers[index])
      }
      out += "</svg>"
    }
    out += String(repeating: " ", count: blanks)
    self = CellGraphics(color: color)
  }

  private var fallback: String {
    var out = ""
    for run in text.runs {
      guard color, let ink = run.style.foreground else {
        out += run.text
        continue
      }
      if isPicture {
        let paper = run.style.background ?? ink
        let light = ((ink.luminance + paper.luminance) / 2).squareRoot()
        let shade = Self.shades[min(Int(light * Double(Self.shades.count)), Self.shades.count - 1)]
        out += String(repeating: shade, count: run.text.count)
      } else {
        let paper = run.style.background.map { ";background-color:\($0.hex)" } ?? ""
        out += "<span style=\"color:\(ink.hex)\(paper)\">\(run.text)</span>"
      }
    }
    return out
  }

  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

  // MARK: - Layers

  private func element(_ layer: Layer) -> String {
    let paint = layer.color?.hex ?? "currentColor"
    var out = "<path d=\"\(layer.path)\" "
    switch layer.ink {
    case .fill: out += "shape-rendering=\"crispEdges\" fill=\"\(paint)\""
    case .dots:
      // Faint dots are a grid: smaller, too.
      let size = layer.opacity < 100 ? "1.8" : "3.7"
      out += "stroke=\"\(paint)\" stroke-width=\"\(size)\" stroke-linecap=\"round\""
    case .lines: out += "fill=\"none\" stroke=\"\(paint)\""
    }
    if layer.opacity < 100 { out += " opacity=\"0.\(layer.opacity)\"" }
    return out + "/>"
  }

  private mutating func layer(_ ink: Layer.Ink, _ color: Color?, _ opacity: Int) -> Int {
    // A new layer of fills goes above older ones: paper first, then the letter on it.
    if let found = layers.lastIndex(where: {
      $0.ink == ink && $0.color == color && $0.opacity == opacity
    }) {
      return found
    }
    layers.append(Layer(ink: ink, color: color, opacity: opacity))
    return layers.count - 1
  }

  private mutating func addDots(_ code: UInt32, _ left: Int, _ color: Color?, _ opacity: Int) {
    let places = [(2, 2), (2, 6), (2, 10), (6, 2), (6, 6), (6, 10), (2, 14), (6, 14)]
    let index = layer(.dots, color, opacity)
    for (bit, place) in places.enumerated() where code & (1 << UInt32(bit)) != 0 {
      layers[index].path += "M\(left + place.0) \(place.1)h0"
    }
  }

  private mutating func addRect(
    _ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, _ color: Color?, _ opacity: Int
  ) {
    let index = layer(.fill, color, opacity)
    if let open = layers[index].open, open.x1 == x0, open.y0 == y0, open.y1 == y1 {
      layers[index].open = (open.x0, y0, x1, y1)
      return
    }
    closeRect(index)
    layers[index].open = (x0, y0, x1, y1)
  }

  private mutating func closeRect(_ index: Int) {
    guard let rect = layers[index].open else { return }
    layers[index].open = nil
    // What reaches the lower edge goes a little beyond it: lines of text need not start at whole
    // pixels, and a hair of the page would show between two rows.
    let height = rect.y1 == 16 ? "\(16 - rect.y0).4" : "\(rect.y1 - rect.y0)"
    layers[index].path += "M\(rect.x0) \(rect.y0)h\(rect.x1 - rect.x0)v\(height)H\(rect.x0)z"
  }

  // MARK: - Glyphs

  /// Filled parts of a block element in units of the cell.
  private static func rects(_ code: UInt32) -> [(x0: Int, y0: Int, x1: Int, y1: Int)] {
    switch code {
    case 0x2580: return [(0, 0, 8, 8)]
    case 0x2581...0x2588: return [(0, 16 - 2 * Int(code - 0x2580), 8, 16)]
    case 0x2589...0x258F: return [(0, 0, 8 - Int(code - 0x2588), 16)]
    case 0x2590: return [(4, 0, 8, 16)]
    case 0x2594: return [(0, 0, 8, 2)]
    case 0x2595: return [(7, 0, 8, 16)]
    default:
      // Quadrants: bit 0 upper left, 1 upper right, 2 lower left, 3 lower right.
      let masks: [UInt32: Int] = [
        0x2596: 4, 0x2597: 8, 0x2598: 1, 0x2599: 13, 0x259A: 9, 0x259B: 7, 0x259C: 11, 0x259D: 2,
        0x259E: 6, 0x259F: 14,
      ]
      let mask = masks[code] ?? 0
      let parts = [(0, 0, 4, 8), (4, 0, 8, 8), (0, 8, 4, 16), (4, 8, 8, 16)]
      return parts.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element)
    }
  }

  /// Box drawing as path commands from the upper left corner of the cell.
  private static let lines: [Unicode.Scalar: String] = [
    "─": "m0 8h8", "│": "m4 0v16.4", "┌": "m8 8h-4v8.4", "┐": "m0 8h4v8.4", "└": "m4 0v8h4",
    "┘": "m4 0v8h-4", "├": "m4 0v16.4m0-8.4h4", "┤": "m4 0v16.4m0-8.4h-4", "┬": "m0 8h8m-4 0v8.4",
    "┴": "m0 8h8m-4 0v-8", "┼": "m0 8h8m-4-8v16.4", "╭": "m8 8q-4 0-4 4v4.4",
    "╮": "m0 8q4 0 4 4v4.4", "╰": "m4 0v4q0 4 4 4", "╯": "m4 0v4q0 4-4 4",
  ]
}
