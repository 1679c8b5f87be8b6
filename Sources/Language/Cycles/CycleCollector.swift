import CThreadState

/// Frees objects that hold each other and that nothing else holds.
///
/// Everything else is freed by reference counting at once. Cycles are found as CPython's `gc` finds
/// them: for each tracked object take its strong reference count, subtract the references that
/// tracked objects hold (`Object.visit`). What has a count left is held from outside: by a register,
/// a global, Swift code, or an object that is not tracked. It and all that it leads to are alive; the
/// rest is garbage. Garbage is emptied (`Object.surrender`), and reference counting frees it. No code
/// of the program runs in a collection, and nothing is moved.
///
/// Since whatever Swift code is using is held from outside, a collection may happen wherever the
/// machine's own thread is: at its safe points, inside a native that polls, when a library is short
/// of memory.
public final class CycleCollector {
  /// What collections have done so far.
  public struct Statistics: Sendable, Equatable {
    public var collections = 0
    /// Objects found unreachable and freed.
    public var freed = 0
    /// Seconds that collections took.
    public var seconds = 0.0
  }

  /// Whether the machine collects by itself (`gc.enable`); `collect` always works.
  public var isEnabled = true
  public private(set) var statistics = Statistics()
  /// Objects that may come to be before the machine collects by itself, at least.
  public var threshold = CycleCollector.defaultThreshold {
    didSet { table?.pointee.threshold = max(threshold, TrackingTable.initialCapacity) }
  }

  /// A table of 200,000 entries is 1.6 MB and is looked through in about 10 ms.
  public static let defaultThreshold = 200_000
  /// The table may double before the next collection: looking through it then costs each new object
  /// about two visits.
  private static let growthFactor = 2
  /// Bytes of libraries below which their growth asks for nothing.
  private static let libraryFloor = 256 << 20
  /// Objects between two looks at the interrupt flag.
  private static let pollInterval = 1 << 16

  private let table: UnsafeMutablePointer<TrackingTable>?
  private let flag: InterruptFlag
  private var isCollecting = false
  /// Generators that nothing holds and that wait to be closed (`Machine+Orphans.swift`).
  private var orphans: [GeneratorObject] = []
  /// Objects that were there after the last collection.
  private var survivors = 0
  /// Set when references were found that do not add up: a `visit` is wrong. Nothing is collected
  /// any more.
  private(set) var isInconsistent = false

  init(flag: InterruptFlag) {
    self.flag = flag
    table =
      ReferenceCount.isReliable
      ? TrackingTables.make(threshold: CycleCollector.defaultThreshold, flag: flag) : nil

    table?.pointee.owner = .passUnretained(self)
  }

  deinit {
    if let table { TrackingTables.drop(table) }
  }

  /// Runs `body` with new objects entering this collector's table: whoever calls functions of the
  /// language when no cell runs does it in here, or what they make is never looked at for cycles.
  @inline(__always)
  public func whileTracking<T>(_ body: () throws(Raise) -> T) throws(Raise) -> T {
    let outer = TrackingTables.current
    TrackingTables.current = table
    defer { TrackingTables.current = outer }
    return try body()
  }

  /// How many objects are tracked.
  public var trackedCount: Int { table?.pointee.count ?? 0 }

  /// Whether an object takes part.
  public func isTracked(_ value: Value) -> Bool { (value.object?.trackingSlot ?? 0) != 0 }

  /// A library holds so many bytes for objects of the language (tensors): when these have doubled, a
  /// few small objects in cycles may be what holds them.
  public static func noteLibraryBytes(_ bytes: Int) {
    guard let table = TrackingTables.current, bytes > libraryFloor else { return }
    if table.pointee.libraryMark == 0 {
      table.pointee.libraryMark = max(2 * libraryFloor, bytes + bytes / 2)
    } else if bytes > table.pointee.libraryMark {
      table.pointee.libraryMark = bytes + bytes / 2
      table.pointee.flag._withUnsafeGuaranteedRef { $0.requestCollection() }
    }
  }

  /// A library has run short of memory: the collector of the machine that runs on this thread, if
  /// one does, frees what it can.
  public static func reclaim() {
    guard let owner = TrackingTables.current?.pointee.owner else { return }
    owner._withUnsafeGuaranteedRef { collector in _ = collector.collect() }
  }

  // MARK: - Generators

  /// No code of the program runs for what a collection finds.
  var takesOrphans: Bool { !isCollecting }

