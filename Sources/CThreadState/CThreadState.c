#include "CThreadState.h"

_Thread_local void *sw_thread_tracking = 0;
