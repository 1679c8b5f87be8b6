"""Writes the table of published colour maps: every fifth of the 256 colours of each of matplotlib's.

    PYTHON_WITH_MATPLOTLIB Tests/BindingsTests/record_colormaps.py > Sources/Plotting/Colors/PublishedColorMaps.swift

The sources are those that matplotlib names: van der Walt and Smith (viridis and its kin), Nuñez et al.
(cividis), Moreland (coolwarm), Brewer (the sequential and diverging ones), Mikhailov (turbo).
Recorded with matplotlib 3.11.
"""

import matplotlib.pyplot as plt

NAMES = """viridis plasma inferno magma cividis turbo twilight gray binary bone pink spring summer
autumn winter cool Wistia hot afmhot gist_heat copper Greys Purples Blues Greens Oranges Reds YlOrBr
YlOrRd OrRd PuRd RdPu BuPu GnBu PuBu YlGnBu PuBuGn BuGn YlGn PiYG PRGn BrBG PuOr RdGy RdBu RdYlBu
RdYlGn Spectral coolwarm bwr seismic hsv jet rainbow nipy_spectral gist_rainbow gist_earth terrain
ocean cubehelix gnuplot gnuplot2 brg CMRmap twilight_shifted""".split()


def hex_of(color):
    return "".join(f"{round(part * 255):02X}" for part in color[:3])


def main():
    print("// Made by Tests/BindingsTests/record_colormaps.py; not to be changed by hand.\n")
    print("extension ColorMap {")
    print("  /// Every fifth of the 256 colours of a published map, six digits each.")
    print("  static let publishedColors: [(name: String, colors: String)] = [")
    for name in NAMES:
        table = plt.get_cmap(name, 256)
        text = "".join(hex_of(table(place)) for place in range(0, 256, 5))
        lines = [text[start:start + 78] for start in range(0, len(text), 78)]
        body = "\n        + ".join(f'"{line}"' for line in lines)
        print(f'    (\n      "{name}",\n      {body}\n    ),')
    print("  ]\n}")


main()
