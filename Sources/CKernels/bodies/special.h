// Functions of mathematical physics, in double. They are scalar: series and asymptotic expansions
// (Abramowitz and Stegun 1964, the formula numbers stand beside them), and Newton's method for the
// inverses.

// The derivative of ln Gamma. 6.3.7 (reflection), 6.3.5 (recurrence), 6.3.18 (large x).
static inline double digamma_f64(double x) {
  if (x == 0) return copysign(INFINITY, -x);
  double result = 0;
  if (x < 0) {
    if (x == floor(x)) return NAN;
    double rest = x - floor(x);  // the tangent's period is 1
    result = -M_PI / tan(M_PI * rest);
    x = 1 - x;
  }
  for (; x < 10; x += 1) result -= 1 / x;
  double t = 1 / (x * x);
  double series =
      t * (1.0 / 12 - t * (1.0 / 120 - t * (1.0 / 252 - t * (1.0 / 240 - t * (1.0 / 132 -
      t * (691.0 / 32760 - t * (1.0 / 12)))))));
  return result + log(x) - 0.5 / x - series;
}

// Its derivative. 6.4.7, 6.4.6, 6.4.12.
static inline double trigamma_f64(double x) {
  double result = 0, sign = 1;
  if (x <= 0) {
    if (x == floor(x)) return INFINITY;
    double s = sin(M_PI * (x - floor(x)));
    result = M_PI * M_PI / (s * s);
    sign = -1;
    x = 1 - x;
  }
  double sum = 0;
  for (; x < 10; x += 1) sum += 1 / (x * x);
  double t = 1 / (x * x);
  double series =
      t * (1.0 / 6 - t * (1.0 / 30 - t * (1.0 / 42 - t * (1.0 / 30 - t * (5.0 / 66 -
      t * (691.0 / 2730 - t * (7.0 / 6)))))));
  return result + sign * (sum + 1 / x + 0.5 * t + series / x);
}

// And the next one, for the gradient of the trigamma function. 6.4.6, 6.4.13; the reflection is the
// derivative of 6.4.7.
static inline double tetragamma_f64(double x) {
  double result = 0, sign = 1;
  if (x <= 0) {
    if (x == floor(x)) return NAN;
    double angle = M_PI * (x - floor(x)), s = sin(angle);
    result = -2 * M_PI * M_PI * M_PI * cos(angle) / (s * s * s);
    x = 1 - x;
  }
  double sum = 0;
  for (; x < 12; x += 1) sum -= 2 / (x * x * x);
  double t = 1 / (x * x);
  double series =
      t * t * (0.5 - t * (1.0 / 6 - t * (1.0 / 6 - t * (3.0 / 10 - t * (5.0 / 6)))));
  return result + sign * (sum - t - t / x - series);
}

// y >= 0 with erfc(y) = q for 0 < q <= 1: Winitzki's (2008) closed form to 3 digits, then steps of
// Halley's method, each of which triples them.
static inline double erfc_inverse_f64(double q) {
  if (q == 1) return 0;
  const double a = 0.147;
  double l = log(q * (2 - q));
  double t = 2 / (M_PI * a) + 0.5 * l;
  double y = sqrt(sqrt(t * t - l / a) - t);
  for (int i = 0; i < 3; i++) {
    double slope = 1.1283791670955126 * exp(-y * y);
    if (slope == 0) break;
    // Near 0 erf keeps the digits that erfc loses.
    double miss = (y < 0.5 ? (1 - q) - erf(y) : erfc(y) - q) / slope;
    y += miss / (1 + y * miss);
  }
  return y;
}

static inline double erfinv_f64(double x) {
  double a = fabs(x);
  if (!(a <= 1)) return NAN;
  if (a == 1) return x * INFINITY;
  if (a < 1e-8) return x * 0.8862269254527580;  // sqrt(pi) / 2
  if (a < 0.5) {
    // The argument itself is exact here, 1 - a is not.
    double y = a * 0.8862269254527580;
    for (int i = 0; i < 4; i++) {
      double miss = (a - erf(y)) / (1.1283791670955126 * exp(-y * y));
      y += miss / (1 + y * miss);
    }
    return copysign(y, x);
  }
  return copysign(erfc_inverse_f64(1 - a), x);
}

// The quantile of the normal distribution.
static inline double ndtri_f64(double p) {
  if (!(p >= 0 && p <= 1)) return NAN;
  if (p == 0) return -INFINITY;
  if (p == 1) return INFINITY;
  return p < 0.5 ? -M_SQRT2 * erfc_inverse_f64(2 * p) : M_SQRT2 * erfc_inverse_f64(2 * (1 - p));
}

// Modified Bessel functions: the power series 9.6.10, all of whose terms are positive, up to 20, and
// from there the asymptotic series 9.7.1, whose rest is below exp(-40). `scaled` leaves out exp(|x|).
static inline double bessel_far_f64(double a, double order4) {
  double term = 1, sum = 1;
  for (int k = 1; k < 40; k++) {
    double odd = 2 * k - 1;
    double next = term * (odd * odd - order4) / (k * 8 * a);
    if (fabs(next) > fabs(term)) break;
    term = next;
    sum += term;
  }
  return sum / sqrt(2 * M_PI * a);
}
static inline double bessel_i0_f64(double x, int scaled) {
  double a = fabs(x);
  if (a > 20) return bessel_far_f64(a, 0) * (scaled ? 1 : exp(a));
  double t = a * a / 4, term = 1, sum = 1;
  for (int k = 1; k < 80 && term > sum * 1e-18; k++) {
    term *= t / ((double)k * k);
    sum += term;
  }
  return x != x ? x : scaled ? sum * exp(-a) : sum;
}
static inline double bessel_i1_f64(double x, int scaled) {
  double a = fabs(x);
  if (a > 20) return copysign(bessel_far_f64(a, 4) * (scaled ? 1 : exp(a)), x);
  double t = a * a / 4, term = 1, sum = 1;
  for (int k = 1; k < 80 && term > sum * 1e-18; k++) {
    term *= t / ((double)k * (k + 1));
    sum += term;
  }
  return x / 2 * (scaled ? sum * exp(-a) : sum);
}

static inline float sinc_f32(float x) {
  float t = (float)M_PI * x;
  return x == 0 ? 1 : sinf(t) / t;
}
static inline double sinc_f64(double x) { return x == 0 ? 1 : sin(M_PI * x) / (M_PI * x); }

// log(exp(x u) + exp(y u)) / u.
static inline double logaddexp_f64(double x, double y, double u) {
  if (x == y) return x + M_LN2 / u;
  double high = x > y ? x : y, gap = x > y ? x - y : y - x;
  return x != x || y != y ? NAN : high + log1p(exp(-gap * u)) / u;
}
