import Display

/// Where the boxes of a flow chart stand and how its lines run, in cells.
///
/// Nodes go into layers by the longest way that leads to them; edges against the current are turned
/// round for that. Within a layer, nodes are sorted by the middle of their neighbours (Sugiyama et
/// al. 1981). An edge leaves at the far side of its box, runs along a lane of its own between two
/// layers, and ends at the near side of the next box; longer edges pass through bends of one cell.
///
/// All of it is computed along (`main`) and across (`cross`) the direction of flow, so that charts
/// from above and from the left are one algorithm.
struct FlowLayout {
  struct Box {
    var main = 0
    var cross = 0
    var mainSize = 0
    var crossSize = 0
    var lines: [String] = []
    var middle: Int { cross + crossSize / 2 }
  }

  struct Path {
    var edge: Int
    /// Corners as (main, cross).
    var points: [(main: Int, cross: Int)]
    /// Whether the arrow stands at the first corner: the edge runs against the current.
    var isReversed: Bool
    /// Where a label stands: before the edge meets others, also where it goes past several rows.
    var label: (main: Int, cross: Int)?
  }

  let isAcross: Bool
  private(set) var boxes: [Box] = []
  private(set) var paths: [Path] = []
  /// Edges from a node to itself.
  private(set) var loops: [Int] = []
  private(set) var mainSize = 0
  private(set) var crossSize = 0

  var width: Int { isAcross ? mainSize : crossSize }
  var height: Int { isAcross ? crossSize : mainSize }

  init(_ chart: FlowChart, isAcross: Bool, labelWidth: Int) {
    self.isAcross = isAcross
    var links: [(edge: Int, from: Int, to: Int, isReversed: Bool)] = []
    let order = Self.depthFirst(chart)
    for (number, edge) in chart.edges.enumerated() {
      if edge.from == edge.to {
        loops.append(edge.from)
      } else if order.isBack.contains(number) {
        links.append((number, edge.to, edge.from, true))
      } else {
        links.append((number, edge.from, edge.to, false))
      }
    }
    for node in chart.nodes { boxes.append(Self.box(node, isAcross, labelWidth)) }
    var layer = Self.layers(chart.nodes.count, links.map { ($0.from, $0.to) })
    // Bends for edges that pass a layer.
    var chains: [[Int]] = []
    for link in links {
      var chain = [link.from]
      for level in (layer[link.from] + 1)..<max(layer[link.to], layer[link.from] + 1) {
        boxes.append(Box(mainSize: 1, crossSize: 1))
        layer.append(level)
        chain.append(boxes.count - 1)
      }
      chain.append(link.to)
      chains.append(chain)
    }
    var rows = Array(repeating: [Int](), count: (layer.max() ?? 0) + 1)
    for node in order.nodes + (chart.nodes.count..<boxes.count) { rows[layer[node]].append(node) }
    let steps = chains.flatMap { zip($0, $0.dropFirst()).map { ($0, $1) } }
    Self.sort(&rows, steps, boxes.count)
    placeAcross(rows, steps)
    run(chart, rows, layer, links.map { ($0.edge, $0.isReversed) }, chains)
    if chart.direction == .up || chart.direction == .left, !(chart.direction == .left && !isAcross) {
      mirror()
    }
  }

  // MARK: - Boxes

  private static func box(_ node: FlowChart.Node, _ isAcross: Bool, _ labelWidth: Int) -> Box {
    let lines = wrapped(node.label, labelWidth)
    let widest = lines.reduce(1) { max($0, TextWidth.of($1)) }
    let width = widest + (node.outline == .diamond ? 6 : 4)
    let height = lines.count + 2
    return Box(
      mainSize: isAcross ? width : height, crossSize: isAcross ? height : width, lines: lines)
  }

