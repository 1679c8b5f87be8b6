import Glibc

/// A block of a CSV file cut at line ends into one part per processor.
///
/// Only a block without a single quote is cut: then every line end is the end of a record. Each
/// part is read into columns of its own, which are put together in order; what a part finds wrong
/// is reported as if one thread had read it all.
struct CSVParts {
  /// A part of this many bytes stays in a processor's cache beside what is made of it.
  static let partSize = 2 << 20
  /// Below this the start of a thread costs more than it saves.
  private static let smallest = 1 << 18

  /// The processors that this process may use, 8 at most: beyond, memory is the limit.
  static let processors: Int = max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private let parts: [Part]

  /// Nil when the block is small, holds a quote, or there is one processor.
  init?(
    _ parser: RecordParser, _ block: UnsafeBufferPointer<UInt8>, isLast: Bool,
    _ builders: UnsafeMutableBufferPointer<ColumnBuilder>
  ) {
    guard Self.processors > 1, block.count >= 2 * Self.smallest, let base = block.baseAddress,
      memchr(base, Int32(CSVScanner.quote), block.count) == nil
    else { return nil }
    let count = min(Self.processors, block.count / Self.smallest)
    var cuts = [0]
    for part in 1..<max(count, 1) {
      let from = max(block.count / count * part, cuts.last ?? 0)
      guard let end = memchr(base + from, Int32(CSVScanner.lineFeed), block.count - from) else {
        return nil
      }
      cuts.append(UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1)
    }
    cuts.append(block.count)
    // A part ends behind a line feed, so that all but the last one know their end; the byte at an
    // end is then no line feed, and reading must not run on: those parts stop one byte early, at
    // the line feed itself.
    parts = zip(cuts, cuts.dropFirst()).enumerated().map { place, ends in
      let isFinal = place == cuts.count - 2
      return Part(
        parser, start: base + ends.0, end: base + (isFinal ? ends.1 : max(ends.0, ends.1 - 1)),
        isLast: isFinal ? isLast : true, isInner: !isFinal, next: base + ends.1,
        kinds: builders.map(\.kind))
    }
  }

  /// Reads all parts and adds them to the columns.
  ///
  /// - Returns: where the next record starts, with lines and rows counted on from `start`.
  func read(
    into builders: UnsafeMutableBufferPointer<ColumnBuilder>, _ start: RecordParser.Place
  ) throws(FrameError) -> RecordParser.Place {
    var threads: [pthread_t] = []
    for part in parts.dropLast() {
      var thread = pthread_t()
      let reference = Unmanaged.passRetained(part)
      let failed = pthread_create(
        &thread, nil,
        { raw in
          if let raw { Unmanaged<Part>.fromOpaque(raw).takeRetainedValue().read() }
          return nil
        }, reference.toOpaque())
      if failed == 0 {
        threads.append(thread)
      } else {
        // No thread to be had: this one does the work.
        reference.release()
        part.read()
      }
    }
    parts.last?.read()
    for thread in threads { pthread_join(thread, nil) }
    var place = start
    for part in parts {
      if let error = part.error { throw error.movingLines(by: place.line - 1) }
      for index in builders.indices { try builders[index].append(part.columns[index]) }
      place.line += part.place.line - 1
      place.rows += part.place.rows
      place.p = part.isFinished ? part.next : part.place.p
    }
    return place
  }

  /// One thread's share. Only that thread touches it until it is joined.
  private final class Part: @unchecked Sendable {
    private let parser: RecordParser
    private let start: UnsafePointer<UInt8>
    private let end: UnsafePointer<UInt8>
    private let isLast: Bool
    private let isInner: Bool
    private let builders: UnsafeMutableBufferPointer<ColumnBuilder>
    let next: UnsafePointer<UInt8>
    private(set) var place: RecordParser.Place
    private(set) var error: FrameError?

    init(
      _ parser: RecordParser, start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>,
      isLast: Bool, isInner: Bool, next: UnsafePointer<UInt8>, kinds: [ColumnBuilder.Kind]
    ) {
      self.parser = parser
      self.start = start
      self.end = end
      self.isInner = isInner
      self.isLast = isLast
      self.next = next
      builders = .allocate(capacity: kinds.count)
      _ = builders.initialize(from: kinds.map(ColumnBuilder.init(kind:)))
      place = RecordParser.Place(p: start, line: 1, rows: 0)
    }

    deinit {
      builders.deinitialize()
      builders.deallocate()
    }

    var columns: UnsafeMutableBufferPointer<ColumnBuilder> { builders }
    /// Whether every byte was read; the last part of a block may end within a record.
    var isFinished: Bool { place.p == end }

    func read() {
      do throws(FrameError) {
        try parser.parse(&place, end: end, isLast: isLast, most: .max, into: builders)
      } catch {
        self.error = error
      }
      if isInner, endsInBlankLine { place.line += 1 }
    }

    /// Whether the line feed at the end of an inner part ends a blank line: then nothing told the
    /// parser of that line.
    private var endsInBlankLine: Bool {
      var q = end
      while q > start, q[-1] == 0x20 || q[-1] == 0x09, q[-1] != parser.separator { q -= 1 }
      return q == start || q[-1] == CSVScanner.lineFeed || q[-1] == CSVScanner.carriageReturn
    }
  }
}

extension FrameError {
  /// The same, with line numbers counted from an earlier place of the file.
  fileprivate func movingLines(by lines: Int) -> FrameError {
    switch self {
    case .raggedRow(let path, let line, let expected, let found):
      .raggedRow(path: path, line: line + lines, expected: expected, found: found)
    case .unclosedQuote(let path, let line): .unclosedQuote(path: path, line: line + lines)
    default: self
    }
  }
}
