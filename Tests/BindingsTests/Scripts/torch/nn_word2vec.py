import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(1)
corpus = "the quick brown fox jumps over the lazy dog the fox".split()
vocab = sorted(set(corpus))
w2i = {w: i for i, w in enumerate(vocab)}
trigrams = [([w2i[corpus[i]], w2i[corpus[i + 1]]], w2i[corpus[i + 2]]) for i in range(len(corpus) - 2)]


class NGram(nn.Module):
    def __init__(self, vocab_size, embedding_dim, context_size):
        super(NGram, self).__init__()
        self.embeddings = nn.Embedding(vocab_size, embedding_dim)
        self.linear1 = nn.Linear(context_size * embedding_dim, 16)
        self.linear2 = nn.Linear(16, vocab_size)

    def forward(self, inputs):
        embeds = self.embeddings(inputs).view((1, -1))
        out = F.relu(self.linear1(embeds))
        return F.log_softmax(self.linear2(out), dim=1)


model = NGram(len(vocab), 5, 2)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
losses = []
for epoch in range(5):
    total = 0
    for context, target in trigrams:
        model.zero_grad()
        loss = nn.NLLLoss()(model(torch.tensor(context, dtype=torch.long)), torch.tensor([target]))
        loss.backward()
        opt.step()
        total += loss.item()
    losses.append(round(total, 3))
print(losses)
print(model.embeddings.weight[w2i["fox"]])
bag = nn.EmbeddingBag(4, 3, mode='sum')
print(bag(torch.tensor([0, 1, 2, 3]), torch.tensor([0, 2])))
print(nn.Embedding(4, 2, padding_idx=1), nn.Embedding.from_pretrained(torch.eye(2), freeze=False).weight)
