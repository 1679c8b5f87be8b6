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
    /// Whether the image's channels lie last where it is.
    let isLast: Bool
    /// From place to place and from element to element of the rows: those of a single channel stand
    /// as columns.
    var rowStride: Int { channels == 1 ? 1 : inner }
    var columnStride: Int { channels == 1 ? places : 1 }

    /// nil where the plain loops are better, or the processor has no such product.
    init?(
      _ x: Tensor, _ channels: Int, _ filters: Int, _ kernel: (Int, Int), _ how: Convolution,
      _ size: (Int, Int), _ out: (Int, Int), isLast: Bool
    ) throws {
      guard x.dtype == .float32, how.groups == 1, channels >= 8 || (isLast && channels > 0),
        kernel.0 * kernel.1 > 1,
        let products = sw_products(), let layers = sw_layers()
      else { return nil }
      self.channels = channels
      self.filters = filters
      self.isLast = isLast
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
    func unfold(
      _ image: UnsafePointer<Float>, _ turned: UnsafeMutablePointer<Float>,
      _ rows: UnsafeMutablePointer<Float>
    ) {
      var window = window
      if channels == 1 {
        sw_unfold_loop(DType.float32.rawValue)?(&window, 1, image, rows)
        return
      }
      if isLast {
        layers.unfold_rows(&window, Int64(channels), image, rows)
        return
      }
      products.transpose(
        Int64(channels), Int64(area), image, Int64(area), turned, Int64(channels))
      layers.unfold_rows(&window, Int64(channels), turned, rows)
    }
  }

  /// Whether this is [n, c, h, w] whose memory is [n, h, w, c].
  var hasChannelsLast: Bool {
    guard rank == 4, count > 0 else { return false }
    let (c, h, w) = (shape[1], shape[2], shape[3])
    return strides[1] == 1 && strides[3] == c && strides[2] == w * c
      && (shape[0] == 1 || strides[0] == h * w * c)
  }

  /// Lets what a tensor waits for be computed here, before several threads ask for it.
  private static func settle(_ x: Tensor) { _ = x.pointer }

  /// Images [n, c, h, w] with undefined contents, on request with the channels last in memory.
  private static func freshImages(_ n: Int, _ c: Int, _ size: (Int, Int), last: Bool) throws -> Tensor {
    let shape = [n, c, size.0, size.1]
    let plain = try Tensor.empty(shape, dtype: .float32, "conv2d")
    return last ? plain.withChannelsLast() : plain
  }

  /// A fresh [n, c, h, w] read as memory [n, h, w, c].
  func withChannelsLast() -> Tensor {
    let (c, h, w) = (shape[1], shape[2], shape[3])
    return Tensor(
      storage: storage, shape: shape, strides: [h * w * c, 1, w * c, c], offset: offset,
      count: count, dtype: dtype)
  }

  /// A copy of these images with the channels last in memory.
  func lyingChannelsLast() throws -> Tensor {
    try noGrad {
      let turned = try detach().permute([0, 2, 3, 1]).contiguousData()
      return Tensor(
        storage: turned.storage, shape: shape,
        strides: [turned.strides[0], 1, turned.strides[1], turned.strides[2]],
        offset: turned.offset, count: count, dtype: dtype)
    }
  }

  private static func check(_ code: Int32) throws {
    if code != 0 {
      throw MemoryError(requested: 1 << 20, inUse: Memory.inUse, limit: Memory.limit)
    }
  }

  /// `conv2d` with its bias; nil where the plain loops must do it.
  static func convolveRows(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ how: Convolution, _ out: (Int, Int),
    keepsLayout: Bool
  ) throws -> Tensor? {
    let (images, channels, filters) = (x.shape[0], x.shape[1], weight.shape[0])
    guard
      let plan = try Rows(
        x, channels, filters, (weight.shape[2], weight.shape[3]), how, (x.shape[2], x.shape[3]), out,
        isLast: x.hasChannelsLast)
    else { return nil }
    let staysLast = keepsLayout && plan.isLast
    let result = try freshImages(images, filters, out, last: staysLast)
    if result.count == 0 { return result }
    let x = plan.isLast ? x : try x.contiguousData()
    let matrix = try plan.arranged(
      plan.inner, filters, plan.matrix(weight), row: 1, column: plan.inner)
    let add = try bias?.detached().contiguousData()
    let product = plan.places * filters
    settle(x)
    try eachImage(
      images, columns: plan.imageCount + plan.rowsCount + product, dtype: .float32, work: plan.work
    ) { image, room in
      let turned = room.elements(Float.self)
      let rows = turned + plan.imageCount
      let place = result.elements(Float.self) + image * product
      let made = staysLast ? place : rows + plan.rowsCount
      plan.unfold(x.elements(Float.self) + image * plan.imageCount, turned, rows)
      try check(
        plan.products.multiply_arranged(
          Int64(plan.places), Int64(filters), Int64(plan.inner), rows, Int64(plan.rowStride),
          Int64(plan.columnStride), matrix.elements(Float.self), 0, made, Int64(filters)))
      if let add {
        sw_kernels().pointee.bias_act?(
          Int32(SW_ACT_NONE), Int64(plan.places), Int64(filters), made, add.elements(Float.self),
          nil)
      }
      if staysLast { return }
      plan.products.transpose(
        Int64(plan.places), Int64(filters), made, Int64(filters), place, Int64(plan.places))
    }
    return result
  }

  /// The gradient of `conv2d` for its input; nil where the plain loops must do it.
  static func spreadRows(
    _ y: Tensor, _ weight: Tensor, _ how: Convolution, _ size: (Int, Int), last: Bool
  ) throws -> Tensor? {
    let (images, filters, channels) = (y.shape[0], y.shape[1], weight.shape[1])
    guard
      let plan = try Rows(
        y, channels, filters, (weight.shape[2], weight.shape[3]), how, size,
        (y.shape[2], y.shape[3]), isLast: last), plan.places > 0, filters > 0
    else { return nil }
    let result = try freshImages(images, channels, size, last: last)
    if result.count == 0 { return result }
    let isLast = y.hasChannelsLast
    let y = isLast ? y : try y.contiguousData()
    let matrix = try plan.arranged(
      filters, plan.inner, plan.matrix(weight), row: plan.inner, column: 1)
    settle(y)
    try eachImage(
      images, columns: plan.imageCount + plan.rowsCount, dtype: .float32, work: plan.work
    ) { image, room in
      let place = result.elements(Float.self) + image * plan.imageCount
      let turned = last ? place : room.elements(Float.self)
      let rows = room.elements(Float.self) + plan.imageCount
      try check(
        plan.products.multiply_arranged(
          Int64(plan.places), Int64(plan.inner), Int64(filters),
          y.elements(Float.self) + image * filters * plan.places, isLast ? Int64(filters) : 1,
          isLast ? 1 : Int64(plan.places),
          matrix.elements(Float.self), 0, rows, Int64(plan.inner)))
      turned.update(repeating: 0, count: plan.imageCount)
      var window = plan.window
      plan.layers.fold_rows(&window, Int64(channels), rows, turned)
      if last { return }
      plan.products.transpose(
        Int64(plan.area), Int64(channels), turned, Int64(channels), place, Int64(plan.area))
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
        (g.shape[2], g.shape[3]), isLast: x.hasChannelsLast), images > 0, plan.places > 0,
      filters > 0
    else { return nil }
    let isLast = g.hasChannelsLast
    let x = plan.isLast ? x : try x.contiguousData()
    let g = isLast ? g : try g.contiguousData()
    // As in the plain loops: sums of at most 8 runs, whatever the number of threads.
    let runs = Swift.min(images, 8)
    let size = filters * plan.inner
    let sums = try Tensor.empty([runs, size], dtype: .float32, "conv2d")
    settle(x)
    settle(g)
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
            g.elements(Float.self) + image * filters * plan.places,
            isLast ? 1 : Int64(plan.places), isLast ? Int64(filters) : 1, rows,
            Int64(plan.rowStride), Int64(plan.columnStride), image > first ? 1 : 0, sums.elements(Float.self) + run * size,
            Int64(plan.inner)))
      }
    }
    return try sums.sum([0]).reshape([filters, shape[2], shape[3], channels])
      .permute([0, 3, 1, 2]).contiguousData()
  }
}
