import Language
import TensorCore

/// More functions of NumPy: dtypes, bits, running folds, sets of results, bytes.
enum NumpyExtras {
  static let functions: [Native] = types + bits + folds + uniques + products + orders + errors

  // MARK: - dtypes

  /// A dtype of what a function was given: a dtype, an array, or a number, which gives way.
  private enum Kind {
    case strong(DType)
    case weak(Scalar)
  }

  private static func kind(_ value: Value, _ machine: Machine) throws -> Kind {
    if let dtype = machine.dtype(value, .numpy) { return .strong(dtype) }
    switch value {
    case .int(let number): return .weak(.int(number))
    case .float(let number): return .weak(.double(number))
    case .bool: return .strong(.bool)
    default: return .strong(try machine.tensor(value, .numpy).dtype)
    }
  }

  /// Whether every value of a dtype has its place in another (`'safe'`), or the kind stays
  /// (`'same_kind'`).
  private static func casts(_ from: DType, _ to: DType, _ rule: String) throws -> Bool {
    func level(_ dtype: DType) -> Int {
      dtype == .bool ? 0 : dtype.isInteger ? dtype.isSigned ? 2 : 1 : dtype.isFloating ? 3 : 4
    }
    switch rule {
    case "no", "equiv": return from == to
    case "safe": return Promotion.numpy.join(from, to) == to
    case "same_kind": return level(from) <= level(to)
    case "unsafe": return true
    default:
      throw Raise(.valueError, "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', or 'same_value' (got '\(rule)')")
    }
  }

