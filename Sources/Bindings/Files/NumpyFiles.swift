import Foundation
import Language
import TensorCore

/// What `np.load` gives for an archive: arrays by name, read when they are asked for.
final class NpzFile: Instance {
  let archive: NumpyArchive
  let name: String
  private var known: [String: Value] = [:]

  init(_ archive: NumpyArchive, _ name: String, _ type: TypeObject) {
    self.archive = archive
    self.name = name
    super.init(type)
  }

  func array(_ name: String, _ machine: Machine) throws -> Value {
    if let value = known[name] { return value }
    guard let tensor = try archive.tensor(name) else {
      throw Raise(.keyError, arguments: [.string("\(name) is not a file in the archive")])
    }
    let value = machine.ndarray(tensor)
    known[name] = value
    return value
  }

  static let table = TypeTable(
    "NpzFile", module: "numpy.lib.npyio", doc: "The arrays of an .npz file by name.",
    isSubclassable: false,
    properties: [
      NativeProperty("files", "The names of the arrays.") { value, _ in
        .list(((value.asInstance as? NpzFile)?.archive.names ?? []).map { .string($0) })
      }
    ],
    methods: [
      numpyRow("__getitem__(self, name: str)", "The array of a name.") { a in
        try a.receiver(NpzFile.self).array(a.string(1), a.machine)
      },
      Native("get(self, name: str, default=None)", "The array of a name, or the default.") { a in
        let file = try a.receiver(NpzFile.self)
        return file.archive.names.contains(try a.string(1))
          ? try file.array(a.string(1), a.machine) : a[2]
      },
      Native("__contains__(self, name)", "Whether there is an array of that name.") { a in
        let file = try a.receiver(NpzFile.self)
        return .bool(a[1].swiftString.map { file.archive.names.contains($0) } ?? false)
      },
      Native("__len__(self)", "How many arrays there are.") { a in
        .int(try a.receiver(NpzFile.self).archive.names.count)
      },
      Native("__iter__(self)", "The names in order.") { a in
        try a.machine.iterator(
          .list(a.receiver(NpzFile.self).archive.names.map { .string($0) }))
      },
      Native("keys(self)", "The names in order.") { a in
        .list(try a.receiver(NpzFile.self).archive.names.map { .string($0) })
      },
      Native("values(self)", "The arrays in order.") { a in
        let file = try a.receiver(NpzFile.self)
        return .list(try file.archive.names.map { try file.array($0, a.machine) })
      },
      Native("items(self)", "Names and arrays in order.") { a in
        let file = try a.receiver(NpzFile.self)
        return .list(
          try file.archive.names.map { .tuple([.string($0), try file.array($0, a.machine)]) })
      },
      Native("close(self)", "Nothing is left to close: arrays are read where they are asked for.") {
        _ in .none
      },
      Native("__enter__(self)", "Begins a block.") { a in a[0] },
      Native("__exit__(self, kind, value, traceback)", "Ends a block.") { _ in .bool(false) },
      Native("__repr__(self)", "`NpzFile 'x.npz' with keys: a, b`.") { a in
        let file = try a.receiver(NpzFile.self)
        let names = file.archive.names
        return .string(
          "NpzFile \(try a.machine.repr(.string(file.name))) with keys: "
            + names.prefix(5).joined(separator: ", ") + (names.count > 5 ? "..." : ""))
      },
    ])
}

