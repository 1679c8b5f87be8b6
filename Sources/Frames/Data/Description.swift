/// `describe`, `corr`, `cov`, `info`.
public enum Description {
  /// Count, mean, spread and quantiles of numbers; count, distinct values and the most frequent one
  /// of everything else.
  public static func series(_ series: Series, shares: [Double]) throws -> Series {
    let column = series.values
    if column.type.isNumeric || column.type.isSpan {
      let names = ["count", "mean", "std", "min"] + shares.map(percent) + ["max"]
      let quantiles = try column.quantiles(shares)
      let cells: [Cell] =
        [column.type.isSpan ? .int(column.count - column.missingCount) : .float(Double(column.count - column.missingCount)),
         try column.reduced(.mean), try column.reduced(.std),
         try column.reduced(.min)] + quantiles + [try column.reduced(.max)]
      let index = Labels(try Vector(texts: names))
      if column.type.isSpan { return Series(Vector(objects: cells), index: index, name: series.name) }
      if column.type.isNullable {
        return Series(Vector(.object(cells.map { $0.isMissing ? .absent : .float($0.number ?? 0) }), .nullable("Float64")), index: index, name: series.name)
      }
      return Series(
        Vector(doubles: cells.map { $0.number ?? .nan }), index: index, name: series.name)
    }
    if column.type.isDate {
      let names = ["count", "mean", "min"] + shares.map(percent) + ["max"]
      let cells: [Cell] =
        [.int(column.count - column.missingCount), try column.reduced(.mean), try column.reduced(.min)]
        + (try column.quantiles(shares)) + [try column.reduced(.max)]
      return Series(
        Vector(objects: cells), index: Labels(try Vector(texts: names)), name: series.name)
    }
    let counts = try series.valueCounts()
    let top = counts.count > 0
    var cells: [Cell] = [
      .int(column.count - column.missingCount), .int(counts.values.cells.filter { $0 != .int(0) }.count),
      top ? counts.index[0] : .missing, top ? counts.values[0] : .missing,
    ]
    if column.type.categories != nil, let n = cells.first, n == .int(0) { cells[2] = .missing }
    return Series(
      Vector(objects: cells),
      index: Labels(try Vector(texts: ["count", "unique", "top", "freq"])), name: series.name)
  }

  static func percent(_ share: Double) -> String {
    let value = Vector.rounded(share * 100, 10)
    return (Int(exactly: value).map(String.init) ?? shortestText(value)) + "%"
  }

  /// A table of the descriptions of the given columns.
  public static func frame(_ frame: DataFrame, _ places: [Int], shares: [Double]) throws -> DataFrame {
    guard !places.isEmpty else {
      throw FrameError.raised(.value, "Cannot describe a DataFrame without columns")
    }
    let parts = try places.map { try series(frame.series(at: $0), shares: shares) }
    var names: [Cell] = []
    // The rows of texts stand between the count and the numbers.
    let order = [
      "count", "unique", "top", "freq", "mean", "std", "min",
    ]
    var seen: Set<Cell> = []
    for part in parts.sorted(by: { $0.count < $1.count }) {
      for cell in part.index.cells where seen.insert(cell).inserted { names.append(cell) }
    }
    let rank = { (cell: Cell) -> Int in
      guard let text = cell.text else { return 99 }
      if let place = order.firstIndex(of: text) { return place }
      return text == "max" ? 98 : 50
    }
    let hasDates = places.contains { frame.columns[$0].type.isDate }
    names = names.enumerated().sorted { a, b in
      var (x, y) = (rank(a.element), rank(b.element))
      if hasDates {
        // With dates `std` comes last.
        if a.element == .string("std") { x = 100 }
        if b.element == .string("std") { y = 100 }
      }
      return x != y ? x < y : a.offset < b.offset
    }.map(\.element)
    let index = Labels(try Vector(cells: names))
    let columns = try parts.map { part -> Vector in
      let aligned = try part.reindexed(index)
      return aligned.values
    }
    return DataFrame(columns: columns, labels: frame.labels.taking(places), index: index)
  }

  // MARK: - Two columns

