import Foundation

/// Another framework in a process of its own, asked for one round at a time.
///
/// It reads a request on each line of its input, `{"name": ..., "seconds": ..., "threads": ...}`, and
/// answers a line `{"wall": [...], "cpu": [...]}`.
final class Peer {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  struct Ended: Error, CustomStringConvertible {
    let script: String
    var description: String { "\(script) ended: its messages stand above" }
  }

  private let script: String

  /// - Parameters:
  ///   - python: the interpreter, which has the framework.
  ///   - script: a file of `Peers`.
  ///   - framework: which one, for a script that knows several.
  ///   - threads: threads at most; BLAS libraries read them when they start.
  init(python: String, script: String, framework: String, threads: Int) throws {
    self.script = script
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [script, framework]
    var environment = ProcessInfo.processInfo.environment
    for name in [
      "OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "TF_NUM_INTRAOP_THREADS",
    ] {
      environment[name] = "\(threads)"
    }
    process.environment = environment
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  private struct Request: Encodable {
    let name: String?
    let seconds: Double
    let threads: Int
  }

  func measure(_ name: String, seconds: Double, threads: Int) throws -> Timing {
    let request = Request(name: name, seconds: seconds, threads: threads)
    try input.fileHandleForWriting.write(contentsOf: JSONEncoder().encode(request) + Data("\n".utf8))
    while true {
      if let end = pending.firstIndex(of: 0x0A) {
        let line = pending[..<end]
        pending = Data(pending[(end + 1)...])
        return try JSONDecoder().decode(Timing.self, from: line)
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { throw Ended(script: script) }
      pending += more
    }
  }

  func stop() {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }
}
