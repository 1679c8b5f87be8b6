import TensorCore

/// All steps of a recurrent layer as one recorded operation with a gradient of its own.
///
/// On the tape each step would be a dozen operations, and each step's share of the gates would bring
/// back a gradient as large as all of them. Here the forward pass keeps what the slopes are made of,
/// the slopes of all steps are computed at once, and the way back is one product and a few
/// elementwise operations per step; the weight's gradient is a single product over all steps.
/// (Backpropagation through time: Werbos 1990)
///
/// For tanh and sigmoid, without a projection, and for GRU with the reset gate behind the product;
/// other settings go step by step (`RecurrentStep.run`).
struct RecurrentSequence {
  let kind: RecurrentStep.Kind
  let size: Int
  /// [time, batch] of bool, or nil: where false, the states stay as they were.
  let mask: Tensor?

  /// What a pass gives: the hidden states [time, batch, size], the states at the end, and for the
  /// gradient what each step was made of, each [time, batch, ...].
  private struct Pass {
    var output: Tensor
    var states: [Tensor]
    var kept: [Tensor]
  }

  /// - Parameters:
  ///   - gates: the input's share, [time, batch, gates * size], at least one step.
  ///   - weight: [gates * size, size].
  ///   - bias: [gates * size] of the product with the hidden state.
  ///   - begin: the states before the first step, [batch, size] each.
  func run(_ gates: Tensor, _ weight: Tensor, _ bias: Tensor?, _ begin: [Tensor]) throws -> (
    output: Tensor, states: [Tensor]
  ) {
    let operands = [gates, weight] + [bias].compactMap { $0 } + begin
    let isRecorded = GradientMode.isEnabled && operands.contains(where: \.requiresGrad)
    let fused = FusedLSTM(kind, size, mask: mask, operands)
    let made = try noGrad { try fused?.forward(gates, weight, bias, begin) }
    let pass = try made.map { Pass(output: $0.output, states: $0.states, kept: []) }
      ?? noGrad { try forward(gates, weight, bias, begin, keeps: isRecorded) }
    guard isRecorded else { return (pass.output, pass.states) }
    let version = weight.version
    let kept = pass.kept
    let fusedPass = made?.pass
    let results = try Tensor.recorded(
      results: [pass.output] + pass.states, as: "StackBackward0", from: operands
    ) { gradients, _ in
      guard weight.version == version else {
        throw TensorError.gradient(
          message: "one of the variables needed for gradient computation has been modified by an "
            + "inplace operation: the recurrent weight \(weight.shape) is at version "
            + "\(weight.version); expected version \(version) instead. Call backward() before the "
            + "weights are changed.")
      }
      if !GradientMode.isEnabled, let fused, let fusedPass {
        return try fused.backward(fusedPass, weight, hasBias: bias != nil, gradients)
      }
      // While the walk is recorded, the slopes need a history: the pass is repeated with one.
      let own = GradientMode.isEnabled
        ? try forward(gates, weight, bias, begin, keeps: true).kept : kept
      return try backward(own, weight, bias != nil, gradients)
    }
    return (results[0], Array(results.dropFirst()))
  }

  private func part(_ x: Tensor, _ block: Int) throws -> Tensor {
    try x.narrow(x.rank - 1, start: block * size, length: size)
  }

  /// 1 - x.
  private func rest(_ x: Tensor) throws -> Tensor { try x.neg().adding(1) }

  private func keep(_ t: Int) throws -> Tensor? { try mask?.select(0, t).unsqueeze(-1) }

  // MARK: - Forward

  private func forward(
    _ gates: Tensor, _ weight: Tensor, _ bias: Tensor?, _ begin: [Tensor], keeps: Bool
  ) throws -> Pass {
    var current = begin
    var outputs: [Tensor] = []
    var columns: [[Tensor]] = []
    for t in 0..<gates.shape[0] {
      try Interrupt.check()
      let (made, parts) = try step(gates.select(0, t), current[0].linear(weight, bias), current)
      var next = made
      if let keep = try keep(t) {
        next = try zip(next, current).map { try Tensor.where(keep, $0, $1) }
      }
      if keeps {
        if columns.isEmpty { columns = parts.map { _ in [] } }
        for (i, part) in parts.enumerated() { columns[i].append(part) }
      }
      current = next
      outputs.append(next[0])
    }
    return Pass(
      output: try Tensor.stack(outputs), states: current, kept: try columns.map { try Tensor.stack($0) })
  }

