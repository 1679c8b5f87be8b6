from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class N(IntEnum):
    A = auto()
    B = auto()
    C = 10
    D = auto()

class S(StrEnum):
    ONE = auto()
    TWO = 'deux'

import json
print(json.dumps({'a': N.A, 'b': S.TWO}))
