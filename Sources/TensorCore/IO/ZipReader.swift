import CZlib
import Compute

/// The entries of a zip archive (APPNOTE 6.3: central directory, zip64, methods store and deflate).
final class ZipReader {
  struct Entry {
    let name: String
    let method: UInt16
    let crc: UInt32
    /// Bytes in the archive, and as they come out.
    let packed: Int
    let size: Int
    let header: Int
  }

  let input: InputBytes
  let entries: [Entry]
  private let places: [String: Int]
  /// Where the central directory begins: no entry reaches into it.
  private let directory: Int

  /// Bytes that every archive begins with, empty ones included.
  static func looksLikeArchive(_ start: [UInt8]) -> Bool {
    start.starts(with: [0x50, 0x4B, 3, 4]) || start.starts(with: [0x50, 0x4B, 5, 6])
  }

  init(_ input: InputBytes) throws {
    self.input = input
    let (start, length, total) = try Self.directory(of: input)
    directory = start
    guard let bytes = try input.bytes(at: start, length) else { throw Self.broken("its directory is cut") }
    var found: [Entry] = []
    var index: [String: Int] = [:]
    var at = 0
    while at < bytes.count {
      let (entry, next) = try Self.entry(bytes, at)
      index[entry.name] = found.count  // a later entry of the same name replaces the earlier
      found.append(entry)
      at = next
    }
    guard total == found.count || total == found.count & 0xFFFF else {
      throw Self.broken("it says \(total) entries and lists \(found.count)")
    }
    entries = found
    places = index
  }

  subscript(name: String) -> Entry? { places[name].map { entries[$0] } }

  static func broken(_ what: String) -> FileError {
    .malformed(format: .zip, message: "this is no zip archive that can be read: \(what)")
  }

  // MARK: - The directory

  /// Start, length and number of entries of the central directory.
  private static func directory(of input: InputBytes) throws -> (Int, Int, Int) {
    let tailLength = min(input.count, 22 + 0xFFFF)
    let base = input.count - tailLength
    guard tailLength >= 22, let tail = try input.bytes(at: base, tailLength) else {
      throw broken("it is too short")
    }
    var at = tail.count - 22
    while at >= 0 {
      if tail.little(UInt32.self, at: at) == 0x0605_4B50,
        let comment = tail.little(UInt16.self, at: at + 20), at + 22 + Int(comment) <= tail.count
      {
        break
      }
      at -= 1
    }
    guard at >= 0, let entries = tail.little(UInt16.self, at: at + 10),
      let length = tail.little(UInt32.self, at: at + 12),
      let start = tail.little(UInt32.self, at: at + 16)
    else { throw broken("the end of its directory is missing; the file may be cut") }
    var result = (Int(start), Int(length), Int(entries))
    if entries == .max || length == .max || start == .max,
      let long = try longDirectory(input, before: base + at)
    {
      result = long
    }
    guard result.0 <= base + at, result.1 <= base + at - result.0 else {
      throw broken("its directory lies outside of the file")
    }
    return result
  }

  /// The same from the zip64 record, which a locator of 20 bytes before the short one points at.
  private static func longDirectory(_ input: InputBytes, before end: Int) throws -> (Int, Int, Int)? {
    guard let locator = try input.bytes(at: end - 20, 20),
      locator.little(UInt32.self, at: 0) == 0x0706_4B50,
      let place = locator.little(UInt64.self, at: 8), let at = Int(exactly: place)
    else { return nil }
    guard let record = try input.bytes(at: at, 56), record.little(UInt32.self, at: 0) == 0x0606_4B50,
      let entries = record.little(UInt64.self, at: 32).flatMap({ Int(exactly: $0) }),
      let length = record.little(UInt64.self, at: 40).flatMap({ Int(exactly: $0) }),
      let start = record.little(UInt64.self, at: 48).flatMap({ Int(exactly: $0) })
    else { throw broken("its zip64 record is damaged") }
    return (start, length, entries)
  }

