// The one place that includes zlib's header.
#include <zlib.h>
