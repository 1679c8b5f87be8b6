// Reductions.
//
// Sums of float32 run in 32 lanes over blocks of 4096 elements, and the blocks add up in double, so
// a result is as good as pairwise summation. Blocks depend on the size alone, never on the threads.

enum { SUM_BLOCK = 4096 };

// Sums EXPR over a contiguous block with LANES partial sums, which the compiler keeps in registers.
#define BLOCK_SUM(NAME, T, A, EXPR)                                                     \
  static inline A NAME(int64_t n, const T *xs) {                                        \
    enum { LANES = 32 };                                                                \
    A lane[LANES] = {0};                                                                \
    int64_t i = 0;                                                                      \
    for (; i + LANES <= n; i += LANES)                                                  \
      for (int l = 0; l < LANES; l++) {                                                 \
        T x = xs[i + l];                                                                \
        lane[l] += (A)(EXPR);                                                           \
      }                                                                                 \
    for (int width = LANES / 2; width > 0; width /= 2)                                  \
      for (int l = 0; l < width; l++) lane[l] += lane[l + width];                       \
    A rest = 0;                                                                         \
    for (; i < n; i++) {                                                                \
      T x = xs[i];                                                                      \
      rest += (A)(EXPR);                                                                \
    }                                                                                   \
    return lane[0] + rest;                                                              \
  }

#define SUM_RUN(NAME, BLOCK, T, A, TOTAL, R, EXPR, FINISH)                              \
  BLOCK_SUM(BLOCK, T, A, EXPR)                                                          \
  static void NAME(int64_t n, const char *pa, int64_t sa, char *out) {                  \
    TOTAL total = 0;                                                                    \
    if (sa == (int64_t)sizeof(T)) {                                                     \
      for (int64_t i = 0; i < n; i += SUM_BLOCK)                                        \
        total += BLOCK(n - i < SUM_BLOCK ? n - i : SUM_BLOCK, (const T *)pa + i);       \
    } else {                                                                            \
      for (int64_t i = 0; i < n; i++) {                                                 \
        T x = *(const T *)(pa + i * sa);                                                \
        total += (TOTAL)(EXPR);                                                         \
      }                                                                                 \
    }                                                                                   \
    *(R *)out = (R)(FINISH);                                                            \
  }

SUM_RUN(sum_f32, sum_block_f32, float, float, double, float, x, total)
SUM_RUN(sum_f64, sum_block_f64, double, double, double, double, x, total)
SUM_RUN(sum_i64, sum_block_i64, int64_t, uint64_t, uint64_t, int64_t, x, total)
SUM_RUN(sum_i32, sum_block_i32, int32_t, uint64_t, uint64_t, int64_t, (int64_t)x, total)
SUM_RUN(sum_u8, sum_block_u8, uint8_t, uint64_t, uint64_t, int64_t, x, total)
SUM_RUN(sum_bool, sum_block_bool, uint8_t, uint64_t, uint64_t, int64_t, x != 0, total)
SUM_RUN(norm1_f32, norm1_block_f32, float, float, double, float, fabsf(x), total)
SUM_RUN(norm1_f64, norm1_block_f64, double, double, double, double, fabs(x), total)
SUM_RUN(norm2_f32, norm2_block_f32, float, double, double, float, (double)x *x, sqrt(total))
SUM_RUN(norm2_f64, norm2_block_f64, double, double, double, double, x *x, sqrt(total))
#define COUNT_RUN(S, T)                                                                 \
  SUM_RUN(count_##S, count_block_##S, T, uint64_t, uint64_t, int64_t, x != 0, total)
COUNT_RUN(f32, float)
COUNT_RUN(f64, double)
COUNT_RUN(i64, int64_t)
COUNT_RUN(i32, int32_t)
COUNT_RUN(u8, uint8_t)

#define PROD_RUN(S, T, A, R)                                                            \
  static void prod_##S(int64_t n, const char *pa, int64_t sa, char *out) {              \
    A total = 1;                                                                        \
    for (int64_t i = 0; i < n; i++) total *= (A) * (const T *)(pa + i * sa);            \
    *(R *)out = (R)total;                                                               \
  }
