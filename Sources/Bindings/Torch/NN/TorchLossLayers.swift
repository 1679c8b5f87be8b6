import Language
import NeuralNetworks

/// Losses as layers: functions of `torch.nn.functional` with their settings.
enum TorchLossLayers {
  static let base = TypeTable(
    "_Loss", module: "torch.nn.modules.loss", doc: "What all losses derive from.", base: TorchModule.table,
    methods: [
      Native("__init__(self, size_average=None, reduce=None, reduction='mean')", "A loss with a reduction.") { a in
        let module = try a.receiver(TorchModule.self)
        module.isReady = true
        module.setOwn("reduction", a[3])
        return .none
      }
    ])

  private static func row(
    _ name: String, _ settings: String, _ function: String, _ doc: String, inputs: String = "input, target",
    passing: [String] = [], buffers: [String] = [], example: String? = nil
  ) -> TorchLayerRow {
    let parameters = settings.isEmpty ? "" : settings + ", "
    return TorchFunctionalLayer.row(
      name, parameters + "size_average=None, reduce=None, reduction='mean'", doc,
      module: "torch.nn.modules.loss", function: function, inputs: inputs,
      passing: (passing + ["reduction"]).map { ($0, $0) },
      attributes: (passing + ["reduction"]).filter { !buffers.contains($0) },
      more: { a, _ in
        // Weights that were not given are None, as attributes.
        buffers.compactMap { a[a.place($0)].isNone ? ($0, Value.none) : nil }
      }, example: example, base: base, buffers: buffers)
  }

  static let rows: [TorchLayerRow] = [
    row("MSELoss", "", "mse_loss", "(x - y)^2."),
    row("L1Loss", "", "l1_loss", "|x - y|."),
    row("SmoothL1Loss", "beta=1.0", "smooth_l1_loss", "Quadratic near 0, linear beyond beta.", passing: ["beta"]),
    row("HuberLoss", "delta=1.0", "huber_loss", "Quadratic near 0, linear beyond delta.", passing: ["delta"]),
    row("BCELoss", "weight=None", "binary_cross_entropy", "Cross-entropy of probabilities with 0 and 1.", passing: ["weight"], buffers: ["weight"]),
    row("BCEWithLogitsLoss", "weight=None, pos_weight=None", "binary_cross_entropy_with_logits", "Cross-entropy of logits with 0 and 1.", passing: ["weight", "pos_weight"], buffers: ["weight", "pos_weight"]),
    row("CrossEntropyLoss", "weight=None, ignore_index=-100, label_smoothing=0.0", "cross_entropy", "Cross-entropy of logits with classes or probabilities.", passing: ["weight", "ignore_index", "label_smoothing"], buffers: ["weight"]),
    row("NLLLoss", "weight=None, ignore_index=-100", "nll_loss", "-log of the probability of the right class, from log-probabilities.", passing: ["weight", "ignore_index"], buffers: ["weight"]),
    row("KLDivLoss", "log_target=False", "kl_div", "The divergence of Kullback and Leibler, from log-probabilities.", passing: ["log_target"]),
    row("HingeEmbeddingLoss", "margin=1.0", "hinge_embedding_loss", "x for 1, max(0, margin - x) for -1.", passing: ["margin"]),
    row("MarginRankingLoss", "margin=0.0", "margin_ranking_loss", "max(0, -y (x1 - x2) + margin).", inputs: "input1, input2, target", passing: ["margin"]),
    row("CosineEmbeddingLoss", "margin=0.0", "cosine_embedding_loss", "1 - cos for 1, max(0, cos - margin) for -1.", inputs: "input1, input2, target", passing: ["margin"]),
    row("TripletMarginLoss", "margin=1.0, p=2.0, eps=1e-06, swap=False", "triplet_margin_loss", "max(0, d(a, p) - d(a, n) + margin).", inputs: "anchor, positive, negative", passing: ["margin", "p", "eps", "swap"]),
    row("TripletMarginWithDistanceLoss", "*, distance_function=None, margin=1.0, swap=False", "triplet_margin_with_distance_loss", "max(0, d(a, p) - d(a, n) + margin) with a distance of one's own.", inputs: "anchor, positive, negative", passing: ["distance_function", "margin", "swap"]),
    row("PoissonNLLLoss", "log_input=True, full=False, eps=1e-08", "poisson_nll_loss", "-log of a Poisson probability.", passing: ["log_input", "full", "eps"]),
    TorchFunctionalLayer.row(
      "GaussianNLLLoss", "*, full=False, eps=1e-06, reduction='mean'", "-log of a normal density.",
      module: "torch.nn.modules.loss", function: "gaussian_nll_loss", inputs: "input, target, var",
      passing: [("full", "full"), ("eps", "eps"), ("reduction", "reduction")], base: base),
    row("SoftMarginLoss", "", "soft_margin_loss", "log(1 + exp(-y x))."),
    row("MultiLabelMarginLoss", "", "multilabel_margin_loss", "Hinge over pairs of right and wrong classes."),
    row("MultiLabelSoftMarginLoss", "weight=None", "multilabel_soft_margin_loss", "Cross-entropy of each class by itself.", passing: ["weight"], buffers: ["weight"]),
    row("MultiMarginLoss", "p=1, margin=1.0, weight=None", "multi_margin_loss", "Hinge of the right class against the others.", passing: ["p", "margin", "weight"], buffers: ["weight"]),
    TorchFunctionalLayer.row(
      "CTCLoss", "blank=0, reduction='mean', zero_infinity=False", "Rows of steps against shorter rows of labels.",
      module: "torch.nn.modules.loss", function: "ctc_loss",
      inputs: "log_probs, targets, input_lengths, target_lengths",
      passing: [("blank", "blank"), ("reduction", "reduction"), ("zero_infinity", "zero_infinity")], base: base),
  ]
}
