import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
fig, ax = plt.subplots()
ax.plot([1, 2, 3], [10, 20, 30])
ax2 = ax.twinx()
ax2.plot([1, 2, 3], [0.1, 0.5, 0.9], color="tab:red")
ax2.set_ylabel("rate")
print(ax2.get_ylabel(), ax.get_ylim(), tuple(round(v, 3) for v in ax2.get_ylim()))
print(len(fig.axes))
ax3 = ax.twiny()
print(len(fig.axes))
