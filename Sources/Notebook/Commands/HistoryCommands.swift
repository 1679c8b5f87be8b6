import Bindings
import JupyterProtocol
import Language

/// `%history`, `%save`: the cells so far.
enum HistoryCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "history", .names, "[-n] [-o] [-l N] [-g PATTERN] [RANGE ...]",
      "Shows the cells that ran; a range is 3, 3-5, -5 (to 5) or 3- (from 3).",
      options: [
        "-n          with the numbers of the cells", "-o          with what they gave",
        "-l N        the last N cells",
        "-g PATTERN  cells of all sessions that contain a text (* and ? as in file names)",
      ],
      example: "%history -n 1-3"
    ) { (call) throws(Raise) in
      let options = try call.options("nol:g:")
      if let pattern = options.values["g"], let source = call.session.pastCells {
        let limit = try call.number("l", in: options)
        return search(pattern.unquoted, limit: limit, options, source, call)
      }
      var cells = try selected(options.rest, call)
      if let count = try call.number("l", in: options) { cells = Array(cells.suffix(count)) }
      if let pattern = options.values["g"] {
        cells = cells.filter { GlobPattern("*\(pattern.unquoted)*").matches($0.source) }
      }
      for cell in cells {
        call.write(text(of: cell, numbered: options.has("n"), call.session))
        if options.has("o"), let result = call.session.resultTexts[cell.number] {
          call.write(options.has("n") ? "Out[\(cell.number)]: \(result)\n" : result + "\n")
        }
      }
    },
    NotebookCommand(
      "save", .names, "[-a] FILE [RANGE ...]", "Writes the cells that ran into a program file.",
      options: ["-a    at the end of the file instead of over it"], example: "%save lesson.py 1-4"
    ) { (call) throws(Raise) in
      let options = try call.options("af")
      let words = options.rest.split(separator: " ", maxSplits: 1).map(String.init)
      guard var path = words.first.map(\.unquoted) else { throw call.needs("the name of a file") }
      if !path.contains(".") { path += ".py" }
      let cells = try selected(words.count > 1 ? words[1] : "", call)
      if cells.isEmpty { throw call.misuse("no cell has run yet") }
      let text = cells.map { $0.source.hasSuffix("\n") ? $0.source : $0.source + "\n" }
        .joined(separator: "\n")
      try TextFile.write(text, to: TextFile.expanded(path), appending: options.has("a"))
      call.write("\(cells.count) cell\(cells.count == 1 ? "" : "s") written to \(path)\n")
    },
  ]

  /// Cells of all sessions, oldest first. Their numbers are `session/line`, as in IPython.
  private static func search(
    _ pattern: String, limit: Int?, _ options: CommandOptions, _ source: any HistorySource,
    _ call: CommandCall
  ) {
    let request = HistoryRequest(
      access: .search(pattern: "*\(pattern)*", count: limit.map { $0 + 1 }, unique: false),
      output: options.has("o"))
    var entries = source.answer(request).entries
    // The cell that searches holds the text as well.
    if let last = entries.last, last.line == call.session.cellNumber,
      last.input == call.session.history.last?.source
    {
      entries.removeLast()
    }
    if let limit { entries = entries.suffix(limit) }
    for entry in entries {
      let label = options.has("n") ? "\(entry.session)/\(entry.line): " : ""
      call.write(label + (entry.input.hasSuffix("\n") ? entry.input : entry.input + "\n"))
      if let output = entry.output, let output { call.write(output + "\n") }
    }
  }

  private static func text(
    of cell: (number: Int, source: String), numbered: Bool, _ session: Session
  ) -> String {
    let source = cell.source.hasSuffix("\n") ? String(cell.source.dropLast()) : cell.source
    if !numbered { return source + "\n" }
    let number = String(cell.number)
    let label = String(repeating: " ", count: max(0, 4 - number.count)) + number + ":"
    return source.contains("\n") ? "\(label)\n\(source)\n" : "\(label) \(source)\n"
  }

  /// The cells that ranges name, in that order; all without ranges. The running cell is not among
  /// them.
  static func selected(
    _ ranges: String, _ call: CommandCall
  ) throws(Raise) -> [(number: Int, source: String)] {
    let cells = call.session.history.dropLast()
    let words = ranges.split { $0 == " " || $0 == "," }.map(String.init)
    if words.isEmpty { return Array(cells) }
    var result: [(number: Int, source: String)] = []
    for word in words {
      guard let range = range(word, last: cells.last?.number ?? 0) else {
        throw call.misuse("'\(word)' is no range of cells; write 3, 3-5, -5 or 3-")
      }
      let found = cells.filter { range.contains($0.number) }
      if found.isEmpty {
        let have = cells.isEmpty ? "no cell has run yet" : "cells 1 to \(cells.last?.number ?? 0) ran"
        throw call.misuse("there is no cell \(word): \(have)")
      }
      result += found
    }
    return result
  }

  private static func range(_ word: String, last: Int) -> ClosedRange<Int>? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1: return Int(parts[0]).map { $0...$0 }
    case 2:
      guard let low = parts[0].isEmpty ? 1 : Int(parts[0]),
        let high = parts[1].isEmpty ? max(last, low) : Int(parts[1]), low <= high
      else { return nil }
      return low...high
    default: return nil
    }
  }
}

/// `*` and `?` as in file names.
struct GlobPattern {
  private let pattern: [Unicode.Scalar]
  init(_ text: String) { pattern = Array(text.unicodeScalars) }

  func matches(_ text: String) -> Bool {
    let text = Array(text.unicodeScalars)
    var (p, t, star, mark) = (0, 0, -1, 0)
    while t < text.count {
      if p < pattern.count, pattern[p] == "?" || (pattern[p] == text[t] && pattern[p] != "*") {
        p += 1
        t += 1
      } else if p < pattern.count, pattern[p] == "*" {
        (star, mark) = (p, t)
        p += 1
      } else if star >= 0 {
        p = star + 1
        mark += 1
        t = mark
      } else {
        return false
      }
    }
    while p < pattern.count, pattern[p] == "*" { p += 1 }
    return p == pattern.count
  }
}
