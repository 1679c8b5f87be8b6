// Kernelspec: the folder that tells Jupyter of the kernel, and its installation.
//
// Owns: kernel.json and the logos, which stand beside this file and are compiled into the module, so
// that the installed program needs nothing else; where Jupyter looks for kernels.
// Must not know: the kernel itself.
// Imports: JSONCoding.

import Glibc
import JSONCoding

/// A kernelspec that can be installed: a folder with kernel.json and three logos.
public struct Kernelspec: Sendable {
  /// The name of the folder, and what `jupyter run --kernel` takes.
  public let name: String
  /// What the launcher shows.
  public let displayName: String

  private let executable: String

  /// - Parameters:
  ///   - executable: absolute path of the program that Jupyter starts.
  /// - Throws: `KernelspecError.badName` for a name that Jupyter would not list.
  public init(name: String = "swiftlet", executable: String) throws(KernelspecError) {
    let isGood = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"):
        true
      default: false
      }
    }
    guard isGood, !name.isEmpty, name != ".", name != ".." else { throw .badName(name) }
    self.name = name
    // Two installations side by side must not look the same in the launcher.
    displayName = name == "swiftlet" ? "Swiftlet" : "Swiftlet (\(name))"
    self.executable = executable
  }

  /// The files of the folder.
  public var files: [(name: String, bytes: [UInt8])] {
    [
      ("kernel.json", json.write(indent: 1) + [UInt8(ascii: "\n")]),
      ("logo-32x32.png", PackageResources.logo_32x32_png),
      ("logo-64x64.png", PackageResources.logo_64x64_png),
      ("logo-svg.svg", PackageResources.logo_svg_svg),
    ]
  }

  /// The content of kernel.json: the template with our program and name in it.
  private var json: JSON {
    // The template is part of this module; a test reads it.
    var members = (try? JSON.parse(PackageResources.kernel_json))?.object ?? [:]
    let arguments = members["argv"]?.array ?? []
    members["argv"] = .array(
      arguments.map { $0 == "{executable}" ? .string(executable) : $0 })
    members["display_name"] = .string(displayName)
    return .object(members)
  }

  /// Writes the folder below `place`, over one that is there.
  /// - Returns: its path.
  @discardableResult
  public func install(_ place: KernelspecPlace) throws(KernelspecError) -> String {
    let folder = try place.kernelsFolder() + "/" + name
    try makeFolder(folder)
    for file in files { try write(file.bytes, to: folder + "/" + file.name) }
    return folder
  }

  // MARK: - Files

  private func makeFolder(_ path: String) throws(KernelspecError) {
    var partial = path.hasPrefix("/") ? "" : "."
    for component in path.split(separator: "/") {
      partial += "/" + component
      if mkdir(partial, 0o755) != 0, errno != EEXIST {
        throw .unwritable(path: partial, reason: String(cString: strerror(errno)))
      }
    }
  }

  private func write(_ bytes: [UInt8], to path: String) throws(KernelspecError) {
    let file = fopen(path, "w")
    guard let file else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    let written = fwrite(bytes, 1, bytes.count, file)
    // Closing writes what is still in the buffer: a full disk may show only here.
    guard fclose(file) == 0, written == bytes.count else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }
}

/// Where a kernelspec goes.
public enum KernelspecPlace: Sendable {
  /// For this person: Jupyter's data folder in the home.
  case user
  /// Into the Python environment that is active.
  case environment
  /// Below `share/jupyter/kernels` of a folder, for example `/usr/local`.
  case prefix(String)

  /// The folder that holds the folders of kernels.
  public func kernelsFolder() throws(KernelspecError) -> String {
    switch self {
    case .user: return try Self.userDataFolder() + "/kernels"
    case .prefix(let path): return path + "/share/jupyter/kernels"
    case .environment:
      for name in ["VIRTUAL_ENV", "CONDA_PREFIX"] {
        if let path = variable(name) { return path + "/share/jupyter/kernels" }
      }
      throw .noEnvironment
    }
  }

  /// The folder that `jupyter --data-dir` prints.
  private static func userDataFolder() throws(KernelspecError) -> String {
    if let path = variable("JUPYTER_DATA_DIR") { return path }
    if let path = variable("XDG_DATA_HOME") { return path + "/jupyter" }
    if let path = variable("HOME") { return path + "/.local/share/jupyter" }
    throw .noHome
  }
}

/// An environment variable; nil when it is not set or empty.
private func variable(_ name: String) -> String? {
  guard let value = getenv(name) else { return nil }
  let text = String(cString: value)
  return text.isEmpty ? nil : text
}

/// Why a kernelspec could not be installed.
public enum KernelspecError: Error, Equatable, CustomStringConvertible {
  case badName(String)
  case noEnvironment
  case noHome
  case unwritable(path: String, reason: String)

  public var description: String {
    switch self {
    case .badName(let name):
      "\"\(name)\" cannot be the name of a kernel; use letters, digits, '-', '.' and '_'"
    case .noEnvironment:
      "--sys-prefix installs into the active Python environment, and none is active; "
        + "activate one, or name its folder with --prefix"
    case .noHome: "HOME is not set, so there is no folder of yours; use --prefix"
    case .unwritable(let path, let reason):
      "cannot write \(path): \(reason); choose another place with --user or --prefix"
    }
  }
}
