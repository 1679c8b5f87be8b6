import Compute

/// A reduction over axes that the kernels know: one element per run of elements.
struct Reduction: Sendable {
  let name: String
  let kernel: Int32
  /// What comes out for a dtype.
  let result: @Sendable (DType) -> DType
  /// The value for no elements; nil where there is none.
  let empty: Scalar?

  init(
    _ name: String, _ kernel: Int, empty: Scalar?, _ result: @escaping @Sendable (DType) -> DType
  ) {
    self.name = name
    self.kernel = Int32(kernel)
    self.result = result
    self.empty = empty
  }

  private static let widened: @Sendable (DType) -> DType = { $0.isDifferentiable ? $0 : .int64 }
  static let sum = Reduction("sum", SW_SUM, empty: .int(0), widened)
  static let prod = Reduction("prod", SW_PROD, empty: .int(1), widened)
  static let max = Reduction("max", SW_RMAX, empty: nil) { $0 }
  static let min = Reduction("min", SW_RMIN, empty: nil) { $0 }
  static let any = Reduction("any", SW_ANY, empty: .bool(false)) { _ in .bool }
  static let all = Reduction("all", SW_ALL, empty: .bool(true)) { _ in .bool }
  static let argmax = Reduction("argmax", SW_ARGMAX, empty: nil) { _ in .int64 }
  static let argmin = Reduction("argmin", SW_ARGMIN, empty: nil) { _ in .int64 }
  static let norm1 = Reduction("norm", SW_NORM1, empty: .int(0)) { $0 }
  static let norm2 = Reduction("norm", SW_NORM2, empty: .int(0)) { $0 }
  static let countNonzero = Reduction("count_nonzero", SW_COUNT_NONZERO, empty: .int(0)) { _ in
    .int64
  }

  /// Over all elements, to a tensor without axes.
  func whole(_ x: Tensor) throws -> Tensor { try self(x, axes: Array(0..<x.rank), keepDims: false) }

  /// Over the given axes, which are checked and ascending.
  func callAsFunction(_ x: Tensor, axes: [Int], keepDims: Bool) throws -> Tensor {
    if x.dtype.isHalf {
      let wide = try self(x.detached().to(.float32), axes: axes, keepDims: keepDims)
      return result(x.dtype).isHalf ? try wide.to(x.dtype) : wide
    }
    let target = result(x.dtype)
    guard let loop = sw_reduce(kernel, x.dtype.rawValue) else {
      if let wide = try x.widened() {
        return try self(wide, axes: axes, keepDims: keepDims).to(target)
      }
      throw TensorError.dtype(operation: name, found: x.dtype, needed: "a float")
    }
    // All of a tensor without gaps, small enough for one call.
    if x.isContiguous, axes.count == x.rank, !keepDims, x.count > 0, x.count <= Elementwise.grain {
      let out = try Tensor(uninitialized: [], count: 1, dtype: target)
      loop(Int64(x.count), x.bytes, Int64(x.dtype.size), out.bytes)
      return out
    }
    var isReduced = [Bool](repeating: false, count: x.rank)
    for axis in axes { isReduced[axis] = true }
    let kept = (0..<x.rank).filter { !isReduced[$0] }
    let outShape =
      keepDims
      ? x.shape.indices.map { isReduced[$0] ? 1 : x.shape[$0] } : kept.map { x.shape[$0] }
    let out = try Tensor.empty(outShape, dtype: target, name)
    var run = 1
    for axis in axes { run &*= x.shape[axis] }
    if out.count == 0 { return out }
    if run == 0 {
      guard let empty else {
        throw TensorError.argument(
          operation: name,
          message: "an empty axis has no \(name); shape is \(x.shape)")
      }
      try out.write(Tensor(empty, dtype: target))
      return out
    }
    // Reduced axes that lead a tensor without gaps, for sums: rows are added up as they lie.
    if kernel == Reduction.sum.kernel, x.isContiguous, !axes.isEmpty, !kept.isEmpty,
      axes.count == (axes.last ?? 0) + 1, let rows = sw_sum_rows(x.dtype.rawValue)
    {
      let columns = x.count / run
      let size = x.dtype.size
      let (source, place) = (x.bytes, out.bytes)
      try ThreadPool.forRanges(columns, grain: Swift.max(256, (1 << 18) / run)) { start, end in
        rows(
          Int64(run), Int64(end - start), source + start &* size, Int64(columns &* size),
          place + start &* target.size)
      }
      return out
    }
    // Otherwise reduced axes go last. One stride must lead through a run; if none does, copy.
    var source = x.alias()
    let order = kept + axes
    if order != Array(0..<x.rank) { source = source.permuted(order, "") }
    var step = 1
    if let one = runStride(source, from: kept.count) {
      step = one
    } else {
      source = try source.contiguousData()
    }
    try each(source, keptCount: kept.count, run: run, step: step, out, loop)
    return out
  }

