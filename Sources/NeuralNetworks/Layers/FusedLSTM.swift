import TensorCore

/// All steps of an LSTM in float32: a product and one pass over the gates for each step, both ways.
///
/// Everything that steps keep lies in four blocks; the gates' block is the input's share, to which each
/// step adds the hidden state's product before the functions replace both where they lie.
struct FusedLSTM {
  let time: Int
  let batch: Int
  let size: Int
  private let layers: sw_layer_table

  /// What a pass leaves for the way back.
  struct Pass {
    /// [time + 1, batch, size]: the states before each step and after the last.
    let hidden: Tensor
    let cells: Tensor
    /// [time, batch, 4 size]: the gates' values; [time, batch, size]: tanh of the cell.
    let gates: Tensor
    let shown: Tensor
  }

  /// nil where the steps must go one by one.
  init?(_ kind: RecurrentStep.Kind, _ size: Int, mask: Tensor?, _ operands: [Tensor]) {
    guard kind == .lstm, mask == nil, size > 0, let layers = sw_layers(),
      operands.allSatisfy({ $0.dtype == .float32 }), let gates = operands.first, gates.rank == 3,
      gates.shape[2] == 4 * size, gates.count > 0
    else { return nil }
    time = gates.shape[0]
    batch = gates.shape[1]
    self.size = size
    self.layers = layers.pointee
  }

  private func start(_ t: Tensor) throws -> UnsafeMutablePointer<Float> {
    guard let pointer = try t.withMutableElements(of: Float.self, { $0.baseAddress }) else {
      throw TensorError.argument(operation: "LSTM", message: "an operand is empty")
    }
    return pointer
  }

  private func read(_ t: Tensor) throws -> UnsafePointer<Float> {
    guard let pointer = try t.withElements(of: Float.self, { $0.baseAddress }) else {
      throw TensorError.argument(operation: "LSTM", message: "an operand is empty")
    }
    return pointer
  }

  func forward(_ input: Tensor, _ weight: Tensor, _ bias: Tensor?, _ begin: [Tensor]) throws -> (
    output: Tensor, states: [Tensor], pass: Pass
  ) {
    let pass = Pass(
      hidden: try Tensor.unfilled([time + 1, batch, size]),
      cells: try Tensor.unfilled([time + 1, batch, size]), gates: try input.detach().clone(),
      shown: try Tensor.unfilled([time, batch, size]))
    try pass.hidden.select(0, 0).copy(from: begin[0])
    try pass.cells.select(0, 0).copy(from: begin[1])
    let product = try RepeatedProduct(weight.detach().contiguous(), transposed: true)
    let add = try bias?.detach().contiguous()
    let (h, c, z, s) = (
      try start(pass.hidden), try start(pass.cells), try start(pass.gates), try start(pass.shown)
    )
    let b = try add.map { try read($0) }
    let each = batch * size
    try withExtendedLifetime((pass.hidden, pass.cells, pass.gates, pass.shown, add)) {
      for t in 0..<time {
        if t & 15 == 0 { try Interrupt.check() }
        let gates = z + t * 4 * each
        try product.add(rows: batch, h + t * each, to: gates)
        layers.lstm(
          Int64(batch), Int64(size), gates, b, c + t * each, c + (t + 1) * each, s + t * each,
          h + (t + 1) * each)
      }
    }
    // Of its own memory: what a program writes into the output must not reach what is kept.
    let output = try pass.hidden.narrow(0, start: 1, length: time).clone()
    let states = try [pass.hidden, pass.cells].map { try $0.select(0, time).clone() }
    return (output, states, pass)
  }

