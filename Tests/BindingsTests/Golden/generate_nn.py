"""Records what the layers, losses, optimizers and schedules of torch give, for NetworkGoldenTests.swift.

    PYTHON_WITH_TORCH Tests/BindingsTests/Golden/generate_nn.py

Every case is a small program that leaves tensors and numbers in `out`; it runs under both, and the
numbers are compared. Writes nn.json beside this file.
"""
import json
import pathlib
import warnings

import torch

warnings.simplefilter("ignore")
torch.set_num_threads(1)
HEAD = "import torch, copy\nimport torch.nn as nn\nimport torch.nn.functional as F\ntorch.manual_seed(7)\n"
CASES = []


def flat(out):
    numbers = []
    for value in out:
        if isinstance(value, torch.Tensor):
            numbers += value.detach().double().reshape(-1).tolist()
        elif isinstance(value, (list, tuple)):
            numbers += flat(value)
        else:
            numbers.append(float(value))
    return numbers


def case(name, code):
    space = {}
    exec(HEAD + code, space)
    numbers = flat(space["out"])
    CASES.append({"name": name, "code": code, "values": " ".join("%.8g" % n for n in numbers)})


def layer(name, make, *inputs, pick="y"):
    """Forward, then backward to inputs and parameters."""
    lines = [f"m = {make}"]
    names = []
    for i, given in enumerate(inputs):
        lines.append(f"x{i} = {given}")
        lines.append(f"if x{i}.dtype.is_floating_point: x{i}.requires_grad_()")
        names.append(f"x{i}")
    lines.append(f"y = m({', '.join(names)})")
    lines.append(f"y = {pick}")
    lines.append("g = torch.linspace(-1, 1, y.numel()).reshape(y.shape)")
    lines.append("(y * g).sum().backward()")
    lines.append(f"out = [y] + [x.grad for x in [{', '.join(names)}] if x.grad is not None]")
    lines.append("out += [p.grad for p in m.parameters() if p.grad is not None] + list(m.buffers())")
    case(name, "\n".join(lines))


IMAGE, SIGNAL, ROWS, STEPS = "torch.randn(2, 4, 6, 6)", "torch.randn(2, 4, 9)", "torch.randn(5, 4)", "torch.randn(5, 2, 4)"

