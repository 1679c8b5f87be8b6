import Compute

extension Tensor {
  /// The different slices along an axis in ascending order, where each was first, for each slice the
  /// place of its equal among them, and how often each is there. (`numpy.unique(axis=)`)
  public func uniqueSlices(axis: Int) throws
    -> (values: Tensor, first: Tensor, inverse: Tensor, counts: Tensor)
  {
    let a = try Shape.axis(axis, rank: rank, "unique")
    let lined = try detached().transpose(a, 0).contiguousData()
    let length = lined.shape[0]
    let width = length == 0 ? 0 : count / length
    let values = try lined.doubles()
    func precedes(_ x: Int, _ y: Int) -> Bool {
      for i in 0..<width {
        let (p, q) = (values[x &* width &+ i], values[y &* width &+ i])
        if p != q { return p < q }
      }
      return x < y
    }
    func equal(_ x: Int, _ y: Int) -> Bool {
      for i in 0..<width where values[x &* width &+ i] != values[y &* width &+ i] { return false }
      return true
    }
    let order = (0..<length).sorted(by: precedes)
    var firsts: [Int] = []
    var counts: [Int] = []
    var inverse = [Int](repeating: 0, count: length)
    for (i, place) in order.enumerated() {
      if i == 0 || !equal(order[i - 1], place) {
        firsts.append(place)
        counts.append(0)
      }
      counts[counts.count - 1] += 1
      inverse[place] = firsts.count - 1
    }
    return (
      try indexSelect(a, Tensor(firsts)), try Tensor(firsts), try Tensor(inverse),
      try Tensor(counts)
    )
  }
}
