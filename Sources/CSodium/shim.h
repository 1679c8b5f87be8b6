// The one place that includes sodium.h.
#include <sodium.h>
