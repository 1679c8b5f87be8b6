/// The module `operator`: operators as functions.
enum OperatorModule {
  static let table = ModuleTable(
    "operator", doc: "Operators as functions.",
    entries: binaries + comparisons + others + [
      .type(itemGetter), .type(attributeGetter), .type(methodCaller),
    ])

  private static let binaries: [ModuleEntry] =
    ([
      ("add", .add, "a + b"), ("sub", .subtract, "a - b"), ("mul", .multiply, "a * b"),
      ("truediv", .divide, "a / b"), ("floordiv", .floorDivide, "a // b"),
      ("mod", .modulo, "a % b"), ("pow", .power, "a ** b"), ("matmul", .matrixMultiply, "a @ b"),
      ("and_", .bitAnd, "a & b"), ("or_", .bitOr, "a | b"), ("xor", .bitXor, "a ^ b"),
      ("lshift", .shiftLeft, "a << b"), ("rshift", .shiftRight, "a >> b"),
      ("concat", .add, "a + b, for sequences"),
    ] as [(String, Opcode, String)]).flatMap { name, op, doc -> [ModuleEntry] in
      let inPlace = "i" + name.replacing("_", with: "")
      return [
        .function(
          Native("\(name)(a, b, /)", doc + ".", example: name == "add" ? "operator.add(2, 3)" : nil)
          { a in try a.machine.binary(op, a[0], a[1]) }),
        .function(
          Native("\(inPlace)(a, b, /)", "Like " + doc + ", in place where that can be.") { a in
            try a.machine.binary(op, a[0], a[1], inPlace: true)
          }),
      ]
    }

  private static let comparisons: [ModuleEntry] =
    ([
      ("eq", 0, "a == b"), ("ne", 1, "a != b"), ("lt", 2, "a < b"), ("le", 3, "a <= b"),
      ("gt", 4, "a > b"), ("ge", 5, "a >= b"),
    ] as [(String, UInt8, String)]).map { name, op, doc in
      .function(
        Native("\(name)(a, b, /)", doc + ".") { a in try a.machine.compare(op, a[0], a[1]) })
    }

  private static let others: [ModuleEntry] = [
    .function(Native("neg(a, /)", "-a.") { a in try a.machine.unary(.negate, a[0]) }),
    .function(Native("pos(a, /)", "+a.") { a in try a.machine.unary(.plus, a[0]) }),
    .function(Native("invert(a, /)", "~a.") { a in try a.machine.unary(.invert, a[0]) }),
    .function(Native("inv(a, /)", "~a.") { a in try a.machine.unary(.invert, a[0]) }),
    .function(Native("not_(a, /)", "not a.") { a in .bool(try !a.bool(0)) }),
    .function(Native("truth(a, /)", "Whether a counts as true.") { a in .bool(try a.bool(0)) }),
    .function(Native("is_(a, b, /)", "a is b.") { a in .bool(a[0].isIdentical(to: a[1])) }),
    .function(
      Native("is_not(a, b, /)", "a is not b.") { a in .bool(!a[0].isIdentical(to: a[1])) }),
    .function(
      Native("abs(a, /)", "The absolute value of a.") { a in
        guard case .function(let row)? = Builtins.table["abs"] else { return a[0] }
        return try a.machine.call(.object(NativeFunction(row)), [a[0]])
      }),
    .function(
      Native("index(a, /)", "a as an integer.") { a in .integer(try a.integer(0)) }),
    .function(
      Native("contains(a, b, /)", "b in a.", example: "operator.contains([1, 2], 2)") { a in
        .bool(try a.machine.contains(a[1], in: a[0]))
      }),
    .function(
      Native("getitem(a, b, /)", "a[b].") { a in try a.machine.item(a[0], a[1]) }),
    .function(
      Native("setitem(a, b, c, /)", "a[b] = c.") { a in
        try a.machine.setItem(a[0], a[1], a[2])
        return .none
      }),
    .function(
      Native("delitem(a, b, /)", "del a[b].") { a in
        try a.machine.deleteItem(a[0], a[1])
        return .none
      }),
    .function(
      Native("countOf(a, b, /)", "How often b occurs in a.") { a in
        var count = 0
        try a.machine.iterate(a[0]) { (item) throws(Raise) in
          if try a.machine.equals(item, a[1]) { count += 1 }
        }
        return .int(count)
      }),
    .function(
      Native("indexOf(a, b, /)", "The place of b in a.") { a in
        for (index, item) in try a.machine.array(a[0]).enumerated()
        where try a.machine.equals(item, a[1]) {
          return .int(index)
        }
        throw Raise(.valueError, "sequence.index(x): x not in sequence")
      }),
    .function(
      Native("length_hint(obj, default=0, /)", "About how many items there are.") { a in
        if let count = try a.machine.length(a[0]) { return .int(count) }
        if case .object(let object) = a[0], object.kind == .iterator,
          let left = unsafeDowncast(object, to: IteratorObject.self).remaining
        {
          return .int(left)
        }
        return a[1]
      }),
    .function(
      Native("call(obj, /, *args, **kwargs)", "obj(*args, **kwargs).") { a in
        try a.machine.call(a[0], a.items(1), keywords: a.keywords(2))
      }),
  ]

