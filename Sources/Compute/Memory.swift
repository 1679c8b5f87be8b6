import CKernels
import Synchronization

/// A request for memory was refused before anything was taken.
public struct MemoryError: Error, CustomStringConvertible, Equatable {
  /// Bytes asked for, bytes in use, and the most that may be in use.
  public let requested: Int
  public let inUse: Int
  public let limit: Int

  public init(requested: Int, inUse: Int, limit: Int) {
    self.requested = requested
    self.inUse = inUse
    self.limit = limit
  }

  public var description: String {
    "not enough memory: asked for \(Memory.format(requested)), "
      + "\(Memory.format(inUse)) of \(Memory.format(limit)) are in use; "
      + "use a smaller size or free what is no longer needed"
  }
}

/// Memory for tensors: free lists by size behind a charge.
///
/// What is out never exceeds `limit`; a request beyond it throws `MemoryError` before it is taken.
/// The limit starts at four fifths of the machine's memory.
public enum Memory {
  /// The most bytes that may be out at one time.
  public static var limit: Int {
    get { Int(sw_memory_limit()) }
    set { sw_memory_set_limit(Int64(newValue)) }
  }
  /// Bytes that are out.
  public static var inUse: Int { Int(sw_memory_used()) }
  /// Bytes kept for reuse; they do not count against the limit.
  public static var cached: Int { Int(sw_memory_cached()) }
  /// Gives the bytes kept for reuse back to the system.
  public static func trim() { sw_memory_trim() }

  /// Bytes as a person reads them: `"1.5 GB"` (powers of 1000).
  public static func format(_ bytes: Int) -> String {
    let units = ["bytes", "KB", "MB", "GB", "TB", "PB", "EB"]
    if bytes < 1000 { return "\(bytes) bytes" }
    var value = Double(bytes)
    var unit = 0
    while value >= 1000, unit + 1 < units.count {
      value /= 1000
      unit += 1
    }
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() && tenths < 1e6
      ? "\(Int(tenths)) \(units[unit])" : "\(tenths) \(units[unit])"
  }
}

extension Memory {
  /// `count` bytes, aligned to 64, with undefined contents, and the size to give back.
  ///
  /// - Throws: `MemoryError` when the charge or the system refuses.
  @inlinable
  public static func take(_ count: Int) throws -> (UnsafeMutableRawPointer, granted: Int64) {
    var granted: Int64 = 0
    guard let pointer = sw_memory_take(Int64(count), &granted) else {
      return try takeAfterReclaiming(count)
    }
    return (pointer, granted)
  }

  /// The second and last attempt, after `reclaim`.
  @usableFromInline
  static func takeAfterReclaiming(_ count: Int) throws -> (UnsafeMutableRawPointer, granted: Int64) {
    reclaim.withLock { $0 }?()
    var granted: Int64 = 0
    guard let pointer = sw_memory_take(Int64(count), &granted) else {
      throw MemoryError(requested: count, inUse: inUse, limit: limit)
    }
    return (pointer, granted)
  }

  /// Frees what nothing needs any more, if somebody knows how; called on the thread that asks for
  /// memory when there is none, before the request is refused.
  public static func setReclaim(_ body: @escaping @Sendable () -> Void) {
    reclaim.withLock { $0 = body }
  }

  private static let reclaim = Mutex<(@Sendable () -> Void)?>(nil)

  /// Gives back what `take` gave.
  @inlinable
  public static func give(_ pointer: UnsafeMutableRawPointer, granted: Int64) {
    sw_memory_give(pointer, granted)
  }
}
