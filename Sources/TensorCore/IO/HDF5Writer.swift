/// Writes a tree of groups as an HDF5 file.
///
/// The file is made in memory first: the addresses of parts stand before and behind them. A group is
/// an object header that points to a B-tree and to a heap of names; the tree's leaves are tables of
/// (name, address of the object). Texts of attributes have a fixed length, which every reader knows.
struct HDF5Writer {
  private var bytes: [UInt8] = []

  /// The bytes of a file with this root.
  static func file(_ root: HDF5.Group) throws -> [UInt8] {
    var writer = HDF5Writer()
    writer.bytes = [UInt8](repeating: 0, count: 96)
    let place = try writer.group(root, depth: 0)
    writer.superblock(place)
    return writer.bytes
  }

  private mutating func superblock(_ root: Object) {
    var head = HDF5.signature
    head += [0, 0, 0, 0, 0, 8, 8, 0]  // versions; offsets and lengths take 8 bytes
    head.append(little: UInt16(HDF5.leafK))
    head.append(little: UInt16(HDF5.internalK))
    head.append(little: UInt32(0))
    head.append(little: UInt64(0))
    head.append(little: HDF5.undefined)
    head.append(little: UInt64(bytes.count))
    head.append(little: HDF5.undefined)
    // The root's symbol table entry.
    head += Self.entry(nameOffset: 0, root)
    bytes.replaceSubrange(0..<96, with: head)
  }

  /// Where an object stands; of a group also its tree and heap, which entries repeat.
  private struct Object {
    var header: UInt64
    var tree: UInt64?
    var heap: UInt64?
  }

  private static func entry(nameOffset: Int, _ object: Object) -> [UInt8] {
    var result: [UInt8] = []
    result.append(little: UInt64(nameOffset))
    result.append(little: object.header)
    if let tree = object.tree, let heap = object.heap {
      result.append(little: UInt32(1))
      result.append(little: UInt32(0))
      result.append(little: tree)
      result.append(little: heap)
    } else {
      result += [UInt8](repeating: 0, count: 24)
    }
    return result
  }

  private mutating func align() {
    while bytes.count % 8 != 0 { bytes.append(0) }
  }

  // MARK: - Groups

  private mutating func group(_ group: HDF5.Group, depth: Int) throws -> Object {
    guard depth < HDF5.maximumDepth else {
      throw FileError.refused(format: .hdf5, message: "groups are nested more than \(HDF5.maximumDepth) deep")
    }
    var members: [(name: String, object: Object)] = []
    for (name, inner) in group.groups { members.append((name, try self.group(inner, depth: depth + 1))) }
    for (name, tensor) in group.datasets { members.append((name, try dataset(tensor))) }
    // Names are found by halving: tables are in the order of their bytes.
    members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }

    // The heap of names: an empty one first, which the tree's first key means.
    var names = [UInt8](repeating: 0, count: 8)
    var offsets: [Int] = []
    for member in members {
      offsets.append(names.count)
      names += Array(member.name.utf8) + [0]
      while names.count % 8 != 0 { names.append(0) }
    }
    align()
    let data = bytes.count
    bytes += names
    let heap = bytes.count
    bytes += Array("HEAP".utf8) + [0, 0, 0, 0]
    bytes.append(little: UInt64(names.count))
    bytes.append(little: UInt64(1))  // no free block
    bytes.append(little: UInt64(data))

    // Tables of at most 2 K entries, then the tree over them.
    let most = 2 * HDF5.leafK
    var children: [(address: Int, lastName: Int)] = []
    var at = 0
    while at < members.count || children.isEmpty {
      let end = min(members.count, at + most)
      children.append((bytes.count, end > 0 ? offsets[end - 1] : 0))
      bytes += Array("SNOD".utf8) + [1, 0]
      bytes.append(little: UInt16(end - at))
      for i in at..<end { bytes += Self.entry(nameOffset: offsets[i], members[i].object) }
      bytes += [UInt8](repeating: 0, count: (most - (end - at)) * 40)
      at = end
    }
    let tree = self.tree(children, level: 0, isEmpty: members.isEmpty)

