import Compute
import Language
import TensorCore

/// More names of `torch`: what asks about a tensor, copies with a part replaced, old constructors.
enum TorchMore {
  /// Functions that are methods as well.
  static let functions: [Native] = questions + copies + splits

  private static let sample = "torch.arange(6.)"

  private static let questions: [Native] = [
    Native("is_nonzero(input)", "Whether the one element is not 0.", example: "torch.is_nonzero(torch.tensor(1.))") { a in
      let x = try a.torchTensor(0)
      guard x.count == 1 else {
        throw Raise(
          .runtimeError,
          x.count == 0
            ? "Boolean value of Tensor with no values is ambiguous"
            : "Boolean value of Tensor with more than one value is ambiguous")
      }
      return .bool(try x.item().bool)
    },
    Native("is_signed(input)", "Whether the dtype has negative numbers.", example: "torch.is_signed(\(sample))") { a in
      .bool(try a.torchTensor(0).dtype.isSigned)
    },
    Native("is_same_size(input, other)", "Whether the shapes are equal.", example: "torch.is_same_size(\(sample), \(sample))") { a in
      .bool(try a.torchTensor(0).shape == a.torchTensor(1).shape)
    },
    Native("is_conj(input)", "False: conjugates are computed at once.", example: "torch.is_conj(\(sample))") { a in
      _ = try a.torchTensor(0)
      return .bool(false)
    },
    Native("is_neg(input)", "False: negatives are computed at once.", example: "torch.is_neg(\(sample))") { a in
      _ = try a.torchTensor(0)
      return .bool(false)
    },
    Native("is_inference(input)", "False: tensors can always be recorded.", example: "torch.is_inference(\(sample))") { a in
      _ = try a.torchTensor(0)
      return .bool(false)
    },
    Native("get_device(input)", "-1: the processor.", example: "torch.get_device(\(sample))") { a in
      _ = try a.torchTensor(0)
      return .int(-1)
    },
  ]

  /// A copy in which a view, taken from it, is overwritten.
  private static func replaced(_ a: Arguments, _ view: (Tensor) throws -> Tensor) throws -> Tensor {
    let (x, source) = (try a.torchTensor(0), try a.torchTensor(1))
    let copy = try x.clone()
    let place = try view(copy)
    guard place.shape == source.shape else {
      throw Raise(
        .runtimeError,
        "expected src to have a size equal to the slice of self. src size = \(source.shape), slice size = \(place.shape)")
    }
    try place.copy(from: source)
    return copy
  }

  private static let copies: [Native] = [
    torchRow("narrow_copy(input, dim, start, length)", "A copy of a stretch of an axis.", "torch.narrow_copy(\(sample), 0, 1, 2)") {
      try $0.torchTensor(0).narrow($0.int(1), start: $0.int(2), length: $0.int(3)).clone()
    },
    torchRow("select_scatter(input, src, dim, index)", "A copy with one place of an axis replaced.", "torch.select_scatter(torch.zeros(2, 2), torch.ones(2), 0, 0)") { a in
      try replaced(a) { try $0.select(a.int(2), a.int(3)) }
    },
    torchRow("slice_scatter(input, src, dim=0, start=None, end=None, step=1)", "A copy with a slice of an axis replaced.", "torch.slice_scatter(torch.zeros(4), torch.ones(2), 0, 1, 3)") { a in
      try replaced(a) { x in
        let axis = try Shape.axis(a.int(2), rank: x.rank, "slice_scatter")
        let part = Index.slice(start: try a.optionalInt(3), stop: try a.optionalInt(4), step: try a.int(5))
        return try x.index([Index](repeating: .all, count: axis) + [part])
      }
    },
    torchRow("diagonal_scatter(input, src, offset=0, dim1=0, dim2=1)", "A copy with a diagonal replaced.", "torch.diagonal_scatter(torch.zeros(2, 2), torch.ones(2))") { a in
      try replaced(a) { try $0.diagonal(offset: a.int(2), a.int(3), a.int(4)) }
    },
    torchRow("as_strided_scatter(input, src, size, stride, storage_offset=None)", "A copy with a view of its memory replaced.", "torch.as_strided_scatter(torch.zeros(4), torch.ones(2), (2,), (2,))") { a in
      try replaced(a) { try $0.asStrided(a.shape(2), a.shape(3), offset: a.optionalInt(4)) }
    },
    torchRow("put(input, index, source, accumulate=False)", "A copy with elements at row-major places replaced.", "torch.put(torch.zeros(3), torch.tensor([1]), torch.tensor([5.]))") { a in
      try a.torchTensor(0).put(a.torchTensor(1), a.torchTensor(2), accumulate: a.bool(3))
    },
    Native("index_put(input, indices, values, accumulate=False)", "A copy with x[indices] = values, or += where accumulate says so.", example: "torch.index_put(torch.zeros(3), (torch.tensor([1]),), torch.tensor([5.]))") { a in
      let object = try a.tensorObject(0)
      let parts = try TensorKeys.parts(a.machine.tuple(a[1]), object, a.machine)
      let values = try a.torchTensor(2)
      if try a.bool(3) { return object.types.torch(try object.tensor.indexAdded(parts, values)) }
      let copy = try object.tensor.clone()
      try copy.assign(parts, value: values)
      return object.types.torch(copy)
    },
    torchRow("nonzero_static(input, *, size, fill_value=-1)", "The places of elements that are not 0, as many as size says.", "torch.nonzero_static(torch.tensor([0, 1]), size=1)") { a in
      let found = try a.torchTensor(0).nonzero()
      let size = try a.int(1)
      guard size >= 0 else { throw Raise(.runtimeError, "nonzero_static: 'size' must be an non-negative integer") }
      if found.shape[0] >= size { return try found.narrow(0, start: 0, length: size) }
      let rest = try Tensor.full([size - found.shape[0], found.shape[1]], .int(a.int(2)), dtype: .int64)
      return try Tensor.cat([found, rest], axis: 0)
    },
  ]

