import TensorCore

extension CrossEntropy {
  /// The mean or sum of the loss for classes and float32 logits [rows, classes], with the gradient made
  /// in the same pass; nil where another form is asked for, or nobody wants a gradient.
  ///
  /// Rows of the ignored class are not looked at.
  func fused(_ prediction: Tensor, _ target: Tensor) throws -> Tensor? {
    guard case .logits = input, labelSmoothing == 0, classWeights == nil, reduction != .none,
      prediction.rank == 2, prediction.dtype == .float32, prediction.count > 0,
      target.dtype.isInteger, GradientMode.isEnabled, prediction.requiresGrad,
      let layers = sw_layers()
    else { return nil }
    let (rows, columns) = (prediction.shape[0], prediction.shape[1])
    let classes = try checkedClasses(prediction, target, 1).contiguous()
    let ignored = ignoredClass.map { Int64($0) }
    // A class of its own that is ignored: the kernel leaves out what is negative.
    let places: Tensor
    if let ignored, ignored >= 0, ignored < columns {
      places = try Tensor.where(
        Comparison.equal(classes, .int(Int(ignored))), .int(-1), classes).contiguous()
    } else {
      places = classes
    }
    let counted = try places.withElements(of: Int64.self) { $0.reduce(0) { $1 >= 0 ? $0 + 1 : $0 } }
    // The mean of nothing: the general form has its NaN.
    if counted == 0 { return nil }
    let scale = reduction == .mean ? 1 / Float(counted) : 1
    let logits = try prediction.detach().contiguous()
    let slope = try Tensor.unfilled([rows, columns])
    var correct: Int64 = 0
    let total = try logits.withElements(of: Float.self) { z in
      try places.withElements(of: Int64.self) { t in
        try slope.withMutableElements(of: Float.self) { g in
          layers.pointee.cross_entropy(
            Int64(rows), Int64(columns), z.baseAddress, t.baseAddress, nil, scale, g.baseAddress,
            &correct)
        }
      }
    }
    let value = reduction == .mean ? total / Double(counted) : total
    let result = try Tensor(.double(value), dtype: .float32)
    return result.recorded(as: "NllLossBackward0", from: [prediction]) { gradient in
      if GradientMode.isEnabled {
        // softmax - one-hot, of operations that have gradients themselves.
        let valid = try Comparison.greaterOrEqual(places, .int(0))
        let safe = try Tensor.where(valid, places, .int(0)).unsqueeze(1)
        let hot = try Tensor.zeros([rows, columns]).scatter(1, safe, .double(1))
        let factor = try valid.to(.float32).unsqueeze(1) * .double(Double(scale))
        return [try (prediction.softmax(axis: 1) - hot) * factor * gradient]
      }
      let factor = try gradient.item().double
      return [factor == 1 ? slope : try slope * .double(factor)]
    }
  }
}
