/// The methods of generators.
enum GeneratorMethods {
  static let rows: [Native] = [
    Native("send(self, value, /)", "Goes on with a value for the waiting `yield`.",
      example: "def echo():\n    x = yield\n    yield x\ng = echo()\nnext(g)\nprint(g.send(3))"
    ) { a in
      let generator = try own(a)
      let value = try a.machine.resume(generator, sending: a[1])
      if value.isUndefined { throw ended(a[0]) }
      return value
    },
    Native("throw(self, type, value=..., traceback=..., /)",
      "Raises an exception at the waiting `yield`.",
      example: "def f():\n    try:\n        yield 1\n    except ValueError:\n        yield 2\ng = f()\n"
        + "next(g)\nprint(g.throw(ValueError))"
    ) { a in
      let generator = try own(a)
      let value = try a.machine.throwInto(generator, Raise(exception(a)))
      if value.isUndefined { throw ended(a[0]) }
      return value
    },
    Native("close(self, /)", "Ends the generator.",
      example: "g = (x for x in [1])\ng.close()\nprint(list(g))"
    ) { a in
      try a.machine.close(own(a))
      return .none
    },
  ]

  private static func own(_ a: Arguments) throws(Raise) -> GeneratorObject {
    try a.own(.generator, "generator", as: GeneratorObject.self)
  }

  /// What an iterator raises that has no more values; for a generator with what it returned.
  static func ended(_ iterator: Value) -> Raise {
    if case .object(let object) = iterator, object.kind == .generator {
      let generator = unsafeDowncast(object, to: GeneratorObject.self)
      let result = generator.returned
      // The result is given once; later calls find an exhausted generator.
      generator.returned = .none
      if !result.isNone { return Raise(.stopIteration, arguments: [result]) }
    }
    return Raise(.stopIteration, arguments: [])
  }

  /// The exception that `throw` was given, as a class with a value or as an object.
  private static func exception(_ a: Arguments) throws(Raise) -> ExceptionObject {
    let base = a.machine.types.exception(.baseException)
    if let type = a[1].asType, type.isSubclass(of: base) {
      if let value = a[2].asException, value.type.isSubclass(of: type) { return value }
      let arguments: [Value]
      if !a.isGiven(2) || a[2].isNone {
        arguments = []
      } else if let tuple = a[2].asTuple {
        arguments = tuple.items
      } else {
        arguments = [a[2]]
      }
      if let made = try a.machine.call(a[1], arguments).asException { return made }
      throw Raise(
        .typeError, "calling \(type.qualifiedName) should have returned an instance of "
          + "BaseException, not \(a.machine.typeName(a[1]))")
    }
    if let known = a[1].asException {
      if a.isGiven(2), !a[2].isNone {
        throw Raise(.typeError, "instance exception may not have a separate value")
      }
      return known
    }
    throw Raise(
      .typeError,
      "exceptions must be classes or instances deriving from BaseException, not "
        + a.machine.typeName(a[1]))
  }
}
