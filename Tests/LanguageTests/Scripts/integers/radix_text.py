print(bin(10), oct(64), hex(255), hex(-255), bin(0), hex(2 ** 70), f"{255:#x}", f"{-255:b}")
hex("a")
