import Language
import TensorCore

/// Functions that change the shape, join and take apart.
enum NumpyShapes {
  /// Functions that are methods as well, with the same arguments.
  static let functions: [Native] = [
    numpyRow("squeeze(a, axis=None)", "Without axes of size 1.", example: "np.squeeze(np.zeros((1, 3, 1))).shape") { a in
      let x = try a.array(0)
      let axes = try a.axes(1).map { try Shape.axis($0, rank: x.rank, "squeeze") }
      if axes.isEmpty { return a.machine.ndarray(try x.squeeze(nil)) }
      for axis in axes where x.shape[axis] != 1 {
        throw Raise(
          .valueError, "cannot select an axis to squeeze out which has size not equal to one")
      }
      return a.machine.ndarray(try axes.sorted(by: >).reduce(x) { try $0.squeeze($1) })
    },
    numpyRow("ravel(a, order='C')", "All elements along one axis.", example: "np.ravel([[1, 2], [3, 4]])") { a in
      let x = try a.array(0)
      return a.machine.ndarray(try (isColumnMajor(a.optionalString(1)) ? x.reversedAxes : x).reshape([-1]))
    },
    numpyRow("swapaxes(a, axis1, axis2)", "Two axes exchanged.", example: "np.swapaxes(np.zeros((2, 3)), 0, 1).shape") { a in
      let x = try a.array(0)
      for slot in 1...2 {
        let axis = try a.int(slot)
        if axis < -x.rank || axis >= x.rank {
          throw NumpyErrors.axis(
            "axis\(slot): axis \(axis) is out of bounds for array of dimension \(x.rank)", a.machine)
        }
      }
      return a.machine.ndarray(try x.transpose(a.int(1), a.int(2)))
    },
    numpyRow("repeat(a, repeats, axis=None)", "Each element repeated in its place.", example: "np.repeat([1, 2], 2)") { a in
      let x = try a.array(0)
      let axis = try a.axis(2)
      let source = axis == nil ? try x.reshape([-1]) : x
      let along = try Shape.axis(axis ?? 0, rank: source.rank, "repeat")
      let index = try Placement.repeated(source.shape[along], a.array(1).ints(), "repeat")
      return a.machine.ndarray(try source.indexSelect(along, Tensor(index)))
    },
    numpyRow("take(a, indices, axis=None)", "Elements, or slices along an axis, by their places.", example: "np.take([10, 20, 30], [2, 0])") {
      a in
      let x = try a.array(0)
      let index = try a.array(1)
      guard let axis = try a.axis(2) else {
        return try a.machine.numpyValue(x.reshape([-1]).index([.tensor(index)]))
      }
      let along = try Shape.axis(axis, rank: x.rank, "take")
      return try a.machine.numpyValue(
        x.index(Array(repeating: Index.all, count: along) + [.tensor(index)]))
    },
    numpyRow("diagonal(a, offset=0, axis1=0, axis2=1)", "The diagonal.", example: "np.diagonal(np.eye(3))") { a in
      a.machine.ndarray(try a.array(0).diagonal(offset: a.int(1), a.int(2), a.int(3)))
    },
    numpyRow("trace(a, offset=0)", "The sum of the diagonal.", example: "np.trace(np.eye(3))") { a in
      try a.machine.numpyValue(a.array(0).diagonal(offset: a.int(1)).sum([0]))
    },
    numpyRow("nonzero(a)", "The places of elements that are not 0, an array for each axis.", example: "np.nonzero([0, 5, 6])") {
      a in .tuple(try NumpyMath.places(a.array(0), a.machine))
    },
  ]

  /// Functions only: the methods of the same names take other arguments or are not there.
  static let others: [Native] = shapes + joins + cuts + rows

  /// Whether an `order` asks for the first axis fastest.
  static func isColumnMajor(_ order: String?) throws -> Bool {
    guard let order else { return false }
    guard ["C", "F", "A", "K"].contains(order.uppercased()) else {
      throw Raise(.valueError, "order must be one of 'C', 'F', 'A', or 'K' (got '\(order)')")
    }
    return order.uppercased() == "F"
  }

