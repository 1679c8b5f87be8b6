import Language
import TensorCore

/// `torch.nn.functional`, as far as it works on tensors alone: convolutions, pools, padding, resizing,
/// patches, activations and distances.
enum TorchNNFunctional {
  static let functions: [Native] =
    convolutions + maxPools + otherPools + shapes + distances + TorchVolumes.functions

  private static let image = "torch.ones(1, 1, 4, 4)"
  private static let signal = "torch.ones(1, 1, 4)"

  /// What `torch` itself has of them.
  static let inTorch: [Native] = TorchVolumes.inTorch + functions.filter {
    [
      "conv1d", "conv2d", "conv_transpose1d", "conv_transpose2d", "max_pool1d", "max_pool2d",
      "avg_pool1d", "adaptive_avg_pool1d", "pixel_shuffle", "pixel_unshuffle",
    ].contains($0.name)
  }

  // MARK: - Convolutions

  private static let convolutions: [Native] = [
    torchRow("conv1d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)", "The convolution over one axis: [n, in, l] with [out, in / groups, k].", "F.conv1d(\(signal), torch.ones(2, 1, 3))".functional) { a in
      let (weight, dilation) = (try a.torchTensor(1), try a.single(5))
      var padding = (0, 0)
      if a[4].swiftString != nil {
        let kernel = weight.shape.last ?? 1
        padding = try named(a, 4, [kernel], [dilation], [try a.single(3)])[0]
      } else {
        let size = try a.single(4)
        padding = (size, size)
      }
      return try a.torchTensor(0).conv1d(
        weight, a.optionalTensor(2), stride: a.single(3), padding: padding, dilation: dilation,
        groups: a.int(6))
    },
    torchRow("conv2d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)", "The convolution over two axes: [n, in, h, w] with [out, in / groups, kh, kw].", "F.conv2d(\(image), torch.ones(2, 1, 3, 3)).shape".functional) { a in
      let weight = try a.torchTensor(1)
      let (stride, dilation) = (try a.pair(3), try a.pair(5))
      let padding =
        a[4].swiftString != nil
        ? try named(a, 4, Array(weight.shape.suffix(2)), dilation, stride)
        : try a.pair(4).map { ($0, $0) }
      return try a.torchTensor(0).conv2d(
        weight, a.optionalTensor(2),
        Convolution(stride: stride, padding: padding, dilation: dilation, groups: a.int(6)))
    },
    torchRow("conv_transpose1d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)", "The transposed convolution over one axis.", "F.conv_transpose1d(\(signal), torch.ones(1, 2, 3)).shape".functional) { a in
      try a.torchTensor(0).convTranspose1d(
        a.torchTensor(1), a.optionalTensor(2), stride: a.single(3), padding: a.single(4),
        outputPadding: a.single(5), dilation: a.single(7), groups: a.int(6))
    },
    torchRow("conv_transpose2d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)", "The transposed convolution over two axes.", "F.conv_transpose2d(\(image), torch.ones(1, 2, 3, 3)).shape".functional) { a in
      try a.torchTensor(0).convTranspose2d(
        a.torchTensor(1), a.optionalTensor(2),
        Convolution(
          stride: a.pair(3), padding: a.pair(4).map { ($0, $0) }, dilation: a.pair(7),
          groups: a.int(6)), outputPadding: a.pair(5))
    },
  ]

  /// `padding='same'` and `'valid'`.
  static func named(
    _ a: Arguments, _ index: Int, _ kernel: [Int], _ dilation: [Int], _ stride: [Int]
  ) throws -> [(Int, Int)] {
    switch try a.string(index) {
    case "valid": return kernel.map { _ in (0, 0) }
    case "same":
      guard stride.allSatisfy({ $0 == 1 }) else {
        throw Raise(.runtimeError, "padding='same' is not supported for strided convolutions")
      }
      return Convolution.same(kernel: kernel, dilation: dilation)
    case let other:
      throw Raise(.runtimeError, "Invalid padding string: '\(other)'", hint: "there are 'same' and 'valid'")
    }
  }

