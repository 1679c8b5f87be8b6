import Language
import TensorCore

/// Products beyond the matrix product, and more ways to arrange elements.
enum TorchArrangements {
  private static let m = "torch.tensor([[1., 2.], [3., 4.]])"

  /// Functions that are methods as well.
  static let functions: [Native] = [
    torchRow("inner(input, other)", "The sum of products along the last axes.", "torch.inner(torch.ones(2), torch.ones(2))") { a in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      if x.rank == 0 || y.rank == 0 { return try x * y }
      return try x.tensordot(y, [-1], [-1])
    },
    torchRow("vdot(input, other)", "The sum of the products of two vectors.", "torch.vdot(torch.ones(2), torch.ones(2))") {
      try $0.torchTensor(0).conjugate().dot($0.torchTensor(1))
    },
    torchRow("kron(input, other)", "Every element with every element, blockwise.", "torch.kron(torch.eye(2), torch.ones(1, 2))") {
      try $0.torchTensor(0).kron($0.torchTensor(1))
    },
    torchRow("cross(input, other, dim=None)", "The cross product of vectors of 3.", "torch.cross(torch.tensor([1., 0., 0.]), torch.tensor([0., 1., 0.]), dim=0)") { a in
      let x = try a.torchTensor(0)
      // Without dim: the first axis of size 3.
      let axis = try a.axis(2) ?? x.shape.firstIndex(of: 3) ?? -1
      return try x.cross(a.torchTensor(1), axis: axis)
    },
    torchRow("addmm(input, mat1, mat2, *, beta=1, alpha=1)", "beta * input + alpha * (mat1 @ mat2).", "torch.addmm(torch.zeros(2, 2), \(m), \(m))") {
      try $0.torchTensor(0).addMatmul($0.torchTensor(1), $0.torchTensor(2), beta: $0.scalar(3), alpha: $0.scalar(4))
    },
    torchRow("addmv(input, mat, vec, *, beta=1, alpha=1)", "beta * input + alpha * (mat @ vec).", "torch.addmv(torch.zeros(2), \(m), torch.ones(2))") {
      try $0.torchTensor(0).addMatmul($0.torchTensor(1), $0.torchTensor(2), beta: $0.scalar(3), alpha: $0.scalar(4))
    },
    torchRow("addr(input, vec1, vec2, *, beta=1, alpha=1)", "beta * input + alpha * outer(vec1, vec2).", "torch.addr(torch.zeros(2, 2), torch.ones(2), torch.ones(2))") {
      try $0.torchTensor(0) * $0.scalar(3) + $0.torchTensor(1).outer($0.torchTensor(2)) * $0.scalar(4)
    },
    torchRow("baddbmm(input, batch1, batch2, *, beta=1, alpha=1)", "beta * input + alpha * (batch1 @ batch2).", "torch.baddbmm(torch.zeros(1, 2, 2), torch.ones(1, 2, 3), torch.ones(1, 3, 2))") {
      try $0.torchTensor(0).addMatmul($0.torchTensor(1), $0.torchTensor(2), beta: $0.scalar(3), alpha: $0.scalar(4))
    },
    torchRow("addbmm(input, batch1, batch2, *, beta=1, alpha=1)", "beta * input + alpha * the sum of the products of a batch.", "torch.addbmm(torch.zeros(2, 2), torch.ones(3, 2, 2), torch.ones(3, 2, 2))") {
      try $0.torchTensor(0) * $0.scalar(3) + $0.torchTensor(1).matmul($0.torchTensor(2)).sum([0]) * $0.scalar(4)
    },
    torchRow("rot90(input, k=1, dims=(0, 1))", "Turned by quarter turns.", "torch.rot90(\(m))") { a in
      let axes = try a.axes(2)
      guard axes.count == 2 else {
        throw Raise(.runtimeError, "expected total rotation dims == 2, but got dims = \(axes.count)")
      }
      return try a.torchTensor(0).rot90(a.int(1), axes[0], axes[1])
    },
    torchRow("diag_embed(input, offset=0, dim1=-2, dim2=-1)", "Matrices with these diagonals.", "torch.diag_embed(torch.ones(2, 3)).shape") { a in
      let x = try a.torchTensor(0).diagonalMatrix(offset: a.int(1))
      let (first, second) = (
        try Shape.axis(a.int(2), rank: x.rank, "diag_embed"),
        try Shape.axis(a.int(3), rank: x.rank, "diag_embed")
      )
      guard first != second else { throw Raise(.runtimeError, "diagonal dimensions cannot be identical \(first), \(second)") }
      var order = Array(0..<(x.rank - 2))
      let places = [(first, x.rank - 2), (second, x.rank - 1)].sorted { $0.0 < $1.0 }
      for (place, axis) in places { order.insert(axis, at: place) }
      return try x.permute(order)
    },
    torchRow("diagflat(input, offset=0)", "A matrix with all elements on a diagonal.", "torch.diagflat(torch.tensor([1., 2.]))") { a in
      try a.torchTensor(0).reshape([-1]).diagonalMatrix(offset: a.int(1))
    },
    torchRow("as_strided(input, size, stride, storage_offset=None)", "Any view of the memory.", "torch.as_strided(torch.arange(6), (2, 2), (1, 2))") { a in
      try a.torchTensor(0).asStrided(a.shape(1), a.shape(2), offset: a.optionalInt(3))
    },
    Native("tensor_split(input, indices_or_sections, dim=0)", "Pieces as equal as can be, or between places.", example: "torch.tensor_split(torch.arange(5), 2)") { a in
      try pieces(a, a.int(2))
    },
    Native("hsplit(input, indices_or_sections)", "Pieces side by side.", example: "torch.hsplit(\(m), 2)") { a in
      try pieces(a, a.torchTensor(0).rank == 1 ? 0 : 1)
    },
    Native("vsplit(input, indices_or_sections)", "Pieces below each other.", example: "torch.vsplit(\(m), 2)") { a in try pieces(a, 0) },
    Native("dsplit(input, indices_or_sections)", "Pieces along the third axis.", example: "torch.dsplit(torch.ones(1, 1, 2), 2)") { a in try pieces(a, 2) },
    torchRow("renorm(input, p, dim, maxnorm)", "Slices scaled down to a largest norm.", "torch.renorm(\(m), 2, 0, 1.)") {
      try $0.torchTensor(0).renorm(power: $0.double(1), axis: $0.int(2), limit: $0.double(3))
    },
    torchRow("dist(input, other, p=2)", "The norm of the difference.", "torch.dist(torch.zeros(2), torch.ones(2))") {
      try ($0.torchTensor(0) - $0.torchTensor(1)).vectorNorm(order: $0.double(2))
    },
    torchUnary("adjoint", "The last two axes exchanged, conjugated.", m) { try $0.transpose(-2, -1).conjugate() },
  ]

