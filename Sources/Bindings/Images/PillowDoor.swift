import Display
import Language
import Pictures
import Plotting
import TensorCore

/// `PIL.Image`: a picture that numpy and torch take as an array.
final class PillowImage: Instance, RichObject, ArraySource {
  var bitmap = Bitmap.dot
  /// The file's format; nil for pictures that were made.
  var format: String?
  var path = ""
  var showsItself: Bool { false }

  static let modes = ["L", "LA", "RGB", "RGBA"]
  var mode: String { Self.modes[min(max(bitmap.channels, 1), 4) - 1] }

  func tensor() throws -> Tensor { try PictureFile.tensor(bitmap) }

  func bundle(_ machine: Machine) throws -> MIMEBundle {
    let shown = bitmap.channels % 2 == 0 ? bitmap.converted(channels: bitmap.channels - 1) : bitmap
    let plot = try ImagePlot(
      shown.bytes.map { Double($0) / 255 }, width: shown.width, height: shown.height,
      channels: shown.channels, limits: 0...1)
    return plot.bundle(machine.displaySettings)
  }

  static func make(_ bitmap: Bitmap, _ machine: Machine, format: String? = nil) -> Value {
    let image = PillowImage(machine.type(table))
    (image.bitmap, image.format) = (bitmap, format)
    return .object(image)
  }
}

enum PillowDoor {
  static let tables: [ModuleTable] = [
    ModuleTable("PIL", doc: "Pictures.", entries: []),
    ModuleTable(
      "PIL.Image", doc: "Pictures: open, make, convert, resize, save.",
      entries: [.type(PillowImage.table)] + functions.map { .function($0) } + constants),
  ]

  private static let constants: [ModuleEntry] = [
    ("NEAREST", 0), ("LANCZOS", 1), ("BILINEAR", 2), ("BICUBIC", 3), ("BOX", 4), ("HAMMING", 5),
    ("FLIP_LEFT_RIGHT", 0), ("FLIP_TOP_BOTTOM", 1), ("ROTATE_90", 2), ("ROTATE_180", 3),
    ("ROTATE_270", 4),
  ].map { name, number in
    .value(name: name, doc: "A way to resample or to turn.") { _ in .int(number) }
  } + [
    .value(name: "Resampling", doc: "Ways to resample.") { machine in
      .object(PillowShelf(machine.type(PillowShelf.table)))
    },
    .value(name: "Transpose", doc: "Ways to turn.") { machine in
      .object(PillowShelf(machine.type(PillowShelf.table)))
    },
  ]

  static func channels(_ mode: String) throws(Raise) -> Int {
    if mode == "1" { return 1 }
    guard let place = PillowImage.modes.firstIndex(of: mode) else {
      throw Raise(.valueError, "unrecognized image mode", hint: "Known: L, LA, RGB, RGBA.")
    }
    return place + 1
  }

