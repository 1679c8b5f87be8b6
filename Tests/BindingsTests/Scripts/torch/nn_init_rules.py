import torch
import torch.nn as nn

torch.manual_seed(0)
w = torch.empty(3, 5)
print(nn.init.uniform_(w, -1, 1))
print(nn.init.normal_(w, 0, 0.1))
print(nn.init.xavier_uniform_(w, gain=nn.init.calculate_gain('relu')))
print(nn.init.kaiming_normal_(w, mode='fan_out', nonlinearity='relu'))
print(nn.init.trunc_normal_(w, std=0.02))
print(nn.init.constant_(w, 0.3), nn.init.ones_(torch.empty(2)), nn.init.eye_(torch.empty(3, 3)))
q = nn.init.orthogonal_(torch.empty(3, 3))
print(torch.allclose(q @ q.t(), torch.eye(3), atol=1e-5))
torch.manual_seed(3)
for layer in [nn.Linear(2, 2), nn.Conv1d(1, 2, 2), nn.Embedding(2, 2), nn.GRUCell(1, 1), nn.Bilinear(1, 1, 2)]:
    print(layer)
    for name, p in layer.named_parameters():
        print(name, p.data.flatten())
m = nn.MultiheadAttention(4, 2)
print(m.in_proj_weight[0], m.out_proj.weight[0], m.in_proj_bias)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 3)
        self.reset_parameters()

    def reset_parameters(self):
        for p in self.parameters():
            if p.dim() > 1:
                nn.init.xavier_uniform_(p)
            else:
                nn.init.zeros_(p)


print(Net().fc.weight, Net().fc.bias)
try:
    nn.init.xavier_uniform_(torch.empty(3))
except ValueError as e:
    print(e)
