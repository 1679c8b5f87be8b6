// Complex numbers: two floats next to each other. Products and quotients follow the textbook (with
// Smith's scaling for the quotient, 1962); the functions are those of the C library.

typedef float _Complex c64;
typedef double _Complex c128;

#define COMPLEX(S, T, R, F)                                                             \
  static inline T make_##S(R re, R im) {                                                \
    T z;                                                                                \
    ((R *)&z)[0] = re;                                                                  \
    ((R *)&z)[1] = im;                                                                  \
    return z;                                                                           \
  }                                                                                     \
  static inline R re_##S(T z) { return ((R *)&z)[0]; }                                  \
  static inline R im_##S(T z) { return ((R *)&z)[1]; }                                  \
  static inline T times_##S(T x, T y) {                                                 \
    R a = re_##S(x), b = im_##S(x), c = re_##S(y), d = im_##S(y);                       \
    return make_##S(a * c - b * d, a * d + b * c);                                      \
  }                                                                                     \
  static inline T over_##S(T x, T y) {                                                  \
    R a = re_##S(x), b = im_##S(x), c = re_##S(y), d = im_##S(y);                       \
    if (fabs##F(c) >= fabs##F(d)) {                                                     \
      if (c == 0 && d == 0) return make_##S(a / fabs##F(c), b / fabs##F(d));            \
      R ratio = d / c, scale = 1 / (c + d * ratio);                                     \
      return make_##S((a + b * ratio) * scale, (b - a * ratio) * scale);                \
    }                                                                                   \
    R ratio = c / d, scale = 1 / (c * ratio + d);                                       \
    return make_##S((a * ratio + b) * scale, (b * ratio - a) * scale);                  \
  }                                                                                     \
  static inline T power_##S(T x, T y) {                                                 \
    if (im_##S(y) == 0) {                                                               \
      R n = re_##S(y);                                                                  \
      if (n == 0) return make_##S(1, 0);                                                \
      if (n == 1) return x;                                                             \
      if (n == 2) return times_##S(x, x);                                               \
    }                                                                                   \
    if (re_##S(x) == 0 && im_##S(x) == 0)                                               \
      return re_##S(y) > 0 ? make_##S(0, 0) : make_##S(NAN, NAN);                       \
    return __builtin_cpow##F(x, y);                                                     \
  }                                                                                     \
  UNARY(run_neg_##S, T, T, make_##S(-re_##S(x), -im_##S(x)))                            \
  UNARY(run_conj_##S, T, T, make_##S(re_##S(x), -im_##S(x)))                            \
  UNARY(run_square_##S, T, T, times_##S(x, x))                                          \
  UNARY(run_reciprocal_##S, T, T, over_##S(make_##S(1, 0), x))                          \
  UNARY(run_sqrt_##S, T, T, __builtin_csqrt##F(x))                                      \
  UNARY(run_exp_##S, T, T, __builtin_cexp##F(x))                                        \
  UNARY(run_log_##S, T, T, __builtin_clog##F(x))                                        \
  UNARY(run_sin_##S, T, T, __builtin_csin##F(x))                                        \
  UNARY(run_cos_##S, T, T, __builtin_ccos##F(x))                                        \
  UNARY(run_isnan_##S, T, uint8_t, re_##S(x) != re_##S(x) || im_##S(x) != im_##S(x))    \
  UNARY(run_isinf_##S, T, uint8_t,                                                      \
        fabs##F(re_##S(x)) == INFINITY || fabs##F(im_##S(x)) == INFINITY)               \
  UNARY(run_isfinite_##S, T, uint8_t,                                                   \
        fabs##F(re_##S(x)) < INFINITY && fabs##F(im_##S(x)) < INFINITY)                 \
  UNARY(run_not_##S, T, uint8_t, re_##S(x) == 0 && im_##S(x) == 0)                      \
  BINARY(run_add_##S, T, T, x + y)                                                      \
  BINARY(run_sub_##S, T, T, x - y)                                                      \
  BINARY(run_mul_##S, T, T, times_##S(x, y))                                            \
  BINARY(run_div_##S, T, T, over_##S(x, y))                                             \
  BINARY(run_pow_##S, T, T, power_##S(x, y))                                            \
  BINARY(run_eq_##S, T, uint8_t, re_##S(x) == re_##S(y) && im_##S(x) == im_##S(y))      \
  BINARY(run_ne_##S, T, uint8_t, re_##S(x) != re_##S(y) || im_##S(x) != im_##S(y))      \
  static void sum_##S(int64_t n, const char *pa, int64_t sa, char *out) {               \
    double re = 0, im = 0;                                                              \
    for (int64_t i = 0; i < n; i++) {                                                   \
      T x = *(const T *)(pa + i * sa);                                                  \
      re += re_##S(x);                                                                  \
      im += im_##S(x);                                                                  \
    }                                                                                   \
    *(T *)out = make_##S((R)re, (R)im);                                                 \
  }                                                                                     \
  static void prod_##S(int64_t n, const char *pa, int64_t sa, char *out) {              \
    T total = make_##S(1, 0);                                                           \
    for (int64_t i = 0; i < n; i++) total = times_##S(total, *(const T *)(pa + i * sa)); \
    *(T *)out = total;                                                                  \
  }                                                                                     \
  static inline int is_zero_##S(const char *p) {                                        \
    T x = *(const T *)p;                                                                \
    return re_##S(x) == 0 && im_##S(x) == 0;                                            \
  }                                                                                     \
  static void any_##S(int64_t n, const char *pa, int64_t sa, char *out) {               \
    int64_t i = 0;                                                                      \
    while (i < n && is_zero_##S(pa + i * sa)) i++;                                      \
    *(uint8_t *)out = i < n;                                                            \
  }                                                                                     \
  static void all_##S(int64_t n, const char *pa, int64_t sa, char *out) {               \
    int64_t i = 0;                                                                      \
    while (i < n && !is_zero_##S(pa + i * sa)) i++;                                     \
    *(uint8_t *)out = i == n;                                                           \
  }                                                                                     \
  static void count_##S(int64_t n, const char *pa, int64_t sa, char *out) {             \
    int64_t found = 0;                                                                  \
    for (int64_t i = 0; i < n; i++) found += !is_zero_##S(pa + i * sa);                 \
    *(int64_t *)out = found;                                                            \
  }                                                                                     \
  /* Towards real types the imaginary part is dropped. */                               \
  UNARY(run_##S##_f32, T, float, re_##S(x))                                             \
  UNARY(run_##S##_f64, T, double, re_##S(x))                                            \
  UNARY(run_##S##_i64, T, int64_t, TO_I64(re_##S(x)))                                   \
  UNARY(run_##S##_i32, T, int32_t, TO_I64(re_##S(x)))                                   \
  UNARY(run_##S##_u8, T, uint8_t, (uint8_t)TO_I64(re_##S(x)))                           \
  UNARY(run_##S##_bool, T, uint8_t, re_##S(x) != 0 || im_##S(x) != 0)                   \
  UNARY(run_##S##_f16, T, uint16_t, f32_to_f16((float)re_##S(x)))                       \
  UNARY(run_##S##_bf16, T, uint16_t, f32_to_bf16((float)re_##S(x)))                     \
  UNARY(run_f32_##S, float, T, make_##S((R)x, 0))                                       \
  UNARY(run_f64_##S, double, T, make_##S((R)x, 0))                                      \
  UNARY(run_i64_##S, int64_t, T, make_##S((R)x, 0))                                     \
  UNARY(run_i32_##S, int32_t, T, make_##S((R)x, 0))                                     \
  UNARY(run_u8_##S, uint8_t, T, make_##S((R)x, 0))                                      \
  UNARY(run_f16_##S, uint16_t, T, make_##S((R)f16_to_f32(x), 0))                        \
  UNARY(run_bf16_##S, uint16_t, T, make_##S((R)bits_to_f32((uint32_t)x << 16), 0))

COMPLEX(c64, c64, float, f)
COMPLEX(c128, c128, double, )
UNARY(run_c64_c128, c64, c128, make_c128(re_c64(x), im_c64(x)))
UNARY(run_c128_c64, c128, c64, make_c64((float)re_c128(x), (float)im_c128(x)))
