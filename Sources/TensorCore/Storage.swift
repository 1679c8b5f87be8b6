import Compute

/// The memory behind one or several tensors.
///
/// `version` counts writes, so that a gradient can tell whether a value that it kept was changed.
final class Storage: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int
  private let granted: Int64
  var version = 0

  /// Memory with undefined contents.
  ///
  /// - Throws: `MemoryError` when the charge does not allow it.
  init(byteCount: Int) throws {
    (pointer, granted) = try Memory.take(byteCount)
    self.byteCount = byteCount
  }

  deinit { Memory.give(pointer, granted: granted) }
}
