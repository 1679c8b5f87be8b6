import Language
import TensorCore

/// `safetensors`, `safetensors.torch`, `safetensors.numpy`: named tensors in files without code.
enum SafetensorsDoor {
  static let modules: [ModuleTable] = [
    ModuleTable(
      "safetensors", doc: "Named tensors in files that hold no code.",
      entries: [
        .function(
          Native("safe_open(filename, framework='pt', device='cpu')", "Opens a file; tensors are read when they are asked for.") {
            a in
            let flavor: Flavor
            switch try a.string(1) {
            case "pt", "torch", "pytorch": flavor = .torch
            case "np", "numpy": flavor = .numpy
            default:
              throw FileErrors.raise(
                FileErrors.safetensors, "framework \(try a.string(1)) is invalid", a.machine)
            }
            try TorchDevice.check(a[2], a.machine)
            return .object(
              SafetensorsFile(
                try Safetensors.File(a.input(0)), flavor, a.machine.type(SafetensorsFile.table)))
          }),
        .type(FileErrors.safetensors),
      ]),
    module(.torch), module(.numpy),
  ]

  private static func module(_ flavor: Flavor) -> ModuleTable {
    let name = flavor == .torch ? "torch" : "numpy"
    let sample = flavor == .torch ? "__import__('torch').eye(2)" : "__import__('numpy').eye(2)"
    return ModuleTable(
      "safetensors.\(name)", doc: "Safetensors files of \(name)'s arrays.",
      entries: [
        .function(
          Native("load_file(filename, device='cpu')", "All tensors of a file by name.") { a in
            try TorchDevice.check(a[1], a.machine)
            return try dictionary(Safetensors.File(a.input(0)), flavor, a.machine)
          }),
        .function(
          Native("save_file(tensors, filename, metadata=None)", "Writes a dict of tensors to a file.") { a in
            let (tensors, metadata) = try contents(a, 0, metadata: 2, flavor)
            try a.output(1) { output, _ in
              try Safetensors.save(tensors, metadata: metadata, to: output)
            }
            return .none
          }),
        .function(
          Native("load(data: bytes)", "All tensors of bytes by name.", example: "safetensors.\(name).load(safetensors.\(name).save({'a': \(sample)}))") { a in
            try dictionary(Safetensors.File(InputBytes(a[0].asBytes ?? [])), flavor, a.machine)
          }),
        .function(
          Native("save(tensors, metadata=None)", "The bytes of a file with a dict of tensors.", example: "len(safetensors.\(name).save({'a': \(sample)}))") { a in
            let (tensors, metadata) = try contents(a, 0, metadata: 1, flavor)
            let output = OutputBytes()
            try Safetensors.save(tensors, metadata: metadata, to: output)
            return .object(BytesObject(output.bytes))
          }),
      ])
  }

  private static func dictionary(
    _ file: Safetensors.File, _ flavor: Flavor, _ machine: Machine
  ) throws -> Value {
    let result = DictObject()
    for (name, tensor) in try file.tensors() {
      try result.set(.string(name), value(tensor, flavor, machine), machine)
    }
    return .object(result)
  }

  static func value(_ tensor: Tensor, _ flavor: Flavor, _ machine: Machine) -> Value {
    flavor == .torch ? machine.torchValue(tensor) : machine.ndarray(tensor)
  }

  /// The tensors and the metadata of a call that writes.
  private static func contents(
    _ a: Arguments, _ index: Int, metadata place: Int, _ flavor: Flavor
  ) throws -> ([(name: String, tensor: Tensor)], [(key: String, value: String)]?) {
    guard let dict = a[index].asDict else {
      throw Raise(
        .valueError,
        "Expected a dict of [str, torch.Tensor] but received \(a.machine.typeName(a[index]))")
    }
    var tensors: [(name: String, tensor: Tensor)] = []
    var owners: [ObjectIdentifier: [String]] = [:]
    for (key, value) in dict.pairs {
      guard let name = key.swiftString, let object = value.asTensorObject, object.flavor == flavor
      else {
        throw Raise(
          .valueError,
          "Key `\(try a.machine.text(of: key))` is invalid, expected "
            + "\(flavor == .torch ? "torch.Tensor" : "numpy.ndarray") but received "
            + a.machine.typeName(value))
      }
      if flavor == .torch {
        guard object.tensor.isContiguous else {
          throw Raise(
            .valueError,
            "You are trying to save a non contiguous tensor: `\(name)` which is not allowed. It "
              + "either means you are trying to save tensors which are reference of each other in "
              + "which case it's recommended to save only the full tensors, and reslice at load time, "
              + "or simply call `.contiguous()` on your tensor to pack it before saving.")
        }
        owners[object.tensor.memoryIdentity, default: []].append(name)
      }
      tensors.append((name, object.tensor))
    }
    if let shared = owners.values.filter({ $0.count > 1 }).map({ $0.sorted() }).min(by: { $0[0] < $1[0] }) {
      throw Raise(
        .runtimeError,
        "\n            Some tensors share memory, this will lead to duplicate memory on disk and "
          + "potential differences when loading them again: "
          + "[{\(shared.map { "'\($0)'" }.joined(separator: ", "))}].",
        hint: "clone() one of them, or leave it out")
    }
    guard !a[place].isNone else { return (tensors, nil) }
    guard let pairs = a[place].asDict?.pairs else { throw a.mismatch(place, expected: "dict or None") }
    return (
      tensors,
      try pairs.map { key, value in
        guard let key = key.swiftString, let value = value.swiftString else {
          throw Raise(.typeError, "metadata: keys and values must be str")
        }
        return (key, value)
      }
    )
  }
}

/// What `safe_open` gives.
final class SafetensorsFile: Instance {
  let file: Safetensors.File
  let flavor: Flavor

  init(_ file: Safetensors.File, _ flavor: Flavor, _ type: TypeObject) {
    self.file = file
    self.flavor = flavor
    super.init(type)
  }

  static let table = TypeTable(
    "safe_open", module: "safetensors", doc: "An open safetensors file.", isSubclassable: false,
    methods: [
      Native("keys(self)", "The names of the tensors.") { a in
        .list(try a.receiver(SafetensorsFile.self).file.names.sorted().map { .string($0) })
      },
      Native("offset_keys(self)", "The names in the order of the data.") { a in
        .list(try a.receiver(SafetensorsFile.self).file.names.map { .string($0) })
      },
      Native("metadata(self)", "The metadata as a dict, or None.") { a in
        guard let pairs = try a.receiver(SafetensorsFile.self).file.metadata else { return .none }
        let dict = DictObject()
        for (key, value) in pairs { try dict.set(.string(key), .string(value), a.machine) }
        return .object(dict)
      },
      Native("get_tensor(self, name: str)", "The tensor of a name.") { a in
        let own = try a.receiver(SafetensorsFile.self)
        guard let tensor = try own.file.tensor(a.string(1)) else {
          throw FileErrors.raise(
            FileErrors.safetensors, "File does not contain tensor \(try a.string(1))", a.machine)
        }
        return SafetensorsDoor.value(tensor, own.flavor, a.machine)
      },
      Native("__enter__(self)", "Begins a block.") { a in a[0] },
      Native("__exit__(self, kind, value, traceback)", "Ends a block.") { _ in .bool(false) },
    ])
}
