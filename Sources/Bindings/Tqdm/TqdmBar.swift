import Display
import Glibc
import Language
import Plotting

/// `tqdm`: a bar of progress around anything that can be walked, or one that is pushed by hand.
///
/// In a notebook each bar is one display that is updated in its place, at most ten times a second. In
/// a program that runs in a terminal only its end is written, to standard error as the original does,
/// so that standard output stays the program's.
final class TqdmBar: Instance {
  var iterable: Value = .none
  var meter = TqdmMeter()
  var done: Value = .int(0)
  var total: Value = .none
  var leaves = true
  var isDisabled = false
  var minInterval = 0.1
  private(set) var isClosed = false
  private var start = TqdmBar.clock()
  private var lastDraw = -Double.infinity
  private var displayID: String?
  var delay = 0.0

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    visitor.visit(iterable)
    visitor.visit(done)
    visitor.visit(total)
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    heap += [iterable, done, total]
    (iterable, done, total) = (.none, .int(0), .none)
  }

  /// Seconds of a clock that is never set.
  static func clock() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  // MARK: - State

  func restart(_ machine: Machine) {
    start = Self.clock()
    lastDraw = -.infinity
    isClosed = false
    if !isDisabled { draw(machine, isForced: true) }
  }

  /// The row as it stands now.
  func row(_ machine: Machine) throws -> String {
    var meter = meter
    meter.done = .init(done.asDouble ?? 0, try machine.text(of: done))
    meter.total = try total.asDouble.map { .init($0, try machine.text(of: total)) }
    meter.elapsed = Self.clock() - start
    return meter.text
  }

  func advance(_ by: Value, _ machine: Machine) throws {
    if isDisabled || isClosed { return }
    switch (done, by) {
    case (.int(let a), .int(let b)): done = .int(a &+ b)
    default: done = .float((done.asDouble ?? 0) + (by.asDouble ?? 0))
    }
    draw(machine)
  }

  func draw(_ machine: Machine, isForced: Bool = false) {
    guard !isDisabled, !isClosed, let port = machine.displayPort, port.updatesInPlace else { return }
    let now = Self.clock()
    guard now - start >= delay else { return }
    // Never more than ten times a second, whatever the program asks for.
    guard isForced || now - lastDraw >= max(minInterval, 0.1) else { return }
    lastDraw = now
    guard let bundle = try? bundle(machine) else { return }
    show(bundle, port, machine)
  }

  private func show(_ bundle: MIMEBundle, _ port: any DisplayPort, _ machine: Machine) {
    if let displayID {
      port.update(bundle, id: displayID)
    } else {
      let id = machine.newDisplayID()
      displayID = id
      port.show(bundle, id: id)
    }
  }

  private func bundle(_ machine: Machine) throws -> MIMEBundle {
    StyledText(rows: [StyledText.Row([.init(try row(machine))])]).bundle(machine.displaySettings)
  }

  /// The last state; it stays where the bar was asked to leave something.
  func close(_ machine: Machine) {
    if isClosed || isDisabled { return }
    let bundle = try? bundle(machine)
    let text = try? row(machine)
    isClosed = true
    guard let port = machine.displayPort, port.updatesInPlace else {
      if leaves, let text, machine.displayPort != nil { machine.host?.write(text + "\n", toError: true) }
      return
    }
    if leaves {
      if let bundle { show(bundle, port, machine) }
    } else if displayID != nil {
      show(MIMEBundle(plain: ""), port, machine)
    }
  }

  /// An iterator that counts what it gives.
  func iterator(_ machine: Machine) throws(Raise) -> Value {
    if iterable.isNone {
      throw Raise(.typeError, "'NoneType' object is not iterable", hint: "tqdm(total=...) is pushed by update().")
    }
    let inner = try machine.iterator(iterable)
    if isDisabled { return inner }
    restart(machine)
    return .object(
      NativeIterator("tqdm") { [self] machine throws(Raise) in
        let value: Value
        do throws(Raise) {
          value = try machine.next(inner)
        } catch {
          close(machine)
          throw error
        }
        if value.isUndefined {
          if let count = isStarted ? pending : nil { take(count, machine) }
          close(machine)
          return value
        }
        // A step is done when the next one is asked for.
        if isStarted { take(1, machine) }
        isStarted = true
        pending = 1
        return value
      })
  }

  private var isStarted = false
  private var pending: Int?

  private func take(_ count: Int, _ machine: Machine) {
    if case .int(let number) = done { done = .int(number &+ count) }
    draw(machine)
  }
}
