import Foundation
import TensorCore

/// Numbers of a training run in a file that TensorBoard reads.
///
/// The file is a row of records (TFRecord: length, checksum of the length, data, checksum of the data;
/// checksums are CRC-32C, masked), each an `Event` message in protobuf's encoding
/// (`tensorflow/core/util/event.proto`, `summary.proto`).
public final class EventFile {
  private let output: OutputBytes

  /// - Parameter folder: is made where it is missing.
  public init(folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let now = Date().timeIntervalSince1970
    EventFile.count += 1
    let name = "events.out.tfevents.\(Int(now)).localhost.\(ProcessInfo.processInfo.processIdentifier).\(EventFile.count)"
    output = try OutputBytes(path: folder + "/" + name)
    var message = Message()
    message.double(1, now)
    message.text(3, "brain.Event:2")
    try write(message.bytes)
  }

  /// Files of one second are told apart by their number.
  nonisolated(unsafe) private static var count = -1

  /// A number of a step.
  public func scalar(_ tag: String, _ value: Double, step: Int) throws {
    var item = Message()
    item.text(1, tag)
    item.float(2, Float(value))
    try event(item, step)
  }

  /// How numbers are spread, in 30 bins of equal width.
  public func histogram(_ tag: String, _ values: [Double], step: Int) throws {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return }
    let bins = 30
    let width = max((high - low) / Double(bins), 1e-12)
    var counts = [Double](repeating: 0, count: bins)
    for value in finite { counts[min(bins - 1, max(0, Int((value - low) / width)))] += 1 }
    var histogram = Message()
    histogram.double(1, low)
    histogram.double(2, high)
    histogram.double(3, Double(finite.count))
    histogram.double(4, finite.reduce(0, +))
    histogram.double(5, finite.reduce(0) { $0 + $1 * $1 })
    histogram.doubles(6, (1...bins).map { low + width * Double($0) })
    histogram.doubles(7, counts)
    var item = Message()
    item.text(1, tag)
    item.message(5, histogram)
    try event(item, step)
  }

  private func event(_ item: Message, _ step: Int) throws {
    var summary = Message()
    summary.message(1, item)
    var event = Message()
    event.double(1, Date().timeIntervalSince1970)
    event.whole(2, step)
    event.message(5, summary)
    try write(event.bytes)
  }

  private func write(_ data: [UInt8]) throws {
    let length = Self.little(UInt64(data.count))
    try output.write(length + Self.little(Self.masked(length)) + data + Self.little(Self.masked(data)))
  }

  private static func little<T: FixedWidthInteger>(_ value: T) -> [UInt8] {
    (0..<(T.bitWidth / 8)).map { UInt8(truncatingIfNeeded: value >> T(8 * $0)) }
  }

  // MARK: - Checksums

  /// CRC-32C (Castagnoli), reflected, by a table.
  private static let table: [UInt32] = (0..<256).map { start in
    (0..<8).reduce(UInt32(start)) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
  }

  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~UInt32(0)) { crc, byte in table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ crc >> 8 }
  }

  /// Turned and shifted, so that checksums of data that hold checksums stay sound.
  static func masked(_ bytes: [UInt8]) -> UInt32 {
    let crc = checksum(bytes)
    return (crc >> 15 | crc << 17) &+ 0xA282_EAD8
  }

  // MARK: - Protobuf

  private struct Message {
    private(set) var bytes: [UInt8] = []

    private mutating func number(_ value: UInt64) {
      var rest = value
      while rest >= 0x80 {
        bytes.append(UInt8(rest & 0x7F) | 0x80)
        rest >>= 7
      }
      bytes.append(UInt8(rest))
    }
    private mutating func key(_ field: Int, _ kind: UInt64) { number(UInt64(field) << 3 | kind) }
    mutating func whole(_ field: Int, _ value: Int) {
      key(field, 0)
      number(UInt64(bitPattern: Int64(value)))
    }
    mutating func double(_ field: Int, _ value: Double) {
      key(field, 1)
      bytes += EventFile.little(value.bitPattern)
    }
    mutating func float(_ field: Int, _ value: Float) {
      key(field, 5)
      bytes += EventFile.little(value.bitPattern)
    }
    mutating func raw(_ field: Int, _ data: [UInt8]) {
      key(field, 2)
      number(UInt64(data.count))
      bytes += data
    }
    mutating func text(_ field: Int, _ text: String) { raw(field, Array(text.utf8)) }
    mutating func message(_ field: Int, _ message: Message) { raw(field, message.bytes) }
    mutating func doubles(_ field: Int, _ values: [Double]) {
      raw(field, values.flatMap { EventFile.little($0.bitPattern) })
    }
  }
}
