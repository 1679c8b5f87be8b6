#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file was not read or written.
///
/// Files come from anywhere: nothing in them may trap, and no size that they claim is believed before
/// it was compared with what is there.
public enum FileError: Error, Equatable, CustomStringConvertible {
  /// The system refused: its error number and the path.
  case system(code: Int32, path: String)
  /// The bytes are not what the format says.
  case malformed(format: Format, message: String)
  /// The bytes are in order but hold something that is not taken: code, object arrays, unknown types.
  case refused(format: Format, message: String)
  /// The file ends before its contents do.
  case ended(format: Format, message: String)

  public enum Format: String, Sendable {
    case npy, npz, zip, safetensors, pickle, torch, text, hdf5
  }

  public var description: String {
    switch self {
    case .system(let code, let path): "\(path): \(String(cString: strerror(code)))"
    case .malformed(_, let message), .refused(_, let message), .ended(_, let message): message
    }
  }
}
