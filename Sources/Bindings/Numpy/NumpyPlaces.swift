import Language
import TensorCore

/// Places: taking and putting by index, sorting orders, conversions between flat and full places.
enum NumpyPlaces {
  static let functions: [Native] = takes + orders + places + functional

  private static let takes: [Native] = [
    numpyRow("take_along_axis(arr, indices, axis=-1)", "Along an axis the elements that an index names.", example: "np.take_along_axis(np.array([[3, 1]]), np.array([[1, 0]]), 1)") { a in
      let (x, index) = (try a.array(0), try a.array(1))
      guard let axis = try a.axis(2) else {
        return a.machine.ndarray(try x.reshape([-1]).takeAlong(0, index.reshape([-1])))
      }
      return a.machine.ndarray(try x.takeAlong(axis, index))
    },
    numpyRow("put_along_axis(arr, indices, values, axis)", "Values at the places that an index names, in place.", example: "np.put_along_axis(np.zeros((1, 2)), np.array([[1]]), 5, 1)") { a in
      let (x, index) = (try a.array(0), try a.array(1))
      let axis = try a.int(3)
      let values = try a.array(2, dtype: x.dtype).expand(index.shape)
      try x.overwrite("put_along_axis") { try $0.scatter(axis, index, values.contiguous()) }
      return .none
    },
    numpyRow("put(a, ind, v)", "Values at row-major places, in place.", example: "np.put(np.zeros(3), [0, 2], [1, 2])") { a in
      let (x, index) = (try a.array(0), try a.array(1))
      let values = try a.array(2, dtype: x.dtype).reshape([-1])
      guard index.count > 0, values.count > 0 else { return .none }
      let repeated = try values.repeated([(index.count - 1) / values.count + 1])
        .narrow(0, start: 0, length: index.count)
      try x.overwrite("put") { try $0.put(index.reshape([-1]), repeated) }
      return .none
    },
    numpyRow("putmask(a, mask, values)", "Values where a mask holds, in place.", example: "np.putmask(np.zeros(2), [True, False], 5)") { a in
      let x = try a.array(0)
      let values = try a.array(2, dtype: x.dtype).reshape([-1])
      guard values.count > 0, x.count > 0 else { return .none }
      let tiled = try values.repeated([(x.count - 1) / values.count + 1])
        .narrow(0, start: 0, length: x.count).reshape(x.shape)
      try x.copy(from: Tensor.where(a.array(1).to(.bool), tiled, x))
      return .none
    },
    numpyRow("place(arr, mask, vals)", "The next of some values where a mask holds, in place.", example: "np.place(np.zeros(2), [True, False], [5])") { a in
      let x = try a.array(0)
      let values = try a.array(2, dtype: x.dtype).reshape([-1])
      let mask = try a.array(1).to(.bool)
      let count = try mask.sum().item().int ?? 0
      if count == 0 { return .none }
      guard values.count > 0 else { throw Raise(.valueError, "Cannot insert from an empty array!") }
      let enough = try values.repeated([(count - 1) / values.count + 1])
      try x.overwrite("place") { try $0.maskedScatter(mask, enough) }
      return .none
    },
    numpyRow("extract(condition, arr)", "The elements where a condition holds.", example: "np.extract([True, False], [1, 2])") { a in
      let mask = try a.array(0).to(.bool).reshape([-1])
      return a.machine.ndarray(try a.array(1).reshape([-1]).index([.tensor(mask)]))
    },
    numpyRow("compress(condition, a, axis=None)", "The slices where a condition holds.", example: "np.compress([True, False], [1, 2])") { a in
      let x = a[2].isNone ? try a.array(1).reshape([-1]) : try a.array(1)
      let places = try a.array(0).to(.bool).reshape([-1]).nonzero().reshape([-1])
      return a.machine.ndarray(try x.indexSelect(a.axis(2) ?? 0, places))
    },
    numpyRow("choose(a, choices)", "Of several arrays the element that an index names.", example: "np.choose([0, 1], [[1, 2], [10, 20]])") { a in
      let index = try a.array(0)
      let choices = try a.tensors(1, .numpy)
      let shape = try choices.reduce(index.shape) { try Shape.broadcast($0, $1.shape, "choose") }
      let stacked = try Tensor.stack(choices.map { try $0.expand(shape) }, promotion: .numpy)
      if index.count > 0, try index.amin().item().double < 0 || index.amax().item().double >= Double(choices.count) {
        throw Raise(.valueError, "invalid entry in choice array")
      }
      return try a.machine.numpyValue(
        stacked.gather(0, index.expand(shape).unsqueeze(0).to(.int64)).select(0, 0))
    },
    numpyRow("select(condlist, choicelist, default=0)", "The element of the first array whose condition holds.", example: "np.select([[True, False]], [[1, 2]], 9)") { a in
      let conditions = try a.tensors(0, .numpy)
      let given = try a.machine.array(a[1])
      if given.contains(where: NumpyTexts.holdsText) || NumpyTexts.holdsText(a[2]) {
        guard conditions.count == given.count, !given.isEmpty else {
          throw Raise(.valueError, "list of cases must be same length as list of conditions")
        }
        return try NumpyTexts.choose(conditions.map { try $0.to(.bool) }, given, a[2], a.machine)
      }
      let choices = try given.map { try a.machine.tensor($0) }
      guard conditions.count == choices.count, !choices.isEmpty else {
        throw Raise(.valueError, "list of cases must be same length as list of conditions")
      }
      let fallback = try a.array(2)
      let type = choices.reduce(choices[0].dtype) { Promotion.numpy.join($0, $1.dtype) }
      var result = try fallback.to(fallback.rank == 0 && fallback.dtype != .float64 ? type : Promotion.numpy.join(type, fallback.dtype))
      for (condition, choice) in zip(conditions, choices).reversed() {
        result = try Tensor.where(condition.to(.bool), choice.to(result.dtype), result, promotion: .numpy)
      }
      return try a.machine.numpyValue(result)
    },
    numpyRow("fill_diagonal(a, val, wrap=False)", "The diagonal set to a value, in place.", example: "np.fill_diagonal(np.zeros((2, 2)), 1)") { a in
      let x = try a.array(0)
      guard x.rank >= 2 else { throw Raise(.valueError, "array must be at least 2-d") }
      let values = try a.array(1, dtype: x.dtype)
      try x.diagonal().copy(from: values)
      return .none
    },
    numpyRow("copyto(dst, src, where=True)", "Written over an array, where a mask holds.", example: "np.copyto(np.zeros(2), [1, 2])") { a in
      let x = try a.array(0)
      let mask = try a.array(2).to(.bool)
      try x.copy(from: Tensor.where(mask, a.array(1, dtype: x.dtype), x))
      return .none
    },
  ]

