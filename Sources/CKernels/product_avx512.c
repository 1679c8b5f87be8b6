// The products of sw_product.h.
//
// A tile of 8 rows by 32 columns of c stays in 16 registers while k passes: each step loads two
// vectors of b and multiplies them with 8 single elements of a. 32 columns of b lie together ("a
// panel") and stay in the first cache while all rows of a pass; a block of a stays in the second.
#include "sw_product.h"

// Without optimization the tiles would live in memory: BLAS is better then.
#if defined(__x86_64__) && defined(__OPTIMIZE__)
#include <immintrin.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 8, COLUMNS = 32, DEPTH = 288, HEIGHT = 128, WIDTH = 512 };

#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx2,fma"))), apply_to = function)

typedef void (*tile_function)(int64_t k, const float *a, int64_t ai, int64_t ap, const float *b,
                              int64_t bp, int adds, float *c, int64_t ldc, __mmask16 last);

__attribute__((always_inline)) static inline void tile(
    const int rows, const int vectors, int64_t k, const float *a, int64_t ai, int64_t ap,
    const float *b, int64_t bp, int adds, float *c, int64_t ldc, __mmask16 last) {
  __m512 sum[ROWS][2];
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int v = 0; v < vectors; v++) sum[i][v] = _mm512_setzero_ps();
#pragma clang loop unroll_count(2)
  for (int64_t p = 0; p < k; p++) {
    __m512 y[2];
    if (vectors == 2) y[0] = _mm512_loadu_ps(b + p * bp);
    y[vectors - 1] = _mm512_maskz_loadu_ps(last, b + p * bp + 16 * (vectors - 1));
    const float *x = a + p * ap;
#pragma unroll
    for (int i = 0; i < rows; i++) {
      __m512 f = _mm512_set1_ps(x[i * ai]);
#pragma unroll
      for (int v = 0; v < vectors; v++) sum[i][v] = _mm512_fmadd_ps(f, y[v], sum[i][v]);
    }
  }
#pragma unroll
  for (int i = 0; i < rows; i++)
#pragma unroll
    for (int v = 0; v < vectors; v++) {
      float *to = c + i * ldc + 16 * v;
      __mmask16 mask = v == vectors - 1 ? last : (__mmask16)0xffff;
      __m512 value = sum[i][v];
      if (adds) value = _mm512_add_ps(value, _mm512_maskz_loadu_ps(mask, to));
      _mm512_mask_storeu_ps(to, mask, value);
    }
}

#define TILE(R, V)                                                                              \
  static void tile_##R##_##V(int64_t k, const float *a, int64_t ai, int64_t ap, const float *b, \
                             int64_t bp, int adds, float *c, int64_t ldc, __mmask16 last) {     \
    tile(R, V, k, a, ai, ap, b, bp, adds, c, ldc, last);                                        \
  }                                                                                             \
  /* The same for a block of a that was arranged. */                                            \
  static void packed_##R##_##V(int64_t k, const float *a, int64_t ai, int64_t ap,               \
                               const float *b, int64_t bp, int adds, float *c, int64_t ldc,     \
                               __mmask16 last) {                                                \
    tile(R, V, k, a, 1, ROWS, b, bp, adds, c, ldc, last);                                       \
  }
#define TILES(R) TILE(R, 1) TILE(R, 2)
TILES(1) TILES(2) TILES(3) TILES(4) TILES(5) TILES(6) TILES(7) TILES(8)
#define ROW(P, R) {P##_##R##_1, P##_##R##_2}
#define ALL(P) {ROW(P, 1), ROW(P, 2), ROW(P, 3), ROW(P, 4), ROW(P, 5), ROW(P, 6), ROW(P, 7), ROW(P, 8)}
static const tile_function tiles[2][ROWS][2] = {ALL(tile), ALL(packed)};

