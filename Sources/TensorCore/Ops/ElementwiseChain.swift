import Compute
import Synchronization

/// Elementwise steps on large arrays that wait for each other, to run block by block.
///
/// `gelu(x * w + b)` on arrays that no cache holds is bound by memory: each step would write its
/// result out and the next read it back. So a step on a large array only notes what is to be done, and
/// the chain runs when somebody looks at an element: a block of a few thousand goes through all
/// steps while it is in the cache, with the same loops, so with the same numbers. What was dropped
/// meanwhile is never written.
///
/// The rules that keep this invisible:
/// - Memory that a chain reads or will write is marked (`Storage.isAwaited`); whoever asks for its
///   address, to read or to write, runs the chain first.
/// - A result that is dropped before another step took it is computed all the same: who times an
///   operation measures it.
/// - Results have their memory from the beginning, so a refusal comes from the operation itself.
/// - Chains are short and bounded, because an interrupt does not stop them half-way.
///
/// One chain is pending at a time, under a lock.
final class ElementwiseChain: @unchecked Sendable {
  /// Elements below which results fit a cache anyway, and beyond which a chain would run too long.
  static let sizes = (1 << 17)...(1 << 25)
  private static let longest = 12
  /// Elements of a block. Short ones let the processor fetch the next while it computes on this.
  private static let block = 128
  /// Elements that a reader gets at a time.
  private static let group = 2048

  enum Work {
    case unary(sw_unary_loop)
    case binary(sw_binary_loop)
    /// A loop over floats without gaps.
    case floats(sw_float_loop)
  }

  /// Where a step reads: memory, with the bytes from element to element, or what a step before made.
  private enum Source {
    case none
    case memory(UnsafeMutablePointer<CChar>, stride: Int)
    case result(Int)
  }

  private struct Step {
    let work: Work
    let first: Source
    let second: Source
    /// Its result's memory, and bytes of an element.
    let place: UnsafeMutablePointer<CChar>
    let size: Int
    /// Nil once nobody can look at the result.
    var storage: Unmanaged<Storage>?
    /// Whether a later step, or a reader of blocks, took the result.
    var isUsed = false

    /// The steps whose results it reads.
    var results: [Int] {
      [first, second].compactMap { if case .result(let i) = $0 { i } else { nil } }
    }
  }

  private static let pending = Mutex<ElementwiseChain?>(nil)

  private let count: Int
  private var steps: [Step] = []
  private var inputs: [Storage] = []
  private var wasRead = false

  private init(count: Int) { self.count = count }

  // MARK: - Adding

  /// Notes a step that fills `out`, if it is of a size for chains; false when the caller has to run it.
  /// The operands are contiguous and have as many elements as `out`, or one.
  static func takes(_ work: Work, _ a: Tensor, _ b: Tensor? = nil, into out: Tensor) -> Bool {
    guard sizes.contains(out.count) else { return false }
    pending.withLock { pending in
      if let chain = pending, !chain.canTake(a, b, out) {
        chain.run()
        pending = nil
      }
      let chain = pending ?? ElementwiseChain(count: out.count)
      let first = chain.source(a)
      let second = b.map(chain.source) ?? .none
      chain.steps.append(
        Step(
          work: work, first: first, second: second, place: out.storage.start, size: out.dtype.size,
          storage: Unmanaged.passUnretained(out.storage)))
      out.storage.isAwaited = true
      if chain.steps.count < longest {
        pending = chain
      } else {
        chain.run()
        pending = nil
      }
    }
    return true
  }

  private func canTake(_ a: Tensor, _ b: Tensor?, _ out: Tensor) -> Bool {
    guard out.count == count else { return false }
    // A part of a result that is not there yet cannot be an operand.
    return isWhole(a) && (b.map(isWhole) ?? true)
  }

  private func isWhole(_ tensor: Tensor) -> Bool {
    guard let i = index(of: tensor.storage) else { return true }
    return tensor.offset == 0 && tensor.count == count && tensor.dtype.size == steps[i].size
  }

