// Benchmarks: our workloads beside those of a peer, in one run.
//
//     swift run -c release Benchmarks tensor --python PYTHON_WITH_TORCH
//     swift run -c release Benchmarks sgemm op_overhead --threads 2
//     swift run -c release Benchmarks nn --python PYTHON_WITH_KERAS --peer keras
//     swift run -c release Benchmarks language --python /usr/bin/python3.11
//
// Owns: the workloads (a file for each family in a folder for each part), the harness that takes
// turns with a peer's process, the table.
// To add a workload: a row in its family; the same name in the part's script in `Peers`.
// To add a part: a folder, a row in `Part.all`, a script in `Peers`.
// Imports: the libraries that are measured.
import ArgumentParser
import Foundation

@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures our workloads, beside a peer's where an interpreter is given.")

  @Argument(help: "A part (tensor, nn, language) or beginnings of names (sgemm, eltwise, op_overhead, ops.gelu). Nothing is all.")
  var filters: [String] = []

  @Option(help: "Threads: with 1, CPU time is compared, with more wall time.")
  var threads = 1

  @Option(help: "Seconds for each workload on each side.")
  var seconds = 1.0

  @Option(help: "The rounds in which both sides take turns.")
  var rounds = 5

  @Option(help: "An interpreter that has the peer; without one, only ours runs.")
  var python: String?

  @Option(help: "Which framework the interpreter has, where a part has several: torch, keras.")
  var peer: String?

  @Flag(help: "A line of JSON for each workload instead of a table.")
  var json = false

  func run() throws {
    for part in Part.all {
      let chosen = part.workloads.filter { workload in
        filters.isEmpty || filters.contains { $0 == part.name || workload.name.hasPrefix($0) }
      }
      if chosen.isEmpty { continue }
      var comparison = Comparison(
        seconds: seconds, rounds: max(1, rounds), threads: max(1, threads), printsJSON: json)
      if let python {
        comparison.peer = try Peer(
          python: python, script: part.script, framework: peer ?? part.peer,
          threads: max(1, threads))
      }
      comparison.peerName = peer ?? part.peer
      try comparison.run(chosen)
      comparison.peer?.stop()
    }
  }
}

/// Workloads that share a peer.
struct Part {
  let name: String
  let peer: String
  let workloads: [Workload]
  /// The peer's script, beside the sources.
  var script: String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Peers/\(name).py").path
  }

  static var all: [Part] {
    [
      Part(
        name: "tensor", peer: "torch",
        workloads: Workload.products + Workload.chain + Workload.overhead + Workload.sweep),
      Part(name: "nn", peer: "torch", workloads: Workload.fitted + Workload.sequences),
      Part(name: "language", peer: "CPython", workloads: Workload.programs),
    ]
  }
}
