def mandelbrot(width, height, limit):
    inside = 0
    for row in range(height):
        y0 = row * 2.0 / height - 1.0
        for column in range(width):
            x0 = column * 3.0 / width - 2.0
            x = y = 0.0
            step = 0
            while step < limit and x * x + y * y < 4.0:
                x, y = x * x - y * y + x0, 2.0 * x * y + y0
                step += 1
            if step == limit:
                inside += 1
    return inside


print(mandelbrot(320, 240, 120))
