import TensorCore

/// Settings of an optimizer for a group of parameters. Fields that an optimizer does not know are
/// ignored by it.
public struct Hyperparameters: Sendable {
  public var learningRate: Double
  public var weightDecay = 0.0
  public var momentum = 0.0
  public var dampening = 0.0
  public var nesterov = false
  public var beta1 = 0.9
  public var beta2 = 0.999
  public var epsilon = 1e-8
  /// Steps uphill.
  public var maximize = false
  // Of single optimizers, under the names of their papers and of PyTorch.
  /// Adam: the largest second moment so far counts. (Reddi et al. 2018)
  public var amsgrad = false
  /// NAdam, RAdam: weight decay as AdamW has it.
  public var decoupled = false
  /// RMSprop: the share of the old mean square.
  public var alpha = 0.99
  /// RMSprop: the mean gradient is taken off.
  public var centered = false
  /// Adadelta: the share of the old means.
  public var rho = 0.9
  /// Adagrad: how the rate falls with the steps.
  public var rateDecay = 0.0
  public var initialAccumulator = 0.0
  /// NAdam.
  public var momentumDecay = 0.004
  /// ASGD: decay of the rate, its power, and the step from which averages are kept.
  public var lambda = 1e-4
  public var power = 0.75
  public var averagingStart = 1e6
  /// Rprop: the factors and the bounds of steps.
  public var etas = (0.5, 1.2)
  public var stepBounds = (1e-6, 50.0)

  public init(learningRate: Double) { self.learningRate = learningRate }
}

/// Parameters that share settings.
public final class ParameterGroup {
  public var parameters: [Tensor]
  public var settings: Hyperparameters

  public init(_ parameters: [Tensor], _ settings: Hyperparameters) {
    self.parameters = parameters
    self.settings = settings
  }
}

/// Changes parameters by their gradients.
///
/// State belongs to the parameter object: replacing a parameter starts its state anew.
open class Optimizer {
  public private(set) var groups: [ParameterGroup]
  /// Steps taken.
  public private(set) var stepCount = 0

  /// What an optimizer remembers of a parameter.
  public final class State {
    public var steps = 0
    public var tensors: [String: Tensor] = [:]
    /// Numbers besides the steps: NAdam's product of momenta.
    public var numbers: [String: Double] = [:]
    /// Kept, so that no other tensor gets its address and with it this state.
    let parameter: Tensor

    init(_ parameter: Tensor) { self.parameter = parameter }
  }

  private var states: [ObjectIdentifier: State] = [:]

  /// PyTorch's name: `"Adam"`.
  open var kind: String { String(describing: type(of: self)) }

  /// - Throws: `NeuralNetworkError.argument` without parameters or with impossible settings.
  public init(groups: [ParameterGroup]) throws {
    self.groups = groups
    let name = String(describing: type(of: self))
    guard groups.contains(where: { !$0.parameters.isEmpty }) else {
      throw NeuralNetworkError.argument(
        owner: name, message: "optimizer got an empty parameter list")
    }
    for group in groups { try Self.check(group.settings, name) }
  }

  /// Adds parameters with settings of their own.
  public func add(_ group: ParameterGroup) throws {
    try Self.check(group.settings, kind)
    groups.append(group)
  }

  private static func check(_ s: Hyperparameters, _ owner: String) throws {
    func need(_ holds: Bool, _ text: String) throws {
      if !holds { throw NeuralNetworkError.argument(owner: owner, message: text) }
    }
    try need(s.learningRate >= 0, "Invalid learning rate: \(s.learningRate)")
    try need(s.weightDecay >= 0, "Invalid weight_decay value: \(s.weightDecay)")
    try need(s.momentum >= 0, "Invalid momentum value: \(s.momentum)")
    try need(s.beta1 >= 0 && s.beta1 < 1, "Invalid beta parameter at index 0: \(s.beta1)")
    try need(s.beta2 >= 0 && s.beta2 < 1, "Invalid beta parameter at index 1: \(s.beta2)")
    try need(s.epsilon >= 0, "Invalid epsilon value: \(s.epsilon)")
    try need(
      !s.nesterov || (s.momentum > 0 && s.dampening == 0),
      "Nesterov momentum requires a momentum and zero dampening")
  }

  /// Takes the place of the groups, as the doors' own groups may have changed.
  public final func setGroups(_ new: [ParameterGroup]) { groups = new }

  /// Changes every parameter that has a gradient.
  public final func step() throws {
    stepCount += 1
    try noGrad {
      for group in groups {
        for parameter in group.parameters {
          guard let gradient = parameter.grad else { continue }
          let state = state(of: parameter)
          state.steps += 1
          try update(parameter, gradient, group.settings, state)
        }
      }
    }
  }

  /// For those who take a step themselves.
  final func countStep() { stepCount += 1 }

