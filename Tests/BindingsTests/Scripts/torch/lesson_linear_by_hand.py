import torch
torch.manual_seed(0)
X = torch.randn(50, 2)
y = X @ torch.tensor([2., -1.]) + 0.5
w = torch.zeros(2, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(50):
    loss = ((X @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        b -= 0.1 * b.grad
        w.grad.zero_()
        b.grad = None
    if epoch % 10 == 0:
        print(epoch, round(loss.item(), 5), f'{loss:.4f}')
print(w, b, loss, w.grad, b.grad)
