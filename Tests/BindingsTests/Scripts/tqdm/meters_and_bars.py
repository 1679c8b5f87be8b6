from tqdm import tqdm, trange
import time
for a in [(3,10,1.5),(0,10,0),(10,10,20),(11,10,3),(5,None,2.0),(1234,5000,100)]:
    print(tqdm.format_meter(*a)); print(tqdm.format_meter(*a, ncols=60, prefix='fit', unit='b', unit_scale=True)); print(tqdm.format_meter(*a, ascii=True, postfix='loss=0.3', ncols=80)); print(tqdm.format_meter(*a,prefix='x: ',rate=0.25))
    print(tqdm.format_meter(*a, bar_format='{desc}: {percentage:.1f}% {bar:5} {n_fmt} of {total_fmt} {elapsed}', prefix='d'))
print(tqdm.format_interval(3725), tqdm.format_interval(59.9), tqdm.format_num(123456.789), tqdm.format_num(0.00012345), tqdm.format_num(3), tqdm.format_sizeof(123456,'B',1024), tqdm.format_sizeof(5.5))
t=0
for i in tqdm(range(5), desc='a'): t+=i
print(t)
with tqdm(total=10, leave=False) as p:
    for i in range(10): p.update(1); p.set_postfix(loss=0.12345678, acc='x', n=3)
    print(p.n, p.total, p.postfix, p.desc)
    p.set_description('hey'); print(p.desc)
print([i for i in trange(3)], len(tqdm([1,2,3])))
b = tqdm([1,2,3]); print(3 in b, list(b), b.n); tqdm.write('hello')
for i, x in enumerate(tqdm(['a','b'])): print(i,x)
for a,b in tqdm(zip([1,2],[3,4]), total=2): print(a,b)
p = tqdm(total=3, disable=True); p.update(2); print(p.n); p.close()
g = tqdm(x for x in range(3)); print(g.total, sum(g))
from tqdm.auto import tqdm as t2; from tqdm.notebook import trange as t3
print(list(map(str, [1])))