  /// One entry of the directory, and where the next begins.
  private static func entry(_ bytes: [UInt8], _ at: Int) throws -> (Entry, Int) {
    guard bytes.little(UInt32.self, at: at) == 0x0201_4B50,
      let flags = bytes.little(UInt16.self, at: at + 8),
      let method = bytes.little(UInt16.self, at: at + 10),
      let crc = bytes.little(UInt32.self, at: at + 16),
      let packed = bytes.little(UInt32.self, at: at + 20),
      let size = bytes.little(UInt32.self, at: at + 24),
      let nameLength = bytes.little(UInt16.self, at: at + 28),
      let extraLength = bytes.little(UInt16.self, at: at + 30),
      let commentLength = bytes.little(UInt16.self, at: at + 32),
      let header = bytes.little(UInt32.self, at: at + 42)
    else { throw broken("an entry of its directory is damaged") }
    let nameEnd = at + 46 + Int(nameLength)
    let next = nameEnd + Int(extraLength) + Int(commentLength)
    guard next <= bytes.count else { throw broken("an entry of its directory is cut") }
    let name = String(decoding: bytes[(at + 46)..<nameEnd], as: UTF8.self)
    if flags & 1 != 0 {
      throw FileError.refused(format: .zip, message: "entry '\(name)' is encrypted")
    }
    // Sizes that do not fit 32 bits stand in the zip64 field, in this order, only those that are due.
    var wide = [UInt64(size), UInt64(packed), UInt64(header)]
    if wide.contains(0xFFFF_FFFF) {
      var field = nameEnd
      while field + 4 <= nameEnd + Int(extraLength) {
        let length = Int(bytes.little(UInt16.self, at: field + 2) ?? 0)
        if bytes.little(UInt16.self, at: field) == 1 {
          var place = field + 4
          for i in wide.indices where wide[i] == 0xFFFF_FFFF && place + 8 <= field + 4 + length {
            wide[i] = bytes.little(UInt64.self, at: place) ?? 0
            place += 8
          }
        }
        field += 4 + length
      }
    }
    guard let realSize = Int(exactly: wide[0]), let realPacked = Int(exactly: wide[1]),
      let place = Int(exactly: wide[2])
    else { throw broken("entry '\(name)' has an impossible size") }
    return (
      Entry(name: name, method: method, crc: crc, packed: realPacked, size: realSize, header: place),
      next
    )
  }

  // MARK: - Entries

  /// The contents of an entry, unpacked while they are read.
  func open(_ entry: Entry, format: FileError.Format) throws -> ZipEntryStream {
    guard let local = try input.bytes(at: entry.header, 30),
      local.little(UInt32.self, at: 0) == 0x0403_4B50,
      let nameLength = local.little(UInt16.self, at: 26),
      let extraLength = local.little(UInt16.self, at: 28)
    else { throw Self.broken("entry '\(entry.name)' is not where the directory says") }
    let start = entry.header + 30 + Int(nameLength) + Int(extraLength)
    guard start <= directory, entry.packed <= directory - start else {
      throw Self.broken("entry '\(entry.name)' reaches past the end of the data")
    }
    switch entry.method {
    case 0:
      guard entry.packed == entry.size else {
        throw Self.broken("entry '\(entry.name)' is stored with two different sizes")
      }
    case 8:
      // Deflate packs at most 1032 to 1: a larger claim is a lie, found before memory is asked for.
      guard entry.size / 1032 <= entry.packed + 1 else {
        throw Self.broken("entry '\(entry.name)' claims \(entry.size) bytes in \(entry.packed)")
      }
    default:
      throw FileError.refused(
        format: .zip,
        message: "entry '\(entry.name)' is packed by method \(entry.method); stored and deflated "
          + "entries are read")
    }
    return ZipEntryStream(entry, input, start, format)
  }

  /// All bytes of an entry.
  func bytes(_ entry: Entry, format: FileError.Format) throws -> [UInt8] {
    let stream = try open(entry, format: format)
    return try stream.bytes(stream.remaining)
  }
}