  private func index(of storage: Storage) -> Int? {
    guard storage.isAwaited else { return nil }
    return steps.lastIndex { $0.storage?.toOpaque() == Unmanaged.passUnretained(storage).toOpaque() }
  }

  private func source(_ tensor: Tensor) -> Source {
    if let i = index(of: tensor.storage) {
      steps[i].isUsed = true
      return .result(i)
    }
    if !tensor.storage.isAwaited {
      tensor.storage.isAwaited = true
      inputs.append(tensor.storage)
    }
    let size = tensor.dtype.size
    return .memory(
      tensor.storage.start + tensor.offset &* size, stride: tensor.count == count ? size : 0)
  }

  // MARK: - Ending

  /// Runs what is pending, if anything is.
  static func settle() {
    pending.withLock { pending in
      pending?.run()
      pending = nil
    }
  }

  /// The last reference to memory that a step was to fill goes away.
  static func forget(_ storage: Storage) {
    pending.withLock { pending in
      guard let chain = pending, let i = chain.index(of: storage) else { return }
      if chain.steps[i].isUsed {
        chain.steps[i].storage = nil
        if chain.steps.contains(where: { $0.storage != nil }) { return }
        chain.release()
      } else {
        chain.run()
      }
      pending = nil
    }
  }

  private func run() {
    let plan = Plan(steps, extra: nil)
    let grain = max(Elementwise.grain / steps.count, Self.block)
    Interrupt.ignoring {
      // Cannot throw: nobody interrupts.
      try? ThreadPool.forRanges(count, grain: grain) { start, end in
        plan.withSteps { loops, _ in
          // A step alone has nothing to keep in the cache; long loops are what prefetchers like.
          let block = loops.count == 1 ? end - start : Self.block
          sw_chain_run(Int64(loops.count), loops.baseAddress, Int64(start), Int64(end), Int64(block))
        }
      }
    }
    release()
  }

  /// Takes the marks away; nothing waits any more.
  private func release() {
    for input in inputs { input.isAwaited = false }
    for step in steps { step.storage?._withUnsafeGuaranteedRef { $0.isAwaited = false } }
  }

  // MARK: - Blocks

  /// Feeds the elements of a float32 tensor without gaps to `body`, in order, in blocks or at once.
  ///
  /// What a chain is still to make is made on the way and not written. `body` must not use tensors.
  static func read(
    _ tensor: Tensor, _ body: (_ start: Int, _ count: Int, UnsafePointer<Float>) throws -> Void
  ) throws {
    let isDone = try pending.withLock { pending -> Bool in
      // On several threads the steps are shared, which saves more than the memory.
      guard let chain = pending, !chain.wasRead, ThreadPool.threadCount == 1,
        let target = chain.index(of: tensor.storage), chain.isWhole(tensor)
      else { return false }
      chain.steps[target].isUsed = true
      chain.wasRead = true
      try chain.read(target, body)
      return true
    }
    if isDone { return }
    let elements = UnsafePointer(tensor.elements(Float.self))
    let piece = 1 << 20  // an interrupt is heard between pieces
    var start = 0
    while start < tensor.count {
      try Interrupt.check()
      let length = min(piece, tensor.count - start)
      try body(start, length, elements + start)
      start += length
    }
  }

  private func read(
    _ target: Int, _ body: (_ start: Int, _ count: Int, UnsafePointer<Float>) throws -> Void
  ) throws {
    let plan = Plan(steps, extra: target)
    try plan.withSteps { loops, block in
      var start = 0
      while start < count {
        if start & 0xffff == 0 { try Interrupt.check() }
        let length = min(Self.group, count - start)
        sw_chain_run(
          Int64(loops.count), loops.baseAddress, Int64(start), Int64(start + length), Int64(Self.block))
        try body(start, length, block)
        start += length
      }
    }
  }

