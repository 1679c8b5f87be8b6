import TensorCore

/// The steps of a planned chain without dropout, on addresses that are looked up once.
///
/// A small network's step takes microseconds: looking at tensors, counting references and closures
/// would be half of it. Every address belongs to a tensor that the plan holds.
struct DenseAddresses {
  /// A linear layer with its activation; shapes as in `PlannedStep.Stage`.
  struct Lane {
    let inputs: Int
    let outputs: Int
    let activation: Int32
    /// Of the weight, which is [outputs, inputs] or, with `isInputsFirst`, turned.
    let isInputsFirst: Bool
    let weight: UnsafeMutablePointer<Float>
    let bias: UnsafeMutablePointer<Float>
    let output: UnsafeMutablePointer<Float>
    let before: UnsafeMutablePointer<Float>?
    let gradient: UnsafeMutablePointer<Float>
    let weightGradient: UnsafeMutablePointer<Float>
    let biasGradient: UnsafeMutablePointer<Float>
  }

  private let lanes: [Lane]
  private let input: UnsafeMutablePointer<Float>
  private let classes: UnsafeMutablePointer<Int64>
  private let products: sw_product_table
  private let layers: sw_layer_table
  private let addAndActivate: (@convention(c) (
    Int32, Int64, Int64, UnsafeMutablePointer<Float>?, UnsafePointer<Float>?,
    UnsafeMutablePointer<Float>?
  ) -> Void)
  private let activateBack: (@convention(c) (
    Int32, Int64, UnsafeMutablePointer<Float>?, UnsafePointer<Float>?, UnsafePointer<Float>?
  ) -> Void)
  private let sumRows: (@convention(c) (
    Int64, Int64, UnsafePointer<CChar>?, Int64, UnsafeMutablePointer<CChar>?
  ) -> Void)

  /// nil where the processor has no product of its own.
  init?(_ lanes: [Lane], input: UnsafeMutablePointer<Float>, classes: UnsafeMutablePointer<Int64>) {
    guard let products = sw_products(), let layers = sw_layers(), !lanes.isEmpty,
      let add = sw_kernels().pointee.bias_act, let back = sw_kernels().pointee.act_back,
      let sum = sw_kernels().pointee.sum_rows.0
    else { return nil }
    self.lanes = lanes
    self.input = input
    self.classes = classes
    self.products = products.pointee
    self.layers = layers.pointee
    addAndActivate = add
    activateBack = back
    sumRows = sum
  }

  private func multiply(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Float>, _ aRow: Int, _ aColumn: Int,
    _ b: UnsafePointer<Float>, _ bRow: Int, _ bColumn: Int, _ c: UnsafeMutablePointer<Float>
  ) throws {
    if m &* n &* k < 2_000_000,
      products.multiply(
        Int64(m), Int64(n), Int64(k), a, Int64(aRow), Int64(aColumn), b, Int64(bRow),
        Int64(bColumn), 0, c, Int64(n)) == 0
    { return }
    try MatrixProduct.float(
      m: m, n: n, k: k, .init(a, rowStride: aRow, columnStride: aColumn),
      .init(b, rowStride: bRow, columnStride: bColumn), into: c, cStride: n)
  }

  func forward(_ count: Int) throws {
    var x = UnsafePointer(input)
    for i in 0..<lanes.count {
      let lane = lanes[i]
      try multiply(
        count, lane.outputs, lane.inputs, x, lane.inputs, 1, lane.weight,
        lane.isInputsFirst ? lane.outputs : 1, lane.isInputsFirst ? 1 : lane.inputs, lane.output)
      addAndActivate(
        lane.activation, Int64(count), Int64(lane.outputs), lane.output, lane.bias, lane.before)
      x = UnsafePointer(lane.output)
    }
  }

  /// The sum of the loss of all rows; leaves the gradient of the logits, times `scale`.
  func loss(_ count: Int, scale: Float, _ correct: inout Int64) -> Double {
    let last = lanes[lanes.count - 1]
    return layers.cross_entropy(
      Int64(count), Int64(last.outputs), last.output, classes, nil, scale, last.gradient, &correct)
  }

  func backward(_ count: Int) throws {
    var i = lanes.count - 1
    while i >= 0 {
      let lane = lanes[i]
      let x = i == 0 ? input : lanes[i - 1].output
      if lane.isInputsFirst {
        try multiply(
          lane.inputs, lane.outputs, count, x, 1, lane.inputs, lane.gradient, lane.outputs, 1,
          lane.weightGradient)
      } else {
        try multiply(
          lane.outputs, lane.inputs, count, lane.gradient, 1, lane.outputs, x, lane.inputs, 1,
          lane.weightGradient)
      }
      sumRows(
        Int64(count), Int64(lane.outputs),
        UnsafeRawPointer(lane.gradient).assumingMemoryBound(to: CChar.self),
        Int64(lane.outputs * 4),
        UnsafeMutableRawPointer(lane.biasGradient).assumingMemoryBound(to: CChar.self))
      if i > 0 {
        let below = lanes[i - 1]
        try multiply(
          count, lane.inputs, lane.outputs, lane.gradient, lane.outputs, 1, lane.weight,
          lane.isInputsFirst ? 1 : lane.inputs, lane.isInputsFirst ? lane.outputs : 1,
          below.gradient)
        if below.activation != Int32(SW_ACT_NONE) {
          activateBack(
            below.activation, Int64(count * below.outputs), below.gradient, below.output,
            below.before)
        }
      }
      i -= 1
    }
  }
}
