// The loops for AVX-512.
#if defined(__x86_64__)
#include <math.h>
#include <string.h>

#include "sw_kernels.h"

#define SW_TABLE sw_table_avx512
#define SW_TABLE_NAME "avx512"
#define SW_SETS "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"
#pragma clang attribute push(__attribute__((target(SW_SETS))), apply_to = function)
#include "bodies/all.h"
#pragma clang attribute pop
#endif
