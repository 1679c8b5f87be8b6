import Display
import Testing

@testable import Pictures

@Suite struct BitmapTests {
  private func sample(_ channels: Int) throws -> Bitmap {
    try Bitmap(
      width: 5, height: 3, channels: channels, bytes: (0..<(15 * channels)).map { UInt8($0 * 4 % 256) })
  }

  @Test(arguments: 1...4) func pngKeepsEveryByte(_ channels: Int) throws {
    let picture = try sample(channels)
    #expect(try Bitmap(file: picture.png()) == picture)
  }

  @Test(arguments: [1, 3]) func jpegKeepsSizeAndNearlyTheColours(_ channels: Int) throws {
    let gray = [UInt8](repeating: 120, count: 16 * 16 * channels)
    let picture = try Bitmap(width: 16, height: 16, channels: channels, bytes: gray)
    let read = try Bitmap(file: picture.jpeg(quality: 95))
    #expect(read.width == 16 && read.height == 16 && read.channels == channels)
    #expect(read.bytes.allSatisfy { abs(Int($0) - 120) <= 2 })
  }

  @Test func damageIsAnError() throws {
    let file = try sample(3).png()
    #expect(throws: Bitmap.Problem.self) { try Bitmap(file: Array(file.prefix(40))) }
    #expect(throws: Bitmap.Problem.unknownFormat) { try Bitmap(file: [1, 2, 3]) }
    #expect(throws: Bitmap.Problem.unknownFormat) { try Bitmap(file: []) }
    #expect(throws: Bitmap.Problem.self) { try Bitmap(file: [0xFF, 0xD8, 0xFF, 0, 0, 0]) }
    for place in stride(from: 8, to: file.count, by: 3) {
      var broken = file
      broken[place] ^= 0x5A
      _ = try? Bitmap(file: broken)
    }
  }

  @Test func sizesThatDoNotFitAreErrors() {
    #expect(throws: Bitmap.Problem.self) { try Bitmap(width: 2, height: 2, channels: 1, bytes: [1]) }
    #expect(throws: Bitmap.Problem.self) { try Bitmap(width: -1, height: 2, channels: 1, bytes: []) }
    #expect(throws: Bitmap.Problem.self) {
      try Bitmap(width: .max, height: .max, channels: 4, bytes: [])
    }
    #expect(throws: Bitmap.Problem.self) { try sample(1).resized(width: 1 << 40, height: 1 << 40) }
  }

  @Test func grayFollowsTheWeightsOfTheEye() throws {
    let picture = try Bitmap(width: 3, height: 1, channels: 3, bytes: [255, 0, 0, 0, 255, 0, 0, 0, 255])
    #expect(picture.converted(channels: 1).bytes == [76, 150, 29])
    #expect(try Bitmap(width: 1, height: 1, channels: 1, bytes: [9]).converted(channels: 4).bytes == [9, 9, 9, 255])
  }

  @Test func aPlainPictureStaysPlainInAnySize() throws {
    let picture = try Bitmap(width: 4, height: 4, channels: 1, bytes: [UInt8](repeating: 77, count: 16))
    for size in [1, 2, 3, 9] {
      #expect(try picture.resized(width: size, height: size).bytes.allSatisfy { $0 == 77 })
    }
  }

  @Test func vectorsBecomeDots() throws {
    var svg = SVGPicture(width: 20, height: 10)
    svg.rect(0, 0, 10, 10, fill: Color(0xFF0000))
    svg.line(12, 5, 18, 5, stroke: .black, width: 2)
    svg.text("Aé日", 1, 9)
    let bitmap = try Raster.bitmap(svg, scale: 2)
    #expect(bitmap.width == 40 && bitmap.height == 20)
    let first = Array(bitmap.bytes[0..<3])
    #expect(first == [255, 0, 0])
    let last = Array(bitmap.bytes.suffix(3))
    #expect(last == [255, 255, 255])
    let middle = (10 * 40 + 30) * 3
    #expect(bitmap.bytes[middle] < 40)
  }

  @Test func wildVectorsDoNotTrap() throws {
    var svg = SVGPicture(width: .nan, height: 1e30)
    svg.circle(.nan, 0, radius: .infinity, fill: .black)
    svg.polyline([(0, 0), (1e300, 1e300), (.infinity, 4)], stroke: .black, dash: [1e-9, 1e-9])
    svg.polygon([(0, 0), (5, .nan), (3, 3)], fill: .black)
    _ = try? Raster.bitmap(svg, scale: .infinity)
  }
}
