// Derivatives of functions: what `torch.autograd.functional` and `torch.func` stand on.

/// A function of tensors that gives tensors.
public typealias TensorFunction = ([Tensor]) throws -> [Tensor]

public enum Functional {
  /// Inputs that gradients can be asked for, apart from what the caller's tensors belong to, unless
  /// derivatives of the result are wanted.
  private static func prepared(_ inputs: [Tensor], _ createGraph: Bool) throws -> [Tensor] {
    try inputs.map { input in
      guard input.dtype.isFloating else {
        throw TensorError.gradient(
          message: "only Tensors of floating point dtype can require gradients; one input is "
            + "\(input.dtype)")
      }
      if createGraph && input.requiresGrad { return try input.view(input.shape) }
      let own = input.detach()
      try own.setRequiresGrad(true)
      return own
    }
  }

  /// Gradients where an input without a part in the output has zeros.
  private static func gradients(
    _ outputs: [Tensor], _ inputs: [Tensor], _ seeds: [Tensor?] = [], createGraph: Bool
  ) throws -> [Tensor] {
    let used = outputs.indices.filter { outputs[$0].requiresGrad }
    guard !used.isEmpty else { return try inputs.map { try Tensor.zerosLike($0) } }
    let found = try Tensor.gradients(
      of: used.map { outputs[$0] }, for: inputs,
      gradients: used.map { $0 < seeds.count ? seeds[$0] : nil }, retainGraph: true,
      createGraph: createGraph, allowUnused: true)
    return try zip(found, inputs).map { try $0 ?? Tensor.zerosLike($1) }
  }

  /// The derivatives of each output by each input: `[outputs][inputs]`, of shape
  /// `output.shape + input.shape`.
  public static func jacobian(
    _ function: TensorFunction, _ inputs: [Tensor], createGraph: Bool = false
  ) throws -> [[Tensor]] {
    try enableGrad {
      let own = try prepared(inputs, createGraph)
      return try function(own).map { output in
        let flat = try output.reshape([-1])
        var rows: [[Tensor]] = Array(repeating: [], count: own.count)
        for i in 0..<output.count {
          let found = try gradients([flat.select(0, i)], own, createGraph: createGraph)
          for (k, gradient) in found.enumerated() { rows[k].append(gradient) }
        }
        return try zip(rows, own).map { rows, input in
          let shape = output.shape + input.shape
          if rows.isEmpty { return try Tensor.zeros(shape, dtype: input.dtype) }
          let result = try Tensor.stack(rows).reshape(shape)
          return createGraph ? result : result.detach()
        }
      }
    }
  }

  /// The second derivatives of a function with one number as its output: `[inputs][inputs]`.
  public static func hessian(
    _ function: @escaping TensorFunction, _ inputs: [Tensor], createGraph: Bool = false
  ) throws -> [[Tensor]] {
    try jacobian(
      { own in
        let first = try jacobian(
          { inner in
            let outputs = try function(inner)
            guard outputs.count == 1, let output = outputs.first, output.count == 1 else {
              throw TensorError.gradient(
                message: "The Tensor returned by the function given to hessian should contain a "
                  + "single element")
            }
            return [try output.reshape([])]
          }, own, createGraph: true)
        return first.first ?? []
      }, inputs, createGraph: createGraph)
  }

  /// The outputs, and `v` times the Jacobian for each input. `v` may be left out for one number.
  public static func vjp(
    _ function: TensorFunction, _ inputs: [Tensor], _ v: [Tensor]?, createGraph: Bool = false
  ) throws -> (outputs: [Tensor], products: [Tensor]) {
    try enableGrad {
      let own = try prepared(inputs, createGraph)
      let outputs = try function(own)
      try checkVector(v, outputs.map(\.shape), "vjp")
      let products = try gradients(outputs, own, v ?? [], createGraph: createGraph)
      return finished(outputs, products, createGraph)
    }
  }

  /// The outputs, and the Jacobian times `v` for each output; by two walks backward.
  public static func jvp(
    _ function: TensorFunction, _ inputs: [Tensor], _ v: [Tensor]?, createGraph: Bool = false
  ) throws -> (outputs: [Tensor], products: [Tensor]) {
    try enableGrad {
      let own = try prepared(inputs, createGraph)
      try checkVector(v, own.map(\.shape), "jvp")
      let outputs = try function(own)
      let vectors = try v ?? own.map { try Tensor.onesLike($0) }
      // u is free: the product of u and the Jacobian is linear in it, and its derivative is wanted.
      let free = try outputs.map { output -> Tensor in
        let u = try Tensor.zerosLike(output)
        try u.setRequiresGrad(true)
        return u
      }
      let back = try gradients(outputs, own, free, createGraph: true)
      let products = try gradients(back, free, vectors, createGraph: createGraph)
      return finished(outputs, products, createGraph)
    }
  }

