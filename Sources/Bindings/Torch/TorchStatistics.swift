import Language
import TensorCore

/// Order statistics, counts, running extremes and the calculus of samples.
enum TorchStatistics {
  /// Functions that are methods as well.
  static let functions: [Native] = order + counts + running + moments

  private static let x = "torch.tensor([3., 1., 2.])"

  private static func indexed(
    _ name: String, _ values: Tensor, _ indices: Tensor, _ machine: Machine
  ) -> Value {
    guard let table = results[name] else {
      return .tuple([machine.torchValue(values), machine.torchValue(indices)])
    }
    return NamedResult.make([machine.torchValue(values), machine.torchValue(indices)], table, machine)
  }

  private static let results: [String: TypeTable] = Dictionary(
    ["kthvalue", "mode", "nanmedian", "cummax", "cummin"].map {
      ($0, NamedResult.table($0, fields: ["values", "indices"]))
    }, uniquingKeysWith: { first, _ in first })

  private static let order: [Native] = [
    Native("kthvalue(input, k, dim=-1, keepdim=False)", "The k-th smallest along an axis, with its place.", example: "torch.kthvalue(\(x), 2)") { a in
      let (values, indices) = try a.torchTensor(0).kthValue(a.int(1), axis: a.int(2), keepDims: a.bool(3))
      return indexed("kthvalue", values, indices, a.machine)
    },
    Native("mode(input, dim=-1, keepdim=False)", "The most frequent element along an axis, with its place.", example: "torch.mode(torch.tensor([1, 2, 2]))") { a in
      let (values, indices) = try a.torchTensor(0).mode(axis: a.int(1), keepDims: a.bool(2))
      return indexed("mode", values, indices, a.machine)
    },
    Native("nanmedian(input, dim=None, keepdim=False)", "The median of what is not NaN.", example: "torch.nanmedian(torch.tensor([1., float('nan'), 3.]))") { a in
      let x = try a.torchTensor(0)
      guard let dim = try a.axis(1) else {
        return a.machine.torchValue(try x.reshape([-1]).median(axis: 0, ignoringNaN: true).values)
      }
      let (values, indices) = try x.median(axis: dim, keepDims: a.bool(2), ignoringNaN: true)
      return indexed("nanmedian", values, indices, a.machine)
    },
    torchRow("quantile(input, q, dim=None, keepdim=False, *, interpolation='linear')", "The value below which the share q lies.", "torch.quantile(\(x), 0.5)") {
      try quantile($0, ignoringNaN: false)
    },
    torchRow("nanquantile(input, q, dim=None, keepdim=False, *, interpolation='linear')", "The same of what is not NaN.", "torch.nanquantile(\(x), 0.5)") {
      try quantile($0, ignoringNaN: true)
    },
    torchRow("msort(input)", "Sorted along the first axis.", "torch.msort(\(x))") {
      try $0.torchTensor(0).sort(axis: 0).values
    },
    torchRow("nansum(input, dim=None, keepdim=False, *, dtype=None)", "The sum, NaN as 0.", "torch.nansum(torch.tensor([1., float('nan')]))") { a in
      let sum = try a.torchTensor(0).nanSum(a.axes(1), keepDims: a.bool(2))
      return try a.optionalDType(3, .torch).map { try sum.to($0) } ?? sum
    },
    torchRow("nanmean(input, dim=None, keepdim=False, *, dtype=None)", "The mean of what is not NaN.", "torch.nanmean(torch.tensor([1., float('nan')]))") { a in
      try a.torchTensor(0).nanMean(a.axes(1), keepDims: a.bool(2))
    },
  ]

  private static func quantile(_ a: Arguments, ignoringNaN: Bool) throws -> Tensor {
    let x = try a.torchTensor(0)
    guard x.dtype == .float32 || x.dtype == .float64 else {
      throw Raise(.runtimeError, "quantile() input tensor must be either float or double dtype")
    }
    let q: [Double]
    var isSingle = true
    if let tensor = a[1].asTensorObject?.tensor {
      q = try tensor.doubles()
      isSingle = tensor.rank == 0
    } else {
      q = [try a.double(1)]
    }
    guard let method = QuantileMethod(rawValue: try a.string(4)) else {
      throw Raise(
        .runtimeError,
        "quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got "
          + (try a.string(4)))
    }
    return try x.quantiles(
      q, axis: a.axis(2), keepDims: a.bool(3), method: method, ignoringNaN: ignoringNaN,
      single: isSingle)
  }

