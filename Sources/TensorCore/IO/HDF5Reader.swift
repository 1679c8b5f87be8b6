/// Reads the groups, datasets and attributes of an HDF5 file into memory.
///
/// Every address and every size of the file is checked against its length before it is followed, and
/// objects are visited to a depth and a number that are bounded: a file may claim anything.
struct HDF5Reader {
  private let input: InputBytes
  private var visited = 0
  private static let mostObjects = 1 << 20

  private init(_ input: InputBytes) { self.input = input }

  static func root(_ input: InputBytes) throws -> HDF5.Group {
    guard let head = try input.bytes(at: 0, 8), head == HDF5.signature else {
      throw HDF5.broken("its first bytes are not those of HDF5")
    }
    var reader = HDF5Reader(input)
    let version = try reader.bytes(8, 1)[0]
    guard version <= 1 else {
      throw FileError.refused(
        format: .hdf5, message: "superblock version \(version) is not read; h5py writes version 0 by default")
    }
    guard try reader.bytes(13, 2) == [8, 8] else {
      throw FileError.refused(format: .hdf5, message: "only files with addresses of 8 bytes are read")
    }
    // The root's symbol table entry: name offset, then the address of its header.
    let entry = version == 0 ? 56 : 60
    let place = try reader.address(entry + 8)
    return try reader.group(place, depth: 0)
  }

  // MARK: - Numbers

  private func bytes(_ place: Int, _ count: Int) throws -> [UInt8] {
    guard let found = try input.bytes(at: place, count) else {
      throw HDF5.broken("it ends before \(count) bytes at \(place)")
    }
    return found
  }

  private func number(_ bytes: [UInt8], _ at: Int) throws -> Int {
    guard let raw = bytes.little(UInt64.self, at: at), let value = Int(exactly: raw) else {
      throw HDF5.broken("a size or an address is out of bounds")
    }
    return value
  }

  private func short(_ bytes: [UInt8], _ at: Int) throws -> Int {
    guard let value = bytes.little(UInt16.self, at: at) else { throw HDF5.broken("a message is cut") }
    return Int(value)
  }

  private func word(_ bytes: [UInt8], _ at: Int) throws -> Int {
    guard let value = bytes.little(UInt32.self, at: at) else { throw HDF5.broken("a message is cut") }
    return Int(value)
  }

  private func address(_ place: Int) throws -> Int { try number(bytes(place, 8), 0) }

  // MARK: - Object headers

  private struct Message {
    let type: Int
    let body: [UInt8]
  }

  private mutating func messages(_ place: Int) throws -> [Message] {
    visited += 1
    guard visited < Self.mostObjects else { throw HDF5.broken("it has too many objects") }
    let head = try bytes(place, 16)
    guard head[0] == 1 else {
      throw FileError.refused(
        format: .hdf5, message: "object headers of version \(head[0]) are not read; h5py writes version 1 by default")
    }
    var left = try short(head, 2)
    var blocks = [(place + 16, try word(head, 8))]
    var seen: Set<Int> = []
    var result: [Message] = []
    var at = 0
    while at < blocks.count, left > 0, blocks.count < 4096 {
      guard seen.insert(blocks[at].0).inserted else { throw HDF5.broken("a header goes in circles") }
      let block = try bytes(blocks[at].0, blocks[at].1)
      at += 1
      var offset = 0
      while offset + 8 <= block.count, left > 0 {
        let type = try short(block, offset)
        let size = try short(block, offset + 2)
        guard offset + 8 + size <= block.count else { throw HDF5.broken("a message is cut") }
        let body = Array(block[(offset + 8)..<(offset + 8 + size)])
        offset += 8 + size
        left -= 1
        if type == 0x10 {
          blocks.append((try number(body, 0), try number(body, 8)))
        } else {
          result.append(Message(type: type, body: body))
        }
      }
    }
    return result
  }

  // MARK: - Groups

  private mutating func group(_ place: Int, depth: Int) throws -> HDF5.Group {
    let found = try messages(place)
    return try group(found, depth: depth)
  }

  private mutating func group(_ messages: [Message], depth: Int) throws -> HDF5.Group {
    guard depth < HDF5.maximumDepth else { throw HDF5.broken("groups are nested too deeply") }
    let group = HDF5.Group()
    for message in messages where message.type == 0xC {
      if let (name, value) = try attribute(message.body) { group.attributes.append((name, value)) }
    }
    guard let table = messages.first(where: { $0.type == 0x11 })?.body else { return group }
    let tree = try number(table, 0)
    let heap = try bytes(try number(table, 8), 32)
    guard heap.starts(with: Array("HEAP".utf8)) else { throw HDF5.broken("a heap of names is missing") }
    let names = try bytes(try number(heap, 24), try number(heap, 8))
    for (offset, object) in try entries(tree, level: 0) {
      guard offset < names.count, let end = names[offset...].firstIndex(of: 0) else {
        throw HDF5.broken("a name lies outside of its heap")
      }
      let name = String(decoding: names[offset..<end], as: UTF8.self)
      let inner = try self.messages(object)
      if inner.contains(where: { $0.type == 0x11 }) {
        group.groups.append((name, try self.group(inner, depth: depth + 1)))
      } else if inner.contains(where: { $0.type == 8 }), let tensor = try dataset(inner, name) {
        group.datasets.append((name, tensor))
      }
    }
    return group
  }

