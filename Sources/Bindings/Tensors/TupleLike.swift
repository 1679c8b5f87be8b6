import Language
import TensorCore

/// A tuple with a name: `torch.Size`, `torch.return_types.max`.
///
/// Unpacks, indexes and compares as a tuple.
class TupleLike: Instance {
  let items: [Value]

  init(_ items: [Value], _ type: TypeObject) {
    self.items = items
    super.init(type)
  }

  override func heldValues() -> [Value] { items }

  var tuple: Value { .tuple(items) }

  /// What all of them share.
  static let methods: [Native] = [
    Native("__len__(self)", "The number of items.", example: "len(torch.zeros(2, 3).shape)") { a in
      .int(try a.receiver(TupleLike.self).items.count)
    },
    Native("__iter__(self)", "An iterator over the items.", example: "list(torch.zeros(2, 3).shape)") {
      a in try a.machine.iterator(a.receiver(TupleLike.self).tuple)
    },
    Native(
      "__contains__(self, item)", "Whether an item is among them.",
      example: "3 in torch.zeros(2, 3).shape"
    ) { a in
      for item in try a.receiver(TupleLike.self).items where try a.machine.equals(item, a[1]) {
        return .bool(true)
      }
      return .bool(false)
    },
    Native("__eq__(self, other)", "Equal items.", example: "torch.zeros(2, 3).shape == (2, 3)") { a in
      guard let other = (a[1].asInstance as? TupleLike)?.tuple ?? a[1].asTuple.map({ .object($0) })
      else { return .notImplemented }
      return .bool(try a.machine.equals(a.receiver(TupleLike.self).tuple, other))
    },
    Native("__ne__(self, other)", "Unequal items.", example: "torch.zeros(2, 3).shape != (2, 4)") { a in
      guard let other = (a[1].asInstance as? TupleLike)?.tuple ?? a[1].asTuple.map({ .object($0) })
      else { return .notImplemented }
      return .bool(try !a.machine.equals(a.receiver(TupleLike.self).tuple, other))
    },
    Native("__hash__(self)", "The hash of the tuple.", example: "hash(torch.zeros(2).shape)") { a in
      .int(try a.machine.hash(a.receiver(TupleLike.self).tuple))
    },
    Native("count(self, value, /)", "How often a value occurs.", example: "torch.zeros(2, 2).shape.count(2)") {
      a in
      var count = 0
      for item in try a.receiver(TupleLike.self).items where try a.machine.equals(item, a[1]) {
        count += 1
      }
      return .int(count)
    },
    Native("index(self, value, /)", "The first place of a value.", example: "torch.zeros(2, 3).shape.index(3)") {
      a in
      for (place, item) in try a.receiver(TupleLike.self).items.enumerated()
      where try a.machine.equals(item, a[1]) {
        return .int(place)
      }
      throw Raise(.valueError, "tuple.index(x): x not in tuple")
    },
  ]
}

/// `torch.Size`: the shape of a tensor.
enum TorchSize {
  static func make(_ shape: [Int], _ types: TensorTypes) -> Value {
    .object(TupleLike(shape.map { .int($0) }, types.size))
  }

  private static func joined(_ items: [Value], _ machine: Machine) -> Value {
    .object(TupleLike(items, machine.tensorTypes.size))
  }

  static let table = TypeTable(
    "Size", module: "torch", doc: "The shape of a tensor: a tuple of sizes.",
    baseName: "tuple",
    methods: TupleLike.methods + [
      Native(
        "__new__(cls, sizes=(), /)", "A shape from integers.", example: "torch.Size([2, 3])"
      ) { a in
        .object(
          TupleLike(try a.machine.sizes(a[1], "Size").map { .int($0) }, a.machine.tensorTypes.size))
      },
      Native("__repr__(self)", "`torch.Size([2, 3])`.", example: "repr(torch.zeros(2, 3).shape)") { a in
        let items = try a.receiver(TupleLike.self).items.map { try a.machine.repr($0) }
        return .string("torch.Size([" + items.joined(separator: ", ") + "])")
      },
      Native("__getitem__(self, index)", "A size, or a shape of some.", example: "torch.zeros(2, 3).shape[-1]") {
        a in
        let found = try a.machine.item(a.receiver(TupleLike.self).tuple, a[1])
        return found.asTuple.map { joined($0.items, a.machine) } ?? found
      },
      Native("__add__(self, other)", "Both shapes in a row.", example: "torch.zeros(2).shape + (3,)") { a in
        guard let other = (a[1].asInstance as? TupleLike)?.items ?? a[1].asTuple?.items else {
          return .notImplemented
        }
        return joined(try a.receiver(TupleLike.self).items + other, a.machine)
      },
      Native("__radd__(self, other)", "Both shapes in a row.", example: "(3,) + torch.zeros(2).shape") { a in
        guard let other = a[1].asTuple?.items else { return .notImplemented }
        return joined(other + (try a.receiver(TupleLike.self).items), a.machine)
      },
      Native("numel(self)", "The product of the sizes.", example: "torch.zeros(2, 3).shape.numel()") { a in
        let sizes = try a.receiver(TupleLike.self).items.compactMap(\.asInt)
        return .int(try Shape.count(sizes, "numel"))
      },
    ])
}

/// The results of functions that give several tensors: `values, indices = x.max(1)`.
final class NamedResult: TupleLike {
  let names: [String]

  init(_ names: [String], _ items: [Value], _ type: TypeObject) {
    self.names = names
    super.init(items, type)
  }

  /// The type of the results of one function.
  static func table(_ name: String, fields: [String]) -> TypeTable {
    let properties = fields.enumerated().map { place, field in
      NativeProperty(field, "The \(field) of the result.") { value, _ in
        guard let result = value.asInstance as? NamedResult, place < result.items.count else {
          return .none
        }
        return result.items[place]
      }
    }
    return TypeTable(
      name, module: "torch.return_types", doc: "What torch.\(name) gives: \(fields.joined(separator: ", ")).",
      baseName: "tuple", properties: properties,
      methods: TupleLike.methods + [
        Native("__getitem__(self, index)", "One of the tensors.", example: "torch.max(torch.eye(2), 1)[0]") {
          a in try a.machine.item(a.receiver(TupleLike.self).tuple, a[1])
        },
        Native("__repr__(self)", "All tensors by name.", example: "repr(torch.max(torch.eye(2), 1))") { a in
          let result = try a.receiver(NamedResult.self)
          var lines: [String] = []
          for (name, item) in zip(result.names, result.items) {
            lines.append("\(name)=\(try a.machine.repr(item))")
          }
          return .string("torch.return_types.\(result.type.name)(\n" + lines.joined(separator: ",\n") + ")")
        },
      ])
  }
}
