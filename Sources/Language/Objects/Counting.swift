/// Reference counts of objects of the language, without atomic operations.
///
/// Swift counts references with locked instructions, five nanoseconds each: more than most
/// instructions of a program cost. Objects of the language belong to the thread of the machine that
/// made them (see `Object`), so the loop and its nearest helpers count their own copies with plain
/// loads and stores. The counts are the same ones that Swift keeps, so both ways mix freely; whatever
/// is not the plain case (a count that runs out, an object with weak references) goes to Swift.
///
/// The few objects that all machines share (`empty`, `...`, the characters) are made with `shared`.
///
/// The layout of the counts is that of the Swift runtime (`RefCount.h`: strong references beyond the
/// first in bits 33 to 62, bit 63 for everything unusual). `layoutHolds` checks it when a machine
/// starts.
enum Counting {
  private static let one: UInt64 = 1 << 33
  private static let countsOffset = 8

  @inline(__always)
  static func retain(_ object: UnsafeRawPointer) {
    let counts = UnsafeMutableRawPointer(mutating: object) + countsOffset
    let more = counts.load(as: UInt64.self) &+ one
    if Int64(bitPattern: more) >= 0 {
      counts.storeBytes(of: more, as: UInt64.self)
    } else {
      retainSlowly(object)
    }
  }

  @inline(__always)
  static func release(_ object: UnsafeRawPointer) {
    let counts = UnsafeMutableRawPointer(mutating: object) + countsOffset
    let fewer = counts.load(as: UInt64.self) &- one
    if Int64(bitPattern: fewer) >= 0 {
      counts.storeBytes(of: fewer, as: UInt64.self)
    } else {
      releaseSlowly(object)
    }
  }

  /// Whether nothing else holds an object that the caller holds.
  @inline(__always)
  static func isUnique(_ object: UnsafeRawPointer) -> Bool {
    (object + countsOffset).load(as: UInt64.self) < one
  }

  @inline(never)
  private static func retainSlowly(_ object: UnsafeRawPointer) {
    _ = Unmanaged<Object>.fromOpaque(object).retain()
  }

  /// Also where objects die.
  @inline(never)
  private static func releaseSlowly(_ object: UnsafeRawPointer) {
    Unmanaged<Object>.fromOpaque(object).release()
  }

  /// An object that machines of several threads share: it lives for ever, and counts that threads
  /// lose to each other do not matter. A quarter of all references that fit are added at once.
  static func shared<T: Object>(_ object: T) -> T {
    let counts =
      UnsafeMutableRawPointer(Unmanaged.passRetained(object as Object).toOpaque()) + countsOffset
    let more = counts.load(as: UInt64.self) &+ (one << 28)
    counts.storeBytes(of: more, as: UInt64.self)
    return object
  }

  /// Whether Swift counts as this file does.
  static func layoutHolds() -> Bool {
    let object = StringObject("counted")
    let raw = UnsafeRawPointer(Unmanaged.passUnretained(object).toOpaque())
    func counts() -> UInt64 { (raw + countsOffset).load(as: UInt64.self) }
    let before = counts()
    retainSlowly(raw)
    let after = counts()
    retain(raw)
    let both = counts()
    release(raw)
    releaseSlowly(raw)
    return withExtendedLifetime(object) {
      after == before &+ one && both == after &+ one && counts() == before
    }
  }
}

// Copies of values between places in memory: registers, slots, items.
extension UnsafeMutablePointer where Pointee == Value {
  @inline(__always) private var raw: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self) }
  /// All that `Value` holds, in two words; the second is the tag.
  @inline(__always) private var payload: UInt64 { UnsafeRawPointer(self).load(as: UInt64.self) }

  @inline(__always) private func write(_ payload: UInt64, _ tag: UInt8) {
    raw.storeBytes(of: payload, as: UInt64.self)
    raw.storeBytes(of: tag, toByteOffset: 8, as: UInt8.self)
  }

  /// Copies a value here, over one that is already here.
  @inline(__always) func assign(_ source: UnsafeMutablePointer<Value>) {
    let payload = source.payload
    let tag = source.tag
    if tag == RawTag.object {
      Counting.retain(UnsafeRawPointer(bitPattern: UInt(payload)).unsafelyUnwrapped)
    }
    if self.tag == RawTag.object {
      let old = rawObject
      write(payload, tag)
      Counting.release(old)
    } else {
      write(payload, tag)
    }
  }

  /// Copies a value into memory that holds none.
  @inline(__always) func initialize(copying source: UnsafeMutablePointer<Value>) {
    let tag = source.tag
    if tag == RawTag.object { Counting.retain(source.rawObject) }
    write(source.payload, tag)
  }

  /// Copies values into memory that holds none.
  @inline(__always) func initialize(copying source: UnsafeMutablePointer<Value>, count: Int) {
    for index in 0..<count { (self + index).initialize(copying: source + index) }
  }

  /// Moves a value here, over one that is already here; the source is left undefined.
  @inline(__always) func take(_ source: UnsafeMutablePointer<Value>) {
    let payload = source.payload
    let tag = source.tag
    source.write(1, RawTag.empty)
    if self.tag == RawTag.object {
      let old = rawObject
      write(payload, tag)
      Counting.release(old)
    } else {
      write(payload, tag)
    }
  }

  /// Stores a value that is at hand, over one that is already here.
  @inline(__always) func put(_ value: consuming Value) {
    if tag == RawTag.object {
      let old = rawObject
      initialize(to: value)
      Counting.release(old)
    } else {
      initialize(to: value)
    }
  }

  /// Puts an object here whose reference is handed over.
  @inline(__always) func put<T: Object>(owned object: Unmanaged<T>) {
    drop()
    write(UInt64(UInt(bitPattern: object.toOpaque())), RawTag.object)
  }

  /// Copies the bits only: a reference that is held elsewhere as long as it stands here.
  @inline(__always) func lend(_ source: UnsafeMutablePointer<Value>) {
    write(source.payload, source.tag)
  }

  /// Ends what `lend` began.
  @inline(__always) func forget() { write(1, RawTag.empty) }

  /// Leaves the place undefined.
  @inline(__always) func drop() {
    if tag == RawTag.object {
      let old = rawObject
      write(1, RawTag.empty)
      Counting.release(old)
    } else {
      write(1, RawTag.empty)
    }
  }

  /// Lets go of an object, leaving memory that must not be read before it is written.
  @inline(__always) func discard() {
    if tag == RawTag.object {
      let old = rawObject
      write(1, RawTag.empty)
      Counting.release(old)
    }
  }
}
