import Classical
import Compute
import Language
import TensorCore

/// Whose vocabulary and rules an array follows.
enum Flavor {
  /// `torch.Tensor`: `dim`, PyTorch's promotion, printed as `tensor(...)`.
  case torch
  /// `numpy.ndarray`: `axis`, NumPy's promotion, printed as `array(...)`.
  case numpy

  var promotion: Promotion { self == .torch ? .torch : .numpy }
}

/// A tensor as an object of the language: `torch.Tensor`, `numpy.ndarray`, and what derives from
/// them (`torch.nn.Parameter`), which differ in their type and not in their Swift class.
final class TensorObject: Instance {
  /// Replaced where a name of the original rebinds the data (`x.data = ...`, `x.resize_`).
  var tensor: Tensor
  let flavor: Flavor
  /// The types of the session, at hand for results without a look-up.
  let types: TensorTypes
  /// What a door keeps with the tensor: the weight of a variable, the mask of a sequence.
  var attachment: AnyObject?

  /// The array whose memory this one shows (`b.base is a`); nil for arrays with memory of their own.
  /// It is always older than this one, so that no circle of references comes about.
  private(set) var base: TensorObject?

  /// Remembers that this is a view of `other`, when it is one.
  func noteBase(_ other: TensorObject?) {
    guard let other, other !== self, flavor == .numpy, other.flavor == .numpy, base == nil,
      other.tensor.memoryIdentity == tensor.memoryIdentity
    else { return }
    base = other.base ?? other
  }

  /// - Parameter type: a type whose table says what the object can do.
  init(_ tensor: Tensor, type: TypeObject, flavor: Flavor, types: TensorTypes) {
    self.tensor = tensor
    self.flavor = flavor
    self.types = types
    super.init(type)
    CycleCollector.noteLibraryBytes(Memory.inUse)
  }
}

extension Value {
  /// The tensor object, whichever its type; nil for everything else.
  var asTensorObject: TensorObject? {
    guard let instance = asInstance, Swift.type(of: instance) == TensorObject.self else {
      return nil
    }
    return unsafeDowncast(instance, to: TensorObject.self)
  }
}

/// What the tensor doors keep with a session: their types, made once, and their settings.
final class TensorTypes {
  let torch: TypeObject
  let numpy: TypeObject
  let size: TypeObject
  let torchDType: TypeObject
  let numpyDType: TypeObject
  let device: TypeObject
  let gradientFunction: TypeObject
  /// The types of NumPy's scalars by dtype.
  let scalars: [DType: TypeObject]
  private var torchDTypes: [DType: Value] = [:]
  private var numpyDTypes: [DType: Value] = [:]

  /// How `torch` and `numpy` print (`set_printoptions`).
  var torchPrinting = PrintOptions()
  var numpyPrinting = PrintOptions()
  /// The dtype of floats that a program writes (`torch.set_default_dtype`).
  var defaultDType = DType.float32
  /// NumPy's global random state, made when first used.
  var randomState: NumpyRandomState?

  /// Whether results are PyTorch's tensors; false for another door's of the same flavor.
  let isTorch: Bool

  /// - Parameter tensor: the type of results of the flavor `torch`; nil for PyTorch's own.
  init(_ machine: Machine, tensor: TypeTable? = nil) {
    isTorch = tensor == nil
    torch = machine.type(tensor ?? TorchTensor.table)
    numpy = machine.type(Ndarray.table)
    size = machine.type(TorchSize.table)
    torchDType = machine.type(DTypeObject.torchTable)
    numpyDType = machine.type(DTypeObject.numpyTable)
    device = machine.type(TorchDevice.table)
    gradientFunction = machine.type(GradientFunction.table)
    scalars = NumpyScalar.tables.mapValues { machine.type($0) }
    for dtype in DType.allCases {
      torchDTypes[dtype] = .object(DTypeObject(dtype, .torch, torchDType))
      numpyDTypes[dtype] = .object(DTypeObject(dtype, .numpy, numpyDType))
    }
  }

  /// The one object of a dtype: programs compare them with `is` as well.
  func dtype(_ dtype: DType, _ flavor: Flavor) -> Value {
    (flavor == .torch ? torchDTypes[dtype] : numpyDTypes[dtype]) ?? .none
  }
}

extension Machine {
  /// The tensor types of this session.
  var tensorTypes: TensorTypes {
    if let known = extensions[TensorTypes.key] {
      return unsafeDowncast(known, to: TensorTypes.self)
    }
    let types = TensorTypes(self)
    extensions[TensorTypes.key] = types
    return types
  }
}

extension TensorTypes {
  /// Nothing else is stored under this name: `tensorTypes` relies on it.
  static let key = "Bindings.TensorTypes"

  // MARK: - Tensors as values

  @inline(__always) func torch(_ tensor: Tensor) -> Value {
    .object(TensorObject(tensor, type: torch, flavor: .torch, types: self))
  }

  /// An array, also without axes (`np.array(5)`).
  @inline(__always) func ndarray(_ tensor: Tensor) -> Value {
    .object(TensorObject(tensor, type: numpy, flavor: .numpy, types: self))
  }

  /// What NumPy's functions give: a scalar where nothing is left of the axes.
  @inline(__always) func numpy(_ tensor: Tensor) throws -> Value {
    tensor.rank == 0 ? try scalar(tensor) : ndarray(tensor)
  }

  func scalar(_ tensor: Tensor) throws -> Value { scalar(try tensor.item(), tensor.dtype) }

  func scalar(_ value: Scalar, _ dtype: DType) -> Value {
    guard let type = scalars[dtype] else { return Value(value) }
    return .object(NumpyScalar(value, dtype, type, self))
  }

  @inline(__always) func value(_ tensor: Tensor, _ flavor: Flavor) throws -> Value {
    flavor == .torch ? torch(tensor) : try numpy(tensor)
  }
}

extension Value {
  /// A number of the library as one of the language.
  init(_ scalar: Scalar) {
    switch scalar {
    case .bool(let flag): self = .bool(flag)
    case .int(let number): self = .int(number)
    case .double(let number): self = .float(number)
    // The language has no complex numbers: `machine.number` keeps them as NumPy's.
    case .complex(let real, let imaginary): self = .tuple([.float(real), .float(imaginary)])
    }
  }
}
