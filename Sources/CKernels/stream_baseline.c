// The loops of sw_stream.h for baseline.
#include <math.h>
#include <stdatomic.h>
#include <string.h>

#include "sw_stream.h"

#define SW_STREAM_TABLE sw_streams_baseline
#include "bodies/stream.h"
