extension Frame {
  /// Count, mean, standard deviation, smallest, quartiles and largest of each numeric column; for a
  /// table without numeric columns count, distinct values, the most frequent one and how often.
  public func describe() throws(FrameError) -> Frame {
    let numeric = names.indices.filter { columns[$0].isNumeric }
    return numeric.isEmpty ? try describeTexts() : try describeNumbers(numeric)
  }

  private func describeNumbers(_ places: [Int]) throws(FrameError) -> Frame {
    let rows = ["count", "mean", "std", "min", "25%", "50%", "75%", "max"]
    let described = places.map { place -> Column in
      let values = columns[place].doubles ?? []
      let sorted = Statistics.sortedPresent(values)
      return .float(
        [Double(sorted.count), Statistics.mean(values), Statistics.variance(values).squareRoot()]
          + [0, 0.25, 0.5, 0.75, 1].map { Statistics.quantile(sorted, $0) })
    }
    return Frame(
      names: places.map { names[$0] }, columns: described,
      index: .labels(try .strings(rows), name: nil))
  }

  private func describeTexts() throws(FrameError) -> Frame {
    var described: [Column] = []
    for column in columns {
      let (values, counts) = column.valueCounts()
      described.append(
        try Column.strings([
          String(column.count - column.missingCount), String(counts.count), values[0].plainText,
          counts.first.map(String.init),
        ]))
    }
    return Frame(
      names: names, columns: described,
      index: .labels(try .strings(["count", "unique", "top", "freq"]), name: nil))
  }
}
