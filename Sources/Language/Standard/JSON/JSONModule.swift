/// The module `json`.
enum JSONModule {
  static let table = ModuleTable(
    "json", doc: "Reading and writing JSON text.",
    aliases: ["json.decoder", "json.encoder"],
    entries: [
      .function(
        Native(
          "dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, "
            + "allow_nan=True, cls=None, indent=None, separators=None, default=None, "
            + "sort_keys=False, **kw)", "An object as JSON text.",
          example: "json.dumps({'a': [1, 2.5, None]})"
        ) { a in
          .object(StringObject(try encode(a, offset: 0)))
        }),
      .function(
        Native(
          "dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, "
            + "allow_nan=True, cls=None, indent=None, separators=None, default=None, "
            + "sort_keys=False, **kw)", "Writes an object as JSON text to a file."
        ) { a in
          let text = Value.object(StringObject(try encode(a, offset: 1)))
          _ = try a.machine.call(a.machine.attribute(a[1], "write"), [text])
          return .none
        }),
      .function(
        Native(
          "loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, "
            + "parse_constant=None, object_pairs_hook=None, **kw)",
          "The object that a JSON text describes.", example: "json.loads('[1, 2, {\"a\": null}]')"
        ) { a in try decode(a[0], a) }),
      .function(
        Native(
          "load(fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, "
            + "parse_constant=None, object_pairs_hook=None, **kw)",
          "The object that the JSON text of a file describes."
        ) { a in
          try decode(a.machine.call(a.machine.attribute(a[0], "read")), a)
        }),
      .type(error), .type(encoder), .type(decoder),
    ])

  /// `json.JSONDecoder`: the settings of `loads`, kept.
  private static let decoder = TypeTable(
    "JSONDecoder", module: "json.decoder", doc: "Reads JSON texts with the same settings.",
    methods: [
      Native(
        "__init__(self, *, object_hook=None, parse_float=None, parse_int=None, "
          + "parse_constant=None, strict=True, object_pairs_hook=None)", "Keeps the settings."
      ) { a in
        let names = [
          "object_hook", "parse_float", "parse_int", "parse_constant", "strict",
          "object_pairs_hook",
        ]
        for (index, name) in names.enumerated() { a[0].asInstance?.setOwn(name, a[index + 1]) }
        return .none
      },
      Native("decode(self, s)", "The object that a text describes.") { a in
        let machine = a.machine
        let module = try machine.importModule("json", first: true)
        var keywords: [(name: String, value: Value)] = []
        for name in [
          "object_hook", "parse_float", "parse_int", "parse_constant", "object_pairs_hook",
        ] {
          if let value = a[0].asInstance?.own(name), !value.isNone { keywords.append((name, value)) }
        }
        return try machine.call(
          machine.attribute(module, "loads"), [a[1]], keywords: keywords)
      },
      Native(
        "raw_decode(self, s, idx=0)", "The object that a text begins with, and where it ends.",
        example: "json.JSONDecoder().raw_decode('[1] and more')"
      ) { a in
        let text = try a.string(1)
        var reader = JSONReader(Array(text.utf8), a.machine)
        let hook = { (name: String) -> Value? in
          a[0].asInstance?.own(name).flatMap { $0.isNone ? nil : $0 }
        }
        reader.objectHook = hook("object_hook")
        reader.floatHook = hook("parse_float")
        reader.intHook = hook("parse_int")
        reader.constantHook = hook("parse_constant")
        reader.pairsHook = hook("object_pairs_hook")
        let start = try a.size(2)
        if start < 0 { throw Raise(.valueError, "idx cannot be negative") }
        let (value, end) = try reader.beginning(after: start)
        return .tuple([value, .int(end)])
      },
    ])

  static let error = TypeTable(
    "JSONDecodeError", module: "json.decoder", doc: "A text is no JSON.", baseName: "ValueError")

