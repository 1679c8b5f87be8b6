import Language
import NeuralNetworks

/// `torchvision.models`: known networks, put together of the layers of `torch.nn` under the
/// original's names, so that their state dictionaries fit and a part can be replaced
/// (`model.fc = nn.Linear(512, 10)`).
enum TorchvisionModels {
  // MARK: - Layers

  /// Makes layers of `torch.nn` and draws their weights.
  private struct Maker {
    let machine: Machine
    let nn: Value
    let rules: Value

    init(_ machine: Machine) throws {
      self.machine = machine
      nn = try machine.importModule("torch.nn", first: false)
      rules = try machine.importModule("torch.nn.init", first: false)
    }

    func layer(
      _ name: String, _ arguments: [Value], _ keywords: [(name: String, value: Value)] = []
    ) throws -> Value {
      try machine.call(machine.attribute(nn, name), arguments, keywords: keywords)
    }

    func convolution(_ input: Int, _ output: Int, _ size: Int, stride: Int = 1, bias: Bool = false)
      throws -> Value
    {
      try layer(
        "Conv2d", [.int(input), .int(output)],
        [
          ("kernel_size", .int(size)), ("stride", .int(stride)), ("padding", .int(size / 2)),
          ("bias", .bool(bias)),
        ])
    }

    func norm(_ channels: Int) throws -> Value { try layer("BatchNorm2d", [.int(channels)]) }
    func relu() throws -> Value { try layer("ReLU", [], [("inplace", .bool(true))]) }

    func module(_ table: TypeTable) -> TorchModule {
      let module = TorchModule(machine.type(table))
      module.isReady = true
      return module
    }

    func apply(_ rule: String, _ tensor: Value, _ arguments: [Value] = [], _ keywords: [(name: String, value: Value)] = []) throws {
      _ = try machine.call(machine.attribute(rules, rule), [tensor] + arguments, keywords: keywords)
    }

    /// Kaiming's rule for convolutions (He et al. 2015); for VGG also biases and linear layers.
    func draw(_ model: TorchModule, linear: Bool) throws {
      for (_, part) in model.walk() {
        guard let weight = part.parameters["weight"], !weight.isNone else { continue }
        let bias = part.parameters["bias"].flatMap { $0.isNone ? nil : $0 }
        switch part.type.name {
        case "Conv2d":
          try apply(
            "kaiming_normal_", weight, [],
            [("mode", .string("fan_out")), ("nonlinearity", .string("relu"))])
          if let bias { try apply("constant_", bias, [.int(0)]) }
        case "Linear" where linear:
          try apply("normal_", weight, [.int(0), .float(0.01)])
          if let bias { try apply("constant_", bias, [.int(0)]) }
        default: break
        }
      }
    }
  }

  private static func part(_ module: TorchModule, _ name: String) throws -> Value {
    guard let part = module.modules[name] else { throw TorchLayerRow.notReady(module) }
    return part
  }

  /// Calls parts one after the other.
  private static func chain(
    _ module: TorchModule, _ names: [String], _ x: Value, _ machine: Machine
  ) throws -> Value {
    var x = x
    for name in names { x = try machine.call(part(module, name), [x]) }
    return x
  }

  private static func flat(_ x: Value, _ machine: Machine) throws -> Value {
    guard let tensor = x.asTensorObject?.tensor else { return x }
    return machine.torchValue(try tensor.flatten(from: 1, to: -1))
  }

  // MARK: - ResNet

  private static func block(_ name: String, _ doc: String, _ steps: [String]) -> TypeTable {
    TypeTable(
      name, module: "torchvision.models.resnet", doc: doc, base: TorchModule.table,
      methods: [
        Native("forward(self, x)", "The input, or its projection, plus what the convolutions give.") { a in
          let module = try a.receiver(TorchModule.self)
          let y = try chain(module, steps, a[1], a.machine)
          let own = try module.modules["downsample"].map { try a.machine.call($0, [a[1]]) } ?? a[1]
          guard let sum = y.asTensorObject?.tensor, let other = own.asTensorObject?.tensor else {
            throw a.mismatch(1, expected: "a tensor")
          }
          return try a.machine.call(part(module, "relu"), [a.machine.torchValue(try sum.adding(other))])
        }
      ])
  }

