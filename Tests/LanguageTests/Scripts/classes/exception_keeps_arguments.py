# Although __init__ does not call that of Exception.
class Failure(Exception):
    def __init__(self, code):
        self.code = code


failure = Failure(5)
print(str(failure), failure.args, repr(failure), failure.code)


class Other(Exception):
    def __init__(self, code, text="none"):
        super().__init__(text)
        self.code = code


print(str(Other(1)), Other(1, text="t").args, repr(Other("x", "y")))
raise Failure("seven")
