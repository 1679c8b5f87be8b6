// MT19937 (Matsumoto and Nishimura 1998) with the seeding of `init_genrand`, as PyTorch's CPU
// generator and NumPy's RandomState use it, and PyTorch's fills.
#ifndef SWIFTLET_SW_RANDOM_H
#define SWIFTLET_SW_RANDOM_H
#include <stdint.h>

typedef struct sw_mt19937 {
  uint32_t state[624];
  uint32_t drawn[624];  // the state's numbers as they are handed out
  int32_t next;         // 624 when all are used, 625 when none was drawn since the seed
} sw_mt19937;

void sw_mt_seed(sw_mt19937 *g, uint32_t seed);
uint32_t sw_mt_next(sw_mt19937 *g);
// The state as 624 words and how many of them were drawn; 0 is a state that is spread anew before
// the next number.
void sw_mt_get(const sw_mt19937 *g, uint32_t *words, int32_t *next);
void sw_mt_set(sw_mt19937 *g, const uint32_t *words, int32_t next);
void sw_mt_fill_f32(sw_mt19937 *g, int64_t n, float *out, float low, float high);
void sw_mt_fill_f64(sw_mt19937 *g, int64_t n, double *out, double low, double high);
// Box-Muller over blocks of 16 already filled with uniform values; n >= 16 (PyTorch normal_fill).
void sw_mt_normal_f32(sw_mt19937 *g, int64_t n, float *out, float mean, float std);
void sw_mt_normal_f64(sw_mt19937 *g, int64_t n, double *out, double mean, double std);
void sw_mt_randperm(sw_mt19937 *g, int64_t n, int64_t *out);
// out[i] is `one` where a float64 of the stream is below p, else 0.
// out[i] = x[i] times the same; x NULL counts as ones.
void sw_mt_dropout(sw_mt19937 *g, int64_t n, double p, float scale, const float *x, float *out);
void sw_mt_bernoulli(sw_mt19937 *g, int64_t n, double p, float one, float *out);
// The C library's functions, for callers without it.
double sw_log1p(double x);
double sw_sin(double x);
double sw_cos(double x);
#endif
