import numpy as np
import torch
import torchvision.transforms.functional as F


def show(name, x):
    print(name, tuple(x.shape), x.dtype, [round(v, 4) for v in x.float().flatten()[:8].tolist()])


a = (np.arange(6 * 5 * 3) * 7 % 256).reshape(6, 5, 3).astype("uint8")
t = F.to_tensor(a)
show("tensor", t)
show("normal", F.normalize(t, (0.5,) * 3, (0.25,) * 3))
show("resize", F.resize(t, [4, 3]))
show("crop", F.center_crop(t, [3, 3]))
show("pad", F.pad(t, [1, 2]))
show("gray", F.rgb_to_grayscale(t))
show("flips", F.vflip(F.hflip(t)))
print(F.to_pil_image(t).size)
show("back", F.pil_to_tensor(F.to_pil_image(t)))
