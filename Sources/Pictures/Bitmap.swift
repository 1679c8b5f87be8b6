import CImages
import Glibc

/// Pixels of eight bits a channel, row by row from the top, channels side by side.
public struct Bitmap: Sendable, Equatable {
  public let width: Int
  public let height: Int
  /// 1 gray, 2 gray and alpha, 3 colour, 4 colour and alpha.
  public let channels: Int
  /// [height, width, channels]
  public var bytes: [UInt8]

  /// What cannot be read or written, and why.
  public enum Problem: Error, Equatable, CustomStringConvertible {
    case unknownFormat
    case damaged(String)
    case size(width: Int, height: Int, channels: Int, bytes: Int)
    case notWritten

    public var description: String {
      switch self {
      case .unknownFormat: "the file is neither a PNG nor a JPEG picture"
      case .damaged(let why): "the picture cannot be read: \(why)"
      case .size(let width, let height, let channels, let bytes):
        "a picture of \(width) x \(height) pixels with \(channels) channels does not have "
          + "\(bytes) bytes"
      case .notWritten: "the picture cannot be written"
      }
    }
  }

  /// More pixels than this are refused: 16384 x 16384.
  public static let maxPixels = 1 << 28

  /// One black pixel: what an object that is made before its picture holds.
  public static let dot = Bitmap()

  private init() { (width, height, channels, bytes) = (1, 1, 1, [0]) }

  public init(width: Int, height: Int, channels: Int, bytes: [UInt8]) throws {
    let pixels = width.multipliedReportingOverflow(by: height)
    guard width > 0, height > 0, !pixels.overflow, pixels.partialValue <= Self.maxPixels,
      (1...4).contains(channels), bytes.count == pixels.partialValue * channels
    else {
      throw Problem.size(width: width, height: height, channels: channels, bytes: bytes.count)
    }
    (self.width, self.height, self.channels, self.bytes) = (width, height, channels, bytes)
  }

  /// Reads a PNG or JPEG file by its first bytes.
  public init(file: [UInt8]) throws {
    let isPNG = file.starts(with: [0x89, 0x50, 0x4E, 0x47])
    guard isPNG || file.starts(with: [0xFF, 0xD8]) else { throw Problem.unknownFormat }
    var image = swiftlet_image()
    file.withUnsafeBufferPointer { buffer in
      if isPNG {
        swiftlet_image_read_png(buffer.baseAddress, buffer.count, UInt64(Self.maxPixels), &image)
      } else {
        swiftlet_image_read_jpeg(buffer.baseAddress, buffer.count, UInt64(Self.maxPixels), &image)
      }
    }
    defer { swiftlet_image_free(&image) }
    guard let pixels = image.pixels else {
      let text = withUnsafeBytes(of: image.error) { raw in
        String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
      }
      throw Problem.damaged(text)
    }
    let count = Int(image.width) * Int(image.height) * Int(image.channels)
    (width, height, channels) = (Int(image.width), Int(image.height), Int(image.channels))
    bytes = Array(UnsafeBufferPointer(start: pixels, count: count))
  }

  /// The picture as a PNG file.
  public func png() throws -> [UInt8] {
    var count = 0
    let data = bytes.withUnsafeBufferPointer {
      swiftlet_image_write_png(
        $0.baseAddress, UInt32(width), UInt32(height), UInt32(channels), &count)
    }
    guard let data else { throw Problem.notWritten }
    defer { free(data) }
    return Array(UnsafeBufferPointer(start: data, count: count))
  }

  /// The picture as a JPEG file; alpha is left out.
  /// - Parameter quality: 1 to 100.
  public func jpeg(quality: Int = 75) throws -> [UInt8] {
    let opaque = channels % 2 == 0 ? converted(channels: channels - 1) : self
    var count = 0
    let data = opaque.bytes.withUnsafeBufferPointer {
      swiftlet_image_write_jpeg(
        $0.baseAddress, UInt32(width), UInt32(height), UInt32(opaque.channels),
        Int32(min(max(quality, 1), 100)), &count)
    }
    guard let data else { throw Problem.notWritten }
    defer { free(data) }
    return Array(UnsafeBufferPointer(start: data, count: count))
  }

  // MARK: - Conversions