  // MARK: - Pools

  private static func pool(_ a: Arguments, two: Bool, ceil: Int, dilation: Int?) throws -> Pool {
    func sizes(_ index: Int) throws -> [Int] { two ? try a.pair(index) : [1, try a.single(index)] }
    func axis(_ index: Int, _ none: Int) throws -> [Int] {
      two ? try a.pair(index) : [none, try a.single(index)]
    }
    let kernel = try sizes(1)
    let stride = a[2].isNone || !a.isGiven(2) ? kernel : try sizes(2)
    return Pool(
      kernel: kernel, stride: stride, padding: try axis(3, 0),
      dilation: try dilation.map { try axis($0, 1) } ?? [1, 1], ceilMode: try a.bool(ceil))
  }

  /// - Parameter placed: whether the second result, the places, is wanted.
  private static func maxPooled(_ a: Arguments, two: Bool, placed: Bool = true) throws -> (
    Tensor, Tensor
  ) {
    let x = try a.torchTensor(0)
    guard two || x.rank == 2 || x.rank == 3 else {
      throw Raise(.runtimeError, "max_pool1d() Expected 2D or 3D input tensor, but got \(x.shape)")
    }
    let shape = try pool(a, two: two, ceil: 5, dilation: 4)
    if two, !placed {
      let values = try x.maxPooled2d(shape)
      return (values, values)
    }
    let (values, indices) = try (two ? x : x.unsqueeze(-2)).maxPool2d(shape)
    return two ? (values, indices) : (try values.squeeze(-2), try indices.squeeze(-2))
  }

  private static let maxPools: [Native] = [("1d", false, signal), ("2d", true, image)].flatMap {
    suffix, two, sample -> [Native] in
    let parameters = "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False"
    return [
      Native("max_pool\(suffix)(\(parameters))", "The largest element under each window, on request with its place.", example: "F.max_pool\(suffix)(\(sample), 2)".functional) { a in
        let placed = try a.bool(6)
        let (values, indices) = try maxPooled(a, two: two, placed: placed)
        if placed {
          return .tuple([a.machine.torchValue(values), a.machine.torchValue(indices)])
        }
        return a.machine.torchValue(values)
      },
      Native("max_pool\(suffix)_with_indices(\(parameters))", "The largest element under each window and its place.", example: "F.max_pool\(suffix)_with_indices(\(sample), 2)[1]".functional) { a in
        let (values, indices) = try maxPooled(a, two: two)
        return .tuple([a.machine.torchValue(values), a.machine.torchValue(indices)])
      },
      torchRow("avg_pool\(suffix)(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True\(two ? ", divisor_override=None" : ""))", "The mean under each window.", "F.avg_pool\(suffix)(\(sample), 2)".functional) { a in
        let x = try a.torchTensor(0)
        let shape = try pool(a, two: two, ceil: 4, dilation: nil)
        guard !two else {
          return try x.avgPool2d(shape, countPadding: a.bool(5), divisor: a.optionalInt(6))
        }
        return try x.unsqueeze(-2).avgPool2d(shape, countPadding: a.bool(5)).squeeze(-2)
      },
    ]
  }

  /// The target of an adaptive pool; None keeps the size of an axis.
  private static func target(_ a: Arguments, _ x: Tensor) throws -> [Int] {
    var values = [a[1]]
    if try a.machine.index(a[1]) == nil, !a[1].isNone { values = try a.machine.array(a[1]) }
    if values.count == 1 { values.append(values[0]) }
    guard values.count == 2, x.rank >= 2 else {
      throw Raise(.runtimeError, "adaptive pool: output_size must be one size or two")
    }
    return try values.enumerated().map { place, value in
      value.isNone ? x.shape[x.rank - 2 + place] : try a.machine.size(value, a.name)
    }
  }