  private static func pieces(_ a: Arguments, _ axis: Int) throws -> Value {
    let x = try a.torchTensor(0)
    let along = try Shape.axis(axis, rank: x.rank, a.function.name)
    guard x.rank > along else {
      throw Raise(.runtimeError, "\(a.function.name) requires a tensor with at least \(along + 1) dimension, but got a tensor with \(x.rank) dimensions!")
    }
    let size = x.shape[along]
    var sizes: [Int] = []
    if let count = try a.machine.index(a[1]) ?? a[1].asTensorObject.flatMap({ $0.tensor.rank == 0 ? try $0.tensor.item().int : nil }) {
      if count < 1 || count > size + 1_000_000 {
        throw Raise(.runtimeError, "number of sections must be larger than 0, got \(count)")
      }
      if a.function.name != "tensor_split", size % count != 0 {
        throw Raise(.runtimeError, "\(a.function.name): dimension \(along) of size \(size) is not divisible by \(count)")
      }
      sizes = (0..<count).map { size / count + ($0 < size % count ? 1 : 0) }
    } else {
      var last = 0
      for bound in try a.machine.ints(a[1]) {
        let place = min(max(bound < 0 ? bound + size : bound, last), size)
        sizes.append(place - last)
        last = place
      }
      sizes.append(size - last)
    }
    return .tuple(try x.split(sizes: sizes, axis: along).map { a.machine.torchValue($0) })
  }

