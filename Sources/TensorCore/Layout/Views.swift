import Compute

// Views: other shapes over the same memory. Each has a gradient that is again a view or, where part
// of the memory is not seen, a placing into zeros.

extension Tensor {
  /// Another view of the same memory, recorded with the rule that maps its gradient back.
  func view(
    _ name: String, shape: [Int], strides: [Int], offset: Int, dtype: DType? = nil,
    _ back: @escaping (Tensor) throws -> Tensor
  ) -> Tensor {
    let result = Tensor(
      storage: storage, shape: shape, strides: strides, offset: offset,
      count: Shape.product(shape), dtype: dtype ?? self.dtype)
    if records { result.record(name, Edges(edge)) { [try back($0.gradient)] } }
    // A view of another dtype (the parts of a complex number) is no view that a write goes through.
    if result.dtype == self.dtype, self.dtype.isDifferentiable { result.follow(self) }
    return result
  }

  /// The axes in another order: axis `i` of the result is axis `order[i]` of this.
  public func permute(_ order: [Int]) throws -> Tensor {
    guard order.count == rank else {
      throw TensorError.argument(
        operation: "permute", message: "\(order.count) axes are named, the tensor has \(rank)")
    }
    var axes: [Int] = []
    for a in order {
      let axis = try Shape.axis(a, rank: rank, "permute")
      if axes.contains(axis) {
        throw TensorError.argument(operation: "permute", message: "axis \(a) is named twice")
      }
      axes.append(axis)
    }
    return permuted(axes, "PermuteBackward0")
  }

  /// `permute` with checked axes.
  func permuted(_ axes: [Int], _ name: String) -> Tensor {
    var inverse = axes
    for (i, axis) in axes.enumerated() { inverse[axis] = i }
    return view(
      name, shape: axes.map { shape[$0] }, strides: axes.map { strides[$0] }, offset: offset
    ) { [inverse] in $0.permuted(inverse, name) }
  }

  /// Two axes exchanged. (`torch.transpose`, `numpy.swapaxes`)
  public func transpose(_ a: Int, _ b: Int) throws -> Tensor {
    let x = try Shape.axis(a, rank: rank, "transpose")
    let y = try Shape.axis(b, rank: rank, "transpose")
    if rank == 0 { return permuted([], "TransposeBackward0") }
    var axes = Array(0..<rank)
    axes.swapAt(x, y)
    return permuted(axes, "TransposeBackward0")
  }

  /// A matrix turned over its diagonal; tensors with fewer than two axes stay as they are.
  public func t() throws -> Tensor {
    guard rank <= 2 else {
      throw TensorError.argument(
        operation: "t", message: "takes at most 2 axes, shape is \(shape); use transpose(a, b)")
    }
    return permuted(rank == 2 ? [1, 0] : Array(0..<rank), "TBackward0")
  }

  /// All axes in reverse order. (`x.T`)
  public var reversedAxes: Tensor { permuted(Array((0..<rank).reversed()), "PermuteBackward0") }

  /// The same elements in row-major order in another shape; one size may be -1. A view where the
  /// layout allows it, else a copy.
  public func reshape(_ sizes: [Int]) throws -> Tensor {
    try reshaped(sizes, "reshape")
  }

  /// As `reshape`, but never a copy.
  ///
  /// - Throws: `TensorError.argument` when the layout does not allow it.
  public func view(_ sizes: [Int]) throws -> Tensor {
    let target = try resolve(sizes, "view")
    guard isContiguous || strides(for: target) != nil else {
      throw TensorError.argument(
        operation: "view",
        message: "view size is not compatible with input tensor's size and stride (at least one "
          + "dimension spans across two contiguous subspaces). Use .reshape(...) instead.")
    }
    return try reshaped(sizes, "view")
  }

  private func reshaped(_ sizes: [Int], _ operation: String) throws -> Tensor {
    let target = try resolve(sizes, operation)
    let original = shape
    if isContiguous {
      return view(
        "ViewBackward0", shape: target, strides: Shape.contiguousStrides(target), offset: offset
      ) { try $0.reshape(original) }
    }
    if let strides = strides(for: target) {
      return view("ViewBackward0", shape: target, strides: strides, offset: offset) {
        try $0.reshape(original)
      }
    }
    let copy = try contiguous()
    return copy.view(
      "UnsafeViewBackward0", shape: target, strides: Shape.contiguousStrides(target),
      offset: copy.offset
    ) { try $0.reshape(original) }
  }

