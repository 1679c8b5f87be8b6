// What a running program shares: the interrupt flag, the thread pool, per-thread slots.
#ifndef SWIFTLET_SW_RUNTIME_H
#define SWIFTLET_SW_RUNTIME_H
#include <stdatomic.h>
#include <stdint.h>

// Interrupt flags. The process has one; a thread may listen to one of its own instead. A flag may
// be set from any thread and from a signal handler.
typedef struct sw_interrupt {
  atomic_int pending;
} sw_interrupt;
extern sw_interrupt sw_process_interrupt;
extern _Thread_local sw_interrupt *sw_own_interrupt;  // NULL is the process's
static inline sw_interrupt *sw_interrupt_heard(void) {
  sw_interrupt *own = sw_own_interrupt;
  return own ? own : &sw_process_interrupt;
}
static inline sw_interrupt *sw_process_interrupt_pointer(void) { return &sw_process_interrupt; }
static inline sw_interrupt *sw_own_interrupt_get(void) { return sw_own_interrupt; }
static inline void sw_interrupt_listen(sw_interrupt *flag) { sw_own_interrupt = flag; }
static inline void sw_interrupt_set(sw_interrupt *flag, int value) {
  atomic_store(&flag->pending, value);
}
static inline int sw_interrupt_get(sw_interrupt *flag) {
  return atomic_load_explicit(&flag->pending, memory_order_relaxed);
}
static inline int sw_interrupt_pending(void) { return sw_interrupt_get(sw_interrupt_heard()); }

// Pool. Runs body(context, i) for every i in 0..<count; the caller takes part and returns when all
// are done. A nested call runs on its caller alone. Chunks not begun are skipped once an interrupt
// is pending; returns 1 then, else 0.
typedef void (*sw_pool_body)(void *context, int64_t index);
int sw_pool_run(int64_t count, void *context, sw_pool_body body);
int sw_pool_threads(void);
void sw_pool_set_threads(int count);  // 1...256, the caller included
int sw_processor_count(void);         // processors that this process may use

// Slots of the calling thread; the library above says what they mean.
enum { SW_SLOT_GRADIENTS_OFF, SW_SLOT_RELEASING, SW_SLOT_COUNT };
extern _Thread_local void *sw_slots[SW_SLOT_COUNT];
static inline void *sw_slot_get(int slot) { return sw_slots[slot]; }
static inline void sw_slot_set(int slot, void *value) { sw_slots[slot] = value; }

// Numbers that grow by one with each call, from any thread; the first is 1.
extern _Atomic int64_t sw_sequence;
static inline int64_t sw_next_sequence(void) {
  return atomic_fetch_add_explicit(&sw_sequence, 1, memory_order_relaxed) + 1;
}
#endif
