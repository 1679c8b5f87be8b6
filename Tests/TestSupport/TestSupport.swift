// TestSupport: what the tests of several modules share.

import Foundation

private final class ResultBox<T: Sendable>: @unchecked Sendable {
  var result: Result<T, any Error>?
}

/// Runs `body` on a thread with a large stack, as the kernel's evaluator does.
public func onBigStack<T: Sendable>(
  bytes: Int = 256 << 20, _ body: @escaping @Sendable () throws -> T
) throws -> T {
  let box = ResultBox<T>()
  let done = DispatchSemaphore(value: 0)
  let thread = Thread {
    box.result = Result { try body() }
    done.signal()
  }
  thread.stackSize = bytes
  thread.start()
  done.wait()
  guard let result = box.result else { throw CancellationError() }
  return try result.get()
}

/// The folder of the project's `Tests`.
public var testsFolder: URL {
  URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}
