import TestSupport
import Testing

@testable import Frames

/// What pandas gives for the same table, recorded in `Golden/frames.json`.
@Suite struct DataFrameTests {
  private let golden: GoldenValue
  private let frame: DataFrame
  private let long: DataFrame

  init() throws {
    golden = try GoldenValue(file: "FramesTests/Golden/frames.json")
    frame = try DataFrame(Frame.readCSV(text: try #require(golden["csv"].string)))
    long = try DataFrame(Frame.readCSV(text: try #require(golden["long_csv"].string)))
  }

  /// Whether a cell holds what was recorded; floats to the last bits that rounding may move.
  private func agree(_ cell: Cell, _ expected: GoldenValue, _ tolerance: Double = 0) -> Bool {
    switch (cell, expected) {
    case (_, .none), (_, .text("nan")):
      if case .float(let value) = cell { value.isNaN } else { cell.isMissing }
    case (.int(let a), _): expected.int == a
    case (.float(let a), _):
      expected.double.map { a == $0 || abs(a - $0) <= tolerance * abs($0) } ?? false
    case (.bool(let a), .bool(let b)): a == b
    case (.string(let a), .text(let b)): a == b
    case (.string(let a), .int(let b)): a == String(b)
    default: false
    }
  }

  private func agree(_ column: Vector, _ expected: GoldenValue, _ tolerance: Double = 0) -> Bool {
    column.count == expected.items.count
      && expected.items.enumerated().allSatisfy { agree(column[$0], $1, tolerance) }
  }

  private func column(_ name: String) throws -> Vector { try frame.series(.string(name)).values }

  /// One reduced column per group beside the recorded table of that one column.
  private func agreeGrouped(
    _ table: DataFrame, _ key: String, _ name: String, _ how: Reduction, _ expected: GoldenValue,
    _ tolerance: Double
  ) throws -> Bool {
    let keys = try table.series(.string(key)).values
    let grouping = try Grouping(keys: [keys], names: [.string(key)], count: table.rowCount)
    let reduced = try grouping.reduce(try table.series(.string(name)).values, how)
    let label = try #require(expected["names"].strings.first)
    return agree(grouping.labels.vector, expected["index"])
      && agree(reduced, expected["columns"][label], tolerance)
  }

  @Test func readsTheTypesThatPandasReads() {
    #expect(frame.columns.map(\.typeName) == golden["dtypes"].strings)
  }

  @Test func describes() throws {
    let numbers = [2, 3, 5]
    let found = try Description.frame(frame, numbers, shares: [0.25, 0.5, 0.75])
    #expect(found.rowCount == 8)
    for (place, column) in zip(numbers, found.columns) {
      let recorded = golden["describe"]["columns"][frame.labels[place].shown]
      #expect(agree(column, recorded, 1e-15))
    }
    let x = try long.series(.string("x")).values
    #expect(agree(try x.reduced(.sum), golden["sum"]))
    #expect(agree(try x.reduced(.mean), golden["mean"]))
    #expect(agree(try x.reduced(.std), golden["std"]))
    let shares = try x.quantiles([0, 0.01, 0.1, 0.333, 0.5, 0.9, 1])
    #expect(shares.enumerated().allSatisfy { agree($1, golden["quantiles"].items[$0]) })
  }

  @Test func counts() throws {
    let counts = try frame.series(.string("city")).valueCounts()
    #expect(agree(counts.index.vector, golden["value_counts"]["index"]))
    #expect(agree(counts.values, golden["value_counts"]["columns"]["count"]))
    #expect(agree(try column("team").unique(), golden["unique"]))
  }

  @Test func sorts() throws {
    let byRate = try frame.sortedRows(by: [try column("rate")], ascending: [true])
    #expect(byRate == golden["sort_rate"].ints)
    let two = try frame.sortedRows(
      by: [try column("city"), try column("goals")], ascending: [false, true])
    #expect(two == golden["sort_city_goals"].ints)
  }

  @Test func findsDuplicates() {
    func flags(_ name: String) -> [Bool] { golden[name].items.compactMap(\.bool) }
    #expect(frame.duplicated(in: nil, keep: .first) == flags("duplicated"))
    #expect(frame.duplicated(in: nil, keep: .last) == flags("duplicated_last"))
    #expect(frame.duplicated(in: nil, keep: .none) == flags("duplicated_none"))
    #expect(frame.duplicated(in: [0, 1], keep: .first) == flags("duplicated_subset"))
  }

  @Test func treatsMissingValues() throws {
    #expect(frame.columns.map(\.missingCount) == golden["isna"].ints)
    #expect(agree(try column("minutes").fillingMissing(with: .int(0)), golden["fillna"]))
  }

  @Test(arguments: [Reduction.sum, .mean, .median, .std, .min, .max, .count])
  func groups(_ how: Reduction) throws {
    let goals = golden["group"][how.rawValue]
    #expect(try agreeGrouped(frame, "city", "goals", how, goals, 1e-15))
    let rate = golden["group_rate"][how.rawValue]
    #expect(try agreeGrouped(frame, "city", "rate", how, rate, 1e-15))
  }

  @Test(arguments: [Reduction.sum, .mean, .std, .median])
  func groupsManyRows(_ how: Reduction) throws {
    // The order of the sums is pandas'; the variance's last bits are the compiler's.
    let expected = golden["group_long"][how.rawValue]
    #expect(try agreeGrouped(long, "k", "x", how, expected, 1e-13))
  }

  @Test func writesCSV() throws {
    #expect(try TableWriting.csv(frame) == golden["to_csv"].string)
    #expect(
      try TableWriting.csv(frame, separator: ";", index: false, missing: "NA")
        == golden["to_csv_bare"].string)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let odd = try Frame([
      ("a,b", .strings(["x\"y", "two\nlines", nil, " , "])),
      ("n", .float([1e-300, .nan, -0.0, 1e22])),
    ])
    let text = try TableWriting.csv(DataFrame(odd), index: false)
    let again = try Frame.readCSV(text: text, CSVOptions(separator: 0x2C))
    #expect(again.names == odd.names)
    for row in 0..<4 { #expect(try again.row(row) == odd.row(row)) }
    let single = try DataFrame(Frame([("a", .strings([nil, "x"]))]))
    #expect(try Frame.readCSV(text: TableWriting.csv(single, index: false)).rowCount == 2)
  }

  @Test func refusesWhatIsNotThere() throws {
    let read = try Frame.readCSV(text: try #require(golden["csv"].string))
    #expect(throws: FrameError.unknownColumn(name: "cty", known: read.names)) {
      try read.column("cty")
    }
    #expect(
      FrameError.unknownColumn(name: "cty", known: read.names).description
        == "no column 'cty'; did you mean 'city'? The columns are: 'city', 'team', 'goals', "
        + "'minutes', 'won', 'rate'")
    #expect(throws: FrameError.self) { try read.row(8) }
    #expect(throws: FrameError.self) { try read.row(-1) }
    #expect(throws: FrameError.self) { try Frame([("a", .int([1])), ("b", .int([1, 2]))]) }
    #expect(throws: FrameError.self) { try frame.series(.string("cty")) }
  }

  @Test func anEmptyTableIsATable() throws {
    let empty = frame.slice(0..<0)
    #expect(empty.rowCount == 0 && empty.columnCount == 6)
    #expect(try Description.frame(empty, [2, 3, 5], shares: [0.5]).rowCount > 0)
    #expect(empty.duplicated(in: nil, keep: .first).isEmpty)
    #expect(try Frame([]).rowCount == 0)
  }
}