  private static func pieces(_ tensors: [Tensor], _ a: Arguments) -> Value {
    .tuple(tensors.map { a.machine.torchValue($0) })
  }

  private static let splits: [Native] = [
    Native("split_with_sizes(input, split_sizes, dim=0)", "Pieces of given sizes.", example: "torch.split_with_sizes(\(sample), [2, 4])") { a in
      pieces(try a.torchTensor(0).split(sizes: a.shape(1), axis: a.int(2)), a)
    },
    Native("unsafe_split(input, split_size, dim=0)", "Pieces of a size.", example: "torch.unsafe_split(\(sample), 2)") { a in
      pieces(try a.torchTensor(0).split(a.int(1), axis: a.int(2)), a)
    },
    Native("unsafe_chunk(input, chunks, dim=0)", "A number of pieces.", example: "torch.unsafe_chunk(\(sample), 2)") { a in
      pieces(try a.torchTensor(0).chunk(a.int(1), axis: a.int(2)), a)
    },
  ]

  // MARK: - Methods

  /// The receiver shown in another way, in place.
  private static func reshaping(_ name: String, _ doc: String, _ parameters: String, _ body: @escaping (Tensor, Arguments) throws -> Tensor) -> Native {
    Native("\(name)(self, \(parameters))", doc) { a in
      let object = try a.tensorObject(0)
      object.tensor = try body(object.tensor, a)
      return a[0]
    }
  }

  /// A flag that no tensor here has.
  private static func absent(_ name: String, _ what: String) -> NativeProperty {
    NativeProperty(name, "False: there are no \(what).") { _, _ in .bool(false) }
  }

  static let properties: [NativeProperty] = [
    absent("is_sparse", "sparse tensors"), absent("is_sparse_csr", "sparse tensors"),
    absent("is_quantized", "quantized tensors"), absent("is_meta", "tensors without memory"),
    absent("is_mps", "graphics processors"), absent("is_xpu", "graphics processors"),
    absent("is_nested", "nested tensors"), absent("is_mkldnn", "tensors of MKL-DNN"),
    NativeProperty("is_cpu", "True: tensors live on the processor.") { _, _ in .bool(true) },
    NativeProperty("layout", "`torch.strided`.") { _, machine in TorchConstant.value("torch.strided", machine) },
    NativeProperty("name", "None: tensors have no names.") { _, _ in .none },
    NativeProperty("output_nr", "Which result of its operation it is.") { _, _ in .int(0) },
  ]