  private static let otherPools: [Native] = [
    torchRow("adaptive_avg_pool2d(input, output_size)", "Means of parts that cover each plane.", "F.adaptive_avg_pool2d(\(image), 1)".functional) { a in
      let x = try a.torchTensor(0)
      let size = try target(a, x)
      return try x.adaptiveAvgPool2d(size[0], size[1])
    },
    torchRow("adaptive_avg_pool1d(input, output_size)", "Means of parts that cover an axis.", "F.adaptive_avg_pool1d(\(signal), 2)".functional) { a in
      try a.torchTensor(0).unsqueeze(-2).adaptiveAvgPool2d(1, a.single(1)).squeeze(-2)
    },
    Native("adaptive_max_pool2d(input, output_size, return_indices=False)", "The largest elements of parts that cover each plane.", example: "F.adaptive_max_pool2d(\(image), 1)".functional) { a in
      let x = try a.torchTensor(0)
      let size = try target(a, x)
      let (values, indices) = try x.adaptiveMaxPool2d(size[0], size[1])
      return try a.bool(2)
        ? .tuple([a.machine.torchValue(values), a.machine.torchValue(indices)])
        : a.machine.torchValue(values)
    },
    Native("adaptive_max_pool1d(input, output_size, return_indices=False)", "The largest elements of parts that cover an axis.", example: "F.adaptive_max_pool1d(\(signal), 2)".functional) { a in
      let (values, indices) = try a.torchTensor(0).unsqueeze(-2).adaptiveMaxPool2d(1, a.single(1))
      let value = a.machine.torchValue(try values.squeeze(-2))
      return try a.bool(2) ? .tuple([value, a.machine.torchValue(try indices.squeeze(-2))]) : value
    },
    torchRow("max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None)", "Back from max_pool2d: each element where it came from.", "F.max_unpool2d(*F.max_pool2d(\(image), 2, return_indices=True), 2).shape".functional) { a in
      let x = try a.torchTensor(0)
      let kernel = try a.pair(2)
      let stride = a[3].isNone ? kernel : try a.pair(3)
      let padding = try a.pair(4)
      var size = a[5].isNone ? [] : Array(try a.shape(5).suffix(2))
      if size.isEmpty {
        guard x.rank >= 3 else { throw Raise(.runtimeError, "max_unpool2d: Expected 3D or 4D input") }
        size = (0..<2).map { (x.shape[x.rank - 2 + $0] - 1) &* stride[$0] &- 2 &* padding[$0] &+ kernel[$0] }
      }
      return try x.maxUnpool2d(a.torchTensor(1), height: size[0], width: size[1])
    },
    torchRow("lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False)", "The norm of each window.", "F.lp_pool2d(\(image), 2, 2)".functional) { a in
      let kernel = try a.pair(2)
      return try a.torchTensor(0).lpPool2d(
        a.double(1), Pool(kernel: kernel, stride: a[3].isNone ? kernel : a.pair(3), ceilMode: a.bool(4)))
    },
  ]

  // MARK: - Padding, resizing, patches

  static func padMode(_ name: String, _ value: Scalar, _ operation: String) throws -> PadMode {
    switch name {
    case "constant": return .constant(value)
    case "reflect": return .reflect
    case "replicate": return .edge
    case "circular": return .wrap
    default:
      throw Raise(
        .notImplementedError, "Unrecognised padding mode \(name)",
        hint: "\(operation): there are 'constant', 'reflect', 'replicate' and 'circular'")
    }
  }

