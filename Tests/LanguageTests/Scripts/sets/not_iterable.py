{1}.union(5)
