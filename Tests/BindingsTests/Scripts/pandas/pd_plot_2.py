import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]})
ax = df.plot()
ax = df.plot(x="a", y="b", kind="scatter", title="sc")
ax = df["a"].plot(kind="bar", ylabel="n")
ax = df.plot.line(x="a")
print(ax.get_xlabel())
ax = df["a"].plot.hist(bins=3)
print(len(ax.patches), ax.get_ylabel())
fig, ax = plt.subplots()
df.plot(ax=ax, kind="barh")
print(len(ax.patches))
