"""Writes Sources/Display/WideCharacters.swift from Python's copy of the Unicode Character Database.

    python3 Tests/DisplayTests/Golden/wide_characters.py > Sources/Display/WideCharacters.swift

Wide are the code points whose East_Asian_Width is W or F (UAX #11); unassigned ones in the blocks
of CJK ideographs are wide by the rule of EastAsianWidth.txt. Emoji with default emoji presentation
are W there already.
"""
import unicodedata

ALWAYS = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD),
          # Emoji that came after the database of older Pythons; the blocks are reserved for them.
          (0x1FA70, 0x1FAFF), (0x1F6D5, 0x1F6D7), (0x1F6DC, 0x1F6DF)]


def wide(code):
    if any(low <= code <= high for low, high in ALWAYS):
        return True
    # Python answers F for what is not assigned.
    return unicodedata.category(chr(code)) != "Cn" and unicodedata.east_asian_width(chr(code)) in "WF"


ranges = []
for code in range(0x1100, 0x40000):
    if 0xD800 <= code < 0xE000 or not wide(code):
        continue
    if ranges and ranges[-1][1] == code - 1:
        ranges[-1][1] = code
    else:
        ranges.append([code, code])

print("// Generated: python3 Tests/DisplayTests/Golden/wide_characters.py > (this file)")
print("// From the Unicode Character Database %s: code points that take two columns." % unicodedata.unidata_version)
print()
print("enum WideCharacters {")
print("  /// First and last code point of each range, ascending.")
print("  static let ranges: [(first: UInt32, last: UInt32)] = [")
line = "   "
for low, high in ranges:
    item = " (0x%X, 0x%X)," % (low, high)
    if len(line) + len(item) > 100:
        print(line)
        line = "   "
    line += item
print(line)
print("  ]")
print("}")
