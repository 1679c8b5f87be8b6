import Language
import TensorCore

/// Functions that pick elements: gather, sort, top-k, masks; and products.
enum TorchSelection {
  static let functions: [Native] = picks + sorts + products

  private static let picks: [Native] = [
    Native("gather(input, dim, index)", "Along an axis the elements that an index tensor names.", example: "torch.gather(torch.tensor([[1, 2], [3, 4]]), 1, torch.tensor([[0], [1]]))") {
      a in a.machine.torchValue(try a.torchTensor(0).gather(a.int(1), a.torchTensor(2)))
    },
    Native("scatter_add(input, dim, index, src)", "src added at the places that an index tensor names.", example: "torch.scatter_add(torch.zeros(3), 0, torch.tensor([0, 2, 2]), torch.ones(3))") {
      a in
      a.machine.torchValue(
        try a.torchTensor(0).scatterAdd(a.int(1), a.torchTensor(2), a.torchTensor(3)))
    },
    Native("index_select(input, dim, index)", "Along an axis the slices that an index names.", example: "torch.index_select(torch.eye(3), 0, torch.tensor([2, 0]))") {
      a in a.machine.torchValue(try a.torchTensor(0).indexSelect(a.int(1), a.torchTensor(2)))
    },
    Native("masked_select(input, mask)", "The elements where a mask holds.", example: "torch.masked_select(torch.arange(4), torch.arange(4) > 1)") {
      a in
      let (x, mask) = (try a.torchTensor(0), try a.torchTensor(1))
      let shape = try Shape.broadcast(x.shape, mask.shape, "masked_select")
      return a.machine.torchValue(try x.expand(shape).index([.tensor(mask.expand(shape))]))
    },
    Native("masked_fill(input, mask, value)", "With a value where a mask holds.", example: "torch.masked_fill(torch.zeros(2), torch.tensor([True, False]), 5)") {
      a in a.machine.torchValue(try a.torchTensor(0).maskedFill(a.torchTensor(1), a.scalar(2)))
    },
    Native("take(input, index)", "Elements by their place in row-major order.", example: "torch.take(torch.eye(2), torch.tensor([0, 3]))") {
      a in
      a.machine.torchValue(try a.torchTensor(0).reshape([-1]).index([.tensor(a.torchTensor(1))]))
    },
    Native("nonzero(input, *, as_tuple=False)", "The places of elements that are not 0.", example: "torch.nonzero(torch.eye(2))") {
      a in
      let x = try a.torchTensor(0)
      if try a.bool(1) { return .tuple(try TorchMath.places(x, a.machine)) }
      return a.machine.torchValue(try x.nonzero())
    },
    Native("argwhere(input)", "The places of elements that are not 0.", example: "torch.argwhere(torch.eye(2))") { a in
      a.machine.torchValue(try a.torchTensor(0).nonzero())
    },
  ]

