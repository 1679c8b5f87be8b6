import time
t = time.time()
print(type(t).__name__, t > 1.6e9)
a = time.perf_counter()
time.sleep(0.02)
b = time.perf_counter()
print(0.015 < b - a < 1.0)
print(type(time.perf_counter_ns()).__name__, time.monotonic() > 0, time.process_time() >= 0, time.time_ns() > 10**18)
for bad in [-1, "x", float("nan")]:
    try:
        time.sleep(bad)
    except Exception as e:
        print(type(e).__name__, e)
