import Display

/// Colours of series, in the order in which they are given out.
///
/// Found by a search over sRGB with three conditions: contrast of at least 3:1 to white and to
/// #111111, the largest least distance (CIELAB) between any two as seen with normal vision,
/// deuteranopia and protanopia (Machado et al. 2009), more weight on the first four; started from
/// the hues of Okabe and Ito's set, whose yellow and black vanish on one of the two pages.
public enum Palette {
  public static let series: [Color] = [
    Color(0x3873F4), Color(0xEF7000), Color(0x1A8B64), Color(0xA0529F),
    Color(0xA49153), Color(0xB84107), Color(0x755ABD), Color(0x009FCE),
  ]

  /// Marker shapes that go with the colours, for readers who cannot tell two colours apart.
  static let markers: [Character] = ["●", "▲", "■", "◆", "✚", "▼", "★", "✖"]
  static let asciiMarkers: [Character] = ["o", "^", "#", "*", "+", "v", "@", "x"]

  /// The colour of series number `index`; starts over when the cycle is used up.
  public static func color(_ index: Int) -> Color { series[place(index)] }

  static func marker(_ index: Int, ascii: Bool) -> Character {
    (ascii ? asciiMarkers : markers)[place(index)]
  }

  private static func place(_ index: Int) -> Int {
    let count = series.count
    return ((index % count) + count) % count
  }
}
