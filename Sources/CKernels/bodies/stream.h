// Loops over the random stream, and elementwise forms in one pass; see sw_stream.h.

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang diagnostic ignored "-Wunused-function"
#pragma clang diagnostic ignored "-Wpsabi"  // vectors wider than the set are passed nowhere
#include "functions.h"

#define VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave(enable)")

static inline uint32_t twisted(uint32_t upper, uint32_t lower, uint32_t far) {
  uint32_t y = (upper & 0x80000000u) | (lower & 0x7fffffffu);
  return far ^ (y >> 1) ^ ((0u - (lower & 1u)) & 0x9908b0dfu);
}

static inline uint32_t tempered(uint32_t y) {
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

typedef uint32_t words __attribute__((vector_size(64), aligned(4)));

// Sixteen words at once: `own` and the one that follows each, and those 397 words ahead.
__attribute__((always_inline)) static inline words stream_twist(words own, words next, words far) {
  words lower = __builtin_shufflevector(
      own, next, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
  words y = (own & 0x80000000u) | (lower & 0x7fffffffu);
  return far ^ (y >> 1) ^ ((0u - (lower & 1u)) & 0x9908b0dfu);
}

__attribute__((always_inline)) static inline words stream_temper(words y) {
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

// The words of a vector that is written are read before, in `own`; reads of others lie 227 words
// behind it or 397 ahead, so whole vectors are safe.
static void stream_refill(uint32_t *restrict s, uint32_t *restrict drawn) {
#define SINGLE(I, FAR)                                     \
  for (; i < (I); i++) {                                   \
    s[i] = twisted(s[i], s[i + 1], s[i + (FAR)]);          \
    drawn[i] = tempered(s[i]);                             \
  }
#define MANY(I, FAR)                                                            \
  for (words own = *(const words *)(s + i), next; i < (I); i += 16, own = next) { \
    next = *(const words *)(s + i + 16);                                        \
    words y = stream_twist(own, next, *(const words *)(s + i + (FAR)));         \
    *(words *)(s + i) = y;                                                      \
    *(words *)(drawn + i) = stream_temper(y);                                   \
  }
  int i = 0;
  MANY(224, 397)
  SINGLE(227, 397)
  SINGLE(240, -227)
  MANY(608, -227)
  SINGLE(623, -227)
#undef MANY
#undef SINGLE
  s[623] = twisted(s[623], s[0], s[396]);
  drawn[623] = tempered(s[623]);
}

static void stream_keep(int64_t n, const uint32_t *draws, int64_t bound, float scale,
                        const float *x, float *out) {
  // u = high 21 bits, then 32 low ones, is below bound: the high parts decide, or they are equal and
  // the low ones do. So no 64-bit lanes are needed.
  const int32_t high = (int32_t)(bound >> 32);
  const uint32_t low = (uint32_t)bound;
  if (x) {
    VECTOR_LOOP for (int64_t i = 0; i < n; i++) {
      int32_t h = (int32_t)(draws[2 * i] & 0x1fffffu);
      int below = (h < high) | ((h == high) & (draws[2 * i + 1] < low));
      out[i] = x[i] * (below ? scale : 0.0f);
    }
  } else {
    VECTOR_LOOP for (int64_t i = 0; i < n; i++) {
      int32_t h = (int32_t)(draws[2 * i] & 0x1fffffu);
      int below = (h < high) | ((h == high) & (draws[2 * i + 1] < low));
      out[i] = below ? scale : 0.0f;
    }
  }
}

static void stream_uniform(int64_t n, const uint32_t *draws, double width, double low, float *out) {
  VECTOR_LOOP for (int64_t i = 0; i < n; i++)
    out[i] = (float)((double)(int32_t)(draws[i] & 0xffffffu) * width + low);
}

// x / 2 (1 + tanh u) = x / (1 + exp(-2 u)), u = sqrt(2 / pi) (x + 0.044715 x^3). The exponent is made
// in powers of two at once: 2^t = 2^n 2^f, n the nearest integer, its bits those of the shifted t.
static void stream_gelu_tanh(int64_t n, const float *a, float *out) {
  VECTOR_LOOP for (int64_t i = 0; i < n; i++) {
    float x = a[i];
    float t = x * (-2.3022082f - 0.10294324f * x * x);
    t = t < -126.0f ? -126.0f : t;
    t = t > 26.0f ? 128.0f : t;  // infinity: from here on 1 + tanh u rounds to 0
    float shifted = t + 12582912.0f;
    float f = t - (shifted - 12582912.0f);
    float p = f * 0.0013264724f + 0.009671513f;
    p = p * f + 0.055507336f;
    p = p * f + 0.24022242f;
    p = p * f + 0.6931470f;
    p = p * f + 1.0f;
    p *= bits_to_f32((f32_to_bits(shifted) << 23) + 0x3f800000u);
    out[i] = x / (1.0f + p);
  }
}

static void stream_gelu_tanh_back(int64_t n, const float *g, const float *a, float *out) {
  VECTOR_LOOP for (int64_t i = 0; i < n; i++) {
    float x = a[i];
    float u = x * (0.7978845608f + 0.0356774081f * x * x);
    float s = 1.0f / (1.0f + exp_f32(-2.0f * u));
    float du = 0.7978845608f + 0.1070322243f * x * x;
    out[i] = g[i] * (s + x * s * (1.0f - s) * 2.0f * du);
  }
}

#define BACK(NAME, EXPR)                                                               \
  static void NAME(int64_t n, const float *gs, const float *ys, float *out) {           \
    VECTOR_LOOP for (int64_t i = 0; i < n; i++) {                                       \
      float g = gs[i], y = ys[i];                                                       \
      out[i] = EXPR;                                                                    \
    }                                                                                   \
  }
BACK(stream_sigmoid_back, g *(y * (1.0f - y)))
BACK(stream_tanh_back, g *(1.0f - y * y))
BACK(stream_sqrt_back, g / (2.0f * y))
BACK(stream_gelu_back, g *gelu_slope_f32(y))

static void stream_div_back(int64_t n, const float *g, const float *y, const float *z, float *out) {
  VECTOR_LOOP for (int64_t i = 0; i < n; i++) out[i] = -g[i] * (z[i] / y[i]);
}

// Rows of up to a few thousand floats, sixteen at a time by hand: the compiler does not reorder a sum
// of floats by itself, and on short rows the end of such a loop is half of the work. A NaN is lost by
// the maximum and comes back by the sum.
typedef float lanes __attribute__((vector_size(64), aligned(4)));
typedef int32_t bits __attribute__((vector_size(64), aligned(4)));

__attribute__((always_inline)) static inline lanes lanes_of(float x) { return x - (lanes){0}; }
__attribute__((always_inline)) static inline lanes lanes_pick(bits mask, lanes a, lanes b) {
  return (lanes)(((bits)a & mask) | ((bits)b & ~mask));
}

// exp_f32 of sixteen at once.
__attribute__((always_inline)) static inline lanes lanes_exp16(lanes x) {
  x = lanes_pick(x > 89.0f, lanes_of(89.0f), x);
  x = lanes_pick(x < -104.0f, lanes_of(-104.0f), x);
  lanes shifted = x * 1.44269504f + 12582912.0f;
  bits n = (bits)shifted - (int32_t)0x4b400000;
  lanes k = shifted - 12582912.0f;
  lanes r = x - k * 0.693145752f;
  r = r - k * 1.42860677e-6f;
  lanes p = r * 0.0013950476f + 0.008368882f;
  p = p * r + 0.041666206f;
  p = p * r + 0.16666518f;
  p = p * r + 0.5f;
  p = p * (r * r) + r;
  p = p + 1.0f;
  bits half = n >> 1;
  return p * (lanes)((half + 127) << 23) * (lanes)((n - half + 127) << 23);
}

__attribute__((always_inline)) static inline float lanes_sum(lanes v) {
#define FOLD(D) __builtin_shufflevector(v, v, D, (D + 1) % 16, (D + 2) % 16, (D + 3) % 16,       \
    (D + 4) % 16, (D + 5) % 16, (D + 6) % 16, (D + 7) % 16, (D + 8) % 16, (D + 9) % 16,          \
    (D + 10) % 16, (D + 11) % 16, (D + 12) % 16, (D + 13) % 16, (D + 14) % 16, (D + 15) % 16)
  v = v + FOLD(8);
  v = v + FOLD(4);
  v = v + FOLD(2);
  v = v + FOLD(1);
  return v[0];
}

__attribute__((always_inline)) static inline lanes lanes_larger(lanes a, lanes b) { return lanes_pick(a > b, a, b); }

__attribute__((always_inline)) static inline float lanes_max(int64_t n, const float *x) {
  int64_t i = 0;
  float m = -INFINITY;
  if (n >= 16) {
    lanes v = *(const lanes *)x;
    for (i = 16; i + 16 <= n; i += 16) v = lanes_larger(*(const lanes *)(x + i), v);
    v = lanes_larger(v, FOLD(8));
    v = lanes_larger(v, FOLD(4));
    v = lanes_larger(v, FOLD(2));
    v = lanes_larger(v, FOLD(1));
    m = v[0];
  }
  for (; i < n; i++) m = x[i] > m ? x[i] : m;
  return m == -INFINITY || m != m ? 0 : m;
}

// e[i] = exp(x[i] - m); gives the sum. e may be NULL.
__attribute__((always_inline)) static inline float lanes_exp(int64_t n, const float *x, float m, float *e) {
  lanes s = {0};
  int64_t i = 0;
  for (; i + 16 <= n; i += 16) {
    lanes v = lanes_exp16(*(const lanes *)(x + i) - m);
    if (e) *(lanes *)(e + i) = v;
    s = s + v;
  }
  float sum = lanes_sum(s);
  for (; i < n; i++) {
    float v = exp_f32(x[i] - m);
    if (e) e[i] = v;
    sum += v;
  }
  return sum;
}

static void stream_softmax(int64_t rows, int64_t cols, const float *a, float *out) {
  for (int64_t r = 0; r < rows; r++) {
    const float *x = a + r * cols;
    float *y = out + r * cols;
    // Divided, as PyTorch does: rows then add up to 1 more often than with a rounded reciprocal.
    float sum = lanes_exp(cols, x, lanes_max(cols, x), y);
    VECTOR_LOOP for (int64_t i = 0; i < cols; i++) y[i] /= sum;
  }
}

static void stream_log_softmax(int64_t rows, int64_t cols, const float *a, float *out) {
  for (int64_t r = 0; r < rows; r++) {
    const float *x = a + r * cols;
    float *y = out + r * cols;
    float m = lanes_max(cols, x);
    float shift = logf(lanes_exp(cols, x, m, 0));
    VECTOR_LOOP for (int64_t i = 0; i < cols; i++) y[i] = x[i] - m - shift;
  }
}

// Squares of 16: whole cache lines are read and written, so that rows a power of two apart, which
// share a cache set, do not push each other out. The next square's lines are asked for meanwhile: no
// prefetcher follows steps that long. Lines that no cache will hold until they are read go past it,
// which spares reading them before they are written.
typedef uint32_t whole_line __attribute__((vector_size(64)));

__attribute__((always_inline)) static inline void stream_square(
    const uint32_t *a, int64_t lda, uint32_t *out, int64_t ldo, int past_cache) {
  uint32_t square[16][16];
  for (int j = 0; j < 16; j++) memcpy(square[j], a + j * lda, 64);
  for (int i = 0; i < 16; i++) {
    whole_line line;
    for (int j = 0; j < 16; j++) line[j] = square[j][i];
    if (past_cache)
      __builtin_nontemporal_store(line, (whole_line *)(out + i * ldo));
    else
      memcpy(out + i * ldo, &line, 64);
  }
}

static void stream_transpose(int64_t rows, int64_t cols, const uint32_t *a, int64_t lda,
                             uint32_t *out, int64_t ldo, int past_cache) {
  past_cache = past_cache && ldo % 16 == 0 && ((uintptr_t)out & 63) == 0;
  for (int64_t r = 0; r < rows; r += 16) {
    int64_t height = rows - r < 16 ? rows - r : 16;
    for (int64_t c = 0; c < cols; c += 16) {
      int64_t width = cols - c < 16 ? cols - c : 16;
      const uint32_t *from = a + c * lda + r;
      uint32_t *to = out + r * ldo + c;
      if (height == 16 && width == 16) {
        if (cols - c >= 32)
          for (int j = 16; j < 32; j++) __builtin_prefetch(from + j * lda);
        if (past_cache)
          stream_square(from, lda, to, ldo, 1);
        else
          stream_square(from, lda, to, ldo, 0);
      } else {
        for (int64_t i = 0; i < height; i++)
          for (int64_t j = 0; j < width; j++) to[i * ldo + j] = from[j * lda + i];
      }
    }
  }
  // Such stores are in no order with others: whoever is told of them next finds them.
  if (past_cache) atomic_thread_fence(memory_order_seq_cst);
}

const sw_stream_table SW_STREAM_TABLE = {
    stream_refill,        stream_keep,      stream_uniform,    stream_gelu_tanh,
    stream_gelu_tanh_back, stream_sigmoid_back, stream_tanh_back, stream_sqrt_back,
    stream_gelu_back,     stream_div_back,  stream_softmax,    stream_log_softmax,
    stream_transpose};
#pragma clang diagnostic pop
