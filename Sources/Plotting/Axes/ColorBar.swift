import Display

/// A scale of colours at the right side of a figure: which number has which colour.
public struct ColorBar: Sendable, Equatable {
  public var colorMap: ColorMap
  /// Numbers of the first and the last colour.
  public var low: Double
  public var high: Double
  public var label: String?

  public init(_ colorMap: ColorMap, low: Double, high: Double, label: String? = nil) {
    self.colorMap = colorMap
    self.low = low
    self.high = high
    self.label = label
  }

  private func number(_ fraction: Double) -> String {
    let value = low * (1 - fraction) + high * fraction
    let half = high * 0.5 - low * 0.5
    return NumberText.short(abs(value) < half * 2e-3 ? 0 : value, 3)
  }

  private var widestNumber: Int {
    [0, 0.5, 1].reduce(0) { max($0, TextWidth.of(number($1))) }
  }

  // MARK: - Text

  /// Columns with the gap before the bar; 0 where it cannot be shown.
  func columns(_ settings: DisplaySettings) -> Int {
    settings.usesColor && !settings.ascii ? widestNumber + 5 : 0
  }

  func rows(_ height: Int, _ settings: DisplaySettings) -> [StyledText.Row] {
    guard columns(settings) > 0, height > 0 else { return [] }
    return (0..<height).map { line in
      func color(_ place: Int) -> Color {
        colorMap(height * 2 > 1 ? 1 - Double(place) / Double(height * 2 - 1) : 1)
      }
      var row = StyledText.Row([.init("  ")])
      row.append("▀▀", TextStyle(color(2 * line), on: color(2 * line + 1)))
      if line == 0 { row.append(" " + number(1)) }
      if line == height - 1, height > 1 { row.append(" " + number(0)) }
      if height >= 5, line == height / 2 { row.append(" " + number(0.5)) }
      return row
    }
  }

  // MARK: - Vector

  /// Pixels with the gap before the bar.
  var pixels: Double { Double(widestNumber) * 6.7 + (label == nil ? 30 : 48) }

  func draw(_ svg: inout SVGPicture, _ left: Double, _ top: Double, _ height: Double) {
    for step in 0..<48 {
      svg.rect(
        left, top + Double(step) * height / 48, 13, height / 48 + 0.4,
        fill: colorMap(1 - Double(step) / 47))
    }
    for fraction in [0, 0.5, 1] {
      svg.text(number(fraction), left + 17, top + (1 - fraction) * height + 4)
    }
    if let label {
      svg.text(
        ColumnName.oneLine(label), left + 17 + Double(widestNumber) * 6.7 + 16, top + height / 2,
        anchor: .middle, turned: true)
    }
  }

  /// The largest size of a shape within a place.
  static func fitted(
    _ shape: (width: Double, height: Double), into place: (width: Double, height: Double)
  ) -> (width: Double, height: Double) {
    let scale = min(place.width / shape.width, place.height / shape.height)
    guard scale.isFinite, scale > 0, shape.width.isFinite, shape.height.isFinite else {
      return place
    }
    return (max(shape.width * scale, 1), max(shape.height * scale, 1))
  }
}
