// Elementwise loops one after the other over blocks that stay in the cache.
#ifndef SWIFTLET_SW_CHAIN_H
#define SWIFTLET_SW_CHAIN_H
#include <stdint.h>

#include "sw_kernels.h"
#include "sw_stream.h"

// Where a step reads or writes. `advance` is 0 for memory that every block uses again.
typedef struct sw_chain_place {
  char *base;
  int64_t stride;   // bytes from element to element
  int64_t advance;  // bytes that a block begins further on, for each element before it
  int64_t counts_from_call;  // whether `base` stands for the first element of the call, not of all
} sw_chain_place;

// One of the three loops is there.
typedef struct sw_chain_step {
  sw_unary_loop unary;
  sw_binary_loop binary;
  sw_float_loop floats;  // over floats without gaps
  sw_chain_place out, a, b;
} sw_chain_step;

// Runs all steps on elements from..<to, a block at a time.
void sw_chain_run(int64_t count, const sw_chain_step *steps, int64_t from, int64_t to, int64_t block);
#endif
