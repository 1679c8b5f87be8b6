/// What `get_config()` of Keras's layers holds behind name, trainable and dtype, in its order.
///
/// A key that is no parameter here stands with its constant: `key=value` in JSON's words.
enum KerasConfigKeys {
  private static let rules = "kernel_initializer bias_initializer kernel_regularizer bias_regularizer "
  private static let convolution =
    "activation use_bias " + rules + "activity_regularizer kernel_constraint bias_constraint"
  private static let recurrentRules =
    "kernel_regularizer recurrent_regularizer bias_regularizer activity_regularizer kernel_constraint "
    + "recurrent_constraint bias_constraint dropout recurrent_dropout "
  private static let recurrentHead =
    "return_sequences return_state go_backwards stateful unroll zero_output_for_mask=false units activation "
  private static let recurrentFirst = "use_bias kernel_initializer recurrent_initializer bias_initializer "
  private static let cellRules =
    "kernel_regularizer recurrent_regularizer bias_regularizer kernel_constraint recurrent_constraint "
    + "bias_constraint dropout recurrent_dropout "
  private static let pool = "pool_size padding strides data_format"
  private static let global = "data_format keepdims"
  private static let depthwise =
    "depth_multiplier kernel_size strides padding data_format dilation_rate activation use_bias "
    + "depthwise_initializer bias_initializer depthwise_regularizer bias_regularizer "
    + "activity_regularizer depthwise_constraint bias_constraint"
  private static let separable =
    "depth_multiplier filters kernel_size strides padding data_format dilation_rate activation use_bias "
    + "depthwise_initializer pointwise_initializer bias_initializer depthwise_regularizer "
    + "pointwise_regularizer bias_regularizer activity_regularizer depthwise_constraint "
    + "pointwise_constraint bias_constraint"
  private static let norm = "beta_initializer gamma_initializer "
  private static let normRules = "beta_regularizer gamma_regularizer beta_constraint gamma_constraint"

  static let table: [String: String] = {
    var table = [
      "Dense": "units activation use_bias " + rules + "kernel_constraint bias_constraint quantization_config=null",
      "EinsumDense": "output_shape equation activation bias_axes " + rules
        + "activity_regularizer kernel_constraint bias_constraint quantization_config=null",
      "Embedding": "input_dim output_dim embeddings_initializer embeddings_regularizer activity_regularizer "
        + "embeddings_constraint mask_zero quantization_config=null",
      "Activation": "activation", "ActivityRegularization": "l1 l2", "Masking": "mask_value", "Identity": "",
      "Flatten": "data_format", "Reshape": "target_shape", "Permute": "dims", "RepeatVector": "n",
      "ZeroPadding1D": "padding data_format", "ZeroPadding2D": "padding data_format",
      "Cropping1D": "cropping", "Cropping2D": "cropping data_format",
      "UpSampling1D": "size", "UpSampling2D": "size data_format interpolation",
      "Dropout": "rate seed noise_shape", "AlphaDropout": "rate seed noise_shape",
      "GaussianDropout": "rate seed", "GaussianNoise": "stddev seed",
      "SpatialDropout2D": "rate seed data_format", "Concatenate": "axis", "Dot": "axes normalize",
      "Softmax": "axis", "UnitNormalization": "axis", "ELU": "alpha", "LeakyReLU": "negative_slope",
      "ReLU": "max_value negative_slope threshold",
      "PReLU": "alpha_initializer alpha_regularizer alpha_constraint shared_axes",
      "LSTM": recurrentHead + "recurrent_activation " + recurrentFirst + "unit_forget_bias " + recurrentRules + "seed",
      "GRU": recurrentHead + "recurrent_activation " + recurrentFirst + recurrentRules + "reset_after seed",
      "SimpleRNN": recurrentHead + recurrentFirst + recurrentRules.dropLast(),
      "LSTMCell": "units activation recurrent_activation use_bias unit_forget_bias kernel_initializer "
        + "recurrent_initializer bias_initializer " + cellRules + "seed",
      "GRUCell": "units activation recurrent_activation " + recurrentFirst + cellRules + "reset_after seed",
      "SimpleRNNCell": "units activation " + recurrentFirst + cellRules + "seed",
      "MultiHeadAttention": "num_heads key_dim value_dim dropout use_bias use_gate output_shape "
        + "attention_axes sliding_window=null " + rules
        + "activity_regularizer kernel_constraint bias_constraint seed",
      "Attention": "use_scale score_mode dropout seed", "AdditiveAttention": "use_scale dropout seed",
      "BatchNormalization": "axis momentum epsilon center scale " + norm
        + "moving_mean_initializer moving_variance_initializer " + normRules
        + " synchronized renorm=false renorm_clipping=null renorm_momentum=0.99",
      "LayerNormalization": "axis epsilon center scale rms_scaling " + norm + normRules,
      "GroupNormalization": "groups axis epsilon center scale " + norm + normRules,
      "RMSNormalization": "axis epsilon", "Rescaling": "scale offset",
      "Bidirectional": "merge_mode layer backward_layer", "TimeDistributed": "layer",
    ]
    for axes in ["1D", "2D"] {
      table["Conv\(axes)"] = "filters kernel_size strides padding data_format dilation_rate groups " + convolution
      table["Conv\(axes)Transpose"] =
        "filters kernel_size strides padding output_padding data_format dilation_rate " + convolution
      table["DepthwiseConv\(axes)"] = depthwise
      table["SeparableConv\(axes)"] = separable
      for kind in ["Max", "Average"] {
        table["\(kind)Pooling\(axes)"] = pool
        table["Global\(kind)Pooling\(axes)"] = global
      }
    }
    for name in ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum"] { table[name] = "" }
    return table
  }()

  /// Keras's class of an initializer's name.
  static let initializers = [
    "uniform": "RandomUniform", "normal": "RandomNormal", "zeros": "Zeros", "zero": "Zeros", "ones": "Ones",
    "one": "Ones", "identity": "Identity", "orthogonal": "Orthogonal", "constant": "Constant",
    "random_uniform": "RandomUniform", "random_normal": "RandomNormal",
    "truncated_normal": "TruncatedNormal", "variance_scaling": "VarianceScaling",
    "glorot_uniform": "GlorotUniform", "glorot_normal": "GlorotNormal", "he_uniform": "HeUniform",
    "he_normal": "HeNormal", "lecun_uniform": "LecunUniform", "lecun_normal": "LecunNormal",
  ]

  /// Initializers whose settings name the axes of inputs and outputs, None for the usual ones.
  static let scaled: Set<String> = [
    "VarianceScaling", "GlorotUniform", "GlorotNormal", "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
  ]
}
