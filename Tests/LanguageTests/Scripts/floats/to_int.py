print(int(1e20), int(-1.9), int(1e300) == 10 ** 300, int(2.0 ** 63))
int(float("nan"))
