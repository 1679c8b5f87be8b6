/// A name that a pickle may import, and what calling it means.
enum PickleGlobal {
  case orderedDictionary, counter, set, frozenSet, size, device, encode
  case rebuildTensor, rebuildParameter
  /// A class of storages, by the type of its elements.
  case storageType(StoredType)

  /// - Throws: `FileError.refused` for every name that is not listed.
  static func value(_ module: String, _ name: String) throws -> PickleReader.Value {
    switch (module, name) {
    case ("collections", "OrderedDict"): return .global(.orderedDictionary)
    case ("collections", "Counter"): return .global(.counter)
    case ("builtins", "set"), ("__builtin__", "set"): return .global(.set)
    case ("builtins", "frozenset"), ("__builtin__", "frozenset"): return .global(.frozenSet)
    case ("_codecs", "encode"): return .global(.encode)
    case ("torch", "Size"): return .global(.size)
    case ("torch", "device"): return .global(.device)
    case ("torch._utils", "_rebuild_tensor"), ("torch._utils", "_rebuild_tensor_v2"):
      return .global(.rebuildTensor)
    case ("torch._utils", "_rebuild_parameter"): return .global(.rebuildParameter)
    case ("torch", _):
      if let type = storages[name] { return .global(.storageType(type)) }
      if dtypes.contains(name) { return .item(.dtype(name)) }
    default: break
    }
    throw FileError.refused(
      format: .pickle,
      message: "Unsupported global: GLOBAL \(module).\(name) was not an allowed global by default. "
        + "This reads tensors, numbers, texts and containers of these, and runs no code of a file; "
        + "save model.state_dict() instead of the model")
  }

  private static let storages: [String: StoredType] = [
    "FloatStorage": .same(.float32), "DoubleStorage": .same(.float64), "LongStorage": .same(.int64),
    "IntStorage": .same(.int32), "ByteStorage": .same(.uint8), "BoolStorage": .same(.bool),
    "HalfStorage": .float16, "BFloat16Storage": .bfloat16,
    "ShortStorage": .same(.int16), "CharStorage": .same(.int8), "UInt16Storage": .same(.uint16),
    "UInt32Storage": .same(.uint32),
  ]

  private static let dtypes: Set<String> = [
    "float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool",
  ]

  /// PyTorch's class of storages of a dtype.
  static func storageName(_ dtype: DType) -> String {
    switch dtype {
    case .float32: "FloatStorage"
    case .float64: "DoubleStorage"
    case .int64: "LongStorage"
    case .int32: "IntStorage"
    case .uint8: "ByteStorage"
    case .bool: "BoolStorage"
    case .float16: "HalfStorage"
    case .bfloat16: "BFloat16Storage"
    case .complex64: "ComplexFloatStorage"
    case .complex128: "ComplexDoubleStorage"
    case .int8: "CharStorage"
    case .int16: "ShortStorage"
    case .uint16: "UInt16Storage"
    case .uint32: "UInt32Storage"
    }
  }

  // MARK: - Calls

  func call(
    _ arguments: [PickleReader.Value], _ graph: inout ObjectGraph
  ) throws -> ObjectGraph.Item {
    switch self {
    case .orderedDictionary:
      if arguments.isEmpty { return graph.add(.init(.orderedDictionary)) }
      return try dictionary(.orderedDictionary, fromPairs: arguments, &graph)
    case .counter:
      if arguments.isEmpty { return graph.add(.init(.counter)) }
      guard let place = Self.container(arguments.first), graph.containers[place].isDictionary else {
        throw Self.wrong("Counter")
      }
      var copy = graph.containers[place]
      copy.kind = .counter
      return graph.add(copy)
    case .set, .frozenSet:
      var items: [ObjectGraph.Item] = []
      if let first = arguments.first {
        guard let place = Self.container(first) else { throw Self.wrong("set") }
        items = graph.containers[place].items
      }
      if case .set = self { return graph.add(.init(.set, items: items)) }
      return graph.add(.init(.frozenSet, items: items))
    case .size:
      guard let place = Self.container(arguments.first) else { throw Self.wrong("Size") }
      return graph.add(.init(.size, items: graph.containers[place].items))
    case .device:
      guard case .item(.string(let kind))? = arguments.first else { throw Self.wrong("device") }
      if arguments.count > 1, case .item(.int(let index)) = arguments[1] {
        return .device("\(kind):\(index)")
      }
      return .device(kind)
    case .encode:
      // Bytes in protocol 2: a text whose code points are the bytes.
      guard case .item(.string(let text))? = arguments.first, arguments.count == 2,
        case .item(.string(let codec)) = arguments[1], codec == "latin1"
      else { throw Self.wrong("encode") }
      var bytes: [UInt8] = []
      for scalar in text.unicodeScalars {
        guard let byte = UInt8(exactly: scalar.value) else { throw Self.wrong("encode") }
        bytes.append(byte)
      }
      return .bytes(bytes)
    case .rebuildTensor: return .tensor(try Self.tensor(arguments, graph))
    case .rebuildParameter:
      guard case .item(.tensor(let data))? = arguments.first else { throw Self.wrong("_rebuild_parameter") }
      var wanted = false
      if arguments.count > 1, case .item(.bool(let flag)) = arguments[1] { wanted = flag }
      let tensor = data.alias()
      if wanted { try tensor.setRequiresGrad(true) }
      return .parameter(tensor)
    case .storageType: throw Self.wrong("a storage class")
    }
  }

