import Language
import NeuralNetworks
import TensorCore

/// `keras.ops`, and the same functions under TensorFlow's names.
enum KerasOps {
  /// A function of tensors that may be called on symbolic values as well.
  ///
  /// - Parameter body: gets the arguments as values; arrays are tensors already where they lead.
  static func op(
    _ signature: String, _ doc: String, name: String? = nil,
    _ body: @escaping (KerasCall) throws -> Value
  ) -> Native {
    let head = String(signature.prefix { $0 != "(" })
    let className = name ?? KerasNames.pascalCase(head)
    return Native(signature, doc) { a in
      let names = a.function.parameters.map(\.name)
      let values = (0..<a.count).map { a[$0] }
      return try KerasOperation.apply(className, values, a.machine) { values, machine in
        do {
          return try body(KerasCall(values, names, machine, head))
        } catch let error as NeuralNetworkError {
          throw KerasErrors.translate(error, nil)
        } catch let error as TensorError {
          throw Raise(.valueError, error.description)
        }
      }
    }
  }

  private static func unary(_ name: String, _ doc: String, _ body: @escaping (Tensor) throws -> Tensor) -> Native {
    op("\(name)(x, name=None)", doc) { c in c.value(try body(c.floats(0))) }
  }

  private static func keeping(_ name: String, _ doc: String, _ body: @escaping (Tensor) throws -> Tensor) -> Native {
    op("\(name)(x, name=None)", doc) { c in c.value(try body(c.tensor(0))) }
  }

  private static func binary(_ name: String, _ doc: String, _ body: @escaping (Tensor, Tensor) throws -> Tensor) -> Native {
    op("\(name)(x1, x2, name=None)", doc) { c in
      let (a, b) = try c.pair(0, 1)
      return c.value(try body(a, b))
    }
  }

  private static func reduction(
    _ name: String, _ doc: String, _ body: @escaping (Tensor, [Int], Bool) throws -> Tensor
  ) -> Native {
    op("\(name)(x, axis=None, keepdims=False)", doc) { c in
      c.value(try body(c.tensor(0), c.axes(1), c.flag(2)))
    }
  }

  private static func float(_ x: Tensor) throws -> Tensor { x.dtype.isFloating ? x : try x.to(.float32) }

