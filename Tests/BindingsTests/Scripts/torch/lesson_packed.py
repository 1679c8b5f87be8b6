import torch, torch.nn as nn
from torch.nn.utils.rnn import pad_sequence, pack_padded_sequence, pad_packed_sequence, pack_sequence, unpad_sequence
torch.manual_seed(3)
seqs = [torch.tensor([1, 2, 3, 4]), torch.tensor([5, 6]), torch.tensor([7, 8, 9])]
lens = torch.tensor([len(s) for s in seqs])
p = pad_sequence(seqs, batch_first=True, padding_value=0)
print(p)
print(pad_sequence(seqs), pad_sequence(seqs, batch_first=True, padding_side="left"))
emb = nn.Embedding(10, 3, padding_idx=0)
lstm = nn.LSTM(3, 4, batch_first=True, bidirectional=True)
packed = pack_padded_sequence(emb(p), lens, batch_first=True, enforce_sorted=False)
print(packed.batch_sizes, packed.sorted_indices, packed.unsorted_indices, packed.data.shape)
out, (h, c) = lstm(packed)
o, l = pad_packed_sequence(out, batch_first=True)
print(o.shape, l, h.shape)
print(o[1], h[:, 1])
o.sum().backward()
print(emb.weight.grad.sum(1))
ps = pack_sequence(seqs, enforce_sorted=False)
print(ps)
try:
    pack_padded_sequence(emb(p), lens, batch_first=True)
except RuntimeError as e:
    print(e)
print(unpad_sequence(p, lens, batch_first=True))
gru = nn.GRU(3, 2, num_layers=2, batch_first=True)
o, h = gru(packed)
print(pad_packed_sequence(o, batch_first=True, total_length=5)[0].shape, h)