  private static let types: [Native] = [
    numpyRow("can_cast(from_, to, casting='safe')", "Whether values of one dtype fit another.", example: "np.can_cast(np.int32, np.float64)") { a in
      guard case .strong(let from) = try kind(a[0], a.machine) else {
        throw Raise(.typeError, "can_cast() does not support Python ints, floats, and complex because the result used to depend on the value.")
      }
      return .bool(try casts(from, a.dtype(1, .numpy), a.string(2)))
    },
    numpyRow("result_type(*arrays_and_dtypes)", "The dtype of an operation on all of them.", example: "np.result_type(np.int32, np.float32)") { a in
      var strong: DType?
      var weak: [Scalar] = []
      for item in try a.items(0) {
        switch try kind(item, a.machine) {
        case .strong(let dtype): strong = strong.map { Promotion.numpy.join($0, dtype) } ?? dtype
        case .weak(let number): weak.append(number)
        }
      }
      var result = strong
      for number in weak {
        if case .double = number {
          result = result.map { $0.isFloating || $0.isComplex ? $0 : .float64 } ?? .float64
        } else {
          result = result.map { $0 == .bool ? .int64 : $0 } ?? .int64
        }
      }
      guard let result else { throw Raise(.valueError, "at least one array or dtype is required") }
      return a.machine.tensorTypes.dtype(result, .numpy)
    },
    numpyRow("promote_types(type1, type2)", "The smallest dtype that holds both.", example: "np.promote_types('i4', 'f4')") { a in
      a.machine.tensorTypes.dtype(Promotion.numpy.join(try a.dtype(0, .numpy), try a.dtype(1, .numpy)), .numpy)
    },
    numpyRow("min_scalar_type(a)", "The smallest dtype that holds a number.", example: "np.min_scalar_type(300)") { a in
      let types = a.machine.tensorTypes
      let x = try a.array(0)
      guard x.rank == 0, x.dtype.isInteger, let number = try x.item().int else {
        if x.rank == 0, x.dtype.isFloating {
          let value = try x.item().double.magnitude
          let dtype: DType = !value.isFinite || value < 65504 ? .float16 : value < 3.4e38 ? .float32 : .float64
          return types.dtype(dtype, .numpy)
        }
        return types.dtype(x.dtype, .numpy)
      }
      let wanted: [DType] = number < 0 ? [.int8, .int16, .int32] : [.uint8, .uint16, .uint32]
      return types.dtype(wanted.first { $0.integerRange?.contains(number) ?? false } ?? .int64, .numpy)
    },
    numpyRow("common_type(*arrays)", "The float dtype that holds all arrays.", example: "np.common_type(np.array([1]))") { a in
      var result: DType?
      for item in try a.items(0) {
        let dtype = try a.machine.tensor(item, .numpy).dtype
        let float = dtype.isDifferentiable ? dtype : .float64
        result = result.map { Promotion.numpy.join($0, float) } ?? float
      }
      guard let type = a.machine.tensorTypes.scalars[result ?? .float16] else { return .none }
      return .object(type)
    },
    numpyRow("astype(x, dtype, /, *, copy=True)", "A copy with another dtype.", example: "np.astype(np.array([1.7]), int)") { a in
      let (x, dtype) = (try a.array(0), try a.dtype(1, .numpy))
      if dtype == x.dtype { return try a.bool(2) ? a.machine.ndarray(x.clone()) : a[0] }
      return a.machine.ndarray(try x.to(dtype))
    },
    numpyRow("isdtype(dtype, kind)", "Whether a dtype is of a kind: 'bool', 'integral', 'real floating', 'numeric', ...", example: "np.isdtype(np.dtype('f4'), 'real floating')") { a in
      let dtype = try a.dtype(0, .numpy)
      func matches(_ value: Value) throws -> Bool {
        guard let name = value.swiftString else { return a.machine.dtype(value, .numpy) == dtype }
        switch name {
        case "bool": return dtype == .bool
        case "signed integer": return dtype.isInteger && dtype.isSigned
        case "unsigned integer": return dtype.isInteger && !dtype.isSigned
        case "integral": return dtype.isInteger
        case "real floating": return dtype.isFloating
        case "complex floating": return dtype.isComplex
        case "numeric": return dtype != .bool
        default:
          throw Raise(.valueError, "kind argument is a string, but '\(name)' is not a known kind name.")
        }
      }
      if let kinds = a[1].asTuple { return .bool(try kinds.items.contains { try matches($0) }) }
      return .bool(try matches(a[1]))
    },
    numpyRow("iterable(y)", "Whether something can be walked over.", example: "np.iterable([1, 2])") { a in
      .bool((try? a.machine.isIterable(a[0])) ?? false)
    },
    numpyRow("isfortran(a)", "Whether only the first axis lies without gaps.", example: "np.isfortran(np.eye(2))") { a in
      let x = try a.array(0)
      return .bool(!x.isContiguous && x.reversedAxes.isContiguous)
    },
    numpyRow("asfortranarray(a, dtype=None)", "An array whose first axis lies without gaps.", example: "np.asfortranarray(np.eye(2)).flags.f_contiguous") { a in
      let x = try a.array(0, dtype: a.optionalDType(1, .numpy))
      return a.machine.ndarray(try x.reversedAxes.contiguous().reversedAxes)
    },
    numpyRow("asarray_chkfinite(a, dtype=None)", "The array, refused where it has NaN or an infinity.", example: "np.asarray_chkfinite([1, 2])") { a in
      let x = try a.array(0, dtype: a.optionalDType(1, .numpy))
      if x.dtype.isDifferentiable, try !x.isFinite().all().item().bool {
        throw Raise(.valueError, "array must not contain infs or NaNs")
      }
      return a.machine.ndarray(x)
    },
    numpyRow("frombuffer(buffer, dtype=float, count=-1, offset=0)", "An array of the bytes of something.", example: "np.frombuffer(b'\\x01\\x02', dtype=np.uint8)") { a in
      guard let bytes = (a[0].object as? BytesObject)?.bytes else {
        throw Raise(.typeError, "a bytes-like object is required, not '\(a.machine.typeName(a[0]))'")
      }
      let dtype = try a.dtype(1, .numpy)
      let (offset, wanted) = (try a.int(3), try a.int(2))
      guard offset >= 0, offset < max(1, bytes.count) else {
        throw Raise(.valueError, "offset must be non-negative and no greater than buffer length (\(bytes.count))")
      }
      let room = bytes.count - offset
      guard wanted >= 0 || room % dtype.size == 0 else {
        throw Raise(.valueError, "buffer size must be a multiple of element size")
      }
      let count = wanted >= 0 ? wanted : room / dtype.size
      guard count <= room / dtype.size else {
        throw Raise(.valueError, "buffer is smaller than requested size")
      }
      let result = try Tensor.zeros([count], dtype: dtype)
      try result.withMutableBytes { target in
        for i in 0..<(count * dtype.size) { target[i] = CChar(bitPattern: bytes[offset + i]) }
      }
      return a.machine.ndarray(dtype == .bool ? try result.to(.uint8).to(.bool) : result)
    },
  ]

