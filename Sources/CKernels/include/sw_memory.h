// Blocks of memory behind a charge: what is out never exceeds the limit.
#ifndef SWIFTLET_SW_MEMORY_H
#define SWIFTLET_SW_MEMORY_H
#include <stdint.h>

// A block of at least `bytes`, aligned to 64, not cleared; NULL when the charge or the system
// refuses. `*granted` receives the size to give back.
void *sw_memory_take(int64_t bytes, int64_t *granted);
void sw_memory_give(void *block, int64_t granted);
int64_t sw_memory_used(void);    // bytes out
int64_t sw_memory_cached(void);  // bytes kept for reuse
int64_t sw_memory_limit(void);
void sw_memory_set_limit(int64_t bytes);
void sw_memory_trim(void);  // gives the cached blocks back to the system
#endif
