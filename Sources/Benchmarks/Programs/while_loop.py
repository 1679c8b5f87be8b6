def collatz(limit):
    longest, best, n = 0, 1, 1
    while n < limit:
        length, k = 1, n
        while k != 1:
            if k % 2 == 0:
                k = k // 2
            else:
                k = 3 * k + 1
            length += 1
        if length > longest:
            longest, best = length, n
        n += 1
    return best, longest


print(collatz(40000))
