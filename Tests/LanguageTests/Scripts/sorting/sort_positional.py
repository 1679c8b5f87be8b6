[1].sort(None)