  /// The members that a B-tree leads to: offset of the name, address of the object.
  private mutating func entries(_ place: Int, level: Int) throws -> [(Int, Int)] {
    guard level < 16 else { throw HDF5.broken("a tree is too deep") }
    visited += 1
    guard visited < Self.mostObjects else { throw HDF5.broken("it has too many objects") }
    let head = try bytes(place, 24)
    guard head.starts(with: Array("TREE".utf8)), head[4] == 0 else { throw HDF5.broken("a tree is missing") }
    let count = try short(head, 6)
    let body = try bytes(place + 24, count * 16 + 8)
    var result: [(Int, Int)] = []
    for i in 0..<count {
      let child = try number(body, 8 + i * 16)
      if head[5] > 0 {
        result += try entries(child, level: level + 1)
        continue
      }
      let table = try bytes(child, 8)
      guard table.starts(with: Array("SNOD".utf8)) else { throw HDF5.broken("a table of names is missing") }
      let members = try short(table, 6)
      visited += members
      guard visited < Self.mostObjects else { throw HDF5.broken("it has too many objects") }
      let rows = try bytes(child + 8, members * 40)
      for row in 0..<members {
        result.append((try number(rows, row * 40), try number(rows, row * 40 + 8)))
      }
    }
    return result
  }

  // MARK: - Types and values

  private enum Kind {
    case numbers(StoredType, swapped: Bool)
    case text(Int)
    case heapText
  }

  /// A datatype message; nil for types that model files do not have.
  private func kind(_ body: [UInt8]) throws -> Kind? {
    guard body.count >= 8 else { throw HDF5.broken("a type is cut") }
    let size = try word(body, 4)
    let swapped = body[1] & 1 == 1
    switch body[0] & 15 {
    case 0:
      let isSigned = body[1] & 8 != 0
      switch (size, isSigned) {
      case (1, false): return .numbers(.same(.uint8), swapped: swapped)
      case (1, true): return .numbers(.same(.int8), swapped: swapped)
      case (2, false): return .numbers(.same(.uint16), swapped: swapped)
      case (2, true): return .numbers(.same(.int16), swapped: swapped)
      case (4, false): return .numbers(.same(.uint32), swapped: swapped)
      case (4, true): return .numbers(.same(.int32), swapped: swapped)
      case (8, false): return .numbers(.uint64, swapped: swapped)
      case (8, true): return .numbers(.same(.int64), swapped: swapped)
      default: return nil
      }
    case 1:
      switch size {
      case 2: return .numbers(.float16, swapped: swapped)
      case 4: return .numbers(.same(.float32), swapped: swapped)
      case 8: return .numbers(.same(.float64), swapped: swapped)
      default: return nil
      }
    case 3: return size > 0 ? .text(size) : nil
    case 8:  // enumerations: h5py's booleans
      return size == 1 ? .numbers(.same(.bool), swapped: false) : nil
    case 9: return body[1] & 15 == 1 ? .heapText : nil
    default: return nil
    }
  }

  private func shape(_ body: [UInt8]) throws -> [Int] {
    guard body.count >= 4 else { throw HDF5.broken("a shape is cut") }
    let start = body[0] == 1 ? 8 : 4
    return try (0..<Int(body[1])).map { try number(body, start + 8 * $0) }
  }

  private func padded(_ size: Int, _ version: UInt8) -> Int { version == 1 ? (size + 7) / 8 * 8 : size }

