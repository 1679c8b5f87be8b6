for f in [lambda: 1 + "a", lambda: "a" + 1, lambda: [] + 1, lambda: None + 1, lambda: 1 - "a", lambda: {} * 2, lambda: "a" * "b", lambda: 2 ** "a", lambda: "a" @ 1, lambda: 1.5 << 1, lambda: {} | 1, lambda: -[], lambda: ~"a", lambda: +None]:
    try:
        f()
    except TypeError as e:
        print(e)
