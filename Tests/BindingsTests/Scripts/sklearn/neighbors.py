# The vote of the nearest samples.
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

X, y = load_iris(return_X_y=True)
train, test, y_train, y_test = train_test_split(X, y, random_state=1, stratify=y)
for k in (1, 3, 5):
    model = KNeighborsClassifier(k).fit(train, y_train)
    print(model, round(model.score(test, y_test), 4))
print(model.predict(test[:10]))
print(model.predict_proba(test[:4]))
distances, places = model.kneighbors(test[:2], n_neighbors=2)
print(distances.round(4), places.shape)
print(KNeighborsClassifier(n_neighbors=3, weights="distance").fit(train, y_train).score(test, y_test))
