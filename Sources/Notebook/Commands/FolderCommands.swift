import Language

/// `%pwd`, `%cd`, `%ls`: the current folder, by the functions of `os`.
enum FolderCommands {
  static let rows: [NotebookCommand] = [
    NotebookCommand("pwd", .files, "", "Shows the current folder.", example: "%pwd") {
      (call) throws(Raise) in
      if !call.argument.isEmpty { throw call.misuse("it takes no argument; %cd goes to a folder") }
      call.write(try current(call) + "\n")
    },
    NotebookCommand(
      "cd", .files, "[FOLDER]", "Goes to a folder, - back to the last one, none to your home.",
      example: "%cd data"
    ) { (call) throws(Raise) in
      let before = try current(call)
      var target = call.argument.unquoted
      if target == "-" {
        guard let last = call.session.lastFolder else {
          throw call.misuse("there is no folder to go back to")
        }
        target = last
      }
      if target.isEmpty { target = "~" }
      let path = try function("expanduser", of: "os.path", [.string(target)], call)
      _ = try function("chdir", of: "os", [path], call)
      call.session.lastFolder = before
      call.write(try current(call) + "\n")
    },
    NotebookCommand(
      "ls", .files, "[FOLDER]", "Lists the files of a folder; folders end with /.", example: "%ls"
    ) { (call) throws(Raise) in
      let target = call.argument.isEmpty ? "." : call.argument.unquoted
      if target.hasPrefix("-") { throw call.misuse("it takes no options, only a folder") }
      let path = try function("expanduser", of: "os.path", [.string(target)], call)
      let names = try call.machine.array(function("listdir", of: "os", [path], call))
        .compactMap(\.swiftString).filter { !$0.hasPrefix(".") }.sorted()
      for name in names {
        let full = try function("join", of: "os.path", [path, .string(name)], call)
        let isFolder = try call.machine.truth(function("isdir", of: "os.path", [full], call))
        call.write(isFolder ? name + "/\n" : name + "\n")
      }
      if names.isEmpty { call.write("Nothing here.\n") }
    },
  ]

  private static func current(_ call: CommandCall) throws(Raise) -> String {
    try function("getcwd", of: "os", [], call).swiftString ?? ""
  }

  private static func function(
    _ name: String, of module: String, _ arguments: [Value], _ call: CommandCall
  ) throws(Raise) -> Value {
    let module = try call.machine.importModule(module, first: false)
    return try call.machine.call(call.machine.attribute(module, name), arguments)
  }
}
