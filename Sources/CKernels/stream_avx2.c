// The loops of sw_stream.h for avx2.
#if defined(__x86_64__)
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "sw_stream.h"

#define SW_STREAM_TABLE sw_streams_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "bodies/stream.h"
#pragma clang attribute pop
#endif
