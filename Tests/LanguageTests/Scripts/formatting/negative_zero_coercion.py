print(format(-0.0, "z"), format(-0.0001, "z.1f"), format(-0.04, "z.1%"), format(-1e-9, "ze"), f"{-0.001:z.2f}")