// Rows become columns.
__attribute__((always_inline)) static inline void turn(__m512 r[16]) {
  __m512 t[16];
#pragma unroll
  for (int i = 0; i < 8; i++) {
    t[2 * i] = _mm512_unpacklo_ps(r[2 * i], r[2 * i + 1]);
    t[2 * i + 1] = _mm512_unpackhi_ps(r[2 * i], r[2 * i + 1]);
  }
#define PAIR(F, A, B) _mm512_castpd_ps(F(_mm512_castps_pd(A), _mm512_castps_pd(B)))
#pragma unroll
  for (int i = 0; i < 16; i += 4) {
    r[i] = PAIR(_mm512_unpacklo_pd, t[i], t[i + 2]);
    r[i + 1] = PAIR(_mm512_unpackhi_pd, t[i], t[i + 2]);
    r[i + 2] = PAIR(_mm512_unpacklo_pd, t[i + 1], t[i + 3]);
    r[i + 3] = PAIR(_mm512_unpackhi_pd, t[i + 1], t[i + 3]);
  }
#pragma unroll
  for (int j = 0; j < 4; j++) {
    t[j] = _mm512_shuffle_f32x4(r[j], r[4 + j], 0x88);
    t[4 + j] = _mm512_shuffle_f32x4(r[j], r[4 + j], 0xdd);
    t[8 + j] = _mm512_shuffle_f32x4(r[8 + j], r[12 + j], 0x88);
    t[12 + j] = _mm512_shuffle_f32x4(r[8 + j], r[12 + j], 0xdd);
  }
#pragma unroll
  for (int j = 0; j < 4; j++) {
    r[j] = _mm512_shuffle_f32x4(t[j], t[8 + j], 0x88);
    r[8 + j] = _mm512_shuffle_f32x4(t[j], t[8 + j], 0xdd);
    r[4 + j] = _mm512_shuffle_f32x4(t[4 + j], t[12 + j], 0x88);
    r[12 + j] = _mm512_shuffle_f32x4(t[4 + j], t[12 + j], 0xdd);
  }
}

static inline __mmask16 first(int64_t count) {
  return count >= 16 ? 0xffff : count <= 0 ? 0 : (__mmask16)((1u << count) - 1);
}

// out[p, j] = a[j, p] for up to 16 j; `height` of p; columns that are missing become 0 up to 16.
static inline void turn_panel(int64_t height, int64_t width, const float *a, int64_t lda, float *out,
                              int64_t ldo, __mmask16 stored) {
  for (int64_t p = 0; p < height; p += 16) {
    __m512 r[16];
    __mmask16 there = first(height - p);
    if (width >= 16) {
#pragma unroll
      for (int j = 0; j < 16; j++) r[j] = _mm512_maskz_loadu_ps(there, a + j * lda + p);
    } else {
#pragma unroll
      for (int j = 0; j < 16; j++)
        r[j] = j < width ? _mm512_maskz_loadu_ps(there, a + j * lda + p) : _mm512_setzero_ps();
    }
    turn(r);
    float *to = out + p * ldo;
#pragma unroll
    for (int q = 0; q < 16; q++)
      if (p + q < height) _mm512_mask_storeu_ps(to + q * ldo, stored, r[q]);
  }
}

static void transpose(int64_t rows, int64_t columns, const float *a, int64_t lda, float *out,
                      int64_t ldo) {
  for (int64_t r = 0; r < rows; r += 16)
    turn_panel(columns, rows - r, a + r * lda, lda, out + r, ldo, first(rows - r));
}

