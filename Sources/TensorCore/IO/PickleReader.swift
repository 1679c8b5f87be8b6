import Compute

/// Reads a pickle (protocols 0 to 5, as far as data need them) and executes nothing.
///
/// A pickle is a program for a machine with a stack whose opcodes can import any name and call it.
/// Here names stand for themselves, and a call is carried out only for the constructors of
/// `PickleGlobal`; every other name is refused where it is imported, so a file that would run
/// `os.system` elsewhere is an error that says so.
struct PickleReader {
  /// A value on the machine's stack.
  enum Value {
    case item(ObjectGraph.Item)
    case global(PickleGlobal)
    case storage(PickledStorage)
    /// A tuple that holds names or storages: the arguments of a call, a persistent id. None holds
    /// another, so that nothing nests without bound outside of the graph.
    case raw([Value])
    case mark
  }

  private let bytes: [UInt8]
  private var at = 0
  private var stack: [Value] = []
  private var memo: [Int: Value] = [:]
  private(set) var graph = ObjectGraph()
  /// Resolves a persistent id: the storage that a tensor looks at.
  private let storage: (PickledStorage.Identity) throws -> PickledStorage

  private init(
    _ bytes: [UInt8], _ storage: @escaping (PickledStorage.Identity) throws -> PickledStorage
  ) {
    self.bytes = bytes
    self.storage = storage
  }

  static func read(
    _ bytes: [UInt8], storage: @escaping (PickledStorage.Identity) throws -> PickledStorage
  ) throws -> ObjectGraph {
    var reader = PickleReader(bytes, storage)
    return try reader.run()
  }

  static func broken(_ what: String) -> FileError {
    .malformed(format: .pickle, message: "pickle data was damaged: \(what)")
  }

  // MARK: - Bytes

  private mutating func byte() throws -> UInt8 {
    guard at < bytes.count else { throw Self.ended }
    at += 1
    return bytes[at - 1]
  }

  private static let ended = FileError.ended(format: .pickle, message: "pickle data was truncated")

  private mutating func number<T: FixedWidthInteger>(_ type: T.Type) throws -> T {
    guard let value = bytes.little(type, at: at) else { throw Self.ended }
    at += T.bitWidth / 8
    return value
  }

  private mutating func run(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - at else { throw Self.ended }
    at += count
    return bytes[(at - count)..<at]
  }

  private mutating func length<T: FixedWidthInteger>(_ type: T.Type) throws -> Int {
    guard let value = Int(exactly: try number(type)) else { throw Self.ended }
    return value
  }

  private mutating func line() throws -> String {
    guard let end = bytes[at...].firstIndex(of: 0x0A) else { throw Self.ended }
    defer { at = end + 1 }
    return String(decoding: bytes[at..<end], as: UTF8.self)
  }

  // MARK: - The machine

  private mutating func run() throws -> ObjectGraph {
    var steps = 0
    while true {
      steps &+= 1
      if steps & 0xFFFF == 0 {
        try Interrupt.check()
        // About what a container and a stack slot cost; a file of `]` must not fill the memory.
        try Memory.checkRoom((graph.containers.count + stack.count + memo.count) * 128)
      }
      let place = at
      let code = try byte()
      if code == UInt8(ascii: ".") {
        guard case .item(let root) = try pop(), stack.isEmpty else {
          throw Self.broken("it does not end with one value")
        }
        graph.root = root
        return graph
      }
      if try constant(code) { continue }
      if try container(code) { continue }
      if try name(code) { continue }
      throw FileError.refused(
        format: .pickle,
        message: "opcode 0x\(String(code, radix: 16)) at byte \(place) is not read: this reads data "
          + "and runs nothing")
    }
  }

  private mutating func push(_ item: ObjectGraph.Item) { stack.append(.item(item)) }

  private mutating func pop() throws -> Value {
    guard let value = stack.popLast() else { throw Self.broken("its stack is empty") }
    if case .mark = value { throw Self.broken("a mark stands where a value should") }
    return value
  }

  private mutating func popItem() throws -> ObjectGraph.Item {
    guard case .item(let item) = try pop() else { throw Self.broken("a name stands for a value") }
    return item
  }

  /// The values above the topmost mark.
  private mutating func popToMark() throws -> [Value] {
    var place = stack.count - 1
    while place >= 0 {
      if case .mark = stack[place] { break }
      place -= 1
    }
    guard place >= 0 else { throw Self.broken("a mark is missing") }
    let values = Array(stack[(place + 1)...])
    stack.removeSubrange(place...)
    return values
  }