  static let math: [Native] = [
    binary("add", "x1 + x2.") { try BinaryOperation.add($0, $1) },
    binary("subtract", "x1 - x2.") { try BinaryOperation.subtract($0, $1) },
    binary("multiply", "x1 * x2.") { try BinaryOperation.multiply($0, $1) },
    binary("divide", "x1 / x2.") { try BinaryOperation.divide($0, $1) },
    binary("true_divide", "x1 / x2.") { try BinaryOperation.divide($0, $1) },
    binary("floor_divide", "x1 // x2.") { try $0.floorDivided(by: $1) },
    binary("mod", "x1 % x2.") { try $0.remainder($1) },
    binary("power", "x1 ** x2.") { try $0.pow($1) },
    binary("maximum", "The larger of both.") { try $0.maximum($1) },
    binary("minimum", "The smaller of both.") { try $0.minimum($1) },
    binary("matmul", "The matrix product.") { try $0.matmul($1) },
    binary("equal", "Whether both are equal.") { try Comparison.equal($0, $1) },
    binary("not_equal", "Whether both differ.") { try Comparison.notEqual($0, $1) },
    binary("greater", "x1 > x2.") { try Comparison.greater($0, $1) },
    binary("greater_equal", "x1 >= x2.") { try Comparison.greaterOrEqual($0, $1) },
    binary("less", "x1 < x2.") { try Comparison.less($0, $1) },
    binary("less_equal", "x1 <= x2.") { try Comparison.lessOrEqual($0, $1) },
    binary("outer", "All products.") { try $0.reshape([-1]).outer($1.reshape([-1])) },
    keeping("abs", "The magnitudes.") { try $0.abs() },
    keeping("absolute", "The magnitudes.") { try $0.abs() },
    keeping("negative", "The negatives.") { try $0.neg() },
    keeping("square", "The squares.") { try $0.square() },
    keeping("sign", "The signs.") { try $0.sign() },
    unary("sqrt", "The roots.") { try $0.sqrt() }, unary("rsqrt", "1 / root.") { try $0.rsqrt() },
    unary("exp", "e to the power.") { try $0.exp() }, unary("expm1", "exp(x) - 1.") { try $0.expm1() },
    unary("log", "Natural logarithms.") { try $0.log() }, unary("log1p", "log(1 + x).") { try $0.log1p() },
    unary("log2", "Logarithms to base 2.") { try $0.log2() },
    unary("log10", "Logarithms to base 10.") { try $0.log10() },
    unary("sin", "Sines.") { try $0.sin() }, unary("cos", "Cosines.") { try $0.cos() },
    unary("tan", "Tangents.") { try $0.tan() }, unary("sinh", "Hyperbolic sines.") { try $0.sinh() },
    unary("cosh", "Hyperbolic cosines.") { try $0.cosh() }, unary("erf", "The error function.") { try $0.erf() },
    unary("floor", "Rounded down.") { try $0.floor() }, unary("ceil", "Rounded up.") { try $0.ceil() },
    unary("reciprocal", "1 / x.") { try $0.reciprocal() },
    op("round(x, decimals=0)", "Rounded.") { c in c.value(try c.floats(0).round(decimals: c.int(1))) },
    keeping("isnan", "Whether NaN.") { try $0.isNaN() }, keeping("isinf", "Whether infinite.") { try $0.isInfinite() },
    keeping("isfinite", "Whether finite.") { try $0.isFinite() },
    keeping("logical_not", "Not.") { try $0.logicalNot() },
    binary("logical_and", "And.") { try Comparison.and($0.to(.bool), $1.to(.bool)) },
    binary("logical_or", "Or.") { try $0.to(.bool).to(.int32).maximum($1.to(.bool).to(.int32)).to(.bool) },
    op("clip(x, x_min, x_max)", "Brought between two bounds.") { c in
      c.value(try c.tensor(0).clamp(min: c.scalar(1), max: c.scalar(2)))
    },
    reduction("sum", "The sum.") { try $0.sum($1, keepDims: $2) },
    reduction("mean", "The mean.") { try float($0).mean($1, keepDims: $2) },
    reduction("prod", "The product.") { try $0.prod($1, keepDims: $2) },
    reduction("max", "The largest.") { try $0.amax($1, keepDims: $2) },
    reduction("min", "The smallest.") { try $0.amin($1, keepDims: $2) },
    reduction("amax", "The largest.") { try $0.amax($1, keepDims: $2) },
    reduction("amin", "The smallest.") { try $0.amin($1, keepDims: $2) },
    reduction("var", "The variance.") { try float($0).variance($1, correction: 0, keepDims: $2) },
    reduction("std", "The deviation.") { try float($0).variance($1, correction: 0, keepDims: $2).sqrt() },
    reduction("any", "Whether any holds.") { try $0.any($1, keepDims: $2) },
    reduction("all", "Whether all hold.") { try $0.all($1, keepDims: $2) },
    reduction("logsumexp", "log(sum(exp(x))).") {
      try float($0).logSumExp($1.isEmpty ? Array(0..<$0.rank) : $1, keepDims: $2)
    },
    op("argmax(x, axis=None, keepdims=False)", "The place of the largest.") { c in
      c.value(try c.tensor(0).argmax(axis: c.optionalInt(1), keepDims: c.flag(2)).to(.int32))
    },
    op("argmin(x, axis=None, keepdims=False)", "The place of the smallest.") { c in
      c.value(try c.tensor(0).argmin(axis: c.optionalInt(1), keepDims: c.flag(2)).to(.int32))
    },
    op("cumsum(x, axis=None, dtype=None)", "Running sums.") { c in
      let x = try c.tensor(0)
      return c.value(try c.isNone(1) ? x.reshape([-1]).cumsum(0) : x.cumsum(c.int(1)))
    },
    op("norm(x, ord=None, axis=None, keepdims=False)", "The length.") { c in
      c.value(try c.floats(0).norm(c.axes(2), order: c.isNone(1) ? 2 : c.double(1), keepDims: c.flag(3)))
    },
    op("dot(x1, x2)", "The product of vectors or matrices.") { c in
      let (a, b) = try c.pair(0, 1)
      if a.rank == 0 || b.rank == 0 { return c.value(try a.multiplied(by: b)) }
      return c.value(try a.matmul(b))
    },
    op("tensordot(x1, x2, axes=2)", "Products over axes.") { c in
      let (a, b) = try c.pair(0, 1)
      if let n = try? c.int(2) {
        return c.value(
          try a.tensordot(b, Array(max(0, a.rank - n)..<a.rank), Array(0..<min(max(0, n), b.rank))))
      }
      let pair = try c.machine.array(c.values[2])
      guard pair.count == 2 else { throw Raise(.valueError, "axes is a number or a pair") }
      func list(_ v: Value) throws -> [Int] {
        try c.machine.index(v).map { [$0] } ?? c.machine.sizes(v, "tensordot")
      }
      return c.value(try a.tensordot(b, list(pair[0]), list(pair[1])))
    },
    op("einsum(subscripts, *operands)", "Sums of products by an equation.") { c in
      let tensors = try (c.values[1].asTuple?.items ?? []).map { try c.machine.kerasTensor($0) }
      guard !tensors.isEmpty else { throw Raise(.valueError, "einsum needs operands") }
      return c.value(try Tensor.einsum(c.values[0].swiftString ?? "", tensors))
    },
  ]