  /// The stride of the axes from `first` on as one run, or nil when they do not make one.
  private func runStride(_ x: Tensor, from first: Int) -> Int? {
    var stride: Int?
    var next = 0
    for i in (first..<Swift.max(first, x.rank)).reversed() where x.shape[i] != 1 {
      if stride == nil {
        stride = x.strides[i]
      } else if x.strides[i] != next {
        return nil
      }
      next = x.strides[i] &* x.shape[i]
    }
    return stride ?? 1
  }

  private func each(
    _ x: Tensor, keptCount: Int, run: Int, step: Int, _ out: Tensor,
    _ loop: @escaping sw_reduce_run
  ) throws {
    let size = x.dtype.size
    let (from, to) = (x.bytes, out.bytes)
    let outSize = out.dtype.size
    let byteStep = Int64(step &* size)
    if out.count == 1 && run > Elementwise.grain, step == 1, let join = joining {
      // One long run: fixed pieces on several threads, their results reduced in order.
      let piece = 1 << 16
      let pieces = (run - 1) / piece + 1
      let parts = try Tensor.empty([pieces], dtype: out.dtype, name)
      let place = parts.bytes
      try ThreadPool.run(chunks: pieces) { i in
        loop(
          Int64(Swift.min(piece, run - i &* piece)), from + i &* piece &* size, byteStep,
          place + i &* outSize)
      }
      guard let last = sw_reduce(join, parts.dtype.rawValue) else { return }
      last(Int64(pieces), place, Int64(outSize), to)
      return
    }
    let outer = StridedLoop(
      shape: Array(x.shape[..<keptCount]), operands: [(Array(x.strides[..<keptCount]), size)])
    let shape = outer.shape.map { Int($0) }
    let strides = outer.strides[0].map { Int($0) }
    try ThreadPool.forRanges(out.count, grain: Swift.max(1, Elementwise.grain / Swift.max(run, 1)))
    {
      start, end in
      // The place of the first run, then an odometer.
      var at = [Int](repeating: 0, count: shape.count)
      var rest = start
      var place = 0
      for d in shape.indices.reversed() {
        at[d] = rest % shape[d]
        rest /= shape[d]
        place &+= at[d] &* strides[d]
      }
      for i in start..<end {
        loop(Int64(run), from + place, byteStep, to + i &* outSize)
        var d = shape.count - 1
        while d >= 0 {
          at[d] += 1
          place &+= strides[d]
          if at[d] < shape[d] { break }
          place &-= strides[d] &* shape[d]
          at[d] = 0
          d -= 1
        }
      }
    }
  }

  /// The reduction that joins partial results, where this one can be cut.
  private var joining: Int32? {
    switch kernel {
    case Reduction.sum.kernel, Reduction.norm1.kernel, Reduction.countNonzero.kernel:
      Reduction.sum.kernel
    case Reduction.norm2.kernel: Reduction.norm2.kernel
    case Reduction.max.kernel, Reduction.min.kernel, Reduction.any.kernel, Reduction.all.kernel,
      Reduction.prod.kernel:
      kernel
    default: nil
    }
  }
}

// The methods. `axes` empty means all axes.

extension Tensor {
  /// The sum over axes. Integers and bools add up as int64.
  public func sum(_ axes: [Int] = [], keepDims: Bool = false, dtype: DType? = nil) throws -> Tensor
  {
    let operand = try dtype.map { try converted(to: $0) } ?? self
    let checked = try Shape.axes(axes, rank: rank, "sum")
    let result = try Reduction.sum(operand, axes: checked, keepDims: keepDims)
    if operand.records {
      let (original, wide) = (shape, keptShape(checked))
      result.record(axes.isEmpty ? "SumBackward0" : "SumBackward1", [operand.edge]) {
        [try $0.gradient.reshape(wide).expanded(original)]
      }
    }
    return result
  }

