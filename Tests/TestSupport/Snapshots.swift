import Foundation

/// Compares a text with a file of the folder `Tests/<folder>`; nil when they are the same.
///
/// With `SWIFTLET_RECORD` set in the environment the file is written instead, and the answer is a
/// sentence that says so: recording fails the run, so that each new picture is looked at as a diff.
public func snapshotProblem(_ text: String, _ name: String, in folder: String) -> String? {
  let file = testsFolder.appendingPathComponent(folder).appendingPathComponent(name)
  let found = text.hasSuffix("\n") ? text : text + "\n"
  if ProcessInfo.processInfo.environment["SWIFTLET_RECORD"] != nil {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try found.write(to: file, atomically: true, encoding: .utf8)
      return "recorded \(name); look at it, then run without SWIFTLET_RECORD"
    } catch {
      return "cannot write \(name): \(error)"
    }
  }
  guard let wanted = try? String(contentsOf: file, encoding: .utf8) else {
    return "there is no \(folder)/\(name); SWIFTLET_RECORD=1 records it"
  }
  if wanted == found { return nil }
  let a = wanted.components(separatedBy: "\n")
  let b = found.components(separatedBy: "\n")
  let line =
    zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
  return "\(name) differs from line \(line + 1) on:\n\(wanted)\n--- found:\n\(found)"
}