  /// Words in lines of at most `width` columns.
  static func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    let parts = text.replacing("<br/>", with: "\n").replacing("<br>", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    for part in parts.prefix(8) {
      var line = ""
      for word in part.split(separator: " ") {
        let word = TextWidth.truncated(ColumnName.oneLine(String(word)), to: width)
        if !line.isEmpty, TextWidth.of(line) + 1 + TextWidth.of(word) > width {
          lines.append(line)
          line = word
        } else {
          line += (line.isEmpty ? "" : " ") + word
        }
      }
      lines.append(line)
    }
    return lines.isEmpty ? [""] : Array(lines.prefix(8))
  }

  // MARK: - Layers

  /// Nodes in the order of a walk along the edges, and the edges that lead back into the walk. With
  /// a stack of our own: a chain may be long.
  private static func depthFirst(_ chart: FlowChart) -> (nodes: [Int], isBack: Set<Int>) {
    var out = Array(repeating: [(edge: Int, to: Int)](), count: chart.nodes.count)
    for (number, edge) in chart.edges.enumerated() { out[edge.from].append((number, edge.to)) }
    var state = Array(repeating: 0, count: chart.nodes.count)
    var order: [Int] = []
    var back: Set<Int> = []
    for root in chart.nodes.indices where state[root] == 0 {
      var stack = [(node: root, next: 0)]
      state[root] = 1
      order.append(root)
      while let top = stack.last {
        if top.next < out[top.node].count {
          stack[stack.count - 1].next += 1
          let step = out[top.node][top.next]
          if state[step.to] == 1, step.to != top.node { back.insert(step.edge) }
          if state[step.to] == 0 {
            state[step.to] = 1
            order.append(step.to)
            stack.append((step.to, 0))
          }
        } else {
          state[top.node] = 2
          stack.removeLast()
        }
      }
    }
    return (order, back)
  }

  /// The length of the longest way to each node.
  private static func layers(_ count: Int, _ links: [(from: Int, to: Int)]) -> [Int] {
    var layer = Array(repeating: 0, count: count)
    var open = Array(repeating: 0, count: count)
    var out = Array(repeating: [Int](), count: count)
    for link in links {
      open[link.to] += 1
      out[link.from].append(link.to)
    }
    var ready = (0..<count).filter { open[$0] == 0 }
    while let node = ready.popLast() {
      for next in out[node] {
        layer[next] = max(layer[next], layer[node] + 1)
        open[next] -= 1
        if open[next] == 0 { ready.append(next) }
      }
    }
    return layer
  }

  /// Puts the nodes of each layer near the middle of their neighbours, to and fro.
  private static func sort(_ rows: inout [[Int]], _ steps: [(Int, Int)], _ count: Int) {
    var above = Array(repeating: [Int](), count: count)
    var below = above
    for step in steps {
      below[step.0].append(step.1)
      above[step.1].append(step.0)
    }
    var place = Array(repeating: 0.0, count: count)
    func note(_ row: [Int]) { for (index, node) in row.enumerated() { place[node] = Double(index) } }
    rows.forEach(note)
    for turn in 0..<4 {
      for index in turn % 2 == 0 ? Array(rows.indices) : rows.indices.reversed() {
        let neighbours = turn % 2 == 0 ? above : below
        let keyed = rows[index].enumerated().map { position, node -> (Double, Int, Int) in
          let near = neighbours[node]
          let middle =
            near.isEmpty
            ? Double(position) : near.reduce(0) { $0 + place[$1] } / Double(near.count)
          return (middle, position, node)
        }
        rows[index] = keyed.sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map { $0.2 }
        note(rows[index])
      }
    }
  }

  // MARK: - Places