for make, given in [
    ("nn.Linear(4, 3)", ROWS), ("nn.Linear(4, 3, bias=False)", ROWS), ("nn.Linear(4, 3)", STEPS),
    ("nn.Identity()", ROWS),
    ("nn.Conv1d(4, 3, 3)", SIGNAL), ("nn.Conv1d(4, 4, 3, padding='same', groups=2)", SIGNAL),
    ("nn.Conv1d(4, 3, 3, stride=2, dilation=2, padding=2)", SIGNAL), ("nn.Conv1d(4, 3, 3, padding=2, padding_mode='circular')", SIGNAL),
    ("nn.Conv2d(4, 3, 3)", IMAGE), ("nn.Conv2d(4, 8, 3, padding=1, groups=4)", IMAGE), ("nn.Conv2d(4, 3, (3, 1), stride=(2, 1))", IMAGE),
    ("nn.Conv2d(4, 3, 3, padding=2, dilation=2, bias=False)", IMAGE), ("nn.Conv2d(4, 3, 3, padding=1, padding_mode='reflect')", IMAGE),
    ("nn.Conv2d(4, 3, 3, padding=1, padding_mode='replicate')", IMAGE), ("nn.Conv2d(4, 3, 1)", IMAGE),
    ("nn.ConvTranspose1d(4, 3, 3, stride=2)", SIGNAL), ("nn.ConvTranspose2d(4, 3, 2, stride=2)", IMAGE),
    ("nn.ConvTranspose2d(4, 4, 3, stride=2, padding=1, output_padding=1, groups=2)", IMAGE),
    ("nn.MaxPool1d(2)", SIGNAL), ("nn.MaxPool2d(2)", IMAGE), ("nn.MaxPool2d(3, 1, 1)", IMAGE), ("nn.MaxPool2d(2, ceil_mode=True)", IMAGE),
    ("nn.AvgPool1d(3, 2)", SIGNAL), ("nn.AvgPool2d(2)", IMAGE), ("nn.AvgPool2d(3, 1, 1, count_include_pad=False)", IMAGE),
    ("nn.AdaptiveAvgPool1d(3)", SIGNAL), ("nn.AdaptiveAvgPool2d((2, 3))", IMAGE), ("nn.AdaptiveMaxPool1d(3)", SIGNAL), ("nn.AdaptiveMaxPool2d(2)", IMAGE),
    ("nn.LPPool2d(2, 2)", IMAGE),
    ("nn.BatchNorm1d(4)", ROWS), ("nn.BatchNorm1d(4, affine=False)", SIGNAL), ("nn.BatchNorm2d(4, momentum=0.3)", IMAGE),
    ("nn.BatchNorm2d(4, track_running_stats=False)", IMAGE), ("nn.BatchNorm2d(4, momentum=None)", IMAGE), ("nn.BatchNorm2d(4).eval()", IMAGE),
    ("nn.LayerNorm(6)", IMAGE), ("nn.LayerNorm([6, 6], bias=False)", IMAGE), ("nn.LayerNorm(4, elementwise_affine=False)", ROWS),
    ("nn.GroupNorm(2, 4)", IMAGE), ("nn.GroupNorm(4, 4, affine=False)", SIGNAL), ("nn.InstanceNorm1d(4)", SIGNAL), ("nn.InstanceNorm2d(4, affine=True)", IMAGE),
    ("nn.RMSNorm(6)", IMAGE), ("nn.RMSNorm(4, eps=0.1)", ROWS), ("nn.LocalResponseNorm(3)", IMAGE),
    ("nn.Dropout(0.3)", ROWS), ("nn.Dropout(0.3).eval()", ROWS), ("nn.Dropout1d(0.5)", SIGNAL), ("nn.Dropout2d(0.5)", IMAGE), ("nn.AlphaDropout(0.3)", ROWS),
    ("nn.Embedding(7, 3)", "torch.tensor([[1, 0, 6], [2, 2, 1]])"), ("nn.Embedding(7, 3, padding_idx=2)", "torch.tensor([1, 0, 2])"),
    ("nn.EmbeddingBag(7, 3)", "torch.tensor([[1, 0, 6], [2, 2, 1]])"), ("nn.EmbeddingBag(7, 3, mode='sum')", "torch.tensor([[1, 0, 6], [2, 2, 1]])"),
    ("nn.EmbeddingBag(7, 3, mode='max')", "torch.tensor([[1, 0, 6], [2, 2, 1]])"),
    ("nn.Flatten()", IMAGE), ("nn.Flatten(0, 1)", IMAGE), ("nn.Unflatten(1, (2, 2))", IMAGE),
    ("nn.ZeroPad2d(1)", IMAGE), ("nn.ConstantPad1d((1, 2), 0.5)", SIGNAL), ("nn.ReflectionPad2d((1, 2, 0, 1))", IMAGE), ("nn.ReplicationPad1d(2)", SIGNAL), ("nn.CircularPad2d(1)", IMAGE),
    ("nn.Upsample(scale_factor=2)", IMAGE), ("nn.Upsample(size=(4, 9), mode='bilinear')", IMAGE), ("nn.Upsample(scale_factor=1.5, mode='bicubic', align_corners=True)", IMAGE),
    ("nn.Upsample(scale_factor=2, mode='linear')", SIGNAL), ("nn.PixelShuffle(2)", IMAGE), ("nn.PixelUnshuffle(2)", IMAGE), ("nn.ChannelShuffle(2)", IMAGE),
    ("nn.Unfold(2, stride=2)", IMAGE), ("nn.Fold((4, 4), 2)", "torch.randn(1, 8, 9)"), ("nn.PReLU()", ROWS), ("nn.PReLU(4)", IMAGE),
    ("nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Linear(6, 2))", ROWS),
]:
    layer(make, make, given)

for act in ["ReLU()", "ReLU6()", "LeakyReLU(0.2)", "ELU(1.3)", "SELU()", "CELU(0.7)", "GELU()", "GELU('tanh')", "SiLU()", "Mish()", "Softplus(2, 1)", "Softsign()",
            "Tanh()", "Tanhshrink()", "Sigmoid()", "LogSigmoid()", "Hardtanh(-0.5, 1)", "Hardsigmoid()", "Hardswish()", "Hardshrink()", "Softshrink(0.3)",
            "Threshold(0.1, 2)", "Softmax(1)", "LogSoftmax(0)", "Softmin(1)", "GLU()", "RReLU()", "RReLU().eval()"]:
    for given in [ROWS, "torch.linspace(-4, 4, 24).reshape(6, 4)"]:
        layer(act, "nn." + act, given)

