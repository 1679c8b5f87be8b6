import heapq, bisect
h = []
for x in [5, 3, 8, 1, 9, 2, 7]:
    heapq.heappush(h, x)
print(h, heapq.heappop(h), h, heapq.heappushpop(h, 0), heapq.heapreplace(h, 100), h)
l = [9, 8, 7, 6, 5, 4, 3, 2, 1]
heapq.heapify(l)
print(l, [heapq.heappop(l) for _ in range(9)])
print(heapq.nlargest(3, [1, 9, 3, 7]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len), list(heapq.merge([1, 4, 7], [2, 5], [3])), list(heapq.merge([7, 4], [5, 2], reverse=True)), list(heapq.merge(["a", "ccc"], ["bb"], key=len)))
t = []
heapq.heappush(t, (2, "b")); heapq.heappush(t, (1, "z")); heapq.heappush(t, (1, "a"))
print(t, heapq.heappop(t))
for bad in [lambda: heapq.heappop([]), lambda: heapq.heapreplace([], 1), lambda: heapq.heappush((1,), 2), lambda: heapq.heappush([1], "a")]:
    try:
        print(bad())
    except Exception as e:
        print(type(e).__name__, e)
a = [1, 3, 3, 3, 5]
print(bisect.bisect_left(a, 3), bisect.bisect_right(a, 3), bisect.bisect(a, 4), bisect.bisect_left(a, 0), bisect.bisect(a, 9), bisect.bisect_left(a, 3, 2), bisect.bisect_left(a, 3, 0, 1))
bisect.insort(a, 4); bisect.insort_left(a, 3); print(a)
words = ["a", "bb", "dddd"]
print(bisect.bisect_left(words, 3, key=len)); bisect.insort(words, "ccc", key=len); print(words)
print([("FDCBA"[bisect.bisect([60, 70, 80, 90], s)]) for s in [33, 99, 77, 70, 89, 90, 100]])
