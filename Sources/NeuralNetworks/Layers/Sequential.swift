import TensorCore

/// Layers one after the other.
public final class Sequential: Module {
  /// The layers in order: the parts, so that a replaced part is a replaced layer.
  public var layers: [Module] { children.map(\.module) }

  /// - Parameter layers: registered as `"0"`, `"1"`, ...
  public init(_ layers: [Module] = []) {
    super.init()
    for layer in layers { append(layer) }
  }

  /// With names of their own. (`nn.Sequential(OrderedDict(...))`)
  public init(named layers: [(name: String, module: Module)]) {
    super.init()
    for (name, layer) in layers { append(layer, named: name) }
  }

  public func append(_ layer: Module, named name: String? = nil) {
    register(child: layer, named: name ?? "\(children.count)")
  }

  /// Takes the last layer away. (Keras `model.pop()`)
  @discardableResult
  public func removeLast() -> Module? {
    guard let last = children.last else { return nil }
    unregister(last.name)
    return last.module
  }

  override public func forward(_ input: Tensor) throws -> Tensor {
    var x = input
    for (i, layer) in layers.enumerated() {
      do {
        x = try layer(x)
      } catch let error as TensorError {
        throw explain(error, at: i, input: input.shape.map { $0 })
      }
    }
    return x
  }

  override public func build(_ input: [Int?]) throws -> [Int?] {
    var shape = input
    for (i, layer) in layers.enumerated() {
      do {
        shape = try layer.build(shape)
      } catch let error as TensorError {
        throw explain(error, at: i, input: input)
      }
    }
    return shape
  }

  /// A clash of shapes as the table of all layers; any other error as it is.
  private func explain(_ error: TensorError, at clash: Int, input: [Int?]) -> any Error {
    switch error {
    case .shapesClash, .innerSizes, .wrongShape:
      let table = ShapeTable(layers, input: [nil] + input.dropFirst(), clash: clash)
      return NeuralNetworkError.layersDoNotFit(
        table: table.text + "\n" + (table.fix ?? error.description))
    default: return error
    }
  }
}
