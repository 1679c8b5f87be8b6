import Syntax

extension Machine {
  /// Where a program stands while it calls a native.
  struct Place {
    let source: Source
    let span: Span
    let function: String
    var name: String { source.name }
    var line: Int { source.position(of: Int(span.start)).line }
  }

  /// The innermost frame of the program; nil when none runs.
  var currentPlace: Place? { places.last }

  /// All frames of the program, outermost first.
  var places: [Place] {
    (0..<frameCount).map { index in
      let frame = frames + index
      let code = frame.pointee.code
      let at = frame.pointee.pc - code.instructions - 1
      return Place(source: code.source, span: code.span(at: max(at, 0)), function: code.name)
    }
  }
}
