import Compute
import Language
import TensorCore

/// The `torch` door: tensors. `torch.nn`, `torch.optim` and the others are tables of their own.
enum Torch {
  static let modules: [ModuleTable] =
    [module, TorchMore.random, TorchAutograd.module, TorchLinalg.module, TorchFourier.module, TorchSpecial.module, cuda]
    + TorchNN.modules + TorchOptimizers.modules + TorchLoader.modules + TorchFunctional.modules + backends

  static let module = ModuleTable(
    "torch", doc: "Tensors with gradients.",
    entries: types + dtypes + TorchMore.constants + functions.map { .function($0) }
      + (TorchMath.aliases + TorchSpecial.aliases + otherAliases).map { .alias($0, of: $1) })

  private static let functions: [Native] =
    TorchCreation.functions + TorchMath.functions + TorchReductions.functions
    + TorchShapes.functions + TorchShapes.joins + TorchSelection.functions + TorchRandom.functions
    + TorchAutograd.functions + TorchSpecial.functions + TorchLinalg.functions
    + TorchArrangements.functions + TorchArrangements.others + TorchScatter.functions
    + TorchStatistics.functions + TorchStatistics.others + TorchFourier.functions
    + TorchFourier.others + TorchNNFunctional.inTorch + TorchFiles.functions + [TorchFunctional.vmap] + TorchMore.functions + TorchMore.others
    + TorchActivationFunctions.functions.filter {
      ["celu", "selu", "prelu", "hardshrink", "threshold"].contains($0.name)
    } + settings

  private static let otherAliases = [
    ("concat", of: "cat"), ("concatenate", of: "cat"), ("row_stack", of: "vstack"),
    ("moveaxis", of: "movedim"), ("swapdims", of: "swapaxes"), ("ger", of: "outer"),
  ]

  private static let types: [ModuleEntry] =
    [
      .type(TorchTensor.table), .type(TorchSize.table), .type(TorchDevice.table),
      .type(DTypeObject.torchTable), .type(TorchGenerator.table), .type(NumberLimits.torchFloats),
      .type(NumberLimits.torchIntegers),
    ] + TorchAutograd.types.map { .type($0) }

  private static let dtypes: [ModuleEntry] =
    [
      ("float32", DType.float32), ("float", .float32), ("float64", .float64), ("double", .float64),
      ("int64", .int64), ("long", .int64), ("int32", .int32), ("int", .int32), ("uint8", .uint8),
      ("int8", .int8), ("int16", .int16), ("short", .int16), ("uint16", .uint16), ("uint32", .uint32),
      ("bool", .bool), ("float16", .float16), ("half", .float16), ("bfloat16", .bfloat16),
      ("complex64", .complex64), ("cfloat", .complex64), ("complex128", .complex128),
      ("cdouble", .complex128),
    ].map { name, dtype in
      .value(name: name, doc: "The dtype \(dtype).") { $0.tensorTypes.dtype(dtype, .torch) }
    } + [
      .value(name: "pi", doc: "The ratio of a circle's circumference to its diameter.") { _ in
        .float(Double.pi)
      },
      .value(name: "e", doc: "The base of the natural logarithm.") { _ in .float(2.718281828459045) },
      .value(name: "inf", doc: "Infinity.") { _ in .float(.infinity) },
      .value(name: "nan", doc: "Not a number.") { _ in .float(.nan) },
      .value(name: "__version__", doc: "The version of PyTorch whose behaviour this door follows.") {
        _ in .string("2.15.0")
      },
    ]

