import Language
import TensorCore

/// `torch.utils.data.DataLoader`: batches of a data set.
enum TorchLoader {
  static let table = TypeTable(
    "DataLoader", module: "torch.utils.data.dataloader", doc: "Batches of a data set.",
    classMethods: [
      Native("__class_getitem__(cls, item)", "The class: types in brackets are documentation.") { $0[0] }
    ],
    methods: [
      Native("__init__(self, dataset, batch_size=1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn=None, pin_memory=False, drop_last=False, timeout=0, worker_init_fn=None, multiprocessing_context=None, generator=None, *, prefetch_factor=None, persistent_workers=False, pin_memory_device='', in_order=True)", "Batches of so many samples, in order or shuffled; all work is done in this process.", example: "[b for b in torch.utils.data.DataLoader(torch.arange(5), batch_size=2)]") { a in
        try start(a)
        return .none
      },
      Native("__iter__(self)", "The batches.") { try iterate($0) },
      Native("__len__(self)", "The number of batches.") { a in
        let m = a.machine
        if try isIterable(m.attribute(a[0], "dataset"), m) {
          let count = try TorchDatasets.length(m.attribute(a[0], "dataset"), m)
          guard let size = try m.attribute(a[0], "batch_size").asInt, size > 0 else { return .int(count) }
          return .int(try m.truth(m.attribute(a[0], "drop_last")) ? count / size : (count + size - 1) / size)
        }
        let batches = try m.attribute(a[0], "batch_sampler")
        return .int(
          try TorchDatasets.length(batches.isNone ? m.attribute(a[0], "sampler") : batches, m))
      },
    ])

  static func isIterable(_ value: Value, _ machine: Machine) throws -> Bool {
    value.asInstance?.type.isSubclass(of: machine.type(TorchDatasets.iterable)) ?? false
  }

  private static func start(_ a: Arguments) throws {
    let m = a.machine
    func set(_ name: String, _ value: Value) throws { try m.setAttribute(a[0], name, value) }
    if let workers = a[6].asInt, workers < 0 {
      throw Raise(
        .valueError,
        "num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.")
    }
    let door = try m.importModule("torch.utils.data", first: false)
    func make(_ name: String, _ arguments: [Value], _ keywords: [(name: String, value: Value)] = []) throws -> Value {
      try m.call(m.attribute(door, name), arguments, keywords: keywords)
    }
    let iterable = try isIterable(a[1], m)
    let shuffles = a[3].isNone ? false : try a.bool(3)
    if iterable {
      if shuffles {
        throw Raise(.valueError, "DataLoader with IterableDataset: expected unspecified shuffle option, but got shuffle=True")
      }
      if !a[4].isNone {
        throw Raise(.valueError, "DataLoader with IterableDataset: expected unspecified sampler option, but got sampler=\(try m.text(of: a[4]))")
      }
      if !a[5].isNone {
        throw Raise(.valueError, "DataLoader with IterableDataset: expected unspecified batch_sampler option, but got batch_sampler=\(try m.text(of: a[5]))")
      }
    }
    if !a[4].isNone, shuffles {
      throw Raise(.valueError, "sampler option is mutually exclusive with shuffle")
    }
    if !a[5].isNone {
      let drops = try a.bool(9)
      if a[2].asInt != 1 || shuffles || !a[4].isNone || drops {
        throw Raise(
          .valueError, "batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last")
      }
    } else if a[2].isNone, try a.bool(9) {
      throw Raise(.valueError, "batch_size=None option disables auto-batching and is mutually exclusive with drop_last")
    }
    var sampler = a[4]
    if iterable {
      sampler = .none
      if !a[2].isNone { _ = try make("BatchSampler", [.list([]), a[2], .bool(a.bool(9))]) }
    } else if sampler.isNone {
      sampler = try shuffles
        ? make("RandomSampler", [a[1]], [("generator", a[13])]) : make("SequentialSampler", [a[1]])
    }
    var batches = a[5]
    if !iterable, batches.isNone, !a[2].isNone {
      batches = try make("BatchSampler", [sampler, a[2], .bool(a.bool(9))])
    }
    try set("dataset", a[1])
    try set("batch_size", a[5].isNone ? a[2] : .none)
    try set("sampler", sampler)
    try set("batch_sampler", batches)
    try set("num_workers", a[6])
    try set("_collate", a[7])
    try set(
      "collate_fn",
      a[7].isNone
        ? m.attribute(door, batches.isNone && !iterable || a[2].isNone && a[5].isNone ? "default_convert" : "default_collate")
        : a[7])
    try set("pin_memory", a[8])
    try set("drop_last", .bool(a.bool(9)))
    try set("timeout", a[10])
    try set("generator", a[13])
  }

