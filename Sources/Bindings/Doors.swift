import Classical
import Language

/// All doors of the library.
public enum LibraryDoors {
  public static let tables: [ModuleTable] =
    IPythonDoor.tables + Numpy.modules + Torch.modules

  /// A machine with every door, and the names that need no import.
  public static func machine(host: (any LanguageHost)? = nil) throws(Raise) -> Machine {
    let machine = try Machine(doors: tables, host: host)
    machine.errorTranslators.append(TensorErrors.translate)
    machine.errorTranslators.append { error in
      (error as? ClassicalError).map { Raise(.valueError, $0.description) }
    }
    defineGlobals(machine)
    return machine
  }

  /// Defines the names that need no import.
  public static func defineGlobals(_ machine: Machine) {
    machine[global: "display"] = .object(NativeFunction(IPythonDoor.display))
  }
}