for kind in ["RNN", "LSTM", "GRU"]:
    for options in ["", ", num_layers=2", ", bidirectional=True", ", num_layers=2, bidirectional=True, batch_first=True", ", bias=False"]:
        layer(f"{kind}{options}", f"nn.{kind}(4, 3{options})", STEPS, pick="y[0]")
        hidden = "y[1][0] + y[1][1]" if kind == "LSTM" else "y[1]"
        layer(f"{kind}{options} states", f"nn.{kind}(4, 3{options})", STEPS, pick=hidden)
    layer(f"{kind} single", f"nn.{kind}(4, 3)", "torch.randn(5, 4)", pick="y[0]")
    layer(f"{kind}Cell", f"nn.{kind}Cell(4, 3)", ROWS, pick="y[0] + y[1]" if kind == "LSTM" else "y")
layer("RNN relu", "nn.RNN(4, 3, nonlinearity='relu')", STEPS, pick="y[0]")
layer("LSTM projected", "nn.LSTM(4, 3, proj_size=2)", STEPS, pick="y[0]")
layer("LSTM dropout", "nn.LSTM(4, 3, num_layers=2, dropout=0.5)", STEPS, pick="y[0]")

for options in ["", ", batch_first=True", ", bias=False", ", kdim=4, vdim=4"]:
    layer("MHA" + options, f"nn.MultiheadAttention(4, 2{options})", STEPS, STEPS, STEPS, pick="y[0]")
    layer("MHA weights" + options, f"nn.MultiheadAttention(4, 2{options})", STEPS, STEPS, STEPS, pick="y[1]")
layer("MHA kdim", "nn.MultiheadAttention(4, 2, kdim=3, vdim=5)", STEPS, "torch.randn(6, 2, 3)", "torch.randn(6, 2, 5)", pick="y[0]")
for options in ["", ", batch_first=True", ", norm_first=True", ", activation='gelu'", ", bias=False"]:
    layer("encoder" + options, f"nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0{options})", STEPS)
    layer("decoder" + options, f"nn.TransformerDecoderLayer(4, 2, 8, dropout=0.0{options})", STEPS, STEPS)
layer("encoder dropout", "nn.TransformerEncoderLayer(4, 2, 8, dropout=0.5)", STEPS)
layer("encoder stack", "nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0), 2)", STEPS)
layer("transformer", "nn.Transformer(4, 2, 1, 1, 8, dropout=0.0)", STEPS, STEPS)
layer("Bilinear", "nn.Bilinear(4, 3, 2)", ROWS, "torch.randn(5, 3)")
layer("CosineSimilarity", "nn.CosineSimilarity()", ROWS, ROWS)
layer("PairwiseDistance", "nn.PairwiseDistance()", ROWS, ROWS)
case("masks", "m = nn.MultiheadAttention(4, 2, batch_first=True)\nx = torch.randn(2, 3, 4)\nmask = torch.triu(torch.ones(3, 3), 1).bool()\npad = torch.tensor([[False, False, True], [False, False, False]])\nout = [m(x, x, x, attn_mask=mask)[0], m(x, x, x, key_padding_mask=pad)[0], m(x, x, x, attn_mask=mask.float() * -5)[1], F.scaled_dot_product_attention(x, x, x, is_causal=True), F.scaled_dot_product_attention(x, x, x, attn_mask=~mask)]")