  private static let settings: [Native] = [
    Native("set_num_threads(threads)", "How many threads the operations use.", example: "torch.set_num_threads(torch.get_num_threads())") {
      a in
      let count = try a.int(0)
      if count < 1 { throw Raise(.runtimeError, "set_num_threads expects a positive integer") }
      ThreadPool.threadCount = count
      return .none
    },
    Native("get_num_threads()", "How many threads the operations use.", example: "torch.get_num_threads() > 0") { _ in
      .int(ThreadPool.threadCount)
    },
    Native("set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None)", "How tensors are printed.", example: "torch.set_printoptions(profile='default')") {
      a in
      let types = a.machine.tensorTypes
      if let profile = try a.optionalString(4) {
        types.torchPrinting = PrintOptions()
        types.torchPrinting.defaultFloat = types.defaultDType
        if profile == "full" { types.torchPrinting.threshold = Int.max }
        if profile == "short" {
          types.torchPrinting.precision = 2
          types.torchPrinting.edgeItems = 2
        }
      }
      if let precision = try a.optionalInt(0) { types.torchPrinting.precision = precision }
      if let threshold = try a.optionalDouble(1) {
        types.torchPrinting.threshold = Int(exactly: threshold.rounded()) ?? Int.max
      }
      if let items = try a.optionalInt(2) { types.torchPrinting.edgeItems = max(1, items) }
      if let width = try a.optionalInt(3) { types.torchPrinting.lineWidth = width }
      types.torchPrinting.scientific = a[5].isNone ? nil : try a.bool(5)
      return .none
    },
    Native("set_default_dtype(d)", "The dtype of floats that a program writes.", example: "torch.set_default_dtype(torch.float32)") {
      a in
      let dtype = try a.dtype(0, .torch)
      guard dtype.isFloating else {
        throw Raise(.typeError, "only floating-point types are supported as the default type")
      }
      a.machine.tensorTypes.defaultDType = dtype
      a.machine.tensorTypes.torchPrinting.defaultFloat = dtype
      return .none
    },
    Native("get_default_dtype()", "The dtype of floats that a program writes.", example: "torch.get_default_dtype()") {
      a in
      let types = a.machine.tensorTypes
      return types.dtype(types.defaultDType, .torch)
    },
    Native("use_deterministic_algorithms(mode, *, warn_only=False)", "Nothing changes: results never depend on the number of threads.", example: "torch.use_deterministic_algorithms(True)") {
      _ in .none
    },
  ]

  private static let cuda = ModuleTable(
    "torch.cuda", doc: "Graphics processors: there are none.",
    entries: [
      .function(
        Native("is_available()", "False: tensors live on the processor.", example: "torch.cuda.is_available()") { _ in
          .bool(false)
        }),
      .function(
        Native("device_count()", "0: there are no graphics processors.", example: "torch.cuda.device_count()") { _ in
          .int(0)
        }),
      .function(
        Native("manual_seed(seed)", "Nothing to seed: there are no graphics processors.", example: "torch.cuda.manual_seed(0)") {
          _ in .none
        }),
      .function(
        Native("manual_seed_all(seed)", "Nothing to seed: there are no graphics processors.", example: "torch.cuda.manual_seed_all(0)") {
          _ in .none
        }),
      .function(
        Native("empty_cache()", "Nothing to free: there are no graphics processors.", example: "torch.cuda.empty_cache()") {
          _ in .none
        }),
    ])

  private static let backends: [ModuleTable] = [
    ModuleTable("torch.backends", doc: "What the operations run on.", entries: []),
    ModuleTable(
      "torch.backends.mps", doc: "Graphics processors of Apple: there are none.",
      entries: [
        .function(
          Native("is_available()", "False: tensors live on the processor.", example: "torch.backends.mps.is_available()") {
            _ in .bool(false)
          })
      ]),
    ModuleTable(
      "torch.backends.cudnn", doc: "Settings for graphics processors, which nothing reads.",
      entries: [
        .value(name: "deterministic", doc: "Whether results repeat; they always do here.") { _ in .bool(true) },
        .value(name: "benchmark", doc: "Whether fast kernels are searched for.") { _ in .bool(false) },
        .value(name: "enabled", doc: "Whether the library is used.") { _ in .bool(false) },
      ]),
  ]
}
