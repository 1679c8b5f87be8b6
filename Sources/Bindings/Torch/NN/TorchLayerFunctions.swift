import Language
import NeuralNetworks
import TensorCore

/// Layers of `torch.nn.functional` that take their parameters as arguments.
enum TorchLayerFunctions {
  private static let F = "torch.nn.functional"

  private static func row(
    _ signature: String, _ doc: String, _ example: String, _ body: @escaping (Arguments) throws -> Tensor
  ) -> Native {
    torchRow(signature, doc, "\(F).\(example)", body)
  }

  static let functions: [Native] = [
    row("linear(input, weight, bias=None)", "x W^T + b.", "linear(torch.ones(2), torch.ones(3, 2))") {
      try $0.torchTensor(0).linear($0.torchTensor(1), $0.optionalTensor(2))
    },
    row("bilinear(input1, input2, weight, bias=None)", "x1^T A x2 + b.", "bilinear(torch.ones(1, 2), torch.ones(1, 3), torch.ones(4, 2, 3))") {
      try $0.torchTensor(0).bilinear($0.torchTensor(1), $0.torchTensor(2), $0.optionalTensor(3))
    },
    row("embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False)", "Rows of a table.", "embedding(torch.tensor([1, 0]), torch.eye(2))") { a in
      let table = try a.torchTensor(1)
      var padding = try a.optionalInt(2)
      if let given = padding, table.rank > 0 {
        guard given < table.shape[0], given >= -table.shape[0] else {
          throw Raise(.assertionError, "Padding_idx must be within num_embeddings")
        }
        padding = given < 0 ? given + table.shape[0] : given
      }
      return try a.torchTensor(0).embedded(
        in: table, padding: padding, maxNorm: a.optionalDouble(3), normPower: a.double(4))
    },
    row("embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None)", "Sums, means or maxima of rows of a table.", "embedding_bag(torch.tensor([[1, 0]]), torch.eye(2))") { a in
      guard let mode = EmbeddingBag.Mode(rawValue: try a.string(6)) else {
        throw Raise(.valueError, "mode has to be one of sum, mean or max")
      }
      return try a.torchTensor(0).embeddedBags(
        in: a.torchTensor(1), offsets: a.optionalTensor(2), weights: a.optionalTensor(8), mode: mode,
        padding: a.optionalInt(10))
    },
    row("batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05)", "Each channel brought to mean 0 and variance 1 over the batch.", "batch_norm(torch.eye(2), torch.zeros(2), torch.ones(2))") { a in
      var running: (Tensor, Tensor)?
      if let mean = try a.optionalTensor(1), let variance = try a.optionalTensor(2) { running = (mean, variance) }
      let training = try a.bool(5)
      if !training, running == nil {
        throw Raise(.runtimeError, "Expected running_mean and running_var to be defined when training=False")
      }
      return try a.torchTensor(0).batchNorm(
        running: running, a.optionalTensor(3), a.optionalTensor(4), training: training,
        momentum: a.double(6), epsilon: a.double(7))
    },
    row("layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05)", "Each sample brought to mean 0 and variance 1.", "layer_norm(torch.eye(2), (2,))") {
      try $0.torchTensor(0).layerNorm($0.shape(1), $0.optionalTensor(2), $0.optionalTensor(3), epsilon: $0.double(4))
    },
    row("rms_norm(input, normalized_shape, weight=None, eps=None)", "Each sample divided by the root of its mean square.", "rms_norm(torch.eye(2), (2,))") {
      try $0.torchTensor(0).rmsNorm($0.shape(1), $0.optionalTensor(2), epsilon: $0.optionalDouble(3))
    },
    row("group_norm(input, num_groups, weight=None, bias=None, eps=1e-05)", "Groups of channels brought to mean 0 and variance 1.", "group_norm(torch.ones(1, 4, 2), 2)") {
      try $0.torchTensor(0).groupNorm($0.int(1), $0.optionalTensor(2), $0.optionalTensor(3), epsilon: $0.double(4))
    },
    row("instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05)", "Each channel of each sample brought to mean 0 and variance 1.", "instance_norm(torch.ones(1, 2, 4))") { a in
      let x = try a.torchTensor(0)
      guard x.rank >= 3 else { throw Raise(.runtimeError, "instance_norm: expected [batch, channels, ...], got \(x.shape)") }
      return try x.groupNorm(x.shape[1], a.optionalTensor(3), a.optionalTensor(4), epsilon: a.double(7))
    },
    row("local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0)", "Each channel damped by its neighbours.", "local_response_norm(torch.ones(1, 4, 2), 2)") { a in
      let x = try a.torchTensor(0)
      let size = try a.int(1)
      guard x.rank >= 3 else {
        throw Raise(.valueError, "Expected 3D or higher dimensionality                          input (got \(x.rank) dimensions)")
      }
      guard size > 0, size <= 1 << 20 else { throw Raise(.valueError, "local_response_norm: size must be positive") }
      // Means of squares over a window of channels: a pool along that axis.
      let flat = try (x * x).reshape([x.shape[0], 1, x.shape[1], -1])
      let padded = try flat.padded([(0, 0), (0, 0), (size / 2, (size - 1) / 2), (0, 0)])
      let means = try padded.avgPool2d(Pool(kernel: [size, 1], stride: [1, 1])).reshape(x.shape)
      return try x / (means * .double(a.double(2)) + .double(a.double(4))).pow(.double(a.double(3)))
    },
    row("channel_shuffle(input, groups)", "The channels of groups in turn.", "channel_shuffle(torch.ones(1, 4, 2, 2), 2).shape") { a in
      let (x, groups) = (try a.torchTensor(0), try a.int(1))
      guard x.rank >= 3, groups > 0, x.shape[1] % groups == 0 else {
        throw Raise(
          .runtimeError, "Number of channels must be divisible by groups. Got \(x.rank > 1 ? x.shape[1] : 0) channels and \(groups) groups.")
      }
      let rest = Array(x.shape.dropFirst(2))
      return try x.reshape([x.shape[0], groups, x.shape[1] / groups] + rest).transpose(1, 2).reshape(x.shape)
    },
    row("scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False)", "softmax(q k^T / sqrt(size)) v.", "scaled_dot_product_attention(torch.ones(1, 2, 4), torch.ones(1, 2, 4), torch.ones(1, 2, 4)).shape") { a in
      let (mask, isCausal) = (try a.optionalTensor(3), try a.bool(5))
      if mask != nil, isCausal {
        throw Raise(
          .runtimeError,
          "scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True")
      }
      return try a.torchTensor(0).attention(
        a.torchTensor(1), a.torchTensor(2), mask: mask, isCausal: isCausal, dropout: a.double(4),
        scale: a.optionalDouble(6)
      ).values
    },
  ]
}
