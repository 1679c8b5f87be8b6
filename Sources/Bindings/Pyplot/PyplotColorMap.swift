import Display
import Language
import Plotting

/// A colour map as matplotlib names it.
struct PyplotColorMap: Equatable {
  var name: String
  var map: ColorMap
  /// A list of separate colours (`tab10`) rather than a scale.
  var qualitative: [PyplotColor] = []
  var isQualitative: Bool { !qualitative.isEmpty }

  static let standard = PyplotColorMap(name: "viridis", map: .viridis)

  /// The colour of a fraction; separate colours are those that plots use.
  func shown(_ fraction: Double) -> Color {
    guard isQualitative else { return map(fraction) }
    return qualitative[place(fraction)].shown
  }

  /// Red, green, blue and alpha.
  func rgba(_ fraction: Double) -> [Double] {
    if isQualitative { return qualitative[place(fraction)].rgba }
    if fraction.isNaN { return [0, 0, 0, 0] }
    // A map has 256 colours.
    let place = min(max(fraction, 0), 1) * 256
    let color = map(Double(min(Int(place), 255)) / 255)
    return [Double(color.red) / 255, Double(color.green) / 255, Double(color.blue) / 255, 1]
  }

  private func place(_ fraction: Double) -> Int {
    guard fraction > 0 else { return 0 }
    return min(Int(min(fraction, 1) * Double(qualitative.count)), qualitative.count - 1)
  }

  static func named(_ name: String) -> PyplotColorMap? {
    if let list = lists[name] {
      return PyplotColorMap(name: name, map: ColorMap(name: name, stops: list.map(\.shown)), qualitative: list)
    }
    return ColorMap.named(name).map { PyplotColorMap(name: name, map: $0) }
  }

  static func required(_ value: Value, _ machine: Machine) throws -> PyplotColorMap {
    if value.isNone || value.isUndefined { return standard }
    if let object = value.asInstance as? PyColorMapObject { return object.map }
    guard let name = value.swiftString else {
      throw Raise(.typeError, "cmap must be a name or a colormap, got \(machine.typeName(value))")
    }
    if let map = named(name) { return map }
    throw Raise(
      .valueError, "'\(name)' is not a valid value for cmap.",
      hint: Suggestion.nearest(to: name, among: names).map { "Did you mean '\($0)'?" }
        ?? "Known: \(names.joined(separator: ", ")).")
  }

  static var names: [String] { ColorMap.all.map(\.name).filter { $0 != "blues" && $0 != "oranges" && $0 != "greens" } + lists.keys.sorted() }

  private static let lists: [String: [PyplotColor]] = [
    "tab10": (0..<10).map { PyplotColor.ofCycle($0) },
    "Set1": hex([
      0xE41A1C, 0x377EB8, 0x4DAF4A, 0x984EA3, 0xFF7F00, 0xFFFF33, 0xA65628, 0xF781BF, 0x999999,
    ]),
    "Set2": hex([
      0x66C2A5, 0xFC8D62, 0x8DA0CB, 0xE78AC3, 0xA6D854, 0xFFD92F, 0xE5C494, 0xB3B3B3,
    ]),
    "Set3": hex([
      0x8DD3C7, 0xFFFFB3, 0xBEBADA, 0xFB8072, 0x80B1D3, 0xFDB462, 0xB3DE69, 0xFCCDE5, 0xD9D9D9,
      0xBC80BD, 0xCCEBC5, 0xFFED6F,
    ]),
    "Paired": hex([
      0xA6CEE3, 0x1F78B4, 0xB2DF8A, 0x33A02C, 0xFB9A99, 0xE31A1C, 0xFDBF6F, 0xFF7F00, 0xCAB2D6,
      0x6A3D9A, 0xFFFF99, 0xB15928,
    ]),
    "Accent": hex([
      0x7FC97F, 0xBEAED4, 0xFDC086, 0xFFFF99, 0x386CB0, 0xF0027F, 0xBF5B17, 0x666666,
    ]),
    "Dark2": hex([
      0x1B9E77, 0xD95F02, 0x7570B3, 0xE7298A, 0x66A61E, 0xE6AB02, 0xA6761D, 0x666666,
    ]),
    "Pastel1": hex([
      0xFBB4AE, 0xB3CDE3, 0xCCEBC5, 0xDECBE4, 0xFED9A6, 0xFFFFCC, 0xE5D8BD, 0xFDDAEC, 0xF2F2F2,
    ]),
    "Pastel2": hex([
      0xB3E2CD, 0xFDCDAC, 0xCBD5E8, 0xF4CAE4, 0xE6F5C9, 0xFFF2AE, 0xF1E2CC, 0xCCCCCC,
    ]),
    "tab20": hex([
      0x1F77B4, 0xAEC7E8, 0xFF7F0E, 0xFFBB78, 0x2CA02C, 0x98DF8A, 0xD62728, 0xFF9896, 0x9467BD,
      0xC5B0D5, 0x8C564B, 0xC49C94, 0xE377C2, 0xF7B6D2, 0x7F7F7F, 0xC7C7C7, 0xBCBD22, 0xDBDB8D,
      0x17BECF, 0x9EDAE5,
    ]),
  ]

