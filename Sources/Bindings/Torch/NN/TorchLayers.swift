import Language
import NeuralNetworks

/// All layers of `torch.nn` that the library computes.
enum TorchLayers {
  static let rows: [TorchLayerRow] =
    TorchLinearLayers.rows + TorchConvLayers.rows + TorchPoolLayers.rows + TorchNormLayers.rows
    + TorchActivationLayers.rows + TorchShapeLayers.rows + TorchRecurrentLayers.rows
    + TorchAttentionLayers.rows + TorchLossLayers.rows

  private static let byName: [String: TorchLayerRow] = Dictionary(
    rows.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// How a part that a layer of the library made itself is shown.
  static func row(of part: Module) -> TorchLayerRow? {
    // PyTorch prints the output of attention under the name of its own class.
    byName[part.kind]
  }
}
