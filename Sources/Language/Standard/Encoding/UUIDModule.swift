#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

import BigInt

/// The module `uuid`: identifiers of 128 bits.
enum UUIDModule {
  static let table = ModuleTable(
    "uuid", doc: "Identifiers of 128 bits.",
    entries: [
      .type(type),
      .function(
        Native("uuid4()", "A random identifier.", example: "import uuid\nuuid.uuid4().version") { a in
          var generator = SystemRandomNumberGenerator()
          let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &generator) }
          return make(bytes, version: 4, a.machine)
        }),
      .function(
        Native("uuid3(namespace, name)", "The identifier of a name, by MD5.",
          example: "import uuid\nstr(uuid.uuid3(uuid.NAMESPACE_DNS, 'a.org'))"
        ) { a in make(Array(try named(a, Digests.md5)), version: 3, a.machine) }),
      .function(
        Native("uuid5(namespace, name)", "The identifier of a name, by SHA-1.",
          example: "import uuid\nstr(uuid.uuid5(uuid.NAMESPACE_DNS, 'a.org'))"
        ) { a in make(Array(try named(a, Digests.sha1).prefix(16)), version: 5, a.machine) }),
      namespace("NAMESPACE_DNS", 0x10), namespace("NAMESPACE_URL", 0x11),
      namespace("NAMESPACE_OID", 0x12), namespace("NAMESPACE_X500", 0x14),
    ])

  private final class UUIDObject: Instance {
    var bytes = [UInt8](repeating: 0, count: 16)

    var text: String {
      let digits = Array(Base64Module.hexadecimal(bytes))
      return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }
        .joined(separator: "-")
    }
    var number: BigInt { bytes.reduce(BigInt(0)) { $0 * 256 + BigInt($1) } }
  }

  private static func make(
    _ bytes: [UInt8], version: UInt8?, _ machine: Machine
  ) -> Value {
    let result = UUIDObject(machine.type(type))
    result.bytes = bytes
    if let version {
      result.bytes[6] = bytes[6] & 0x0F | version << 4
      result.bytes[8] = bytes[8] & 0x3F | 0x80
    }
    return .object(result)
  }

  /// The four name spaces of RFC 4122 differ in one byte.
  private static func namespace(_ name: String, _ last: UInt8) -> ModuleEntry {
    .value(name: name, doc: "A name space for names.") { machine in
      make(
        [0x6b, 0xa7, 0xb8, last, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0, 0xc0, 0x4f, 0xd4, 0x30, 0xc8],
        version: nil, machine)
    }
  }

  private static func named(
    _ a: Arguments, _ digest: ([UInt8]) -> [UInt8]
  ) throws(Raise) -> [UInt8] {
    guard let space = a[0].asInstance as? UUIDObject else {
      throw Raise(.attributeError, "'\(a.machine.typeName(a[0]))' object has no attribute 'bytes'")
    }
    return digest(space.bytes + Array(try a.string(1).utf8))
  }

  private static func comparison(_ name: String, _ op: UInt8) -> Native {
    Native("__\(name)__(self, other)", "Compares as numbers.") { a in
      let left: UUIDObject = try a.receiver()
      guard let right: UUIDObject = a.instance(1) else { return .notImplemented }
      let order = left.number < right.number ? -1 : left.number == right.number ? 0 : 1
      return .bool(Machine.compareInts(op, order, 0))
    }
  }

  private static func property(
    _ name: String, _ doc: String, _ get: @escaping (UUIDObject) -> Value
  ) -> NativeProperty {
    NativeProperty(name, doc) { value, _ in
      (value.asInstance as? UUIDObject).map(get) ?? .none
    }
  }

  private static let type: TypeTable = TypeTable(
    "UUID", module: "uuid", doc: "An identifier of 128 bits.", allocate: { UUIDObject($0) },
    properties: [
      property("hex", "The digits without hyphens.") { .string(Base64Module.hexadecimal($0.bytes)) },
      property("int", "The identifier as a number.") { .integer($0.number) },
      property("bytes", "The identifier as bytes.") { .object(BytesObject($0.bytes)) },
      property("version", "How it was made.") {
        $0.bytes[8] & 0xC0 == 0x80 ? .int(Int($0.bytes[6] >> 4)) : .none
      },
      property("urn", "The identifier as a URN.") { .string("urn:uuid:" + $0.text) },
    ],
    methods: [
      Native("__init__(self, hex=None, bytes=None, *, int=None, version=None)",
        "From digits, bytes or a number.",
        example: "import uuid\nuuid.UUID('12345678123456781234567812345678')"
      ) { a in
        let own: UUIDObject = try a.receiver()
        if !a[1].isNone {
          let digits = try a.string(1).replacing("urn:", with: "").replacing("uuid:", with: "")
            .filter { !"{}-".contains($0) }
          let bytes = Array(digits.utf8)
          guard bytes.count == 32 else {
            throw Raise(.valueError, "badly formed hexadecimal UUID string")
          }
          for index in 0..<16 {
            let pair = String(decoding: bytes[(2 * index)..<(2 * index + 2)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else {
              throw Raise(
                .valueError,
                "invalid literal for int() with base 16: \(try a.machine.repr(.string(digits)))")
            }
            own.bytes[index] = byte
          }
        } else if case .object(let object) = a[2], object.kind == .bytes {
          let bytes = unsafeDowncast(object, to: BytesObject.self).bytes
          if bytes.count != 16 { throw Raise(.valueError, "bytes is not a 16-char string") }
          own.bytes = bytes
        } else if !a[3].isNone {
          var number = try a.integer(3)
          if number < 0 || number >> 128 != 0 {
            throw Raise(.valueError, "int is out of range (need a 128-bit value)")
          }
          for index in (0..<16).reversed() {
            own.bytes[index] = UInt8(truncatingIfNeeded: UInt64(number & 0xFF))
            number >>= 8
          }
        } else {
          throw Raise(
            .typeError,
            "one of the hex, bytes, bytes_le, fields, or int arguments must be given")
        }
        return .none
      },
      Native("__str__(self)", "The digits with hyphens.") { a in
        let own: UUIDObject = try a.receiver()
        return .string(own.text)
      },
      Native("__repr__(self)", "The identifier as one would write it.") { a in
        let own: UUIDObject = try a.receiver()
        return .string("UUID('\(own.text)')")
      },
      Native("__hash__(self)", "The hash of the number.") { a in
        let own: UUIDObject = try a.receiver()
        return .int(Floats.hash(own.number))
      },
      Native("__int__(self)", "The identifier as a number.") { a in
        let own: UUIDObject = try a.receiver()
        return .integer(own.number)
      },
      comparison("eq", 0), comparison("lt", 2), comparison("le", 3), comparison("gt", 4),
      comparison("ge", 5),
    ])
}
