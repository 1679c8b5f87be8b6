import numpy as np

x = np.array([-2.5, -0.0, 0.5, 2.0])
print(np.sinc(x), np.cbrt(np.array([8.0, -27.0])), np.signbit(x), np.copysign(1.0, x))
print(np.hypot(3, 4), np.logaddexp(0.0, 0.0), np.heaviside(x, 0.5), np.fmax([1.0, np.nan], 0.0))
print(np.modf(x), np.divmod(7, 3), np.gcd(12, 18), np.lcm([4, 6], 10), np.float_power(2, 3))
print(np.frexp(8.0), np.ldexp(0.5, 4), np.nan_to_num([np.nan, np.inf]), np.i0(0.0), np.isposinf([np.inf, 1]))
print(np.clip(x, -1, 1), np.where(x > 0), np.trim_zeros([0, 1, 0]), np.geomspace(1, 8, 4))
print(np.rot90([[1, 2], [3, 4]]), np.tri(3), np.vander([1, 2], 3), np.diagflat([1, 2]), np.resize([1, 2, 3], (2, 2)))
print(np.dstack([[1, 2], [3, 4]]).shape, np.block([[np.eye(2), np.zeros((2, 1))]]), np.broadcast_shapes((2, 1), (3,)))
