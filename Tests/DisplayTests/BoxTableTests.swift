import Display
import Testing

@Suite struct BoxTableTests {
  let table = Table(
    [
      .init("layer", ["Linear", "ReLU", "Dropout 日本", "total"]),
      .init("shape", ["[64, 128]", "", "", ""]), .init("params", [8320, 0, 0, 8320]),
    ], index: .none)

  @Test func looksLikeThis() {
    var box = BoxTable(table, title: "Model", caption: "on 3 layers")
    box.lastRowIsTotal = true
    #expect(
      box.text().plain == """
        ╭─ Model ──────┬───────────┬────────╮
        │ layer        │ shape     │ params │
        ├──────────────┼───────────┼────────┤
        │ Linear       │ [64, 128] │   8320 │
        │ ReLU         │           │      0 │
        │ Dropout 日本 │           │      0 │
        ├──────────────┼───────────┼────────┤
        │ total        │           │   8320 │
        ╰──────────────┴───────────┴────────╯
        on 3 layers
        """)
  }

  @Test func fitsAnyWidth() {
    for width in 20...60 {
      let text = BoxTable(table, title: "A rather long title of a table").text(
        DisplaySettings(width: width))
      #expect(text.width <= width)
    }
  }

  @Test func asciiHasNoOtherCharacters() {
    let text = BoxTable(Table([.init("a", [1])]), title: "T").text(DisplaySettings(ascii: true))
    #expect(text.plain.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test func emptyAndLongTables() {
    #expect(BoxTable(Table(index: .none)).text().plain == "")
    #expect(BoxTable(Table([.init("a", [Int]())])).text().height == 4)
    let long = BoxTable(Table([.init("a", Array(0..<200))])).text()
    #expect(long.height == 60 + 1 + 4)
    #expect(long.plain.contains("…"))
  }
}
