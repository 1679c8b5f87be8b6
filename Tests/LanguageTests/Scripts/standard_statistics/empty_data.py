import statistics as st
for f in (st.mean, st.median, st.stdev, st.mode, st.variance):
    for d in ([], [1], ['a'], [None]):
        try:
            print(f(d))
        except Exception as e:
            print(type(e).__name__, e)