  private static let counts: [Native] = [
    torchRow("histc(input, bins=100, min=0, max=0)", "How many elements fall into each of equal bins.", "torch.histc(\(x), bins=3)") { a in
      try a.torchTensor(0).histogramCounts(
        bins: a.int(1), low: a.scalar(2).double, high: a.scalar(3).double)
    },
    Native("histogram(input, bins, *, range=None, weight=None, density=False)", "How many elements fall into each bin, and the edges.", example: "torch.histogram(\(x), 3).hist") { a in
      let x = try a.torchTensor(0)
      let weights = try a.optionalTensor(3)?.doubles()
      let result: (counts: Tensor, edges: Tensor)
      if let edges = a[1].asTensorObject?.tensor {
        result = (try x.histogram(edges: edges.doubles(), weights: weights, density: a.bool(4)), edges)
      } else {
        let range = a[2].isNone ? nil : try a.machine.doubles(a[2])
        result = try x.histogram(
          bins: a.int(1), range: range.flatMap { $0.count == 2 ? ($0[0], $0[1]) : nil },
          weights: weights, density: a.bool(4))
      }
      return NamedResult.make(
        [a.machine.torchValue(try result.counts.to(x.dtype)), a.machine.torchValue(try result.edges.to(x.dtype))],
        histogramResult, a.machine)
    },
    torchRow("bincount(input, weights=None, minlength=0)", "How often each integer from 0 on occurs.", "torch.bincount(torch.tensor([0, 1, 1]))") { a in
      let weights = try a.optionalTensor(1)
      let result = try a.torchTensor(0).bincount(weights: weights, atLeast: a.int(2))
      return weights?.dtype == .float32 ? try result.to(.float32) : result
    },
    torchRow("bucketize(input, boundaries, *, out_int32=False, right=False)", "The bucket of each element between rising boundaries.", "torch.bucketize(torch.tensor([1, 5]), torch.tensor([0, 3, 6]))") { a in
      let places = try a.torchTensor(1).searchSorted(a.machine.tensor(a[0], .torch), right: a.bool(3))
      return try a.bool(2) ? places.to(.int32) : places
    },
    Native("unique_consecutive(input, return_inverse=False, return_counts=False, dim=None)", "Without repeats that stand next to each other.", example: "torch.unique_consecutive(torch.tensor([1, 1, 2, 1]))") { a in
      let (values, inverse, counts) = try a.torchTensor(0).uniqueRuns(axis: a.axis(3))
      var results = [a.machine.torchValue(values)]
      if try a.bool(1) { results.append(a.machine.torchValue(inverse)) }
      if try a.bool(2) { results.append(a.machine.torchValue(counts)) }
      return results.count == 1 ? results[0] : .tuple(results)
    },
  ]
  private static let histogramResult = NamedResult.table("histogram", fields: ["hist", "bin_edges"])

  /// `torch.searchsorted` takes the sorted sequence first, so it is no method.
  static let searchSorted = torchRow("searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None)", "Where elements would have to go to keep a sequence sorted.", "torch.searchsorted(torch.tensor([1, 3, 5]), torch.tensor([2, 3]))") { a in
    var right = try a.bool(3)
    if let side = try a.optionalString(4) { right = side == "right" }
    var sequence = try a.torchTensor(0)
    if let sorter = try a.optionalTensor(5) { sequence = try sequence.gather(-1, sorter) }
    let places = try sequence.searchSortedRows(a.machine.tensor(a[1], .torch), right: right)
    return try a.bool(2) ? places.to(.int32) : places
  }

  private static let running: [Native] = [
    Native("cummax(input, dim)", "The largest so far along an axis, with its place.", example: "torch.cummax(\(x), 0)") { a in
      let (values, indices) = try a.torchTensor(0).cummax(a.int(1))
      return indexed("cummax", values, indices, a.machine)
    },
    Native("cummin(input, dim)", "The smallest so far along an axis, with its place.", example: "torch.cummin(\(x), 0)") { a in
      let (values, indices) = try a.torchTensor(0).cummin(a.int(1))
      return indexed("cummin", values, indices, a.machine)
    },
    torchRow("logcumsumexp(input, dim)", "log of the running sum of exp, without overflow.", "torch.logcumsumexp(\(x), 0)") {
      try $0.torchTensor(0).logCumSumExp($0.int(1))
    },
    torchRow("diff(input, n=1, dim=-1, prepend=None, append=None)", "Each element less the one before it.", "torch.diff(\(x))") { a in
      try a.torchTensor(0).difference(
        a.int(1), axis: a.int(2), prepend: a.optionalTensor(3), append: a.optionalTensor(4))
    },
  ]

