import Language
import NeuralNetworks
import TensorCore

/// `tf.data.Dataset`: elements in a row, with what is done to them.
final class TensorflowDataset: Instance {
  /// Makes an iterator over the elements.
  var start: (Machine) throws -> (() throws -> Value?) = { _ in { nil } }
  var count: Int?
  /// Whether the last of its batches may be smaller.
  var hasOpenBatch = false

  static func make(_ count: Int?, _ machine: Machine, _ start: @escaping (Machine) throws -> (() throws -> Value?))
    -> Value
  {
    let set = TensorflowDataset(machine.type(table))
    set.count = count
    set.start = start
    return .object(set)
  }

  func batches(_ machine: Machine) throws -> [Value] {
    var result: [Value] = []
    let next = try start(machine)
    while let value = try next() {
      try machine.poll()
      result.append(value)
    }
    return result
  }

  private static func of(_ a: Arguments) throws -> TensorflowDataset { try a.receiver() }

  private final class Walker: IteratorObject {
    private let step: () throws -> Value?
    override var typeName: String { "OwnedIterator" }
    init(_ step: @escaping () throws -> Value?) { self.step = step }
    override func next(_ machine: Machine) throws(Raise) -> Value {
      do {
        return try step() ?? .undefined
      } catch {
        throw machine.translate(error)
      }
    }
  }

  private static func positive(_ a: Arguments, _ i: Int) throws -> Int {
    let n = try a.int(i)
    guard n > 0, n < 1 << 40 else { throw a.mismatch(i, expected: "a positive integer") }
    return n
  }

  /// Elements as one, each part stacked.
  private static func stacked(_ items: [Value], _ machine: Machine) throws -> Value {
    guard let first = items.first else { return .none }
    var columns = KerasTree.leaves(first).map { _ in [Tensor]() }
    for item in items {
      for (place, leaf) in KerasTree.leaves(item).enumerated() where place < columns.count {
        columns[place].append(try machine.tensorflowTensor(leaf))
      }
    }
    var place = 0
    return try KerasTree.map(first) { _ in
      defer { place += 1 }
      return machine.kerasValue(try Tensor.stack(columns[place]))
    }
  }

  /// Tensors of a structure: tuples and dicts hold several, lists are data.
  private static func arrays(_ value: Value, _ machine: Machine) throws -> Value {
    if let dict = value.asDict {
      let result = DictObject()
      for pair in dict.pairs { if let key = pair.key.swiftString { result[key] = try arrays(pair.value, machine) } }
      return .object(result)
    }
    if let tuple = value.asTuple, tuple.subclass == nil {
      return .tuple(try tuple.items.map { try arrays($0, machine) })
    }
    return machine.kerasValue(try machine.tensorflowTensor(value))
  }

  /// A value with the dtypes of a signature: specs, or dtypes alone.
  private static func typed(_ value: Value, _ signature: Value, _ machine: Machine) throws -> Value {
    if let items = signature.asTuple?.items {
      let own = try machine.array(value)
      guard own.count == items.count else {
        throw Raise(.typeError, "`generator` yielded an element that did not match the expected structure: \(items.count) parts, got \(own.count)")
      }
      return .tuple(try zip(own, items).map { try typed($0, $1, machine) })
    }
    if let dict = signature.asDict, let own = value.asDict {
      let result = DictObject()
      for pair in dict.pairs {
        if let key = pair.key.swiftString { result[key] = try typed(own[key] ?? .none, pair.value, machine) }
      }
      return .object(result)
    }
    let dtype = try (signature.asInstance as? TensorflowSpec)?.dtype ?? KerasDType.read(signature, machine)
    return machine.kerasValue(try machine.tensorflowTensor(value).to(dtype))
  }

  private static func flattened(_ set: TensorflowDataset, _ function: Value, _ machine: Machine) throws -> Value {
    make(nil, machine) { machine in
      let outer = try set.start(machine)
      var inner: (() throws -> Value?)?
      return {
        while true {
          if let value = try inner?() { return value }
          guard let value = try outer() else { return nil }
          let given = value.asTuple.flatMap { $0.subclass == nil ? $0.items : nil } ?? [value]
          guard let next = try machine.call(function, given).asInstance as? TensorflowDataset else {
            throw Raise(.typeError, "flat_map: the function must give a Dataset")
          }
          inner = try next.start(machine)
        }
      }
    }
  }