LOSSES = [
    ("nn.MSELoss(reduction=r)", "x, y"), ("nn.L1Loss(reduction=r)", "x, y"), ("nn.SmoothL1Loss(beta=0.5, reduction=r)", "x, y"), ("nn.HuberLoss(delta=0.7, reduction=r)", "x, y"),
    ("nn.CrossEntropyLoss(reduction=r)", "x, c"), ("nn.CrossEntropyLoss(weight=w, reduction=r)", "x, c"), ("nn.CrossEntropyLoss(label_smoothing=0.2, reduction=r)", "x, c"),
    ("nn.CrossEntropyLoss(ignore_index=1, reduction=r)", "x, c"), ("nn.CrossEntropyLoss(weight=w, label_smoothing=0.1, ignore_index=1, reduction=r)", "x, c"), ("nn.CrossEntropyLoss(reduction=r)", "x, y.softmax(1)"),
    ("nn.CrossEntropyLoss(weight=w, reduction=r)", "x, y.softmax(1)"), ("nn.NLLLoss(reduction=r)", "x.log_softmax(1), c"), ("nn.NLLLoss(weight=w, ignore_index=2, reduction=r)", "x.log_softmax(1), c"),
    ("nn.BCELoss(reduction=r)", "x.sigmoid(), b"), ("nn.BCELoss(weight=w, reduction=r)", "x.sigmoid(), b"), ("nn.BCEWithLogitsLoss(reduction=r)", "x, b"), ("nn.BCEWithLogitsLoss(pos_weight=w, reduction=r)", "x, b"), ("nn.BCEWithLogitsLoss(weight=w, pos_weight=w, reduction=r)", "x, b"),
    ("nn.KLDivLoss(reduction=r)", "x.log_softmax(1), y.softmax(1)"), ("nn.KLDivLoss(log_target=True, reduction=r)", "x.log_softmax(1), y.log_softmax(1)"),
    ("nn.HingeEmbeddingLoss(reduction=r)", "x, b * 2 - 1"), ("nn.HingeEmbeddingLoss(margin=0.3, reduction=r)", "x, b * 2 - 1"), ("nn.MarginRankingLoss(margin=0.2, reduction=r)", "x, y, b * 2 - 1"),
    ("nn.TripletMarginLoss(reduction=r)", "x, y, b"), ("nn.TripletMarginLoss(margin=0.5, p=1, swap=True, reduction=r)", "x, y, b"), ("nn.TripletMarginWithDistanceLoss(distance_function=lambda a, b: (a - b).abs().sum(1), reduction=r)", "x, y, b"),
    ("nn.CosineEmbeddingLoss(reduction=r)", "x, y, s"), ("nn.CosineEmbeddingLoss(margin=0.3, reduction=r)", "x, y, s"), ("nn.PoissonNLLLoss(reduction=r)", "x, y.abs()"), ("nn.PoissonNLLLoss(log_input=False, full=True, reduction=r)", "x.abs(), y.abs() + 1"),
    ("nn.GaussianNLLLoss(reduction=r)", "x, y, b + 0.5"), ("nn.GaussianNLLLoss(full=True, reduction=r)", "x, y, x.abs()"), ("nn.SoftMarginLoss(reduction=r)", "x, b * 2 - 1"),
    ("nn.MultiLabelMarginLoss(reduction=r)", "x, t"), ("nn.MultiLabelSoftMarginLoss(reduction=r)", "x, b"), ("nn.MultiLabelSoftMarginLoss(weight=w, reduction=r)", "x, b"), ("nn.MultiMarginLoss(reduction=r)", "x, c"), ("nn.MultiMarginLoss(p=2, margin=0.4, weight=w, reduction=r)", "x, c"),
    ("nn.CTCLoss(reduction=r)", "z.log_softmax(2), torch.tensor([[1, 2, 2], [3, 1, 0]]), torch.tensor([6, 5]), torch.tensor([3, 2])"),
    ("nn.CTCLoss(blank=4, zero_infinity=True, reduction=r)", "z.log_softmax(2), torch.tensor([1, 2, 3, 1, 0]), (6, 2), (2, 3)"),
]
for make, arguments in LOSSES:
    for r in ["mean", "sum", "none"] + (["batchmean"] if "KLDiv" in make else []):
        for seed in ([1, 2] if r != "none" else [1]):
            case(f"{make} {r}", f"""torch.manual_seed({seed})
x = torch.randn(5, 4, requires_grad=True)
z = torch.randn(6, 2, 5, requires_grad=True)
y = torch.randn(5, 4)
b = (torch.rand(5, 4) > 0.5).float()
c = torch.tensor([0, 3, 1, 2, 1])
t = torch.tensor([[1, 2, -1, 0], [0, -1, 1, 2], [3, 1, 0, -1], [2, -1, 0, 0], [0, 1, 2, -1]])
s = torch.tensor([1., -1., 1., -1., 1.])
w = torch.tensor([1., 0.5, 2., 0.25])
r = '{r}'
v = {make}({arguments})
(v * torch.linspace(0.5, 1, v.numel()).reshape(v.shape)).sum().backward()
out = [v] + [p.grad for p in (x, z) if p.grad is not None]""")