  private static let orders: [Native] = [
    numpyRow("lexsort(keys, axis=-1)", "The places that sort by the last key, then the one before it, ...", example: "np.lexsort(([1, 2, 1], [3, 3, 1]))") { a in
      let keys = try a.tensors(0, .numpy)
      guard let first = keys.first else { throw Raise(.typeError, "need sequence of keys with len > 0 in lexsort") }
      guard first.rank == 1, keys.allSatisfy({ $0.shape == first.shape }) else {
        throw Raise(.valueError, "lexsort: all keys are vectors of one length here")
      }
      // Stable sorts from the least to the most important key.
      var order = try Tensor.arange(0, .int(first.count))
      for key in keys { order = try order.gather(0, key.gather(0, order).argsort()) }
      return a.machine.ndarray(order)
    },
    numpyRow("partition(a, kth, axis=-1)", "Sorted, which is more than partitioned.", example: "np.partition([3, 1, 2], 1)") { a in
      let x = try a.array(0)
      return a.machine.ndarray(try a[2].isNone ? x.reshape([-1]).sort().values : x.sort(axis: a.int(2)).values)
    },
    numpyRow("argpartition(a, kth, axis=-1)", "The places that sort, which is more than partitioned.", example: "np.argpartition([3, 1, 2], 1)") { a in
      let x = try a.array(0)
      return a.machine.ndarray(try a[2].isNone ? x.reshape([-1]).argsort() : x.argsort(axis: a.int(2)))
    },
  ]

