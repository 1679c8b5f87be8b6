import CThreadState
import Synchronization

/// The objects that a machine's program has made and that can hold others, so that a collection can
/// look at all of them.
///
/// A dense table instead of a list through the objects: an object keeps its slot number in what would
/// be padding after `kind`, so no object grows; entering and leaving are two writes each and touch no
/// other object. Free slots are threaded through the table itself. When none is left the program has
/// as many objects as were allowed before the next collection: growing is the only moment that has to
/// look at counts, the fast paths never do.
struct TrackingTable {
  /// Slot 0 stands for "not tracked". An entry is the address of an object, or
  /// `next free slot << 1 | 1`.
  var entries: UnsafeMutablePointer<UInt>
  var capacity: Int
  /// The first free slot; 0 when there is none.
  var free: Int
  /// The number by which objects name their table.
  let id: UInt16
  /// How large the table may grow before a collection is asked for.
  var threshold: Int
  /// Bytes held by libraries at which a collection is asked for; 0: not decided yet.
  var libraryMark = 0
  /// Where to ask.
  let flag: Unmanaged<InterruptFlag>
  /// Whose table this is.
  var owner: Unmanaged<CycleCollector>?

  static let initialCapacity = 1 << 12

  init(id: UInt16, threshold: Int, flag: InterruptFlag) {
    self.id = id
    self.threshold = threshold
    self.flag = .passUnretained(flag)
    capacity = 0
    free = 0
    entries = .allocate(capacity: 1)
    resize(TrackingTable.initialCapacity)
  }

  /// Makes room; the new slots are free.
  mutating func resize(_ size: Int) {
    let larger = UnsafeMutablePointer<UInt>.allocate(capacity: size)
    larger.moveInitialize(from: entries, count: capacity)
    entries.deallocate()
    entries = larger
    // The lowest slot ends up first, so that the table fills from below.
    var slot = size - 1
    while slot >= max(capacity, 1) {
      (entries + slot).initialize(to: UInt(free) << 1 | 1)
      free = slot
      slot -= 1
    }
    if capacity == 0 { entries.initialize(to: 1) }
    capacity = size
  }

  /// All slots are taken.
  mutating func grow() {
    if capacity >= threshold { flag._withUnsafeGuaranteedRef { $0.requestCollection() } }
    // A slot number has 32 bits; what does not fit any more stays untracked, which is safe.
    if capacity < 1 << 31 { resize(capacity < threshold ? capacity * 2 : capacity + capacity / 2) }
  }

  /// The objects in the table.
  var count: Int {
    var count = 0
    for slot in 1..<capacity where entries[slot] & 1 == 0 { count += 1 }
    return count
  }

  /// Packs the objects at the front of a table of `size` slots.
  mutating func compact(_ size: Int) {
    let packed = UnsafeMutablePointer<UInt>.allocate(capacity: size)
    packed.initialize(to: 1)
    var used = 1
    for slot in 1..<capacity where entries[slot] & 1 == 0 {
      guard used < size, let raw = UnsafeRawPointer(bitPattern: entries[slot]) else { continue }
      Unmanaged<Object>.fromOpaque(raw)._withUnsafeGuaranteedRef { $0.trackingSlot = UInt32(used) }
      (packed + used).initialize(to: entries[slot])
      used += 1
    }
    entries.deallocate()
    entries = packed
    free = 0
    for slot in stride(from: size - 1, through: used, by: -1) {
      (entries + slot).initialize(to: UInt(free) << 1 | 1)
      free = slot
    }
    capacity = size
  }

  /// Lets all objects go: they outlive their machine untracked.
  mutating func dissolve() {
    for slot in 1..<capacity where entries[slot] & 1 == 0 {
      guard let raw = UnsafeRawPointer(bitPattern: entries[slot]) else { continue }
      Unmanaged<Object>.fromOpaque(raw)._withUnsafeGuaranteedRef { $0.trackingSlot = 0 }
    }
    entries.deallocate()
    capacity = 0
  }
}

/// The tables of all machines by number: an object finds its own when it dies, on whatever thread.
enum TrackingTables {
  static let limit = Int(UInt16.max)
  /// Set once, before the first object is tracked. A plain global with a constant start value is read
  /// without a call.
  @exclusivity(unchecked)
  nonisolated(unsafe) fileprivate static var all:
    UnsafeMutablePointer<UnsafeMutablePointer<TrackingTable>?>?

  private static let used = Mutex<(next: Int, free: [UInt16])>((1, []))

  /// A table with a number of its own; nil when there are too many machines.
  static func make(threshold: Int, flag: InterruptFlag) -> UnsafeMutablePointer<TrackingTable>? {
    used.withLock { used in
      if all == nil {
        let memory = UnsafeMutablePointer<UnsafeMutablePointer<TrackingTable>?>
          .allocate(capacity: limit + 1)
        memory.initialize(repeating: nil, count: limit + 1)
        all = memory
      }
      let id: UInt16
      if let last = used.free.popLast() {
        id = last
      } else {
        guard used.next <= limit else { return nil }
        id = UInt16(used.next)
        used.next += 1
      }
      let table = UnsafeMutablePointer<TrackingTable>.allocate(capacity: 1)
      table.initialize(to: TrackingTable(id: id, threshold: threshold, flag: flag))
      all?[Int(id)] = table
      return table
    }
  }

  static func drop(_ table: UnsafeMutablePointer<TrackingTable>) {
    used.withLock { used in
      let id = table.pointee.id
      table.pointee.dissolve()
      all?[Int(id)] = nil
      used.free.append(id)
      table.deinitialize(count: 1)
      table.deallocate()
    }
  }

  /// The table of the machine that runs on this thread.
  @inline(__always)
  static var current: UnsafeMutablePointer<TrackingTable>? {
    get { sw_thread_tracking_get()?.assumingMemoryBound(to: TrackingTable.self) }
    set { sw_thread_tracking_set(newValue) }
  }
}

extension Object {
  /// Notes an object that can hold others, at the end of its `init`.
  ///
  /// What is made while no machine runs on the thread (the built-in types, values that Swift code
  /// makes) stays untracked: a collection takes it as held from outside.
  @inline(__always)
  final func track() {
    guard let table = TrackingTables.current else { return }
    let free = table.pointee.free
    if free == 0 { return trackSlowly(table) }
    let entry = table.pointee.entries + free
    table.pointee.free = Int(entry.pointee >> 1)
    entry.pointee = UInt(bitPattern: Unmanaged.passUnretained(self).toOpaque())
    trackingSlot = UInt32(truncatingIfNeeded: free)
    trackingTable = table.pointee.id
  }

  @inline(never)
  private final func trackSlowly(_ table: UnsafeMutablePointer<TrackingTable>) {
    table.pointee.grow()
    if table.pointee.free != 0 { track() }
  }

  /// Takes a dying object out.
  @inline(__always)
  final func untrack() {
    guard let table = TrackingTables.all.unsafelyUnwrapped[Int(trackingTable)] else { return }
    let entry = table.pointee.entries + Int(trackingSlot)
    entry.pointee = UInt(table.pointee.free) << 1 | 1
    table.pointee.free = Int(trackingSlot)
  }
}
