/// A class: of the language's own, of a library, or written in the language.
public final class TypeObject: Object {
  public let name: String
  /// The module that `repr` shows: `__main__`, `builtins`, `torch`...
  public let module: String
  /// Whether a program wrote the class.
  let isOfProgram: Bool
  /// Whether a program wrote all its bases too, but for `object`.
  let isWhollyOfProgram: Bool
  public let base: TypeObject?
  public let doc: String?
  /// The kind of the objects of a built-in type; nil for classes whose objects are instances.
  let builtinKind: BuiltinKind?
  /// Whether an instance keeps its attributes in a dictionary that a program holds: then no cache may
  /// rely on the absence of an attribute.
  private(set) var hasDictionaries = false
  /// Makes an empty object of this class or of a subclass; inherited.
  public var allocate: ((TypeObject) -> Instance)? {
    didSet {
      ownsAllocation = true
      constructionCache = nil
    }
  }
  /// Whether this class, not a base, says how its objects are made.
  private var ownsAllocation = false
  /// The class of this class where it is not `type` itself: what makes `len(Color)` and `for c in
  /// Color` work for enumerations; inherited.
  public var metatype: TypeObject? { didSet { constructionCache = nil } }
  /// A built-in class that this one counts as besides its bases; inherited.
  public var virtualBase: TypeObject?
  /// The abstract methods that are still missing; nil for classes that know nothing of `abc`.
  var abstractNames: [String]? { didSet { constructionCache = nil } }
  /// The name in error messages where it is not `name`: CPython shows the module of types that are
  /// written in C (`collections.deque`).
  public var shownName: String?
  /// Whether it is a class of a program that derives from a built-in type; see `DerivedInstance`.
  final var isDerived = false
  /// Whether programs may derive from it.
  public var isSubclassable = true
  /// Called when an attribute of an instance is set, before it is stored; inherited. Gives true when
  /// it has stored the value itself (a module registering its parameters and children).
  public var willSetAttribute: ((Instance, String, Value, Machine) throws -> Bool)?
  /// Asked for attributes that neither the instance nor its class has; inherited.
  public var missingAttribute: ((Instance, String, Machine) throws -> Value?)?

  /// Changes whenever an attribute of this class or of a base changes: what inline caches compare.
  @exclusivity(unchecked) private(set) var stamp: Int
  /// Where instances keep their attributes: name to slot. Only grows.
  private(set) var slots: [Name: Int] = [:]
  private(set) var slotNames: [Name] = []

  private var attributes: [Name: Value] = [:]
  private(set) var attributeOrder: [Name] = []
  /// Living subclasses. Not weak references: those would move the reference counts of classes into
  /// side tables and make every retain of a class slow. A subclass strikes itself out when it dies.
  private var subclasses: [Unmanaged<TypeObject>] = []
  /// How the loop makes objects of this class; found when first called, gone with `changed`.
  @exclusivity(unchecked) private var constructionCache: Construction? {
    didSet { if constructionCache == nil { plainTextCache = nil } }
  }
  @exclusivity(unchecked) private var plainTextCache: Bool?
  /// Special methods by number, looked up once; nil where nothing was looked up yet.
  private var specials: [Value?]
  /// For `specialFunction`: an address, 0 for none, 1 where nothing was looked up yet.
  private let functionPlaces: UnsafeMutablePointer<UInt>
  /// This class and its bases, for quick tests; the bases live as long as this class.
  private let lineagePlaces: UnsafeMutablePointer<UnsafeRawPointer>
  private let lineageCount: Int