  public static func covariance(_ a: [Double], _ b: [Double], freedom: Int = 1) -> Double {
    var x: [Double] = []
    var y: [Double] = []
    for (p, q) in zip(a, b) where !p.isNaN && !q.isNaN {
      x.append(p)
      y.append(q)
    }
    guard x.count > freedom else { return .nan }
    let n = Double(x.count)
    let (mx, my) = (Statistics.sum(x) / n, Statistics.sum(y) / n)
    return Statistics.sum(zip(x, y).map { ($0 - mx) * ($1 - my) }) / (n - Double(freedom))
  }

  /// Pearson's correlation by Welford's updates, as pandas' `nancorr` has it.
  public static func correlation(_ a: [Double], _ b: [Double], method: String = "pearson") throws -> Double {
    var x: [Double] = []
    var y: [Double] = []
    for (p, q) in zip(a, b) where !p.isNaN && !q.isNaN {
      x.append(p)
      y.append(q)
    }
    if method == "spearman" {
      x = try Vector(doubles: x).ranked("average").doubles ?? []
      y = try Vector(doubles: y).ranked("average").doubles ?? []
    } else if method == "kendall" {
      return kendall(x, y)
    } else if method != "pearson" {
      throw FrameError.raised(
        .value,
        "method must be either 'pearson', 'spearman', 'kendall', or a callable, '\(method)' was "
          + "supplied")
    }
    guard x.count > 1 else { return .nan }
    var (mx, my, sxx, syy, sxy, n) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for (vx, vy) in zip(x, y) {
      n += 1
      let dx = vx - mx
      let dy = vy - my
      mx += 1 / n * dx
      my += 1 / n * dy
      sxx += (vx - mx) * dx
      syy += (vy - my) * dy
      sxy += (vx - mx) * dy
    }
    let divisor = (sxx * syy).squareRoot()
    guard divisor != 0 else { return .nan }
    return max(-1, min(1, sxy / divisor))
  }