  /// One step from the input's share `x` and the hidden state's `own`.
  private func step(_ x: Tensor, _ own: Tensor, _ states: [Tensor]) throws -> (
    next: [Tensor], parts: [Tensor]
  ) {
    let h = states[0]
    switch kind {
    case .simple:
      let y = try (x + own).tanh()
      return ([y], [h, y])
    case .lstm:
      let z = try x + own
      let s = try z.sigmoid()
      let new = try part(z, 2).tanh()
      let cell = try part(s, 1) * states[1] + part(s, 0) * new
      let shown = try cell.tanh()
      return ([try part(s, 3) * shown, cell], [h, states[1], s, new, shown])
    case .gru(let order, _):
      let (r, z) = order == .resetUpdateNew ? (0, 1) : (1, 0)
      let both = 2 * size
      let s = try (x.narrow(1, start: 0, length: both) + own.narrow(1, start: 0, length: both)).sigmoid()
      let inner = try part(own, 2)
      let new = try (part(x, 2) + part(s, r) * inner).tanh()
      return ([try (h - new) * part(s, z) + new], [h, s, inner, new])
    }
  }

  // MARK: - Backward

  /// The factors between the gradient of a step's states and those of its gates, for all steps.
  private struct Slopes {
    /// [time, batch, gates * size]: towards the input's share and towards the hidden state's.
    var input: Tensor
    var own: Tensor
    /// [time, batch, size]: the share of the hidden state (GRU) or cell (LSTM) that is carried on.
    var carried: Tensor?
    /// LSTM: from the hidden state to the cell.
    var cell: Tensor?
  }

  private func slopes(_ kept: [Tensor]) throws -> Slopes {
    switch kind {
    case .simple:
      let slope = try rest(kept[1] * kept[1])
      return Slopes(input: slope, own: slope)
    case .lstm:
      let (before, s, new, shown) = (kept[1], kept[2], kept[3], kept[4])
      let bent = try s * rest(s)
      let all = try Tensor.cat(
        [
          new * part(bent, 0), before * part(bent, 1), part(s, 0) * rest(new * new),
          shown * part(bent, 3),
        ], axis: 2)
      return Slopes(
        input: all, own: all, carried: try part(s, 1), cell: try part(s, 3) * rest(shown * shown))
    case .gru(let order, _):
      let (h, s, inner, new) = (kept[0], kept[1], kept[2], kept[3])
      let isResetFirst = order == .resetUpdateNew
      let reset = try part(s, isResetFirst ? 0 : 1)
      let update = try part(s, isResetFirst ? 1 : 0)
      let toNew = try rest(update) * rest(new * new)
      let toUpdate = try (h - new) * update * rest(update)
      let toReset = try toNew * inner * reset * rest(reset)
      let gates = isResetFirst ? [toReset, toUpdate] : [toUpdate, toReset]
      return Slopes(
        input: try Tensor.cat(gates + [toNew], axis: 2),
        own: try Tensor.cat(gates + [toNew * reset], axis: 2), carried: update)
    }
  }

  /// The gradients of gates, weight, bias and the states before the first step.
  private func backward(
    _ kept: [Tensor], _ weight: Tensor, _ hasBias: Bool, _ gradients: [Tensor?]
  ) throws -> [Tensor?] {
    let hidden = kept[0]
    let (time, batch) = (hidden.shape[0], hidden.shape[1])
    let none = try Tensor.zeros([batch, size], dtype: hidden.dtype)
    let slopes = try slopes(kept)
    var dh = gradients[1] ?? none
    var dc = kind == .lstm ? gradients[2] ?? none : none
    var own: [Tensor] = []
    var tops: [Tensor] = []
    for t in (0..<time).reversed() {
      try Interrupt.check()
      if let given = gradients[0] { dh = try dh + given.select(0, t) }
      var (passedH, passedC): (Tensor?, Tensor?)
      if let keep = try keep(t) {
        // A step that was left out hands its gradient on.
        passedH = try Tensor.where(keep, none, dh)
        passedC = try Tensor.where(keep, none, dc)
        dh = try Tensor.where(keep, dh, none)
        dc = try Tensor.where(keep, dc, none)
      }
      if let toCell = slopes.cell { dc = try dc + dh * toCell.select(0, t) }
      let top: Tensor
      switch kind {
      case .simple: top = dh
      case .lstm: top = try Tensor.cat([dc, dc, dc, dh], axis: 1)
      case .gru: top = try Tensor.cat([dh, dh, dh], axis: 1)
      }
      let step = try top * slopes.own.select(0, t)
      var before = try step.matmul(weight)
      if let carried = slopes.carried {
        let share = try carried.select(0, t)
        if kind == .lstm { dc = try dc * share } else { before = try before + dh * share }
      }
      dh = try passedH.map { try before + $0 } ?? before
      if kind == .lstm, let passedC { dc = try dc + passedC }
      own.append(step)
      // Only GRU has another slope towards the input.
      if slopes.input !== slopes.own { tops.append(top) }
    }
    let toOwn = try Tensor.stack(own.reversed())
    let toGates = tops.isEmpty ? toOwn : try Tensor.stack(tops.reversed()) * slopes.input
    let rows = try toOwn.reshape([time * batch, weight.shape[0]])
    let toWeight = try rows.t().matmul(hidden.reshape([time * batch, size]))
    let toBias: [Tensor?] = hasBias ? [try rows.sum([0])] : []
    let toStates: [Tensor?] = kind == .lstm ? [dh, dc] : [dh]
    return [toGates, toWeight] + toBias + toStates
  }
}
