// CKernels: the hot loops, in C, one body compiled per instruction set.
