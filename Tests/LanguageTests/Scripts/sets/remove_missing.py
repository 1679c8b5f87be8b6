{1}.remove("a")