  private static let functions: [Native] = [
    Native("open(fp, mode='r', formats=None)", "A PNG or JPEG file as a picture.") { a in
      var path = a[0].swiftString
      if path == nil, let method = try a.machine.optionalAttribute(a[0], "__fspath__") {
        path = try a.machine.call(method).swiftString
      }
      let bytes: [UInt8]
      if let path {
        bytes = try TextFile.bytes(TextFile.expanded(path))
      } else if let read = try a.machine.optionalAttribute(a[0], "read"),
        case .object(let object) = try a.machine.call(read), let data = object as? BytesObject
      {
        bytes = data.bytes
      } else {
        throw a.mismatch(0, expected: "a path or a file")
      }
      do {
        let image = PillowImage(a.machine.type(PillowImage.table))
        image.bitmap = try Bitmap(file: bytes)
        image.format = bytes.starts(with: [0x89]) ? "PNG" : "JPEG"
        image.path = path ?? ""
        return .object(image)
      } catch let problem as Bitmap.Problem {
        throw PictureFile.raise(problem, path ?? "<file>")
      }
    },
    Native("fromarray(obj, mode=None)", "An array as a picture.") { a in
      let tensor = try a.machine.tensor(a[0])
      guard !tensor.dtype.isFloating || tensor.rank == 2 else {
        throw Raise(
          .typeError, "Cannot handle this data type: \(tensor.shape), float",
          hint: "(array * 255).astype('uint8') makes a picture of numbers from 0 to 1.")
      }
      let whole = tensor.dtype.isFloating ? try tensor.to(.int64) : tensor
      return PillowImage.make(try PictureFile.bitmap(whole), a.machine)
    },
    Native("new(mode, size, color=0)", "A picture of one colour.") { a in
      let channels = try channels(a.string(0))
      let size = try a.machine.ints(a[1])
      guard size.count == 2, size[0] > 0, size[1] > 0, size[0] <= 16384, size[1] <= 16384 else {
        throw Raise(.valueError, "Width and height must be >= 1 and <= 16384")
      }
      var pixel = [UInt8](repeating: 0, count: channels)
      if channels % 2 == 0 { pixel[channels - 1] = 255 }
      if let name = a[2].swiftString {
        let color = try PyplotColor.required(.string(name), a.machine).exact
        let parts = channels >= 3 ? [color.red, color.green, color.blue] : [color.red]
        for (place, part) in parts.enumerated() where place < channels { pixel[place] = part }
      } else {
        for (place, part) in try a.machine.doubles(a[2].asDouble == nil ? a[2] : .list([a[2]])).enumerated()
        where place < channels { pixel[place] = part > 0 ? UInt8(min(part, 255)) : 0 }
      }
      let bytes = Array(repeating: pixel, count: size[0] * size[1]).flatMap { $0 }
      do {
        return PillowImage.make(
          try Bitmap(width: size[0], height: size[1], channels: channels, bytes: bytes), a.machine)
      } catch {
        throw Raise(.valueError, "new(): \(error)")
      }
    },
  ]
}

/// `Image.Resampling`, `Image.Transpose`.
final class PillowShelf: Instance {
  private static let numbers = [
    "NEAREST": 0, "LANCZOS": 1, "BILINEAR": 2, "BICUBIC": 3, "BOX": 4, "HAMMING": 5,
    "FLIP_LEFT_RIGHT": 0, "FLIP_TOP_BOTTOM": 1, "ROTATE_90": 2, "ROTATE_180": 3, "ROTATE_270": 4,
  ]
  static let table = TypeTable(
    "Resampling", module: "PIL.Image", doc: "Ways to resample or to turn.", isSubclassable: false,
    allocate: { PillowShelf($0) },
    missingAttribute: { _, name, _ in numbers[name].map { .int($0) } })
}

extension PillowImage {
  private static func of(_ value: Value) throws -> PillowImage {
    guard let image = value.asInstance as? PillowImage else {
      throw Raise(.typeError, "a picture of PIL is needed")
    }
    return image
  }

  private static func done(_ machine: Machine, _ body: () throws -> Bitmap) throws -> Value {
    do {
      return make(try body(), machine)
    } catch let problem as Bitmap.Problem {
      throw Raise(.valueError, problem.description)
    }
  }

  /// Each new pixel from an old one.
  private static func moved(
    _ bitmap: Bitmap, _ width: Int, _ height: Int, _ from: (Int, Int) -> (x: Int, y: Int)
  ) throws -> Bitmap {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(bitmap.bytes.count)
    for y in 0..<height {
      for x in 0..<width {
        let old = from(x, y)
        let at = (old.y * bitmap.width + old.x) * bitmap.channels
        bytes += bitmap.bytes[at..<(at + bitmap.channels)]
      }
    }
    return try Bitmap(width: width, height: height, channels: bitmap.channels, bytes: bytes)
  }

  private static func turned(_ bitmap: Bitmap, _ way: Int) throws -> Bitmap {
    let (w, h) = (bitmap.width, bitmap.height)
    switch way {
    case 0: return try moved(bitmap, w, h) { (w - 1 - $0, $1) }
    case 1: return try moved(bitmap, w, h) { ($0, h - 1 - $1) }
    case 2: return try moved(bitmap, h, w) { (w - 1 - $1, $0) }
    case 3: return try moved(bitmap, w, h) { (w - 1 - $0, h - 1 - $1) }
    case 4: return try moved(bitmap, h, w) { ($1, h - 1 - $0) }
    default: throw Raise(.valueError, "No such transpose operation: \(way)")
    }
  }

