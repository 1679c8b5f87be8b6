import collections, heapq, itertools, json, math, random, statistics, textwrap

def show(call):
    try:
        call()
    except TypeError as error:
        print(error)

show(lambda: math.sqrt())
show(lambda: math.sqrt(1, 2))
show(lambda: math.factorial())
show(lambda: heapq.heappop())
show(lambda: itertools.combinations([1]))
show(lambda: random.randint(1))
show(lambda: random.choice())
show(lambda: statistics.mean())
show(lambda: statistics.mean([1], 2))
show(lambda: textwrap.wrap())
show(lambda: json.loads())
show(lambda: collections.Counter().most_common(1, 2))
show(lambda: collections.deque().append())
show(lambda: divmod('a', 1))
show(lambda: iter(5, 1))
