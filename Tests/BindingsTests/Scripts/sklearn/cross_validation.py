# Folds, scores, searches.
import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV, KFold, StratifiedKFold, cross_val_score
from sklearn.neighbors import KNeighborsClassifier

X, y = load_iris(return_X_y=True)
print(KFold(3), StratifiedKFold(n_splits=4, shuffle=True, random_state=1))
for train, test in KFold(n_splits=3).split(np.arange(7)):
    print(train, test)
for train, test in StratifiedKFold(2, shuffle=True, random_state=0).split(np.zeros(6), [0, 0, 1, 1, 0, 1]):
    print(train, test)
scores = cross_val_score(KNeighborsClassifier(3), X, y, cv=5)
print(scores.round(4), scores.mean().round(4))
print(cross_val_score(KNeighborsClassifier(3), X, y, cv=KFold(3, shuffle=True, random_state=0)).round(4))
print(cross_val_score(Ridge(), X, y, scoring="neg_mean_squared_error").round(4))
search = GridSearchCV(KNeighborsClassifier(), {"n_neighbors": [1, 3, 5], "weights": ["uniform", "distance"]}, cv=3)
print(search)
search.fit(X, y)
print(search.best_params_, round(float(search.best_score_), 4), search.best_estimator_)
print(search.cv_results_["mean_test_score"].round(4), search.predict(X[::40]))
for wrong in (lambda: KFold(1), lambda: list(KFold(9).split(np.zeros(4)))):
    try:
        wrong()
    except ValueError as error:
        print(error)
