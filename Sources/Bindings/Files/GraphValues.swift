import Language
import TensorCore

/// Turns values of the language into an object graph, so that they can be written.
struct GraphBuilder {
  private(set) var graph = ObjectGraph()
  private let machine: Machine
  /// Containers by the object that they were made of; the values are kept so that no object dies and
  /// gives its address to another.
  private var known: [ObjectIdentifier: (place: Int, value: Value)] = [:]

  static func graph(of value: Value, _ machine: Machine) throws -> ObjectGraph {
    var builder = GraphBuilder(machine)
    builder.graph.root = try builder.item(value, 0)
    return builder.graph
  }

  private init(_ machine: Machine) { self.machine = machine }

  private mutating func item(_ value: Value, _ depth: Int) throws -> ObjectGraph.Item {
    switch value {
    case .none: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    default: break
    }
    if let text = value.swiftString { return .string(text) }
    if let bytes = value.asBytes { return .bytes(bytes) }
    if let object = value.asTensorObject {
      if object.flavor == .numpy {
        throw refused(value, "torch.tensor(array) makes a tensor of it")
      }
      return object.type.name == "Parameter" ? .parameter(object.tensor) : .tensor(object.tensor)
    }
    if let device = value.asInstance as? TorchDevice { return .device(device.text) }
    if let dtype = value.asInstance as? DTypeObject { return .dtype(dtype.dtype.name) }
    if let scalar = value.asNumpyScalar { return try item(Value(scalar.value), depth) }
    return try container(value, depth)
  }

  private func refused(_ value: Value, _ hint: String) -> Raise {
    Raise(
      .typeError,
      "cannot save a '\(machine.typeName(value))' object: tensors, numbers, texts and lists, tuples, "
        + "sets and dicts of these are saved", hint: hint)
  }

  private mutating func container(_ value: Value, _ depth: Int) throws -> ObjectGraph.Item {
    guard let object = value.object else { throw refused(value, "save its parts") }
    if let found = known[ObjectIdentifier(object)] { return .container(found.place) }
    guard depth < ObjectGraph.depthLimit else {
      throw Raise(
        .recursionError, "the object is nested more than \(ObjectGraph.depthLimit) levels deep")
    }
    let elements: [Value]
    var values: [Value] = []
    let kind: ObjectGraph.Kind
    if let dict = value.asDict {
      switch dict.subclass?.name {
      case "OrderedDict": kind = .orderedDictionary
      case "Counter": kind = .counter
      default: kind = .dictionary
      }
      elements = dict.keys
      values = dict.values
    } else if let list = value.asList {
      (kind, elements) = (.list, list.items)
    } else if let tuple = value.asTuple {
      (kind, elements) = (tuple.subclass?.name == "Size" ? .size : .tuple, tuple.items)
    } else if let set = value.asSet {
      (kind, elements) = (machine.typeName(value) == "frozenset" ? .frozenSet : .set, set.items)
    } else {
      throw refused(value, "of a model, save model.state_dict()")
    }
    // Known before its elements are: it may hold itself.
    guard case .container(let place) = graph.add(.init(kind)) else { return .none }
    known[ObjectIdentifier(object)] = (place, value)
    for element in elements {
      let item = try item(element, depth + 1)
      graph.containers[place].items.append(item)
    }
    for element in values {
      let item = try item(element, depth + 1)
      graph.containers[place].values.append(item)
    }
    return .container(place)
  }
}

/// Turns an object graph that was read into values of the language.
struct GraphReader {
  private let graph: ObjectGraph
  private let machine: Machine
  private var known: [Int: Value] = [:]
  /// Immutable containers that are being made: one that holds itself cannot be.
  private var open: Set<Int> = []

  static func value(_ graph: ObjectGraph, _ machine: Machine) throws -> Value {
    var reader = GraphReader(graph: graph, machine: machine)
    return try reader.value(graph.root, 0)
  }

  private init(graph: ObjectGraph, machine: Machine) {
    self.graph = graph
    self.machine = machine
  }

  private mutating func value(_ item: ObjectGraph.Item, _ depth: Int) throws -> Value {
    switch item {
    case .none: return .none
    case .bool(let flag): return .bool(flag)
    case .int(let number): return .int(number)
    case .float(let number): return .float(number)
    case .string(let text): return .string(text)
    case .bytes(let bytes): return .object(BytesObject(bytes))
    case .tensor(let tensor), .parameter(let tensor): return machine.torchValue(tensor)
    case .dtype(let name):
      guard let dtype = DType(name: name) else {
        throw Raise(.typeError, "the file names dtype torch.\(name), which tensors here do not have")
      }
      return machine.tensorTypes.dtype(dtype, .torch)
    case .device(let text):
      return .object(try TorchDevice.parse(text, nil, machine.tensorTypes))
    case .container(let place): return try container(place, depth)
    }
  }

  private func damaged(_ what: String) -> FileError {
    .malformed(format: .pickle, message: "pickle data was damaged: \(what)")
  }

  private mutating func container(_ place: Int, _ depth: Int) throws -> Value {
    if let value = known[place] { return value }
    guard depth < ObjectGraph.depthLimit else {
      throw damaged("containers are nested more than \(ObjectGraph.depthLimit) levels deep")
    }
    let content = graph.containers[place]
    switch content.kind {
    case .list:
      let list = ListObject(capacity: content.items.count)
      known[place] = .object(list)
      for item in content.items { list.append(try value(item, depth + 1)) }
      return .object(list)
    case .dictionary, .orderedDictionary, .counter:
      let dict = DictObject(capacity: content.items.count)
      if content.kind != .dictionary {
        dict.subclass = try collection(content.kind == .counter ? "Counter" : "OrderedDict")
      }
      known[place] = .object(dict)
      for (key, item) in zip(content.items, content.values) {
        let key = try value(key, depth + 1)
        try dict.set(key, value(item, depth + 1), machine)
      }
      return .object(dict)
    case .tuple, .size, .set, .frozenSet:
      guard open.insert(place).inserted else { throw damaged("a tuple or set holds itself") }
      defer { open.remove(place) }
      var items: [Value] = []
      for item in content.items { items.append(try value(item, depth + 1)) }
      let result: Value
      switch content.kind {
      case .tuple: result = .tuple(items)
      case .size: result = TorchSize.make(items.compactMap(\.asInt), machine.tensorTypes)
      default:
        let maker = machine.builtin(content.kind == .set ? "set" : "frozenset") ?? .none
        result = try machine.call(maker, [.list(items)])
      }
      known[place] = result
      return result
    }
  }

  private func collection(_ name: String) throws -> TypeObject? {
    try machine.attribute(machine.importModule("collections", first: false), name).asType
  }
}
