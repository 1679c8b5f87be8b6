import Language
import TensorCore

/// `torch.utils.data.Dataset` and the data sets made of others. They are plain objects of the
/// language, so that classes of one's own derive from them.
enum TorchDatasets {
  static let tables = [dataset, iterable, tensors, subset, joined, chained, stacked]
  private static let module = "torch.utils.data.dataset"

  static func length(_ value: Value, _ machine: Machine) throws -> Int {
    guard let count = try machine.length(value) else {
      throw Raise(
        .typeError, "object of type '\(machine.typeName(value))' has no len()",
        hint: "a data set needs a method __len__(self) that gives the number of its samples")
    }
    return count
  }

  private static func attribute(_ a: Arguments, _ name: String) throws -> Value {
    try a.machine.attribute(a[0], name)
  }

  private static func join(_ a: Arguments) throws -> Value {
    let door = try a.machine.importModule("torch.utils.data", first: false)
    return try a.machine.call(
      a.machine.attribute(door, "ConcatDataset"), [.list([a[0], a[1]])])
  }

  static let dataset = TypeTable(
    "Dataset", module: module, doc: "Samples by number: a class of one's own writes __getitem__ and __len__.",
    classMethods: [
      Native("__class_getitem__(cls, item)", "The class: types in brackets are documentation.") { $0[0] }
    ],
    methods: [
      Native("__getitem__(self, index)", "A sample; a class of one's own writes it.") { _ in
        throw Raise(.notImplementedError, "Subclasses of Dataset should implement __getitem__.")
      },
      Native("__add__(self, other)", "The samples of both.") { try join($0) },
    ])

  static let iterable = TypeTable(
    "IterableDataset", module: module, doc: "Samples in a row: a class of one's own writes __iter__.",
    base: dataset,
    methods: [
      Native("__iter__(self)", "The samples; a class of one's own writes it.") { _ in
        throw Raise(.notImplementedError, "Subclasses of IterableDataset should implement __iter__.")
      }
    ])

  static let tensors = TypeTable(
    "TensorDataset", module: module, doc: "Rows of tensors as samples.", base: dataset,
    methods: [
      Native("__init__(self, *tensors)", "Tensors with one row for each sample.", example: "torch.utils.data.TensorDataset(torch.ones(3, 2), torch.arange(3))[0]") { a in
        let all = try a.items(1)
        let sizes = try all.map { value -> Int in
          guard let tensor = value.asTensorObject?.tensor else {
            throw Raise(.attributeError, "'\(a.machine.typeName(value))' object has no attribute 'size'", hint: "torch.tensor(...) or torch.from_numpy(...) makes a tensor")
          }
          guard tensor.rank > 0 else {
            throw Raise(.indexError, "Dimension specified as 0 but tensor has no dimensions")
          }
          return tensor.shape[0]
        }
        guard sizes.allSatisfy({ $0 == sizes[0] }) else {
          throw Raise(.assertionError, "Size mismatch between tensors", hint: "the tensors have \(sizes) rows")
        }
        try a.machine.setAttribute(a[0], "tensors", .tuple(all))
        return .none
      },
      Native("__getitem__(self, index)", "A row of each tensor.") { a in
        .tuple(try attribute(a, "tensors").asTuple?.items.map { try a.machine.item($0, a[1]) } ?? [])
      },
      Native("__len__(self)", "The number of rows.") { a in
        .int(try attribute(a, "tensors").asTuple?.items.first?.asTensorObject?.tensor.shape.first ?? 0)
      },
    ])

  static let subset = TypeTable(
    "Subset", module: module, doc: "Some samples of a data set.", base: dataset,
    methods: [
      Native("__init__(self, dataset, indices)", "The samples at some places.", example: "torch.utils.data.Subset([5, 6, 7], [2, 0])[0]") { a in
        try a.machine.setAttribute(a[0], "dataset", a[1])
        try a.machine.setAttribute(a[0], "indices", a[2])
        return .none
      },
      Native("__getitem__(self, idx)", "A sample by its place in the subset.") { a in
        let (data, indices) = (try attribute(a, "dataset"), try attribute(a, "indices"))
        if a[1].asList != nil {
          let chosen = try a.items(1).map { try a.machine.item(indices, $0) }
          return try a.machine.item(data, .list(chosen))
        }
        return try a.machine.item(data, a.machine.item(indices, a[1]))
      },
      Native("__len__(self)", "The number of places.") { a in .int(try length(attribute(a, "indices"), a.machine)) },
    ])

  static let joined = TypeTable(
    "ConcatDataset", module: module, doc: "Data sets one after the other.", base: dataset,
    methods: [
      Native("__init__(self, datasets)", "The samples of all.", example: "len(torch.utils.data.ConcatDataset([[1, 2], [3]]))") { a in
        let all = try a.items(1)
        guard !all.isEmpty else { throw Raise(.assertionError, "datasets should not be an empty iterable") }
        var sum = 0
        var sums: [Value] = []
        for data in all {
          if try TorchLoader.isIterable(data, a.machine) {
            throw Raise(.assertionError, "ConcatDataset does not support IterableDataset")
          }
          sum += try length(data, a.machine)
          sums.append(.int(sum))
        }
        try a.machine.setAttribute(a[0], "datasets", .list(all))
        try a.machine.setAttribute(a[0], "cumulative_sizes", .list(sums))
        return .none
      },
      Native("__getitem__(self, idx)", "A sample by its number in all.") { a in
        let sums = try attribute(a, "cumulative_sizes").asList?.items.map { $0.asInt ?? 0 } ?? []
        let all = try attribute(a, "datasets").asList?.items ?? []
        let total = sums.last ?? 0
        var index = try a.int(1)
        if index < 0 {
          guard -index <= total else {
            throw Raise(.valueError, "absolute value of index should not exceed dataset length")
          }
          index += total
        }
        guard let place = sums.firstIndex(where: { $0 > index }), all.indices.contains(place) else {
          throw Raise(.indexError, "list index out of range")
        }
        return try a.machine.item(all[place], .int(place == 0 ? index : index - sums[place - 1]))
      },
      Native("__len__(self)", "The number of all samples.") { a in
        try attribute(a, "cumulative_sizes").asList?.items.last ?? .int(0)
      },
    ])

