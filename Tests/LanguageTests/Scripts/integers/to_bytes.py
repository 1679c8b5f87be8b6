print((1024).to_bytes(2, "big"), (1024).to_bytes(4, "little"), (-1).to_bytes(2, signed=True), (0).to_bytes(0), (255).to_bytes(), (2 ** 70).to_bytes(10, "big"), (-2 ** 70).to_bytes(10, "little", signed=True))
print(int.from_bytes(b"\x04\x00", "big"), int.from_bytes(b"\xff", signed=True), int.from_bytes([1, 2], "little"), int.from_bytes(b"\xff" * 16, "big"), int.from_bytes(b""))
