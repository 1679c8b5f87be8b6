import Compute
import Foundation

/// Runs workloads beside a peer, round after round in turns, and prints a table.
struct Comparison {
  var seconds = 1.0
  var rounds = 5
  var threads = 1
  var printsJSON = false
  var peer: Peer?
  var peerName = "torch"

  struct Row {
    let workload: Workload
    let ours: Timing
    let theirs: Timing?
  }

  func run(_ workloads: [Workload]) throws {
    ThreadPool.threadCount = threads
    var rows: [Row] = []
    if !printsJSON { print(Self.heading(threads, peer == nil ? nil : peerName)) }
    for workload in workloads {
      let row = try run(workload)
      rows.append(row)
      print(printsJSON ? json(row) : line(row))
      fflush(nil)
    }
    if !printsJSON { summary(rows) }
  }

  private func run(_ workload: Workload) throws -> Row {
    var ours = Timing()
    ours.loss = try workload.loss?()
    let step = try workload.prepare()
    for _ in 0..<3 { try step() }
    var theirs = Timing()
    for _ in 0..<rounds {
      ours.append(
        try Timing.measure(
          seconds: seconds / Double(rounds), repetitions: workload.repetitions, step))
      if let peer {
        theirs.append(
          try peer.measure(workload.name, seconds: seconds / Double(rounds), threads: threads))
      }
    }
    return Row(workload: workload, ours: ours, theirs: peer == nil ? nil : theirs)
  }

  // MARK: - Output

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func heading(_ threads: Int, _ peer: String?) -> String {
    let clock = threads == 1 ? "CPU time of 1 thread" : "wall time, \(threads) threads"
    var text = padded("workload (\(clock))", 40) + padded("swiftlet", 20) + padded("rate", 18)
    if let peer { text += padded(peer, 20) + "ratio" }
    return text
  }

  private static func time(_ seconds: Double) -> String {
    let (value, unit) =
      seconds < 1e-6
      ? (seconds * 1e9, "ns")
      : seconds < 1e-3 ? (seconds * 1e6, "us") : seconds < 1 ? (seconds * 1e3, "ms") : (seconds, "s")
    return String(format: "%.3g %@", value, unit)
  }

  private func line(_ row: Row) -> String {
    let median = row.ours.median(threads: threads)
    func cell(_ timing: Timing) -> String {
      let spread = Int((timing.spread(threads: threads) * 100).rounded())
      return Self.time(timing.median(threads: threads)) + " ±\(spread)%"
    }
    var text = Self.padded(row.workload.name, 40) + Self.padded(cell(row.ours), 20)
    text += Self.padded(
      String(format: "%.3g %@", row.workload.work / median / 1e9, row.workload.unit), 18)
    if let theirs = row.theirs {
      text += Self.padded(cell(theirs), 20)
      text += Self.padded(String(format: "%.2f", theirs.median(threads: threads) / median), 10)
      if let own = row.ours.loss, let other = theirs.loss {
        text += String(format: "losses %.6f %.6f", own, other)
      }
    }
    return text
  }

  private func json(_ row: Row) -> String {
    let median = row.ours.median(threads: threads)
    var fields = [
      "\"workload\": \"\(row.workload.name)\"", "\"threads\": \(threads)", "\"peer\": \"swiftlet\"",
      "\"seconds_per_step_median\": \(median)", "\"spread\": \(row.ours.spread(threads: threads))",
      "\"rate\": \(row.workload.work / median)", "\"steps\": \(row.ours.wall.count)",
    ]
    if let loss = row.ours.loss { fields.append("\"final_loss\": \(loss)") }
    if let theirs = row.theirs {
      if let loss = theirs.loss { fields.append("\"\(peerName)_loss\": \(loss)") }
      fields.append("\"\(peerName)_seconds\": \(theirs.median(threads: threads))")
      fields.append("\"ratio\": \(theirs.median(threads: threads) / median)")
    }
    return "{" + fields.joined(separator: ", ") + "}"
  }

  /// The geometric mean and the smallest ratio of each family with several rows.
  private func summary(_ rows: [Row]) {
    var families: [String: [(String, Double)]] = [:]
    for row in rows {
      guard let theirs = row.theirs else { continue }
      let family = String(row.workload.name.prefix { $0 != "." && $0 != "_" })
      families[family, default: []].append(
        (row.workload.name, theirs.median(threads: threads) / row.ours.median(threads: threads)))
    }
    for (family, ratios) in families.sorted(by: { $0.key < $1.key }) where ratios.count > 1 {
      let mean = exp(ratios.map { log($0.1) }.reduce(0, +) / Double(ratios.count))
      guard let worst = ratios.min(by: { $0.1 < $1.1 }) else { continue }
      print(
        String(
          format: "%@: geometric mean %.2f, smallest %.2f (%@)", family, mean, worst.1, worst.0))
    }
  }
}
