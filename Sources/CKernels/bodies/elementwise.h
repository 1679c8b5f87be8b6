// Elementwise loops. `assume_safety` tells the compiler what the callers promise: an output either
// is exactly an input or does not overlap it, so no iteration depends on another.

#define VECTOR _Pragma("clang loop vectorize(assume_safety) interleave(enable)")
#define SCALAR _Pragma("clang loop vectorize(disable)")

// One loop over a contiguous run (vectorised) and one over strides.
#define UNARY(NAME, T, R, EXPR)                                                         \
  static void NAME(int64_t n, char *o, int64_t so, const char *pa, int64_t sa) {        \
    if (so == (int64_t)sizeof(R) && sa == (int64_t)sizeof(T)) {                         \
      R *r = (R *)o;                                                                    \
      const T *xs = (const T *)pa;                                                      \
      VECTOR for (int64_t i = 0; i < n; i++) {                                          \
        T x = xs[i];                                                                    \
        r[i] = (R)(EXPR);                                                               \
      }                                                                                 \
    } else {                                                                            \
      SCALAR for (int64_t i = 0; i < n; i++) {                                          \
        T x = *(const T *)(pa + i * sa);                                                \
        *(R *)(o + i * so) = (R)(EXPR);                                                 \
      }                                                                                 \
    }                                                                                   \
  }

#define BINARY(NAME, T, R, EXPR)                                                        \
  static void NAME(int64_t n, char *o, int64_t so, const char *pa, int64_t sa,          \
                   const char *pb, int64_t sb) {                                        \
    const int64_t w = sizeof(T);                                                        \
    if (so == (int64_t)sizeof(R) && (sa == w || sa == 0) && (sb == w || sb == 0)) {     \
      R *r = (R *)o;                                                                    \
      const T *xs = (const T *)pa, *ys = (const T *)pb;                                 \
      if (sa == w && sb == w) {                                                         \
        VECTOR for (int64_t i = 0; i < n; i++) {                                        \
          T x = xs[i], y = ys[i];                                                       \
          r[i] = (R)(EXPR);                                                             \
        }                                                                               \
      } else if (sa == w) {                                                             \
        T y = *ys;                                                                      \
        VECTOR for (int64_t i = 0; i < n; i++) {                                        \
          T x = xs[i];                                                                  \
          r[i] = (R)(EXPR);                                                             \
        }                                                                               \
      } else if (sb == w) {                                                             \
        T x = *xs;                                                                      \
        VECTOR for (int64_t i = 0; i < n; i++) {                                        \
          T y = ys[i];                                                                  \
          r[i] = (R)(EXPR);                                                             \
        }                                                                               \
      } else {                                                                          \
        T x = *xs, y = *ys;                                                             \
        R value = (R)(EXPR);                                                            \
        for (int64_t i = 0; i < n; i++) r[i] = value;                                   \
      }                                                                                 \
    } else {                                                                            \
      SCALAR for (int64_t i = 0; i < n; i++) {                                          \
        T x = *(const T *)(pa + i * sa), y = *(const T *)(pb + i * sb);                 \
        *(R *)(o + i * so) = (R)(EXPR);                                                 \
      }                                                                                 \
    }                                                                                   \
  }

