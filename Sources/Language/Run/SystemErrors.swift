/// The exception classes of the system's error numbers, as `OSError(number, ...)` picks them.
enum SystemErrors {
  static let kinds: [Int: ExceptionKind] = [
    1: .permissionError, 2: .fileNotFoundError, 13: .permissionError, 17: .fileExistsError,
    20: .notADirectoryError, 21: .isADirectoryError, 32: .brokenPipeError, 110: .timeoutError,
  ]
}
