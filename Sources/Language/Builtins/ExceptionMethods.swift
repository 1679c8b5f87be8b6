/// The methods and attributes of exceptions, and of `property`.
enum ExceptionMethods {
  static let rows: [Native] = [
    Native("with_traceback(self, tb, /)", "The exception itself.",
      example: "ValueError('x').with_traceback(None)"
    ) { a in
      _ = try own(a)
      return a[0]
    },
    Native("add_note(self, note, /)", "Adds a line that is shown below the message.",
      example: "e = ValueError('x')\ne.add_note('in row 3')\nprint(e.__notes__)"
    ) { a in
      let exception = try own(a)
      guard let note = a[1].asString else {
        throw Raise(.typeError, "note must be a str, not '\(a.machine.typeName(a[1]))'")
      }
      exception.notes.append(note.swiftString)
      return .none
    },
  ]

  private static func own(_ a: Arguments) throws(Raise) -> ExceptionObject {
    if let exception = a[0].asException { return exception }
    throw a.wrongReceiver("BaseException")
  }

  static let properties: [NativeProperty] = [
    NativeProperty(
      "args", "What the exception was made with.",
      get: { value, _ in .tuple(value.asException?.arguments ?? []) },
      set: { value, new, machine in value.asException?.arguments = try machine.array(new) }),
    NativeProperty(
      "__cause__", "The exception behind `from`.",
      get: { value, _ in value.asException?.cause.map { .object($0) } ?? .none },
      set: { value, new, _ in
        guard new.isNone || new.asException != nil else {
          throw Raise(
            .typeError, "exception cause must be None or derive from BaseException")
        }
        value.asException?.cause = new.asException
        value.asException?.suppressContext = true
      }),
    NativeProperty(
      "__context__", "The exception that was being handled.",
      get: { value, _ in value.asException?.context.map { .object($0) } ?? .none },
      set: { value, new, _ in
        guard new.isNone || new.asException != nil else {
          throw Raise(
            .typeError, "exception context must be None or derive from BaseException")
        }
        value.asException?.context = new.asException
      }),
    NativeProperty(
      "__suppress_context__", "Whether a report leaves the context out.",
      get: { value, _ in .bool(value.asException?.suppressContext ?? false) },
      set: { value, new, machine in
        value.asException?.suppressContext = try machine.truth(new)
      }),
    NativeProperty(
      "__traceback__", "Where the exception was raised; None before.",
      get: { value, machine in value.asException.map { machine.tracebackValue($0) } ?? .none },
      set: { _, _, _ in }),
    NativeProperty("__notes__", "The lines that `add_note` added.") { value, machine in
      guard let notes = value.asException?.notes, !notes.isEmpty else {
        throw machine.noAttribute(value, "__notes__")
      }
      return .list(notes.map { .string($0) })
    },
  ]

  // MARK: - Properties

  static let propertyRows: [Native] = [
    Native("getter(self, fget, /)", "A property with another getter.") { a in
      let property = try ownProperty(a)
      return .object(
        PropertyObject(
          getter: a[1], setter: property.setter, deleter: property.deleter, doc: property.doc))
    },
    Native("setter(self, fset, /)", "A property with a setter.") { a in
      let property = try ownProperty(a)
      return .object(
        PropertyObject(
          getter: property.getter, setter: a[1], deleter: property.deleter, doc: property.doc))
    },
    Native("deleter(self, fdel, /)", "A property with a deleter.") { a in
      let property = try ownProperty(a)
      return .object(
        PropertyObject(
          getter: property.getter, setter: property.setter, deleter: a[1], doc: property.doc))
    },
  ]

  private static func ownProperty(_ a: Arguments) throws(Raise) -> PropertyObject {
    try a.own(.property, "property", as: PropertyObject.self)
  }
}
