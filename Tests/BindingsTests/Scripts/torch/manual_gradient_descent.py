import torch

torch.manual_seed(0)
X = torch.randn(20, 2)
true_w = torch.tensor([2.0, -3.4])
y = X @ true_w + 4.2
w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
lr = 0.1
for epoch in range(60):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= lr * w.grad
        b -= lr * b.grad
        w.grad.zero_()
        b.grad.zero_()
    if epoch % 20 == 0:
        print(f"epoch {epoch}, loss {loss:.4f} {loss.item():.4f}")
print(w, b)
w.data -= 1
print(w.data)
w.data = torch.tensor([1.0, 1.0])
print(w)