  static let table = TypeTable(
    "Dataset", module: "tensorflow.data", doc: "Elements in a row: batch(), shuffle(), map() ...",
    isSubclassable: false, allocate: { TensorflowDataset($0) },
    properties: [
      NativeProperty("element_spec", "The shapes and dtypes of the elements, by their structure.") { value, machine in
        guard let set = value.asInstance as? TensorflowDataset, let first = try set.start(machine)() else { return .none }
        return try KerasTree.map(first) { leaf in
          let tensor = try machine.tensorflowTensor(leaf)
          var shape: OpenShape = tensor.shape.map { $0 }
          if set.hasOpenBatch, !shape.isEmpty { shape[0] = nil }
          return TensorflowSpec.make(shape, tensor.dtype, machine)
        }
      }
    ],
    statics: [
      Native("from_tensor_slices(tensors, name=None)", "The rows of arrays, one by one.") { a in
        let machine = a.machine
        let tree = try arrays(a[0], machine)
        let rows = try KerasData.rows([("tensors", tree)])
        return make(rows, machine) { machine in
          var i = 0
          return {
            guard i < rows else { return nil }
            let at = i
            i += 1
            return try KerasTree.map(tree) { leaf in
              machine.kerasValue(try (leaf.asTensorObject?.tensor ?? Tensor.zeros([1])).select(0, at))
            }
          }
        }
      },
      Native("from_tensors(tensors, name=None)", "One element.") { a in
        let value = a[0]
        return make(1, a.machine) { _ in
          var isDone = false
          return {
            defer { isDone = true }
            return isDone ? nil : value
          }
        }
      },
      Native("range(*args, **kwargs)", "Integers.") { a in
        let items = try a.items(0).map { try a.machine.index($0) ?? 0 }
        let (first, last, step) =
          items.count == 1 ? (0, items[0], 1) : items.count == 2 ? (items[0], items[1], 1)
          : items.count == 3 ? (items[0], items[1], items[2]) : (0, 0, 1)
        guard step != 0 else { throw Raise(.valueError, "range: the step must not be 0") }
        let numbers = Array(stride(from: first, to: last, by: step).prefix(1 << 24))
        return make(numbers.count, a.machine) { machine in
          var i = 0
          return {
            guard i < numbers.count else { return nil }
            defer { i += 1 }
            return machine.kerasValue(try Tensor(.int(numbers[i])))
          }
        }
      },
      Native("from_generator(generator, output_types=None, args=None, output_shapes=None, output_signature=None)", "What a function yields.") {
        a in
        let function = a[0]
        let signature = a[4].isNone ? a[1] : a[4]
        return make(nil, a.machine) { machine in
          let iterator = try machine.iterator(machine.call(function))
          return {
            let value = try machine.next(iterator)
            if value.isUndefined { return nil }
            return signature.isNone || signature.isUndefined ? value : try typed(value, signature, machine)
          }
        }
      },
      Native("zip(*args, **kwargs)", "The elements of several sets, side by side.") { a in
        let items = try a.items(0)
        let given = items.count == 1 ? items[0].asTuple?.items ?? items : items
        let sets = given.compactMap { $0.asInstance as? TensorflowDataset }
        guard sets.count == given.count else { throw Raise(.typeError, "Dataset.zip takes datasets") }
        return make(sets.compactMap(\.count).min(), a.machine) { machine in
          let steps = try sets.map { try $0.start(machine) }
          return {
            var parts: [Value] = []
            for step in steps {
              guard let value = try step() else { return nil }
              parts.append(value)
            }
            return .tuple(parts)
          }
        }
      },
    ],
    methods: [
      Native("batch(self, batch_size, drop_remainder=False, **kwargs)", "Elements in groups.") { a in
        let set = try of(a)
        let (size, drops) = (try positive(a, 1), try a.bool(2))
        let result = make(set.count.map { drops ? $0 / size : ($0 + size - 1) / size }, a.machine) { machine in
          let next = try set.start(machine)
          return {
            var items: [Value] = []
            while items.count < size, let value = try next() { items.append(value) }
            if items.isEmpty || (drops && items.count < size) { return nil }
            return try stacked(items, machine)
          }
        }
        (result.asInstance as? TensorflowDataset)?.hasOpenBatch = !drops
        return result
      },
      Native("unbatch(self)", "Groups as single elements.") { a in
        let set = try of(a)
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          var rows: [Value] = []
          return {
            while rows.isEmpty {
              guard let group = try next() else { return nil }
              let count = try KerasData.rows([("batch", group)])
              rows = try (0..<count).reversed().map { i in
                try KerasTree.map(group) { leaf in
                  machine.kerasValue(try machine.tensorflowTensor(leaf).select(0, i))
                }
              }
            }
            return rows.popLast()
          }
        }
      },
      Native("shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True, name=None)", "Elements in another order.") {
        a in
        let set = try of(a)
        let size = try positive(a, 1)
        let seed = try a.optionalInt(2)
        return make(set.count, a.machine) { machine in
          let next = try set.start(machine)
          let random = seed.map { Generator(seed: UInt64(bitPattern: Int64($0))) } ?? .default
          var buffer: [Value] = []
          return {
            while buffer.count < size, let value = try next() { buffer.append(value) }
            guard !buffer.isEmpty else { return nil }
            let place = min(buffer.count - 1, Int(random.uniform() * Double(buffer.count)))
            buffer.swapAt(place, buffer.count - 1)
            return buffer.removeLast()
          }
        }
      },
      Native("map(self, map_func, num_parallel_calls=None, deterministic=None, name=None)", "A function of every element.") {
        a in
        let set = try of(a)
        let function = a[1]
        return make(set.count, a.machine) { machine in
          let next = try set.start(machine)
          return {
            guard let value = try next() else { return nil }
            if let tuple = value.asTuple, tuple.subclass == nil { return try machine.call(function, tuple.items) }
            return try machine.call(function, [value])
          }
        }
      },
      Native("filter(self, predicate, name=None)", "The elements for which a function holds.") { a in
        let set = try of(a)
        let function = a[1]
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          return {
            while let value = try next() {
              let arguments = value.asTuple.flatMap { $0.subclass == nil ? $0.items : nil } ?? [value]
              if try machine.truth(machine.call(function, arguments)) { return value }
            }
            return nil
          }
        }
      },
      Native("concatenate(self, dataset, name=None)", "The elements of this set, then those of another.") { a in
        let set = try of(a)
        guard let other = a[1].asInstance as? TensorflowDataset else { throw a.mismatch(1, expected: "Dataset") }
        return make(set.count.flatMap { own in other.count.map { own + $0 } }, a.machine) { machine in
          let first = try set.start(machine)
          var second: (() throws -> Value?)?
          return {
            if second == nil {
              if let value = try first() { return value }
              second = try other.start(machine)
            }
            return try second?()
          }
        }
      },
      Native("enumerate(self, start=0, name=None)", "Pairs of a number and an element.") { a in
        let set = try of(a)
        let begin = try a.int(1)
        return make(set.count, a.machine) { machine in
          let next = try set.start(machine)
          var place = begin
          return {
            guard let value = try next() else { return nil }
            defer { place += 1 }
            return .tuple([machine.kerasValue(try Tensor(.int(place), dtype: .int64)), value])
          }
        }
      },
      Native("reduce(self, initial_state, reduce_func, name=None)", "Carries a state over the elements and gives the last.") { a in
        let next = try of(a).start(a.machine)
        var state = a[1].asTensorObject == nil && a[1].asDouble != nil
          ? a.machine.kerasValue(try a.machine.tensorflowTensor(a[1])) : a[1]
        while let value = try next() {
          try Interrupt.check()
          state = try a.machine.call(a[2], [state, value])
        }
        return state
      },
      Native("flat_map(self, map_func, name=None)", "The elements of the sets that a function gives.") { a in
        try flattened(of(a), a[1], a.machine)
      },
      Native("interleave(self, map_func, cycle_length=1, block_length=1, num_parallel_calls=None, deterministic=None)", "The elements of the sets that a function gives, one set after the other.") { a in
        guard try a.int(2) <= 1 else {
          throw Raise(.notImplementedError, "interleave: sets are read one after the other, cycle_length=1")
        }
        return try flattened(of(a), a[1], a.machine)
      },
      Native("take_while(self, predicate, name=None)", "The elements up to the first for which a function does not hold.") { a in
        let set = try of(a)
        let function = a[1]
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          return {
            guard let value = try next() else { return nil }
            let given = value.asTuple.flatMap { $0.subclass == nil ? $0.items : nil } ?? [value]
            return try machine.truth(machine.call(function, given)) ? value : nil
          }
        }
      },
      Native("shard(self, num_shards, index)", "Every so many-th element.") { a in
        let set = try of(a)
        let (count, index) = (try positive(a, 1), try a.int(2))
        guard index >= 0, index < count else { throw Raise(.valueError, "shard: index must be in [0, \(count)), got \(index)") }
        return make(set.count.map { max(0, ($0 - index + count - 1) / count) }, a.machine) { machine in
          let next = try set.start(machine)
          var place = -1
          return {
            while let value = try next() {
              place += 1
              if place % count == index { return value }
            }
            return nil
          }
        }
      },
      Native("apply(self, transformation_func)", "What a function of the set gives.") { a in
        try a.machine.call(a[1], [a[0]])
      },
      Native("window(self, size, shift=None, stride=1, drop_remainder=False, name=None)", "Sets of neighbouring elements.") { a in
        let set = try of(a)
        let size = try positive(a, 1)
        let shift = try a[2].isNone ? size : positive(a, 2)
        let stride = try positive(a, 3)
        let drops = try a.bool(4)
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          var buffer: [Value] = []
          var isOver = false
          return {
            let reach = (size - 1) * stride + 1
            while buffer.count < max(reach, shift), !isOver {
              if let value = try next() { buffer.append(value) } else { isOver = true }
            }
            guard !buffer.isEmpty, !(drops && buffer.count < reach) else { return nil }
            let items = Swift.stride(from: 0, to: min(buffer.count, reach), by: stride).map { buffer[$0] }
            buffer.removeFirst(min(shift, buffer.count))
            return make(items.count, machine) { _ in
              var place = 0
              return {
                guard place < items.count else { return nil }
                place += 1
                return items[place - 1]
              }
            }
          }
        }
      },
      Native("padded_batch(self, batch_size, padded_shapes=None, padding_values=None, drop_remainder=False, name=None)", "Batches of elements of different lengths, filled up with zeros.") { a in
        let set = try of(a)
        let size = try positive(a, 1)
        let drops = try a.bool(4)
        let fill = try a[3].isNone ? 0 : a.machine.float(a[3]) ?? 0
        return make(set.count.map { drops ? $0 / size : ($0 + size - 1) / size }, a.machine) { machine in
          let next = try set.start(machine)
          return {
            var rows: [Value] = []
            while rows.count < size, let value = try next() { rows.append(value) }
            guard !rows.isEmpty, !(drops && rows.count < size) else { return nil }
            let leaves = rows.map(KerasTree.leaves)
            var place = 0
            return try KerasTree.map(rows[0]) { _ in
              let column = try leaves.map { try machine.tensorflowTensor($0[min(place, $0.count - 1)]) }
              place += 1
              let most = column[0].shape.indices.map { axis in column.map { axis < $0.rank ? $0.shape[axis] : 0 }.max() ?? 0 }
              return machine.kerasValue(
                try Tensor.stack(
                  column.map { row in
                    try row.padded(zip(most, row.shape).map { (0, max(0, $0 - $1)) }, .constant(.double(fill)))
                  }))
            }
          }
        }
      },
      Native("take(self, count, name=None)", "The first elements.") { a in
        let set = try of(a)
        let limit = try a.int(1)
        return make(set.count.map { limit < 0 ? $0 : min($0, limit) }, a.machine) { machine in
          let next = try set.start(machine)
          var i = 0
          return {
            if limit >= 0, i >= limit { return nil }
            i += 1
            return try next()
          }
        }
      },
      Native("skip(self, count, name=None)", "Without the first elements.") { a in
        let set = try of(a)
        let limit = try a.int(1)
        return make(set.count.map { max(0, $0 - max(0, limit)) }, a.machine) { machine in
          let next = try set.start(machine)
          var i = 0
          return {
            while i < limit {
              i += 1
              if try next() == nil { return nil }
            }
            return try next()
          }
        }
      },
      Native("repeat(self, count=None, name=None)", "The elements several times, or for ever.") { a in
        let set = try of(a)
        let times = try a.optionalInt(1)
        let isForEver = (times ?? -1) < 0
        return make(isForEver ? nil : set.count.map { $0 * (times ?? 1) }, a.machine) { machine in
          var round = 0
          var next = try set.start(machine)
          return {
            while isForEver || round < (times ?? 0) {
              if let value = try next() { return value }
              round += 1
              next = try set.start(machine)
              // An empty set repeated for ever would not end.
              guard let value = try next() else { return nil }
              return isForEver || round < (times ?? 0) ? value : nil
            }
            return nil
          }
        }
      },
      Native("prefetch(self, buffer_size, name=None)", "The same: batches are made when needed.") { a in a[0] },
      Native("cache(self, filename='', name=None)", "The same.") { a in a[0] },
      Native("with_options(self, options)", "The same.") { a in a[0] },
      Native("as_numpy_iterator(self)", "The elements as arrays.") { a in
        let machine = a.machine
        let next = try of(a).start(machine)
        return .object(
          Walker {
            guard let value = try next() else { return nil }
            return try KerasTree.map(value) { leaf in
              try machine.numpyValue(machine.tensorflowTensor(leaf).detach())
            }
          })
      },
      Native("cardinality(self)", "The number of elements, -2 where it is not known.") { a in
        a.machine.kerasValue(try Tensor(.int(of(a).count ?? -2)))
      },
      Native("unique(self, name=None)", "The different elements, in their first order.") { a in
        let set = try of(a)
        return make(nil, a.machine) { machine in
          let next = try set.start(machine)
          var seen: Set<String> = []
          return {
            while let value = try next() {
              if seen.insert(try machine.repr(value)).inserted { return value }
            }
            return nil
          }
        }
      },
      Native("__iter__(self)", "The elements in order.") { a in .object(Walker(try of(a).start(a.machine))) },
      Native("__len__(self)", "The number of elements.") { a in
        if let count = try of(a).count { return .int(count) }
        throw Raise(.typeError, "The dataset length is unknown.")
      },
      Native("__repr__(self)", "The kind of the set.") { a in
        .string("<_Dataset with \(try of(a).count.map { "\($0)" } ?? "an unknown number of") elements>")
      },
    ])
}
