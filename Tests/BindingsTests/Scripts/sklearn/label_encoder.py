# Numbers for labels.
from sklearn.preprocessing import LabelEncoder

encoder = LabelEncoder()
print(encoder.fit_transform(["paris", "tokyo", "amsterdam", "paris"]))
print(encoder.classes_)
print(encoder.transform(["tokyo", "paris"]))
print(encoder.inverse_transform([0, 2, 1]))
print(LabelEncoder().fit([10, 30, 20, 10]).transform([30, 10]))
try:
    encoder.transform(["rome"])
except ValueError as error:
    print(error)
