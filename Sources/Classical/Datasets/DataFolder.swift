import Glibc

/// Finds the folder of the shipped data sets.
///
/// The accessor that the package manager generates for resources ends the process when the folder
/// is gone, so the search is our own: the environment, then beside the program.
enum DataFolder {
  /// The name of the folder that a build puts beside the program.
  private static let bundle = "Swiftlet_Classical.resources/Data"

  /// The path of a file of the data folder.
  ///
  /// Looked at, in this order: `SWIFTLET_DATA` (alone, when it is set); the folder of the running
  /// program, and of the file that this code is in; from each of them `../share/swiftlet` and
  /// `../lib/swiftlet`, where an installation puts it.
  ///
  /// - Throws: `dataNotFound` with every folder that was looked in.
  static func path(of file: String, name: String) throws(ClassicalError) -> String {
    let folders = candidates()
    for folder in folders {
      let path = folder + "/" + file
      if access(path, R_OK) == 0 { return path }
    }
    throw .dataNotFound(name: name, looked: folders)
  }

  private static func candidates() -> [String] {
    if let chosen = getenv("SWIFTLET_DATA") { return [String(cString: chosen)] }
    var folders: [String] = []
    for program in [executablePath(), imagePath()] {
      guard let program, let slash = program.lastIndex(of: "/") else { continue }
      let folder = String(program[..<slash])
      for place in ["", "/../share/swiftlet", "/../lib/swiftlet"] {
        let path = folder + place + "/" + bundle
        if !folders.contains(path) { folders.append(path) }
      }
    }
    return folders
  }

  /// The file that this code was loaded from: the program, or a library that holds it (a test
  /// bundle, for example). The memory map names the file behind each range of addresses.
  private static func imagePath() -> String? {
    guard let maps = fopen("/proc/self/maps", "r") else { return nil }
    defer { fclose(maps) }
    let here = UInt(bitPattern: #dsohandle)
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    while getline(&line, &room, maps) > 0, let line {
      // "start-end permissions offset device inode path"
      let parts = String(cString: line).split(
        maxSplits: 5, whereSeparator: { $0 == " " || $0 == "\n" })
      let ends = parts.first?.split(separator: "-") ?? []
      guard parts.count == 6, ends.count == 2, let low = UInt(ends[0], radix: 16),
        let high = UInt(ends[1], radix: 16), here >= low, here < high
      else { continue }
      return resolved(String(parts[5].drop { $0 == " " }.prefix { $0 != "\n" }))
    }
    return nil
  }

  private static func executablePath() -> String? { resolved("/proc/self/exe") }

  /// The path with links followed, so that an installed link finds the real place.
  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
