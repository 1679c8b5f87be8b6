import Language
import NeuralNetworks

/// `keras.applications`: known models, without weights that somebody trained.
enum KerasApplications {
  /// VGG with blocks of (convolutions, filters). (Simonyan and Zisserman 2015)
  private static func vgg(_ name: String, _ blocks: [(Int, Int)]) -> Native {
    Native(
      "\(name)(include_top=True, weights='imagenet', input_tensor=None, input_shape=None, pooling=None, "
        + "classes=1000, classifier_activation='softmax', name='\(name.lowercased())')",
      "The model \(name), with weights drawn at random.",
      example: "keras.applications.\(name)(weights=None, include_top=False)"
    ) { a in
      let n = KerasNamed(a)
      let machine = a.machine
      let top = try n.bool("include_top")
      if n.has("weights") {
        throw Raise(
          .notImplementedError,
          "\(name): weights=\(try machine.repr(n["weights"])) are loaded from the network, which is not "
            + "reached from here", hint: "weights=None draws them at random")
      }
      var layersType: [String: TypeTable] = [:]
      for table in KerasLayers.tables { layersType[table.name] = table }
      func layer(_ type: String, _ arguments: [Value], _ keywords: [(name: String, value: Value)]) throws -> Value {
        guard let table = layersType[type] else { return .none }
        return try machine.call(.object(machine.type(table)), arguments, keywords: keywords)
      }
      var x: Value
      let input: Value
      if n.has("input_tensor") {
        input = n["input_tensor"]
      } else {
        let shape: Value = n.has("input_shape")
          ? n["input_shape"]
          : top ? .tuple([.int(224), .int(224), .int(3)]) : .tuple([.none, .none, .int(3)])
        input = try machine.call(.object(NativeFunction(KerasInputLayer.function)), [shape])
      }
      x = input
      for (i, (count, filters)) in blocks.enumerated() {
        for j in 0..<count {
          let convolution = try layer(
            "Conv2D", [.int(filters), .tuple([.int(3), .int(3)])],
            [
              ("activation", .string("relu")), ("padding", .string("same")),
              ("name", .string("block\(i + 1)_conv\(j + 1)")),
            ])
          x = try machine.call(convolution, [x])
        }
        let pool = try layer(
          "MaxPooling2D", [.tuple([.int(2), .int(2)])],
          [("strides", .tuple([.int(2), .int(2)])), ("name", .string("block\(i + 1)_pool"))])
        x = try machine.call(pool, [x])
      }
      if top {
        x = try machine.call(layer("Flatten", [], [("name", .string("flatten"))]), [x])
        for name in ["fc1", "fc2"] {
          x = try machine.call(
            layer("Dense", [.int(4096)], [("activation", .string("relu")), ("name", .string(name))]), [x])
        }
        x = try machine.call(
          layer(
            "Dense", [n["classes"]],
            [("activation", n["classifier_activation"]), ("name", .string("predictions"))]), [x])
      } else if let pooling = n["pooling"].swiftString {
        let type = pooling == "max" ? "GlobalMaxPooling2D" : "GlobalAveragePooling2D"
        x = try machine.call(layer(type, [], []), [x])
      }
      return try machine.call(
        .object(machine.type(KerasModels.modelTable)), [input, x], keywords: [("name", n["name"])])
    }
  }

  static let functions: [Native] = [
    vgg("VGG16", [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)]),
    vgg("VGG19", [(2, 64), (2, 128), (4, 256), (4, 512), (4, 512)]),
  ]
}