  /// The shape with the given axes of size 1.
  func keptShape(_ axes: [Int]) -> [Int] {
    var wide = shape
    for axis in axes { wide[axis] = 1 }
    return wide
  }

  /// Undoes a broadcast from `target`: the sum over what was repeated.
  func sum(to target: [Int]) throws -> Tensor {
    if shape == target { return self }
    let new = rank - target.count
    var axes = Array(0..<Swift.max(0, new))
    for i in target.indices where target[i] == 1 && shape[i + new] != 1 { axes.append(i + new) }
    let result = axes.isEmpty ? self : try sum(axes, keepDims: true)
    return try result.reshape(target)
  }

  /// The mean over axes, of floats.
  ///
  /// - Parameter promotion: with `.numpy` integers are taken as float64; PyTorch refuses them.
  public func mean(
    _ axes: [Int] = [], keepDims: Bool = false, dtype: DType? = nil, promotion: Promotion = .torch
  ) throws -> Tensor {
    var operand = try dtype.map { try converted(to: $0) } ?? self
    if !operand.dtype.isDifferentiable {
      guard promotion == .numpy else {
        throw TensorError.dtype(
          operation: "mean", found: operand.dtype, needed: "a float; use x.float().mean()")
      }
      operand = try operand.to(.float64)
    }
    let checked = try Shape.axes(axes, rank: rank, "mean")
    var run = 1
    for axis in checked { run &*= shape[axis] }
    let total = try noGrad { try operand.sum(checked, keepDims: keepDims) }
    // `checked` is empty for a tensor without axes, and then sums one element.
    let result = try noGrad { try total.divided(by: .double(Double(run))) }
    if operand.records {
      let (original, wide) = (shape, keptShape(checked))
      result.record(axes.isEmpty ? "MeanBackward0" : "MeanBackward1", [operand.edge]) {
        [try $0.gradient.scaled(1 / Double(run)).reshape(wide).expanded(original)]
      }
    }
    return result
  }

  public func prod(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    let checked = try Shape.axes(axes, rank: rank, "prod")
    let result = try Reduction.prod(self, axes: checked, keepDims: keepDims)
    if records {
      let wide = keptShape(checked)
      let saved = Saved(self)
      result.record(axes.isEmpty ? "ProdBackward0" : "ProdBackward1", [edge]) { call in
        let x = try saved.value("prod")
        return [try call.gradient.reshape(wide).multiplied(by: x.productOfOthers(checked))]
      }
    }
    return result
  }

  /// For each element the product of the others along the axes, right also where some are 0.
  private func productOfOthers(_ axes: [Int]) throws -> Tensor {
    // Bring the axes last and as one; multiply the running products from both sides.
    let kept = (0..<rank).filter { !axes.contains($0) }
    let order = kept + axes
    let flat = try permuted(order, "PermuteBackward0").reshape(kept.map { shape[$0] } + [-1])
    let last = flat.rank - 1
    let length = flat.shape[last]
    if length == 0 { return self }
    let one = try Tensor.ones(Array(flat.shape.dropLast()) + [1], dtype: dtype)
    let before = try Tensor.cat([one, flat.narrow(last, start: 0, length: length - 1)], axis: last)
      .cumprod(last)
    let after = try Tensor.cat(
      [flat.narrow(last, start: 1, length: length - 1), one], axis: last
    ).flip([last]).cumprod(last).flip([last])
    var inverse = order
    for (i, axis) in order.enumerated() { inverse[axis] = i }
    return try before.multiplied(by: after).reshape(order.map { shape[$0] })
      .permuted(inverse, "PermuteBackward0")
  }

  /// The mean squared distance from the mean; the divisor is the count less `correction`.
  public func variance(
    _ axes: [Int] = [], correction: Double = 1, keepDims: Bool = false,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    guard dtype.isFloating || promotion == .numpy else {
      throw TensorError.dtype(
        operation: "var", found: dtype, needed: "a float; use x.float().var()")
    }
    let x = dtype.isFloating ? self : try to(.float64)
    let checked = try Shape.axes(axes, rank: rank, "var")
    var run = 1
    for axis in checked { run &*= shape[axis] }
    let centred = try x.subtracting(x.mean(checked, keepDims: true))
    let total = try centred.multiplied(by: centred)
      .sum(checked.isEmpty && rank > 0 ? [] : checked, keepDims: keepDims)
    return try total.divided(by: .double(Swift.max(0, Double(run) - correction)))
      .named(gradientFunction: "VarBackward0")
  }

