// Interrupt flag, thread-local slots and the thread pool.
//
// The pool is a counter that threads take chunks from. Workers sleep on a condition variable;
// waking one costs 24-40 us, so the caller begins at once and small work never comes here.
#define _GNU_SOURCE
#include "sw_runtime.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>
#include <unistd.h>

sw_interrupt sw_process_interrupt;
_Thread_local sw_interrupt *sw_own_interrupt;
_Atomic int64_t sw_sequence = 0;
_Thread_local void *sw_slots[SW_SLOT_COUNT];

enum { MAX_THREADS = 256 };

typedef struct {
  sw_pool_body body;
  void *context;
  int64_t count;
  sw_interrupt *interrupt;  // the flag that the caller listens to
  _Atomic int64_t next;
} job;

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static pthread_cond_t idle = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t owner = PTHREAD_MUTEX_INITIALIZER;  // one parallel section at a time
static job *current;          // under lock
static uint64_t generation;   // under lock; a new job increments it
static int busy;              // under lock; workers inside the current job
static int started;           // under lock; worker threads that exist
static atomic_int wanted = 0; // threads to use, 0 = not chosen yet
static _Thread_local int inside;

int sw_processor_count(void) {
#ifdef __linux__
  cpu_set_t set;
  if (sched_getaffinity(0, sizeof set, &set) == 0) {
    int n = CPU_COUNT(&set);
    return n > 0 ? n : 1;
  }
#endif
  long n = sysconf(_SC_NPROCESSORS_ONLN);
  return n > 0 ? (int)n : 1;
}

int sw_pool_threads(void) {
  int n = atomic_load(&wanted);
  if (n == 0) {
    n = sw_processor_count();
    if (n > MAX_THREADS) n = MAX_THREADS;
    atomic_store(&wanted, n);
  }
  return n;
}

void sw_pool_set_threads(int count) {
  if (count < 1) count = 1;
  if (count > MAX_THREADS) count = MAX_THREADS;
  atomic_store(&wanted, count);
}

static void work(job *j) {
  for (;;) {
    if (sw_interrupt_get(j->interrupt)) return;
    int64_t i = atomic_fetch_add(&j->next, 1);
    if (i >= j->count) return;
    j->body(j->context, i);
  }
}

static void *worker(void *argument) {
  int number = (int)(intptr_t)argument;
  uint64_t seen = 0;
  inside = 1;
  pthread_mutex_lock(&lock);
  for (;;) {
    while (current == NULL || generation == seen) pthread_cond_wait(&wake, &lock);
    seen = generation;
    if (number >= atomic_load(&wanted)) continue;  // fewer threads are wanted now
    job *j = current;
    busy++;
    pthread_mutex_unlock(&lock);
    sw_interrupt_listen(j->interrupt);
    work(j);
    sw_interrupt_listen(NULL);
    pthread_mutex_lock(&lock);
    if (--busy == 0) pthread_cond_signal(&idle);
  }
  return NULL;
}

static void start_workers(int threads) {  // under lock
  while (started < threads - 1) {
    pthread_t thread;
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
    int failed =
        pthread_create(&thread, &attributes, worker, (void *)(intptr_t)(started + 1));
    pthread_attr_destroy(&attributes);
    if (failed) return;  // fewer hands, the same result
    started++;
  }
}

int sw_pool_run(int64_t count, void *context, sw_pool_body body) {
  job j = {body, context, count, sw_interrupt_heard(), 0};
  int threads = sw_pool_threads();
  // A nested section, or one while another thread's section runs, stays on its caller.
  if (inside || threads == 1 || count < 2 || pthread_mutex_trylock(&owner) != 0) {
    work(&j);
    return atomic_load(&j.next) < count;
  }
  inside = 1;
  pthread_mutex_lock(&lock);
  start_workers(threads);
  current = &j;
  generation++;
  pthread_cond_broadcast(&wake);
  pthread_mutex_unlock(&lock);
  work(&j);
  pthread_mutex_lock(&lock);
  current = NULL;
  while (busy > 0) pthread_cond_wait(&idle, &lock);
  pthread_mutex_unlock(&lock);
  inside = 0;
  pthread_mutex_unlock(&owner);
  return atomic_load(&j.next) < count;
}
