import torch
def t():
    return torch.tensor([0.5, 0.25, 0.75])
names = ['abs_', 'acos_', 'asin_', 'atan_', 'ceil_', 'cos_', 'cosh_', 'erf_', 'erfc_', 'exp_', 'expm1_', 'exp2_', 'floor_', 'frac_', 'log_', 'log10_', 'log1p_', 'log2_', 'neg_', 'reciprocal_', 'relu_', 'round_', 'rsqrt_', 'sigmoid_', 'sign_', 'sin_', 'sinh_', 'sqrt_', 'square_', 'tan_', 'tanh_', 'trunc_', 'zero_', 'lgamma_', 'digamma_', 'erfinv_', 'logit_', 'sgn_', 'negative_', 'absolute_', 'arccos_', 'arcsin_', 'arctan_', 'deg2rad_', 'rad2deg_', 'fix_', 'i0_', 'sinc_', 'atanh_', 'asinh_', 'arctanh_', 'arcsinh_', 'cumsum_0', 'nan_to_num_']
for n in names:
    x = t()
    if n == 'cumsum_0':
        y = x.cumsum_(0)
    else:
        y = getattr(x, n)()
    print(n, x, y is x)
two = torch.tensor([2., 3., 4.])
for n in ['add_', 'sub_', 'mul_', 'div_', 'pow_', 'fmod_', 'remainder_', 'floor_divide_', 'atan2_', 'copysign_', 'hypot_', 'multiply_', 'divide_', 'subtract_', 'true_divide_', 'xlogy_', 'ldexp_', 'nextafter_', 'float_power_', 'heaviside_', 'eq_', 'ne_', 'lt_', 'le_', 'gt_', 'ge_', 'less_', 'greater_', 'not_equal_', 'logical_and_', 'logical_or_', 'logical_xor_']:
    x = torch.tensor([5., -7., 9.]) if n != 'float_power_' else torch.tensor([5., 7., 9.], dtype=torch.float64)
    getattr(x, n)(two)
    print(n, x)
for n in ['bitwise_and_', 'bitwise_or_', 'bitwise_xor_', 'bitwise_left_shift_', 'bitwise_right_shift_', 'gcd_', 'lcm_']:
    x = torch.tensor([12, 18, 7])
    getattr(x, n)(torch.tensor([2, 3, 4]))
    print(n, x)
x = torch.tensor([1, 0]); x.bitwise_not_(); print(x)
x = torch.tensor([1., 0]); x.logical_not_(); print(x)
m = torch.ones(2, 2)
print(m.addmm_(torch.eye(2), torch.eye(2)), m.addmv_(m, torch.ones(2)) if False else '', torch.zeros(2).addmv_(torch.eye(2), torch.ones(2)), torch.zeros(2, 2).addr_(torch.ones(2), torch.ones(2)), torch.zeros(1, 2, 2).baddbmm_(torch.ones(1, 2, 2), torch.ones(1, 2, 2)), torch.zeros(2).addcmul_(torch.ones(2), torch.ones(2), value=3), torch.zeros(2).addcdiv_(torch.ones(2), torch.full((2,), 4.)), torch.zeros(2).lerp_(torch.ones(2), 0.3))
print(m.t_(), m.transpose_(0, 1), m.unsqueeze_(0), m.squeeze_(0), m.swapaxes_(0, 1), m.fill_(2), m.clamp_(max=1), m.clip_(0, 0.5), m.clamp_min_(0.7), m.clamp_max_(0.1), m.resize_(4).shape, m.set_(torch.ones(3)))
print(torch.arange(6.).reshape(2, 3).renorm_(2, 0, 1.0), torch.arange(4.).map_(torch.ones(4), lambda a, b: a + b), torch.tensor([3., 1.]).fill_diagonal_ is not None, torch.arange(4.).cumprod_(0), torch.eye(2).mvlgamma_ is not None)