  /// Forgets the gradients.
  public final func zeroGrad() {
    for group in groups {
      for parameter in group.parameters { parameter.grad = nil }
    }
  }

  /// The learning rate of the first group; setting it sets all groups.
  public var learningRate: Double {
    get { groups.first?.settings.learningRate ?? 0 }
    set { for group in groups { group.settings.learningRate = newValue } }
  }

  // MARK: For optimizers

  /// What is remembered of a parameter; nil before its first step.
  public final func knownState(of parameter: Tensor) -> State? { states[ObjectIdentifier(parameter)] }

  /// Remembers nothing of a parameter any more.
  public final func forget(_ parameter: Tensor) { states[ObjectIdentifier(parameter)] = nil }

  public final func state(of parameter: Tensor) -> State {
    if let state = states[ObjectIdentifier(parameter)] { return state }
    let state = State(parameter)
    states[ObjectIdentifier(parameter)] = state
    return state
  }

  /// Changes one parameter. Gradients are not recorded here.
  func update(
    _ parameter: Tensor, _ gradient: Tensor, _ settings: Hyperparameters, _ state: State
  ) throws {
    throw NeuralNetworkError.argument(owner: kind, message: "has no update rule")
  }

  /// A step of one parameter whose gradient stays where it is, both float32 without gaps; nil where
  /// there is no such form. It changes nothing and answers false where the settings of the moment ask
  /// for the general rule.
  func prepared(
    _ parameter: Tensor, _ gradient: Tensor, _ group: ParameterGroup, _ state: State
  ) throws -> PreparedUpdate.Change? { nil }

  /// One pass of Adam over addresses: what both vocabularies' rules prepare.
  final func preparedAdam(
    _ w: Tensor, _ g: Tensor, _ group: ParameterGroup, _ state: State, _ names: (String, String),
    decoupled: Bool, keras: Bool, _ isPlain: @escaping (Hyperparameters) -> Bool
  ) throws -> PreparedUpdate.Change? {
    let (m, v) = (try state.zeros(names.0, like: w), try state.zeros(names.1, like: w))
    guard [m, v].allSatisfy({ $0.dtype == .float32 && $0.isContiguous }),
      let slope = try g.withElements(of: Float.self, { $0.baseAddress }),
      let first = try m.withMutableElements(of: Float.self, { $0.baseAddress }),
      let second = try v.withMutableElements(of: Float.self, { $0.baseAddress })
    else { return nil }
    let count = Int64(w.count)
    let adam = sw_kernels().pointee.adam
    return {
      let s = group.settings
      guard isPlain(s) else { return false }
      let t1 = 1 - Adam.power(s.beta1, state.steps)
      let t2 = 1 - Adam.power(s.beta2, state.steps)
      // The addresses belong to the tensors that are named here.
      return try withExtendedLifetime((g, m, v)) {
        try w.withMutableElements(of: Float.self) { weights in
          adam?(
            count, weights.baseAddress, slope, first, second, s.learningRate, s.beta1, s.beta2,
            s.epsilon, s.weightDecay, decoupled ? 1 : 0, keras ? 1 : 0, t1, t2)
          return true
        }
      }
    }
  }

  // MARK: State

  /// What is remembered, per parameter in the order of the groups: steps taken and named tensors.
  public func stateDict() -> [(steps: Int, tensors: [(name: String, tensor: Tensor)])] {
    groups.flatMap(\.parameters).map { parameter in
      guard let state = states[ObjectIdentifier(parameter)] else { return (0, []) }
      return (
        state.steps, state.tensors.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      )
    }
  }

  /// Restores what `stateDict` gave.
  public func loadStateDict(_ saved: [(steps: Int, tensors: [(name: String, tensor: Tensor)])])
    throws
  {
    let parameters = groups.flatMap(\.parameters)
    guard saved.count == parameters.count else {
      throw NeuralNetworkError.state(
        message: "loaded state dict has \(saved.count) parameters, the optimizer has "
          + "\(parameters.count)")
    }
    for (parameter, entry) in zip(parameters, saved) {
      let state = State(parameter)
      state.steps = entry.steps
      for (name, tensor) in entry.tensors {
        guard tensor.shape == parameter.shape else {
          throw NeuralNetworkError.state(
            message: "the saved \(name) has shape \(tensor.shape), its parameter "
              + "\(parameter.shape)")
        }
        state.tensors[name] = try tensor.detach().clone()
      }
      states[ObjectIdentifier(parameter)] = state
    }
  }
}

extension Optimizer.State {
  /// The named tensor, zeros of the parameter's shape at first.
  func zeros(_ name: String, like parameter: Tensor) throws -> Tensor {
    if let tensor = tensors[name] { return tensor }
    let tensor = try Tensor.zerosLike(parameter)
    tensors[name] = tensor
    return tensor
  }
}
