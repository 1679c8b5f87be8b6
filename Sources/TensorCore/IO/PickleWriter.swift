/// Writes an object graph as a pickle of protocol 2, the one that PyTorch uses.
///
/// Containers that come again are written once and recalled, so sharing and cycles stay.
struct PickleWriter {
  private let graph: ObjectGraph
  private var bytes: [UInt8] = [0x80, 2]
  /// The memo of a container, once it has been written.
  private var memo: [Int: UInt32] = [:]
  /// The storages met so far; their place is their key.
  private(set) var storages: [(storage: Storage, dtype: DType)] = []
  private var keys: [ObjectIdentifier: Int] = [:]

  private init(_ graph: ObjectGraph) { self.graph = graph }

  /// The pickle and the storages that it names `"0"`, `"1"`, ...
  ///
  /// - Throws: `FileError.refused` for containers nested deeper than `ObjectGraph.depthLimit`.
  static func write(
    _ graph: ObjectGraph
  ) throws -> (bytes: [UInt8], storages: [(storage: Storage, dtype: DType)]) {
    var writer = PickleWriter(graph)
    try writer.write(graph.root, 0)
    writer.byte(".")
    return (writer.bytes, writer.storages)
  }

  private mutating func byte(_ letter: Unicode.Scalar) {
    bytes.append(UInt8(truncatingIfNeeded: letter.value))
  }

  private mutating func global(_ module: String, _ name: String) {
    byte("c")
    bytes += Array("\(module)\n\(name)\n".utf8)
  }

  private mutating func write(_ item: ObjectGraph.Item, _ depth: Int) throws {
    switch item {
    case .none: byte("N")
    case .bool(let flag): bytes.append(flag ? 0x88 : 0x89)
    case .int(let number): integer(number)
    case .float(let number):
      byte("G")
      bytes.append(little: number.bitPattern.byteSwapped)
    case .string(let text): string(text)
    case .bytes(let value):
      // Protocol 2 has no bytes: a text of their code points, encoded back where it is read.
      global("_codecs", "encode")
      string(String(String.UnicodeScalarView(value.map { Unicode.Scalar($0) })))
      string("latin1")
      bytes.append(0x86)
      byte("R")
    case .tensor(let tensor): self.tensor(tensor, requiresGrad: tensor.requiresGrad)
    case .parameter(let tensor):
      global("torch._utils", "_rebuild_parameter")
      self.tensor(tensor, requiresGrad: false)
      bytes.append(tensor.requiresGrad ? 0x88 : 0x89)
      hooks()
      bytes.append(0x87)
      byte("R")
    case .dtype(let name): global("torch", name)
    case .device(let text):
      global("torch", "device")
      let parts = text.split(separator: ":", maxSplits: 1)
      string(parts.first.map(String.init) ?? "cpu")
      if parts.count == 2, let index = Int(parts[1]) {
        integer(index)
        bytes.append(0x86)
      } else {
        bytes.append(0x85)
      }
      byte("R")
    case .container(let place): try container(place, depth)
    }
  }

  private mutating func integer(_ number: Int) {
    if let small = UInt8(exactly: number) {
      byte("K")
      bytes.append(small)
    } else if let short = UInt16(exactly: number) {
      byte("M")
      bytes.append(little: short)
    } else if let word = Int32(exactly: number) {
      byte("J")
      bytes.append(little: word)
    } else {
      bytes += [0x8A, 8]
      bytes.append(little: Int64(number))
    }
  }

  private mutating func string(_ text: String) {
    let utf8 = Array(text.utf8)
    byte("X")
    bytes.append(little: UInt32(truncatingIfNeeded: utf8.count))
    bytes += utf8
  }

  private mutating func remember(_ place: Int) {
    let key = UInt32(truncatingIfNeeded: memo.count)
    memo[place] = key
    byte("r")
    bytes.append(little: key)
  }

  // MARK: - Containers

  private mutating func container(_ place: Int, _ depth: Int) throws {
    if let key = memo[place] {
      byte("j")
      bytes.append(little: key)
      return
    }
    guard depth < ObjectGraph.depthLimit, graph.containers.indices.contains(place) else {
      throw FileError.refused(
        format: .torch,
        message: "the object is nested more than \(ObjectGraph.depthLimit) levels deep")
    }
    let value = graph.containers[place]
    switch value.kind {
    case .list:
      byte("]")
      remember(place)
      try elements(value.items, depth)
      byte("e")
    case .tuple:
      try elements(value.items, depth)
      byte("t")
      remember(place)
    case .size:
      global("torch", "Size")
      try elements(value.items, depth)
      byte("t")
      bytes.append(0x85)
      byte("R")
      remember(place)
    case .set, .frozenSet:
      global("__builtin__", value.kind == .set ? "set" : "frozenset")
      byte("]")
      try elements(value.items, depth)
      byte("e")
      bytes.append(0x85)
      byte("R")
      remember(place)
    case .dictionary:
      byte("}")
      remember(place)
      try pairs(value, depth)
    case .orderedDictionary:
      global("collections", "OrderedDict")
      byte(")")
      byte("R")
      remember(place)
      try pairs(value, depth)
    case .counter:
      global("collections", "Counter")
      byte("}")
      try pairs(value, depth)
      bytes.append(0x85)
      byte("R")
      remember(place)
    }
  }

  private mutating func elements(_ items: [ObjectGraph.Item], _ depth: Int) throws {
    byte("(")
    for item in items { try write(item, depth + 1) }
  }

  private mutating func pairs(_ value: ObjectGraph.Container, _ depth: Int) throws {
    byte("(")
    for (key, item) in zip(value.items, value.values) {
      try write(key, depth + 1)
      try write(item, depth + 1)
    }
    byte("u")
  }

  // MARK: - Tensors

  private mutating func hooks() {
    global("collections", "OrderedDict")
    byte(")")
    byte("R")
  }

  private mutating func tensor(_ tensor: Tensor, requiresGrad: Bool) {
    let identity = ObjectIdentifier(tensor.storage)
    let key: Int
    if let known = keys[identity] {
      key = known
    } else {
      key = storages.count
      keys[identity] = key
      storages.append((tensor.storage, tensor.dtype))
    }
    global("torch._utils", "_rebuild_tensor_v2")
    byte("(")
    byte("(")
    string("storage")
    global("torch", PickleGlobal.storageName(tensor.dtype))
    string(String(key))
    string("cpu")
    integer(tensor.storage.byteCount / tensor.dtype.size)
    byte("t")
    byte("Q")
    integer(tensor.offset)
    sizes(tensor.shape)
    sizes(tensor.strides)
    bytes.append(requiresGrad ? 0x88 : 0x89)
    hooks()
    byte("t")
    byte("R")
  }

  private mutating func sizes(_ sizes: [Int]) {
    byte("(")
    for size in sizes { integer(size) }
    byte("t")
  }
}
