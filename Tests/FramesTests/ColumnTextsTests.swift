import TestSupport
import Testing

@testable import Frames

@Suite struct ColumnTextsTests {
  private let golden: GoldenValue

  init() throws { golden = try GoldenValue(file: "FramesTests/Golden/frames.json") }

  /// Right-aligned, as pandas hands out the texts.
  private func aligned(_ texts: [String]) -> [String] {
    let width = texts.map(\.count).max() ?? 0
    return texts.map { String(repeating: " ", count: width - $0.count) + $0 }
  }

  @Test func floatsShareOneForm() {
    #expect(golden["floats"].items.count > 25)
    for item in golden["floats"].items {
      let column = Column.float(item["values"].doubles)
      #expect(aligned(ColumnTexts().texts(of: column)) == item["spaced"].strings)
      let bare = ColumnTexts(leadingSpace: false).texts(of: column)
      #expect(aligned(bare) == item["bare"].strings)
    }
  }

  @Test func aloneAFloatIsWrittenAsPythonDoes() {
    for item in golden["repr"].items {
      #expect(Cell.float(item[0].double ?? .nan).plainText == item[1].string)
    }
  }

  /// Texts set right-aligned with a blank between columns make the lines that pandas prints.
  @Test func textsMakeTheTableThatPandasPrints() throws {
    let frame = try Frame.readCSV(text: try #require(golden["csv"].string))
    let texts = ColumnTexts()
    var lines = [String](repeating: "", count: frame.rowCount + 1)
    for (row, label) in ColumnTexts(leadingSpace: false).texts(of: .int(Array(0..<frame.rowCount))).enumerated() {
      lines[row + 1] = label
    }
    lines[0] = " "
    for (name, column) in zip(frame.names, frame.columns) {
      let cells = aligned([texts.header(name, column)] + texts.texts(of: column))
      for (row, cell) in cells.enumerated() { lines[row] += " " + cell }
    }
    #expect(lines == golden["cells"].strings)
  }

  @Test func longTextsEndInDots() throws {
    let long = String(repeating: "x", count: 60)
    let texts = ColumnTexts().texts(of: try .strings([long, nil, "a\tb\nc"]))
    #expect(texts == [" " + String(repeating: "x", count: 46) + "...", " NaN", " a\\tb\\nc"])
    #expect(ColumnTexts(maxWidth: nil).texts(of: try .strings([long])) == [" " + long])
  }

  @Test func integersKeepAPlaceForTheSign() {
    #expect(ColumnTexts().texts(of: .int([1, -2])) == [" 1", "-2"])
    #expect(ColumnTexts(leadingSpace: false).texts(of: .int([1, -2])) == ["1", "-2"])
    #expect(ColumnTexts().texts(of: .bool([true, nil])) == [" True", " NaN"])
    #expect(ColumnTexts(digits: -5).texts(of: .float([1.25])) == [" 1"])
  }
}
