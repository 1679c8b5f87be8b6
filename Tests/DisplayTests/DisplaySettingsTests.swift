import Display
import Foundation
import Testing

@Suite struct DisplaySettingsTests {
  @Test func settingsKeepTheWidthReadable() {
    var settings = DisplaySettings(width: -5)
    #expect(settings.width == 20)
    settings.width = Int.max
    #expect(settings.width == 400)
  }

  @Test func aFileGetsEightyColumnsAndNoColour() throws {
    let handle = try #require(FileHandle(forWritingAtPath: "/dev/null"))
    let plain = DisplaySettings.terminal(handle.fileDescriptor) { _ in nil }
    #expect(plain == DisplaySettings(width: 80, colorDepth: .none))
    let wide = DisplaySettings.terminal(handle.fileDescriptor) { $0 == "COLUMNS" ? "120" : nil }
    #expect(wide.width == 120)
    let odd = DisplaySettings.terminal(handle.fileDescriptor) { $0 == "COLUMNS" ? "many" : nil }
    #expect(odd.width == 80)
    #expect(DisplaySettings.terminal(-1) { _ in nil }.width == 80)
  }
}
