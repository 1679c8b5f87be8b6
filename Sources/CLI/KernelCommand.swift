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

  @Argument(help: "The connection file, where --connection-file is not given.")
  var file: String?

  func validate() throws {
    if (connectionFile == nil) == (file == nil) {
      throw ValidationError("give one connection file: swiftlet kernel --connection-file FILE")
    }
  }

  func run() throws {
    serve(
      connectionFile: connectionFile ?? file ?? "", info: ServedLanguage.info,
      makeInterpreter: { ServedLanguage.makeInterpreter() })
  }
}