  private static let sorts: [Native] = [
    Native("sort(input, dim=-1, descending=False, stable=False)", "Sorted along an axis, with the places.", example: "torch.sort(torch.tensor([3, 1, 2]))") {
      a in
      let (values, indices) = try a.torchTensor(0).sort(axis: a.int(1), descending: a.bool(2))
      return TorchReductions.pair("sort", values, indices, a.machine)
    },
    Native("argsort(input, dim=-1, descending=False, stable=False)", "The places that would sort an axis.", example: "torch.argsort(torch.tensor([3, 1, 2]))") {
      a in a.machine.torchValue(try a.torchTensor(0).argsort(axis: a.int(1), descending: a.bool(2)))
    },
    Native("topk(input, k, dim=-1, largest=True, sorted=True)", "The k largest along an axis, with the places.", example: "torch.topk(torch.tensor([3, 1, 2]), 2)") {
      a in
      let (values, indices) = try a.torchTensor(0).topk(a.int(1), axis: a.int(2), largest: a.bool(3))
      return TorchReductions.pair("topk", values, indices, a.machine)
    },
    Native("median(input, dim=None, keepdim=False)", "The middle element, the lower of two.", example: "torch.median(torch.tensor([3., 1., 2.]))") {
      a in
      let x = try a.torchTensor(0)
      guard let dim = try a.axis(1) else { return a.machine.torchValue(try x.median()) }
      let axis = try Shape.axis(dim, rank: x.rank, "median")
      let (values, indices) = try x.median(axis: axis, keepDims: a.bool(2))
      return TorchReductions.pair("median", values, indices, a.machine)
    },
    Native("unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None)", "The different elements in order; on request the place of each element among them and how often each occurs.", example: "torch.unique(torch.tensor([3, 1, 3]), return_counts=True)") {
      a in
      let x = try a.torchTensor(0)
      if !a[4].isNone {
        let (values, _, inverse, counts) = try x.uniqueSlices(axis: a.int(4))
        var results = [a.machine.torchValue(values)]
        if try a.bool(2) { results.append(a.machine.torchValue(inverse)) }
        if try a.bool(3) { results.append(a.machine.torchValue(counts)) }
        return results.count == 1 ? results[0] : .tuple(results)
      }
      let (values, inverse, counts) = try x.unique()
      var results = [a.machine.torchValue(values)]
      if try a.bool(2) { results.append(a.machine.torchValue(try inverse.reshape(x.shape))) }
      if try a.bool(3) { results.append(a.machine.torchValue(counts)) }
      return results.count == 1 ? results[0] : .tuple(results)
    },
  ]

  private static let products: [Native] = [
    product("matmul", "The matrix product, over leading axes as well.", "torch.eye(2), torch.ones(2, 2)") {
      try $0.matmul($1)
    },
    product("mm", "The product of two matrices.", "torch.eye(2), torch.ones(2, 2)") { x, y in
      try ranks(x, y, 2, 2, "mm", "self must be a matrix",
        "mm: mat2 must be a matrix, got \(y.rank)-D tensor")
      return try x.matmul(y)
    },
    product("bmm", "Products of matrices one by one: [b, n, k] x [b, k, m].", "torch.ones(2, 1, 3), torch.ones(2, 3, 1)") {
      x, y in
      try ranks(x, y, 3, 3, "bmm", "batch1 must be a 3D tensor", "batch2 must be a 3D tensor")
      return try x.matmul(y)
    },
    product("mv", "The product of a matrix and a vector.", "torch.eye(2), torch.ones(2)") { x, y in
      try ranks(x, y, 2, 1, "mv", "input must be a matrix", "vec must be a vector")
      return try x.matmul(y)
    },
    product("dot", "The sum of the products of two vectors.", "torch.ones(2), torch.ones(2)") { x, y in
      try ranks(
        x, y, 1, 1, "dot", "1D tensors expected, but got \(x.rank)D and \(y.rank)D tensors",
        "1D tensors expected, but got \(x.rank)D and \(y.rank)D tensors")
      return try x.dot(y)
    },
    product("outer", "All products of the elements of two vectors.", "torch.ones(2), torch.ones(3)") {
      try $0.outer($1)
    },
  ]

  private static func product(
    _ name: String, _ doc: String, _ sample: String,
    _ body: @escaping (Tensor, Tensor) throws -> Tensor
  ) -> Native {
    Native("\(name)(input, other)", doc, example: "torch.\(name)(\(sample))") { a in
      let object = try a.tensorObject(0)
      return object.types.torch(try body(object.tensor, a.torchTensor(1)))
    }
  }

  private static func ranks(
    _ x: Tensor, _ y: Tensor, _ a: Int, _ b: Int, _ name: String, _ first: String, _ second: String
  ) throws {
    if x.rank != a { throw Raise(.runtimeError, first) }
    if y.rank != b { throw Raise(.runtimeError, second) }
  }
}