  /// Functions that are no methods.
  static let others: [Native] = [
    Native("einsum(equation, *operands)", "Einstein's summation: axes that the result does not name are summed.", example: "torch.einsum('ij,jk->ik', torch.eye(2), torch.ones(2, 2))") { a in
      let (equation, operands) = try einsum(a, .torch)
      return a.machine.torchValue(try Tensor.einsum(equation, operands))
    },
    torchRow("tensordot(a, b, dims=2)", "The sum of products over several axes.", "torch.tensordot(torch.ones(2, 3), torch.ones(3, 2), dims=1)") { a in
      let (x, y) = (try a.torchTensor(0), try a.torchTensor(1))
      let (first, second) = try tensordotAxes(x, a, 2)
      return try x.tensordot(y, first, second)
    },
    torchRow("chain_matmul(*matrices)", "The product of several matrices.", "torch.chain_matmul(torch.eye(2), torch.eye(2))") { a in
      try Tensor.multiDot(a.items(0).map { try a.machine.tensor($0, .torch) })
    },
    torchRow("vander(x, N=None, increasing=False)", "Powers as columns.", "torch.vander(torch.tensor([1, 2, 3]))") {
      try $0.torchTensor(0).vander($0.optionalInt(1), increasing: $0.bool(2))
    },
    torchRow("cdist(x1, x2, p=2.0, compute_mode=None)", "The distances between all rows.", "torch.cdist(torch.zeros(2, 3), torch.ones(1, 3))") {
      try $0.torchTensor(0).cdist($0.torchTensor(1), power: $0.double(2))
    },
    torchRow("pdist(input, p=2.0)", "The distances between different rows.", "torch.pdist(torch.eye(3))") {
      try $0.torchTensor(0).pdist(power: $0.double(1))
    },
    torchRow("cosine_similarity(x1, x2, dim=1, eps=1e-08)", "The cosine of the angle between vectors.", "torch.cosine_similarity(torch.ones(2), torch.ones(2), dim=0)") {
      try $0.torchTensor(0).cosineSimilarity($0.torchTensor(1), axis: $0.int(2), epsilon: $0.double(3))
    },
    torchRow("pairwise_distance(x1, x2, p=2.0, eps=1e-06, keepdim=False)", "The distances between rows in pairs.", "torch.pairwise_distance(torch.zeros(2, 3), torch.ones(2, 3))") {
      try $0.torchTensor(0).pairwiseDistance($0.torchTensor(1), power: $0.double(2), epsilon: $0.double(3), keepDims: $0.bool(4))
    },
    torchRow("block_diag(*tensors)", "Matrices along the diagonal.", "torch.block_diag(torch.eye(2), torch.ones(1, 1))") { a in
      try Tensor.blockDiagonal(a.items(0).map { try a.machine.tensor($0, .torch) })
    },
    torchRow("cartesian_prod(*tensors)", "All combinations of one element of each.", "torch.cartesian_prod(torch.arange(2), torch.arange(2))") { a in
      try Tensor.cartesianProduct(a.items(0).map { try a.machine.tensor($0, .torch) })
    },
    torchRow("combinations(input, r=2, with_replacement=False)", "All choices of r elements in order.", "torch.combinations(torch.arange(3))") {
      try $0.torchTensor(0).combinations($0.int(1), replacement: $0.bool(2))
    },
    torchRow("tril_indices(row, col, offset=0, *, dtype=None)", "Rows and columns of the lower triangle.", "torch.tril_indices(2, 2)") { a in
      let places = try Tensor.triangleIndices(a.int(0), a.int(1), offset: a.int(2), upper: false)
      return try a.optionalDType(3, .torch).map { try places.to($0) } ?? places
    },
    torchRow("triu_indices(row, col, offset=0, *, dtype=None)", "Rows and columns of the upper triangle.", "torch.triu_indices(2, 2)") { a in
      let places = try Tensor.triangleIndices(a.int(0), a.int(1), offset: a.int(2), upper: true)
      return try a.optionalDType(3, .torch).map { try places.to($0) } ?? places
    },
    torchRow("dstack(tensors)", "Tensors behind each other along the third axis.", "torch.dstack([torch.ones(2), torch.ones(2)]).shape") { a in
      try Tensor.cat(a.tensors(0, .torch).map { try $0.atLeast(3) }, axis: 2)
    },
    torchRow("column_stack(tensors)", "Vectors as columns.", "torch.column_stack([torch.ones(2), torch.zeros(2)])") { a in
      try Tensor.cat(a.tensors(0, .torch).map { $0.rank < 2 ? try $0.reshape([-1, 1]) : $0 }, axis: 1)
    },
    atLeast(1), atLeast(2), atLeast(3),
    Native("broadcast_shapes(*shapes)", "The shape that shapes broadcast to.", example: "torch.broadcast_shapes((2, 1), (3,))") { a in
      let shapes = try a.items(0).map { value -> [Int] in
        if let one = try a.machine.index(value) { return [one] }
        return try a.machine.sizes(value, "broadcast_shapes")
      }
      return TorchSize.make(
        try shapes.reduce([]) { try Shape.broadcast($0, $1, "broadcast_shapes") }, a.machine.tensorTypes)
    },
    Native("result_type(tensor1, tensor2)", "The dtype of an operation on both.", example: "torch.result_type(torch.ones(1), 2)") { a in
      let row = Operators.Binary("add", "+", .add, "add")
      let sum: Tensor
      let (x, y) = (try a.operand(0, .torch), try a.operand(1, .torch))
      func small(_ operand: Operators.Operand) throws -> Operators.Operand {
        guard case .tensor(let tensor) = operand else { return operand }
        return .tensor(try Tensor.zeros(tensor.rank == 0 ? [] : [1], dtype: tensor.dtype))
      }
      sum = try row(small(x), small(y), .torch)
      return a.machine.tensorTypes.dtype(sum.dtype, .torch)
    },
    Native("promote_types(type1, type2)", "The smallest dtype that holds both.", example: "torch.promote_types(torch.int64, torch.float32)") { a in
      a.machine.tensorTypes.dtype(Promotion.torch.join(try a.dtype(0, .torch), try a.dtype(1, .torch)), .torch)
    },
    Native("can_cast(from_, to)", "Whether a conversion keeps the kind of number.", example: "torch.can_cast(torch.float32, torch.int64)") { a in
      func level(_ dtype: DType) -> Int { dtype == .bool ? 0 : dtype.isInteger ? 1 : dtype.isFloating ? 2 : 3 }
      return .bool(level(try a.dtype(0, .torch)) <= level(try a.dtype(1, .torch)))
    },
  ]

