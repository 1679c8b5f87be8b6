{}.update([1])
