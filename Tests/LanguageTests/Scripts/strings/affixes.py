print("test_x".removeprefix("test_"), "x.py".removesuffix(".py"), "abc".removeprefix("b"), "abc".removesuffix(""))
