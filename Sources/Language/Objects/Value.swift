import BigInt

/// A value of the language: scalars unboxed, everything else a reference.
///
/// 16 bytes. The machine's loop reads the tag and the payload raw (see `RawValue`): a `switch` over
/// the enum would retain and release objects that a fast path never looks at. The layout that this
/// relies on is checked when a machine starts; where it ever differs, the loop takes its slow paths.
public enum Value: @unchecked Sendable {
  case int(Int)
  case float(Double)
  case object(Object)
  case bool(Bool)
  case none
  /// No value: an unbound local, an argument that was not given. Programs never see it.
  case undefined
}

/// Raw access to the tag and payload of values in memory.
enum RawTag {
  static let int: UInt8 = 0
  static let float: UInt8 = 1
  static let object: UInt8 = 2
  static let bool: UInt8 = 3
  static let empty: UInt8 = 4
  /// Objects begin with their class and reference counts; `kind` is the first field of all.
  static let kindOffset = 16

  /// Whether the compiler lays `Value` out as the machine's fast paths expect.
  static func layoutHolds() -> Bool {
    func check(_ value: Value, tag: UInt8, payload: UInt64?) -> Bool {
      withUnsafeBytes(of: value) { bytes in
        bytes.load(fromByteOffset: 8, as: UInt8.self) == tag
          && (payload == nil || bytes.load(as: UInt64.self) == payload)
      }
    }
    func kindsHold() -> Bool {
      let iterator = RangeIterator(current: 0, left: 0, step: 1)
      let list = ListObject([])
      return [iterator as Object, list, StringObject("x")].allSatisfy { object in
        let raw = UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque())
        return raw.load(fromByteOffset: kindOffset, as: UInt8.self) == object.kind.rawValue
          && raw.load(as: UInt.self) == unsafeBitCast(Swift.type(of: object), to: UInt.self)
      }
    }
    return MemoryLayout<Value>.stride == 16 && MemoryLayout<Value>.size == 9
      && check(.int(-7), tag: int, payload: UInt64(bitPattern: -7))
      && check(.float(1.5), tag: float, payload: (1.5).bitPattern)
      && check(.object(StringObject("x")), tag: object, payload: nil)
      && withUnsafeBytes(of: Value.bool(true)) {
        $0.load(fromByteOffset: 8, as: UInt8.self) == bool && $0[0] & 1 == 1
      }
      && kindsHold() && Counting.layoutHolds() && StringObject.layoutHolds() && PlainInstance.layoutHolds() && DictObject.layoutHolds() && check(.none, tag: empty, payload: 0)
      && check(.undefined, tag: empty, payload: 1)
  }
}

typealias Registers = UnsafeMutablePointer<Value>

extension UnsafeMutablePointer where Pointee == Value {
  @inline(__always) var tag: UInt8 {
    UnsafeRawPointer(self).load(fromByteOffset: 8, as: UInt8.self)
  }
  @inline(__always) var rawInt: Int { UnsafeRawPointer(self).load(as: Int.self) }
  @inline(__always) var rawDouble: Double { UnsafeRawPointer(self).load(as: Double.self) }
  /// The reference of an object, without retaining it.
  @inline(__always) var rawObject: UnsafeRawPointer {
    UnsafeRawPointer(self).load(as: UnsafeRawPointer.self)
  }
  /// The kind of an object, read from its first field.
  @inline(__always) var rawKind: UInt8 {
    rawObject.load(fromByteOffset: RawTag.kindOffset, as: UInt8.self)
  }
  /// The class of an object, for exact tests.
  @inline(__always) var rawClass: UInt { rawObject.load(as: UInt.self) }
  /// Uses the object in place, unretained. Only where nothing can release it meanwhile.
  @inline(__always)
  func borrow<T: Object, R>(_ type: T.Type, _ body: (T) -> R) -> R {
    Unmanaged<T>.fromOpaque(rawObject)._withUnsafeGuaranteedRef(body)
  }
  @inline(__always) var rawBool: Bool { UnsafeRawPointer(self).load(as: UInt8.self) & 1 != 0 }

  /// Stores a scalar, releasing what was there only when it was an object.
  @inline(__always) func setInt(_ value: Int) {
    discard()
    initialize(to: .int(value))
  }
  @inline(__always) func setFloat(_ value: Double) {
    discard()
    initialize(to: .float(value))
  }
  @inline(__always) func setBool(_ value: Bool) {
    discard()
    initialize(to: .bool(value))
  }
  @inline(__always) func clear() { drop() }
  @inline(__always) var isUndefined: Bool { tag == RawTag.empty && rawInt == 1 }
}