  static let chained = TypeTable(
    "ChainDataset", module: module, doc: "Iterable data sets one after the other.", base: iterable,
    methods: [
      Native("__init__(self, datasets)", "The samples of all.", example: "torch.utils.data.ChainDataset([])") { a in
        try a.machine.setAttribute(a[0], "datasets", .list(a.items(1)))
        return .none
      },
      Native("__iter__(self)", "The samples of each in turn.") { a in
        var left = try attribute(a, "datasets").asList?.items ?? []
        for data in left where try !TorchLoader.isIterable(data, a.machine) {
          throw Raise(.assertionError, "ChainDataset only supports IterableDataset")
        }
        let machine = a.machine
        var current: Value?
        left.reverse()
        return .object(
          NativeIterator("generator") { (_: Machine) throws(Raise) -> Value in
            while true {
              if current == nil {
                guard let next = left.popLast() else { return .undefined }
                current = try machine.iterator(next)
              }
              if let open = current {
                let value = try machine.next(open)
                if !value.isUndefined { return value }
              }
              current = nil
            }
          })
      },
      Native("__len__(self)", "The number of all samples.") { a in
        .int(try (attribute(a, "datasets").asList?.items ?? []).reduce(0) { $0 + (try length($1, a.machine)) })
      },
    ])

  static let stacked = TypeTable(
    "StackDataset", module: module, doc: "Samples of several data sets side by side.", base: dataset,
    methods: [
      Native("__init__(self, *args, **kwargs)", "Data sets of one length.", example: "torch.utils.data.StackDataset([1, 2], [3, 4])[0]") { a in
        let (row, named) = (try a.items(1), a.keywords(2))
        guard row.isEmpty != named.isEmpty else {
          throw Raise(
            .valueError,
            row.isEmpty ? "At least one dataset should be passed"
              : "Supported either ``tuple``- (via ``args``) or``dict``- (via ``kwargs``) like input/output, but both types are given.")
        }
        let sizes = try (row + named.map(\.value)).map { try length($0, a.machine) }
        guard sizes.allSatisfy({ $0 == sizes[0] }) else {
          throw Raise(.valueError, "Size mismatch between datasets")
        }
        try a.machine.setAttribute(a[0], "datasets", row.isEmpty ? a[2] : a[1])
        try a.machine.setAttribute(a[0], "_length", .int(sizes[0]))
        return .none
      },
      Native("__getitem__(self, index)", "A sample of each.") { a in
        let all = try attribute(a, "datasets")
        if let dict = all.asDict {
          let result = DictObject()
          for pair in dict.pairs { try result.set(pair.key, a.machine.item(pair.value, a[1]), a.machine) }
          return .object(result)
        }
        return .tuple(try a.machine.array(all).map { try a.machine.item($0, a[1]) })
      },
      Native("__len__(self)", "The number of samples.") { a in try attribute(a, "_length") },
    ])

  // MARK: - random_split

  static let split = Native("random_split(dataset, lengths, generator=None)", "Parts of a data set, drawn at random.", example: "[len(p) for p in torch.utils.data.random_split(range(10), [7, 3])]") { a in
    let count = try length(a[0], a.machine)
    let given = try a.items(1)
    let numbers = try given.map { value -> Double in
      guard let number = value.asDouble else { throw Raise(.typeError, "lengths must be numbers") }
      return number
    }
    var sizes: [Int] = []
    let sum = numbers.reduce(0, +)
    if abs(sum - 1) <= 1e-9 * max(abs(sum), 1), sum <= 1 {
      for (i, share) in numbers.enumerated() {
        guard share >= 0, share <= 1 else {
          throw Raise(.valueError, "Fraction at index \(i) is not between 0 and 1")
        }
        sizes.append(Int((Double(count) * share).rounded(.down)))
      }
      let rest = count - sizes.reduce(0, +)
      for i in 0..<max(0, rest) { sizes[i % sizes.count] += 1 }
      for (i, size) in sizes.enumerated() where size == 0 {
        TorchWarnings.say("Length of split at index \(i) is 0. This might result in an empty dataset.", a.machine)
      }
    } else {
      sizes = given.map { $0.asInt ?? -1 }
    }
    guard sizes.allSatisfy({ $0 >= 0 && $0 <= count }), sizes.reduce(0, +) == count else {
      throw Raise(
        .valueError, "Sum of input lengths does not equal the length of the input dataset!",
        hint: "the lengths are \(sizes), the data set has \(count) samples")
    }
    let order = try Tensor.randperm(count, generator: TorchRandom.generator(a, 2)).ints()
    let door = try a.machine.importModule("torch.utils.data", first: false)
    let type = try a.machine.attribute(door, "Subset")
    var start = 0
    return .list(
      try sizes.map { size in
        defer { start += size }
        let places = order[start..<(start + size)].map { Value.int($0) }
        return try a.machine.call(type, [a[0], .list(places)])
      })
  }
}