  private static let places: [Native] = [
    numpyRow("unravel_index(indices, shape)", "Flat places as places on each axis.", example: "np.unravel_index(5, (2, 3))") { a in
      let flat = try a.array(0)
      let shape = try a.shape(1)
      let count = try Shape.count(shape, "unravel_index")
      for place in try flat.ints() where place < 0 || place >= count {
        throw Raise(.valueError, "index \(place) is out of bounds for array with size \(count)")
      }
      var step = count
      return .tuple(
        try shape.map { size in
          step /= max(1, size)
          let along = try BinaryOperation.floorDivide(flat, .int(max(1, step)))
          return try a.machine.numpyValue(BinaryOperation.remainder(along, .int(max(1, size))))
        })
    },
    numpyRow("ravel_multi_index(multi_index, dims)", "Places on each axis as flat places.", example: "np.ravel_multi_index((1, 2), (2, 3))") { a in
      let parts = try a.tensors(0, .numpy)
      let shape = try a.shape(1)
      guard parts.count == shape.count else {
        throw Raise(.valueError, "parameter multi_index must be a sequence of length \(shape.count)")
      }
      var total = try Tensor(.int(0))
      for (part, size) in zip(parts, shape) {
        guard try part.ints().allSatisfy({ $0 >= 0 && $0 < size }) else {
          throw Raise(.valueError, "invalid entry in coordinates array")
        }
        total = try total * .int(size) + part.to(.int64)
      }
      return try a.machine.numpyValue(total)
    },
    numpyRow("ix_(*args)", "An open grid from vectors, for subscripts.", example: "np.ix_([0, 1], [2])[0].shape") { a in
      let items = try a.items(0)
      return .tuple(
        try items.enumerated().map { place, item in
          var x = try a.machine.tensor(item)
          guard x.rank == 1 else { throw Raise(.valueError, "Cross index must be 1 dimensional") }
          if x.dtype == .bool { x = try x.nonzero().reshape([-1]) }
          if x.count == 0 { x = try x.to(.int64) }
          var shape = Array(repeating: 1, count: items.count)
          shape[place] = x.count
          return a.machine.ndarray(try x.reshape(shape))
        })
    },
    triangle("tril_indices", upper: false), triangle("triu_indices", upper: true),
    numpyRow("tril_indices_from(arr, k=0)", "Rows and columns of the lower triangle of an array.", example: "np.tril_indices_from(np.eye(2))") { a in
      try halves(a, upper: false)
    },
    numpyRow("triu_indices_from(arr, k=0)", "Rows and columns of the upper triangle of an array.", example: "np.triu_indices_from(np.eye(2))") { a in
      try halves(a, upper: true)
    },
    numpyRow("diag_indices(n, ndim=2)", "The places of the diagonal.", example: "np.diag_indices(3)") { a in
      let places = try Tensor.arange(0, .int(a.int(0)))
      let axes = try a.int(1)
      guard axes >= 1, axes <= Shape.maximalRank else { throw Raise(.valueError, "ndim must be from 1 to 64") }
      return .tuple(Array(repeating: a.machine.ndarray(places), count: axes))
    },
    numpyRow("ndindex(*shape)", "The places of an array in row-major order.", example: "list(np.ndindex(2, 2))") { a in
      .list(try all(a.sizes(0)))
    },
    numpyRow("ndenumerate(arr)", "Pairs of place and element.", example: "list(np.ndenumerate([5, 6]))") { a in
      let x = try a.array(0)
      let places = try all(x.shape)
      return .list(
        try zip(places, x.scalars()).map { .tuple([$0, a.machine.tensorTypes.scalar($1, x.dtype)]) })
    },
    numpyRow("shares_memory(a, b)", "Whether two arrays have memory in common.", example: "np.shares_memory(np.ones(2), np.ones(2))") { a in
      .bool(try a.array(0).sharesMemory(with: a.array(1)))
    },
    numpyRow("may_share_memory(a, b)", "Whether two arrays have memory in common.", example: "np.may_share_memory(np.ones(2), np.ones(2))") { a in
      .bool(try a.array(0).sharesMemory(with: a.array(1)))
    },
  ]

