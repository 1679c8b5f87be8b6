// Tests of Syntax: what several of its suites share.

import Foundation
import Testing

@testable import Syntax

/// A file of `Golden/` as its chunks, which lines of `---` separate.
func goldenChunks(_ name: String) throws -> [String] {
  let text = try String(contentsOf: goldenFile(name), encoding: .utf8)
  let trimmed = text.hasSuffix("\n") ? String(text.dropLast()) : text
  return trimmed.components(separatedBy: "\n---\n")
}

func goldenFile(_ name: String) -> URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)")
}

/// Compares with a snapshot of `Golden/`. With `SWIFTLET_RECORD=1` in the environment the snapshot
/// is written anew and the test fails, so that the change is looked at.
func expectSnapshot(_ actual: String, _ name: String) throws {
  if ProcessInfo.processInfo.environment["SWIFTLET_RECORD"] != nil {
    try actual.write(to: goldenFile(name), atomically: true, encoding: .utf8)
    Issue.record("recorded \(name)")
    return
  }
  let expected = try String(contentsOf: goldenFile(name), encoding: .utf8)
  let actualLines = actual.components(separatedBy: "\n")
  let expectedLines = expected.components(separatedBy: "\n")
  for (number, (found, wanted)) in zip(actualLines, expectedLines).enumerated()
  where found != wanted {
    Issue.record("\(name):\(number + 1): is \(found), should be \(wanted)")
    return
  }
  #expect(actualLines.count == expectedLines.count)
}

func source(_ text: String) -> Source { Source(name: "<test>", text: text) }

/// The diagnostic of a text; nil when it parses.
func diagnostic(of text: String) -> Diagnostic? {
  do throws(Diagnostic) {
    _ = try parse(source(text))
    return nil
  } catch {
    return error
  }
}

/// `1:4-1:5` for a span: lines from 1, columns from 0 in bytes.
func place(_ span: Span, in text: String) -> String {
  let source = source(text)
  let start = source.position(of: Int(span.start))
  let end = source.position(of: Int(span.end))
  return "\(start.line):\(start.column)-\(end.line):\(end.column)"
}
