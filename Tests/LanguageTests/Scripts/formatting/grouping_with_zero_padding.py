for width in range(1, 13):
    print(format(1234, f"0{width},"), format(-1234.5, f"0{width},.1f"), format(255, f"#0{width}_b"))
