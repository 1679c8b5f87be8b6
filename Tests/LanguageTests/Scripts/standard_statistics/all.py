import statistics as st
d = [1, 2, 2, 3, 4, 7, 9]
print(st.mean(d), st.median(d), st.mode(d), st.stdev(d), st.pstdev(d), st.variance(d), st.pvariance(d), st.median_low([1, 2, 3, 4]), st.median_high([1, 2, 3, 4]), st.median([1, 2, 3, 4]), st.multimode('aabb'), st.harmonic_mean([40, 60]), st.geometric_mean([54, 24, 36]), st.quantiles(d, n=4), st.fmean([1, 2]), st.mean([1.5, 2.5]), st.median_grouped([1, 2, 2, 3]), st.correlation([1, 2, 3], [1, 2, 4]), st.covariance([1, 2, 3], [1, 2, 4]), st.linear_regression([1, 2, 3], [2, 4, 6]))
for f in (lambda: st.mean([]), lambda: st.mode([]), lambda: st.stdev([1]), lambda: st.median([]), lambda: st.mean(['a'])):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
