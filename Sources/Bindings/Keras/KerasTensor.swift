import Language
import NeuralNetworks
import TensorCore

/// A value that is known by its shape only: what stands between the layers of a functional model.
final class KerasTensor: Instance {
  var shape: OpenShape = []
  var dtype = DType.float32
  var name = ""
  /// What it comes from; nil never lasts.
  var node: KerasNode?
  /// Its place among the results of its node.
  var place = 0
  var hasMask = false

  static func make(_ shape: OpenShape, _ dtype: DType, _ machine: Machine, name: String? = nil)
    -> KerasTensor
  {
    let tensor = KerasTensor(machine.type(table))
    tensor.shape = shape
    tensor.dtype = dtype
    tensor.name = name ?? machine.kerasNames.next("keras_tensor")
    return tensor
  }

  override func visit(_ visitor: ReferenceVisitor) {
    super.visit(visitor)
    if let node { visitor.visit(.object(node.operation)) }
  }

  private static func of(_ value: Value) throws -> KerasTensor {
    guard let tensor = value.asInstance as? KerasTensor else {
      throw Raise(.typeError, "a KerasTensor is needed")
    }
    return tensor
  }

  private static func noValues(_ name: String) -> Raise {
    Raise(
      .typeError,
      "A KerasTensor is symbolic: it's a placeholder for a shape and a dtype. It doesn't have any "
        + "actual numerical value. You cannot convert it to \(name).",
      hint: "build keras.Model(inputs, outputs) and call it on data")
  }

  /// The operators, each an operation of the model.
  private static let operators: [Native] =
    [
      ("add", "Add"), ("sub", "Subtract"), ("mul", "Multiply"), ("truediv", "TrueDivide"),
      ("floordiv", "FloorDivide"), ("mod", "Mod"), ("pow", "Power"), ("matmul", "Matmul"),
    ].flatMap { name, operation -> [Native] in
      ["__\(name)__", "__r\(name)__"].map { special in
        Native("\(special)(self, other)", "An operation of the model.") { a in
          let reflected = special.hasPrefix("__r")
          let items = reflected ? [a[1], a[0]] : [a[0], a[1]]
          return try KerasOperation.apply(operation, items, a.machine) { values, machine in
            // One of the two is a tensor now, which knows the operator.
            let sides = try values.map { try machine.operatorSide($0) }
            return try machine.call(machine.attribute(sides[0], "__\(name)__"), [sides[1]])
          }
        }
      }
    }
    + [
      ("lt", "Less"), ("le", "LessEqual"), ("gt", "Greater"), ("ge", "GreaterEqual"),
    ].map { name, operation in
      Native("__\(name)__(self, other)", "An operation of the model.") { a in
        try KerasOperation.apply(operation, [a[0], a[1]], a.machine) { values, machine in
          try machine.call(
            machine.attribute(machine.operatorSide(values[0]), "__\(name)__"), [values[1]])
        }
      }
    }

  static let table = TypeTable(
    "KerasTensor", module: "keras", doc: "A value that is known by its shape only.",
    isSubclassable: false,
    properties: [
      NativeProperty("shape", "The shape with None for the batch.") { value, _ in
        KerasShape.value(try of(value).shape)
      },
      NativeProperty("dtype", "The type of the elements.") { value, _ in
        .string(try of(value).dtype.name)
      },
      NativeProperty("name", "The name.") { value, _ in .string(try of(value).name) },
      NativeProperty("ndim", "The number of axes.") { value, _ in .int(try of(value).shape.count) },
    ],
    methods: operators + [
      Native("__neg__(self)", "An operation of the model.") { a in
        try KerasOperation.apply("Negative", [a[0]], a.machine) { values, machine in
          try machine.call(machine.attribute(values[0], "__neg__"))
        }
      },
      Native("__getitem__(self, key)", "A part of the value, an operation of the model.") { a in
        let key = a[1]
        return try KerasOperation.apply("GetItem", [a[0]], a.machine) { values, machine in
          try machine.item(values[0], key)
        }
      },
      Native("__len__(self)", "Refused: there are no values yet.") { a in
        if let size = try of(a[0]).shape.first ?? nil { return .int(size) }
        throw noValues("a length")
      },
      Native("__bool__(self)", "Refused: there are no values yet.") { _ in
        throw Raise(.typeError, "A symbolic KerasTensor cannot be used as a boolean.")
      },
      Native("__float__(self)", "Refused: there are no values yet.") { _ in throw noValues("a float") },
      Native("__array__(self)", "Refused: there are no values yet.") { _ in
        throw Raise(
          .valueError,
          "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any "
            + "actual numerical value. You cannot convert it to a NumPy array.")
      },
      Native("__iter__(self)", "Refused: there are no values yet.") { _ in
        throw Raise(.typeError, "Iterating over a symbolic KerasTensor is not supported.")
      },
      Native("__repr__(self)", "Shape, dtype and name.") { a in
        let tensor = try of(a[0])
        return .string(
          "<KerasTensor shape=\(KerasShape.text(tensor.shape)), dtype=\(tensor.dtype.name), "
            + "sparse=False, ragged=False, name=\(tensor.name)>")
      },
    ])
}

