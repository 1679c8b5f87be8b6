"""Records golden values from NumPy and scikit-learn: `python generate.py [NAME...]`, in this folder."""
import json
import pathlib
import sys

import numpy as np
import sklearn
from sklearn import cluster, datasets, linear_model, metrics, model_selection, neighbors, preprocessing

HERE = pathlib.Path(__file__).parent


def plain(value):
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return str(value)
    return value


def fingerprint(array):
    """FNV-1a, 64 bits, over the little-endian float64 bytes in row-major order."""
    value = 0xCBF29CE484222325
    for byte in np.ascontiguousarray(array, dtype="<f8").tobytes():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}"


def data_sets():
    result = {}
    for name in ["digits", "iris", "wine", "breast_cancer", "diabetes"]:
        b = getattr(datasets, f"load_{name}")()
        result[name] = {
            "shape": b.data.shape, "data": fingerprint(b.data), "target": fingerprint(b.target),
            "feature_names": [str(n) for n in b.feature_names],
            "target_names": [str(n) for n in b.get("target_names", [])],
            "first": b.data[0], "last": b.data[-1],
        }
    raw = datasets.load_diabetes(scaled=False)
    result["diabetes_unscaled"] = {"data": fingerprint(raw.data)}
    return result


def random():
    r = np.random.RandomState
    mixed = r(7)
    return {
        "random_sample_0": r(0).random_sample(20),
        "random_sample_42": r(42).random_sample(1300)[-5:],
        "random_sample_max": r(2**32 - 1).random_sample(5),
        "seeds_1_2_3": r([1, 2, 3]).random_sample(5),
        "standard_normal_0": r(0).standard_normal(21),
        "normal_5": r(5).normal(10, 2.5, 7),
        "uniform_3": r(3).uniform(-2, 5, 9),
        "exponential_4": r(4).exponential(2.0, 9),
        "randint_0_10": r(0).randint(0, 10, 30),
        "randint_negative": r(1).randint(-5, 1000, 20),
        "randint_wide": r(2).randint(-2**62, 2**62, 10),
        "randint_word": r(2).randint(0, 2**32, 10),
        "randint_one": r(2).randint(3, 4, 4),
        "permutation_10": r(0).permutation(10),
        "permutation_1000": r(42).permutation(1000),
        "shuffle": (lambda a, g: (g.shuffle(a), a)[1])(np.arange(17), r(9)),
        "choice_replace": r(0).choice(12, 9),
        "choice_none": r(0).choice(12, 9, replace=False),
        "choice_p": r(0).choice(4, 12, p=[0.1, 0.2, 0.3, 0.4]),
        "choice_p_none": r(0).choice(6, 5, replace=False, p=[0.1, 0.1, 0.2, 0.2, 0.3, 0.1]),
        "mixed": [mixed.standard_normal(), mixed.random_sample(), mixed.standard_normal(),
                  float(mixed.randint(0, 5)), mixed.standard_normal()],
    }


def generator():
    r = np.random.default_rng
    mixed = r(7)
    return {
        "random_0": r(0).random(20), "random_42": r(42).random(5), "random_wide": r(2**40 + 3).random(5),
        "random_seeds": r([1, 2, 3, 4, 5, 6]).random(5), "uniform": r(3).uniform(-2, 5, 9),
        "normal_0": fingerprint(r(0).standard_normal(20000)), "normal_first": r(0).standard_normal(10),
        "normal_scaled": r(5).normal(10, 2.5, 7),
        "integers": r(0).integers(0, 10, 30), "integers_negative": r(1).integers(-5, 1000, 20),
        "integers_wide": r(2).integers(-2**62, 2**62, 10), "integers_word": r(2).integers(0, 2**32, 10),
        "integers_one": r(2).integers(3, 4, 4), "integers_third": r(3).integers(0, 3 * 2**30, 20),
        "permutation": r(0).permutation(10), "permutation_1000": r(42).permutation(1000),
        "choice": r(0).choice(12, 9), "choice_none": r(0).choice(12, 9, replace=False),
        "choice_large": r(0).choice(20000, 9, replace=False), "choice_tail": r(0).choice(20000, 500, replace=False),
        "choice_p": r(0).choice(4, 12, p=[0.1, 0.2, 0.3, 0.4]),
        "choice_p_none": r(0).choice(6, 5, replace=False, p=[0.1, 0.1, 0.2, 0.2, 0.3, 0.1]),
        "mixed": [float(mixed.integers(0, 5)), mixed.standard_normal(), float(mixed.integers(0, 5)), mixed.random()],
    }


