import ArgumentParser
import Bindings
import Glibc
import Language
import Notebook

/// `swiftlet modules`: what the language offers.
struct ModulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "modules", abstract: "List the doors, or the names of one.")

  @Argument(help: "A door, for example torch.nn.")
  var name: String = ""

  func run() throws {
    do throws(Raise) {
      let machine = try LibraryDoors.machine()
      print(try ModuleListing.text(name, machine.doors), terminator: "")
    } catch {
      let text = "swiftlet modules: \(error)\n"
      _ = write(STDERR_FILENO, text, text.utf8.count)
      Glibc.exit(1)
    }
  }
}
