import Language

/// Where a program's text goes: the host, or what `contextlib.redirect_stdout` put in its place.
struct MachineOutput {
  let machine: Machine

  func write(_ text: String, toError: Bool) {
    guard let target = machine.redirections[toError ? 1 : 0] else {
      machine.host?.write(text, toError: toError)
      return
    }
    // A file that refuses text loses it, as a closed terminal does.
    _ = try? machine.call(machine.attribute(target, "write"), [.string(text)])
  }
}

extension Machine {
  var output: MachineOutput { MachineOutput(machine: self) }
}