  private static func wrong(_ name: String) -> FileError {
    PickleReader.broken("the arguments of \(name) are not those it takes")
  }

  private static func container(_ value: PickleReader.Value?) -> Int? {
    if case .item(.container(let place))? = value { place } else { nil }
  }

  private func dictionary(
    _ kind: ObjectGraph.Kind, fromPairs arguments: [PickleReader.Value], _ graph: inout ObjectGraph
  ) throws -> ObjectGraph.Item {
    guard let place = Self.container(arguments.first) else { throw Self.wrong("OrderedDict") }
    if graph.containers[place].isDictionary {
      var copy = graph.containers[place]
      copy.kind = kind
      return graph.add(copy)
    }
    var result = ObjectGraph.Container(kind)
    for item in graph.containers[place].items {
      guard case .container(let pair) = item, graph.containers[pair].items.count == 2,
        !graph.containers[pair].isDictionary
      else { throw Self.wrong("OrderedDict") }
      result.items.append(graph.containers[pair].items[0])
      result.values.append(graph.containers[pair].items[1])
    }
    return graph.add(result)
  }

  /// `_rebuild_tensor_v2(storage, offset, size, stride, requires_grad, hooks)`: a view of a storage.
  /// Every place that it can reach must lie inside.
  private static func tensor(
    _ arguments: [PickleReader.Value], _ graph: ObjectGraph
  ) throws -> Tensor {
    func sizes(_ value: PickleReader.Value) throws -> [Int] {
      guard let place = container(value) else { throw wrong("_rebuild_tensor_v2") }
      return try graph.containers[place].items.map {
        guard case .int(let size) = $0 else { throw wrong("_rebuild_tensor_v2") }
        return size
      }
    }
    guard arguments.count >= 4, case .storage(let storage) = arguments[0],
      case .item(.int(let offset)) = arguments[1]
    else { throw wrong("_rebuild_tensor_v2") }
    let shape = try sizes(arguments[2])
    let strides = try sizes(arguments[3])
    let count = try Shape.count(shape, "load")
    guard strides.count == shape.count, offset >= 0 else { throw wrong("_rebuild_tensor_v2") }
    var last = offset
    for (size, stride) in zip(shape, strides) where count > 0 {
      let (reach, over) = (size - 1).multipliedReportingOverflow(by: stride)
      let (sum, overflow) = last.addingReportingOverflow(reach)
      guard stride >= 0, !over, !overflow else { throw wrong("_rebuild_tensor_v2") }
      last = sum
    }
    guard count == 0 || last < storage.count else {
      throw FileError.malformed(
        format: .torch,
        message: "a tensor of shape \(shape) with strides \(strides) reaches element \(last) of a "
          + "storage with \(storage.count)")
    }
    let tensor = Tensor(
      storage: storage.storage, shape: shape, strides: strides, offset: count == 0 ? 0 : offset,
      count: count, dtype: storage.dtype)
    if arguments.count > 4, case .item(.bool(true)) = arguments[4], storage.dtype.isFloating {
      try tensor.setRequiresGrad(true)
    }
    return tensor
  }
}

/// The memory that one or several pickled tensors look at.
struct PickledStorage {
  /// What a persistent id says: ('storage', class, key, device, number of elements).
  struct Identity {
    let type: StoredType
    let key: String
    let count: Int

    init(_ values: [PickleReader.Value], _ graph: ObjectGraph) throws {
      guard values.count >= 5, case .item(.string(let kind)) = values[0], kind == "storage",
        case .global(.storageType(let type)) = values[1], case .item(.string(let key)) = values[2],
        case .item(.int(let count)) = values[4], count >= 0
      else { throw PickleReader.broken("a persistent id names no storage") }
      self.type = type
      self.key = key
      self.count = count
    }
  }

  let storage: Storage
  let dtype: DType
  let count: Int
}
