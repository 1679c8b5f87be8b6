// The public face of the C kernels. What each part owns stands in its own header.
#ifndef SWIFTLET_CKERNELS_H
#define SWIFTLET_CKERNELS_H
#include "sw_chain.h"
#include "sw_format.h"
#include "sw_kernels.h"
#include "sw_layers.h"
#include "sw_memory.h"
#include "sw_narrow.h"
#include "sw_product.h"
#include "sw_random.h"
#include "sw_runtime.h"
#include "sw_stream.h"
#endif