/// `np.save`, `np.load` and their kin.
enum NumpyFiles {
  static let functions: [Native] = [
    numpyRow("save(file, arr, allow_pickle=True, fix_imports=True)", "Writes an array to a .npy file, or to an open file.", example: "np.save(__import__('io').BytesIO(), np.eye(2))") {
      a in
      let array = try a.array(1)
      try a.output(0, suffix: ".npy") { output, _ in try NumpyFile.save(array, to: output) }
      return .none
    },
    archive("savez", "Writes several arrays to one .npz file; unnamed ones are arr_0, arr_1 ...", compress: false),
    archive("savez_compressed", "The same as savez, compressed.", compress: true),
    numpyRow("load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding='ASCII', *, max_header_size=10000)", "Reads a .npy or .npz file. Arrays of objects are refused: nothing of a file is run.", example: "np.save((f := __import__('io').BytesIO()), np.eye(2)); f.seek(0); np.load(f)") {
      a in
      // An open file may hold several arrays: it is left where the first one ends.
      var begin: Int?
      if try a.path(0) == nil, let tell = try a.machine.optionalAttribute(a[0], "tell") {
        begin = try a.machine.call(tell, []).asInt
      }
      let input = try a.input(0)
      if try NumpyArchive.recognizes(input) {
        return try .object(
          NpzFile(NumpyArchive(input), a.path(0) ?? "object", a.machine.type(NpzFile.table)))
      }
      if input.count > 0, try !NumpyFile.recognizes(input) {
        throw Raise(
          .valueError,
          "This file contains pickled (object) data. If you trust the file you can load it unsafely "
            + "using the `allow_pickle=` keyword argument or `pickle.load()`.",
          hint: "\(input.name) is neither a .npy nor a .npz file; pickled objects are never loaded here")
      }
      let (tensor, end) = try NumpyFile.load(input, from: 0)
      if let begin, let seek = try a.machine.optionalAttribute(a[0], "seek") {
        _ = try a.machine.call(seek, [.int(begin + end)])
      }
      return a.machine.ndarray(tensor)
    },
    numpyRow("loadtxt(fname, dtype=float, comments='#', delimiter=None, converters=None, skiprows=0, usecols=None, unpack=False, ndmin=0, encoding=None, max_rows=None, *, quotechar=None, like=None)", "Reads a table of numbers from text.", example: "np.loadtxt(['1 2', '3 4'])") {
      a in
      if !a[4].isNone {
        throw Raise(.notImplementedError, "loadtxt(): converters are not here; use genfromtxt or read_csv")
      }
      var options = TextTable.Options()
      options.comments = try texts(a, 2)
      options.delimiter = try a.optionalString(3)
      options.skipRows = try a.int(5)
      options.columns = try columns(a, 6)
      options.maxRows = try a.optionalInt(10)
      let table = try TextTable(lines(a, 0), options)
      return try array(
        table.rows, a, dtype: a.isGiven(1) ? a.dtype(1, .numpy) : .float64, unpack: a.bool(7),
        least: a.int(8))
    },
    numpyRow("genfromtxt(fname, dtype=float, comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, missing_values=None, filling_values=None, usecols=None, names=None, unpack=False, max_rows=None, ndmin=0)", "Reads a table of numbers from text; what is missing becomes nan or the filling value.", example: "np.genfromtxt(['1,2', '3,'], delimiter=',')") {
      a in
      if !a[6].isNone {
        throw Raise(.notImplementedError, "genfromtxt(): converters are not here; read_csv reads mixed columns")
      }
      if !a[10].isNone {
        throw Raise(
          .notImplementedError, "genfromtxt(): there are no structured arrays for names",
          hint: "skip_header=1 passes the names over; read_csv keeps them")
      }
      var options = TextTable.Options()
      options.comments = try texts(a, 2)
      options.delimiter = try a.optionalString(3)
      options.skipRows = try a.int(4)
      options.skipFooter = try a.int(5)
      options.missing = Set(try texts(a, 7))
      let dtype = a.isGiven(1) && !a[1].isNone ? try a.dtype(1, .numpy) : .float64
      let filling = try a.optionalDouble(8)
      options.filling = filling ?? (dtype.isFloating ? .nan : -1)
      options.columns = try columns(a, 9)
      options.maxRows = try a.optionalInt(12)
      let table = try TextTable(lines(a, 0), options)
      return try array(table.rows, a, dtype: dtype, unpack: a.bool(11), least: a.int(13))
    },
    numpyRow("savetxt(fname, X, fmt='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ', encoding=None)", "Writes an array of one or two axes as text.", example: "np.savetxt(__import__('io').BytesIO(), np.eye(2))") {
      a in try saveText(a)
    },
  ]

  private static func archive(_ name: String, _ doc: String, compress: Bool) -> Native {
    numpyRow("\(name)(file, *args, **kwds)", doc, example: "np.\(name)(__import__('io').BytesIO(), a=np.eye(2))") {
      a in
      var arrays: [(name: String, tensor: Tensor)] = []
      for (key, value) in a.keywords(2) { arrays.append((key, try a.machine.tensor(value))) }
      for (place, value) in try a.items(1).enumerated() {
        let key = "arr_\(place)"
        if arrays.contains(where: { $0.name == key }) {
          throw Raise(.valueError, "Cannot use un-named variables and keyword \(key)")
        }
        arrays.append((key, try a.machine.tensor(value)))
      }
      try a.output(0, suffix: ".npz") { output, _ in
        try NumpyArchive.save(arrays, to: output, compress: compress)
      }
      return .none
    }
  }

  // MARK: - Text

  /// The texts of one argument: none, one, or a sequence.
  private static func texts(_ a: Arguments, _ index: Int) throws -> [String] {
    if a[index].isNone { return [] }
    if let text = a[index].swiftString { return [text] }
    return try a.machine.array(a[index]).map { try a.machine.text(of: $0) }
  }

