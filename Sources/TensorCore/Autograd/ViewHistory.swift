import Compute

// Views and writes.
//
// A view shares memory with its base, so a write through either changes both, and the histories must
// follow. Every view of a float tensor knows its base (the tensor whose memory it shares and that is
// no view itself). A recorded write through a view becomes one of the base: `CopySlices`, whose
// gradient goes to what the base was, with the place written to set to 0, and to what was written,
// cut out. A view whose base was written to since looks its history up anew: from then on it is a part
// of what the base has become.

/// What a view remembers of its base.
final class ViewOrigin {
  let base: Tensor
  /// The base's operation when the view's own history was right.
  var node: ObjectIdentifier?

  init(_ base: Tensor) {
    self.base = base
    node = base.ownNode.map(ObjectIdentifier.init)
  }
}

extension Tensor {
  /// Makes this a view of another tensor; called for fresh views only.
  @inline(__always)
  func follow(_ other: Tensor) {
    origin = ViewOrigin(other.origin?.base ?? other)
  }

  /// The history of a view, after a look at whether its base was written to.
  func viewedNode(_ origin: ViewOrigin) -> Node? {
    let base = origin.base
    let now = base.ownNode.map(ObjectIdentifier.init)
    if origin.node == now || base.ownNode == nil { return ownNode }
    origin.node = now
    ownNode = partNode(of: base)
    return ownNode
  }

  /// The recorded operation "this part of the base"; nil where the base's layout forbids it.
  private func partNode(of base: Tensor) -> Node? {
    guard base.isContiguous else { return ownNode }
    let (whole, part) = (base.shape, PartOfTensor(self, of: base))
    return Node("AsStridedBackward0", Edges(base.edge)) { [try $0.gradient.placed(part, in: whole)] }
  }

  /// What must hold before a recorded write to this.
  func checkWritable(_ operation: String) throws {
    guard GradientMode.isEnabled else { return }
    if wantsGradient {
      throw TensorError.gradient(
        message: "a leaf Variable that requires grad is being used in an in-place operation; "
          + "put \(operation) under no_grad()")
    }
    guard let base = origin?.base else { return }
    if base.wantsGradient {
      throw TensorError.gradient(
        message: "a view of a leaf Variable that requires grad is being used in an in-place "
          + "operation; put \(operation) under no_grad()")
    }
    if requiresGrad, !base.isContiguous {
      throw TensorError.gradient(
        message: "\(operation): a view of a tensor that is strided itself takes no recorded write; "
          + "clone() it first")
    }
  }

  /// After a write to this view whose result has the history `written`: the base takes part in it.
  ///
  /// - Parameter written: where the gradient of the new values goes; none for constants.
  func rebase(_ written: Edge) {
    guard let origin else { return }
    let base = origin.base
    guard written.wanted || base.requiresGrad else { return }
    let (whole, part) = (base.shape, PartOfTensor(self, of: base))
    let (rest, type) = (Edges(base.edge, written), base.dtype)
    guard base.isContiguous, type.isFloating else { return }
    base.ownNode = Node("CopySlices", rest) { call in
      let gradient = try call.gradient.contiguous()
      let cut = try gradient.cut(part)
      let kept = call.needs(0) ? try gradient.subtracting(cut.placed(part, in: whole)) : nil
      return [kept, call.needs(1) ? cut : nil]
    }
    origin.node = base.ownNode.map(ObjectIdentifier.init)
    ownNode = partNode(of: base)
  }

  // MARK: - Parts

  /// A part of a contiguous tensor as a view.
  fileprivate func cut(_ part: PartOfTensor) throws -> Tensor {
    let source = try contiguous()
    let whole = source.shape
    return source.view(
      "AsStridedBackward0", shape: part.shape, strides: part.strides, offset: source.offset + part.start
    ) { try $0.placed(part, in: whole) }
  }

  /// Zeros of a shape with this at a part of it.
  fileprivate func placed(_ part: PartOfTensor, in whole: [Int]) throws -> Tensor {
    let result = try Tensor.zeros(whole, dtype: dtype)
    try result.alias().cut(part).write(detached())
    if records {
      result.record("AsStridedScatterBackward0", [edge]) { [try $0.gradient.cut(part)] }
    }
    return result
  }
}

/// Which elements of a contiguous tensor a view shows.
struct PartOfTensor {
  let shape: [Int]
  let strides: [Int]
  /// Elements from the first of the whole to the first of the part.
  let start: Int

  init(_ view: Tensor, of base: Tensor) {
    shape = view.shape
    strides = view.strides
    start = view.offset - base.offset
  }
}
