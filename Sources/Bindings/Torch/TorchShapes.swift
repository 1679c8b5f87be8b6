import Language
import TensorCore

/// Functions that change the shape, join and take apart.
enum TorchShapes {
  private static let sample = "torch.arange(6)"
  private static let matrix = "torch.arange(6).reshape(2, 3)"

  /// Functions that are methods as well.
  static let functions: [Native] = [
    Native("reshape(input, *shape)", "In another shape; -1 stands for what is left.", example: "torch.reshape(\(sample), (2, -1))") {
      a in try map(a) { try $0.reshape(a.sizes(1)) }
    },
    Native("permute(input, *dims)", "The axes in another order.", example: "torch.permute(\(matrix), (1, 0)).shape") {
      a in try map(a) { try $0.permute(a.sizes(1)) }
    },
    Native("transpose(input, dim0, dim1)", "Two axes exchanged.", example: "torch.transpose(\(matrix), 0, 1)") {
      a in try map(a) { try $0.transpose(a.int(1), a.int(2)) }
    },
    Native("swapaxes(input, axis0, axis1)", "Two axes exchanged.", example: "torch.swapaxes(\(matrix), 0, 1)") {
      a in try map(a) { try $0.transpose(a.int(1), a.int(2)) }
    },
    Native("t(input)", "Rows and columns exchanged.", example: "torch.t(\(matrix))") { a in
      try map(a) { try $0.t() }
    },
    Native("flatten(input, start_dim=0, end_dim=-1)", "Several axes as one.", example: "torch.flatten(\(matrix))") {
      a in try map(a) { try $0.flatten(from: a.int(1), to: a.int(2)) }
    },
    Native("ravel(input)", "All elements along one axis.", example: "torch.ravel(\(matrix))") { a in
      try map(a) { try $0.reshape([-1]) }
    },
    Native("unflatten(input, dim, sizes)", "One axis as several.", example: "torch.unflatten(\(sample), 0, (2, 3))") {
      a in
      try map(a) { x in
        let axis = try Shape.axis(a.int(1), rank: x.rank, "unflatten")
        let sizes = try a.shape(2)
        return try x.reshape(Array(x.shape[..<axis]) + sizes + Array(x.shape[(axis + 1)...]))
      }
    },
    Native("squeeze(input, dim=None)", "Without axes of size 1.", example: "torch.squeeze(torch.zeros(1, 3, 1)).shape") {
      a in
      try map(a) { x in
        let axes = try a.axes(1)
        if axes.isEmpty { return a[1].isNone ? try x.squeeze(nil) : x }
        // From the last on, so that the places of the others stay.
        let places = try axes.map { try Shape.axis($0, rank: x.rank, "squeeze") }
        return try places.sorted(by: >).reduce(x) { try $0.squeeze($1) }
      }
    },
    Native("unsqueeze(input, dim)", "With a new axis of size 1.", example: "torch.unsqueeze(\(sample), 1).shape") {
      a in try map(a) { try $0.unsqueeze(a.int(1)) }
    },
    Native("broadcast_to(input, size)", "A view repeated to a shape.", example: "torch.broadcast_to(torch.arange(2), (3, 2))") {
      a in try map(a) { try $0.expand(a.shape(1)) }
    },
    Native("tile(input, *dims)", "Repeated along axes, new ones in front.", example: "torch.tile(torch.arange(2), (2, 2))") {
      a in
      try map(a) { x in
        let times = try a.sizes(1)
        return try x.repeated(Array(repeating: 1, count: max(0, x.rank - times.count)) + times)
      }
    },
    Native("flip(input, *dims)", "Axes turned around.", example: "torch.flip(\(sample), (0,))") { a in
      try map(a) { try $0.flip(a.sizes(1)) }
    },
    Native("fliplr(input)", "Columns turned around.", example: "torch.fliplr(\(matrix))") { a in
      try map(a) { try $0.flip([1]) }
    },
    Native("flipud(input)", "Rows turned around.", example: "torch.flipud(\(matrix))") { a in
      try map(a) { try $0.flip([0]) }
    },
    Native("roll(input, shifts, dims=None)", "Moved along axes; what falls off comes back.", example: "torch.roll(\(sample), 2)") {
      a in
      try map(a) { x in
        let shifts = try a.shape(1)
        let axes = try a.axes(2)
        if axes.isEmpty { return try x.roll(shifts.first ?? 0, axis: nil) }
        return try zip(shifts, axes).reduce(x) { try $0.roll($1.0, axis: $1.1) }
      }
    },
    Native("movedim(input, source, destination)", "An axis moved to another place.", example: "torch.movedim(torch.zeros(2, 3, 4), 0, 2).shape") {
      a in
      try map(a) { x in
        let from = try Shape.axis(a.int(1), rank: x.rank, "movedim")
        let to = try Shape.axis(a.int(2), rank: x.rank, "movedim")
        var order = (0..<x.rank).filter { $0 != from }
        order.insert(from, at: to)
        return try x.permute(order)
      }
    },
    Native("split(input, split_size_or_sections, dim=0)", "Pieces of a size, or of several sizes.", example: "torch.split(\(sample), 4)") {
      a in
      let x = try a.torchTensor(0)
      let dim = try a.int(2)
      if let size = try a.machine.index(a[1]) { return pieces(try x.split(size, axis: dim), a) }
      return pieces(try x.split(sizes: a.shape(1), axis: dim), a)
    },
    Native("chunk(input, chunks, dim=0)", "A number of pieces.", example: "torch.chunk(\(sample), 3)") { a in
      let count = try a.int(1)
      guard count > 0 else {
        throw Raise(.runtimeError, "chunk expects `chunks` to be greater than 0, got: \(count)")
      }
      return pieces(try a.torchTensor(0).chunk(count, axis: a.int(2)), a)
    },
    Native("unbind(input, dim=0)", "The slices along an axis.", example: "torch.unbind(\(matrix))") { a in
      let x = try a.torchTensor(0)
      let axis = try Shape.axis(a.int(1), rank: x.rank, "unbind")
      return pieces(try (0..<x.shape[axis]).map { try x.select(axis, $0) }, a)
    },
    Native("narrow(input, dim, start, length)", "A stretch of an axis.", example: "torch.narrow(\(sample), 0, 1, 3)") {
      a in try map(a) { try $0.narrow(a.int(1), start: a.int(2), length: a.int(3)) }
    },
    Native("select(input, dim, index)", "One place of an axis.", example: "torch.select(\(matrix), 1, 0)") { a in
      try map(a) { try $0.select(a.int(1), a.int(2)) }
    },
    Native("diagonal(input, offset=0, dim1=0, dim2=1)", "The diagonal as a view.", example: "torch.diagonal(torch.eye(3))") {
      a in try map(a) { try $0.diagonal(offset: a.int(1), a.int(2), a.int(3)) }
    },
    Native("tril(input, diagonal=0)", "The lower triangle, zeros elsewhere.", example: "torch.tril(torch.ones(3, 3))") {
      a in try map(a) { try $0.tril(a.int(1)) }
    },
    Native("triu(input, diagonal=0)", "The upper triangle, zeros elsewhere.", example: "torch.triu(torch.ones(3, 3), 1)") {
      a in try map(a) { try $0.triu(a.int(1)) }
    },
    Native("diag(input, diagonal=0)", "The diagonal of a matrix, or a matrix with this diagonal.", example: "torch.diag(torch.tensor([1., 2.]))") {
      a in
      try map(a) { x in
        let offset = try a.int(1)
        if x.rank != 1 { return try x.diagonal(offset: offset) }
        return try Placement.onDiagonal(x, offset)
      }
    },
    Native("trace(input)", "The sum of the diagonal.", example: "torch.trace(torch.eye(3))") { a in
      try map(a) { try $0.diagonal().sum() }
    },
    Native("clone(input)", "A copy with memory of its own.", example: "torch.clone(\(sample))") { a in
      try map(a) { try $0.clone() }
    },
    Native("detach(input)", "The same values without a history.", example: "torch.detach(\(sample))") { a in
      try map(a) { $0.detach() }
    },
    Native("numel(input)", "The number of elements.", example: "torch.numel(\(matrix))") { a in
      .int(try a.torchTensor(0).count)
    },
    Native("is_floating_point(input)", "Whether the elements are floats.", example: "torch.is_floating_point(torch.eye(2))") {
      a in .bool(try a.torchTensor(0).dtype.isFloating)
    },
    Native("repeat_interleave(input, repeats, dim=None)", "Each element repeated in its place.", example: "torch.repeat_interleave(torch.tensor([1, 2]), 2)") {
      a in
      try map(a) { x in
        let dim = try a.axis(2)
        let source = dim == nil ? try x.reshape([-1]) : x
        let axis = try Shape.axis(dim ?? 0, rank: source.rank, "repeat_interleave")
        let repeats = try a.machine.tensor(a[1]).ints()
        let index = try Placement.repeated(source.shape[axis], repeats, "repeat_interleave")
        return try source.indexSelect(axis, Tensor(index))
      }
    },
  ]