  // MARK: - Bits

  private static let bits: [Native] = [
    numpyRow("bitwise_count(x)", "How many bits of the magnitude are set.", example: "np.bitwise_count([7, 8])") { a in
      let x = try a.array(0)
      guard x.dtype.isInteger else { throw Raise(.typeError, "ufunc 'bitwise_count' not supported for the input types") }
      let counts = try x.ints().map { $0.magnitude.nonzeroBitCount }
      return try a.machine.numpyValue(Tensor(counts, shape: x.shape, dtype: .uint8))
    },
    numpyRow("packbits(a, axis=None, bitorder='big')", "Truth values as the bits of bytes.", example: "np.packbits([1, 0, 0, 0, 0, 0, 0, 1])") { a in
      let x = try a.array(0)
      guard a[1].isNone || x.rank == 1 else { throw Raise(.valueError, "packbits: only the flat array is packed here") }
      let flags = try x.to(.bool).ints()
      let little = try a.string(2) == "little"
      let bytes = stride(from: 0, to: flags.count, by: 8).map { start -> Int in
        (0..<8).reduce(0) { sum, i in
          let bit = start + i < flags.count ? flags[start + i] : 0
          return sum | bit << (little ? i : 7 - i)
        }
      }
      return a.machine.ndarray(try Tensor(bytes, dtype: .uint8))
    },
    numpyRow("unpackbits(a, axis=None, count=None, bitorder='big')", "The bits of bytes as truth values.", example: "np.unpackbits(np.array([5], dtype=np.uint8))") { a in
      let x = try a.array(0)
      guard x.dtype == .uint8 else { throw Raise(.typeError, "Expected an input array of unsigned byte data type") }
      let little = try a.string(3) == "little"
      var flags = try x.ints().flatMap { byte in (0..<8).map { byte >> (little ? $0 : 7 - $0) & 1 } }
      if let count = try a.optionalInt(2) {
        try Shape.affordable([max(0, count)], "unpackbits")
        flags = count < 0 ? Array(flags.dropLast(min(flags.count, count == .min ? .max : -count)))
          : flags.count >= count ? Array(flags.prefix(count))
          : flags + [Int](repeating: 0, count: count - flags.count)
      }
      return a.machine.ndarray(try Tensor(flags, dtype: .uint8))
    },
    numpyRow("spacing(x)", "The gap to the next number away from 0.", example: "np.spacing(1.0)") { a in
      let x = try a.array(0)
      let wide = x.dtype.isFloating ? x : try x.to(.float64)
      let away = try Tensor.where(Comparison.less(wide, .int(0)), .double(-.infinity), Tensor(.double(.infinity), dtype: wide.dtype)).to(wide.dtype)
      return try a.machine.numpyValue(BinaryOperation.nextafter(wide, away, promotion: .numpy) - wide)
    },
  ]

  // MARK: - Folds

