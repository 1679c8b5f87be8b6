sorted([(1, {}), (1, {})], key=lambda t: t)
