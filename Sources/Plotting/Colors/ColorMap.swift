import Display

/// A scale from numbers to colours: 0 is the first colour, 1 the last.
public struct ColorMap: Sendable, Equatable {
  public let name: String
  private let stops: [Color]

  /// A map through colours at even distances; an empty list is gray.
  public init(name: String, stops: [Color]) {
    self.name = name
    self.stops = stops.isEmpty ? [.black, .white] : stops
  }

  /// The colour of `fraction`; outside of 0 ... 1 the end colour, NaN is `Color.muted`.
  public func callAsFunction(_ fraction: Double) -> Color {
    guard !fraction.isNaN, let last = stops.last else { return .muted }
    let place = min(max(fraction, 0), 1) * Double(stops.count - 1)
    let index = Int(place)
    if index >= stops.count - 1 { return last }
    return stops[index].mixed(with: stops[index + 1], place - Double(index))
  }

  /// The map of a name as matplotlib spells it; nil when there is none.
  public static func named(_ name: String) -> ColorMap? {
    if name.hasSuffix("_r"), let map = named(String(name.dropLast(2))) { return map.reversed }
    if let map = all.first(where: { $0.name == name }) { return map }
    let lower = name.lowercased()
    return all.first { $0.name.lowercased() == lower }
      ?? (lower == "grey" || lower == "gist_gray" ? gray : lower == "gist_yarg" ? binary : nil)
  }

  /// The published maps, then the ones of our own that begin less pale.
  public static let all: [ColorMap] = published + [blues, oranges, greens]

  private static let published: [ColorMap] = publishedColors.map { row in
    let digits = Array(row.colors.utf8)
    let stops = stride(from: 0, to: digits.count - 5, by: 6).map { start in
      Color(UInt32(String(decoding: digits[start..<(start + 6)], as: UTF8.self), radix: 16) ?? 0)
    }
    return ColorMap(name: row.name, stops: stops)
  }

  private static func published(_ name: String) -> ColorMap {
    published.first { $0.name == name } ?? gray
  }

  public var reversed: ColorMap { ColorMap(name: name + "_r", stops: stops.reversed()) }

  public static let viridis = published("viridis")
  public static let magma = published("magma")
  public static let cividis = published("cividis")
  /// Two directions from a middle: correlations, weights.
  public static let coolwarm = published("coolwarm")
  public static let gray = ColorMap(name: "gray", stops: [.black, .white])
  public static let binary = ColorMap(name: "binary", stops: [.white, .black])
  // Beside text, the published single-colour maps begin too near to white.
  public static let blues = ColorMap(
    name: "blues",
    stops: [0xDCE9F8, 0xA9CCEC, 0x6CAEDB, 0x3A88C4, 0x1763A8, 0x08407F].map(Color.init(_:)))
  public static let oranges = ColorMap(
    name: "oranges",
    stops: [0xFDE6CE, 0xFDC28C, 0xFB9A4C, 0xED7013, 0xC94A03, 0x8F3304].map(Color.init(_:)))
  public static let greens = ColorMap(
    name: "greens",
    stops: [0xE2F4DD, 0xB4E0AC, 0x7CC87C, 0x3EA75A, 0x147E3A, 0x005122].map(Color.init(_:)))
}
