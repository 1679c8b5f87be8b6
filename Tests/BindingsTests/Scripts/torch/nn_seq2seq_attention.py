import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(1)


class EncoderRNN(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.embedding = nn.Embedding(input_size, hidden_size)
        self.gru = nn.GRU(hidden_size, hidden_size, batch_first=True)
        self.dropout = nn.Dropout(0.1)

    def forward(self, input):
        return self.gru(self.dropout(self.embedding(input)))


class BahdanauAttention(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.Wa = nn.Linear(hidden_size, hidden_size)
        self.Ua = nn.Linear(hidden_size, hidden_size)
        self.Va = nn.Linear(hidden_size, 1)

    def forward(self, query, keys):
        scores = self.Va(torch.tanh(self.Wa(query) + self.Ua(keys))).squeeze(2).unsqueeze(1)
        weights = F.softmax(scores, dim=-1)
        return torch.bmm(weights, keys), weights


class Decoder(nn.Module):
    def __init__(self, hidden_size, output_size):
        super().__init__()
        self.embedding = nn.Embedding(output_size, hidden_size)
        self.attention = BahdanauAttention(hidden_size)
        self.gru = nn.GRU(2 * hidden_size, hidden_size, batch_first=True)
        self.out = nn.Linear(hidden_size, output_size)

    def forward(self, encoder_outputs, hidden, target):
        x = torch.zeros(encoder_outputs.size(0), 1, dtype=torch.long)
        outputs = []
        for i in range(target.size(1)):
            context, w = self.attention(hidden.permute(1, 0, 2), encoder_outputs)
            out, hidden = self.gru(torch.cat((self.embedding(x), context), dim=2), hidden)
            outputs.append(self.out(out))
            x = target[:, i].unsqueeze(1)
        return F.log_softmax(torch.cat(outputs, dim=1), dim=-1), w


enc, dec = EncoderRNN(8, 6), Decoder(6, 8)
src, tgt = torch.randint(1, 8, (3, 5)), torch.randint(1, 8, (3, 4))
opt = torch.optim.Adam(list(enc.parameters()) + list(dec.parameters()), lr=0.02)
crit = nn.NLLLoss()
for i in range(6):
    o, h = enc(src)
    out, w = dec(o, h, tgt)
    loss = crit(out.view(-1, out.size(-1)), tgt.view(-1))
    opt.zero_grad(); loss.backward(); opt.step()
    print(f"{loss.item():.4f}")
print(w.shape, torch.allclose(w.sum(-1), torch.ones(3, 1)))
print(enc)
