import Display

/// How often each true class was predicted as each class: rows are true, columns predicted.
///
/// Right answers are shaded blue, mistakes orange, both by their share of the row, so that a class
/// with few examples shows its mistakes as clearly as one with many. Recall stands at the right.
public struct ConfusionMatrix: Plot {
  /// What the cells say.
  public enum Cells: String, Sendable, Equatable {
    case counts
    /// Per cent of the row: of the true class.
    case percent
    case both
  }

  public let counts: [[Int]]
  public var labels: [String]
  public var title: String?
  public var cells = Cells.counts
  public var width: Int?

  /// - Parameters:
  ///   - counts: square, [true class, predicted class].
  ///   - labels: names of the classes; missing ones are numbers.
  public init(
    _ counts: [[Int]], labels: [String] = [], title: String? = nil, cells: Cells = .counts
  ) throws(PlotError) {
    for (number, row) in counts.enumerated() where row.count != counts.count {
      throw .raggedRows(
        plot: "confusion matrix", row: number, expected: counts.count, found: row.count)
    }
    self.counts = counts
    self.labels = counts.indices.map { $0 < labels.count ? labels[$0] : String($0) }
    self.title = title
    self.cells = cells
  }

  /// Counts pairs of classes, numbered from 0. Numbers outside of the classes are not counted.
  ///
  /// - Parameter classes: number of classes; nil: the largest number that occurs, plus one.
  public init(
    true truth: [Int], predicted: [Int], classes: Int? = nil, labels: [String] = [],
    title: String? = nil, cells: Cells = .counts
  ) throws(PlotError) {
    try PlotError.check(
      "confusion matrix", "true", truth.count, "predicted", predicted.count)
    let largest = max(truth.max() ?? -1, predicted.max() ?? -1)
    // A stray label of a million must not ask for a million columns.
    let number = min(max(classes ?? max(largest + 1, labels.count), 0), 1000)
    var counts = Array(repeating: Array(repeating: 0, count: number), count: number)
    for (t, p) in zip(truth, predicted) where t >= 0 && t < number && p >= 0 && p < number {
      counts[t][p] += 1
    }
    try self.init(counts, labels: labels, title: title, cells: cells)
  }

  /// Share of right answers; NaN without any answer.
  public var accuracy: Double {
    let right = counts.indices.reduce(0.0) { $0 + Double(counts[$1][$1]) }
    let all = counts.joined().reduce(0.0) { $0 + Double($1) }
    return all > 0 ? right / all : .nan
  }

  // MARK: - Drawing

  public func text(_ settings: DisplaySettings = DisplaySettings()) -> StyledText {
    var settings = settings
    if let width { settings.width = min(width, settings.width) }
    if counts.isEmpty {
      return StyledText(rows: [StyledText.Row([.init("(no classes)", .muted)])])
    }
    if counts.count * 3 > settings.width, let map = shareMap { return map.text(settings) }
    let matrix = matrix(settings)
    if matrix.columnCount * matrix.cellWidth > settings.width, let map = shareMap {
      return map.text(settings)
    }
    return matrix.text(settings).finished(settings)
  }

  public func picture(_ settings: DisplaySettings = DisplaySettings()) -> SVGPicture {
    if counts.count > 40, let map = shareMap { return map.picture(settings) }
    return matrix(settings).picture(settings)
  }

  /// Shares of the rows as pixels: for more classes than there is room for numbers.
  private var shareMap: HeatMap? {
    let shares = counts.map { row -> [Double] in
      let sum = row.reduce(0.0) { $0 + Double($1) }
      return row.map { sum > 0 ? Double($0) / sum * 100 : 0 }
    }
    return try? HeatMap(
      shares, title: heading, xlabel: "predicted", ylabel: "true, % of row", limits: 0...100,
      showsValues: false)
  }

  private var heading: String {
    let accuracy = accuracy
    let score = accuracy.isNaN ? "" : "accuracy \(NumberText.fixed(accuracy, 4))"
    guard let title, !title.isEmpty else { return score }
    return score.isEmpty ? title : "\(title)  ·  \(score)"
  }

  private func share(_ count: Double, of row: [Int]) -> Double {
    let sum = row.reduce(0.0) { $0 + Double($1) }
    return sum > 0 ? count / sum : 0
  }

  private func matrix(_ settings: DisplaySettings) -> CellMatrix {
    let recalls = counts.indices.map { share(Double(counts[$0][$0]), of: counts[$0]) }
    var matrix = CellMatrix(
      cells: [], rowLabels: labels, columnLabels: labels, title: heading, xlabel: "predicted",
      ylabel: "true")
    matrix.cells = counts.enumerated().map { t, row in
      row.enumerated().map { p, count in cell(count, share(Double(count), of: row), t == p) }
    }
    let widest = matrix.cells.joined().flatMap(\.lines).reduce(0) { max($0, TextWidth.of($1)) }
    let room = settings.width - matrix.labelWidth(settings.width) - 1
    let names = labels.reduce(0) { max($0, min(TextWidth.of($1), 10)) } + 1
    let number = max(counts.count, 1)
    let least = max(widest + 1, 3)
    matrix.cellWidth = max(min(max(widest + 2, names, 5), room / number), least)
    matrix.cellHeight = number <= 3 && settings.usesColor ? 3 : cells == .both ? 2 : 1
    if number <= 3 { matrix.cellWidth = max(min(9, room / number), matrix.cellWidth) }
    if number * matrix.cellWidth + 8 <= room {
      matrix.rowNotesTitle = "recall"
      matrix.rowNotes = zip(counts, recalls).map { row, recall in
        row.contains { $0 != 0 } ? NumberText.fixed(recall * 100, 1) + " %" : ""
      }
    }
    return matrix
  }

  private func cell(_ count: Int, _ share: Double, _ isRight: Bool) -> CellMatrix.Cell {
    let percent = NumberText.fixed(share * 100, share > 0 && share < 0.0995 ? 1 : 0) + "%"
    let lines: [String]
    switch cells {
    case .counts: lines = [String(count)]
    case .percent: lines = [percent]
    case .both: lines = [String(count), percent]
    }
    // Cells without examples stay paper, so that mistakes stand out.
    if count == 0 { return CellMatrix.Cell(lines: ["·"], style: TextStyle(.muted, dim: true)) }
    let map = isRight ? ColorMap.blues : ColorMap.oranges
    // Rare mistakes must still be seen: start at a fifth of the scale.
    let strength = isRight ? 0.2 + 0.8 * share : 0.15 + 0.85 * min(share * 2, 1)
    return CellMatrix.Cell(
      lines: lines, fill: map(strength), style: TextStyle(bold: isRight))
  }
}