def splits():
    digits = datasets.load_digits().target
    iris = datasets.load_iris().target
    odd = np.array([3, 1, 1, 2, 2, 2, 3, 3, 1, 1, 2, 3, 3, 3, 3, -4, -4, -4])
    cases = []

    def case(n, y=None, **kw):
        stratify = None if y is None else {"digits": digits, "iris": iris, "odd": odd}[y]
        train, test = model_selection.train_test_split(np.arange(n), stratify=stratify, **kw)
        cases.append({"n": n, "y": y, **kw, "train": train, "test": test})

    case(10, random_state=0)
    case(1797, test_size=0.2, random_state=42)
    case(150, test_size=0.3, random_state=1)
    case(150, test_size=50, random_state=1)
    case(150, train_size=0.61, random_state=3)
    case(150, train_size=0.5, test_size=0.25, random_state=4)
    case(150, train_size=20, test_size=0.1, random_state=4)
    case(11, test_size=0.4, shuffle=False)
    case(150, y="iris", test_size=0.2, random_state=42)
    case(1797, y="digits", test_size=0.25, random_state=0)
    case(1797, y="digits", test_size=0.5, random_state=5)
    case(18, y="odd", test_size=0.3, random_state=2)
    case(18, y="odd", test_size=5, train_size=7, random_state=11)
    folds = []
    for n, k, shuffle, seed in [(10, 3, False, None), (10, 3, True, 0), (150, 5, True, 42)]:
        folds.append({"kind": "k", "n": n, "k": k, "shuffle": shuffle, "seed": seed, "tests": [
            t for _, t in model_selection.KFold(k, shuffle=shuffle, random_state=seed).split(np.zeros(n))]})
    for name, y, k, shuffle, seed in [("iris", iris, 5, False, None), ("iris", iris, 7, True, 1),
                                      ("odd", odd, 3, False, None), ("odd", odd, 3, True, 8)]:
        split = model_selection.StratifiedKFold(k, shuffle=shuffle, random_state=seed).split(y, y)
        folds.append({"kind": "stratified", "y": name, "k": k, "shuffle": shuffle, "seed": seed,
                      "tests": [t for _, t in split]})
    return {"odd": odd, "cases": cases, "folds": folds}


def preprocessing_values():
    wine = datasets.load_wine().data
    digits = datasets.load_digits().data
    table = np.array([[1.0, 7.0, 0.0], [2.0, 7.0, 1e-9], [4.0, 7.0, 3e-9], [9.0, 7.0, -2e-9]])
    result = {}
    for name, x in {"wine": wine, "digits": np.ascontiguousarray(digits), "table": table}.items():
        s = preprocessing.StandardScaler().fit(x)
        m = preprocessing.MinMaxScaler((-1, 2)).fit(x)
        result[name] = {
            "mean": s.mean_, "var": s.var_, "scale": s.scale_, "standard": fingerprint(s.transform(x)),
            "standard_first": s.transform(x)[0], "minmax_first": m.transform(x)[0],
            "minmax": fingerprint(m.transform(x)),
        }
    result["table_rows"] = table
    return result


