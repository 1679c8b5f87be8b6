import Display
import Glibc
import Language
import Plotting

/// A place whose plot can be changed while the program runs.
///
///     with live() as view:
///       for step in range(100):
///         losses.append(train())
///         view.plot(losses, title='loss')
///
/// It is drawn at most ten times a second; the last plot always arrives. Where nothing can be updated
/// (a program's log) only the last one is shown.
final class LiveView: Instance {
  private var displayID: String?
  private var last = -Double.infinity
  private var waiting: Value?

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    if let waiting { visitor.visit(waiting) }
  }

  override func surrender(into heap: inout [Value]) {
    super.surrender(into: &heap)
    if let waiting { heap.append(waiting) }
    waiting = nil
  }

  func show(_ value: Value, _ machine: Machine) throws {
    waiting = value
    guard let port = machine.displayPort, port.updatesInPlace else { return }
    let now = TqdmBar.clock()
    if now - last >= 0.1 {
      last = now
      try flush(machine)
    }
  }

  func flush(_ machine: Machine) throws {
    guard let value = waiting, let port = machine.displayPort else { return }
    waiting = nil
    let bundle = try Presenter(machine).bundle(value)
    if let displayID {
      port.update(bundle, id: displayID)
    } else {
      let id = machine.newDisplayID()
      displayID = id
      port.show(bundle, id: id)
    }
  }

  /// The functions of plots as methods: what they give is what the view shows.
  private static let plots: [Native] = (PlotFunctions.rows + MorePlots.rows + [TableFunction.row]).map { row in
    let open = row.signature.firstIndex(of: "(") ?? row.signature.endIndex
    return Native(
      "\(row.signature[..<open])(self, *args, **kwargs)", row.doc + " Shown in the place of the view."
    ) { a in
      let view = try a.receiver(LiveView.self)
      let value = try a.machine.call(
        .object(NativeFunction(row)), a.items(1), keywords: a.keywords(2))
      try view.show(value, a.machine)
      return .none
    }
  }

  static let table = TypeTable(
    "LiveView", module: "swiftlet", doc: "A place whose plot can be changed while the program runs.",
    isSubclassable: false, allocate: { LiveView($0) },
    methods: plots + [
      Native("show(self, value)", "Shows anything in the place of the view: a plot, a table, a figure.") { a in
        try a.receiver(LiveView.self).show(a[1], a.machine)
        return .none
      },
      Native("update(self, value)", "The same as show.") { a in
        try a.receiver(LiveView.self).show(a[1], a.machine)
        return .none
      },
      Native("close(self)", "Shows the last state.") { a in
        try a.receiver(LiveView.self).flush(a.machine)
        return .none
      },
      Native("__enter__(self)", "The view for a with block.") { a in a[0] },
      Native("__exit__(self, *args)", "Shows the last state.") { a in
        try a.receiver(LiveView.self).flush(a.machine)
        return .bool(false)
      },
    ])
}
