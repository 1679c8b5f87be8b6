import Display
import Language
import Pictures
import TensorCore

/// Picture files as arrays and back.
enum PictureFile {
  static func bitmap(_ path: String) throws -> Bitmap {
    do {
      return try Bitmap(file: TextFile.bytes(TextFile.expanded(path)))
    } catch let problem as Bitmap.Problem {
      throw raise(problem, path)
    }
  }

  /// Errors in Pillow's words.
  static func raise(_ problem: Bitmap.Problem, _ path: String) -> Raise {
    switch problem {
    case .unknownFormat:
      Raise(
        .osError, "cannot identify image file '\(path)'",
        hint: "PNG and JPEG files are read here.")
    case .damaged(let why): Raise(.osError, "\(why): '\(path)'")
    case .size, .notWritten: Raise(.valueError, problem.description)
    }
  }

  /// A file as `plt.imread` gives it: PNG as float32 of 0 to 1, JPEG as uint8.
  static func read(_ path: String, asFloat: Bool, _ machine: Machine) throws -> Value {
    let bytes = try TextFile.bytes(TextFile.expanded(path))
    let isPNG = bytes.starts(with: [0x89, 0x50])
    do {
      let bitmap = try Bitmap(file: bytes)
      let tensor = try tensor(bitmap)
      if asFloat, isPNG {
        return machine.ndarray(
          try Tensor(
            bitmap.bytes.map { Double($0) / 255 }, shape: tensor.shape, dtype: .float32))
      }
      return machine.ndarray(tensor)
    } catch let problem as Bitmap.Problem {
      throw raise(problem, path)
    }
  }

  /// [height, width] for gray pictures, [height, width, channels] for others; uint8.
  static func tensor(_ bitmap: Bitmap) throws -> Tensor {
    let shape =
      bitmap.channels == 1
      ? [bitmap.height, bitmap.width] : [bitmap.height, bitmap.width, bitmap.channels]
    return try Tensor(bitmap.bytes, shape: shape)
  }

  /// Numbers [height, width] or [height, width, channels] as pixels: integers are 0 to 255, floats
  /// 0 to 1.
  static func bitmap(_ tensor: Tensor) throws -> Bitmap {
    var shape = tensor.shape
    if shape.count == 2 { shape.append(1) }
    guard shape.count == 3, (1...4).contains(shape[2]) else {
      throw Raise(
        .typeError, "Cannot handle this data type: a picture is [height, width] or "
          + "[height, width, channels], got shape "
          + "(\(tensor.shape.map(String.init).joined(separator: ", ")))")
    }
    let scale = tensor.dtype.isFloating ? 255.0 : 1
    let bytes = try tensor.doubles().map { value -> UInt8 in
      let level = value * scale
      return level > 0 ? UInt8(min(level, 255)) : 0
    }
    do {
      return try Bitmap(width: shape[1], height: shape[0], channels: shape[2], bytes: bytes)
    } catch {
      throw Raise(.valueError, "\(error)")
    }
  }

  /// Rows of colours as a PNG file.
  static func write(_ rows: [[Color?]], to path: String) throws {
    let width = rows.first?.count ?? 0
    // matplotlib writes four channels; JPEG has three.
    let isOpaque = !path.lowercased().hasSuffix("png")
    var bytes: [UInt8] = []
    for color in rows.joined() {
      let shown = color ?? .white
      bytes += [shown.red, shown.green, shown.blue]
      if !isOpaque { bytes.append(color == nil ? 0 : 255) }
    }
    do {
      let bitmap = try Bitmap(
        width: width, height: rows.count, channels: isOpaque ? 3 : 4, bytes: bytes)
      try write(bitmap, to: path, quality: 90)
    } catch let problem as Bitmap.Problem {
      throw raise(problem, path)
    }
  }

  /// A PNG or JPEG file, by the end of its name.
  static func write(_ bitmap: Bitmap, to path: String, format: String? = nil, quality: Int = 75) throws {
    let end = (format ?? String(path.split(separator: ".").last ?? "")).lowercased()
    do {
      switch end {
      case "png": try TextFile.write(bytes: bitmap.png(), to: TextFile.expanded(path))
      case "jpg", "jpeg":
        try TextFile.write(bytes: bitmap.jpeg(quality: quality), to: TextFile.expanded(path))
      default:
        throw Raise(
          .valueError, "unknown file extension: .\(end)", hint: "PNG and JPEG files are written here.")
      }
    } catch let problem as Bitmap.Problem {
      throw raise(problem, path)
    }
  }
}
