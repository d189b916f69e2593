"""The encoder with its head, as a PyTorch module, and as ONNX."""

from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from nijar_nlp.records import TAGS
from nijar_nlp.tagger.finetune.base import Base

# Sharpens the attention of the head, which starts near a plain mean.
SHARPNESS = 3.0
_OPSET = 17


class Network(nn.Module):  # type: ignore[misc]  # PyTorch ships no types here
    """Token states into one share of the log-odds per token and tag; a tag's log-odds are their sum."""

    def __init__(self, base: Base, keep: list[int]) -> None:
        super().__init__()
        # dropout costs a third of the time on a CPU; masked words take its place (training.py)
        settings = BertConfig(
            vocab_size=len(keep),
            hidden_size=base.hidden,
            num_hidden_layers=base.layers,
            num_attention_heads=base.heads,
            intermediate_size=base.inner,
            max_position_embeddings=base.positions,
            layer_norm_eps=base.epsilon,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )
        self.encoder = BertModel(settings, add_pooling_layer=False)
        weights = {name: torch.tensor(value) for name, value in base.weights.items()}
        words = "embeddings.word_embeddings.weight"
        weights[words] = weights[words][torch.tensor(keep)]
        self.encoder.load_state_dict(weights, strict=False)
        self.encoder.embeddings.word_embeddings.weight.requires_grad = False
        self.head = nn.Linear(base.hidden, len(TAGS))
        self.attention = nn.Linear(base.hidden, len(TAGS))

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """Shares, batch × tokens × tags; 0 where the mask is 0."""
        states = self.encoder(ids, attention_mask=mask).last_hidden_state
        scores = self.attention(states).float() * SHARPNESS + (mask.unsqueeze(-1) - 1).float() * 1e4
        return scores.softmax(1) * self.head(states).float()


def export(network: Network, target: Path) -> None:
    """Write the network as ONNX with eight-bit weights."""
    network.eval()
    ids = torch.randint(_OPSET, 1000, (2, 20))
    large = target.with_suffix(".large")
    axes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        network,
        (ids, torch.ones_like(ids)),
        str(large),
        input_names=["ids", "mask"],
        output_names=["shares"],
        dynamic_axes={"ids": axes, "mask": axes, "shares": axes},
        opset_version=_OPSET,
        dynamo=False,
    )
    quantize_dynamic(large, target, weight_type=QuantType.QInt8, per_channel=True)
    large.unlink()
