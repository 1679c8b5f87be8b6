import Language
import TensorCore

/// `torch.Size`: the shape of a tensor, a tuple that prints as `torch.Size([2, 3])`.
enum TorchSize {
  static func make(_ shape: [Int], _ types: TensorTypes) -> Value {
    let tuple = TupleObject(shape.map { .int($0) })
    tuple.subclass = types.size
    return .object(tuple)
  }

  private static func items(_ a: Arguments) throws -> [Value] {
    guard let tuple = a[0].asTuple else { throw a.mismatch(0, expected: "torch.Size") }
    return tuple.items
  }

  static let table = TypeTable(
    "Size", module: "torch", doc: "The shape of a tensor: a tuple of sizes.", baseName: "tuple",
    methods: [
      Native("__new__(cls, sizes=(), /)", "A shape from integers.", example: "torch.Size([2, 3])") { a in
        make(try a.machine.sizes(a[1], "Size"), a.machine.tensorTypes)
      },
      Native("__repr__(self)", "`torch.Size([2, 3])`.", example: "repr(torch.zeros(2, 3).shape)") { a in
        let texts = try items(a).map { try a.machine.repr($0) }
        return .string("torch.Size([" + texts.joined(separator: ", ") + "])")
      },
      // The machine reads single sizes and makes the plain part itself; a part becomes a shape here.
      Native("__getitem__(self, index)", "One size, or a part as a shape.", example: "torch.zeros(2, 3).shape[:1]") { a in
        if let sizes = a[1].asTuple {
          return make(sizes.items.compactMap(\.asInt), a.machine.tensorTypes)
        }
        return try a.machine.item(.object(TupleObject(items(a))), a[1])
      },
      Native("__add__(self, other)", "Both shapes one after the other.", example: "torch.zeros(2).shape + (3,)") { a in
        guard let other = a[1].asTuple else { return .notImplemented }
        return make(try (items(a) + other.items).compactMap(\.asInt), a.machine.tensorTypes)
      },
      Native("__radd__(self, other)", "Both shapes one after the other.", example: "(3,) + torch.zeros(2).shape") { a in
        guard let other = a[1].asTuple else { return .notImplemented }
        return make(try (other.items + items(a)).compactMap(\.asInt), a.machine.tensorTypes)
      },
      Native("numel(self)", "The product of the sizes.", example: "torch.zeros(2, 3).shape.numel()") { a in
        .int(try Shape.count(items(a).compactMap(\.asInt), "numel"))
      },
    ])
}

/// The results of functions that give several tensors, tuples with names: `x.max(1).values`.
enum NamedResult {
  /// The type of the results of one function.
  static func table(_ name: String, fields: [String]) -> TypeTable {
    TypeTable(
      name, module: "torch.return_types",
      doc: "What torch.\(name) gives: \(fields.joined(separator: ", ")).", baseName: "tuple",
      properties: fields.enumerated().map { place, field in
        NativeProperty(field, "The \(field) of the result.") { value, _ in
          guard let tuple = value.asTuple, place < tuple.count else { return .none }
          return tuple[place]
        }
      },
      methods: [
        Native("__repr__(self)", "All tensors by name.", example: "repr(torch.max(torch.eye(2), 1))") { a in
          var lines: [String] = []
          for (field, item) in zip(fields, a[0].asTuple?.items ?? []) {
            lines.append("\(field)=\(try a.machine.repr(item))")
          }
          return .string("torch.return_types.\(name)(\n" + lines.joined(separator: ",\n") + ")")
        }
      ])
  }

  static func make(_ items: [Value], _ table: TypeTable, _ machine: Machine) -> Value {
    let tuple = TupleObject(items)
    tuple.subclass = machine.type(table)
    return .object(tuple)
  }
}
