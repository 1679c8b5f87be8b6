#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The module `platform`: what the program runs on.
enum PlatformModule {
  static let table = ModuleTable(
    "platform", doc: "What the program runs on.", entries: rows.map { .function($0) })

  /// What `uname` of the C library says.
  private static func system() -> (name: String, node: String, release: String, version: String, machine: String) {
    var info = utsname()
    guard Glibc.uname(&info) == 0 else { return ("", "", "", "", "") }
    func text<T>(_ field: T) -> String {
      withUnsafeBytes(of: field) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
    }
    return (
      text(info.sysname), text(info.nodename), text(info.release), text(info.version),
      text(info.machine)
    )
  }

  private static func row(
    _ name: String, _ doc: String, _ get: @escaping () -> String
  ) -> Native {
    Native("\(name)()", doc, example: "import platform\nplatform.\(name)()") { _ in .string(get()) }
  }

  private static let uname = NamedTupleType(
    "uname_result", module: "platform",
    fields: ["system", "node", "release", "version", "machine"])

  private static let rows: [Native] = [
    row("system", "The name of the operating system.") { system().name },
    row("node", "The name of the machine in its network.") { system().node },
    row("release", "The release of the operating system.") { system().release },
    row("version", "The version of the operating system.") { system().version },
    row("machine", "The kind of processor.") { system().machine },
    row("processor", "The kind of processor.") { system().machine },
    row("python_version", "The version of Python that the language follows.") { "3.11.2" },
    row("python_implementation", "The name of the implementation.") { "Swiftlet" },
    row("platform", "System, release and processor.") {
      let info = system()
      return "\(info.name)-\(info.release)-\(info.machine)"
    },
    Native("python_version_tuple()", "The parts of that version.",
      example: "import platform\nplatform.python_version_tuple()"
    ) { _ in .tuple([.string("3"), .string("11"), .string("2")]) },
    Native("architecture()", "The size of pointers, and how programs are linked.",
      example: "import platform\nplatform.architecture()"
    ) { _ in .tuple([.string("64bit"), .string("ELF")]) },
    Native("uname()", "All that at once.", example: "import platform\nplatform.uname().system") { a in
      let info = system()
      return uname.value(
        [info.name, info.node, info.release, info.version, info.machine].map { .string($0) },
        a.machine)
    },
  ]
}
