import Display

/// How curves and points are drawn.
public enum CanvasKind: String, Sendable, Equatable, CaseIterable {
  /// Braille patterns, 2 x 4 dots to a cell: the finest.
  case braille
  /// Quarter blocks, 2 x 2 dots to a cell: for fonts without braille.
  case blocks
  /// ASCII characters.
  case ascii

  /// Dots across a cell.
  var dotsX: Int { 2 }
  /// Dots down a cell.
  var dotsY: Int { self == .blocks ? 2 : 4 }

  /// A cell without dots. Empty braille keeps all rows at one width also where a font takes
  /// braille from elsewhere.
  var blank: Character { self == .braille ? "\u{2800}" : " " }
}

/// A raster of dots, several to a cell, in a few pens.
///
/// A cell can show one colour; it takes that of the pen with most dots in it, the later pen on a
/// tie. Dim pens (shading) show where no other has drawn, the grid where none has.
struct DotCanvas {
  let kind: CanvasKind
  let columns: Int
  let rows: Int
  /// Size in dots.
  let width: Int
  let height: Int
  private var pens: [Pen] = []
  private var grid: [UInt8]

  private struct Pen {
    var style: TextStyle
    /// One byte to a cell: dots row by row, two to a row, from the top left.
    var masks: [UInt8]
  }

  init(_ kind: CanvasKind, columns: Int, rows: Int) {
    self.kind = kind
    self.columns = max(columns, 1)
    self.rows = max(rows, 1)
    width = self.columns * kind.dotsX
    height = self.rows * kind.dotsY
    grid = Array(repeating: 0, count: self.columns * self.rows)
  }

  /// A pen to draw with; later pens lie above earlier ones.
  mutating func addPen(_ style: TextStyle) -> Int {
    pens.append(Pen(style: style, masks: Array(repeating: 0, count: columns * rows)))
    return pens.count - 1
  }

  /// Sets a dot; outside of the canvas nothing happens.
  @inline(__always)
  mutating func dot(_ x: Int, _ y: Int, _ pen: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let dotsY = kind.dotsY
    let cell = (y / dotsY) * columns + (x >> 1)
    pens[pen].masks[cell] |= 1 << UInt8((y % dotsY) * 2 + (x & 1))
  }

  mutating func gridDot(_ x: Int, _ y: Int) {
    guard x >= 0, x < width, y >= 0, y < height else { return }
    let dotsY = kind.dotsY
    grid[(y / dotsY) * columns + (x >> 1)] |= 1 << UInt8((y % dotsY) * 2 + (x & 1))
  }

  /// A column of dots, both ends included; the part outside is cut off.
  mutating func vertical(_ x: Int, _ from: Int, _ to: Int, _ pen: Int) {
    let low = max(min(from, to), 0)
    let high = min(max(from, to), height - 1)
    if low > high { return }
    for y in low...high { dot(x, y, pen) }
  }

  /// A straight line between dots of the canvas, both ends included. `phase` counts dots along the
  /// path, so that dashes run on from segment to segment.
  mutating func segment(
    _ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, _ pen: Int, _ dash: Dash, _ phase: inout Int
  ) {
    let steps = max(abs(x1 - x0), abs(y1 - y0))
    if steps == 0 {
      if dash.isOn(phase) { dot(x0, y0, pen) }
      return
    }
    let dx = Double(x1 - x0) / Double(steps)
    let dy = Double(y1 - y0) / Double(steps)
    for step in 0...steps {
      if dash.isOn(phase) {
        let x = Double(x0) + dx * Double(step)
        let y = Double(y0) + dy * Double(step)
        dot(Int(x.rounded()), Int(y.rounded()), pen)
      }
      phase += 1
    }
  }

  /// Writes the dots over the cells of `target`; cells without dots stay.
  func draw(on target: inout TextGrid, gridStyle: TextStyle) {
    for row in 0..<rows {
      for column in 0..<columns {
        let cell = row * columns + column
        var all: UInt8 = 0
        var best = 0
        var style: TextStyle?
        for pen in pens {
          let mask = pen.masks[cell]
          guard mask != 0 else { continue }
          if let current = style, current.dim != pen.style.dim {
            // Shading gives way to what is drawn over it.
            if pen.style.dim { continue }
            (all, best) = (0, 0)
          }
          if mask.nonzeroBitCount >= best {
            best = mask.nonzeroBitCount
            style = pen.style
          }
          all |= mask
        }
        if var style {
          // Over a picture the paper stays.
          if let paper = target.paper(column, row) { style.background = paper }
          target.set(column, row, glyph(all), style)
        } else if grid[cell] != 0, let below = target[column, row],
          below.glyph == kind.blank || below.glyph == " "
        {
          target.set(column, row, gridGlyph(grid[cell]), gridStyle)
        }
      }
    }
  }

  // MARK: - Glyphs

  private func glyph(_ mask: UInt8) -> Character {
    switch kind {
    case .braille: Self.braille(mask)
    case .blocks: Self.quadrants[Int(mask & 15)]
    case .ascii: Self.asciiGlyph(mask)
    }
  }

  private func gridGlyph(_ mask: UInt8) -> Character {
    switch kind {
    case .braille: Self.braille(mask)
    case .blocks: "·"
    case .ascii: "."
    }
  }

  /// Our dots run row by row; braille numbers the upper six column by column, then the lowest row.
  static func braille(_ mask: UInt8) -> Character {
    let bits: [UInt32] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
    var code: UInt32 = 0x2800
    for (place, bit) in bits.enumerated() where mask & (1 << UInt8(place)) != 0 { code |= bit }
    return Unicode.Scalar(code).map(Character.init) ?? "⠿"
  }

  private static let quadrants: [Character] = [
    " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
  ]

  /// The character whose ink lies where the dots are.
  private static func asciiGlyph(_ mask: UInt8) -> Character {
    let upper = mask & 0b0000_0011 != 0
    let lower = mask & 0b1100_0000 != 0
    let left = mask & 0b0101_0101
    let right = mask & 0b1010_1010
    if left != 0 && right != 0 {
      // Which way does it run: compare the mean heights of both halves.
      let slope = meanRow(left) - meanRow(right)
      if slope > 0.9 { return "/" }
      if slope < -0.9 { return "\\" }
      if mask.nonzeroBitCount >= 5 { return "#" }
      return !lower && upper ? "\"" : lower && !upper ? "_" : "-"
    }
    if (left | right).nonzeroBitCount >= 3 { return "|" }
    return upper ? "'" : lower ? "." : "-"
  }

  private static func meanRow(_ half: UInt8) -> Double {
    var sum = 0
    for place in 0..<8 where half & (1 << UInt8(place)) != 0 { sum += place / 2 }
    return Double(sum) / Double(max(half.nonzeroBitCount, 1))
  }
}

/// A pattern along a line.
public enum Dash: String, Sendable, Equatable, CaseIterable {
  case solid, dashed, dotted, dashDot

  func isOn(_ phase: Int) -> Bool {
    switch self {
    case .solid: true
    case .dashed: phase % 8 < 5
    case .dotted: phase % 4 == 0
    case .dashDot: phase % 10 < 5 || phase % 10 == 7
    }
  }
}
