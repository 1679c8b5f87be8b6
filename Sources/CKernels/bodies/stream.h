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

const sw_stream_table SW_STREAM_TABLE = {stream_refill, stream_keep, stream_uniform,
                                         stream_gelu_tanh, stream_gelu_tanh_back};
#pragma clang diagnostic pop
