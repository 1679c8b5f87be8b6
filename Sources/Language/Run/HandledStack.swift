/// The exceptions that are being handled, innermost last.
///
/// Own memory: every return of a function compares the count, which in an array costs a call.
final class HandledStack {
  @exclusivity(unchecked) private var items: UnsafeMutablePointer<ExceptionObject>
  @exclusivity(unchecked) private var capacity = 16
  @exclusivity(unchecked) private(set) var count = 0

  init() { items = .allocate(capacity: 16) }

  deinit {
    items.deinitialize(count: count)
    items.deallocate()
  }

  var isEmpty: Bool { count == 0 }
  var last: ExceptionObject? { count > 0 ? items[count - 1] : nil }

  func append(_ exception: ExceptionObject) {
    if count == capacity {
      let larger = UnsafeMutablePointer<ExceptionObject>.allocate(capacity: capacity * 2)
      larger.moveInitialize(from: items, count: count)
      items.deallocate()
      items = larger
      capacity *= 2
    }
    (items + count).initialize(to: exception)
    count += 1
  }

  func append(contentsOf exceptions: [ExceptionObject]) {
    for exception in exceptions { append(exception) }
  }

  /// Takes the innermost one away, if there is one.
  func removeLast() { truncate(to: count - 1) }

  /// Forgets all but the outermost `depth`.
  func truncate(to depth: Int) {
    while count > max(0, depth) {
      count -= 1
      (items + count).deinitialize(count: 1)
    }
  }

  /// Those from `depth` on.
  func items(from depth: Int) -> [ExceptionObject] {
    depth < count ? Array(UnsafeBufferPointer(start: items + depth, count: count - depth)) : []
  }
}
