print(format(0.5, ".0f"), format(1.5, ".0f"), format(2.5, ".0f"), format(0.125, ".2f"), format(0.375, ".2f"), format(2.675, ".2f"))
print(format(0.1, ".30f"), format(1e23, ".0f"), format(5e-324, ".3e"), format(1.7976931348623157e308, ".5g"), format(1/3, ".50f"))
