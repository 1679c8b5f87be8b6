#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What the process holds in memory, as the operating system counts it.
enum ProcessMemory {
  /// Bytes of memory that the process may have: what is installed, or less where a container sets a
  /// limit. `Int.max` where that is not known.
  static let available: Int = {
    var result = Int.max
    let pages = sysconf(Int32(_SC_PHYS_PAGES))
    let size = sysconf(Int32(_SC_PAGESIZE))
    if pages > 0, size > 0 { result = pages * size }
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
      if let limit = number(in: path, field: 0), limit > 0 { result = min(result, limit) }
    }
    return result
  }()

  /// Resident bytes; nil where the system does not say (then only single requests are limited).
  static var resident: Int? {
    number(in: "/proc/self/statm", field: 1).map { $0 * sysconf(Int32(_SC_PAGESIZE)) }
  }

  /// Gives memory that was freed, but is still kept for later, back to the system.
  static func giveBack() {
    #if canImport(Glibc)
      // Not in the headers that Swift imports; absent from other C libraries.
      guard let symbol = dlsym(nil, "malloc_trim") else { return }
      typealias Trim = @convention(c) (Int) -> Int32
      _ = unsafeBitCast(symbol, to: Trim.self)(0)
    #endif
  }

  /// A decimal number of a one-line file, by its place among the words.
  private static func number(in path: String, field: Int) -> Int? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 128) { buffer -> Int? in
      let count = read(file, buffer.baseAddress, 128)
      guard count > 0 else { return nil }
      let words = buffer[..<count].split(whereSeparator: { $0 <= 0x20 })
      guard field < words.count else { return nil }
      return Int(String(decoding: words[field], as: UTF8.self))
    }
  }
}

/// The native stack of the running thread.
enum ThreadStack {
  /// What is left free at the end for natives that do not look: bytes.
  static let reserve = 384 << 10

  #if canImport(Glibc)
    private typealias AttributesOfThread =
      @convention(c) (pthread_t, UnsafeMutablePointer<pthread_attr_t>) -> Int32
    /// Not in the headers that Swift imports.
    private static let attributesOfThread = dlsym(nil, "pthread_getattr_np").map {
      unsafeBitCast($0, to: AttributesOfThread.self)
    }
  #endif

  /// The lowest address that the language may use; 0 where it cannot be found.
  static func floor() -> UInt {
    #if canImport(Glibc)
      var attributes = pthread_attr_t()
      guard let ask = attributesOfThread, ask(pthread_self(), &attributes) == 0 else { return 0 }
      defer { pthread_attr_destroy(&attributes) }
      var base: UnsafeMutableRawPointer?
      var size = 0
      guard pthread_attr_getstack(&attributes, &base, &size) == 0, let base else { return 0 }
      return UInt(bitPattern: base) + UInt(min(reserve, size / 4))
    #elseif canImport(Darwin)
      let top = UInt(bitPattern: pthread_get_stackaddr_np(pthread_self()))
      let size = UInt(pthread_get_stacksize_np(pthread_self()))
      return top - size + min(UInt(reserve), size / 4)
    #else
      return 0
    #endif
  }

  /// About where the stack ends now.
  @inline(__always) static var pointer: UInt {
    var marker: UInt8 = 0
    return withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) }
  }
}
