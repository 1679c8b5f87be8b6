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