  private static func padded(_ a: Arguments) throws -> Tensor {
    let x = try a.torchTensor(0)
    let flat = try a.shape(1)
    guard flat.count % 2 == 0 else {
      throw Raise(.runtimeError, "Padding length must be divisible by 2")
    }
    guard flat.count / 2 <= x.rank else {
      throw Raise(
        .runtimeError,
        "Padding length should be less than or equal to two times the input dimension but got padding "
          + "length \(flat.count) and input of dimension \(x.rank)")
    }
    // PyTorch names the last axis first.
    let amounts = stride(from: 0, to: flat.count, by: 2).map { (flat[$0], flat[$0 + 1]) }
    let value = a[3].isNone ? Scalar.int(0) : try a.scalar(3)
    let mode = try padMode(a.string(2), value, "pad")
    if case .reflect = mode {
      for (i, amount) in amounts.enumerated() where max(amount.0, amount.1) >= x.shape[x.rank - 1 - i] {
        throw Raise(
          .runtimeError,
          "Argument #4: Padding size should be less than the corresponding input dimension, but got: "
            + "padding (\(amount.0), \(amount.1)) at dimension \(x.rank - 1 - i) of input \(x.shape)")
      }
    }
    if case .wrap = mode {
      for (i, amount) in amounts.enumerated() where max(amount.0, amount.1) > x.shape[x.rank - 1 - i] {
        throw Raise(.runtimeError, "Padding value causes wrapping around more than once.")
      }
    }
    return try x.padded(amounts.reversed(), mode)
  }

  private static let shapes: [Native] = [
    torchRow("pad(input, pad, mode='constant', value=None)", "Elements around the last axes, the last one's numbers first.", "F.pad(torch.ones(2), (1, 2))".functional) { try padded($0) },
    torchRow("interpolate(input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False)", "The axes behind [batch, channels] at another size.", "F.interpolate(\(image), scale_factor=2).shape".functional) { try interpolated($0) },
    torchRow("upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None)", "An older name of interpolate.", "F.upsample(\(image), scale_factor=2).shape".functional) { try interpolated($0) },
    torchRow("unfold(input, kernel_size, dilation=1, padding=0, stride=1)", "The patches under a window as columns.", "F.unfold(\(image), 2).shape".functional) { a in
      try a.torchTensor(0).unfoldPatches(
        a.pair(1), Convolution(stride: a.pair(4), padding: a.pair(3).map { ($0, $0) }, dilation: a.pair(2)))
    },
    torchRow("fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1)", "Columns of patches added up to an image.", "F.fold(torch.ones(1, 4, 9), (4, 4), 2).shape".functional) { a in
      try a.torchTensor(0).foldPatches(
        a.pair(1), a.pair(2),
        Convolution(stride: a.pair(5), padding: a.pair(4).map { ($0, $0) }, dilation: a.pair(3)))
    },
    torchRow("pixel_shuffle(input, upscale_factor)", "[n, c r r, h, w] -> [n, c, h r, w r].", "F.pixel_shuffle(torch.ones(1, 4, 2, 2), 2).shape".functional) { a in
      try a.torchTensor(0).pixelShuffle(a.int(1))
    },
    torchRow("pixel_unshuffle(input, downscale_factor)", "Back from pixel_shuffle.", "F.pixel_unshuffle(\(image), 2).shape".functional) { a in
      try a.torchTensor(0).pixelUnshuffle(a.int(1))
    },
    torchRow("one_hot(tensor, num_classes=-1)", "Rows of 0 and 1 for classes.", "F.one_hot(torch.tensor([0, 2]))".functional) { a in
      let classes = try a.int(1)
      return try a.torchTensor(0).oneHot(classes: classes == -1 ? nil : classes)
    },
  ]

