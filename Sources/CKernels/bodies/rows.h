// Softmax and what is fused for training: one pass over each row while it is in the cache.

static inline float row_max_f32(int64_t n, const float *x) {
  float m;
  max_f32(n, (const char *)x, sizeof(float), (char *)&m);
  return m;
}
static inline double row_max_f64(int64_t n, const double *x) {
  double m;
  max_f64(n, (const char *)x, sizeof(double), (char *)&m);
  return m;
}

// e[i] = exp(x[i] - m); returns the sum.
static inline float exp_row_f32(int64_t n, const float *x, float m, float *e) {
  VECTOR for (int64_t i = 0; i < n; i++) e[i] = exp_f32(x[i] - m);
  float s;
  sum_f32(n, (const char *)e, sizeof(float), (char *)&s);
  return s;
}
static inline double exp_row_f64(int64_t n, const double *x, double m, double *e) {
  for (int64_t i = 0; i < n; i++) e[i] = exp(x[i] - m);
  double s;
  sum_f64(n, (const char *)e, sizeof(double), (char *)&s);
  return s;
}

#define SOFTMAX(S, T, F)                                                                \
  static void softmax_##S(int64_t rows, int64_t cols, const void *pa, void *out) {      \
    for (int64_t r = 0; r < rows; r++) {                                                \
      const T *x = (const T *)pa + r * cols;                                            \
      T *y = (T *)out + r * cols;                                                       \
      T m = row_max_##S(cols, x);                                                       \
      if (m == -INFINITY) m = 0;                                                        \
      T sum = exp_row_##S(cols, x, m, y);                                               \
      VECTOR for (int64_t i = 0; i < cols; i++) y[i] /= sum;                            \
    }                                                                                   \
  }                                                                                     \
  static void log_softmax_##S(int64_t rows, int64_t cols, const void *pa, void *out) {  \
    for (int64_t r = 0; r < rows; r++) {                                                \
      const T *x = (const T *)pa + r * cols;                                            \
      T *y = (T *)out + r * cols;                                                       \
      T m = row_max_##S(cols, x);                                                       \
      T shift = log##F(exp_row_##S(cols, x, m, y));                                     \
      VECTOR for (int64_t i = 0; i < cols; i++) y[i] = x[i] - m - shift;                \
    }                                                                                   \
  }                                                                                     \
  static void softmax_back_##S(int64_t rows, int64_t cols, const void *pg,              \
                               const void *py, void *out) {                             \
    for (int64_t r = 0; r < rows; r++) {                                                \
      const T *g = (const T *)pg + r * cols, *y = (const T *)py + r * cols;             \
      T *o = (T *)out + r * cols;                                                       \
      VECTOR for (int64_t i = 0; i < cols; i++) o[i] = g[i] * y[i];                     \
      T dot;                                                                            \
      sum_##S(cols, (const char *)o, sizeof(T), (char *)&dot);                          \
      VECTOR for (int64_t i = 0; i < cols; i++) o[i] -= y[i] * dot;                     \
    }                                                                                   \
  }                                                                                     \
  static void log_softmax_back_##S(int64_t rows, int64_t cols, const void *pg,          \
                                   const void *py, void *out) {                         \
    for (int64_t r = 0; r < rows; r++) {                                                \
      const T *g = (const T *)pg + r * cols, *y = (const T *)py + r * cols;             \
      T *o = (T *)out + r * cols;                                                       \
      T total;                                                                          \
      sum_##S(cols, (const char *)g, sizeof(T), (char *)&total);                        \
      VECTOR for (int64_t i = 0; i < cols; i++) o[i] = g[i] - EXP_##S(y[i]) * total;    \
    }                                                                                   \
  }
#define EXP_f32(x) exp_f32(x)
#define EXP_f64(x) exp(x)
SOFTMAX(f32, float, f)
SOFTMAX(f64, double, )

static void bias_act_f32(int act, int64_t rows, int64_t cols, float *z, const float *bias,
                         float *pre) {
#define ROWS(EXPR)                                                                      \
  for (int64_t r = 0; r < rows; r++) {                                                  \
    float *y = z + r * cols, *p = pre ? pre + r * cols : NULL;                          \
    (void)p;                                                                            \
    VECTOR for (int64_t i = 0; i < cols; i++) {                                         \
      float x = y[i] + bias[i];                                                         \
      EXPR;                                                                             \
    }                                                                                   \
  }
  switch (act) {
    case SW_ACT_RELU: ROWS(y[i] = x < 0 ? 0 : x) break;
    case SW_ACT_SIGMOID: ROWS(y[i] = sigmoid_f32(x)) break;
    case SW_ACT_TANH: ROWS(y[i] = tanh_f32(x)) break;
    case SW_ACT_GELU: ROWS(p[i] = x; y[i] = gelu_f32(x)) break;
    default: ROWS(y[i] = x) break;
  }
#undef ROWS
}

