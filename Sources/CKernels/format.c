#include "sw_format.h"

#include <stdio.h>

static int32_t clamp(int length, int32_t size) {
  return length < 0 ? 0 : length >= size ? size - 1 : length;
}

int32_t sw_format_fixed(char *out, int32_t size, int32_t places, double value) {
  return clamp(snprintf(out, (size_t)size, "%.*f", places < 0 ? 0 : places, value), size);
}

int32_t sw_format_scientific(char *out, int32_t size, int32_t places, double value) {
  return clamp(snprintf(out, (size_t)size, "%.*e", places < 0 ? 0 : places, value), size);
}