static inline uint64_t magnitude_i64(int64_t x) { return x < 0 ? 0 - (uint64_t)x : (uint64_t)x; }
static inline uint64_t gcd_u64(uint64_t x, uint64_t y) {
  while (y != 0) {
    uint64_t rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}
static inline uint64_t lcm_u64(uint64_t x, uint64_t y) {
  return x == 0 || y == 0 ? 0 : x / gcd_u64(x, y) * y;
}

// Integers wrap around as in NumPy and PyTorch; the unsigned detour keeps that defined in C.
#define WRAP(T, U, x, op, y) ((T)((U)(x)op(U)(y)))

static inline int64_t floordiv_i64(int64_t x, int64_t y) {
  if (y == 0) return 0;
  if (y == -1) return WRAP(int64_t, uint64_t, 0, -, x);
  int64_t q = x / y;
  return (x % y != 0 && (x < 0) != (y < 0)) ? q - 1 : q;
}
static inline int64_t remainder_i64(int64_t x, int64_t y) {
  if (y == 0 || y == -1) return 0;
  int64_t r = x % y;
  return (r != 0 && (r < 0) != (y < 0)) ? r + y : r;
}
static inline int64_t fmod_i64(int64_t x, int64_t y) { return y == 0 || y == -1 ? 0 : x % y; }
static inline int64_t pow_i64(int64_t x, int64_t y) {
  if (y < 0) return x == 1 ? 1 : x == -1 ? ((uint64_t)y % 2 ? -1 : 1) : 0;
  uint64_t base = (uint64_t)x, result = 1;
  while (y > 0) {
    if (y & 1) result *= base;
    base *= base;
    y >>= 1;
  }
  return (int64_t)result;
}
static inline int64_t shl_i64(int64_t x, int64_t y) {
  return y < 0 || y > 63 ? 0 : (int64_t)((uint64_t)x << y);
}
static inline int64_t shr_i64(int64_t x, int64_t y) {
  return x >> (y < 0 || y > 63 ? 63 : y);
}

// Python's rules: the quotient is rounded down, the remainder has the divisor's sign.
static inline double remainder_f64(double x, double y) {
  double r = fmod(x, y);
  return r != 0 && (r < 0) != (y < 0) ? r + y : r;
}
static inline double floordiv_f64(double x, double y) {
  if (y == 0) return x / y;
  double r = fmod(x, y), q = (x - r) / y;
  if (r != 0 && (r < 0) != (y < 0)) q -= 1;
  if (q == 0) return copysign(0, x / y);
  double f = floor(q);
  return q - f > 0.5 ? f + 1 : f;
}
static inline float remainder_f32(float x, float y) {
  float r = fmodf(x, y);
  return r != 0 && (r < 0) != (y < 0) ? r + y : r;
}
static inline float floordiv_f32(float x, float y) {
  if (y == 0) return x / y;
  float r = fmodf(x, y), q = (x - r) / y;
  if (r != 0 && (r < 0) != (y < 0)) q -= 1;
  if (q == 0) return copysignf(0, x / y);
  float f = floorf(q);
  return q - f > 0.5f ? f + 1 : f;
}
// The builtin is a square root that does not set errno, which would forbid vectorising.
#define ROOT(x) __builtin_elementwise_sqrt(x)

static inline float pow_f32(float x, float y) {
  if (y == 0.5f && x >= 0) return ROOT(x);
  return y == 2.0f ? x * x : y == 1.0f ? x : powf(x, y);
}
static inline double pow_f64(double x, double y) { return y == 2.0 ? x * x : pow(x, y); }

#define FLOAT_UNARIES(S, T, F)                                                          \
  UNARY(run_neg_##S, T, T, -x)                                                          \
  UNARY(run_abs_##S, T, T, fabs##F(x))                                                  \
  UNARY(run_sign_##S, T, T, x != x ? x : (T)((x > 0) - (x < 0)))                        \
  UNARY(run_square_##S, T, T, x *x)                                                     \
  UNARY(run_sqrt_##S, T, T, ROOT(x))                                                    \
  UNARY(run_rsqrt_##S, T, T, 1 / ROOT(x))                                               \
  UNARY(run_reciprocal_##S, T, T, 1 / x)                                                \
  UNARY(run_expm1_##S, T, T, expm1##F(x))                                               \
  UNARY(run_exp2_##S, T, T, exp2##F(x))                                                 \
  UNARY(run_log1p_##S, T, T, log1p##F(x))                                               \
  UNARY(run_log2_##S, T, T, log2##F(x))                                                 \
  UNARY(run_log10_##S, T, T, log10##F(x))                                               \
  UNARY(run_tan_##S, T, T, tan##F(x))                                                   \
  UNARY(run_asin_##S, T, T, asin##F(x))                                                 \
  UNARY(run_acos_##S, T, T, acos##F(x))                                                 \
  UNARY(run_atan_##S, T, T, atan##F(x))                                                 \
  UNARY(run_sinh_##S, T, T, sinh##F(x))                                                 \
  UNARY(run_cosh_##S, T, T, cosh##F(x))                                                 \
  UNARY(run_asinh_##S, T, T, asinh##F(x))                                               \
  UNARY(run_acosh_##S, T, T, acosh##F(x))                                               \
  UNARY(run_atanh_##S, T, T, atanh##F(x))                                               \
  UNARY(run_relu_##S, T, T, x < 0 ? 0 : x)                                              \
  UNARY(run_softplus_##S, T, T, softplus_##S(x))                                        \
  UNARY(run_erfc_##S, T, T, erfc##F(x))                                                 \
  UNARY(run_gelu_##S, T, T, gelu_##S(x))                                                \
  UNARY(run_gelu_slope_##S, T, T, gelu_slope_##S(x))                                    \
  UNARY(run_floor_##S, T, T, floor##F(x))                                               \
  UNARY(run_ceil_##S, T, T, ceil##F(x))                                                 \
  UNARY(run_round_##S, T, T, rint##F(x))                                                \
  UNARY(run_trunc_##S, T, T, trunc##F(x))                                               \
  UNARY(run_digamma_##S, T, T, (T)digamma_f64(x))                                       \
  UNARY(run_trigamma_##S, T, T, (T)trigamma_f64(x))                                     \
  UNARY(run_tetragamma_##S, T, T, (T)tetragamma_f64(x))                                 \
  UNARY(run_erfinv_##S, T, T, (T)erfinv_f64(x))                                         \
  UNARY(run_i0_##S, T, T, (T)bessel_i0_f64(x, 0))                                       \
  UNARY(run_i0e_##S, T, T, (T)bessel_i0_f64(x, 1))                                      \
  UNARY(run_i1_##S, T, T, (T)bessel_i1_f64(x, 0))                                       \
  UNARY(run_i1e_##S, T, T, (T)bessel_i1_f64(x, 1))                                      \
  UNARY(run_sinc_##S, T, T, sinc_##S(x))                                                 \
  UNARY(run_ndtri_##S, T, T, (T)ndtri_f64(x))                                           \
  UNARY(run_cbrt_##S, T, T, cbrt##F(x))                                                 \
  UNARY(run_isnan_##S, T, uint8_t, x != x)                                              \
  UNARY(run_isinf_##S, T, uint8_t, fabs##F(x) == INFINITY)                              \
  UNARY(run_isfinite_##S, T, uint8_t, fabs##F(x) < INFINITY)                            \
  UNARY(run_not_##S, T, uint8_t, x == 0)

UNARY(run_exp_f32, float, float, exp_f32(x))
UNARY(run_log_f32, float, float, log_f32(x))
UNARY(run_tanh_f32, float, float, tanh_f32(x))
UNARY(run_sigmoid_f32, float, float, sigmoid_f32(x))
UNARY(run_erf_f32, float, float, erf_f32(x))
UNARY(run_exp_f64, double, double, exp(x))
UNARY(run_log_f64, double, double, log(x))
UNARY(run_tanh_f64, double, double, tanh(x))
UNARY(run_sigmoid_f64, double, double, 1.0 / (1.0 + exp(-x)))
UNARY(run_erf_f64, double, double, erf(x))
FLOAT_UNARIES(f32, float, f)
FLOAT_UNARIES(f64, double, )
UNARY(run_sin_f64, double, double, sin(x))
UNARY(run_cos_f64, double, double, cos(x))

// Blocks with an argument beyond the fast reduction, or not finite, go to the C library.
#define TRIG(NAME, QUARTER, EXACT)                                                      \
  static void NAME(int64_t n, char *o, int64_t so, const char *pa, int64_t sa) {        \
    float block[256];                                                                   \
    for (int64_t i = 0; i < n; i += 256) {                                              \
      int64_t w = n - i < 256 ? n - i : 256;                                            \
      int large = 0;                                                                    \
      for (int64_t j = 0; j < w; j++) block[j] = *(const float *)(pa + (i + j) * sa);   \
      for (int64_t j = 0; j < w; j++) large |= !(fabsf(block[j]) <= TRIG_MAX);          \
      if (large) {                                                                      \
        for (int64_t j = 0; j < w; j++) block[j] = EXACT(block[j]);                     \
      } else {                                                                          \
        for (int64_t j = 0; j < w; j++) block[j] = sine_f32(block[j], QUARTER);         \
      }                                                                                 \
      for (int64_t j = 0; j < w; j++) *(float *)(o + (i + j) * so) = block[j];          \
    }                                                                                   \
  }
TRIG(run_sin_f32, 0, sinf)
TRIG(run_cos_f32, 1, cosf)
UNARY(run_lgamma_f32, float, float, lgammaf(x))
UNARY(run_lgamma_f64, double, double, lgamma(x))

#define INT_UNARIES(S, T, U)                                                            \
  UNARY(run_neg_##S, T, T, WRAP(T, U, 0, -, x))                                         \
  UNARY(run_abs_##S, T, T, x < 0 ? WRAP(T, U, 0, -, x) : x)                             \
  UNARY(run_sign_##S, T, T, (x > 0) - (x < 0))                                          \
  UNARY(run_square_##S, T, T, WRAP(T, U, x, *, x))                                      \
  UNARY(run_relu_##S, T, T, x < 0 ? 0 : x)                                              \
  UNARY(run_bitnot_##S, T, T, ~x)                                                       \
  UNARY(run_same_##S, T, T, x)                                                          \
  UNARY(run_false_##S, T, uint8_t, x != x)                                              \
  UNARY(run_true_##S, T, uint8_t, x == x)                                               \
  UNARY(run_not_##S, T, uint8_t, x == 0)

INT_UNARIES(i64, int64_t, uint64_t)
INT_UNARIES(i32, int32_t, uint32_t)
INT_UNARIES(u8, uint8_t, uint8_t)
UNARY(run_bitnot_bool, uint8_t, uint8_t, x == 0)

#define COMPARISONS(S, T)                                                               \
  BINARY(run_eq_##S, T, uint8_t, x == y)                                                \
  BINARY(run_ne_##S, T, uint8_t, x != y)                                                \
  BINARY(run_lt_##S, T, uint8_t, x < y)                                                 \
  BINARY(run_le_##S, T, uint8_t, x <= y)                                                \
  BINARY(run_gt_##S, T, uint8_t, x > y)                                                 \
  BINARY(run_ge_##S, T, uint8_t, x >= y)                                                \
  BINARY(run_land_##S, T, uint8_t, (x != 0) & (y != 0))                                 \
  BINARY(run_lor_##S, T, uint8_t, (x != 0) | (y != 0))                                  \
  BINARY(run_lxor_##S, T, uint8_t, (x != 0) != (y != 0))

COMPARISONS(f32, float)
COMPARISONS(f64, double)
COMPARISONS(i64, int64_t)
COMPARISONS(i32, int32_t)
COMPARISONS(u8, uint8_t)

#define FLOAT_BINARIES(S, T, F)                                                         \
  BINARY(run_add_##S, T, T, x + y)                                                      \
  BINARY(run_sub_##S, T, T, x - y)                                                      \
  BINARY(run_mul_##S, T, T, x * y)                                                      \
  BINARY(run_div_##S, T, T, x / y)                                                      \
  BINARY(run_floordiv_##S, T, T, floordiv_##S(x, y))                                    \
  BINARY(run_remainder_##S, T, T, remainder_##S(x, y))                                  \
  BINARY(run_fmod_##S, T, T, fmod##F(x, y))                                             \
  BINARY(run_pow_##S, T, T, pow_##S(x, y))                                              \
  BINARY(run_max_##S, T, T, x > y || x != x ? x : y)                                    \
  BINARY(run_min_##S, T, T, x < y || x != x ? x : y)                                    \
  BINARY(run_atan2_##S, T, T, atan2##F(x, y))                                           \
  BINARY(run_hypot_##S, T, T, hypot##F(x, y))                                           \
  BINARY(run_copysign_##S, T, T, copysign##F(x, y))                                     \
  BINARY(run_nextafter_##S, T, T, nextafter##F(x, y))                                   \
  BINARY(run_fmax_##S, T, T, fmax##F(x, y))                                             \
  BINARY(run_fmin_##S, T, T, fmin##F(x, y))                                             \
  BINARY(run_xlogy_##S, T, T, y != y ? y : x == 0 ? 0 : x * log##F(y))                  \
  BINARY(run_logaddexp_##S, T, T, (T)logaddexp_f64(x, y, 1))                            \
  BINARY(run_logaddexp2_##S, T, T, (T)logaddexp_f64(x, y, M_LN2))                       \
  BINARY(run_relu_back_##S, T, T, y > 0 ? x : 0)

FLOAT_BINARIES(f32, float, f)
FLOAT_BINARIES(f64, double, )

#define INT_BINARIES(S, T, U)                                                           \
  BINARY(run_add_##S, T, T, WRAP(T, U, x, +, y))                                        \
  BINARY(run_sub_##S, T, T, WRAP(T, U, x, -, y))                                        \
  BINARY(run_mul_##S, T, T, WRAP(T, U, x, *, y))                                        \
  BINARY(run_floordiv_##S, T, T, floordiv_i64(x, y))                                    \
  BINARY(run_remainder_##S, T, T, remainder_i64(x, y))                                  \
  BINARY(run_fmod_##S, T, T, fmod_i64(x, y))                                            \
  BINARY(run_pow_##S, T, T, pow_i64(x, y))                                              \
  BINARY(run_max_##S, T, T, x > y ? x : y)                                              \
  BINARY(run_min_##S, T, T, x < y ? x : y)                                              \
  BINARY(run_and_##S, T, T, x &y)                                                       \
  BINARY(run_or_##S, T, T, x | y)                                                       \
  BINARY(run_xor_##S, T, T, x ^ y)                                                      \
  BINARY(run_shl_##S, T, T, shl_i64(x, y))                                              \
  BINARY(run_shr_##S, T, T, shr_i64(x, y))                                              \
  BINARY(run_relu_back_##S, T, T, y > 0 ? x : 0)                                        \
  BINARY(run_gcd_##S, T, T, (T)gcd_u64(magnitude_i64(x), magnitude_i64(y)))             \
  BINARY(run_lcm_##S, T, T, (T)lcm_u64(magnitude_i64(x), magnitude_i64(y)))

INT_BINARIES(i64, int64_t, uint64_t)
INT_BINARIES(i32, int32_t, uint32_t)
INT_BINARIES(u8, uint8_t, uint32_t)

// Choosing by a condition, and copying, look at the size of an element only.
#define SELECT(NAME, T)                                                                 \
  static void NAME(int64_t n, char *o, int64_t so, const char *pc, int64_t sc,          \
                   const char *pa, int64_t sa, const char *pb, int64_t sb) {            \
    const int64_t w = sizeof(T);                                                        \
    if (so == w && sc == 1 && sa == w && sb == w) {                                     \
      T *r = (T *)o;                                                                    \
      const T *xs = (const T *)pa, *ys = (const T *)pb;                                 \
      const uint8_t *cs = (const uint8_t *)pc;                                          \
      VECTOR for (int64_t i = 0; i < n; i++) r[i] = cs[i] ? xs[i] : ys[i];              \
    } else {                                                                            \
      SCALAR for (int64_t i = 0; i < n; i++)                                            \
        *(T *)(o + i * so) = *(const uint8_t *)(pc + i * sc) ? *(const T *)(pa + i * sa) \
                                                             : *(const T *)(pb + i * sb); \
    }                                                                                   \
  }

#define COPY(NAME, T)                                                                   \
  static void NAME(int64_t n, char *o, int64_t so, const char *pa, int64_t sa) {        \
    const int64_t w = sizeof(T);                                                        \
    if (so == w && sa == w) {                                                           \
      memmove(o, pa, (size_t)(n * w));                                                  \
    } else if (so == w && sa == 0) {                                                    \
      T x = *(const T *)pa, *r = (T *)o;                                                \
      for (int64_t i = 0; i < n; i++) r[i] = x;                                         \
    } else {                                                                            \
      for (int64_t i = 0; i < n; i++) *(T *)(o + i * so) = *(const T *)(pa + i * sa);   \
    }                                                                                   \
  }

SELECT(run_select_1, uint8_t)
SELECT(run_select_2, uint16_t)
SELECT(run_select_4, uint32_t)
SELECT(run_select_8, uint64_t)
typedef struct {
  uint64_t low, high;
} sixteen_bytes;
SELECT(run_select_16, sixteen_bytes)
COPY(run_copy_1, uint8_t)
COPY(run_copy_2, uint16_t)
COPY(run_copy_4, uint32_t)
COPY(run_copy_8, uint64_t)
COPY(run_copy_16, sixteen_bytes)

// A float out of range becomes the smallest integer, as on x86; a NaN too.
#define TO_I64(x)                                                                       \
  ((x) >= -9223372036854775808.0 && (x) < 9223372036854775808.0 ? (int64_t)(x) : INT64_MIN)

#define CASTS_FROM_FLOAT(S, T)                                                          \
  UNARY(run_##S##_i64, T, int64_t, TO_I64(x))                                           \
  UNARY(run_##S##_i32, T, int32_t,                                                      \
        x > -2147483649.0 && x < 2147483648.0 ? (int32_t)x : INT32_MIN)                 \
  UNARY(run_##S##_u8, T, uint8_t, (uint8_t)TO_I64(x))                                   \
  UNARY(run_##S##_bool, T, uint8_t, x != 0)
CASTS_FROM_FLOAT(f32, float)
CASTS_FROM_FLOAT(f64, double)
UNARY(run_f32_f64, float, double, x)
UNARY(run_f64_f32, double, float, x)

#define CASTS_FROM_INT(S, T)                                                            \
  UNARY(run_##S##_f32, T, float, x)                                                     \
  UNARY(run_##S##_f64, T, double, x)                                                    \
  UNARY(run_##S##_i64, T, int64_t, x)                                                   \
  UNARY(run_##S##_i32, T, int32_t, x)                                                   \
  UNARY(run_##S##_u8, T, uint8_t, x)                                                    \
  UNARY(run_##S##_bool, T, uint8_t, x != 0)
CASTS_FROM_INT(i64, int64_t)
CASTS_FROM_INT(i32, int32_t)
CASTS_FROM_INT(u8, uint8_t)

// Half floats.
UNARY(run_f16_f32, uint16_t, float, f16_to_f32(x))
UNARY(run_f32_f16, float, uint16_t, f32_to_f16(x))
UNARY(run_bf16_f32, uint16_t, float, bits_to_f32((uint32_t)x << 16))
UNARY(run_f32_bf16, float, uint16_t, f32_to_bf16(x))
#define CASTS_FROM_HALF(S, WIDE)                                                        \
  UNARY(run_##S##_f64, uint16_t, double, WIDE)                                          \
  UNARY(run_##S##_i64, uint16_t, int64_t, TO_I64(WIDE))                                 \
  UNARY(run_##S##_i32, uint16_t, int32_t, TO_I64(WIDE))                                 \
  UNARY(run_##S##_u8, uint16_t, uint8_t, (uint8_t)TO_I64(WIDE))                         \
  UNARY(run_##S##_bool, uint16_t, uint8_t, (WIDE) != 0)
CASTS_FROM_HALF(f16, f16_to_f32(x))
CASTS_FROM_HALF(bf16, bits_to_f32((uint32_t)x << 16))
// A double or a long integer is rounded to float first: the second rounding can only differ from one
// rounding on exact halves that the first made, which PyTorch's conversions share.
#define CASTS_TO_HALF(S, T)                                                             \
  UNARY(run_##S##_f16, T, uint16_t, f32_to_f16((float)x))                               \
  UNARY(run_##S##_bf16, T, uint16_t, f32_to_bf16((float)x))
CASTS_TO_HALF(f64, double)
CASTS_TO_HALF(i64, int64_t)
CASTS_TO_HALF(i32, int32_t)
CASTS_TO_HALF(u8, uint8_t)
UNARY(run_f16_bf16, uint16_t, uint16_t, f32_to_bf16(f16_to_f32(x)))
UNARY(run_bf16_f16, uint16_t, uint16_t, f32_to_f16(bits_to_f32((uint32_t)x << 16)))
