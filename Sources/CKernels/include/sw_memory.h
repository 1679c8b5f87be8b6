// Blocks of memory behind a charge: what is out never exceeds the limit.
#ifndef SWIFTLET_SW_MEMORY_H
#define SWIFTLET_SW_MEMORY_H
#include <stdint.h>

// A block of at least `bytes`, aligned to 64, not cleared; NULL when the charge or the system
// refuses. `*granted` receives the size to give back.
void *sw_memory_take(int64_t bytes, int64_t *granted);
void sw_memory_give(void *block, int64_t granted);

// Small blocks are kept together with the object that owns them, which spares making both anew.
// sw_memory_unpark gives such an object back, charged, or NULL; sw_memory_park takes one over and
// returns 1, or 0 when it will not. What is parked when memory is trimmed goes to the function.
void *sw_memory_unpark(int64_t bytes);
int sw_memory_park(void *object, void *block, int64_t granted);
void sw_memory_set_disposal(void (*dispose)(void *object));

int64_t sw_memory_used(void);    // bytes out
int64_t sw_memory_cached(void);  // bytes kept for reuse
int64_t sw_memory_limit(void);
void sw_memory_set_limit(int64_t bytes);
void sw_memory_trim(void);  // gives the cached blocks back to the system
#endif
