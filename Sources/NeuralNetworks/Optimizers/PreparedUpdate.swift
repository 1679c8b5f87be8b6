import TensorCore

/// The update of parameters whose gradients stay where they are, looked up once.
///
/// Settings are read anew in each step, as schedules change them; where the optimizer's groups or
/// states are no longer those that were looked up, `step` says so and does nothing.
final class PreparedUpdate {
  /// How a parameter is changed, and whether the settings of the moment allow this form.
  struct Change {
    let fits: () -> Bool
    let run: () throws -> Void
  }

  private struct Entry {
    let parameter: Tensor
    let group: ParameterGroup
    let state: Optimizer.State
    let change: Change
  }

  private let optimizer: Optimizer
  private let entries: [Entry]

  /// nil where the optimizer has no such form for all of its parameters.
  init?(_ optimizer: Optimizer, _ gradients: [ObjectIdentifier: Tensor]) throws {
    var entries: [Entry] = []
    for group in optimizer.groups {
      for parameter in group.parameters {
        guard let gradient = gradients[ObjectIdentifier(parameter)],
          [parameter, gradient].allSatisfy({ $0.dtype == .float32 && $0.isContiguous }),
          parameter.shape == gradient.shape
        else { return nil }
        let state = optimizer.state(of: parameter)
        guard let change = try optimizer.prepared(parameter, gradient, group, state) else {
          return nil
        }
        entries.append(Entry(parameter: parameter, group: group, state: state, change: change))
      }
    }
    guard entries.count == gradients.count else { return nil }
    self.optimizer = optimizer
    self.entries = entries
  }

  /// - Returns: false when nothing was done and the optimizer's own `step` must run.
  func step() throws -> Bool {
    var i = 0
    for group in optimizer.groups {
      for parameter in group.parameters {
        guard i < entries.count, entries[i].group === group, entries[i].parameter === parameter,
          optimizer.knownState(of: parameter) === entries[i].state
        else { return false }
        i += 1
      }
    }
    guard i == entries.count else { return false }
    for place in entries.indices where !entries[place].change.fits() { return false }
    for place in entries.indices {
      entries[place].state.steps += 1
      try entries[place].change.run()
    }
    optimizer.countStep()
    return true
  }
}
