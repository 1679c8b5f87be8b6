import Display
import Testing

@testable import Plotting

@Suite struct PaletteTests {
  @Test func coloursAreReadableOnBothPages() {
    for color in Palette.series + [.muted, .good, .bad] {
      #expect(color.contrast(with: .white) >= 2.9, "\(color.hex)")
      #expect(color.contrast(with: Color(0x111111)) >= 3, "\(color.hex)")
    }
  }

  @Test func theCycleStartsOver() {
    #expect(Palette.color(8) == Palette.color(0))
    #expect(Palette.color(-1) == Palette.color(7))
    #expect(Palette.color(Int.min) == Palette.color(0))
  }

  @Test func mapsRunFromEndToEnd() {
    for map in ColorMap.all {
      #expect(map(-1) == map(0) && map(2) == map(1) && map(.infinity) == map(1))
      #expect(map(.nan) == .muted)
      #expect(ColorMap.named(map.name) == map)
      #expect(map.reversed(0) == map(1))
    }
    #expect(ColorMap.named("Viridis_r")?(0) == ColorMap.viridis(1))
    #expect(ColorMap.named("nothing") == nil)
    // Every fifth of the published colours: 0x21908C and 0x20928C stand around the middle.
    let middle = ColorMap.viridis(0.5)
    #expect(abs(Int(middle.red) - 0x21) <= 1 && abs(Int(middle.green) - 0x91) <= 1 && abs(Int(middle.blue) - 0x8C) <= 1)
  }

  @Test func sparklinesFollowTheData() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([1, .nan, 3]) == "▁ █")
    #expect(Sparkline.text([2, 2]) == "▅▅")
    #expect(Sparkline.text([]) == "")
    #expect(Sparkline.text((0..<1000).map(Double.init), width: 5) == "▁▃▅▆█")
    #expect(Sparkline.text([0, 1], ascii: true) == "_#")
  }
}
