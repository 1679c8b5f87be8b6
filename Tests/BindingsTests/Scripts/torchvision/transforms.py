import numpy as np
import torch
from torchvision import transforms
from torchvision.transforms import Compose, ToTensor, Normalize


def show(name, x):
    print(name, tuple(x.shape), x.dtype, [round(v, 4) for v in x.float().flatten()[:8].tolist()])


a = (np.arange(6 * 5 * 3) * 7 % 256).reshape(6, 5, 3).astype("uint8")
t = ToTensor()(a)
show("tensor", t)
show("floats", ToTensor()(a[:, :, 0].astype("float64")))
show("normal", Normalize((0.5, 0.4, 0.3), (0.5, 0.25, 0.1))(t))
show("one", Normalize(0.5, 0.5)(t))
for size in [3, 4, (3, 4), (2, 2), (9, 10), 12]:
    show(f"resize {size}", transforms.Resize(size)(t))
show("plain", transforms.Resize((3, 3), antialias=False)(t))
show("crop", transforms.CenterCrop(3)(t))
show("crop wide", transforms.CenterCrop((8, 2))(t))
show("pad", transforms.Pad(1)(t))
show("pad2", transforms.Pad((1, 2), fill=1)(t))
show("gray", transforms.Grayscale()(t))
show("gray3", transforms.Grayscale(3)(t))
show("flip", transforms.RandomHorizontalFlip(p=1.0)(t))
show("down", transforms.RandomVerticalFlip(p=1.0)(t))
show("kept", transforms.RandomHorizontalFlip(p=0.0)(t))
show("lambda", transforms.Lambda(lambda x: x * 2)(t))
torch.manual_seed(0)
show("random", transforms.RandomCrop(3)(t))
show("random", transforms.RandomCrop(4, padding=2)(t))
print([bool(transforms.RandomHorizontalFlip()(t)[0, 0, 0] == t[0, 0, 0]) for _ in range(8)])
c = Compose([
    transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,)), transforms.Resize(8), transforms.Resize((8, 9)),
    transforms.CenterCrop(4), transforms.RandomHorizontalFlip(), transforms.RandomVerticalFlip(.3),
    transforms.Lambda(lambda x: x), transforms.Grayscale(), transforms.RandomCrop(4, padding=2), transforms.Pad(2),
])
print(c)
show("all", Compose([ToTensor(), transforms.Resize((4, 4)), Normalize((0.5,) * 3, (0.5,) * 3)])(a))
for bad in [lambda: ToTensor()(t), lambda: Normalize(0.5, 0.0)(t), lambda: Normalize(0.5, 0.5)((t * 255).byte())]:
    try:
        bad()
    except Exception as e:
        print(type(e).__name__, e)