  private static func items(_ values: [Value]) throws -> [ObjectGraph.Item] {
    try values.map {
      guard case .item(let item) = $0 else { throw broken("a name stands for a value") }
      return item
    }
  }

  // MARK: - Opcodes: numbers and texts

  private mutating func constant(_ code: UInt8) throws -> Bool {
    switch code {
    case 0x80: _ = try byte()  // PROTO
    case 0x95: _ = try number(UInt64.self)  // FRAME
    case UInt8(ascii: "N"): push(.none)
    case 0x88: push(.bool(true))
    case 0x89: push(.bool(false))
    case UInt8(ascii: "J"): push(.int(Int(Int32(bitPattern: try number(UInt32.self)))))
    case UInt8(ascii: "K"): push(.int(Int(try byte())))
    case UInt8(ascii: "M"): push(.int(Int(try number(UInt16.self))))
    case 0x8A: push(.int(try long(Int(try byte()))))
    case 0x8B: push(.int(try long(try length(UInt32.self))))
    case UInt8(ascii: "I"):
      let text = try line()
      if text == "00" || text == "01" {
        push(.bool(text == "01"))
      } else if let value = Int(text) {
        push(.int(value))
      } else {
        throw Self.broken("'\(text.prefix(40))' is no integer")
      }
    case UInt8(ascii: "L"):
      var text = try line()
      if text.hasSuffix("L") { text.removeLast() }
      guard let value = Int(text) else { throw Self.broken("'\(text.prefix(40))' is no integer of 64 bits") }
      push(.int(value))
    case UInt8(ascii: "G"): push(.float(Double(bitPattern: try number(UInt64.self).byteSwapped)))
    case UInt8(ascii: "F"):
      let text = try line()
      guard let value = Double(text) else { throw Self.broken("'\(text.prefix(40))' is no number") }
      push(.float(value))
    case UInt8(ascii: "X"): push(.string(try text(length(UInt32.self))))
    case 0x8C: push(.string(try text(Int(byte()))))
    case 0x8D: push(.string(try text(length(UInt64.self))))
    case UInt8(ascii: "V"): push(.string(try line()))
    case UInt8(ascii: "T"): push(.string(try text(length(UInt32.self))))
    case UInt8(ascii: "U"): push(.string(try text(Int(byte()))))
    case UInt8(ascii: "B"): push(.bytes(Array(try run(length(UInt32.self)))))
    case UInt8(ascii: "C"): push(.bytes(Array(try run(Int(byte())))))
    case 0x8E: push(.bytes(Array(try run(length(UInt64.self)))))
    default: return false
    }
    return true
  }

  private mutating func text(_ count: Int) throws -> String {
    String(decoding: try run(count), as: UTF8.self)
  }

  /// A little-endian two's complement number of `count` bytes.
  private mutating func long(_ count: Int) throws -> Int {
    let digits = try run(count)
    guard count <= 8 else {
      throw FileError.refused(format: .pickle, message: "an integer of \(count) bytes; 8 are read")
    }
    var value: UInt64 = 0
    for (i, digit) in digits.enumerated() { value |= UInt64(digit) << UInt64(8 * i) }
    if let last = digits.last, last & 0x80 != 0, count < 8 { value |= UInt64.max << UInt64(8 * count) }
    return Int(Int64(bitPattern: value))
  }

  // MARK: - Opcodes: containers

