/// The module `hashlib`: fingerprints of bytes.
enum HashModule {
  static let table = ModuleTable(
    "hashlib", doc: "Fingerprints of bytes.",
    entries: algorithms.map { .function(constructor($0)) } + [
      .function(
        Native("new(name, data=b'', *, usedforsecurity=True)", "A hash by its name.",
          example: "hashlib.new('md5', b'abc').hexdigest()"
        ) { a in
          let name = try a.string(0).lowercased()
          guard let algorithm = algorithms.first(where: { $0.name == name }) else {
            throw Raise(.valueError, "unsupported hash type \(try a.string(0))")
          }
          return try make(algorithm, a[1], a.machine)
        }),
      .value(name: "algorithms_available", doc: "The names of the hashes.") { machine in
        try names(machine)
      },
      .value(name: "algorithms_guaranteed", doc: "The names of the hashes.") { machine in
        try names(machine)
      },
    ])

  private static func names(_ machine: Machine) throws(Raise) -> Value {
    let set = SetObject()
    for algorithm in algorithms { try set.add(.string(algorithm.name), machine) }
    return .object(set)
  }

  private struct Algorithm: Sendable {
    let name: String
    let size: Int
    let block: Int
    let digest: @Sendable ([UInt8]) -> [UInt8]
  }

  private static let algorithms: [Algorithm] = [
    Algorithm(name: "md5", size: 16, block: 64, digest: Digests.md5),
    Algorithm(name: "sha1", size: 20, block: 64, digest: Digests.sha1),
    Algorithm(name: "sha224", size: 28, block: 64, digest: Digests.sha224),
    Algorithm(name: "sha256", size: 32, block: 64, digest: Digests.sha256),
    Algorithm(name: "sha512", size: 64, block: 128, digest: SHA512.digest),
  ]

  private final class HashObject: Instance {
    var algorithm: Algorithm?
    var message: [UInt8] = []
    var digest: [UInt8] { algorithm?.digest(message) ?? [] }
  }

  private static func constructor(_ algorithm: Algorithm) -> Native {
    Native(
      "\(algorithm.name)(string=b'', *, usedforsecurity=True)",
      "A \(algorithm.name) hash of bytes.",
      example: "hashlib.\(algorithm.name)(b'abc').hexdigest()"
    ) { a in try make(algorithm, a[0], a.machine) }
  }

  private static func make(
    _ algorithm: Algorithm, _ data: Value, _ machine: Machine
  ) throws(Raise) -> Value {
    let result = HashObject(machine.type(object))
    result.algorithm = algorithm
    result.message = try bytes(data, machine)
    return .object(result)
  }

  /// The bytes of an argument, in the words of the original.
  private static func bytes(_ value: Value, _ machine: Machine) throws(Raise) -> [UInt8] {
    if let bytes = value.bytesLike { return bytes }
    if value.asString != nil {
      throw Raise(
        .typeError, "Strings must be encoded before hashing",
        hint: "encode the text first: text.encode()")
    }
    throw Raise(.typeError, "object supporting the buffer API required")
  }

  private static let object: TypeTable = TypeTable(
    "HASH", module: "_hashlib", doc: "A hash that can be fed.", isSubclassable: false,
    showsModule: true,
    properties: [
      NativeProperty("name", "The name of the hash.") { value, _ in
        .string((value.asInstance as? HashObject)?.algorithm?.name ?? "")
      },
      NativeProperty("digest_size", "How many bytes the digest has.") { value, _ in
        .int((value.asInstance as? HashObject)?.algorithm?.size ?? 0)
      },
      NativeProperty("block_size", "How many bytes go in at a time.") { value, _ in
        .int((value.asInstance as? HashObject)?.algorithm?.block ?? 0)
      },
    ],
    methods: [
      Native("update(self, data, /)", "Feeds more bytes.") { a in
        let hash: HashObject = try a.receiver()
        let more = try bytes(a[1], a.machine)
        try a.machine.charge(hash.message.count + more.count, "the message")
        hash.message += more
        return .none
      },
      Native("digest(self, /)", "The hash as bytes.") { a in
        let hash: HashObject = try a.receiver()
        return .object(BytesObject(hash.digest))
      },
      Native("hexdigest(self, /)", "The hash in hexadecimal.") { a in
        let hash: HashObject = try a.receiver()
        return .string(Base64Module.hexadecimal(hash.digest))
      },
      Native("copy(self, /)", "A hash that goes on from here.") { a in
        let hash: HashObject = try a.receiver()
        let copy = HashObject(hash.type)
        copy.algorithm = hash.algorithm
        copy.message = hash.message
        return .object(copy)
      },
      Native("__repr__(self)", "The name of the hash.") { a in
        let hash: HashObject = try a.receiver()
        return .string(
          "<\(hash.algorithm?.name ?? "") _hashlib.HASH object @ \(a.machine.address(hash))>")
      },
    ])
}