  static let basicBlock = block(
    "BasicBlock", "Two convolutions and a way around them.", ["conv1", "bn1", "relu", "conv2", "bn2"])
  static let bottleneck = block(
    "Bottleneck", "Three convolutions, the middle one narrow, and a way around them.",
    ["conv1", "bn1", "relu", "conv2", "bn2", "relu", "conv3", "bn3"])

  static let resNet = TypeTable(
    "ResNet", module: "torchvision.models.resnet", doc: "A residual network. (He et al. 2016)",
    base: TorchModule.table,
    methods: [
      Native("forward(self, x)", "The scores of the classes, [batch, classes].") { a in
        let module = try a.receiver(TorchModule.self)
        let features = try chain(
          module,
          ["conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool"],
          a[1], a.machine)
        return try a.machine.call(part(module, "fc"), [flat(features, a.machine)])
      }
    ])

  private static func residual(
    _ make: Maker, _ input: Int, _ width: Int, stride: Int, isDeep: Bool
  ) throws -> Value {
    let output = isDeep ? 4 * width : width
    var shortcut: Value?
    if stride != 1 || input != output {
      shortcut = try make.layer(
        "Sequential", [make.convolution(input, output, 1, stride: stride), make.norm(output)])
    }
    let module = make.module(isDeep ? bottleneck : basicBlock)
    if isDeep {
      module.modules["conv1"] = try make.convolution(input, width, 1)
      module.modules["bn1"] = try make.norm(width)
      module.modules["conv2"] = try make.convolution(width, width, 3, stride: stride)
      module.modules["bn2"] = try make.norm(width)
      module.modules["conv3"] = try make.convolution(width, output, 1)
      module.modules["bn3"] = try make.norm(output)
      module.modules["relu"] = try make.relu()
    } else {
      module.modules["conv1"] = try make.convolution(input, width, 3, stride: stride)
      module.modules["bn1"] = try make.norm(width)
      module.modules["relu"] = try make.relu()
      module.modules["conv2"] = try make.convolution(width, width, 3)
      module.modules["bn2"] = try make.norm(width)
    }
    if let shortcut { module.modules["downsample"] = shortcut } else { module.setOwn("downsample", .none) }
    module.setOwn("stride", .int(stride))
    return .object(module)
  }

  private static func resnet(_ name: String, _ counts: [Int], isDeep: Bool = false) -> Native {
    Native(
      "\(name)(*, weights=None, progress=True, num_classes=1000)",
      "The network \(name), with weights drawn at random.",
      example: "torchvision.models.\(name)(weights=None)"
    ) { a in
      try noWeights(a[0], name, a.machine)
      let make = try Maker(a.machine)
      let model = make.module(resNet)
      model.modules["conv1"] = try make.layer(
        "Conv2d", [.int(3), .int(64)],
        [("kernel_size", .int(7)), ("stride", .int(2)), ("padding", .int(3)), ("bias", .bool(false))])
      model.modules["bn1"] = try make.norm(64)
      model.modules["relu"] = try make.relu()
      model.modules["maxpool"] = try make.layer(
        "MaxPool2d", [], [("kernel_size", .int(3)), ("stride", .int(2)), ("padding", .int(1))])
      var channels = 64
      for (stage, count) in counts.enumerated() {
        let width = 64 << stage
        var blocks: [Value] = []
        for place in 0..<count {
          let stride = place == 0 && stage > 0 ? 2 : 1
          blocks.append(try residual(make, channels, width, stride: stride, isDeep: isDeep))
          channels = isDeep ? 4 * width : width
        }
        model.modules["layer\(stage + 1)"] = try make.layer("Sequential", blocks)
      }
      model.modules["avgpool"] = try make.layer("AdaptiveAvgPool2d", [.tuple([.int(1), .int(1)])])
      model.modules["fc"] = try make.layer("Linear", [.int(channels), a[2]])
      try make.draw(model, linear: false)
      return .object(model)
    }
  }