  private mutating func container(_ code: UInt8) throws -> Bool {
    switch code {
    case UInt8(ascii: "("): stack.append(.mark)
    case UInt8(ascii: "0"): if stack.popLast() == nil { throw Self.broken("its stack is empty") }
    case UInt8(ascii: "1"): _ = try popToMark()
    case UInt8(ascii: "2"):
      let value = try pop()
      stack += [value, value]
    case UInt8(ascii: "]"): push(graph.add(.init(.list)))
    case UInt8(ascii: "l"): push(graph.add(.init(.list, items: try Self.items(popToMark()))))
    case UInt8(ascii: ")"): push(graph.add(.init(.tuple)))
    case UInt8(ascii: "t"): try tuple(popToMark())
    case 0x85, 0x86, 0x87:
      var values: [Value] = []
      for _ in 0..<(code - 0x84) { values.append(try pop()) }
      try tuple(values.reversed())
    case UInt8(ascii: "}"): push(graph.add(.init(.dictionary)))
    case UInt8(ascii: "d"):
      let pairs = try Self.items(popToMark())
      push(graph.add(.init(.dictionary)))
      try setItems(pairs)
    case 0x8F: push(graph.add(.init(.set)))
    case 0x91: push(graph.add(.init(.frozenSet, items: try Self.items(popToMark()))))
    case UInt8(ascii: "a"): try append([popItem()], to: [.list])
    case UInt8(ascii: "e"): try append(Self.items(popToMark()), to: [.list])
    case 0x90: try append(Self.items(popToMark()), to: [.set])
    case UInt8(ascii: "s"):
      let value = try popItem()
      try setItems([popItem(), value])
    case UInt8(ascii: "u"): try setItems(Self.items(popToMark()))
    case UInt8(ascii: "g"): try recall(Int(line()) ?? -1)
    case UInt8(ascii: "h"): try recall(Int(byte()))
    case UInt8(ascii: "j"): try recall(length(UInt32.self))
    case UInt8(ascii: "p"): try remember(Int(line()) ?? -1)
    case UInt8(ascii: "q"): try remember(Int(byte()))
    case UInt8(ascii: "r"): try remember(length(UInt32.self))
    case 0x94: try remember(memo.count)
    default: return false
    }
    return true
  }

  private mutating func tuple(_ values: [Value]) throws {
    if !values.contains(where: { if case .item = $0 { false } else { true } }) {
      push(graph.add(.init(.tuple, items: try Self.items(values))))
      return
    }
    if values.contains(where: { if case .raw = $0 { true } else { false } }) {
      throw Self.broken("tuples of names hold each other")
    }
    stack.append(.raw(values))
  }

  private mutating func recall(_ key: Int) throws {
    guard let value = memo[key] else { throw Self.broken("memo \(key) was never stored") }
    stack.append(value)
  }

  private mutating func remember(_ key: Int) throws {
    guard let value = stack.last, key >= 0 else { throw Self.broken("there is nothing to remember") }
    if case .mark = value { throw Self.broken("a mark cannot be remembered") }
    memo[key] = value
  }

  private mutating func append(_ items: [ObjectGraph.Item], to kinds: [ObjectGraph.Kind]) throws {
    guard case .item(.container(let place))? = stack.last,
      kinds.contains(graph.containers[place].kind)
    else { throw Self.broken("elements are added to what is no list") }
    graph.containers[place].items += items
  }

  private mutating func setItems(_ pairs: [ObjectGraph.Item]) throws {
    guard case .item(.container(let place))? = stack.last, graph.containers[place].isDictionary,
      pairs.count % 2 == 0
    else { throw Self.broken("pairs are added to what is no dictionary") }
    for i in stride(from: 0, to: pairs.count, by: 2) {
      graph.containers[place].items.append(pairs[i])
      graph.containers[place].values.append(pairs[i + 1])
    }
  }

  // MARK: - Opcodes: names and calls

  private mutating func name(_ code: UInt8) throws -> Bool {
    switch code {
    case UInt8(ascii: "c"):
      let module = try line()
      stack.append(try PickleGlobal.value(module, try line()))
    case 0x93:
      guard case .string(let name) = try popItem(), case .string(let module) = try popItem() else {
        throw Self.broken("a name is no text")
      }
      stack.append(try PickleGlobal.value(module, name))
    case UInt8(ascii: "Q"):
      guard case .raw(let values) = try pop() else {
        throw Self.broken("a persistent id names no storage")
      }
      stack.append(.storage(try storage(PickledStorage.Identity(values, graph))))
    case UInt8(ascii: "R"), 0x81:
      let arguments: [Value]
      switch try pop() {
      case .raw(let values): arguments = values
      case .item(.container(let place)) where graph.containers[place].kind == .tuple:
        arguments = graph.containers[place].items.map { .item($0) }
      default: throw Self.broken("a call has no tuple of arguments")
      }
      guard case .global(let function) = try pop() else {
        throw Self.broken("what is called is no name")
      }
      push(try function.call(arguments, &graph))
    case UInt8(ascii: "b"):
      // The state of an ordered dictionary (`_metadata` of a module's state dict) says nothing that
      // tensors need.
      guard case .item(.container(let state)) = try pop(), graph.containers[state].isDictionary,
        case .item(.container(let target))? = stack.last, graph.containers[target].isDictionary
      else {
        throw FileError.refused(
          format: .pickle, message: "an object with a state of its own: only dictionaries have one here")
      }
    default: return false
    }
    return true
  }
}
