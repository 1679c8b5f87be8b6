import statistics as st
print(st.harmonic_mean([40, 60]))
print(st.geometric_mean([54, 24, 36]))
print(st.harmonic_mean([2.5, 3, 10]))
print(st.quantiles([1, 2, 3, 4, 5]))
print(st.quantiles(range(100), n=10))
print(st.quantiles([1.5, 2, 7], method='inclusive'))
