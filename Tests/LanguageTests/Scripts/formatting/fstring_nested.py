width, precision, value = 10, 3, 3.14159
print(f"[{value:{width}.{precision}}] [{value:>{width}}] [{'x':{'*'}^{width}}] {{literal}} {f'{value:.1f}'}")
