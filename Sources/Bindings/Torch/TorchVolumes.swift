import Language
import TensorCore

/// Convolutions and pools over three axes: `torch.nn.functional`'s rows.
enum TorchVolumes {
  static let functions: [Native] = convolutions + pools

  private static let volume = "torch.ones(1, 1, 4, 4, 4)"
  /// What `torch` itself has of them.
  static let inTorch: [Native] = functions.filter {
    ["conv3d", "conv_transpose3d", "max_pool3d"].contains($0.name)
  }

  /// One whole number for all three axes, or one for each.
  private static func triple(_ a: Arguments, _ index: Int) throws -> [Int] {
    let sizes = try a.shape(index)
    if sizes.count == 3 { return sizes }
    guard sizes.count == 1 else {
      throw Raise(
        .runtimeError, "\(a.name): expected one integer or three, got \(sizes.count)",
        hint: "one for all axes, or (depth, height, width)")
    }
    return [sizes[0], sizes[0], sizes[0]]
  }

  private static let convolutions: [Native] = [
    torchRow("conv3d(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1)", "The convolution over three axes: [n, in, d, h, w] with [out, in / groups, kd, kh, kw].", "torch.nn.functional.conv3d(\(volume), torch.ones(2, 1, 3, 3, 3)).shape") { a in
      let weight = try a.torchTensor(1)
      let (stride, dilation) = (try triple(a, 3), try triple(a, 5))
      let padding =
        a[4].swiftString != nil
        ? try TorchNNFunctional.named(a, 4, Array(weight.shape.suffix(3)), dilation, stride)
        : try triple(a, 4).map { ($0, $0) }
      return try a.torchTensor(0).conv3d(
        weight, a.optionalTensor(2),
        Convolution(stride: stride, padding: padding, dilation: dilation, groups: a.int(6)))
    },
    torchRow("conv_transpose3d(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1)", "The transposed convolution over three axes.", "torch.nn.functional.conv_transpose3d(\(volume), torch.ones(1, 2, 3, 3, 3)).shape") { a in
      try a.torchTensor(0).convTranspose3d(
        a.torchTensor(1), a.optionalTensor(2),
        Convolution(
          stride: triple(a, 3), padding: triple(a, 4).map { ($0, $0) }, dilation: triple(a, 7),
          groups: a.int(6)), outputPadding: triple(a, 5))
    },
  ]

  private static func pool(_ a: Arguments, ceil: Int, dilation: Int?) throws -> Pool {
    let kernel = try triple(a, 1)
    return Pool(
      kernel: kernel, stride: a[2].isNone || !a.isGiven(2) ? kernel : try triple(a, 2),
      padding: try triple(a, 3), dilation: try dilation.map { try triple(a, $0) } ?? [1, 1, 1],
      ceilMode: try a.bool(ceil))
  }

  /// The target of an adaptive pool; None keeps the size of an axis.
  private static func target(_ a: Arguments, _ x: Tensor) throws -> [Int] {
    var values = [a[1]]
    if try a.machine.index(a[1]) == nil, !a[1].isNone { values = try a.machine.array(a[1]) }
    if values.count == 1 { values = [values[0], values[0], values[0]] }
    guard values.count == 3, x.rank >= 3 else {
      throw Raise(.runtimeError, "\(a.name): output_size must be one size or three")
    }
    return try values.enumerated().map { place, value in
      value.isNone ? x.shape[x.rank - 3 + place] : try a.machine.size(value, a.name)
    }
  }

  private static func both(_ found: (values: Tensor, indices: Tensor), _ a: Arguments) -> Value {
    .tuple([a.machine.torchValue(found.values), a.machine.torchValue(found.indices)])
  }

  private static let maximum = "input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False"

  private static let pools: [Native] = [
    Native("max_pool3d(\(maximum))", "The largest element under each window, on request with its place.", example: "torch.nn.functional.max_pool3d(\(volume), 2)") { a in
      let found = try a.torchTensor(0).maxPool3d(pool(a, ceil: 5, dilation: 4))
      return try a.bool(6) ? both(found, a) : a.machine.torchValue(found.values)
    },
    Native("max_pool3d_with_indices(\(maximum))", "The largest element under each window and its place.", example: "torch.nn.functional.max_pool3d_with_indices(\(volume), 2)[1].shape") { a in
      both(try a.torchTensor(0).maxPool3d(pool(a, ceil: 5, dilation: 4)), a)
    },
    torchRow("avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None)", "The mean under each window.", "torch.nn.functional.avg_pool3d(\(volume), 2)") { a in
      try a.torchTensor(0).avgPool3d(
        pool(a, ceil: 4, dilation: nil), countPadding: a.bool(5), divisor: a.optionalInt(6))
    },
    torchRow("adaptive_avg_pool3d(input, output_size)", "Means of parts that cover each volume.", "torch.nn.functional.adaptive_avg_pool3d(\(volume), 1)") { a in
      let x = try a.torchTensor(0)
      return try x.adaptiveAvgPool3d(target(a, x))
    },
    Native("adaptive_max_pool3d(input, output_size, return_indices=False)", "The largest elements of parts that cover each volume.", example: "torch.nn.functional.adaptive_max_pool3d(\(volume), 1)") { a in
      let x = try a.torchTensor(0)
      let found = try x.adaptiveMaxPool3d(target(a, x))
      return try a.bool(2) ? both(found, a) : a.machine.torchValue(found.values)
    },
  ]
}
