import Language
import TensorCore

/// A function of the language as one of tensors, with its inputs: one tensor or a tuple of them.
final class FunctionalCall {
  let inputs: [Tensor]
  let isSingle: Bool
  /// Whether the function gave one tensor or a tuple, when it was last called.
  private(set) var givesOne = true
  private let function: Value
  private let machine: Machine

  init(_ a: Arguments, _ function: Int, inputs: Int) throws {
    self.function = a[function]
    machine = a.machine
    isSingle = a[inputs].asTensorObject != nil
    self.inputs = try TorchAutograd.list(a, inputs)
  }

  func run(_ inputs: [Tensor]) throws -> [Tensor] {
    let result = try machine.call(function, inputs.map { machine.torchValue($0) })
    givesOne = result.asTensorObject != nil
    return try FunctionalCall.tensors(result, machine)
  }

  static func tensors(_ value: Value, _ machine: Machine) throws -> [Tensor] {
    if let object = value.asTensorObject { return [object.tensor] }
    guard let items = value.asTuple?.items ?? value.asList?.items else {
      throw Raise(
        .typeError,
        "The outputs of the user-provided function given to this must be either a Tensor or a tuple "
          + "of Tensors but the given outputs have type \(machine.typeName(value)).")
    }
    return try items.map {
      guard let object = $0.asTensorObject else {
        throw Raise(.typeError, "an output of the function is no Tensor but \(machine.typeName($0))")
      }
      return object.tensor
    }
  }

  func values(_ tensors: [Tensor], one: Bool) -> Value {
    let values = tensors.map { machine.torchValue($0) }
    return one && values.count == 1 ? values[0] : .tuple(values)
  }

}

/// `torch.autograd.functional` and `torch.func`: derivatives of functions.
enum TorchFunctional {
  static let modules = [functional, functions, function]

  private static let function = ModuleTable(
    "torch.autograd.function", doc: "Operations with a gradient of one's own.",
    entries: [
      .type(CustomFunction.table), .type(FunctionContext.table),
      .function(
        Native("once_differentiable(fn)", "A backward that is not recorded itself.") { a in
          let inner = a[0]
          return .object(
            NativeFunction(
              Native("wrapper(*args, **kwargs)", "The function, without recording.") { a in
                try noGrad { try a.machine.call(inner, a.items(0), keywords: a.keywords(1)) }
              }))
        }),
    ])

  // MARK: - torch.autograd.functional

  private static let functional = ModuleTable(
    "torch.autograd.functional", doc: "Jacobians, Hessians and products with them.",
    entries: [
      .function(
        Native("jacobian(func, inputs, create_graph=False, strict=False, vectorize=False, strategy='reverse-mode')", "The derivatives of each output by each input.", example: "torch.autograd.functional.jacobian(lambda x: x ** 2, torch.ones(2))") {
          a in
          let call = try FunctionalCall(a, 0, inputs: 1)
          let rows = try Functional.jacobian(call.run, call.inputs, createGraph: a.bool(2))
          return nested(rows, call, oneOutput: call.givesOne)
        }),
      .function(
        Native("hessian(func, inputs, create_graph=False, strict=False, vectorize=False, outer_jacobian_strategy='reverse-mode')", "The second derivatives of a function with one number as its output.", example: "torch.autograd.functional.hessian(lambda x: (x ** 3).sum(), torch.ones(2))") {
          a in
          let call = try FunctionalCall(a, 0, inputs: 1)
          let rows = try Functional.hessian(call.run, call.inputs, createGraph: a.bool(2))
          return nested(rows, call, oneOutput: call.isSingle)
        }),
      product("vjp", "The outputs, and v times the Jacobian.", ofInputs: true) {
        try Functional.vjp($0, $1, $2, createGraph: $3)
      },
      product("jvp", "The outputs, and the Jacobian times v.", ofInputs: false) {
        try Functional.jvp($0, $1, $2, createGraph: $3)
      },
      product("hvp", "The output, and the Hessian times v.", ofInputs: true) {
        try Functional.hvp($0, $1, $2, createGraph: $3)
      },
      product("vhp", "The output, and v times the Hessian.", ofInputs: true) {
        try Functional.hvp($0, $1, $2, createGraph: $3)
      },
    ])

  private static func nested(_ rows: [[Tensor]], _ call: FunctionalCall, oneOutput: Bool) -> Value {
    let values = rows.map { call.values($0, one: call.isSingle) }
    return oneOutput && values.count == 1 ? values[0] : .tuple(values)
  }

  private typealias Product = (TensorFunction, [Tensor], [Tensor]?, Bool) throws -> (
    outputs: [Tensor], products: [Tensor]
  )

  private static func product(
    _ name: String, _ doc: String, ofInputs: Bool, _ run: @escaping Product
  ) -> ModuleEntry {
    .function(
      Native("\(name)(func, inputs, v=None, create_graph=False, strict=False)", doc, example: "torch.autograd.functional.\(name)(lambda x: (x ** 2).sum(), torch.ones(1))") {
        a in
        let call = try FunctionalCall(a, 0, inputs: 1)
        let v = a[2].isNone ? nil : try TorchAutograd.list(a, 2)
        let (outputs, products) = try run(call.run, call.inputs, v, a.bool(3))
        return .tuple([
          call.values(outputs, one: call.givesOne),
          call.values(products, one: ofInputs ? call.isSingle : call.givesOne),
        ])
      })
  }

