// CLI: the command `swiftlet`: reads its arguments and calls what they ask for; no logic.
//
// Owns: one file per subcommand, exit codes.
// Imports: Notebook, JupyterKernel, Kernelspec, ArgumentParser.

import ArgumentParser
import Glibc

@main
struct SwiftletCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "swiftlet",
    abstract: "A Jupyter kernel with a small Python-like language for machine learning.",
    version: version,
    subcommands: [KernelCommand.self, RunCommand.self, InstallCommand.self, ModulesCommand.self])

  /// Runs the command. Exit codes: 0; 1 for what failed; 2 for arguments that make no sense.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let text = fullMessage(for: error)
      if exitCode(for: error) == .success {
        print(text)  // help or version
        Glibc.exit(0)
      }
      let line = text.hasSuffix("\n") ? text : text + "\n"
      _ = write(STDERR_FILENO, line, line.utf8.count)
      Glibc.exit(exitCode(for: error) == .validationFailure ? 2 : 1)
    }
  }
}
