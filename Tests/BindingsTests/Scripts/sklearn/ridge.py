# A price on large coefficients shrinks them.
import numpy as np
from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split

X, y = load_diabetes(return_X_y=True)
train, test, y_train, y_test = train_test_split(X, y, random_state=0)
for alpha in [0.1, 1.0, 10]:
    model = Ridge(alpha=alpha).fit(train, y_train)
    print(model, model.coef_.round(3), round(model.score(test, y_test), 6))
print(Ridge(alpha=2).get_params())
