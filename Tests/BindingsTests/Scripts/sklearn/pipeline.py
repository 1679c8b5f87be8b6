# Steps in a row.
from sklearn.datasets import load_wine
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, StandardScaler

X, y = load_wine(return_X_y=True)
train, test, y_train, y_test = train_test_split(X, y, random_state=0)
pipe = make_pipeline(StandardScaler(), LogisticRegression(C=3))
print(pipe)
print(pipe.fit(train, y_train) is pipe, round(pipe.score(test, y_test), 4))
print(pipe.predict(test[:8]), pipe.predict_proba(test[:2]).round(3))
print(list(pipe.named_steps), pipe["logisticregression"], len(pipe), pipe[0])
print(pipe.set_params(logisticregression__C=0.5))
short = Pipeline([("a", StandardScaler()), ("b", Ridge(alpha=0.3))])
print(short, short.get_params()["b__alpha"])
print(make_pipeline(StandardScaler(), MinMaxScaler()).fit_transform(train)[:2, :3].round(4))
