class Point:
    pass
f"{Point():>10}"
