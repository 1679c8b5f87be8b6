import Language
import TensorCore

/// `torch.Generator`: a stream of random numbers of one's own.
final class TorchGenerator: Instance {
  let generator: Generator
  init(_ generator: Generator, _ type: TypeObject) {
    self.generator = generator
    super.init(type)
  }

  static let table = TypeTable(
    "Generator", module: "torch", doc: "A stream of random numbers with a seed of its own.",
    properties: [
      NativeProperty("device", "Where its numbers are made: the processor.") { _, machine in
        .object(TorchDevice("cpu", nil, machine.tensorTypes.device))
      }
    ],
    methods: [
      Native("__new__(cls, device='cpu')", "A stream with the default seed.", example: "torch.Generator()") { a in
        guard let type = a[0].asType else { return .none }
        try TorchDevice.check(a[1], a.machine)
        return .object(TorchGenerator(Generator(seed: Generator.defaultSeed), type))
      },
      Native("manual_seed(self, seed)", "Begins the stream of a seed.", example: "torch.Generator().manual_seed(7).initial_seed()") {
        a in
        try a.receiver(TorchGenerator.self).generator.manualSeed(UInt64(bitPattern: Int64(a.int(1))))
        return a[0]
      },
      Native("initial_seed(self)", "The seed that the stream began with.", example: "torch.Generator().initial_seed()") {
        a in .int(Int(truncatingIfNeeded: try a.receiver(TorchGenerator.self).generator.initialSeed))
      },
      Native("seed(self)", "Begins the stream of a seed that nobody knows, and gives it.", example: "torch.Generator().seed() >= 0") {
        a in .int(Int(truncatingIfNeeded: try a.receiver(TorchGenerator.self).generator.seed()))
      },
      Native("get_state(self)", "The state as bytes, for set_state.", example: "torch.Generator().get_state().shape") { a in
        a.machine.torchValue(try a.receiver(TorchGenerator.self).generator.state())
      },
      Native("set_state(self, new_state)", "Goes on from a state.", example: "(g := torch.Generator()).set_state(g.get_state())") { a in
        try a.receiver(TorchGenerator.self).generator.setState(a.torchTensor(1))
        return a[0]
      },
    ])
}

