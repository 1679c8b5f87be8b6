import Classical
import Compute
import Frames
import Language
import NeuralNetworks
import Plotting
import TensorCore

/// All doors of the library.
public enum LibraryDoors {
  public static let tables: [ModuleTable] =
    [
      [SwiftletDoor.table],
      IPythonDoor.tables,
      Numpy.modules,
      Torch.modules,
      PandasDoor.modules,
      SafetensorsDoor.modules,
      SklearnDoor.tables,
      KerasDoor.tables,
      PyplotDoor.tables,
      TqdmDoor.tables,
      PillowDoor.tables,
      TorchvisionDoor.tables,
      WidgetsDoor.tables,
      CommDoor.tables,
    ].flatMap { $0 }

  /// What the language and the library do for each other, once for the process.
  private static let processHooks: Void = {
    ClockReading.prepare = { Tensor.settle() }
    Memory.setReclaim { CycleCollector.reclaim() }
  }()

  /// A machine with every door, and the names that need no import.
  public static func machine(host: (any LanguageHost)? = nil) throws(Raise) -> Machine {
    let machine = try Machine(doors: tables, host: host)
    _ = processHooks
    machine.errorTranslators.append(TensorErrors.translate)
    machine.errorTranslators.append { [unowned machine] error in
      (error as? FrameError).map { PandasErrors.raise($0, machine) }
    }
    machine.errorTranslators.append(CSVTable.translate)
    machine.errorTranslators.append { [unowned machine] in FileErrors.translate($0, machine) }
    machine.errorTranslators.append { error in
      (error as? ClassicalError).map { Raise(.valueError, $0.description) }
        ?? (error as? PlotError).map { Raise(.valueError, $0.description) }
        ?? (error as? NeuralNetworkError).map(TrainingErrors.translate)
    }
    defineGlobals(machine)
    return machine
  }

  /// A function that needs no import, also where the user has given its name to something else.
  public static func function(_ name: String, _ machine: Machine) -> Value? {
    SwiftletDoor.functions.first { $0.name == name }.map { .object(NativeFunction($0)) }
  }

  /// Defines the names that need no import.
  public static func defineGlobals(_ machine: Machine) {
    machine[global: "display"] = .object(NativeFunction(IPythonDoor.display))
    for row in SwiftletDoor.functions {
      machine[global: row.name] = .object(NativeFunction(row))
    }
  }
}
