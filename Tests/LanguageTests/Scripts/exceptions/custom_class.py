class AppError(Exception):
    pass
class Coded(AppError):
    def __init__(self, code, message="none"):
        super().__init__(message)
        self.code = code
    def __str__(self):
        return f"[{self.code}] {super().__str__()}"
try:
    raise Coded(404, "not found")
except AppError as e:
    print(e, repr(e), e.code, e.args, isinstance(e, Coded))
raise Coded(500)
