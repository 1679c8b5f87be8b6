#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Address space for values that is taken at once and touched page by page: pointers into it stay
/// valid while it fills.
enum Reserved {
  static func memory(_ count: Int) throws(Raise) -> UnsafeMutablePointer<Value> {
    let bytes = count * MemoryLayout<Value>.stride
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
    guard let raw = mmap(nil, bytes, PROT_READ | PROT_WRITE, flags, -1, 0), raw != MAP_FAILED else {
      throw Raise(.memoryError, "cannot reserve \(bytes) bytes of address space")
    }
    return raw.bindMemory(to: Value.self, capacity: count)
  }

  static func free(_ base: UnsafeMutablePointer<Value>, _ count: Int) {
    munmap(base, count * MemoryLayout<Value>.stride)
  }
}
