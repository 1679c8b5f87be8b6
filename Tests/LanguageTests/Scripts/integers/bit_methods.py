print((37).bit_length(), (-37).bit_length(), (0).bit_length(), (2 ** 100).bit_length(), (13).bit_count(), (-13).bit_count(), (2 ** 100 - 1).bit_count(), True.bit_length())
