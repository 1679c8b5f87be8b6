import TensorCore

/// A function of one tensor as a layer without parameters: pools, padding, resizing, activations.
///
/// The functions themselves are operations of `TensorCore`; a layer adds its printed form.
public final class FunctionLayer: Module {
  private let name: String
  private let text: String
  private let function: (Tensor) throws -> Tensor
  private let shape: ([Int?]) throws -> [Int?]

  /// - Parameters:
  ///   - kind: PyTorch's name of the layer.
  ///   - details: what stands between the parentheses of the printed form.
  ///   - shape: the shape that comes out for one that goes in; the same where it is not given.
  public init(
    _ kind: String, _ details: String = "", shape: @escaping ([Int?]) throws -> [Int?] = { $0 },
    _ function: @escaping (Tensor) throws -> Tensor
  ) {
    name = kind
    text = details
    self.function = function
    self.shape = shape
    super.init()
  }

  override public var kind: String { name }
  override public var details: String { text }
  override public func build(_ input: [Int?]) throws -> [Int?] { try shape(input) }
  override public func forward(_ input: Tensor) throws -> Tensor { try function(input) }
}