  private static func cumulative(_ name: String, _ doc: String, _ fold: @escaping (Tensor, Int) throws -> Tensor, start: Int) -> Native {
    numpyRow("\(name)(x, /, *, axis=None, dtype=None, out=None, include_initial=False)", doc, example: "np.\(name)([1, 2, 3])") { a in
      let x = try a.array(0, dtype: a.optionalDType(2, .numpy))
      guard let axis = try a.axis(1) ?? (x.rank == 1 ? 0 : nil) else {
        throw Raise(.valueError, "For arrays which have more than one dimension ``axis`` argument is required.")
      }
      var result = try fold(x, axis)
      if try a.bool(4) {
        let along = try Shape.axis(axis, rank: x.rank, name)
        var shape = result.shape
        shape[along] = 1
        result = try Tensor.cat([Tensor.full(shape, .int(start), dtype: result.dtype), result], axis: along)
      }
      return a.machine.ndarray(result)
    }
  }

  private static let folds: [Native] = [
    cumulative("cumulative_sum", "The running sum along an axis.", { try $0.cumsum($1) }, start: 0),
    cumulative("cumulative_prod", "The running product along an axis.", { try $0.cumprod($1) }, start: 1),
    numpyRow("unwrap(p, discont=None, axis=-1, *, period=6.283185307179586)", "Angles without jumps: each differs by at most half a period from the one before.", example: "np.unwrap([0.0, 3.0, 7.0])") { a in
      let x = try a.array(0, dtype: .float64)
      let axis = try Shape.axis(a.int(2), rank: x.rank, "unwrap")
      guard x.rank > 0, x.shape[axis] > 1 else { return a.machine.ndarray(try x.clone()) }
      let (period, n) = (try a.double(3), x.shape[axis])
      let limit = try max(a.optionalDouble(1) ?? period / 2, period / 2)
      let first = try x.narrow(axis, start: 0, length: 1)
      let gaps = try x.narrow(axis, start: 1, length: n - 1) - x.narrow(axis, start: 0, length: n - 1)
      var inside = try BinaryOperation.remainder(gaps + .double(period / 2), .double(period)) - .double(period / 2)
      let isEdge = try Comparison.and(
        inside.equal(.double(-period / 2)), Comparison.greater(gaps, .int(0)))
      inside = try Tensor.where(isEdge, .double(period / 2), inside)
      let corrections = try Tensor.where(
        Comparison.less(gaps.abs(), .double(limit)), .double(0), inside - gaps)
      return a.machine.ndarray(
        try Tensor.cat([first, x.narrow(axis, start: 1, length: n - 1) + corrections.cumsum(axis)], axis: axis))
    },
    numpyRow("apply_over_axes(func, a, axes)", "A function applied along one axis after the other.", example: "np.apply_over_axes(np.sum, np.ones((2, 3)), [0, 1])") { a in
      var x = try a.array(1)
      for axis in try a.shape(2) {
        let along = try Shape.axis(axis, rank: x.rank, "apply_over_axes")
        let result = try a.machine.tensor(a.machine.call(a[0], [a.machine.ndarray(x), .int(along)]), .numpy)
        x = result.rank == x.rank ? result : try result.unsqueeze(along)
      }
      return a.machine.ndarray(x)
    },
    numpyRow("histogram_bin_edges(a, bins=10, range=None, weights=None)", "The edges of the bins that histogram uses.", example: "np.histogram_bin_edges([1, 2, 4], bins=3)") { a in
      guard let row = histogram else { return .none }
      let pair = try a.machine.call(
        .object(NativeFunction(row)), [a[0]], keywords: [("bins", a[1]), ("range", a[2])])
      return pair.asTuple?[1] ?? .none
    },
    numpyRow("sort_complex(a)", "Sorted as complex numbers.", example: "np.sort_complex([3, 1, 2])") { a in
      let x = try a.array(0)
      guard !x.dtype.isComplex else { throw Raise(.typeError, "sort_complex: complex numbers are not ordered here") }
      return a.machine.ndarray(try x.sort().values.to(.complex128))
    },
  ]

