import Glibc
import JupyterProtocol

/// Measures what the process and the machine use. Belongs to the IO thread.
struct UsageMeter {
  private var last: (own: Double, busy: Double, all: Double, at: Double)?

  mutating func measure() -> UsageReply {
    let now = monotonicSeconds()
    let own = Self.ownSeconds()
    let (busy, all) = Self.hostTicks()
    var kernelCPU: Double?
    var hostCPU: Double?
    if let last, now - last.at > 0.001 {
      kernelCPU = Self.tenth((own - last.own) / (now - last.at) * 100)
      if all > last.all { hostCPU = Self.tenth((busy - last.busy) / (all - last.all) * 100) }
    }
    last = (own, busy, all, now)
    var name = [CChar](repeating: 0, count: 256)
    gethostname(&name, 255)
    let hostname = String(
      decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let facts = Self.numbers(in: "/proc/meminfo")
    return UsageReply(
      hostname: hostname, pid: Int(getpid()), kernelCPU: kernelCPU,
      kernelMemory: (Self.numbers(in: "/proc/self/smaps_rollup")["Pss"]
        ?? Self.numbers(in: "/proc/self/status")["VmRSS"] ?? 0) * 1024,
      hostCPU: hostCPU, processors: max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      memory: UsageReply.Memory(
        total: (facts["MemTotal"] ?? 0) * 1024, available: (facts["MemAvailable"] ?? 0) * 1024,
        free: (facts["MemFree"] ?? 0) * 1024))
  }

  private static func tenth(_ value: Double) -> Double { (max(0, value) * 10).rounded() / 10 }

  /// Processor seconds of this process and of those that it started.
  private static func ownSeconds() -> Double {
    guard let bytes = readFile("/proc/self/stat"),
      let close = bytes.lastIndex(of: UInt8(ascii: ")"))
    else { return 0 }
    // Behind the name, which may hold anything: state, then numbers; four of them are times.
    let fields = String(decoding: bytes[(close + 1)...], as: UTF8.self).split(separator: " ")
    guard fields.count > 14 else { return 0 }
    let ticks = fields[11...14].compactMap { Double($0) }.reduce(0, +)
    return ticks / Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
  }

  /// Ticks of all processors that worked, and all of them.
  private static func hostTicks() -> (busy: Double, all: Double) {
    guard let bytes = readFile("/proc/stat") else { return (0, 0) }
    let line = String(decoding: bytes.prefix { $0 != 0x0A }, as: UTF8.self)
    let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
    let all = ticks.prefix(8).reduce(0, +)
    // Idle, and waiting for a disk.
    let idle = ticks.count > 4 ? ticks[3] + ticks[4] : 0
    return (all - idle, all)
  }

  /// Lines `name:  123 kB` of a file of the system.
  private static func numbers(in path: String) -> [String: Int] {
    var result: [String: Int] = [:]
    for line in String(decoding: readFile(path) ?? [], as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let number = parts[1].split(separator: " ").first.flatMap({ Int($0) })
      else { continue }
      result[String(parts[0])] = number
    }
    return result
  }
}
