#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Releases what closures hold without deep recursion.
///
/// `Disposal` empties containers onto a heap; what a Swift closure has captured cannot be taken out of
/// it. An iterator over an iterator over an iterator ... therefore counts how deep its release has
/// nested on this thread, and beyond a bound leaves the rest to the outermost one.
enum DeferredRelease {
  typealias Step = (Machine) throws(Raise) -> Value

  private static let bound = 64

  private final class Pen {
    @exclusivity(unchecked) var depth = 0
    @exclusivity(unchecked) var waiting: [Step] = []
  }

  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { raw in
      #if canImport(Glibc)
        if let raw { Unmanaged<Pen>.fromOpaque(raw).release() }
      #else
        Unmanaged<Pen>.fromOpaque(raw).release()
      #endif
    }
    return key
  }()

  private static var pen: Pen {
    if let raw = pthread_getspecific(key) {
      return Unmanaged<Pen>.fromOpaque(raw).takeUnretainedValue()
    }
    let made = Pen()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }

  /// Empties `step`, now or when the outermost release of this thread comes to it.
  static func release(_ step: inout Step?) {
    let pen = pen
    if pen.depth >= bound, let taken = step {
      pen.waiting.append(taken)
      step = nil
      return
    }
    pen.depth += 1
    letGo(&step)
    while pen.depth == 1, !pen.waiting.isEmpty {
      // What it holds nests to the bound and waits again.
      var next = pen.waiting.popLast()
      letGo(&next)
    }
    pen.depth -= 1
  }

  /// Out of line: the optimiser may move a release in front of what counts its depth, not a call.
  @inline(never) private static func letGo(_ step: inout Step?) { step = nil }
}
