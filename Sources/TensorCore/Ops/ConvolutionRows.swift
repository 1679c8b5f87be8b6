import Compute

// The three loops of a convolution for images of many channels, float32: each image is turned so that
// its channels lie last. What stands under the window is then a few long runs instead of many short
// ones, and the weight is arranged for the product once for all images.

extension Tensor {
  /// What one image passes through: itself with its channels last, the rows under the window, and for
  /// the way there their product.
  private struct Rows {
    let channels: Int, filters: Int, area: Int, places: Int
    /// kernel height * kernel width * channels.
    let inner: Int
    let window: sw_window
    let products: sw_product_table
    let layers: sw_layer_table

    /// nil where the plain loops are better, or the processor has no such product.
    init?(
      _ x: Tensor, _ channels: Int, _ filters: Int, _ kernel: (Int, Int), _ how: Convolution,
      _ size: (Int, Int), _ out: (Int, Int)
    ) throws {
      guard x.dtype == .float32, how.groups == 1, channels >= 8, kernel.0 * kernel.1 > 1,
        let products = sw_products(), let layers = sw_layers()
      else { return nil }
      self.channels = channels
      self.filters = filters
      area = size.0 * size.1
      places = out.0 * out.1
      inner = try Shape.count([kernel.0, kernel.1, channels], "conv2d")
      _ = try Shape.count([inner, places], "conv2d")
      window = how.window(size.0, size.1, kernel, out)
      self.products = products.pointee
      self.layers = layers.pointee
    }

    var imageCount: Int { area * channels }
    var rowsCount: Int { places * inner }
    var work: Double { Double(filters) * Double(inner) * Double(places) }

    /// [out, in, kh, kw] as a matrix [out, kh * kw * in].
    func matrix(_ weight: Tensor) throws -> Tensor {
      try noGrad { try weight.detach().permute([0, 2, 3, 1]).contiguousData() }
    }

    /// A matrix [k, n] arranged for the product.
    func arranged(_ k: Int, _ n: Int, _ b: Tensor, row: Int, column: Int) throws -> Tensor {
      let out = try Tensor.empty(
        [Int(sw_product_arranged(Int64(k), Int64(n)))], dtype: .float32, "conv2d")
      products.arrange(
        Int64(k), Int64(n), b.elements(Float.self), Int64(row), Int64(column),
        out.elements(Float.self))
      return out
    }

    /// Turns an image and lays out its rows.
    func unfold(_ image: UnsafePointer<Float>, _ turned: UnsafeMutablePointer<Float>, _ rows: UnsafeMutablePointer<Float>) {
      var window = window
      products.transpose(
        Int64(channels), Int64(area), image, Int64(area), turned, Int64(channels))
      layers.unfold_rows(&window, Int64(channels), turned, rows)
    }
  }

  private static func check(_ code: Int32) throws {
    if code != 0 {
      throw MemoryError(requested: 1 << 20, inUse: Memory.inUse, limit: Memory.limit)
    }
  }

  /// `conv2d` with its bias; nil where the plain loops must do it.
  static func convolveRows(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ how: Convolution, _ out: (Int, Int)
  ) throws -> Tensor? {
    let (images, channels, filters) = (x.shape[0], x.shape[1], weight.shape[0])
    guard
      let plan = try Rows(
        x, channels, filters, (weight.shape[2], weight.shape[3]), how, (x.shape[2], x.shape[3]), out)
    else { return nil }
    let result = try Tensor.empty([images, filters, out.0, out.1], dtype: .float32, "conv2d")
    if result.count == 0 { return result }
    let x = try x.contiguousData()
    let matrix = try plan.arranged(
      plan.inner, filters, plan.matrix(weight), row: 1, column: plan.inner)
    let add = try bias?.detached().contiguousData()
    let product = plan.places * filters
    try eachImage(
      images, columns: plan.imageCount + plan.rowsCount + product, dtype: .float32, work: plan.work
    ) { image, room in
      let turned = room.elements(Float.self)
      let rows = turned + plan.imageCount
      let made = rows + plan.rowsCount
      plan.unfold(x.elements(Float.self) + image * plan.imageCount, turned, rows)
      try check(
        plan.products.multiply_arranged(
          Int64(plan.places), Int64(filters), Int64(plan.inner), rows, Int64(plan.inner), 1,
          matrix.elements(Float.self), 0, made, Int64(filters)))
      if let add {
        sw_kernels().pointee.bias_act?(
          Int32(SW_ACT_NONE), Int64(plan.places), Int64(filters), made, add.elements(Float.self),
          nil)
      }
      plan.products.transpose(
        Int64(plan.places), Int64(filters), made, Int64(filters),
        result.elements(Float.self) + image * product, Int64(plan.places))
    }
    return result
  }

