import Display
import Language

/// What `%modules` and `swiftlet modules` print, from the registration tables.
public enum ModuleListing {
  /// All doors, or the names of one.
  public static func text(_ name: String, _ doors: Doors) throws(Raise) -> String {
    if name.isEmpty {
      let width = doors.names.map(\.count).max() ?? 0
      return doors.names.map { name in
        TextWidth.padded(name, to: width + 2) + (doors.table(name)?.doc ?? "")
      }.joined(separator: "\n") + "\n"
    }
    guard let table = doors.table(name) else {
      let near = Suggestion.nearest(to: name, among: doors.names)
      throw Raise(
        .moduleNotFoundError, "No module named '\(name)'",
        hint: near.map { "Did you mean '\($0)'?" }
          ?? "This kernel has: \(doors.topNames.joined(separator: ", ")).")
    }
    let width = min(28, table.entries.map(\.name.count).max() ?? 0)
    let lines = table.entries.map { entry in
      TextWidth.padded(entry.name, to: width + 2) + entry.doc
    }
    return "\(table.name): \(table.doc)\n\n" + lines.joined(separator: "\n") + "\n"
  }
}
