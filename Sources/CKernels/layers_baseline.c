// The loops of sw_layers.h for baseline.
#include <math.h>
#include <string.h>

#include "sw_layers.h"

#define SW_LAYER_TABLE sw_layers_baseline
#include "bodies/layers.h"
