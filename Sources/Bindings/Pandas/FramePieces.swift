import Frames
import Language

/// What `read_csv(chunksize=...)` gives: the table in pieces of so many rows.
final class FramePieces: Instance {
  private let frame: DataFrame
  private let size: Int
  private var row = 0

  init(_ frame: DataFrame, size: Int, _ machine: Machine) {
    self.frame = frame
    self.size = size
    super.init(machine.type(Self.table))
  }

  private func next(_ count: Int) -> DataFrame? {
    guard row < frame.rowCount else { return nil }
    let end = min(frame.rowCount, row + max(1, min(count, frame.rowCount)))
    defer { row = end }
    return frame.slice(row..<end)
  }

  static let table = TypeTable(
    "TextFileReader", module: "pandas.io.parsers.readers", doc: "A table in pieces.",
    methods: [
      Native("__iter__(self)", "The pieces.") { a in
        let own = try a.receiver(FramePieces.self)
        return .object(
          NativeIterator("TextFileReader") { machine in own.next(own.size).map { machine.value($0) } ?? .undefined })
      },
      Native("__next__(self)", "The next piece.") { a in
        let own = try a.receiver(FramePieces.self)
        guard let piece = own.next(own.size) else { throw Raise(.stopIteration, arguments: []) }
        return a.machine.value(piece)
      },
      Native("get_chunk(self, size=None)", "The next rows.") { a in
        let own = try a.receiver(FramePieces.self)
        guard let piece = own.next(try a.int("size") ?? own.size) else { throw Raise(.stopIteration, arguments: []) }
        return a.machine.value(piece)
      },
      Native("__enter__(self)", "The pieces.") { a in a[0] },
      Native("__exit__(self, kind, value, traceback)", "The end.") { _ in .none },
      Native("close(self)", "The end.") { _ in .none },
    ])
}
