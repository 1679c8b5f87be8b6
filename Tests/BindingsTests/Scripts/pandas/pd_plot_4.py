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
ax = df.boxplot()
axs = df.plot(subplots=True)
ax = df.plot.pie(y="a")
ax = df.plot(kind="area")
ax = df["a"].value_counts().plot(kind="bar")
print(len(ax.patches))
ax = df.plot(logy=True, grid=True, figsize=(4, 3), style="--", legend=False)
print(ax.get_yscale(), ax.get_legend())
try:
    df.plot(kind="zzz")
except ValueError as e:
    print(str(e)[:40])
