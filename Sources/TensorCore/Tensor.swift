import Compute

/// An array of numbers with axes.
///
/// A tensor is a view: a storage, an offset, and per axis a size and a stride in elements. Slices,
/// transposes and expansions share the storage. A tensor that requires gradients remembers the
/// operation that made it (`gradientFunction`), so that `backward` can walk from it to the leaves.
///
/// Operations throw `TensorError` before they touch memory, `MemoryError` when memory is refused, and
/// `Interrupted` when the user stops them.
///
/// A tensor belongs to one thread at a time, as in Python. `Sendable` is unchecked so that one may be
/// handed over; two threads must not write to it at once.
public final class Tensor: @unchecked Sendable {
  // A variable only so that `ownsItsMemory` can ask for its references; it is never replaced.
  @exclusivity(unchecked) private(set) var storage: Storage
  /// The same without a reference: looking at it costs no count.
  private let memory: Unmanaged<Storage>
  /// The first element.
  private let first: UnsafeMutableRawPointer
  /// Sizes of the axes; `[]` for a single element.
  public let shape: [Int]
  /// Elements between neighbours on each axis.
  public let strides: [Int]
  /// Elements from the start of the storage to the first element.
  public let offset: Int
  /// The number of elements.
  public let count: Int
  public let dtype: DType
  /// Whether the elements lie in row-major order without gaps.
  public let isContiguous: Bool
  /// Whether this stands for a number of the program, which gives way in a promotion.
  let isNumber: Bool

  /// The recorded operation that made this tensor, when gradients are wanted. (A view asks its base
  /// first: `node`.)
  @exclusivity(unchecked) var ownNode: Node?
  /// The tensor whose memory this shows; nil for tensors that have their own.
  @exclusivity(unchecked) var origin: ViewOrigin?
  /// Whether this leaf collects a gradient.
  @exclusivity(unchecked) var wantsGradient = false
  /// The gradient that `backward` collected here; leaves only.
  @exclusivity(unchecked) public var grad: Tensor?
  /// What wants to see the gradient that collects here; leaves only, nil for nearly all.
  @exclusivity(unchecked) var hooks: GradientHooks?
  /// The recorded operation that made this tensor.
  @inline(__always)
  var node: Node? {
    get {
      guard let origin else { return ownNode }
      return viewedNode(origin)
    }
    set { ownNode = newValue }
  }

  /// Writes to the memory since it was made. (`_version`)
  public var version: Int { storage.version }
  /// Which memory this looks at: equal for views of each other.
  public var memoryIdentity: ObjectIdentifier { ObjectIdentifier(storage) }

  /// Whether no other tensor looks at this memory, and this shows all of it in order.
  var ownsItsMemory: Bool {
    isContiguous && offset == 0 && storage.byteCount == count &* dtype.size
      && isKnownUniquelyReferenced(&storage)
  }

  /// The number of axes.
  @inlinable public var rank: Int { shape.count }

  init(
    storage: Storage, shape: [Int], strides: [Int], offset: Int, count: Int, dtype: DType,
    isNumber: Bool = false
  ) {
    self.storage = storage
    memory = Unmanaged.passUnretained(storage)
    first = UnsafeMutableRawPointer(storage.start) + offset &* dtype.size
    self.shape = shape
    self.strides = strides
    self.offset = offset
    self.count = count
    self.dtype = dtype
    self.isNumber = isNumber
    isContiguous = Self.contiguous(shape, strides, count)
  }

  /// A row-major tensor of its own with undefined contents; the shape has been checked.
  init(uninitialized shape: [Int], count: Int, dtype: DType, isNumber: Bool = false) throws {
    storage = try Storage.make(count &* dtype.size)
    memory = Unmanaged.passUnretained(storage)
    first = UnsafeMutableRawPointer(storage.start)
    self.shape = shape
    strides = Shape.contiguousStrides(shape)
    offset = 0
    self.count = count
    self.dtype = dtype
    self.isNumber = isNumber
    isContiguous = true
  }

  /// A row-major tensor shaped like another contiguous one, with undefined contents.
  init(like other: Tensor, dtype: DType) throws {
    storage = try Storage.make(other.count &* dtype.size)
    memory = Unmanaged.passUnretained(storage)
    first = UnsafeMutableRawPointer(storage.start)
    shape = other.shape
    strides = other.isContiguous ? other.strides : Shape.contiguousStrides(other.shape)
    offset = 0
    count = other.count
    self.dtype = dtype
    isNumber = false
    isContiguous = true
  }

  deinit {
    // Larger ones are rare enough to be made anew.
    if count <= 1 << 13, isKnownUniquelyReferenced(&storage), memory._withUnsafeGuaranteedRef({ !$0.isAwaited }) {
      Storage.park(memory)
    }
  }

  private static func contiguous(_ shape: [Int], _ strides: [Int], _ count: Int) -> Bool {
    if count <= 1 { return true }
    var step = 1
    var i = shape.count
    while i > 0 {
      i -= 1
      if shape[i] != 1 {
        if strides[i] != step { return false }
        step &*= shape[i]
      }
    }
    return true
  }

