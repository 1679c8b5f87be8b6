// Picks the table for the processor, and gives its entries by number.
#include "sw_kernels.h"
#include "sw_stream.h"

#include <stdatomic.h>

extern const sw_kernel_table sw_table_baseline;
#if defined(__x86_64__)
extern const sw_kernel_table sw_table_avx2;
extern const sw_kernel_table sw_table_avx512;
#endif

const sw_kernel_table *sw_kernels_at(int index) {
  const sw_kernel_table *found[3] = {&sw_table_baseline, 0, 0};
  int count = 1;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) {
    found[count++] = &sw_table_avx2;
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl"))
      found[count++] = &sw_table_avx512;
  }
#endif
  return index >= 0 && index < count ? found[index] : 0;
}

const sw_kernel_table *sw_kernels(void) {
  // Threads that race here store the same pointer.
  static _Atomic(const sw_kernel_table *) chosen;
  const sw_kernel_table *table = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (table) return table;
  for (int i = 0; sw_kernels_at(i); i++) table = sw_kernels_at(i);
  atomic_store_explicit(&chosen, table, memory_order_relaxed);
  return table;
}

extern const sw_stream_table sw_streams_baseline;
#if defined(__x86_64__)
extern const sw_stream_table sw_streams_avx2;
extern const sw_stream_table sw_streams_avx512;
#endif

const sw_stream_table *sw_streams_at(int index) {
  const sw_stream_table *found[3] = {&sw_streams_baseline, 0, 0};
#if defined(__x86_64__)
  found[1] = &sw_streams_avx2;
  found[2] = &sw_streams_avx512;
#endif
  return sw_kernels_at(index) ? found[index] : 0;
}

const sw_stream_table *sw_streams(void) {
  // Threads that race here store the same pointer.
  static _Atomic(const sw_stream_table *) chosen;
  const sw_stream_table *table = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (table) return table;
  for (int i = 0; sw_streams_at(i); i++) table = sw_streams_at(i);
  atomic_store_explicit(&chosen, table, memory_order_relaxed);
  return table;
}

#define ENTRY(FIELD, COUNT)                                        \
  (op >= 0 && op < (COUNT) && dtype >= 0 && dtype < SW_DTYPE_COUNT \
       ? sw_kernels()->FIELD[op][dtype]                            \
       : 0)
#define TYPED(FIELD) (dtype >= 0 && dtype < SW_DTYPE_COUNT ? sw_kernels()->FIELD[dtype] : 0)

sw_unary_loop sw_unary(int op, int dtype) { return ENTRY(unary, SW_UNARY_COUNT); }
sw_unary_loop sw_test(int op, int dtype) { return ENTRY(test, SW_TEST_COUNT); }
sw_binary_loop sw_binary(int op, int dtype) { return ENTRY(binary, SW_BINARY_COUNT); }
sw_binary_loop sw_compare(int op, int dtype) { return ENTRY(compare, SW_COMPARE_COUNT); }
sw_reduce_run sw_reduce(int op, int dtype) { return ENTRY(reduce, SW_REDUCE_COUNT); }
sw_unary_loop sw_cast(int op, int dtype) { return ENTRY(cast, SW_DTYPE_COUNT); }
sw_reduce_rows sw_sum_rows(int dtype) { return TYPED(sum_rows); }
sw_scan_run sw_cumsum(int dtype) { return TYPED(cumsum); }
sw_scan_run sw_cumprod(int dtype) { return TYPED(cumprod); }
sw_sort_keys sw_sort_key_run(int dtype) { return TYPED(sort_keys); }

static int size_index(int size) {
  return size == 16 ? 4 : size == 8 ? 3 : size == 4 ? 2 : size == 2 ? 1 : 0;
}
sw_unary_loop sw_copy(int size) { return sw_kernels()->copy[size_index(size)]; }
sw_select_loop sw_select(int size) { return sw_kernels()->select[size_index(size)]; }

// Short rows of floats go to the loops that read them once less.
enum { SHORT_ROW = 4096 };
static void softmax_f32(int64_t rows, int64_t cols, const void *a, void *out) {
  if (cols <= SHORT_ROW)
    sw_streams()->softmax(rows, cols, a, out);
  else
    sw_kernels()->softmax[SW_F32](rows, cols, a, out);
}
static void log_softmax_f32(int64_t rows, int64_t cols, const void *a, void *out) {
  if (cols <= SHORT_ROW)
    sw_streams()->log_softmax(rows, cols, a, out);
  else
    sw_kernels()->log_softmax[SW_F32](rows, cols, a, out);
}

sw_row_op sw_softmax(int dtype, int logarithm) {
  if (dtype == SW_F32) return logarithm ? log_softmax_f32 : softmax_f32;
  if (dtype != SW_F64) return 0;
  return logarithm ? sw_kernels()->log_softmax[dtype] : sw_kernels()->softmax[dtype];
}
sw_row_back sw_softmax_back(int dtype, int logarithm) {
  if (dtype != SW_F32 && dtype != SW_F64) return 0;
  return logarithm ? sw_kernels()->log_softmax_back[dtype] : sw_kernels()->softmax_back[dtype];
}

#define FLOATS(FIELD) (dtype == SW_F32 || dtype == SW_F64 ? sw_kernels()->FIELD[dtype] : 0)
sw_unfold sw_unfold_loop(int dtype) { return FLOATS(unfold); }
sw_unfold sw_fold_loop(int dtype) { return FLOATS(fold); }
sw_pool_max sw_pool_max_loop(int dtype) { return FLOATS(pool_max); }
sw_pool_mean sw_pool_mean_loop(int dtype, int back) {
  return back ? FLOATS(pool_mean_back) : FLOATS(pool_mean);
}
