from enum import Enum, IntEnum, auto, Flag, IntFlag, unique, StrEnum

class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1

try:
    Color(9)
except ValueError as e:
    print(e)
try:
    Color['X']
except KeyError as e:
    print('KeyError', e)
try:
    Color.RED = 3
except AttributeError as e:
    print(e)
try:
    Color.PINK
except AttributeError as e:
    print(e)
try:
    Color.RED < Color.BLUE
except TypeError as e:
    print(e)
try:

    class Ext(Color):
        pass
except TypeError as e:
    print(e)
try:
    3 in Color
except TypeError as e:
    print(e)