  private static func atLeast(_ rank: Int) -> Native {
    Native("atleast_\(rank)d(*tensors)", "With at least \(rank) axes.", example: "torch.atleast_\(rank)d(torch.tensor(1.))") { a in
      let items = try a.items(0)
      if items.count == 1, let object = items[0].asTensorObject {
        return a.machine.torchValue(try object.tensor.atLeast(rank))
      }
      let values = items.count == 1 ? try a.machine.array(items[0]) : items
      return .tuple(try values.map { a.machine.torchValue(try a.machine.tensor($0, .torch).atLeast(rank)) })
    }
  }

  // MARK: - Shared with numpy

  /// Both forms of einsum's arguments: an equation and operands (or a list of them), or operands each
  /// followed by the numbers of its axes.
  static func einsum(_ a: Arguments, _ flavor: Flavor) throws -> (String, [Tensor]) {
    var operands = try a.items(1)
    if let equation = a[0].swiftString {
      if operands.count == 1, operands[0].asTensorObject == nil, operands[0].asList != nil || operands[0].asTuple != nil, flavor == .torch {
        operands = try a.machine.array(operands[0])
      }
      return (equation, try operands.map { try a.machine.tensor($0, flavor) })
    }
    operands.insert(a[0], at: 0)
    func letters(_ value: Value) throws -> String {
      try a.machine.array(value).map { item -> String in
        if item.isEllipsis { return "..." }
        guard let number = try a.machine.index(item), (0..<52).contains(number) else {
          throw Raise(.valueError, "einsum: subscripts in a list are integers in [0, 52)")
        }
        return UnicodeScalar(UInt8(number < 26 ? 65 + number : 71 + number)).description
      }.joined()
    }
    var (terms, tensors): ([String], [Tensor]) = ([], [])
    var i = 0
    while i + 1 < operands.count {
      tensors.append(try a.machine.tensor(operands[i], flavor))
      terms.append(try letters(operands[i + 1]))
      i += 2
    }
    var equation = terms.joined(separator: ",")
    if i < operands.count { equation += "->" + (try letters(operands[i])) }
    return (equation, tensors)
  }

