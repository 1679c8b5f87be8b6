import Compute

/// The memory behind one or several tensors.
///
/// `version` counts writes, so that a gradient can tell whether a value that it kept was changed.
final class Storage: @unchecked Sendable {
  /// Where the memory begins, whether or not what belongs there was computed.
  let start: UnsafeMutablePointer<CChar>
  private(set) var byteCount: Int
  private let granted: Int64
  @exclusivity(unchecked) var version = 0
  /// Whether a chain of elementwise steps has still to read or to fill this memory.
  @exclusivity(unchecked) var isAwaited = false

  private init(_ byteCount: Int) throws {
    let (pointer, granted) = try Memory.take(byteCount)
    start = pointer.assumingMemoryBound(to: CChar.self)
    self.granted = granted
    self.byteCount = byteCount
  }

  /// Memory with undefined contents.
  ///
  /// - Throws: `MemoryError` when the charge does not allow it.
  @inline(__always)
  static func make(_ byteCount: Int) throws -> Storage {
    if let parked = sw_memory_unpark(Int64(byteCount)) {
      let storage = Unmanaged<Storage>.fromOpaque(parked).takeRetainedValue()
      storage.byteCount = byteCount
      storage.version = 0
      return storage
    }
    return try fresh(byteCount)
  }

  @inline(never)
  private static func fresh(_ byteCount: Int) throws -> Storage {
    _ = disposal
    return try Storage(byteCount)
  }

  /// Keeps a small storage, whose one reference ends now, for the next of its size.
  @inline(__always)
  static func park(_ storage: Unmanaged<Storage>) {
    let (start, granted) = storage._withUnsafeGuaranteedRef { ($0.start, $0.granted) }
    _ = storage.retain()
    if sw_memory_park(storage.toOpaque(), start, granted) == 0 { storage.release() }
  }

  private static let disposal: Void = sw_memory_set_disposal { object in
    if let object { Unmanaged<Storage>.fromOpaque(object).release() }
  }

  /// The memory, to read or to write.
  @inline(__always)
  var pointer: UnsafeMutableRawPointer {
    if isAwaited { ElementwiseChain.settle() }
    return UnsafeMutableRawPointer(start)
  }

  deinit {
    if isAwaited { ElementwiseChain.forget(self) }
    Memory.give(UnsafeMutableRawPointer(start), granted: granted)
  }
}
