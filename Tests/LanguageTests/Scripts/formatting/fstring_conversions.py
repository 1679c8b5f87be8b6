name = "é'x"
print(f"{name!r} {name!s} {name!a} {name!r:>10} {name=} {name=!s} {1+1=} {3.14159=:.2f}")