/// Random tensors: the same seed gives the numbers that PyTorch gives on the processor.
enum TorchRandom {
  static let functions: [Native] = [
    Native("manual_seed(seed)", "Begins the stream of a seed.", example: "torch.manual_seed(0); torch.rand(2)") { a in
      let seed: Int
      if let number = try a.scalar(0).int {
        seed = number
      } else {
        throw a.mismatch(0, expected: "int")
      }
      Generator.default.manualSeed(UInt64(bitPattern: Int64(seed)))
      return .object(TorchGenerator(.default, a.machine.type(TorchGenerator.table)))
    },
    Native("initial_seed()", "The seed that the stream began with.", example: "torch.initial_seed()") { _ in
      .int(Int(truncatingIfNeeded: Generator.default.initialSeed))
    },
    Native("seed()", "Begins the stream of a seed that nobody knows, and gives it.", example: "torch.seed() >= 0") { _ in
      .int(Int(truncatingIfNeeded: Generator.default.seed()))
    },
    Native("get_rng_state()", "The state of the stream as bytes.", example: "torch.get_rng_state().shape") { a in
      a.machine.torchValue(try Generator.default.state())
    },
    Native("set_rng_state(new_state)", "Goes on from a state.", example: "torch.set_rng_state(torch.get_rng_state())") { a in
      try Generator.default.setState(a.torchTensor(0))
      return .none
    },
    Native("bernoulli(input, p=None, *, generator=None)", "1 with the probability that stands in each place of input, else 0.", example: "torch.bernoulli(torch.tensor([0.0, 1.0]))") {
      a in
      let input = try a.torchTensor(0)
      let result =
        a[1].isNone
        ? try Tensor.bernoulli(input, dtype: input.dtype, generator: generator(a, 2))
        : try Tensor.bernoulli(
          a.double(1), input.shape, dtype: input.dtype, generator: generator(a, 2))
      return a.machine.torchValue(result)
    },
    Native("multinomial(input, num_samples, replacement=False, *, generator=None)", "Places drawn with probabilities in proportion to the weights.", example: "torch.multinomial(torch.ones(4), 2).shape") {
      a in
      a.machine.torchValue(
        try Tensor.multinomial(
          a.torchTensor(0), a.int(1), replacement: a.bool(2), generator: generator(a, 3)))
    },
    Native("poisson(input, generator=None)", "Poisson numbers with the given means.", example: "torch.poisson(torch.ones(3)).shape") {
      a in a.machine.torchValue(try Tensor.poisson(a.torchTensor(0), generator: generator(a, 1)))
    },
    Native("randint_like(input, low, high=None, *, dtype=None, device=None, requires_grad=False)", "Integers in the shape of another tensor.", example: "torch.randint_like(torch.zeros(3), 0, 10).shape") {
      a in
      let input = try a.torchTensor(0)
      let (low, high) = a[2].isNone ? (0, try a.int(1)) : (try a.int(1), try a.int(2))
      return a.machine.torchValue(
        try Tensor.randint(
          low, high, input.shape, dtype: a.optionalDType(3, .torch) ?? input.dtype))
    },
    sized("rand", "Uniform numbers from 0 up to 1.") { try Tensor.rand($0, dtype: $1, generator: $2) },
    sized("randn", "Normal numbers with mean 0 and deviation 1.") {
      try Tensor.randn($0, dtype: $1, generator: $2)
    },
    Native("randint(low, high=None, size=None, *, generator=None, dtype=None, device=None)", "Integers from low (0 when only high is given) up to high, which is left out.", example: "torch.randint(0, 10, (3,)).shape") {
      a in
      // randint(high, size): the second argument is the shape.
      let short = a[1].asInt == nil && !a[1].isNone
      let high = short || a[1].isNone ? try a.int(0) : try a.int(1)
      let low = short || a[1].isNone ? 0 : try a.int(0)
      let shape = try a.shape(short ? 1 : 2)
      return a.machine.torchValue(
        try Tensor.randint(
          low, high, shape, dtype: a.optionalDType(4, .torch) ?? .int64, generator: generator(a, 3)))
    },
    Native("randperm(n, *, generator=None, dtype=None, device=None)", "The integers from 0 to n - 1 in random order.", example: "torch.randperm(4).shape") {
      a in
      let order = try Tensor.randperm(a.int(0), generator: generator(a, 1))
      return a.machine.torchValue(try order.to(a.optionalDType(2, .torch) ?? .int64))
    },
    like("rand_like", "Uniform numbers in the shape of another tensor.") {
      try Tensor.rand($0, dtype: $1)
    },
    like("randn_like", "Normal numbers in the shape of another tensor.") {
      try Tensor.randn($0, dtype: $1)
    },
    Native("normal(mean, std, size=None, *, generator=None)", "Normal numbers with a mean and a deviation, numbers or tensors.", example: "torch.normal(0.0, 1.0, (2,)).shape") {
      a in
      let (mean, std) = (try a.operand(0, .torch), try a.operand(1, .torch))
      var shape: [Int] = []
      if !a[2].isNone {
        shape = try a.shape(2)
      } else {
        if case .tensor(let tensor) = mean { shape = tensor.shape }
        if case .tensor(let tensor) = std { shape = try Shape.broadcast(shape, tensor.shape, "normal") }
      }
      if case .number(let center) = mean, case .number(let deviation) = std {
        let result = try Tensor.zeros(shape, dtype: a.machine.tensorTypes.defaultDType)
        try result.normal(inPlace: center.double, deviation.double, generator: generator(a, 3))
        return a.machine.torchValue(result)
      }
      let result = try Tensor.randn(shape, dtype: .float32, generator: generator(a, 3))
      let multiply = Operators.binary[2], add = Operators.binary[0]
      return a.machine.torchValue(
        try add(.tensor(multiply(.tensor(result), std, .torch)), mean, .torch))
    },
  ]

  /// A fill whose two numbers have PyTorch's names and defaults.
  private static func fill(
    _ name: String, _ doc: String, _ parameters: String,
    _ body: @escaping (Tensor, Arguments, Generator) throws -> Void
  ) -> Native {
    Native("\(name)(self, \(parameters), *, generator=None)", doc, example: "torch.empty(2).\(name)(\(name == "geometric_" ? "0.5" : "")).shape") {
      a in
      try body(a.torchTensor(0), a, generator(a, a.count - 1))
      return a[0]
    }
  }

