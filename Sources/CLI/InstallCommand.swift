import ArgumentParser
import Glibc
import Kernelspec

/// `swiftlet install`: tells Jupyter of the kernel.
struct InstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Install the kernelspec, so that Jupyter lists Swiftlet.",
    discussion: "Without an option it goes into your own Jupyter folder, as with --user.")

  @Flag(help: "Into your own Jupyter folder (the default).")
  var user = false

  @Flag(help: "Into the active Python environment.")
  var sysPrefix = false

  @Option(help: "Into share/jupyter/kernels below this folder.")
  var prefix: String?

  @Option(help: "The name of the kernel.")
  var name = "swiftlet"

  func validate() throws {
    if [user, sysPrefix, prefix != nil].filter({ $0 }).count > 1 {
      throw ValidationError("--user, --sys-prefix and --prefix exclude one another; give one")
    }
  }

  func run() throws {
    let kernelspec = try Kernelspec(name: name, executable: try executable())
    let place: KernelspecPlace =
      if let prefix { .prefix(prefix) } else if sysPrefix { .environment } else { .user }
    let folder = try kernelspec.install(place)
    print("Installed the kernel \"\(kernelspec.displayName)\" in \(folder)")
  }

  /// The absolute path of this program, links followed.
  private func executable() throws -> String {
    guard let path = realpath("/proc/self/exe", nil) else {
      throw ValidationError("the path of this program cannot be found: is /proc mounted?")
    }
    defer { free(path) }
    return String(cString: path)
  }
}