  static let methods: [Native] = [
    Native("data_ptr(self)", "A number for the place of the first element: equal for views that begin there.", example: "(x := torch.ones(2)).data_ptr() == x[:1].data_ptr()") { a in
      let x = try a.torchTensor(0)
      return .int(x.memoryIdentity.hashValue & 0xFFFF_FFFF_FFFF &+ x.offset &* x.dtype.size)
    },
    Native("is_pinned(self)", "False: there is no graphics processor to pin memory for.", example: "torch.ones(1).is_pinned()") { _ in .bool(false) },
    Native("pin_memory(self)", "The tensor: there is no graphics processor to pin memory for.", example: "torch.ones(1).pin_memory()") { $0[0] },
    Native("share_memory_(self)", "The tensor: all threads see its memory.", example: "torch.ones(1).share_memory_()") { $0[0] },
    Native("is_set_to(self, other)", "Whether both show the same memory in the same way.", example: "(x := torch.ones(1)).is_set_to(x)") { a in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      return .bool(
        x.memoryIdentity == y.memoryIdentity && x.offset == y.offset && x.shape == y.shape
          && x.strides == y.strides)
    },
    Native("to_dense(self)", "The tensor: none are sparse.", example: "torch.ones(1).to_dense()") { $0[0] },
    reshaping("transpose_", "Two axes exchanged, in place.", "dim0, dim1") { try $0.transpose($1.int(1), $1.int(2)) },
    reshaping("swapaxes_", "Two axes exchanged, in place.", "axis0, axis1") { try $0.transpose($1.int(1), $1.int(2)) },
    reshaping("swapdims_", "Two axes exchanged, in place.", "dim0, dim1") { try $0.transpose($1.int(1), $1.int(2)) },
    reshaping("as_strided_", "Another view of the memory, in place.", "size, stride, storage_offset=None") {
      try $0.asStrided($1.shape(1), $1.shape(2), offset: $1.optionalInt(3))
    },
    Native("set_(self, source)", "The memory and shape of another tensor, in place.", example: "torch.ones(1).set_(torch.zeros(2))") { a in
      let object = try a.tensorObject(0)
      object.tensor = try a.torchTensor(1)
      return a[0]
    },
    Native("resize_(self, *sizes)", "In another shape, in place; elements beyond the old ones are 0.", example: "torch.ones(3).resize_(2).shape") { a in
      let object = try a.tensorObject(0)
      object.tensor = try resized(object.tensor, a.sizes(1))
      return a[0]
    },
    Native("resize_as_(self, tensor)", "In the shape of another tensor, in place.", example: "torch.ones(3).resize_as_(torch.ones(2)).shape") { a in
      let object = try a.tensorObject(0)
      object.tensor = try resized(object.tensor, a.torchTensor(1).shape)
      return a[0]
    },
    Native("map_(self, tensor, callable)", "A function of the elements of two tensors, in place.", example: "torch.ones(2).map_(torch.ones(2), lambda a, b: a + b)") { a in
      let x = try a.torchTensor(0)
      let other = try a.torchTensor(1).expand(x.shape)
      let results = try zip(x.scalars(), other.scalars()).map { left, right -> Value in
        try a.machine.call(a[2], [Value(left), Value(right)])
      }
      try x.copy(from: a.machine.tensor(.list(results), .torch, dtype: x.dtype).reshape(x.shape))
      return a[0]
    },
    Native("new_empty_strided(self, size, stride, *, dtype=None)", "Zeros that lie in memory as the strides say.", example: "torch.ones(1).new_empty_strided((2, 2), (1, 2)).stride()") { a in
      a.machine.torchValue(try strided(a.shape(1), a.shape(2), a.optionalDType(3, .torch) ?? a.torchTensor(0).dtype))
    },
  ]

  private static func resized(_ x: Tensor, _ shape: [Int]) throws -> Tensor {
    let count = try Shape.count(shape, "resize_")
    if x.requiresGrad { throw Raise(.runtimeError, "cannot resize variables that require grad") }
    let flat = try x.reshape([-1])
    if count <= flat.count { return try flat.narrow(0, start: 0, length: count).reshape(shape) }
    let result = try Tensor.zeros([count], dtype: x.dtype)
    try result.narrow(0, start: 0, length: flat.count).copy(from: flat)
    return try result.reshape(shape)
  }

  private static func strided(_ size: [Int], _ stride: [Int], _ dtype: DType) throws -> Tensor {
    guard size.count == stride.count, stride.allSatisfy({ $0 >= 0 }) else {
      throw Raise(.runtimeError, "empty_strided: size and stride must have the same length, and strides are not negative")
    }
    var reach = 1
    for (count, step) in zip(size, stride) {
      let (part, over) = max(0, count - 1).multipliedReportingOverflow(by: step)
      let (sum, over2) = reach.addingReportingOverflow(part)
      if over || over2 { throw TensorError.size(operation: "empty_strided", shape: size) }
      reach = sum
    }
    return try Tensor.zeros([reach], dtype: dtype).asStrided(size, stride, offset: nil)
  }

  // MARK: - Functions of the module

