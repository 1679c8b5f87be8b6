import Language
import TensorCore

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Errors of files as exceptions of the classes that the originals raise.
enum FileErrors {
  static let unpickling = TypeTable(
    "UnpicklingError", module: "_pickle", doc: "A pickle that is damaged or holds more than data.",
    baseName: "Exception", showsModule: true)
  static let safetensors = TypeTable(
    "SafetensorError", module: "safetensors", doc: "A file that is no safetensors file.",
    baseName: "Exception", showsModule: true)

  static func translate(_ error: any Error, _ machine: Machine) -> Raise? {
    guard let error = error as? FileError else { return nil }
    switch error {
    case .system(let code, let path):
      let raise = Raise(
        kind(code), arguments: [.int(Int(code)), .string(String(cString: strerror(code)))])
      raise.details.append(("filename", .string(path)))
      return raise
    case .malformed(let format, let message), .refused(let format, let message):
      return raise(format, message, machine)
    case .ended(let format, let message):
      if message.hasPrefix("No data left") || message.hasPrefix("Ran out of input") {
        return Raise(.eofError, message)
      }
      return raise(format, message, machine)
    }
  }

  private static func raise(
    _ format: FileError.Format, _ message: String, _ machine: Machine
  ) -> Raise {
    switch format {
    case .npy, .npz, .text: return Raise(.valueError, message)
    case .hdf5: return Raise(.osError, message)
    case .zip, .torch: return Raise(.runtimeError, message)
    case .pickle: return raise(unpickling, "Weights only load failed. " + message, machine)
    case .safetensors: return raise(safetensors, message, machine)
    }
  }

  static func raise(_ table: TypeTable, _ message: String, _ machine: Machine) -> Raise {
    let exception = ExceptionObject(machine.type(table))
    exception.arguments = [.string(message)]
    return Raise(exception)
  }

  private static func kind(_ code: Int32) -> ExceptionKind {
    switch code {
    case ENOENT: .fileNotFoundError
    case EISDIR: .isADirectoryError
    case ENOTDIR: .notADirectoryError
    case EACCES, EPERM: .permissionError
    case EEXIST: .fileExistsError
    default: .osError
    }
  }
}
