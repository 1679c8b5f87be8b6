import numpy as np
rng = np.random.default_rng(0)
points = np.vstack([rng.normal(loc, 0.3, size=(20, 2)) for loc in ([0, 0], [3, 3], [0, 4])])
centers = points[rng.choice(len(points), 3, replace=False)]
for step in range(10):
    distance = np.linalg.norm(points[:, None] - centers[None], axis=2)
    label = distance.argmin(axis=1)
    new = np.array([points[label == k].mean(axis=0) for k in range(3)])
    if np.allclose(new, centers):
        break
    centers = new
print(step, np.bincount(label, minlength=3), centers[np.argsort(centers[:, 1])].round(3))
