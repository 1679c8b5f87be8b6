print(round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(1234.5678, -2), round(0.5), round(1e20), round(2.5, 0), round(-0.4), round(15, -1), round(25, -1), round(1234567, -3), round(1.45, 1), round(1e308, 300))
round(float("nan"))