  /// The gradients of gates, weight, bias and the states before the first step.
  func backward(_ pass: Pass, _ weight: Tensor, hasBias: Bool, _ gradients: [Tensor?]) throws
    -> [Tensor?]
  {
    func own(_ gradient: Tensor?) throws -> Tensor {
      try gradient.map { try $0.detach().clone() } ?? Tensor.zeros([batch, size])
    }
    let given = try gradients[0]?.detach().contiguous()
    let (hidden, cell) = (try own(gradients[1]), try own(gradients[2]))
    let slopes = try Tensor.unfilled([time, batch, 4 * size])
    let product = try RepeatedProduct(weight.detach().contiguous(), transposed: false)
    let (c, z, s) = (try read(pass.cells), try read(pass.gates), try read(pass.shown))
    let (dh, dc, dz) = (try start(hidden), try start(cell), try start(slopes))
    let from = try given.map { try read($0) }
    let each = batch * size
    guard let add = sw_binary(Int32(SW_ADD), Int32(DType.float32.rawValue)) else { return [] }
    try withExtendedLifetime((pass, given, hidden, cell, slopes)) {
      for t in (0..<time).reversed() {
        if t & 15 == 0 { try Interrupt.check() }
        if let from {
          let place = UnsafeMutableRawPointer(dh).assumingMemoryBound(to: CChar.self)
          let more = UnsafeRawPointer(from + t * each).assumingMemoryBound(to: CChar.self)
          add(Int64(each), place, 4, place, 4, more, 4)
        }
        layers.lstm_back(
          Int64(batch), Int64(size), z + t * 4 * each, c + t * each, s + t * each, dh, dc,
          dz + t * 4 * each)
        try product.set(rows: batch, dz + t * 4 * each, to: dh)
      }
    }
    let rows = try slopes.reshape([time * batch, 4 * size])
    let before = try pass.hidden.narrow(0, start: 0, length: time).reshape([time * batch, size])
    let toWeight = try rows.t().matmul(before)
    let toBias: [Tensor?] = hasBias ? [try rows.sum([0])] : []
    return [slopes, toWeight] + toBias + [hidden, cell]
  }
}

/// Products of many small matrices with the same one, which is arranged once where the processor has a
/// kernel that profits.
private struct RepeatedProduct {
  private let matrix: Tensor
  private let arranged: Tensor?
  private let isTransposed: Bool
  private let (inner, outer): (Int, Int)

  /// - Parameter matrix: [n, k] where `transposed`, else [k, n]; contiguous float32.
  init(_ matrix: Tensor, transposed: Bool) throws {
    self.matrix = matrix
    isTransposed = transposed
    inner = matrix.shape[transposed ? 1 : 0]
    outer = matrix.shape[transposed ? 0 : 1]
    guard let products = sw_products() else {
      arranged = nil
      return
    }
    let out = try Tensor.unfilled([Int(sw_product_arranged(Int64(inner), Int64(outer)))])
    let (k, n) = (Int64(inner), Int64(outer))
    try matrix.withElements(of: Float.self) { from in
      try out.withMutableElements(of: Float.self) { to in
        guard let b = from.baseAddress, let place = to.baseAddress else { return }
        products.pointee.arrange(k, n, b, transposed ? 1 : n, transposed ? k : 1, place)
      }
    }
    arranged = out
  }

  /// c [rows, n] += a [rows, k] matrix.
  func add(rows: Int, _ a: UnsafePointer<Float>, to c: UnsafeMutablePointer<Float>) throws {
    try run(rows, a, c, adds: true)
  }

  /// c = a matrix.
  func set(rows: Int, _ a: UnsafePointer<Float>, to c: UnsafeMutablePointer<Float>) throws {
    try run(rows, a, c, adds: false)
  }

  private func run(
    _ rows: Int, _ a: UnsafePointer<Float>, _ c: UnsafeMutablePointer<Float>, adds: Bool
  ) throws {
    if let arranged, let products = sw_products() {
      let code = try arranged.withElements(of: Float.self) { b in
        products.pointee.multiply_arranged(
          Int64(rows), Int64(outer), Int64(inner), a, Int64(inner), 1, b.baseAddress, adds ? 1 : 0,
          c, Int64(outer))
      }
      if code == 0 { return }
    }
    try matrix.withElements(of: Float.self) { values in
      guard let b = values.baseAddress else { return }
      try MatrixProduct.float(
        m: rows, n: outer, k: inner, .init(a, rowStride: inner, columnStride: 1),
        .init(
          b, rowStride: isTransposed ? 1 : outer, columnStride: isTransposed ? inner : 1),
        beta: adds ? 1 : 0, into: c, cStride: outer)
    }
  }
}
