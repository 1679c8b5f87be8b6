import Compute

// Windows over a tensor: as views, as columns of patches, and patches added up again.

extension Tensor {
  /// Runs of `size` positions of an axis, `step` apart, as a new last axis: a view. (`Tensor.unfold`)
  public func windows(axis: Int, size: Int, step: Int) throws -> Tensor {
    let a = try Shape.axis(axis, rank: rank, "unfold")
    let length = rank == 0 ? 1 : shape[a]
    guard size >= 0, size <= length else {
      throw TensorError.argument(
        operation: "unfold",
        message: "maximum size for tensor at dimension \(a) is \(length) but size is \(size)")
    }
    guard step > 0 else {
      throw TensorError.argument(operation: "unfold", message: "step is \(step) but must be > 0")
    }
    if rank == 0 { return try reshape([1]).narrow(0, start: 0, length: size) }
    var newShape = shape
    var newStrides = strides
    let places = (length - size) / step + 1
    newShape[a] = places
    newStrides[a] = places > 1 ? strides[a] &* step : strides[a]
    newShape.append(size)
    newStrides.append(strides[a])
    let original = shape
    return view("UnfoldBackward0", shape: newShape, strides: newStrides, offset: offset) { g in
      // Every place of a window adds back where it was seen.
      var total: Tensor?
      for j in 0..<size {
        let part = try g.select(-1, j).placed(
          in: original, axis: a, start: j, step: places > 1 ? step : 1)
        total = try total.map { try $0.adding(part) } ?? part
      }
      return try total ?? Tensor.zeros(original, dtype: g.dtype)
    }
  }

  /// Any view of the memory behind this tensor.
  ///
  /// - Throws: `TensorError.argument` when an element would lie outside of the memory.
  public func asStrided(_ sizes: [Int], _ steps: [Int], offset start: Int? = nil) throws -> Tensor {
    guard sizes.count == steps.count else {
      throw TensorError.argument(
        operation: "as_strided",
        message: "mismatch in length of strides and shape: \(steps.count) and \(sizes.count)")
    }
    let count = try Shape.count(sizes, "as_strided")
    let first = start ?? offset
    var last = first
    for (size, step) in zip(sizes, steps) where count > 0 {
      let (reach, over) = (size - 1).multipliedReportingOverflow(by: step)
      let (sum, over2) = last.addingReportingOverflow(reach)
      guard step >= 0, !over, !over2 else {
        throw TensorError.argument(
          operation: "as_strided", message: "strides \(steps) leave the memory or are negative")
      }
      last = sum
    }
    let room = storage.byteCount / dtype.size
    guard first >= 0, count == 0 || last < room else {
      throw TensorError.argument(
        operation: "as_strided",
        message: "setStorage: sizes \(sizes), strides \(steps), storage offset \(first) need "
          + "\(last + 1) elements, the memory holds \(room)")
    }
    if records {
      // Under recording a copy: its gradient goes back by place.
      guard isContiguous, first >= offset, last < offset + Swift.max(self.count, 1) else {
        throw Self.noGradient("as_strided outside of the tensor", "indexing")
      }
      let places = try Tensor.zeros(sizes, dtype: .int64)
      let at = places.elements(Int64.self)
      let plain = Shape.contiguousStrides(sizes)
      for i in 0..<places.count {
        var place = first - offset
        for (d, step) in steps.enumerated() { place += i / plain[d] % sizes[d] * step }
        at[i] = Int64(place)
      }
      return try taken(places, block: 1, shape: sizes, "AsStridedBackward0")
    }
    return Tensor(
      storage: storage, shape: sizes, strides: steps, offset: count == 0 ? 0 : first, count: count,
      dtype: dtype)
  }

