/// The module `weakref`: references that do not keep their object.
enum WeakReferenceModule {
  static let table = ModuleTable(
    "weakref", doc: "References that do not keep their object.",
    entries: [.type(reference), .alias("ReferenceType", of: "ref")])

  /// Objects that a program makes of its own classes; plain values cannot be referred to weakly.
  private final class ReferenceObject: Instance {
    weak var target: Object?
    var hash: Int?
  }

  private static func target(_ a: Arguments) throws(Raise) -> Value? {
    try a.receiver(ReferenceObject.self).target.map { .object($0) }
  }

  private static let reference = TypeTable(
    "ref", module: "weakref", doc: "A reference that does not keep its object.",
    allocate: { ReferenceObject($0) },
    methods: [
      Native("__init__(self, object, callback=None, /)", "Refers to an object.") { a in
        guard case .object(let object) = a[1], refersWeakly(object) else {
          throw Raise(
            .typeError, "cannot create weak reference to '\(a.machine.typeName(a[1]))' object")
        }
        if !a[2].isNone {
          throw Raise(
            .notImplementedError, "weakref.ref: a callback is not supported: ask the reference")
        }
        try a.receiver(ReferenceObject.self).target = object
        return .none
      },
      Native("__call__(self)", "The object, or None when it is gone.") { a in
        try target(a) ?? .none
      },
      Native("__eq__(self, other)", "Whether both lead to equal objects.") { a in
        guard let other = a[1].asInstance as? ReferenceObject else { return .notImplemented }
        guard let left = try target(a), let right = other.target else {
          return .bool(try a.receiver(ReferenceObject.self) === other)
        }
        return .bool(try a.machine.equals(left, .object(right)))
      },
      Native("__hash__(self)", "The hash of the object.") { a in
        let reference = try a.receiver(ReferenceObject.self)
        if let known = reference.hash { return .int(known) }
        guard let object = reference.target else {
          throw Raise(.typeError, "weak object has gone away")
        }
        let hash = try a.machine.hash(.object(object))
        reference.hash = hash
        return .int(hash)
      },
    ])

  private static func refersWeakly(_ object: Object) -> Bool {
    switch object.kind {
    case .instance, .exception, .function, .type, .set, .frozenSet, .generator, .module: true
    default: false
    }
  }
}