OPTIMIZERS = {
    "SGD": ["lr=0.1", "lr=0.1, momentum=0.9", "lr=0.1, momentum=0.9, dampening=0.3", "lr=0.1, momentum=0.9, nesterov=True", "lr=0.1, weight_decay=0.1, momentum=0.5", "lr=0.01, maximize=True"],
    "Adam": ["", "lr=0.1", "lr=0.1, betas=(0.8, 0.9), eps=1e-6", "lr=0.1, weight_decay=0.1", "lr=0.1, amsgrad=True", "lr=0.1, maximize=True"],
    "AdamW": ["", "lr=0.1", "lr=0.1, weight_decay=0.2", "lr=0.1, amsgrad=True", "lr=0.1, betas=(0.5, 0.6)"],
    "Adamax": ["", "lr=0.1", "lr=0.1, weight_decay=0.1"], "NAdam": ["", "lr=0.1", "lr=0.1, weight_decay=0.1", "lr=0.1, weight_decay=0.1, decoupled_weight_decay=True"],
    "RAdam": ["", "lr=0.1", "lr=0.1, betas=(0.5, 0.6)", "lr=0.1, weight_decay=0.1, decoupled_weight_decay=True"], "Adagrad": ["", "lr=0.1, lr_decay=0.1", "lr=0.1, weight_decay=0.1, initial_accumulator_value=0.5"],
    "Adadelta": ["", "lr=0.5, rho=0.8, weight_decay=0.1"], "RMSprop": ["", "lr=0.1, alpha=0.9", "lr=0.05, momentum=0.9", "lr=0.05, centered=True, weight_decay=0.1"],
    "ASGD": ["", "lr=0.1, t0=2", "lr=0.1, lambd=0.1, weight_decay=0.1"], "Rprop": ["", "lr=0.1, etas=(0.4, 1.5)"], "LBFGS": ["lr=0.1, max_iter=4", "line_search_fn='strong_wolfe', max_iter=3", "max_iter=3, history_size=2"],
}
for kind, rows in OPTIMIZERS.items():
    for options in rows:
        for seed in [1, 2]:
            case(f"{kind}({options})", f"""torch.manual_seed({seed})
m = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1))
x, y = torch.randn(8, 3), torch.randn(8, 1)
o = torch.optim.{kind}(m.parameters(){', ' + options if options else ''})
out = []
def closure():
    o.zero_grad()
    loss = F.mse_loss(m(x), y)
    loss.backward()
    return loss
for i in range(5):
    out += [o.step(closure).item(), nn.utils.parameters_to_vector(m.parameters()).clone()]""")

SCHEDULES = [
    "StepLR(o, 3)", "StepLR(o, 1, 0.7)", "MultiStepLR(o, [2, 5, 5], 0.5)", "ExponentialLR(o, 0.9)", "CosineAnnealingLR(o, 5)", "CosineAnnealingLR(o, 4, eta_min=0.01)",
    "CosineAnnealingWarmRestarts(o, 3)", "CosineAnnealingWarmRestarts(o, 2, 2, 0.001)", "OneCycleLR(o, 0.5, total_steps=12)", "OneCycleLR(o, 0.5, epochs=4, steps_per_epoch=3, three_phase=True)",
    "OneCycleLR(o, 0.3, total_steps=15, anneal_strategy='linear', pct_start=0.4)", "CyclicLR(o, 0.01, 0.2, 3)", "CyclicLR(o, 0.01, 0.2, 2, 4, mode='triangular2')", "CyclicLR(o, 0.01, 0.2, 3, mode='exp_range', gamma=0.9)",
    "LambdaLR(o, lambda e: 0.9 ** e)", "LambdaLR(o, lambda e: min(1.0, (e + 1) / 5))", "MultiplicativeLR(o, lambda e: 0.9)", "LinearLR(o)", "LinearLR(o, 0.1, 0.8, 6)", "ConstantLR(o, 0.5, 4)",
    "PolynomialLR(o, 8)", "PolynomialLR(o, 6, 2.0)", "SequentialLR(o, [torch.optim.lr_scheduler.LinearLR(o, 0.1, total_iters=3), torch.optim.lr_scheduler.CosineAnnealingLR(o, 6)], [3])",
    "ChainedScheduler([torch.optim.lr_scheduler.ConstantLR(o, 0.1, 3), torch.optim.lr_scheduler.ExponentialLR(o, 0.9)])",
]
for text in SCHEDULES:
    for opt in ["SGD([{'params': [a], 'lr': 0.05}, {'params': [b]}], lr=0.1, momentum=0.9)", "Adam([a, b], lr=0.01)"]:
        case(text, f"""a, b = nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(1))
o = torch.optim.{opt}
s = torch.optim.lr_scheduler.{text}
out = []
for i in range(10):
    out += [g['lr'] for g in o.param_groups] + s.get_last_lr()
    out += [g.get('momentum', 0) if 'momentum' in g else g['betas'][0] for g in o.param_groups]
    o.step()
    s.step()""")