  /// The output, and the Hessian times `v` for each input. (`hvp`; `vhp` is the same: it is symmetric)
  public static func hvp(
    _ function: TensorFunction, _ inputs: [Tensor], _ v: [Tensor]?, createGraph: Bool = false
  ) throws -> (outputs: [Tensor], products: [Tensor]) {
    try enableGrad {
      let own = try prepared(inputs, createGraph)
      try checkVector(v, own.map(\.shape), "hvp")
      let outputs = try function(own)
      guard outputs.count == 1, outputs[0].count == 1 else {
        throw TensorError.gradient(
          message: "The Tensor returned by the function given to hvp should contain a single element")
      }
      let first = try gradients(outputs, own, createGraph: true)
      let vectors = try v ?? own.map { try Tensor.onesLike($0) }
      let products = try gradients(first, own, vectors, createGraph: createGraph)
      return finished(outputs, products, createGraph)
    }
  }

  private static func finished(
    _ outputs: [Tensor], _ products: [Tensor], _ createGraph: Bool
  ) -> (outputs: [Tensor], products: [Tensor]) {
    createGraph
      ? (outputs, products) : (outputs.map { $0.detach() }, products.map { $0.detach() })
  }

  private static func checkVector(_ v: [Tensor]?, _ shapes: [[Int]], _ name: String) throws {
    guard let v else {
      if shapes.count == 1, Shape.product(shapes[0]) == 1 { return }
      throw TensorError.gradient(
        message: "The vector v can only be None if the "
          + "\(name == "vjp" ? "user-provided function returns" : "input to the user-provided function is") "
          + "a single Tensor with a single element.")
    }
    guard v.map(\.shape) == shapes else {
      throw TensorError.gradient(
        message: "\(name): v has shapes \(v.map(\.shape)), needed are \(shapes)")
    }
  }
}

// MARK: - Checking gradients

extension Functional {
  /// Compares the tape's derivatives with central differences of width `eps`. (`gradcheck`)
  ///
  /// - Throws: `TensorError.gradient` that names output and input of the first mismatch.
  public static func checkGradients(
    _ function: TensorFunction, _ inputs: [Tensor], eps: Double = 1e-6, atol: Double = 1e-5,
    rtol: Double = 1e-3
  ) throws {
    let places = inputs.indices.filter { inputs[$0].requiresGrad && inputs[$0].dtype.isFloating }
    guard !places.isEmpty else {
      throw TensorError.gradient(
        message: "gradcheck expects at least one input tensor to require gradient, but none of the "
          + "them have requires_grad=True.")
    }
    func withInputs(_ chosen: [Tensor]) throws -> [Tensor] {
      var all = inputs.map { $0.detach() }
      for (k, place) in places.enumerated() { all[place] = chosen[k] }
      return try function(all)
    }
    let chosen = places.map { inputs[$0] }
    let tape = try jacobian(withInputs, chosen)
    for (k, place) in places.enumerated() {
      let base = try inputs[place].doubles()
      var columns: [[[Double]]] = []  // element, output, values
      for i in base.indices {
        func outputs(_ step: Double) throws -> [[Double]] {
          var values = base
          values[i] += step
          var moved = chosen.map { $0.detach() }
          moved[k] = try Tensor(values, shape: inputs[place].shape, dtype: inputs[place].dtype)
          return try noGrad { try withInputs(moved).map { try $0.doubles() } }
        }
        let (up, down) = (try outputs(eps), try outputs(-eps))
        columns.append(
          zip(up, down).map { zip($0, $1).map { ($0 - $1) / (2 * eps) } })
      }
      for (o, rows) in tape.enumerated() {
        let analytical = try rows[k].doubles()  // [output elements, input elements]
        let width = base.count
        for (place, value) in analytical.enumerated() {
          let numerical = columns[place % max(width, 1)][o][place / max(width, 1)]
          if !(abs(value - numerical) <= atol + rtol * abs(numerical)) {
            throw TensorError.gradient(
              message: "Jacobian mismatch for output \(o) with respect to input \(k),\n"
                + "numerical: \(numerical)\nanalytical: \(value)")
          }
        }
      }
    }
  }
}
