import Language
import NeuralNetworks
import TensorCore

/// Layers that prepare data.
enum KerasPreprocessing {
  static let tables: [TypeTable] = [rescaling, normalization, discretization, categories] + pictures

  static let rescaling = KerasLayers.layer(
    "Rescaling", "x * scale + offset.", "scale, offset=0.0", example: "keras.layers.Rescaling(1 / 255)"
  ) { n in
    let (scale, offset) = (try n.machine.kerasTensor(n["scale"]), try n.machine.kerasTensor(n["offset"]))
    return FunctionUnit { x, _, _ in [try x[0].multiplied(by: scale).adding(offset)] }
  }

  static let normalization = KerasLayers.layer(
    "Normalization", "(x - mean) / sqrt(variance), by numbers that adapt() finds.",
    "axis=-1, mean=None, variance=None, invert=False", example: "keras.layers.Normalization()",
    methods: [
      Native("adapt(self, data)", "Finds mean and variance of data.") { a in
        let layer = try a.receiver(KerasLayer.self)
        guard let unit = layer.unit as? FeatureNormalizationUnit else { throw layer.notMade }
        var x: Tensor
        if let set = a[1].asInstance as? TensorflowDataset {
          x = try Tensor.cat(set.batches(a.machine).map { try a.machine.kerasTensor($0) })
        } else {
          x = try a.machine.kerasTensor(a[1])
        }
        if x.rank == 1 { x = try x.unsqueeze(1) }
        try layer.explained { try unit.adapt(x.detach()) }
        layer.isBuilt = true
        layer.builtShapes = [[nil] + x.shape.dropFirst().map { $0 }]
        for weight in unit.allWeights { weight.path = "\(layer.name)/\(weight.name)" }
        return .none
      }
    ],
    properties: [
      NativeProperty("mean", "The mean that is subtracted.") { value, machine in
        try shown(value, machine) { $0.mean }
      },
      NativeProperty("variance", "The variance that is divided by.") { value, machine in
        try shown(value, machine) { $0.variance }
      },
    ]
  ) { n in
    let axes: [Int]?
    if !n.has("axis") {
      axes = nil
    } else if let one = try n.machine.index(n["axis"]) {
      axes = [one]
    } else {
      axes = try n.machine.sizes(n["axis"], "Normalization")
    }
    if n.has("mean") != n.has("variance") {
      throw Raise(
        .valueError, "When setting values directly, both `mean` and `variance` must be set.")
    }
    return FeatureNormalizationUnit(
      axes: axes, mean: n.has("mean") ? try n.machine.kerasTensor(n["mean"]) : nil,
      variance: n.has("variance") ? try n.machine.kerasTensor(n["variance"]) : nil,
      inverse: try n.bool("invert"))
  }

  /// Mean or variance with an axis of size 1 for each axis that it is the same along.
  private static func shown(
    _ value: Value, _ machine: Machine, _ part: (FeatureNormalizationUnit) -> Tensor?
  ) throws -> Value {
    guard let layer = value.asInstance as? KerasLayer, let unit = layer.unit as? FeatureNormalizationUnit,
      let tensor = part(unit)
    else { return .none }
    let rank = layer.builtShapes.first?.count ?? 0
    let ones = [Int](repeating: 1, count: max(0, rank - tensor.rank))
    return machine.kerasValue(try tensor.reshape(ones + tensor.shape))
  }

  static let discretization = KerasLayers.layer(
    "Discretization", "The number of the bin that each number falls into.",
    "bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode='int', sparse=False",
    example: "keras.layers.Discretization(bin_boundaries=[0.0, 1.0])"
  ) { n in
    guard n.has("bin_boundaries") else {
      throw Raise(
        .notImplementedError, "Discretization: bins by adapt() are not supported",
        hint: "Discretization(bin_boundaries=[...])")
    }
    let edges = try Tensor(n.machine.doubles(n["bin_boundaries"]).map { Float($0) })
    let mode = try n.choice("output_mode", ["int", "one_hot", "multi_hot", "count"])
    let bins = edges.count + 1
    return FunctionUnit(masking: false, shape: { shapes in mode == "int" ? shapes : [shapes[0].dropLast() + [bins]] }) {
      x, _, _ in
      let places = try edges.searchSorted(x[0], right: true)
      return [try mode == "int" ? places : encode(places, bins, mode)]
    }
  }

  private static func encode(_ places: Tensor, _ count: Int, _ mode: String) throws -> Tensor {
    let hot = try places.to(.int64).oneHot(classes: count).to(.float32)
    if mode == "one_hot" {
      return places.shape.last == 1 && places.rank > 1 ? try hot.squeeze(-2) : hot
    }
    if places.rank <= 1 { return mode == "multi_hot" ? try hot.amax([0]) : try hot.sum([0]) }
    return mode == "multi_hot" ? try hot.amax([hot.rank - 2]) : try hot.sum([hot.rank - 2])
  }

