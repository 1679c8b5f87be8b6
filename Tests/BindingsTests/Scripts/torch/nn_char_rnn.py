import torch
import torch.nn as nn

torch.manual_seed(0)
text = "hello hello hello"
vocab = sorted(set(text))
ix = {c: i for i, c in enumerate(vocab)}
data = torch.tensor([ix[c] for c in text])


class CharRNN(nn.Module):
    def __init__(self, n, h):
        super().__init__()
        self.h = h
        self.i2h = nn.Linear(n + h, h)
        self.h2o = nn.Linear(h, n)
        self.softmax = nn.LogSoftmax(dim=1)

    def forward(self, x, hidden):
        hidden = torch.tanh(self.i2h(torch.cat((x, hidden), 1)))
        return self.softmax(self.h2o(hidden)), hidden

    def init_hidden(self):
        return torch.zeros(1, self.h)


rnn = CharRNN(len(vocab), 10)
opt = torch.optim.SGD(rnn.parameters(), lr=0.2)
crit = nn.NLLLoss()
onehot = nn.functional.one_hot(data, len(vocab)).float()
for epoch in range(5):
    h = rnn.init_hidden()
    loss = 0
    for t in range(len(data) - 1):
        out, h = rnn(onehot[t:t + 1], h)
        loss = loss + crit(out, data[t + 1:t + 2])
    opt.zero_grad()
    loss.backward()
    opt.step()
    print(epoch, f"{loss.item() / (len(data) - 1):.4f}")
cell = nn.LSTMCell(len(vocab), 4)
hx, cx = torch.zeros(1, 4), torch.zeros(1, 4)
for t in range(3):
    hx, cx = cell(onehot[t:t + 1], (hx, cx))
print(hx, cx)
print(nn.GRUCell(2, 3), nn.RNNCell(2, 3, bias=False), cell)
