format(255, ",_")
