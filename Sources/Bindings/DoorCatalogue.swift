import Classical
import Language

/// All doors, and a machine that has them.
public enum DoorCatalogue {
  /// The tables of every module that a program can import, besides those of the language itself.
  public static let tables: [ModuleTable] = Numpy.modules + Torch.modules

  /// A session with every door.
  public static func machine(host: (any LanguageHost)? = nil) throws(Raise) -> Machine {
    let machine = try Machine(doors: tables, host: host)
    install(on: machine)
    return machine
  }

  /// Teaches a machine the errors of the libraries.
  public static func install(on machine: Machine) {
    machine.errorTranslators.append(TensorErrors.translate)
    machine.errorTranslators.append { error in
      (error as? ClassicalError).map { Raise(.valueError, $0.description) }
    }
  }
}
