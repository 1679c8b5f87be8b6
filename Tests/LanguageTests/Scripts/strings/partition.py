print("k=v=w".partition("="), "k".partition("="), "k=v=w".rpartition("="), "k".rpartition("="), "é=ü".partition("="))