static void act_back_f32(int act, int64_t n, float *g, const float *y, const float *pre) {
#define EACH(EXPR) VECTOR for (int64_t i = 0; i < n; i++) EXPR;
  switch (act) {
    case SW_ACT_RELU: EACH(g[i] = y[i] > 0 ? g[i] : 0) break;
    case SW_ACT_SIGMOID: EACH(g[i] = g[i] * (y[i] * (1 - y[i]))) break;
    case SW_ACT_TANH: EACH(g[i] = g[i] * (1 - y[i] * y[i])) break;
    case SW_ACT_GELU: EACH(g[i] = g[i] * gelu_slope_f32(pre[i])) break;
    default: break;
  }
#undef EACH
}

static double cross_entropy_f32(int64_t rows, int64_t cols, const float *z, const int64_t *t,
                                const float *weight, float scale0, float *g, int64_t *correct) {
  double loss = 0;
  int64_t right = 0;
  for (int64_t r = 0; r < rows; r++) {
    const float *x = z + r * cols;
    float *o = g + r * cols;
    int64_t k = t[r];
    if (k < 0 || k >= cols) {
      for (int64_t i = 0; i < cols; i++) o[i] = 0;
      continue;
    }
    float own = x[k], m = row_max_f32(cols, x);
    if (own == m) {  // right when no earlier place holds the same value
      int64_t i = 0;
      while (x[i] != m) i++;
      right += i == k;
    }
    float s = exp_row_f32(cols, x, m, o);
    float w = weight ? weight[r] : 1.0f;
    loss += (double)w * ((double)logf(s) - (double)(own - m));
    float scale = scale0 * w, q = scale / s;
    VECTOR for (int64_t i = 0; i < cols; i++) o[i] *= q;
    o[k] -= scale;
  }
  *correct += right;
  return loss;
}

static void adam_f32(int64_t n, float *w, const float *g, float *m, float *v, double lr, double b1,
                     double b2, double eps, double decay, int decoupled, int keras, double t1,
                     double t2) {
  const float beta2 = (float)b2, rest1 = (float)(1 - b1),
              rest2 = (float)(1 - b2), e = (float)eps;
  const float keep = decoupled ? (float)(1 - lr * decay) : 1.0f;
  const float pull = decoupled ? 0.0f : (float)decay;
  // PyTorch: w -= lr/t1 * m / (sqrt(v)/sqrt(t2) + eps)
  // Keras:   w -= lr*sqrt(t2)/t1 * m / (sqrt(v) + eps)
  const float step = (float)(keras ? lr * sqrt(t2) / t1 : lr / t1);
  const float root = (float)(keras ? 1.0 : sqrt(t2));
  VECTOR for (int64_t i = 0; i < n; i++) {
    float x = w[i] * keep;
    float d = g[i] + pull * w[i];
    float a = m[i] + rest1 * (d - m[i]);
    float b = v[i] * beta2 + rest2 * (d * d);
    m[i] = a;
    v[i] = b;
    w[i] = x - step * (a / (__builtin_elementwise_sqrt(b) / root + e));
  }
}

static void sgd_f32(int64_t n, float *w, const float *g, float *v, double lr, double momentum,
                    double dampening, double decay, int nesterov, int first) {
  const float rate = (float)lr, mu = (float)momentum, take = (float)(1 - dampening),
              pull = (float)decay;
  if (!v) {
    VECTOR for (int64_t i = 0; i < n; i++) w[i] -= rate * (g[i] + pull * w[i]);
    return;
  }
  const float keep = first ? 0.0f : mu, add = first ? 1.0f : take;
  if (nesterov) {
    VECTOR for (int64_t i = 0; i < n; i++) {
      float d = g[i] + pull * w[i];
      float b = (first ? 0.0f : keep * v[i]) + add * d;
      v[i] = b;
      w[i] -= rate * (d + mu * b);
    }
  } else {
    VECTOR for (int64_t i = 0; i < n; i++) {
      float d = g[i] + pull * w[i];
      float b = (first ? 0.0f : keep * v[i]) + add * d;
      v[i] = b;
      w[i] -= rate * b;
    }
  }
}

// Box and Muller's method on blocks of 16 uniform values of [0, 1): the first eight give radii, the
// others angles.
static void box_muller_f32(int64_t blocks, float *x, float mean, float std) {
  for (int64_t b = 0; b < blocks; b++, x += 16) {
    for (int j = 0; j < 8; j++) {
      float radius = ROOT(-2.0f * log_f32(1.0f - x[j])), angle = 6.2831855f * x[j + 8];
      x[j] = radius * sine_f32(angle, 1) * std + mean;
      x[j + 8] = radius * sine_f32(angle, 0) * std + mean;
    }
  }
}
