import Display

/// A picture of numbers: gray (one channel) or colour (three).
///
///     try ImagePlot(digit, width: 8, height: 8)          // gray, darkest to lightest value
///     try ImagePlot(photo, width: 32, height: 32, channels: 3)
public struct ImagePlot: Plot {
  /// Row by row from the top, channels side by side: [height, width, channels].
  public let values: [Double]
  public let pixelWidth: Int
  public let pixelHeight: Int
  public let channels: Int
  public var title: String?
  /// Colours of a picture with one channel.
  public var colorMap: ColorMap
  /// Numbers of black and white; nil: least and largest value of a gray picture, 0 ... 1 or
  /// 0 ... 255 of a coloured one.
  public var limits: ClosedRange<Double>?
  /// Columns of the picture; nil: small pictures are enlarged to about 40, large ones reduced.
  public var width: Int?

  public init(
    _ values: [Double], width: Int, height: Int, channels: Int = 1, title: String? = nil,
    colorMap: ColorMap = .gray, limits: ClosedRange<Double>? = nil
  ) throws(PlotError) {
    let pixelCount = max(width, 0).multipliedReportingOverflow(by: max(height, 0))
    let channels = channels == 3 || channels == 4 ? channels : 1
    let size = pixelCount.partialValue.multipliedReportingOverflow(by: channels)
    guard !pixelCount.overflow, !size.overflow else {
      throw .lengths(plot: "image", first: "values", values.count, second: "the size", .max)
    }
    try PlotError.check(
      "image", "values", values.count, "width x height x channels", size.partialValue)
    self.values = values
    pixelWidth = max(width, 0)
    pixelHeight = max(height, 0)
    self.channels = channels
    self.title = title
    self.colorMap = colorMap
    self.limits = limits
  }

  /// A gray picture from rows.
  public init(
    _ rows: [[Double]], title: String? = nil, colorMap: ColorMap = .gray,
    limits: ClosedRange<Double>? = nil
  ) throws(PlotError) {
    try PlotError.checkRows("image", rows)
    try self.init(
      Array(rows.joined()), width: rows.first?.count ?? 0, height: rows.count, title: title,
      colorMap: colorMap, limits: limits)
  }

  var pixels: Pixels {
    let range = range
    let span = range.high * 0.5 - range.low * 0.5
    func level(_ value: Double) -> Double {
      if value.isNaN { return .nan }
      return span > 0 ? (value * 0.5 - range.low * 0.5) / span : 0.5
    }
    return Pixels(width: pixelWidth, height: pixelHeight) { x, y in
      let place = (y * pixelWidth + x) * channels
      if channels == 1 { return colorMap(level(values[place])) }
      return Color(
        red: level(values[place]), green: level(values[place + 1]), blue: level(values[place + 2]))
    }
  }

  private var range: (low: Double, high: Double) {
    if let limits { return (limits.lowerBound, limits.upperBound) }
    let extent = Extent(values)
    if channels == 1 { return (extent?.low ?? 0, extent?.high ?? 1) }
    return (0, (extent?.high ?? 1) > 1 ? 255 : 1)
  }

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var rows: [StyledText.Row] = []
    if let title, !title.isEmpty {
      let shown = TextWidth.truncated(ColumnName.oneLine(title), to: settings.width)
      rows.append(StyledText.Row([.init(shown, .strong)]))
    }
    if pixelWidth == 0 || pixelHeight == 0 {
      rows.append(StyledText.Row([.init("(no pixels)", .muted)]))
      return StyledText(rows: rows)
    }
    let limit = min(max(width ?? settings.width, 1), settings.width)
    rows += pixels.fitted(columns: limit, wanted: width ?? 40).text(settings).rows
    return StyledText(rows: rows).finished(settings)
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    let shown = pixels.fitted(columns: 128, wanted: 1)
    let side = max((240 / Double(max(shown.width, 1))).rounded(.down), 2)
    let top = title == nil ? 8.0 : 28.0
    var svg = SVGPicture(
      width: Double(max(shown.width, 1)) * side + 16,
      height: Double(max(shown.height, 1)) * side + top + 8)
    if let title { svg.text(ColumnName.oneLine(title), 8, 19, size: 13, bold: true) }
    shown.draw(&svg, 8, top, side)
    return svg
  }
}

extension Pixels {
  /// Enlarged by a whole number to about `wanted` columns, or averaged down to `columns`.
  func fitted(columns: Int, wanted: Int) -> Pixels {
    guard width > 0, height > 0 else { return self }
    if width > columns {
      return reduced(width: max(columns, 1), height: max(height * columns / width, 1))
    }
    return enlarged(max(min(wanted, columns) / width, 1))
  }

  /// Squares; neighbours of one colour in a row are one.
  func draw(_ svg: inout SVGPicture, _ left: Double, _ top: Double, _ side: Double) {
    for y in 0..<height {
      var x = 0
      while x < width {
        var end = x + 1
        while end < width && self[end, y] == self[x, y] { end += 1 }
        svg.rect(
          left + Double(x) * side, top + Double(y) * side, Double(end - x) * side + 0.3, side + 0.3,
          fill: self[x, y])
        x = end
      }
    }
  }
}
