class Money:
    def __init__(self, amount):
        self.amount = amount
    def __format__(self, spec):
        return f"<{spec or 'plain'}:{self.amount}>"
m = Money(5)
print(f"{m} {m:x>3}", format(m), "{:abc}".format(m), "{0} {0:y}".format(m))
