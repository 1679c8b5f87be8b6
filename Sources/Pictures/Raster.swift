import Display
import Glibc

/// Draws a vector picture dot by dot, with soft edges.
///
/// Everything becomes polygons (a line is a long thin one, a letter a few outlines). A row of dots
/// is cut by four lines; on each, a stretch between two edges covers dots by exact shares.
public struct Raster {
  private let width: Int
  private let height: Int
  private let scale: Double
  private var colors: [SIMD4<Float>]

  /// The picture as pixels with three channels.
  ///
  /// - Parameter scale: dots to a pixel of the picture.
  public static func bitmap(_ picture: SVGPicture, scale: Double = 1) throws -> Bitmap {
    let scale = scale.isFinite ? min(max(scale, 0.1), 16) : 1
    guard picture.width.isFinite, picture.height.isFinite else {
      throw Bitmap.Problem.size(width: 0, height: 0, channels: 3, bytes: 0)
    }
    let width = Int(min((picture.width * scale).rounded(.up), 20_000))
    let height = Int(min((picture.height * scale).rounded(.up), 20_000))
    guard width * height <= 1 << 26 else {
      throw Bitmap.Problem.size(width: width, height: height, channels: 3, bytes: 0)
    }
    var raster = Raster(width: max(width, 1), height: max(height, 1), scale: scale)
    for shape in picture.shapes { raster.draw(shape, 0, 0) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(raster.colors.count * 3)
    for color in raster.colors {
      for part in [color.x, color.y, color.z] { bytes.append(UInt8(min(max(part + 0.5, 0), 255))) }
    }
    return try Bitmap(width: raster.width, height: raster.height, channels: 3, bytes: bytes)
  }

  private init(width: Int, height: Int, scale: Double) {
    (self.width, self.height, self.scale) = (width, height, scale)
    colors = Array(repeating: SIMD4(255, 255, 255, 255), count: width * height)
  }

  // MARK: - Shapes

  private mutating func draw(_ shape: SVGPicture.Shape, _ dx: Double, _ dy: Double) {
    switch shape {
    case .rect(let x, let y, let w, let h, let fill, let opacity):
      fillOutlines([[(x + dx, y + dy), (x + w + dx, y + dy), (x + w + dx, y + h + dy), (x + dx, y + h + dy)]], fill, opacity)
    case .polygon(let points, let fill, let opacity):
      fillOutlines([points.map { ($0.x + dx, $0.y + dy) }], fill, opacity)
    case .circle(let x, let y, let radius, let fill):
      let corners = (0..<24).map { step -> (Double, Double) in
        let angle = Double(step) / 24 * 2 * Double.pi
        return (x + dx + cos(angle) * radius, y + dy + sin(angle) * radius)
      }
      fillOutlines([corners], fill, 1)
    case .polyline(let points, let stroke, let lineWidth, let dash):
      self.stroke(points.map { ($0.x + dx, $0.y + dy) }, stroke, lineWidth, dash)
    case .text(let text, let x, let y, let fill, let size, let anchor, let bold, let turned):
      draw(text, x + dx, y + dy, fill, size, anchor, bold, turned)
    case .group(let shapes, let x, let y):
      for shape in shapes { draw(shape, dx + x, dy + y) }
    }
  }

  private mutating func stroke(
    _ points: [(Double, Double)], _ color: Color, _ lineWidth: Double, _ dash: [Double]
  ) {
    let half = max(lineWidth, 0.5) / 2
    var phase = 0.0
    let period = dash.reduce(0, +)
    for (a, b) in zip(points, points.dropFirst()) {
      let (vx, vy) = (b.0 - a.0, b.1 - a.1)
      let length = (vx * vx + vy * vy).squareRoot()
      guard length > 0, length.isFinite else { continue }
      let (ux, uy) = (vx / length, vy / length)
      func piece(_ from: Double, _ to: Double) -> [(Double, Double)] {
        // Round ends would cost many corners; half a width more closes the joints.
        let (s, e) = (from - half * 0.4, to + half * 0.4)
        return [
          (a.0 + ux * s - uy * half, a.1 + uy * s + ux * half),
          (a.0 + ux * e - uy * half, a.1 + uy * e + ux * half),
          (a.0 + ux * e + uy * half, a.1 + uy * e - ux * half),
          (a.0 + ux * s + uy * half, a.1 + uy * s - ux * half),
        ]
      }
      if period <= 0 {
        fillOutlines([piece(0, length)], color, 1)
        continue
      }
      var at = 0.0
      var guardCount = 0
      while at < length, guardCount < 20_000 {
        guardCount += 1
        var rest = phase.truncatingRemainder(dividingBy: period)
        var index = 0
        while index + 1 < dash.count, rest >= dash[index] {
          rest -= dash[index]
          index += 1
        }
        let step = min(max(dash[index] - rest, 1e-3), length - at)
        if index % 2 == 0 { fillOutlines([piece(at, at + step)], color, 1) }
        at += step
        phase += step
      }
    }
  }

  private mutating func draw(
    _ text: String, _ x: Double, _ y: Double, _ color: Color, _ size: Double,
    _ anchor: SVGPicture.Anchor, _ bold: Bool, _ turned: Bool
  ) {
    let width = Letters.width(text, size: size)
    var pen = anchor == .start ? 0 : anchor == .middle ? -width / 2 : -width
    let unit = size / 64
    for character in text {
      let letter = Letters.letter(character)
      for shift in bold ? [0, size * 0.045] : [0] {
        let outlines = letter.outlines.map { outline in
          outline.map { point -> (Double, Double) in
            let along = pen + shift + point.x * unit
            let up = point.y * unit
            return turned ? (x - up, y - along) : (x + along, y - up)
          }
        }
        fillOutlines(outlines, color, 1)
      }
      pen += letter.advance * unit
    }
  }

  // MARK: - Filling

  private mutating func fillOutlines(_ outlines: [[(Double, Double)]], _ color: Color, _ opacity: Double) {
    var edges: [(x0: Double, y0: Double, x1: Double, y1: Double)] = []
    var (top, bottom) = (Double.infinity, -Double.infinity)
    for outline in outlines where outline.count > 2 {
      for index in outline.indices {
        let (a, b) = (outline[index], outline[(index + 1) % outline.count])
        let edge = (x0: a.0 * scale, y0: a.1 * scale, x1: b.0 * scale, y1: b.1 * scale)
        guard edge.x0.isFinite, edge.y0.isFinite, edge.x1.isFinite, edge.y1.isFinite else { return }
        top = min(top, edge.y0)
        bottom = max(bottom, edge.y0)
        if edge.y0 != edge.y1 { edges.append(edge) }
      }
    }
    guard !edges.isEmpty, top < Double(height), bottom > 0 else { return }
    let first = Int(max(top.rounded(.down), 0))
    let last = Int(min(bottom.rounded(.up), Double(height))) - 1
    guard first <= last else { return }
    let ink = SIMD4<Float>(Float(color.red), Float(color.green), Float(color.blue), 255)
    let lines = 4
    var cover = [Float](repeating: 0, count: width)
    for row in first...last {
      var (left, right) = (width, -1)
      for line in 0..<lines {
        let y = Double(row) + (Double(line) + 0.5) / Double(lines)
        var cuts: [Double] = []
        for edge in edges where (edge.y0 <= y) != (edge.y1 <= y) {
          cuts.append(edge.x0 + (y - edge.y0) / (edge.y1 - edge.y0) * (edge.x1 - edge.x0))
        }
        cuts.sort()
        for pair in stride(from: 0, to: cuts.count - 1, by: 2) {
          let from = max(cuts[pair], 0)
          let to = min(cuts[pair + 1], Double(width))
          guard from < to else { continue }
          let (a, b) = (Int(from), min(Int(to), width - 1))
          left = min(left, a)
          right = max(right, b)
          for x in a...b {
            let share = min(to, Double(x + 1)) - max(from, Double(x))
            if share > 0 { cover[x] += Float(share) / Float(lines) }
          }
        }
      }
      guard left <= right else { continue }
      for x in left...right where cover[x] > 0 {
        let share = min(cover[x], 1) * Float(opacity)
        colors[row * width + x] += (ink - colors[row * width + x]) * share
        cover[x] = 0
      }
    }
  }
}
