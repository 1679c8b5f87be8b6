#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Errors of the operating system as exceptions: `[Errno 2] No such file or directory: 'x'`.
public enum SystemError {
  /// The exception of an error number, of the class that Python gives it.
  static func raise(_ number: Int32, _ path: Value = .none, _ second: Value = .none) -> Raise {
    let raise = Raise(
      kind(of: number),
      arguments: [.int(Int(number)), .string(String(cString: strerror(number)))])
    if !path.isNone { raise.details.append(("filename", path)) }
    if !second.isNone { raise.details.append(("filename2", second)) }
    return raise
  }

  public static func raise(_ number: Int32, _ path: String) -> Raise { raise(number, .string(path)) }

  static func kind(of number: Int32) -> ExceptionKind {
    switch number {
    case ENOENT: .fileNotFoundError
    case EEXIST: .fileExistsError
    case EISDIR: .isADirectoryError
    case ENOTDIR: .notADirectoryError
    case EACCES, EPERM: .permissionError
    case EPIPE, ESHUTDOWN: .brokenPipeError
    case ETIMEDOUT: .timeoutError
    case ECONNABORTED, ECONNREFUSED, ECONNRESET: .connectionError
    default: .osError
    }
  }

  /// The text of a path argument: a string, bytes, or an object with `__fspath__`.
  static func path(_ value: Value, _ machine: Machine, _ function: String) throws(Raise) -> String {
    if let text = value.asString {
      if text.bytes.contains(0) { throw Raise(.valueError, "embedded null byte") }
      return text.swiftString
    }
    if case .object(let object) = value, object.kind == .bytes {
      return String(decoding: unsafeDowncast(object, to: BytesObject.self).bytes, as: UTF8.self)
    }
    if value.asInstance != nil, let method = machine.type(of: value).lookup("__fspath__") {
      if let text = try machine.call(method, [value]).swiftString { return text }
    }
    throw Raise(
      .typeError,
      "\(function)expected str, bytes or os.PathLike object, not \(machine.typeName(value))")
  }
}
