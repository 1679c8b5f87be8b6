import TensorCore

/// Sizes of the axes, the batch first; nil where a size is open.
public typealias OpenShape = [Int?]

/// A weight of a layer in Keras's layout, with what rules it while it is trained.
public final class Weight {
  /// `"kernel"`, or with the part of the layer that owns it: `"query/kernel"`.
  public let name: String
  /// The name below the names of its layer and model: `"sequential/dense/kernel"`.
  public var path: String
  public let tensor: Tensor
  /// Whether the layer's author wants it trained; `setTrainable` may freeze it all the same.
  public let wantsTraining: Bool
  public private(set) var isTrainable: Bool
  public var regularizer: Regularizer?
  public var constraint: Constraint?
  /// The gradients of single looked up rows, where the weight is a table: TensorFlow keeps them apart
  /// (`IndexedSlices`), and its optimizers square them one by one.
  public var lookups = RowGradients()

  public init(
    _ name: String, _ tensor: Tensor, trainable: Bool = true, regularizer: Regularizer? = nil,
    constraint: Constraint? = nil
  ) throws {
    self.name = name
    path = name
    self.tensor = tensor
    wantsTraining = trainable
    isTrainable = trainable
    self.regularizer = regularizer
    self.constraint = constraint
    if tensor.dtype.isFloating { try tensor.setRequiresGrad(trainable) }
  }

  /// Freezes the weight, or lets it be trained.
  public func setTrainable(_ flag: Bool) throws {
    isTrainable = flag
    if tensor.dtype.isFloating { try tensor.setRequiresGrad(flag) }
  }

  /// Overwrites the values, unrecorded; the shapes are equal.
  public func assign(_ value: Tensor) throws {
    try noGrad { try tensor.copy(from: value.detach().to(tensor.dtype)) }
  }
}

/// How a weight is made.
public struct WeightRule: Sendable {
  public var initializer: Initializer
  public var regularizer: Regularizer?
  public var constraint: Constraint?

  public init(
    _ initializer: Initializer, regularizer: Regularizer? = nil, constraint: Constraint? = nil
  ) {
    self.initializer = initializer
    self.regularizer = regularizer
    self.constraint = constraint
  }
}

/// What a call of a layer knows besides its inputs.
public struct CallContext {
  public var isTraining: Bool
  /// A mask per input, [batch, time], nil where there is none.
  public var masks: [Tensor?]

  public init(isTraining: Bool = false, masks: [Tensor?] = []) {
    self.isTraining = isTraining
    self.masks = masks
  }

  public var mask: Tensor? { masks.first ?? nil }
}

/// What a layer asks of the shape of its input.
public struct InputSpec: Sendable {
  public var rank: Int?
  public var minRank: Int?
  /// Sizes by axis; negative axes count from the end.
  public var axes: [Int: Int] = [:]

  public init(rank: Int? = nil, minRank: Int? = nil, axes: [Int: Int] = [:]) {
    self.rank = rank
    self.minRank = minRank
    self.axes = axes
  }

  /// The sentence about a shape that does not fit, from `expected` on; nil for one that does.
  public func problem(_ shape: OpenShape, text: (OpenShape) -> String) -> String? {
    if let rank, shape.count != rank {
      return "expected ndim=\(rank), found ndim=\(shape.count). Full shape received: \(text(shape))"
    }
    if let minRank, shape.count < minRank {
      return
        "expected min_ndim=\(minRank), found ndim=\(shape.count). Full shape received: \(text(shape))"
    }
    for (axis, size) in axes.sorted(by: { $0.key < $1.key }) {
      let place = axis < 0 ? axis + shape.count : axis
      guard shape.indices.contains(place) else { continue }
      if let found = shape[place], found != size {
        return
          "expected axis \(axis) of input shape to have value \(size), but received input with "
          + "shape \(text(shape))"
      }
    }
    return nil
  }
}