  // MARK: - VGG

  static let vggTable = TypeTable(
    "VGG", module: "torchvision.models.vgg", doc: "A network of small convolutions. (Simonyan and Zisserman 2015)",
    base: TorchModule.table,
    methods: [
      Native("forward(self, x)", "The scores of the classes, [batch, classes].") { a in
        let module = try a.receiver(TorchModule.self)
        let features = try chain(module, ["features", "avgpool"], a[1], a.machine)
        return try a.machine.call(part(module, "classifier"), [flat(features, a.machine)])
      }
    ])

  /// - Parameter counts: convolutions between two pools.
  private static func vgg(_ name: String, _ counts: [Int], isNormal: Bool = false) -> Native {
    Native(
      "\(name)(*, weights=None, progress=True, num_classes=1000, dropout=0.5)",
      "The network \(name), with weights drawn at random.",
      example: "torchvision.models.\(name)(weights=None)"
    ) { a in
      try noWeights(a[0], name, a.machine)
      let make = try Maker(a.machine)
      var features: [Value] = []
      var channels = 3
      for (count, width) in zip(counts, [64, 128, 256, 512, 512]) {
        for _ in 0..<count {
          features.append(try make.convolution(channels, width, 3, bias: true))
          if isNormal { features.append(try make.norm(width)) }
          features.append(try make.relu())
          channels = width
        }
        features.append(
          try make.layer("MaxPool2d", [], [("kernel_size", .int(2)), ("stride", .int(2))]))
      }
      let model = make.module(vggTable)
      model.modules["features"] = try make.layer("Sequential", features)
      model.modules["avgpool"] = try make.layer("AdaptiveAvgPool2d", [.tuple([.int(7), .int(7)])])
      func dropout() throws -> Value { try make.layer("Dropout", [], [("p", a[3])]) }
      model.modules["classifier"] = try make.layer(
        "Sequential",
        [
          make.layer("Linear", [.int(512 * 49), .int(4096)]), make.relu(), dropout(),
          make.layer("Linear", [.int(4096), .int(4096)]), make.relu(), dropout(),
          make.layer("Linear", [.int(4096), a[2]]),
        ])
      try make.draw(model, linear: true)
      return .object(model)
    }
  }

  private static func noWeights(_ weights: Value, _ name: String, _ machine: Machine) throws {
    guard !weights.isNone else { return }
    throw Raise(
      .notImplementedError,
      "\(name): weights=\(try machine.repr(weights)) are loaded from the network, which is not reached "
        + "from here",
      hint: "weights=None draws them at random; model.load_state_dict(torch.load(path)) reads a file "
        + "that is there")
  }

  static let resnets: [Native] = [
    resnet("resnet18", [2, 2, 2, 2]), resnet("resnet34", [3, 4, 6, 3]),
    resnet("resnet50", [3, 4, 6, 3], isDeep: true), resnet("resnet101", [3, 4, 23, 3], isDeep: true),
    resnet("resnet152", [3, 8, 36, 3], isDeep: true),
  ]
  static let vggs: [Native] = [
    vgg("vgg11", [1, 1, 2, 2, 2]), vgg("vgg13", [2, 2, 2, 2, 2]), vgg("vgg16", [2, 2, 3, 3, 3]),
    vgg("vgg19", [2, 2, 4, 4, 4]), vgg("vgg11_bn", [1, 1, 2, 2, 2], isNormal: true),
    vgg("vgg13_bn", [2, 2, 2, 2, 2], isNormal: true), vgg("vgg16_bn", [2, 2, 3, 3, 3], isNormal: true),
    vgg("vgg19_bn", [2, 2, 4, 4, 4], isNormal: true),
  ]
}