  private static let histogram = (NumpySorting.functions + NumpyMoreMath.functions + NumpyMoreMath.counts
    + NumpyReductions.statistics + NumpyPlaces.functions + NumpyCurves.functions)
    .first { $0.name == "histogram" }

  // MARK: - Unique elements

  private static let uniqueRow = NumpySorting.functions.first { $0.name == "unique" }

  private static func unique(_ a: Arguments, _ names: [String]) throws -> Value {
    guard let row = uniqueRow else { return .none }
    return try a.machine.call(
      .object(NativeFunction(row)), [.object(TensorObject(a.array(0).reshape([-1]), type: a.machine.tensorTypes.numpy, flavor: .numpy, types: a.machine.tensorTypes))],
      keywords: names.map { ($0, .bool(true)) })
  }

  private static let uniques: [Native] = [
    numpyRow("unique_values(x)", "The different elements.", example: "np.unique_values([2, 1, 2])") { try unique($0, []) },
    numpyRow("unique_counts(x)", "The different elements and how often each occurs.", example: "np.unique_counts([2, 1, 2])[1]") { a in
      named("UniqueCountsResult", ["values", "counts"], try unique(a, ["return_counts"]), a.machine)
    },
    numpyRow("unique_inverse(x)", "The different elements and where each element is among them.", example: "np.unique_inverse([2, 1, 2])[1]") { a in
      named("UniqueInverseResult", ["values", "inverse_indices"], try unique(a, ["return_inverse"]), a.machine)
    },
    numpyRow("unique_all(x)", "The different elements, their first places, where each is, and how often.", example: "np.unique_all([2, 1, 2])[3]") { a in
      named(
        "UniqueAllResult", ["values", "indices", "inverse_indices", "counts"],
        try unique(a, ["return_index", "return_inverse", "return_counts"]), a.machine)
    },
    numpyRow("unstack(x, /, *, axis=0)", "The slices along an axis.", example: "np.unstack(np.eye(2))[0]") { a in
      let x = try a.array(0)
      let axis = try Shape.axis(a.int(1), rank: x.rank, "unstack")
      guard x.rank > 0 else { throw Raise(.valueError, "Input array must be at least 1-d.") }
      return .tuple(try (0..<x.shape[axis]).map { a.machine.ndarray(try x.select(axis, $0)) })
    },
    numpyRow("diag_indices_from(arr)", "The places of the diagonal of an array.", example: "np.diag_indices_from(np.eye(2))") { a in
      let x = try a.array(0)
      guard x.rank >= 2 else { throw Raise(.valueError, "input array must be at least 2-d") }
      guard Set(x.shape).count == 1 else { throw Raise(.valueError, "All dimensions of input must be of equal length") }
      let places = try Tensor.arange(0, .int(x.shape[0]))
      return .tuple((0..<x.rank).map { _ in a.machine.ndarray(places) })
    },
    numpyRow("mask_indices(n, mask_func, k=0)", "The places where a function leaves a matrix of ones.", example: "np.mask_indices(3, np.triu)[0]") { a in
      let ones = a.machine.ndarray(try Tensor.ones([a.int(0), a.int(0)], dtype: .int64))
      let mask = try a.machine.tensor(a.machine.call(a[1], [ones, a[2]]), .numpy)
      return .tuple(try NumpyMath.places(mask, a.machine))
    },
  ]

  private static func named(_ name: String, _ fields: [String], _ value: Value, _ machine: Machine) -> Value {
    guard let items = value.asTuple?.items else { return value }
    let tuple = TupleObject(items)
    tuple.subclass = machine.type(results[name] ?? NamedResult.table(name, fields: fields))
    return .object(tuple)
  }

