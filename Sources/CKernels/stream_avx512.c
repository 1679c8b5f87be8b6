// The loops of sw_stream.h for avx512.
#if defined(__x86_64__)
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "sw_stream.h"

#define SW_STREAM_TABLE sw_streams_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)
#include "bodies/stream.h"
#pragma clang attribute pop
#endif
