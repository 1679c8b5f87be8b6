// The loops of sw_layers.h for avx512.
#if defined(__x86_64__)
#include <math.h>
#include <string.h>

#include "sw_layers.h"

#define SW_LAYER_TABLE sw_layers_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#define SW_OWN_POOLS
#define SW_OWN_ROWS
#include "bodies/short_rows_avx512.h"
#include "bodies/layers.h"
#pragma clang attribute pop
#endif