for options in ["", "patience=1", "factor=0.5, patience=1, cooldown=1", "mode='max', patience=0", "patience=1, min_lr=0.02, threshold=0.5", "threshold_mode='abs', threshold=0.2, patience=0"]:
    case(f"ReduceLROnPlateau({options})", f"""o = torch.optim.SGD([nn.Parameter(torch.ones(1))], lr=0.1)
s = torch.optim.lr_scheduler.ReduceLROnPlateau(o{', ' + options if options else ''})
out = []
for v in [1.0, 0.9, 0.91, 0.92, 0.5, 0.5, 0.5, 0.6, 0.7, 0.4]:
    s.step(v)
    out.append(o.param_groups[0]['lr'])""")

for call in ["kaiming_uniform_(w)", "kaiming_normal_(w)", "kaiming_normal_(w, mode='fan_out', nonlinearity='relu')", "xavier_uniform_(w)", "xavier_normal_(w, 2)", "uniform_(w, -1, 2)", "normal_(w, 1, 2)",
             "trunc_normal_(w, std=0.5)", "orthogonal_(w)", "constant_(w, 3)", "ones_(w)", "zeros_(w)", "sparse_(w, 0.5)", "eye_(w)"]:
    for shape in ["3, 5", "6, 4"] + ([] if call.startswith(("eye", "sparse")) else ["2, 3, 3, 3"]):
        case("init." + call, f"w = torch.empty({shape})\nout = [nn.init.{call}]")

for options in ["batch_size=3", "batch_size=3, shuffle=True", "batch_size=4, shuffle=True, drop_last=True", "batch_size=2, shuffle=True, generator=torch.Generator().manual_seed(5)",
                "batch_size=3, sampler=torch.utils.data.WeightedRandomSampler([1.0] * 5 + [3.0] * 5, 7)", "batch_size=3, sampler=torch.utils.data.SubsetRandomSampler([1, 4, 6, 8])",
                "batch_sampler=torch.utils.data.BatchSampler(torch.utils.data.RandomSampler(range(10), replacement=True, num_samples=5), 2, False)"]:
    for seed in [0, 1, 42]:
        case("DataLoader " + options, f"import torch.utils.data\ntorch.manual_seed({seed})\nd = torch.utils.data.TensorDataset(torch.arange(10), torch.arange(10.) * 2)\nout = []\nfor e in range(2):\n    for x, y in torch.utils.data.DataLoader(d, {options}): out += [x, y]\nout += [torch.rand(2)]")
for lengths in ["[7, 3]", "[0.5, 0.3, 0.2]", "[4, 4, 2]"]:
    case("random_split " + lengths, f"import torch.utils.data\nout = [list(p) for p in torch.utils.data.random_split(range(10), {lengths})]")

