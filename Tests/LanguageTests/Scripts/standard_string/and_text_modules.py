import string, textwrap, pprint, heapq, bisect, operator, copy
print(string.ascii_letters, string.digits, string.punctuation, string.capwords('a bc'), string.Template('$a ${b} $$').substitute(a=1, b=2), string.Template('$a $z').safe_substitute(a=1))
print(textwrap.wrap('the quick brown fox jumps', 10), textwrap.fill('aa bb cc', 5), textwrap.dedent('  a\n    b\n'), textwrap.indent('a\nb', '> '), textwrap.shorten('hello big world', 11))
pprint.pprint({'b': list(range(30)), 'a': {'x': 'y' * 50, 'z': [1, 2, 3]}}); pprint.pprint([1, 2]); print(pprint.pformat({'k': 1}), pprint.pformat('a' * 100, width=40))
h = [5, 1, 4]; heapq.heapify(h); heapq.heappush(h, 0); print(heapq.heappop(h), h, heapq.nlargest(2, h), heapq.nsmallest(2, h), list(heapq.merge([1, 3], [2])), heapq.heapreplace(h, 9), heapq.heappushpop(h, 2), h)
l = [1, 3, 3, 5]; print(bisect.bisect(l, 3), bisect.bisect_left(l, 3), bisect.insort(l, 4), l)
print(operator.add(1, 2), operator.itemgetter(1, 'a')({1: 'x', 'a': 'y'}), operator.attrgetter('real')(5), operator.methodcaller('upper')('a'), operator.mul(2, 3), operator.contains([1], 1), operator.truediv(1, 2), operator.neg(3), operator.not_(0), operator.concat('a', 'b'), operator.getitem([1], 0), operator.lt(1, 2), operator.xor(1, 3), operator.index(5))
