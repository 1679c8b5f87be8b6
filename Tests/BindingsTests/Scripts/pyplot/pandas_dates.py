import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd
idx = pd.date_range("2024-01-01", periods=4, freq="D")
s = pd.Series([1, 3, 2, 5], index=idx, name="v")
print(idx[0].toordinal(), idx[-1].toordinal())
fig, ax = plt.subplots()
ax.plot(s.index, s.values)
print(len(ax.lines), ax.lines[0].get_ydata().tolist())
ax = s.plot(title="per day", ylabel="n")
print(ax.get_title(), ax.get_ylabel())
df = s.reset_index().rename(columns={"index": "day"})
fig, ax = plt.subplots()
ax = df.plot(x="day", y="v", ax=ax)
print(ax.get_xlabel(), [t.get_text() for t in ax.get_legend().get_texts()])
fig, ax = plt.subplots()
ax.plot(df["day"], df["v"])
print(len(ax.lines))
