import Language
import TensorCore

/// Sorting, counting and sets.
enum NumpySorting {
  static let functions: [Native] = [
    numpyRow("sort(a, axis=-1, kind=None, order=None, *, stable=None)", "Sorted along an axis.", example: "np.sort([3, 1, 2])") { a in
      let x = try a.array(0)
      if a[1].isNone { return a.machine.ndarray(try x.reshape([-1]).sort().values) }
      return a.machine.ndarray(try x.sort(axis: a.int(1)).values)
    },
    numpyRow("argsort(a, axis=-1, kind=None, *, stable=None)", "The places that would sort an axis.", example: "np.argsort([3, 1, 2])") {
      a in
      let x = try a.array(0)
      if a[1].isNone { return a.machine.ndarray(try x.reshape([-1]).argsort()) }
      return a.machine.ndarray(try x.argsort(axis: a.int(1)))
    },
    numpyRow("unique(ar, return_index=False, return_inverse=False, return_counts=False, axis=None)", "The different elements in order; on request their first places, the place of each element among them, and how often each occurs.", example: "np.unique([3, 1, 3], return_counts=True)") {
      a in
      guard a[4].isNone else {
        let (rows, first, inverse, counts) = try a.array(0).uniqueSlices(axis: a.int(4))
        return try results(a, rows, first, inverse, counts)
      }
      let x = try a.array(0)
      let (values, inverse, counts) = try x.unique()
      var first: Tensor?
      if try a.bool(1) {
        // The sort is stable, so the first of a run of equals is the first in the array.
        let order = try x.reshape([-1]).argsort()
        let starts = try counts.cumsum(0) - counts
        first = try order.indexSelect(0, starts)
      }
      return try results(a, values, first, inverse.reshape(x.shape), counts)
    },
    numpyRow("bincount(x, weights=None, minlength=0)", "How often each integer from 0 on occurs.", example: "np.bincount([0, 1, 1, 3])") {
      a in
      let x = try a.array(0)
      guard !x.dtype.isFloating else {
        throw Raise(
          .typeError,
          "Cannot cast array data from dtype('\(x.dtype)') to dtype('int64') according to the rule "
            + "'safe'")
      }
      return a.machine.ndarray(
        try x.to(.int64).bincount(
          weights: a[1].isNone ? nil : a.array(1, dtype: .float64), atLeast: a.int(2)))
    },
    numpyRow("histogram(a, bins=10, range=None, density=None, weights=None)", "How many elements fall into each bin, and the edges of the bins.", example: "np.histogram([1, 2, 1], bins=2)") {
      a in
      let x = try a.array(0)
      let density = a[3].isNone ? false : try a.bool(3)
      let weights = a[4].isNone ? nil : try a.array(4).doubles()
      var bounds: (Double, Double)?
      if !a[2].isNone {
        let pair = try a.machine.doubles(a[2])
        guard pair.count == 2 else { throw Raise(.valueError, "range must be two numbers") }
        bounds = (pair[0], pair[1])
      }
      let rule = a[1].swiftString
      let isCount = a[1].asTensorObject.map { $0.tensor.rank == 0 } ?? true
      if let count = try rule.map({ try x.histogramBins($0, range: bounds) })
        ?? (isCount ? a.machine.index(a[1]) : nil)
      {
        if count < 1 { throw Raise(.valueError, "`bins` must be positive, when an integer") }
        let (counts, edges) = try x.histogram(
          bins: count, range: bounds, weights: weights, density: density)
        return .tuple([a.machine.ndarray(counts), a.machine.ndarray(edges)])
      }
      let edges = try a.array(1)
      return .tuple([
        a.machine.ndarray(
          try x.histogram(edges: edges.doubles(), weights: weights, density: density)),
        a.machine.ndarray(edges),
      ])
    },
    numpyRow("searchsorted(a, v, side='left')", "Where elements would have to be inserted to keep an array sorted.", example: "np.searchsorted([1, 3, 5], [2, 3])") {
      a in
      let side = try a.string(2)
      return try a.machine.numpyValue(
        a.array(0).searchSorted(a.array(1), right: side == "right"))
    },
    numpyRow("digitize(x, bins, right=False)", "The bin of each element, for rising edges.", example: "np.digitize([0.5, 2.5], [0, 1, 2, 3])") {
      a in
      try a.machine.numpyValue(a.array(1).searchSorted(a.array(0), right: !a.bool(2)))
    },
    numpyRow("isin(element, test_elements, assume_unique=False, invert=False, *, kind=None)", "Whether each element is among others.", example: "np.isin([1, 2, 3], [1, 3])") {
      a in
      let found = try a.array(0).isAmong(a.array(1), promotion: .numpy)
      return try a.machine.numpyValue(a.bool(3) ? found.logicalNot() : found)
    },
    numpyRow("union1d(ar1, ar2)", "The different elements of both.", example: "np.union1d([1, 2], [2, 3])") { a in
      let all = try Tensor.cat(
        [a.array(0).reshape([-1]), a.array(1).reshape([-1])], axis: 0, promotion: .numpy)
      return a.machine.ndarray(try all.unique().values)
    },
    numpyRow("intersect1d(ar1, ar2, assume_unique=False, return_indices=False)", "The different elements that both have, on request with their first places.", example: "np.intersect1d([1, 2], [2, 3])") { a in
      let both = try Tensor.cat(
        [a.array(0).unique().values, a.array(1).unique().values], axis: 0, promotion: .numpy)
      let (values, _, counts) = try both.unique()
      let common = try values.index([.tensor(Comparison.equal(counts, .int(2)))])
      guard try a.bool(3) else { return a.machine.ndarray(common) }
      let wanted = try common.doubles()
      let places = try (0...1).map { slot -> Value in
        var first: [Double: Int] = [:]
        for (place, number) in try a.array(slot).reshape([-1]).doubles().enumerated() where first[number] == nil {
          first[number] = place
        }
        return a.machine.ndarray(try Tensor(wanted.compactMap { first[$0] }))
      }
      return .tuple([a.machine.ndarray(common)] + places)
    },
    numpyRow("setdiff1d(ar1, ar2)", "The different elements of the first that the second lacks.", example: "np.setdiff1d([1, 2, 3], [2])") {
      a in
      let first = try a.array(0).unique().values
      let second = try a.array(1).unique().values
      let (values, _, counts) = try Tensor.cat(
        [first, second, second], axis: 0, promotion: .numpy
      ).unique()
      return a.machine.ndarray(try values.index([.tensor(Comparison.equal(counts, .int(1)))]))
    },
  ]

  private static func results(
    _ a: Arguments, _ values: Tensor, _ first: Tensor?, _ inverse: Tensor, _ counts: Tensor
  ) throws -> Value {
    var list = [a.machine.ndarray(values)]
    if try a.bool(1), let first { list.append(a.machine.ndarray(first)) }
    if try a.bool(2) { list.append(a.machine.ndarray(inverse)) }
    if try a.bool(3) { list.append(a.machine.ndarray(counts)) }
    return list.count == 1 ? list[0] : .tuple(list)
  }
}