    var messages: [Message] = []
    var table: [UInt8] = []
    table.append(little: UInt64(tree))
    table.append(little: UInt64(heap))
    messages.append(Message(type: 0x11, body: table))
    messages += try group.attributes.map { try Self.attribute($0.name, $0.value) }
    return Object(header: header(messages), tree: UInt64(tree), heap: UInt64(heap))
  }

  /// A B-tree over tables or over trees of the level below; gives the address of its root.
  private mutating func tree(_ children: [(address: Int, lastName: Int)], level: Int, isEmpty: Bool) -> Int {
    let most = 2 * HDF5.internalK
    var roots: [(address: Int, lastName: Int)] = []
    var before = 0
    let count = (children.count + most - 1) / most
    let start = bytes.count
    let size = 24 + most * 8 + (most + 1) * 8
    for part in 0..<count {
      let own = children[(part * most)..<min(children.count, (part + 1) * most)]
      roots.append((bytes.count, own.last?.lastName ?? 0))
      let head = bytes.count
      bytes += Array("TREE".utf8) + [0, UInt8(level)]
      bytes.append(little: UInt16(isEmpty ? 0 : own.count))
      bytes.append(little: part == 0 ? HDF5.undefined : UInt64(start + (part - 1) * size))
      bytes.append(little: part == count - 1 ? HDF5.undefined : UInt64(start + (part + 1) * size))
      bytes.append(little: UInt64(before))
      for child in own {
        bytes.append(little: UInt64(child.address))
        bytes.append(little: UInt64(child.lastName))
        before = child.lastName
      }
      bytes += [UInt8](repeating: 0, count: size - (bytes.count - head))
    }
    return roots.count == 1 ? roots[0].address : tree(roots, level: level + 1, isEmpty: false)
  }

  // MARK: - Object headers

  private struct Message {
    let type: UInt16
    var body: [UInt8]
  }

  private mutating func header(_ messages: [Message]) -> UInt64 {
    var block: [UInt8] = []
    for message in messages {
      var body = message.body
      while body.count % 8 != 0 { body.append(0) }
      block.append(little: message.type)
      block.append(little: UInt16(body.count))
      block += [0, 0, 0, 0]
      block += body
    }
    align()
    let place = bytes.count
    bytes += [1, 0]
    bytes.append(little: UInt16(messages.count))
    bytes.append(little: UInt32(1))
    bytes.append(little: UInt32(block.count))
    bytes += [0, 0, 0, 0]
    bytes += block
    return UInt64(place)
  }

  private static func dataspace(_ shape: [Int]) -> Message {
    var body: [UInt8] = [1, UInt8(shape.count), 0, 0, 0, 0, 0, 0]
    for size in shape { body.append(little: UInt64(size)) }
    return Message(type: 1, body: body)
  }

  /// A datatype message: class and bits, size, properties.
  private static func datatype(_ dtype: DType) throws -> [UInt8] {
    func floating(_ size: Int, exponent: (UInt8, UInt8), mantissa: UInt8, bias: UInt32) -> [UInt8] {
      var body: [UInt8] = [0x11, 0x20, UInt8(size * 8 - 1), 0]
      body.append(little: UInt32(size))
      body.append(little: UInt16(0))
      body.append(little: UInt16(size * 8))
      body += [exponent.0, exponent.1, 0, mantissa]
      body.append(little: bias)
      return body
    }
    func whole(_ size: Int, signed: Bool) -> [UInt8] {
      var body: [UInt8] = [0x10, signed ? 8 : 0, 0, 0]
      body.append(little: UInt32(size))
      body.append(little: UInt16(0))
      body.append(little: UInt16(size * 8))
      return body
    }
    switch dtype {
    case .float32: return floating(4, exponent: (23, 8), mantissa: 23, bias: 127)
    case .float64: return floating(8, exponent: (52, 11), mantissa: 52, bias: 1023)
    case .int64: return whole(8, signed: true)
    case .int32: return whole(4, signed: true)
    case .uint8, .bool: return whole(1, signed: false)
    default:
      throw FileError.refused(format: .hdf5, message: "HDF5 files take float32, float64, int64, int32, uint8, not \(dtype.name)")
    }
  }

  private static func text(_ length: Int) -> [UInt8] {
    // Filled up with zeros, UTF-8.
    var body: [UInt8] = [0x13, 0x11, 0, 0]
    body.append(little: UInt32(max(1, length)))
    return body
  }

  private static func attribute(_ name: String, _ value: HDF5.Attribute) throws -> Message {
    var type: [UInt8]
    var data: [UInt8] = []
    var shape: [Int] = []
    switch value {
    case .text(let text):
      data = Array(text.utf8)
      type = Self.text(data.count)
      if data.isEmpty { data = [0] }
    case .texts(let texts):
      let length = max(1, texts.map(\.utf8.count).max() ?? 1)
      type = Self.text(length)
      shape = [texts.count]
      for text in texts {
        data += Array(text.utf8) + [UInt8](repeating: 0, count: length - text.utf8.count)
      }
    case .number(let number):
      type = try datatype(.float64)
      data.append(little: number.bitPattern)
    }
    func padded(_ part: [UInt8]) -> [UInt8] {
      part + [UInt8](repeating: 0, count: (8 - part.count % 8) % 8)
    }
    let label = Array(name.utf8) + [0]
    let space = dataspace(shape).body
    var body: [UInt8] = [1, 0]
    body.append(little: UInt16(label.count))
    body.append(little: UInt16(type.count))
    body.append(little: UInt16(space.count))
    body += padded(label) + padded(type) + padded(space) + data
    guard body.count < 64_000 else {
      throw FileError.refused(
        format: .hdf5, message: "attribute '\(name)' has \(body.count) bytes, HDF5 takes less than 64512")
    }
    return Message(type: 0xC, body: body)
  }

  // MARK: - Datasets

  private mutating func dataset(_ tensor: Tensor) throws -> Object {
    let source = try tensor.detach().contiguous()
    let type = try Self.datatype(source.dtype)
    align()
    let place = bytes.count
    let size = source.count * source.dtype.size
    try Memory.checkRoom(2 * size)
    try source.withBytes { start in
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: start, count: size))
    }
    var layout: [UInt8] = [3, 1]
    layout.append(little: size == 0 ? HDF5.undefined : UInt64(place))
    layout.append(little: UInt64(size))
    return Object(
      header: header([
        Self.dataspace(source.shape), Message(type: 3, body: type),
        // Space is there from the start; a fill value is not defined.
        Message(type: 5, body: [2, 2, 2, 0]), Message(type: 8, body: layout),
      ]))
  }
}

extension HDF5 {
  /// Writes a tree of groups.
  /// - Throws: `FileError` for types that HDF5 files do not take here, and where the system refuses.
  public static func save(_ root: Group, to output: OutputBytes) throws {
    try output.write(HDF5Writer.file(root))
  }
}
