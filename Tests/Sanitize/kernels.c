// Calls every entry of every kernel table with many sizes, strides and values, for the sanitizers.
// `sh Tests/Sanitize/run.sh` builds and runs it. It checks no results: the Swift tests do that.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CKernels.h"

static const int SIZES[] = {4, 8, 8, 4, 1, 1};
enum { ROOM = 5000 };

static uint64_t seed = 1;
static uint64_t next(void) {
  seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
  return seed >> 20;
}

// A block exactly as large as needed, so that one element too far is seen.
static char *block(int dtype, int64_t count) {
  char *p = malloc((size_t)(count * SIZES[dtype] + (count == 0)));
  for (int64_t i = 0; i < count; i++) {
    double special[] = {0, -0.0, NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-310, 0.5, -1};
    double v = next() % 4 == 0 ? special[next() % 10] : (double)(int64_t)next() / 1e12 - 4;
    int64_t corner[] = {0, -1, 1, INT64_MIN, INT64_MAX, 7, -7, 255};
    int64_t k = next() % 2 ? corner[next() % 8] : (int64_t)next();
    switch (dtype) {
      case SW_F32: ((float *)p)[i] = fabs(v) > 1e38 ? (float)copysign(INFINITY, v) : (float)v; break;
      case SW_F64: ((double *)p)[i] = v; break;
      case SW_I64: ((int64_t *)p)[i] = k; break;
      case SW_I32: ((int32_t *)p)[i] = (int32_t)(uint32_t)(uint64_t)k; break;
      case SW_U8: ((uint8_t *)p)[i] = (uint8_t)k; break;
      default: ((uint8_t *)p)[i] = k & 1;
    }
  }
  return p;
}

static void run(const sw_kernel_table *t, int64_t n, int64_t step) {
  for (int d = 0; d < SW_DTYPE_COUNT; d++) {
    int64_t w = SIZES[d], extent = n ? (n - 1) * step + 1 : 0;
    char *a = block(d, extent), *b = block(d, extent), *c = block(SW_BOOL, extent);
    char *out = malloc((size_t)(extent * 8 + 8));
    for (int op = 0; op < SW_UNARY_COUNT; op++)
      if (t->unary[op][d]) t->unary[op][d](n, out, w * step, a, w * step);
    for (int op = 0; op < SW_TEST_COUNT; op++)
      if (t->test[op][d]) t->test[op][d](n, out, step, a, w * step);
    for (int op = 0; op < SW_BINARY_COUNT; op++)
      if (t->binary[op][d]) {
        t->binary[op][d](n, out, w * step, a, w * step, b, w * step);
        if (n) t->binary[op][d](n, out, w * step, a, 0, b, w * step);
        if (n) t->binary[op][d](n, out, w * step, a, w * step, b, 0);
      }
    for (int op = 0; op < SW_COMPARE_COUNT; op++)
      if (t->compare[op][d]) t->compare[op][d](n, out, step, a, w * step, b, w * step);
    for (int to = 0; to < SW_DTYPE_COUNT; to++)
      if (t->cast[d][to]) t->cast[d][to](n, out, SIZES[to] * step, a, w * step);
    t->select[w == 8 ? 3 : w == 4 ? 2 : 0](n, out, w * step, c, step, a, w * step, b, w * step);
    for (int op = 0; op < SW_REDUCE_COUNT; op++)
      if (t->reduce[op][d] && (n || op == SW_SUM || op == SW_PROD || op == SW_ANY || op == SW_ALL))
        t->reduce[op][d](n, a, w * step, out);
    t->cumsum[d](n, out, 8 * step, a, w * step);
    t->cumprod[d](n, out, 8 * step, a, w * step);
    if (step == 1) {
      for (int64_t cols = 1; cols <= n; cols = cols * 3 + 1)
        t->sum_rows[d](n / cols, cols, a, cols * w, out);
      if (n) {
        int64_t key = w == 8 ? 8 : 4;
        void *keys = malloc((size_t)(n * key)), *spare = malloc((size_t)(n * key));
        int64_t *p = malloc((size_t)n * 8), *q = malloc((size_t)n * 8);
        for (int down = 0; down < 2; down++) {
          t->sort_keys[d](n, a, w, keys, down);
          sw_radix_argsort((int)key, n, keys, spare, p, q);
        }
        free(keys), free(spare), free(p), free(q);
      }
      if (d <= SW_F64)
        for (int64_t cols = 1; cols <= n; cols = cols * 5 + 2) {
          t->softmax[d](n / cols, cols, a, out);
          t->softmax_back[d](n / cols, cols, b, a, out);
          t->log_softmax[d](n / cols, cols, a, out);
          t->log_softmax_back[d](n / cols, cols, b, a, out);
        }
    }
    free(a), free(b), free(c), free(out);
  }
}

