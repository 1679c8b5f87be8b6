// TensorCore: dtype, shape, layout, storage, `Tensor`, operations, reverse-mode autograd, random
// generators, printing.
//
// Owns: `Tensor` and everything that makes a tensor from tensors.
// Must not know: layers, models, the language, plots.
// Invariants: every operation validates shapes and dtypes before it touches memory and throws
// `TensorError`; no recursion along a graph (backward and release are iterative).
// To add an operation: one declaration in `Ops/<Family>.swift` and a golden row.
// Imports: Compute (exported: interrupts, threads and memory are set there).
@_exported import Compute
