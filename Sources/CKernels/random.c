// Random numbers; see sw_random.h. Exact streams matter more than speed here: a seeded notebook
// must print what the book prints.
#include "sw_random.h"

#include <math.h>

#include "sw_kernels.h"
#include "sw_stream.h"

enum { N = 624 };

void sw_mt_seed(sw_mt19937 *g, uint32_t seed) {
  g->state[0] = seed;
  for (uint32_t i = 1; i < N; i++)
    g->state[i] = 1812433253u * (g->state[i - 1] ^ (g->state[i - 1] >> 30)) + i;
  g->next = N + 1;  // nothing was drawn since the seed
}

static void refill(sw_mt19937 *g) {
  sw_streams()->refill(g->state, g->drawn);
  g->next = 0;
}

static inline uint32_t next32(sw_mt19937 *g) {
  if (g->next >= N || g->next < 0) refill(g);
  return g->drawn[g->next++];
}

// The numbers that are there without a refill, at most `wanted`; at least one.
static inline const uint32_t *ready(sw_mt19937 *g, int64_t wanted, int64_t *count) {
  if (g->next >= N || g->next < 0) refill(g);
  int64_t rest = N - g->next;
  *count = wanted < rest ? wanted : rest;
  const uint32_t *first = g->drawn + g->next;
  g->next += (int32_t)*count;
  return first;
}

uint32_t sw_mt_next(sw_mt19937 *g) { return next32(g); }

void sw_mt_get(const sw_mt19937 *g, uint32_t *words, int32_t *next) {
  for (int i = 0; i < N; i++) words[i] = g->state[i];
  *next = g->next > N ? 0 : g->next;
}

void sw_mt_set(sw_mt19937 *g, const uint32_t *words, int32_t next) {
  for (int i = 0; i < N; i++) {
    uint32_t y = g->state[i] = words[i];
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    g->drawn[i] = y ^ (y >> 18);
  }
  g->next = next < 1 || next > N ? N + 1 : next;
}

static inline uint64_t next64(sw_mt19937 *g) {
  uint64_t high = next32(g);
  return (high << 32) | next32(g);
}

static inline double unit_f64(sw_mt19937 *g) {
  return (double)(next64(g) & 0x1fffffffffffffULL) * (1.0 / 9007199254740992.0);
}

// PyTorch's fills round `u * width + low` once (fused multiply-add). In float32 the product is
// exact in double, so one rounding from double is the same.
void sw_mt_fill_f32(sw_mt19937 *g, int64_t n, float *out, float low, float high) {
  const double width = (double)(high - low) * (1.0 / 16777216.0);
  for (int64_t i = 0; i < n;) {
    int64_t count;
    const uint32_t *x = ready(g, n - i, &count);
    sw_streams()->uniform(count, x, width, low, out + i);
    i += count;
  }
}

void sw_mt_fill_f64(sw_mt19937 *g, int64_t n, double *out, double low, double high) {
  const double width = high - low;
  for (int64_t i = 0; i < n; i++) out[i] = fma(unit_f64(g), width, low);
}

static const double TAU = 6.283185307179586476925286766559;

static void normal16_f64(double *x, double mean, double std) {
  for (int j = 0; j < 8; j++) {
    double u1 = 1.0 - x[j], u2 = x[j + 8];
    double radius = sqrt(-2.0 * log(u1)), theta = TAU * u2;
    x[j] = radius * cos(theta) * std + mean;
    x[j + 8] = radius * sin(theta) * std + mean;
  }
}

void sw_mt_normal_f32(sw_mt19937 *g, int64_t n, float *out, float mean, float std) {
  sw_mt_fill_f32(g, n, out, 0, 1);
  sw_kernels()->box_muller(n / 16, out, mean, std);
  if (n % 16 != 0) {  // the last sixteen are drawn again
    sw_mt_fill_f32(g, 16, out + n - 16, 0, 1);
    sw_kernels()->box_muller(1, out + n - 16, mean, std);
  }
}

void sw_mt_normal_f64(sw_mt19937 *g, int64_t n, double *out, double mean, double std) {
  sw_mt_fill_f64(g, n, out, 0, 1);
  for (int64_t i = 0; i + 16 <= n; i += 16) normal16_f64(out + i, mean, std);
  if (n % 16 != 0) {
    sw_mt_fill_f64(g, 16, out + n - 16, 0, 1);
    normal16_f64(out + n - 16, mean, std);
  }
}

void sw_mt_randperm(sw_mt19937 *g, int64_t n, int64_t *out) {
  for (int64_t i = 0; i < n; i++) out[i] = i;
  for (int64_t i = 0; i + 1 < n; i++) {
    int64_t z = (int64_t)(next32(g) % (uint64_t)(n - i));
    int64_t saved = out[i];
    out[i] = out[z + i];
    out[z + i] = saved;
  }
}

void sw_mt_dropout(sw_mt19937 *g, int64_t n, double p, float scale, const float *x, float *out) {
  // u * 2^-53 < p is u < ceil(p * 2^53): whole numbers compare faster.
  const double scaled = ceil(p * 9007199254740992.0);
  const int64_t bound = scaled > 9007199254740992.0 ? 9007199254740992 : (int64_t)scaled;
  const sw_stream_table *loops = sw_streams();
  for (int64_t i = 0; i < n;) {
    if (g->next == N - 1) {  // a pair across the refill
      uint32_t pair[2];
      pair[0] = next32(g);
      pair[1] = next32(g);
      loops->keep(1, pair, bound, scale, x ? x + i : 0, out + i);
      i++;
      continue;
    }
    if (g->next >= N || g->next < 0) refill(g);
    int64_t pairs = (N - g->next) / 2;
    if (pairs > n - i) pairs = n - i;
    loops->keep(pairs, g->drawn + g->next, bound, scale, x ? x + i : 0, out + i);
    g->next += (int32_t)(2 * pairs);
    i += pairs;
  }
}

void sw_mt_bernoulli(sw_mt19937 *g, int64_t n, double p, float one, float *out) {
  sw_mt_dropout(g, n, p, one, 0, out);
}

double sw_log1p(double x) { return log1p(x); }
double sw_sin(double x) { return sin(x); }
double sw_cos(double x) { return cos(x); }
