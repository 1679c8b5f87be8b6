import Display
import Testing

@Suite struct SVGPictureTests {
  func picture() -> SVGPicture {
    var svg = SVGPicture(width: 100, height: 50)
    svg.rect(1, 2, 3, 4, fill: .muted, opacity: 0.5, radius: 1)
    svg.line(0, 0, 10, 10, stroke: .black, dash: [1, 2.5])
    svg.polyline([(0, 0), (1.005, 2), (-0.5, 1e300)], stroke: .bad)
    svg.polygon([(0, 0), (1, 0), (0, 1)], fill: .good)
    svg.circle(5, 5, radius: .nan, fill: .black)
    svg.text("<a & \"b\">\u{1}", 1, 2, anchor: .end, bold: true, turned: true)
    var other = SVGPicture(width: 10, height: 10)
    other.place(svg, 3, 4)
    return other
  }

  @Test func isWellFormed() throws {
    #expect(throws: Never.self) { try XMLText.check(picture().document) }
  }

  @Test func hasPresentationAttributesOnly() {
    let text = picture().document
    for word in ["style", "class=", " id=", "script", "foreignObject", "nan", "inf"] {
      #expect(!text.contains(word))
    }
    #expect(text.hasPrefix("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\""))
    #expect(text.contains("viewBox=\"0 0 10 10\""))
  }

  @Test func numbersAreShort() {
    var svg = SVGPicture(width: 10, height: 10)
    svg.line(-0.25, 0.1, 1.0 / 3, 100, stroke: .black)
    #expect(svg.document.contains("x1=\"-0.25\" y1=\"0.1\" x2=\"0.33\" y2=\"100\""))
  }
}