  /// The same picture with other channels. Gray is 0.299 red + 0.587 green + 0.114 blue (ITU-R 601),
  /// rounded as Pillow does.
  public func converted(channels wanted: Int) -> Bitmap {
    let wanted = min(max(wanted, 1), 4)
    if wanted == channels { return self }
    var out: [UInt8] = []
    out.reserveCapacity(width * height * wanted)
    for at in stride(from: 0, to: bytes.count, by: channels) {
      let isColor = channels >= 3
      let red = bytes[at]
      let green = isColor ? bytes[at + 1] : red
      let blue = isColor ? bytes[at + 2] : red
      let alpha = channels % 2 == 0 ? bytes[at + channels - 1] : 255
      if wanted <= 2 {
        var gray = red
        if isColor {
          var sum: UInt32 = UInt32(red) * 19595
          sum += UInt32(green) * 38470
          sum += UInt32(blue) * 7471
          gray = UInt8(truncatingIfNeeded: (sum + 0x8000) >> 16)
        }
        out.append(gray)
      } else {
        out += [red, green, blue]
      }
      if wanted % 2 == 0 { out.append(alpha) }
    }
    return (try? Bitmap(width: width, height: height, channels: wanted, bytes: out)) ?? self
  }

  /// A part of the picture, cut at its edges; nil when nothing is left.
  public func cropped(left: Int, top: Int, right: Int, bottom: Int) -> Bitmap? {
    let (x0, y0) = (max(left, 0), max(top, 0))
    let (x1, y1) = (min(right, width), min(bottom, height))
    guard x0 < x1, y0 < y1 else { return nil }
    var out: [UInt8] = []
    for row in y0..<y1 {
      out += bytes[((row * width + x0) * channels)..<((row * width + x1) * channels)]
    }
    return try? Bitmap(width: x1 - x0, height: y1 - y0, channels: channels, bytes: out)
  }

  /// How a picture is made larger or smaller.
  public enum Sampling: Sendable { case nearest, linear, cubic }

  /// The picture in another size. Smaller pictures are averaged over the area that a pixel comes
  /// from, so that no line gets lost.
  public func resized(width newWidth: Int, height newHeight: Int, _ sampling: Sampling = .cubic)
    throws -> Bitmap
  {
    let size = newWidth.multipliedReportingOverflow(by: newHeight)
    let between = newWidth.multipliedReportingOverflow(by: height)
    guard newWidth > 0, newHeight > 0, !size.overflow, size.partialValue <= 1 << 26,
      !between.overflow, between.partialValue <= 1 << 26
    else {
      throw Problem.size(width: newWidth, height: newHeight, channels: channels, bytes: 0)
    }
    let across = Self.weights(width, newWidth, sampling)
    let down = Self.weights(height, newHeight, sampling)
    // Rows first, then columns, as the filter is a product.
    var rows = [Double](repeating: 0, count: newWidth * height * channels)
    for y in 0..<height {
      for x in 0..<newWidth {
        for channel in 0..<channels {
          var sum = 0.0
          for (place, weight) in across[x] {
            sum += Double(bytes[(y * width + place) * channels + channel]) * weight
          }
          rows[(y * newWidth + x) * channels + channel] = sum
        }
      }
    }
    var out = [UInt8](repeating: 0, count: newWidth * newHeight * channels)
    for y in 0..<newHeight {
      for x in 0..<(newWidth * channels) {
        var sum = 0.0
        for (place, weight) in down[y] { sum += rows[place * newWidth * channels + x] * weight }
        out[y * newWidth * channels + x] = UInt8(min(max((sum + 0.5).rounded(.down), 0), 255))
      }
    }
    return try Bitmap(width: newWidth, height: newHeight, channels: channels, bytes: out)
  }

  /// For each new place the old ones and their shares.
  private static func weights(_ old: Int, _ new: Int, _ sampling: Sampling) -> [[(Int, Double)]] {
    let scale = Double(old) / Double(new)
    return (0..<new).map { place in
      let middle = (Double(place) + 0.5) * scale
      if sampling == .nearest { return [(min(Int(middle), old - 1), 1)] }
      let stretch = max(scale, 1)
      let reach = (sampling == .linear ? 1 : 2) * stretch
      let first = max(Int(middle - reach + 0.5), 0)
      let last = min(Int(middle + reach + 0.5), old)
      var parts: [(Int, Double)] = []
      for at in first..<max(last, first + 1) where at < old {
        let distance = abs((Double(at) + 0.5 - middle) / stretch)
        parts.append((at, sampling == .linear ? max(1 - distance, 0) : cubic(distance)))
      }
      let total = parts.reduce(0) { $0 + $1.1 }
      return total == 0 ? [(min(Int(middle), old - 1), 1)] : parts.map { ($0.0, $0.1 / total) }
    }
  }

  /// The cubic of Keys (1981) with a = -0.5.
  private static func cubic(_ x: Double) -> Double {
    if x < 1 { return (1.5 * x - 2.5) * x * x + 1 }
    if x < 2 { return ((-0.5 * x + 2.5) * x - 4) * x + 2 }
    return 0
  }
}
