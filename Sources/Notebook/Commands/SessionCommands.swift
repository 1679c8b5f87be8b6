import Compute
import Glibc
import Language

/// `%memory`: what the session takes.
enum SessionCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "memory", .session, "[-c] [LIMIT]",
      "Shows what the session takes; with a limit (2GB, 500MB), sets the most that arrays may take.",
      options: ["-c    frees cycles and cached blocks first"], example: "%memory"
    ) { (call) throws(Raise) in
      let options = try call.options("c")
      if !options.rest.isEmpty {
        guard let limit = bytes(options.rest) else {
          throw call.misuse("'\(options.rest)' is no size; write 500MB or 2GB")
        }
        guard limit >= Memory.inUse else {
          throw call.misuse(
            "arrays take \(Memory.format(Memory.inUse)) now, more than \(Memory.format(limit))")
        }
        Memory.limit = limit
      }
      if options.has("c") {
        call.machine.collector.collect()
        Memory.trim()
      }
      call.write(report(call.machine))
    }
  ]

  static func report(_ machine: Machine) -> String {
    let statistics = machine.collector.statistics
    return """
      process   \(Memory.format(residentBytes)) resident
      arrays    \(Memory.format(Memory.inUse)) of at most \(Memory.format(Memory.limit)), \
      \(Memory.format(Memory.cached)) kept for reuse
      objects   \(Timing.grouped(machine.collector.trackedCount)) that can hold others; \
      \(Timing.grouped(statistics.freed)) freed in \(statistics.collections) \
      collection\(statistics.collections == 1 ? "" : "s") of cycles
      limits    \(Memory.format(machine.memoryLimit)) for one text or list, \
      \(Timing.grouped(machine.recursionLimit)) nested calls

      """
  }

  /// What the process has in memory, in bytes; 0 where the system does not say.
  static var residentBytes: Int {
    guard let file = fopen("/proc/self/statm", "r") else { return 0 }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 128)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { return 0 }
    let text = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let fields = text.split(separator: " ")
    guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }

  /// `500MB`, `2 GB`, `1.5gb`, `1000000`: powers of 1000, as they are shown.
  static func bytes(_ text: String) -> Int? {
    let upper = text.uppercased().filter { $0 != " " && $0 != "_" }
    let units: [(String, Double)] = [
      ("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("KB", 1e3), ("G", 1e9), ("M", 1e6), ("K", 1e3), ("B", 1),
      ("", 1),
    ]
    for (unit, size) in units where upper.hasSuffix(unit) {
      guard let number = Double(upper.dropLast(unit.count)), number > 0 else { return nil }
      return Int(exactly: (number * size).rounded())
    }
    return nil
  }
}
