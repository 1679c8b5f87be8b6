// Elementary functions of float32 without branches, so that loops over them vectorise.
//
// The polynomials are near-minimax fits (Lawson's iteration over Chebyshev nodes) on the reduced
// range; each function stays within 2 units in the last place of the exact value where the test
// says so. NaN passes through every clamp because a comparison with NaN is false.

static inline float bits_to_f32(uint32_t u) {
  float f;
  memcpy(&f, &u, sizeof f);
  return f;
}

static inline uint32_t f32_to_bits(float f) {
  uint32_t u;
  memcpy(&u, &f, sizeof u);
  return u;
}

// exp(r) = 2^n * exp(r'), |r'| <= ln2/2. 2^n is applied in two halves so that results down to the
// smallest denormal and up to the largest finite number come out.
static inline float exp_f32(float x) {
  x = x > 89.0f ? 89.0f : x;
  x = x < -104.0f ? -104.0f : x;
  const float magic = 12582912.0f;  // 1.5 * 2^23: adding it rounds to an integer in the low bits
  float shifted = x * 1.44269504f + magic;
  int32_t n = (int32_t)f32_to_bits(shifted) - (int32_t)0x4b400000;
  float k = shifted - magic;
  float r = x - k * 0.693145752f;  // ln2 in two parts; the first has 12 zero bits at its end
  r = r - k * 1.42860677e-6f;
  float p = 0.0013950476f;
  p = p * r + 0.008368882f;
  p = p * r + 0.041666206f;
  p = p * r + 0.16666518f;
  p = p * r + 0.5f;
  p = p * (r * r) + r;
  p = p + 1.0f;
  int32_t half = n >> 1;
  float s1 = bits_to_f32((uint32_t)(half + 127) << 23);
  float s2 = bits_to_f32((uint32_t)(n - half + 127) << 23);
  return p * s1 * s2;
}

static inline float log_f32(float x) {
  // Denormals are scaled up first.
  float small = x < 1.17549435e-38f ? 1.0f : 0.0f;
  float y = small != 0.0f ? x * 8388608.0f : x;
  uint32_t u = f32_to_bits(y);
  uint32_t shift = u - 0x3f3504f3u;  // exponent relative to sqrt(1/2)
  int32_t e = (int32_t)shift >> 23;
  float m = bits_to_f32((shift & 0x007fffffu) + 0x3f3504f3u);
  float k = (float)e - small * 23.0f;
  float f = m - 1.0f;
  float p = -0.07859546f;
  p = p * f + 0.12881622f;
  p = p * f - 0.13128768f;
  p = p * f + 0.14181197f;
  p = p * f - 0.16624554f;
  p = p * f + 0.20002286f;
  p = p * f - 0.2500081f;
  p = p * f + 0.33333316f;
  float f2 = f * f;
  float r = p * f * f2 + k * 1.42860677e-6f;
  r = r - 0.5f * f2;
  r = (f + r) + k * 0.693145752f;
  r = x == 0.0f ? -INFINITY : r;
  r = x < 0.0f ? NAN : r;
  return x > 3.4028234e38f || x != x ? x : r;
}

static inline float tanh_f32(float x) {
  float a = x < 0.0f ? -x : x;
  float t = x * x;
  float p = -0.0056039053f;
  p = p * t + 0.020551711f;
  p = p * t - 0.053714104f;
  p = p * t + 0.13331152f;
  p = p * t - 0.33333272f;
  float near = p * t * x + x;
  float e = exp_f32(a + a);
  float far = 1.0f - 2.0f / (e + 1.0f);
  far = x < 0.0f ? -far : far;
  return a < 0.625f || x != x ? near : far;
}

// From exp(-|x|), which does not overflow: small results keep their digits.
static inline float sigmoid_f32(float x) {
  float e = exp_f32(x < 0.0f ? x : -x);
  return (x < 0.0f ? e : 1.0f) / (1.0f + e);
}

static inline float erf_f32(float x) {
  float a = x < 0.0f ? -x : x;
  float t = x * x;
  float p = 7.889119e-05f;
  p = p * t - 0.0008020841f;
  p = p * t + 0.005189535f;
  p = p * t - 0.026854444f;
  p = p * t + 0.112836f;
  p = p * t - 0.37612626f;
  p = p * t + 1.1283791f;
  float near = p * x;
  float b = a > 4.0f ? 4.0f : a;
  float q = 4.3143573e-06f;
  q = q * b - 3.7931623e-05f;
  q = q * b - 8.883974e-05f;
  q = q * b + 0.003039451f;
  q = q * b - 0.02285253f;
  q = q * b + 0.10543348f;
  q = q * b + 0.63553643f;
  q = q * b + 1.1285711f;
  float far = 1.0f - exp_f32(-q * b);
  far = x < 0.0f ? -far : far;
  return a < 1.0f || x != x ? near : far;
}

