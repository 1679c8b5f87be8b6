import JSONCoding
import Language

/// A comm that a program made or was given.
final class CommObject: Instance, CommHandler {
  var id = ""
  var target = ""
  var onMessage: Value = .none
  var onClose: Value = .none

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(onMessage)
    visitor.visit(onClose)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap.append(onMessage)
    heap.append(onClose)
    onMessage = .none
    onClose = .none
  }

  func received(_ signal: CommSignal, _ machine: Machine) throws {
    if !onMessage.isNone { _ = try machine.call(onMessage, [CommDoor.message(signal)]) }
  }

  func closed(_ signal: CommSignal, _ machine: Machine) throws {
    if !onClose.isNone { _ = try machine.call(onClose, [CommDoor.message(signal)]) }
  }
}

/// `comm`: private lines between objects of the language and their halves in the front end.
enum CommDoor {
  static let tables: [ModuleTable] = [
    ModuleTable(
      "comm", doc: "Private lines to the front end.",
      entries: [
        .type(comm), .type(manager),
        .function(
          Native(
            "create_comm(target_name='comm', data=None, metadata=None, buffers=None, comm_id=None)",
            "Opens a comm: the front end's half is made by what is registered as target_name there."
          ) { a in
            let comm = CommObject(a.machine.type(comm))
            comm.target = try a.string(0)
            comm.id = try a.optionalString(4) ?? CommRegistry.newID()
            try open(comm, data: a[1], metadata: a[2], buffers: a[3], a.machine)
            return .object(comm)
          }),
        .function(
          Native("get_comm_manager()", "Where targets for comms of the front end are registered.") { a in
            .object(Instance(a.machine.type(manager)))
          }),
      ]),
    ModuleTable(
      "ipykernel.comm", doc: "Private lines to the front end.", entries: [.type(comm), .type(manager)]),
  ]

  static let comm = TypeTable(
    "Comm", module: "comm.base_comm", doc: "A private line to the front end.",
    allocate: { CommObject($0) },
    properties: [
      NativeProperty("comm_id", "The id of the comm.") { value, _ in
        .string((value.asInstance as? CommObject)?.id ?? "")
      },
      NativeProperty("target_name", "What the front end's half was made by.") { value, _ in
        .string((value.asInstance as? CommObject)?.target ?? "")
      },
    ],
    methods: [
      Native(
        "__init__(self, target_name='comm', data=None, metadata=None, buffers=None, comm_id=None)",
        "Opens a comm."
      ) { a in
        let comm = try a.receiver(CommObject.self)
        comm.target = try a.string(1)
        comm.id = try a.optionalString(5) ?? CommRegistry.newID()
        try open(comm, data: a[2], metadata: a[3], buffers: a[4], a.machine)
        return .none
      },
      Native(
        "send(self, data=None, metadata=None, buffers=None)", "Sends a message to the front end."
      ) { a in
        let comm = try a.receiver(CommObject.self)
        a.machine.commPort?.send(
          CommSignal(
            .message, id: comm.id, data: try object(a[1], a.machine),
            metadata: try object(a[2], a.machine), buffers: try bytes(a[3], a.machine)))
        return .none
      },
      Native("on_msg(self, callback)", "Calls callback(message) for each message that comes.") { a in
        try a.receiver(CommObject.self).onMessage = a[1]
        return .none
      },
      Native("on_close(self, callback)", "Calls callback(message) when the front end closes it.") { a in
        try a.receiver(CommObject.self).onClose = a[1]
        return .none
      },
      Native("close(self, data=None, metadata=None, buffers=None)", "Closes the comm.") { a in
        let comm = try a.receiver(CommObject.self)
        if a.machine.comms.open.removeValue(forKey: comm.id) != nil {
          a.machine.commPort?.send(
            CommSignal(
              .close, id: comm.id, data: try object(a[1], a.machine),
              metadata: try object(a[2], a.machine), buffers: try bytes(a[3], a.machine)))
        }
        return .none
      },
    ])

  static let manager = TypeTable(
    "CommManager", module: "comm.base_comm", doc: "Targets for comms that the front end opens.",
    allocate: { Instance($0) },
    methods: [
      Native(
        "register_target(self, target_name, callback)",
        "Calls callback(comm, message) when the front end opens a comm for the target."
      ) { a in
        a.machine.comms.targets[try a.string(1)] = a[2]
        return .none
      },
      Native("unregister_target(self, target_name, callback=None)", "Takes a target back.") { a in
        let name = try a.string(1)
        guard a.machine.comms.targets.removeValue(forKey: name) != nil else {
          throw Raise(.keyError, arguments: [.string(name)])
        }
        return .none
      },
    ])

  private static func open(
    _ comm: CommObject, data: Value, metadata: Value, buffers: Value, _ machine: Machine
  ) throws {
    machine.comms.open[comm.id] = comm
    machine.commPort?.send(
      CommSignal(
        .open(target: comm.target), id: comm.id, data: try object(data, machine),
        metadata: try object(metadata, machine), buffers: try bytes(buffers, machine)))
  }

  private static func object(_ value: Value, _ machine: Machine) throws -> JSON.Object {
    if value.isNone { return [:] }
    guard case .object(let members) = try JSONConversion.json(value, machine) else {
      throw Raise(.typeError, "data must be a dict, got \(machine.typeName(value))")
    }
    return members
  }

  private static func bytes(_ value: Value, _ machine: Machine) throws -> [[UInt8]] {
    if value.isNone { return [] }
    return try machine.array(value).map { item in
      guard case .object(let object) = item, let bytes = object as? BytesObject else {
        throw Raise(.typeError, "buffers must be bytes, got \(machine.typeName(item))")
      }
      return bytes.bytes
    }
  }

  /// A message as callbacks get it: `message['content']['data']`, `message['buffers']`.
  static func message(_ signal: CommSignal) -> Value {
    let content = DictObject()
    content["comm_id"] = .string(signal.id)
    content["data"] = JSONValue.value(.object(signal.data))
    if case .open(let target) = signal.kind { content["target_name"] = .string(target) }
    let message = DictObject()
    message["content"] = .object(content)
    message["metadata"] = JSONValue.value(.object(signal.metadata))
    message["buffers"] = .list(signal.buffers.map { .object(BytesObject($0)) })
    return .object(message)
  }
}
