/// A queue whose both ends are cheap, however long it is.
struct FIFO<Element> {
  private var elements: [Element?] = []
  private var first = 0

  var isEmpty: Bool { first == elements.count }
  var count: Int { elements.count - first }

  mutating func append(_ element: Element) { elements.append(element) }

  mutating func popFirst() -> Element? {
    guard first < elements.count else { return nil }
    let element = elements[first]
    elements[first] = nil
    first += 1
    if first >= 64, first * 2 > elements.count {
      elements.removeFirst(first)
      first = 0
    }
    return element
  }

  /// Takes out the first element for which `isTaken` holds.
  mutating func takeFirst(where isTaken: (Element) -> Bool) -> Element? {
    for place in first..<elements.count {
      guard let element = elements[place], isTaken(element) else { continue }
      if place == first { return popFirst() }
      elements.remove(at: place)
      return element
    }
    return nil
  }

  /// Takes out all elements for which `isTaken` holds, in order.
  mutating func takeAll(where isTaken: (Element) -> Bool) -> [Element] {
    let all = elements[first...].compactMap { $0 }
    elements = all.filter { !isTaken($0) }
    first = 0
    return all.filter(isTaken)
  }
}