  static let shapes: [Native] = [
    op("reshape(x, newshape)", "In another shape.") { c in c.value(try c.tensor(0).reshape(c.sizes(1))) },
    op("transpose(x, axes=None)", "The axes in another order.") { c in
      let x = try c.tensor(0)
      return c.value(try c.isNone(1) ? x.reversedAxes : x.permute(c.sizes(1)))
    },
    op("expand_dims(x, axis)", "A new axis of size 1.") { c in c.value(try c.tensor(0).unsqueeze(c.int(1))) },
    op("squeeze(x, axis=None)", "Without axes of size 1.") { c in
      c.value(try c.tensor(0).squeeze(c.optionalInt(1)))
    },
    op("concatenate(xs, axis=0)", "One behind the other.", name: "Concatenate") { c in
      c.value(try Tensor.cat(c.list(0), axis: c.int(1)))
    },
    op("stack(x, axis=0)", "Above each other, with a new axis.") { c in
      c.value(try Tensor.stack(c.list(0), axis: c.int(1)))
    },
    op("split(x, indices_or_sections, axis=0)", "In pieces.") { c in
      let x = try c.tensor(0)
      let axis = try c.int(2)
      if let parts = try c.machine.index(c.values[1]) {
        guard parts > 0 else { throw Raise(.valueError, "split: the number of pieces must be positive") }
        return .list(try x.chunk(parts, axis: axis).map { c.value($0) })
      }
      var start = 0
      let place = axis < 0 ? axis + x.rank : axis
      guard x.shape.indices.contains(place) else { throw Raise(.valueError, "split: no axis \(axis)") }
      var pieces: [Value] = []
      for end in try c.machine.ints(c.values[1]) + [x.shape[place]] {
        pieces.append(c.value(try x.narrow(place, start: start, length: max(0, end - start))))
        start = end
      }
      return .list(pieces)
    },
    op("repeat(x, repeats, axis=None)", "Every element several times.") { c in
      let x = try c.tensor(0)
      let (t, axis) = try c.isNone(2) ? (x.reshape([-1]), 0) : (x, c.int(2))
      let n = try c.int(1)
      let place = axis < 0 ? axis + t.rank : axis
      guard n >= 0, t.shape.indices.contains(place) else { throw Raise(.valueError, "repeat: wrong axis or count") }
      let rows = try Tensor((0..<t.shape[place]).flatMap { Array(repeating: $0, count: n) })
      return c.value(try t.indexSelect(place, rows))
    },
    op("tile(x, repeats)", "The whole several times.") { c in c.value(try c.tensor(0).repeated(c.sizes(1))) },
    op("flip(x, axis=None)", "Turned around.") { c in
      let x = try c.tensor(0)
      return c.value(try x.flip(c.isNone(1) ? Array(0..<x.rank) : c.axes(1)))
    },
    op("roll(x, shift, axis=None)", "Shifted around.") { c in
      c.value(try c.tensor(0).roll(c.int(1), axis: c.optionalInt(2)))
    },
    op("pad(x, pad_width, mode='constant', constant_values=None)", "More elements around.") { c in
      let x = try c.tensor(0)
      let pairs = try c.machine.array(c.values[1]).map { try c.machine.ints($0) }
      guard pairs.count == x.rank, pairs.allSatisfy({ $0.count == 2 }) else {
        throw Raise(.valueError, "pad: pad_width is a pair for each of the \(x.rank) axes")
      }
      let mode: PadMode = c.values[2].swiftString == "reflect" ? .reflect : c.values[2].swiftString == "symmetric"
        ? .symmetric : .constant(c.isNone(3) ? 0 : try c.scalar(3))
      return c.value(try x.padded(pairs.map { ($0[0], $0[1]) }, mode))
    },
    op("where(condition, x1=None, x2=None)", "One or the other.") { c in
      let condition = try c.tensor(0).to(.bool)
      if c.isNone(1) {
        let places = try condition.nonzero()
        return .list(try (0..<condition.rank).map { c.value(try places.select(1, $0)) })
      }
      let (a, b) = try c.pair(1, 2)
      return c.value(try Tensor.where(condition, a, b))
    },
    op("take(x, indices, axis=None)", "Elements by their places.") { c in
      let x = try c.tensor(0)
      let places = try c.tensor(1).to(.int64)
      let axis = try c.isNone(2) ? 0 : c.int(2)
      let source = try c.isNone(2) ? x.reshape([-1]) : x
      let place = axis < 0 ? axis + source.rank : axis
      guard source.shape.indices.contains(place) else { throw Raise(.valueError, "take: no axis \(axis)") }
      let flat = try source.indexSelect(place, places.reshape([-1]))
      return c.value(
        try flat.reshape(Array(source.shape[..<place]) + places.shape + Array(source.shape[(place + 1)...])))
    },
    op("sort(x, axis=-1)", "In order.") { c in c.value(try c.tensor(0).sort(axis: c.int(1)).values) },
    op("argsort(x, axis=-1)", "The places in order.") { c in
      c.value(try c.tensor(0).argsort(axis: c.int(1)).to(.int32))
    },
    op("top_k(x, k, sorted=True)", "The k largest and their places.") { c in
      let (values, places) = try c.tensor(0).topk(c.int(1))
      return .tuple([c.value(values), c.value(try places.to(.int32))])
    },
    op("tril(x, k=0)", "The lower triangle.") { c in c.value(try c.tensor(0).tril(c.int(1))) },
    op("triu(x, k=0)", "The upper triangle.") { c in c.value(try c.tensor(0).triu(c.int(1))) },
    op("swapaxes(x, axis1, axis2)", "Two axes exchanged.") { c in
      c.value(try c.tensor(0).transpose(c.int(1), c.int(2)))
    },
    op("broadcast_to(x, shape)", "Repeated to a shape.") { c in c.value(try c.tensor(0).expand(c.sizes(1))) },
    op("cast(x, dtype)", "With another dtype.") { c in
      c.value(try c.tensor(0).to(KerasDType.read(c.values[1], c.machine)))
    },
    op("one_hot(x, num_classes, axis=-1, dtype=None)", "Rows with a 1 at the class.") { c in
      c.value(try c.tensor(0).to(.int64).oneHot(classes: c.int(1)).to(.float32))
    },
    op("stop_gradient(x)", "The same, where no gradient flows.") { c in c.value(try c.tensor(0).detach()) },
    op("softmax(x, axis=-1)", "Probabilities.") { c in c.value(try c.floats(0).softmax(axis: c.int(1))) },
    op("log_softmax(x, axis=-1)", "Logarithms of probabilities.") { c in
      c.value(try c.floats(0).logSoftmax(axis: c.int(1)))
    },
    op("normalize(x, axis=-1, order=2, epsilon=None)", "At length 1.") { c in
      let x = try c.floats(0)
      return c.value(
        try x.divided(by: x.norm([c.int(1)], order: c.double(2), keepDims: true).clamp(min: 1e-12)))
    },
    op("binary_crossentropy(target, output, from_logits=False)", "Elementwise entropy.") { c in
      let (t, p) = (try c.floats(0), try c.floats(1))
      return c.value(try BinaryCrossEntropy(fromLogits: c.flag(2), epsilon: 1e-7).each(p, t))
    },
    op("categorical_crossentropy(target, output, from_logits=False, axis=-1)", "Entropy by rows.") { c in
      c.value(
        try KerasLossRules.categoricalCrossentropy(c.tensor(0), c.floats(1), fromLogits: c.flag(2), axis: c.int(3)))
    },
    op("sparse_categorical_crossentropy(target, output, from_logits=False, axis=-1)", "Entropy by rows.") { c in
      c.value(
        try KerasLossRules.sparseCategoricalCrossentropy(
          c.tensor(0), c.floats(1), fromLogits: c.flag(2), axis: c.int(3)))
    },
  ]