  public init(
    name: String, module: String, base: TypeObject?, doc: String? = nil,
    builtinKind: BuiltinKind? = nil
  ) {
    self.name = name
    self.module = module
    isOfProgram = module == "__main__"
    isWhollyOfProgram = isOfProgram && (base?.base == nil || base?.isWhollyOfProgram == true)
    self.base = base
    self.doc = doc
    self.builtinKind = builtinKind ?? base?.builtinKind
    stamp = TypeObject.nextStamp()
    specials = Array(repeating: nil, count: Special.allCases.count)
    lineageCount = (base?.lineageCount ?? 0) + 1
    lineagePlaces = .allocate(capacity: lineageCount)
    functionPlaces = .allocate(capacity: Special.allCases.count)
    functionPlaces.initialize(repeating: 1, count: Special.allCases.count)
    super.init(kind: .type)
    lineagePlaces.initialize(to: UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque()))
    if let base {
      (lineagePlaces + 1).initialize(from: base.lineagePlaces, count: base.lineageCount)
    }
    allocate = base?.allocate
    willSetAttribute = base?.willSetAttribute
    missingAttribute = base?.missingAttribute
    metatype = base?.metatype
    virtualBase = base?.virtualBase
    base?.subclasses.append(.passUnretained(self))
    track()
  }

  /// The living classes that derive directly from this one, in the order of their making.
  var derived: [TypeObject] { subclasses.map { $0.takeUnretainedValue() } }

  deinit {
    let own = Unmanaged.passUnretained(self).toOpaque()
    base?.subclasses.removeAll { $0.toOpaque() == own }
    lineagePlaces.deallocate()
    functionPlaces.deallocate()
  }

  public override func surrender(into heap: inout [Value]) {
    heap.append(contentsOf: attributes.values)
    attributes = [:]
    for index in specials.indices {
      if let value = specials[index] { heap.append(value) }
      specials[index] = nil
    }
  }

  public override func visit(_ visitor: ReferenceVisitor) {
    visitor.visit(base)
    visitor.visit(metatype)
    visitor.visit(virtualBase)
    visitor.visit(&attributes)
    if visitor.isSoleOwner(&specials) {
      for case .some(let value) in specials { visitor.visit(value) }
    }
  }

  private static func nextStamp() -> Int { StampSource.next() }

  // MARK: - Attributes of the class

  /// The attribute of this class or of its nearest base.
  func lookup(_ name: Name) -> Value? {
    var type: TypeObject? = self
    while let current = type {
      if let value = current.attributes[name] { return value }
      type = current.base
    }
    return nil
  }

  public func lookup(_ name: String) -> Value? { lookup(Name(name)) }

  func own(_ name: Name) -> Value? { attributes[name] }

  func set(_ name: Name, _ value: Value?) {
    if let value {
      if attributes.updateValue(value, forKey: name) == nil { attributeOrder.append(name) }
    } else if attributes.removeValue(forKey: name) != nil {
      attributeOrder.removeAll { $0 == name }
    }
    changed()
  }

  public func set(_ name: String, _ value: Value) { set(Name(name), value) }

  private func changed() {
    stamp = TypeObject.nextStamp()
    constructionCache = nil
    for index in specials.indices {
      specials[index] = nil
      functionPlaces[index] = 1
    }
    for subclass in subclasses { subclass._withUnsafeGuaranteedRef { $0.changed() } }
  }

  /// The special method, looked up on the class alone as Python does; nil when there is none.
  func special(_ special: Special) -> Value? {
    if let known = specials[special.rawValue] { return known.isUndefined ? nil : known }
    let found = lookup(special.name)
    specials[special.rawValue] = found ?? .undefined
    return found
  }

  /// Whether this class or one of its bases is the class at `other`; nil where a class also counts
  /// as another one.
  @inline(__always)
  func descends(from other: UnsafeRawPointer) -> Bool? {
    for index in 0..<lineageCount where lineagePlaces[index] == other { return true }
    return virtualBase == nil ? false : nil
  }

  /// Whether this is a built-in exception class or derives from it.
  func isException(_ kind: ExceptionKind, _ types: BuiltinTypes) -> Bool {
    descends(from: UnsafeRawPointer(Unmanaged.passUnretained(types.exception(kind)).toOpaque()))
      ?? isSubclass(of: types.exception(kind))
  }

  /// What calling the class comes to.
  enum Construction {
    /// The general way (`Machine.construct`).
    case general
    /// A native constructor that the machine knows by heart.
    case shortcut(Shortcut)
    /// An exception that keeps its arguments and does nothing else.
    case exception
    /// A plain object, then `__init__`, which is a function of the program.
    case plain(Unmanaged<FunctionObject>)
  }

  /// The attributes of the class keep `__init__` alive as long as the answer holds.
  @inline(__always) var construction: Construction { constructionCache ?? findConstruction() }

  private func findConstruction() -> Construction {
    var result = Construction.general
    if metatype?.special(.call) == nil {
      if case .object(let new)? = special(.new) {
        if new.kind == .native, special(.`init`) == nil, own(Special.new.name) != nil {
          result = .shortcut(unsafeDowncast(new, to: NativeFunction.self).shortcut)
        }
      } else if special(.new) == nil, builtinKind == .exception, isPlainException {
        result = .exception
      } else if special(.new) == nil, makesPlainObjects, abstractNames?.isEmpty ?? true,
        case .object(let initializer)? = special(.`init`), initializer.kind == .function
      {
        let function = unsafeDowncast(initializer, to: FunctionObject.self)
        if !function.code.isGenerator { result = .plain(.passUnretained(function)) }
      }
    }
    constructionCache = result
    return result
  }

  /// Whether `str()` of an exception with one text as its argument is that text.
  func showsItsText(_ types: BuiltinTypes) -> Bool {
    if let plainTextCache { return plainTextCache }
    let special: [ExceptionKind] = [.keyError, .unicodeError, .osError, .syntaxError]
    let result =
      builtinKind == .exception && self.special(.str) == nil
      && !special.contains { isException($0, types) }
    plainTextCache = result
    return result
  }

  /// Whether `__init__` is `BaseException`'s own.
  private var isPlainException: Bool {
    var root = self
    while let base = root.base, base.builtinKind == .exception { root = base }
    guard let own = root.own(Special.`init`.name), let used = special(.`init`) else { return false }
    return own.isIdentical(to: used)
  }

  /// The special method where it is a function of the program that takes `count` arguments as they
  /// stand; nil for all others. The class keeps it alive.
  @inline(__always)
  func specialFunction(_ special: Special, count: Int) -> Unmanaged<FunctionObject>? {
    let known = functionPlaces[special.rawValue]
    let place = known == 1 ? findFunction(special) : known
    guard place != 0, let raw = UnsafeRawPointer(bitPattern: place) else { return nil }
    let function = Unmanaged<FunctionObject>.fromOpaque(raw)
    let fits = function._withUnsafeGuaranteedRef {
      $0.header.pointee.plainCount == count && !$0.header.pointee.isGenerator
    }
    return fits ? function : nil
  }

  @inline(never) private func findFunction(_ special: Special) -> UInt {
    var place: UInt = 0
    if case .object(let object)? = self.special(special), object.kind == .function {
      place = UInt(bitPattern: Unmanaged.passUnretained(object).toOpaque())
    }
    functionPlaces[special.rawValue] = place
    return place
  }

  /// Whether objects are plain `Instance`s: no library makes them.
  var makesPlainObjects: Bool {
    var type: TypeObject = self
    while let base = type.base {
      if type.ownsAllocation { return false }
      type = base
    }
    return type.builtinKind == .object
  }

  public func isSubclass(of other: TypeObject) -> Bool {
    var type: TypeObject? = self
    while let current = type {
      if current === other || current.virtualBase === other { return true }
      type = current.base
    }
    return false
  }

  /// This class and its bases, nearest first.
  public var lineage: [TypeObject] {
    var result: [TypeObject] = []
    var type: TypeObject? = self
    while let current = type {
      result.append(current)
      type = current.base
    }
    return result
  }

  /// The name with those of the functions and classes around it: `make.<locals>.Point`.
  public var placedName: String { own(TypeObject.qualname)?.swiftString ?? name }
  private static let qualname = Name("__qualname__")

  /// The name that `repr` shows: `Point` in `__main__` is `__main__.Point`.
  public var qualifiedName: String {
    module == "builtins" ? name : "\(module).\(placedName)"
  }

  // MARK: - Slots of instances

  @inline(__always) func slot(_ name: Name) -> Int? { slots[name] }

  /// Called when an instance begins to keep its attributes in a dictionary.
  func noteDictionary() {
    if hasDictionaries { return }
    hasDictionaries = true
    changed()
  }

  func addSlot(_ name: Name) -> Int {
    let index = slotNames.count
    slots[name] = index
    slotNames.append(name)
    // An instance attribute may now hide one of the class that caches hold.
    if lookup(name) != nil { changed() }
    return index
  }
}

