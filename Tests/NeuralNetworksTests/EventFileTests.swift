import Foundation
import Testing

@testable import NeuralNetworks

@Suite struct EventFileTests {
  /// The check value of CRC-32C, and the masked form of RFC 3720's example of 32 zeros.
  @Test func checksumsAreCastagnolis() {
    #expect(EventFile.checksum(Array("123456789".utf8)) == 0xE306_9283)
    #expect(EventFile.checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
  }

  @Test func recordsFollowEachOther() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    do {
      let file = try EventFile(folder: folder)
      try file.scalar("loss", 0.5, step: 3)
      try file.histogram("w", [1, 2, .nan, 3], step: 3)
      try file.histogram("empty", [], step: 3)
    }
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
    var at = 0
    var records = 0
    while at + 12 <= bytes.count {
      let length = (0..<8).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) }
      let sum = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + 8 + $1]) << (8 * UInt32($1)) }
      #expect(sum == EventFile.masked(Array(bytes[at..<(at + 8)])))
      at += 12 + length + 4
      records += 1
    }
    #expect(at == bytes.count)
    #expect(records == 3)
  }
}
