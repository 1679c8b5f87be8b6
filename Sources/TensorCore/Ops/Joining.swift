import Compute

// Putting tensors together, taking them apart, repeating and turning them.

extension Tensor {
  /// The tensors behind each other along an existing axis. The dtypes are promoted.
  public static func cat(_ tensors: [Tensor], axis: Int = 0, promotion: Promotion = .torch) throws
    -> Tensor
  {
    guard let first = tensors.first(where: { $0.shape != [0] }) ?? tensors.first else {
      throw TensorError.argument(operation: "cat", message: "expected a non-empty list of Tensors")
    }
    // An empty tensor with one axis goes with everything, as in PyTorch.
    let parts = tensors.filter { $0.shape != [0] || first.rank == 1 }
    guard first.rank > 0 else {
      throw TensorError.argument(
        operation: "cat", message: "tensors without axes cannot be concatenated; use stack")
    }
    let a = try Shape.axis(axis, rank: first.rank, "cat")
    var type = first.dtype
    var total = 0
    for part in parts {
      guard part.rank == first.rank,
        zip(part.shape, first.shape).enumerated().allSatisfy({ $0 == a || $1.0 == $1.1 })
      else {
        throw TensorError.wrongShape(
          operation: "cat", found: part.shape,
          needed: "\(first.shape) apart from axis \(a), along which they are joined")
      }
      type = promotion.join(type, part.dtype)
      let (sum, overflow) = total.addingReportingOverflow(part.shape[a])
      if overflow { throw TensorError.size(operation: "cat", shape: part.shape) }
      total = sum
    }
    var shape = first.shape
    shape[a] = total
    let out = try empty(shape, dtype: type, "cat")
    var start = 0
    for part in parts {
      let size = part.shape[a]
      if size > 0 {
        try out.alias().sliced(axis: a, start: start, count: size, step: 1).write(part)
      }
      start += size
    }
    out.storage.version = 0
    if parts.contains(where: \.records) {
      let sizes = parts.map { $0.shape[a] }
      let types = parts.map(\.dtype)
      out.record("CatBackward0", parts.map(\.edge)) { call in
        var start = 0
        return try sizes.indices.map { i in
          defer { start += sizes[i] }
          guard call.needs(i) else { return nil }
          return try call.gradient.sliced(axis: a, start: start, count: sizes[i], step: 1)
            .to(types[i])
        }
      }
    }
    return out
  }

  /// Tensors of one shape along a new axis.
  public static func stack(_ tensors: [Tensor], axis: Int = 0, promotion: Promotion = .torch) throws
    -> Tensor
  {
    guard let first = tensors.first else {
      throw TensorError.argument(operation: "stack", message: "expects a non-empty list of Tensors")
    }
    for tensor in tensors where tensor.shape != first.shape {
      throw TensorError.wrongShape(
        operation: "stack", found: tensor.shape, needed: "\(first.shape), as the first tensor's")
    }
    let a = try Shape.axis(axis, rank: first.rank + 1, "stack")
    return try cat(tensors.map { try $0.unsqueeze(a) }, axis: a, promotion: promotion)
      .named(gradientFunction: "StackBackward0")
  }

  /// Pieces of the given sizes along an axis, as views.
  public func split(sizes: [Int], axis: Int = 0) throws -> [Tensor] {
    let a = try Shape.axis(axis, rank: rank, "split")
    let whole = rank == 0 ? 0 : shape[a]
    var total = 0
    for size in sizes where size >= 0 { total = total.addingReportingOverflow(size).partialValue }
    // Sizes that wrap around would be larger than the axis one by one.
    guard rank > 0, total == whole, sizes.allSatisfy({ 0...whole ~= $0 }) else {
      throw TensorError.argument(
        operation: "split",
        message: "sizes \(sizes) must add up to \(whole), the size of axis \(axis)")
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return sliced(axis: a, start: start, count: size, step: 1)
        .named(gradientFunction: "SplitWithSizesBackward0")
    }
  }

