// The loops for AVX2 with fused multiply-add.
#if defined(__x86_64__)
#include <math.h>
#include <string.h>

#include "sw_kernels.h"

#define SW_TABLE sw_table_avx2
#define SW_TABLE_NAME "avx2"
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "bodies/all.h"
#pragma clang attribute pop
#endif