  private static func hex(_ colors: [UInt32]) -> [PyplotColor] { colors.map { PyplotColor($0) } }
}

/// A colour map as a value: `plt.cm.viridis(0.5)`.
final class PyColorMapObject: Instance {
  var map = PyplotColorMap.standard
  var count = 256

  static func make(_ map: PyplotColorMap, _ machine: Machine, count: Int? = nil) -> Value {
    let object = PyColorMapObject(machine.type(table))
    object.map = map
    object.count = count ?? (map.isQualitative ? map.qualitative.count : 256)
    return .object(object)
  }

  /// An integer is the number of an entry, anything else a fraction.
  private func fraction(_ value: Value) -> Double? {
    if let number = value.asInt, !isBool(value) {
      return (Double(min(max(number, 0), count - 1)) + 0.5) / Double(count)
    }
    return value.asDouble
  }

  private func isBool(_ value: Value) -> Bool {
    if case .bool = value { return true }
    return false
  }

  static let table = TypeTable(
    "ListedColormap", module: "matplotlib.colors", doc: "A scale of colours.",
    isSubclassable: false, allocate: { PyColorMapObject($0) },
    properties: [
      NativeProperty("name", "Its name.") { value, _ in
        .string((value.asInstance as? PyColorMapObject)?.map.name ?? "")
      },
      NativeProperty("N", "The number of its colours.") { value, _ in
        .int((value.asInstance as? PyColorMapObject)?.count ?? 0)
      },
      NativeProperty("colors", "Its colours as red, green and blue.") { value, machine in
        guard let object = value.asInstance as? PyColorMapObject else { return .none }
        return .tuple(
          (0..<object.count).map { place in
            let parts = object.map.rgba((Double(place) + 0.5) / Double(object.count))
            return .tuple(parts.prefix(3).map { .float($0) })
          })
      },
    ],
    methods: [
      Native(
        "__init__(self, colors, name='from_list', N=None)", "A map through colours."
      ) { a in
        let object = try a.receiver(PyColorMapObject.self)
        let colors = try a.machine.array(a[1]).map { try PyplotColor.required($0, a.machine) }
        guard !colors.isEmpty else { throw Raise(.valueError, "a colormap needs colors") }
        let name = try a.string(2)
        object.map = PyplotColorMap(
          name: name, map: ColorMap(name: name, stops: colors.map(\.exact)), qualitative: colors)
        object.count = colors.count
        return .none
      },
      Native("__call__(self, X, alpha=None, bytes=False)", "The colour of a fraction, or of each.") {
        a in
        let object = try a.receiver(PyColorMapObject.self)
        let alpha = try a.optionalDouble(2)
        func parts(_ fraction: Double) -> [Double] {
          var parts = object.map.rgba(fraction)
          if let alpha { parts[3] = alpha }
          return parts
        }
        if let fraction = object.fraction(a[1]) {
          return .tuple(
            parts(fraction).map { a.machine.tensorTypes.scalar(.double($0), .float64) })
        }
        let tensor = try a.machine.tensor(a[1])
        let isInteger = tensor.dtype.isInteger
        let numbers = try tensor.doubles().map { number in
          isInteger ? (min(max(number, 0), Double(object.count - 1)) + 0.5) / Double(object.count) : number
        }
        if tensor.shape.isEmpty, let only = numbers.first {
          return .tuple(parts(only).map { a.machine.tensorTypes.scalar(.double($0), .float64) })
        }
        return try a.machine.ndarray(numbers.flatMap { parts($0) }, shape: tensor.shape + [4])
      },
      Native("reversed(self, name=None)", "The map from its other end.") { a in
        let object = try a.receiver(PyColorMapObject.self)
        var map = object.map
        map.map = map.map.reversed
        map.qualitative = map.qualitative.reversed()
        map.name += "_r"
        return make(map, a.machine, count: object.count)
      },
      Native("resampled(self, lutsize)", "The map with another number of colours.") { a in
        let object = try a.receiver(PyColorMapObject.self)
        let count = try a.int(1)
        guard count > 0, count <= 65536 else { throw Raise(.valueError, "lutsize must be 1 to 65536") }
        return make(object.map, a.machine, count: count)
      },
    ])
}
