d = {"a": 1}
xs = [3, 1, 2]
print(f"{d['a']} {xs[0]} {sorted(xs)} {max(xs) - min(xs)} {'yes' if xs else 'no'} {(lambda x: x * 2)(4)} {xs!r:>12}")