  private func attribute(_ body: [UInt8]) throws -> (String, HDF5.Attribute)? {
    guard body.count >= 8 else { throw HDF5.broken("an attribute is cut") }
    let version = body[0]
    guard (1...3).contains(version) else { return nil }
    let sizes = [try short(body, 2), try short(body, 4), try short(body, 6)]
    var at = version == 3 ? 9 : 8
    func part(_ size: Int) throws -> [UInt8] {
      guard at + size <= body.count else { throw HDF5.broken("an attribute is cut") }
      defer { at += padded(size, version) }
      return Array(body[at..<(at + size)])
    }
    let name = String(decoding: try part(sizes[0]).prefix { $0 != 0 }, as: UTF8.self)
    let type = try part(sizes[1])
    let shape = try shape(part(sizes[2]))
    guard at <= body.count else { throw HDF5.broken("an attribute is cut") }
    let data = Array(body[at...])
    var count = 1
    for size in shape {
      let (next, overflow) = count.multipliedReportingOverflow(by: size)
      guard !overflow, next <= data.count + 1 else { throw HDF5.broken("an attribute is too large") }
      count = next
    }
    switch try kind(type) {
    case .text(let length):
      guard count * length <= data.count else { throw HDF5.broken("an attribute is cut") }
      let texts = (0..<count).map { i in
        String(decoding: data[(i * length)..<((i + 1) * length)].prefix { $0 != 0 }, as: UTF8.self)
      }
      return (name, shape.isEmpty ? .text(texts.first ?? "") : .texts(texts))
    case .heapText:
      let texts = try (0..<count).map { try heapText(data, $0 * 16) }
      return (name, shape.isEmpty ? .text(texts.first ?? "") : .texts(texts))
    case .numbers(let stored, let swapped):
      guard shape.isEmpty, stored.size <= data.count else { return nil }
      let stream = PlainStream(InputBytes(data), 0..<data.count, format: .hdf5)
      let tensor = try Tensor.read(stored, shape: [], from: stream, swapped: swapped, format: .hdf5)
      return (name, .number(try tensor.item().double))
    case nil: return nil
    }
  }

  /// A text of any length: length, address of a collection, number in it.
  private func heapText(_ data: [UInt8], _ at: Int) throws -> String {
    let length = try word(data, at)
    let place = try number(data, at + 4)
    let wanted = try word(data, at + 12)
    guard length > 0, place > 0 else { return "" }
    let head = try bytes(place, 16)
    guard head.starts(with: Array("GCOL".utf8)) else { throw HDF5.broken("a collection of texts is missing") }
    let all = try bytes(place, try number(head, 8))
    var offset = 16
    while offset + 16 <= all.count {
      let index = try short(all, offset)
      let size = try number(all, offset + 8)
      guard size <= all.count - offset - 16 else { break }
      if index == wanted {
        return String(decoding: all[(offset + 16)..<(offset + 16 + min(size, length))], as: UTF8.self)
      }
      if index == 0 { break }
      offset += 16 + padded(size, 1)
    }
    throw HDF5.broken("a text is missing")
  }

  // MARK: - Datasets

  /// The numbers of a dataset; nil for texts and other types.
  private func dataset(_ messages: [Message], _ name: String) throws -> Tensor? {
    guard let space = messages.first(where: { $0.type == 1 })?.body,
      let type = messages.first(where: { $0.type == 3 })?.body,
      let layout = messages.first(where: { $0.type == 8 })?.body, layout.count >= 2
    else { throw HDF5.broken("dataset '\(name)' lacks its shape, type or layout") }
    guard case .numbers(let stored, let swapped) = try kind(type) else { return nil }
    let shape = try shape(space)
    let count = try Shape.count(shape, "load")
    guard count > 0 else { return try Tensor.zeros(shape, dtype: stored.dtype) }
    guard layout[0] == 3 else {
      throw FileError.refused(format: .hdf5, message: "dataset '\(name)': layout version \(layout[0]) is not read")
    }
    switch layout[1] {
    case 0:
      let size = try short(layout, 2)
      guard layout.count >= 4 + size else { throw HDF5.broken("dataset '\(name)' is cut") }
      let stream = PlainStream(InputBytes(Array(layout[4..<(4 + size)])), 0..<size, format: .hdf5)
      return try Tensor.read(stored, shape: shape, from: stream, swapped: swapped, format: .hdf5)
    case 1:
      let raw = layout.little(UInt64.self, at: 2) ?? HDF5.undefined
      // Space that was never written: the fill value, which is 0.
      if raw == HDF5.undefined { return try Tensor.zeros(shape, dtype: stored.dtype) }
      let place = try number(layout, 2)
      let size = try number(layout, 10)
      guard place <= input.count, size <= input.count - place else {
        throw HDF5.broken("dataset '\(name)' reaches past the end of the file")
      }
      let stream = PlainStream(input, place..<(place + size), format: .hdf5)
      return try Tensor.read(stored, shape: shape, from: stream, swapped: swapped, format: .hdf5)
    default:
      throw FileError.refused(
        format: .hdf5, message: "dataset '\(name)' is stored in chunks, which are not read; write it without "
          + "compression and chunks")
    }
  }
}

extension HDF5 {
  /// Reads a file's groups, datasets of numbers and attributes.
  /// - Throws: `FileError` for what is no HDF5 file, is damaged, or has features that are not read.
  public static func load(_ input: InputBytes) throws -> Group { try HDF5Reader.root(input) }
}
