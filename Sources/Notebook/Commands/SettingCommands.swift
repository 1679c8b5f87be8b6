import Bindings
import Compute
import Language

/// `%seed`, `%threads`, `%env`.
enum SettingCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand(
      "seed", .session, "N", "Begins all random streams anew: random, numpy.random, torch, keras.",
      example: "%seed 42"
    ) { (call) throws(Raise) in
      if call.argument.isEmpty { throw call.needs("a number") }
      guard let seed = Int(call.argument.replacingUnderscores), seed >= 0, seed <= Int(UInt32.max) else {
        throw call.misuse("it takes a whole number from 0 to 4294967295 (2**32 - 1), got '\(call.argument)'")
      }
      let utilities = try call.machine.importModule("keras.utils", first: false)
      _ = try call.machine.call(
        call.machine.attribute(utilities, "set_random_seed"), [.int(seed)])
    },
    NotebookCommand(
      "threads", .session, "[N]", "Shows, or sets, how many threads the library computes with.",
      example: "%threads 2"
    ) { (call) throws(Raise) in
      let processors = ThreadPool.processorCount
      if !call.argument.isEmpty {
        guard let count = Int(call.argument), (1...256).contains(count) else {
          throw call.misuse(
            "it takes a number of threads from 1 to 256, got '\(call.argument)'; this machine has "
              + "\(processors) processor\(processors == 1 ? "" : "s")")
        }
        ThreadPool.threadCount = count
      }
      let count = ThreadPool.threadCount
      call.write(
        "\(count) thread\(count == 1 ? "" : "s") on \(processors) processor"
          + "\(processors == 1 ? "" : "s").\n")
    },
    NotebookCommand(
      "env", .session, "[NAME | NAME=VALUE]", "Shows the environment, shows a variable, or sets one for this session.",
      example: "%env LESSON=3"
    ) { (call) throws(Raise) in try environment(call) },
  ]

  private static func environment(_ call: CommandCall) throws(Raise) {
    let machine = call.machine
    let module = try machine.importModule("os", first: false)
    let variables = try machine.attribute(module, "environ")
    if call.argument.isEmpty {
      for key in try machine.array(variables).compactMap(\.swiftString).sorted() {
        // Values of variables that hold secrets do not belong into a notebook.
        let isSecret = ["KEY", "TOKEN", "SECRET", "PASSWORD", "PASSWD"].contains {
          key.uppercased().contains($0)
        }
        let value = try machine.item(variables, .string(key)).swiftString ?? ""
        call.write("\(key)=\(isSecret ? "<hidden>" : value)\n")
      }
      return
    }
    let mark = call.argument.firstIndex { $0 == "=" || $0 == " " }
    guard let mark else {
      let value = try machine.call(
        machine.attribute(variables, "get"), [.string(call.argument)])
      guard let text = value.swiftString else {
        let names = try machine.array(variables).compactMap(\.swiftString)
        let near = Suggestion.nearest(to: call.argument, among: names)
        throw call.misuse(
          "there is no variable \(call.argument)" + (near.map { "; did you mean \($0)?" } ?? ""))
      }
      call.write(text + "\n")
      return
    }
    let name = String(call.argument[..<mark]).trimmingSpaces
    let value = String(call.argument[call.argument.index(after: mark)...]).trimmingSpaces.unquoted
    if name.isEmpty { throw call.needs("the name of the variable") }
    try machine.setItem(variables, .string(name), .string(value))
    call.write("env: \(name)=\(value)\n")
  }
}