  /// The gradient of `conv2d` for its input; nil where the plain loops must do it.
  static func spreadRows(
    _ y: Tensor, _ weight: Tensor, _ how: Convolution, _ size: (Int, Int)
  ) throws -> Tensor? {
    let (images, filters, channels) = (y.shape[0], y.shape[1], weight.shape[1])
    guard
      let plan = try Rows(
        y, channels, filters, (weight.shape[2], weight.shape[3]), how, size,
        (y.shape[2], y.shape[3])), plan.places > 0, filters > 0
    else { return nil }
    let result = try Tensor.empty(
      [images, channels, size.0, size.1], dtype: .float32, "conv_transpose2d")
    if result.count == 0 { return result }
    let y = try y.contiguousData()
    let matrix = try plan.arranged(
      filters, plan.inner, plan.matrix(weight), row: plan.inner, column: 1)
    try eachImage(
      images, columns: plan.imageCount + plan.rowsCount, dtype: .float32, work: plan.work
    ) { image, room in
      let turned = room.elements(Float.self)
      let rows = turned + plan.imageCount
      try check(
        plan.products.multiply_arranged(
          Int64(plan.places), Int64(plan.inner), Int64(filters),
          y.elements(Float.self) + image * filters * plan.places, 1, Int64(plan.places),
          matrix.elements(Float.self), 0, rows, Int64(plan.inner)))
      turned.update(repeating: 0, count: plan.imageCount)
      var window = plan.window
      plan.layers.fold_rows(&window, Int64(channels), rows, turned)
      plan.products.transpose(
        Int64(plan.area), Int64(channels), turned, Int64(channels),
        result.elements(Float.self) + image * plan.imageCount, Int64(plan.area))
    }
    return result
  }

  /// The gradient of `conv2d` for its weight; nil where the plain loops must do it.
  static func gatherRows(_ x: Tensor, _ g: Tensor, _ how: Convolution, _ shape: [Int]) throws
    -> Tensor?
  {
    let (images, channels, filters) = (x.shape[0], x.shape[1], shape[0])
    guard
      let plan = try Rows(
        x, channels, filters, (shape[2], shape[3]), how, (x.shape[2], x.shape[3]),
        (g.shape[2], g.shape[3])), images > 0, plan.places > 0, filters > 0
    else { return nil }
    let (x, g) = (try x.contiguousData(), try g.contiguousData())
    // As in the plain loops: sums of at most 8 runs, whatever the number of threads.
    let runs = Swift.min(images, 8)
    let size = filters * plan.inner
    let sums = try Tensor.empty([runs, size], dtype: .float32, "conv2d")
    try eachImage(
      runs, columns: plan.imageCount + plan.rowsCount, dtype: .float32,
      work: plan.work * Double(images) / Double(runs)
    ) { run, room in
      let turned = room.elements(Float.self)
      let rows = turned + plan.imageCount
      let first = images * run / runs
      for image in first..<(images * (run + 1) / runs) {
        plan.unfold(x.elements(Float.self) + image * plan.imageCount, turned, rows)
        try check(
          plan.products.multiply(
            Int64(filters), Int64(plan.inner), Int64(plan.places),
            g.elements(Float.self) + image * filters * plan.places, Int64(plan.places), 1, rows,
            Int64(plan.inner), 1, image > first ? 1 : 0, sums.elements(Float.self) + run * size,
            Int64(plan.inner)))
      }
    }
    return try sums.sum([0]).reshape([filters, shape[2], shape[3], channels])
      .permute([0, 3, 1, 2]).contiguousData()
  }
}
