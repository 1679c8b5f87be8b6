import statistics as st
from fractions import Fraction as F
print(st.stdev([1, 2, 3, 4]))
print(st.pstdev([1.5, 2.5, 9.25]))
print(st.variance([2.75, 1.75, 1.25, 0.25]))
print(st.pvariance([0, 0.25, 0.25, 1.25]))
print(st.stdev([1, 1]))
print(st.variance([1, 2, 3]))
print(st.variance([F(1, 2), F(3, 4)]))