// Four rows at a time, which hides the latency of their sums. The matrix is read once and comes from
// far away: fetching 16 KiB ahead brings 70 GB/s instead of 47 from the third cache (Zen 5).
enum { AHEAD = 4096 };
static void rows_dot(int64_t n, int64_t k, const float *b, int64_t ldb, const float *x, float *y) {
  const __mmask16 rest = first(k % 16);
  int64_t j = 0;
  for (; j + 4 <= n; j += 4) {
    const float *r = b + j * ldb;
    __m512 s[4];
#pragma unroll
    for (int i = 0; i < 4; i++) s[i] = _mm512_setzero_ps();
    int64_t p = 0;
    for (; p + 16 <= k; p += 16) {
      __m512 v = _mm512_loadu_ps(x + p);
#pragma unroll
      for (int i = 0; i < 4; i++) {
        s[i] = _mm512_fmadd_ps(v, _mm512_loadu_ps(r + i * ldb + p), s[i]);
        _mm_prefetch((const char *)(r + i * ldb + p + AHEAD), _MM_HINT_T0);
      }
    }
    if (rest) {
      __m512 v = _mm512_maskz_loadu_ps(rest, x + p);
#pragma unroll
      for (int i = 0; i < 4; i++)
        s[i] = _mm512_fmadd_ps(v, _mm512_maskz_loadu_ps(rest, r + i * ldb + p), s[i]);
    }
#pragma unroll
    for (int i = 0; i < 4; i++) y[j + i] = _mm512_reduce_add_ps(s[i]);
  }
  for (; j < n; j++) {
    __m512 s = _mm512_setzero_ps();
    int64_t p = 0;
    for (; p + 16 <= k; p += 16)
      s = _mm512_fmadd_ps(_mm512_loadu_ps(x + p), _mm512_loadu_ps(b + j * ldb + p), s);
    if (rest)
      s = _mm512_fmadd_ps(_mm512_maskz_loadu_ps(rest, x + p),
                          _mm512_maskz_loadu_ps(rest, b + j * ldb + p), s);
    y[j] = _mm512_reduce_add_ps(s);
  }
}

// Panels of 32 columns, each [k, 32], the last filled up with zeros; panels are `stride` rows long.
static void arrange_panels(int64_t k, int64_t n, const float *b, int64_t row, int64_t column,
                           float *out, int64_t stride) {
  for (int64_t j = 0; j < n; j += COLUMNS, out += stride * COLUMNS) {
    int64_t width = n - j < COLUMNS ? n - j : COLUMNS;
    if (column == 1) {
      __mmask16 low = first(width), high = first(width - 16);
      for (int64_t p = 0; p < k; p++) {
        const float *from = b + p * row + j;
        _mm512_store_ps(out + p * COLUMNS, _mm512_maskz_loadu_ps(low, from));
        _mm512_store_ps(out + p * COLUMNS + 16, _mm512_maskz_loadu_ps(high, from + 16));
      }
    } else if (row == 1) {
      turn_panel(k, width, b + j * column, column, out, COLUMNS, 0xffff);
      turn_panel(k, width - 16, b + (j + 16) * column, column, out + 16, COLUMNS, 0xffff);
    } else {
      for (int64_t p = 0; p < k; p++)
        for (int64_t i = 0; i < COLUMNS; i++)
          out[p * COLUMNS + i] = i < width ? b[p * row + (j + i) * column] : 0;
    }
  }
}

// Panels of 8 rows, each [k, 8]; rows that are missing stay undefined.
static void arrange_rows(int64_t m, int64_t k, const float *a, int64_t row, int64_t column,
                         float *out) {
  for (int64_t i = 0; i < m; i += ROWS, out += k * ROWS) {
    int64_t height = m - i < ROWS ? m - i : ROWS;
    const float *from = a + i * row;
    if (row == 1) {
      __mmask8 mask = (__mmask8)((1u << height) - 1);
      for (int64_t p = 0; p < k; p++)
        _mm256_store_ps(out + p * ROWS, _mm256_maskz_loadu_ps(mask, from + p * column));
    } else if (column == 1) {
      for (int64_t p = 0; p < k; p += 16) {
        __m512 r[16];
        const __mmask16 there = first(k - p);
#pragma unroll
        for (int q = 0; q < 16; q++)
          r[q] = q < height ? _mm512_maskz_loadu_ps(there, from + q * row + p) : _mm512_setzero_ps();
        turn(r);
#pragma unroll
        for (int q = 0; q < 16; q++)
          if (p + q < k) _mm256_store_ps(out + (p + q) * ROWS, _mm512_castps512_ps256(r[q]));
      }
    } else {
      for (int64_t p = 0; p < k; p++)
        for (int64_t q = 0; q < height; q++) out[p * ROWS + q] = from[q * row + p * column];
    }
  }
}

// Room of each thread for a block of a and one of b.
static pthread_key_t room_key;
static pthread_once_t room_once = PTHREAD_ONCE_INIT;
static void make_key(void) { pthread_key_create(&room_key, free); }
static float *room(void) {
  pthread_once(&room_once, make_key);
  float *own = pthread_getspecific(room_key);
  if (own) return own;
  void *fresh = NULL;
  if (posix_memalign(&fresh, 64, (size_t)(HEIGHT + WIDTH) * DEPTH * sizeof(float))) return NULL;
  pthread_setspecific(room_key, fresh);
  return fresh;
}

