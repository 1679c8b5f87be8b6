import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
df = pd.DataFrame({"a": [1, 2, 3], "b": [3, 2, 1]})
ax = df.plot()
ax = df.plot(x="a", y="b", kind="scatter", title="sc")
ax = df["a"].plot(kind="bar", ylabel="n")
ax = df.plot.line(x="a")
ax = df["a"].plot.hist(bins=3)
fig, ax = plt.subplots()
df.plot(ax=ax, kind="barh")
axs = df.hist()
print(axs.shape)
ax = df.boxplot()
print([t.get_text() for t in ax.get_xticklabels()])
axs = df.plot(subplots=True)
print(len(axs))
