// Free lists by size class behind a charge.
//
// A class is a power of two cut in four, so at most a quarter of a block is lost. Freed blocks are
// kept for reuse: a training step asks for the same sizes again and again, and fresh pages of the
// system cost about 0.25 us per 4 KiB.
#include "sw_memory.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

enum { SMALLEST = 6, CLASSES = 4 * (48 - SMALLEST), ALIGNMENT = 64 };

static const int64_t KEPT_AT_MOST = (int64_t)1 << 30;
enum { PARKED_AT_MOST = 1 << 25, PARKED_BLOCK = 1 << 16 };

typedef struct block {
  struct block *next;
  void *object;  // of parked blocks
} block;

static atomic_flag spin = ATOMIC_FLAG_INIT;
static block *lists[CLASSES];
static block *parked[CLASSES];
static int64_t used, kept, limit;
static int64_t parked_bytes;  // a part of kept
static void (*dispose_of)(void *object);

static void enter(void) {
  while (atomic_flag_test_and_set_explicit(&spin, memory_order_acquire)) {
  }
}
static void leave(void) { atomic_flag_clear_explicit(&spin, memory_order_release); }

// Class and rounded size; -1 when no class is that large.
static int class_of(int64_t bytes, int64_t *rounded) {
  if (bytes < 1) bytes = 1;
  if (bytes > ((int64_t)1 << 47)) return -1;
  if (bytes <= (1 << SMALLEST)) {
    *rounded = 1 << SMALLEST;
    return 0;
  }
  int top = 63 - __builtin_clzll((uint64_t)(bytes - 1));  // 2^top < bytes <= 2^(top+1)
  int64_t base = (int64_t)1 << top;
  int64_t step = base / 4;
  int64_t quarters = (bytes - base + step - 1) / step;  // 1...4
  *rounded = base + quarters * step;
  return (top - SMALLEST) * 4 + (int)quarters;
}

// The size of the blocks of a class.
static int64_t size_of(int c) {
  if (c == 0) return 1 << SMALLEST;
  int64_t base = (int64_t)1 << ((c - 1) / 4 + SMALLEST);
  return base + ((c - 1) % 4 + 1) * (base / 4);
}

static int64_t current_limit(void) {  // under spin
  if (limit == 0) {
    long pages = sysconf(_SC_PHYS_PAGES), size = sysconf(_SC_PAGESIZE);
    limit = pages > 0 && size > 0 ? (int64_t)pages / 5 * 4 * size : (int64_t)4 << 30;
  }
  return limit;
}

void *sw_memory_unpark(int64_t bytes) {
  if (bytes > PARKED_BLOCK) return NULL;
  int64_t size;
  int c = class_of(bytes, &size);
  enter();
  block *b = parked[c];
  if (!b || size > current_limit() - used) {
    leave();
    return NULL;
  }
  parked[c] = b->next;
  used += size;
  kept -= size;
  parked_bytes -= size;
  leave();
  return b->object;
}

int sw_memory_park(void *object, void *pointer, int64_t granted) {
  if (granted > PARKED_BLOCK) return 0;
  int64_t size;
  int c = class_of(granted, &size);
  enter();
  int takes = parked_bytes + granted <= PARKED_AT_MOST && kept + granted <= KEPT_AT_MOST;
  if (takes) {
    block *b = pointer;
    b->object = object;
    b->next = parked[c];
    parked[c] = b;
    used -= granted;
    kept += granted;
    parked_bytes += granted;
  }
  leave();
  return takes;
}

void sw_memory_set_disposal(void (*dispose)(void *object)) { dispose_of = dispose; }

// Hands what is parked to its owners, who give the blocks back.
static void dispose_parked(void) {
  for (int c = 0; c < CLASSES; c++) {
    enter();
    block *b = parked[c];
    parked[c] = NULL;
    int64_t size = size_of(c);
    for (block *x = b; x; x = x->next) {
      used += size;
      kept -= size;
      parked_bytes -= size;
    }
    leave();
    while (b) {
      block *next = b->next;
      dispose_of(b->object);
      b = next;
    }
  }
}

void sw_memory_trim(void) {
  dispose_parked();
  for (int c = 0; c < CLASSES; c++) {
    enter();
    block *b = lists[c];
    lists[c] = NULL;
    int64_t count = 0;
    for (block *x = b; x; x = x->next) count++;
    kept -= count * size_of(c);
    leave();
    while (b) {
      block *next = b->next;
      free(b);
      b = next;
    }
  }
}

void *sw_memory_take(int64_t bytes, int64_t *granted) {
  int64_t size;
  int c = class_of(bytes, &size);
  if (c < 0 || c >= CLASSES) return NULL;
  enter();
  if (size > current_limit() - used) {
    leave();
    return NULL;
  }
  used += size;
  block *b = lists[c];
  int over = 0;
  if (b) {
    lists[c] = b->next;
    kept -= size;
  } else {
    over = kept > 0 && used + kept > limit;
  }
  leave();
  *granted = size;
  if (b) return b;
  if (over) sw_memory_trim();
  void *fresh = NULL;
  if (posix_memalign(&fresh, ALIGNMENT, (size_t)size) == 0) return fresh;
  sw_memory_trim();
  if (posix_memalign(&fresh, ALIGNMENT, (size_t)size) == 0) return fresh;
  enter();
  used -= size;
  leave();
  return NULL;
}

void sw_memory_give(void *pointer, int64_t granted) {
  if (!pointer) return;
  int64_t size;
  int c = class_of(granted, &size);
  enter();
  used -= granted;
  int keep = kept + granted <= KEPT_AT_MOST;
  if (keep) {
    block *b = pointer;
    b->next = lists[c];
    lists[c] = b;
    kept += granted;
  }
  leave();
  if (!keep) free(pointer);
}

int64_t sw_memory_used(void) {
  enter();
  int64_t n = used;
  leave();
  return n;
}

int64_t sw_memory_cached(void) {
  enter();
  int64_t n = kept;
  leave();
  return n;
}

int64_t sw_memory_limit(void) {
  enter();
  int64_t n = current_limit();
  leave();
  return n;
}

void sw_memory_set_limit(int64_t bytes) {
  enter();
  limit = bytes < 1 ? 1 : bytes;
  leave();
}