  private mutating func placeAcross(_ rows: [[Int]], _ steps: [(Int, Int)]) {
    let gap = isAcross ? 1 : 3
    for row in rows {
      var cross = 0
      for node in row {
        boxes[node].cross = cross
        cross += boxes[node].crossSize + gap
      }
    }
    var near = Array(repeating: [Int](), count: boxes.count)
    for step in steps {
      near[step.0].append(step.1)
      near[step.1].append(step.0)
    }
    // Each box goes towards the middle of its neighbours as far as those beside it allow.
    for turn in 0..<12 {
      for row in turn % 2 == 0 ? rows : rows.reversed() {
        for (index, node) in row.enumerated() {
          guard !near[node].isEmpty else { continue }
          let sum = near[node].reduce(0) { $0 + boxes[$1].middle }
          let wanted = sum / near[node].count - boxes[node].crossSize / 2
          var low = Int.min / 2
          var high = Int.max / 2
          if index > 0 {
            let before = boxes[row[index - 1]]
            low = before.cross + before.crossSize + gap
          }
          if index + 1 < row.count {
            high = boxes[row[index + 1]].cross - gap - boxes[node].crossSize
          }
          if low <= high { boxes[node].cross = min(max(wanted, low), high) }
        }
      }
    }
    let least = boxes.map(\.cross).min() ?? 0
    for index in boxes.indices { boxes[index].cross -= least }
    crossSize = boxes.reduce(0) { max($0, $1.cross + $1.crossSize) }
  }

  private mutating func run(
    _ chart: FlowChart, _ rows: [[Int]], _ layer: [Int], _ links: [(edge: Int, isReversed: Bool)],
    _ chains: [[Int]]
  ) {
    // Steps between two layers, each with a lane unless it is straight.
    var between = Array(repeating: [(chain: Int, step: Int)](), count: rows.count)
    for (number, chain) in chains.enumerated() {
      for step in 0..<(chain.count - 1) { between[layer[chain[step]]].append((number, step)) }
    }
    paths = links.map { Path(edge: $0.edge, points: [], isReversed: $0.isReversed) }
    var main = 0
    for (level, row) in rows.enumerated() {
      let size = row.reduce(1) { max($0, boxes[$1].mainSize) }
      for node in row {
        boxes[node].main = main
        // Bends are as long as the layer, boxes stand at its near side.
        if boxes[node].lines.isEmpty { boxes[node].mainSize = size }
      }
      main += size
      guard level + 1 < rows.count else { continue }
      let steps = between[level]
      var lanes: [[(low: Int, high: Int)]] = []
      var laneOf: [Int] = []
      for (chain, step) in steps {
        let a = boxes[chains[chain][step]].middle
        let b = boxes[chains[chain][step + 1]].middle
        if a == b {
          laneOf.append(-1)
          continue
        }
        let span = (low: min(a, b), high: max(a, b))
        let free = lanes.firstIndex { lane in
          lane.allSatisfy { $0.high < span.low || $0.low > span.high }
        }
        if let free {
          lanes[free].append(span)
          laneOf.append(free)
        } else {
          lanes.append([span])
          laneOf.append(lanes.count - 1)
        }
      }
      let widest = steps.reduce(0) { most, item in
        max(most, TextWidth.of(ColumnName.oneLine(chart.edges[links[item.chain].edge].label)))
      }
      let label = widest == 0 ? 0 : isAcross ? min(widest, 20) + 2 : 1
      let pitch = isAcross ? 2 : 1
      let gap = 1 + lanes.count * pitch + label + 1
      for (index, (chain, step)) in steps.enumerated() {
        let from = boxes[chains[chain][step]]
        let to = boxes[chains[chain][step + 1]]
        let isFirst = step == 0
        let isLast = step == chains[chain].count - 2
        let start = isFirst ? from.main + from.mainSize : main
        if isFirst { paths[chain].label = (main + gap - 2, to.middle) }
        paths[chain].points.append((start, from.middle))
        if laneOf[index] >= 0 {
          let lane = main + 1 + laneOf[index] * pitch
          paths[chain].points += [(lane, from.middle), (lane, to.middle)]
        }
        if isLast { paths[chain].points.append((main + gap - 1, to.middle)) }
      }
      main += gap
    }
    mainSize = main
  }

  /// From below, or from the right.
  private mutating func mirror() {
    for index in boxes.indices {
      boxes[index].main = mainSize - boxes[index].main - boxes[index].mainSize
    }
    for index in paths.indices {
      paths[index].points = paths[index].points.map { (mainSize - 1 - $0.main, $0.cross) }
      paths[index].label = paths[index].label.map { (mainSize - 1 - $0.main, $0.cross) }
    }
  }
}
