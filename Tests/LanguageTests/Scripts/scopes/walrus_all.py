if (n := len('hello')) > 3: print(n)
while (c := next(it, None) if (it := globals_it) else None) if False else False: pass
print([y for x in range(5) if (y := x * 2) > 4], (z := 5) + z, any((w := x) > 2 for x in range(5)), w)
data = [1, 2, 3]; print(f'{(k := 10)} {k}', (lambda: (q := 1))(), {(m := 'key'): m})