  // MARK: - torch.func

  private static let functions = ModuleTable(
    "torch.func", doc: "Functions that give derivatives of functions.",
    entries: [
      .function(TorchNNUtils.functionalCall),
      .function(transform("grad", "A function that gives the gradient of one with a single number as its output.", signature: "func, argnums=0, has_aux=False") { machine, function, arguments, keywords, a in
        let (found, _, aux) = try gradient(machine, function, arguments, keywords, a.argnums, a.hasAux)
        return a.hasAux ? .tuple([found, aux]) : found
      }),
      .function(transform("grad_and_value", "A function that gives gradient and value.", signature: "func, argnums=0, has_aux=False") { machine, function, arguments, keywords, a in
        let (found, value, aux) = try gradient(machine, function, arguments, keywords, a.argnums, a.hasAux)
        return .tuple([found, a.hasAux ? .tuple([value, aux]) : value])
      }),
      .function(transform("jacrev", "A function that gives the Jacobian.", signature: "func, argnums=0") { machine, function, arguments, keywords, a in
        try derivative(machine, function, arguments, keywords, a.argnums, second: false)
      }),
      .function(transform("jacfwd", "A function that gives the Jacobian.", signature: "func, argnums=0") { machine, function, arguments, keywords, a in
        try derivative(machine, function, arguments, keywords, a.argnums, second: false)
      }),
      .function(transform("hessian", "A function that gives the second derivatives.", signature: "func, argnums=0") { machine, function, arguments, keywords, a in
        try derivative(machine, function, arguments, keywords, a.argnums, second: true)
      }),
      .function(vmap),
    ])

  private struct Options {
    let argnums: Value
    let hasAux: Bool

    /// The arguments to differentiate by.
    func places(_ count: Int, _ machine: Machine) throws -> [Int] {
      let places = try argnums.asTuple.map { try $0.items.compactMap { try machine.index($0) } }
        ?? [machine.index(argnums) ?? 0]
      return try places.map { place in
        let index = place < 0 ? place + count : place
        guard index >= 0, index < count else {
          throw Raise(
            .runtimeError,
            "Got argnum=\(place), but only \(count) positional inputs")
        }
        return index
      }
    }
  }

  private typealias Body = (
    Machine, Value, [Value], [(name: String, value: Value)], Options
  ) throws -> Value

  private static func transform(
    _ name: String, _ doc: String, signature: String, _ body: @escaping Body
  ) -> Native {
    Native("\(name)(\(signature))", doc, example: "torch.func.\(name)(lambda x: (x ** 2).sum())(torch.ones(2))") {
      a in
      let function = a[0]
      let options = Options(argnums: a[1], hasAux: a.count > 2 ? try a.bool(2) : false)
      return .object(
        NativeFunction(
          Native("\(name)_wrapper(*args, **kwargs)", doc) { a in
            try body(a.machine, function, a.items(0), a.keywords(1), options)
          }))
    }
  }

  /// The arguments, with those at `places` exchanged for tensors that gradients can be asked for.
  private static func prepared(
    _ arguments: [Value], _ places: [Int], _ machine: Machine
  ) throws -> (arguments: [Value], own: [Tensor], records: Bool) {
    var arguments = arguments
    var own: [Tensor] = []
    var records = false
    for place in places {
      guard let tensor = arguments[place].asTensorObject?.tensor else {
        throw Raise(
          .runtimeError, "argument \(place) must be a Tensor, got \(machine.typeName(arguments[place]))")
      }
      let leaf: Tensor
      if tensor.requiresGrad {  // inside of another derivative
        leaf = try tensor.view(tensor.shape)
        records = true
      } else {
        leaf = tensor.detach()
        try leaf.setRequiresGrad(true)
      }
      own.append(leaf)
      arguments[place] = machine.torchValue(leaf)
    }
    return (arguments, own, records)
  }

  private static func gradient(
    _ machine: Machine, _ function: Value, _ arguments: [Value],
    _ keywords: [(name: String, value: Value)], _ argnums: Value, _ hasAux: Bool
  ) throws -> (gradient: Value, value: Value, aux: Value) {
    let places = try Options(argnums: argnums, hasAux: hasAux).places(arguments.count, machine)
    return try enableGrad {
      let (given, own, records) = try prepared(arguments, places, machine)
      var output = try machine.call(function, given, keywords: keywords)
      var aux = Value.none
      if hasAux {
        guard let pair = output.asTuple?.items, pair.count == 2 else {
          throw Raise(.runtimeError, "with has_aux=True the function must give a tuple (output, aux)")
        }
        (output, aux) = (pair[0], pair[1])
      }
      guard let value = output.asTensorObject?.tensor, value.count == 1, value.rank == 0 else {
        throw Raise(
          .runtimeError,
          "Expected f(*args) to return a scalar tensor, got "
            + (output.asTensorObject.map { "tensor with \($0.tensor.rank) dims" }
              ?? machine.typeName(output)))
      }
      var found: [Tensor?] = own.map { _ in nil }
      if value.requiresGrad {
        found = try Tensor.gradients(
          of: [value], for: own, createGraph: records, allowUnused: true)
      }
      let values = try zip(found, own).map {
        machine.torchValue(try $0 ?? Tensor.zerosLike($1.detach()))
      }
      let gradient: Value = argnums.asTuple == nil ? values[0] : .tuple(values)
      return (gradient, machine.torchValue(records ? value : value.detach()), aux)
    }
  }

