// Chains of elementwise loops; see sw_chain.h.
#include "sw_chain.h"

static inline char *at(const sw_chain_place *place, int64_t i, int64_t from) {
  return place->base + place->advance * (place->counts_from_call ? i - from : i);
}

void sw_chain_run(int64_t count, const sw_chain_step *steps, int64_t from, int64_t to,
                  int64_t block) {
  for (int64_t i = from; i < to; i += block) {
    int64_t n = to - i < block ? to - i : block;
    for (const sw_chain_step *s = steps; s < steps + count; s++) {
      char *out = at(&s->out, i, from), *a = at(&s->a, i, from);
      if (s->binary)
        s->binary(n, out, s->out.stride, a, s->a.stride, at(&s->b, i, from), s->b.stride);
      else if (s->unary)
        s->unary(n, out, s->out.stride, a, s->a.stride);
      else
        s->floats(n, (const float *)a, (float *)out);
    }
  }
}
