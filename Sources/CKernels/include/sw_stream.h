// Loops over the random stream, and elementwise forms in one pass, by instruction set.
#ifndef SWIFTLET_SW_STREAM_H
#define SWIFTLET_SW_STREAM_H
#include <stdint.h>

typedef void (*sw_float_loop)(int64_t n, const float *x, float *out);

typedef struct sw_stream_table {
  // Spreads the state of MT19937 anew and writes the 624 numbers that it stands for.
  void (*refill)(uint32_t *state, uint32_t *drawn);
  // out[i] = x[i] * (a float64 of draws[2 i], draws[2 i + 1] is below bound * 2^-53 ? scale : 0);
  // x NULL counts as ones.
  void (*keep)(int64_t n, const uint32_t *draws, int64_t bound, float scale, const float *x,
               float *out);
  // out[i] = draws[i] % 2^24 * width + low, rounded once.
  void (*uniform)(int64_t n, const uint32_t *draws, double width, double low, float *out);
  // gelu in the form with tanh, and g times its slope.
  sw_float_loop gelu_tanh;
  void (*gelu_tanh_back)(int64_t n, const float *g, const float *x, float *out);
  // Gradients in one pass: of sigmoid, tanh, sqrt from the result y, of gelu from the operand.
  void (*sigmoid_back)(int64_t n, const float *g, const float *y, float *out);
  void (*tanh_back)(int64_t n, const float *g, const float *y, float *out);
  void (*sqrt_back)(int64_t n, const float *g, const float *y, float *out);
  void (*gelu_back)(int64_t n, const float *g, const float *x, float *out);
  // The gradient of x / y for y, from the result z: -g z / y.
  void (*div_back)(int64_t n, const float *g, const float *y, const float *z, float *out);
  // Softmax and its logarithm of rows that fit the first cache.
  void (*softmax)(int64_t rows, int64_t cols, const float *a, float *out);
  void (*log_softmax)(int64_t rows, int64_t cols, const float *a, float *out);
  // out [rows, cols] = the transpose of a [cols, rows]; rows of both lie `lda` and `ldo` elements of
  // 4 bytes apart.
  void (*transpose)(int64_t rows, int64_t cols, const uint32_t *a, int64_t lda, uint32_t *out,
                    int64_t ldo);
} sw_stream_table;

// The loops for this processor.
const sw_stream_table *sw_streams(void);
// Those that this processor can run, for tests: 0 is the baseline. NULL past the last.
const sw_stream_table *sw_streams_at(int index);
#endif