  private static func derivative(
    _ machine: Machine, _ function: Value, _ arguments: [Value],
    _ keywords: [(name: String, value: Value)], _ argnums: Value, second: Bool
  ) throws -> Value {
    let places = try Options(argnums: argnums, hasAux: false).places(arguments.count, machine)
    let inputs = try places.map { place -> Tensor in
      guard let tensor = arguments[place].asTensorObject?.tensor else {
        throw Raise(
          .runtimeError, "argument \(place) must be a Tensor, got \(machine.typeName(arguments[place]))")
      }
      return tensor
    }
    var givesOne = true
    let run: TensorFunction = { own in
      var given = arguments
      for (place, tensor) in zip(places, own) { given[place] = machine.torchValue(tensor) }
      let result = try machine.call(function, given, keywords: keywords)
      givesOne = result.asTensorObject != nil
      return try FunctionalCall.tensors(result, machine)
    }
    let records = inputs.contains(where: \.requiresGrad)
    let rows = second
      ? try Functional.hessian(run, inputs, createGraph: records)
      : try Functional.jacobian(run, inputs, createGraph: records)
    let single = argnums.asTuple == nil
    let values = rows.map { row -> Value in
      let values = row.map { machine.torchValue($0) }
      return single ? values[0] : .tuple(values)
    }
    let one = second ? single : givesOne
    return one && values.count == 1 ? values[0] : .tuple(values)
  }

  // MARK: - vmap

  static let vmap = Native(
    "vmap(func, in_dims=0, out_dims=0, randomness='error', *, chunk_size=None)",
    "A function that runs another one on each slice of its arguments and stacks the results.",
    example: "torch.vmap(lambda x: x.sum())(torch.eye(2))"
  ) { a in
    let (function, dims, outDims) = (a[0], a[1], a[2])
    return .object(
      NativeFunction(
        Native("vmap_wrapper(*args, **kwargs)", "The function, run on each slice.") { a in
          try mapped(a.machine, function, dims, outDims, a.items(0), a.keywords(1))
        }))
  }

  private static func mapped(
    _ machine: Machine, _ function: Value, _ dims: Value, _ outDims: Value, _ arguments: [Value],
    _ keywords: [(name: String, value: Value)]
  ) throws -> Value {
    let given = dims.asTuple?.items ?? dims.asList?.items
    let axes = try arguments.indices.map { place -> Int? in
      let value = given.map { $0.indices.contains(place) ? $0[place] : .none } ?? dims
      if value.isNone || arguments[place].asTensorObject == nil { return nil }
      return try machine.index(value)
    }
    var size: Int?
    for (place, axis) in axes.enumerated() {
      guard let axis, let tensor = arguments[place].asTensorObject?.tensor else { continue }
      let here = tensor.shape[try Shape.axis(axis, rank: tensor.rank, "vmap")]
      if let size, size != here {
        throw Raise(
          .valueError,
          "vmap: Expected all tensors to have the same size in the mapped dimension, got sizes "
            + "\([size, here]) for the mapped dimension")
      }
      size = here
    }
    guard let size else {
      throw Raise(
        .valueError,
        "vmap(\(try machine.repr(function)), in_dims=\(try machine.repr(dims)), ...)(<inputs>): got "
          + "no Tensor to map over")
    }
    var columns: [[Tensor]] = []
    var givesOne = true
    for i in 0..<size {
      try machine.poll()
      let slices = try arguments.enumerated().map { place, value -> Value in
        guard let axis = axes[place], let tensor = value.asTensorObject?.tensor else { return value }
        return machine.torchValue(try tensor.select(axis, i))
      }
      let result = try machine.call(function, slices, keywords: keywords)
      givesOne = result.asTensorObject != nil
      let tensors = try FunctionalCall.tensors(result, machine)
      if columns.isEmpty { columns = tensors.map { _ in [] } }
      for (k, tensor) in tensors.enumerated() where k < columns.count { columns[k].append(tensor) }
    }
    let outs = try outDims.asTuple.map { try $0.items.map { try machine.index($0) ?? 0 } }
    let single = try machine.index(outDims) ?? 0
    let values = try columns.enumerated().map { k, column in
      let axis = outs.map { $0.indices.contains(k) ? $0[k] : 0 } ?? single
      return machine.torchValue(try Tensor.stack(column, axis: axis))
    }
    return givesOne && values.count == 1 ? values[0] : .tuple(values)
  }
}
