// Loops over the random stream, and elementwise forms in one pass; see sw_stream.h.

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wpass-failed"
#pragma clang diagnostic ignored "-Wunused-function"
#include "functions.h"

#define VECTOR_LOOP _Pragma("clang loop vectorize(assume_safety) interleave(enable)")

static inline uint32_t twisted(uint32_t upper, uint32_t lower, uint32_t far) {
  uint32_t y = (upper & 0x80000000u) | (lower & 0x7fffffffu);
  return far ^ (y >> 1) ^ ((0u - (lower & 1u)) & 0x9908b0dfu);
}

// Reads run ahead of writes by one word and behind them by 227 or more: whole vectors are safe, and
// the compiler finds that out by itself (assuming it would be wrong).
static void stream_refill(uint32_t *s, uint32_t *drawn) {
  for (int i = 0; i < 227; i++) s[i] = twisted(s[i], s[i + 1], s[i + 397]);
  for (int i = 227; i < 623; i++) s[i] = twisted(s[i], s[i + 1], s[i - 227]);
  s[623] = twisted(s[623], s[0], s[396]);
  VECTOR_LOOP for (int i = 0; i < 624; i++) {
    uint32_t y = s[i];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    drawn[i] = y ^ (y >> 18);
  }
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

// x / 2 (1 + tanh u) = x / (1 + exp(-2 u)), u = sqrt(2 / pi) (x + 0.044715 x^3).
static void stream_gelu_tanh(int64_t n, const float *a, float *out) {
  VECTOR_LOOP for (int64_t i = 0; i < n; i++) {
    float x = a[i];
    float u = x * (0.7978845608f + 0.0356774081f * x * x);
    out[i] = x / (1.0f + exp_f32(-2.0f * u));
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

// Rows of up to a few thousand floats, in lanes that the compiler makes vectors of: it does not
// reorder a sum of floats by itself. A NaN is lost by the maximum and comes back by the sum.
enum { LANES = 32 };

static inline float lanes_max(int64_t n, const float *x) {
  float m[LANES];
  for (int l = 0; l < LANES; l++) m[l] = -INFINITY;
  int64_t i = 0;
  for (; i + LANES <= n; i += LANES)
    for (int l = 0; l < LANES; l++) m[l] = x[i + l] > m[l] ? x[i + l] : m[l];
  for (; i < n; i++) m[0] = x[i] > m[0] ? x[i] : m[0];
  for (int width = LANES / 2; width; width /= 2)
    for (int l = 0; l < width; l++) m[l] = m[l] > m[l + width] ? m[l] : m[l + width];
  return m[0] == -INFINITY ? 0 : m[0];
}

// e[i] = exp(x[i] - m); gives the sum. e may be NULL.
static inline float lanes_exp(int64_t n, const float *x, float m, float *e) {
  float s[LANES];
  for (int l = 0; l < LANES; l++) s[l] = 0;
  int64_t i = 0;
  if (e)
    for (; i + LANES <= n; i += LANES)
      for (int l = 0; l < LANES; l++) {
        float v = exp_f32(x[i + l] - m);
        e[i + l] = v;
        s[l] += v;
      }
  else
    for (; i + LANES <= n; i += LANES)
      for (int l = 0; l < LANES; l++) s[l] += exp_f32(x[i + l] - m);
  for (; i < n; i++) {
    float v = exp_f32(x[i] - m);
    if (e) e[i] = v;
    s[0] += v;
  }
  for (int width = LANES / 2; width; width /= 2)
    for (int l = 0; l < width; l++) s[l] += s[l + width];
  return s[0];
}

static void stream_softmax(int64_t rows, int64_t cols, const float *a, float *out) {
  for (int64_t r = 0; r < rows; r++) {
    const float *x = a + r * cols;
    float *y = out + r * cols;
    float scale = 1.0f / lanes_exp(cols, x, lanes_max(cols, x), y);
    VECTOR_LOOP for (int64_t i = 0; i < cols; i++) y[i] *= scale;
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
// share a cache set, do not push each other out.
static void stream_transpose(int64_t rows, int64_t cols, const uint32_t *a, int64_t lda,
                             uint32_t *out, int64_t ldo) {
  for (int64_t r = 0; r < rows; r += 16) {
    int64_t height = rows - r < 16 ? rows - r : 16;
    for (int64_t c = 0; c < cols; c += 16) {
      int64_t width = cols - c < 16 ? cols - c : 16;
      if (height == 16 && width == 16) {
        uint32_t square[16][16];
        for (int j = 0; j < 16; j++) memcpy(square[j], a + (c + j) * lda + r, 64);
        for (int i = 0; i < 16; i++) {
          uint32_t line[16];
          for (int j = 0; j < 16; j++) line[j] = square[j][i];
          memcpy(out + (r + i) * ldo + c, line, 64);
        }
      } else {
        for (int64_t i = 0; i < height; i++)
          for (int64_t j = 0; j < width; j++)
            out[(r + i) * ldo + c + j] = a[(c + j) * lda + r + i];
      }
    }
  }
}

const sw_stream_table SW_STREAM_TABLE = {
    stream_refill,        stream_keep,      stream_uniform,    stream_gelu_tanh,
    stream_gelu_tanh_back, stream_sigmoid_back, stream_tanh_back, stream_sqrt_back,
    stream_gelu_back,     stream_div_back,  stream_softmax,    stream_log_softmax,
    stream_transpose};
#pragma clang diagnostic pop
