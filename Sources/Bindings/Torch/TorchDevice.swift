import Language
import TensorCore

/// `torch.device`: where a tensor lives. Here that is the processor; others can be named, compared
/// and printed, and are refused where a tensor would go there.
final class TorchDevice: Instance {
  let place: String
  let index: Int?

  init(_ kind: String, _ index: Int?, _ type: TypeObject) {
    self.place = kind
    self.index = index
    super.init(type)
  }

  var text: String { index.map { "\(place):\($0)" } ?? place }

  private static let kinds = ["cpu", "cuda", "mps", "xpu", "meta"]

  static func parse(_ text: String, _ index: Int?, _ types: TensorTypes) throws -> TorchDevice {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let kind = parts.first.map(String.init) ?? ""
    let number = parts.count > 1 ? Int(parts[1]) : index
    guard kinds.contains(kind), parts.count < 2 || number != nil else {
      throw Raise(
        .runtimeError,
        "Expected one of cpu, cuda, ipu, xpu, mkldnn, opengl, opencl, ideep, hip, ve, fpga, maia, xla, "
          + "lazy, vulkan, mps, meta, hpu, mtia, privateuseone device type at start of device string: "
          + text)
    }
    return TorchDevice(kind, number, types.device)
  }

  /// Refuses a place that is not there. None and what was not given are the processor.
  static func check(_ value: Value, _ machine: Machine) throws {
    if value.isNone || !value.isGiven { return }
    let kind: String
    if let device = value.asInstance as? TorchDevice {
      kind = device.place
    } else if let text = value.swiftString {
      kind = try parse(text, nil, machine.tensorTypes).place
    } else if value.asInt != nil {
      kind = "cuda"
    } else {
      throw Raise(.typeError, "a device is a string or a torch.device, got \(machine.typeName(value))")
    }
    if kind == "cpu" { return }
    throw Raise(
      .assertionError,
      kind == "cuda"
        ? "Torch not compiled with CUDA enabled" : "there is no device '\(kind)' here",
      hint: "torch.device('cuda' if torch.cuda.is_available() else 'cpu') picks what is there")
  }

  static let table = TypeTable(
    "device", module: "torch", doc: "Where tensors live: the processor, 'cpu'.",
    isSubclassable: false,
    properties: [
      NativeProperty("type", "The kind: 'cpu'.") { value, _ in
        .string((value.asInstance as? TorchDevice)?.place ?? "")
      },
      NativeProperty("index", "Which of several, or None.") { value, _ in
        (value.asInstance as? TorchDevice)?.index.map { .int($0) } ?? .none
      },
    ],
    methods: [
      Native("__new__(cls, type, index=None)", "A device by name.", example: "torch.device('cpu')") { a in
        if let device = a[1].asInstance as? TorchDevice { return .object(device) }
        return .object(try parse(a.string(1), a.optionalInt(2), a.machine.tensorTypes))
      },
      Native("__repr__(self)", "`device(type='cpu')`.", example: "repr(torch.device('cpu'))") { a in
        let device = try a.receiver(TorchDevice.self)
        let index = device.index.map { ", index=\($0)" } ?? ""
        return .string("device(type='\(device.place)'\(index))")
      },
      Native("__str__(self)", "The name.", example: "str(torch.device('cpu'))") { a in
        .string(try a.receiver(TorchDevice.self).text)
      },
      Native("__eq__(self, other)", "The same place.", example: "torch.device('cpu') == torch.eye(2).device") {
        a in
        let own = try a.receiver(TorchDevice.self)
        return .bool((a[1].asInstance as? TorchDevice)?.text == own.text)
      },
      Native("__hash__(self)", "By name.", example: "hash(torch.device('cpu')) != 0") { a in
        .int(try a.machine.hash(.string(a.receiver(TorchDevice.self).text)))
      },
    ])
}