for make, given in [
    ("nn.Conv1d(4, 2, 2, padding='valid', bias=False)", SIGNAL), ("nn.Conv1d(4, 3, 3, padding=1, padding_mode='reflect')", SIGNAL), ("nn.Conv1d(4, 3, 3, padding=1, padding_mode='replicate')", SIGNAL),
    ("nn.Conv2d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2)", IMAGE), ("nn.Conv2d(4, 2, (1, 3), padding='same', dilation=(1, 2))", IMAGE), ("nn.Conv2d(4, 3, 3, padding=(1, 2), padding_mode='circular')", IMAGE),
    ("nn.ConvTranspose1d(4, 2, 3, stride=2, padding=1, output_padding=1, dilation=2)", SIGNAL), ("nn.ConvTranspose2d(4, 3, (3, 2), stride=(2, 1), bias=False)", IMAGE), ("nn.ConvTranspose2d(4, 2, 3, dilation=2, groups=2)", IMAGE),
    ("nn.MaxPool1d(3, 2, 1, dilation=2)", SIGNAL), ("nn.MaxPool2d((3, 2), (2, 1), dilation=(2, 1))", IMAGE), ("nn.MaxPool1d(2, ceil_mode=True)", SIGNAL), ("nn.AvgPool2d(4, 3, 1, ceil_mode=True)", IMAGE),
    ("nn.AvgPool2d(2, divisor_override=3)", IMAGE), ("nn.AvgPool1d(4, 3, 1, ceil_mode=True, count_include_pad=False)", SIGNAL), ("nn.AdaptiveMaxPool2d((None, 2))", IMAGE), ("nn.LPPool2d(3, 2, stride=1)", IMAGE),
    ("nn.BatchNorm1d(4, eps=0.1, momentum=0.5)", SIGNAL), ("nn.BatchNorm1d(4).eval()", ROWS), ("nn.BatchNorm2d(4, affine=False, track_running_stats=False)", IMAGE), ("nn.InstanceNorm1d(4, affine=True, track_running_stats=True)", SIGNAL),
    ("nn.InstanceNorm2d(4, track_running_stats=True).eval()", IMAGE), ("nn.GroupNorm(1, 4)", SIGNAL), ("nn.GroupNorm(4, 4)", ROWS), ("nn.LayerNorm([4, 6, 6])", IMAGE), ("nn.LayerNorm(9, eps=0.5)", SIGNAL), ("nn.RMSNorm([6, 6])", IMAGE),
    ("nn.LocalResponseNorm(2, alpha=0.5, beta=0.5, k=2.0)", IMAGE), ("nn.EmbeddingBag(7, 3, mode='mean', padding_idx=2)", "torch.tensor([[1, 0, 6], [2, 2, 1]])"), ("nn.Embedding(7, 3, max_norm=0.5)", "torch.tensor([1, 0, 6])"),
    ("nn.ReplicationPad2d((1, 0, 2, 1))", IMAGE), ("nn.ReflectionPad1d(3)", SIGNAL), ("nn.ZeroPad1d((2, 0))", SIGNAL), ("nn.CircularPad1d(2)", SIGNAL), ("nn.ConstantPad2d((1, 2, 3, 0), -1.5)", IMAGE),
    ("nn.Upsample(scale_factor=(2, 1.5), mode='nearest')", IMAGE), ("nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)", IMAGE), ("nn.Upsample(size=5, mode='bicubic')", IMAGE), ("nn.Upsample(size=12, mode='linear', align_corners=True)", SIGNAL),
    ("nn.UpsamplingNearest2d(scale_factor=2)", IMAGE), ("nn.UpsamplingBilinear2d(size=(4, 8))", IMAGE), ("nn.Unfold((2, 3), dilation=2, padding=1)", IMAGE), ("nn.Fold((5, 4), (2, 2), stride=1, padding=0)", "torch.randn(1, 8, 12)"),
    ("nn.Softmax2d()", IMAGE), ("nn.GLU(1)", IMAGE), ("nn.Sequential(nn.Conv2d(4, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(3, 2))", IMAGE),
]:
    layer(make, make, given)

for kind in ["RNN", "LSTM", "GRU"]:
    for options in [", num_layers=3, bias=False", ", bidirectional=True, batch_first=True", ", num_layers=2, bidirectional=True, bias=False"]:
        layer(f"{kind}{options}", f"nn.{kind}(4, 2{options})", STEPS, pick="y[0]")

for make in ["nn.CosineSimilarity(dim=0)", "nn.CosineSimilarity(dim=1, eps=0.5)", "nn.PairwiseDistance(p=1)", "nn.PairwiseDistance(p=3, keepdim=True)"]:
    layer(make, make, ROWS, ROWS)