  /// Functions that symbolic values do not change.
  static let plain: [Native] = [
    Native("shape(x)", "The sizes of the axes, as a tuple.") { a in
      if let symbolic = a[0].asInstance as? KerasTensor { return KerasShape.value(symbolic.shape) }
      return KerasShape.value(try a.machine.tensorflowTensor(a[0]).shape.map { $0 })
    },
    Native("convert_to_tensor(x, dtype=None, sparse=None)", "A tensor.") { a in
      a.machine.kerasValue(
        try a.machine.tensorflowTensor(a[0], dtype: a[1].isNone ? nil : KerasDType.read(a[1], a.machine)))
    },
    Native("convert_to_numpy(x)", "An array.") { a in
      a.machine.ndarray(try a.machine.tensorflowTensor(a[0]).detach())
    },
    Native("zeros(shape, dtype=None)", "All 0.") { a in try filled(a, 0, dtype: 1) },
    Native("ones(shape, dtype=None)", "All 1.") { a in try filled(a, 1, dtype: 1) },
    Native("full(shape, fill_value, dtype=None)", "All the same.") { a in
      let shape = try sizes(a[0], a.machine)
      let value = try a.machine.tensorflowTensor(a[1])
      let tensor = try value.expand(shape).contiguous()
      return a.machine.kerasValue(a[2].isNone ? tensor : try tensor.to(KerasDType.read(a[2], a.machine)))
    },
    op("zeros_like(x, dtype=None)", "All 0, of the same shape.") { c in c.value(try Tensor.zerosLike(c.tensor(0).detach())) },
    op("ones_like(x, dtype=None)", "All 1, of the same shape.") { c in c.value(try Tensor.onesLike(c.tensor(0).detach())) },
    Native("eye(N, M=None, k=0, dtype=None)", "Ones on the diagonal.") { a in
      a.machine.kerasValue(try Tensor.eye(a.int(0), a.optionalInt(1)))
    },
    Native("arange(start, stop=None, step=None, dtype=None)", "Numbers in steps.") { a in try arange(a) },
    Native("linspace(start, stop, num=50)", "Numbers at even distances.") { a in
      let n = try a.int(2)
      guard n >= 0, n < 1 << 28 else { throw a.mismatch(2, expected: "a number of at least 0") }
      let (low, high) = (try a.double(0), try a.double(1))
      let numbers = (0..<n).map { Float(low + (high - low) * Double($0) / Double(max(1, n - 1))) }
      return a.machine.kerasValue(try Tensor(numbers))
    },
  ]