  /// reshape, with NumPy's sentence about sizes that do not fit.
  ///
  /// - Parameter order: 'F' reads and writes the first axis fastest.
  static func reshaped(_ x: Tensor, _ sizes: [Int], order: String? = nil) throws -> Tensor {
    do {
      if try isColumnMajor(order) {
        return try x.reversedAxes.reshape(sizes.reversed()).reversedAxes
      }
      return try x.reshape(sizes)
    } catch let error as TensorError {
      if sizes.filter({ $0 < 0 }).count > 1 {
        throw Raise(.valueError, "can only specify one unknown dimension")
      }
      let shown = sizes.filter { $0 >= 0 }
      throw Raise(
        .valueError,
        "cannot reshape array of size \(x.count) into shape "
          + (sizes.contains(-1) && shown.count == 1
            ? "(\(shown[0]))" : TensorErrors.numpyShape(sizes.contains(-1) ? shown : sizes)),
        hint: error.description)
    }
  }

  private static let shapes: [Native] = [
    numpyRow("reshape(a, /, shape, order='C', *, copy=None)", "In another shape; -1 stands for what is left.", example: "np.reshape(np.arange(6), (2, -1))") {
      a in a.machine.ndarray(try reshaped(a.array(0), a.shape(1), order: a.optionalString(2)))
    },
    numpyRow("transpose(a, axes=None)", "The axes in reverse or in the given order.", example: "np.transpose(np.zeros((2, 3))).shape") {
      a in
      let x = try a.array(0)
      return a.machine.ndarray(a[1].isNone ? x.reversedAxes : try x.permute(a.shape(1)))
    },
    numpyRow("expand_dims(a, axis)", "With a new axis of size 1.", example: "np.expand_dims(np.arange(3), 1).shape") { a in
      let axes = try a.axes(1)
      return a.machine.ndarray(try axes.sorted().reduce(a.array(0)) { try $0.unsqueeze($1) })
    },
    numpyRow("moveaxis(a, source, destination)", "An axis moved to another place.", example: "np.moveaxis(np.zeros((2, 3, 4)), 0, 2).shape") {
      a in
      let x = try a.array(0)
      let from = try Shape.axis(a.int(1), rank: x.rank, "moveaxis")
      let to = try Shape.axis(a.int(2), rank: x.rank, "moveaxis")
      var order = (0..<x.rank).filter { $0 != from }
      order.insert(from, at: to)
      return a.machine.ndarray(try x.permute(order))
    },
    numpyRow("broadcast_to(array, shape)", "Repeated to a shape.", example: "np.broadcast_to([1, 2], (2, 2))") { a in
      let (x, shape) = (try a.array(0), try a.shape(1))
      do {
        return a.machine.ndarray(try x.expand(shape))
      } catch is TensorError {
        throw Raise(
          .valueError,
          "operands could not be broadcast together with remapped shapes [original->remapped]: "
            + "\(TensorErrors.numpyShape(x.shape))  and requested shape "
            + TensorErrors.numpyShape(shape))
      }
    },
    numpyRow("tile(A, reps)", "Repeated along axes, new ones in front.", example: "np.tile([1, 2], (2, 2))") { a in
      let x = try a.array(0)
      let times = try a.shape(1)
      return a.machine.ndarray(
        try x.repeated(Array(repeating: 1, count: max(0, x.rank - times.count)) + times))
    },
    numpyRow("flip(m, axis=None)", "Axes turned around.", example: "np.flip([1, 2, 3])") { a in
      let x = try a.array(0)
      let axes = try a.axes(1)
      return a.machine.ndarray(try x.flip(axes.isEmpty ? Array(0..<x.rank) : axes))
    },
    numpyRow("fliplr(m)", "Columns turned around.", example: "np.fliplr([[1, 2], [3, 4]])") { a in
      a.machine.ndarray(try a.array(0).flip([1]))
    },
    numpyRow("flipud(m)", "Rows turned around.", example: "np.flipud([[1, 2], [3, 4]])") { a in
      a.machine.ndarray(try a.array(0).flip([0]))
    },
    numpyRow("roll(a, shift, axis=None)", "Moved along axes; what falls off comes back.", example: "np.roll([1, 2, 3], 1)") {
      a in
      let x = try a.array(0)
      let shifts = try a.shape(1)
      let axes = try a.axes(2)
      if axes.isEmpty { return a.machine.ndarray(try x.roll(shifts.first ?? 0, axis: nil)) }
      let spread = shifts.count == 1 ? Array(repeating: shifts[0], count: axes.count) : shifts
      return a.machine.ndarray(try zip(spread, axes).reduce(x) { try $0.roll($1.0, axis: $1.1) })
    },
    numpyRow("atleast_1d(a)", "With at least one axis.", example: "np.atleast_1d(5)") { a in
      let x = try a.array(0)
      return a.machine.ndarray(x.rank == 0 ? try x.reshape([1]) : x)
    },
    numpyRow("atleast_2d(a)", "With at least two axes.", example: "np.atleast_2d([1, 2])") { a in
      let x = try a.array(0)
      return a.machine.ndarray(x.rank < 2 ? try x.reshape([1, -1]) : x)
    },
    numpyRow("shape(a)", "The shape of anything array-like.", example: "np.shape([[1, 2]])") { a in
      .tuple(try a.array(0).shape.map { .int($0) })
    },
    numpyRow("ndim(a)", "The number of axes of anything array-like.", example: "np.ndim([[1, 2]])") { a in
      .int(try a.array(0).rank)
    },
    numpyRow("size(a)", "The number of elements of anything array-like.", example: "np.size([[1, 2]])") { a in
      .int(try a.array(0).count)
    },
  ]

