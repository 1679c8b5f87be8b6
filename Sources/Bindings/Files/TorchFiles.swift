import Language
import TensorCore

/// `torch.save` and `torch.load`: files that PyTorch reads, and those that it wrote.
enum TorchFiles {
  static let functions: [Native] = [
    Native("save(obj, f, pickle_module=None, pickle_protocol=2, _use_new_zipfile_serialization=True)", "Writes tensors, state dicts and containers of them to a file.", example: "torch.save({'w': torch.eye(2)}, __import__('io').BytesIO())") {
      a in
      let graph = try GraphBuilder.graph(of: a[0], a.machine)
      try a.output(1) { output, path in
        try TorchArchive.save(graph, to: output, name: path.map(stem) ?? "archive")
      }
      return .none
    },
    Native("load(f, map_location=None, pickle_module=None, *, weights_only=None, mmap=None)", "Reads a file of torch.save. Data only: nothing of a file is ever run, whatever weights_only says.", example: "torch.save([torch.eye(2)], (f := __import__('io').BytesIO())); f.seek(0); torch.load(f)") {
      a in
      if a[1].swiftString != nil || a[1].asInstance is TorchDevice {
        try TorchDevice.check(a[1], a.machine)
      }
      return try GraphReader.value(TorchArchive.load(a.input(0)), a.machine)
    },
  ]

  /// The file's name without folders and extension.
  private static func stem(_ path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }
}
