/// `exception.__traceback__` as programs see it: a chain of objects, the outermost call first.
extension Machine {
  /// The traceback of an exception; None for one that was not raised.
  func tracebackValue(_ exception: ExceptionObject) -> Value {
    var result = Value.none
    for entry in exception.traceback.reversed() {
      let code = Instance(plainType("code"))
      code.setOwn("co_name", .string(entry.function))
      code.setOwn("co_filename", .string(entry.source.name))
      let place = entry.source.position(of: Int(entry.span.start))
      let line = Value.int(place.line)
      let frame = Instance(plainType("frame"))
      frame.setOwn("f_code", .object(code))
      frame.setOwn("f_lineno", line)
      let object = Instance(plainType("traceback"))
      object.setOwn("tb_frame", .object(frame))
      object.setOwn("tb_lineno", line)
      object.setOwn("tb_next", result)
      object.setOwn(Machine.sourceLine, .string(entry.source.line(place.line)))
      result = .object(object)
    }
    return result
  }

  /// Where a traceback object keeps the text of its line.
  static let sourceLine = "_line"

  /// A class of objects that only carry attributes, made once for a session.
  func plainType(_ name: String) -> TypeObject {
    let key = "type \(name)"
    if let known = extensions[key] as? TypeObject { return known }
    let type = TypeObject(name: name, module: "builtins", base: types.object)
    type.isSubclassable = false
    extensions[key] = type
    return type
  }
}
