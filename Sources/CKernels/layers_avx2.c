// The loops of sw_layers.h for avx2.
#if defined(__x86_64__)
#include <math.h>
#include <string.h>

#include "sw_layers.h"

#define SW_LAYER_TABLE sw_layers_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "bodies/layers.h"
#pragma clang attribute pop
#endif
