#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Memory of the containers. Swift's own `allocate` asks for an alignment that `malloc` has anyway, by
/// a slower way.
enum Memory {
  /// Has the C library keep what programs give back, for the next time: a loop that makes and drops
  /// a list would ask the system for its pages on every turn otherwise. `ProcessMemory.giveBack` still
  /// returns it when memory is short.
  static func prepare() {
    #if canImport(Glibc)
      _ = once
    #endif
  }

  #if canImport(Glibc)
    private static let once: Void = {
      // Not in the headers that Swift imports; absent from other C libraries.
      guard let symbol = dlsym(nil, "mallopt") else { return }
      typealias Set = @convention(c) (Int32, Int32) -> Int32
      let set = unsafeBitCast(symbol, to: Set.self)
      // <malloc.h>: M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_THRESHOLD.
      _ = set(-1, 128 << 20)
      _ = set(-2, 4 << 20)
      _ = set(-3, 32 << 20)
    }()
  #endif

  @inline(__always)
  static func take<T>(_ count: Int, of type: T.Type) -> UnsafeMutablePointer<T> {
    guard let memory = malloc(count &* MemoryLayout<T>.stride) else {
      // Ends the program with Swift's own message: what is that large was charged before.
      return .allocate(capacity: count)
    }
    return memory.assumingMemoryBound(to: T.self)
  }

  @inline(__always)
  static func give<T>(_ memory: UnsafeMutablePointer<T>) { free(memory) }
}
