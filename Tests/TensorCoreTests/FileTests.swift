import Compute
import Testing

@testable import TensorCore

/// Files: what is written is read back, and whatever else is read gives an error and never a trap.
@Suite struct FileTests {
  /// A seeded source of mutations.
  private struct Dice {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(bound, 1)))
    }
  }

  private static func samples() throws -> [Tensor] {
    [
      try Tensor([1.5, -2, .infinity, .nan], shape: [2, 2], dtype: .float64),
      try Tensor([Float(1), 2, 3]), try Tensor([1, -2, Int.max]), try Tensor([Int32(7)], shape: []),
      try Tensor([UInt8(0), 255]), try Tensor([true, false, true]), try Tensor.zeros([0, 3]),
      try Tensor.arange(0, 6).reshape([2, 3]).t(),
    ]
  }

  private static func npy(_ tensor: Tensor) throws -> [UInt8] {
    let output = OutputBytes()
    try NumpyFile.save(tensor, to: output)
    return output.bytes
  }

  private static func npz(compress: Bool) throws -> [UInt8] {
    let output = OutputBytes()
    try NumpyArchive.save(
      [("a", Tensor.arange(0, 1000).reshape([10, 100])), ("b", Tensor.zeros([64, 64]))], to: output,
      compress: compress)
    return output.bytes
  }

  private static func safetensors() throws -> [UInt8] {
    let output = OutputBytes()
    try Safetensors.save(
      [("w", Tensor.ones([2, 3])), ("b\"\\é", Tensor.arange(0, 5))],
      metadata: [("format", "pt")], to: output)
    return output.bytes
  }

  private static func archive() throws -> [UInt8] {
    let base = try Tensor.arange(0, 12, dtype: .float32).reshape([3, 4])
    var graph = ObjectGraph()
    let list = graph.add(.init(.list, items: [.int(1), .float(2.5), .string("x"), .none, .bool(true)]))
    graph.root = graph.add(
      .init(
        .orderedDictionary, items: [.string("w"), .string("v"), .string("l"), .int(3)],
        values: [.tensor(base), .tensor(try base.t()), list, list]))
    let output = OutputBytes()
    try TorchArchive.save(graph, to: output)
    return output.bytes
  }

  // MARK: - There and back

  @Test func arraysComeBack() throws {
    for tensor in try Self.samples() {
      let back = try NumpyFile.load(InputBytes(Self.npy(tensor)))
      #expect(back.shape == tensor.shape && back.dtype == tensor.dtype)
      #expect(try Self.npy(back) == Self.npy(tensor))
    }
  }

  @Test(arguments: [false, true]) func archivesComeBack(compress: Bool) throws {
    let archive = try NumpyArchive(InputBytes(Self.npz(compress: compress)))
    #expect(archive.names == ["a", "b"])
    #expect(try archive.tensor("a")?.sum().item().int == 499_500)
    #expect(try archive.tensor("b")?.shape == [64, 64])
    #expect(try archive.tensor("c") == nil)
  }

  @Test func safetensorsComeBack() throws {
    let file = try Safetensors.File(InputBytes(Self.safetensors()))
    #expect(file.names == ["b\"\\é", "w"])
    #expect(file.metadata?.first?.value == "pt")
    #expect(try file.tensor("w")?.isEqual(to: Tensor.ones([2, 3])) == true)
  }

  @Test func viewsOfOneStorageShareItAgain() throws {
    let graph = try TorchArchive.load(InputBytes(Self.archive()))
    let tensors = try #require(graph.stateDict)
    #expect(tensors.map(\.name) == ["w", "v"])
    #expect(tensors[0].tensor.memoryIdentity == tensors[1].tensor.memoryIdentity)
    #expect(tensors[1].tensor.shape == [4, 3])
    try tensors[0].tensor.fill(7)
    #expect(try tensors[1].tensor.doubles() == Array(repeating: 7, count: 12))
  }

  @Test func halfFloatsAreExact() {
    let cases: [(UInt16, Float)] = [
      (0x3C00, 1), (0xC000, -2), (0x7BFF, 65504), (0x0001, 0x1p-24), (0x03FF, 0x1.ff8p-15),
      (0x8000, -0.0), (0x7C00, .infinity), (0xFC00, -.infinity), (0x3555, 0.333251953125),
    ]
    for (bits, value) in cases { #expect(StoredType.float(half: bits) == value) }
    #expect(StoredType.float(half: 0x7E00).isNaN)
  }

  // MARK: - Hostile files

  /// Cuts and mutations: an error or a value, never a trap. Some must be errors.
  private func attack(_ bytes: [UInt8], _ name: String, _ reader: ([UInt8]) throws -> Void) {
    var errors = 0
    func read(_ bytes: [UInt8]) {
      do { try reader(bytes) } catch { errors += 1 }
    }
    for length in 0..<min(bytes.count, 600) { read(Array(bytes[..<length])) }
    var dice = Dice(state: 42)
    for _ in 0..<1500 {
      var copy = bytes
      for _ in 0...dice.next(3) {
        // Headers are where the damage is: half of the hits go to the first and last bytes.
        let place =
          dice.next(2) == 0
          ? dice.next(copy.count) : dice.next(2) == 0 ? dice.next(min(128, copy.count))
            : copy.count - 1 - dice.next(min(200, copy.count))
        copy[place] = [0, 0xFF, 0x7F, 0x80, UInt8(dice.next(256))][dice.next(5)]
      }
      read(copy)
    }
    #expect(errors > 300, "\(name): damage goes unseen")
  }

  @Test func damagedArraysGiveErrors() throws {
    for tensor in try Self.samples() {
      attack(try Self.npy(tensor), "npy") { _ = try NumpyFile.load(InputBytes($0)) }
    }
  }

  @Test(arguments: [false, true]) func damagedArchivesGiveErrors(compress: Bool) throws {
    attack(try Self.npz(compress: compress), "npz") { bytes in
      let archive = try NumpyArchive(InputBytes(bytes))
      for name in archive.names { _ = try? archive.tensor(name) }
    }
  }

  @Test func damagedSafetensorsGiveErrors() throws {
    attack(try Self.safetensors(), "safetensors") {
      _ = try Safetensors.File(InputBytes($0)).tensors()
    }
  }

  @Test func damagedTorchArchivesGiveErrors() throws {
    attack(try Self.archive(), "torch") { _ = try TorchArchive.load(InputBytes($0)) }
  }

  @Test func aSafetensorsHeaderMustBeStrict() throws {
    func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> [UInt8] {
      var bytes: [UInt8] = []
      bytes.append(little: length ?? UInt64(header.utf8.count))
      return bytes + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }
    func entry(_ dtype: String, _ shape: String, _ range: String) -> String {
      "{\"dtype\":\"\(dtype)\",\"shape\":\(shape),\"data_offsets\":\(range)}"
    }
    let bad: [[UInt8]] = [
      file("", length: 1 << 62), file("{}", length: 3), file("{}", data: 1), file("[]"), file("{"),
      file("{\"a\":\(entry("F32", "[1]", "[0,4]"))}", data: 3),
      file("{\"a\":\(entry("F32", "[1]", "[0,4]")),\"b\":\(entry("F32", "[1]", "[2,6]"))}", data: 6),
      file("{\"a\":\(entry("F32", "[1]", "[0,4]")),\"b\":\(entry("F32", "[1]", "[8,12]"))}", data: 12),
      file("{\"a\":\(entry("F32", "[1]", "[0,4]")),\"a\":\(entry("F32", "[1]", "[4,8]"))}", data: 8),
      file("{\"a\":\(entry("F32", "[2]", "[0,4]"))}", data: 4),
      file("{\"a\":\(entry("X32", "[1]", "[0,4]"))}", data: 4),
      file("{\"a\":\(entry("F32", "[-1]", "[0,4]"))}", data: 4),
      file("{\"a\":\(entry("F32", "[4611686018427387904,4]", "[0,4]"))}", data: 4),
      file("{\"a\":\(entry("F32", "[1]", "[4,0]"))}", data: 4),
      file("{\"__metadata__\":{\"a\":1}}"), file("{\"a\":{}}"), file("{} x"),
    ]
    for bytes in bad {
      #expect(throws: (any Error).self) { try Safetensors.File(InputBytes(bytes)) }
    }
    #expect(try Safetensors.File(InputBytes(file("{}   "))).names.isEmpty)
  }

  private func load(pickle: [UInt8]) throws -> ObjectGraph {
    try PickleReader.read(pickle) { _ in throw PickleReader.broken("no storages here") }
  }

  @Test func aPickleRunsNothing() throws {
    func call(_ module: String, _ name: String) -> [UInt8] {
      [0x80, 2] + Array("c\(module)\n\(name)\n".utf8) + Array("X\u{4}\0\0\0true".utf8) + [0x85]
        + Array("R.".utf8)
    }
    for (module, name) in [
      ("os", "system"), ("posix", "system"), ("builtins", "eval"), ("builtins", "getattr"),
      ("subprocess", "Popen"), ("torch", "load"), ("__main__", "Net"), ("collections", "namedtuple"),
    ] {
      #expect(throws: FileError.self) { try load(pickle: call(module, name)) }
    }
    #expect(throws: FileError.self) { try load(pickle: Array("cos\nsystem\n(S'true'\ntR.".utf8)) }
    #expect(throws: FileError.self) { try load(pickle: Array("(S'true'\nios\nsystem\n.".utf8)) }
  }

  @Test func aPickleThatHoldsItselfComesBack() throws {
    // l = []; l.append(l)
    let graph = try load(pickle: [0x80, 2] + Array("]q\0h\0a.".utf8))
    guard case .container(let place) = graph.root, case .container(let inner)? = graph.containers[place].items.first
    else { Issue.record("no list"); return }
    #expect(inner == place)
  }

  @Test func deepPicklesAreLetGoWithoutRecursion() throws {
    let depth = 300_000
    let nested = [UInt8](repeating: UInt8(ascii: "]"), count: depth)
      + [UInt8](repeating: UInt8(ascii: "a"), count: depth - 1)
    let graph = try load(pickle: [0x80, 2] + nested + [UInt8(ascii: ".")])
    #expect(graph.containers.count == depth)
    #expect(throws: FileError.self) { try PickleWriter.write(graph) }
    let tuples = [UInt8](repeating: UInt8(ascii: ")"), count: 1) + [UInt8](repeating: 0x85, count: depth)
    #expect(try load(pickle: [0x80, 2] + tuples + [UInt8(ascii: ".")]).containers.count == depth + 1)
  }

  @Test func randomOpcodesGiveErrors() {
    var dice = Dice(state: 7)
    let codes = Array("(.012]l)t}dase ughjpqrcQRbNIJKMLGFXVTUBC".utf8) + [
      0x80, 0x81, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8A, 0x8C, 0x8F, 0x90, 0x91, 0x93, 0x94, 0x95,
    ]
    for _ in 0..<20_000 {
      var bytes: [UInt8] = [0x80, 2]
      for _ in 0..<dice.next(40) {
        bytes.append(dice.next(4) == 0 ? UInt8(dice.next(256)) : codes[dice.next(codes.count)])
      }
      _ = try? load(pickle: bytes + [UInt8(ascii: ".")])
    }
  }

  @Test func claimsAreComparedWithWhatIsThere() throws {
    var header = Array("{'descr': '<f8', 'fortran_order': False, 'shape': (4611686018427387904, 8), }\n".utf8)
    var bytes = NumpyFile.magic + [1, 0]
    bytes.append(little: UInt16(header.count))
    #expect(throws: (any Error).self) { try NumpyFile.load(InputBytes(bytes + header)) }
    header = Array("{'descr': '|O', 'fortran_order': False, 'shape': (1,), }\n".utf8)
    bytes = NumpyFile.magic + [1, 0]
    bytes.append(little: UInt16(header.count))
    #expect(throws: FileError.self) { try NumpyFile.load(InputBytes(bytes + header)) }
    #expect(throws: FileError.self) { try InputBytes(path: "/nonexistent/file.npy") }
    #expect(throws: FileError.self) { try InputBytes(path: "/") }
    #expect(throws: FileError.self) { try InputBytes(path: "/dev/zero") }
  }
}
