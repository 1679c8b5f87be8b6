/// A 24-bit colour.
///
/// Text plots are read on white and on nearly black pages alike, so the colours of `Color.Palette`
/// keep a contrast of at least 3:1 to both (`contrast(with:)`, WCAG 2.1).
public struct Color: Sendable, Hashable {
  public var red: UInt8
  public var green: UInt8
  public var blue: UInt8

  public init(red: UInt8, green: UInt8, blue: UInt8) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// A colour from `0xRRGGBB`; higher bits are ignored.
  public init(_ hex: UInt32) {
    self.init(
      red: UInt8(truncatingIfNeeded: hex >> 16), green: UInt8(truncatingIfNeeded: hex >> 8),
      blue: UInt8(truncatingIfNeeded: hex))
  }

  /// A shade of gray, 0 black to 1 white; NaN is black and values outside are clamped.
  public init(gray value: Double) {
    let level = Color.byte(value)
    self.init(red: level, green: level, blue: level)
  }

  /// A colour from components of 0 to 1; NaN is 0 and values outside are clamped.
  public init(red: Double, green: Double, blue: Double) {
    self.init(red: Color.byte(red), green: Color.byte(green), blue: Color.byte(blue))
  }

  private static func byte(_ value: Double) -> UInt8 {
    // `max` with NaN first gives the other argument or NaN by order; ask plainly instead.
    guard value > 0 else { return 0 }
    return value >= 1 ? 255 : UInt8(value * 255 + 0.5)
  }

  /// `#rrggbb`, as CSS and SVG read it.
  public var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var bytes: [UInt8] = [UInt8(ascii: "#")]
    for component in [red, green, blue] {
      bytes.append(digits[Int(component >> 4)])
      bytes.append(digits[Int(component & 15)])
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Relative luminance of sRGB (WCAG 2.1), 0 black to 1 white.
  public var luminance: Double {
    func linear(_ component: UInt8) -> Double {
      let c = Double(component) / 255
      // A cubic close to the sRGB curve; within 0.003 of it, and no power function is needed.
      return c * (c * (c * 0.305306011 + 0.682171111) + 0.012522878)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Contrast ratio of two colours (WCAG 2.1), 1 to 21.
  public func contrast(with other: Color) -> Double {
    let a = luminance + 0.05
    let b = other.luminance + 0.05
    return a > b ? a / b : b / a
  }

  /// Black or white, whichever is easier to read on this colour.
  public var legibleText: Color {
    contrast(with: .white) >= contrast(with: .black) ? .white : .black
  }

  /// The colour a `fraction` of the way to `other`; 0 is this colour, 1 the other.
  public func mixed(with other: Color, _ fraction: Double) -> Color {
    let t = fraction > 0 ? min(fraction, 1) : 0
    func mix(_ a: UInt8, _ b: UInt8) -> Double {
      (Double(a) + (Double(b) - Double(a)) * t) / 255
    }
    return Color(
      red: mix(red, other.red), green: mix(green, other.green), blue: mix(blue, other.blue))
  }

  /// The nearest of the 240 fixed colours of a 256-colour terminal (16 to 255).
  public var ansi256: Int {
    func step(_ component: UInt8) -> Int {
      // The cube's levels are 0, 95, 135, 175, 215, 255.
      let c = Int(component)
      return c < 48 ? 0 : c < 115 ? 1 : (c - 35) / 40
    }
    let levels = [0, 95, 135, 175, 215, 255]
    let (r, g, b) = (step(red), step(green), step(blue))
    let cube = Color(
      red: UInt8(levels[r]), green: UInt8(levels[g]), blue: UInt8(levels[b]))
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let shade = min(max((mean - 3) / 10, 0), 23)
    let level = UInt8(8 + 10 * shade)
    let gray = Color(red: level, green: level, blue: level)
    return distance(to: gray) < distance(to: cube) ? 232 + shade : 16 + 36 * r + 6 * g + b
  }

  private func distance(to other: Color) -> Int {
    let dr = Int(red) - Int(other.red)
    let dg = Int(green) - Int(other.green)
    let db = Int(blue) - Int(other.blue)
    return dr * dr + dg * dg + db * db
  }

  public static let black = Color(0x000000)
  public static let white = Color(0xFFFFFF)
  /// Frames, ticks, notes: readable on light and dark, and behind the data.
  public static let muted = Color(0x808080)
  /// Something went well, or is complete.
  public static let good = Color(0x2E9E5B)
  /// Something needs a look.
  public static let bad = Color(0xD8483E)
}
