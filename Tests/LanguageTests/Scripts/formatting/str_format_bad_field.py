for template in ["{0[}", "{0[]}", "{0.}", "{0[0]x}", "{!}", "{!r", "{!rx}", "{0", "{0:", "{a{b}}", "{:{:{}}}"]:
    try:
        print(template.format([1], 2, 3))
    except (ValueError, IndexError, KeyError) as e:
        print(template, type(e).__name__, e)