  private static func iterate(_ a: Arguments) throws -> Value {
    let m = a.machine
    func get(_ name: String) throws -> Value { try m.attribute(a[0], name) }
    let data = try get("dataset")
    // PyTorch draws a seed for its workers at the start of every pass, also without any.
    let seed = try Tensor.zeros([], dtype: .int64)
    try seed.random(inPlace: (get("generator").asInstance as? TorchGenerator)?.generator ?? .default)
    let collate = try get("collate_fn")
    let isOwn = try !get("_collate").isNone
    let batches = try get("batch_sampler")
    if try isIterable(data, m) { return try iterated(data, get("batch_size").asInt, m.truth(get("drop_last")), collate, isOwn, m) }
    let places = try m.iterator(batches.isNone ? get("sampler") : batches)
    if batches.isNone {
      return .object(
        NativeIterator("_SingleProcessDataLoaderIter") { machine throws(Raise) in
          let place = try machine.next(places)
          return place.isUndefined ? .undefined : try machine.call(collate, [machine.item(data, place)])
        })
    }
    // Rows of tensors are taken all at once.
    let rows = !isOwn && data.asInstance?.type === m.type(TorchDatasets.tensors)
      ? try m.attribute(data, "tensors").asTuple?.items.compactMap { $0.asTensorObject?.tensor } : nil
    let many = try m.optionalAttribute(data, "__getitems__")
    return .object(
      NativeIterator("_SingleProcessDataLoaderIter") { machine throws(Raise) in
        let group = try machine.next(places)
        if group.isUndefined { return .undefined }
        do {
          let indices = try machine.array(group)
          if let rows, !rows.isEmpty, indices.allSatisfy({ $0.asInt ?? -1 >= 0 }) {
            let index = try Tensor(indices.map { Int64($0.asInt ?? 0) })
            return .list(try rows.map { machine.torchValue(try $0.indexSelect(0, index)) })
          }
          let samples = try many.map { try machine.call($0, [.list(indices)]) }
            ?? .list(indices.map { try machine.item(data, $0) })
          return try isOwn ? machine.call(collate, [samples]) : TorchCollate.batch(machine.array(samples), machine)
        } catch {
          throw machine.translate(error)
        }
      })
  }

  private static func iterated(
    _ data: Value, _ size: Int?, _ drops: Bool, _ collate: Value, _ isOwn: Bool, _ machine: Machine
  ) throws -> Value {
    let source = try machine.iterator(data)
    return .object(
      NativeIterator("_SingleProcessDataLoaderIter") { machine throws(Raise) in
        guard let size else {
          let next = try machine.next(source)
          return next.isUndefined ? .undefined : try machine.call(collate, [next])
        }
        var group: [Value] = []
        while group.count < size {
          let next = try machine.next(source)
          if next.isUndefined { break }
          group.append(next)
        }
        if group.isEmpty || (drops && group.count < size) { return .undefined }
        if isOwn { return try machine.call(collate, [.list(group)]) }
        do { return try TorchCollate.batch(group, machine) } catch { throw machine.translate(error) }
      })
  }

  static let modules: [ModuleTable] = [
    ModuleTable("torch.utils", doc: "Helpers around training.", entries: []),
    ModuleTable("torch.utils.data", doc: "Data sets, samplers and batches.", entries: entries),
    ModuleTable("torch.utils.data.dataset", doc: "Data sets.", entries: TorchDatasets.tables.map { .type($0) } + [.function(TorchDatasets.split)]),
    ModuleTable("torch.utils.data.sampler", doc: "Samplers.", entries: TorchSamplers.tables.map { .type($0) }),
    ModuleTable("torch.utils.data.dataloader", doc: "Batches.", entries: [.type(table), .function(TorchCollate.function)]),
  ]

  private static let entries: [ModuleEntry] =
    (TorchDatasets.tables + TorchSamplers.tables + [table]).map { .type($0) }
    + [
      .function(TorchDatasets.split), .function(TorchCollate.function), .function(TorchCollate.conversion),
      .function(
        Native("get_worker_info()", "None: batches are made in this process.", example: "torch.utils.data.get_worker_info()") { _ in .none }),
    ]
}

