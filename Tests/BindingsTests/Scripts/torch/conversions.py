import torch

t = torch.tensor([[1, 2], [3, 4]])
print(t.tolist(), torch.tensor(2.5).item(), float(torch.tensor(2.5)), int(torch.tensor(7)), bool(torch.tensor(True)), float(torch.tensor([3])))
print(torch.tensor(0.1).item(), f"{torch.tensor(3.14159):.2f}", f"{torch.tensor(2)}", f"{torch.tensor([1, 2])}", "%.3f" % torch.tensor(1.5), "{:.1f}".format(torch.tensor(2.25)), str(torch.tensor([1])))
print(t.to("cpu").device, t.cpu().device, t.device, t.to(torch.device("cpu")).dtype, t.to(torch.float32), t.to("cpu", torch.float64).dtype, t.type_as(torch.zeros(1)).dtype)
print(torch.device("cpu"), repr(torch.device("cuda:0")), torch.device("cpu") == torch.device("cpu"), torch.device("cuda" if torch.cuda.is_available() else "cpu").type, torch.cuda.is_available())
print([10, 20, 30][torch.tensor(1)], max(torch.tensor(3), torch.tensor(5)), sum([torch.tensor(1), torch.tensor(2)]), sorted([torch.tensor(3), torch.tensor(1)]))
print(torch.is_tensor(t), isinstance(t, torch.Tensor), type(t), t.element_size(), t.nbytes, t.itemsize, t.is_cuda)
for f in (lambda: int(torch.zeros(2)), lambda: len(torch.tensor(3)), lambda: [x for x in torch.tensor(3)], lambda: torch.tensor([1.0]) + [1], lambda: torch.tensor([[1, 2], 3]), lambda: torch.tensor([[1, 2], [3]]), lambda: torch.tensor(None), lambda: torch.tensor([1]) + "a", lambda: torch.tensor([1, 2]) ** -1, lambda: torch.tensor([1, 2]).add_(1.5), lambda: torch.tensor([1]) // 0, lambda: torch.tensor([True]) - torch.tensor([True])):
    try:
        f()
    except (ValueError, TypeError, RuntimeError) as e:
        print(type(e).__name__, e)