static void fused(const sw_kernel_table *t, int64_t rows, int64_t cols) {
  float *z = (float *)block(SW_F32, rows * cols), *g = (float *)block(SW_F32, rows * cols);
  float *pre = (float *)block(SW_F32, rows * cols), *bias = (float *)block(SW_F32, cols);
  float *weight = (float *)block(SW_F32, rows);
  int64_t *classes = malloc((size_t)rows * 8 + 8), correct = 0;
  for (int64_t i = 0; i < rows; i++) classes[i] = (int64_t)(next() % (uint64_t)(cols + 1)) - 1;
  for (int act = 0; act < SW_ACT_COUNT; act++) {
    t->bias_act(act, rows, cols, z, bias, pre);
    t->act_back(act, rows * cols, g, z, pre);
  }
  // Logits of a model that has blown up included: NaN must not lead out of a row.
  t->cross_entropy(rows, cols, z, classes, weight, 0.5f, g, &correct);
  t->adam(rows * cols, z, g, pre, pre, 0.1, 0.9, 0.99, 1e-8, 0.1, 1, 0, 0.1, 0.01);
  t->sgd(rows * cols, z, g, pre, 0.1, 0.9, 0, 0.1, 1, 0);
  t->sgd(rows * cols, z, g, NULL, 0.1, 0, 0, 0, 0, 0);
  free(z), free(g), free(pre), free(bias), free(weight), free(classes);
}

static void streams(const sw_stream_table *t, int64_t n) {
  float *x = (float *)block(SW_F32, n), *y = (float *)block(SW_F32, n);
  float *z = (float *)block(SW_F32, n), *out = malloc((size_t)n * 4 + 1);
  uint32_t *draws = malloc((size_t)n * 8 + 1);
  for (int64_t i = 0; i < 2 * n; i++) draws[i] = (uint32_t)next();
  t->keep(n, draws, 1LL << 52, 2, x, out), t->keep(n, draws, 1LL << 53, 2, NULL, out);
  t->uniform(n, draws, 0.5, 1, out);
  t->gelu_tanh(n, x, out), t->gelu_tanh_back(n, x, y, out);
  t->sigmoid_back(n, x, y, out), t->tanh_back(n, x, y, out), t->sqrt_back(n, x, y, out);
  t->gelu_back(n, x, y, out), t->div_back(n, x, y, z, out);
  for (int64_t cols = 1; cols <= n; cols = cols * 3 + 1) {
    t->softmax(n / cols, cols, x, out), t->log_softmax(n / cols, cols, x, out);
    t->transpose(cols, n / cols, (uint32_t *)x, cols, (uint32_t *)out, n / cols);
  }
  free(x), free(y), free(z), free(out), free(draws);
}

static void chunk(void *context, int64_t index) { ((int64_t *)context)[index] += index; }

int main(void) {
  const int64_t counts[] = {0, 1, 2, 15, 16, 31, 32, 33, 47, 48, 49, 63,
                            65, 255, 256, 257, 1000, 4096, ROOM};
  for (int i = 0; sw_kernels_at(i); i++) {
    const sw_kernel_table *t = sw_kernels_at(i);
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
      for (int64_t step = 1; step < 4; step += 2) run(t, counts[k], step);
    for (int64_t rows = 1; rows < 40; rows = rows * 2 + 1)
      for (int64_t cols = 1; cols < 300; cols = cols * 2 + 1) fused(t, rows, cols);
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++)
      streams(sw_streams_at(i), counts[k]);
    printf("%s: done\n", t->name);
  }
  sw_mt19937 g;
  sw_mt_seed(&g, 5);
  for (int64_t n = 0; n < 2000; n = n * 2 + 1) {
    float *x = malloc((size_t)n * 4 + 1);
    double *y = malloc((size_t)n * 8 + 1);
    int64_t *p = malloc((size_t)n * 8 + 1);
    sw_mt_fill_f32(&g, n, x, -1, 1);
    sw_mt_fill_f64(&g, n, y, -1, 1);
    if (n >= 16) sw_mt_normal_f32(&g, n, x, 0, 1);
    if (n >= 16) sw_mt_normal_f64(&g, n, y, 0, 1);
    sw_mt_bernoulli(&g, n, 0.3, 1, x);
    sw_mt_randperm(&g, n, p);
    free(x), free(y), free(p);
  }
  int64_t sums[1000] = {0};
  sw_pool_set_threads(4);
  for (int i = 0; i < 50; i++) sw_pool_run(1000, sums, chunk);
  for (int64_t size = 0; size < 1 << 20; size = size * 2 + 1) {
    int64_t granted = 0;
    char *p = sw_memory_take(size, &granted);
    if (p) memset(p, 1, (size_t)size);
    sw_memory_give(p, granted);
  }
  sw_memory_trim();
  return 0;
}