  static let others: [Native] = [
    Native("scalar_tensor(s, *, dtype=None, device=None, requires_grad=False)", "A tensor without axes.", example: "torch.scalar_tensor(3.5)") { a in
      let dtype = try a.optionalDType(1, .torch) ?? a.machine.tensorTypes.defaultDType
      return a.machine.torchValue(try Tensor(a.scalar(0), dtype: dtype, requiresGrad: a.bool(3)))
    },
    Native("asarray(obj, *, dtype=None, device=None, copy=None, requires_grad=False)", "A tensor of anything array-like, which it shares memory with where it can.", example: "torch.asarray([1, 2])") { a in
      let dtype = try a.optionalDType(1, .torch)
      if let object = a[0].asTensorObject {
        var x = object.flavor == .torch ? object.tensor : object.tensor.detach()
        if let dtype, dtype != x.dtype { x = try x.to(dtype) } else if !a[3].isNone, try a.bool(3) { x = try x.clone() }
        return a.machine.torchValue(x)
      }
      return a.machine.torchValue(try a.machine.tensor(a[0], .torch, dtype: dtype))
    },
    Native("range(start=0, end=None, step=1, *, dtype=None)", "Numbers from start to end, the end included; arange leaves it out.", example: "torch.range(1, 3)") { a in
      let (low, high) = a[1].isNone ? (0.0, try a.double(0)) : (try a.double(0), try a.double(1))
      let step = try a.double(2)
      guard step != 0 else { throw Raise(.runtimeError, "step must be nonzero") }
      guard (high - low) * step >= 0 else { throw Raise(.runtimeError, "upper bound and lower bound inconsistent with step sign") }
      let count = ((high - low) / step).rounded(.down)
      guard count.isFinite, count < 1e15 else { throw Raise(.runtimeError, "unsupported range: \(low) -> \(high)") }
      let places = try Tensor.arange(0, .int(Int(count) + 1)).to(.float64)
      return a.machine.torchValue(
        try (places * .double(step) + .double(low)).to(a.optionalDType(3, .torch) ?? a.machine.tensorTypes.defaultDType))
    },
    Native("fill(input, value)", "A tensor of one value in the shape of another.", example: "torch.fill(torch.zeros(2), 3)") { a in
      let x = try a.torchTensor(0)
      return a.machine.torchValue(try Tensor.full(x.shape, a.scalar(1), dtype: x.dtype))
    },
    Native("empty_strided(size, stride, *, dtype=None, device=None, requires_grad=False)", "Zeros that lie in memory as the strides say.", example: "torch.empty_strided((2, 2), (1, 2)).stride()") { a in
      a.machine.torchValue(try strided(a.shape(0), a.shape(1), a.optionalDType(2, .torch) ?? a.machine.tensorTypes.defaultDType))
    },
    Native("unravel_index(indices, shape)", "Flat places as places on each axis.", example: "torch.unravel_index(torch.tensor(5), (2, 3))") { a in
      let flat = try a.torchTensor(0)
      let shape = try a.shape(1)
      let count = try Shape.count(shape, "unravel_index")
      for place in try flat.ints() where place < -count || place >= count {
        throw Raise(.valueError, "unravel_index: index \(place) is out of bounds for a tensor of shape \(shape)")
      }
      var rest = try Tensor.where(Comparison.less(flat, .int(0)), flat + .int(count), flat)
      var parts: [Value] = []
      for size in shape.reversed() {
        parts.insert(a.machine.torchValue(try BinaryOperation.remainder(rest, .int(size))), at: 0)
        rest = try BinaryOperation.floorDivide(rest, .int(size))
      }
      return .tuple(parts)
    },
    Native("is_storage(obj)", "False: memory has no object of its own.", example: "torch.is_storage(1)") { _ in .bool(false) },
    Native("is_inference_mode_enabled()", "Whether an inference_mode block is open: it counts as no_grad here.", example: "torch.is_inference_mode_enabled()") { _ in .bool(false) },
    Native("are_deterministic_algorithms_enabled()", "True: results never depend on the number of threads.", example: "torch.are_deterministic_algorithms_enabled()") { _ in .bool(true) },
    Native("get_float32_matmul_precision()", "`'highest'`: products are computed in float32.", example: "torch.get_float32_matmul_precision()") { _ in .string("highest") },
    Native("set_float32_matmul_precision(precision)", "Nothing changes: products are computed in float32.", example: "torch.set_float32_matmul_precision('high')") { a in
      let name = try a.string(0)
      guard ["highest", "high", "medium"].contains(name) else {
        throw Raise(.runtimeError, "invalid float32_matmul_precision: \(name)")
      }
      return .none
    },
    Native("get_default_device()", "The processor.", example: "torch.get_default_device()") { a in
      .object(TorchDevice("cpu", nil, a.machine.tensorTypes.device))
    },
    Native("set_default_device(device)", "The processor is the only one.", example: "torch.set_default_device('cpu')") { a in
      try TorchDevice.check(a[0], a.machine)
      return .none
    },
    Native("get_num_interop_threads()", "How many threads the operations use.", example: "torch.get_num_interop_threads() > 0") { _ in
      .int(ThreadPool.threadCount)
    },
  ] + oldTypes