  /// tensordot's `dims`: a number, or two lists of axes.
  static func tensordotAxes(_ x: Tensor, _ a: Arguments, _ index: Int) throws -> ([Int], [Int]) {
    if let count = try a.machine.index(a[index]) {
      guard count >= 0, count <= x.rank else {
        throw Raise(.runtimeError, "tensordot expects dims >= 0 and at most \(x.rank), but got dims=\(count)")
      }
      return (Array((x.rank - count)..<x.rank), Array(0..<count))
    }
    let lists = try a.machine.array(a[index])
    guard lists.count == 2 else {
      throw Raise(.runtimeError, "tensordot expects dims to be an int or two lists of axes")
    }
    func axes(_ value: Value) throws -> [Int] {
      if let one = try a.machine.index(value) { return [one] }
      return try a.machine.sizes(value, "tensordot")
    }
    return (try axes(lists[0]), try axes(lists[1]))
  }

  /// Methods that are no functions.
  static let methods: [Native] = [
    torchRow("unfold(self, dimension, size, step)", "Runs of an axis as a new last axis: a view.", "torch.arange(5).unfold(0, 2, 1)") {
      try $0.torchTensor(0).windows(axis: $0.int(1), size: $0.int(2), step: $0.int(3))
    },
    torchRow("half(self)", "As float16.", "torch.ones(2).half()") { try $0.torchTensor(0).to(.float16) },
    torchRow("bfloat16(self)", "As bfloat16.", "torch.ones(2).bfloat16()") { try $0.torchTensor(0).to(.bfloat16) },
    torchRow("cfloat(self)", "As complex64.", "torch.ones(2).cfloat()") { try $0.torchTensor(0).to(.complex64) },
    torchRow("cdouble(self)", "As complex128.", "torch.ones(2).cdouble()") { try $0.torchTensor(0).to(.complex128) },
    torchRow("sum_to_size(self, *size)", "The sum over what a smaller shape repeats.", "torch.ones(2, 3).sum_to_size(1, 3)") {
      try $0.torchTensor(0).summed(to: $0.sizes(1))
    },
    Native("new_empty(self, size, *, dtype=None)", "Zeros of the given sizes with this one's dtype.", example: "torch.eye(2).new_empty(3).shape") { a in
      a.machine.torchValue(try Tensor.zeros(a.shape(1), dtype: a.optionalDType(2, .torch) ?? a.torchTensor(0).dtype))
    },
    Native("storage_offset(self)", "Elements from the start of the memory to the first.", example: "torch.arange(3)[1:].storage_offset()") { a in
      .int(try a.torchTensor(0).offset)
    },
    Native("is_shared(self)", "False: memory belongs to this process.", example: "torch.ones(1).is_shared()") { _ in .bool(false) },
  ]
}
