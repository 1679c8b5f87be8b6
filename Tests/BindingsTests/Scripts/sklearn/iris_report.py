# A whole lesson: split, fit, report, predictions by folds.
import numpy as np
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import accuracy_score, classification_report, confusion_matrix
from sklearn.model_selection import cross_val_predict, train_test_split
from sklearn.neighbors import KNeighborsClassifier

iris = load_iris()
print(iris.target_names, iris.data.shape)
train, test, y_train, y_test = train_test_split(iris.data, iris.target, test_size=0.3, random_state=42)
model = LogisticRegression(max_iter=200).fit(train, y_train)
found = model.predict(test)
print("Accuracy:", accuracy_score(y_test, found), type(model))
print(confusion_matrix(y_test, found))
print(classification_report(y_test, found, target_names=iris.target_names))
print(iris.target_names[found[:4]])
print(accuracy_score(["a", "b"], ["a", "a"]), confusion_matrix(["a", "b"], ["a", "a"]))
print(cross_val_predict(KNeighborsClassifier(3), iris.data, iris.target, cv=3)[::10])
print(cross_val_predict(Ridge(), iris.data, iris.target * 1.0)[::30].round(3))
print(cross_val_predict(LogisticRegression(max_iter=500), iris.data, iris.target, method="predict_proba").shape)