  static func sizes(_ value: Value, _ machine: Machine) throws -> [Int] {
    if let one = try machine.index(value) { return [one] }
    if let tensor = value.asTensorObject?.tensor { return try tensor.ints() }
    return try machine.array(value).map { item in
      if let size = try machine.index(item) { return size }
      throw Raise(.typeError, "a shape is a tuple of integers, got \(try machine.repr(value))")
    }
  }

  static func filled(_ a: Arguments, _ value: Double, dtype place: Int) throws -> Value {
    let dtype = a[place].isNone ? DType.float32 : try KerasDType.read(a[place], a.machine)
    let tensor = try Tensor.zeros(sizes(a[0], a.machine), dtype: dtype)
    if value != 0 { try tensor.fill(.double(value)) }
    return a.machine.kerasValue(tensor)
  }

  static func arange(_ a: Arguments) throws -> Value {
    let (first, second) = (try a.double(0), try a.optionalDouble(1))
    let (start, stop) = second.map { (first, $0) } ?? (0, first)
    let step = try a.optionalDouble(2) ?? 1
    guard step != 0, step.isFinite, start.isFinite, stop.isFinite else {
      throw Raise(.valueError, "range: the step must not be 0, and all numbers finite")
    }
    let count = max(0, ((stop - start) / step).rounded(.up))
    guard count < 1e9 else { throw Raise(.memoryError, "range: \(count) numbers are asked for") }
    let numbers = (0..<Int(count)).map { start + Double($0) * step }
    func isWhole(_ value: Value) -> Bool { if case .float = value { false } else { true } }
    let dtype: DType = a[3].isNone || a[3].swiftString == "range"
      ? (isWhole(a[0]) && isWhole(a[1]) && isWhole(a[2]) ? .int32 : .float32)
      : try KerasDType.read(a[3], a.machine)
    return a.machine.kerasValue(try Tensor(numbers, dtype: .float64).to(dtype))
  }

