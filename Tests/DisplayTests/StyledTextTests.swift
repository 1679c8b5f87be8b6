import Display
import Foundation
import Testing

@Suite struct StyledTextTests {
  let red = TextStyle(Color(0xFF0000))

  func sample() -> StyledText {
    StyledText(rows: [
      .init([.init("a "), .init("b", red), .init(" c   ")]),
      .init([.init("⠉⠑", TextStyle(Color(0x00FF00), dim: true)), .init("⠀⠀")]),
    ])
  }

  @Test func plainTextDropsBlanksAtTheEnds() {
    #expect(sample().plain == "a b c\n⠉⠑")
  }

  @Test func ansiClosesWhatItOpensInEachRow() {
    let text = sample().ansi()
    #expect(text == "a \u{1B}[38;2;255;0;0mb\u{1B}[0m c\n\u{1B}[2;38;2;0;255;0m⠉⠑\u{1B}[0m")
    for row in text.components(separatedBy: "\n") where row.contains("\u{1B}") {
      #expect(row.contains("\u{1B}[0m"))
    }
  }

  @Test func ansiWith256ColoursPicksTheNearest() {
    let text = sample().ansi(.ansi256)
    #expect(text.hasPrefix("a \u{1B}[38;5;196mb\u{1B}[0m"))
    #expect(Color(0x808080).ansi256 == 244)
    #expect(Color(0x5F87AF).ansi256 == 67)
    #expect(Color.white.ansi256 == 231)
    #expect(Color.black.ansi256 == 16)
  }

  @Test func noColourMeansNoCodes() {
    #expect(!sample().ansi(.none).contains("\u{1B}"))
    #expect(!sample().html(color: false).contains("#ff0000"))
  }

  @Test func htmlIsEscapedAndNeedsNothingFromThePage() {
    let text = StyledText("<script>\"&'", style: red)
    let html = text.html()
    #expect(html.contains("&lt;script&gt;&quot;&amp;&#39;"))
    for word in ["<script", "<style", "class=", " id=", "onclick"] {
      #expect(!html.contains(word))
      #expect(!sample().html().contains(word))
    }
  }

  @Test func htmlHasNoColoursOfItsOwn() {
    let html = StyledText("plain").html()
    #expect(html.hasPrefix("<pre style=\""))
    #expect(!html.contains("color:"))
  }

  @Test func wideCharactersGetTheirExactWidth() {
    let html = StyledText("日x").html()
    #expect(
      html.contains(
        "<span style=\"display:inline-block;width:2ch;text-align:center\">日</span>x</pre>"))
  }

  @Test func brailleIsDrawnInWholeColumnsAndKeepsItsText() {
    let html = StyledText("⠉ ⠑x").html()
    #expect(html.contains("width:3ch"))
    #expect(html.contains("<desc>⠉ ⠑</desc>"))
    #expect(html.hasSuffix("x</pre>"))
    #expect(html.contains("stroke=\"currentColor\""))
  }

  @Test func whatASanitiserLeavesIsTheTextInColour() {
    let text = StyledText(rows: [.init([.init("⠉", red), .init("⠑", TextStyle(.white))])])
    #expect(
      text.html().contains(
        "<desc><span style=\"color:#ff0000\">⠉</span><span style=\"color:#ffffff\">⠑</span></desc>")
    )
    let pixels = StyledText(rows: [
      .init([.init("▀", TextStyle(.white, on: .white)), .init("▀", TextStyle(.black, on: .black))])
    ])
    #expect(pixels.html().contains("<desc>█ </desc>"))
  }

  @Test func theDrawnFormHasEveryRow() {
    let text = StyledText("┌─┐\n│█│\n└─┘")
    #expect(text.html().components(separatedBy: "<svg").count == 4)
    #expect(text.html().components(separatedBy: "\n").count == 3)
  }

  @Test func everyDrawableCharacterGivesWellFormedMarkup() throws {
    var text = ""
    for range in [0x2800...0x28FF, 0x2580...0x259F, 0x2500...0x257F] {
      for code in range {
        if let scalar = Unicode.Scalar(code) { text.unicodeScalars.append(scalar) }
      }
    }
    let html = StyledText(text, style: TextStyle(.muted, on: .white)).html()
    #expect(throws: Never.self) { try XMLText.check(html) }
    #expect(html.contains("<path"))
  }

  @Test func besideAlignsTheRightText() {
    let joined = StyledText("a\nbbb\n日").beside(StyledText("1\n2\n3\n4"), gap: 1)
    #expect(joined.plain == "a   1\nbbb 2\n日  3\n    4")
    #expect(joined.width == 5)
  }

  @Test func fittingGivesExactlySoManyRows() {
    #expect(StyledText("a\nb").fitted(height: 4).height == 4)
    #expect(StyledText("a\nb").fitted(height: 1).plain == "a")
    #expect(StyledText("a").fitted(height: -1).isEmpty)
  }

  @Test func bundlesHoldTextAndHTML() {
    let bundle = sample().bundle(DisplaySettings(colorDepth: .none))
    #expect(bundle.plain == "a b c\n⠉⠑")
    #expect(bundle.data.keys == ["text/plain", "text/html"])
  }

  @Test func legibleTextHasContrast() {
    for hex: UInt32 in stride(from: 0, through: 0xFFFFFF, by: 0x010507) {
      let color = Color(hex)
      #expect(color.contrast(with: color.legibleText) >= 4.5)
    }
  }

  @Test func coloursFromAnyNumberAreColours() {
    for value in [Double.nan, -.infinity, .infinity, -1, 0, 0.5, 2] {
      let color = Color(red: value, green: value, blue: value)
      #expect(color == Color(gray: value))
      #expect(
        Color.black.mixed(with: .white, value).red == (value == 0.5 ? 128 : value >= 1 ? 255 : 0))
    }
  }
}
