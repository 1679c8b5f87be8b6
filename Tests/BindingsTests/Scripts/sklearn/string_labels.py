# Classes may be texts.
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier

X = np.arange(12.0).reshape(6, 2)
y = ["no", "no", "no", "yes", "yes", "yes"]
for model in (LogisticRegression(), KNeighborsClassifier(n_neighbors=3)):
    model.fit(X, y)
    print(model.classes_, model.predict(X), model.score(X, y))
