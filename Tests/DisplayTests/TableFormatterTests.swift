import Display
import Foundation
import TestSupport
import Testing

@Suite struct TableFormatterTests {
  struct Golden: Sendable {
    let name: String
    let table: Table
    let complete: String
    let shown: String
    let html: String
  }

  /// Frames as pandas shows them (`Golden/tables.py`).
  static let golden: [Golden] = {
    let file = testsFolder.appendingPathComponent("DisplayTests/Golden/tables.json")
    guard let data = try? Data(contentsOf: file),
      let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any],
      let cases = root["cases"] as? [[String: Any]]
    else { return [] }
    return cases.map { entry in
      var table = Table((entry["columns"] as? [[String: Any]] ?? []).map(column))
      if let index = entry["index"] as? [String: Any] { table.index = .labels(column(index)) }
      table.columnsName = entry["columnsName"] as? String
      return Golden(
        name: entry["name"] as? String ?? "", table: table,
        complete: entry["to_string"] as? String ?? "", shown: entry["repr"] as? String ?? "",
        html: entry["html"] as? String ?? "")
    }
  }()

  static func column(_ entry: [String: Any]) -> Table.Column {
    let cells = (entry["cells"] as? [[String: Any]] ?? []).map { cell -> Table.Cell in
      if let value = cell["i"] as? Int { return .int(value) }
      if let value = cell["f"] as? String { return .double(Double(value) ?? .nan) }
      if let value = cell["b"] as? Bool { return .bool(value) }
      if let value = cell["m"] as? String { return .missing(value) }
      return .text(cell["s"] as? String ?? "")
    }
    let kinds: [String: Table.Kind] = [
      "integer": .integer, "real": .real, "boolean": .boolean, "text": .text, "mixed": .mixed,
    ]
    return Table.Column(
      entry["name"] as? String ?? "", kind: kinds[entry["kind"] as? String ?? ""] ?? .mixed,
      count: cells.count
    ) { cells[$0] }
  }

  @Test func completeTextEqualsToString() {
    #expect(Self.golden.count > 50)
    for one in Self.golden {
      #expect(TableFormatter.complete.text(one.table) == one.complete, "\(one.name)")
    }
  }

  @Test func shownTextEqualsRepr() {
    for one in Self.golden {
      #expect(TableFormatter().text(one.table) == one.shown, "\(one.name)")
    }
  }

  @Test func htmlEqualsThatOfANotebook() {
    for one in Self.golden {
      #expect(TableFormatter().html(one.table) == one.html, "\(one.name)")
    }
  }

  @Test func emptyTablesSaySo() {
    #expect(TableFormatter().text(Table()) == "Empty DataFrame\nColumns: []\nIndex: []")
    #expect(
      TableFormatter().text(Table([.init("a", [Int]()), .init("b", [Double]())]))
        == "Empty DataFrame\nColumns: [a, b]\nIndex: []")
    #expect(TableFormatter().html(Table()).contains("<table border=\"1\" class=\"dataframe\">"))
  }

  @Test func columnsStayAlignedWithWideCharacters() {
    let table = Table([.init("都市", ["東京", "Bonn", "🚀"]), .init("n", [1, 22, 333])])
    let lines = TableFormatter().text(table).components(separatedBy: "\n")
    #expect(Set(lines.map { TextWidth.of($0) }).count == 1)
    #expect(lines[1] == "0  東京    1")
  }

  @Test func aMillionRowsCostTwentyCells() {
    final class Counter: @unchecked Sendable { var calls = 0 }
    let counter = Counter()
    let table = Table([
      Table.Column("x", kind: .integer, count: 1_000_000) {
        counter.calls += 1
        return .int($0)
      }
    ])
    let text = TableFormatter().text(table)
    #expect(text.hasSuffix("999999  999999\n\n[1000000 rows x 1 columns]"))
    #expect(counter.calls <= 20)
  }

  @Test func oddLimitsDoNotTrap() {
    let table = Table([.init("a", [1, 2, 3]), .init("b", ["x", "y", "z"])])
    for limit in [-5, 0, 1, 2, 3, 4] {
      var formatter = TableFormatter()
      formatter.maxRows = limit
      formatter.minRows = limit
      formatter.maxColumns = limit
      formatter.lineWidth = limit
      formatter.maxColumnWidth = limit
      formatter.precision = limit
      #expect(!formatter.text(table).isEmpty)
      #expect(formatter.html(table).hasSuffix("</div>"))
    }
  }

  @Test func shortColumnsAreFilledWithBlanks() {
    let table = Table(header: ["a"], rows: [[.int(1)], [.int(2), .text("x")], []])
    let text = TableFormatter().text(table)
    #expect(text.components(separatedBy: "\n").count == 4)
  }

  @Test func heatTintsAreTransparentAndOnlyOnNumbers() {
    var formatter = TableFormatter()
    formatter.heat = .columns
    let table = Table([.init("v", [0.0, 0.5, 1.0, .nan]), .init("s", ["a", "b", "c", "d"])])
    let html = formatter.html(table)
    #expect(html.components(separatedBy: "background-color:rgba(").count == 4)
    #expect(html.contains("rgba(31,119,180,0.60)"))
    #expect(TableFormatter().html(table).contains("background") == false)
  }

  @Test func htmlIsWellFormed() throws {
    for one in Self.golden {
      let markup = TableFormatter().html(one.table).replacingOccurrences(of: "&nbsp;", with: " ")
      #expect(throws: Never.self, "\(one.name)") { try XMLText.check(markup) }
    }
  }
}
