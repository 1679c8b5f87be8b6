print(dict.fromkeys("ab"), dict.fromkeys(range(3), 0), {}.fromkeys(["x"], []))
dict.fromkeys([[]])
