// Loops of sw_layers.h for AVX-512 on rows shorter than a vector, which planes of pictures soon are.
#include <immintrin.h>

__attribute__((always_inline)) static inline __mmask16 pool_mask(int64_t count) {
  return count >= 16 ? 0xffff : count <= 0 ? 0 : (__mmask16)((1u << count) - 1);
}
__attribute__((always_inline)) static inline __m512i pool_even(void) {
  return _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
__attribute__((always_inline)) static inline __m512i pool_odd(void) {
  return _mm512_add_epi32(pool_even(), _mm512_set1_epi32(1));
}
// 32 elements as those of even and those of odd place.
__attribute__((always_inline)) static inline void pool_split(const float *x, __mmask16 low,
                                                             __mmask16 high, __m512 *even,
                                                             __m512 *odd) {
  __m512 a = _mm512_maskz_loadu_ps(low, x), b = _mm512_maskz_loadu_ps(high, x + 16);
  *even = _mm512_permutex2var_ps(a, pool_even(), b);
  *odd = _mm512_permutex2var_ps(a, pool_odd(), b);
}
__attribute__((always_inline)) static inline void pool_join(float *x, __mmask16 low, __mmask16 high,
                                                            __m512 even, __m512 odd) {
  const __m512i left = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  const __m512i right = _mm512_add_epi32(left, _mm512_set1_epi32(8));
  _mm512_mask_storeu_ps(x, low, _mm512_permutex2var_ps(even, left, odd));
  _mm512_mask_storeu_ps(x + 16, high, _mm512_permutex2var_ps(even, right, odd));
}
// The larger, or a NaN.
__attribute__((always_inline)) static inline __m512 pool_larger(__m512 a, __m512 b) {
  __mmask16 first = _mm512_cmp_ps_mask(a, b, _CMP_GT_OQ) | _mm512_cmp_ps_mask(a, a, _CMP_UNORD_Q);
  return _mm512_mask_blend_ps(first, b, a);
}

// The 32 elements from `x` on. A row that is shorter may be passed where it is a single piece and the
// memory goes on: behind it is the next row, whose turn to be written comes later.
__attribute__((always_inline)) static inline void pool_reach(const float *x, const float *end,
                                                             int64_t left, int isSingle,
                                                             __mmask16 *low, __mmask16 *high) {
  const int whole = left >= 32 || (isSingle && end - x >= 32);
  *low = whole ? 0xffff : pool_mask(left);
  *high = whole ? 0xffff : pool_mask(left - 16);
}

static void layer_pool_pairs(int64_t planes, int64_t h, int64_t w, const float *x, float *out) {
  const int64_t oh = h / 2, ow = w / 2;
  const float *end = x + planes * h * w;
  for (int64_t p = 0; p < planes; p++, x += h * w) {
    for (int64_t y = 0; y < oh; y++, out += ow) {
      const float *a = x + 2 * y * w, *b = a + w;
      for (int64_t i = 0; i < ow; i += 16) {
        __mmask16 low, high;
        pool_reach(b + 2 * i, end, 2 * (ow - i), ow <= 16, &low, &high);
        __m512 a0, a1, b0, b1;
        pool_split(a + 2 * i, low, high, &a0, &a1);
        pool_split(b + 2 * i, low, high, &b0, &b1);
        _mm512_mask_storeu_ps(out + i, pool_mask(ow - i),
                              pool_larger(pool_larger(a0, a1), pool_larger(b0, b1)));
      }
    }
  }
}

static void layer_pool_pairs_back(int64_t planes, int64_t h, int64_t w, const float *x,
                                  const float *y, const float *g, float *out) {
  const int64_t oh = h / 2, ow = w / 2;
  const float *end = x + planes * h * w;
  for (int64_t p = 0; p < planes; p++, x += h * w, out += h * w) {
    for (int64_t r = 0; r < oh; r++, y += ow, g += ow) {
      const float *a = x + 2 * r * w, *b = a + w;
      float *to = out + 2 * r * w, *under = to + w;
      for (int64_t i = 0; i < ow; i += 16) {
        __mmask16 low, high;
        pool_reach(b + 2 * i, end, 2 * (ow - i), ow <= 16, &low, &high);
        __m512 a0, a1, b0, b1;
        pool_split(a + 2 * i, low, high, &a0, &a1);
        pool_split(b + 2 * i, low, high, &b0, &b1);
        const __m512 m = _mm512_maskz_loadu_ps(pool_mask(ow - i), y + i);
        const __m512 d = _mm512_maskz_loadu_ps(pool_mask(ow - i), g + i);
        // Where the result is NaN, so is an operand: the first of them.
        const __mmask16 none = _mm512_cmp_ps_mask(m, m, _CMP_UNORD_Q);
#define IS(V) (_mm512_cmp_ps_mask(V, m, _CMP_EQ_OQ) | (none & _mm512_cmp_ps_mask(V, V, _CMP_UNORD_Q)))
        const __mmask16 f0 = IS(a0), f1 = IS(a1) & ~f0, f2 = IS(b0) & ~f0 & ~f1;
        const __mmask16 f3 = ~(f0 | f1 | f2);
        pool_join(to + 2 * i, low, high, _mm512_maskz_mov_ps(f0, d), _mm512_maskz_mov_ps(f1, d));
        pool_join(under + 2 * i, low, high, _mm512_maskz_mov_ps(f2, d), _mm512_maskz_mov_ps(f3, d));
      }
      if (w & 1) to[w - 1] = under[w - 1] = 0;
    }
    if (h & 1) memset(out + (h - 1) * w, 0, (size_t)w * sizeof(float));
  }
}

__attribute__((always_inline)) static inline __m512 rows_exp(__m512 x) {
  // A NaN passes: the second operand is what comes back then.
  x = _mm512_min_ps(_mm512_set1_ps(89.0f), _mm512_max_ps(_mm512_set1_ps(-104.0f), x));
  const __m512 k = _mm512_roundscale_ps(_mm512_mul_ps(x, _mm512_set1_ps(1.44269504f)), 0);
  __m512 r = _mm512_fnmadd_ps(k, _mm512_set1_ps(0.693145752f), x);
  r = _mm512_fnmadd_ps(k, _mm512_set1_ps(1.42860677e-6f), r);
  __m512 p = _mm512_set1_ps(0.0013950476f);
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.008368882f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.041666206f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.16666518f));
  p = _mm512_fmadd_ps(p, r, _mm512_set1_ps(0.5f));
  p = _mm512_fmadd_ps(p, _mm512_mul_ps(r, r), r);
  return _mm512_scalef_ps(_mm512_add_ps(p, _mm512_set1_ps(1.0f)), k);
}

__attribute__((always_inline)) static inline float short_exp(int64_t cols, const float *x,
                                                             float scale, float *o, float *max) {
  const __mmask16 there = pool_mask(cols);
  const __m512 v = _mm512_mask_loadu_ps(_mm512_set1_ps(-INFINITY), there, x);
  const float m = _mm512_reduce_max_ps(v);
  const __m512 e = rows_exp(_mm512_sub_ps(v, _mm512_set1_ps(m)));
  const float sum = _mm512_reduce_add_ps(_mm512_maskz_mov_ps(there, e));
  _mm512_mask_storeu_ps(o, there, _mm512_mul_ps(e, _mm512_set1_ps(scale / sum)));
  *max = m;
  return sum;
}
