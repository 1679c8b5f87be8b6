import numpy as np
t = np.arange(0, 10, 0.5)
s = np.sin(t) + 0.1 * t
window = np.lib.stride_tricks.sliding_window_view(s, 4)
print(window.shape, window.mean(axis=1)[:3], np.convolve(s, np.ones(3) / 3, mode='valid')[:4])
f = np.fft.rfft(s)
print(np.abs(f)[:4].round(4), np.fft.rfftfreq(len(s), d=0.5)[:4], np.argmax(np.abs(f[1:])) + 1)
print(np.diff(s)[:3], np.gradient(s, 0.5)[:3], np.cumsum(s)[-1], np.interp([0.25, 3.3], t, s), np.polyfit(t, s, 1))
mask = (s > 0.5) & (t < 5)
print(mask.sum(), s[mask][:3], np.where(mask)[0][:5], t[s.argmax()], np.percentile(s, [10, 90]))
lag = np.corrcoef(s[:-1], s[1:])[0, 1]
print(round(lag, 6), f'{s.mean():.4f} +- {s.std(ddof=1):.4f}')