  /// The square root of `variance`.
  public func std(
    _ axes: [Int] = [], correction: Double = 1, keepDims: Bool = false,
    promotion: Promotion = .torch
  ) throws -> Tensor {
    try variance(axes, correction: correction, keepDims: keepDims, promotion: promotion).sqrt()
      .named(gradientFunction: "StdBackward0")
  }

  /// The Euclidean length over axes, or with `order` 1 the sum of magnitudes, with infinity the
  /// largest magnitude, else (sum |x|^p)^(1/p).
  public func norm(_ axes: [Int] = [], order: Double = 2, keepDims: Bool = false) throws -> Tensor {
    if dtype.isComplex { return try abs().norm(axes, order: order, keepDims: keepDims) }
    if dtype.isHalf { return try to(.float32).norm(axes, order: order, keepDims: keepDims).to(dtype) }
    guard dtype.isFloating else {
      throw TensorError.dtype(operation: "norm", found: dtype, needed: "a float; use x.float()")
    }
    let checked = try Shape.axes(axes, rank: rank, "norm")
    if order == .infinity { return try abs().amax(checked, keepDims: keepDims) }
    if order == 1 { return try abs().sum(checked, keepDims: keepDims) }
    if order == 0 {
      return try Comparison.notEqual(self, .double(0)).to(dtype).sum(checked, keepDims: keepDims)
    }
    if order != 2 {
      return try abs().pow(.double(order)).sum(checked, keepDims: keepDims).pow(.double(1 / order))
    }
    let result = try Reduction.norm2(self, axes: checked, keepDims: keepDims)
    if records {
      let wide = keptShape(checked)
      let saved = Saved(self)
      result.record("LinalgVectorNormBackward0", [edge], keepingResult: true) { call in
        let x = try saved.value("norm")
        let y = try call.result.reshape(wide)
        // 0 where the length is 0.
        let slope = try x.divided(by: Tensor.where(y.equal(.double(0)), .double(1), y))
        return [try call.gradient.reshape(wide).multiplied(by: slope)]
      }
    }
    return result
  }

  public func any(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    try Reduction.any(self, axes: Shape.axes(axes, rank: rank, "any"), keepDims: keepDims)
  }

  public func all(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    try Reduction.all(self, axes: Shape.axes(axes, rank: rank, "all"), keepDims: keepDims)
  }

  public func countNonzero(_ axes: [Int] = []) throws -> Tensor {
    try Reduction.countNonzero(
      self, axes: Shape.axes(axes, rank: rank, "count_nonzero"), keepDims: false)
  }

  /// log(sum(exp(x))) over axes, without overflow.
  public func logSumExp(_ axes: [Int], keepDims: Bool = false) throws -> Tensor {
    let checked = try Shape.axes(axes, rank: rank, "logsumexp")
    let x = dtype.isFloating ? self : try to(.float32)
    let top = try noGrad {
      let top = try x.amax(checked, keepDims: true)
      return try Tensor.where(top.isFinite(), top, .double(0))
    }
    let sum = try x.subtracting(top).exp().sum(checked, keepDims: true).log().adding(top)
    let kept = (0..<rank).filter { !checked.contains($0) }.map { shape[$0] }
    return (keepDims ? sum : try sum.reshape(kept)).named(gradientFunction: "LogsumexpBackward0")
  }

  // MARK: Extremes

  /// The largest elements over axes; equal ones share the gradient. NaN wins.
  public func amax(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    try extreme(.max, axes, keepDims, "AmaxBackward0")
  }

  public func amin(_ axes: [Int] = [], keepDims: Bool = false) throws -> Tensor {
    try extreme(.min, axes, keepDims, "AminBackward0")
  }

  /// The largest element of all.
  public func max() throws -> Tensor { try extreme(.max, [], false, "MaxBackward1") }
  public func min() throws -> Tensor { try extreme(.min, [], false, "MinBackward1") }

