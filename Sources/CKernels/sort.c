// Sorting by keys: insertion for short runs, else one pass per byte from the lowest, skipping bytes
// that all keys share. Stable, no recursion, linear time whatever the input.
#include <string.h>

#include "sw_kernels.h"
#include "sw_runtime.h"

enum { SHORT_RUN = 48 };

#define RADIX(NAME, K)                                                                   \
  static int NAME(int64_t n, K *keys, K *spare, int64_t *places, int64_t *spare_places) { \
    for (int64_t i = 0; i < n; i++) places[i] = i;                                       \
    if (n <= SHORT_RUN) {                                                                \
      for (int64_t i = 1; i < n; i++) {                                                  \
        K key = keys[i];                                                                 \
        int64_t j = i;                                                                   \
        for (; j > 0 && keys[j - 1] > key; j--) {                                        \
          keys[j] = keys[j - 1];                                                         \
          places[j] = places[j - 1];                                                     \
        }                                                                                \
        keys[j] = key;                                                                   \
        places[j] = i;                                                                   \
      }                                                                                  \
      return 0;                                                                          \
    }                                                                                    \
    K *from = keys, *to = spare;                                                         \
    int64_t *at = places, *next = spare_places;                                          \
    for (int shift = 0; shift < (int)sizeof(K) * 8; shift += 8) {                        \
      int64_t count[256] = {0};                                                          \
      for (int64_t i = 0; i < n; i++) count[(from[i] >> shift) & 255]++;                 \
      if (count[(from[0] >> shift) & 255] == n) continue;                                \
      int64_t start = 0;                                                                 \
      for (int b = 0; b < 256; b++) {                                                    \
        int64_t c = count[b];                                                            \
        count[b] = start;                                                                \
        start += c;                                                                      \
      }                                                                                  \
      for (int64_t i = 0; i < n; i++) {                                                  \
        if ((i & 0xfffff) == 0 && sw_interrupt_pending()) return 1;                      \
        int64_t slot = count[(from[i] >> shift) & 255]++;                                \
        to[slot] = from[i];                                                              \
        next[slot] = at[i];                                                              \
      }                                                                                  \
      K *k = from;                                                                       \
      from = to;                                                                         \
      to = k;                                                                            \
      int64_t *p = at;                                                                   \
      at = next;                                                                         \
      next = p;                                                                          \
    }                                                                                    \
    if (at != places) memcpy(places, at, (size_t)n * sizeof *places);                    \
    return 0;                                                                            \
  }
RADIX(radix32, uint32_t)
RADIX(radix64, uint64_t)

int sw_radix_argsort(int size, int64_t n, void *keys, void *spare, int64_t *places,
                     int64_t *spare_places) {
  return size == 8 ? radix64(n, keys, spare, places, spare_places)
                   : radix32(n, keys, spare, places, spare_places);
}