for name, body in {
    "huber rows": "F.huber_loss(x, y, delta=0.3)", "smooth sum": "F.smooth_l1_loss(x, y, beta=0.2, reduction='sum')", "gaussian": "F.gaussian_nll_loss(x, y, y.abs() + 0.1)",
    "kl": "F.kl_div(x.log_softmax(-1), y.softmax(-1), reduction='batchmean')", "soft target smoothing": "F.cross_entropy(x, y.softmax(1), label_smoothing=0.3)",
    "cross entropy of maps": "F.cross_entropy(torch.stack([x, y], 1), torch.tensor([[0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0], [0, 1, 1, 1]]))",
    "cross entropy of maps weighted": "F.cross_entropy(torch.stack([x, y], 1), torch.tensor([[0, 1, 0, 1], [1, 1, 0, 0], [0, 0, 0, 1], [1, 0, 1, 0], [0, 1, 1, 1]]), weight=torch.tensor([1., 3.]), ignore_index=0)",
    "bce pos": "F.binary_cross_entropy_with_logits(x, (y > 0).float(), pos_weight=torch.tensor(2.5))", "triplet": "F.triplet_margin_loss(x, y, y.flip(0), margin=0.7, p=2, swap=True)",
    "cosine": "F.cosine_embedding_loss(x, y, torch.tensor([1., -1, 1, 1, -1]), margin=0.2)", "attention": "F.scaled_dot_product_attention(x[None], y[None], x[None] * y[None], is_causal=True).sum()",
    "normalize": "(F.normalize(x, p=1, dim=0) * y).sum()", "gumbel": "(F.gumbel_softmax(x, tau=0.5) * y).sum()", "pad": "(F.pad(x, (1, 2, 0, 1), value=0.5) ** 2).sum()",
    "interpolate": "(F.interpolate(x[None, None], size=(7, 3), mode='bilinear', align_corners=False) ** 2).sum()", "one hot": "(F.one_hot(torch.tensor([0, 3, 1, 2, 1]), 4) * x).sum()",
    "dropout": "(F.dropout(x, 0.4) * y).sum()", "softmin": "(F.softmin(x, dim=1) * y).sum()", "layer norm": "(F.layer_norm(x, (4,), y[0], y[1]) * y).sum()", "group norm": "(F.group_norm(x, 2) * y).sum()",
    "batch norm": "(F.batch_norm(x, None, None, training=True) * y).sum()", "linear": "F.linear(x, y[:3], y[3, :3]).pow(2).sum()", "bilinear": "F.bilinear(x, y, torch.arange(32.).reshape(2, 4, 4) / 10).sum()",
    "pixel shuffle": "(F.pixel_shuffle(x.reshape(1, 20, 1, 1)[:, :16], 4) ** 2).sum()", "unfold": "(F.unfold(x[None, None], 2) ** 3).sum()", "embedding": "F.embedding(torch.tensor([1, 1, 3]), x).pow(2).sum()",
    "nll": "F.nll_loss(x.log_softmax(1), torch.tensor([0, 3, 1, 2, 1]), weight=y[0].detach().abs())", "margin": "F.multi_margin_loss(x, torch.tensor([0, 3, 1, 2, 1]), margin=0.6)", "poisson": "F.poisson_nll_loss(x, y.abs(), full=True)",
}.items():
    for seed in [1, 2, 3]:
        case(f"F: {name}", f"torch.manual_seed({seed})\nx = torch.randn(5, 4, requires_grad=True)\ny = torch.randn(5, 4, requires_grad=True)\nv = {body}\nv.backward()\nout = [v] + [p.grad for p in (x, y) if p.grad is not None]")

for kind, options in [("SGD", "lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.05"), ("SGD", "lr=0.05, momentum=0.8, maximize=True"), ("Adam", "lr=0.05, amsgrad=True, weight_decay=0.1"), ("AdamW", "lr=0.05, maximize=True, amsgrad=True"),
                      ("Adamax", "lr=0.05, betas=(0.7, 0.8), eps=1e-3"), ("NAdam", "lr=0.05, momentum_decay=0.1"), ("RAdam", "lr=0.05, weight_decay=0.1"), ("Adagrad", "lr=0.2, eps=0.1"), ("Adadelta", "lr=1.0, rho=0.5, eps=1e-3"),
                      ("RMSprop", "lr=0.05, momentum=0.5, centered=True"), ("RMSprop", "lr=0.02, alpha=0.5, eps=0.01, weight_decay=0.2"), ("Rprop", "lr=0.05, step_sizes=(1e-4, 0.1)"), ("ASGD", "lr=0.1, alpha=0.5")]:
    case(f"{kind} two groups, clipped ({options})", f"""torch.manual_seed(4)
m = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
x, y = torch.randn(8, 3), torch.randint(0, 2, (8,))
o = torch.optim.{kind}([{{'params': m[0].parameters()}}, {{'params': m[2].parameters(), 'lr': 0.01}}], {options})
out = []
for i in range(5):
    o.zero_grad()
    loss = F.cross_entropy(m(x), y)
    loss.backward()
    out.append(nn.utils.clip_grad_norm_(m.parameters(), 0.3))
    o.step()
    out += [loss, nn.utils.parameters_to_vector(m.parameters()).clone()]""")

target = pathlib.Path(__file__).with_name("nn.json")
with target.open("w", encoding="utf-8") as file:
    json.dump({"source": f"torch {torch.__version__}, seed in each case, generate_nn.py", "head": HEAD, "cases": CASES}, file, indent=0)
print(len(CASES), "cases", target.stat().st_size, "bytes")
