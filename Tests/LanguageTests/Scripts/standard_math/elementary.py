import math
for name in ["sqrt", "cbrt", "exp", "exp2", "expm1", "sin", "cos", "tan", "asin", "acos", "atan",
             "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "log", "log2", "log10", "log1p",
             "fabs", "degrees", "radians", "erf", "erfc", "gamma", "lgamma", "floor", "ceil",
             "trunc", "isnan", "isinf", "isfinite", "ulp", "modf", "frexp"]:
    f = getattr(math, name)
    row = []
    for x in [0.0, 0.5, 1.0, -0.5, 2.0, -1.0, 10.25, 1e-9, 170.5, 1e300, -3.0, -2.5, math.inf, -math.inf]:
        try:
            row.append(repr(f(x)))
        except Exception as e:
            row.append(type(e).__name__ + ":" + str(e))
    print(name, row)