  private func extreme(_ reduction: Reduction, _ axes: [Int], _ keepDims: Bool, _ name: String)
    throws
    -> Tensor
  {
    let checked = try Shape.axes(axes, rank: rank, reduction.name)
    let result = try reduction(self, axes: checked, keepDims: keepDims)
    if records {
      let wide = keptShape(checked)
      let saved = Saved(self)
      result.record(name, [edge], keepingResult: true) { call in
        let hit = try Comparison.equal(saved.value(reduction.name), call.result.reshape(wide))
          .to(call.gradient.dtype)
        let share = try call.gradient.reshape(wide).divided(by: hit.sum(checked, keepDims: true))
        return [try hit.multiplied(by: share)]
      }
    }
    return result
  }

  /// The largest elements along an axis and their first places (int64).
  public func max(_ axis: Int, keepDims: Bool = false) throws -> (values: Tensor, indices: Tensor) {
    try extremes(.argmax, axis, keepDims, "max")
  }

  public func min(_ axis: Int, keepDims: Bool = false) throws -> (values: Tensor, indices: Tensor) {
    try extremes(.argmin, axis, keepDims, "min")
  }

  private func extremes(_ reduction: Reduction, _ axis: Int, _ keepDims: Bool, _ name: String)
    throws
    -> (values: Tensor, indices: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, name)
    if rank == 0 { return (try clone(), try Tensor(.int(0))) }
    let places = try reduction(self, axes: [a], keepDims: true)
    // A reduction of its own is faster than gathering, but only gathering knows the gradient.
    let extreme: Reduction = reduction.kernel == Reduction.argmax.kernel ? .max : .min
    let values = try records ? gather(a, places) : extreme(self, axes: [a], keepDims: true)
    let function = reduction.kernel == Reduction.argmax.kernel ? "MaxBackward0" : "MinBackward0"
    let kept = try keepDims ? values : values.squeeze(a)
    return (kept.named(gradientFunction: function), keepDims ? places : try places.squeeze(a))
  }

  /// The first place of the largest element: along an axis, or in row-major order of all.
  public func argmax(axis: Int? = nil, keepDims: Bool = false) throws -> Tensor {
    try place(.argmax, axis, keepDims)
  }

  public func argmin(axis: Int? = nil, keepDims: Bool = false) throws -> Tensor {
    try place(.argmin, axis, keepDims)
  }

  private func place(_ reduction: Reduction, _ axis: Int?, _ keepDims: Bool) throws -> Tensor {
    if let axis {
      let a = try Shape.axis(axis, rank: rank, reduction.name)
      return try reduction(self, axes: rank == 0 ? [] : [a], keepDims: keepDims)
    }
    let flat = try reduction.whole(contiguousData().alias().reshape([count]))
    return keepDims ? try flat.reshape(shape.map { _ in 1 }) : flat
  }
}

extension OperationTable {
  static let reductions: [OperationDeclaration] = [
    reduction("sum") { try $0.sum($1, keepDims: $2) },
    reduction("mean") { try $0.mean($1, keepDims: $2) },
    reduction("prod") { try $0.prod($1, keepDims: $2) },
    reduction("var") { try $0.variance($1, keepDims: $2) },
    reduction("std") { try $0.std($1, keepDims: $2) },
    reduction("norm") { try $0.norm($1, keepDims: $2) },
    reduction("norm3") { try $0.norm($1, order: 3, keepDims: $2) },
    reduction("amax") { try $0.amax($1, keepDims: $2) },
    reduction("amin") { try $0.amin($1, keepDims: $2) },
    reduction("logsumexp") { try $0.logSumExp($1, keepDims: $2) },
    OperationDeclaration(name: "max", family: "Reduction", isDifferentiable: true) {
      [OperationSample([try OperationSample.values([3, 4])]) { try $0[0].max(1).values }]
    },
    OperationDeclaration(name: "argmax", family: "Reduction", isDifferentiable: false) {
      [OperationSample([try OperationSample.values([3, 4])]) { try $0[0].argmax(axis: 0) }]
    },
  ]

  private static func reduction(
    _ name: String, _ apply: @escaping @Sendable (Tensor, [Int], Bool) throws -> Tensor
  ) -> OperationDeclaration {
    OperationDeclaration(name: name, family: "Reduction", isDifferentiable: true) {
      let cases: [([Int], [Int], Bool)] = [
        ([5], [], false), ([2, 3], [0], false), ([2, 3], [1], true), ([2, 3, 4], [0, 2], false),
        ([2, 3], [], true),
      ]
      return try cases.map { shape, axes, keep in
        OperationSample([try OperationSample.values(shape)]) { try apply($0[0], axes, keep) }
      }
    }
  }
}
