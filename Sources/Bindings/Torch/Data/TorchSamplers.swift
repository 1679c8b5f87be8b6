import Language
import TensorCore

/// The samplers of `torch.utils.data`: in which order samples come. Seeded orders are PyTorch's.
enum TorchSamplers {
  static let tables = [sampler, sequential, random, subset, weighted, batch]
  private static let module = "torch.utils.data.sampler"

  private static func attribute(_ a: Arguments, _ name: String) throws -> Value {
    try a.machine.attribute(a[0], name)
  }

  private static func generator(_ value: Value) -> Generator? { (value.asInstance as? TorchGenerator)?.generator }

  /// Numbers that are drawn when the first is asked for.
  static func drawn(_ draw: @escaping () throws -> [Value]) -> Value {
    var items: [Value]?
    var place = 0
    return .object(
      NativeIterator("generator") { machine throws(Raise) in
        if items == nil {
          do { items = try draw() } catch { throw machine.translate(error) }
        }
        guard let items, place < items.count else { return .undefined }
        place += 1
        return items[place - 1]
      })
  }

  static let sampler = TypeTable(
    "Sampler", module: module, doc: "An order of samples: a class of one's own writes __iter__.",
    classMethods: [
      Native("__class_getitem__(cls, item)", "The class: types in brackets are documentation.") { $0[0] }
    ],
    methods: [
      Native("__init__(self, data_source=None)", "An order.") { _ in .none },
      Native("__iter__(self)", "The numbers of samples; a class of one's own writes it.") { _ in
        throw Raise(.notImplementedError, arguments: [])
      },
    ])

  private static let sequential = TypeTable(
    "SequentialSampler", module: module, doc: "From the first to the last.", base: sampler,
    methods: [
      Native("__init__(self, data_source)", "The order of a data set.", example: "list(torch.utils.data.SequentialSampler(range(3)))") { a in
        try a.machine.setAttribute(a[0], "data_source", a[1])
        return .none
      },
      Native("__iter__(self)", "The numbers.") { a in
        let count = try TorchDatasets.length(attribute(a, "data_source"), a.machine)
        return try a.machine.iterator(a.machine.call(a.machine.builtin("range") ?? .none, [.int(count)]))
      },
      Native("__len__(self)", "How many.") { a in
        .int(try TorchDatasets.length(attribute(a, "data_source"), a.machine))
      },
    ])

  private static func count(_ a: Arguments) throws -> Int {
    let own = try attribute(a, "_num_samples")
    return try own.isNone ? TorchDatasets.length(attribute(a, "data_source"), a.machine) : own.asInt ?? 0
  }

  private static let random = TypeTable(
    "RandomSampler", module: module, doc: "In random order, or drawn again and again.", base: sampler,
    properties: [
      NativeProperty("num_samples", "How many are drawn.") { value, machine in
        let own = try machine.attribute(value, "_num_samples")
        return try own.isNone
          ? .int(TorchDatasets.length(machine.attribute(value, "data_source"), machine)) : own
      }
    ],
    methods: [
      Native("__init__(self, data_source, replacement=False, num_samples=None, generator=None)", "A random order of a data set.", example: "len(torch.utils.data.RandomSampler(range(3)))") { a in
        guard case .bool = a[2] else {
          throw Raise(.typeError, "replacement should be a boolean value, but got replacement=\(try a.machine.text(of: a[2]))")
        }
        for (name, place) in [("data_source", 1), ("replacement", 2), ("_num_samples", 3), ("generator", 4)] {
          try a.machine.setAttribute(a[0], name, a[place])
        }
        let samples = try a.machine.attribute(a[0], "num_samples")
        guard let number = samples.asInt, number > 0 else {
          throw Raise(
            .valueError, "num_samples should be a positive integer value, but got num_samples=\(try a.machine.text(of: samples))",
            hint: "the data set is empty")
        }
        return .none
      },
      Native("__iter__(self)", "The numbers.") { a in
        let machine = a.machine
        let n = try TorchDatasets.length(attribute(a, "data_source"), machine)
        let total = try count(a)
        let again = try machine.truth(attribute(a, "replacement"))
        let own = try generator(attribute(a, "generator"))
        return drawn {
          let stream: Generator
          if let own { stream = own } else {
            let seed = try Tensor.zeros([], dtype: .int64)
            try seed.random(inPlace: Generator.default)
            stream = Generator(seed: UInt64(bitPattern: Int64(try seed.item().int ?? 0)))
          }
          var result: [Value] = []
          if again {
            for start in stride(from: 0, through: total, by: 32) {
              let size = min(32, total - start)
              result += try Tensor.randint(0, n, [size], generator: stream).ints().map { .int($0) }
            }
          } else {
            while result.count + n <= total {
              result += try Tensor.randperm(n, generator: stream).ints().map { .int($0) }
            }
            // PyTorch draws one order more even where nothing of it is used.
            let rest = total - result.count
            result += try Tensor.randperm(n, generator: stream).ints().prefix(rest).map { .int($0) }
          }
          return result
        }
      },
      Native("__len__(self)", "How many.") { a in .int(try count(a)) },
    ])