  // MARK: - Getters

  /// A function object with the arguments that made it.
  final class Getter: Instance {
    @exclusivity(unchecked) var items: [Value] = []
    var keywords: [(name: String, value: Value)] = []
    /// The parts of dotted names.
    var paths: [[String]] = []

    override func surrender(into heap: inout [Value]) {
      heap.append(contentsOf: items)
      heap.append(contentsOf: keywords.map(\.value))
      (items, keywords) = ([], [])
      super.surrender(into: &heap)
    }
    deinit { Disposal.take(&items) }
  }

  private static func text(_ a: Arguments, _ name: String) throws(Raise) -> Value {
    let getter = try a.receiver(Getter.self)
    var parts: [String] = []
    for item in getter.items { parts.append(try a.machine.repr(item)) }
    for (key, value) in getter.keywords { parts.append("\(key)=\(try a.machine.repr(value))") }
    return .string("operator.\(name)(\(parts.joined(separator: ", ")))")
  }

  private static let itemGetter = TypeTable(
    "itemgetter", module: "operator", doc: "A function that takes items out of its argument.",
    allocate: { Getter($0) },
    methods: [
      Native("__init__(self, item, /, *items)", "The keys of the items.") { a in
        try a.receiver(Getter.self).items = [a[1]] + (try a.items(2))
        return .none
      },
      Native("__call__(self, obj, /)", "The item, or a tuple of items.") { a in
        let getter = try a.receiver(Getter.self)
        if getter.items.count == 1 { return try a.machine.item(a[1], getter.items[0]) }
        var result: [Value] = []
        for key in getter.items { result.append(try a.machine.item(a[1], key)) }
        return .tuple(result)
      },
      Native("__repr__(self)", "The keys.") { a in try text(a, "itemgetter") },
    ])

  private static let attributeGetter = TypeTable(
    "attrgetter", module: "operator", doc: "A function that reads attributes of its argument.",
    allocate: { Getter($0) },
    methods: [
      Native("__init__(self, attr, /, *attrs)", "Names, which may have dots.") { a in
        let getter = try a.receiver(Getter.self)
        getter.items = [a[1]] + (try a.items(2))
        for item in getter.items {
          guard let name = item.swiftString else {
            throw Raise(.typeError, "attribute name must be a string")
          }
          getter.paths.append(name.split(separator: ".").map(String.init))
        }
        return .none
      },
      Native("__call__(self, obj, /)", "The attribute, or a tuple of attributes.") { a in
        let getter = try a.receiver(Getter.self)
        var result: [Value] = []
        for path in getter.paths {
          var value = a[1]
          for name in path { value = try a.machine.attribute(value, name) }
          result.append(value)
        }
        return result.count == 1 ? result[0] : .tuple(result)
      },
      Native("__repr__(self)", "The names.") { a in try text(a, "attrgetter") },
    ])

  private static let methodCaller = TypeTable(
    "methodcaller", module: "operator", doc: "A function that calls a method of its argument.",
    allocate: { Getter($0) },
    methods: [
      Native("__init__(self, name, /, *args, **kwargs)", "The name of a method and arguments.") {
        a in
        let getter = try a.receiver(Getter.self)
        guard a[1].asString != nil else {
          throw Raise(.typeError, "method name must be a string")
        }
        getter.items = [a[1]] + (try a.items(2))
        getter.keywords = a.keywords(3)
        return .none
      },
      Native("__call__(self, obj, /)", "What the method gives.") { a in
        let getter = try a.receiver(Getter.self)
        let method = try a.machine.attribute(a[1], getter.items.first?.swiftString ?? "")
        return try a.machine.call(
          method, Array(getter.items.dropFirst()), keywords: getter.keywords)
      },
      Native("__repr__(self)", "The name and the arguments.") { a in
        try text(a, "methodcaller")
      },
    ])
}
