// Picks the loops of sw_layers.h for the processor.
#include "sw_layers.h"

#include <stdatomic.h>

extern const sw_layer_table sw_layers_baseline;
#if defined(__x86_64__)
extern const sw_layer_table sw_layers_avx2;
extern const sw_layer_table sw_layers_avx512;
#endif

const sw_layer_table *sw_layers_at(int index) {
  const sw_layer_table *found[3] = {&sw_layers_baseline, 0, 0};
#if defined(__x86_64__)
  found[1] = &sw_layers_avx2;
  found[2] = &sw_layers_avx512;
#endif
  return sw_kernels_at(index) ? found[index] : 0;
}

const sw_layer_table *sw_layers(void) {
  // Threads that race here store the same pointer.
  static _Atomic(const sw_layer_table *) chosen;
  const sw_layer_table *table = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (table) return table;
  for (int i = 0; sw_layers_at(i); i++) table = sw_layers_at(i);
  atomic_store_explicit(&chosen, table, memory_order_relaxed);
  return table;
}
