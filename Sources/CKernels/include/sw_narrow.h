// Integers that are stored only: 8 and 16 bits with a sign, 16 and 32 bits without. They convert to and
// from the types of `sw_kernels.h`; what computes with them converts to 64 bits first.
#ifndef SWIFTLET_SW_NARROW_H
#define SWIFTLET_SW_NARROW_H
#include "sw_kernels.h"

// They follow the other element types in number.
enum { SW_I8 = SW_DTYPE_COUNT, SW_I16, SW_U16, SW_U32, SW_NARROW_END };

// The loop that converts between one of these and float32, float64, int64, int32, uint8, bool or
// another of these; NULL for other pairs. Numbers are cut towards zero and wrap; NaN is 0.
sw_unary_loop sw_narrow_cast(int from, int to);
#endif