  private static let subset = TypeTable(
    "SubsetRandomSampler", module: module, doc: "Some places in random order.", base: sampler,
    methods: [
      Native("__init__(self, indices, generator=None)", "A random order of places.", example: "len(torch.utils.data.SubsetRandomSampler([4, 2]))") { a in
        try a.machine.setAttribute(a[0], "indices", a[1])
        try a.machine.setAttribute(a[0], "generator", a[2])
        return .none
      },
      Native("__iter__(self)", "The places.") { a in
        let machine = a.machine
        let indices = try machine.array(attribute(a, "indices"))
        let stream = try generator(attribute(a, "generator")) ?? .default
        return drawn { try Tensor.randperm(indices.count, generator: stream).ints().map { indices[$0] } }
      },
      Native("__len__(self)", "How many.") { a in
        .int(try TorchDatasets.length(attribute(a, "indices"), a.machine))
      },
    ])

  private static let weighted = TypeTable(
    "WeightedRandomSampler", module: module, doc: "Drawn with probabilities in proportion to weights.", base: sampler,
    methods: [
      Native("__init__(self, weights, num_samples, replacement=True, generator=None)", "Draws by weights.", example: "len(torch.utils.data.WeightedRandomSampler([1, 3], 4))") { a in
        guard case .int(let number) = a[2], number > 0 else {
          throw Raise(
            .valueError, "num_samples should be a positive integer value, but got num_samples=\(try a.machine.text(of: a[2]))")
        }
        guard case .bool = a[3] else {
          throw Raise(.valueError, "replacement should be a boolean value, but got replacement=\(try a.machine.text(of: a[3]))")
        }
        let weights = try a.machine.tensor(a[1], .torch, dtype: .float64)
        guard weights.rank == 1 else {
          throw Raise(
            .valueError, "weights should be a 1d sequence but given weights have shape \(weights.shape)")
        }
        try a.machine.setAttribute(a[0], "weights", a.machine.torchValue(weights.to(.float64)))
        for (name, place) in [("num_samples", 2), ("replacement", 3), ("generator", 4)] {
          try a.machine.setAttribute(a[0], name, a[place])
        }
        return .none
      },
      Native("__iter__(self)", "The numbers.") { a in
        let machine = a.machine
        guard let weights = try attribute(a, "weights").asTensorObject?.tensor,
          let total = try attribute(a, "num_samples").asInt
        else { throw Raise(.typeError, "WeightedRandomSampler: weights must be a Tensor") }
        let again = try machine.truth(attribute(a, "replacement"))
        let stream = try generator(attribute(a, "generator")) ?? .default
        return drawn {
          try Tensor.multinomial(weights, total, replacement: again, generator: stream).ints().map { .int($0) }
        }
      },
      Native("__len__(self)", "How many.") { a in try attribute(a, "num_samples") },
    ])

  private static let batch = TypeTable(
    "BatchSampler", module: module, doc: "The numbers of a sampler in groups.", base: sampler,
    methods: [
      Native("__init__(self, sampler, batch_size, drop_last)", "Groups of so many; drop_last leaves a smaller last one out.", example: "list(torch.utils.data.BatchSampler(range(5), 2, False))") { a in
        guard case .int(let size) = a[2], size > 0 else {
          throw Raise(
            .valueError, "batch_size should be a positive integer value, but got batch_size=\(try a.machine.text(of: a[2]))")
        }
        guard case .bool = a[3] else {
          throw Raise(.valueError, "drop_last should be a boolean value, but got drop_last=\(try a.machine.text(of: a[3]))")
        }
        for (name, place) in [("sampler", 1), ("batch_size", 2), ("drop_last", 3)] {
          try a.machine.setAttribute(a[0], name, a[place])
        }
        return .none
      },
      Native("__iter__(self)", "The groups.") { a in
        let size = try attribute(a, "batch_size").asInt ?? 1
        let drops = try a.machine.truth(attribute(a, "drop_last"))
        let source = try a.machine.iterator(attribute(a, "sampler"))
        return .object(
          NativeIterator("generator") { machine throws(Raise) in
            var group: [Value] = []
            while group.count < size {
              let next = try machine.next(source)
              if next.isUndefined { break }
              group.append(next)
            }
            return group.isEmpty || (drops && group.count < size) ? .undefined : .list(group)
          })
      },
      Native("__len__(self)", "How many groups.") { a in
        let count = try TorchDatasets.length(attribute(a, "sampler"), a.machine)
        let size = max(1, try attribute(a, "batch_size").asInt ?? 1)
        return .int(try a.machine.truth(attribute(a, "drop_last")) ? count / size : (count + size - 1) / size)
      },
    ])
}
