// The public face of the C kernels.
#ifndef SWIFTLET_KERNELS_H
#define SWIFTLET_KERNELS_H
#include <stddef.h>
#include <stdint.h>
#endif
