// The loops for the compiler's default set: SSE2 on x86-64, NEON on arm64.
#include <math.h>
#include <string.h>

#include "sw_kernels.h"

#define SW_TABLE sw_table_baseline
#define SW_TABLE_NAME "baseline"
#include "bodies/all.h"