import Synchronization

/// Numbers that are never given twice.
enum StampSource {
  private static let counter = Atomic<Int>(1)
  static func next() -> Int { counter.wrappingAdd(1, ordering: .relaxed).newValue }
}

/// The built-in types that have values of their own shape.
public enum BuiltinKind: Sendable {
  case object, none, int, float, bool, string, bytes, list, tuple, dict, set, frozenSet, range, slice
  case function, native, method, type, module, ellipsis, notImplemented, property, staticMethod
  case classMethod, superProxy, generator, iterator, dictView, exception
}

/// The special methods that the machine itself calls.
enum Special: Int, CaseIterable {
  case new, `init`, repr, str, format, hash, bool, len, call, iter, next, contains, getitem, setitem
  case delitem, getattr, getattribute, setattr, delattr, enter, exit, eq, ne, lt, le, gt, ge
  case add, sub, mul, truediv, floordiv, mod, pow, matmul, and, or, xor, lshift, rshift
  case radd, rsub, rmul, rtruediv, rfloordiv, rmod, rpow, rmatmul, rand, ror, rxor, rlshift, rrshift
  case iadd, isub, imul, itruediv, ifloordiv, imod, ipow, imatmul, iand, ior, ixor, ilshift, irshift
  case neg, pos, invert, abs, int, float, index, round, divmod, rdivmod, reversed, missing
  case get, set, del, initSubclass, classGetitem, setName, trunc, floor, ceil

  static let names: [Name] = allCases.map { Name(text(of: $0)) }
  var name: Name { Special.names[rawValue] }

  private static func text(of special: Special) -> String {
    switch special {
    case .initSubclass: "__init_subclass__"
    case .classGetitem: "__class_getitem__"
    case .setName: "__set_name__"
    default: "__\(special)__"
    }
  }
}
