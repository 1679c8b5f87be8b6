format(255, ",x")
