import CZlib
import Compute

/// Writes a zip archive front to back. Sizes are known beforehand, so nothing is patched later; zip64
/// fields appear where 32 bits do not do.
final class ZipWriter {
  private let output: OutputBytes
  private var directory: [UInt8] = []
  private var entryCount = 0

  /// 1 January 1980, 00:00, the date of the reproducible archives that PyTorch and NumPy write too.
  private static let date: UInt16 = 0x21

  init(_ output: OutputBytes) { self.output = output }

  /// Adds an entry of several parts.
  ///
  /// - Parameter alignment: the contents begin at a multiple of this, by a field of padding
  ///   (`FB`, as PyTorch writes it, so that storages can be mapped).
  func add(
    _ name: String, _ parts: [UnsafeRawBufferPointer], compress: Bool = false, alignment: Int = 1
  ) throws {
    var crc: UInt = 0
    var size = 0
    for part in parts {
      crc = Self.checksum(crc, part)
      size += part.count
    }
    let packed = compress ? try Self.deflated(parts) : nil
    let packedSize = packed.map { $0.reduce(0) { $0 + $1.count } } ?? size
    let place = output.count
    let nameBytes = Array(name.utf8.prefix(0xFFFF))
    let method: UInt16 = compress ? 8 : 0
    let most = 0xFFFF_FFFF
    let isLarge = size >= most || packedSize >= most

    var extra: [UInt8] = []
    if isLarge {
      extra.append(little: UInt16(1))
      extra.append(little: UInt16(16))
      extra.append(little: UInt64(size))
      extra.append(little: UInt64(packedSize))
    }
    if alignment > 1 {
      let start = place + 30 + nameBytes.count + extra.count + 4
      let padding = (alignment - start % alignment) % alignment
      extra += Array("FB".utf8)
      extra.append(little: UInt16(padding))
      extra += [UInt8](repeating: 0x5A, count: padding)
    }
    func fields(_ bytes: inout [UInt8]) {
      bytes.append(little: isLarge ? UInt16(45) : 20)
      bytes.append(little: UInt16(0x800))  // the name is UTF-8
      bytes.append(little: method)
      bytes.append(little: UInt16(0))
      bytes.append(little: Self.date)
      bytes.append(little: UInt32(truncatingIfNeeded: crc))
      bytes.append(little: UInt32(isLarge ? most : packedSize))
      bytes.append(little: UInt32(isLarge ? most : size))
      bytes.append(little: UInt16(nameBytes.count))
    }
    var local: [UInt8] = []
    local.append(little: UInt32(0x0403_4B50))
    fields(&local)
    local.append(little: UInt16(extra.count))
    try output.write(local + nameBytes + extra)
    if let packed {
      for piece in packed { try output.write(piece) }
    } else {
      for part in parts { try output.write(part) }
    }

    var wide: [UInt8] = []
    let isFar = place >= most
    if isLarge || isFar {
      wide.append(little: UInt16(1))
      wide.append(little: UInt16((isLarge ? 16 : 0) + (isFar ? 8 : 0)))
      if isLarge {
        wide.append(little: UInt64(size))
        wide.append(little: UInt64(packedSize))
      }
      if isFar { wide.append(little: UInt64(place)) }
    }
    directory.append(little: UInt32(0x0201_4B50))
    directory.append(little: UInt16(45))
    fields(&directory)
    directory.append(little: UInt16(wide.count))
    directory += [UInt8](repeating: 0, count: 10)  // comment, disk, attributes
    directory.append(little: UInt32(isFar ? most : place))
    directory += nameBytes + wide
    entryCount += 1
  }

  func add(_ name: String, _ bytes: [UInt8], compress: Bool = false, alignment: Int = 1) throws {
    try bytes.withUnsafeBytes {
      try add(name, [$0], compress: compress, alignment: alignment)
    }
  }

  /// Writes the directory; nothing may follow.
  func finish() throws {
    let start = output.count
    let most = 0xFFFF_FFFF
    var end: [UInt8] = []
    if start >= most || entryCount >= 0xFFFF || directory.count >= most {
      end.append(little: UInt32(0x0606_4B50))
      end.append(little: UInt64(44))
      end.append(little: UInt16(45))
      end.append(little: UInt16(45))
      end.append(little: UInt64(0))
      end.append(little: UInt64(entryCount))
      end.append(little: UInt64(entryCount))
      end.append(little: UInt64(directory.count))
      end.append(little: UInt64(start))
      end.append(little: UInt32(0x0706_4B50))
      end.append(little: UInt32(0))
      end.append(little: UInt64(start + directory.count))
      end.append(little: UInt32(1))
    }
    end.append(little: UInt32(0x0605_4B50))
    end.append(little: UInt32(0))
    end.append(little: UInt16(min(entryCount, 0xFFFF)))
    end.append(little: UInt16(min(entryCount, 0xFFFF)))
    end.append(little: UInt32(min(directory.count, most)))
    end.append(little: UInt32(min(start, most)))
    end.append(little: UInt16(0))
    try output.write(directory + end)
  }

  // MARK: -

  private static func checksum(_ start: UInt, _ part: UnsafeRawBufferPointer) -> UInt {
    var crc = start
    var done = 0
    while done < part.count, let base = part.baseAddress {
      let length = min(part.count - done, 1 << 30)
      crc = crc32(crc, (base + done).assumingMemoryBound(to: UInt8.self), UInt32(length))
      done += length
    }
    return crc
  }

  /// Raw deflate data, in pieces.
  private static func deflated(_ parts: [UnsafeRawBufferPointer]) throws -> [[UInt8]] {
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    defer {
      deflateEnd(stream)
      stream.deallocate()
    }
    let started = deflateInit2_(
      stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    guard started == Z_OK else { throw ZipReader.broken("zlib did not start") }
    var result: [[UInt8]] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    func run(_ flush: Int32) throws {
      while true {
        try Interrupt.check()
        let (made, code) = piece.withUnsafeMutableBufferPointer { buffer -> (Int, Int32) in
          stream.pointee.next_out = buffer.baseAddress
          stream.pointee.avail_out = UInt32(buffer.count)
          let code = deflate(stream, flush)
          return (buffer.count - Int(stream.pointee.avail_out), code)
        }
        if made > 0 {
          try Memory.checkRoom(made)
          result.append(Array(piece[..<made]))
        }
        if code == Z_STREAM_END { return }
        if flush == Z_NO_FLUSH, stream.pointee.avail_in == 0, made < piece.count { return }
        if code != Z_OK && code != Z_BUF_ERROR { throw ZipReader.broken("zlib refused to pack") }
      }
    }
    for part in parts {
      var done = 0
      while done < part.count, let base = part.baseAddress {
        let length = min(part.count - done, 1 << 24)
        stream.pointee.next_in = UnsafeMutablePointer(
          mutating: (base + done).assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(length)
        try run(Z_NO_FLUSH)
        done += length
      }
    }
    try run(Z_FINISH)
    return result
  }
}
