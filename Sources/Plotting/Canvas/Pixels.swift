import Display

/// A raster of colours, drawn two to a cell as half blocks.
struct Pixels {
  let width: Int
  let height: Int
  private var colors: [Color]

  init(width: Int, height: Int, _ color: (_ x: Int, _ y: Int) -> Color) {
    self.width = max(width, 0)
    self.height = max(height, 0)
    colors = []
    colors.reserveCapacity(self.width * self.height)
    for y in 0..<self.height {
      for x in 0..<self.width { colors.append(color(x, y)) }
    }
  }

  /// Black outside.
  subscript(x: Int, y: Int) -> Color {
    x >= 0 && x < width && y >= 0 && y < height ? colors[y * width + x] : .black
  }

  /// Each pixel `factor` times as wide and high.
  func enlarged(_ factor: Int) -> Pixels {
    let factor = max(factor, 1)
    return Pixels(width: width * factor, height: height * factor) { self[$0 / factor, $1 / factor] }
  }

  /// Averaged over boxes, for pictures larger than the space.
  func reduced(width newWidth: Int, height newHeight: Int) -> Pixels {
    guard newWidth > 0, newHeight > 0, newWidth < width || newHeight < height else { return self }
    return Pixels(width: newWidth, height: newHeight) { x, y in
      let xs = (x * width / newWidth)..<max((x + 1) * width / newWidth, x * width / newWidth + 1)
      let firstY = y * height / newHeight
      let ys = firstY..<max((y + 1) * height / newHeight, firstY + 1)
      var sum = (red: 0, green: 0, blue: 0)
      for py in ys {
        for px in xs {
          let color = self[px, py]
          sum = (sum.red + Int(color.red), sum.green + Int(color.green), sum.blue + Int(color.blue))
        }
      }
      let count = Double(xs.count * ys.count) * 255
      return Color(
        red: Double(sum.red) / count, green: Double(sum.green) / count,
        blue: Double(sum.blue) / count)
    }
  }

  /// Rows of text, half as many as there are pixel rows. Without colour a ramp of shades.
  func text(_ settings: DisplaySettings) -> StyledText {
    StyledText(
      rows: (0..<(height + 1) / 2).map { line in
        var row = StyledText.Row()
        for x in 0..<width {
          let top = self[x, 2 * line]
          let bottom = 2 * line + 1 < height ? self[x, 2 * line + 1] : nil
          if settings.usesColor && !settings.ascii {
            row.append(
              top == bottom ? "█" : "▀", TextStyle(top, on: top == bottom ? nil : bottom))
          } else {
            let light = (top.luminance + (bottom ?? top).luminance) / 2
            row.append(String(Self.shade(light, ascii: settings.ascii)))
          }
        }
        return row
      })
  }

  private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]
  private static let asciiShades: [Character] = [" ", ".", ":", "-", "=", "+", "*", "#", "%", "@"]

  /// A character whose ink is as dense as the colour is light.
  static func shade(_ luminance: Double, ascii: Bool) -> Character {
    let ramp = ascii ? asciiShades : shades
    // The eye judges lightness by about the square root of luminance.
    let lightness = luminance > 0 ? min(luminance, 1).squareRoot() : 0
    return ramp[min(Int(lightness * Double(ramp.count)), ramp.count - 1)]
  }
}