  private static let moments: [Native] = [
    spread("std_mean", "The standard deviation and the mean.") { try $0.std($1, correction: $2, keepDims: $3) },
    spread("var_mean", "The variance and the mean.") { try $0.variance($1, correction: $2, keepDims: $3) },
    torchRow("cov(input, *, correction=1, fweights=None, aweights=None)", "The covariance matrix of the rows.", "torch.cov(torch.tensor([[1., 2., 3.], [3., 2., 1.]]))") { a in
      try a.torchTensor(0).covariance(
        correction: a.double(1), frequency: a.optionalTensor(2), weights: a.optionalTensor(3))
    },
    torchRow("corrcoef(input)", "The correlations of the rows.", "torch.corrcoef(torch.tensor([[1., 2., 3.], [3., 2., 1.]]))") {
      try $0.torchTensor(0).correlation()
    },
  ]

  private static func spread(
    _ name: String, _ doc: String, _ body: @escaping (Tensor, [Int], Double, Bool) throws -> Tensor
  ) -> Native {
    Native("\(name)(input, dim=None, unbiased=None, keepdim=False, *, correction=1)", doc, example: "torch.\(name)(\(x))") { a in
      let x = try a.torchTensor(0)
      let correction = try a[2].isNone ? a.double(4) : a.bool(2) ? 1 : 0
      let (axes, keep) = (try a.axes(1), try a.bool(3))
      return .tuple([
        a.machine.torchValue(try body(x, axes, correction, keep)),
        a.machine.torchValue(try x.mean(axes, keepDims: keep)),
      ])
    }
  }

  /// Functions that are no methods.
  static let others: [Native] = [
    searchSorted,
    torchRow("trapezoid(y, x=None, *, dx=1, dim=-1)", "The integral by trapezia.", "torch.trapezoid(\(x))") { a in
      try a.torchTensor(0).trapezoid(points: a.optionalTensor(1), spacing: a.double(2), axis: a.int(3))
    },
    torchRow("cumulative_trapezoid(y, x=None, *, dx=1, dim=-1)", "The partial integrals by trapezia.", "torch.cumulative_trapezoid(\(x))") { a in
      try a.torchTensor(0).trapezoid(
        points: a.optionalTensor(1), spacing: a.double(2), axis: a.int(3), cumulative: true)
    },
    Native("gradient(input, *, spacing=1, dim=None, edge_order=1)", "The slopes along axes by central differences.", example: "torch.gradient(torch.tensor([1., 4., 9., 16.]))") { a in
      let x = try a.torchTensor(0)
      let axes = try a.axes(2)
      let chosen = axes.isEmpty ? Array(0..<x.rank) : axes
      return .tuple(
        try slopes(x, chosen, a[1], a.int(3), .torch, a.machine).map { a.machine.torchValue($0) })
    },
  ]

  /// Slopes along axes; `spacing` is a number, numbers, or coordinates for each axis.
  static func slopes(
    _ x: Tensor, _ axes: [Int], _ spacing: Value, _ edgeOrder: Int, _ promotion: Promotion,
    _ machine: Machine
  ) throws -> [Tensor] {
    var steps: [Value] = [spacing]
    if spacing.asList != nil || spacing.asTuple != nil { steps = try machine.array(spacing) }
    if spacing.asTensorObject == nil || spacing.asTensorObject?.tensor.rank == 0 {
      if steps.count == 1, axes.count > 1 { steps = Array(repeating: steps[0], count: axes.count) }
    }
    guard steps.count == axes.count else {
      throw Raise(
        .runtimeError,
        "torch.gradient expected spacing to be unspecified, a scalar or a list of length "
          + "\(axes.count), got \(steps.count)")
    }
    return try zip(axes, steps).map { axis, step in
      if let number = try machine.scalar(step) {
        return try x.sampledSlope(
          axis: axis, spacing: number.double, edgeOrder: edgeOrder, promotion: promotion)
      }
      return try x.sampledSlope(
        axis: axis, points: machine.doubles(step), edgeOrder: edgeOrder, promotion: promotion)
    }
  }
}