  private static let results: [String: TypeTable] = Dictionary(
    [
      ("UniqueCountsResult", ["values", "counts"]), ("UniqueInverseResult", ["values", "inverse_indices"]),
      ("UniqueAllResult", ["values", "indices", "inverse_indices", "counts"]),
    ].map { name, fields in
      (
        name,
        TypeTable(
          name, module: "numpy", doc: "A tuple with names: \(fields.joined(separator: ", ")).",
          baseName: "tuple",
          properties: fields.enumerated().map { place, field in
            NativeProperty(field, "The \(field) of the result.") { value, _ in
              guard let tuple = value.asTuple, place < tuple.count else { return .none }
              return tuple[place]
            }
          },
          methods: [
            Native("__repr__(self)", "All arrays by name.") { a in
              let parts = try zip(fields, a[0].asTuple?.items ?? []).map { "\($0)=\(try a.machine.repr($1))" }
              return .string("\(name)(" + parts.joined(separator: ", ") + ")")
            }
          ])
      )
    }, uniquingKeysWith: { first, _ in first })

  // MARK: - Products

  private static let products: [Native] = [
    numpyRow("matvec(x1, x2, /)", "A matrix, or a batch of them, times a vector.", example: "np.matvec(np.eye(2), [1, 2])") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      return try a.machine.numpyValue(x.matmul(y.unsqueeze(-1), promotion: .numpy).squeeze(-1))
    },
    numpyRow("vecmat(x1, x2, /)", "A vector times a matrix, or a batch of them.", example: "np.vecmat([1, 2], np.eye(2))") { a in
      let (x, y) = (try a.array(0), try a.array(1))
      return try a.machine.numpyValue(x.unsqueeze(-2).matmul(y, promotion: .numpy).squeeze(-2))
    },
  ]

  // MARK: - Walks

  private static let orders: [Native] = [
    numpyRow("nditer(op, flags=None, op_flags=None, op_dtypes=None, order='K')", "The elements of an array, or of arrays that broadcast, one after the other.", example: "[int(x) for x in np.nditer(np.arange(3))]") { a in
      guard a[1].isNone || a[1].asList?.count == 0, a[2].isNone else {
        throw Raise(
          .notImplementedError, "nditer(): flags are not there",
          hint: "np.ndenumerate(x) gives places and elements; x[...] = y writes to all")
      }
      let several = a[0].asList != nil || a[0].asTuple != nil
      let arrays = several ? try a.machine.array(a[0]).map { try a.machine.tensor($0, .numpy) } : [try a.array(0)]
      let shape = try arrays.reduce([]) { try Shape.broadcast($0, $1.shape, "nditer") }
      let flat = try arrays.map { try $0.expand(shape).reshape([-1]) }
      let count = try Shape.count(shape, "nditer")
      try Shape.affordable([count, 8], "nditer")
      return .list(
        try (0..<count).map { place in
          let row = try flat.map { a.machine.ndarray(try $0.select(0, place)) }
          return several ? .tuple(row) : row[0]
        })
    },
    numpyRow("einsum_path(subscripts, *operands, optimize='greedy')", "The order in which einsum multiplies: the given one.", example: "np.einsum_path('ij,jk->ik', np.eye(2), np.eye(2))[0]") { a in
      let count = try a.items(1).count
      return .tuple([.list([.string("einsum_path"), .tuple((0..<count).map { .int($0) })]), .string("")])
    },
  ]

  // MARK: - Warnings of arithmetic

  private static let errors: [Native] = [
    numpyRow("seterr(all=None, divide=None, over=None, under=None, invalid=None)", "What arithmetic does about errors: it does not warn here in any case. Gives the settings before.", example: "np.seterr(divide='ignore')") { a in
      try settings(a.machine)
    },
    numpyRow("geterr()", "What arithmetic does about errors.", example: "np.geterr()['over']") { a in try settings(a.machine) },
  ]

  private static func settings(_ machine: Machine) throws -> Value {
    let result = DictObject()
    for (name, value) in [("divide", "warn"), ("over", "warn"), ("under", "ignore"), ("invalid", "warn")] {
      try result.set(.string(name), .string(value), machine)
    }
    return .object(result)
  }
}