  /// Functions that take several tensors.
  static let joins: [Native] = [
    Native("cat(tensors, dim=0, *, axis=None, out=None)", "Tensors one after the other along an axis.", example: "torch.cat([torch.zeros(1, 2), torch.ones(2, 2)])") {
      a in
      a.machine.torchValue(
        try TorchErrors.joining(a.tensors(0, .torch), cat: true) {
          try Tensor.cat($0, axis: a.axis(2, 1) ?? 0)
        })
    },
    Native("stack(tensors, dim=0, *, axis=None)", "Tensors of one shape along a new axis.", example: "torch.stack([torch.zeros(2), torch.ones(2)])") {
      a in
      a.machine.torchValue(
        try TorchErrors.joining(a.tensors(0, .torch), cat: false) {
          try Tensor.stack($0, axis: a.axis(2, 1) ?? 0)
        })
    },
    Native("hstack(tensors)", "Tensors side by side.", example: "torch.hstack([torch.zeros(2), torch.ones(2)])") { a in
      let tensors = try a.tensors(0, .torch).map { $0.rank == 0 ? try $0.reshape([1]) : $0 }
      return a.machine.torchValue(try Tensor.cat(tensors, axis: tensors.first?.rank == 1 ? 0 : 1))
    },
    Native("vstack(tensors)", "Tensors below each other.", example: "torch.vstack([torch.zeros(2), torch.ones(2)])") {
      a in
      let tensors = try a.tensors(0, .torch).map { $0.rank < 2 ? try $0.reshape([1, -1]) : $0 }
      return a.machine.torchValue(try Tensor.cat(tensors, axis: 0))
    },
    Native("meshgrid(*tensors, indexing='ij')", "The coordinates of a grid.", example: "torch.meshgrid(torch.arange(2), torch.arange(3), indexing='ij')[0]") {
      a in
      let items = try a.items(0)
      let values = items.count == 1 && items[0].asTensorObject == nil ? try a.machine.array(items[0]) : items
      let axes = try values.map { try a.machine.tensor($0, .torch) }
      let grids = try Placement.grid(axes, transposed: a.string(1) == "xy")
      return .tuple(grids.map { a.machine.torchValue($0) })
    },
    Native("broadcast_tensors(*tensors)", "Tensors repeated to one shape.", example: "torch.broadcast_tensors(torch.zeros(2, 1), torch.zeros(3))[0].shape") {
      a in
      let tensors = try a.items(0).map { try a.machine.tensor($0, .torch) }
      let shape = try tensors.reduce([]) { try Shape.broadcast($0, $1.shape, "broadcast_tensors") }
      return .tuple(try tensors.map { a.machine.torchValue(try $0.expand(shape)) })
    },
  ]