def metric_values():
    g = np.random.RandomState(0)
    true = g.randint(0, 4, 60)
    pred = np.where(g.rand(60) < 0.7, true, g.randint(0, 4, 60))
    few_true = np.array([0, 0, 1, 1, 2, 2])
    few_pred = np.array([0, 0, 0, 3, 0, 0])
    bin_true = g.randint(0, 2, 50)
    bin_pred = np.where(g.rand(50) < 0.8, bin_true, 1 - bin_true)
    score = np.round(np.clip(bin_true * 0.4 + g.rand(50) * 0.6, 0.01, 0.99), 2)
    real = g.standard_normal(40)
    guess = real + 0.3 * g.standard_normal(40)
    proba = g.rand(60, 4) + np.eye(4)[true]
    proba /= proba.sum(axis=1, keepdims=True)
    weight = g.rand(60)

    def averages(t, p, **kw):
        return {a: metrics.precision_recall_fscore_support(t, p, average=a, **kw)[:3]
                for a in ["macro", "micro", "weighted"]}

    fpr, tpr, thresholds = metrics.roc_curve(bin_true, score)
    all_fpr, all_tpr, all_thresholds = metrics.roc_curve(bin_true, score, drop_intermediate=False)
    precision, recall, pr_thresholds = metrics.precision_recall_curve(bin_true, score)
    words = np.array(["cat", "dog", "emu", "fox"])
    return {
        "true": true, "pred": pred, "few_true": few_true, "few_pred": few_pred, "bin_true": bin_true,
        "bin_pred": bin_pred, "score": score, "real": real, "guess": guess, "proba": proba, "weight": weight,
        "accuracy": metrics.accuracy_score(true, pred),
        "accuracy_weighted": metrics.accuracy_score(true, pred, sample_weight=weight),
        "confusion": metrics.confusion_matrix(true, pred),
        "confusion_labels": metrics.confusion_matrix(true, pred, labels=[2, 0]),
        "confusion_true": metrics.confusion_matrix(few_true, few_pred, normalize="true"),
        "confusion_pred": metrics.confusion_matrix(few_true, few_pred, normalize="pred"),
        "confusion_all": metrics.confusion_matrix(few_true, few_pred, normalize="all"),
        "each": metrics.precision_recall_fscore_support(true, pred),
        "averages": averages(true, pred),
        "few": {str(z): averages(few_true, few_pred, zero_division=z) for z in [0, 1, np.nan]},
        "few_each": {str(z): metrics.precision_recall_fscore_support(few_true, few_pred, zero_division=z)
                     for z in [0, 1, np.nan]},
        "labels": {a: metrics.precision_recall_fscore_support(true, pred, labels=[1, 2], average=a)[:3]
                   for a in ["macro", "micro", "weighted"]},
        "binary": metrics.precision_recall_fscore_support(bin_true, bin_pred, average="binary")[:3],
        "binary_0": metrics.precision_recall_fscore_support(bin_true, bin_pred, average="binary", pos_label=0)[:3],
        "fbeta": metrics.fbeta_score(true, pred, beta=2, average="macro"),
        "report": metrics.classification_report(true, pred),
        "report_names": metrics.classification_report(true, pred, target_names=["a long class name", "b", "c", "d"], digits=4),
        "report_words": metrics.classification_report(words[true], words[pred]),
        "report_labels": metrics.classification_report(true, pred, labels=[1, 2]),
        "report_few": metrics.classification_report(few_true, few_pred, zero_division=0),
        "report_few_nan": metrics.classification_report(few_true, few_pred, zero_division=np.nan),
        "report_binary": metrics.classification_report(bin_true, bin_pred),
        "mse": metrics.mean_squared_error(real, guess), "mae": metrics.mean_absolute_error(real, guess),
        "r2": metrics.r2_score(real, guess), "rmse": metrics.root_mean_squared_error(real, guess),
        "r2_constant": metrics.r2_score([2.0, 2.0], [2.0, 3.0]),
        "r2_perfect": metrics.r2_score([2.0, 2.0], [2.0, 2.0]),
        "median_ae": metrics.median_absolute_error(real, guess), "max_error": metrics.max_error(real, guess),
        "roc": [fpr, tpr, thresholds], "roc_all": [all_fpr, all_tpr, all_thresholds],
        "auc": metrics.roc_auc_score(bin_true, score), "pr": [precision, recall, pr_thresholds],
        "average_precision": metrics.average_precision_score(bin_true, score),
        "ovr": metrics.roc_auc_score(true, proba, multi_class="ovr"),
        "ovo": metrics.roc_auc_score(true, proba, multi_class="ovo"),
        "log_loss": metrics.log_loss(true, proba), "log_loss_binary": metrics.log_loss(bin_true, score),
        "balanced_accuracy": metrics.balanced_accuracy_score(true, pred),
        "kappa": metrics.cohen_kappa_score(true, pred), "mcc": metrics.matthews_corrcoef(true, pred),
    }


