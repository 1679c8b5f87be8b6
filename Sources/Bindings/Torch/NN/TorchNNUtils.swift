import Language
import NeuralNetworks
import TensorCore

/// `torch.nn.utils`: gradients brought within bounds, parameters as one vector.
enum TorchNNUtils {
  /// The tensors of one parameter or of several.
  private static func parameters(_ value: Value, _ machine: Machine) throws -> [Tensor] {
    if let object = value.asTensorObject { return [object.tensor] }
    return try machine.array(value).map { item in
      guard let object = item.asTensorObject else {
        throw Raise(.typeError, "parameters must be Tensors, got \(machine.typeName(item))", hint: "model.parameters()")
      }
      return object.tensor
    }
  }

  private static func totalNorm(_ gradients: [Tensor], _ power: Double) throws -> Tensor {
    guard !gradients.isEmpty else { return try Tensor(.double(0), dtype: .float32) }
    return try noGrad {
      let norms = try gradients.map { try $0.norm([], order: power) }
      return try Tensor.stack(norms).norm([], order: power)
    }
  }

  private static func power(_ a: Arguments, _ index: Int) throws -> Double {
    if let text = a[index].swiftString {
      guard text == "inf" else { throw Raise(.valueError, "could not convert string to float: '\(text)'") }
      return .infinity
    }
    return try a.double(index)
  }

  private static func scale(_ parameters: [Tensor], _ total: Tensor, _ limit: Double) throws {
    let factor = try noGrad { try min(1, limit / (total.item().double + 1e-6)) }
    try noGrad {
      for parameter in parameters {
        guard let gradient = parameter.grad else { continue }
        try gradient.multiply(inPlace: Tensor(.double(factor), dtype: gradient.dtype))
      }
    }
  }

  static let functions: [Native] = [
    Native("clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None)", "Scales all gradients so that their norm is not larger than a bound; gives the norm before.", example: "torch.nn.utils.clip_grad_norm_([torch.zeros(1, requires_grad=True)], 1.0)") { a in
      let all = try parameters(a[0], a.machine)
      let total = try totalNorm(all.compactMap(\.grad), power(a, 2))
      if try a.bool(3), try !total.item().double.isFinite {
        throw Raise(
          .runtimeError,
          "The total norm of order \(try a.machine.text(of: a[2])) for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`")
      }
      try scale(all, total, a.double(1))
      return a.machine.torchValue(total)
    },
    Native("clip_grad_value_(parameters, clip_value, foreach=None)", "Brings each element of the gradients between two bounds.", example: "torch.nn.utils.clip_grad_value_([torch.zeros(1, requires_grad=True)], 1.0)") { a in
      let bound = try a.double(1)
      try noGrad {
        for parameter in try parameters(a[0], a.machine) {
          guard let gradient = parameter.grad else { continue }
          try gradient.copy(from: gradient.clamp(min: .double(-bound), max: .double(bound)))
        }
      }
      return .none
    },
    Native("get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None)", "The norm of several tensors together.", example: "torch.nn.utils.get_total_norm([torch.ones(4)])") { a in
      a.machine.torchValue(try totalNorm(parameters(a[0], a.machine), power(a, 1)))
    },
    Native("clip_grads_with_norm_(parameters, max_norm, total_norm, foreach=None)", "Scales all gradients by a norm that is known.", example: "torch.nn.utils.clip_grads_with_norm_([torch.zeros(1, requires_grad=True)], 1.0, torch.tensor(2.0))") { a in
      try scale(parameters(a[0], a.machine), a.torchTensor(2), a.double(1))
      return .none
    },
    Native("parameters_to_vector(parameters)", "All parameters as one row.", example: "torch.nn.utils.parameters_to_vector([torch.ones(2), torch.zeros(1)])") { a in
      a.machine.torchValue(try Tensor.cat(parameters(a[0], a.machine).map { try $0.reshape([-1]) }))
    },
    Native("vector_to_parameters(vec, parameters)", "Writes a row into the parameters.", example: "torch.nn.utils.vector_to_parameters(torch.ones(2), [torch.zeros(2)])") { a in
      let vector = try a.torchTensor(0)
      var start = 0
      let flat = try vector.detach().reshape([-1])
      try noGrad {
        for parameter in try parameters(a[1], a.machine) {
          guard start + parameter.count <= flat.count else {
            throw Raise(.runtimeError, "shape '\(parameter.shape)' is invalid for input of size \(flat.count - start)")
          }
          try parameter.copy(from: flat.narrow(0, start: start, length: parameter.count).reshape(parameter.shape))
          start += parameter.count
        }
      }
      return .none
    },
  ]

  static let module = ModuleTable(
    "torch.nn.utils", doc: "Small functions on parameters and gradients.",
    entries: functions.map { .function($0) })

  /// `torch.func.functional_call`: a module with other tensors for one call.
  static let functionalCall = Native("functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False)", "What a module gives with other parameters.", example: "torch.func.functional_call(torch.nn.Linear(1, 1), {'weight': torch.ones(1, 1), 'bias': torch.zeros(1)}, torch.ones(1))") { a in
    guard let module = a.instance(0, TorchModule.self) else { throw a.mismatch(0, expected: "Module") }
    let dicts = try a[1].asDict.map { [$0] } ?? a.items(1).compactMap(\.asDict)
    var saved: [(DictObject, String, Value)] = []
    defer { for (dict, name, value) in saved.reversed() { dict[name] = value } }
    for dict in dicts {
      for pair in dict.pairs {
        guard let path = pair.key.swiftString else { continue }
        let (owner, name) = try module.owner(path)
        let place = owner.parameters[name] != nil ? owner.parameters : owner.buffers
        guard let old = place[name] else {
          throw Raise(.attributeError, "\(owner.type.name) has no attribute `\(name)`")
        }
        saved.append((place, name, old))
        place[name] = pair.value
      }
    }
    let arguments = a[2].isNone ? [] : a[2].asTuple?.items ?? [a[2]]
    let keywords = a[3].asDict?.pairs.compactMap { pair in pair.key.swiftString.map { ($0, pair.value) } } ?? []
    return try module.called(a[0], arguments, keywords, a.machine)
  }
}