  /// Which steps run, and where those that are not written put their blocks.
  private struct Plan {
    private let steps: [Step]
    private var isNeeded: [Bool]
    /// The slot of each step in the scratch memory; nil for a place of its own.
    private var slots: [Int?]
    private var slotCount = 0
    /// Bytes from slot to slot; no power of two, so that slots do not share cache sets.
    private let slotSize: Int
    /// The step whose elements a reader gets, from a place of their own behind the slots.
    private let extra: Int?

    /// The steps behind results that somebody can look at; or, with `extra`, behind that one only,
    /// for a reader.
    init(_ steps: [Step], extra: Int?) {
      self.steps = steps
      self.extra = extra
      slotSize = block * (steps.map(\.size).max() ?? 0) + 192
      let isWritten = steps.map { extra == nil && $0.storage != nil }
      isNeeded = steps.indices.map { isWritten[$0] || $0 == extra }
      slots = steps.map { _ in nil }
      var lastUse = [Int](repeating: -1, count: steps.count)
      for i in steps.indices.reversed() where isNeeded[i] {
        for j in steps[i].results {
          isNeeded[j] = true
          lastUse[j] = max(lastUse[j], i)
        }
      }
      // A slot is free again where its block was used last; a step with elements of the same size may
      // write over what it reads.
      var free: Set<Int> = []
      for i in steps.indices where isNeeded[i] {
        let ended = steps[i].results.filter { lastUse[$0] == i }
        free.formUnion(ended.filter { steps[$0].size == steps[i].size }.compactMap { slots[$0] })
        defer { free.formUnion(ended.filter { steps[$0].size != steps[i].size }.compactMap { slots[$0] }) }
        if isWritten[i] || i == extra { continue }
        if let slot = free.popFirst() {
          slots[i] = slot
        } else {
          slots[i] = slotCount
          slotCount += 1
        }
      }
    }

    /// Calls `body` with the steps as the kernels take them and where a reader finds the elements.
    func withSteps<R>(
      _ body: (UnsafeBufferPointer<sw_chain_step>, UnsafePointer<Float>) throws -> R
    ) rethrows -> R {
      let scratch = UnsafeMutableRawPointer.allocate(
        byteCount: max(slotCount, 1) * slotSize + group * (extra.map { steps[$0].size } ?? 0),
        alignment: 64)
      defer { scratch.deallocate() }
      let behind = scratch + max(slotCount, 1) * slotSize
      func result(_ i: Int) -> sw_chain_place {
        let size = Int64(steps[i].size)
        if i == extra {
          return sw_chain_place(
            base: behind.assumingMemoryBound(to: CChar.self), stride: size, advance: size,
            counts_from_call: 1)
        }
        guard let slot = slots[i] else {
          return sw_chain_place(
            base: steps[i].place, stride: size, advance: size, counts_from_call: 0)
        }
        let base = (scratch + slot * slotSize).assumingMemoryBound(to: CChar.self)
        return sw_chain_place(base: base, stride: size, advance: 0, counts_from_call: 0)
      }
      func place(_ source: Source) -> sw_chain_place {
        switch source {
        case .none: sw_chain_place()
        case .memory(let base, let stride):
          sw_chain_place(
            base: base, stride: Int64(stride), advance: Int64(stride), counts_from_call: 0)
        case .result(let i): result(i)
        }
      }
      var loops: [sw_chain_step] = []
      for i in steps.indices where isNeeded[i] {
        let step = steps[i]
        var loop = sw_chain_step()
        switch step.work {
        case .unary(let run): loop.unary = run
        case .binary(let run): loop.binary = run
        case .floats(let run): loop.floats = run
        }
        (loop.out, loop.a, loop.b) = (result(i), place(step.first), place(step.second))
        loops.append(loop)
      }
      return try loops.withUnsafeBufferPointer {
        try body($0, UnsafePointer(behind.assumingMemoryBound(to: Float.self)))
      }
    }
  }
}

extension Tensor {
  /// Computes what was put off so far: elementwise steps on large arrays wait until an element is
  /// asked for. Nobody can tell except with a clock, which therefore calls this.
  public static func settle() { ElementwiseChain.settle() }
}
