import Language

/// Pools as layers.
enum TorchPoolLayers {
  static let rows: [TorchLayerRow] = ["1d", "2d", "3d"].flatMap { suffix in
    [max(suffix), average(suffix), adaptive("Avg", suffix), adaptive("Max", suffix)]
  } + [unpool, lp]

  private static let module = "torch.nn.modules.pooling"

  /// A stride that was not given is the kernel's size.
  private static func stride(_ a: Arguments) -> [(String, Value)] {
    [("stride", a[2].isNone || !a[2].isGiven ? a[1] : a[2])]
  }

  private static func pass(_ names: String...) -> [(parameter: String, attribute: String)] {
    names.map { ($0, $0) }
  }

  private static func max(_ suffix: String) -> TorchLayerRow {
    TorchFunctionalLayer.row(
      "MaxPool\(suffix)", "kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False",
      "The largest element under each window.", module: module, function: "max_pool\(suffix)",
      passing: pass("kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices"),
      more: { a, _ in stride(a) }, example: "torch.nn.MaxPool\(suffix)(2)",
      text: { try $0.listed("kernel_size", "stride", "padding", "dilation", "ceil_mode") })
  }

  private static func average(_ suffix: String) -> TorchLayerRow {
    let two = suffix != "1d"  // and three: the sizes print as they were given
    return TorchFunctionalLayer.row(
      "AvgPool\(suffix)", "kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True" + (two ? ", divisor_override=None" : ""),
      "The mean under each window.", module: module, function: "avg_pool\(suffix)",
      passing: pass("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad")
        + (two ? pass("divisor_override") : []),
      more: { a, _ in
        func single(_ value: Value) -> Value { value.asTuple == nil ? .tuple([value]) : value }
        let own = stride(a)
        // The layer for one axis keeps its sizes as tuples.
        return two ? own : [("kernel_size", single(a[1])), ("stride", single(own[0].1)), ("padding", single(a[3]))]
      }, example: "torch.nn.AvgPool\(suffix)(2)",
      text: { view in
        two ? try view.listed("kernel_size", "stride", "padding")
          : try view.listed("kernel_size", "stride", "padding")
      })
  }

  private static func adaptive(_ kind: String, _ suffix: String) -> TorchLayerRow {
    TorchFunctionalLayer.row(
      "Adaptive\(kind)Pool\(suffix)", "output_size" + (kind == "Max" ? ", return_indices=False" : ""),
      "One \(kind == "Max" ? "maximum" : "mean") for each of so many parts of an axis.", module: module,
      function: "adaptive_\(kind == "Max" ? "max" : "avg")_pool\(suffix)",
      passing: pass("output_size") + (kind == "Max" ? pass("return_indices") : []),
      example: "torch.nn.Adaptive\(kind)Pool\(suffix)(1)", text: { try $0.listed("output_size") })
  }

  private static let unpool = TorchFunctionalLayer.row(
    "MaxUnpool2d", "kernel_size, stride=None, padding=0", "Back from MaxPool2d with its indices.",
    module: module, function: "max_unpool2d", inputs: "input, indices, output_size=None",
    passing: pass("kernel_size", "stride", "padding"), more: { a, _ in stride(a) },
    example: "torch.nn.MaxUnpool2d(2)", text: { try $0.listed("kernel_size", "stride", "padding") })

  private static let lp = TorchFunctionalLayer.row(
    "LPPool2d", "norm_type, kernel_size, stride=None, ceil_mode=False", "The norm of each window.",
    module: module, function: "lp_pool2d", passing: pass("norm_type", "kernel_size", "stride", "ceil_mode"),
    example: "torch.nn.LPPool2d(2, 2)",
    text: { try $0.listed("norm_type", "kernel_size", "stride", "ceil_mode") })
}