  static let categories = KerasLayers.layer(
    "CategoryEncoding", "Classes as rows with ones at the classes.",
    "num_tokens=None, output_mode='multi_hot', sparse=False",
    example: "keras.layers.CategoryEncoding(num_tokens=3)"
  ) { n in
    let count = try n.positive("num_tokens")
    let mode = try n.choice("output_mode", ["one_hot", "multi_hot", "count"])
    return FunctionUnit(masking: false, keepsDType: true, shape: { shapes in [shapes[0].dropLast() + [count]] }) {
      x, _, _ in
      let places = try x[0].to(.int64)
      for value in try places.ints() where value < 0 || value >= count {
        throw TensorError.argument(
          operation: "CategoryEncoding",
          message: "Input values must be in the range 0 <= values < num_tokens with num_tokens=\(count), "
            + "found \(value)")
      }
      return [try encode(places, count, mode)]
    }
  }

  // MARK: - Pictures

  /// A change of pictures in training: [batch, h, w, c].
  private static func picture(
    _ name: String, _ doc: String, _ parameters: String, example: String,
    _ make: @escaping (KerasNamed) throws -> (Tensor, Generator) throws -> Tensor
  ) -> TypeTable {
    KerasLayers.layer(name, doc, parameters, example: example) { n in
      let change = try make(n)
      return FunctionUnit(masking: false) { x, context, random in
        guard context.isTraining, x[0].rank >= 3 else { return [x[0]] }
        let images = x[0].rank == 3 ? try x[0].unsqueeze(0) : x[0]
        let y = try noGrad { try change(images, random) }
        return [x[0].rank == 3 ? try y.squeeze(0) : y]
      }
    }
  }

  private static func each(_ x: Tensor, _ body: (Tensor) throws -> Tensor) throws -> Tensor {
    try Tensor.stack((0..<x.shape[0]).map { try body(x.select(0, $0)) })
  }

  /// One number as +-it, or a pair of bounds.
  private static func range(_ n: KerasNamed, _ name: String) throws -> (Double, Double) {
    if let one = try n.machine.float(n[name]) { return (-one, one) }
    let pair = try n.machine.doubles(n[name])
    guard pair.count == 2 else {
      throw Raise(.valueError, "\(name) is a number or a pair of numbers, got \(try n.machine.repr(n[name]))")
    }
    return (pair[0], pair[1])
  }

  /// A picture [h, w, c] seen through a map of places, with the nearest neighbours mixed.
  private static func warp(
    _ image: Tensor, _ map: (Double, Double) -> (Double, Double)
  ) throws -> Tensor {
    let (h, w, c) = (image.shape[0], image.shape[1], image.shape[2])
    let source = try image.contiguous().floats()
    var out = [Float](repeating: 0, count: source.count)
    func reflect(_ i: Int, _ n: Int) -> Int {
      guard n > 1 else { return 0 }
      let period = 2 * n
      let m = ((i % period) + period) % period
      return m < n ? m : period - 1 - m
    }
    for y in 0..<h {
      for x in 0..<w {
        let (sy, sx) = map(Double(y), Double(x))
        guard sy.isFinite, sx.isFinite, abs(sy) < 1e6, abs(sx) < 1e6 else { continue }
        let (y0, x0) = (Int(sy.rounded(.down)), Int(sx.rounded(.down)))
        let (fy, fx) = (Float(sy - Double(y0)), Float(sx - Double(x0)))
        for channel in 0..<c {
          func at(_ yy: Int, _ xx: Int) -> Float {
            source[(reflect(yy, h) * w + reflect(xx, w)) * c + channel]
          }
          let top = at(y0, x0) * (1 - fx) + at(y0, x0 + 1) * fx
          let bottom = at(y0 + 1, x0) * (1 - fx) + at(y0 + 1, x0 + 1) * fx
          out[(y * w + x) * c + channel] = top * (1 - fy) + bottom * fy
        }
      }
    }
    return try Tensor(out).reshape(image.shape)
  }