/// The arithmetic of a layer in Keras's layouts: channels last, kernels [in, out].
///
/// It makes its weights when it first sees the shape of its inputs. Names, numbering and the graph of
/// a model are the door's business.
open class KerasUnit {
  public private(set) var weights: [Weight] = []
  public private(set) var isBuilt = false
  /// Where dropout, noise and initial values come from.
  public var generator = Generator.default
  /// Units inside of this one, whose weights come after its own: (name, unit).
  open var parts: [(name: String, unit: KerasUnit)] { [] }
  /// Whether masks pass through.
  open var supportsMasking: Bool { false }
  /// Whether the unit makes masks of its own.
  open var makesMask: Bool { false }
  /// Whether a summary shows 0 parameters before the layer has seen a shape.
  open var needsNoBuild: Bool { false }
  /// Whether an input may be a list of tensors.
  open var takesSeveral: Bool { false }
  /// Whether the inputs stay integers.
  open var keepsDType: Bool { false }

  public init() {}

  /// What the inputs must be.
  open var inputSpec: InputSpec? { nil }

  /// All weights: its own, then those of its parts.
  public var allWeights: [Weight] { weights + parts.flatMap { $0.unit.allWeights } }

  public final func build(_ shapes: [OpenShape]) throws {
    if isBuilt { return }
    try make(shapes)
    isBuilt = true
  }

  /// Makes the weights.
  open func make(_ shapes: [OpenShape]) throws {}

  /// The shapes of the outputs.
  open func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] { shapes }

  /// The outputs for inputs of the shapes that it was built for.
  open func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    throw NeuralNetworkError.argument(owner: "\(type(of: self))", message: "has no call function")
  }

  /// The masks of the outputs.
  open func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    supportsMasking ? context.masks : []
  }

  /// Losses that the unit adds for its last inputs (activity regularizers).
  open var addedLosses: [Tensor] { [] }

  /// Adds a weight.
  @discardableResult
  public final func addWeight(
    _ name: String, _ shape: [Int], _ rule: WeightRule, trainable: Bool = true
  ) throws -> Weight {
    for size in shape where size < 0 {
      throw NeuralNetworkError.argument(
        owner: name, message: "a weight of shape \(shape) is asked for")
    }
    let tensor = try Tensor.zeros(shape)
    try rule.initializer(tensor, KerasInitializers.fans(shape), generator: generator)
    let weight = try Weight(
      name, tensor, trainable: trainable, regularizer: rule.regularizer, constraint: rule.constraint)
    weights.append(weight)
    return weight
  }

  /// The size of an axis that has to be known.
  public static func size(_ shape: OpenShape, _ axis: Int, _ owner: String) throws -> Int {
    let place = axis < 0 ? axis + shape.count : axis
    guard shape.indices.contains(place), let size = shape[place] else {
      throw NeuralNetworkError.argument(
        owner: owner,
        message: "The last dimension of the inputs to a \(owner) layer should be defined. Found None. "
          + "Full input shape received: \(Self.text(shape))")
    }
    return size
  }

  /// `(None, 8)`.
  public static func text(_ shape: OpenShape) -> String {
    let sizes = shape.map { $0.map(String.init) ?? "None" }
    return sizes.count == 1 ? "(\(sizes[0]),)" : "(" + sizes.joined(separator: ", ") + ")"
  }
}

/// A unit without weights, from two functions.
public final class FunctionUnit: KerasUnit {
  private let shape: ([OpenShape]) throws -> [OpenShape]
  private let body: ([Tensor], CallContext, Generator) throws -> [Tensor]
  private let passesMask: Bool
  private let several: Bool
  private let keeps: Bool
  private let needed: InputSpec?

  public init(
    masking: Bool = true, several: Bool = false, keepsDType: Bool = false, spec: InputSpec? = nil,
    shape: @escaping ([OpenShape]) throws -> [OpenShape] = { $0 },
    _ body: @escaping ([Tensor], CallContext, Generator) throws -> [Tensor]
  ) {
    self.shape = shape
    self.body = body
    passesMask = masking
    self.several = several
    keeps = keepsDType
    needed = spec
    super.init()
  }

  override public var supportsMasking: Bool { passesMask }
  override public var needsNoBuild: Bool { true }
  override public var takesSeveral: Bool { several }
  override public var keepsDType: Bool { keeps }
  override public var inputSpec: InputSpec? { needed }
  override public func outputShapes(_ shapes: [OpenShape]) throws -> [OpenShape] {
    try shape(shapes)
  }
  override public func call(_ x: [Tensor], _ context: CallContext) throws -> [Tensor] {
    try body(x, context, generator)
  }
  override public func outputMasks(_ x: [Tensor], _ context: CallContext) throws -> [Tensor?] {
    passesMask ? [context.mask] : []
  }
}