  /// Settings of a call to `dumps` or `dump`; `offset` is 1 where a file comes second.
  private static func encode(_ a: Arguments, offset: Int) throws(Raise) -> [UInt8] {
    var settings = JSONWriter.Settings()
    settings.skipsKeys = try a.bool(1 + offset)
    settings.isASCII = try a.bool(2 + offset)
    settings.checksCircles = try a.bool(3 + offset)
    settings.allowsNaN = try a.bool(4 + offset)
    try settings.set(indent: a[6 + offset], separators: a[7 + offset], a.machine)
    if !a[8 + offset].isNone { settings.fallback = a[8 + offset] }
    settings.sortsKeys = try a.bool(9 + offset)
    if a[5 + offset].asType != nil {
      var keywords: [(name: String, value: Value)] = []
      for (index, name) in [
        "skipkeys", "ensure_ascii", "check_circular", "allow_nan", "", "indent", "separators",
        "default", "sort_keys",
      ].enumerated() where !name.isEmpty {
        keywords.append((name, a[1 + offset + index]))
      }
      keywords += a.keywords(10 + offset)
      let encoder = try a.machine.call(a[5 + offset], [], keywords: keywords)
      let text = try a.machine.call(a.machine.attribute(encoder, "encode"), [a[0]])
      guard let string = text.asString else {
        throw Raise(.typeError, "encode() returned non-string")
      }
      return string.bytes
    }
    if let extra = a.keywords(10 + offset).first {
      throw Raise(
        .typeError, "JSONEncoder.__init__() got an unexpected keyword argument '\(extra.name)'")
    }
    var writer = JSONWriter(settings, a.machine)
    try writer.write(a[0], level: 0)
    return writer.bytes
  }

  /// `json.JSONEncoder`, to derive from: `default` is asked for what JSON has no form for.
  static let encoder = TypeTable(
    "JSONEncoder", module: "json.encoder",
    doc: "Writes JSON; override default(o) for objects of your own.",
    methods: [
      Native(
        "__init__(self, *, skipkeys=False, ensure_ascii=True, check_circular=True, "
          + "allow_nan=True, sort_keys=False, indent=None, separators=None, default=None)",
        "Keeps the settings."
      ) { a in
        guard let instance = a[0].asInstance else { return .none }
        for (index, name) in [
          "skipkeys", "ensure_ascii", "check_circular", "allow_nan", "sort_keys", "indent",
          "separators",
        ].enumerated() {
          instance.setOwn(name, a[index + 1])
        }
        if !a[8].isNone { instance.setOwn("default", a[8]) }
        return .none
      },
      Native("default(self, o)", "What stands for an object; raises TypeError.") { a in
        throw notSerializable(a[1], a.machine)
      },
      Native("encode(self, o)", "An object as JSON text.") { a in
        let machine = a.machine
        var settings = JSONWriter.Settings()
        func flag(_ name: String, _ otherwise: Bool) throws(Raise) -> Bool {
          guard let value = a[0].asInstance?.own(name) else { return otherwise }
          return try machine.truth(value)
        }
        settings.skipsKeys = try flag("skipkeys", false)
        settings.isASCII = try flag("ensure_ascii", true)
        settings.checksCircles = try flag("check_circular", true)
        settings.allowsNaN = try flag("allow_nan", true)
        settings.sortsKeys = try flag("sort_keys", false)
        try settings.set(
          indent: a[0].asInstance?.own("indent") ?? .none,
          separators: a[0].asInstance?.own("separators") ?? .none, machine)
        settings.fallback = try machine.attribute(a[0], "default")
        var writer = JSONWriter(settings, machine)
        try writer.write(a[1], level: 0)
        return .object(StringObject(writer.bytes))
      },
    ])

  static func notSerializable(_ value: Value, _ machine: Machine) -> Raise {
    Raise(
      .typeError, "Object of type \(machine.type(of: value).name) is not JSON serializable")
  }

  private static func decode(_ value: Value, _ a: Arguments) throws(Raise) -> Value {
    let bytes: [UInt8]
    if let text = value.asString {
      bytes = text.bytes
    } else if case .object(let object) = value, object.kind == .bytes {
      bytes = unsafeDowncast(object, to: BytesObject.self).bytes
    } else {
      throw Raise(
        .typeError,
        "the JSON object must be str, bytes or bytearray, not \(a.machine.typeName(value))")
    }
    func hook(_ index: Int) -> Value? { a[index].isNone ? nil : a[index] }
    var reader = JSONReader(bytes, a.machine)
    reader.objectHook = hook(2)
    reader.floatHook = hook(3)
    reader.intHook = hook(4)
    reader.constantHook = hook(5)
    reader.pairsHook = hook(6)
    return try reader.document()
  }
}