  /// Pearson's correlation of two series: deviations are scaled by the largest one first, so that
  /// their squares do not overflow. Source: pandas, `core/nanops.py`, whose last digit this keeps.
  public static func coefficient(_ a: [Double], _ b: [Double]) -> Double {
    var x: [Double] = []
    var y: [Double] = []
    for (p, q) in zip(a, b) where !p.isNaN && !q.isNaN {
      x.append(p)
      y.append(q)
    }
    guard x.count > 1 else { return .nan }
    func scaled(_ values: [Double]) -> [Double]? {
      let mean = Statistics.sum(values) / Double(values.count)
      let moved = values.map { $0 - mean }
      guard let largest = moved.map({ abs($0) }).max(), largest > 0 else { return nil }
      return moved.map { $0 / largest }
    }
    guard let p = scaled(x), let q = scaled(y) else { return .nan }
    let freedom = Double(x.count - 1)
    func product(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } / freedom
    }
    let found = product(p, q) / product(p, p).squareRoot() / product(q, q).squareRoot()
    return max(-1, min(1, found))
  }

  private static func kendall(_ x: [Double], _ y: [Double]) -> Double {
    var (concordant, tiesX, tiesY, total) = (0.0, 0.0, 0.0, 0.0)
    for i in x.indices {
      for j in (i + 1)..<max(i + 1, x.count) {
        let a = x[i] == x[j] ? 0.0 : x[i] < x[j] ? 1 : -1
        let b = y[i] == y[j] ? 0.0 : y[i] < y[j] ? 1 : -1
        concordant += a * b
        if a == 0 { tiesX += 1 }
        if b == 0 { tiesY += 1 }
        total += 1
      }
    }
    return concordant / ((total - tiesX) * (total - tiesY)).squareRoot()
  }

  // MARK: - info

  public static func memory(_ column: Vector) -> Int {
    switch column.type {
    case .integer(let bits, _), .floating(let bits): column.count * bits / 8
    case .bool: column.count
    case .category(let categories):
      column.count * (categories.values.count < 128 ? 1 : 2) + categories.values.count * 8
    case .nullable(let name):
      name == "boolean" ? column.count * 2 : name == "string" ? column.count * 8 : column.count * 9
    default: column.count * 8
    }
  }

  public static func memory(_ index: Labels) -> Int {
    switch index.content {
    case .range: 132
    case .flat(let vector): memory(vector)
    case .levels(let levels): levels.reduce(0) { $0 + $1.count + $1.unique().count * 8 } + 0
    }
  }

  public static func info(
    _ frame: DataFrame, className: String = "pandas.DataFrame", isShort: Bool = false
  ) -> String {
    var lines = ["<class '\(className)'>"]
    lines.append(indexSummary(frame.index))
    if frame.columnCount == 0 {
      lines.append("Empty DataFrame")
      return lines.joined(separator: "\n") + "\n"
    }
    if isShort {
      let ends = (frame.labels[0], frame.labels[frame.columnCount - 1])
      lines.append("Columns: \(frame.columnCount) entries, \(summary(ends.0)) to \(summary(ends.1))")
      lines += footer(frame.columns, frame.index)
      return lines.joined(separator: "\n") + "\n"
    }
    lines.append("Data columns (total \(frame.columnCount) columns):")
    var rows = [[" # ", "Column", "Non-Null Count", "Dtype"]]
    for place in 0..<frame.columnCount {
      let column = frame.columns[place]
      rows.append([
        " \(place)", frame.labels[place].shown, "\(column.count - column.missingCount) non-null",
        column.typeName,
      ])
    }
    let widths = (0..<4).map { column in rows.map { ValueTexts.width($0[column]) }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      cells.enumerated().map { ValueTexts.justified($1, widths[$0], .left) }.joined(separator: "  ")
    }
    lines.append(line(rows[0]))
    lines.append(widths.enumerated().map { place, width in
      let dashes = place == 0 ? "---" : String(repeating: "-", count: ValueTexts.width(rows[0][place]))
      return ValueTexts.justified(dashes, width, .left)
    }.joined(separator: "  "))
    for row in rows.dropFirst() { lines.append(line(row)) }
    lines += footer(frame.columns, frame.index)
    return lines.joined(separator: "\n") + "\n"
  }

  static func footer(_ columns: [Vector], _ index: Labels) -> [String] {
    var counts: [String: Int] = [:]
    for column in columns { counts[column.typeName, default: 0] += 1 }
    let types = counts.keys.sorted().map { "\($0)(\(counts[$0] ?? 0))" }.joined(separator: ", ")
    let bytes = columns.reduce(memory(index)) { $0 + memory($1) }
    let isDeep = columns.contains { $0.type == .object } || index.vector.type == .object && !index.isMulti
    return ["dtypes: " + types, "memory usage: " + size(bytes, plus: isDeep)]
  }

  static func size(_ bytes: Int, plus: Bool) -> String {
    var value = Double(bytes)
    for unit in ["bytes", "KB", "MB", "GB"] {
      if value < 1024 { return fixed(value) + (plus ? "+" : "") + " " + unit }
      value /= 1024
    }
    return fixed(value) + (plus ? "+" : "") + " TB"
  }

  private static func fixed(_ value: Double) -> String {
    formatted(value, digits: 1, exponent: false)
  }

  static func indexSummary(_ index: Labels) -> String {
    let head: String
    if index.count > 0 {
      let (a, b) = (index[0], index[index.count - 1])
      head = ", \(summary(a)) to \(summary(b))"
    } else {
      head = ""
    }
    return "\(index.kindName): \(index.count) entries\(head)"
  }

  private static func summary(_ cell: Cell) -> String {
    if case .tuple = cell { return cell.reprText }
    if case .date(let micros) = cell { return Moment(micros).isMidnight ? Moment(micros).dateText : Moment(micros).text }
    return cell.shown
  }

  public static func info(_ series: Series) -> String {
    var lines = ["<class 'pandas.Series'>", indexSummary(series.index)]
    lines.append("Series name: " + series.name.shown)
    let count = "\(series.count - series.values.missingCount) non-null"
    let width = max(14, count.count)
    let type = series.values.typeName
    lines.append(ValueTexts.justified("Non-Null Count", width, .left) + "  " + ValueTexts.justified("Dtype", max(5, type.count), .left))
    lines.append(ValueTexts.justified("--------------", width, .left) + "  " + ValueTexts.justified("-----", max(5, type.count), .left))
    lines.append(ValueTexts.justified(count, width, .left) + "  " + ValueTexts.justified(type, max(5, type.count), .left))
    lines += Self.footer([series.values], series.index)
    return lines.joined(separator: "\n") + "\n"
  }
}