  /// The patches under a window as columns: [n, c, h, w] -> [n, c * kh * kw, places]. (`F.unfold`)
  public func unfoldPatches(_ kernel: [Int], _ how: Convolution) throws -> Tensor {
    try how.check("unfold")
    if rank == 3 { return try unsqueeze(0).unfoldPatches(kernel, how).squeeze(0) }
    guard rank == 4 else {
      throw TensorError.wrongShape(
        operation: "unfold", found: shape, needed: "[batch, channels, height, width]")
    }
    guard kernel.allSatisfy({ $0 > 0 }), let oh = how.places(shape[2], kernel[0], 0),
      let ow = how.places(shape[3], kernel[1], 1)
    else {
      throw TensorError.argument(
        operation: "unfold",
        message: "the window \(kernel) does not fit the input \(shape) with its padding and dilation")
    }
    if dtype.isHalf { return try to(.float32).unfoldPatches(kernel, how).to(dtype) }
    guard let loop = sw_unfold_loop(dtype.rawValue) else {
      throw TensorError.dtype(operation: "unfold", found: dtype, needed: "a float; use x.float()")
    }
    let source = try contiguousData()
    let rows = try Shape.count([shape[1], kernel[0], kernel[1]], "unfold")
    let out = try Tensor.empty([shape[0], rows, oh * ow], dtype: dtype, "unfold")
    if out.count > 0 {
      var window = how.window(shape[2], shape[3], (kernel[0], kernel[1]), (oh, ow))
      loop(&window, Int64(shape[0] * shape[1]), source.pointer, out.pointer)
    }
    if records {
      let size = [shape[2], shape[3]]
      out.record("Im2ColBackward0", [edge]) { [try $0.gradient.foldPatches(size, kernel, how)] }
    }
    return out
  }

  /// Columns of patches added up to an image: [n, c * kh * kw, places] -> [n, c, h, w]. (`F.fold`)
  public func foldPatches(_ size: [Int], _ kernel: [Int], _ how: Convolution) throws -> Tensor {
    try how.check("fold")
    if rank == 2 { return try unsqueeze(0).foldPatches(size, kernel, how).squeeze(0) }
    guard rank == 3, kernel.allSatisfy({ $0 > 0 && $0 < 1 << 20 }),
      shape[1] % (kernel[0] * kernel[1]) == 0
    else {
      throw TensorError.wrongShape(
        operation: "fold", found: shape,
        needed: "[batch, channels * \(kernel.map(String.init).joined(separator: " * ")), places]")
    }
    guard size.allSatisfy({ $0 > 0 }), let oh = how.places(size[0], kernel[0], 0),
      let ow = how.places(size[1], kernel[1], 1), try shape[2] == Shape.count([oh, ow], "fold")
    else {
      throw TensorError.argument(
        operation: "fold",
        message: "output \(size) with kernel \(kernel) needs "
          + "\(how.places(size[0], kernel[0], 0) ?? 0) * \(how.places(size[1], kernel[1], 1) ?? 0) "
          + "places, but the input \(shape) has \(shape[2])")
    }
    if dtype.isHalf { return try to(.float32).foldPatches(size, kernel, how).to(dtype) }
    guard let loop = sw_fold_loop(dtype.rawValue) else {
      throw TensorError.dtype(operation: "fold", found: dtype, needed: "a float; use x.float()")
    }
    let source = try contiguousData()
    let channels = shape[1] / (kernel[0] * kernel[1])
    let out = try Tensor.zeros([shape[0], channels] + size, dtype: dtype)
    if out.count > 0 {
      var window = how.window(size[0], size[1], (kernel[0], kernel[1]), (oh, ow))
      loop(&window, Int64(shape[0] * channels), source.pointer, out.pointer)
    }
    if records {
      out.record("Col2ImBackward0", [edge]) { [try $0.gradient.unfoldPatches(kernel, how)] }
    }
    return out
  }
}

extension OperationTable {
  static let patches: [OperationDeclaration] = [
    OperationDeclaration(name: "unfold", family: "Windows", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([2, 6])]) {
          try $0[0].windows(axis: 1, size: 3, step: 2)
        },
        OperationSample([try OperationSample.values([1, 2, 3, 4])]) {
          try $0[0].unfoldPatches([2, 2], Convolution(stride: [1, 2], padding: [(1, 1), (0, 0)]))
        },
      ]
    },
    OperationDeclaration(name: "fold", family: "Windows", isDifferentiable: true) {
      [
        OperationSample([try OperationSample.values([1, 8, 4])]) {
          try $0[0].foldPatches([3, 3], [2, 2], Convolution())
        }
      ]
    },
  ]
}
