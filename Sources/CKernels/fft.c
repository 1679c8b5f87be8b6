// The discrete Fourier transform of any length.
//
// A length whose prime factors are small is taken apart factor by factor (Cooley and Tukey 1965) in
// Stockham's order: each pass reads one buffer and writes the other, so that nothing is permuted.
// Lengths with a large prime factor become a circular convolution of a power of two (Bluestein 1970).
// Everything is in double, also for float32 data: the result is then rounded once.
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sw_kernels.h"
#include "sw_runtime.h"

enum { LARGEST_FACTOR = 31, MOST_FACTORS = 64 };

typedef struct {
  double re, im;
} number;

struct sw_fft_plan {
  int64_t n;
  int count;
  int factors[MOST_FACTORS];
  number *roots;  // exp(-2 pi i k / n), k < n
  // Bluestein's parts, for a length with a large prime factor.
  struct sw_fft_plan *wide;
  number *chirp;   // exp(-pi i k^2 / n)
  number *kernel;  // the transform of the conjugate chirp
};

static number times(number a, number b) {
  return (number){a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

void sw_fft_free(sw_fft_plan *plan) {
  if (!plan) return;
  free(plan->roots);
  free(plan->chirp);
  free(plan->kernel);
  sw_fft_free(plan->wide);
  free(plan);
}

static int pass_all(const sw_fft_plan *plan, number *x, number *spare);

static int make_bluestein(sw_fft_plan *plan) {
  const int64_t n = plan->n;
  int64_t wide = 1;
  while (wide < 2 * n - 1) wide *= 2;
  plan->wide = sw_fft_make(wide);
  plan->chirp = malloc((size_t)n * sizeof(number));
  plan->kernel = calloc((size_t)wide, sizeof(number));
  number *spare = malloc((size_t)wide * sizeof(number));
  if (!plan->wide || !plan->chirp || !plan->kernel || !spare) {
    free(spare);
    return 0;
  }
  uint64_t square = 0;  // k^2 modulo 2 n, grown by 2 k + 1: the angle stays exact
  for (int64_t k = 0; k < n; k++) {
    double angle = M_PI * (double)square / (double)n;
    plan->chirp[k] = (number){cos(angle), -sin(angle)};
    square = (square + 2 * (uint64_t)k + 1) % (2 * (uint64_t)n);
    number back = {plan->chirp[k].re, -plan->chirp[k].im};
    plan->kernel[k] = back;
    if (k > 0) plan->kernel[wide - k] = back;
  }
  pass_all(plan->wide, plan->kernel, spare);
  free(spare);
  return 1;
}

sw_fft_plan *sw_fft_make(int64_t n) {
  if (n < 1 || n > (int64_t)1 << 40) return 0;
  sw_fft_plan *plan = calloc(1, sizeof *plan);
  if (!plan) return 0;
  plan->n = n;
  int64_t rest = n;
  static const int first[] = {4, 2, 3, 5};
  for (int i = 0; i < 4; i++)
    while (rest % first[i] == 0) {
      plan->factors[plan->count++] = first[i];
      rest /= first[i];
    }
  for (int f = 7; f <= LARGEST_FACTOR; f += 2)
    while (rest % f == 0) {
      plan->factors[plan->count++] = f;
      rest /= f;
    }
  if (rest > 1) {
    if (make_bluestein(plan)) return plan;
    sw_fft_free(plan);
    return 0;
  }
  plan->roots = malloc((size_t)n * sizeof(number));
  if (!plan->roots) {
    sw_fft_free(plan);
    return 0;
  }
  for (int64_t k = 0; k < n; k++) {
    // From the nearest quarter turn, where sine and cosine are most exact.
    int64_t quarter = (8 * k + n) / (2 * n);  // rounds 4 k / n
    double angle = 2 * M_PI * ((double)(4 * k - quarter * n) / 4) / (double)n;
    double c = cos(angle), s = sin(angle);
    switch (quarter & 3) {
      case 0: plan->roots[k] = (number){c, -s}; break;
      case 1: plan->roots[k] = (number){-s, -c}; break;
      case 2: plan->roots[k] = (number){-c, s}; break;
      default: plan->roots[k] = (number){s, c}; break;
    }
  }
  return plan;
}

// One pass: `lead` transforms of the factors so far are joined by factor f. With m = n / (lead * f):
// out[(q * f + j) ... ] as in Stockham's autosort: in[q + lead * (p + m * i)], i < f.
static void pass(const sw_fft_plan *plan, int f, int64_t lead, const number *in, number *out) {
  const int64_t n = plan->n, m = n / (lead * f), step = lead;
  const number *roots = plan->roots;
  for (int64_t p = 0; p < m; p++) {
    for (int64_t q = 0; q < lead; q++) {
      number a[LARGEST_FACTOR];
      for (int i = 0; i < f; i++) a[i] = in[q + lead * (p + m * i)];
      number *to = out + q + lead * f * p;
      if (f == 2) {
        to[0] = (number){a[0].re + a[1].re, a[0].im + a[1].im};
        number d = {a[0].re - a[1].re, a[0].im - a[1].im};
        to[lead] = times(d, roots[p * step]);
      } else if (f == 3) {
        const double half_root = 0.86602540378443864676;  // sqrt(3) / 2
        number s = {a[1].re + a[2].re, a[1].im + a[2].im};
        number m = {a[0].re - 0.5 * s.re, a[0].im - 0.5 * s.im};
        number d = {half_root * (a[1].im - a[2].im), half_root * (a[2].re - a[1].re)};
        to[0] = (number){a[0].re + s.re, a[0].im + s.im};
        to[lead] = times((number){m.re + d.re, m.im + d.im}, roots[p * step]);
        to[2 * lead] = times((number){m.re - d.re, m.im - d.im}, roots[2 * p * step]);
      } else if (f == 4) {
        number s = {a[0].re + a[2].re, a[0].im + a[2].im}, t = {a[0].re - a[2].re, a[0].im - a[2].im};
        number u = {a[1].re + a[3].re, a[1].im + a[3].im}, v = {a[1].im - a[3].im, a[3].re - a[1].re};
        to[0] = (number){s.re + u.re, s.im + u.im};
        to[lead] = times((number){t.re + v.re, t.im + v.im}, roots[p * step]);
        to[2 * lead] = times((number){s.re - u.re, s.im - u.im}, roots[2 * p * step]);
        to[3 * lead] = times((number){t.re - v.re, t.im - v.im}, roots[3 * p * step]);
      } else {
        const int64_t turn = n / f;
        for (int j = 0; j < f; j++) {
          number sum = a[0];
          for (int i = 1; i < f; i++) {
            number r = times(a[i], roots[turn * (i * j % f)]);
            sum.re += r.re;
            sum.im += r.im;
          }
          to[j * lead] = times(sum, roots[j * p * step]);
        }
      }
    }
  }
}

// All passes; the result is in `x`. Returns 2 on an interrupt.
static int pass_all(const sw_fft_plan *plan, number *x, number *spare) {
  number *from = x, *to = spare;
  int64_t lead = 1;
  for (int i = 0; i < plan->count; i++) {
    if (sw_interrupt_pending()) return 2;
    pass(plan, plan->factors[i], lead, from, to);
    lead *= plan->factors[i];
    number *other = from;
    from = to;
    to = other;
  }
  if (from != x) memcpy(x, from, (size_t)plan->n * sizeof(number));
  return 0;
}

static int run_bluestein(const sw_fft_plan *plan, number *x) {
  const int64_t n = plan->n, wide = plan->wide->n;
  number *work = calloc((size_t)wide * 2, sizeof(number));
  if (!work) return 1;
  for (int64_t k = 0; k < n; k++) work[k] = times(x[k], plan->chirp[k]);
  int failed = pass_all(plan->wide, work, work + wide);
  // The product's transform back: conjugate, transform, conjugate.
  for (int64_t k = 0; k < wide; k++) {
    number z = times(work[k], plan->kernel[k]);
    work[k] = (number){z.re, -z.im};
  }
  if (!failed) failed = pass_all(plan->wide, work, work + wide);
  const double scale = 1 / (double)wide;
  for (int64_t k = 0; k < n; k++)
    x[k] = times((number){work[k].re * scale, -work[k].im * scale}, plan->chirp[k]);
  free(work);
  return failed;
}

int sw_fft_run(const sw_fft_plan *plan, double *data, int inverse, double scale) {
  number *x = (number *)data;
  const int64_t n = plan->n;
  if (inverse)
    for (int64_t k = 0; k < n; k++) x[k].im = -x[k].im;
  int failed;
  if (plan->wide) {
    failed = run_bluestein(plan, x);
  } else {
    number *spare = malloc((size_t)n * sizeof(number));
    if (!spare) return 1;
    failed = pass_all(plan, x, spare);
    free(spare);
  }
  const double turn = inverse ? -scale : scale;
  for (int64_t k = 0; k < n; k++) {
    x[k].re *= scale;
    x[k].im *= turn;
  }
  return failed;
}