  /// The shape that `sizes` asks for, -1 replaced.
  private func resolve(_ sizes: [Int], _ operation: String) throws -> [Int] {
    if sizes == shape { return sizes }
    var target = sizes
    if let free = sizes.firstIndex(of: -1) {
      var rest = sizes
      rest[free] = 1
      if rest.contains(-1) {
        throw TensorError.argument(operation: operation, message: "only one size can be inferred")
      }
      let known = try Shape.count(rest, operation)
      guard known > 0, count % known == 0 else {
        throw TensorError.argument(
          operation: operation, message: "shape '\(sizes)' is invalid for input of size \(count)")
      }
      target[free] = count / known
    }
    guard try Shape.count(target, operation) == count else {
      throw TensorError.argument(
        operation: operation, message: "shape '\(sizes)' is invalid for input of size \(count)")
    }
    return target
  }

  /// Strides that show this layout in another shape, or nil when only a copy can.
  private func strides(for target: [Int]) -> [Int]? {
    if count == 0 { return Shape.contiguousStrides(target) }
    var result = [Int](repeating: 1, count: target.count)
    var next = target.count - 1  // axis of the target to fill
    var i = rank - 1
    while i >= 0 {
      // A run of axes that lie behind each other, as one.
      var size = shape[i]
      let step = strides[i]
      var first = i
      while first > 0, shape[first - 1] == 1 || strides[first - 1] == size &* step {
        first -= 1
        size &*= shape[first]
      }
      if size == 1 {
        i = first - 1
        continue
      }
      var filled = 1
      while next >= 0, filled < size || target[next] == 1 {
        result[next] = filled &* step
        filled &*= target[next]
        next -= 1
      }
      if filled != size { return nil }
      i = first - 1
    }
    while next >= 0 {
      if target[next] != 1 { return nil }
      next -= 1
    }
    return result
  }

  /// Several neighbouring axes as one. (`torch.flatten`)
  public func flatten(from start: Int = 0, to end: Int = -1) throws -> Tensor {
    let first = try Shape.axis(start, rank: rank, "flatten")
    let last = try Shape.axis(end, rank: rank, "flatten")
    guard first <= last else {
      throw TensorError.argument(
        operation: "flatten", message: "start axis \(start) comes after end axis \(end)")
    }
    if rank == 0 { return try reshape([1]) }
    if first == last { return self }
    let size = Shape.product(Array(shape[first...last]))
    return try reshape(Array(shape[..<first]) + [size] + Array(shape[(last + 1)...]))
  }

  /// Without one axis of size 1, or without all of them.
  public func squeeze(_ axis: Int? = nil) throws -> Tensor {
    var kept = Array(0..<rank)
    if let axis {
      let a = try Shape.axis(axis, rank: rank, "squeeze")
      if rank == 0 || shape[a] != 1 { return self }
      kept.remove(at: a)
    } else {
      kept = kept.filter { shape[$0] != 1 }
    }
    let original = shape
    return view(
      axis == nil ? "SqueezeBackward0" : "SqueezeBackward1", shape: kept.map { shape[$0] },
      strides: kept.map { strides[$0] }, offset: offset
    ) { try $0.reshape(original) }
  }

