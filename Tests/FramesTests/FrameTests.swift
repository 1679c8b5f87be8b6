import TestSupport
import Testing

@testable import Frames

/// What pandas gives for the same table, recorded in `Golden/frames.json`.
@Suite struct FrameTests {
  private let golden: GoldenValue
  private let frame: Frame

  init() throws {
    golden = try GoldenValue(file: "FramesTests/Golden/frames.json")
    frame = try Frame.readCSV(text: try #require(golden["csv"].string))
  }

  /// Whether a cell holds what was recorded; floats to the last bits that rounding may move.
  private func agree(_ cell: Cell, _ expected: GoldenValue, _ tolerance: Double = 0) -> Bool {
    switch (cell, expected) {
    case (.missing, .none), (.missing, .text("nan")): true
    case (.int(let a), _): expected.int == a
    case (.float(let a), _):
      expected.double.map { a == $0 || abs(a - $0) <= tolerance * abs($0) } ?? false
    case (.bool(let a), .bool(let b)): a == b
    case (.string(let a), .text(let b)): a == b
    case (.string(let a), .int(let b)): a == String(b)
    default: false
    }
  }

  private func agree(_ column: Column, _ expected: GoldenValue, _ tolerance: Double = 0) -> Bool {
    column.count == expected.items.count
      && expected.items.enumerated().allSatisfy { agree(column[$0], $1, tolerance) }
  }

  private func agree(_ frame: Frame, _ expected: GoldenValue, _ tolerance: Double = 0) -> Bool {
    frame.names == expected["names"].strings
      && agree(frame.index.column, expected["index"])
      && zip(frame.names, frame.columns).allSatisfy {
        agree($1, expected["columns"][$0], tolerance)
      }
  }

  @Test func readsTheTypesThatPandasReads() {
    #expect(frame.columns.map(\.typeName) == golden["dtypes"].strings)
  }

  @Test func describes() throws {
    #expect(agree(try frame.describe(), golden["describe"], 1e-15))
    #expect(
      agree(try frame.selecting(["city", "team"]).describe(), golden["describe_text"]))
    let long = try Frame.readCSV(text: try #require(golden["long_csv"].string))
    #expect(agree(try long.describe(), golden["long_describe"]))
    let x = try long.column("x")
    #expect(agree(try x.sum(), golden["sum"]))
    #expect(agree(.float(try x.mean()), golden["mean"]))
    #expect(agree(.float(try x.standardDeviation()), golden["std"]))
    #expect(
      agree(
        .float(try x.quantiles([0, 0.01, 0.1, 0.333, 0.5, 0.9, 1])), golden["quantiles"]))
  }

  @Test func counts() throws {
    #expect(agree(try frame.valueCounts(of: "city"), golden["value_counts"]))
    let all = try frame.valueCounts(of: "city", dropsMissing: false)
    #expect(agree(all.columns[0], golden["value_counts_na"]))
    #expect(agree(try frame.column("team").unique(), golden["unique"]))
  }

