import Language
import NeuralNetworks
import TensorCore

/// `torchvision.transforms`: each takes a tensor [..., channels, height, width] or a picture.
enum TorchvisionTransforms {
  typealias Apply = (TorchModule, Value, Machine) throws -> Value

  private static func transform(
    _ name: String, _ parameters: String, _ doc: String, example: String,
    start: ((TorchModule, Machine) throws -> Void)? = nil,
    text: @escaping (TorchModule, Machine) throws -> String, apply: @escaping Apply
  ) -> TypeTable {
    let signature = parameters.isEmpty ? "__init__(self)" : "__init__(self, \(parameters))"
    return TypeTable(
      name, module: "torchvision.transforms.transforms", doc: doc, base: TorchModule.table,
      methods: [
        Native(signature, doc, example: "torchvision.transforms.\(example)") { a in
          let module = try a.receiver(TorchModule.self)
          module.isReady = true
          for (place, parameter) in a.function.parameters.enumerated().dropFirst() {
            module.setOwn(parameter.name, a[place])
          }
          try start?(module, a.machine)
          return .none
        },
        Native("forward(self, img)", "The picture or tensor after the transform.") { a in
          try apply(a.receiver(TorchModule.self), a[1], a.machine)
        },
        Native("__repr__(self)", "The transform with its settings.") { a in
          .string("\(name)(" + (try text(a.receiver(TorchModule.self), a.machine)) + ")")
        },
      ])
  }

  // MARK: - Settings

  private static func own(_ module: TorchModule, _ name: String) -> Value { module.own(name) ?? .none }

  private static func shown(_ module: TorchModule, _ machine: Machine, _ names: [String]) throws -> String {
    try names.map { "\($0)=" + (try machine.repr(own(module, $0))) }.joined(separator: ", ")
  }

  /// One number, or a pair, as a pair.
  private static func pair(_ value: Value, _ machine: Machine) throws -> (Int, Int) {
    if let number = value.asInt { return (number, number) }
    let numbers = try machine.ints(value)
    guard let first = numbers.first, numbers.count <= 2 else {
      throw Raise(.valueError, "Please provide only two dimensions (h, w) for size.")
    }
    return (first, numbers.last ?? first)
  }

  /// Keeps a size as a pair.
  private static func pairs(_ module: TorchModule, _ machine: Machine) throws {
    let (height, width) = try pair(own(module, "size"), machine)
    guard height > 0, width > 0, height <= 65_536, width <= 65_536 else {
      throw Raise(.valueError, "a size must be from 1 to 65536, got \((height, width))")
    }
    module.setOwn("size", .tuple([.int(height), .int(width)]))
  }

  // MARK: - Tensors and pictures

  static func image(_ value: Value, _ machine: Machine) throws -> Tensor {
    guard let object = value.asTensorObject, object.flavor == .torch, object.tensor.rank >= 2 else {
      throw Raise(
        .typeError, "img should be Tensor Image. Got \(try machine.repr(.object(machine.type(of: value))))",
        hint: "transforms.ToTensor() makes a tensor of a picture or an array")
    }
    return object.tensor
  }

  static func picture(_ value: Value) -> PillowImage? { value.asInstance as? PillowImage }

  static func method(
    _ value: Value, _ name: String, _ arguments: [Value], _ machine: Machine
  ) throws -> Value { try machine.call(machine.attribute(value, name), arguments) }

  /// A call of a function of `torch`, so that draws come from its generator.
  private static func torch(_ name: String, _ arguments: [Value], _ machine: Machine) throws -> Tensor {
    let torch = try machine.importModule("torch", first: false)
    guard let tensor = try method(torch, name, arguments, machine).asTensorObject?.tensor else {
      throw Raise(.runtimeError, "torch.\(name) gave no tensor")
    }
    return tensor
  }

  private static func drawn(below p: Value, _ machine: Machine) throws -> Bool {
    let number = try torch("rand", [.int(1)], machine).reshape([]).item().double
    return number < (p.asDouble ?? 0.5)
  }

  private static func size(_ value: Value, _ machine: Machine) throws -> (height: Int, width: Int) {
    if let picture = picture(value) { return (picture.bitmap.height, picture.bitmap.width) }
    let shape = try image(value, machine).shape
    return (shape[shape.count - 2], shape[shape.count - 1])
  }

  private static func cropped(
    _ value: Value, _ top: Int, _ left: Int, _ height: Int, _ width: Int, _ machine: Machine
  ) throws -> Value {
    if picture(value) != nil {
      let box = [left, top, left + width, top + height].map { Value.int($0) }
      return try method(value, "crop", [.tuple(box)], machine)
    }
    let x = try image(value, machine)
    return machine.torchValue(
      try x.narrow(x.rank - 2, start: top, length: height).narrow(x.rank - 1, start: left, length: width))
  }