  /// Pieces of `size` positions along an axis; the last may be smaller.
  public func split(_ size: Int, axis: Int = 0) throws -> [Tensor] {
    let a = try Shape.axis(axis, rank: rank, "split")
    guard rank > 0, size > 0 else {
      throw TensorError.argument(
        operation: "split", message: "the size must be positive, not \(size)")
    }
    let whole = shape[a]
    if whole == 0 { return [self] }
    return stride(from: 0, to: whole, by: size).map {
      sliced(axis: a, start: $0, count: Swift.min(size, whole - $0), step: 1)
        .named(gradientFunction: "SplitBackward0")
    }
  }

  /// At most `pieces` pieces of equal size along an axis; the last may be smaller.
  public func chunk(_ pieces: Int, axis: Int = 0) throws -> [Tensor] {
    guard pieces > 0 else {
      throw TensorError.argument(operation: "chunk", message: "expects at least one piece")
    }
    let a = try Shape.axis(axis, rank: rank, "chunk")
    let whole = rank == 0 ? 1 : shape[a]
    return try split(Swift.max(1, whole / pieces + (whole % pieces == 0 ? 0 : 1)), axis: a)
  }

  /// The whole repeated so often along each axis; new axes come first. (`tensor.repeat`, `tile`)
  public func repeated(_ times: [Int]) throws -> Tensor {
    guard times.count >= rank else {
      throw TensorError.argument(
        operation: "repeat", message: "needs a number for each of the \(rank) axes")
    }
    let padded = Array(repeating: 1, count: times.count - rank) + shape
    // [2, 3] twice and thrice: [1, 2, 1, 3] -> [2, 2, 3, 3] -> [4, 9].
    var wide: [Int] = []
    var between: [Int] = []
    var target: [Int] = []
    for (size, time) in zip(padded, times) {
      let (product, overflow) = size.multipliedReportingOverflow(by: time)
      if overflow || time < 0 { throw TensorError.size(operation: "repeat", shape: times) }
      wide += [1, size]
      between += [time, size]
      target.append(product)
    }
    _ = try Shape.count(target, "repeat")
    return try reshape(wide).expand(between).clone().reshape(target)
      .named(gradientFunction: "RepeatBackward0")
  }

  /// The axes backwards, as a copy.
  public func flip(_ axes: [Int]) throws -> Tensor {
    var view = self
    for axis in try axes.isEmpty ? [] : Shape.axes(axes, rank: rank, "flip") where rank > 0 {
      let size = shape[axis]
      if size > 1 { view = view.sliced(axis: axis, start: size - 1, count: size, step: -1) }
    }
    return try view.clone().named(gradientFunction: "FlipBackward0")
  }

  /// The positions of an axis moved on by `shift`, around the end. Without an axis: of all elements.
  public func roll(_ shift: Int, axis: Int? = nil) throws -> Tensor {
    guard let axis else {
      return try reshape([count]).roll(shift, axis: 0).reshape(shape)
        .named(gradientFunction: "RollBackward0")
    }
    let a = try Shape.axis(axis, rank: rank, "roll")
    let size = rank == 0 ? 0 : shape[a]
    if size == 0 { return try clone() }
    let cut = ((-(shift % size)) % size + size) % size
    return try Tensor.cat(
      [narrow(a, start: cut, length: size - cut), narrow(a, start: 0, length: cut)], axis: a
    ).named(gradientFunction: "RollBackward0")
  }
}

extension OperationTable {
  static let joining: [OperationDeclaration] = [
    OperationDeclaration(name: "cat", family: "Joining", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3]), try OperationSample.values([1, 3])]) {
          try Tensor.cat($0)
        },
        OperationSample([try OperationSample.values([2, 3]), try OperationSample.values([2, 0])]) {
          try Tensor.cat($0, axis: 1)
        },
      ]
    },
    OperationDeclaration(name: "stack", family: "Joining", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 3]), try OperationSample.values([2, 3])]) {
          try Tensor.stack($0, axis: 1)
        }
      ]
    },
    OperationDeclaration(name: "split", family: "Joining", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([5, 2])]) { try $0[0].split(2)[1] }]
    },
    OperationDeclaration(name: "repeat", family: "Joining", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 3])]) { try $0[0].repeated([2, 1, 2]) }]
    },
    OperationDeclaration(name: "flip", family: "Joining", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 3])]) { try $0[0].flip([0, 1]) }]
    },
    OperationDeclaration(name: "roll", family: "Joining", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([2, 5])]) { try $0[0].roll(2, axis: 1) }]
    },
  ]
}
