import Foundation
import Language
import NeuralNetworks
import TensorCore

/// `torch.utils.tensorboard.SummaryWriter`: numbers of a run for TensorBoard.
final class SummaryWriter: Instance {
  private var folder = "runs"
  private var file: EventFile?
  /// Files below the folder, by the names of `add_scalars`.
  private var others: [String: EventFile] = [:]

  private func opened() throws -> EventFile {
    if let file { return file }
    let made = try EventFile(folder: folder)
    file = made
    return made
  }

  private static func number(_ a: Arguments, _ value: Value) throws -> Double {
    if let number = try a.machine.float(value) ?? a.machine.scalar(value)?.double { return number }
    if let tensor = value.asTensorObject?.tensor, tensor.count == 1 { return try tensor.detach().item().double }
    throw Raise(.notImplementedError, "Got \(a.machine.typeName(value)), but numpy array, torch tensor, or caffe2 blob name are expected.")
  }

  static let table = TypeTable(
    "SummaryWriter", module: "torch.utils.tensorboard.writer", doc: "Writes numbers of a run into files that TensorBoard reads.",
    allocate: { SummaryWriter($0) },
    properties: [
      NativeProperty("log_dir", "The folder of the files.") { value, _ in
        .string((value.asInstance as? SummaryWriter)?.folder ?? "")
      }
    ],
    methods: [
      Native("__init__(self, log_dir=None, comment='', purge_step=None, max_queue=10, flush_secs=120, filename_suffix='')", "A writer into a folder; without one, into runs/ and the date.") { a in
        let writer = try a.receiver(SummaryWriter.self)
        if let path = try a.path(1) {
          writer.folder = path
        } else {
          let format = DateFormatter()
          format.dateFormat = "MMMdd_HH-mm-ss"
          format.locale = Locale(identifier: "en_US_POSIX")
          writer.folder = "runs/" + format.string(from: Date()) + (try a.string(2))
        }
        _ = try writer.opened()
        return .none
      },
      Native("add_scalar(self, tag, scalar_value, global_step=None, walltime=None, new_style=False, double_precision=False)", "A number of a step.") { a in
        try a.receiver(SummaryWriter.self).opened().scalar(
          a.string(1), number(a, a[2]), step: a.optionalInt(3) ?? 0)
        return .none
      },
      Native("add_scalars(self, main_tag, tag_scalar_dict, global_step=None, walltime=None)", "Several numbers of a step in one picture.") { a in
        let writer = try a.receiver(SummaryWriter.self)
        let main = try a.string(1)
        for pair in a[2].asDict?.pairs ?? [] {
          guard let tag = pair.key.swiftString else { continue }
          let path = writer.folder + "/" + main.replacingOccurrences(of: "/", with: "_") + "_" + tag
          let file = try writer.others[path] ?? EventFile(folder: path)
          writer.others[path] = file
          try file.scalar(main, number(a, pair.value), step: a.optionalInt(3) ?? 0)
        }
        return .none
      },
      Native("add_histogram(self, tag, values, global_step=None, bins='tensorflow', walltime=None, max_bins=None)", "How values are spread.") { a in
        let values = try a.machine.tensor(a[2]).detach().to(.float64).reshape([-1]).doubles()
        try a.receiver(SummaryWriter.self).opened().histogram(a.string(1), values, step: a.optionalInt(3) ?? 0)
        return .none
      },
      Native("get_logdir(self)", "The folder of the files.") { a in .string(try a.receiver(SummaryWriter.self).folder) },
      Native("flush(self)", "Nothing: each number is written at once.") { _ in .none },
      Native("close(self)", "Ends the files.") { a in
        let writer = try a.receiver(SummaryWriter.self)
        writer.file = nil
        writer.others = [:]
        return .none
      },
      Native("__enter__(self)", "Begins a block.") { a in a[0] },
      Native("__exit__(self, kind, value, traceback)", "Ends the files.") { a in
        try a.machine.call(a.machine.attribute(a[0], "close"))
      },
    ])

  static let module = ModuleTable(
    "torch.utils.tensorboard", doc: "Numbers of a run for TensorBoard.", entries: [.type(table)])
}

/// `keras.callbacks.TensorBoard`: the numbers of epochs for TensorBoard, training and validation apart.
final class KerasTensorBoard: KerasCallback {
  private var folder = "logs"
  private var histograms = 0
  private var files: [String: EventFile] = [:]

  private func write(_ kind: String, _ tag: String, _ value: Double, _ step: Int) throws {
    let file = try files[kind] ?? EventFile(folder: folder + "/" + kind)
    files[kind] = file
    try file.scalar(tag, value, step: step)
  }

  static let boardTable = TypeTable(
    "TensorBoard", module: "keras.callbacks", doc: "Writes the numbers of epochs into files that TensorBoard reads.",
    base: table, allocate: { KerasTensorBoard($0) },
    methods: [
      Native("__init__(self, log_dir='logs', histogram_freq=0, write_graph=True, write_images=False, write_steps_per_second=False, update_freq='epoch', profile_batch=0, embeddings_freq=0, embeddings_metadata=None)", "A writer into log_dir/train and log_dir/validation.", example: "keras.callbacks.TensorBoard('logs')") { a in
        let board = try a.receiver(KerasTensorBoard.self)
        guard let path = try a.path(1) else { throw a.mismatch(1, expected: "a path") }
        board.folder = path
        board.histograms = try a.int(2)
        return .none
      },
      Native("on_epoch_end(self, epoch, logs=None)", "Writes the numbers of the epoch.") { a in
        let board = try a.receiver(KerasTensorBoard.self)
        let epoch = try a.int(1)
        for pair in a[2].asDict?.pairs ?? [] {
          guard let name = pair.key.swiftString, let value = try a.machine.float(pair.value) else { continue }
          if name.hasPrefix("val_") {
            try board.write("validation", "epoch_" + name.dropFirst(4), value, epoch)
          } else {
            try board.write("train", "epoch_" + name, value, epoch)
          }
        }
        if let model = board.own("_model")?.asInstance as? KerasModel {
          if let rate = try model.compiled?.optimizer.currentRate(a.machine) {
            try board.write("train", "epoch_learning_rate", rate, epoch)
          }
          if board.histograms > 0, epoch % board.histograms == 0, let file = board.files["train"] {
            for weight in model.weights {
              let values = try weight.tensor.detach().to(.float64).reshape([-1]).doubles()
              try file.histogram(weight.path + "/histogram", values, step: epoch)
            }
          }
        }
        return .none
      },
      Native("on_train_end(self, logs=None)", "Ends the files.") { a in
        try a.receiver(KerasTensorBoard.self).files = [:]
        return .none
      },
    ])
}
