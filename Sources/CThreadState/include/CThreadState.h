#ifndef C_THREAD_STATE_H
#define C_THREAD_STATE_H

// One pointer for each thread: where the objects that a thread makes are noted.
//
// Swift has no thread-local variables of its own, and `pthread_getspecific` is a call on the path of
// every object that is made. In a program this access is one instruction.

#if defined(__ELF__)
extern _Thread_local void *sw_thread_tracking __attribute__((tls_model("initial-exec")));
#else
extern _Thread_local void *sw_thread_tracking;
#endif

/// The pointer of this thread; NULL at first.
static inline void *sw_thread_tracking_get(void) { return sw_thread_tracking; }

static inline void sw_thread_tracking_set(void *pointer) { sw_thread_tracking = pointer; }

#endif
