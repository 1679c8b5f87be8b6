import Language
import NeuralNetworks

/// The optimizers of `torch.optim`.
enum TorchOptimizers {
  private static let ends = "foreach=None, maximize=False, capturable=False, differentiable=False, fused=None"

  private static let adam = TorchOptimizerRow(
    "Adam", "lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, amsgrad=False, *, \(ends), decoupled_weight_decay=False",
    "Steps scaled by running means of gradients and their squares.", module: "torch.optim.adam",
    order: ["lr", "betas", "eps", "weight_decay", "amsgrad", "maximize", "foreach", "capturable", "differentiable", "fused", "decoupled_weight_decay"],
    state: ["step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"]
  ) { try Adam(groups: $0, decoupled: $0.first?.settings.decoupled ?? false) }

  static let rows: [TorchOptimizerRow] = [
    TorchOptimizerRow(
      "SGD", "lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, foreach=None, differentiable=False, fused=None",
      "Steps against the gradient, with momentum.", module: "torch.optim.sgd",
      order: ["lr", "momentum", "dampening", "weight_decay", "nesterov", "maximize", "foreach", "differentiable", "fused"],
      state: ["momentum_buffer"]
    ) { try SGD(groups: $0) },
    adam,
    TorchOptimizerRow(
      "AdamW", "lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0.01, amsgrad=False, *, maximize=False, foreach=None, capturable=False, differentiable=False, fused=None",
      "Adam with weight decay beside the gradient.", module: "torch.optim.adamw",
      order: ["lr", "betas", "eps", "weight_decay", "amsgrad", "maximize", "foreach", "capturable", "differentiable", "fused", "decoupled_weight_decay"],
      fixed: [("decoupled_weight_decay", .bool(true))],
      state: ["step", "exp_avg", "exp_avg_sq", "max_exp_avg_sq"], base: adam.table
    ) { try Adam(groups: $0, decoupled: true) },
    TorchOptimizerRow(
      "Adamax", "lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, foreach=None, *, maximize=False, differentiable=False, capturable=False",
      "Adam with the largest gradient as its scale.", module: "torch.optim.adamax",
      order: ["lr", "betas", "eps", "weight_decay", "foreach", "maximize", "differentiable", "capturable"],
      state: ["step", "exp_avg", "exp_inf"]
    ) { try Adamax(groups: $0) },
    TorchOptimizerRow(
      "NAdam", "lr=0.002, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, momentum_decay=0.004, decoupled_weight_decay=False, *, foreach=None, maximize=False, capturable=False, differentiable=False",
      "Adam with Nesterov's momentum.", module: "torch.optim.nadam",
      order: ["lr", "betas", "eps", "weight_decay", "momentum_decay", "decoupled_weight_decay", "maximize", "foreach", "capturable", "differentiable"],
      state: ["step", "mu_product", "exp_avg", "exp_avg_sq"]
    ) { try NAdam(groups: $0) },
    TorchOptimizerRow(
      "RAdam", "lr=0.001, betas=(0.9, 0.999), eps=1e-08, weight_decay=0, decoupled_weight_decay=False, *, foreach=None, maximize=False, capturable=False, differentiable=False",
      "Adam whose rate is held back at first.", module: "torch.optim.radam",
      order: ["lr", "betas", "eps", "weight_decay", "maximize", "foreach", "capturable", "decoupled_weight_decay", "differentiable"],
      state: ["step", "exp_avg", "exp_avg_sq"]
    ) { try RAdam(groups: $0) },
    TorchOptimizerRow(
      "Adagrad", "lr=0.01, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, foreach=None, *, maximize=False, differentiable=False, fused=None",
      "Steps scaled by all squares so far.", module: "torch.optim.adagrad",
      order: ["lr", "lr_decay", "eps", "weight_decay", "initial_accumulator_value", "foreach", "maximize", "differentiable", "fused"],
      state: ["step", "sum"]
    ) { try Adagrad(groups: $0) },
    TorchOptimizerRow(
      "Adadelta", "lr=1.0, rho=0.9, eps=1e-06, weight_decay=0, foreach=None, *, capturable=False, maximize=False, differentiable=False",
      "Steps scaled by squares of gradients and of steps.", module: "torch.optim.adadelta",
      order: ["lr", "rho", "eps", "weight_decay", "maximize", "capturable", "foreach", "differentiable"],
      state: ["step", "square_avg", "acc_delta"]
    ) { try Adadelta(groups: $0) },
    TorchOptimizerRow(
      "RMSprop", "lr=0.01, alpha=0.99, eps=1e-08, weight_decay=0, momentum=0, centered=False, capturable=False, foreach=None, maximize=False, differentiable=False",
      "Steps scaled by a running mean of squares.", module: "torch.optim.rmsprop",
      order: ["lr", "momentum", "alpha", "eps", "centered", "weight_decay", "capturable", "foreach", "maximize", "differentiable"],
      state: ["step", "square_avg", "momentum_buffer", "grad_avg"]
    ) { try RMSprop(groups: $0) },
    TorchOptimizerRow(
      "ASGD", "lr=0.01, lambd=0.0001, alpha=0.75, t0=1000000.0, weight_decay=0, foreach=None, maximize=False, differentiable=False, capturable=False",
      "Averaged stochastic gradient descent.", module: "torch.optim.asgd",
      order: ["lr", "lambd", "alpha", "t0", "weight_decay", "foreach", "maximize", "differentiable", "capturable"],
      state: ["step", "eta", "mu", "ax"]
    ) { try ASGD(groups: $0) },
    TorchOptimizerRow(
      "Rprop", "lr=0.01, etas=(0.5, 1.2), step_sizes=(1e-06, 50), *, capturable=False, foreach=None, maximize=False, differentiable=False",
      "Steps by the signs of gradients alone.", module: "torch.optim.rprop",
      order: ["lr", "etas", "step_sizes", "foreach", "maximize", "differentiable", "capturable"],
      state: ["step", "prev", "step_size"]
    ) { try Rprop(groups: $0) },
  ]