  func adopt(_ generator: GeneratorObject) {
    orphans.append(generator)
    flag.noteOrphans()
  }

  func takeOrphans() -> [GeneratorObject] {
    defer { orphans = [] }
    return orphans
  }

  // MARK: - Collecting

  /// The machine is at a safe point and a collection was asked for.
  func collectIfEnabled() {
    if isEnabled { collect() }
    prepareNext()
  }

  /// A cell has ended. Collects where one that left no running loop behind has made much: an
  /// eighth of what is allowed before a collection in the middle of a program, at least.
  public func collectIfGrown() {
    guard isEnabled, let table else { return }
    let tracked = table.pointee.count
    if tracked - survivors > max(threshold / 8, survivors) { collect() }
  }

  /// Collects now. Gives the number of unreachable objects that were freed.
  @discardableResult
  public func collect() -> Int {
    guard let table, !isCollecting, !isInconsistent else { return 0 }
    isCollecting = true
    defer { isCollecting = false }
    let start = ContinuousClock.now
    let freed = collect(table)
    statistics.collections += 1
    statistics.freed += freed
    statistics.seconds += (ContinuousClock.now - start) / .seconds(1)
    prepareNext()
    return freed
  }

  private func collect(_ table: UnsafeMutablePointer<TrackingTable>) -> Int {
    let capacity = table.pointee.capacity
    let entries = table.pointee.entries
    let counts = UnsafeMutablePointer<Int32>.allocate(capacity: capacity)
    defer { counts.deallocate() }
    let visitor = ReferenceVisitor(counts: counts, table: table.pointee.id)

    /// Calls `body` with each object; false when the user wants to stop meanwhile.
    func forEach(_ body: (Int, UnsafeRawPointer) -> Void) -> Bool {
      for slot in 1..<capacity where entries[slot] & 1 == 0 {
        if slot % CycleCollector.pollInterval == 0, flag.isRequested { return false }
        if let raw = UnsafeRawPointer(bitPattern: entries[slot]) { body(slot, raw) }
      }
      return true
    }
    func visit(_ raw: UnsafeRawPointer) {
      Unmanaged<Object>.fromOpaque(raw)._withUnsafeGuaranteedRef { $0.visit(visitor) }
    }

    // A count of 0 would be an object that is being freed; it is not ours to touch.
    guard forEach({ slot, raw in
      let count = ReferenceCount.of(raw)
      counts[slot] = count == 0 ? Int32.max : Int32(clamping: count)
    }), forEach({ _, raw in visit(raw) }) else { return 0 }

    visitor.beginMarking()
    var wrong = false
    guard forEach({ slot, _ in
      if counts[slot] < 0, counts[slot] != ReferenceVisitor.reached { wrong = true }
      if counts[slot] > 0 { visitor.reach(slot) }
    }) else { return 0 }
    if wrong {
      isInconsistent = true
      return 0
    }
    var marked = 0
    while let slot = visitor.next() {
      marked += 1
      if marked % CycleCollector.pollInterval == 0, flag.isRequested { return 0 }
      if let raw = UnsafeRawPointer(bitPattern: entries[slot]) { visit(raw) }
    }

    var garbage: [Unmanaged<Object>] = []
    for slot in 1..<capacity where entries[slot] & 1 == 0 {
      if counts[slot] != ReferenceVisitor.reached, let raw = UnsafeRawPointer(bitPattern: entries[slot])
      {
        garbage.append(.fromOpaque(raw))
      }
    }
    free(garbage)
    return garbage.count
  }

  /// All garbage is kept while it is emptied: nothing is freed in the middle of a chain, so no chain
  /// of `deinit`s grows deep.
  private func free(_ garbage: [Unmanaged<Object>]) {
    for object in garbage { _ = object.retain() }
    var held: [Value] = []
    for object in garbage {
      object._withUnsafeGuaranteedRef { $0.surrender(into: &held) }
      held.removeAll(keepingCapacity: held.count < 1 << 12)
    }
    for object in garbage { object.release() }
  }

  /// Sets how far the table may grow before the next collection.
  private func prepareNext() {
    guard let table else { return }
    table.pointee.libraryMark = 0
    let alive = table.pointee.count
    survivors = alive
    let next = max(threshold, alive * CycleCollector.growthFactor, TrackingTable.initialCapacity)
    table.pointee.threshold = next
    if table.pointee.capacity > 2 * next { table.pointee.compact(next) }
  }
}