  /// With a new axis of size 1 before axis `axis`.
  public func unsqueeze(_ axis: Int) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank + 1, "unsqueeze")
    if rank >= Shape.maximalRank { _ = try Shape.count(shape + [1], "unsqueeze") }
    var shape = shape
    var strides = strides
    strides.insert(a < rank ? strides[a] &* shape[a] : 1, at: a)
    shape.insert(1, at: a)
    let original = self.shape
    return view("UnsqueezeBackward0", shape: shape, strides: strides, offset: offset) {
      try $0.reshape(original)
    }
  }

  /// Axes of size 1 repeated without a copy; -1 keeps a size; new axes come first.
  public func expand(_ sizes: [Int]) throws -> Tensor {
    guard sizes.count >= rank else {
      throw TensorError.wrongShape(
        operation: "expand", found: sizes, needed: "one with at least \(rank) axes for \(shape)")
    }
    var target = sizes
    let new = sizes.count - rank
    for i in sizes.indices where sizes[i] == -1 && i >= new { target[i] = shape[i - new] }
    _ = try Shape.count(target, "expand")
    for i in new..<sizes.count where target[i] != shape[i - new] && shape[i - new] != 1 {
      throw TensorError.shapesClash(
        operation: "expand", a: shape, b: target, axis: i - sizes.count)
    }
    return expanded(target)
  }

  /// `expand` to a checked shape.
  func expanded(_ target: [Int]) -> Tensor {
    if target == shape { return self }
    let original = shape
    return view(
      "ExpandBackward0", shape: target, strides: broadcastStrides(to: target), offset: offset
    ) { try $0.sum(to: original) }
  }

  /// Strides that show this in a shape it broadcasts to: 0 where it repeats.
  func broadcastStrides(to target: [Int]) -> [Int] {
    let new = target.count - rank
    return target.indices.map {
      $0 < new || (shape[$0 - new] == 1 && target[$0] != 1) ? 0 : strides[$0 - new]
    }
  }

  /// One axis exchanged for the positions `start`, `start + step`, ... of it; arguments are checked.
  func sliced(axis: Int, start: Int, count: Int, step: Int) -> Tensor {
    var newShape = shape
    var newStrides = strides
    newShape[axis] = count
    newStrides[axis] = strides[axis] &* step
    let original = shape
    return view(
      "SliceBackward0", shape: newShape, strides: newStrides,
      offset: count == 0 ? offset : offset &+ start &* strides[axis]
    ) { try $0.placed(in: original, axis: axis, start: start, step: step) }
  }

  /// Position `index` of an axis, which goes away; arguments are checked.
  func selected(axis: Int, index: Int) -> Tensor {
    var newShape = shape
    var newStrides = strides
    newShape.remove(at: axis)
    newStrides.remove(at: axis)
    let original = shape
    return view(
      "SelectBackward0", shape: newShape, strides: newStrides,
      offset: offset &+ index &* strides[axis]
    ) {
      try $0.unsqueeze(axis).placed(in: original, axis: axis, start: index, step: 1)
    }
  }

  /// Zeros of the given shape with this at the positions `start`, `start + step`, ... of an axis:
  /// the way back from a slice.
  func placed(in target: [Int], axis: Int, start: Int, step: Int) throws -> Tensor {
    let result = try Tensor.zeros(target, dtype: dtype)
    let size = shape[axis]
    try result.alias().sliced(axis: axis, start: start, count: size, step: step).write(self)
    if records {
      result.record("SliceScatterBackward0", [edge]) {
        [$0.gradient.sliced(axis: axis, start: start, count: size, step: step)]
      }
    }
    return result
  }

  /// One position of an axis, which goes away; -1 is the last.
  public func select(_ axis: Int, _ index: Int) throws -> Tensor {
    guard rank > 0 else {
      throw TensorError.argument(
        operation: "select", message: "a tensor without axes cannot be indexed")
    }
    let a = try Shape.axis(axis, rank: rank, "select")
    let i = index < 0 ? index + shape[a] : index
    guard i >= 0, i < shape[a] else {
      throw TensorError.index(operation: "select", index: index, size: shape[a], axis: a)
    }
    return selected(axis: a, index: i)
  }

  /// Positions `start..<start + length` of an axis. (`torch.narrow`)
  public func narrow(_ axis: Int, start: Int, length: Int) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "narrow")
    let size = rank == 0 ? 0 : shape[a]
    let first = start < 0 ? start &+ size : start
    guard rank > 0, first >= 0, length >= 0, first <= size, length <= size - first else {
      throw TensorError.argument(
        operation: "narrow",
        message: "start \(start) and length \(length) do not fit axis \(axis) of size \(size)")
    }
    return sliced(axis: a, start: first, count: length, step: 1)
  }

  /// The diagonal of two axes as the last axis. (`torch.diagonal`)
  public func diagonal(offset shift: Int = 0, _ axis1: Int = 0, _ axis2: Int = 1) throws -> Tensor {
    guard rank >= 2 else {
      throw TensorError.argument(
        operation: "diagonal", message: "needs two axes, the shape is \(shape)")
    }
    let a = try Shape.axis(axis1, rank: rank, "diagonal")
    let b = try Shape.axis(axis2, rank: rank, "diagonal")
    guard a != b else {
      throw TensorError.argument(operation: "diagonal", message: "the two axes are the same")
    }
    guard shift > Int.min / 2, shift < Int.max / 2 else {
      throw TensorError.argument(operation: "diagonal", message: "offset \(shift) is too large")
    }
    let (down, right) = (Swift.max(0, -shift), Swift.max(0, shift))
    let length = Swift.max(0, Swift.min(shape[a] - down, shape[b] - right))
    let kept = (0..<rank).filter { $0 != a && $0 != b }
    let original = shape
    return view(
      "DiagonalBackward0", shape: kept.map { shape[$0] } + [length],
      strides: kept.map { strides[$0] } + [strides[a] &+ strides[b]],
      offset: length == 0 ? offset : offset &+ down &* strides[a] &+ right &* strides[b]
    ) { try $0.placedOnDiagonal(of: original, shift, a, b) }
  }

  private func placedOnDiagonal(of target: [Int], _ shift: Int, _ a: Int, _ b: Int) throws -> Tensor
  {
    let result = try Tensor.zeros(target, dtype: dtype)
    try result.alias().diagonal(offset: shift, a, b).write(self)
    if records {
      result.record("DiagonalScatterBackward0", [edge]) {
        [try $0.gradient.diagonal(offset: shift, a, b)]
      }
    }
    return result
  }
}