  static let table = TypeTable(
    "Image", module: "PIL.Image", doc: "A picture.", isSubclassable: false,
    allocate: { PillowImage($0) },
    properties: [
      NativeProperty("size", "Width and height.") { value, _ in
        let bitmap = try of(value).bitmap
        return .tuple([.int(bitmap.width), .int(bitmap.height)])
      },
      NativeProperty("width", "Pixels across.") { value, _ in .int(try of(value).bitmap.width) },
      NativeProperty("height", "Pixels down.") { value, _ in .int(try of(value).bitmap.height) },
      NativeProperty("mode", "L, LA, RGB or RGBA.") { value, _ in .string(try of(value).mode) },
      NativeProperty("format", "PNG or JPEG for what was read from a file.") { value, _ in
        try of(value).format.map { .string($0) } ?? .none
      },
      NativeProperty("filename", "The file it was read from.") { value, _ in .string(try of(value).path) },
    ],
    methods: [
      Native("convert(self, mode=None, matrix=None, dither=None, palette=0, colors=256)", "The picture with other channels.") { a in
        let image = try of(a[0])
        let mode = try a.optionalString(1) ?? "RGB"
        if mode == "1" {
          let gray = image.bitmap.converted(channels: 1)
          return try done(a.machine) {
            try Bitmap(width: gray.width, height: gray.height, channels: 1, bytes: gray.bytes.map { $0 > 127 ? 255 : 0 })
          }
        }
        return make(image.bitmap.converted(channels: try PillowDoor.channels(mode)), a.machine)
      },
      Native("resize(self, size, resample=None, box=None, reducing_gap=None)", "The picture in another size.") { a in
        let size = try a.machine.ints(a[1])
        guard size.count == 2 else { throw Raise(.valueError, "size is (width, height)") }
        let sampling: Bitmap.Sampling = a[2].asInt == 0 ? .nearest : a[2].asInt == 2 ? .linear : .cubic
        return try done(a.machine) { try of(a[0]).bitmap.resized(width: size[0], height: size[1], sampling) }
      },
      Native("thumbnail(self, size, resample=3, reducing_gap=2.0)", "Makes the picture fit into a size.") { a in
        let image = try of(a[0])
        let size = try a.machine.ints(a[1])
        guard size.count == 2, size[0] > 0, size[1] > 0 else { throw Raise(.valueError, "size is (width, height)") }
        let scale = min(Double(size[0]) / Double(image.bitmap.width), Double(size[1]) / Double(image.bitmap.height))
        guard scale < 1 else { return .none }
        do {
          image.bitmap = try image.bitmap.resized(
            width: max(Int((Double(image.bitmap.width) * scale).rounded()), 1),
            height: max(Int((Double(image.bitmap.height) * scale).rounded()), 1))
        } catch {
          throw Raise(.valueError, "\(error)")
        }
        return .none
      },
      Native("crop(self, box=None)", "A part: (left, upper, right, lower).") { a in
        let image = try of(a[0])
        if a[1].isNone { return make(image.bitmap, a.machine) }
        let box = try a.machine.ints(a[1])
        guard box.count == 4, let part = image.bitmap.cropped(left: box[0], top: box[1], right: box[2], bottom: box[3]) else {
          throw Raise(.valueError, "Coordinate 'right' is less than 'left', or the box lies outside")
        }
        return make(part, a.machine)
      },
      Native("transpose(self, method)", "The picture turned or mirrored.") { a in
        try done(a.machine) { try turned(of(a[0]).bitmap, a.int(1)) }
      },
      Native("rotate(self, angle, resample=0, expand=0, center=None, translate=None, fillcolor=None)", "The picture turned by quarters.") { a in
        let angle = try a.double(1)
        let quarters = (angle / 90).rounded()
        guard angle.isFinite, abs(angle / 90 - quarters) < 1e-9, abs(quarters) < 1e6 else {
          throw Raise(.valueError, "rotate() turns by multiples of 90 degrees here, got \(angle)")
        }
        let image = try of(a[0])
        let turns = ((Int(quarters) % 4) + 4) % 4
        if turns == 0 { return make(image.bitmap, a.machine) }
        return try done(a.machine) { try turned(image.bitmap, turns + 1) }
      },
      Native("copy(self)", "The same picture once more.") { a in make(try of(a[0]).bitmap, a.machine) },
      Native("getpixel(self, xy)", "The channels of a pixel.") { a in
        let bitmap = try of(a[0]).bitmap
        let place = try a.machine.ints(a[1])
        guard place.count == 2, place[0] >= 0, place[1] >= 0, place[0] < bitmap.width, place[1] < bitmap.height else {
          throw Raise(.indexError, "image index out of range")
        }
        let at = (place[1] * bitmap.width + place[0]) * bitmap.channels
        let parts = bitmap.bytes[at..<(at + bitmap.channels)].map { Value.int(Int($0)) }
        return parts.count == 1 ? parts[0] : .tuple(parts)
      },
      Native("putpixel(self, xy, value)", "Sets the channels of a pixel.") { a in
        let image = try of(a[0])
        let place = try a.machine.ints(a[1])
        guard place.count == 2, place[0] >= 0, place[1] >= 0, place[0] < image.bitmap.width, place[1] < image.bitmap.height else {
          throw Raise(.indexError, "image index out of range")
        }
        let parts = try a.machine.ints(a[2].asInt == nil ? a[2] : .list([a[2]]))
        let at = (place[1] * image.bitmap.width + place[0]) * image.bitmap.channels
        for (offset, part) in parts.enumerated() where offset < image.bitmap.channels {
          image.bitmap.bytes[at + offset] = UInt8(min(max(part, 0), 255))
        }
        return .none
      },
      Native("getbands(self)", "The names of the channels.") { a in
        .tuple(try of(a[0]).mode.map { .string(String($0)) })
      },
      Native("split(self)", "One picture for each channel.") { a in
        let bitmap = try of(a[0]).bitmap
        return .tuple(
          try (0..<bitmap.channels).map { channel in
            try done(a.machine) {
              try Bitmap(
                width: bitmap.width, height: bitmap.height, channels: 1,
                bytes: stride(from: channel, to: bitmap.bytes.count, by: bitmap.channels).map { bitmap.bytes[$0] })
            }
          })
      },
      Native("tobytes(self, *args)", "All channels of all pixels, row by row.") { a in
        .object(BytesObject(try of(a[0]).bitmap.bytes))
      },
      Native("save(self, fp, format=None, **params)", "Writes a PNG or JPEG file.") { a in
        let image = try of(a[0])
        guard let path = a[1].swiftString else { throw a.mismatch(1, expected: "a path") }
        var quality = 75
        for (name, value) in a.keywords(3) where name == "quality" { quality = value.asInt ?? 75 }
        try PictureFile.write(image.bitmap, to: path, format: a.optionalString(2), quality: quality)
        return .none
      },
      Native("show(self, title=None)", "Shows the picture here.") { a in
        let image = try of(a[0])
        a.machine.displayPort?.show(try image.bundle(a.machine), id: nil)
        return .none
      },
      Native("close(self)", "Pictures are wholly in memory.") { _ in .none },
      Native("load(self)", "Pictures are wholly in memory.") { _ in .none },
      Native("__enter__(self)", "The picture for a with block.") { a in a[0] },
      Native("__exit__(self, *args)", "Ends the block.") { _ in .bool(false) },
      Native("__eq__(self, other)", "Whether all pixels are equal.") { a in
        guard let other = a[1].asInstance as? PillowImage else { return .bool(false) }
        return .bool(try of(a[0]).bitmap == other.bitmap)
      },
      Native("__array__(self, dtype=None, copy=None)", "The pixels as an array.") { a in
        a.machine.ndarray(try of(a[0]).tensor())
      },
      Native("__repr__(self)", "Mode and size.") { a in
        let image = try of(a[0])
        return .string("<PIL.Image.Image image mode=\(image.mode) size=\(image.bitmap.width)x\(image.bitmap.height)>")
      },
    ])
}