  private static func interpolated(_ a: Arguments) throws -> Tensor {
    let x = try a.torchTensor(0)
    let axes = x.rank - 2
    let modeName = try a.string(3)
    let modes: [String: (Interpolation, Int?)] = [
      "nearest": (.nearest, nil), "nearest-exact": (.nearestExact, nil), "linear": (.linear, 1),
      "bilinear": (.linear, 2), "bicubic": (.bicubic, 2), "area": (.area, nil), "trilinear": (.linear, 3),
    ]
    guard let (mode, needed) = modes[modeName] else {
      throw Raise(
        .notImplementedError,
        "Input Error: Only 3D, 4D and 5D input Tensors supported (got \(x.rank)D) for the modes: "
          + "nearest | linear | bilinear | bicubic | trilinear | area | nearest-exact (got \(modeName))")
    }
    guard axes > 0, needed == nil || needed == axes else {
      throw Raise(
        .notImplementedError, "Got \(x.rank)D input, but \(modeName) mode needs \((needed ?? 2) + 2)D input")
    }
    if !a[4].isNone, mode == .nearest || mode == .nearestExact || mode == .area {
      throw Raise(
        .valueError,
        "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic "
          + "| trilinear")
    }
    if a.function.parameters.count > 6, try a.bool(6) {
      throw Raise(.notImplementedError, "interpolate: antialias is not there")
    }
    func spread<T>(_ values: [T]) throws -> [T] {
      if values.count == axes { return values }
      guard values.count == 1 else {
        throw Raise(
          .valueError,
          "Input and output must have the same number of spatial dimensions, but got input with spatial "
            + "dimensions of \(Array(x.shape.dropFirst(2))) and \(values.count) sizes or factors")
      }
      return Array(repeating: values[0], count: axes)
    }
    let aligned = a[4].isNone ? false : try a.bool(4)
    if !a[1].isNone {
      guard a[2].isNone else { throw Raise(.valueError, "only one of size or scale_factor should be defined") }
      return try x.resized(spread(a.shape(1)), mode, alignCorners: aligned)
    }
    guard !a[2].isNone else {
      throw Raise(.valueError, "either size or scale_factor should be defined")
    }
    let factors = try spread(
      try a.machine.scalar(a[2]).map { [$0.double] } ?? a.machine.doubles(a[2]))
    let sizes = try zip(factors, x.shape.dropFirst(2)).map { factor, size -> Int in
      guard let target = Int(exactly: (Double(size) * factor).rounded(.down)) else {
        throw Raise(.valueError, "scale_factor \(factor) is no usable factor")
      }
      return target
    }
    let recomputed = a.function.parameters.count > 5 && !a[5].isNone ? try a.bool(5) : false
    return try x.resized(
      sizes, mode, scales: recomputed ? [] : factors.map { $0 }, alignCorners: aligned)
  }

  // MARK: - Distances

  private static let distances: [Native] = [
    torchRow("cosine_similarity(x1, x2, dim=1, eps=1e-08)", "The cosine of the angle between vectors.", "F.cosine_similarity(torch.ones(1, 2), torch.ones(1, 2))".functional) {
      try $0.torchTensor(0).cosineSimilarity($0.torchTensor(1), axis: $0.int(2), epsilon: $0.double(3))
    },
    torchRow("pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False)", "The distances between rows in pairs.", "F.pairwise_distance(torch.zeros(2, 3), torch.ones(2, 3))".functional) {
      try $0.torchTensor(0).pairwiseDistance($0.torchTensor(1), power: $0.double(2), epsilon: $0.double(3), keepDims: $0.bool(4))
    },
    torchRow("pdist(input, p=2.0)", "The distances between different rows.", "F.pdist(torch.eye(3))".functional) {
      try $0.torchTensor(0).pdist(power: $0.double(1))
    },
    torchRow("normalize(input, p=2.0, dim=1, eps=1e-12, out=None)", "Vectors scaled to norm 1.", "F.normalize(torch.ones(1, 4))".functional) {
      try $0.torchTensor(0).normalized(power: $0.double(1), axis: $0.int(2), epsilon: $0.double(3))
    },
  ]
}

extension String {
  /// An example of `torch.nn.functional` under the name that programs give the module.
  fileprivate var functional: String { replacingF() }

  private func replacingF() -> String {
    var result = ""
    var rest = self[...]
    while let first = rest.first {
      if rest.hasPrefix("F."), result.isEmpty || result.last == "*" {
        result += "torch.nn.functional."
        rest = rest.dropFirst(2)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
