import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]})
ax = df.plot()
print([l.get_label() for l in ax.lines], [t.get_text() for t in ax.get_legend().get_texts()])
ax = df.plot(x="a", y="b", kind="scatter", title="sc")
print(ax.get_title(), ax.get_xlabel(), ax.get_ylabel())
ax = df["a"].plot(kind="bar", ylabel="n")
print(len(ax.patches), ax.get_ylabel(), [t.get_text() for t in ax.get_xticklabels()])
