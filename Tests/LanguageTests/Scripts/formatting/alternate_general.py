for x in [999999.5, 100000.0, 5.0, 0.0001, 0.00001, 0.0, 1e16, 123456789.0]:
    print(format(x, "#g"), format(x, "#.3G"), "%#g" % x, "%#.1g" % x, format(x, "#"), format(x, "#.2"))