  private static let limitedOrder = [
    "lr", "max_iter", "max_eval", "tolerance_grad", "tolerance_change", "history_size", "line_search_fn", "maximize",
  ]

  static let limited = TypeTable(
    "LBFGS", module: "torch.optim.lbfgs", doc: "Limited-memory BFGS; step() takes a closure.",
    base: TorchOptimizer.table,
    methods: [
      Native("__init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-07, tolerance_change=1e-09, history_size=100, line_search_fn=None, *, maximize=False)", "Limited-memory BFGS.", example: "torch.optim.LBFGS([torch.zeros(1, requires_grad=True)])") { a in
        let optimizer = try a.receiver(TorchOptimizer.self)
        guard try a.double(2) > 0 else {
          throw Raise(.valueError, "Invalid learning rate: \(try a.machine.text(of: a[2]))")
        }
        let defaults = DictObject()
        for key in limitedOrder { defaults[key] = a[a.place(key)] }
        if a[4].isNone { defaults["max_eval"] = .int(try a.int(3) &* 5 / 4) }
        try optimizer.start(a[1], defaults, a.machine)
        guard optimizer.groups.count == 1 else {
          throw Raise(.valueError, "LBFGS doesn't support per-parameter options (parameter groups)")
        }
        optimizer.limited = LBFGS(optimizer.allParameters.map(\.tensor))
        return .none
      }
    ])

  static let modules: [ModuleTable] = [
    ModuleTable(
      "torch.optim", doc: "What changes parameters by their gradients.",
      entries: [.type(TorchOptimizer.table)] + rows.map { .type($0.table) } + [.type(limited)]),
    ModuleTable(
      "torch.optim.optimizer", doc: "The base of optimizers.", entries: [.type(TorchOptimizer.table)]),
    ModuleTable(
      "torch.optim.lr_scheduler", doc: "Learning rates over epochs.",
      entries: TorchSchedulers.tables.map { .type($0) } + [.alias("_LRScheduler", of: "LRScheduler")]),
  ]
}