  /// The first element, to read or to write.
  @inline(__always)
  var pointer: UnsafeMutableRawPointer {
    if memory._withUnsafeGuaranteedRef({ $0.isAwaited }) { ElementwiseChain.settle() }
    return first
  }

  /// The first element as the kernels take it.
  @inline(__always)
  var bytes: UnsafeMutablePointer<CChar> { pointer.assumingMemoryBound(to: CChar.self) }

  @inline(__always)
  func elements<T>(_ type: T.Type) -> UnsafeMutablePointer<T> {
    pointer.assumingMemoryBound(to: type)
  }

  var weight: Weight { isNumber ? .number : shape.isEmpty ? .single : .full }
}

// MARK: - Values in and out

extension Tensor {
  /// A tensor of the given values in row-major order.
  ///
  /// - Parameters:
  ///   - shape: the sizes; `nil` is one axis.
  ///   - dtype: the element type; `nil` is that of the Swift type (`Double` gives float32, as
  ///     PyTorch's default, unless float64 is asked for; `Int` gives int64).
  public convenience init<T: TensorElement>(
    _ values: [T], shape: [Int]? = nil, dtype: DType? = nil, requiresGrad: Bool = false
  ) throws {
    let shape = shape ?? [values.count]
    let count = try Shape.count(shape, "tensor")
    guard count == values.count else {
      throw TensorError.wrongShape(
        operation: "tensor", found: shape, needed: "one with \(values.count) elements")
    }
    let target = dtype ?? (T.self == Double.self ? .float32 : T.dtype)
    try self.init(uninitialized: shape, count: count, dtype: target)
    values.withUnsafeBytes { source in
      guard let base = source.baseAddress, count > 0 else { return }
      let input = base.assumingMemoryBound(to: CChar.self)
      if T.dtype == target {
        pointer.copyMemory(from: base, byteCount: count &* target.size)
      } else if let cast = DType.castLoop(T.dtype, target) {
        cast(Int64(count), bytes, Int64(target.size), input, Int64(T.dtype.size))
      }
    }
    if requiresGrad { try setRequiresGrad(true) }
  }

  /// A tensor without axes.
  public convenience init(_ value: Scalar, dtype: DType? = nil, requiresGrad: Bool = false) throws {
    try self.init(uninitialized: [], count: 1, dtype: dtype ?? value.torchDType)
    store(value, at: pointer)
    if requiresGrad { try setRequiresGrad(true) }
  }

  /// A number of the program as an operand next to a tensor: it gives way in the promotion.
  convenience init(number value: Scalar, dtype: DType) throws {
    try self.init(uninitialized: [], count: 1, dtype: dtype, isNumber: true)
    store(value, at: pointer)
  }

  /// Writes one element of this dtype.
  func store(_ value: Scalar, at place: UnsafeMutableRawPointer) {
    switch dtype {
    case .float32: place.storeBytes(of: Float(value.double), as: Float.self)
    case .float64: place.storeBytes(of: value.double, as: Double.self)
    case .int64: place.storeBytes(of: Int64(value.int ?? .min), as: Int64.self)
    case .int32: place.storeBytes(of: Int32(truncatingIfNeeded: value.int ?? 0), as: Int32.self)
    case .uint8: place.storeBytes(of: UInt8(truncatingIfNeeded: value.int ?? 0), as: UInt8.self)
    case .bool: place.storeBytes(of: value.bool, as: Bool.self)
    case .float16, .bfloat16:
      // The kernels know how to round.
      withUnsafePointer(to: Float(value.double)) { source in
        let from = UnsafeRawPointer(source).assumingMemoryBound(to: CChar.self)
        sw_cast(DType.float32.rawValue, dtype.rawValue)?(
          1, place.assumingMemoryBound(to: CChar.self), 2, from, 4)
      }
    case .int8: place.storeBytes(of: Int8(truncatingIfNeeded: value.int ?? 0), as: Int8.self)
    case .int16: place.storeBytes(of: Int16(truncatingIfNeeded: value.int ?? 0), as: Int16.self)
    case .uint16: place.storeBytes(of: UInt16(truncatingIfNeeded: value.int ?? 0), as: UInt16.self)
    case .uint32: place.storeBytes(of: UInt32(truncatingIfNeeded: value.int ?? 0), as: UInt32.self)
    case .complex64:
      place.storeBytes(of: Float(value.double), as: Float.self)
      place.storeBytes(of: Float(value.imaginary), toByteOffset: 4, as: Float.self)
    case .complex128:
      place.storeBytes(of: value.double, as: Double.self)
      place.storeBytes(of: value.imaginary, toByteOffset: 8, as: Double.self)
    }
  }

