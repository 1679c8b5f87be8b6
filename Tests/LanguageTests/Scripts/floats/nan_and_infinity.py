inf, nan = float("inf"), float("nan")
print(nan == nan, nan != nan, nan < 1, inf > 10 ** 400, inf == inf, -inf < inf, inf - inf, inf * 0, nan in [nan], [nan] == [nan], min(1, nan), max(nan, 1))
int(inf)
