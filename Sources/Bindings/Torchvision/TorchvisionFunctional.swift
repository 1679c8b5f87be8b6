import Language
import TensorCore

/// `torchvision.transforms.functional`: the transforms that nothing is drawn for, as functions.
enum TorchvisionFunctional {
  /// A function that makes the transform of a name with the arguments behind the first, and calls it.
  private static func row(_ signature: String, _ name: String, _ doc: String) -> Native {
    Native(signature, doc) { a in
      guard let table = TorchvisionTransforms.tables.first(where: { $0.name == name }) else { return .none }
      let settings = a.function.parameters.indices.dropFirst().map { a[$0] }
      let transform = try a.machine.call(.object(a.machine.type(table)), settings)
      return try a.machine.call(transform, [a[0]])
    }
  }

  private static func flip(_ name: String, _ doc: String, axis: Int, turn: Int) -> Native {
    Native("\(name)(img)", doc) { a in
      if TorchvisionTransforms.picture(a[0]) != nil {
        return try TorchvisionTransforms.method(a[0], "transpose", [.int(turn)], a.machine)
      }
      return a.machine.torchValue(try TorchvisionTransforms.image(a[0], a.machine).flip([axis]))
    }
  }

  static let functions: [Native] = [
    row("to_tensor(pic)", "ToTensor", "A picture or an array as a tensor [channels, height, width]."),
    row("pil_to_tensor(pic)", "PILToTensor", "A picture as a tensor of bytes."),
    row("to_pil_image(pic, mode=None)", "ToPILImage", "A tensor or an array as a picture."),
    row("normalize(tensor, mean, std, inplace=False)", "Normalize", "(x - mean) / std for each channel."),
    row(
      "resize(img, size, interpolation='bilinear', max_size=None, antialias=True)", "Resize",
      "Another size: (height, width), or the shorter side."),
    row("center_crop(img, output_size)", "CenterCrop", "The middle of a picture."),
    row("pad(img, padding, fill=0, padding_mode='constant')", "Pad", "Pixels around a picture."),
    row("rgb_to_grayscale(img, num_output_channels=1)", "Grayscale", "The brightness of a picture."),
    row("convert_image_dtype(image, dtype)", "ConvertImageDtype", "Another dtype; bytes become 0 to 1."),
    flip("hflip", "Left and right change places.", axis: -1, turn: 0),
    flip("vflip", "Top and bottom change places.", axis: -2, turn: 1),
  ]
}
