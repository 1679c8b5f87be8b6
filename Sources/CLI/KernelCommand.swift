import ArgumentParser
import JupyterKernel

/// `swiftlet kernel`: the process that Jupyter starts.
struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Serve notebooks as a Jupyter kernel.",
    discussion: "Jupyter calls this with the connection file that it has made.")

  @Option(name: [.customLong("connection-file"), .customShort("f")], help: "The connection file.")
  var connectionFile: String?

  @Option(
    name: .customLong("registration-file"),
    help: "Take free ports and tell them to the address in this file, instead of a connection file.")
  var registrationFile: String?

  @Argument(help: "The connection file, where --connection-file is not given.")
  var file: String?

  func validate() throws {
    if [connectionFile, file, registrationFile].filter({ $0 != nil }).count != 1 {
      throw ValidationError("give one connection file: swiftlet kernel --connection-file FILE")
    }
  }

  func run() throws {
    serve(
      registrationFile.map { .registrationFile($0) } ?? .connectionFile(connectionFile ?? file ?? ""),
      info: ServedLanguage.info,
      makeInterpreter: { ServedLanguage.makeInterpreter() })
  }
}
