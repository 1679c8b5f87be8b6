f"{None:>5}"
