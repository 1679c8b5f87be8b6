import Language
import NeuralNetworks
import TensorCore

extension TorchOptimizer {
  private static func handle(_ a: Arguments, before: Bool) throws -> Value {
    let optimizer = try a.receiver(TorchOptimizer.self)
    return .object(
      TorchHookHandle(
        optimizer.addHook(a[1], before: before), a.machine.type(TorchHookHandle.table)
      ) { [weak optimizer] id in optimizer?.stepHooks.removeAll { $0.id == id } })
  }

  static let table = TypeTable(
    "Optimizer", module: "torch.optim.optimizer",
    doc: "What changes parameters by their gradients; optimizers of one's own derive from it.",
    allocate: { TorchOptimizer($0) },
    properties: [
      NativeProperty(
        "param_groups", "Groups of parameters with their settings, as dictionaries.",
        get: { value, _ in (value.asInstance as? TorchOptimizer).map { .object($0.groups) } ?? .none },
        set: { value, new, machine in
          guard let optimizer = value.asInstance as? TorchOptimizer else { return }
          optimizer.groups = ListObject(try machine.array(new))
        }),
      NativeProperty("state", "What is kept of each parameter.") { value, machine in
        guard let optimizer = value.asInstance as? TorchOptimizer else { return .none }
        return .object(try optimizer.state(numbered: false, machine))
      },
      NativeProperty("defaults", "Settings of groups that say nothing else.") { value, _ in
        (value.asInstance as? TorchOptimizer).map { .object($0.defaults) } ?? .none
      },
    ],
    methods: [
      Native("__init__(self, params, defaults)", "An optimizer for parameters.") { a in
        guard let defaults = a[2].asDict else { throw a.mismatch(2, expected: "dict") }
        try a.receiver(TorchOptimizer.self).start(a[1], defaults, a.machine)
        return .none
      },
      Native("step(self, closure=None)", "Changes the parameters by their gradients.", example: "torch.optim.SGD([torch.zeros(1, requires_grad=True)]).step()") { a in
        try TorchOptimizer.step(a)
      },
      Native("zero_grad(self, set_to_none=True)", "Forgets the gradients.", example: "torch.optim.SGD([torch.zeros(1, requires_grad=True)]).zero_grad()") { a in
        let forgets = try a.bool(1)
        for object in try a.receiver(TorchOptimizer.self).allParameters {
          if forgets { object.tensor.grad = nil } else if let old = object.tensor.grad {
            object.tensor.grad = try Tensor.zerosLike(old.detach())
          }
        }
        return .none
      },
      Native("add_param_group(self, param_group)", "Adds parameters with settings of their own.") { a in
        try a.receiver(TorchOptimizer.self).add(a[1], a.machine)
        return .none
      },
      Native("state_dict(self)", "The state and the settings, with numbers for parameters.", example: "torch.optim.SGD([torch.zeros(1, requires_grad=True)]).state_dict()['state']") { a in
        let optimizer = try a.receiver(TorchOptimizer.self)
        let result = DictObject()
        result["state"] = .object(try optimizer.state(numbered: true, a.machine))
        var number = 0
        result["param_groups"] = .list(
          try optimizer.allGroups.map { group in
            let copy = DictObject()
            for pair in group.pairs where pair.key.swiftString != "params" {
              try copy.set(pair.key, pair.value, a.machine)
            }
            let count = optimizer.parameters(group).count
            copy["params"] = .list((number..<(number + count)).map { .int($0) })
            number += count
            return .object(copy)
          })
        return .object(result)
      },
      Native("register_step_pre_hook(self, hook)", "Calls a function of (optimizer, args, kwargs) before each step.") { a in
        try handle(a, before: true)
      },
      Native("register_step_post_hook(self, hook)", "Calls a function of (optimizer, args, kwargs) after each step.") { a in
        try handle(a, before: false)
      },
      Native("load_state_dict(self, state_dict)", "Goes on from a saved state.") { a in
        try a.receiver(TorchOptimizer.self).load(a[1], a.machine)
        return .none
      },
      Native("__repr__(self)", "The groups with their settings.", example: "repr(torch.optim.SGD([torch.zeros(1, requires_grad=True)]))") { a in
        let optimizer = try a.receiver(TorchOptimizer.self)
        var text = optimizer.type.name + " ("
        for (i, group) in optimizer.allGroups.enumerated() {
          text += "\nParameter Group \(i)\n"
          let pairs = group.pairs.compactMap { pair in pair.key.swiftString.map { ($0, pair.value) } }
          for (key, value) in pairs.sorted(by: { $0.0 < $1.0 }) where key != "params" {
            text += "    \(key): \(try a.machine.text(of: value))\n"
          }
        }
        return .string(text + ")")
      },
    ])
}
