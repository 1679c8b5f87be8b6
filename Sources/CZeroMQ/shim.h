// The one place that includes zmq.h.
#include <zmq.h>