/// The contents of one entry; its checksum is compared when the last byte has been read.
final class ZipEntryStream: ByteStream {
  private let entry: ZipReader.Entry
  private let input: InputBytes
  private let format: FileError.Format
  private var place: Int
  private let end: Int
  private(set) var remaining: Int
  private var crc: UInt = 0
  private var inflater: UnsafeMutablePointer<z_stream>?
  private var buffer: [UInt8] = []

  fileprivate init(
    _ entry: ZipReader.Entry, _ input: InputBytes, _ start: Int, _ format: FileError.Format
  ) {
    self.entry = entry
    self.input = input
    self.format = format
    place = start
    end = start + entry.packed
    remaining = entry.size
    guard entry.method == 8 else { return }
    // zlib keeps the stream's address: it must not move.
    let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    stream.initialize(to: z_stream())
    if inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK {
      inflater = stream
      buffer = [UInt8](repeating: 0, count: 1 << 16)
    } else {
      stream.deallocate()
    }
  }

  deinit {
    if let inflater {
      inflateEnd(inflater)
      inflater.deallocate()
    }
  }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws {
    guard count <= remaining else { throw ended(count, remaining) }
    if count == 0 { return }
    let got = entry.method == 8
      ? try inflate(into: target, count) : try input.read(at: place, upTo: count, into: target)
    if entry.method == 0 { place += got }
    guard got == count else { throw ended(count, got) }
    var done = 0
    while done < count {
      let length = min(count - done, 1 << 30)
      crc = crc32(crc, (target + done).assumingMemoryBound(to: UInt8.self), UInt32(length))
      done += length
    }
    remaining -= count
    if remaining == 0, UInt32(truncatingIfNeeded: crc) != entry.crc {
      throw FileError.malformed(format: format, message: "Bad CRC-32 for file '\(entry.name)'")
    }
  }

  private func ended(_ wanted: Int, _ got: Int) -> FileError {
    .ended(
      format: format,
      message: "EOF: reading array data, expected \(wanted) bytes got \(got) (entry '\(entry.name)')")
  }

  private func inflate(into target: UnsafeMutableRawPointer, _ count: Int) throws -> Int {
    guard let inflater else { throw ZipReader.broken("zlib did not start") }
    var done = 0
    var left = 0  // bytes of the buffer that zlib has not taken
    while done < count {
      try Interrupt.check()
      let room = min(count - done, 1 << 20)
      let (made, code) = try buffer.withUnsafeMutableBufferPointer { packed -> (Int, Int32) in
        guard let base = packed.baseAddress else { return (0, Z_DATA_ERROR) }
        left = Int(inflater.pointee.avail_in)
        if left == 0 {
          left = try input.read(at: place, upTo: min(packed.count, end - place), into: base)
          place += left
          inflater.pointee.next_in = base
          inflater.pointee.avail_in = UInt32(left)
        } else {
          // The array may have moved since the last call.
          inflater.pointee.next_in = base + consumed
        }
        let before = inflater.pointee.avail_in
        inflater.pointee.next_out = (target + done).assumingMemoryBound(to: UInt8.self)
        inflater.pointee.avail_out = UInt32(room)
        let code = CZlib.inflate(inflater, Z_NO_FLUSH)
        let used = Int(before - inflater.pointee.avail_in)
        consumed = inflater.pointee.avail_in == 0 ? 0 : consumed + used
        return (room - Int(inflater.pointee.avail_out), code)
      }
      done += made
      if code == Z_STREAM_END { break }
      if code != Z_OK || (made == 0 && left == 0) {
        if code == Z_OK || code == Z_BUF_ERROR { break }
        throw FileError.malformed(
          format: format, message: "entry '\(entry.name)' is damaged: its packed data do not unpack")
      }
    }
    return done
  }

  /// Bytes of the buffer that zlib has taken.
  private var consumed = 0
}
