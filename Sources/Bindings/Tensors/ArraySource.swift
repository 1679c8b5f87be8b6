import Language
import TensorCore

/// Objects of other doors that stand for an array: columns and frames, images.
///
/// `numpy.asarray(x)`, `torch.tensor(x)` and every function that takes array-like values ask for it.
protocol ArraySource: Instance {
  /// The values in row-major order with their own dtype.
  func tensor() throws -> Tensor
}
