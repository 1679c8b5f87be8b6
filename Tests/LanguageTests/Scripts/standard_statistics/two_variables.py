import statistics as st
print(st.covariance([1, 2, 3], [4, 5, 7]))
print(st.correlation([1, 2, 3], [4, 5, 7]))
print(st.linear_regression([1, 2, 3], [4, 5, 7]))
print(st.median_low([1, 2, 3, 4]))
print(st.median_high([1, 2, 3, 4]))
print(st.median_grouped([1, 3, 3, 5, 7]))
