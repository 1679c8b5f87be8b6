// Compute: numeric kernels on raw buffers.
//
// Owns: the Swift face of the C kernels (`CKernels`, one body per instruction set, picked at run
// time), BLAS calls, the thread pool, the free-list allocator and its memory charge, the interrupt
// flag that long kernels poll.
// Must not know: tensors, shapes, gradients, the language.
// Invariants: functions take sizes and pointers that the caller has checked; nothing here throws for
// a shape; the same result comes out whatever the number of threads.
// To add a kernel: its loop in `CKernels/bodies`, a row in `bodies/table.h`.
// Imports: CKernels (exported: the loops are called with the pointers they take), CBLAS.
@_exported import CKernels
