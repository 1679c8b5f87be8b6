import Compute

/// An element type as files have it. Those that tensors do not have are widened while they are read.
enum StoredType: Equatable {
  case same(DType)
  case float16, bfloat16
  case uint64

  /// Bytes of one element in the file.
  var size: Int {
    switch self {
    case .same(let dtype): dtype.size
    case .float16, .bfloat16: 2
    case .uint64: 8
    }
  }

  /// What the tensor has.
  var dtype: DType {
    switch self {
    case .same(let dtype): dtype
    case .float16, .bfloat16: .float32
    case .uint64: .int64
    }
  }

  /// Reads elements one after another, widened, into memory of `dtype`.
  ///
  /// - Parameter swapped: whether the file has the other byte order.
  func read(
    _ count: Int, from stream: any ByteStream, into target: UnsafeMutableRawPointer,
    swapped: Bool = false, format: FileError.Format
  ) throws {
    if case .same(let dtype) = self, !swapped || dtype.size == 1 {
      try stream.read(into: target, count * dtype.size)
      if dtype == .bool {  // any byte but 0 is true
        let places = target.assumingMemoryBound(to: UInt8.self)
        for i in 0..<count where places[i] > 1 { places[i] = 1 }
      }
      return
    }
    let piece = 1 << 14
    var staged = [UInt64](repeating: 0, count: piece)  // aligned for all
    var done = 0
    while done < count {
      try Interrupt.check()
      let length = min(piece, count - done)
      try staged.withUnsafeMutableBytes { raw in
        guard let base = raw.baseAddress else { return }
        try stream.read(into: base, length * size)
        if swapped { swap(base, length) }
        try widen(base, length, to: target + done * dtype.size, format)
      }
      done += length
    }
  }

  private func swap(_ base: UnsafeMutableRawPointer, _ count: Int) {
    var (width, count) = (size, count)
    if dtype.isComplex {  // two floats, each with its bytes turned
      width /= 2
      count *= 2
    }
    switch width {
    case 2:
      let x = base.assumingMemoryBound(to: UInt16.self)
      for i in 0..<count { x[i] = x[i].byteSwapped }
    case 4:
      let x = base.assumingMemoryBound(to: UInt32.self)
      for i in 0..<count { x[i] = x[i].byteSwapped }
    case 8:
      let x = base.assumingMemoryBound(to: UInt64.self)
      for i in 0..<count { x[i] = x[i].byteSwapped }
    default: break
    }
  }

  private func widen(
    _ base: UnsafeMutableRawPointer, _ count: Int, to target: UnsafeMutableRawPointer,
    _ format: FileError.Format
  ) throws {
    func each<A, B>(_ a: A.Type, _ b: B.Type, _ convert: (A) -> B) {
      let (x, y) = (base.assumingMemoryBound(to: A.self), target.assumingMemoryBound(to: B.self))
      for i in 0..<count { y[i] = convert(x[i]) }
    }
    switch self {
    case .same(let dtype): target.copyMemory(from: base, byteCount: count * dtype.size)
    case .float16: each(UInt16.self, Float.self, Self.float(half:))
    case .bfloat16: each(UInt16.self, Float.self) { Float(bitPattern: UInt32($0) << 16) }
    case .uint64:
      each(UInt64.self, Int64.self) { Int64(bitPattern: $0) }
      let x = base.assumingMemoryBound(to: UInt64.self)
      for i in 0..<count where x[i] > UInt64(Int64.max) {
        throw FileError.refused(
          format: format, message: "an unsigned 64-bit element is \(x[i]); int64 holds at most 2^63 - 1")
      }
    }
  }

  /// IEEE binary16 (1 sign, 5 exponent, 10 fraction bits) as a float, exactly.
  static func float(half: UInt16) -> Float {
    let sign = UInt32(half & 0x8000) << 16
    let exponent = UInt32(half >> 10) & 31
    let fraction = UInt32(half & 0x3FF)
    if exponent == 31 { return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13) }
    if exponent == 0 {
      let value = Float(fraction) * 0x1p-24
      return sign == 0 ? value : -value
    }
    return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
  }
}

extension Tensor {
  /// A tensor whose elements come from a stream; memory is taken only when that many bytes are there.
  static func read(
    _ type: StoredType, shape: [Int], from stream: any ByteStream, swapped: Bool = false,
    format: FileError.Format
  ) throws -> Tensor {
    let count = try Shape.count(shape, "load")
    let (bytes, overflow) = count.multipliedReportingOverflow(by: type.size)
    guard !overflow, bytes <= stream.remaining else {
      throw FileError.ended(
        format: format,
        message: "EOF: reading array data, expected \(bytes) bytes got \(stream.remaining)")
    }
    let result = try Tensor(uninitialized: shape, count: count, dtype: type.dtype)
    try type.read(count, from: stream, into: result.pointer, swapped: swapped, format: format)
    return result
  }
}
