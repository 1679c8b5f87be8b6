import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

fig, ax = plt.subplots()
print(fig, repr(ax), ax.get_xlim(), ax.get_ylim())
lines = ax.plot([1, 2, 3], [4, 5, 6], "r--o", label="a")
line = lines[0]
print(len(lines), line, line.get_color(), line.get_linestyle(), line.get_marker(), line.get_label())
print(line.get_xdata(), line.get_ydata(), line.get_linewidth(), line.get_markersize())
print(ax.get_xlim(), ax.get_ylim())
line.set_data([0, 10], [1, 2])
print(line.get_xdata(), line.get_ydata())
print(ax.set_xlim(0, 10), ax.get_xlim(), ax.set_ylim(top=9))
print(ax.get_xticks(), ax.get_yticks())
print(repr(ax.set_title("T")), repr(ax.set_xlabel("x")), repr(ax.set_ylabel("y")), repr(ax))
print(ax.get_title(), ax.get_xlabel(), ax.get_ylabel(), ax.get_xscale())
print(ax.legend())
handles, labels = ax.get_legend_handles_labels()
print(labels, len(handles))
second = ax.plot(np.arange(4), np.arange(8).reshape(4, 2))
print(len(second), [one.get_color() for one in second])
print(ax.lines, len(ax.lines), ax.texts, ax.images)
plt.close()
print(plt.get_fignums())
for call in [
    lambda: plt.plot([1, 2], [1, 2, 3]), lambda: plt.plot([1], "zz"), lambda: plt.plot([1], color="foo"),
    lambda: plt.plot([1], foo=1), lambda: plt.plot([1], marker="zz"), lambda: plt.scatter([1], [1, 2]),
    lambda: plt.bar([1, 2], [1, 2, 3]), lambda: plt.imshow([1, 2]), lambda: plt.subplot(2, 2, 5),
    lambda: plt.fill_between([1, 2], [1, 2, 3]), lambda: plt.pie([1, -1]), lambda: plt.axis("zz"),
    lambda: plt.contour([1, 2]), lambda: plt.xticks([1, 2], ["a"]), lambda: plt.subplots(0),
    lambda: plt.errorbar([1, 2], [1, 2], yerr=[1, 2, 3]), lambda: plt.errorbar([1, 2], [1, 2], yerr=-1),
    lambda: plt.boxplot([[1, 2], [3]], tick_labels=["a"]), lambda: plt.legend(loc="zz"),
    lambda: plt.scatter([1, 2], [1, 2], c=[1, 2, 3]), lambda: plt.plot([1], ls="zz"),
]:
    try:
        call()
        print("fine")
    except Exception as error:
        print(type(error).__name__, error)