  /// `torch.FloatTensor([1, 2])` and its kin: older constructors of one dtype each.
  private static let oldTypes: [Native] = [
    ("FloatTensor", DType.float32), ("DoubleTensor", .float64), ("HalfTensor", .float16),
    ("BFloat16Tensor", .bfloat16), ("LongTensor", .int64), ("IntTensor", .int32), ("ShortTensor", .int16),
    ("CharTensor", .int8), ("ByteTensor", .uint8), ("BoolTensor", .bool),
  ].map { name, dtype in
    Native("\(name)(*data)", "A \(dtype) tensor of a list, or of the given sizes.", example: "torch.\(name)([1, 0])") { a in
      let items = try a.items(0)
      if items.count == 1, try items[0].asTensorObject != nil || a.machine.index(items[0]) == nil {
        if let sizes = items[0].asTuple, sizes.subclass === a.machine.tensorTypes.size {
          return a.machine.torchValue(try Tensor.zeros(a.machine.sizes(items[0], name), dtype: dtype))
        }
        return a.machine.torchValue(try TorchCreation.read(items[0], a.machine, dtype))
      }
      if items.isEmpty { return a.machine.torchValue(try Tensor.zeros([0], dtype: dtype)) }
      return a.machine.torchValue(try Tensor.zeros(a.sizes(0), dtype: dtype))
    }
  }

  static let constants: [ModuleEntry] =
    ["strided", "sparse_coo", "contiguous_format", "channels_last", "channels_last_3d", "preserve_format"].map { name in
      .value(name: name, doc: "The name of a layout of memory; tensors are strided.") {
        TorchConstant.value("torch.\(name)", $0)
      }
    } + [.value(name: "newaxis", doc: "A new axis of size 1 in a subscript: None.") { _ in .none }]

  /// `torch.random`: the functions of the stream under a module of their own.
  static let random = ModuleTable(
    "torch.random", doc: "The stream of random numbers.",
    entries: TorchRandom.functions.filter {
      ["manual_seed", "seed", "initial_seed", "get_rng_state", "set_rng_state"].contains($0.name)
    }.map { .function($0) } + [.type(ForkedStream.table)])
}

/// A name of PyTorch that prints as itself: `torch.strided`.
final class TorchConstant: Instance {
  let text: String
  init(_ text: String, _ type: TypeObject) {
    self.text = text
    super.init(type)
  }

  static func value(_ text: String, _ machine: Machine) -> Value {
    .object(TorchConstant(text, machine.type(table)))
  }

  private static let table = TypeTable(
    "layout", module: "torch", doc: "How memory is laid out.", isSubclassable: false, showsModule: true,
    methods: [
      Native("__repr__(self)", "The name.", example: "repr(torch.strided)") { a in
        .string(try a.receiver(TorchConstant.self).text)
      },
      Native("__eq__(self, other)", "Whether both are the same name.", example: "torch.ones(1).layout == torch.strided") { a in
        .bool((a[1].asInstance as? TorchConstant)?.text == (try a.receiver(TorchConstant.self).text))
      },
      Native("__hash__(self)", "By name.", example: "hash(torch.strided) == hash(torch.strided)") { a in
        .int(try a.receiver(TorchConstant.self).text.utf8.reduce(17) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF })
      },
    ])
}

/// `with torch.random.fork_rng():` the stream goes on afterwards as if the block had not drawn from it.
final class ForkedStream: Instance {
  private var before: Tensor?

  static let table = TypeTable(
    "fork_rng", module: "torch.random", doc: "A block after which the stream goes on from where it was before.",
    methods: [
      Native("__new__(cls, devices=None, enabled=True)", "The block.", example: "torch.random.fork_rng()") { a in
        guard let type = a[0].asType else { return .none }
        return .object(ForkedStream(type))
      },
      Native("__enter__(self)", "Begins the block.") { a in
        try a.receiver(ForkedStream.self).before = Generator.default.state()
        return .none
      },
      Native("__exit__(self, kind, value, traceback)", "Ends the block.") { a in
        if let state = try a.receiver(ForkedStream.self).before { try Generator.default.setState(state) }
        return .bool(false)
      },
    ])
}