PROD_RUN(f32, float, double, float)
PROD_RUN(f64, double, double, double)
PROD_RUN(i64, int64_t, uint64_t, int64_t)
PROD_RUN(i32, int32_t, uint64_t, int64_t)
PROD_RUN(u8, uint8_t, uint64_t, int64_t)

// The extreme and its first place. BETTER compares a candidate x with the best so far m and lets a
// NaN win; n is at least 1.
#define EXTREME(NAME, S, T, BETTER)                                                     \
  static void NAME##_##S(int64_t n, const char *pa, int64_t sa, char *out) {            \
    if (sa == (int64_t)sizeof(T) && n >= 32) {                                          \
      const T *xs = (const T *)pa;                                                      \
      T lane[32];                                                                       \
      for (int l = 0; l < 32; l++) lane[l] = xs[l];                                     \
      int64_t i = 32;                                                                   \
      for (; i + 32 <= n; i += 32)                                                      \
        for (int l = 0; l < 32; l++) {                                                  \
          T x = xs[i + l], m = lane[l];                                                 \
          lane[l] = (BETTER) ? x : m;                                                   \
        }                                                                               \
      T m = lane[0];                                                                    \
      for (int l = 1; l < 32; l++) {                                                    \
        T x = lane[l];                                                                  \
        m = (BETTER) ? x : m;                                                           \
      }                                                                                 \
      for (; i < n; i++) {                                                              \
        T x = xs[i];                                                                    \
        m = (BETTER) ? x : m;                                                           \
      }                                                                                 \
      *(T *)out = m;                                                                    \
    } else {                                                                            \
      T m = *(const T *)pa;                                                             \
      for (int64_t i = 1; i < n; i++) {                                                 \
        T x = *(const T *)(pa + i * sa);                                                \
        m = (BETTER) ? x : m;                                                           \
      }                                                                                 \
      *(T *)out = m;                                                                    \
    }                                                                                   \
  }                                                                                     \
  static void arg##NAME##_##S(int64_t n, const char *pa, int64_t sa, char *out) {       \
    T m;                                                                                \
    NAME##_##S(n, pa, sa, (char *)&m);                                                  \
    int64_t i = 0;                                                                      \
    for (; i + 1 < n; i++) {                                                            \
      T x = *(const T *)(pa + i * sa);                                                  \
      if (x == m || (m != m && x != x)) break;                                          \
    }                                                                                   \
    *(int64_t *)out = i;                                                                \
  }
#define EXTREMES(S, T)                                                                  \
  EXTREME(max, S, T, (x > m) | (x != x))                                                \
  EXTREME(min, S, T, (x < m) | (x != x))
EXTREMES(f32, float)
EXTREMES(f64, double)
EXTREMES(i64, int64_t)
EXTREMES(i32, int32_t)
EXTREMES(u8, uint8_t)

#define ANY_ALL(S, T)                                                                   \
  static void any_##S(int64_t n, const char *pa, int64_t sa, char *out) {               \
    int64_t i = 0;                                                                      \
    while (i < n && *(const T *)(pa + i * sa) == 0) i++;                                \
    *(uint8_t *)out = i < n;                                                            \
  }                                                                                     \
  static void all_##S(int64_t n, const char *pa, int64_t sa, char *out) {               \
    int64_t i = 0;                                                                      \
    while (i < n && *(const T *)(pa + i * sa) != 0) i++;                                \
    *(uint8_t *)out = i == n;                                                           \
  }
ANY_ALL(f32, float)
ANY_ALL(f64, double)
ANY_ALL(i64, int64_t)
ANY_ALL(i32, int32_t)
ANY_ALL(u8, uint8_t)

