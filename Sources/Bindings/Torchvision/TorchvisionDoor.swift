import Language

/// The `torchvision` door: transforms of pictures, known networks; its datasets are downloads, which
/// are not reached from here.
enum TorchvisionDoor {
  static let tables: [ModuleTable] = [
    ModuleTable(
      "torchvision", doc: "Pictures for torch: transforms and known networks.",
      entries: [
        .value(name: "__version__", doc: "The version of torchvision whose behaviour this door follows.") { _ in
          .string("0.29.2")
        }
      ]),
    ModuleTable(
      "torchvision.transforms", doc: "Transforms of pictures, one by one or in a row.",
      entries: TorchvisionTransforms.tables.map { .type($0) }),
    ModuleTable(
      "torchvision.transforms.functional", doc: "Transforms as functions.",
      entries: TorchvisionFunctional.functions.map { .function($0) }),
    ModuleTable(
      "torchvision.models", doc: "Known networks, with weights drawn at random.",
      entries: [.type(TorchvisionModels.resNet), .type(TorchvisionModels.vggTable)]
        + (TorchvisionModels.resnets + TorchvisionModels.vggs).map { .function($0) }),
    ModuleTable(
      "torchvision.models.resnet", doc: "Residual networks.",
      entries: [TorchvisionModels.resNet, TorchvisionModels.basicBlock, TorchvisionModels.bottleneck]
        .map { .type($0) } + TorchvisionModels.resnets.map { .function($0) }),
    ModuleTable(
      "torchvision.models.vgg", doc: "Networks of small convolutions.",
      entries: [.type(TorchvisionModels.vggTable)] + TorchvisionModels.vggs.map { .function($0) }),
    ModuleTable(
      "torchvision.datasets", doc: "Known data sets: downloads, which are not reached from here.",
      entries: ["MNIST", "FashionMNIST", "KMNIST", "EMNIST", "QMNIST", "CIFAR10", "CIFAR100", "SVHN", "STL10"].map { .function(dataset($0)) }),
  ]

  private static func dataset(_ name: String) -> Native {
    Native(
      "\(name)(root=None, train=True, transform=None, target_transform=None, download=False, **kwargs)",
      "The data set \(name): a download, which is not reached from here."
    ) { a in
      let message = try a.bool(4)
        ? "\(name) is a download, and the network is not reached from here"
        : "Dataset not found or corrupted. You can use download=True to download it"
      throw Raise(
        .runtimeError, message,
        hint: "files of the data set are not read here; sklearn.datasets.load_digits() gives 1797 digits of "
          + "8 x 8 pixels without a download")
    }
  }
}