  private static func joined(_ tensors: [Tensor], _ axis: Int) throws -> Tensor {
    guard let first = tensors.first else {
      throw Raise(.valueError, "need at least one array to concatenate")
    }
    if first.rank == 0 {
      throw Raise(.valueError, "zero-dimensional arrays cannot be concatenated")
    }
    let along = try Shape.axis(axis, rank: first.rank, "concatenate")
    for (place, tensor) in tensors.enumerated() {
      if tensor.rank != first.rank {
        throw Raise(
          .valueError,
          "all the input arrays must have same number of dimensions, but the array at index 0 has "
            + "\(first.rank) dimension(s) and the array at index \(place) has \(tensor.rank) "
            + "dimension(s)")
      }
      for dimension in first.shape.indices
      where dimension != along && first.shape[dimension] != tensor.shape[dimension] {
        throw Raise(
          .valueError,
          "all the input array dimensions except for the concatenation axis must match exactly, "
            + "but along dimension \(dimension), the array at index 0 has size "
            + "\(first.shape[dimension]) and the array at index \(place) has size "
            + "\(tensor.shape[dimension])")
      }
    }
    return try Tensor.cat(tensors, axis: along, promotion: .numpy)
  }

  private static let joins: [Native] = [
    numpyRow("concatenate(arrays, axis=0)", "Arrays one after the other along an axis.", example: "np.concatenate([[1, 2], [3]])") {
      a in
      let tensors = try a.tensors(0, .numpy)
      if a[1].isNone {
        return a.machine.ndarray(try joined(tensors.map { try $0.reshape([-1]) }, 0))
      }
      return a.machine.ndarray(try joined(tensors, a.int(1)))
    },
    numpyRow("stack(arrays, axis=0)", "Arrays of one shape along a new axis.", example: "np.stack([[1, 2], [3, 4]])") { a in
      let tensors = try a.tensors(0, .numpy)
      guard let first = tensors.first else {
        throw Raise(.valueError, "need at least one array to stack")
      }
      guard tensors.allSatisfy({ $0.shape == first.shape }) else {
        throw Raise(.valueError, "all input arrays must have the same shape")
      }
      return a.machine.ndarray(try Tensor.stack(tensors, axis: a.int(1), promotion: .numpy))
    },
    numpyRow("vstack(tup)", "Arrays below each other.", example: "np.vstack([[1, 2], [3, 4]])") { a in
      let tensors = try a.tensors(0, .numpy).map { $0.rank < 2 ? try $0.reshape([1, -1]) : $0 }
      return a.machine.ndarray(try joined(tensors, 0))
    },
    numpyRow("hstack(tup)", "Arrays side by side.", example: "np.hstack([[1, 2], [3]])") { a in
      let tensors = try a.tensors(0, .numpy).map { $0.rank == 0 ? try $0.reshape([1]) : $0 }
      return a.machine.ndarray(try joined(tensors, tensors.first?.rank == 1 ? 0 : 1))
    },
    numpyRow("column_stack(tup)", "Flat arrays as columns.", example: "np.column_stack([[1, 2], [3, 4]])") { a in
      let tensors = try a.tensors(0, .numpy).map { $0.rank < 2 ? try $0.reshape([-1, 1]) : $0 }
      return a.machine.ndarray(try joined(tensors, 1))
    },
    numpyRow("append(arr, values, axis=None)", "Values after those of an array.", example: "np.append([1, 2], 3)") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      guard let axis = try a.axis(2) else {
        return a.machine.ndarray(try joined([x.reshape([-1]), y.reshape([-1])], 0))
      }
      return a.machine.ndarray(try joined([x, y], axis))
    },
  ]

  static func pieces(_ a: Arguments, _ axis: Int, equal: Bool) throws -> Value {
    let x = try a.array(0)
    let along = try Shape.axis(axis, rank: x.rank, "split")
    let size = x.shape[along]
    var sizes: [Int]
    if let count = try a.machine.index(a[1]) {
      if count < 1 { throw Raise(.valueError, "number sections must be larger than 0.") }
      if equal, size % count != 0 {
        throw Raise(.valueError, "array split does not result in an equal division")
      }
      if count > size + 1_000_000 { throw TensorError.size(operation: "split", shape: [count]) }
      sizes = (0..<count).map { size / count + ($0 < size % count ? 1 : 0) }
    } else {
      var last = 0
      sizes = []
      for bound in try a.shape(1) {
        let place = min(max(bound < 0 ? bound + size : bound, last), size)
        sizes.append(place - last)
        last = place
      }
      sizes.append(size - last)
    }
    return .list(try x.split(sizes: sizes, axis: along).map { a.machine.ndarray($0) })
  }

  private static let cuts: [Native] = [
    numpyRow("split(ary, indices_or_sections, axis=0)", "Equal pieces, or pieces between places.", example: "np.split(np.arange(6), 3)") {
      a in try pieces(a, a.int(2), equal: true)
    },
    numpyRow("array_split(ary, indices_or_sections, axis=0)", "Pieces as equal as can be.", example: "np.array_split(np.arange(5), 2)") {
      a in try pieces(a, a.int(2), equal: false)
    },
    numpyRow("hsplit(ary, indices_or_sections)", "Pieces side by side.", example: "np.hsplit(np.eye(2), 2)[0]") { a in
      try pieces(a, a.array(0).rank == 1 ? 0 : 1, equal: true)
    },
    numpyRow("vsplit(ary, indices_or_sections)", "Pieces below each other.", example: "np.vsplit(np.eye(2), 2)[0]") { a in
      try pieces(a, 0, equal: true)
    },
  ]

  private static let rows: [Native] = [
    numpyRow("diff(a, n=1, axis=-1)", "Each element less the one before it, n times.", example: "np.diff([1, 4, 9])") { a in
      var x = try a.array(0)
      let axis = try Shape.axis(a.int(2), rank: x.rank, "diff")
      let times = try a.int(1)
      if times < 0 { throw Raise(.valueError, "order must be non-negative but got \(times)") }
      for _ in 0..<min(times, x.shape[axis]) {
        let count = max(0, x.shape[axis] - 1)
        let (next, last) = (
          try x.narrow(axis, start: min(1, x.shape[axis]), length: count),
          try x.narrow(axis, start: 0, length: count)
        )
        x = x.dtype == .bool ? try Comparison.xor(next, last) : try next - last
      }
      return a.machine.ndarray(x)
    },
    numpyRow("argwhere(a)", "The places of elements that are not 0, a row for each.", example: "np.argwhere([0, 5, 6])") {
      a in a.machine.ndarray(try a.array(0).nonzero())
    },
    numpyRow("flatnonzero(a)", "The places of elements that are not 0 in row-major order.", example: "np.flatnonzero([0, 5, 6])") {
      a in a.machine.ndarray(try a.array(0).reshape([-1]).nonzero().select(1, 0))
    },
    numpyRow("delete(arr, obj, axis=None)", "Without the elements or slices at some places.", example: "np.delete([1, 2, 3], 1)") {
      a in
      let axis = try a.axis(2)
      let x = axis == nil ? try a.array(0).reshape([-1]) : try a.array(0)
      let along = try Shape.axis(axis ?? 0, rank: x.rank, "delete")
      let size = x.shape[along]
      var doomed = Set<Int>()
      var given = try a[1].object is SliceObject
        ? a.machine.item(a.machine.ndarray(Tensor.arange(0, .int(size))), a[1]) : a[1]
      if let mask = given.asTensorObject?.tensor, mask.dtype == .bool {
        given = a.machine.ndarray(try mask.reshape([-1]).nonzero().reshape([-1]))
      }
      for place in try a.machine.tensor(given, .numpy).ints() {
        let absolute = place < 0 ? place + size : place
        guard absolute >= 0, absolute < size else {
          throw Raise(
            .indexError, "index \(place) is out of bounds for axis \(along) with size \(size)")
        }
        doomed.insert(absolute)
      }
      let kept = (0..<size).filter { !doomed.contains($0) }
      return a.machine.ndarray(try x.indexSelect(along, Tensor(kept)))
    },
    numpyRow("insert(arr, obj, values, axis=None)", "With values before a place, or before several.", example: "np.insert([1, 3], 1, 2)") { a in
      let given = try a.array(0)
      let axis = try a.axis(3)
      let x = axis == nil ? try given.reshape([-1]) : given
      let along = try Shape.axis(axis ?? 0, rank: x.rank, "insert")
      guard x.rank > 0 else { throw Raise(.valueError, "insert: an array without axes has no places") }
      let size = x.shape[along]
      let single = try a.machine.index(a[1])
      let places = try (single.map { [$0] } ?? a.machine.ints(a[1])).map { place -> Int in
        guard place >= -size, place <= size else {
          throw Raise(
            .indexError, "index \(place) is out of bounds for axis \(along) with size \(size)")
        }
        return place < 0 ? place + size : place
      }
      // The values with the axis at its place: one slice for each place, or all of them at the one.
      var values = try a.array(2, dtype: x.dtype)
      var slot = x.shape
      slot[along] = places.count
      if single != nil {
        if values.rank == x.rank, x.rank > 1 || axis == nil {
          values = try values.transpose(0, along)
          slot[along] = values.shape[along]
        } else if values.rank == 1, x.rank == 1 {
          slot[along] = values.count
        } else if values.rank > 0, values.rank == x.rank - 1 {
          values = try values.unsqueeze(along)
        }
      }
      let rows = try values.expand(slot)
      var parts: [Tensor] = []
      var last = 0
      let order = places.enumerated().sorted { ($0.element, $0.offset) < ($1.element, $1.offset) }
      for (number, place) in order.map({ ($0.offset, $0.element) }) {
        parts.append(try x.narrow(along, start: last, length: place - last))
        parts.append(single != nil ? rows : try rows.narrow(along, start: number, length: 1))
        last = place
      }
      parts.append(try x.narrow(along, start: last, length: size - last))
      return a.machine.ndarray(try Tensor.cat(parts, axis: along))
    },
  ]
}