def linear_models():
    x, y = datasets.load_diabetes(return_X_y=True)
    g = np.random.RandomState(0)
    weight = g.rand(len(y))
    doubled = np.hstack([x[:, :4], 2 * x[:, :1], x[:, 1:2] + x[:, 2:3]])
    result = {"weight": weight, "regression": []}

    def add(name, model, data, target, **kw):
        with np.errstate(all="ignore"):
            model.fit(data, target, **kw)
        result["regression"].append({
            "name": name, "coef": model.coef_, "intercept": float(model.intercept_),
            "score": model.score(data, target), "predicted": model.predict(data[:3]),
            "rank": getattr(model, "rank_", None)})

    add("plain", linear_model.LinearRegression(), x, y)
    add("no intercept", linear_model.LinearRegression(fit_intercept=False), x, y)
    add("weighted", linear_model.LinearRegression(), x, y, sample_weight=weight)
    add("dependent", linear_model.LinearRegression(), doubled, y)
    add("wide", linear_model.LinearRegression(), x[:6], y[:6])
    add("ridge", linear_model.Ridge(), x, y)
    add("ridge weak", linear_model.Ridge(alpha=1e-3), x, y)
    add("ridge no intercept", linear_model.Ridge(alpha=0.5, fit_intercept=False), x, y)
    add("ridge weighted", linear_model.Ridge(alpha=0.1), x, y, sample_weight=weight)
    add("ridge wide", linear_model.Ridge(alpha=0.1), x[:6], y[:6])
    add("ridge zero", linear_model.Ridge(alpha=0.0), x, y)

    result["logistic"] = []
    scale = preprocessing.scale

    def logistic(name, data, target, **kw):
        model = linear_model.LogisticRegression(**kw).fit(data, target)
        result["logistic"].append({
            "name": name, "coef": model.coef_, "intercept": model.intercept_, "n_iter": model.n_iter_[0],
            "proba": model.predict_proba(data[::50]), "predicted": model.predict(data),
            "decision": np.ravel(model.decision_function(data[::50])), "score": model.score(data, target)})

    iris, cancer, wine, digits = (getattr(datasets, f"load_{n}")() for n in ["iris", "breast_cancer", "wine", "digits"])
    logistic("iris", iris.data, iris.target)
    logistic("iris tight", iris.data, iris.target, tol=1e-10, max_iter=10000)
    logistic("cancer", scale(cancer.data), cancer.target)
    logistic("cancer tight", scale(cancer.data), cancer.target, tol=1e-11, max_iter=10000)
    logistic("cancer weak", scale(cancer.data), cancer.target, C=0.01, fit_intercept=False)
    logistic("cancer balanced", scale(cancer.data), cancer.target, class_weight="balanced", tol=1e-10)
    logistic("wine few", scale(wine.data), wine.target, max_iter=5)
    logistic("digits", digits.data[:500] / 16, digits.target[:500])
    return result


def neighbour_models():
    digits, iris = datasets.load_digits(), datasets.load_iris()
    train, test = slice(0, 1200), slice(1200, 1797)
    result = {}
    for name, kw in {"five": {}, "one": {"n_neighbors": 1}, "distance": {"n_neighbors": 7, "weights": "distance"}}.items():
        model = neighbors.KNeighborsClassifier(**kw).fit(digits.data[train], digits.target[train])
        result[name] = {"score": model.score(digits.data[test], digits.target[test]),
                        "predicted": model.predict(digits.data[test]),
                        "proba": model.predict_proba(digits.data[1200:1203])}
    model = neighbors.KNeighborsClassifier(3).fit(digits.data[train], digits.target[train])
    distances, rows = model.kneighbors(digits.data[1200:1210])
    result["kneighbors"] = {"distances": distances, "rows": rows}
    result["kmeans"] = []
    for name, data, kw in [
        ("iris", iris.data, {"n_clusters": 3, "random_state": 42}),
        ("iris", iris.data, {"n_clusters": 4, "random_state": 1, "n_init": 5}),
        ("iris", iris.data, {"n_clusters": 3, "random_state": 0, "init": "random", "n_init": 3}),
        ("iris", iris.data, {"n_clusters": 3, "random_state": 0, "init": "random", "max_iter": 2, "n_init": 1}),
        ("digits", digits.data, {"n_clusters": 10, "random_state": 0}),
    ]:
        model = cluster.KMeans(**kw).fit(data)
        result["kmeans"].append({"data": name, **kw, "labels": model.labels_, "centers": model.cluster_centers_,
                                 "inertia": model.inertia_, "n_iter": model.n_iter_,
                                 "transform": model.transform(data[:2])})
    return result


SECTIONS = {"linear": linear_models, "neighbours": neighbour_models, "datasets": data_sets, "random": random, "generator": generator, "splits": splits,
            "preprocessing": preprocessing_values, "metrics": metric_values}

for name in sys.argv[1:] or SECTIONS:
    body = {
        "about": {"numpy": np.__version__, "scikit-learn": sklearn.__version__,
                  "command": f"python generate.py {name}"},
        **plain(SECTIONS[name]()),
    }
    (HERE / f"{name}.json").write_text(json.dumps(body) + "\n")
