import Language
import NeuralNetworks
import TensorCore

/// `tf.GradientTape`: gradients of what is computed inside of it.
final class GradientTape: Instance {
  private var isPersistent = false
  private var isUsed = false
  private var watched: [Tensor] = []
  private var depth = 0

  static let table = TypeTable(
    "GradientTape", module: "tensorflow", doc: "Gradients of what is computed inside of `with`.",
    isSubclassable: false, allocate: { GradientTape($0) },
    methods: [
      Native("__init__(self, persistent=False, watch_accessed_variables=True)", "A tape.") { a in
        try a.receiver(GradientTape.self).isPersistent = a.bool(1)
        return .none
      },
      Native("__enter__(self)", "Begins.") { a in
        let tape = try a.receiver(GradientTape.self)
        tape.depth = a.machine.keras.recorders
        a.machine.keras.recorders += 1
        return a[0]
      },
      Native("__exit__(self, *args)", "Ends.") { a in
        a.machine.keras.recorders = max(0, a.machine.keras.recorders - 1)
        return .none
      },
      Native("watch(self, tensor)", "Gradients of this tensor are wanted as well.") { a in
        let tape = try a.receiver(GradientTape.self)
        for leaf in KerasTree.leaves(a[1]) {
          guard let tensor = leaf.asTensorObject?.tensor else { throw a.mismatch(1, expected: "a tensor") }
          if tensor.isLeaf, tensor.dtype.isFloating { try tensor.setRequiresGrad(true) }
          tape.watched.append(tensor)
        }
        return .none
      },
      Native("gradient(self, target, sources, output_gradients=None, unconnected_gradients='none')", "The gradients of the target, in the structure of the sources.") {
        a in
        let tape = try a.receiver(GradientTape.self)
        if tape.isUsed, !tape.isPersistent {
          throw Raise(
            .runtimeError,
            "A non-persistent GradientTape can only be used to compute one set of gradients (or jacobians)")
        }
        tape.isUsed = true
        let machine = a.machine
        let targets = KerasTree.leaves(a[1]).compactMap { $0.asTensorObject?.tensor }
        let sources = KerasTree.leaves(a[2])
        let wanted = sources.compactMap { $0.asTensorObject?.tensor }
        guard wanted.count == sources.count, !targets.isEmpty else {
          throw Raise(.typeError, "tape.gradient(target, sources): both are tensors, or lists of them")
        }
        let usable = wanted.filter(\.requiresGrad)
        let reachable = targets.filter(\.requiresGrad)
        var found: [ObjectIdentifier: Tensor] = [:]
        for source in sources { KerasVariable.weight(source)?.lookups.clear() }
        if !usable.isEmpty, !reachable.isEmpty {
          let isNested = machine.keras.recorders > 0
          let seeds = try reachable.map { target -> Tensor? in
            if !a[3].isNone { return try machine.kerasTensor(a[3]) }
            return target.count == 1 ? nil : try Tensor.onesLike(target.detach())
          }
          let gradients = try Tensor.gradients(
            of: reachable, for: usable, gradients: seeds, // Another tape may have seen the same steps: the two of a GAN share the generator's.
            retainGraph: true,
            createGraph: isNested, allowUnused: true)
          for (tensor, gradient) in zip(usable, gradients) {
            if let gradient { found[ObjectIdentifier(tensor)] = gradient }
          }
        }
        let fillsZeros = a[4].swiftString == "zero"
        return try KerasTree.map(a[2]) { leaf in
          guard let tensor = leaf.asTensorObject?.tensor else { return .none }
          if let gradient = found[ObjectIdentifier(tensor)] { return machine.kerasValue(gradient) }
          return fillsZeros ? machine.kerasValue(try Tensor.zerosLike(tensor.detach())) : .none
        }
      },
      Native("stop_recording(self)", "What is computed inside is not recorded.") { a in a[0] },
      Native("reset(self)", "Forgets.") { a in
        try a.receiver(GradientTape.self).isUsed = false
        return .none
      },
    ])
}
