/// The subshells that clients have made (JEP 91): names under which they send shell requests.
///
/// All of them are served as the main shell is: questions at once, on threads of their own, also while
/// a cell runs; comm messages between cells, between the rounds of a loop and between the batches of a
/// training, which is what front ends make subshells for; cells one after another in the order in
/// which they came, whichever shell they came by, because a session of the language belongs to one
/// thread. The count of cells and the history are those of the session.
struct Subshells {
  private var ids: [String] = []
  /// A client that makes them without end gets no more.
  private static let most = 1000

  var all: [String] { ids }

  func contains(_ id: String) -> Bool { ids.contains(id) }

  mutating func make() -> String? {
    guard ids.count < Self.most else { return nil }
    var random = SystemRandomNumberGenerator()
    let id = "subshell-" + String(random.next() as UInt64, radix: 16)
    ids.append(id)
    return id
  }

  /// False when there is none of that id.
  mutating func remove(_ id: String) -> Bool {
    guard let place = ids.firstIndex(of: id) else { return false }
    ids.remove(at: place)
    return true
  }
}