extension Value {
  @inline(__always) public var isUndefined: Bool { if case .undefined = self { true } else { false } }
  public var isNone: Bool { if case .none = self { true } else { false } }
  /// Whether an argument was given.
  public var isGiven: Bool { !isUndefined }

  /// The object, nil for scalars.
  @inline(__always) public var object: Object? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The kind of object; nil for scalars.
  @inline(__always) var kind: ObjectKind? {
    if case .object(let object) = self { object.kind } else { nil }
  }

  @inline(__always) public var asString: StringObject? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .string { return unsafeDowncast(object, to: StringObject.self) }
    return object.kind == .instance ? Value.payload(object, .string, as: StringObject.self) : nil
  }
  @inline(__always) public var asList: ListObject? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .list { return unsafeDowncast(object, to: ListObject.self) }
    return object.kind == .instance ? Value.payload(object, .list, as: ListObject.self) : nil
  }
  @inline(__always) public var asTuple: TupleObject? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .tuple { return unsafeDowncast(object, to: TupleObject.self) }
    return object.kind == .instance ? Value.payload(object, .tuple, as: TupleObject.self) : nil
  }
  @inline(__always) public var asDict: DictObject? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .dict { return unsafeDowncast(object, to: DictObject.self) }
    return object.kind == .instance ? Value.payload(object, .dict, as: DictObject.self) : nil
  }
  @inline(__always) public var asSet: SetObject? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .set || object.kind == .frozenSet {
      return unsafeDowncast(object, to: SetObject.self)
    }
    return object.kind == .instance
      ? Value.payload(object, .set, as: SetObject.self)
        ?? Value.payload(object, .frozenSet, as: SetObject.self) : nil
  }
  @inline(__always) public var asType: TypeObject? {
    guard case .object(let object) = self, object.kind == .type else { return nil }
    return unsafeDowncast(object, to: TypeObject.self)
  }
  @inline(__always) var asBigInt: BigIntObject? {
    guard case .object(let object) = self else { return nil }
    if object.kind == .bigInt { return unsafeDowncast(object, to: BigIntObject.self) }
    return object.kind == .instance ? Value.payload(object, .bigInt, as: BigIntObject.self) : nil
  }
  /// An instance of a class of the language or of a library type.
  @inline(__always) public var asInstance: Instance? {
    guard case .object(let object) = self, object.kind.isInstance else { return nil }
    return unsafeDowncast(object, to: Instance.self)
  }
  @inline(__always) public var asException: ExceptionObject? {
    guard case .object(let object) = self, object.kind == .exception else { return nil }
    return unsafeDowncast(object, to: ExceptionObject.self)
  }
  /// The Swift text of a string.
  public var swiftString: String? { asString?.swiftString }

  /// An integer that fits in 64 bits (a bool counts as one, as in Python).
  @inline(__always) public var asInt: Int? {
    switch self {
    case .int(let value): value
    case .bool(let value): value ? 1 : 0
    case .object(let object): object.kind == .instance ? Value.payloadInt(object) : nil
    default: nil
    }
  }

  /// A number as a double; nil for what is no number. Big integers beyond the range give infinity.
  public var asDouble: Double? {
    switch self {
    case .int(let value): Double(value)
    case .float(let value): value
    case .bool(let value): value ? 1 : 0
    default: asBigInt.map { Integers.double($0.value) } ?? payload?.asDouble
    }
  }

  /// Whether two values are one object, as `is` sees it.
  public func isIdentical(to other: Value) -> Bool {
    switch (self, other) {
    case (.object(let a), .object(let b)): a === b || (a.kind == .tuple && Value.areEmpty(a, b))
    case (.int(let a), .int(let b)): a == b
    case (.bool(let a), .bool(let b)): a == b
    case (.float(let a), .float(let b)): a.bitPattern == b.bitPattern
    case (.none, .none), (.undefined, .undefined): true
    default: false
    }
  }

  /// There is one empty tuple for programs, however many there are.
  @inline(never) private static func areEmpty(_ a: Object, _ b: Object) -> Bool {
    guard b.kind == .tuple else { return false }
    let left = unsafeDowncast(a, to: TupleObject.self)
    let right = unsafeDowncast(b, to: TupleObject.self)
    return left.count == 0 && right.count == 0 && left.subclass == nil && right.subclass == nil
  }

  // MARK: - Making values

  public static func string(_ text: String) -> Value { .object(StringObject(text)) }
  public static func list(_ items: [Value]) -> Value { .object(ListObject(items)) }
  public static func tuple(_ items: [Value]) -> Value { .object(TupleObject(items)) }

  /// An integer of any size in its smallest form.
  public static func integer(_ value: BigInt) -> Value {
    if let small = Int(exactly: value) { return .int(small) }
    return .object(BigIntObject(value))
  }
}