  /// Zeros, or another number, around a tensor: left, top, right, bottom.
  private static func padded(
    _ value: Value, _ left: Int, _ top: Int, _ right: Int, _ bottom: Int, fill: Double, _ machine: Machine
  ) throws -> Value {
    guard [left, top, right, bottom].allSatisfy({ (-65_536...65_536).contains($0) }) else {
      throw Raise(.valueError, "padding of more than 65536 pixels")
    }
    if let picture = picture(value) {
      let bare = try PictureFile.tensor(picture.bitmap)
      let wide = try bare.rank == 2 ? bare : bare.permute([2, 0, 1])
      let result = try ends(wide, left, top, right, bottom, fill)
      return PillowImage.make(
        try PictureFile.bitmap((bare.rank == 2 ? result : result.permute([1, 2, 0])).contiguous()), machine)
    }
    return machine.torchValue(try ends(image(value, machine), left, top, right, bottom, fill))
  }

  private static func ends(
    _ x: Tensor, _ left: Int, _ top: Int, _ right: Int, _ bottom: Int, _ fill: Double
  ) throws -> Tensor {
    let amounts = Array(repeating: (0, 0), count: x.rank - 2) + [(top, bottom), (left, right)]
    return try x.padded(amounts, .constant(.double(fill)))
  }

  // MARK: - The transforms

