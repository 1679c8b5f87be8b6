n = 10 ** 4299
print(len(str(n)), len(f"{-n}"))
str(n * 10)