  private static func all(_ shape: [Int]) throws -> [Value] {
    let count = try Shape.count(shape, "ndindex")
    if count > 1 << 26 { throw TensorError.size(operation: "ndindex", shape: shape) }
    var place = Array(repeating: 0, count: shape.count)
    return (0..<count).map { _ in
      let value = Value.tuple(place.map { .int($0) })
      var axis = shape.count - 1
      while axis >= 0 {
        place[axis] += 1
        if place[axis] < shape[axis] { break }
        place[axis] = 0
        axis -= 1
      }
      return value
    }
  }

  private static func triangle(_ name: String, upper: Bool) -> Native {
    numpyRow("\(name)(n, k=0, m=None)", "Rows and columns of the \(upper ? "upper" : "lower") triangle.", example: "np.\(name)(2)") { a in
      let n = try a.int(0)
      return pair(
        try Tensor.triangleIndices(n, a.optionalInt(2) ?? n, offset: a.int(1), upper: upper), a)
    }
  }

  private static func halves(_ a: Arguments, upper: Bool) throws -> Value {
    let x = try a.array(0)
    guard x.rank == 2 else { throw Raise(.valueError, "input array must be 2-d") }
    return pair(try Tensor.triangleIndices(x.shape[0], x.shape[1], offset: a.int(1), upper: upper), a)
  }

  private static func pair(_ places: Tensor, _ a: Arguments) -> Value {
    guard let rows = try? places.select(0, 0), let columns = try? places.select(0, 1) else { return .none }
    return .tuple([a.machine.ndarray(rows), a.machine.ndarray(columns)])
  }

  private static let functional: [Native] = [
    numpyRow("apply_along_axis(func1d, axis, arr, *args)", "A function of vectors applied along an axis.", example: "np.apply_along_axis(sum, 0, np.ones((2, 3)))") { a in
      let x = try a.array(2)
      let axis = try Shape.axis(a.int(1), rank: x.rank, "apply_along_axis")
      let front = try x.permute((0..<x.rank).filter { $0 != axis } + [axis])
      let outer = Array(front.shape.dropLast())
      let rows = try front.reshape([-1, x.shape[axis]])
      guard rows.shape[0] > 0 else { throw Raise(.valueError, "Cannot apply_along_axis when any iteration dimensions are 0") }
      let more = try a.items(3)
      let results = try (0..<rows.shape[0]).map { i in
        try a.machine.tensor(a.machine.call(a[0], [a.machine.ndarray(rows.select(0, i))] + more))
      }
      let stacked = try Tensor.stack(results, promotion: .numpy)
      let inner = Array(stacked.shape.dropFirst())
      let whole = try stacked.reshape(outer + inner)
      // The axes of the results come where the axis was.
      let lead = outer.count
      let order =
        Array(0..<axis) + (lead..<(lead + inner.count)) + Array(axis..<lead)
      return try a.machine.numpyValue(whole.permute(order))
    },
    numpyRow("piecewise(x, condlist, funclist)", "Functions or values where conditions hold.", example: "np.piecewise(np.array([-1., 1.]), [[True, False]], [0, 5])") { a in
      let x = try a.array(0)
      var conditions = try a.tensors(1, .numpy).map { try $0.to(.bool) }
      if let first = conditions.first, first.rank == 0, x.rank > 0 { conditions = [try a.array(1).to(.bool)] }
      let functions = try a.machine.array(a[2])
      var result = try Tensor.zeros(x.shape, dtype: x.dtype)
      if functions.count == conditions.count + 1 {
        var other = try Tensor.zeros(x.shape, dtype: .bool)
        for condition in conditions { other = try Comparison.or(other, condition) }
        conditions.append(try other.logicalNot())
      }
      guard functions.count == conditions.count else {
        throw Raise(.valueError, "with \(conditions.count) condition(s), either \(conditions.count) or \(conditions.count + 1) functions are expected")
      }
      for (condition, function) in zip(conditions, functions) {
        let value: Tensor
        if let number = try a.machine.scalar(function) {
          value = try Tensor(number, dtype: x.dtype)
        } else {
          let part = try x.index([.tensor(condition)])
          let computed = try a.machine.tensor(a.machine.call(function, [a.machine.ndarray(part)])).to(x.dtype)
          value = try Tensor.zeros(x.shape, dtype: x.dtype).maskedScatter(
            condition, computed.expand(part.shape).contiguous())
        }
        result = try Tensor.where(condition, value, result)
      }
      return a.machine.ndarray(result)
    },
  ]
}