  /// Methods that are no functions.
  static let methods: [Native] = [
    Native("view(self, *shape)", "The same memory in another shape.", example: "\(sample).view(2, 3)") { a in
      if let dtype = a.machine.dtype(a[1].asTuple?.items.first ?? .none, .torch) {
        return try map(a) { try $0.to(dtype) }
      }
      return try map(a) { try $0.view(a.sizes(1)) }
    },
    Native("view_as(self, other)", "The same memory in the shape of another.", example: "\(sample).view_as(torch.zeros(2, 3))") {
      a in try map(a) { try $0.view(a.torchTensor(1).shape) }
    },
    Native("reshape_as(self, other)", "In the shape of another.", example: "\(sample).reshape_as(torch.zeros(2, 3))") {
      a in try map(a) { try $0.reshape(a.torchTensor(1).shape) }
    },
    Native("expand(self, *sizes)", "A view repeated to a shape; -1 keeps a size.", example: "torch.arange(2).expand(3, 2)") {
      a in try map(a) { try $0.expand(a.sizes(1)) }
    },
    Native("expand_as(self, other)", "A view repeated to the shape of another.", example: "torch.arange(2).expand_as(torch.zeros(3, 2))") {
      a in try map(a) { try $0.expand(a.torchTensor(1).shape) }
    },
    Native("repeat(self, *sizes)", "Copied so often along each axis.", example: "torch.arange(2).repeat(2, 2)") {
      a in try map(a) { try $0.repeated(a.sizes(1)) }
    },
    Native("contiguous(self)", "With elements in row-major order.", example: "\(matrix).t().contiguous()") { a in
      let object = try a.tensorObject(0)
      if object.tensor.isContiguous { return a[0] }
      return object.types.torch(try object.tensor.contiguous())
    },
    Native("is_contiguous(self)", "Whether the elements lie in row-major order.", example: "\(matrix).t().is_contiguous()") {
      a in .bool(try a.torchTensor(0).isContiguous)
    },
    Native("dim(self)", "The number of axes.", example: "\(matrix).dim()") { a in
      .int(try a.torchTensor(0).rank)
    },
    Native("ndimension(self)", "The number of axes.", example: "\(matrix).ndimension()") { a in
      .int(try a.torchTensor(0).rank)
    },
    Native("nelement(self)", "The number of elements.", example: "\(matrix).nelement()") { a in
      .int(try a.torchTensor(0).count)
    },
    Native("size(self, dim=None)", "The shape, or the size of one axis.", example: "\(matrix).size(0)") { a in
      let object = try a.tensorObject(0)
      guard let dim = try a.axis(1) else { return TorchSize.make(object.tensor.shape, object.types) }
      return .int(object.tensor.shape[try Shape.axis(dim, rank: object.tensor.rank, "size")])
    },
    Native("stride(self, dim=None)", "Elements between neighbours on each axis.", example: "\(matrix).stride()") { a in
      let tensor = try a.torchTensor(0)
      guard let dim = try a.axis(1) else { return .tuple(tensor.strides.map { .int($0) }) }
      return .int(tensor.strides[try Shape.axis(dim, rank: tensor.rank, "stride")])
    },
    Native("element_size(self)", "Bytes of one element.", example: "torch.eye(2).element_size()") { a in
      .int(try a.torchTensor(0).dtype.size)
    },
    Native("unsqueeze_(self, dim)", "A new axis of size 1, in place.", example: "\(sample).unsqueeze_(0).shape") { a in
      let object = try a.tensorObject(0)
      object.tensor = try object.tensor.unsqueeze(a.int(1))
      return a[0]
    },
    Native("squeeze_(self, dim=None)", "Axes of size 1 taken away, in place.", example: "torch.zeros(1, 2).squeeze_().shape") {
      a in
      let object = try a.tensorObject(0)
      object.tensor = try object.tensor.squeeze(a.axis(1))
      return a[0]
    },
    Native("t_(self)", "Rows and columns exchanged, in place.", example: "\(matrix).t_().shape") { a in
      let object = try a.tensorObject(0)
      object.tensor = try object.tensor.t()
      return a[0]
    },
  ]