/// `default_collate`: samples as one batch.
enum TorchCollate {
  static let function = Native("default_collate(batch)", "Samples as one batch: numbers and arrays become tensors, tensors are stacked.", example: "torch.utils.data.default_collate([(1, 2.0), (3, 4.0)])") { a in
    try batch(a.machine.array(a[0]), a.machine)
  }

  static let conversion = Native("default_convert(data)", "Arrays as tensors; other things as they are.", example: "torch.utils.data.default_convert(3)") { a in
    try converted(a[0], a.machine, 0)
  }

  private static func converted(_ value: Value, _ machine: Machine, _ depth: Int) throws -> Value {
    guard depth < 100 else { return value }
    if let object = value.asTensorObject {
      return object.flavor == .torch ? value : machine.torchValue(object.tensor)
    }
    if value.asNumpyScalar != nil { return machine.torchValue(try machine.tensor(value, .torch)) }
    if let dict = value.asDict {
      let result = DictObject()
      for pair in dict.pairs { try result.set(pair.key, converted(pair.value, machine, depth + 1), machine) }
      return .object(result)
    }
    if let tuple = value.asTuple, tuple.subclass == nil {
      return .list(try tuple.items.map { try converted($0, machine, depth + 1) })
    }
    if let list = value.asList { return .list(try list.items.map { try converted($0, machine, depth + 1) }) }
    return value
  }

  static func batch(_ samples: [Value], _ machine: Machine, _ depth: Int = 0) throws -> Value {
    guard depth < 100 else { throw Raise(.recursionError, "samples are nested too deep") }
    guard let first = samples.first else { throw Raise(.indexError, "list index out of range") }
    if first.asTensorObject != nil {
      let tensors = try samples.map { value -> Tensor in
        guard let object = value.asTensorObject else { throw Raise(.typeError, "expected Tensor as element 1 in argument 0, but got \(machine.typeName(value))") }
        return object.tensor
      }
      for (i, tensor) in tensors.enumerated() where tensor.shape != tensors[0].shape {
        throw Raise(
          .runtimeError,
          "stack expects each tensor to be equal size, but got \(tensors[0].shape) at entry 0 and \(tensor.shape) at entry \(i)",
          hint: "samples of different sizes need a collate_fn of one's own, which pads them")
      }
      return machine.torchValue(try Tensor.stack(tensors))
    }
    if first.asNumpyScalar != nil {
      return machine.torchValue(try Tensor.stack(samples.map { try machine.tensor($0, .numpy) }))
    }
    switch first {
    case .float:
      let numbers = try samples.map { value -> Double in
        guard let number = value.asDouble else { throw mixed(value, machine) }
        return number
      }
      return machine.torchValue(try Tensor(numbers, dtype: .float64))
    case .bool, .int: return machine.torchValue(try machine.tensor(.list(samples), .torch))
    default: break
    }
    if first.swiftString != nil || machine.typeName(first) == "bytes" { return .list(samples) }
    if let dict = first.asDict {
      let result = DictObject()
      result.subclass = dict.subclass
      for key in dict.keys {
        let column = try samples.map { try machine.item($0, key) }
        try result.set(key, batch(column, machine, depth + 1), machine)
      }
      return .object(result)
    }
    if first.asTuple != nil || first.asList != nil {
      let rows = try samples.map { try machine.array($0) }
      guard rows.allSatisfy({ $0.count == rows[0].count }) else {
        throw Raise(.runtimeError, "each element in list of batch should be of equal size")
      }
      let columns = try rows[0].indices.map { i in try batch(rows.map { $0[i] }, machine, depth + 1) }
      if let tuple = first.asTuple, let type = tuple.subclass {
        let result = TupleObject(columns)
        result.subclass = type
        return .object(result)
      }
      return .list(columns)
    }
    throw Raise(
      .typeError,
      "default_collate: batch must contain tensors, numpy arrays, numbers, dicts or lists; found \(classText(first, machine))",
      hint: "a transform gives tensors, or a collate_fn of one's own says how samples become a batch")
  }

  private static func classText(_ value: Value, _ machine: Machine) -> String {
    "<class '\(machine.type(of: value).qualifiedName)'>"
  }

  private static func mixed(_ value: Value, _ machine: Machine) -> Raise {
    Raise(.typeError, "must be real number, not \(machine.typeName(value))")
  }
}