static int product(int64_t m, int64_t n, int64_t k, const float *a, int64_t a_row, int64_t a_column,
                   const float *b, int64_t b_row, int64_t b_column, int isArranged, int adds,
                   float *c, int64_t ldc) {
  if (k <= 0) return 1;
  // Rows a power of two apart share the sets of the first cache.
  const int packs_a = a_column != 1 || (a_row % 512 == 0 && n > 128 && m > ROWS);
  // Few rows do not earn back what arranging costs.
  const int packs_b = !isArranged && (b_column != 1 || m > 48);
  float *own = packs_a || packs_b ? room() : NULL;
  if ((packs_a || packs_b) && !own) return 1;
  float *panels = own ? own + (int64_t)HEIGHT * DEPTH : NULL;
  const int64_t pieces = (k + DEPTH - 1) / DEPTH, depth = (k + pieces - 1) / pieces;
  for (int64_t jc = 0; jc < n; jc += WIDTH) {
    const int64_t nc = n - jc < WIDTH ? n - jc : WIDTH;
    for (int64_t pc = 0; pc < k; pc += depth) {
      const int64_t kc = k - pc < depth ? k - pc : depth;
      const int sums = adds || pc > 0;
      const float *y = b;
      int64_t panel, bp;  // from panel to panel, and from row to row of one
      if (isArranged) {
        y = b + jc * k + pc * COLUMNS;
        panel = k * COLUMNS;
        bp = COLUMNS;
      } else if (packs_b) {
        arrange_panels(kc, nc, b + pc * b_row + jc * b_column, b_row, b_column, panels, kc);
        y = panels;
        panel = kc * COLUMNS;
        bp = COLUMNS;
      } else {
        y = b + pc * b_row + jc;
        panel = COLUMNS;
        bp = b_row;
      }
      for (int64_t ic = 0; ic < m; ic += HEIGHT) {
        const int64_t mc = m - ic < HEIGHT ? m - ic : HEIGHT;
        const float *x = a + ic * a_row + pc * a_column;
        if (packs_a) {
          arrange_rows(mc, kc, x, a_row, a_column, own);
          x = own;
        }
        for (int64_t j = 0; j < nc; j += COLUMNS) {
          const int64_t width = nc - j < COLUMNS ? nc - j : COLUMNS;
          const int vectors = width > 16 ? 2 : 1;
          const __mmask16 last = first(width - 16 * (vectors - 1));
          const float *from = y + j / COLUMNS * panel;
          for (int64_t i = 0; i < mc; i += ROWS) {
            const int64_t height = mc - i < ROWS ? mc - i : ROWS;
            tiles[packs_a][height - 1][vectors - 1](
                kc, packs_a ? x + i * kc : x + i * a_row, a_row, a_column, from, bp, sums,
                c + (ic + i) * ldc + jc + j, ldc, last);
          }
        }
      }
    }
  }
  return 0;
}

static int multiply(int64_t m, int64_t n, int64_t k, const float *a, int64_t a_row,
                    int64_t a_column, const float *b, int64_t b_row, int64_t b_column, int adds,
                    float *c, int64_t ldc) {
  return product(m, n, k, a, a_row, a_column, b, b_row, b_column, 0, adds, c, ldc);
}
static int multiply_arranged(int64_t m, int64_t n, int64_t k, const float *a, int64_t a_row,
                             int64_t a_column, const float *b, int adds, float *c, int64_t ldc) {
  return product(m, n, k, a, a_row, a_column, b, 0, 0, 1, adds, c, ldc);
}
static void arrange(int64_t k, int64_t n, const float *b, int64_t row, int64_t column, float *out) {
  arrange_panels(k, n, b, row, column, out, k);
}
#pragma clang attribute pop

static const sw_product_table table = {multiply, arrange, multiply_arranged, rows_dot, transpose};

const sw_product_table *sw_products(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                 __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl")
             ? &table
             : 0;
}
#else
const sw_product_table *sw_products(void) { return 0; }
#endif
