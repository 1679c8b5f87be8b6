import CKernels

/// The one pool of threads; the caller of a parallel section takes part in it.
///
/// Work is cut into chunks by its size alone, never by the number of threads, so results do not
/// depend on that number. Waking a worker costs 24-40 us: give the pool only work that is worth it.
public enum ThreadPool {
  /// Threads that a section uses, the caller included; 1...256. Starts as the number of processors.
  public static var threadCount: Int {
    get { Int(sw_pool_threads()) }
    set { sw_pool_set_threads(Int32(clamping: newValue)) }
  }

  public static var processorCount: Int { Int(sw_processor_count()) }

  /// Runs `body` for each chunk number below `chunks`, on several threads; returns when all are done.
  ///
  /// - Throws: `Interrupted` when chunks were skipped because of a request.
  public static func run(chunks: Int, _ body: (Int) -> Void) throws {
    if chunks == 1 {
      body(0)
      return
    }
    let skipped = withoutActuallyEscaping(body) { body in
      var body = body
      return withUnsafeMutablePointer(to: &body) { pointer in
        sw_pool_run(Int64(chunks), pointer) { context, index in
          guard let context else { return }
          context.assumingMemoryBound(to: ((Int) -> Void).self).pointee(Int(index))
        }
      }
    }
    if skipped != 0 { throw Interrupted() }
  }

  /// Cuts `0..<count` into ranges of `grain` and runs `body` on each. One range stays on the caller.
  @inline(__always)
  public static func forRanges(
    _ count: Int, grain: Int, _ body: (_ start: Int, _ end: Int) -> Void
  ) throws {
    if count <= grain {
      if count > 0 { body(0, count) }
      return
    }
    try run(chunks: (count - 1) / grain + 1) { chunk in
      let start = chunk * grain
      body(start, min(count, start + grain))
    }
  }
}