  private static let pictures: [TypeTable] = [
    picture("RandomFlip", "Pictures turned around at random, in training.", "mode='horizontal_and_vertical', seed=None, data_format=None", example: "keras.layers.RandomFlip('horizontal')") {
      n in
      let mode = try n.choice("mode", ["horizontal_and_vertical", "horizontal", "vertical"])
      return { x, random in
        try each(x) { image in
          var y = image
          if mode != "vertical", random.uniform() < 0.5 { y = try y.flip([1]) }
          if mode != "horizontal", random.uniform() < 0.5 { y = try y.flip([0]) }
          return y
        }
      }
    },
    picture("RandomRotation", "Pictures rotated at random, in training; 1.0 is a whole turn.", "factor, fill_mode='reflect', interpolation='bilinear', seed=None, fill_value=0.0, data_format=None", example: "keras.layers.RandomRotation(0.1)") {
      n in
      let (low, high) = try range(n, "factor")
      return { x, random in
        try each(x) { image in
          let angle = (low + (high - low) * random.uniform()) * 2 * Double.pi
          let pair = try Tensor([angle], dtype: .float64)
          let (s, c) = (try pair.sin().item().double, try pair.cos().item().double)
          let (my, mx) = (Double(image.shape[0] - 1) / 2, Double(image.shape[1] - 1) / 2)
          return try warp(image) { y, x in
            (my + (y - my) * c + (x - mx) * s, mx - (y - my) * s + (x - mx) * c)
          }
        }
      }
    },
    picture("RandomZoom", "Pictures larger or smaller at random, in training.", "height_factor, width_factor=None, fill_mode='reflect', interpolation='bilinear', seed=None, fill_value=0.0, data_format=None", example: "keras.layers.RandomZoom(0.1)") {
      n in
      let (low, high) = try range(n, "height_factor")
      let width = n.has("width_factor") ? try range(n, "width_factor") : nil
      return { x, random in
        try each(x) { image in
          let zy = 1 + low + (high - low) * random.uniform()
          let zx = width.map { 1 + $0.0 + ($0.1 - $0.0) * random.uniform() } ?? zy
          let (my, mx) = (Double(image.shape[0] - 1) / 2, Double(image.shape[1] - 1) / 2)
          return try warp(image) { y, x in (my + (y - my) * zy, mx + (x - mx) * zx) }
        }
      }
    },
    picture("RandomTranslation", "Pictures moved at random, in training.", "height_factor, width_factor, fill_mode='reflect', interpolation='bilinear', seed=None, fill_value=0.0, data_format=None", example: "keras.layers.RandomTranslation(0.1, 0.1)") {
      n in
      let (rows, columns) = (try range(n, "height_factor"), try range(n, "width_factor"))
      return { x, random in
        try each(x) { image in
          let dy = (rows.0 + (rows.1 - rows.0) * random.uniform()) * Double(image.shape[0])
          let dx = (columns.0 + (columns.1 - columns.0) * random.uniform()) * Double(image.shape[1])
          return try warp(image) { y, x in (y - dy, x - dx) }
        }
      }
    },
    picture("RandomContrast", "Pictures with more or less contrast at random, in training.", "factor, value_range=(0, 255), seed=None", example: "keras.layers.RandomContrast(0.2)") {
      n in
      let (low, high) = try range(n, "factor")
      return { x, random in
        try each(x) { image in
          let factor = 1 + low + (high - low) * random.uniform()
          let middle = try image.mean([0, 1], keepDims: true)
          return try image.subtracting(middle).multiplied(by: .double(factor)).adding(middle)
        }
      }
    },
    picture("RandomBrightness", "Pictures lighter or darker at random, in training.", "factor, value_range=(0, 255), seed=None", example: "keras.layers.RandomBrightness(0.2)") {
      n in
      let (low, high) = try range(n, "factor")
      let bounds = try n.machine.doubles(n["value_range"])
      guard bounds.count == 2 else { throw Raise(.valueError, "value_range is a pair of numbers") }
      return { x, random in
        try each(x) { image in
          let step = (low + (high - low) * random.uniform()) * (bounds[1] - bounds[0])
          return try image.adding(.double(step)).clamp(min: .double(bounds[0]), max: .double(bounds[1]))
        }
      }
    },
    KerasLayers.layer("Resizing", "Pictures at another size.", "height, width, interpolation='bilinear', crop_to_aspect_ratio=False, data_format=None", example: "keras.layers.Resizing(32, 32)") {
      n in
      let (height, width) = (try n.positive("height"), try n.positive("width"))
      let mode = try n.choice("interpolation", ["bilinear", "nearest", "bicubic"])
      let how: Interpolation = mode == "nearest" ? .nearest : mode == "bicubic" ? .bicubic : .linear
      return FunctionUnit(
        masking: false, shape: { shapes in
          let s = shapes[0]
          return s.count == 4 ? [[s[0], height, width, s[3]]] : s.count == 3 ? [[height, width, s[2]]] : shapes
        }
      ) { x, _, _ in
        guard x[0].rank == 3 || x[0].rank == 4 else {
          throw TensorError.wrongShape(
            operation: "Resizing", found: x[0].shape, needed: "[batch, height, width, channels]")
        }
        let images = x[0].rank == 3 ? try x[0].unsqueeze(0) : x[0]
        let y = try images.permute([0, 3, 1, 2]).resized([height, width], how).permute([0, 2, 3, 1])
        return [x[0].rank == 3 ? try y.squeeze(0) : y]
      }
    },
    KerasLayers.layer("CenterCrop", "The middle of pictures.", "height, width, data_format=None", example: "keras.layers.CenterCrop(24, 24)") {
      n in
      let (height, width) = (try n.positive("height"), try n.positive("width"))
      return FunctionUnit(
        masking: false, shape: { shapes in
          let s = shapes[0]
          return s.count == 4 ? [[s[0], height, width, s[3]]] : shapes
        }
      ) { x, _, _ in
        guard x[0].rank == 4, x[0].shape[1] >= height, x[0].shape[2] >= width else {
          throw TensorError.wrongShape(
            operation: "CenterCrop", found: x[0].shape,
            needed: "[batch, height, width, channels] of at least \(height) by \(width)")
        }
        return [
          try x[0].narrow(1, start: (x[0].shape[1] - height) / 2, length: height)
            .narrow(2, start: (x[0].shape[2] - width) / 2, length: width)
        ]
      }
    },
  ]
}
