import Compute

/// One part of a subscript, as NumPy and PyTorch read `x[...]`.
public enum Index: Sendable {
  /// One position; the axis goes away. -1 is the last.
  case at(Int)
  /// Positions as Python's `start:stop:step`; a negative step goes backwards, as in NumPy.
  case slice(start: Int?, stop: Int?, step: Int?)
  /// A new axis of size 1.
  case newAxis
  /// As many whole axes as are missing.
  case ellipsis
  /// Integers name positions; a bool tensor chooses where it is true, over as many axes as it has.
  case tensor(Tensor)

  /// A whole axis.
  public static let all = Index.slice(start: nil, stop: nil, step: nil)
}

extension Tensor {
  /// The part that a subscript names: a view where only positions, slices and new axes occur, a copy
  /// where tensors do.
  ///
  /// Index tensors broadcast against each other; their axes come where the first of them stands, or
  /// in front when they do not stand next to each other.
  public func index(_ spec: [Index]) throws -> Tensor {
    let (view, chosen) = try basic(spec, "index")
    if chosen.isEmpty { return view }
    let plan = try AdvancedIndex(view, chosen)
    let front = view.permutedIfNeeded(plan.order)
    let taken = try front.taken(
      plan.places, block: plan.block, shape: plan.indexShape + plan.restShape, "IndexBackward0")
    return taken.permutedIfNeeded(plan.resultOrder).named(gradientFunction: "IndexBackward0")
  }

  /// Writes `value`, broadcast and converted, where the subscript points.
  ///
  /// - Throws: `TensorError.wrongShape` when the value does not fit the place.
  public func assign(_ spec: [Index], value: Tensor) throws {
    // Under recording the whole write counts as one operation: the gradient of what was overwritten
    // is 0, the gradient of the value is read where it was written.
    let records = GradientMode.isEnabled && dtype.isDifferentiable && (requiresGrad || value.requiresGrad)
    if GradientMode.isEnabled && wantsGradient {
      throw TensorError.gradient(
        message: "a view of a leaf Variable that requires grad is being used in an in-place "
          + "operation; put the assignment under no_grad()")
    }
    if records { try checkWritable("the assignment") }
    if records, origin != nil {
      // Of a view: the new values as a whole become those of its place in the base.
      let copy = try clone()
      try copy.assign(spec, value: value)
      try write(copy.detached())
      return rebase(copy.edge)
    }
    let oldEdge = edge
    try alias().writeIndexed(spec, value.detached())
    guard records else { return }
    let (original, type) = (value.shape, value.dtype)
    node = nil
    let isBasic = spec.allSatisfy { if case .tensor = $0 { false } else { true } }
    record(isBasic ? "CopySlices" : "IndexPutBackward0", [oldEdge, value.edge]) { call in
      var rest: Tensor?
      var own: Tensor?
      if call.needs(0) {
        let copy = try call.gradient.clone()
        try copy.assign(spec, value: Tensor(.double(0), dtype: copy.dtype))
        rest = copy
      }
      if call.needs(1) { own = try call.gradient.index(spec).sum(to: original).to(type) }
      return [rest, own]
    }
  }

  private func writeIndexed(_ spec: [Index], _ value: Tensor) throws {
    let (view, chosen) = try basic(spec, "assignment")
    let plan = try chosen.isEmpty ? nil : AdvancedIndex(view, chosen)
    let target = plan?.resultShape ?? view.shape
    // Leading axes of size 1 of the value do not count, as in NumPy.
    var value = value
    while value.rank > target.count, value.shape.first == 1 { value = try value.squeeze(0) }
    guard (try? Shape.broadcast(target, value.shape, "assignment")) == target else {
      throw TensorError.wrongShape(
        operation: "assignment", found: value.shape,
        needed: "one that broadcasts to \(target), the shape of the place")
    }
    guard let plan else {
      try view.write(value)
      return
    }
    // The value in the order of the blocks, then block by block.
    var inverse = plan.resultOrder
    for (i, axis) in plan.resultOrder.enumerated() { inverse[axis] = i }
    let blocks = try value.to(dtype).expanded(target).permutedIfNeeded(inverse).contiguousData()
    let front = view.permutedIfNeeded(plan.order)
    let whole = try front.contiguousData()
    storage.version &+= 1
    sw_scatter(
      Int64(plan.places.count), Int64(plan.block &* dtype.size), plan.places.elements(Int64.self),
      blocks.bytes, whole.bytes)
    if whole !== front { try front.write(whole) }
  }

  private func permutedIfNeeded(_ order: [Int]) -> Tensor {
    order == Array(0..<order.count) ? self : permuted(order, "PermuteBackward0")
  }