  static let tables: [TypeTable] = [
    TypeTable(
      "Compose", module: "torchvision.transforms.transforms", doc: "Transforms one after the other.",
      base: TorchModule.table,
      methods: [
        Native("__init__(self, transforms)", "Transforms in a list.", example: "torchvision.transforms.Compose([torchvision.transforms.ToTensor()])") { a in
          let module = try a.receiver(TorchModule.self)
          module.isReady = true
          module.setOwn("transforms", .list(try a.items(1)))
          return .none
        },
        Native("forward(self, img)", "What the last transform gives.") { a in
          var x = a[1]
          for step in try own(a.receiver(TorchModule.self), "transforms").asList?.items ?? [] {
            x = try a.machine.call(step, [x])
          }
          return x
        },
        Native("__repr__(self)", "The transforms, one per line.") { a in
          let steps = try own(a.receiver(TorchModule.self), "transforms").asList?.items ?? []
          let lines = try steps.map { "\n    " + (try a.machine.repr($0)) }
          return .string("Compose(" + lines.joined() + "\n)")
        },
      ]),
    transform(
      "ToTensor", "", "A picture or an array [height, width, channels] as a tensor [channels, height, width]; bytes become 0 to 1.",
      example: "ToTensor()", text: { _, _ in "" }
    ) { _, value, machine in
      var x: Tensor
      if let picture = picture(value) {
        x = try PictureFile.tensor(picture.bitmap)
      } else if let object = value.asTensorObject, object.flavor == .numpy {
        x = object.tensor
        guard x.rank == 2 || x.rank == 3 else {
          throw Raise(.valueError, "pic should be 2/3 dimensional. Got \(x.rank) dimensions.")
        }
      } else {
        throw Raise(
          .typeError,
          "pic should be PIL Image or ndarray. Got \(try machine.repr(.object(machine.type(of: value))))")
      }
      if x.rank == 2 { x = try x.unsqueeze(-1) }
      x = try x.permute([2, 0, 1]).clone().contiguous()
      return machine.torchValue(x.dtype == .uint8 ? try x.to(.float32).divided(by: .int(255)) : x)
    },
    transform(
      "PILToTensor", "", "A picture as a tensor [channels, height, width] of bytes.", example: "PILToTensor()",
      text: { _, _ in "" }
    ) { _, value, machine in
      guard let picture = picture(value) else {
        throw Raise(.typeError, "pic should be PIL Image. Got \(try machine.repr(.object(machine.type(of: value))))")
      }
      let x = try PictureFile.tensor(picture.bitmap)
      return machine.torchValue(try (x.rank == 2 ? x.unsqueeze(0) : x.permute([2, 0, 1])).contiguous())
    },
    transform(
      "ToPILImage", "mode=None", "A tensor [channels, height, width] or an array as a picture.", example: "ToPILImage()",
      text: { _, _ in "" }
    ) { _, value, machine in
      guard let object = value.asTensorObject else {
        throw Raise(
          .typeError, "pic should be Tensor or ndarray. Got \(try machine.repr(.object(machine.type(of: value)))).")
      }
      var x = object.tensor.detach()
      if object.flavor == .torch {
        if x.dtype.isFloating { x = try x.multiplied(by: .int(255)).to(.uint8) }
        if x.rank == 3 { x = try x.permute([1, 2, 0]) }
      }
      return PillowImage.make(try PictureFile.bitmap(x.contiguous()), machine)
    },
    transform(
      "Normalize", "mean, std, inplace=False", "(x - mean) / std for each channel.",
      example: "Normalize((0.5,), (0.5,))", text: { try shown($0, $1, ["mean", "std"]) }
    ) { module, value, machine in
      let x = try image(value, machine)
      guard x.dtype.isFloating else {
        throw Raise(.typeError, "Input tensor should be a float tensor. Got torch.\(x.dtype).")
      }
      guard x.rank >= 3 else {
        throw Raise(
          .valueError,
          "Expected tensor to be a tensor image of size (..., C, H, W). Got tensor.size() = torch.Size(\(x.shape))")
      }
      func numbers(_ name: String) throws -> Tensor {
        let value = own(module, name)
        let list = try value.asDouble.map { [$0] } ?? machine.doubles(value)
        return try Tensor(list, dtype: x.dtype).reshape([-1, 1, 1])
      }
      let (mean, std) = (try numbers("mean"), try numbers("std"))
      if try Comparison.equal(std, .int(0)).any().item().bool {
        throw Raise(
          .valueError, "std evaluated to zero after conversion to torch.\(x.dtype), leading to division by zero.")
      }
      return machine.torchValue(try x.subtracting(mean).divided(by: std))
    },
    transform(
      "Resize", "size, interpolation='bilinear', max_size=None, antialias=True",
      "Another size: (height, width), or the shorter side.", example: "Resize((8, 8))",
      text: { module, machine in
        try "size=\(machine.repr(own(module, "size"))), interpolation=\(own(module, "interpolation").swiftString ?? "bilinear"), "
          + shown(module, machine, ["max_size", "antialias"])
      }
    ) { module, value, machine in
      guard own(module, "interpolation").swiftString == "bilinear" else {
        throw Raise(.notImplementedError, "Resize: only interpolation='bilinear' is there")
      }
      let (height, width) = try size(value, machine)
      let wanted = own(module, "size")
      var (newHeight, newWidth) = (height, width)
      if let short = wanted.asInt, height > 0, width > 0 {
        // The longer side keeps the ratio, cut off to whole pixels.
        let (least, most) = (Double(min(height, width)), Double(max(height, width)))
        let long = Int(exactly: (Double(short) * most / least).rounded(.towardZero)) ?? .max
        (newHeight, newWidth) = height <= width ? (short, long) : (long, short)
      } else {
        (newHeight, newWidth) = try pair(wanted, machine)
      }
      guard newHeight > 0, newWidth > 0, newHeight <= 65_536, newWidth <= 65_536 else {
        throw Raise(.valueError, "a size must be from 1 to 65536, got \((newHeight, newWidth))")
      }
      if picture(value) != nil {
        return try method(value, "resize", [.tuple([.int(newWidth), .int(newHeight)]), .int(2)], machine)
      }
      let x = try image(value, machine)
      let floats = x.dtype.isFloating ? x : try x.to(.float32)
      let result = try floats.resampled(
        height: newHeight, width: newWidth, antialias: machine.truth(own(module, "antialias")))
      return machine.torchValue(
        x.dtype.isFloating ? result : try result.round().clamp(min: 0, max: 255).to(x.dtype))
    },
    transform(
      "CenterCrop", "size", "The middle of a picture; where it is too small, zeros stand around it.",
      example: "CenterCrop(4)", start: pairs, text: { try shown($0, $1, ["size"]) }
    ) { module, value, machine in
      let (height, width) = try pair(own(module, "size"), machine)
      var value = value
      var (h, w) = try size(value, machine)
      if width > w || height > h {
        let (left, top) = (max(0, (width - w) / 2), max(0, (height - h) / 2))
        value = try padded(
          value, left, top, max(0, (width - w + 1) / 2), max(0, (height - h + 1) / 2), fill: 0, machine)
        (h, w) = try size(value, machine)
      }
      // Halves go to the even side, as Python rounds.
      let top = Int((Double(h - height) / 2).rounded(.toNearestOrEven))
      let left = Int((Double(w - width) / 2).rounded(.toNearestOrEven))
      return try cropped(value, top, left, height, width, machine)
    },
    transform(
      "RandomCrop", "size, padding=None, pad_if_needed=False, fill=0, padding_mode='constant'",
      "A part of a picture at a random place.", example: "RandomCrop(4)", start: pairs,
      text: { try shown($0, $1, ["size", "padding"]) }
    ) { module, value, machine in
      let (height, width) = try pair(own(module, "size"), machine)
      var value = value
      if !own(module, "padding").isNone {
        let (x, y) = try pair(own(module, "padding"), machine)
        value = try padded(value, x, y, x, y, fill: own(module, "fill").asDouble ?? 0, machine)
      }
      let (h, w) = try size(value, machine)
      guard h >= height, w >= width else {
        throw Raise(
          .valueError, "Required crop size \((height, width)) is larger than input image size \((h, w))")
      }
      if h == height, w == width { return value }
      func draw(_ end: Int) throws -> Int {
        try Int(torch("randint", [.int(0), .int(end), .tuple([.int(1)])], machine).reshape([]).item().double)
      }
      let top = try draw(h - height + 1)
      return try cropped(value, top, draw(w - width + 1), height, width, machine)
    },
    flip("RandomHorizontalFlip", "Left and right change places, by chance.", axis: -1, turn: 0),
    flip("RandomVerticalFlip", "Top and bottom change places, by chance.", axis: -2, turn: 1),
    transform(
      "Pad", "padding, fill=0, padding_mode='constant'", "Pixels around a picture: one number, (x, y), or left, top, right, bottom.",
      example: "Pad(2)",
      text: { module, machine in
        try shown(module, machine, ["padding", "fill"])
          + ", padding_mode=\(own(module, "padding_mode").swiftString ?? "constant")"
      }
    ) { module, value, machine in
      guard own(module, "padding_mode").swiftString == "constant" else {
        throw Raise(.notImplementedError, "Pad: only padding_mode='constant' is there")
      }
      let given = own(module, "padding")
      let sides: [Int]
      if given.asInt == nil, try machine.ints(given).count == 4 {
        sides = try machine.ints(given)
      } else {
        let (x, y) = try pair(given, machine)
        sides = [x, y, x, y]
      }
      return try padded(
        value, sides[0], sides[1], sides[2], sides[3], fill: own(module, "fill").asDouble ?? 0, machine)
    },
    transform(
      "Grayscale", "num_output_channels=1", "The brightness of a picture.", example: "Grayscale()",
      text: { try shown($0, $1, ["num_output_channels"]) }
    ) { module, value, machine in
      let count = own(module, "num_output_channels").asInt ?? 1
      guard count == 1 || count == 3 else {
        throw Raise(.valueError, "num_output_channels should be either 1 or 3")
      }
      if picture(value) != nil {
        let gray = try method(value, "convert", [.string("L")], machine)
        return count == 1 ? gray : try method(gray, "convert", [.string("RGB")], machine)
      }
      let x = try image(value, machine)
      guard x.rank >= 3, [1, 3].contains(x.shape[x.rank - 3]) else {
        throw Raise(.typeError, "Input image tensor permitted channel values are [1, 3], got \(x.shape)")
      }
      var gray = x
      if x.shape[x.rank - 3] == 3 {
        let floats = x.dtype.isFloating ? x : try x.to(.float32)
        let parts = try [0.2989, 0.587, 0.114].enumerated().map { channel, share in
          try floats.narrow(x.rank - 3, start: channel, length: 1).multiplied(by: .double(share))
        }
        gray = try parts[0].adding(parts[1]).adding(parts[2]).to(x.dtype)
      }
      return machine.torchValue(count == 1 ? gray : try Tensor.cat([gray, gray, gray], axis: x.rank - 3))
    },
    transform(
      "ConvertImageDtype", "dtype", "Another dtype; bytes become 0 to 1.", example: "ConvertImageDtype(torch.float32)",
      text: { _, _ in "" }
    ) { module, value, machine in
      let x = try image(value, machine)
      guard let dtype = machine.dtype(own(module, "dtype"), .torch), dtype.isFloating else {
        throw Raise(.notImplementedError, "ConvertImageDtype: only dtypes of floats are there")
      }
      return machine.torchValue(
        x.dtype == .uint8 ? try x.to(dtype).divided(by: .int(255)) : try x.to(dtype))
    },
    transform(
      "Lambda", "lambd", "A function of one's own.", example: "Lambda(lambda x: x)", text: { _, _ in "" }
    ) { module, value, machine in try machine.call(own(module, "lambd"), [value]) },
  ]

  private static func flip(_ name: String, _ doc: String, axis: Int, turn: Int) -> TypeTable {
    transform(name, "p=0.5", doc, example: "\(name)()", text: { try shown($0, $1, ["p"]) }) {
      module, value, machine in
      guard try drawn(below: own(module, "p"), machine) else { return value }
      if picture(value) != nil { return try method(value, "transpose", [.int(turn)], machine) }
      return machine.torchValue(try image(value, machine).flip([axis]))
    }
  }
}