  private static func columns(_ a: Arguments, _ index: Int) throws -> [Int]? {
    if a[index].isNone { return nil }
    if let one = try a.machine.index(a[index]) { return [one] }
    return try a.machine.ints(a[index])
  }

  /// The bytes of a path, of an open file in either mode, or of a sequence of lines.
  private static func lines(_ a: Arguments, _ index: Int) throws -> [UInt8] {
    if let path = try a.path(index) {
      if path.hasSuffix(".gz") || path.hasSuffix(".bz2") {
        throw Raise(.notImplementedError, "'\(path)' is packed; unpack it first")
      }
      guard FileManager.default.fileExists(atPath: path) else {
        throw Raise(.fileNotFoundError, "\(path) not found.")
      }
      return try NumpyFile.contents(of: InputBytes(path: path))
    }
    let machine = a.machine
    if let read = try machine.optionalAttribute(a[index], "read") {
      let all = try machine.call(read, [])
      return all.asBytes ?? Array((all.swiftString ?? "").utf8)
    }
    var bytes: [UInt8] = []
    for line in try machine.array(a[index]) {
      bytes += try line.asBytes ?? Array(machine.text(of: line).utf8)
      if bytes.last != 0x0A { bytes.append(0x0A) }
    }
    return bytes
  }

  private static func array(
    _ rows: [[Double]], _ a: Arguments, dtype: DType, unpack: Bool, least: Int
  ) throws -> Value {
    let width = rows.first?.count ?? 0
    var tensor = try Tensor(rows.flatMap { $0 }, shape: [rows.count, width], dtype: .float64)
    if rows.isEmpty { tensor = try tensor.reshape([0]) }
    if least < 2, tensor.rank == 2 { tensor = try tensor.squeeze() }
    if least == 1, tensor.rank == 0 { tensor = try tensor.reshape([1]) }
    if dtype != .float64 { tensor = try tensor.to(dtype) }
    return a.machine.ndarray(unpack ? tensor.reversedAxes : tensor)
  }

  private static func saveText(_ a: Arguments) throws -> Value {
    let machine = a.machine
    var x = try a.array(1)
    guard x.rank <= 2 else {
      throw Raise(.valueError, "Expected 1D or 2D array, got \(x.rank)D array instead")
    }
    if x.rank < 2 { x = try x.reshape([-1, 1]) }
    let (rows, columns) = (x.shape[0], x.shape[1])
    let delimiter = try a.string(3)
    let newline = try a.string(4)
    var format: String
    if let text = a[2].swiftString {
      let fields = text.replacing("%%", with: "").split(separator: "%", omittingEmptySubsequences: false)
      let count = fields.count - 1
      if count == 1 {
        format = Array(repeating: text, count: columns).joined(separator: delimiter)
      } else if count == columns {
        format = text
      } else {
        throw Raise(.valueError, "fmt has wrong number of % formats:  \(text)")
      }
    } else {
      let parts = try machine.array(a[2]).map { try machine.text(of: $0) }
      guard parts.count == columns else {
        throw Raise(.attributeError, "fmt has wrong shape.  \(try machine.text(of: a[2]))")
      }
      format = parts.joined(separator: delimiter)
    }
    format += newline
    let row = StringObject(format)
    let scalars = try x.scalars()
    let comments = try a.string(7)
    func remark(_ index: Int) throws -> String {
      let text = try a.string(index)
      return text.isEmpty
        ? "" : comments + text.replacing("\n", with: "\n" + comments) + newline
    }
    var text = Array(try remark(5).utf8)
    for i in 0..<rows {
      let values = scalars[(i * columns)..<((i + 1) * columns)].map { Value($0) }
      text += Array((try machine.percentFormat(row, .tuple(values)).swiftString ?? "").utf8)
    }
    text += Array(try remark(6).utf8)
    if let path = try a.path(0) {
      try OutputBytes(path: path).write(text)
      return .none
    }
    guard let write = try machine.optionalAttribute(a[0], "write") else {
      throw Raise(.valueError, "fname must be a string or file handle")
    }
    // A file of text takes str, one of bytes takes bytes, as NumPy finds out by trying.
    do throws(Raise) {
      _ = try machine.call(write, [.object(BytesObject(text))])
    } catch {
      guard machine.typeName(.object(machine.materialize(error))) == "TypeError" else { throw error }
      _ = try machine.call(write, [.string(String(decoding: text, as: UTF8.self))])
    }
    return .none
  }
}