  /// Applies all but the tensors, and says which axes of the view those are for.
  ///
  /// Positions and masks name the axis that they stand for in errors; the axes of index tensors count
  /// in the view, or from `spec` on where positions were made into tensors (`NumPy`).
  private func basic(_ spec: [Index], _ operation: String) throws -> (Tensor, [(Int, Tensor)]) {
    var used = 0
    var ellipses = 0
    for part in spec {
      switch part {
      case .at, .slice: used += 1
      case .newAxis: break
      case .ellipsis: ellipses += 1
      case .tensor(let t): used += t.dtype == .bool ? t.rank : 1
      }
    }
    if ellipses > 1 {
      throw TensorError.argument(
        operation: operation, message: "an index can only have a single ellipsis ('...')")
    }
    if used > rank {
      throw TensorError.argument(
        operation: operation,
        message: "too many indices: tensor is \(rank)-dimensional, but \(used) were indexed")
    }
    var view = self
    var axis = 0
    var original = 0  // the axis of this tensor that `axis` of the view shows
    var chosen: [(Int, Tensor)] = []
    for part in spec {
      switch part {
      case .at(let i):
        let size = view.shape[axis]
        let place = i < 0 ? i &+ size : i
        guard place >= 0, place < size else {
          throw TensorError.index(operation: operation, index: i, size: size, axis: original)
        }
        original += 1
        view = view.selected(axis: axis, index: place)
      case .slice(let start, let stop, let step):
        if start != nil || stop != nil || step != nil {
          let (first, count, by) = try Self.resolve(
            start, stop, step, size: view.shape[axis], operation)
          view = view.sliced(axis: axis, start: first, count: count, step: by)
        }
        axis += 1
        original += 1
      case .newAxis:
        view = try view.unsqueeze(axis)
        axis += 1
      case .ellipsis:
        axis += rank - used
        original += rank - used
      case .tensor(let t) where t.dtype == .bool:
        for i in 0..<t.rank where t.shape[i] != view.shape[axis + i] {
          throw TensorError.argument(
            operation: operation,
            message: "The shape of the mask \(t.shape) at index \(i) does not match the shape of "
              + "the indexed tensor \(shape) at index \(original + i)")
        }
        if t.rank == 0 {
          // A single truth value is a new axis with all or nothing on it.
          view = try view.unsqueeze(axis)
          chosen.append((axis, try t.reshape([1]).nonzero().reshape([-1])))
          axis += 1
          continue
        }
        let places = try t.nonzero()
        for i in 0..<t.rank {
          chosen.append((axis, try places.select(1, i).contiguous()))
          axis += 1
          original += 1
        }
      case .tensor(let t):
        chosen.append((axis, try t.asPlaces(operation)))
        axis += 1
        original += 1
      }
    }
    return (view, chosen)
  }

  /// First position, number of positions and step of a Python slice.
  static func resolve(
    _ start: Int?, _ stop: Int?, _ step: Int?, size: Int, _ operation: String
  ) throws -> (Int, Int, Int) {
    let by = step ?? 1
    guard by != 0, by != Int.min else {
      throw TensorError.argument(operation: operation, message: "slice step cannot be zero")
    }
    func clamp(_ value: Int, _ low: Int, _ high: Int) -> Int {
      let place = value < 0 ? value &+ size : value
      return place < low ? low : place > high ? high : place
    }
    if by > 0 {
      let first = start.map { clamp($0, 0, size) } ?? 0
      let end = stop.map { clamp($0, 0, size) } ?? size
      let count = end > first ? (end - first - 1) / by + 1 : 0
      return (first, count, count > 1 ? by : 1)
    }
    let first = start.map { clamp($0, -1, size - 1) } ?? size - 1
    let end = stop.map { clamp($0, -1, size - 1) } ?? -1
    let count = first > end ? (first - end - 1) / -by + 1 : 0
    return (count == 0 ? 0 : first, count, count > 1 ? by : 1)
  }
}

/// How index tensors choose from a view: blocks of the axes that are not indexed, by their number
/// when the indexed axes come first.
private struct AdvancedIndex {
  /// The view's axes, indexed ones first.
  let order: [Int]
  /// Block numbers, int64, one per element of `indexShape`.
  let places: Tensor
  let block: Int
  /// What the index tensors broadcast to, and the sizes of the other axes.
  let indexShape: [Int]
  let restShape: [Int]
  /// How the axes `indexShape + restShape` are arranged in the result.
  let resultOrder: [Int]
  let resultShape: [Int]

  init(_ view: Tensor, _ chosen: [(Int, Tensor)]) throws {
    let axes = chosen.map(\.0)
    var shape: [Int] = []
    for (_, tensor) in chosen { shape = try Shape.broadcast(shape, tensor.shape, "index") }
    indexShape = shape
    let rest = (0..<view.rank).filter { !axes.contains($0) }
    order = axes + rest
    restShape = rest.map { view.shape[$0] }
    block = Shape.product(restShape)
    let total = try Tensor.zeros(shape, dtype: .int64)
    let sums = total.elements(Int64.self)
    for (axis, tensor) in chosen {
      let size = view.shape[axis]
      let spread = try tensor.alias().expanded(shape).contiguousData()
      let from = spread.elements(Int64.self)
      for i in 0..<total.count {
        var k = from[i]
        if k < 0 { k &+= Int64(size) }
        if k < 0 || k >= Int64(size) {
          throw TensorError.index(operation: "index", index: Int(from[i]), size: size, axis: axis)
        }
        sums[i] = sums[i] &* Int64(size) &+ k
      }
    }
    places = total
    let n = shape.count
    var adjacent = true
    for i in axes.indices.dropFirst() where axes[i] != axes[i - 1] + 1 { adjacent = false }
    let lead = adjacent ? axes.first ?? 0 : 0
    // `lead` axes that are not indexed, then the index axes, then the others.
    let plain = (0..<rest.count).map { n + $0 }
    resultOrder = plain.prefix(lead) + Array(0..<n) + plain.dropFirst(lead)
    let all = indexShape + restShape
    resultShape = resultOrder.map { all[$0] }
  }
}