  private static func map(_ a: Arguments, _ body: (Tensor) throws -> Tensor) throws -> Value {
    let object = try a.tensorObject(0)
    let tensor = object.tensor
    do {
      return object.types.torch(try body(tensor))
    } catch let error as TensorError {
      throw TorchErrors.shape(error, tensor, a)
    }
  }

  private static func pieces(_ tensors: [Tensor], _ a: Arguments) -> Value {
    .tuple(tensors.map { a.machine.torchValue($0) })
  }
}

/// Errors of shapes that need the arguments for PyTorch's sentence.
enum TorchErrors {
  static func shape(_ error: TensorError, _ tensor: Tensor, _ a: Arguments) -> any Error {
    let function = a.function.name
    switch function {
    case "view", "reshape":
      guard let sizes = try? a.sizes(1) else { return error }
      switch error {
      case .argument(_, let message) where message.contains("stride") || message.contains("reshape"):
        if function == "view", fits(sizes, tensor.count) {
          return Raise(
            .runtimeError,
            "view size is not compatible with input tensor's size and stride (at least one "
              + "dimension spans across two contiguous subspaces). Use .reshape(...) instead.")
        }
      default: break
      }
      if !fits(sizes, tensor.count) {
        if sizes.filter({ $0 == -1 }).count > 1 {
          return Raise(.runtimeError, "only one dimension can be inferred")
        }
        return Raise(
          .runtimeError, "shape '\(sizes)' is invalid for input of size \(tensor.count)",
          hint: error.description)
      }
      if function == "view" {
        return Raise(
          .runtimeError,
          "view size is not compatible with input tensor's size and stride (at least one dimension "
            + "spans across two contiguous subspaces). Use .reshape(...) instead.")
      }
      return error
    case "expand", "expand_as", "broadcast_to":
      let sizes: [Int]
      if function == "expand" {
        sizes = (try? a.sizes(1)) ?? []
      } else if function == "expand_as" {
        sizes = (try? a.torchTensor(1).shape) ?? []
      } else {
        sizes = (try? a.shape(1)) ?? []
      }
      for (axis, pair) in zip(sizes.reversed(), tensor.shape.reversed()).enumerated()
      where pair.0 != pair.1 && pair.1 != 1 && pair.0 != -1 {
        return Raise(
          .runtimeError,
          "The expanded size of the tensor (\(pair.0)) must match the existing size (\(pair.1)) at "
            + "non-singleton dimension \(sizes.count - 1 - axis).  Target sizes: \(sizes).  Tensor "
            + "sizes: \(tensor.shape)", hint: error.description)
      }
      return error
    default: return error
    }
  }

