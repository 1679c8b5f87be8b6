/// A computed attribute of a library type.
public struct NativeProperty: @unchecked Sendable {
  public let name: String
  public let doc: String
  let get: (Value, Machine) throws -> Value
  let set: ((Value, Value, Machine) throws -> Void)?

  public init(
    _ name: String, _ doc: String, get: @escaping (Value, Machine) throws -> Value,
    set: ((Value, Value, Machine) throws -> Void)? = nil
  ) {
    self.name = name
    self.doc = doc
    self.get = get
    self.set = set
  }
}

/// A type of a library as a table: what its objects can do.
///
/// Methods are rows whose first parameter is `self`; operators are the same under their special
/// names (`__add__(self, other)`), constructors `__init__` (after `allocate` made the object) or
/// `__new__(cls, ...)` (which makes it).
public final class TypeTable: @unchecked Sendable {
  public let name: String
  public let module: String
  public let doc: String
  public let base: TypeTable?
  /// The built-in class that the type derives from (`dict`, `ValueError`); nil for `object`.
  public let baseName: String?
  /// A built-in class that `isinstance` sees besides the bases (`int` for `IntEnum`).
  public let virtualBaseName: String?
  /// The class of the class (`EnumType`); nil for `type`, or for what the base has.
  public let metatype: TypeTable?
  /// Whether errors name the type with its module, as CPython's do for types written in C.
  public let showsModule: Bool
  public let methods: [Native]
  public let properties: [NativeProperty]
  /// Constants of the class.
  public let values: [(name: String, make: (Machine) -> Value)]
  /// Rows that are static (`@staticmethod`).
  public let statics: [Native]
  /// Rows that take the class first (`@classmethod`).
  public let classMethods: [Native]
  let allocate: ((TypeObject) -> Instance)?
  let isSubclassable: Bool
  let willSetAttribute: ((Instance, String, Value, Machine) throws -> Bool)?
  let missingAttribute: ((Instance, String, Machine) throws -> Value?)?

  public init(
    _ name: String, module: String, doc: String, base: TypeTable? = nil,
    isSubclassable: Bool = true, baseName: String? = nil, showsModule: Bool = false,
    virtualBaseName: String? = nil, metatype: TypeTable? = nil, allocate: ((TypeObject) -> Instance)? = nil,
    willSetAttribute: ((Instance, String, Value, Machine) throws -> Bool)? = nil,
    missingAttribute: ((Instance, String, Machine) throws -> Value?)? = nil,
    values: [(name: String, make: (Machine) -> Value)] = [],
    properties: [NativeProperty] = [], statics: [Native] = [], classMethods: [Native] = [],
    methods: [Native] = []
  ) {
    self.name = name
    self.module = module
    self.doc = doc
    self.base = base
    self.baseName = baseName
    self.showsModule = showsModule
    self.virtualBaseName = virtualBaseName
    self.metatype = metatype
    self.isSubclassable = isSubclassable
    self.allocate = allocate
    self.willSetAttribute = willSetAttribute
    self.missingAttribute = missingAttribute
    self.values = values
    self.properties = properties
    self.statics = statics
    self.classMethods = classMethods
    self.methods = methods
  }
}

/// A name of a module.
public enum ModuleEntry: @unchecked Sendable {
  case function(Native)
  case type(TypeTable)
  /// The same thing under another name (`concat` for `cat`).
  case alias(String, of: String)
  case value(name: String, doc: String, make: (Machine) throws -> Value)

  public var name: String {
    switch self {
    case .function(let row): row.name
    case .type(let table): table.name
    case .alias(let name, of: _): name
    case .value(let name, doc: _, make: _): name
    }
  }

  public var doc: String {
    switch self {
    case .function(let row): row.doc
    case .type(let table): table.doc
    case .alias(_, let target): "The same as \(target)."
    case .value(_, let doc, _): doc
    }
  }
}

/// A door, or a part of one (`torch.nn`), as a table of names.
public final class ModuleTable: @unchecked Sendable {
  /// The full dotted name.
  public let name: String
  public let doc: String
  public let entries: [ModuleEntry]
  /// Other names under which the module can be imported.
  public let aliases: [String]
  let index: [String: Int]

  public init(_ name: String, doc: String, aliases: [String] = [], entries: [ModuleEntry]) {
    self.name = name
    self.doc = doc
    self.aliases = aliases
    self.entries = entries
    index = Dictionary(
      entries.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
  }

  public subscript(name: String) -> ModuleEntry? { index[name].map { entries[$0] } }
}
