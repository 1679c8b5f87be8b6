// Conversions of the integers that are stored only (sw_narrow.h).
#include "sw_narrow.h"

// A float as a whole number: cut towards zero; what no 64 bits hold is the smallest number, as on x86,
// and wraps to 0 in the narrow types.
static inline int64_t whole_f64(double x) {
  return x > -9223372036854775808.0 && x < 9223372036854775808.0 ? (int64_t)x : INT64_MIN;
}
#define PLAIN(x) (x)
#define WHOLE(x) whole_f64((double)(x))
#define TRUTH(x) ((x) != 0)

#define CAST(NAME, T, R, THROUGH)                                                       \
  static void NAME(int64_t n, char *o, int64_t so, const char *a, int64_t sa) {         \
    for (int64_t i = 0; i < n; i++)                                                     \
      *(R *)(o + i * so) = (R)THROUGH(*(const T *)(a + i * sa));                        \
  }

// Each of the four with one of the others: both ways.
#define WITH_FLOAT(S, T)                                                                \
  CAST(S##_i8, T, int8_t, WHOLE) CAST(S##_i16, T, int16_t, WHOLE)                       \
  CAST(S##_u16, T, uint16_t, WHOLE) CAST(S##_u32, T, uint32_t, WHOLE)                   \
  CAST(i8_##S, int8_t, T, PLAIN) CAST(i16_##S, int16_t, T, PLAIN)                       \
  CAST(u16_##S, uint16_t, T, PLAIN) CAST(u32_##S, uint32_t, T, PLAIN)
#define WITH_INTEGER(S, T)                                                              \
  CAST(S##_i8, T, int8_t, PLAIN) CAST(S##_i16, T, int16_t, PLAIN)                       \
  CAST(S##_u16, T, uint16_t, PLAIN) CAST(S##_u32, T, uint32_t, PLAIN)                   \
  CAST(i8_##S, int8_t, T, PLAIN) CAST(i16_##S, int16_t, T, PLAIN)                       \
  CAST(u16_##S, uint16_t, T, PLAIN) CAST(u32_##S, uint32_t, T, PLAIN)
#define AMONG(S, T)                                                                     \
  CAST(S##_i8, T, int8_t, PLAIN) CAST(S##_i16, T, int16_t, PLAIN)                       \
  CAST(S##_u16, T, uint16_t, PLAIN) CAST(S##_u32, T, uint32_t, PLAIN)                   \
  CAST(S##_bool, T, uint8_t, TRUTH)                                                     \
  CAST(bool_##S, uint8_t, T, TRUTH)

WITH_FLOAT(f32, float)
WITH_FLOAT(f64, double)
WITH_INTEGER(i64, int64_t)
WITH_INTEGER(i32, int32_t)
WITH_INTEGER(u8, uint8_t)
AMONG(i8, int8_t)
AMONG(i16, int16_t)
AMONG(u16, uint16_t)
AMONG(u32, uint32_t)

enum { COUNT = SW_NARROW_END - SW_I8 };

#define FROM(S) {S##_i8, S##_i16, S##_u16, S##_u32}
static const sw_unary_loop into[SW_DTYPE_COUNT][COUNT] = {
    [SW_F32] = FROM(f32), [SW_F64] = FROM(f64), [SW_I64] = FROM(i64),
    [SW_I32] = FROM(i32), [SW_U8] = FROM(u8),   [SW_BOOL] = {bool_i8, bool_i16, bool_u16, bool_u32},
};
#define TO(S) {i8_##S, i16_##S, u16_##S, u32_##S}
static const sw_unary_loop out_of[SW_DTYPE_COUNT][COUNT] = {
    [SW_F32] = TO(f32), [SW_F64] = TO(f64), [SW_I64] = TO(i64),
    [SW_I32] = TO(i32), [SW_U8] = TO(u8),   [SW_BOOL] = TO(bool),
};
static const sw_unary_loop among[COUNT][COUNT] = {FROM(i8), FROM(i16), FROM(u16), FROM(u32)};

sw_unary_loop sw_narrow_cast(int from, int to) {
  if (from < 0 || to < 0 || from >= SW_NARROW_END || to >= SW_NARROW_END) return 0;
  if (from >= SW_I8)
    return to >= SW_I8 ? among[from - SW_I8][to - SW_I8] : out_of[to][from - SW_I8];
  return to >= SW_I8 ? into[from][to - SW_I8] : 0;
}
