class Index:
    def __index__(self):
        return 7
class Real:
    def __float__(self):
        return 2.5
class Whole:
    def __int__(self):
        return 9
print("%d %x %f %c" % (Index(), Index(), Index(), Index()), "%f" % Real(), "%d" % Whole())
"%x" % Whole()