  @Test func sorts() throws {
    #expect(agree(try frame.sorted(by: ["rate"]).index.column, golden["sort_rate"]))
    #expect(
      agree(
        try frame.sorted(by: ["city", "goals"], ascending: [false, true]).index.column,
        golden["sort_city_goals"]))
    #expect(throws: FrameError.self) { try frame.sorted(by: ["city"], ascending: [true, false]) }
    #expect(throws: FrameError.self) { try frame.sorted(by: ["city"], ascending: []) }
  }

  @Test func findsDuplicates() throws {
    func flags(_ name: String) -> [Bool] { golden[name].items.compactMap(\.bool) }
    #expect(try frame.duplicated() == flags("duplicated"))
    #expect(try frame.duplicated(keep: .last) == flags("duplicated_last"))
    #expect(try frame.duplicated(keep: .none) == flags("duplicated_none"))
    #expect(try frame.duplicated(in: ["city", "team"]) == flags("duplicated_subset"))
    #expect(try frame.droppingDuplicates().rowCount == 7)
  }

  @Test func treatsMissingValues() throws {
    #expect(agree(try frame.droppingMissing().index.column, golden["dropna"]))
    #expect(agree(try frame.droppingMissing(in: ["rate"]).index.column, golden["dropna_subset"]))
    #expect(frame.missingCounts().map(\.count) == golden["isna"].ints)
    let minutes = try frame.column("minutes")
    #expect(agree(try minutes.fillingMissing(with: .int(0)), golden["fillna"]))
    #expect(agree(minutes.fillingMissing(backward: false), golden["ffill"]))
    #expect(agree(minutes.fillingMissing(backward: true), golden["bfill"]))
    #expect(try frame.fillingMissing(with: ["city": .string("?")]).columns[0][6] == .string("?"))
    #expect(throws: FrameError.self) { try minutes.fillingMissing(with: .string("x")) }
    #expect(frame.isMissing().columns[0][6] == .bool(true))
  }

  @Test(arguments: Aggregation.allCases)
  func groups(_ aggregation: Aggregation) throws {
    let goals = try frame.grouped(by: ["city"], [("goals", aggregation)])
    #expect(agree(goals, golden["group"][aggregation.rawValue], 1e-15))
    guard aggregation != .size else { return }
    let rate = try frame.grouped(by: ["city"], [("rate", aggregation)])
    #expect(agree(rate, golden["group_rate"][aggregation.rawValue], 1e-15))
  }

  @Test func groupsManyRowsAndKeys() throws {
    let two = try frame.grouped(by: ["city", "team"], [("goals", .sum)])
    #expect(agree(two, golden["group_two"]))
    let long = try Frame.readCSV(text: try #require(golden["long_csv"].string))
    for name in [Aggregation.sum, .mean, .std, .median] {
      let result = try long.grouped(by: ["k"], [("x", name)])
      // The order of the sums is pandas'; the variance's last bits are the compiler's.
      #expect(agree(result, golden["group_long"][name.rawValue], 1e-13))
    }
    #expect(throws: FrameError.self) { try frame.grouped(by: [], [("goals", .sum)]) }
    #expect(throws: FrameError.self) { try frame.grouped(by: ["city"], [("team", .mean)]) }
    #expect(
      try frame.grouped(by: ["city"], [("goals", .min), ("goals", .max)]).names
        == ["goals_min", "goals_max"])
  }

  @Test func writesCSV() throws {
    #expect(
      String(decoding: frame.csv(includesIndex: true), as: UTF8.self) == golden["to_csv"].string)
    #expect(
      String(decoding: frame.csv(separator: 0x3B, missingText: "NA"), as: UTF8.self)
        == golden["to_csv_bare"].string)
  }

  @Test func whatIsWrittenIsReadBack() throws {
    let odd = try Frame([
      ("a,b", .strings(["x\"y", "two\nlines", nil, " , "])),
      ("n", .float([1e-300, .nan, -0.0, 1e22])),
    ])
    let again = try Frame.readCSV(bytes: odd.csv(), CSVOptions(separator: 0x2C))
    #expect(again.names == odd.names)
    for row in 0..<4 { #expect(try again.row(row) == odd.row(row)) }
    let single = try Frame([("a", .strings([nil, "x"]))])
    #expect(try Frame.readCSV(bytes: single.csv()).rowCount == 2)
  }

  @Test func rowsKeepTheirLabels() throws {
    let reds = try frame.filter((0..<8).map { frame.columns[1][$0] == .string("red") })
    #expect(reds.index.column == .int([0, 2, 4, 6, 7]))
    #expect(reds.tail(2).index.column == .int([6, 7]))
    #expect(reds.droppingIndex().index == .range(0..<5))
    #expect(reds.resettingIndex().names.first == "index")
    #expect(try reds.settingIndex("city").index.name == "city")
    #expect(frame.rows(2..<4).index == .range(2..<4))
  }

  @Test func takesRowsFromBothEnds() {
    #expect(frame.head(3).rowCount == 3)
    #expect(frame.head(-3).rowCount == 5)
    #expect(frame.head(100).rowCount == 8)
    #expect(frame.head(Int.min).rowCount == 0)
    #expect(frame.tail(-6).rowCount == 2)
    #expect(frame.tail(Int.min).rowCount == 0)
    #expect(frame.rows(5..<100).rowCount == 3)
    #expect(frame.rows(50..<100).rowCount == 0)
  }

  @Test func putsTablesBelowEachOther() throws {
    let other = try Frame([("goals", .int([9])), ("extra", .strings(["e"]))])
    let both = try frame.appending([other])
    #expect(both.names == frame.names + ["extra"])
    #expect(both.rowCount == 9)
    #expect(both.columns[2][8] == .int(9))
    #expect(both.columns[0][8] == .missing)
    #expect(both.columns[6][0] == .missing)
    #expect(both.index.column == .int([0, 1, 2, 3, 4, 5, 6, 7, 0]))
  }

  @Test func refusesWhatIsNotThere() {
    #expect(throws: FrameError.unknownColumn(name: "cty", known: frame.names)) {
      try frame.column("cty")
    }
    #expect(
      FrameError.unknownColumn(name: "cty", known: frame.names).description
        == "no column 'cty'; did you mean 'city'? The columns are: 'city', 'team', 'goals', "
        + "'minutes', 'won', 'rate'")
    #expect(throws: FrameError.self) { try frame.cell(row: 8, column: 0) }
    #expect(throws: FrameError.self) { try frame.cell(row: -1, column: 0) }
    #expect(throws: FrameError.self) { try frame.cell(row: 0, column: 6) }
    #expect(throws: FrameError.self) { try frame.filter([true]) }
    #expect(throws: FrameError.self) { try frame.taking([8]) }
    #expect(throws: FrameError.self) { try frame.setting("x", to: .int([1])) }
    #expect(throws: FrameError.self) { try Frame([("a", .int([1])), ("b", .int([1, 2]))]) }
    #expect(throws: FrameError.self) { try frame.column("team").mean() }
    #expect(throws: FrameError.self) { try frame.column("goals").quantiles([1.5]) }
  }

  @Test func anEmptyTableIsATable() throws {
    let empty = frame.head(0)
    #expect(empty.rowCount == 0 && empty.columnCount == 6)
    #expect(try empty.describe().rowCount == 8)
    #expect(try empty.sorted(by: ["city"]).rowCount == 0)
    #expect(try empty.grouped(by: ["city"], [("goals", .sum)]).rowCount == 0)
    #expect(try empty.droppingDuplicates().rowCount == 0)
    #expect(try Frame([]).rowCount == 0)
    #expect(try Frame([]).describe().columnCount == 0)
    #expect(try empty.selecting(["city"]).describe().rowCount == 4)
  }
}
