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
    return all.first { $0.name.lowercased() == name.lowercased() }
      ?? (name.lowercased() == "grey" ? gray : nil)
  }

  public static let all: [ColorMap] = [
    viridis, magma, cividis, gray, binary, blues, oranges, greens, coolwarm,
  ]

  public var reversed: ColorMap { ColorMap(name: name + "_r", stops: stops.reversed()) }

  // Samples of the published maps at even distances.
  public static let viridis = ColorMap(
    name: "viridis",
    stops: [
      0x440154, 0x48186A, 0x472D7B, 0x424086, 0x3B528B, 0x33638D, 0x2C728E, 0x26828E, 0x21918C,
      0x1FA088, 0x28AE80, 0x3FBC73, 0x5EC962, 0x84D44B, 0xADDC30, 0xD8E219, 0xFDE725,
    ].map(Color.init(_:)))
  public static let magma = ColorMap(
    name: "magma",
    stops: [
      0x000004, 0x0B0924, 0x20114B, 0x3B0F70, 0x57157E, 0x721F81, 0x8C2981, 0xA8327D, 0xC43C75,
      0xDE4968, 0xF1605D, 0xFA7F5E, 0xFE9F6D, 0xFEBF84, 0xFDDEA0, 0xFCFDBF,
    ].map(Color.init(_:)))
  public static let cividis = ColorMap(
    name: "cividis",
    stops: [
      0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55,
      0xFEE838,
    ].map(Color.init(_:)))
  public static let gray = ColorMap(name: "gray", stops: [.black, .white])
  public static let binary = ColorMap(name: "binary", stops: [.white, .black])
  public static let blues = ColorMap(
    name: "blues",
    stops: [0xDCE9F8, 0xA9CCEC, 0x6CAEDB, 0x3A88C4, 0x1763A8, 0x08407F].map(Color.init(_:)))
  public static let oranges = ColorMap(
    name: "oranges",
    stops: [0xFDE6CE, 0xFDC28C, 0xFB9A4C, 0xED7013, 0xC94A03, 0x8F3304].map(Color.init(_:)))
  public static let greens = ColorMap(
    name: "greens",
    stops: [0xE2F4DD, 0xB4E0AC, 0x7CC87C, 0x3EA75A, 0x147E3A, 0x005122].map(Color.init(_:)))
  /// Two directions from a middle: correlations, weights.
  public static let coolwarm = ColorMap(
    name: "coolwarm",
    stops: [
      0x2A5CC4, 0x5F8FE6, 0x9DBDF2, 0xDDE3EA, 0xF3C1A5, 0xE38264, 0xB7222F,
    ].map(Color.init(_:)))
}