  /// Reads one element of this dtype.
  func load(_ place: UnsafeMutableRawPointer) -> Scalar {
    switch dtype {
    case .float32: .double(Double(place.load(as: Float.self)))
    case .float64: .double(place.load(as: Double.self))
    case .int64: .int(Int(place.load(as: Int64.self)))
    case .int32: .int(Int(place.load(as: Int32.self)))
    case .uint8: .int(Int(place.load(as: UInt8.self)))
    case .bool: .bool(place.load(as: UInt8.self) != 0)
    case .int8: .int(Int(place.load(as: Int8.self)))
    case .int16: .int(Int(place.load(as: Int16.self)))
    case .uint16: .int(Int(place.load(as: UInt16.self)))
    case .uint32: .int(Int(place.load(as: UInt32.self)))
    case .float16, .bfloat16: .double(loadHalf(place))
    case .complex64:
      .complex(
        Double(place.load(as: Float.self)), Double(place.load(fromByteOffset: 4, as: Float.self)))
    case .complex128:
      .complex(place.load(as: Double.self), place.load(fromByteOffset: 8, as: Double.self))
    }
  }

  private func loadHalf(_ place: UnsafeMutableRawPointer) -> Double {
    var value: Double = 0
    withUnsafeMutablePointer(to: &value) { target in
      let to = UnsafeMutableRawPointer(target).assumingMemoryBound(to: CChar.self)
      sw_cast(dtype.rawValue, DType.float64.rawValue)?(
        1, to, 8, place.assumingMemoryBound(to: CChar.self), 2)
    }
    return value
  }

  /// The one element.
  ///
  /// - Throws: `TensorError.argument` when there are more or none.
  public func item() throws -> Scalar {
    guard count == 1 else {
      throw TensorError.argument(
        operation: "item",
        message: "a tensor with \(count) elements cannot become one number; shape is \(shape)")
    }
    return load(pointer)
  }

  /// All elements in row-major order.
  public func scalars() throws -> [Scalar] {
    let source = try contiguousData()
    let size = dtype.size
    return (0..<count).map { source.load(source.pointer + $0 &* size) }
  }

  /// All elements in row-major order as the given Swift type, converted when the dtype differs.
  public func array<T: TensorElement>(of type: T.Type = T.self) throws -> [T] {
    let source = try detached().converted(to: T.dtype).contiguousData()
    return Array(UnsafeBufferPointer(start: source.elements(T.self), count: count))
  }

  public func floats() throws -> [Float] { try array(of: Float.self) }
  public func doubles() throws -> [Double] { try array(of: Double.self) }
  public func ints() throws -> [Int] { try array(of: Int.self) }
  public func bools() throws -> [Bool] { try array(of: Bool.self) }

  /// Reads the elements of a contiguous tensor of this Swift type where they lie.
  public func withElements<T: TensorElement, R>(
    of type: T.Type, _ body: (UnsafeBufferPointer<T>) throws -> R
  ) throws -> R {
    try requireElements(T.dtype)
    return try withExtendedLifetime(self) {
      try body(UnsafeBufferPointer(start: elements(T.self), count: count))
    }
  }

  /// Writes the elements of a contiguous tensor of this Swift type where they lie.
  public func withMutableElements<T: TensorElement, R>(
    of type: T.Type, _ body: (UnsafeMutableBufferPointer<T>) throws -> R
  ) throws -> R {
    try requireElements(T.dtype)
    storage.version &+= 1
    return try withExtendedLifetime(self) {
      try body(UnsafeMutableBufferPointer(start: elements(T.self), count: count))
    }
  }

  /// Reads the bytes of a contiguous tensor of any dtype where they lie.
  public func withBytes<R>(_ body: (UnsafePointer<CChar>) throws -> R) throws -> R {
    try requireElements(dtype)
    return try withExtendedLifetime(self) { try body(UnsafePointer(bytes)) }
  }

  /// Writes the bytes of a contiguous tensor of any dtype where they lie.
  public func withMutableBytes<R>(_ body: (UnsafeMutablePointer<CChar>) throws -> R) throws -> R {
    try requireElements(dtype)
    storage.version &+= 1
    return try withExtendedLifetime(self) { try body(bytes) }
  }

  private func requireElements(_ type: DType) throws {
    guard dtype == type else {
      throw TensorError.dtype(operation: "withElements", found: dtype, needed: type.name)
    }
    guard isContiguous else {
      throw TensorError.argument(
        operation: "withElements", message: "the tensor is a strided view; call contiguous() first")
    }
  }

  /// Checked shape, undefined contents.
  static func empty(_ shape: [Int], dtype: DType, _ operation: String) throws -> Tensor {
    try Tensor(uninitialized: shape, count: Shape.count(shape, operation), dtype: dtype)
  }

  /// The same values without a history.
  func detached() -> Tensor {
    if node == nil && !wantsGradient { return self }
    return alias()
  }

  /// Another tensor over the same memory, without a history.
  func alias() -> Tensor {
    Tensor(
      storage: storage, shape: shape, strides: strides, offset: offset, count: count, dtype: dtype,
      isNumber: isNumber)
  }
}
