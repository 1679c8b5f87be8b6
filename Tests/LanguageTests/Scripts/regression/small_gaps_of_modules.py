import json
import re
import statistics

decoder = json.JSONDecoder()
print(decoder.raw_decode("[1] x"), decoder.raw_decode("é {} é", 2), decoder.raw_decode("12 13", 3))
print(json.JSONDecoder(parse_int=str).raw_decode("[1, 2]"))
for text in ("", " 1", "x"):
    try:
        print(decoder.raw_decode(text))
    except json.JSONDecodeError as error:
        print(error)
print(re.RegexFlag(0), re.RegexFlag(10), re.RegexFlag.DOTALL, isinstance(re.I, re.RegexFlag))
normal = statistics.NormalDist
print(round(normal(2.4, 1.6).overlap(normal(3.2, 2.0)), 9))
print(round(normal(0, 1).overlap(normal(1, 1)), 9), normal().overlap(normal()))
for other in (normal(1, 0), 5):
    try:
        print(normal().overlap(other))
    except (statistics.StatisticsError, TypeError) as error:
        print(type(error).__name__, error)
