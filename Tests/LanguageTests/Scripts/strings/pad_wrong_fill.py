"ab".center(5, "xy")