extension Machine {
  /// One side of an operator as a tensor, unless it is a number.
  func operatorSide(_ value: Value) throws -> Value {
    if value.asTensorObject?.flavor == .torch { return value }
    return kerasValue(try kerasTensor(value, keepsIntegers: true))
  }
}

/// A call of a layer or an operation on symbolic values.
final class KerasNode {
  /// A layer or a `KerasOperation`.
  let operation: Instance
  /// The arguments with symbolic values in them.
  let arguments: [Value]
  let keywords: [(name: String, value: Value)]
  let inputs: [KerasTensor]
  var outputs: [KerasTensor] = []
  /// The results as they were structured.
  var result = Value.none
  /// Its place among the nodes of its operation.
  let index: Int

  init(
    _ operation: Instance, _ arguments: [Value], _ keywords: [(name: String, value: Value)], index: Int
  ) {
    self.operation = operation
    self.arguments = arguments
    self.keywords = keywords
    self.index = index
    inputs = (arguments + keywords.map(\.value)).flatMap(KerasTree.leaves).compactMap {
      $0.asInstance as? KerasTensor
    }
  }
}

/// An operation of a model that is no layer: a function of `keras.ops`, an operator.
final class KerasOperation: Instance {
  var name = ""
  var className = ""
  var nodes: [KerasNode] = []
  var run: ([Value], Machine) throws -> Value = { _, _ in .none }

  static let table = TypeTable(
    "Operation", module: "keras", doc: "A function that is part of a model.", isSubclassable: false,
    properties: [
      NativeProperty("name", "The name.") { value, _ in
        .string((value.asInstance as? KerasOperation)?.name ?? "")
      }
    ],
    methods: [
      Native("__repr__(self)", "The operation with its name.") { a in
        let operation = try a.receiver(KerasOperation.self)
        return .string("<Operation name=\(operation.name)>")
      }
    ])

  /// Applies a function: at once to values, as a part of a model to symbolic ones.
  static func apply(
    _ className: String, _ arguments: [Value], _ machine: Machine,
    _ run: @escaping ([Value], Machine) throws -> Value
  ) throws -> Value {
    guard arguments.contains(where: KerasTree.isSymbolic) else { return try run(arguments, machine) }
    let operation = KerasOperation(machine.type(table))
    operation.className = className
    operation.name = machine.kerasNames.next(KerasNames.snakeCase(className))
    operation.run = run
    let node = KerasNode(operation, arguments, [], index: 0)
    operation.nodes = [node]
    node.result = try KerasProbe.outputs(node, machine) { arguments, _ in try run(arguments, machine) }
    return node.result
  }
}

/// Finds shapes by running a function on small numbers: what a program wrote has no other way to say
/// what it gives.
enum KerasProbe {
  /// A batch and open axes of these sizes: results that show them are open there.
  private static let batch = 2
  private static let open = [11, 13, 17, 19, 23]

  /// Runs the node's function on zeros of the inputs' shapes.
  /// - Returns: its results as symbolic values of the node.
  static func outputs(
    _ node: KerasNode, _ machine: Machine,
    _ run: ([Value], [(name: String, value: Value)]) throws -> Value
  ) throws -> Value {
    var sizes: [Int: Int] = [:]
    func stand(_ value: Value) throws -> Value {
      guard let symbolic = value.asInstance as? KerasTensor else { return value }
      var next = 0
      let shape = symbolic.shape.enumerated().map { axis, size -> Int in
        if let size { return size }
        if axis == 0 { return batch }
        let chosen = open[min(next, open.count - 1)]
        next += 1
        sizes[chosen] = axis
        return chosen
      }
      let zeros = try Tensor.zeros(shape, dtype: symbolic.dtype)
      let object = TensorObject(
        zeros, type: machine.keras.types.torch, flavor: .torch, types: machine.keras.types)
      if symbolic.hasMask, shape.count > 1 {
        object.attachment = KerasMask(try Tensor.ones(Array(shape.prefix(2)), dtype: .bool))
      }
      return .object(object)
    }
    let arguments = try node.arguments.map { try KerasTree.map($0, stand) }
    let keywords = try node.keywords.map { ($0.name, try KerasTree.map($0.value, stand)) }
    let hasOpenBatch = node.inputs.contains { $0.shape.first == .some(nil) }
    let values = try noGrad { try run(arguments, keywords) }
    return try symbolic(values, node, machine) { shape in
      shape.enumerated().map { axis, size in
        if axis == 0, hasOpenBatch, size == batch { return nil }
        return sizes[size] == nil ? size : nil
      }
    }
  }

  static func symbolic(
    _ values: Value, _ node: KerasNode, _ machine: Machine, _ shape: ([Int]) -> OpenShape
  ) throws -> Value {
    try KerasTree.map(values) { value in
      guard let object = value.asTensorObject else { return value }
      let result = KerasTensor.make(shape(object.tensor.shape), object.tensor.dtype, machine)
      result.hasMask = object.attachment is KerasMask
      attach(result, node)
      return .object(result)
    }
  }

  static func attach(_ tensor: KerasTensor, _ node: KerasNode) {
    tensor.node = node
    tensor.place = node.outputs.count
    node.outputs.append(tensor)
  }
}
