format(1.5, "5.")