  static let all: [Native] = {
    var seen: Set<String> = []
    return (math + shapes + plain + KerasNumpyOps.all).filter { seen.insert($0.name).inserted }
  }()
}

/// The arguments of an operation.
struct KerasCall {
  let values: [Value]
  let names: [String]
  let machine: Machine
  let name: String
  init(_ values: [Value], _ names: [String], _ machine: Machine, _ name: String) {
    self.values = values
    self.names = names
    self.machine = machine
    self.name = name
  }

  func isNone(_ i: Int) -> Bool { i >= values.count || values[i].isNone || values[i].isUndefined }
  func tensor(_ i: Int) throws -> Tensor { try machine.tensorflowTensor(values[i]) }
  func floats(_ i: Int) throws -> Tensor {
    let t = try tensor(i)
    return t.dtype.isFloating ? t : try t.to(.float32)
  }
  func value(_ tensor: Tensor) -> Value { machine.kerasValue(tensor) }
  func list(_ i: Int) throws -> [Tensor] {
    let items = try machine.array(values[i]).map { try machine.tensorflowTensor($0) }
    guard !items.isEmpty else { throw Raise(.valueError, "\(name): a list of tensors is needed, got none") }
    return items
  }
  /// Two operands; plain numbers take the type of the other.
  func pair(_ i: Int, _ j: Int) throws -> (Tensor, Tensor) {
    let (x, y) = (values[i], values[j])
    func isPlain(_ v: Value) -> Bool {
      switch v {
      case .int, .float, .bool: true
      default: false
      }
    }
    let (a, b) = (try tensor(i), try tensor(j))
    if isPlain(y), !isPlain(x), a.dtype.isFloating || !b.dtype.isFloating { return (a, try b.to(a.dtype)) }
    if isPlain(x), !isPlain(y), b.dtype.isFloating || !a.dtype.isFloating { return (try a.to(b.dtype), b) }
    return (a, b)
  }
  func int(_ i: Int) throws -> Int {
    if let n = try machine.index(values[i]) { return n }
    if let n = try machine.scalar(values[i])?.int { return n }
    throw Raise(
      .typeError, "\(name)(): \(i < names.count ? names[i] : "argument") must be int, got \(machine.typeName(values[i]))")
  }
  func optionalInt(_ i: Int) throws -> Int? { isNone(i) ? nil : try int(i) }
  func double(_ i: Int) throws -> Double {
    if let n = try machine.float(values[i]) ?? machine.scalar(values[i])?.double { return n }
    if values[i].swiftString == "euclidean" || values[i].swiftString == "fro" { return 2 }
    throw Raise(.typeError, "\(name)(): a number is needed, got \(machine.typeName(values[i]))")
  }
  func scalar(_ i: Int) throws -> Scalar { .double(try double(i)) }
  func flag(_ i: Int) throws -> Bool { isNone(i) ? false : try machine.truth(values[i]) }
  func axes(_ i: Int) throws -> [Int] {
    if isNone(i) { return [] }
    if let one = try machine.index(values[i]) { return [one] }
    return try machine.sizes(values[i], name)
  }
  func sizes(_ i: Int) throws -> [Int] {
    try KerasOps.sizes(values[i], machine).map { $0 }
  }
}
