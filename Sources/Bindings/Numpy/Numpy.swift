import Language
import TensorCore

/// The `numpy` door.
enum Numpy {
  static let modules: [ModuleTable] = [
    module, NumpyLinalg.module, NumpyFourier.module, NumpyRandom.module, NumpyTesting.module,
    NumpyErrors.module,
  ] + NumpyStrides.modules

  static let module = ModuleTable(
    "numpy", doc: "Arrays of numbers.",
    entries: types + constants + functions.map(NumpyUfunc.entry) + aliases)

  private static let functions: [Native] =
    NumpyCreation.functions + NumpyMath.functions + NumpyReductions.functions
    + NumpyReductions.statistics + NumpyShapes.functions + NumpyShapes.others
    + NumpySorting.functions + NumpyProducts.functions + NumpyFourier.functions
    + NumpyArrangements.functions + NumpyPlaces.functions + NumpyCurves.functions
    + NumpyMoreMath.functions + NumpyMoreMath.counts + NumpyFiles.functions + NumpyText.functions
    + NumpyExtras.functions + [NumpyPolynomial.divide] + settings

  private static let aliases: [ModuleEntry] = [
    ("amax", "max"), ("amin", "min"), ("concat", "concatenate"), ("acos", "arccos"),
    ("asin", "arcsin"), ("atan", "arctan"), ("atan2", "arctan2"), ("pow", "power"),
    ("permute_dims", "transpose"), ("double", "float64"), ("single", "float32"), ("int_", "int64"),
    ("intp", "int64"), ("bool_", "bool"), ("intc", "int32"), ("ubyte", "uint8"), ("byte", "int8"), ("short", "int16"), ("ushort", "uint16"), ("uintc", "uint32"),
    ("trapz", "trapezoid"), ("in1d", "isin"), ("row_stack", "vstack"), ("half", "float16"), ("csingle", "complex64"), ("cdouble", "complex128"),
    ("bitwise_not", "invert"), ("bitwise_invert", "invert"), ("bitwise_left_shift", "left_shift"),
    ("bitwise_right_shift", "right_shift"), ("longlong", "int64"), ("long", "int64"), ("asinh", "arcsinh"), ("acosh", "arccosh"), ("atanh", "arctanh"),
  ].map { .alias($0, of: $1) }

  private static let types: [ModuleEntry] =
    [.type(Ndarray.table), .type(DTypeObject.numpyTable)]
    + DType.allCases.compactMap { NumpyScalar.tables[$0].map { .type($0) } }
    + NumpyScalar.abstractTables.map { .type($0) }
    + [.type(NumpyUfunc.table), .type(NumpyPolynomial.table), .type(NumpyText.optionsBlock), .type(Vectorized.table), .type(NumberLimits.floats), .type(NumberLimits.integers), .type(ErrorState.table)]
    + NumpyGrids.values

  private static let constants: [ModuleEntry] = [
    .value(name: "pi", doc: "The ratio of a circle's circumference to its diameter.") { _ in
      .float(Double.pi)
    },
    .value(name: "e", doc: "The base of the natural logarithm.") { _ in .float(2.718281828459045) },
    .value(name: "inf", doc: "Infinity.") { _ in .float(.infinity) },
    .value(name: "nan", doc: "Not a number.") { _ in .float(.nan) },
    .value(name: "euler_gamma", doc: "The constant of Euler and Mascheroni.") { _ in
      .float(0.5772156649015329)
    },
    .value(name: "newaxis", doc: "A new axis of size 1 in a subscript: None.") { _ in .none },
    .value(name: "__version__", doc: "The version of NumPy whose behaviour this door follows.") { _ in
      .string("2.4.6")
    },
    .value(name: "True_", doc: "NumPy's true.") { $0.tensorTypes.scalar(.bool(true), .bool) },
    .value(name: "False_", doc: "NumPy's false.") { $0.tensorTypes.scalar(.bool(false), .bool) },
  ]

  private static let settings: [Native] = [
    numpyRow("issubdtype(arg1, arg2)", "Whether a dtype belongs to a family of dtypes.", example: "np.issubdtype(np.int64, np.integer)") {
      a in
      let dtype = try a.dtype(0, .numpy)
      if let exact = a.machine.dtype(a[1], .numpy) { return .bool(exact == dtype) }
      guard let family = a[1].asType else { throw a.mismatch(1, expected: "a dtype or a type") }
      switch family.name {
      case "generic": return .bool(true)
      case "number": return .bool(dtype != .bool)
      case "integer": return .bool(dtype.isInteger)
      case "signedinteger": return .bool(dtype.isInteger && dtype.isSigned)
      case "unsignedinteger": return .bool(dtype.isInteger && !dtype.isSigned)
      case "floating": return .bool(dtype.isFloating)
      default: return .bool(false)
      }
    },
    numpyRow("isscalar(element)", "Whether something is a single number or text.", example: "np.isscalar(3.1)") { a in
      switch a[0] {
      case .int, .float, .bool: return .bool(true)
      default: return .bool(a[0].asNumpyScalar != nil || a[0].asString != nil)
      }
    },
  ]
}
