import Compute

extension Tensor {
  /// The form of gelu with tanh, x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))), in one pass; exact
  /// gelu without `approximately`. (Hendrycks and Gimpel 2016)
  public func gelu(approximately: Bool) throws -> Tensor {
    guard approximately else { return try gelu() }
    guard dtype == .float32 else {
      let inner = try multiplied(by: self).multiplied(by: .double(0.044715)).adding(.double(1))
      let u = try inner.multiplied(by: self).multiplied(by: .double(0.7978845608028654))
      return try multiplied(by: u.tanh().adding(.double(1))).multiplied(by: .double(0.5))
        .named(gradientFunction: "GeluBackward0")
    }
    let x = try contiguousData()
    let result = try Tensor(like: x, dtype: .float32)
    if let loop = sw_streams().pointee.gelu_tanh,
      !ElementwiseChain.takes(.floats(loop), x, into: result)
    {
      let (a, z) = (x.elements(Float.self), result.elements(Float.self))
      try ThreadPool.forRanges(count, grain: Elementwise.costlyGrain) { start, end in
        loop(Int64(end - start), a + start, z + start)
      }
    }
    guard records else { return result }
    let saved = Saved(self)
    result.record("GeluBackward0", [edge]) { call in
      let x = try saved.value("gelu")
      if GradientMode.isEnabled { return [try call.gradient.multiplied(by: x.geluTanhSlope())] }
      let g = try call.gradient.contiguousData()
      let own = try x.contiguousData()
      let back = try Tensor(like: own, dtype: .float32)
      let loop = sw_streams().pointee.gelu_tanh_back
      let (a, b, z) = (g.elements(Float.self), own.elements(Float.self), back.elements(Float.self))
      try ThreadPool.forRanges(back.count, grain: Elementwise.costlyGrain) { start, end in
        loop?(Int64(end - start), a + start, b + start, z + start)
      }
      return [back]
    }
    return result
  }

  /// The slope of the form with tanh, of operations that have gradients themselves.
  private func geluTanhSlope() throws -> Tensor {
    let square = try multiplied(by: self)
    let u = try square.multiplied(by: .double(0.044715)).adding(.double(1)).multiplied(by: self)
      .multiplied(by: .double(0.7978845608028654))
    let t = try u.tanh()
    let rise = try square.multiplied(by: .double(3 * 0.044715)).adding(.double(1))
      .multiplied(by: .double(0.7978845608028654))
    let bend = try t.multiplied(by: t).neg().adding(.double(1)).multiplied(by: rise)
    return try t.adding(.double(1)).adding(multiplied(by: bend)).multiplied(by: .double(0.5))
  }
}
