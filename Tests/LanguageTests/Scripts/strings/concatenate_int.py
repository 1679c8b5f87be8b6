"total: " + 5
