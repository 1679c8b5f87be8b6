import TensorCore

/// The update of parameters whose gradients stay where they are, looked up once.
///
/// Settings are read anew in each step, as schedules change them; where the optimizer's groups or
/// states are no longer those that were looked up, `step` says so and does nothing.
final class PreparedUpdate {
  /// Changes a parameter; false where the settings ask for the general rule.
  typealias Change = () throws -> Bool

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
    for (place, _) in entries.enumerated() {
      entries[place].state.steps += 1
      if try !entries[place].change() {
        guard place == 0 else {
          throw NeuralNetworkError.state(message: "the settings of parameter groups differ")
        }
        entries[place].state.steps -= 1
        return false
      }
    }
    optimizer.countStep()
    return true
  }
}