  private static func fits(_ sizes: [Int], _ count: Int) -> Bool {
    let unknown = sizes.filter { $0 == -1 }.count
    var product = 1
    for size in sizes where size != -1 {
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow || size < 0 { return false }
      product = next
    }
    if unknown == 0 { return product == count }
    return unknown == 1 && product != 0 && count % product == 0
  }

  /// The sentences of cat and stack about shapes that differ.
  static func joining(
    _ tensors: [Tensor], cat: Bool, _ body: ([Tensor]) throws -> Tensor
  ) throws -> Tensor {
    if tensors.isEmpty {
      throw cat
        ? Raise(.valueError, "torch.cat(): expected a non-empty list of Tensors")
        : Raise(.runtimeError, "stack expects a non-empty TensorList")
    }
    do {
      return try body(tensors)
    } catch let error as TensorError {
      guard case .wrongShape(_, let found, let needed) = error,
        let place = tensors.firstIndex(where: { $0.shape == found }), let first = tensors.first
      else { throw error }
      if !cat {
        throw Raise(
          .runtimeError,
          "stack expects each tensor to be equal size, but got \(first.shape) at entry 0 and "
            + "\(found) at entry \(place)", hint: error.description)
      }
      let joined = needed.split(whereSeparator: { !$0.isNumber }).last.flatMap { Int($0) } ?? 0
      if found.count == first.rank,
        let axis = first.shape.indices.first(where: { $0 != joined && first.shape[$0] != found[$0] })
      {
        throw Raise(
          .runtimeError,
          "Sizes of tensors must match except in dimension \(joined). Expected size "
            + "\(first.shape[axis]) but got size \(found[axis]) for tensor number \(place) in the "
            + "list.", hint: error.description)
      }
      throw Raise(
        .runtimeError,
        "Tensors must have same number of dimensions: got \(first.rank) and \(found.count)",
        hint: error.description)
    }
  }
}