// sin(x + quarter * pi/2) for |x| <= TRIG_MAX: pi/2 is taken off in four parts, the first three of
// 11 bits, so that each product with the count of quarters is exact.
#define TRIG_MAX 8192.0f
static inline float sine_f32(float x, int32_t quarter) {
  const float magic = 12582912.0f;
  float shifted = x * 0.63661975f + magic;
  int32_t q = (int32_t)f32_to_bits(shifted) - (int32_t)0x4b400000 + quarter;
  float k = shifted - magic;
  float r = x - k * 1.5703125f;
  r = r - k * 0.0004837513f;
  r = r - k * 7.5495336e-08f;
  r = r - k * 2.5633442e-12f;
  float t = r * r;
  float s = 2.7182373e-06f;
  s = s * t - 0.00019839327f;
  s = s * t + 0.008333329f;
  s = s * t - 0.16666667f;
  s = s * t * r + r;
  float c = 2.4437728e-05f;
  c = c * t - 0.0013887362f;
  c = c * t + 0.041666646f;
  c = c * t * t - 0.5f * t + 1.0f;
  float v = q & 1 ? c : s;
  return q & 2 ? -v : v;
}

// gelu(x) = x * Phi(x); its slope is Phi(x) + x * phi(x). (Hendrycks and Gimpel 2016, erf form.)
static inline float gelu_f32(float x) { return 0.5f * x * (1.0f + erf_f32(x * 0.70710678f)); }
static inline float gelu_slope_f32(float x) {
  return 0.5f * (1.0f + erf_f32(x * 0.70710678f)) + x * 0.39894228f * exp_f32(-0.5f * x * x);
}
static inline double gelu_f64(double x) { return 0.5 * x * (1.0 + erf(x * M_SQRT1_2)); }
static inline double gelu_slope_f64(double x) {
  return 0.5 * (1.0 + erf(x * M_SQRT1_2)) + x * 0.3989422804014327 * exp(-0.5 * x * x);
}
static inline float softplus_f32(float x) {
  float a = x < 0.0f ? -x : x;
  return (x > 0.0f ? x : 0.0f) + log1pf(exp_f32(-a));
}
static inline double softplus_f64(double x) {
  double a = x < 0 ? -x : x;
  return (x > 0 ? x : 0) + log1p(exp(-a));
}

// IEEE half precision: 5 bits of exponent, 10 of fraction; rounded to nearest, halves to even.
static inline float f16_to_f32(uint16_t h) {
  uint32_t sign = (uint32_t)(h & 0x8000u) << 16, body = h & 0x7fffu;
  if (body >= 0x7c00u) return bits_to_f32(sign | 0x7f800000u | (body & 0x3ffu) << 13);
  // Multiplying by 2^112 moves the exponent and makes denormals normal.
  return bits_to_f32(sign | f32_to_bits(bits_to_f32(body << 13) * 5.192296858534828e33f));
}
static inline uint16_t f32_to_f16(float f) {
  uint32_t u = f32_to_bits(f), sign = u >> 16 & 0x8000u, body = u & 0x7fffffffu;
  if (body > 0x7f800000u) return (uint16_t)(sign | 0x7e00u);
  if (body >= 0x477ff000u) return (uint16_t)(sign | 0x7c00u);
  if (body < 0x38800000u) {
    // Adding 0.5 leaves the rounded denormal in the low bits.
    return (uint16_t)(sign | (f32_to_bits(bits_to_f32(body) + 0.5f) - 0x3f000000u));
  }
  body += 0xfffu + (body >> 13 & 1);
  return (uint16_t)(sign | ((body - 0x38000000u) >> 13));
}
// The upper half of a float32, rounded to nearest, halves to even.
static inline uint16_t f32_to_bf16(float f) {
  uint32_t u = f32_to_bits(f);
  if ((u & 0x7fffffffu) > 0x7f800000u) return (uint16_t)(u >> 16 | 0x40u);
  return (uint16_t)((u + 0x7fffu + (u >> 16 & 1)) >> 16);
}