// Columns: blocks of 64 rows in T, blocks in TOTAL; 256 columns at a time stay in the first cache.
#define SUM_ROWS(S, T, A, TOTAL, R)                                                     \
  static void sum_rows_##S(int64_t rows, int64_t cols, const char *pa, int64_t sa,      \
                           char *out) {                                                 \
    enum { WIDTH = 256, DEPTH = 64 };                                                   \
    A part[WIDTH];                                                                      \
    TOTAL total[WIDTH];                                                                 \
    for (int64_t c = 0; c < cols; c += WIDTH) {                                         \
      int64_t w = cols - c < WIDTH ? cols - c : WIDTH;                                  \
      for (int64_t j = 0; j < w; j++) total[j] = 0;                                     \
      for (int64_t r = 0; r < rows; r += DEPTH) {                                       \
        int64_t end = rows - r < DEPTH ? rows : r + DEPTH;                              \
        for (int64_t j = 0; j < w; j++) part[j] = 0;                                    \
        for (int64_t i = r; i < end; i++) {                                             \
          const T *xs = (const T *)(pa + i * sa) + c;                                   \
          for (int64_t j = 0; j < w; j++) part[j] += (A)xs[j];                          \
        }                                                                               \
        for (int64_t j = 0; j < w; j++) total[j] += part[j];                            \
      }                                                                                 \
      for (int64_t j = 0; j < w; j++) ((R *)out)[c + j] = (R)total[j];                  \
    }                                                                                   \
  }
SUM_ROWS(f32, float, float, double, float)
SUM_ROWS(f64, double, double, double, double)
SUM_ROWS(i64, int64_t, uint64_t, uint64_t, int64_t)
SUM_ROWS(i32, int32_t, int64_t, uint64_t, int64_t)
SUM_ROWS(u8, uint8_t, uint64_t, uint64_t, int64_t)

#define SCAN(S, T, A, R)                                                                \
  static void cumsum_##S(int64_t n, char *o, int64_t so, const char *pa, int64_t sa) {  \
    A total = 0;                                                                        \
    for (int64_t i = 0; i < n; i++) {                                                   \
      total += (A) * (const T *)(pa + i * sa);                                          \
      *(R *)(o + i * so) = (R)total;                                                    \
    }                                                                                   \
  }                                                                                     \
  static void cumprod_##S(int64_t n, char *o, int64_t so, const char *pa, int64_t sa) { \
    A total = 1;                                                                        \
    for (int64_t i = 0; i < n; i++) {                                                   \
      total *= (A) * (const T *)(pa + i * sa);                                          \
      *(R *)(o + i * so) = (R)total;                                                    \
    }                                                                                   \
  }
SCAN(f32, float, double, float)
SCAN(f64, double, double, double)
SCAN(i64, int64_t, uint64_t, int64_t)
SCAN(i32, int32_t, uint64_t, int64_t)
SCAN(u8, uint8_t, uint64_t, int64_t)

// Unsigned keys whose order is that of the elements: NaN largest, both zeros equal. `flip` is all
// ones for descending order, which keeps equal elements in their order.
static inline uint32_t key_f32(float x) {
  if (x != x) return UINT32_MAX;
  uint32_t u = f32_to_bits(x == 0 ? 0.0f : x);
  return u & 0x80000000u ? ~u : u | 0x80000000u;
}
static inline uint64_t key_f64(double x) {
  if (x != x) return UINT64_MAX;
  double y = x == 0 ? 0.0 : x;
  uint64_t u;
  memcpy(&u, &y, sizeof u);
  return u >> 63 ? ~u : u | 0x8000000000000000u;
}
static inline uint64_t key_i64(int64_t x) { return (uint64_t)x ^ 0x8000000000000000u; }
static inline uint32_t key_i32(int32_t x) { return (uint32_t)x ^ 0x80000000u; }
static inline uint32_t key_u8(uint8_t x) { return x; }

#define SORT_KEYS(S, T, K)                                                              \
  static void sort_keys_##S(int64_t n, const char *pa, int64_t sa, void *keys,          \
                            int descending) {                                           \
    K *out = keys, flip = descending ? (K) ~(K)0 : 0;                                   \
    for (int64_t i = 0; i < n; i++) out[i] = key_##S(*(const T *)(pa + i * sa)) ^ flip; \
  }
SORT_KEYS(f32, float, uint32_t)
SORT_KEYS(f64, double, uint64_t)
SORT_KEYS(i64, int64_t, uint64_t)
SORT_KEYS(i32, int32_t, uint32_t)
SORT_KEYS(u8, uint8_t, uint32_t)
