import torch

output = torch.tensor([[0.1, 0.9], [0.8, 0.2], [0.3, 0.7]])
target = torch.tensor([1, 0, 0])
_, predicted = torch.max(output.data, 1)
total = target.size(0)
correct = (predicted == target).sum().item()
print(predicted, total, correct, 100 * correct / total)
print(torch.argmax(output, dim=-1).tolist(), (output.argmax(1) == target).float().mean())
print("Accuracy: {:.2f}%".format(100 * correct / total))
preds = output > 0.5
print(preds, preds.sum(), preds.float().mean(dim=0))
one_hot = torch.eye(2)[target]
print(one_hot, -(one_hot * output.log()).sum(1).mean())
print(output[range(3), target], output[torch.arange(3), target])
for i, row in enumerate(output):
    print(i, row, row.max().item() > 0.75)