  static let methods: [Native] = [
    fill("exponential_", "Exponential numbers, in place.", "lambd=1") {
      try $0.exponential(inPlace: $1.double(1), generator: $2)
    },
    fill("geometric_", "How many tries until the first success, in place.", "p") {
      try $0.geometric(inPlace: $1.double(1), generator: $2)
    },
    fill("cauchy_", "Cauchy numbers, in place.", "median=0, sigma=1") {
      try $0.cauchy(inPlace: $1.double(1), $1.double(2), generator: $2)
    },
    fill("log_normal_", "Numbers whose logarithm is normal, in place.", "mean=1, std=2") {
      try $0.logNormal(inPlace: $1.double(1), $1.double(2), generator: $2)
    },
    Native("bernoulli_(self, p=0.5, *, generator=None)", "1 with probability p, a number or a tensor of them, else 0, in place.", example: "torch.empty(2).bernoulli_(1.0)") {
      a in
      let tensor = try a.torchTensor(0)
      let drawn: Tensor
      if let p = a[1].asTensorObject?.tensor {
        let spread = try p.expand(Shape.broadcast(tensor.shape, p.shape, "bernoulli_"))
        drawn = try Tensor.bernoulli(spread, dtype: tensor.dtype, generator: generator(a, 2))
      } else {
        drawn = try Tensor.bernoulli(
          a.double(1), tensor.shape, dtype: tensor.dtype, generator: generator(a, 2))
      }
      try tensor.copy(from: drawn)
      return a[0]
    },
    Native("random_(self, *bounds, generator=None, to=None)", "Integers up to a bound, or between two, in place; without bounds up to the largest of the dtype.", example: "torch.empty(2).random_(10).shape") {
      a in
      let tensor = try a.torchTensor(0)
      var bounds = try a.items(1).map { try a.machine.size($0, "random_") }
      if let to = try a.optionalInt(3) { bounds.append(to) }
      switch bounds.count {
      case 0: try tensor.random(inPlace: generator(a, 2))
      case 1: try tensor.random(inPlace: 0, bounds[0], generator: generator(a, 2))
      case 2: try tensor.random(inPlace: bounds[0], bounds[1], generator: generator(a, 2))
      default: throw Raise(.typeError, "random_() takes at most 2 bounds, got \(bounds.count)")
      }
      return a[0]
    },
    Native("multinomial(self, num_samples, replacement=False, *, generator=None)", "Places drawn with probabilities in proportion to the weights.", example: "torch.ones(4).multinomial(2).shape") {
      a in
      a.machine.torchValue(
        try Tensor.multinomial(
          a.torchTensor(0), a.int(1), replacement: a.bool(2), generator: generator(a, 3)))
    },
    Native("bernoulli(self, p=None, *, generator=None)", "1 with the probability that stands in each place, else 0.", example: "torch.tensor([0.0, 1.0]).bernoulli()") {
      a in
      let input = try a.torchTensor(0)
      return a.machine.torchValue(
        a[1].isNone
          ? try Tensor.bernoulli(input, dtype: input.dtype, generator: generator(a, 2))
          : try Tensor.bernoulli(
            a.double(1), input.shape, dtype: input.dtype, generator: generator(a, 2)))
    },
    Native("uniform_(self, a=0, b=1, *, generator=None)", "Uniform numbers from a up to b, in place.", example: "torch.empty(2).uniform_(0, 1).shape") {
      a in
      try a.torchTensor(0).uniform(
        inPlace: a.double(1), a.double(2), generator: generator(a, 3))
      return a[0]
    },
    Native("normal_(self, mean=0, std=1, *, generator=None)", "Normal numbers, in place.", example: "torch.empty(2).normal_().shape") {
      a in
      try a.torchTensor(0).normal(inPlace: a.double(1), a.double(2), generator: generator(a, 3))
      return a[0]
    },
  ]

  static func generator(_ a: Arguments, _ index: Int) throws -> Generator {
    if a[index].isNone || !a.isGiven(index) { return .default }
    guard let object = a.instance(index, TorchGenerator.self) else {
      throw a.mismatch(index, expected: "torch.Generator")
    }
    return object.generator
  }

  private static func sized(
    _ name: String, _ doc: String, _ make: @escaping ([Int], DType, Generator) throws -> Tensor
  ) -> Native {
    Native(
      "\(name)(*size, generator=None, dtype=None, device=None, requires_grad=False)", doc,
      example: "torch.\(name)(2, 3).shape"
    ) { a in
      try TorchDevice.check(a[3], a.machine)
      let tensor = try make(
        a.sizes(0), a.optionalDType(2, .torch) ?? a.machine.tensorTypes.defaultDType, generator(a, 1))
      if try a.bool(4) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    }
  }

  private static func like(
    _ name: String, _ doc: String, _ make: @escaping ([Int], DType) throws -> Tensor
  ) -> Native {
    Native("\(name)(input, *, dtype=None, device=None, requires_grad=False)", doc, example: "torch.\(name)(torch.eye(2)).shape") {
      a in
      let input = try a.torchTensor(0)
      let tensor = try make(input.shape, a.optionalDType(1, .torch) ?? input.dtype)
      if try a.bool(3) { try tensor.setRequiresGrad(true) }
      return a.machine.torchValue(tensor)
    }
  }
}
